"""The commands of many runs. Each asks one verb of `views.cli.commands.sweep` or of `lab`, and shows what comes back.

`winset` takes them up in `views.cli.app`; nothing of the lab is loaded before one of them is called.
"""

from __future__ import annotations

import typer

import lab
import views.text
from views.cli import commands
from views.cli.contract import Exit
from views.cli.options import (
    Again,
    Against,
    Baselines,
    Beside,
    Deposit,
    Dry,
    Folder,
    Hands,
    Home,
    Json,
    Limit,
    Other,
    Page,
    Patience,
    Plain,
    Plan,
    Points,
    Replicates,
    RunId,
    Sample,
    Strict,
    Where,
    Workers,
)
from views.cli.output import show


def sweep(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    design: Plan,
    output: Home,
    replicates: Replicates = None,
    points: Points = None,
    workers: Workers = None,
    executor: Hands = None,
    timeout: Limit = None,
    fail_fast: Strict = False,
    max_failures: Patience = None,
    dry_run: Dry = False,
    force_folder: Beside = False,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """Run a design: many cases, each stored once.

    Stop it whenever you like; the same line, or `winset resume DIR`, goes on. Leaves with exit code 1 when runs failed.
    """
    wish = commands.sweep.Wish(workers, executor, timeout, fail_fast, max_failures, (), dry_run, force_folder)
    _done(commands.sweep.swept(design, output, replicates, points, wish), as_json, no_colour)


def resume(  # noqa: PLR0913, PLR0917
    folder: Folder,
    retry: Again = None,
    workers: Workers = None,
    executor: Hands = None,
    timeout: Limit = None,
    fail_fast: Strict = False,
    max_failures: Patience = None,
    dry_run: Dry = False,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """Make what a sweep still lacks.

    Nothing but the folder is needed. Runs that failed stay as they are, unless --retry names their status.
    """
    wish = commands.sweep.Wish(workers, executor, timeout, fail_fast, max_failures, tuple(retry or ()), dry_run)
    _done(commands.sweep.resumed(folder, wish), as_json, no_colour)


def status(folder: Folder, as_json: Json = False, no_colour: Plain = False) -> None:
    """How far a sweep is, and what failed.

    It takes no lock: look as often as you like while somebody else is at work.
    """
    show(lab.status(folder), views.text.sweep_status.standing, as_json, no_colour)


def replay(folder: Folder, run_id: RunId, as_json: Json = False, no_colour: Plain = False) -> None:
    """Make one run again and hold it against its row.

    Prints the command line that makes it without the sweep. Leaves with exit code 1 when the row does not come out.
    """
    found = lab.find(folder, run_id)
    if not as_json:
        show(found, views.text.sweep_status.found, as_json, no_colour)
    again = lab.replay(found)
    show(again, views.text.sweep_status.replay, as_json, no_colour)
    if again.reproduced is False:
        raise typer.Exit(Exit.UNWELL)


def verify(folder: Folder, count: Sample = 20, as_json: Json = False, no_colour: Plain = False) -> None:
    """Make some runs again and hold them against their rows.

    Leaves with exit code 1 when one comes out otherwise.
    """
    verdict = lab.verify(folder, count)
    show(verdict, views.text.sweep_status.verdict, as_json, no_colour)
    if not verdict.ok:
        raise typer.Exit(Exit.UNWELL)


def compact(folder: Folder, as_json: Json = False, no_colour: Plain = False) -> None:
    """Make one file of a sweep's many.

    Nobody sees a half of it, and no row is lost, whatever happens on the way.
    """
    show(commands.sweep.compacted(folder), views.text.sweep_status.pressed, as_json, no_colour)


def report(
    folder: Folder,
    output: Page = None,
    where: Where = None,
    against: Against = None,
    baselines: Baselines = None,
    as_json: Json = False,
    no_colour: Plain = False,
) -> None:
    """What a sweep says, as one HTML file.

    Figures, tables, sensitivity, discovery, robustness. With --json a page is written only where -o names one.
    """
    written = commands.report.reported(folder, output, where or (), against, baselines, figures=as_json)
    show(written, views.text.sweep_results.written, as_json, no_colour)


def compare(folder: Folder, other: Other, as_json: Json = False, no_colour: Plain = False) -> None:
    """Two sweeps, case by case.

    The first less the second, on the cases that both hold, with intervals.
    """
    show(lab.compare(folder, other), views.text.sweep_results.comparison, as_json, no_colour)


def archive(folder: Folder, output: Deposit = None, as_json: Json = False, no_colour: Plain = False) -> None:
    """A sweep as one deposit.

    Design, rows, code version, a description by the ODD protocol, and how to cite it.
    """
    show(lab.pack(folder, output), views.text.sweep_results.deposit, as_json, no_colour)


def _done(work: commands.sweep.Work, as_json: bool, no_colour: bool) -> None:
    show(work, views.text.sweep_status.work, as_json, no_colour)
    if work.unwell:
        raise typer.Exit(Exit.UNWELL)


COMMANDS = (sweep, resume, status, replay, verify, compact, report, compare, archive)
"""In the order of the help."""
