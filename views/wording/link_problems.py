"""What a link holds that a page cannot use: every value that is left out is named, with its key and the reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import NamedTuple

from views.explore.dials import DIALS, PAIRS, Dial

PAIR_KEY = "pair"
TABLE_KEY = "table"
VERSION_KEY = "v"

VERSION = "1"
"""The version of every address that a page writes."""

KEYS = frozenset({PAIR_KEY, TABLE_KEY, VERSION_KEY, *(dial.key for dial in DIALS)})
"""Every key that the address of Explore may hold."""

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


def left_out(link: Mapping[str, Sequence[str]], sources: Collection[str]) -> tuple[Left, ...]:
    """What Explore leaves out of a link: keys that are none of its own, and values that no dial or picker can take.

    `sources` are the values of the key "table".
    """
    found = ((key, values, _why(key, values, sources)) for key, values in link.items())
    return tuple(Left(key, ", ".join(values), why) for key, values, why in found if why)


def _why(key: str, values: Sequence[str], sources: Collection[str]) -> str:
    """Why a value cannot stand at its key; empty where it can."""
    dials = {dial.key: dial for dial in DIALS}
    if key not in KEYS:
        return UNKNOWN
    if len(values) != 1:
        return TWICE
    (value,) = values
    if key in dials:
        return _off(dials[key], value)
    if key == PAIR_KEY:
        return "" if value in PAIRS else "there is no such pair of countries"
    if key == VERSION_KEY:
        return "" if value == VERSION else OTHER
    return "" if value in sources else f"it is {' or '.join(sources)}"


def _off(dial: Dial, text: str) -> str:
    """Why a text is no value of a dial; empty where it is one."""
    try:
        value = float(text)
    except ValueError:
        return "it is no number"
    if not isfinite(value) or not dial.low <= value <= dial.high:
        return f"the dial goes from {dial.told(dial.low)} to {dial.told(dial.high)}"
    near = abs(dial.steps - value).min() < dial.step / 1000
    return "" if near else f"the dial goes in steps of {dial.step:g}"
