"""Tables of the section on what came out: numbers, words, full opening, and worlds without the paradox."""

from __future__ import annotations

from lab.analysis.findings import Findings
from lab.analysis.summaries import ArmSummary
from views.report.elements import (
    ENDS,
    NONE,
    condition_measure,
    condition_word,
    count,
    draws,
    format_interval,
    format_number,
    html_table,
    shares,
)
from views.wording.paradox_worlds import FULL
from views.wording.screen import format_share, per_cent


def numbers_table(found: Findings) -> str:
    """HTML table of every measure with numbers: mean, interval and quantiles, by arm."""
    several = len(found.harvest.arms) > 1
    rows = [
        [
            each.measure,
            *([each.arm] if several else []),
            count(each.interval),
            draws(each.interval),
            *_figures(each),
            f"{each.missing:,}",
        ]
        for each in found.summaries
    ]
    heads = ["Measure", *(["Arm"] if several else []), "n", "Draws", "Mean", ENDS, "Median", "5 % to 95 %", "Missing"]
    return html_table("Numbers", heads, rows, 2 if several else 1)


def _figures(each: ArmSummary) -> list[str]:
    if each.interval is None or each.quantiles is None:
        return [NONE] * 4
    low, middle, high = each.quantiles
    spread = "does not vary" if each.constant else f"{format_number(low)} to {format_number(high)}"
    return [format_number(each.interval.mean), format_interval(each.interval), format_number(middle), spread]


def words_table(found: Findings) -> str:
    """HTML table of the share of runs with each word of a measure, by arm."""
    several = len(found.harvest.arms) > 1
    rows = [
        [
            condition_measure(each.measure),
            condition_word(each.measure),
            *([each.arm] if several else []),
            count(each.interval),
            draws(each.interval),
            format_share(each.interval and each.interval.mean),
            shares(each.interval),
        ]
        for each in found.shares
    ]
    heads = ["Measure", "Word", *(["Arm"] if several else []), "n", "Draws", "Share", f"{ENDS}, %"]
    return html_table("Words", heads, rows, 3 if several else 2)


def openings_table(found: Findings) -> str:
    """HTML table of the share of points where both countries open fully, by arm."""
    several = len(found.harvest.arms) > 1
    rows = [
        [
            *([each.arm] if several else []),
            count(each.interval),
            draws(each.interval),
            per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.full
        if each.interval is not None
    ]
    heads = [*(["Arm"] if several else []), "Points", "Draws", "Share", f"{ENDS}, %"]
    return html_table(FULL, heads, rows, 1 if several else 0)


def worlds_table(found: Findings) -> str:
    """HTML table of the share of worlds without the paradox, by arm."""
    rows = [
        [
            each.arm,
            ", ".join(f"{gap:g}" for gap in each.gaps),
            *(f"{number:,}" for number in (each.worlds, each.unsigned, each.missing, each.counted, each.without)),
            NONE if each.interval is None else per_cent(100 * each.interval.mean),
            shares(each.interval),
        ]
        for each in found.unparadoxical
    ]
    counts = ["Worlds", "Nothing signed at the first", "No number", "Counted", "Without paradox"]
    heads = ["Arm", "Gaps", *counts, "Share", f"{ENDS}, %"]
    return html_table("Worlds without paradox: at no other gap is less signed than at the first", heads, rows, 2)
