"""HTML of the page Negotiate: schedule board, balance, votes at home, win-set meter, accounts, brief.

Pure functions from data to HTML, like `views.style.html`. On the board, a line stands under the party that concedes
it. New levels are bold, and the levels that they replace are struck. A cell that can be changed holds the browser's
own `<select>`, which works with touch and keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agents.seat_view import GroupPosition
from games.messages import join_messages, message
from views.style.group_table import BarScale
from views.wording import negotiate, screen
from views.wording.translation import to_html, translate

BAR, CHANGE = message("Bar"), message("Change")
"""Heads of the columns with a bar and with its number."""
VOTES = {1: message("for"), -1: message("against"), 0: message("abstains")}
"""Words for a vote: 1 for, -1 against, 0 abstention."""

SPEAKER = message("{place}. You speak for {country}")
"""The line above the question, for a reader with a seat; the placeholders take HTML."""


class LevelOption(NamedTuple):
    """One level that a reader can choose in the list of a cell of the schedule board, with its text."""

    level: int
    words: str
    open: bool = True
    """Whether it may be chosen now."""


class BoardRow(NamedTuple):
    """One row of the schedule board: a line of the agenda, with the texts of its levels today and in both proposals."""

    place: int
    name: str
    today: str
    theirs: str | None
    """What the other side requests or proposes; None when there is nothing."""
    yours: str | None
    """What the reader requests or proposes; None when there is nothing."""
    theirs_before: str | None = None
    """The level that `theirs` replaces; None when it is the first."""
    yours_before: str | None = None
    level: int = 0
    """The level that is chosen in the list."""
    choices: tuple[LevelOption, ...] = ()
    """The levels of the list; empty when the cell cannot be changed."""
    agreed: bool = False
    """Whether both sides have the same level, above the status quo."""


class BoardSection(NamedTuple):
    """A section of the schedule board: the rows that one party concedes, or that both concede, under a heading."""

    heading: str
    role: str
    rows: tuple[BoardRow, ...]


class BoardColumn(NamedTuple):
    """The column of one side on the schedule board: its heading, and the role (host or origin) that sets its colour."""

    heading: str
    role: str


def render_schedule_board(
    sections: Sequence[BoardSection], theirs: BoardColumn, yours: BoardColumn, caption: str
) -> str:
    """Render the schedule board as an HTML table: for each line of the agenda the level today and in both proposals.

    Parameters
    ----------
    sections
        Sections from top to bottom.
    theirs
        Column of the other side.
    yours
        Column of the reader; its cells may hold lists of levels.
    caption
        Caption, as HTML; a message is translated.

    Returns
    -------
    str
        An HTML table.
    """
    body = "".join(_section(section) + "".join(_row(row, yours) for row in section.rows) for section in sections)
    return (
        f'<table class="w-t w-offer"><caption class="w-note">{translate(caption)}</caption><thead><tr>'
        f'<th scope="col" class="w-line">{to_html(negotiate.LINE)}</th>'
        f'<th scope="col" class="w-hide w-today">{to_html(negotiate.TODAY)}</th>{_heading(theirs)}{_heading(yours)}'
        f"</tr></thead><tbody>{body}</tbody></table>"
    )


def _heading(column: BoardColumn) -> str:
    return f'<th scope="col"><span class="w-{column.role}">{to_html(column.heading)}</span></th>'


def _section(section: BoardSection) -> str:
    heading = f'<span class="w-{section.role}">{to_html(section.heading)}</span>'
    return f'<tr class="w-sec"><th colspan="3" scope="colgroup">{heading}</th><td class="w-hide"></td></tr>'


def _row(row: BoardRow, yours: BoardColumn) -> str:
    pill = f' <span class="w-pill w-go">{to_html(negotiate.AGREED)}</span>' if row.agreed else ""
    mine = render_level_change(row.yours_before, row.yours)
    cell = _pick(row, mine, yours.heading) if row.choices else mine
    return (
        f'<tr><th scope="row">{to_html(row.name)}{pill}</th><td class="w-hide w-muted">{to_html(row.today)}</td>'
        f"<td>{render_level_change(row.theirs_before, row.theirs)}</td><td>{cell}</td></tr>"
    )


def _pick(row: BoardRow, shown: str, column: str) -> str:
    options = "".join(
        f'<option value="{choice.level}"{" selected" if choice.level == row.level else ""}'
        f"{'' if choice.open else ' disabled'}>{to_html(choice.words)}</option>"
        for choice in row.choices
    )
    name = to_html(join_messages(": ", [column, row.name]))
    return (
        f'<span class="w-pick"><span aria-hidden="true">{shown}</span>'
        f'<select name="{row.place}" aria-label="{name}">{options}</select></span>'
    )


def render_level_change(before: str | None, now: str | None) -> str:
    """Return the HTML of the text of a level, after the text of the level that it replaces, which is crossed out.

    Without a level (`now` is None) the result is a dash. Nothing is crossed out when `before` is None or the same text.
    """
    if now is None:
        return '<span class="w-muted">–</span>'
    if before is None or before == now:
        return to_html(now)
    return f"<del>{to_html(before)}</del> <ins>{to_html(now)}</ins>"


class BalanceBar(NamedTuple):
    """A package (a level for each line of the agenda) as a bar of the balance: name, value for one side, and role.

    The value is that above walking away; None when there is no package.
    """

    name: str
    gain: float | None
    role: str


def render_balance(weights: Sequence[BalanceBar], low: float, high: float, digits: int) -> str:
    """Render the values of packages for one side as bars on one scale that starts at the value of walking away.

    Parameters
    ----------
    weights
        Packages with their values above walking away, from top to bottom.
    low
        Lower end of the scale, or 0 when that is lower.
    high
        Upper end of the scale.
    digits
        Fewest decimals of the values.

    Returns
    -------
    str
        An HTML description list.
    """
    scale = BarScale(min(low, 0.0), max(high - min(low, 0.0), 1e-9))
    texts = screen.numbers([weight.gain for weight in weights], digits, plus=True)
    rows = "".join(_weight(weight, scale, told) for weight, told in zip(weights, texts, strict=True))
    return f'<dl class="w-balance">{rows}</dl>'


def _weight(weight: BalanceBar, scale: BarScale, told: str) -> str:
    if weight.gain is None:
        return f'<div><dt>{to_html(weight.name)}</dt><dd class="w-muted">–</dd></div>'
    bar = _bar(weight.gain, scale, weight.role)
    return f'<div><dt>{to_html(weight.name)}</dt><dd><b class="w-{weight.role}">{told}</b>{bar}</dd></div>'


def _bar(value: float, scale: BarScale, role: str, extra: str = "") -> str:
    zero, end = scale.place(0), scale.place(value)
    style = f"--c:var(--{role});left:{min(zero, end):.1f}%;width:{max(abs(end - zero), 0.4):.1f}%"
    return f'<span class="w-bar" style="--zero:{zero:.1f}%"><i class="{extra}" style="{style}"></i></span>'


class GroupVote(NamedTuple):
    """A group of voters in one country: its number of votes, and its vote and change of welfare for each package."""

    name: str
    votes: int
    stands: tuple[GroupPosition | None, ...]
    """Vote and change by package; None where there is no package."""


class VoteResult(NamedTuple):
    """The result of a vote in one country on one package: its text, and whether the package passes."""

    text: str
    passes: bool


NO_RESULT = VoteResult(screen.NONE, passes=False)
"""Where there is no package."""


def render_home_votes(
    voices: Sequence[GroupVote], heads: Sequence[str], sums: Sequence[VoteResult], caption: str, digits: int
) -> str:
    """Render as an HTML table how the groups of one country vote on some packages, with the result of each vote.

    Parameters
    ----------
    voices
        Groups, from top to bottom.
    heads
        Headings of the packages.
    sums
        Results by package.
    caption
        Caption, as plain text.
    digits
        Fewest decimals of the changes.

    Returns
    -------
    str
        An HTML table.
    """
    columns = "".join(f'<th scope="col">{to_html(head)}</th>' for head in heads)
    stands = [stand for voice in voices for stand in voice.stands]
    texts = iter(screen.numbers([stand and stand.change for stand in stands], digits, plus=True))
    body = "".join(_voice(voice, texts) for voice in voices)
    total = "".join(
        f'<td class="w-{"agreement" if result.passes else "muted"}">{to_html(result.text)}</td>' for result in sums
    )
    foot = f'<tfoot><tr><th scope="row">{to_html(message("Country"))}</th>{total}</tr></tfoot>'
    return (
        f'<table class="w-t w-votes"><caption class="w-note">{to_html(caption)}</caption><thead><tr>'
        f'<th scope="col">{to_html(message("Group, votes"))}</th>{columns}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table>"
    )


def _voice(voice: GroupVote, texts: Iterator[str]) -> str:
    cells = "".join(f"<td>{_stand(stand, next(texts))}</td>" for stand in voice.stands)
    return f'<tr><th scope="row">{to_html(voice.name)}, {voice.votes}</th>{cells}</tr>'


def _stand(stand: GroupPosition | None, told: str) -> str:
    if stand is None:
        return '<span class="w-muted">–</span>'
    mark = {1: "w-for", -1: "w-against", 0: "w-muted"}[stand.vote]
    return f'<span class="{mark}">{to_html(VOTES[stand.vote])}</span> <span class="w-num">{told}</span>'


class PackageShare(NamedTuple):
    """A part of all possible packages: its name, its number of packages, and the style of its bar."""

    name: str
    packages: int
    look: str
    """`agreement`, `host`, `origin`, `own`, `neither` or `barred`."""


def render_meter(heading: str, shares: Sequence[PackageShare]) -> str:
    """Render as HTML how all possible packages divide into parts: a bar with one piece for each part, and the numbers.

    `heading` stands above the bar. `shares` are the parts, such as the packages that could pass, from left to right.
    """
    total = max(sum(share.packages for share in shares), 1)
    told = join_messages(", ", [join_messages(" ", [share.name, f"{share.packages:,}"]) for share in shares])
    bars = "".join(
        f'<i class="w-m-{share.look}" style="width:{100 * share.packages / total:.2f}%"></i>'
        for share in shares
        if share.packages
    )
    items = "".join(
        f'<div class="w-{share.look}"><dt>{to_html(share.name)}</dt><dd>{share.packages:,}</dd></div>'
        for share in shares
    )
    return (
        f'<p class="w-h">{to_html(heading)}</p>'
        f'<div class="w-meter" role="img" aria-label="{to_html(told)}">{bars}</div><dl class="w-shares">{items}</dl>'
    )


class AccountChange(NamedTuple):
    """The change of one population's welfare under a package.

    The bar of a population without a seat in the talks is striped.
    """

    name: str
    change: float
    role: str
    seated: bool


def render_welfare_accounts(rows: Sequence[AccountChange], caption: str, digits: int) -> str:
    """Render as an HTML table how a package changes the welfare of each population, as bars on one scale.

    Populations without a seat in the talks stand in a section of their own, at the end.

    Parameters
    ----------
    rows
        Accounts; those with a seat are shown first.
    caption
        Caption, as plain text.
    digits
        Fewest decimals of the changes.

    Returns
    -------
    str
        An HTML table.
    """
    changes = [row.change for row in rows]
    low, high = min(0.0, *changes), max(0.0, *changes)
    scale = BarScale(low, max(high - low, 1e-9))
    texts = screen.numbers(changes, digits, plus=True)
    told = [(row.seated, _account(row, scale, change)) for row, change in zip(rows, texts, strict=True)]
    seated, absent = ("".join(text for sits, text in told if sits is where) for where in (True, False))
    name = f'<span class="w-migrants">{to_html(screen.NO_SEAT)}</span>'
    heading = f'<tr class="w-sec"><th colspan="3" scope="colgroup">{name}</th></tr>'
    heads = (
        f'<th scope="col">{to_html(message("Account"))}</th>'
        f'<th scope="col" class="w-wide"><span class="w-sr">{to_html(message("Bar"))}</span></th>'
        f'<th scope="col" class="w-r">{to_html(message("Change"))}</th>'
    )
    return (
        f'<table class="w-t w-accounts"><caption class="w-note">{to_html(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{seated}{heading if absent else ''}{absent}</tbody></table>"
    )


def _account(row: AccountChange, scale: BarScale, change: str) -> str:
    bar = _bar(row.change, scale, row.role, "" if row.seated else "w-striped")
    return f'<tr><th scope="row">{to_html(row.name)}</th><td>{bar}</td><td class="w-r">{change}</td></tr>'


def render_shock_banner(items: Sequence[tuple[str, str]], changes: str) -> str:
    """Render a banner on shocks (events that change the talks) as HTML.

    `items` holds the heading and the text of each shock. Below them stands `changes`: what the shocks change for the
    reader.
    """
    told = "".join(f'<p class="w-h">{to_html(head)}</p><p class="w-text">{to_html(text)}</p>' for head, text in items)
    return f'<div class="w-news" role="status">{told}<p class="w-note">{to_html(changes)}</p></div>'


def render_kicker(text: str, speaker: tuple[str, str] | None) -> str:
    """Render the small line above the page's question as HTML.

    It holds `text` (case and stage) and the country that the reader represents, as (name, role); None without a seat.
    """
    told = to_html(text)
    if speaker:
        name, role = speaker
        told = to_html(SPEAKER).format(place=told, country=f'<b class="w-{role}">{to_html(name)}</b>')
    return f'<p class="w-kick">{told}</p>'


def render_brief(parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Render the brief of a delegation as HTML. `parts` holds its sections as (heading, sentences).

    One sentence becomes a paragraph, several become a list. A heading without sentences is left out.
    """
    return "".join(
        f'<p class="w-h">{to_html(heading)}</p>'
        + (
            f'<p class="w-text">{to_html(texts[0])}</p>'
            if len(texts) == 1
            else f'<ul class="w-list">{"".join(f"<li>{to_html(text)}</li>" for text in texts)}</ul>'
        )
        for heading, texts in parts
        if texts
    )


def render_questions(texts: Sequence[str]) -> str:
    """Render the questions for the discussion after the talks as a numbered list in HTML."""
    return f'<ol class="w-list">{"".join(f"<li>{to_html(text)}</li>" for text in texts)}</ol>'
