"""Tables of the section on what came out: numbers, words, full opening, and worlds without the paradox."""

from __future__ import annotations

from games.messages import message
from lab.analysis.findings import Findings
from lab.analysis.summaries import ArmSummary
from views.report.elements import (
    ARM,
    DRAWS,
    ENDS,
    ENDS_OF_SHARE,
    MEAN,
    MEASURE,
    NONE,
    SHARE,
    arm_column,
    condition_measure,
    condition_word,
    count,
    draws,
    format_interval,
    format_number,
    format_range,
    html_table,
    shares,
)
from views.wording.paradox_worlds import FULL
from views.wording.screen import format_share, per_cent


def numbers_table(found: Findings) -> str:
    """Render an HTML table with the mean, interval and quantiles of every numerical measure of a sweep.

    It has one row for each measure and arm. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            each.measure,
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            *_figures(each),
            f"{each.missing:,}",
        ]
        for each in found.summaries
    ]
    arm = arm_column(found, ARM)
    numbers = [MEAN, ENDS, message("Median"), message("5 % to 95 %"), message("Missing")]
    return html_table(message("Numbers"), [MEASURE, *arm, "n", DRAWS, *numbers], rows, 1 + len(arm))


def _figures(each: ArmSummary) -> list[str]:
    if each.interval is None or each.quantiles is None:
        return [NONE] * 4
    low, middle, high = (format_number(quantile) for quantile in each.quantiles)
    spread = message("does not vary") if each.constant else format_range(low, high)
    return [format_number(each.interval.mean), format_interval(each.interval), middle, spread]


def words_table(found: Findings) -> str:
    """Render an HTML table with the share of runs that have each word of a measure with words.

    It has one row for each measure, word and arm. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            condition_measure(each.measure),
            condition_word(each.measure),
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            format_share(each.interval and each.interval.mean),
            shares(each.interval),
        ]
        for each in found.shares
    ]
    arm = arm_column(found, ARM)
    heads = [MEASURE, message("Word"), *arm, "n", DRAWS, SHARE, ENDS_OF_SHARE]
    return html_table(message("Words"), heads, rows, 2 + len(arm))


def openings_table(found: Findings) -> str:
    """Render an HTML table with the share of points where both countries would open fully, one row per arm.

    A point is one combination of factor values. An arm is a variant of the case that is compared.
    """
    rows = [
        [
            *arm_column(found, each.arm),
            count(each.interval),
            draws(each.interval),
            per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.full
        if each.interval is not None
    ]
    arm = arm_column(found, ARM)
    return html_table(FULL, [*arm, message("Points"), DRAWS, SHARE, ENDS_OF_SHARE], rows, len(arm))


def worlds_table(found: Findings) -> str:
    """Render an HTML table with the share of worlds without the paradox, one row per arm.

    A world is an economy that is met at several productivity gaps. It is without paradox when at no other gap less is
    signed than at the first.
    """
    rows = [
        [
            each.arm,
            ", ".join(f"{gap:g}" for gap in each.gaps),
            *(f"{number:,}" for number in (each.worlds, each.nothing_signed, each.missing, each.counted, each.without)),
            NONE if each.interval is None else per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.unparadoxical
    ]
    heads = [
        ARM,
        message("Gaps"),
        message("Worlds"),
        message("Nothing signed at the first"),
        message("No number"),
        message("Counted"),
        message("Without paradox"),
        SHARE,
        ENDS_OF_SHARE,
    ]
    name = message("Worlds without paradox: at no other gap is less signed than at the first")
    return html_table(name, heads, rows, 2)
