"""What can be written behind the commands that make, read and compare many runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

NO_INK = "No ink; NO_COLOR in the environment does the same."

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Plain = Annotated[bool, typer.Option("--no-color", "--no-colour", help=NO_INK)]

Plan = Annotated[
    str, typer.Argument(metavar="DESIGN", help="A design file, or one of ours: paradox, drivers, remedies.")
]
Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a sweep.")]
Other = Annotated[str, typer.Argument(metavar="DIR_B", help="Another, of the same factors.")]
Home = Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder that takes the rows.")]
RunId = Annotated[str, typer.Argument(metavar="RUN_ID", help="As in the column run_id, or its first six digits.")]

Replicates = Annotated[int | None, typer.Option(min=1, help="Seeds of every talk, instead of the design's.")]
Points = Annotated[int | None, typer.Option(min=1, help="Points that are drawn, instead of the design's.")]
Workers = Annotated[
    int | None, typer.Option("--workers", "-j", min=1, max=4096, help="Processes; else one a processor.")
]
Hands = Annotated[str | None, typer.Option("--executor", metavar="WHO", help="processes, serial, dask:ADDRESS or mpi.")]
Limit = Annotated[float | None, typer.Option("--timeout", min=0.001, metavar="SECONDS", help="Time for one run.")]
Strict = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")]
Patience = Annotated[int | None, typer.Option("--max-failures", min=0, help="Stop when more runs than these fail.")]
Again = Annotated[
    list[str] | None, typer.Option("--retry", metavar="STATUS", help="error, timeout or crashed. Repeatable.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only count the runs, try a few and say how long it takes.")]

Sample = Annotated[int, typer.Option("-n", "--count", min=1, help="Runs that are made again.")]
Beside = Annotated[bool, typer.Option("--force-folder", help="Write beside files that are not Winset's.")]
Page = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.html", help="Else DIR/report.html.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="CONDITION", help="As in 'gain < 0.5' or 'class = bully'. Repeatable."),
]
Against = Annotated[str | None, typer.Option(metavar="ARM", help="Hold arms against this one, not the first.")]
Baselines = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Cases of talks that baselines play as well; 0 for none.")
]
Deposit = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.zip", help="Else DIR.zip.")]
