"""Results of sweeps as text: the main part of a report, the comparison of two sweeps, an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from games.messages import message, plural_message
from views.text.game import format_amount
from views.text.layout import Screen, notes, paragraph, render_table, section_heading
from views.text.sweep_status import DIGITS, NOTHING, render_design, size
from views.wording.paradox_worlds import FULL, PARTS, world_sentences
from views.wording.replicates import replicates
from views.wording.screen import format_share, number

if TYPE_CHECKING:
    from lab.analysis.archive import SweepArchive
    from lab.analysis.baselines import BaselineMean
    from lab.analysis.bootstrap import Interval
    from lab.analysis.comparison import Comparison, FolderDifference, PairedDifference
    from lab.analysis.sensitivity import FactorSensitivity, Sensitivity
    from lab.analysis.summaries import ArmSummary
    from views.results.report_page import ReportResult

MOST = 5
"""Maximum number of drivers that are listed for a measure."""
LINES = 24
"""Maximum number of rows in a table, unless one measure has more; the page and the JSON have all rows."""

NARROW = 8
"""Least width of a column of a table, with the space beside it."""


ARM, MEAN, INTERVAL, DRAWS, MEASURE = (
    message("arm"),
    message("mean"),
    message("interval"),
    message("draws"),
    message("measure"),
)
"""Heads of columns that several tables have."""


class MeasureRow(Protocol):
    """Interface of the rows in a table of measures. A measure is a number or a word that every run is asked for."""

    @property
    def measure(self) -> str:
        """Return the name of the measure of this row."""
        ...


Row = TypeVar("Row", bound=MeasureRow)


def render_report(screen: Screen, told: ReportResult) -> list[str]:
    """Return the main results of a sweep as lines of text, for `winset report`; the HTML page has the rest."""
    said = told.findings
    lines = render_design(screen, said.harvest.design)
    if said.unparadoxical:
        lines += [
            *section_heading(screen, PARTS),
            *paragraph(screen, world_sentences(said.unparadoxical)),
        ]
    if said.full:
        lines += [*section_heading(screen, FULL), *_shares(screen, said.full)]
    if said.summaries:
        lines += [*section_heading(screen, message("What came out")), *_means(screen, said.summaries)]
        design = said.harvest.design
        again = replicates(design.replicates, said.harvest.different, said.enough)
        lines += ["", *paragraph(screen, again)] if again else []
    lines += _drivers(screen, said.sensitivities)
    lines += render_differences(screen, said.differences, [each.one for each in said.differences])
    if said.sample is not None and said.baselines:
        lines += [
            *section_heading(screen, message("Beside baselines, on the same cases")),
            *paragraph(screen, message("{cases}.", cases=said.sample.description)),
        ]
        lines += _baselines(screen, said.baselines)
    return [*lines, "", *notes(screen, _remarks(told))]


def _remarks(told: ReportResult) -> Iterator[str]:
    """Yield the sentences below the results."""
    said = told.findings
    if said.failures:
        yield plural_message(
            "{number} run failed and is left out.",
            "{number} runs failed and are left out.",
            len(said.harvest.failures),
        )
    yield from (*said.harvest.notes, *said.warnings)
    yield message("Intervals at 95 %. Design {design}.", design=said.harvest.mark[:DIGITS])
    if told.file:
        yield message("The page is {file}.", file=told.file)


def _shares(screen: Screen, rows: Iterable[ArmSummary]) -> list[str]:
    told = [(each.arm, *_share(each.interval)) for each in rows]
    return _fitted(screen, (ARM, message("share"), INTERVAL, "n", DRAWS), told, "<>>>>")


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
    head = (MEASURE, *([ARM] if several else []), MEAN, INTERVAL, "n", DRAWS, message("5 % to 95 %"))
    return [*_fitted(screen, head, told, ("<<" if several else "<") + ">>>>>"), *_rest(screen, len(rows) - len(told))]


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


def _rest(screen: Screen, count: int) -> list[str]:
    """The number of rows that are left out of a long table."""
    more = message("and {count} more, which --json and the page tell", count=count)
    return paragraph(screen, more) if count > 0 else []


def _mean(around: Interval | None) -> tuple[str, str, str, str]:
    if around is None:
        return NOTHING, "", "0", ""
    return _shown(around.mean), _ends((around.low, around.high)), number(around.n, 0), _draws(around)


def _draws(around: Interval) -> str:
    """The number of independent draws behind an interval."""
    return number(around.draws, 0) if around.draws else ""


def _spread(quantiles: tuple[float, float, float] | None) -> tuple[str]:
    if quantiles is None:
        return ("",)
    return (message("{low} to {high}", low=_shown(quantiles[0]), high=_shown(quantiles[2])),)


def _ends(ends: Sequence[float | None]) -> str:
    low, high = ends
    return "" if low is None or high is None else f"[{_shown(low)}, {_shown(high)}]"


def _shown(value: float) -> str:
    return format_amount(float(f"{value:.3g}"))


def _drivers(screen: Screen, sensitivities: Iterable[Sensitivity]) -> list[str]:
    """The factors with the largest effect on each measure."""
    lines: list[str] = []
    for each in sensitivities:
        ranked = sorted(each.factors, key=lambda share: -share.total.value)[:MOST]
        rows = [
            (share.factor, _shown(share.total.value), _ends((share.total.low, share.total.high)), _first(share))
            for share in ranked
        ]
        title = message("What drives {measure}?", measure=each.measure)
        index = message("effect") if each.method == "morris" else message("total")
        lines += [
            *section_heading(screen, title),
            *_fitted(screen, ("", index, INTERVAL, message("alone")), rows, "<>>>"),
        ]
    return lines


def _baselines(screen: Screen, rows: Sequence[BaselineMean]) -> list[str]:
    told = [(each.measure, each.arm, each.who, *_mean(each.interval)) for each in _whole(rows)]
    lines = _fitted(screen, (MEASURE, ARM, message("who"), MEAN, INTERVAL, "n", DRAWS), told, "<<<>>>>")
    return [*lines, *_rest(screen, len(rows) - len(told))]


def _first(share: FactorSensitivity) -> str:
    return "" if share.first is None else _shown(share.first.value)


def render_differences(
    screen: Screen, differences: Sequence[PairedDifference] | Sequence[FolderDifference], arms: Sequence[str]
) -> list[str]:
    """Return a table, as lines of text, of the differences between two arms or two folders, case by case.

    An arm is a variant of the case that is compared with the others, such as "no levy". Each line is one measure.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    differences
        Differences between two arms, or between two folders.
    arms
        Name of the arm of each difference.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    if not differences:
        return []
    rows = [
        (each.measure, arm, *_mean(each.interval)[:2], _part(each.higher), _part(each.lower))
        for each, arm in zip(_whole(differences), arms, strict=False)
    ]
    title = message("Against “{arm}”", arm=differences[0].other)
    head = (MEASURE, ARM, message("difference"), INTERVAL, message("higher"), message("lower"))
    rest = _rest(screen, len(differences) - len(rows))
    return [*section_heading(screen, title), *_fitted(screen, head, rows, "<<>>>>"), *rest]


def _part(part: float | None) -> str:
    return NOTHING if part is None else format_share(part, 0)


def comparison(screen: Screen, told: Comparison) -> list[str]:
    """Return the comparison of two sweeps, on the cases that both contain, as lines of text, for `winset compare`."""
    one, other = told.names
    what = plural_message(
        "{one} less {other}, on {number} case that both hold",
        "{one} less {other}, on {number} cases that both hold",
        told.pairs,
        one=one,
        other=other,
    )
    alone = [
        plural_message("{number} case is in {name} alone.", "{number} cases are in {name} alone.", count, name=name)
        for name, count in zip(told.names, told.only, strict=True)
        if count
    ]
    arms = [each.arm for each in told.differences]
    lines = [*paragraph(screen, what), *render_differences(screen, told.differences, arms)]
    return [*lines, "", *notes(screen, [*alone, *told.notes])]


def render_archive(screen: Screen, told: SweepArchive) -> list[str]:
    """Return lines of text that say what was packed into the archive of a sweep, for `winset archive`."""
    packed = message(
        "{path} is written: {rows} rows in {files} files, {size}.",
        path=told.path,
        rows=number(told.rows, 0),
        files=told.files,
        size=size(told.bytes),
    )
    missing = plural_message(
        "{number} case has no row yet; `winset resume` makes its run.",
        "{number} cases have no row yet; `winset resume` makes their runs.",
        told.missing,
    )
    return [*paragraph(screen, packed), *notes(screen, [missing] if told.missing else [])]
