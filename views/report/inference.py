"""Sections of a report that infer: which factor drives a measure, where a condition holds, which arm does better."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from lab.analysis.bootstrap import Interval
from lab.analysis.comparison import PairedDifference
from lab.analysis.findings import Findings
from lab.analysis.robustness import Robustness
from lab.analysis.scenario_discovery import Box, BoxSide, Discovery
from lab.analysis.sensitivity import CHANCE_ROW, EVERY_ARM, Index, Sensitivity
from views.figures.sweeps import BoxRange, ForestRow, forest_plot, range_plot
from views.report.elements import (
    BAND,
    ENDS,
    NONE,
    ReportFigure,
    ReportSection,
    caption,
    condition_in_words,
    count,
    draws,
    ends,
    format_interval,
    format_number,
    html_table,
    join_sentences,
    list_omitted,
    meaning,
    shares,
    text_alternative,
)
from views.wording.screen import format_share

NOTES = {
    "sobol": "A factor's total index is the share of the variance in which it has a part; its first-order index is "
    "what it explains alone. Where they differ, it acts together with others.",
    "morris": "The mean absolute effect of a walk across a factor's whole range, in the unit of the measure. A "
    "deviation as large as the effect says that it depends on the other factors, or is curved.",
    "grid": "Shares of the variance of single runs over the whole grid, all levels equally likely.",
}
UNITS = {"sobol": "base points", "morris": "trajectories", "grid": "points"}
BOXES = 6
"""Maximum number of boxes that are drawn; a condition is drawn in all arms or in none, and at least one is drawn."""


# -- drivers


def drivers_section(found: Findings) -> ReportSection | None:
    """Section on sensitivity indices; None where the design has none."""
    known = [each for each in found.sensitivities if each.shares]
    silent = "; ".join(f"{condition_in_words(each.measure)}: {each.note}" for each in found.sensitivities if each.note)
    if not known:
        return ReportSection("What drives it", f"No indices. {silent}.") if silent else None
    arm = _arm(found, known[0])
    missing = f"No indices for {silent}." if silent else ""
    note = " ".join(filter(None, (NOTES[known[0].method], arm, missing)))
    return ReportSection("What drives it", note, tuple(_driver(found, each) for each in known), _driver_table(known))


def _arm(found: Findings, shown: Sensitivity) -> str:
    """Which runs the indices cover, and how they treat chance."""
    several = len(found.harvest.arms) > 1
    where = f"In the arm {shown.arm}." if several and shown.arm != EVERY_ARM else ""
    if shown.method != "grid":
        return where
    if several and not where:
        where = "The arm counts as a factor."
    if shown.replicates > 1:
        chance = (
            f"Over {shown.replicates:,} replicates: “{CHANCE_ROW}” is what differs between replicates of one case, "
            "the other "
            "shares are corrected for it, and a small one can come out below 0."
        )
    elif found.harvest.design.kind == "analyse":
        chance = "Theory gives one answer a case, so there is no interval."
    else:
        chance = "Each case entered once: what chance did is among the shares, and there is no interval."
    return join_sentences(where, chance)


def _driver(found: Findings, shown: Sensitivity) -> ReportFigure:
    morris = shown.method == "morris"
    rungs = [
        ForestRow(each.factor, each.total.value, _spanned(each.total), second=each.first and each.first.value)
        for each in sorted(shown.shares, key=lambda each: -each.total.value)
    ]
    marks = "dot: mean absolute effect" if morris else "dot: total index; hollow: first order"
    under = caption(found, shown.n, marks, f"bar: {BAND}" if rungs[0].interval else None, units=UNITS[shown.method])
    draw = partial(forest_plot, rungs, "effect, in its unit" if morris else "share of the variance", zero=True)
    name = condition_in_words(shown.measure)
    return ReportFigure(
        f"What drives {name}", meaning(found, shown.measure) + under, text_alternative(name, rungs), draw
    )


def _driver_table(known: Sequence[Sensitivity]) -> str:
    morris = known[0].method == "morris"
    rows: list[list[str]] = []
    for each in known:
        for share in each.shares:
            second = [format_number(share.deviation)] if morris else _indexed(share.first)
            rows.append(
                [condition_in_words(each.measure), share.factor, *_indexed(share.total), *second, f"{each.n:,}"]
            )
    heads = ["Effect", ENDS, "Deviation"] if morris else ["Total", ENDS, "First order", ENDS]
    return html_table("Indices", ["Measure", "Factor", *heads, UNITS[known[0].method].capitalize()], rows, 2)


def _spanned(index: Index) -> tuple[float, float] | None:
    return None if index.low is None or index.high is None else (index.low, index.high)


def _indexed(index: Index | None) -> list[str]:
    if index is None:
        return [NONE, NONE]
    span = _spanned(index)
    return [
        format_number(index.value),
        NONE if span is None else f"{format_number(span[0])} to {format_number(span[1])}",
    ]


# -- scenario discovery


def discovery_section(found: Findings) -> ReportSection | None:
    """Section on the boxes in which conditions hold; None where no condition was examined."""
    if not found.discoveries:
        return None
    note = (
        "Boxes of the factors in which a condition holds far more often than elsewhere (PRIM). Coverage: the share of "
        "all such points that the box holds. Density: the share of its points that are such. A factor that is not "
        "named may be anything."
    )
    arms = len(found.harvest.arms)
    shown = found.discoveries[: max(BOXES // arms, 1) * arms]
    note = join_sentences(
        note,
        list_omitted(
            "Not looked into, because the arms are many (--where names what is)",
            [condition_in_words(each) for each in found.passed_over],
        ),
        "The first boxes are drawn, and the table has all of them." if len(shown) < len(found.discoveries) else "",
    )
    drawn = tuple(_place(found, each, each.boxes[0]) for each in shown if each.boxes)
    return ReportSection("Where it happens", note, drawn, _place_table(found))


def _place(found: Findings, shown: Discovery, held: Box) -> ReportFigure:
    reaches = [_reach(found, side) for side in held.sides]
    density = f"density {format_share(held.density)}, {format_share(shown.of_interest / shown.n)} overall"
    coverage = f"coverage {format_share(held.coverage)}"
    under = caption(found, held.n, density, coverage, units=f"of {shown.n:,} points")
    arm = f" · {shown.arm}" if len(found.harvest.arms) > 1 else ""
    title = f"{condition_in_words(shown.condition)}{arm}"
    return ReportFigure(
        title, under, f"{title}: " + "; ".join(reach.name for reach in reaches), partial(range_plot, reaches)
    )


def _reach(found: Findings, side: BoxSide) -> BoxRange:
    """A side of a box relative to the whole range of its factor, 0 to 1."""
    factor = next(each for each in found.harvest.design.factors if each.name == side.factor)
    if side.levels:
        known = [repr(level) for level in factor.levels]
        starts = [known.index(repr(level)) / len(known) for level in side.levels]
        return BoxRange(_side(side), [(start, start + 1 / len(known)) for start in starts])
    numbers = [float(level) for level in factor.levels] or [factor.low, factor.high]
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0
    first, last = (low if side.low is None else side.low), (high if side.high is None else side.high)
    return BoxRange(_side(side), [((first - low) / span, (last - low) / span)])


def _side(side: BoxSide) -> str:
    if side.levels:
        return f"{side.factor}: {' or '.join(str(level) for level in side.levels)}"
    if side.low is None:
        return f"{side.factor} up to {format_number(side.high)}"
    if side.high is None:
        return f"{side.factor} from {format_number(side.low)}"
    return f"{side.factor} {format_number(side.low)} to {format_number(side.high)}"


def _place_table(found: Findings) -> str:
    several = len(found.harvest.arms) > 1
    rows: list[list[str]] = []
    for shown in found.discoveries:
        head = [condition_in_words(shown.condition), *([shown.arm] if several else [])]
        if not shown.boxes:
            rows.append([*head, shown.note or "no box", f"{shown.of_interest:,} of {shown.n:,}", NONE, NONE])
        for held in shown.boxes:
            sides = "; ".join(f"{_side(side)} (p {_doubt(side.p)})" for side in held.sides)
            split = [format_share(held.coverage), format_share(held.density)]
            rows.append([*head, sides, f"{held.of_interest:,} of {held.n:,}", *split])
    heads = ["Condition", *(["Arm"] if several else []), "Box", "Holds in", "Coverage", "Density"]
    return html_table("Boxes", heads, rows, 3 if several else 2)


def _doubt(p: float) -> str:
    return f"{p:.2g}" if p >= 0.001 else "below 0.001"


# -- baselines

BASELINE_NAMES = {
    "the sweep": "the tactics of the case",
    "Nash": "the analytic Nash package",
    "zero intelligence": "zero intelligence",
    "random mover": "random mover",
}


def baselines_section(found: Findings) -> ReportSection | None:
    """Section that compares the sweep's talks with its baselines; None where there are no talks."""
    if not found.baselines:
        return None
    several = len(found.harvest.arms) > 1
    plates, same, bare = list[ReportFigure](), list[str](), list[str]()
    for name in dict.fromkeys(each.measure for each in found.baselines):
        rows = [each for each in found.baselines if each.measure == name]
        rungs = [
            _rung(BASELINE_NAMES[each.who] + (f" · {each.arm}" if several else ""), each.interval) for each in rows
        ]
        means = {rung.mean for rung in rungs}
        if len(means) > 1:
            band = f"bar: {BAND}" if any(rung.interval for rung in rungs) else None
            runs = max(each.interval.n for each in rows if each.interval)
            talks = "talk each" if runs == 1 else "talks each"
            under = caption(found, runs, str(found.sample), "dot: mean", band, units=talks)
            plates.append(
                ReportFigure(
                    name, meaning(found, name) + under, text_alternative(name, rungs), partial(forest_plot, rungs, name)
                )
            )
        else:
            (bare if means == {None} else same).append(name)
    note = (
        "The same cases once more, with others on every seat: the analytic Nash package proposed and taken; zero "
        "intelligence, which offers anything better than walking away (Gode and Sunder 1993, constrained); a random "
        "mover, which offers anything at all and accepts by the toss of a coin (unconstrained)."
    )
    note = join_sentences(
        f"{found.sample}.",
        note,
        *found.warnings,
        list_omitted("Without a figure, because all reach the same", same),
        list_omitted("Without a number for anybody", bare),
    )
    return ReportSection("Beside theory, and beside no thought", note, tuple(plates), _beside_table(found))


def _rung(name: str, around: Interval | None) -> ForestRow:
    return ForestRow(name, None if around is None else around.mean, ends(around))


def _beside_table(found: Findings) -> str:
    several = len(found.harvest.arms) > 1
    rows = [
        [
            each.measure,
            BASELINE_NAMES[each.who],
            *([each.arm] if several else []),
            count(each.interval),
            draws(each.interval),
            NONE if each.interval is None else format_number(each.interval.mean),
            format_interval(each.interval),
        ]
        for each in found.baselines
    ]
    heads = ["Measure", "Who", *(["Arm"] if several else []), "Talks", "Draws", "Mean", ENDS]
    return html_table("Baselines", heads, rows, 3 if several else 2)


# -- comparison of arms


def policies(found: Findings) -> ReportSection | None:
    """Section that compares the arms, pair by pair and by regret; None for a single arm."""
    if not found.differences:
        return None
    against = found.differences[0].other
    plates, same, bare = list[ReportFigure](), list[str](), list[str]()
    for name in dict.fromkeys(each.measure for each in found.differences):
        rows = [each for each in found.differences if each.measure == name]
        if all(each.interval is None for each in rows):
            bare.append(name)
        elif all(each.alike == 1 for each in rows):
            same.append(name)
        else:
            plates.append(_gap(found, name, against, rows))
    torn = [each.measure for each in found.robustness if not each.standings]
    note = join_sentences(
        f"Every arm against {against}, case by case, on the same points and the same chance.",
        list_omitted("Without a figure, because no arm differs", same),
        list_omitted(f"Without a case that has a number in {against} and in another arm", bare),
        list_omitted("No case has a number in every arm", torn),
    )
    tables = _difference_table(found.differences) + "".join(map(_robust_table, filter(_torn, found.robustness)))
    return ReportSection("Which arm does better", note, tuple(plates), tables)


def _gap(found: Findings, name: str, against: str, rows: Sequence[PairedDifference]) -> ReportFigure:
    """The difference of every other arm from `against` in one measure."""
    rungs = [_rung(each.one, each.interval) for each in rows]
    band = f"bar: {BAND}" if any(rung.interval for rung in rungs) else None
    runs = max(each.interval.n for each in rows if each.interval)
    under = caption(found, runs, f"dot: mean difference from {against}", band, units="pairs an arm")
    draw = partial(forest_plot, rungs, f"difference in {name}", zero=True)
    return ReportFigure(f"{name}, against {against}", meaning(found, name) + under, text_alternative(name, rungs), draw)


def _difference_table(rows: Sequence[PairedDifference]) -> str:
    cells = [
        [
            each.measure,
            f"{each.one} less {each.other}",
            count(each.interval),
            draws(each.interval),
            NONE if each.interval is None else format_number(each.interval.mean, plus=True),
            format_interval(each.interval),
            *(format_share(share) for share in (each.higher, each.alike, each.lower)),
            f"{each.unpaired:,}",
        ]
        for each in rows
    ]
    heads = ["Measure", "Arms", "Pairs", "Draws", "Mean difference", ENDS, "Higher", "Alike", "Lower", "Unpaired"]
    return html_table("Paired differences", heads, cells, 2)


def _torn(shown: Robustness) -> bool:
    """Whether the choice of the arm matters: some regret is above 0."""
    return any(each.largest_regret for each in shown.standings)


def _robust_table(shown: Robustness) -> str:
    cells = [
        [
            each.arm,
            format_number(each.mean.mean),
            format_number(each.worst),
            format_number(each.largest_regret),
            format_number(each.mean_regret.mean),
            format_share(each.satisfied.mean),
            shares(each.satisfied),
        ]
        for each in shown.standings
    ]
    way = "at least" if shown.better == "more" else "at most"
    said = (
        f"{shown.measure}, {shown.better} is better, over {shown.cases:,} cases, {shown.left_out:,} left out. "
        "Regret: what an arm falls short of the best arm in the same case. "
        f"Satisfied: {way} {format_number(shown.threshold)}. Smallest largest regret: {shown.least_regret() or 'none'}."
    )
    heads = ["Arm", "Mean", "Worst", "Largest regret", "Mean regret", "Satisfied", f"{ENDS}, %"]
    return html_table(said, heads, cells, 1)
