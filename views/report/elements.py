"""The pieces of a report: figures with their captions, chapters, tables, and how a number is told in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from games.visible_text import escape
from lab.analysis.bootstrap import LEVEL, Interval
from lab.analysis.findings import Findings
from views.figures.sweeps import BARE, Figure, Part, Rung
from views.style.theme import Mode
from views.text.atlas import MARKS
from views.wording.screen import MINUS, NARROW, number, numbers

NONE = "–"
BAND = f"{100 * LEVEL:.0f}{NARROW}% bootstrap interval"
ENDS = f"{100 * LEVEL:.0f}{NARROW}% interval"
SPREAD = f"5 to 95{NARROW}% of the runs"

SPOKEN = {" <= ": " at most ", " >= ": " at least ", " < ": " below ", " > ": " above ", " = ": " is "}
"""Conditions in words: the faces of the page do not hold every sign."""

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
"""Of the classes of games; a stag hunt is solid. Their inks are those of `views.text.atlas`."""
STROKES = ("", "/", ".", "x", "-", "\\", "+", "|")
"""Of other words, in ink, the most frequent first."""

WIDE = 24
"""Characters of a cell that gets room of its own."""

_RIGHT = ' class="r"'


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """A figure with what is said of it."""

    title: str
    caption: str
    """With n, statistic, band and the design's hash."""
    spoken: str
    """A sentence with the numbers, for those who do not see it."""
    draw: Callable[[Mode], Figure]


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """A heading, what is said under it, figures, and tables as HTML."""

    title: str
    note: str = ""
    plates: tuple[Plate, ...] = ()
    tables: str = ""


def table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> str:
    """A table under its caption; its first columns, `words` of them, hold words. Empty without rows."""
    if not rows:
        return ""
    top = "".join(f'<th scope="col"{_side(at, words)}>{escape(head)}</th>' for at, head in enumerate(heads))
    body = "".join(f"<tr>{''.join(_cell(cell, at, words) for at, cell in enumerate(row))}</tr>" for row in rows)
    name = escape(caption.split(".", maxsplit=1)[0])
    return (
        f'<p class="note over">{escape(caption)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}">'
        f'<table aria-label="{name}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(cell: str, at: int, words: int) -> str:
    if at == 0:
        return f'<th scope="row">{escape(cell)}</th>'
    wide = ' class="l"' if at < words and len(cell) > WIDE else _side(at, words)
    return f"<td{wide}>{escape(cell)}</td>"


def _side(at: int, words: int) -> str:
    return "" if at < words else _RIGHT


def caption(found: Findings, n: int, *parts: str | None, units: str = "runs") -> str:
    """What stands under a figure: n, its parts, and the design's hash."""
    told = "; ".join(each for each in parts if each)
    design = found.harvest.design
    if design.different < design.length:  # a run counts once for each of its points
        units = units.replace("runs", "cases")
    return f"n = {n:,} {units}; {told}; design {found.harvest.mark[:12]}."


def meaning(found: Findings, measure: str) -> str:
    """What a measure, or a condition on one, says; empty for what is none."""
    name = stem(measure)
    if name not in found.harvest.design.measures:
        return ""
    told = found.harvest.meaning(name)
    return f"{told[:1].upper()}{told[1:]}. "


def spoken(name: str, rungs: Sequence[Rung], unit: str = "") -> str:
    """A ladder as a sentence."""
    rows = (f"{rung.name} {BARE if rung.mean is None else told(rung.mean) + unit}" for rung in rungs)
    return f"{name}: {'; '.join(rows)}."


def left_out(why: str, names: Sequence[str]) -> str:
    """A sentence on measures that have no figure; empty where there are none."""
    return f"{why}: {'; '.join(names)}." if names else ""


def joined(*sentences: str) -> str:
    """Sentences one after the other, the empty ones left out."""
    return " ".join(filter(None, sentences))


def inked(shares: Mapping[str, Sequence[float]]) -> list[Part]:
    """Words with their shares as parts of bars: classes of games in their own order and inks, other words in ink."""
    if shares.keys() <= MARKS.keys():
        inks = {"quiet": "breakdown"}
        return [
            Part(name, shares[name], inks.get(mark.meaning, mark.meaning), HATCHES.get(name, ""))
            for name, mark in MARKS.items()
            if name in shares
        ]
    return [Part(name, told, "ink", STROKES[at % len(STROKES)]) for at, (name, told) in enumerate(shares.items())]


def worded(condition: str) -> str:
    """A condition in words: `gain at most 2`."""
    for sign, words in SPOKEN.items():
        condition = condition.replace(sign, words)
    return condition


def ends(around: Interval | None, scale: float = 1.0) -> tuple[float, float] | None:
    """The ends of an interval; None where there is none."""
    if around is None or around.low is None or around.high is None:
        return None
    return scale * around.low, scale * around.high


def interval(around: Interval | None) -> str:
    """An interval in words."""
    found = ends(around)
    return NONE if found is None else f"{told(found[0])} to {told(found[1])}"


def shares(around: Interval | None) -> str:
    """The interval of a share, in per cent and with one decimal."""
    found = ends(around, 100)
    return NONE if found is None else " to ".join(numbers(found))


def count(around: Interval | None) -> str:
    """How many values entered."""
    return "0" if around is None else f"{around.n:,}"


def draws(around: Interval | None) -> str:
    """How many independent draws stand behind an interval; a dash where there are none."""
    return NONE if around is None or not around.draws else f"{around.draws:,}"


def told(value: float | None, *, plus: bool = False) -> str:
    """A number in the digits that tell something, with a true minus."""
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


def stem(measure: str) -> str:
    """The measure of a condition on words, or the measure itself."""
    return measure.split(" ", maxsplit=1)[0]


def word(measure: str) -> str:
    """The word of such a condition."""
    return measure.rsplit(" = ", maxsplit=1)[-1]
