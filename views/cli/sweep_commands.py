"""The commands on many runs; each calls one function of `views.cli.commands` or of `lab` and prints the result.

`views.cli.app` registers them. No module of the lab is loaded before one of them is called.
"""

from __future__ import annotations

import typer

import lab
import views.text
from views.cli import commands
from views.cli.contract import Exit
from views.cli.options import (
    Against,
    ArchiveFile,
    Baselines,
    Dry,
    ExecutorName,
    Folder,
    ForceFolder,
    Json,
    Limit,
    MaxFailures,
    NoColour,
    Other,
    OutputFolder,
    Page,
    Plan,
    Points,
    Replicates,
    RetryStatuses,
    RunId,
    Sample,
    Strict,
    Where,
    Workers,
)
from views.cli.output import show


def sweep(  # noqa: PLR0913, PLR0917 - an option of the command is an argument here
    design: Plan,
    output: OutputFolder,
    replicates: Replicates = None,
    points: Points = None,
    workers: Workers = None,
    executor: ExecutorName = None,
    timeout: Limit = None,
    fail_fast: Strict = False,
    max_failures: MaxFailures = None,
    dry_run: Dry = False,
    force_folder: ForceFolder = False,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """Run a design: many cases, each stored once.

    You can stop it at any time; the same command, or `winset resume DIR`, continues. Exit code 1 when runs failed.

    \u000c

    Parameters
    ----------
    design, output, replicates, points
        What is run, and where the rows are stored. Explained with their types in `views.cli.options`.
    workers, executor, timeout, fail_fast, max_failures, dry_run, force_folder, as_json, no_colour
        How it is run, and what is printed. Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When the design or an option is wrong.
    StoreRefusal
        When the folder cannot be used.
    Exit
        With code 1 when runs failed.
    """
    wish = commands.sweep.SweepOptions(workers, executor, timeout, fail_fast, max_failures, (), dry_run, force_folder)
    _done(commands.sweep.run_design(design, output, replicates, points, wish), as_json, no_colour)


def resume(  # noqa: PLR0913, PLR0917
    folder: Folder,
    retry: RetryStatuses = None,
    workers: Workers = None,
    executor: ExecutorName = None,
    timeout: Limit = None,
    fail_fast: Strict = False,
    max_failures: MaxFailures = None,
    dry_run: Dry = False,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """Make the runs that a sweep still lacks.

    Only the folder is needed. Failed runs stay as they are, unless --retry names their status.

    \u000c

    Parameters
    ----------
    folder, retry, workers, executor, timeout, fail_fast, max_failures, dry_run, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When an option is wrong.
    StoreRefusal
        When the folder cannot be used.
    Exit
        With code 1 when runs failed.
    """
    wish = commands.sweep.SweepOptions(workers, executor, timeout, fail_fast, max_failures, tuple(retry or ()), dry_run)
    _done(commands.sweep.resume_folder(folder, wish), as_json, no_colour)


def status(folder: Folder, as_json: Json = False, no_colour: NoColour = False) -> None:
    """How many runs of a sweep are done, and what failed.

    It takes no lock: you can call it while another process is writing.

    \u000c

    Parameters
    ----------
    folder, as_json, no_colour
        Explained with their types in `views.cli.options`.
    """
    show(lab.status(folder), views.text.sweep_status.render_status, as_json, no_colour)


def replay(folder: Folder, run_id: RunId, as_json: Json = False, no_colour: NoColour = False) -> None:
    """Make one run again and compare it with its stored row.

    Prints the command that makes the run without the sweep. Exit code 1 when the row is not reproduced.

    \u000c

    Parameters
    ----------
    folder, run_id, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    Exit
        With code 1 when the row is not reproduced.
    """
    found = lab.find(folder, run_id)
    if not as_json:
        show(found, views.text.sweep_status.render_stored_run, as_json, no_colour)
    again = lab.replay(found)
    show(again, views.text.sweep_status.render_replay, as_json, no_colour)
    if again.reproduced is False:
        raise typer.Exit(Exit.UNWELL)


def verify(folder: Folder, count: Sample = 20, as_json: Json = False, no_colour: NoColour = False) -> None:
    """Make some runs again and compare them with their stored rows.

    Exit code 1 when one of them differs.

    \u000c

    Parameters
    ----------
    folder, count, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    Exit
        With code 1 when a run differs from its row.
    """
    verdict = lab.verify(folder, count)
    show(verdict, views.text.sweep_status.render_verification, as_json, no_colour)
    if not verdict.ok:
        raise typer.Exit(Exit.UNWELL)


def compact(folder: Folder, as_json: Json = False, no_colour: NoColour = False) -> None:
    """Merge the many files of a sweep into one.

    Other processes see either the old files or the new one, and no row is lost, even after a crash.

    \u000c

    Parameters
    ----------
    folder, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    StoreRefusal
        When another process is writing to the folder.
    """
    show(commands.sweep.compact_folder(folder), views.text.sweep_status.render_compaction, as_json, no_colour)


def report(
    folder: Folder,
    output: Page = None,
    where: Where = None,
    against: Against = None,
    baselines: Baselines = None,
    as_json: Json = False,
    no_colour: NoColour = False,
) -> None:
    """The results of a sweep, as one HTML file.

    Figures, tables, sensitivity, scenario discovery, robustness. With --json a page is written only when -o names one.

    \u000c

    Parameters
    ----------
    folder, output, where, against, baselines, as_json, no_colour
        Explained with their types in `views.cli.options`.

    Raises
    ------
    InputError
        When there is no sweep, a condition or an arm is wrong, or the file cannot be written.
    """
    written = commands.report.make_report(folder, output, where or (), against, baselines, figures=as_json)
    show(written, views.text.sweep_results.render_report, as_json, no_colour)


def compare(folder: Folder, other: Other, as_json: Json = False, no_colour: NoColour = False) -> None:
    """Compare two sweeps, case by case.

    The first minus the second, on the cases that both contain, with intervals.

    \u000c

    Parameters
    ----------
    folder, other, as_json, no_colour
        Explained with their types in `views.cli.options`.
    """
    show(lab.compare(folder, other), views.text.sweep_results.comparison, as_json, no_colour)


def archive(folder: Folder, output: ArchiveFile = None, as_json: Json = False, no_colour: NoColour = False) -> None:
    """Pack a sweep into one archive for deposit.

    Design, rows, code version, a description by the ODD protocol, and how to cite it.

    \u000c

    Parameters
    ----------
    folder, output, as_json, no_colour
        Explained with their types in `views.cli.options`.
    """
    show(lab.write_archive(folder, output), views.text.sweep_results.render_archive, as_json, no_colour)


def _done(work: commands.sweep.SweepResult, as_json: bool, no_colour: bool) -> None:
    show(work, views.text.sweep_status.render_sweep, as_json, no_colour)
    if work.has_failures:
        raise typer.Exit(Exit.UNWELL)


COMMANDS = (sweep, resume, status, replay, verify, compact, report, compare, archive)
"""In the order in which the help lists them."""
