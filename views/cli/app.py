"""The command line: each command reads its arguments, calls one function and prints the result.

The packages are reached through their lazy `__init__` (`scenarios.analyse`), so that `winset --help` loads none of
them. Exit codes and the shape of errors are described in `views.cli.contract`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

import scenarios
import views.text
from games.errors import DEBUG, FULL, InputError, StorageError
from lab.finished_run import SweepStopped
from lab.runs import interrupts
from lab.store.errors import StoreRefusal
from views.cli import commands, scenario_commands, sweep_commands
from views.cli import contract as promise
from views.cli.commands import doctor as health
from views.cli.commands import serve
from views.cli.contract import Exit, document
from views.cli.options import (
    KEYS,
    BaseEconomy,
    CaseArgument,
    Changes,
    Dials,
    Exact,
    Game,
    GameFile,
    Json,
    Measures,
    Movers,
    NoColour,
    Point,
    PointsFile,
    Port,
    Replicate,
    Seconds,
    Seed,
    ServerAddress,
    Target,
    Timeout,
    Trace,
    Vary,
)
from views.cli.output import (
    bug_problem,
    discard_output,
    flush_streams,
    output_abandoned,
    report_problems,
    report_signal,
    report_unwritable_output,
    show,
    usage_problem,
)
from views.text import atlas as atlas_text
from views.text import outcome as outcome_text

UsageError: Any = typer.BadParameter.__mro__[1]
"""The error that typer raises for a wrong option or argument; since 0.29 typer contains its own copy of click."""

app = typer.Typer(
    name="winset",
    help="A negotiation simulator for international labour mobility. Begin with: winset demo",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings=KEYS,
)
app.add_typer(scenario_commands.library, name="scenarios")


# -- commands


def print_version(wanted: bool) -> None:
    """Print the version of Winset and end the command, if `wanted` is True (the option `--version` is given)."""
    if wanted:
        print(health.version_line())
        raise typer.Exit


@app.callback()
def root_options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=print_version, help="The version.")
    ] = False,
) -> None:
    """The options before a command. `winset.main` has already checked whose packages Python imports."""


@app.command()
def demo(as_json: Json = False, no_colour: NoColour = False) -> None:
    """Morocco and Spain, from public data to a deal.

    First the theory, then the talks without and with a levy on what migrants earn, the votes at home, and who gained.
    """
    show(commands.demo.run_demo(), commands.demo.render_demo, as_json, no_colour)


@app.command()
def solve(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    game: Game,
    to: GameFile = None,
    target: Target = None,
    disagreement: Point = None,
    timeout: Timeout = 10.0,
    exact: Exact = False,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """Every equilibrium of a game of two players.

    Also its class, the bargaining solutions, and the side payment that makes a cell an equilibrium.

    \u000c

    Parameters
    ----------
    game, to, target, disagreement, timeout, exact, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When an argument or the game is wrong, or the file cannot be written.
    """
    found = commands.solve.solve_game(game, target, disagreement, timeout, to, exactly=exact)
    show(found, commands.solve.solution, as_json, no_colour)


@app.command()
def analyse(
    scenario: CaseArgument, changes: Changes = None, as_json: Json = False, no_colour: NoColour = False
) -> None:
    """What theory predicts before any talks.

    The derived game and its equilibria, who gains and who would vote for it, and what would be ratified.

    \u000c

    Parameters
    ----------
    scenario, changes, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When the case cannot be read.
    """
    show(scenarios.analyse(scenarios.read(scenario, changes or ())), views.text.analysis.analysis, as_json, no_colour)


@app.command()
def simulate(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    scenario: CaseArgument,
    seed: Seed = None,
    replicate: Replicate = 0,
    changes: Changes = None,
    mover: Movers = None,
    timeout: Seconds = 60.0,
    trace: Trace = None,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """Simulate the talks and the votes at home.

    The same case, seed and replicate give the same talks, byte for byte. A breakdown is a result, not an error.

    \u000c

    Parameters
    ----------
    scenario, seed, replicate, changes, mover, timeout, trace, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When the case, a tactic or the file of the transcript is wrong.
    """
    case = scenarios.read(scenario, changes or ())
    outcome = commands.simulate.simulate_with_movers(case, seed, replicate, mover or (), timeout)
    if trace is not None:
        outcome_text.write_transcript(outcome, trace)
    show(outcome, outcome_text.render_outcome, as_json, no_colour)


@app.command()
def atlas(
    vary: Vary = None,
    scenario: BaseEconomy = "symmetric",
    changes: Dials = None,
    measure: Measures = None,
    output: PointsFile = None,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """Map the game over one to four dials.

    By default: a pair of countries with a productivity gap from 1 to 8, with fixed and with mobile capital.

    \u000c

    Parameters
    ----------
    vary, scenario, changes, measure, output, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When a dial, a measure or the file is wrong.
    """
    show(
        commands.atlas.run_atlas(vary or (), scenario, changes or (), measure, output),
        atlas_text.render_atlas,
        as_json,
        no_colour,
    )


for verb in sweep_commands.COMMANDS:
    app.command()(verb)


@app.command("app")
def browser(port: Port = None, host: ServerAddress = serve.LOCAL) -> None:
    """Open the browser front end.

    Only this machine can reach it unless --host allows others. Stop it with Ctrl-C.
    """
    serve.launch(port, host)


@app.command()
def doctor(as_json: Json = False, no_colour: NoColour = False) -> None:
    """Check versions, foreign packages and write permissions.

    Exit code 1 when something is not in order.
    """
    report = health.examine()
    show(report, health.findings, as_json, no_colour)
    if not report.ok:
        raise typer.Exit(Exit.UNWELL)


@app.command()
def schema(command: Annotated[list[str], typer.Argument(metavar="COMMAND", help="As in: winset schema solve")]) -> None:
    """The JSON Schema of a command's output."""
    print(document(promise.output_schema(" ".join(command))))


# -- entry points


def run(arguments: Sequence[str]) -> int:
    """Run one command line of `winset`, given as its arguments, and return its exit code.

    No error shows a traceback. A bug of Winset is printed as one line, or with its traceback when WINSET_DEBUG is set.
    """
    as_json = "--json" in arguments
    try:
        code = app(list(arguments) or ["--help"], prog_name="winset", standalone_mode=False) or Exit.DONE
        sys.stdout.flush()
        return _ended(KeyboardInterrupt(), as_json) if code == Exit.INTERRUPTED else code
    except InputError as wrong:
        return report_problems(wrong.problems, as_json, _code(wrong))
    except UsageError as wrong:
        return report_problems([usage_problem(wrong)], as_json)
    except (BrokenPipeError, SystemExit) as wrong:
        # typer turns a broken pipe into SystemExit, and nothing else; the pipe may be another one than our output.
        return discard_output() if output_abandoned() else _ended(wrong.__context__ or wrong, as_json)
    except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001 - reported, with its exit code
        return _ended(fault, as_json)


def _code(wrong: InputError) -> Exit:
    if isinstance(wrong, StorageError):
        return Exit.STORAGE
    return Exit.UNUSABLE if isinstance(wrong, StoreRefusal) else Exit.REFUSED


def _ended(error: BaseException, as_json: bool) -> int:
    """Return the exit code after a signal, or after a bug of Winset.

    typer turns an EOFError into an Abort; that is treated as a bug like any other.
    """
    interrupts.defer_signals()
    if isinstance(error, KeyboardInterrupt) and not interrupts.comes_from_code():
        return report_signal(interrupts.stop_signal() or signal.SIGINT)
    fault = error.__cause__ or error if isinstance(error, typer.Abort) else error
    if isinstance(fault, OSError) and fault.errno in FULL and fault.filename is None:
        return report_unwritable_output(fault)
    if os.environ.get(DEBUG):
        raise fault
    return report_problems([bug_problem(fault)], as_json, Exit.FAULT)


def main() -> None:
    """Run the console command `winset` with the arguments of this process, then exit with its exit code.

    Output is UTF-8 on every platform, as `views.cli.contract` requires.
    """
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    with interrupts.install_handlers() as bell:
        try:
            code = run(sys.argv[1:])
        except SweepStopped as stop:  # the second of two signals that arrived together
            code = report_signal(stop.number)
        if bell.cause is not None:
            bell.ignore_signals()
        flush_streams()
    sys.exit(code)


def _open_streams() -> None:
    """Open every standard stream that is closed (`winset ... >&-`).

    Otherwise a file of ours would get its number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
