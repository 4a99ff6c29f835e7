"""Format schedules in the layout of the World Trade Organization, as text, Markdown and HTML.

    sector or subject | limitations on market access | limitations on national treatment | additional commitments

The horizontal section applies to all workers and stands first; lines for some people only come after it. Market access
is who may come and for how long. National treatment is how people are treated once they are there. Everything that
limits neither (recognition, readmission, checks) is an additional commitment. A list is positive: what is on the agenda
but not conceded would be "Unbound", and is left out. What a revision adds is bold, what it removes is struck out
(`{+added+}` and `[-removed-]` in plain text). The rights floor stands below the tables.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from games.messages import message
from games.visible_text import escape, visible
from negotiation.agenda.rights_floor import RIGHTS_FLOOR

if TYPE_CHECKING:
    # Imported for annotations only: at run time this module must stay light for `winset --help`.
    from negotiation.agenda.schedule import AgreementDocument, PaymentLine, ScheduleChange, ScheduleLine

COLUMNS = (
    message("Limitations on market access"),
    message("Limitations on national treatment"),
    message("Additional commitments"),
)
HEAD = (message("Sector or subject"), *COLUMNS)
PAYMENTS = (
    message("Side payment"),
    message("Level"),
    message("Payer → payee"),
    message("Base"),
    message("Condition"),
)
SCHEDULE = message("Schedule of {country}")
SIDE_PAYMENTS = message("Side payments")

MARKET_ACCESS = frozenset({
    "places",
    "quota_unskilled",
    "quota_skilled",
    "stay",
    "circular",
    "regularise",
    "family",
    "mode4",
    "climate",
    "free_movement",
    "change_employer",
})  # fmt: skip
"""Ladders on who may come, and for how long."""

NATIONAL_TREATMENT = frozenset({"equal_treatment", "social", "portability", "osh", "remedy", "domestic"})
"""Ladders on how people are treated in comparison with nationals."""

HORIZONTAL = message("All workers under this schedule")
SUBJECTS: Mapping[str, str] = {
    "quota_unskilled": message("Less-skilled workers"),
    "quota_skilled": message("Skilled workers"),
    "mode4": message("Service suppliers (Mode 4)"),
    "domestic": message("Domestic and care workers"),
    "regularise": message("People without papers"),
    "climate": message("People from districts hit by the climate"),
}
"""Ladders that are not horizontal, with the people to whom they apply."""

NO_COMMITMENTS = message("Nothing is conceded.")
NO_SIDE_PAYMENTS = message("Nobody pays anybody.")
FLOOR = message("The rights floor lies under every line, and no level of any line reaches below it.")

MIN_TABLE_WIDTH = 72
"""The least width, in characters, at which tables are laid out in columns."""


Translate = Callable[[str], str]
"""Function that returns a text in the reader's language; `str` returns the English one."""


class MarkupStyle(NamedTuple):
    """How one format escapes words and marks additions and removals."""

    clean: Callable[[str], str]
    added: str
    removed: str

    def mark_revision(self, before: str, after: str) -> str:
        """Mark the change from `before` to `after`; "" stands for no words."""
        if before == after:
            return self.clean(after)
        struck = [self.removed.format(self.clean(before))] if before else []
        return " ".join([*struck, *([self.added.format(self.clean(after))] if after else [])])

    def in_language(self, translate: Translate) -> MarkupStyle:
        """The same style, for words in another language."""

        def clean(words: str) -> str:
            return self.clean(translate(words))

        return self._replace(clean=clean)


class ScheduleRow(NamedTuple):
    """A subject and the items in each of the three `COLUMNS`."""

    subject: str
    cells: tuple[list[str], ...]


def single_line(words: str) -> str:
    """Put words on one line, with a no-break space before a per cent sign."""
    return visible(" ".join(words.split())).replace(" %", "\u00a0%")


def _in_markdown(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|~&#])", r"\\\1", single_line(words))


def _in_html(words: str) -> str:
    return escape(single_line(words))


TEXT = MarkupStyle(single_line, "{{+{}+}}", "[-{}-]")
MARKDOWN = MarkupStyle(_in_markdown, "**{}**", "~~{}~~")
HTML = MarkupStyle(_in_html, "<ins><strong>{}</strong></ins>", "<del>{}</del>")


def schedule_column(issue: str) -> int:
    """The column number of a ladder in `COLUMNS`; a ladder in neither set is an additional commitment."""
    return 0 if issue in MARKET_ACCESS else 1 if issue in NATIONAL_TREATMENT else 2


def schedule_rows(form: MarkupStyle, changes: Iterable[ScheduleChange[ScheduleLine]]) -> list[ScheduleRow]:
    """Arrange a schedule in rows, the horizontal section first."""
    found: dict[str, ScheduleRow] = {}
    for before, after in changes:
        line = after or before
        if line is None:
            continue
        subject = SUBJECTS.get(line.issue, HORIZONTAL)
        row = found.setdefault(subject, ScheduleRow(form.clean(subject), ([], [], [])))
        row.cells[schedule_column(line.issue)].append(_item(form, before, after))
    return sorted(found.values(), key=lambda row: row.subject != form.clean(HORIZONTAL))


def _item(form: MarkupStyle, before: ScheduleLine | None, after: ScheduleLine | None) -> str:
    """A line as the text of its cell. Where a line is in both versions, only its level is marked."""
    if before is not None and after is not None:
        return f"{form.clean(after.name)}: {form.mark_revision(level_words(before), level_words(after))}"
    return form.mark_revision(*map(_named_level, (before, after)))


def _named_level(line: ScheduleLine | None) -> str:
    return "" if line is None else message("{line}: {level}", line=line.name, level=level_words(line))


def level_words(line: ScheduleLine) -> str:
    """The level in the words of a schedule.

    The words "None" and "Unbound" mislead beginners, so plain words follow them in brackets.
    """
    if line.words.startswith(("None", "Unbound")):
        return message("{words} ({plain})", words=line.words, plain=line.plain)
    return line.words


def payment_rows(form: MarkupStyle, changes: Iterable[ScheduleChange[PaymentLine]]) -> list[tuple[str, ...]]:
    """Arrange the side payments in rows with the columns of `PAYMENTS`."""
    return [
        tuple(form.mark_revision(*both) for both in zip(_cells(before), _cells(after), strict=True))
        for before, after in changes
    ]


def _cells(payment: PaymentLine | None) -> tuple[str, ...]:
    if payment is None:
        return ("",) * len(PAYMENTS)
    way = message("{payer} → {payee}", payer=payment.payer, payee=payment.payee)
    return payment.name, payment.words, way, payment.base, payment.condition


# -- text


def render_text(paper: AgreementDocument, width: int = 80, translate: Translate = str) -> str:
    """Format an agreement as text in columns, or as lists where the width is below `MIN_TABLE_WIDTH`.

    Parameters
    ----------
    paper
        Agreement or revision.
    width
        Width in characters.
    translate
        Function that returns a text in the reader's language; English by default.

    Returns
    -------
    str
        Schedules, side payments and the rights floor, with a line break at the end.
    """
    form = TEXT.in_language(translate)
    lines: list[str] = []
    for party, changes in paper.schedules.items():
        lines += [_title(form, party), *schedule_text_lines(changes, width, translate), ""]
    lines += [form.clean(SIDE_PAYMENTS), *payment_text_lines(paper.side_payments, width, translate), ""]
    lines += textwrap.wrap(form.clean(FLOOR), width)
    lines += [line for right in RIGHTS_FLOOR for line in _hanging(form.clean(right), width)]
    return "\n".join(lines) + "\n"


def _title(form: MarkupStyle, party: str) -> str:
    return form.clean(SCHEDULE.format(country=party))


def schedule_text_lines(
    changes: Iterable[ScheduleChange[ScheduleLine]], width: int = 80, translate: Translate = str
) -> list[str]:
    """Format one schedule as lines of text without a title; columns without entries are left out.

    Parameters
    ----------
    changes
        Lines of the schedule.
    width
        Width in characters; below `MIN_TABLE_WIDTH` the schedule is a list.
    translate
        Function that returns a text in the reader's language; English by default.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    form = TEXT.in_language(translate)
    found = schedule_rows(form, changes)
    if not found:
        return [form.clean(NO_COMMITMENTS)]
    titles = {at: form.clean(title) for at, title in enumerate(COLUMNS) if any(row.cells[at] for row in found)}
    if width < MIN_TABLE_WIDTH:
        return [line for row in found for line in _stacked(row, titles, width)]
    head = [form.clean(HEAD[0]), *titles.values()]
    return _beside(head, [[[row.subject], *(row.cells[at] for at in titles)] for row in found], width)


def payment_text_lines(
    changes: Iterable[ScheduleChange[PaymentLine]], width: int = 80, translate: Translate = str
) -> list[str]:
    """Format the side payments as lines of text without a title.

    Parameters
    ----------
    changes
        The side payments.
    width
        Width in characters; below `MIN_TABLE_WIDTH` the payments are a list.
    translate
        Function that returns a text in the reader's language; English by default.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    form = TEXT.in_language(translate)
    found = payment_rows(form, changes)
    if not found:
        return [form.clean(NO_SIDE_PAYMENTS)]
    if width < MIN_TABLE_WIDTH:
        return [line for row in found for line in (*_wrapped(row[0], width), *_hanging(": ".join(row[1:3]), width))]
    return _beside([*map(form.clean, PAYMENTS)], [[[cell] for cell in row] for row in found], width)


def _stacked(row: ScheduleRow, titles: Mapping[int, str], width: int) -> list[str]:
    lines = _wrapped(row.subject, width)
    for at, title in titles.items():
        if row.cells[at]:
            lines += textwrap.wrap(title, width, initial_indent="  ", subsequent_indent="  ")
            lines += [line for item in row.cells[at] for line in _hanging(item, width, "    ")]
    return lines


def _beside(head: Sequence[str], body: Sequence[Sequence[Sequence[str]]], width: int) -> list[str]:
    """Lay out cells side by side, each item wrapped to an equal share of the width, below a ruled header."""
    wide = (width - 2 * (len(head) - 1)) // len(head)
    lines = _level([_wrapped(title, wide) for title in head], wide)
    lines.append("─" * (len(head) * (wide + 2) - 2))
    for row in body:
        lines += _level([[line for item in cell for line in _wrapped(item, wide)] for cell in row], wide)
    return lines


def _level(cells: Sequence[Sequence[str]], wide: int) -> list[str]:
    return ["  ".join(part.ljust(wide) for part in parts).rstrip() for parts in zip_longest(*cells, fillvalue="")]


def _wrapped(words: str, wide: int) -> list[str]:
    return textwrap.wrap(words, wide, subsequent_indent="  ", break_on_hyphens=False)


def _hanging(words: str, width: int, margin: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=f"{margin}· ", subsequent_indent=f"{margin}  ")


# -- Markdown


def render_markdown(paper: AgreementDocument, translate: Translate = str) -> str:
    """Format an agreement as Markdown tables.

    A subject with more than one line in a column continues in the next row.
    """
    form = MARKDOWN.in_language(translate)
    blocks: list[str] = []
    for party, changes in paper.schedules.items():
        found = schedule_rows(form, changes)
        body = [cells for row in found for cells in zip_longest([row.subject], *row.cells, fillvalue="")]
        blocks += [f"### {_title(form, party)}", _piped(form, HEAD, body) if body else form.clean(NO_COMMITMENTS)]
    paid = payment_rows(form, paper.side_payments)
    blocks += [
        f"### {form.clean(SIDE_PAYMENTS)}",
        _piped(form, PAYMENTS, paid) if paid else form.clean(NO_SIDE_PAYMENTS),
        form.clean(FLOOR),
        "\n".join(f"- {form.clean(right)}" for right in RIGHTS_FLOOR),
    ]
    return "\n\n".join(blocks) + "\n"


def _piped(form: MarkupStyle, head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [[*map(form.clean, head)], ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# -- HTML


def render_html(paper: AgreementDocument, translate: Translate = str) -> str:
    """Format an agreement as an HTML fragment: a table for each schedule and for the payments, and the rights floor."""
    form = HTML.in_language(translate)
    parts: list[str] = []
    for party, changes in paper.schedules.items():
        body = [[row.subject, *map(_listed, row.cells)] for row in schedule_rows(form, changes)]
        parts.append(_tabled(_title(form, party), [*map(form.clean, HEAD)], body, form.clean(NO_COMMITMENTS)))
    paid, head = payment_rows(form, paper.side_payments), [*map(form.clean, PAYMENTS)]
    parts.append(_tabled(form.clean(SIDE_PAYMENTS), head, paid, form.clean(NO_SIDE_PAYMENTS)))
    rights = "".join(f"<li>{form.clean(right)}</li>" for right in RIGHTS_FLOOR)
    parts.append(f"<footer><p>{form.clean(FLOOR)}</p><ul>{rights}</ul></footer>")
    return '<section class="paper">\n' + "\n".join(parts) + "\n</section>\n"


def _listed(items: Sequence[str]) -> str:
    return "<br>".join(items)


def _tabled(title: str, head: Sequence[str], body: Sequence[Sequence[str]], empty: str) -> str:
    """An HTML table with its first column as row headings; the sentence `empty` where there are no rows."""
    if not body:
        return f"<h3>{title}</h3>\n<p>{empty}</p>"
    titles = "".join(f'<th scope="col">{each}</th>' for each in head)
    lines = [
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in body
    ]
    return "\n".join([
        '<table class="schedule">',
        f"<caption>{title}</caption>",
        f"<thead><tr>{titles}</tr></thead>",
        "<tbody>",
        *lines,
        "</tbody>",
        "</table>",
    ])  # fmt: skip
