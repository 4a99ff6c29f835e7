"""Results of sweeps as text: the main part of a report, the comparison of two sweeps, an archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from views.text.game import format_amount
from views.text.layout import Screen, notes, paragraph, render_table, section_heading
from views.text.sweep_status import DIGITS, NOTHING, render_design, size
from views.wording.paradox_worlds import FULL, world_sentences
from views.wording.replicates import replicates
from views.wording.screen import format_share, number

if TYPE_CHECKING:
    from lab.analysis.archive import SweepArchive
    from lab.analysis.baselines import BaselineMean
    from lab.analysis.bootstrap import Interval
    from lab.analysis.comparison import Comparison, PairedDifference
    from lab.analysis.summaries import ArmSummary
    from views.results.report_page import ReportResult

MOST = 5
"""Maximum number of drivers that are listed for a measure."""
LINES = 24
"""Maximum number of rows in a table, unless one measure has more; the page and the JSON have all rows."""

NARROW = 8
"""Least width of a column of a table, with the space beside it."""


class MeasureRow(Protocol):
    """A row in a table of measures."""

    @property
    def measure(self) -> str:
        """The name of the measure."""
        ...


Row = TypeVar("Row", bound=MeasureRow)


def render_report(screen: Screen, told: ReportResult) -> list[str]:
    """Render the main results of a sweep, for `winset report`; the page has the rest."""
    said = told.findings
    lines = render_design(screen, said.harvest.design)
    if said.unparadoxical:
        lines += [*section_heading(screen, "Without paradox"), *paragraph(screen, world_sentences(said.unparadoxical))]
    if said.full:
        lines += [*section_heading(screen, FULL), *_shares(screen, said.full)]
    if said.summaries:
        lines += [*section_heading(screen, "What came out"), *_means(screen, said.summaries)]
        design = said.harvest.design
        again = replicates(design.replicates, said.harvest.different, said.enough)
        lines += ["", *paragraph(screen, again)] if again else []
    lines += _drivers(screen, said)
    lines += render_differences(screen, [("", each) for each in said.differences])
    if said.baselines:
        lines += [
            *section_heading(screen, "Beside baselines, on the same cases"),
            *paragraph(screen, f"{said.sample}."),
        ]
        lines += _baselines(screen, said.baselines)
    remarks = [*said.harvest.notes, *said.warnings, f"Intervals at 95 %. Design {said.harvest.mark[:DIGITS]}."]
    if said.failures:
        remarks.insert(0, f"{number(len(said.harvest.failures), 0)} runs failed and are left out.")
    return [*lines, "", *notes(screen, [*remarks, *([f"The page is {told.file}."] if told.file else [])])]


def _shares(screen: Screen, rows: Iterable[ArmSummary]) -> list[str]:
    told = [(each.arm, *_share(each.interval)) for each in rows]
    return _fitted(screen, ("arm", "share", "interval", "n", "draws"), told, "<>>>>")


def _share(around: Interval | None) -> tuple[str, str, str, str]:
    if around is None:
        return NOTHING, "", "0", ""
    ends = [None if end is None else 100 * end for end in (around.low, around.high)]
    return format_share(around.mean), _ends(ends), number(around.n, 0), _draws(around)


def _means(screen: Screen, rows: Sequence[ArmSummary]) -> list[str]:
    several = len({each.arm for each in rows}) > 1
    told = [
        (each.measure, *([each.arm] if several else []), *_mean(each.interval), *_spread(each.quantiles))
        for each in _whole(rows)
    ]
    head = ("measure", *(["arm"] if several else []), "mean", "interval", "n", "draws", "5 % to 95 %")
    return [*_fitted(screen, head, told, ("<<" if several else "<") + ">>>>>"), *_rest(len(rows) - len(told))]


def _fitted(screen: Screen, head: Sequence[str], rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """A table without its last columns where the screen is too narrow for them."""
    kept = min(len(head), (screen.width + 2) // NARROW)
    return render_table(screen, head[:kept], [row[:kept] for row in rows], sides[:kept])


def _whole(rows: Sequence[Row]) -> Sequence[Row]:
    """The first rows of a long table: as many measures as `LINES` allows, each with all its arms; at least one."""
    kept = 0
    for _, group in groupby(rows, key=attrgetter("measure")):
        size = len(list(group))
        if kept and kept + size > LINES:
            break
        kept += size
    return rows[:kept]


def _rest(count: int) -> list[str]:
    """The number of rows that are left out of a long table."""
    return [f"and {count} more, which --json and the page tell"] if count > 0 else []


def _mean(around: Interval | None) -> tuple[str, str, str, str]:
    if around is None:
        return NOTHING, "", "0", ""
    return _shown(around.mean), _ends((around.low, around.high)), number(around.n, 0), _draws(around)


def _draws(around: Interval) -> str:
    """The number of independent draws behind an interval."""
    return number(around.draws, 0) if around.draws else ""


def _spread(quantiles: tuple[float, float, float] | None) -> tuple[str]:
    return ("" if quantiles is None else f"{_shown(quantiles[0])} to {_shown(quantiles[2])}",)


def _ends(ends: Sequence[float | None]) -> str:
    low, high = ends
    return "" if low is None or high is None else f"[{_shown(low)}, {_shown(high)}]"


def _shown(value: float) -> str:
    return format_amount(float(f"{value:.3g}"))


def _drivers(screen: Screen, said: Any) -> list[str]:
    """The factors with the largest effect on each measure."""
    lines: list[str] = []
    for each in said.sensitivities:
        ranked = sorted(each.shares, key=lambda share: -share.total.value)[:MOST]
        rows = [
            (share.factor, _shown(share.total.value), _ends((share.total.low, share.total.high)), _first(share))
            for share in ranked
        ]
        title = f"What drives {each.measure}?"
        lines += [
            *section_heading(screen, title),
            *_fitted(screen, ("", _index(each.method), "interval", "alone"), rows, "<>>>"),
        ]
    return lines


def _baselines(screen: Screen, rows: Sequence[BaselineMean]) -> list[str]:
    told = [(each.measure, each.arm, each.who, *_mean(each.interval)) for each in _whole(rows)]
    lines = _fitted(screen, ("measure", "arm", "who", "mean", "interval", "n", "draws"), told, "<<<>>>>")
    return [*lines, *_rest(len(rows) - len(told))]


def _index(method: str) -> str:
    return "effect" if method == "morris" else "total"


def _first(share: Any) -> str:
    return "" if share.first is None else _shown(share.first.value)


def render_differences(screen: Screen, pairs: Sequence[tuple[str, PairedDifference]]) -> list[str]:
    """Render differences between arms, case by case, one line each."""
    if not pairs:
        return []
    rows = [
        (each.measure, arm or each.one, *_mean(each.interval)[:2], _part(each.higher), _part(each.lower))
        for each, (arm, _) in zip(_whole([each for _, each in pairs]), pairs, strict=False)
    ]
    title = f"Against “{pairs[0][1].other}”"
    head = ("measure", "arm", "difference", "interval", "higher", "lower")
    return [*section_heading(screen, title), *_fitted(screen, head, rows, "<<>>>>"), *_rest(len(pairs) - len(rows))]


def _part(part: float | None) -> str:
    return NOTHING if part is None else format_share(part, 0)


def comparison(screen: Screen, told: Comparison) -> list[str]:
    """Render the comparison of two folders, for `winset compare`."""
    one, other = told.names
    lines = paragraph(screen, f"{one} less {other}, on {number(told.pairs, 0)} cases that both hold")
    alone = [
        f"{number(count, 0)} cases are in {name} alone."
        for name, count in zip(told.names, told.only, strict=True)
        if count
    ]
    return [*lines, *render_differences(screen, told.differences), "", *notes(screen, [*alone, *told.notes])]


def render_archive(screen: Screen, told: SweepArchive) -> list[str]:
    """Render what was packed, for `winset archive`."""
    packed = f"{number(told.rows, 0)} rows in {told.files} files, {size(told.bytes)}"
    lines = paragraph(screen, f"{told.path} is written: {packed}.")
    missing = f"{number(told.missing, 0)} cases have no row yet; `winset resume` makes their runs."
    return [*lines, *notes(screen, [missing] if told.missing else [])]
