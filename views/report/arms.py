"""Sections of a report that compare: the sweep with its baselines, and the arms with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from games.messages import Message, join_messages, message, plural_message
from lab.analysis.baselines import NASH, OURS, RANDOM_MOVER, ZERO_INTELLIGENCE
from lab.analysis.bootstrap import Interval
from lab.analysis.comparison import PairedDifference
from lab.analysis.findings import Findings
from lab.analysis.robustness import Robustness
from views.figures.sweeps import ForestRow, forest_plot
from views.report.elements import (
    ARM,
    BAR,
    DRAWS,
    ENDS,
    ENDS_OF_SHARE,
    MEAN,
    MEAN_DOT,
    MEASURE,
    NONE,
    ReportFigure,
    ReportSection,
    arm_column,
    caption,
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

BASELINE_NAMES: Mapping[str, Message] = {
    OURS: message("the tactics of the case"),
    NASH: message("the analytic Nash package"),
    ZERO_INTELLIGENCE: ZERO_INTELLIGENCE,
    RANDOM_MOVER: RANDOM_MOVER,
}


def baselines_section(found: Findings) -> ReportSection | None:
    """Return the section of a report that compares the sweep's talks with baselines: theory and random negotiators.

    The result is None where the sweep has no talks.
    """
    if not found.baselines or found.sample is None:
        return None
    plates, same, bare = list[ReportFigure](), list[str](), list[str]()
    for name in dict.fromkeys(each.measure for each in found.baselines):
        rows = [each for each in found.baselines if each.measure == name]
        rungs = [
            _rung(join_messages(" · ", [BASELINE_NAMES[each.who], *arm_column(found, each.arm)]), each.interval)
            for each in rows
        ]
        means = {rung.mean for rung in rungs}
        if len(means) > 1:
            runs = max(each.interval.n for each in rows if each.interval)
            talks = plural_message("n = {number} talk each", "n = {number} talks each", runs)
            under = caption(found, talks, found.sample.description, MEAN_DOT, _bar_label(rungs))
            told = join_sentences(meaning(found, name), under)
            plates.append(ReportFigure(name, told, text_alternative(name, rungs), partial(forest_plot, rungs, name)))
        else:
            (bare if means == {None} else same).append(name)
    note = message(
        "The same cases once more, with others on every seat: the analytic Nash package proposed and taken; zero "
        "intelligence, which offers anything better than walking away (Gode and Sunder 1993, constrained); a random "
        "mover, which offers anything at all and accepts by the toss of a coin (unconstrained)."
    )
    note = join_sentences(
        message("{cases}.", cases=found.sample.description),
        note,
        *found.warnings,
        list_omitted(message("Without a figure, because all reach the same: {names}."), same),
        list_omitted(message("Without a number for anybody: {names}."), bare),
    )
    return ReportSection(message("Beside theory, and beside no thought"), note, tuple(plates), _beside_table(found))


def _rung(name: str, around: Interval | None) -> ForestRow:
    return ForestRow(name, None if around is None else around.mean, ends(around))


def _bar_label(rungs: Sequence[ForestRow]) -> str | None:
    """The part of a caption on intervals; None where no row has one."""
    return BAR if any(rung.interval for rung in rungs) else None


def _beside_table(found: Findings) -> str:
    rows = [
        [
            each.measure,
            BASELINE_NAMES[each.who],
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            NONE if each.interval is None else format_number(each.interval.mean),
            format_interval(each.interval),
        ]
        for each in found.baselines
    ]
    arm = arm_column(found, ARM)
    heads = [MEASURE, message("Who"), *arm, message("Talks"), DRAWS, MEAN, ENDS]
    return html_table(message("Baselines"), heads, rows, 2 + len(arm))


# -- comparison of arms


def policies(found: Findings) -> ReportSection | None:
    """Return the section of a report that compares the arms, pair by pair and by regret; None for a single arm.

    An arm is a variant of the case that is compared with the others, on the same points and the same chance.
    """
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
    torn = [each.measure for each in found.robustness if not each.arms]
    note = join_sentences(
        message("Every arm against {arm}, case by case, on the same points and the same chance.", arm=against),
        list_omitted(message("Without a figure, because no arm differs: {names}."), same),
        list_omitted(
            message("Without a case that has a number in {arm} and in another arm: {names}."), bare, arm=against
        ),
        list_omitted(message("No case has a number in every arm: {names}."), torn),
    )
    tables = _difference_table(found.differences) + "".join(map(_robust_table, filter(_torn, found.robustness)))
    return ReportSection(message("Which arm does better"), note, tuple(plates), tables)


def _gap(found: Findings, name: str, against: str, rows: Sequence[PairedDifference]) -> ReportFigure:
    """The difference of every other arm from `against` in one measure."""
    rungs = [_rung(each.one, each.interval) for each in rows]
    runs = max(each.interval.n for each in rows if each.interval)
    pairs = plural_message("n = {number} pair an arm", "n = {number} pairs an arm", runs)
    under = caption(found, pairs, message("dot: mean difference from {arm}", arm=against), _bar_label(rungs))
    return ReportFigure(
        message("{measure}, against {arm}", measure=name, arm=against),
        join_sentences(meaning(found, name), under),
        text_alternative(name, rungs),
        partial(forest_plot, rungs, message("difference in {measure}", measure=name), zero=True),
    )


def _difference_table(rows: Sequence[PairedDifference]) -> str:
    cells = [
        [
            each.measure,
            message("{one} less {other}", one=each.one, other=each.other),
            count(each.interval),
            draws(each.interval),
            NONE if each.interval is None else format_number(each.interval.mean, plus=True),
            format_interval(each.interval),
            *(format_share(share) for share in (each.higher, each.alike, each.lower)),
            f"{each.unpaired:,}",
        ]
        for each in rows
    ]
    heads = [
        MEASURE,
        message("Arms"),
        message("Pairs"),
        DRAWS,
        message("Mean difference"),
        ENDS,
        message("Higher"),
        message("Alike"),
        message("Lower"),
        message("Unpaired"),
    ]
    return html_table(message("Paired differences"), heads, cells, 2)


def _torn(shown: Robustness) -> bool:
    """Whether the choice of the arm matters: some regret is above 0."""
    return any(each.largest_regret for each in shown.arms)


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
        for each in shown.arms
    ]
    more = (
        message("{measure}, more is better, over {cases} cases, {left_out} left out."),
        message("Satisfied: at least {threshold}."),
    )
    less = (
        message("{measure}, less is better, over {cases} cases, {left_out} left out."),
        message("Satisfied: at most {threshold}."),
    )
    cases, satisfied = more if shown.better == "more" else less
    told = join_sentences(
        cases.format(measure=shown.measure, cases=f"{shown.cases:,}", left_out=f"{shown.left_out:,}"),
        message("Regret: what an arm falls short of the best arm in the same case."),
        satisfied.format(threshold=format_number(shown.threshold)),
        message("Smallest largest regret: {arm}.", arm=shown.least_regret or message("none")),
    )
    heads = [
        ARM,
        MEAN,
        message("Worst"),
        message("Largest regret"),
        message("Mean regret"),
        message("Satisfied"),
        ENDS_OF_SHARE,
    ]
    return html_table(told, heads, cells, 1)
