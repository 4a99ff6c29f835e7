"""Small tables of the page Explore as HTML: gains gross and net, classes by level, limits by whom a treaty reaches."""

from __future__ import annotations

from collections.abc import Sequence

from games.messages import message
from views.explore import sentences
from views.explore.gains import ClassList, CoveredLimits, GainSummary
from views.wording.games import NAMES
from views.wording.screen import NONE, format_level, format_share, numbers
from views.wording.translation import to_html

GAIN = message("Gain")
FULL_HEAD, WILLING, END = message("all admitted"), message("all who are willing"), message("end of the dial")
BEST_HEAD, SIGNED_HEAD, PART_HEAD = message("best net"), message("largest both sign"), message("part signed")
GROSS_ROW, NET_ROW, LEVEL_ROW = message("Gross"), message("Net"), message("Level")
PART_NOTE = message(
    "Gains in % of the two countries’ GDP. Net: incomes less what moving costs those who move. Part signed: gross, of "
    "the gain at the first level; net, of the best net gain."
)
CLASSES = message("The game at other levels, all other dials as they stand")
LEVEL_HEAD, PEOPLE_HEAD, GAME_HEAD = message("Both open"), message("More people"), message("Game")
LIMITS = message("Largest number beyond today’s that both sign")
REACHED_HEAD, FREE_HEAD, LEVY_HEAD = message("Terms reach"), message("Without a levy"), message("Levy up to 20 %")


def gain_table_html(found: GainSummary, *, people: bool, pool: bool = False) -> str:
    """Render the gains of a pair at the last, the best and the largest signed level, gross and net, as HTML.

    Parameters
    ----------
    found
        Gains of the pair.
    people
        Whether levels are people beyond today's number.
    pool
        Whether all who are willing have come at the last level.

    Returns
    -------
    str
        One `<table>` element.
    """
    last = (WILLING if pool else END) if people else FULL_HEAD
    heads = (GAIN, last, BEST_HEAD, SIGNED_HEAD, PART_HEAD)
    gains = (found.possible, found.best_gross, found.signed_gross, found.full_net, found.best_net, found.signed_net)
    texts = numbers(gains, 2, plus=True)
    levels = [
        NONE if level is None else format_level(level, people=people)
        for level in (found.full_level, found.best_level, found.level_both_sign)
    ]
    shares = [format_share(share, 0) for share in (found.share_gross, found.share_net)]
    rows = [(GROSS_ROW, *texts[:3], shares[0]), (NET_ROW, *texts[3:], shares[1]), (LEVEL_ROW, *levels, "")]
    return _table("w-net", PART_NOTE, heads, rows)


def class_table_html(found: ClassList, today: float | None) -> str:
    """Render the classes of the game at several levels as HTML; `today` is today's number of people, None for none."""
    rows = [
        (
            format_level(level, people=found.people),
            *([] if today is None else [sentences.format_people(level * today)]),
            NAMES[kind],
        )
        for level, kind in zip(found.levels, found.classes, strict=True)
    ]
    heads = (LEVEL_HEAD, *([] if today is None else [PEOPLE_HEAD]), GAME_HEAD)
    return _table("w-classes", CLASSES, heads, rows, numeric=len(heads) - 2)


def limit_table_html(found: CoveredLimits) -> str:
    """Render how far a corridor goes beyond today's number, by the share of today's migrants whom a treaty reaches."""
    rows = [
        (
            format_share(share, 0),
            sentences.format_limit(limits.self_enforcing, found.pool),
            sentences.format_limit(limits.self_enforcing_with_levy, found.pool),
        )
        for share, limits in found.limits
    ]
    return _table("w-limits", LIMITS, (REACHED_HEAD, FREE_HEAD, LEVY_HEAD), rows, numeric=0)


def _table(
    name: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: int | None = None
) -> str:
    """Render a table; the first `numeric` columns after the first are right-aligned, all of them by default."""
    last = len(heads) if numeric is None else numeric + 1
    styles = ["", *(' class="w-r"' if column < last else "" for column in range(1, len(heads)))]
    head = "".join(f'<th scope="col"{style}>{to_html(text)}</th>' for text, style in zip(heads, styles, strict=True))
    body = "".join(
        f'<tr><th scope="row">{to_html(first)}</th>'
        + "".join(f"<td{style}>{to_html(text)}</td>" for text, style in zip(cells, styles[1:], strict=True))
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<table class="w-t {name}"><caption class="w-note">{to_html(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
