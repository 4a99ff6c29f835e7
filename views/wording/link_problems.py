"""The note on a link with entries that a page cannot use: every ignored value, with its key and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from games.messages import join_messages, message

VERSION_KEY = "v"

VERSION = "1"
"""Version of the addresses that the pages write."""

LONGEST = 40
"""Greatest number of characters of a value in a note."""

UNKNOWN = message("this page has no such key")
TWICE = message("given more than once")
OTHER = message("this page writes version {version}; of another it reads what it knows", version=VERSION)
NOTHING = message("nothing")
"""Text for an empty value."""


class IgnoredEntry(NamedTuple):
    """One entry of a link that a page ignores: its key, its value and the reason."""

    key: str
    value: str
    why: str


def note_on_ignored_entries(left: Sequence[IgnoredEntry]) -> str:
    """Return the text of a note that lists the entries of a link that a page ignores, each with the reason."""
    listed = [
        join_messages("", [escape_value(each.key), "=", escape_value(each.value), " (", each.why, ")"])
        for each in dict.fromkeys(left)
    ]
    return message(
        "This link holds something that cannot be here; it is left out: {entries}.",
        entries=join_messages("; ", listed),
    )


def escape_value(text: str) -> str:
    """Return a text from a link, made safe for a note: cut to `LONGEST` characters, unprintable characters escaped.

    The result for an empty text is the word "nothing".
    """
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut) or NOTHING
