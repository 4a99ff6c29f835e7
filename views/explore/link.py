"""What a link to Explore may hold, and what of one is left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isfinite

from views.explore.dials import DIALS, PAIRS, Dial
from views.wording.link_problems import OTHER, TWICE, UNKNOWN, VERSION, VERSION_KEY, Left

PAIR_KEY = "pair"
TABLE_KEY = "table"

KEYS = frozenset({PAIR_KEY, TABLE_KEY, VERSION_KEY, *(dial.key for dial in DIALS)})
"""Every key that the address of Explore may hold."""


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
