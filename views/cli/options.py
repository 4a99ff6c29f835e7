"""Arguments and options of the commands, as annotated types for typer.

Each is explained here, once: by its help, by its limits, and where these leave something open by a docstring below it.
The docstrings of the commands refer to this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

KEYS = {"help_option_names": ["--help", "-h"]}
"""Context settings of every command."""

LARGEST_SEED = 2**63 - 1
"""Also the largest seed in case files and designs."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
NoColour = Annotated[
    bool, typer.Option("--no-color", "--no-colour", help="No colour; NO_COLOR in the environment does the same.")
]

# Commands on many runs.

Plan = Annotated[
    str, typer.Argument(metavar="DESIGN", help="A design file, or one of ours: paradox, drivers, remedies.")
]
Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a sweep.")]
Other = Annotated[str, typer.Argument(metavar="DIR_B", help="Another, of the same factors.")]
OutputFolder = Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder that takes the rows.")]
RunId = Annotated[str, typer.Argument(metavar="RUN_ID", help="As in the column run_id, or its first six digits.")]
"""At least six digits."""

Replicates = Annotated[int | None, typer.Option(min=1, help="Seeds of every talk, instead of the design's.")]
Points = Annotated[int | None, typer.Option(min=1, help="Points that are drawn, instead of the design's.")]
Workers = Annotated[
    int | None, typer.Option("--workers", "-j", min=1, max=4096, help="Processes; else one a processor.")
]
ExecutorName = Annotated[
    str | None, typer.Option("--executor", metavar="WHO", help="processes, serial, dask:ADDRESS or mpi.")
]
"""None: processes, unless the work is so short that starting them would take longer."""
Limit = Annotated[float | None, typer.Option("--timeout", min=0.001, metavar="SECONDS", help="Time for one run.")]
"""Seconds; None for no limit."""
Strict = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first run that fails.")]
MaxFailures = Annotated[int | None, typer.Option("--max-failures", min=0, help="Stop when more runs than these fail.")]
"""None for no limit."""
RetryStatuses = Annotated[
    list[str] | None, typer.Option("--retry", metavar="STATUS", help="error, timeout or crashed. Repeatable.")
]
"""Statuses of failed runs that are tried again; None for none."""
Dry = Annotated[bool, typer.Option("--dry-run", help="Only count the runs, try a few and say how long it takes.")]

Sample = Annotated[int, typer.Option("-n", "--count", min=1, help="Runs that are made again.")]
ForceFolder = Annotated[bool, typer.Option("--force-folder", help="Write beside files that are not Winset's.")]
Page = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.html", help="Else DIR/report.html.")]
"""None: `report.html` in the folder of the sweep; with `--json` then no page is written."""
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="CONDITION", help="As in 'gain < 0.5' or 'class = bully'. Repeatable."),
]
"""Conditions for scenario discovery."""
Against = Annotated[str | None, typer.Option(metavar="ARM", help="Hold arms against this one, not the first.")]
Baselines = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="Cases of talks that baselines play as well; 0 for none.")
]
"""None for the default number."""
ArchiveFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.zip", help="Else DIR.zip.")]

# Commands on one game, one case or one atlas.

Game = Annotated[
    str, typer.Argument(metavar="GAME", help="A printed game (bully, chicken), or a .nfg, .toml or .json.")
]
GameFile = Annotated[
    Path | None, typer.Option("--to", metavar="FILE", help="Also write the game there: .nfg, .toml, .json.")
]
Target = Annotated[
    str | None, typer.Option(metavar="R,C", help="The cell that a side payment should hold; 0,0 is first.")
]
"""Row and column, counted from 0. A side payment is computed for this cell."""
Point = Annotated[str | None, typer.Option(metavar="A,B", help="What the two have if talks fail.")]
"""Payoffs of the two players, the disagreement point."""
Timeout = Annotated[float, typer.Option(metavar="SECONDS", help="Time for the exact solver.")]
"""Seconds, above 0."""

Exact = Annotated[bool, typer.Option("--exact", help="Also payoffs and equilibria to the last digit, as 1/3.")]

CaseArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A library name, corridor:MAR-ESP, or a TOML file.")
]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a key of the case, as in economy.gap=2. Repeatable."),
]
Seed = Annotated[
    int | None, typer.Option(min=0, max=LARGEST_SEED, help="Of every random number; else the one in the case.")
]
Replicate = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Which of the runs with this seed.")]
Movers = Annotated[
    list[str] | None,
    typer.Option("--mover", metavar="SEAT=TACTIC", help="As in Spain=conceder or Spain=module:name. Repeatable."),
]
Seconds = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Time for talks with a module:name of your own.")
]
Trace = Annotated[Path | None, typer.Option(metavar="FILE.jsonl", help="Also write the transcript, one move a line.")]

Vary = Annotated[
    list[str] | None,
    typer.Option(metavar="DIAL", help="As in gap=1:8:57, chi=0.02:8:25:log or kappa=0,.5,1. Repeatable, up to four."),
]
"""None for the paradox map: the gap from 1 to 8, with fixed and with mobile capital."""
BaseEconomy = Annotated[
    str, typer.Option("--scenario", metavar="NAME", help="A preset (symmetric, asymmetric) or a case with an economy.")
]
Dials = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a dial that stands still, as in gap=4. Repeatable."),
]
Measures = Annotated[
    str | None,
    typer.Option(
        "--measure", metavar="LIST", help="From class,gains,openness,net,limits,tax,accounts,flows; else the first two."
    ),
]
PointsFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE.parquet", help="Write every point there.")
]

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Else the first free one from 8501.")]
ServerAddress = Annotated[str, typer.Option(help="0.0.0.0 opens it to the network.")]
