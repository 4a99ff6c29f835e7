"""The elements of a report: figures with captions, sections, tables, and the format of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from games.messages import Message, join_messages, message, plural_message
from games.visible_text import escape
from lab.analysis.bootstrap import LEVEL, Interval
from lab.analysis.findings import FULL, LEADING, Findings
from views.figures.sweeps import BARE, BarShare, Figure, ForestRow
from views.style.theme import Mode
from views.text.atlas import MARKS
from views.wording.paradox_worlds import share_with_interval, world_sentences
from views.wording.screen import MINUS, number, numbers
from views.wording.translation import to_html, translate

NONE = "–"
ENDS = message("{level}\u00a0% interval", level=f"{100 * LEVEL:.0f}")
ENDS_OF_SHARE = message("{level}\u00a0% interval, %", level=f"{100 * LEVEL:.0f}")
BAR = message("bar: {level}\u00a0% bootstrap interval", level=f"{100 * LEVEL:.0f}")
"""What the bar of a row is, for captions."""
MEAN_DOT = message("dot: mean")
MEASURE, ARM, DRAWS, MEAN, SHARE = (
    message("Measure"),
    message("Arm"),
    message("Draws"),
    message("Mean"),
    message("Share"),
)
"""Heads of columns that several tables have."""

CONDITIONS = {
    "<=": message("{measure} at most {value}"),
    ">=": message("{measure} at least {value}"),
    "<": message("{measure} below {value}"),
    ">": message("{measure} above {value}"),
    "=": message("{measure} is {value}"),
}
"""Conditions in words, by their sign: the fonts of the page do not contain every sign."""
_CONDITION = re.compile(r"(.+?) (<=|>=|<|>|=) (.+)")

HATCHES = {
    "harmony": "/",
    "bully": ".",
    "prisoners-dilemma": "x",
    "deadlock": "-",
    "chicken": "\\",
    "battle-of-the-sexes": "+",
    "coordination": "|",
    "matching-pennies": "/",
    "unnamed": "|",
}
"""Hatches of the classes of games; a stag hunt is solid. Their inks are those of `views.text.atlas`."""
STROKES = ("", "/", ".", "x", "-", "\\", "+", "|")
"""Hatches of other words, in the order of the words."""

WIDE = 24
"""Characters above which a cell of words is styled as a wide one."""

_RIGHT = ' class="r"'


@dataclass(frozen=True, slots=True, eq=False)
class ReportFigure:
    """A figure of a report on a sweep, with its title, its caption and its text alternative."""

    title: str
    caption: str
    """Text below the figure: n, statistic, band and the design's hash."""
    spoken: str
    """Text alternative: a sentence with the numbers, for screen readers."""
    draw: Callable[[Mode], Figure]


@dataclass(frozen=True, slots=True, eq=False)
class ReportSection:
    """A section of a report on a sweep: a heading, a note, figures, and tables as HTML."""

    title: str
    note: str = ""
    plates: tuple[ReportFigure, ...] = ()
    tables: str = ""


def html_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    """Render a table of a report as HTML, under its caption.

    Parameters
    ----------
    caption
        Caption; its first sentence is the label for screen readers.
    heads
        Titles of the columns.
    rows
        Cells, each row as long as `heads`. The first cell is the title of its row.
    words
        Number of columns, from the left, that hold words and are aligned left.

    Returns
    -------
    str
        HTML; an empty text when there are no rows.
    """
    if not rows:
        return ""
    top = "".join(f'<th scope="col"{_side(at, words)}>{to_html(head)}</th>' for at, head in enumerate(heads))
    body = "".join(f"<tr>{''.join(_cell(cell, at, words) for at, cell in enumerate(row))}</tr>" for row in rows)
    name = escape(translate(caption).partition(". ")[0].removesuffix("."))
    return (
        f'<p class="note over">{to_html(caption)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f'<table aria-label="{name}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(cell: str, at: int, words: int) -> str:
    if at == 0:
        return f'<th scope="row">{to_html(cell)}</th>'
    wide = ' class="l"' if at < words and len(translate(cell)) > WIDE else _side(at, words)
    return f"<td{wide}>{to_html(cell)}</td>"


def _side(at: int, words: int) -> str:
    return "" if at < words else _RIGHT


def caption(found: Findings, counted: str, *parts: str | None) -> str:
    """Return the caption of a figure: the number of observations, other labels, and the start of the design's hash.

    Parameters
    ----------
    found
        Findings of a sweep, from `analyse_sweep`.
    counted
        The number of observations with what they are, such as `count_runs` gives.
    parts
        Labels without a full stop, such as the statistic and the band; None and empty ones are left out.

    Returns
    -------
    str
        The caption, with a full stop.
    """
    design = message("design {design}.", design=found.harvest.mark[:12])
    return join_messages("; ", [counted, *(each for each in parts if each), design])


def count_runs(found: Findings, n: int) -> Message:
    """Return a text with the number of observations in a figure, such as "n = 40 runs".

    The word is "cases" where points of the design (combinations of factor values) are equal, so that a run counts once
    for each of them.
    """
    if repeats_points(found):
        return plural_message("n = {number} case", "n = {number} cases", n)
    return plural_message("n = {number} run", "n = {number} runs", n)


def repeats_points(found: Findings) -> bool:
    """Return whether points of a sweep's design are equal, so that a run counts once for each of its points.

    A point is one combination of factor values.
    """
    design = found.harvest.design
    return design.different < design.length


def meaning(found: Findings, measure: str) -> str:
    """Return the definition of a measure as a sentence in the chosen language.

    A condition, such as "gain > 2", has the definition of its measure. The text is empty when the design of the sweep
    does not have the measure.
    """
    name = condition_measure(measure)
    if name not in found.harvest.design.measures:
        return ""
    told = translate(found.harvest.meaning(name))
    return f"{told[:1].upper()}{told[1:]}."


def sentences_below(found: Findings, measure: str) -> str:
    """Return the sentences below the figure of a measure of a sweep as one text; an empty text where there are none.

    They are on the worlds in which the part that is signed falls, below the leading measure, and on how often both
    countries would open fully, below `largest_openness`.
    """
    if measure == next((name for name in LEADING if name in found.harvest.design.measures), None):
        told = world_sentences(found.unparadoxical)
        if told:
            return told
    if measure != FULL.measure:
        return ""
    known = [(each.arm, each.interval) for each in found.full if each.interval is not None]
    if not known:
        return ""
    shares = [join_messages(" ", [*arm_column(found, arm), share_with_interval(around)]) for arm, around in known]
    return message("Both would sign full opening: {shares} of the points.", shares=join_messages("; ", shares))


def text_alternative(name: str, rungs: Sequence[ForestRow]) -> Message:
    """Return the text alternative of a figure with rows (`forest_plot`): a sentence with the name and mean of each row.

    `name` is what the rows have in common, such as the measure.
    """
    rows = [join_messages(" ", [rung.name, BARE if rung.mean is None else format_number(rung.mean)]) for rung in rungs]
    return message("{name}: {rows}.", name=name, rows=join_messages("; ", rows))


def list_omitted(sentence: Message, names: Sequence[str], **values: str) -> str:
    """Return the sentence that lists measures without a figure; an empty text when there are none.

    Parameters
    ----------
    sentence
        Message with the placeholder `{names}`.
    names
        Names of the measures, or conditions in words.
    **values
        Values of other placeholders.

    Returns
    -------
    str
        The sentence.
    """
    return sentence.format(names=join_messages("; ", names), **values) if names else ""


def join_sentences(*sentences: str) -> str:
    """Join sentences with spaces to one text, and leave out the empty ones."""
    return join_messages(" ", filter(None, sentences))


def arm_column(found: Findings, arm: str) -> list[str]:
    """Return the cell of a table's column of arms as a list; an empty list where the sweep has a single arm.

    So a table has no column of arms when there is nothing to compare. An arm is a variant of the case that is compared.
    """
    return [arm] if len(found.harvest.arms) > 1 else []


def format_range(low: str, high: str) -> Message:
    """Return both ends of a range as a text, such as "1 to 2"."""
    return message("{low} to {high}", low=low, high=high)


def bar_parts(shares: Mapping[str, Sequence[float]]) -> list[BarShare]:
    """Return the parts of a figure of stacked bars: one for each word, with its share in each bar, colour and pattern.

    `shares` holds the shares by word, in per cent. Classes of games have their own order and colours; other words have
    the colour of ink and different patterns.
    """
    if shares.keys() <= MARKS.keys():
        inks = {"quiet": "breakdown"}
        return [
            BarShare(name, shares[name], inks.get(mark.meaning, mark.meaning), HATCHES.get(name, ""))
            for name, mark in MARKS.items()
            if name in shares
        ]
    return [BarShare(name, told, "ink", STROKES[at % len(STROKES)]) for at, (name, told) in enumerate(shares.items())]


def condition_in_words(condition: str) -> str:
    """Return a condition on a measure in words, such as "gain at most 2" for "gain <= 2".

    The name of a measure without a condition is returned unchanged.
    """
    parts = _CONDITION.fullmatch(condition)
    return CONDITIONS[parts[2]].format(measure=parts[1], value=parts[3]) if parts else condition


def ends(around: Interval | None, scale: float = 1.0) -> tuple[float, float] | None:
    """Return the lower and the upper end of a confidence interval, times `scale`; None when there is no interval."""
    if around is None or around.low is None or around.high is None:
        return None
    return scale * around.low, scale * around.high


def format_interval(around: Interval | None) -> str:
    """Return the ends of a confidence interval as a text, such as "1 to 2"; a dash when there is none."""
    found = ends(around)
    return NONE if found is None else format_range(format_number(found[0]), format_number(found[1]))


def shares(around: Interval | None) -> str:
    """Return the ends of the confidence interval of a share as a text in per cent; a dash when there is none."""
    found = ends(around, 100)
    return NONE if found is None else format_range(*numbers(found))


def count(around: Interval | None) -> str:
    """Return the number of values behind a mean as a text; "0" when there is no mean."""
    return "0" if around is None else f"{around.n:,}"


def draws(around: Interval | None) -> str:
    """Return the number of independent draws behind a confidence interval as a text; a dash when there are none."""
    return NONE if around is None or not around.draws else f"{around.draws:,}"


def format_number(value: float | None, *, plus: bool = False) -> str:
    """Format a number as a text with 0 to 4 decimals, by its size; a dash for None.

    Very small and very large numbers are written with powers of ten, as in 1.2e+08.
    """
    if value is None:
        return NONE
    size = abs(value)
    if size < 1e-12:
        return "0"
    if not 1e-4 <= size < 1e7:
        return f"{value:.1e}".replace("-", MINUS)
    if size < 1e-3:
        return number(value, 4, plus=plus)
    return number(value, 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 1 else 3, plus=plus)


def condition_measure(measure: str) -> str:
    """Return the name of the measure in a condition such as "game = chicken".

    A name without a condition is returned as it is.
    """
    return measure.split(" ", maxsplit=1)[0]


def condition_word(measure: str) -> str:
    """Return the word of a condition on a measure with words: "chicken" for "game = chicken"."""
    return measure.rsplit(" = ", maxsplit=1)[-1]
