"""Check the link to Explore: which keys and values it may hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import isfinite

from games.display import join_with_or
from games.messages import message
from views.explore.dials import EXPANSION, KEYS_OF_DIALS, OPEN, ExploreDial
from views.wording.link_problems import OTHER, TWICE, UNKNOWN, VERSION, VERSION_KEY, IgnoredEntry

PAIR_KEY = "pair"
TABLE_KEY = "table"

KEYS = frozenset({PAIR_KEY, TABLE_KEY, VERSION_KEY, *KEYS_OF_DIALS})
"""All keys that the address of Explore may hold."""

OTHER_PAIR = message("this pair of countries has no such dial")
PEOPLE_NOW = message("this pair starts from today’s migrants: the dial is now “{dial}”", dial=EXPANSION.label)
"""Why an old link with an openness does not fit a corridor that starts from today's migrants."""


def find_ignored_entries(
    link: Mapping[str, Sequence[str]], pairs: Collection[str], sources: Sequence[str], dials: Sequence[ExploreDial]
) -> tuple[IgnoredEntry, ...]:
    """Return the entries of a link to the page Explore that the page ignores, with the reasons.

    Ignored are unknown keys, keys of dials that the page does not show, keys with several values, and values that no
    dial (slider) or picker accepts.

    Parameters
    ----------
    link
        Values by key; a key may have several values.
    pairs
        Accepted values of the key "pair": the titles in the picker.
    sources
        Accepted values of the key "table": the names of the sources of payoffs.
    dials
        The dials that the page shows.

    Returns
    -------
    tuple[IgnoredEntry, ...]
        Key, value and reason of each ignored entry, in the order of the link.
    """
    shown = {dial.key: dial for dial in dials}
    found = ((key, values, _why(key, values, (pairs, sources), shown)) for key, values in link.items())
    return tuple(IgnoredEntry(key, ", ".join(values), why) for key, values, why in found if why)


def _why(
    key: str,
    values: Sequence[str],
    choices: tuple[Collection[str], Sequence[str]],
    dials: Mapping[str, ExploreDial],
) -> str:
    """Return why a key does not accept its values; "" when it does. `choices` are the pairs and the sources."""
    pairs, sources = choices
    if key not in KEYS:
        return UNKNOWN
    if key in KEYS_OF_DIALS and key not in dials:
        return PEOPLE_NOW if key == OPEN.key and EXPANSION.key in dials else OTHER_PAIR
    if len(values) != 1:
        return TWICE
    (value,) = values
    if key in dials:
        return _off(dials[key], value)
    if key == PAIR_KEY:
        return "" if value in pairs else message("there is no such pair of countries")
    if key == VERSION_KEY:
        return "" if value == VERSION else OTHER
    return "" if value in sources else message("it is {choices}", choices=join_with_or(sources))


def _off(dial: ExploreDial, text: str) -> str:
    """Return why a text is not a value of a dial; "" when it is one."""
    try:
        value = float(text)
    except ValueError:
        return message("it is no number")
    if not isfinite(value) or not dial.low <= value <= dial.high:
        return message(
            "the dial goes from {low} to {high}", low=dial.format_value(dial.low), high=dial.format_value(dial.high)
        )
    near = abs(dial.steps - value).min() < dial.step / 1000
    return "" if near else message("the dial goes in steps of {step}", step=f"{dial.step:g}")
