"""The ladders of the issue catalogue, read from `ladders.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from games.errors import input_error
from games.messages import Message
from games.short_repr import short_repr
from games.text.spelling import closest_words

CORRIDOR = ("stay", "readmission", "access", "recognition", "fee", "levy", "levy_split", "partnership", "phasing")
"""What a corridor can negotiate about: every ladder sets one term. The number of people is the stake of the case."""

CORRIDOR_FIXED = MappingProxyType({"levy": 3})
"""Levels that every text of the corridor agenda has. In all efficient packages of all corridors in which people move
today the levy stands at its highest level, so only its split is negotiated."""

NEGOTIATED = tuple(key for key in CORRIDOR if key not in CORRIDOR_FIXED)
"""The corridor agenda where a case names no lines of its own."""

COMMITMENT = "commitment"
"""The kind of a line that stands in a schedule; every other kind is a payment and is listed separately."""

SIDE_PAYMENTS = frozenset({"cash", "linkage", "gain_tax", "skill_partnership"})
"""The kinds that `without = ["side payments"]` fixes at level 0; compensation at home is not one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One negotiable issue with its ordered levels; level 0 is today's practice."""

    __repr__ = short_repr

    key: str
    id: str = ""
    """Its number in the published catalogue, `I01` to `I38`; empty for the corridor's own ladders."""
    name: str
    levels: tuple[str, ...]
    """The levels in the words of a schedule."""
    plain: tuple[str, ...]
    """The same levels in everyday words."""
    short_name: str = ""
    """The name in the few letters that a board has room for; empty where `name` is short enough."""
    short: tuple[str, ...] = ()
    """The levels in a few letters; empty where `plain` is short enough."""
    values: tuple[float, ...] = ()
    """The value that each level gives to `field`; empty where no field is set."""
    field: str = ""
    """The field of `economy.policy.terms.Terms` that the ladder sets; empty where no field corresponds to it."""
    unit: str = ""
    """The unit of `values`."""
    moves: tuple[str, ...] = ()
    """Terms or parameters of the economy that the line changes; empty where the model has no channel."""
    silence: str = ""
    """Why the economy has no number for the line; empty where it has one."""
    conceded_by: str
    """`host`, `origin` or `both`: in whose schedule the line stands."""
    kind: str
    """`commitment`, or the kind of payment."""
    payer: str = ""
    """Who pays; empty for a commitment, and where the scenario states it."""
    payee: str = ""
    """Who receives, with `{host}` and `{origin}` for their names; empty where the scenario states it."""
    base: str = ""
    """The quantity on which the payment is computed."""
    condition: str = ""
    """When the payment is due."""
    lives_on: str = ""
    """Key of the ladder without which this one has no effect, as a split without a levy; usually empty."""
    clash: str = ""
    """Key of the ladder that cannot lawfully be signed together with this one; `note` is the warning. Usually empty."""
    note: str = ""
    """What a user must read before choosing the ladder; usually empty."""
    source: str

    @property
    def board_name(self) -> str:
        """The name for a board of lines: the short one, where there is one."""
        return self.short_name or self.name

    def board_level(self, level: int) -> str:
        """The words of a level, from 0, for a cell of a board: the short ones, where there are some."""
        return (self.short or self.plain)[level]

    @property
    def is_commitment(self) -> bool:
        """Whether the line binds a rule and stands in a schedule."""
        return self.kind == COMMITMENT

    @property
    def is_side_payment(self) -> bool:
        """Whether the line moves money or training between accounts; compensation inside one country does not."""
        return self.kind in SIDE_PAYMENTS


TEXT_FIELDS = frozenset({
    "name", "short_name", "levels", "plain", "short", "unit", "note", "silence", "payer", "payee", "base", "condition"
})  # fmt: skip
"""The keys of `ladders.toml` that hold texts for people. These are messages, so that a catalogue can translate them."""


@cache
def ladders() -> Mapping[str, Ladder]:
    """Load the catalogue: ladders by key, in the order of the file.

    Returns
    -------
    Mapping of str to Ladder
        The corridor's seven ladders, then I01 to I38. Recognition is one of the seven and is not repeated. Read once
        and kept.
    """
    entries = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: _ladder(key, entry) for key, entry in entries.items()})


def ladder(key: str, place: str = "ladder") -> Ladder:
    """Look up a ladder by its key or its id.

    Parameters
    ----------
    key
        A key or an id, as in "stay" or "I03".
    place
        Where the key was written, for the message of an error.

    Returns
    -------
    Ladder
        The ladder of that key or id.

    Raises
    ------
    InputError
        When there is no such ladder; the hint lists the nearest names.
    """
    catalogue = ladders()
    numbered = {item.id: item for item in catalogue.values() if item.id}
    if key in numbered:
        return numbered[key]
    if key not in catalogue:
        near = closest_words(key, [*catalogue, *numbered]) or list(catalogue)
        raise input_error(place, f"there is no ladder called {key!r}", f"write one of: {', '.join(near)}")
    return catalogue[key]


def _ladder(key: str, entry: Mapping[str, Any]) -> Ladder:
    told: dict[str, Any] = {
        name: _text(value) if name in TEXT_FIELDS else _frozen(value) for name, value in entry.items()
    }
    if "field" in told:
        told["moves"] = (told["field"],)
    return Ladder(key=key, **told)


def _text(value: str | list[str]) -> Any:
    return Message(value) if isinstance(value, str) else tuple(Message(text) for text in value)


def _frozen(value: Any) -> Any:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value
