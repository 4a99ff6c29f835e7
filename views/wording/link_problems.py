"""What a link holds that a page cannot use: every value that is left out is named, with its key and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

VERSION_KEY = "v"

VERSION = "1"
"""The version of every address that a page writes."""

LONGEST = 40
"""Characters of a value that a note shows."""

UNKNOWN = "this page has no such key"
TWICE = "given more than once"
OTHER = f"this page writes version {VERSION}; of another it reads what it knows"
NOTHING = "nothing"


class Left(NamedTuple):
    """One value of a link that is left out."""

    key: str
    value: str
    why: str


def note(left: Sequence[Left]) -> str:
    """The note on a link that holds what cannot be here."""
    listed = "; ".join(f"{shown(each.key)}={shown(each.value)} ({each.why})" for each in dict.fromkeys(left))
    return f"This link holds something that cannot be here; it is left out: {listed}."


def shown(text: str) -> str:
    """Somebody else's text in a note: cut, and with every sign made visible."""
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut) or NOTHING
