"""The state of sweeps as text: what was done, what failed, and which command comes next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lab.store.errors import resume_command
from views.text.durations import duration, format_estimate, speed
from views.text.game import format_amount
from views.text.layout import Screen, fact_lines, notes, paragraph, render_table, section_heading
from views.wording.phrases import join_words
from views.wording.screen import design_points, format_share, number

if TYPE_CHECKING:
    from lab.design.cases import Design
    from lab.runs.estimate import Forecast
    from lab.runs.replay import Replay, SweepRun
    from lab.runs.sweep import Progress
    from lab.runs.verify import Verdict
    from lab.store.sweep_status import SweepStatus
    from views.results.sweep_work import CompactionResult, SweepResult

DIGITS = 8
"""Digits of a run_id in a table: enough to find the run again."""
MOST = 5
"""Maximum number of sessions, and of foreign files, that are listed."""
NOTHING = "–"


# -- what was done


def render_sweep(screen: Screen, done: SweepResult) -> list[str]:
    """Render the result of `winset sweep` or `winset resume`, or the forecast of a dry run."""
    lines = render_design(screen, done.design)
    if done.summary is None:
        return [*lines, *(_forecast(screen, done, done.forecast) if done.forecast else [])]
    state = done.summary.progress
    rows = [("runs", number(state.count, 0)), *_earlier(state.before), ("made now", _made(state))]
    rows += [("failed", _failed(state, done.summary.failed)), ("folder", done.folder)]
    lines += [*fact_lines(screen, rows), *failures(screen, done.failures)]
    return [*lines, "", *notes(screen, _next(done))]


def render_design(screen: Screen, design: Design) -> list[str]:
    """A design in a sentence."""
    several = [(f"{len(design.arms)} arms", len(design.arms)), (f"{design.replicates:,} replicates", design.replicates)]
    times = [told for told, count in several if count > 1]
    count = design_points(design.length, design.different) + ("," if times and design.different < design.length else "")
    sentence = f"{design.name}: {design.kind} {_short(design.scenario)}, {' × '.join([count, *times])}"
    return [screen.ink(line, "strong") for line in paragraph(screen, sentence)]


def _short(scenario: str) -> str:
    """A scenario without the folder of its file."""
    return scenario.replace("\\", "/").rpartition("/")[2]


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _earlier(before: int) -> list[tuple[str, str]]:
    return [("made before", number(before, 0))] if before else []


def _made(state: Progress) -> str:
    if not state.done:
        return "nothing was left to do" if state.before == state.count else "0"
    return f"{number(state.done, 0)} in {duration(state.seconds)}, {speed(state)}"


def _failed(state: Progress, in_all: int) -> str:
    earlier = in_all - state.failed
    return number(state.failed, 0) + (f", and {number(earlier, 0)} before" if earlier > 0 else "")


def _next(done: SweepResult) -> list[str]:
    folder = shlex.quote(done.folder)
    if done.summary is not None and not done.summary.complete:
        return [f"It stopped because too many runs failed. {resume_command(done.folder)} goes on with the rest."]
    if done.has_failures:
        return [
            (
                f"winset replay {folder} RUN_ID makes one of them again; "
                f"{resume_command(done.folder)} --retry error tries all."
            ),
            f"winset report {folder} says what the others say.",
        ]
    return [f"winset report {folder} says what came out. In Python: lab.results({done.folder!r})"]


def _forecast(screen: Screen, done: SweepResult, told: Forecast) -> list[str]:
    rows = [("runs", number(told.runs, 0)), ("done", number(told.done, 0)), ("to do", number(told.to_do, 0))]
    if told.pace is not None:
        rows += [("a run", _pace(told.pace)), ("all of it", f"{format_estimate(told.seconds)}, {_hands(told.workers)}")]
    lines = [*fact_lines(screen, [*rows, ("folder", done.folder)]), ""]
    trouble = [f"{row.error_type}: {row.error}" for row in told.failed]
    wrong = [f"{len(trouble)} of the runs that were tried failed: {trouble[0]}"] if trouble else []
    tried = f"Nothing was written. {told.tried} runs were tried here." if told.tried else "Nothing was written."
    return [*lines, *notes(screen, [*wrong, tried])]


def _pace(seconds: float) -> str:
    return f"{format_amount(1000 * seconds)} ms" if seconds < 0.5 else f"{format_amount(seconds)} s"


def _hands(workers: int) -> str:
    return f"{workers} {_plural('worker', workers)}"


def failures(screen: Screen, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Render failed runs, one line each."""
    if not rows:
        return []
    told = [(row["run_id"][:DIGITS], row["status"], _trouble(row)) for row in rows]
    return [*section_heading(screen, "Failed"), *render_table(screen, ("run", "", ""), told)]


def _trouble(row: dict[str, Any]) -> str:
    said = next(iter(str(row["error"] or "").splitlines()), "")
    return f"{row['error_type']}: {said}" if row["error_type"] else said


# -- how far it is


def render_status(screen: Screen, told: SweepStatus) -> list[str]:
    """Render the state of a folder, for `winset status`."""
    failed = told.done - told.counts["ok"]
    title = f"{told.name}: {told.kind} {_short(told.scenario)}, {design_points(told.points, told.different)}"
    same = told.cases - told.runs
    rows = [
        ("runs", number(told.runs, 0) + (f" ({number(same, 0)} more cases are the same runs)" if same else "")),
        ("done", f"{number(told.done, 0)} ({format_share(told.done / told.runs if told.runs else 1.0, 0)})"),
        ("to do", number(told.runs - told.done, 0)),
        ("failed", _counted(told) if failed else "0"),
        ("files", f"{told.parts} {_plural('part', told.parts)}, {size(told.bytes)}"),
        ("now", f"{told.writer} is writing, or was when it ended" if told.writer else "nobody is writing"),
    ]
    lines = [*paragraph(screen, title), *fact_lines(screen, rows), *failures(screen, told.failures)]
    return [*lines, *_sessions(screen, told.sessions), "", *notes(screen, _advice(told, failed))]


def _counted(told: SweepStatus) -> str:
    """The number of failures of each status."""
    return join_words(
        [f"{number(count, 0)} {status}" for status, count in told.counts.items() if count and status != "ok"]
    )


def size(count: int) -> str:
    """A number of bytes with a decimal unit, B to GB."""
    power = min(3, (len(str(count)) - 1) // 3)
    return f"{count / 1000**power:.3g} {('B', 'kB', 'MB', 'GB')[power]}"


def _sessions(screen: Screen, sessions: Sequence[dict[str, Any]]) -> list[str]:
    if not sessions:
        return []
    rows = [
        (str(told.get("start"))[:19].replace("T", " "), str(told.get("workers")), _reason(told))
        for told in sessions[-MOST:]
    ]
    return [*section_heading(screen, "Sessions"), *render_table(screen, ("begun (UTC)", "by", "ended"), rows)]


def _reason(session: dict[str, Any]) -> str:
    return str(session.get("reason") or "at work, or killed")


def _advice(told: SweepStatus, failed: int) -> list[str]:
    folder = shlex.quote(told.folder)
    lines: list[str] = []
    if told.done < told.runs:
        lines.append(f"{resume_command(told.folder)} makes the rest.")
    if failed:
        lines.append(f"winset replay {folder} RUN_ID makes a run again, here and now.")
    if told.strangers:
        names = join_words(told.strangers[:MOST])
        lines.append(f"Not ours, and left alone: {names}{' and more' if len(told.strangers) > MOST else ''}.")
    return [*lines, f"winset report {folder} says what came out."]


# -- runs made again


def render_stored_run(screen: Screen, told: SweepRun) -> list[str]:
    """Render a run before it is made again, for `winset replay`: its command in one line, to be copied."""
    harm = {"timeout": "took longer than it may", "crashed": "took its worker down with it"}.get(told.status or "")
    warning = [f"This run {harm}, and may do so again now."] if harm else []
    return [told.command, *notes(screen, warning)]


def render_replay(screen: Screen, again: Replay) -> list[str]:
    """Render a run that was made again beside its stored row."""
    old, made = again.found.figures(), dict(zip(again.found.design.measures, again.again.measures, strict=False))
    rows = [(name, _figure(old[name]), _figure(made.get(name))) for name in old]
    rows.append(("status", again.found.status or NOTHING, again.again.status))
    lines = ["", *render_table(screen, ("", "row", "now"), rows), "", *paragraph(screen, _judgement(again))]
    if again.again.traceback:
        lines += ["", *again.again.traceback.rstrip().splitlines()]
    changed = ["The scenario reads otherwise today than when the sweep began: the line above makes another run."]
    return [*lines, *notes(screen, changed if again.moved else ())]


def _judgement(again: Replay) -> str:
    match again.reproduced:
        case None:
            return "This run has no row yet, so that there is nothing to hold it against."
        case True if again.found.status != "ok":
            return "It fails again, in the same way."
        case True:
            return "The row comes out again" + (", to the last bit." if again.identical else ", but for the last bits.")
        case _:
            return "The row does NOT come out again."


def _figure(value: Any) -> str:
    return NOTHING if value is None else value if isinstance(value, str) else f"{value:.12g}"


def render_verification(screen: Screen, told: Verdict) -> list[str]:
    """Render whether rows are reproduced, for `winset verify`."""
    apart = len({each.run_id for each in told.differences})
    if not told.checked:
        return paragraph(screen, "There is no finished run to make again.")
    again = f"{number(told.checked - apart, 0)} of {number(told.checked, 0)} runs come out again"
    lines = paragraph(screen, f"{again}, {number(told.identical, 0)} of them to the last bit.")
    if told.ok:
        return lines
    rows = [(each.run_id[:DIGITS], each.measure, _figure(each.row), _figure(each.again)) for each in told.differences]
    return [
        *lines,
        *section_heading(screen, "Otherwise"),
        *render_table(screen, ("run", "measure", "row", "now"), rows, "<<>>"),
    ]


def render_compaction(screen: Screen, told: CompactionResult) -> list[str]:
    """Render the result of a compaction."""
    parts = f"{told.before} {_plural('part', told.before)}"
    did = f"{parts} became one" if told.before > told.after else f"{parts}, nothing to be done"
    return paragraph(screen, f"{did}; {told.folder}/runs holds {number(told.rows, 0)} rows.")
