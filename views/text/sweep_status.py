"""The state of sweeps as text: what was done, what failed, and which command comes next."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from games.display import join_with_and
from games.messages import join_messages, message, plural_message
from lab.store.errors import resume_command
from views.text.durations import duration, format_estimate, speed
from views.text.game import format_amount
from views.text.layout import Screen, fact_lines, notes, paragraph, render_table, section_heading
from views.wording.screen import design_points, format_share, number

if TYPE_CHECKING:
    from lab.design.cases import Design
    from lab.design.measure import MeasureValue
    from lab.runs.estimate import Forecast
    from lab.runs.replay import Replay, SweepRun
    from lab.runs.sweep import Progress
    from lab.runs.verify import Verdict
    from lab.store.provenance import Session
    from lab.store.sweep_status import FailedAttempt, SweepStatus
    from views.results.sweep_work import CompactionResult, SweepResult

DIGITS = 8
"""Digits of a run_id in a table: enough to find the run again."""
MOST = 5
"""Maximum number of sessions, and of foreign files, that are listed."""
NOTHING = "–"

RUNS = message("runs")
TO_DO = message("to do")
FAILED = message("failed")
FOLDER = message("folder")
STATUS = message("status")
SIZES = (message("{size} B"), message("{size} kB"), message("{size} MB"), message("{size} GB"))
"""Numbers of bytes, by power of a thousand."""
WARNINGS = {
    "timeout": message("This run took longer than it may, and may do so again now."),
    "crashed": message("This run ended its worker process, and may do so again now."),
}
"""Before a run is made again, by its status."""
STOPPED = re.compile(r"stopped by (\w+)")
REASONS = {"finished": message("finished"), "interrupted": message("interrupted")}
"""How a session ended, by the words in its file, which are English in every language."""


# -- what was done


def render_sweep(screen: Screen, done: SweepResult) -> list[str]:
    """Return what a session of a sweep has done as lines of text, for `winset sweep` and `winset resume`.

    After a dry run they show the estimate. A session is one start of the program on the folder of the sweep.
    """
    lines = render_design(screen, done.design)
    if done.summary is None:
        return [*lines, *(_forecast(screen, done, done.forecast) if done.forecast else [])]
    state = done.summary.progress
    rows = [(RUNS, number(state.count, 0)), *_earlier(state.before), (message("made now"), _made(state))]
    rows += [(FAILED, _failed(state, done.summary.failed)), (FOLDER, done.folder)]
    lines += [*fact_lines(screen, rows), *failures(screen, done.failures)]
    return [*lines, "", *notes(screen, _next(done))]


def render_design(screen: Screen, design: Design) -> list[str]:
    """Return the design of a sweep as lines of text: its name, its scenario, and how many points, arms and replicates.

    An arm is a variant of the case that is compared with the others.
    """
    arms = plural_message("{number} arm", "{number} arms", len(design.arms))
    replicates = plural_message("{number} replicate", "{number} replicates", design.replicates)
    times = [text for text, count in ((arms, len(design.arms)), (replicates, design.replicates)) if count > 1]
    size: str = join_messages(" × ", [points := design_points(design.length, design.different), *times])
    if times and design.different < design.length:
        size = message("{points}, × {times}", points=points, times=join_messages(" × ", times))
    sentence = _title(design.name, design.kind, design.scenario, size)
    return [screen.ink(line, "strong") for line in paragraph(screen, sentence)]


def _title(name: str, kind: str, scenario: str, size: str) -> str:
    return message("{name}: {kind} {scenario}, {size}", name=name, kind=kind, scenario=_short(scenario), size=size)


def _short(scenario: str) -> str:
    """A scenario without the folder of its file."""
    return scenario.replace("\\", "/").rpartition("/")[2]


def _earlier(before: int) -> list[tuple[str, str]]:
    return [(message("made before"), number(before, 0))] if before else []


def _made(state: Progress) -> str:
    if not state.done:
        return message("nothing was left to do") if state.before == state.count else "0"
    runs, time = number(state.done, 0), duration(state.seconds)
    return message("{runs} in {time}, {speed}", runs=runs, time=time, speed=speed(state))


def _failed(state: Progress, in_all: int) -> str:
    failed, earlier = number(state.failed, 0), in_all - state.failed
    if earlier <= 0:
        return failed
    return message("{failed}, and {earlier} before", failed=failed, earlier=number(earlier, 0))


def _next(done: SweepResult) -> list[str]:
    folder, resume = shlex.quote(done.folder), resume_command(done.folder)
    if done.summary is not None and not done.summary.complete:
        return [message("It stopped because too many runs failed. {command} goes on with the rest.", command=resume)]
    if done.has_failures:
        return [
            message(
                "winset replay {folder} RUN_ID makes one of them again; {command} --retry error tries all.",
                folder=folder,
                command=resume,
            ),
            message("winset report {folder} shows the results of the others.", folder=folder),
        ]
    python = f"lab.results({done.folder!r})"
    return [message("winset report {folder} shows the results. In Python: {python}", folder=folder, python=python)]


def _forecast(screen: Screen, done: SweepResult, told: Forecast) -> list[str]:
    rows: list[tuple[str, str]] = [
        (RUNS, number(told.runs, 0)),
        (message("done"), number(told.done, 0)),
        (TO_DO, number(told.to_do, 0)),
    ]
    if told.pace is not None:
        workers = plural_message("{number} worker", "{number} workers", told.workers)
        time = message("{time}, {workers}", time=format_estimate(told.seconds), workers=workers)
        rows += [(message("a run"), _pace(told.pace)), (message("all of it"), time)]
    lines = [*fact_lines(screen, [*rows, (FOLDER, done.folder)]), ""]
    remarks: list[str] = []
    if told.failed:
        first = f"{told.failed[0].error_type}: {told.failed[0].error}"
        failed = len(told.failed)
        remarks.append(message("{number} of the runs that were tried failed: {first}", number=failed, first=first))
    tried = plural_message("{number} run was tried here.", "{number} runs were tried here.", told.tried)
    written = message("Nothing was written.")
    return [*lines, *notes(screen, [*remarks, join_messages(" ", [written, tried]) if told.tried else written])]


def _pace(seconds: float) -> str:
    if seconds < 0.5:
        return message("{number} ms", number=format_amount(1000 * seconds))
    return message("{number} s", number=format_amount(seconds))


def failures(screen: Screen, rows: Sequence[FailedAttempt]) -> list[str]:
    """Return the failed runs of a sweep as a table in lines of text: identity, status and error; empty without any."""
    if not rows:
        return []
    cells = [(row.run_id[:DIGITS], row.status, _trouble(row)) for row in rows]
    return [*section_heading(screen, message("Failed")), *render_table(screen, (message("run"), "", ""), cells)]


def _trouble(row: FailedAttempt) -> str:
    first = next(iter((row.error or "").splitlines()), "")
    return f"{row.error_type}: {first}" if row.error_type else first


# -- how far it is


def render_status(screen: Screen, told: SweepStatus) -> list[str]:
    """Return the progress of a sweep and the state of its folder as lines of text, for `winset status`."""
    failed = told.done - told.counts["ok"]
    title = _title(told.name, told.kind, told.scenario, design_points(told.points, told.different_points))
    share = format_share(told.done / told.runs if told.runs else 1.0, 0)
    parts = plural_message("{number} part", "{number} parts", told.parts)
    writer = message("{writer} is writing, or was when it ended", writer=told.writer)
    rows: list[tuple[str, str]] = [
        (RUNS, _runs(told)),
        (message("done"), message("{runs} ({share})", runs=number(told.done, 0), share=share)),
        (TO_DO, number(told.to_do, 0)),
        (FAILED, _counted(told) if failed else "0"),
        (message("files"), message("{parts}, {size}", parts=parts, size=size(told.bytes))),
        (message("now"), writer if told.writer else message("nobody is writing")),
    ]
    lines = [*paragraph(screen, title), *fact_lines(screen, rows), *failures(screen, told.failures)]
    return [*lines, *_sessions(screen, told.sessions), "", *notes(screen, _advice(told, failed))]


def _runs(told: SweepStatus) -> str:
    runs, same = number(told.runs, 0), told.cases - told.runs
    if not same:
        return runs
    return plural_message(
        "{runs} ({number} more case is the same as another run)",
        "{runs} ({number} more cases are the same runs)",
        same,
        runs=runs,
    )


def _counted(told: SweepStatus) -> str:
    """The number of failures of each status."""
    return join_with_and(
        [f"{number(count, 0)} {status}" for status, count in told.counts.items() if count and status != "ok"]
    )


def size(count: int) -> str:
    """Return a number of bytes as text with a decimal unit, from B to GB, such as "12.3 kB"."""
    power = min(3, (len(str(count)) - 1) // 3)
    return SIZES[power].format(size=f"{count / 1000**power:.3g}")


def _sessions(screen: Screen, sessions: Sequence[Session]) -> list[str]:
    if not sessions:
        return []
    head = (message("begun (UTC)"), message("by"), message("ended"))
    rows = [(each.start[:19].replace("T", " "), str(each.workers), _reason(each)) for each in sessions[-MOST:]]
    return [*section_heading(screen, message("Sessions")), *render_table(screen, head, rows)]


def _reason(session: Session) -> str:
    """How a session ended; its file holds English words, an error's name or the name of a signal."""
    if not session.reason:
        return message("at work, or killed")
    stopped = STOPPED.fullmatch(session.reason)
    if stopped:
        return message("stopped by {signal}", signal=stopped[1])
    return REASONS.get(session.reason, session.reason)


def _advice(told: SweepStatus, failed: int) -> list[str]:
    folder = shlex.quote(told.folder)
    lines: list[str] = []
    if told.to_do:
        lines.append(message("{command} makes the rest.", command=resume_command(told.folder)))
    if failed:
        lines.append(message("winset replay {folder} RUN_ID makes a run again, here and now.", folder=folder))
    if len(told.strangers) > MOST:
        lines.append(message("Not ours, and left alone: {names} and more.", names=join_with_and(told.strangers[:MOST])))
    elif told.strangers:
        lines.append(message("Not ours, and left alone: {names}.", names=join_with_and(told.strangers)))
    return [*lines, message("winset report {folder} shows the results.", folder=folder)]


# -- runs made again


def render_stored_run(screen: Screen, told: SweepRun) -> list[str]:
    """Return, as lines of text, what `winset replay` prints before it executes a run of a sweep again.

    The first line is the command that executes the run, to be copied; a warning follows if the run had timed out or
    crashed.
    """
    return [told.command, *notes(screen, [WARNINGS[told.status]] if told.status in WARNINGS else [])]


def render_replay(screen: Screen, again: Replay) -> list[str]:
    """Return lines of text that compare a run, executed a second time, with its stored row, for `winset replay`."""
    old, made = again.found.figures(), dict(zip(again.found.design.measures, again.again.measures, strict=False))
    rows = [(name, _figure(old[name]), _figure(made.get(name))) for name in old]
    rows.append((STATUS, again.found.status or NOTHING, again.again.status))
    table = render_table(screen, ("", message("row"), message("now")), rows)
    lines = ["", *table, "", *paragraph(screen, _judgement(again))]
    if again.again.traceback:
        lines += ["", *again.again.traceback.rstrip().splitlines()]
    changed = message("The scenario has changed since the sweep began: the line above makes another run.")
    return [*lines, *notes(screen, [changed] if again.moved else ())]


def _judgement(again: Replay) -> str:
    match again.reproduced:
        case None:
            return message("This run has no row yet, so there is nothing to compare it with.")
        case True if again.found.status != "ok":
            return message("It fails again, in the same way.")
        case True if again.identical:
            return message("The row is reproduced, to the last bit.")
        case True:
            return message("The row is reproduced, but for the last bits.")
        case _:
            return message("The row is NOT reproduced.")


def _figure(value: MeasureValue) -> str:
    return NOTHING if value is None else value if isinstance(value, str) else f"{value:.12g}"


def render_verification(screen: Screen, told: Verdict) -> list[str]:
    """Return lines of text that say how many runs of a sweep gave the same values again, for `winset verify`.

    A table lists the values that differ.
    """
    apart = len({each.run_id for each in told.differences})
    if not told.checked:
        return paragraph(screen, message("There is no finished run to make again."))
    sentence = message(
        "{reproduced} of {checked} runs are reproduced, {identical} of them to the last bit.",
        reproduced=number(told.checked - apart, 0),
        checked=number(told.checked, 0),
        identical=number(told.identical, 0),
    )
    if told.ok:
        return paragraph(screen, sentence)
    head = (message("run"), message("measure"), message("row"), message("now"))
    rows = [(each.run_id[:DIGITS], each.measure, _figure(each.row), _figure(each.again)) for each in told.differences]
    return [
        *paragraph(screen, sentence),
        *section_heading(screen, message("Differences")),
        *render_table(screen, head, rows, "<<>>"),
    ]


def render_compaction(screen: Screen, told: CompactionResult) -> list[str]:
    """Return lines of text that say how many files with rows of a sweep were merged into one, for `winset compact`."""
    rows = number(told.rows, 0)
    if told.before > told.after:
        merged = message(
            "{parts} parts became one; {folder}/runs holds {rows} rows.",
            parts=told.before,
            folder=told.folder,
            rows=rows,
        )
        return paragraph(screen, merged)
    sentence = plural_message(
        "{number} part, nothing to be done; {folder}/runs holds {rows} rows.",
        "{number} parts, nothing to be done; {folder}/runs holds {rows} rows.",
        told.before,
        folder=told.folder,
        rows=rows,
    )
    return paragraph(screen, sentence)
