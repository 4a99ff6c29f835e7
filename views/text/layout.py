"""Layout of text in a terminal: its width, its colour, and how prose and tables fit into it.

Functions return text and print nothing. A command creates one `Screen` at its start; tables and charts take it as their
first argument and return lines. Call `printable` on every line before it is printed: names and reasons may come from
files of other people and may contain control characters of a terminal.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from games.visible_text import visible
from views.wording.screen import ALL_GROUPS, GROUPS_IN_SENTENCES
from views.wording.translation import translate

NARROWEST, WIDEST = 40, 100
"""Limits of the width in columns: below the first no table fits, above the second lines are hard to read."""

INKS = {
    "strong": "1",
    "quiet": "2",
    "host": "38;5;32",
    "origin": "38;5;166",
    "migrants": "38;5;168",
    "agreement": "38;5;35",
}
"""Terminal codes of the inks, by meaning: a colour belongs to a role, and no information is in colour alone."""

_KEY = re.compile(r"[a-z0-9_]+")
_OURS = 1_000_000_000 + secrets.randbelow(1_000_000_000)
"""Marks our own ink. It is a new random number in every process, so that no file can contain it."""
_PAINT = re.compile(rf"\x1b\[{_OURS};([0-9;]*)m")


@dataclass(frozen=True, slots=True)
class Screen:
    """The width of the terminal in columns, and whether text in it may have colour."""

    width: int = 80
    """Number of columns."""
    colour: bool = False
    """Whether ink is shown."""

    def ink(self, text: str, meaning: str) -> str:
        """Return a text in the chosen language and, if the screen has colour, in the colour with the name `meaning`.

        `meaning` is a key of `INKS`, such as "host" or "quiet".
        """
        text = translate(text)
        return f"\x1b[{_OURS};{INKS[meaning]}m{text}\x1b[{_OURS};0m" if self.colour and text.strip() else text


def screen(no_colour: bool = False) -> Screen:
    """Return the width and the use of colour for what is printed on standard output.

    Colour needs a terminal, and neither `--no-color`, nor `NO_COLOR` in the environment (no-color.org), nor
    `TERM=dumb`. A file or a pipe has 80 columns unless the environment variable `COLUMNS` is set.
    """
    width = shutil.get_terminal_size((80, 24)).columns
    quiet = no_colour or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Screen(max(NARROWEST, min(width, WIDEST)), sys.stdout.isatty() and not quiet)


def printable(line: str) -> str:
    """Return a line as it is printed: our colours as terminal codes, and every other control character made visible."""
    parts = _PAINT.split(translate(line))
    return "".join(f"\x1b[{part}m" if at % 2 else visible(part) for at, part in enumerate(parts))


def _bare(text: str) -> str:
    """The text without ink, with control characters made visible."""
    return visible(_PAINT.sub("", text))


def display_width(text: str) -> int:
    """Return the number of columns that a text takes in the terminal; codes of colours do not count."""
    return len(_bare(text))


def pad(text: str, width: int, side: str = "<") -> str:
    """Return a text that is filled with spaces to a width, aligned left, right or in the centre.

    Parameters
    ----------
    text
        Text, which may contain ink.
    width
        Width in columns; a longer text is returned unchanged.
    side
        `<` aligns left, `>` right, `^` centres.

    Returns
    -------
    str
        The filled text.
    """
    spare = max(0, width - display_width(text))
    left = {"<": 0, ">": spare, "^": spare // 2}[side]
    return " " * left + text + " " * (spare - left)


def shorten(text: str, width: int) -> str:
    """Return a text cut to a width in columns, with an ellipsis at its end; a text that fits is returned unchanged.

    A text that is cut loses its colour.
    """
    return text if display_width(text) <= width else _bare(text)[: max(0, width - 1)] + "…"


def section_heading(screen: Screen, text: str) -> list[str]:
    """Return the heading of a section as two lines: an empty one, and the title `text` on a line across the screen."""
    title = shorten(translate(text), screen.width - 5)
    rule = "─" * (screen.width - display_width(title) - 4)
    return ["", f"{screen.ink('──', 'quiet')} {screen.ink(title, 'strong')} {screen.ink(rule, 'quiet')}"]


def subheading(screen: Screen, text: str) -> list[str]:
    """Return the heading of a subsection as two lines: an empty one, and the title `text`."""
    return ["", screen.ink(text, "strong")]


def paragraph(screen: Screen, text: str, indent: int = 0, first: str = "") -> list[str]:
    """Return prose as lines of text that fit into the width of the screen.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    text
        Prose; its line breaks are not kept.
    indent
        Spaces before every line, at least 0.
    first
        Text before the first line; the other lines are indented by its length.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    margin = " " * indent
    return textwrap.wrap(
        visible(translate(text), breaks=True),
        screen.width,
        initial_indent=margin + first,
        subsequent_indent=margin + " " * len(first),
        break_on_hyphens=False,
    )


def notes(screen: Screen, lines: Iterable[str]) -> list[str]:
    """Return remarks as lines of text in a quiet colour: each begins with a dot and is wrapped to the screen."""
    return [screen.ink(line, "quiet") for note in lines for line in paragraph(screen, note, first="· ")]


def fact_lines(screen: Screen, rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return pairs of a label and a value as lines of text in two columns.

    On a narrow screen each value stands below its label.
    """
    rows = [(translate(label), translate(value)) for label, value in rows]
    wide = max(len(label) for label, _ in rows)
    if screen.width - wide > max(len(value) for _, value in rows) + 1:
        return [f"{pad(label, wide)}  {value}" for label, value in rows]
    return [line for label, value in rows for line in (*paragraph(screen, label), *paragraph(screen, value, indent=2))]


def render_table(screen: Screen, head: Sequence[str], rows: Iterable[Sequence[str]], sides: str = "") -> list[str]:
    """Return a table as lines of text; the titles of its columns are in a quiet colour.

    In a table that is wider than the screen the widest columns are cut, down to six columns of text.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    head
        Titles of the columns; when all are empty there is no line of titles.
    rows
        Cells, each row as long as `head`.
    sides
        `<` or `>` for each column; empty aligns all left.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    body = [[translate(cell) for cell in row] for row in (head, *rows)]
    widths = _narrowed([max(display_width(row[at]) for row in body) for at in range(len(head))], screen.width)
    lines = [
        "  ".join(
            pad(shorten(text, width), width, side)
            for text, width, side in zip(row, widths, sides or "<" * len(head), strict=True)
        ).rstrip()
        for row in body
    ]
    return [screen.ink(lines[0], "quiet"), *lines[1:]] if any(head) else lines[1:]


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Widths that fit, with two spaces between columns: the widest column shrinks first, none below six."""
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return widths


def key_label(key: str) -> str:
    """Return the label under which people read a key, such as "red_lines": its first letter is a capital.

    The key of a group gives the group's name, another key has spaces for underscores. A text that is no key is
    unchanged.
    """
    return ALL_GROUPS.get(key, key.replace("_", " ").capitalize() if _KEY.fullmatch(key) else key)


def label_in_sentence(key: str) -> str:
    """Return the label of a key, such as "red_lines", for the middle of a sentence.

    The key of a group gives the group's name, another key has spaces for underscores. A text that is no key is
    unchanged.
    """
    return GROUPS_IN_SENTENCES.get(key, key.replace("_", " ") if _KEY.fullmatch(key) else key)
