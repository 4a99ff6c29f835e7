"""Text for a terminal: how wide it is, whether it may be coloured, and how prose and tables fit into it.

Everything here makes text and prints nothing. A `Screen` is asked once, at the start of a command; tables and
pictures take it as their first argument and come back as lines. Whoever prints such lines asks `printable` first:
names and reasons in them may come from other people's files, and may hold what steers a terminal.
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
from views.wording.screen import GROUPS

NARROWEST, WIDEST = 40, 100
"""Columns between which a screen keeps: below, no table fits; above, no line is pleasant to read."""

INKS = {
    "strong": "1",
    "quiet": "2",
    "host": "38;5;32",
    "origin": "38;5;166",
    "migrants": "38;5;168",
    "agreement": "38;5;35",
}
"""Ink by meaning: a colour belongs to a role, and nothing is told by colour alone."""

_KEY = re.compile(r"[a-z0-9_]+")
_OURS = 1_000_000_000 + secrets.randbelow(1_000_000_000)
"""Marks the ink that we wrote ourselves. It is drawn anew for every process, so that no file can hold it."""
_PAINT = re.compile(rf"\x1b\[{_OURS};([0-9;]*)m")


@dataclass(frozen=True, slots=True)
class Screen:
    """The place that text is made for."""

    width: int = 80
    """Columns that may be filled."""
    colour: bool = False
    """Whether ink is seen; without it everything is told by words and signs."""

    def ink(self, text: str, meaning: str) -> str:
        """The text in the ink of its meaning (a key of `INKS`), or as it is where there is no colour."""
        return f"\x1b[{_OURS};{INKS[meaning]}m{text}\x1b[{_OURS};0m" if self.colour and text.strip() else text


def screen(no_colour: bool = False) -> Screen:
    """The screen that standard output leads to.

    Colour needs a real terminal, and neither `--no-color`, nor `NO_COLOR` in the environment (no-color.org),
    nor `TERM=dumb`. A file or a pipe gets 80 columns unless `COLUMNS` says otherwise.
    """
    width = shutil.get_terminal_size((80, 24)).columns
    quiet = no_colour or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Screen(max(NARROWEST, min(width, WIDEST)), sys.stdout.isatty() and not quiet)


def printable(line: str) -> str:
    """A line as it may be printed: our own ink as a terminal takes it, every other control character visible."""
    parts = _PAINT.split(line)
    return "".join(f"\x1b[{part}m" if at % 2 else visible(part) for at, part in enumerate(parts))


def _bare(text: str) -> str:
    """The text as it will be seen, without its ink."""
    return visible(_PAINT.sub("", text))


def seen(text: str) -> int:
    """How many columns a text takes, ink left out."""
    return len(_bare(text))


def padded(text: str, width: int, side: str = "<") -> str:
    """The text filled with blanks to a width: "<" keeps it left, ">" right, "^" in the middle."""
    spare = max(0, width - seen(text))
    left = {"<": 0, ">": spare, "^": spare // 2}[side]
    return " " * left + text + " " * (spare - left)


def shortened(text: str, width: int) -> str:
    """The text cut to a width, with an ellipsis where something is missing; what is cut loses its ink."""
    return text if seen(text) <= width else _bare(text)[: max(0, width - 1)] + "…"


def heading(screen: Screen, text: str) -> list[str]:
    """A section's title on a thin line across the screen, with air above."""
    title = shortened(text, screen.width - 5)
    rule = "─" * (screen.width - seen(title) - 4)
    return ["", f"{screen.ink('──', 'quiet')} {screen.ink(title, 'strong')} {screen.ink(rule, 'quiet')}"]


def subheading(screen: Screen, text: str) -> list[str]:
    """A part's title, with air above and no line."""
    return ["", screen.ink(text, "strong")]


def paragraph(screen: Screen, text: str, indent: int = 0, first: str = "") -> list[str]:
    """Prose wrapped to the screen; `first` stands before the first line, the others hang below its end."""
    margin = " " * indent
    return textwrap.wrap(
        visible(text, breaks=True),
        screen.width,
        initial_indent=margin + first,
        subsequent_indent=margin + " " * len(first),
        break_on_hyphens=False,
    )


def notes(screen: Screen, lines: Iterable[str]) -> list[str]:
    """Remarks as a quiet list with dots."""
    return [screen.ink(line, "quiet") for note in lines for line in paragraph(screen, note, first="· ")]


def facts(screen: Screen, rows: Sequence[tuple[str, str]]) -> list[str]:
    """What something is and how much of it: two columns, or, on a narrow screen, one below the other."""
    wide = max(len(label) for label, _ in rows)
    if screen.width - wide > max(len(value) for _, value in rows) + 1:
        return [f"{padded(label, wide)}  {value}" for label, value in rows]
    return [line for label, value in rows for line in (*paragraph(screen, label), *paragraph(screen, value, indent=2))]


def table(screen: Screen, head: Sequence[str], rows: Iterable[Sequence[str]], sides: str = "") -> list[str]:
    """Columns under quiet titles; `sides` has "<" or ">" for each column (default: all left).

    Where a table is wider than the screen its widest columns are cut.
    """
    body = [list(head), *(list(row) for row in rows)]
    widths = _narrowed([max(seen(row[at]) for row in body) for at in range(len(head))], screen.width)
    lines = [
        "  ".join(
            padded(shortened(text, width), width, side)
            for text, width, side in zip(row, widths, sides or "<" * len(head), strict=True)
        ).rstrip()
        for row in body
    ]
    return [screen.ink(lines[0], "quiet"), *lines[1:]] if any(head) else lines[1:]


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Widths that fit, two blanks between them: the widest column gives first, none below six."""
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    return widths


def called(key: str) -> str:
    """A key as people say it; groups by the name they have on the screen. What is a name already stays as it is."""
    return GROUPS.get(key, key.replace("_", " ").capitalize() if _KEY.fullmatch(key) else key)


def inside(key: str) -> str:
    """The same inside a sentence."""
    return called(key).lower() if _KEY.fullmatch(key) else key
