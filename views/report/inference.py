"""Sections of a report that infer: which factor drives a measure, and where a condition holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from games.messages import Message, join_messages, message, plural_message
from lab.analysis.findings import Findings
from lab.analysis.scenario_discovery import Box, BoxSide, Discovery
from lab.analysis.sensitivity import CHANCE_ROW, EVERY_ARM, Index, Sensitivity
from views.figures.sweeps import BoxRange, ForestRow, forest_plot, range_plot
from views.report.elements import (
    ARM,
    BAR,
    ENDS,
    MEASURE,
    NONE,
    ReportFigure,
    ReportSection,
    arm_column,
    caption,
    condition_in_words,
    format_number,
    format_range,
    html_table,
    join_sentences,
    list_omitted,
    meaning,
    text_alternative,
)
from views.wording.screen import format_share

NOTES = {
    "sobol": message(
        "A factor's total index is the share of the variance in which it has a part; its first-order index is what it "
        "explains alone. Where they differ, it acts together with others."
    ),
    "morris": message(
        "The mean absolute effect of a walk across a factor's whole range, in the unit of the measure. A deviation as "
        "large as the effect says that it depends on the other factors, or is curved."
    ),
    "grid": message("Shares of the variance of single runs over the whole grid, all levels equally likely."),
}
UNIT_HEADS = {"sobol": message("Base points"), "morris": message("Trajectories"), "grid": message("Points")}
DRIVERS = message("What drives it")
BOXES = 6
"""Maximum number of boxes that are drawn; a condition is drawn in all arms or in none, and at least one is drawn."""


# -- drivers


def drivers_section(found: Findings) -> ReportSection | None:
    """Return the section of a report on the sensitivity indices: how much each factor moves each measure.

    Where indices are missing, the section says why. The result is None where the design of the sweep has no indices
    and there is nothing to explain.
    """
    known = [each for each in found.sensitivities if each.factors]
    silent = [
        message("{measure}: {reason}", measure=condition_in_words(each.measure), reason=each.note)
        for each in found.sensitivities
        if each.note
    ]
    reasons = join_messages("; ", silent)
    if not known:
        return ReportSection(DRIVERS, message("No indices. {reasons}.", reasons=reasons)) if silent else None
    missing = message("No indices for {reasons}.", reasons=reasons) if silent else ""
    note = join_sentences(NOTES[known[0].method], _arm(found, known[0]), missing)
    return ReportSection(DRIVERS, note, tuple(_driver(found, each) for each in known), _driver_table(known))


def _arm(found: Findings, shown: Sensitivity) -> str:
    """Which runs the indices cover, and how they treat chance."""
    several = len(found.harvest.arms) > 1
    where = message("In the arm {arm}.", arm=shown.arm) if several and shown.arm != EVERY_ARM else ""
    if shown.method != "grid":
        return where
    if several and not where:
        where = message("The arm counts as a factor.")
    if shown.replicates > 1:
        chance = message(
            "Over {replicates} replicates: “{chance}” is what differs between replicates of one case, the other shares "
            "are corrected for it, and a small one can come out below 0.",
            replicates=f"{shown.replicates:,}",
            chance=CHANCE_ROW,
        )
    elif found.harvest.design.kind == "analyse":
        chance = message("Theory gives one answer a case, so there is no interval.")
    else:
        chance = message("Each case entered once: what chance did is among the shares, and there is no interval.")
    return join_sentences(where, chance)


def _driver(found: Findings, shown: Sensitivity) -> ReportFigure:
    morris = shown.method == "morris"
    rungs = [
        ForestRow(each.factor, each.total.value, _spanned(each.total), second=each.first and each.first.value)
        for each in sorted(shown.factors, key=lambda each: -each.total.value)
    ]
    marks = message("dot: mean absolute effect") if morris else message("dot: total index; hollow: first order")
    under = caption(found, _count_units(shown), marks, BAR if rungs[0].interval else None)
    across = message("effect, in its unit") if morris else message("share of the variance")
    name = condition_in_words(shown.measure)
    return ReportFigure(
        message("What drives {measure}", measure=name),
        join_sentences(meaning(found, shown.measure), under),
        text_alternative(name, rungs),
        partial(forest_plot, rungs, across, zero=True),
    )


def _count_units(shown: Sensitivity) -> Message:
    """How many base points, trajectories or points of the grid the indices rest on."""
    if shown.method == "sobol":
        return plural_message("n = {number} base point", "n = {number} base points", shown.n)
    if shown.method == "morris":
        return plural_message("n = {number} trajectory", "n = {number} trajectories", shown.n)
    return plural_message("n = {number} point", "n = {number} points", shown.n)


def _driver_table(known: Sequence[Sensitivity]) -> str:
    morris = known[0].method == "morris"
    rows: list[list[str]] = []
    for each in known:
        for share in each.factors:
            second = [format_number(share.deviation)] if morris else _indexed(share.first)
            rows.append(
                [condition_in_words(each.measure), share.factor, *_indexed(share.total), *second, f"{each.n:,}"]
            )
    effects = [message("Effect"), ENDS, message("Deviation")]
    indices = [message("Total"), ENDS, message("First order"), ENDS]
    heads = [MEASURE, message("Factor"), *(effects if morris else indices), UNIT_HEADS[known[0].method]]
    return html_table(message("Indices"), heads, rows, 2)


def _spanned(index: Index) -> tuple[float, float] | None:
    return None if index.low is None or index.high is None else (index.low, index.high)


def _indexed(index: Index | None) -> list[str]:
    if index is None:
        return [NONE, NONE]
    span = _spanned(index)
    return [
        format_number(index.value),
        NONE if span is None else format_range(format_number(span[0]), format_number(span[1])),
    ]


# -- scenario discovery


def discovery_section(found: Findings) -> ReportSection | None:
    """Return the section of a report on boxes: regions of factor values in which a condition often holds.

    The result is None where no condition was examined.
    """
    if not found.discoveries:
        return None
    note = message(
        "Boxes of the factors in which a condition holds far more often than elsewhere (PRIM). Coverage: the share of "
        "all such points that the box holds. Density: the share of its points that are such. A factor that is not "
        "named may be anything."
    )
    arms = len(found.harvest.arms)
    shown = found.discoveries[: max(BOXES // arms, 1) * arms]
    note = join_sentences(
        note,
        list_omitted(
            message("Not looked into, because the arms are many (--where names what is): {names}."),
            [condition_in_words(each) for each in found.passed_over],
        ),
        message("The first boxes are drawn, and the table has all of them.")
        if len(shown) < len(found.discoveries)
        else "",
    )
    drawn = tuple(_place(found, each, each.boxes[0]) for each in shown if each.boxes)
    return ReportSection(message("Where it happens"), note, drawn, _place_table(found))


def _place(found: Findings, shown: Discovery, held: Box) -> ReportFigure:
    reaches = [_reach(found, side) for side in held.sides]
    counted = plural_message(
        "n = {inside} of {number} point", "n = {inside} of {number} points", shown.n, inside=held.n
    )
    density = message(
        "density {density}, {overall} overall",
        density=format_share(held.density),
        overall=format_share(shown.of_interest / shown.n),
    )
    under = caption(found, counted, density, message("coverage {share}", share=format_share(held.coverage)))
    title = join_messages(" · ", [condition_in_words(shown.condition), *arm_column(found, shown.arm)])
    spoken = message(
        "{condition}: {sides}", condition=title, sides=join_messages("; ", [each.name for each in reaches])
    )
    return ReportFigure(title, under, spoken, partial(range_plot, reaches))


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
        levels = join_messages(message(" or "), map(str, side.levels))
        return message("{factor}: {levels}", factor=side.factor, levels=levels)
    if side.low is None:
        return message("{factor} up to {high}", factor=side.factor, high=format_number(side.high))
    if side.high is None:
        return message("{factor} from {low}", factor=side.factor, low=format_number(side.low))
    return message(
        "{factor} {low} to {high}", factor=side.factor, low=format_number(side.low), high=format_number(side.high)
    )


def _place_table(found: Findings) -> str:
    rows: list[list[str]] = []
    for shown in found.discoveries:
        head = [condition_in_words(shown.condition), *arm_column(found, shown.arm)]
        if not shown.boxes:
            rows.append([*head, shown.note or message("no box"), _out_of(shown), NONE, NONE])
        for held in shown.boxes:
            sides = join_messages(
                "; ", [message("{side} (p {p})", side=_side(side), p=_doubt(side.p)) for side in held.sides]
            )
            rows.append([*head, sides, _out_of(held), format_share(held.coverage), format_share(held.density)])
    arm = arm_column(found, ARM)
    boxed = [message("Box"), message("Holds in"), message("Coverage"), message("Density")]
    return html_table(message("Boxes"), [message("Condition"), *arm, *boxed], rows, 2 + len(arm))


def _out_of(points: Discovery | Box) -> Message:
    return message("{count} of {total}", count=f"{points.of_interest:,}", total=f"{points.n:,}")


def _doubt(p: float) -> str:
    return f"{p:.2g}" if p >= 0.001 else message("below 0.001")
