"""The note on a link with entries that a page cannot use: every ignored value, with its key and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

VERSION_KEY = "v"

VERSION = "1"
"""Version of the addresses that the pages write."""

LONGEST = 40
"""Greatest number of characters of a value in a note."""

UNKNOWN = "this page has no such key"
TWICE = "given more than once"
OTHER = f"this page writes version {VERSION}; of another it reads what it knows"
NOTHING = "nothing"


class IgnoredEntry(NamedTuple):
    """One entry of a link that is ignored."""

    key: str
    value: str
    why: str


def note_on_ignored_entries(left: Sequence[IgnoredEntry]) -> str:
    """Return the note on the ignored entries of a link."""
    listed = "; ".join(
        f"{escape_value(each.key)}={escape_value(each.value)} ({each.why})" for each in dict.fromkeys(left)
    )
    return f"This link holds something that cannot be here; it is left out: {listed}."


def escape_value(text: str) -> str:
    """Return a foreign text for use in a note: cut to `LONGEST` characters, unprintable characters escaped."""
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut) or NOTHING
