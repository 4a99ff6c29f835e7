"""The command line. Each command reads a case, asks one verb of the house, and shows what comes back.

The rooms are asked through their lazy faces (`scenarios.analyse`), so that `winset --help` loads none of them.
Exit codes and the shape of errors are told in `views.cli.contract`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

import scenarios
import views.text
from games.errors import FULL, InputError, StorageFailed
from games.visible_text import visible
from lab.record import Stopped
from lab.runs import interrupts
from lab.store.errors import StoreRefusal
from views.cli import commands, sweep_commands
from views.cli import contract as promise
from views.cli.commands import doctor as health
from views.cli.commands import serve
from views.cli.contract import Exit, document
from views.cli.options import Json, Plain
from views.cli.output import (
    DEBUG,
    abandoned,
    complain,
    faulty,
    flush_streams,
    misused,
    refused,
    show,
    stopped,
    unread,
    unwritten,
)
from views.text import atlas as atlas_text
from views.text import outcome as outcome_text
from views.text import scenario as scenario_text

UsageError: Any = typer.BadParameter.__mro__[1]
"""What typer raises for a wrong option or argument; since 0.29 it carries click's errors as its own."""

LARGEST_SEED = 2**63 - 1
"""As in case files and designs."""

KEYS = {"help_option_names": ["--help", "-h"]}

app = typer.Typer(
    name="winset",
    help="A negotiation simulator for international labour mobility. Begin with: winset demo",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=KEYS,
)
library = typer.Typer(help="The library of cases, and checks of your own.", context_settings=KEYS)
app.add_typer(library, name="scenarios")


# -- what can be written behind a command

Game = Annotated[
    str, typer.Argument(metavar="GAME", help="A printed game (bully, chicken), or a .nfg, .toml or .json.")
]
To = Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Also write the game there: .nfg, .toml, .json.")]
Target = Annotated[
    str | None, typer.Option(metavar="R,C", help="The cell that a side payment should hold; 0,0 is first.")
]
Point = Annotated[str | None, typer.Option(metavar="A,B", help="What the two have if talks fail.")]
Timeout = Annotated[float, typer.Option(metavar="SECONDS", help="Time for the exact solver.")]

Exact = Annotated[bool, typer.Option("--exact", help="Also payoffs and equilibria to the last digit, as 1/3.")]

Case = Annotated[str, typer.Argument(metavar="SCENARIO", help="A library name, corridor:MAR-ESP, or a TOML file.")]
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
Ground = Annotated[
    str, typer.Option("--scenario", metavar="NAME", help="A preset (symmetric, asymmetric) or a case with an economy.")
]
Dials = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a dial that stands still, as in gap=4. Repeatable."),
]
Measures = Annotated[
    str | None,
    typer.Option("--measure", metavar="LIST", help="From class,gains,openness,tax,accounts; else the first two."),
]
Into = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.parquet", help="Write every point there.")]

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Else the first free one from 8501.")]
Host = Annotated[str, typer.Option(help="0.0.0.0 opens it to the network.")]


# -- commands


def tell_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        print(f"winset {health.version('winset') or 'from a bare folder'}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=tell_version, help="The version.")
    ] = False,
) -> None:
    """The options that stand before a command. Whose packages Python imports was checked before (`winset.main`)."""


@app.command()
def demo(as_json: Json = False, no_colour: Plain = False) -> None:
    """Morocco and Spain, from public data to a deal.

    Theory first, then the talks without and with the migrants' purse, the votes at home, and who gained.
    """
    show(commands.demo.play(), commands.demo.tell, as_json, no_colour)


@app.command()
def solve(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    game: Game,
    to: To = None,
    target: Target = None,
    disagreement: Point = None,
    timeout: Timeout = 10.0,
    exact: Exact = False,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """Every equilibrium of a game of two players.

    With its class, the bargaining points, and the side payment that would hold a cell.
    """
    found = commands.solve.solved(game, target, disagreement, timeout, to, exactly=exact)
    show(found, commands.solve.solution, as_json, no_colour)


@app.command()
def analyse(scenario: Case, changes: Changes = None, as_json: Json = False, no_colour: Plain = False) -> None:
    """What theory says before anyone talks.

    The derived game and its equilibria, who gains and who would vote for it, and what would be ratified.
    """
    show(scenarios.analyse(scenarios.read(scenario, changes or ())), views.text.analysis.analysis, as_json, no_colour)


@app.command()
def simulate(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    scenario: Case,
    seed: Seed = None,
    replicate: Replicate = 0,
    changes: Changes = None,
    mover: Movers = None,
    timeout: Seconds = 60.0,
    trace: Trace = None,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """Let delegations talk and groups at home vote.

    The same case, seed and replicate give the same talks, to the byte. A breakdown is a result, not an error.
    """
    case = scenarios.read(scenario, changes or ())
    outcome = commands.simulate.played(case, seed, replicate, mover or (), timeout)
    if trace is not None:
        outcome_text.write(outcome, trace)
    show(outcome, outcome_text.outcome, as_json, no_colour)


@app.command()
def atlas(
    vary: Vary = None,
    scenario: Ground = "symmetric",
    changes: Dials = None,
    measure: Measures = None,
    output: Into = None,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """Map the game over one to four dials.

    Unless told otherwise: a pair of countries from alike to eightfold apart, with fixed and with mobile capital.
    """
    show(
        commands.atlas.mapped(vary or (), scenario, changes or (), measure, output),
        atlas_text.atlas,
        as_json,
        no_colour,
    )


for verb in sweep_commands.COMMANDS:
    app.command()(verb)


@app.command("app")
def browser(port: Port = None, host: Host = serve.LOCAL) -> None:
    """Open the browser front end.

    Only this machine can reach it unless --host says otherwise. Stop it with Ctrl-C.
    """
    serve.launch(port, host)


@app.command()
def doctor(as_json: Json = False, no_colour: Plain = False) -> None:
    """Versions, foreign packages, write rights.

    Leaves with exit code 1 when something is not in order.
    """
    report = health.examine()
    show(report, health.findings, as_json, no_colour)
    if not report["ok"]:
        raise typer.Exit(Exit.UNWELL)


@app.command()
def schema(command: Annotated[list[str], typer.Argument(metavar="COMMAND", help="As in: winset schema solve")]) -> None:
    """The JSON Schema of a command's output."""
    print(document(promise.schema(" ".join(command))))


@library.callback(invoke_without_command=True)
def shelf(context: typer.Context) -> None:
    """List the library when no more is asked."""
    if context.invoked_subcommand is None:
        list_cases()


@library.command("list")
def list_cases(as_json: Json = False, no_colour: Plain = False) -> None:
    """Every case of the library in a line."""
    show(commands.scenarios.shelf(), scenario_text.shelf, as_json, no_colour)


@library.command("show")
def show_case(scenario: Case, changes: Changes = None, as_json: Json = False, no_colour: Plain = False) -> None:
    """One case: countries, agenda, seats with their red lines and groups, sources."""
    show(commands.scenarios.case(scenarios.read(scenario, changes or ())), scenario_text.case, as_json, no_colour)


@library.command("check")
def check(files: Annotated[list[str], typer.Argument(metavar="FILE...")], as_json: Json = False) -> None:
    """Name everything that is wrong in case files.

    A scored case is also counted, and held against four checks of its design. Leaves with exit code 2 when a file is
    not a case yet, and with 1 when a design check fails.
    """
    findings = commands.scenarios.checked(files)
    show(findings, scenario_text.verdicts, as_json, no_colour=True)
    complain((*findings.problems, *findings.flaws))
    if findings.problems or findings.flaws:
        raise typer.Exit(Exit.REFUSED if findings.problems else Exit.UNWELL)


@library.command("new")
def new_case(file: Annotated[str, typer.Argument(metavar="[NAME|FILE]")] = "my-case.toml") -> None:
    """Write a case of your own to begin with.

    A scored case with every key explained beside it; it checks clean. No file is overwritten.
    """
    path = commands.scenarios.begun(file)
    print(visible(f"{path} is written. Change what you like, then: winset scenarios check {path}"))


@library.command("schema")
def case_schema() -> None:
    """The JSON Schema of a case file."""
    print(document(scenarios.schema()))


# -- the way in and out


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; nothing that goes wrong shows a traceback.

    A fault of Winset's own becomes one line, or its traceback when WINSET_DEBUG is set.
    """
    as_json = "--json" in arguments
    try:
        code = app(list(arguments) or ["--help"], prog_name="winset", standalone_mode=False) or Exit.DONE
        sys.stdout.flush()
        return _ended(KeyboardInterrupt(), as_json) if code == Exit.INTERRUPTED else code
    except InputError as wrong:
        return refused(wrong.problems, as_json, _code(wrong))
    except UsageError as wrong:
        return refused([misused(wrong)], as_json)
    except (BrokenPipeError, SystemExit) as wrong:
        # typer turns a broken pipe into SystemExit, and nothing else; it need not be that of our output.
        return unread() if abandoned() else _ended(wrong.__context__ or wrong, as_json)
    except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001 - told, with its exit code
        return _ended(fault, as_json)


def _code(wrong: InputError) -> Exit:
    if isinstance(wrong, StorageFailed):
        return Exit.STORAGE
    return Exit.UNUSABLE if isinstance(wrong, StoreRefusal) else Exit.REFUSED


def _ended(error: BaseException, as_json: bool) -> int:
    """The end by a signal, or by a fault of ours. typer calls an EOFError an Abort: that is a fault like others."""
    interrupts.leaving()
    if isinstance(error, KeyboardInterrupt) and not interrupts.unasked():
        return stopped(interrupts.cause() or signal.SIGINT)
    fault = error.__cause__ or error if isinstance(error, typer.Abort) else error
    if isinstance(fault, OSError) and fault.errno in FULL and fault.filename is None:
        return unwritten(fault)
    if os.environ.get(DEBUG):
        raise fault
    return refused([faulty(fault)], as_json, Exit.FAULT)


def main() -> None:
    """The console command `winset`. Output is UTF-8 everywhere, as the contract says."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    with interrupts.hung() as bell:
        try:
            code = run(sys.argv[1:])
        except Stopped as stop:  # the second of two signals that came at once
            code = stopped(stop.number)
        if bell.cause is not None:
            bell.mute()
        flush_streams()
    sys.exit(code)


def _open_streams() -> None:
    """Open what was closed of the three streams (`winset ... >&-`), so that no file of ours takes its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
