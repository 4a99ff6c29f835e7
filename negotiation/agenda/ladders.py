"""The ladders of the issue catalogue, read from `ladders.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from games.errors import refuse
from games.short_repr import short_repr
from games.text.spelling import nearest

CORRIDOR = ("places", "recognition", "fee", "levy", "levy_split", "partnership", "phasing")
"""The corridor agenda: every ladder moves one parameter of the economy, one to one."""

COMMITMENT = "commitment"
"""The kind of a line that stands in a schedule; every other kind is a payment and is printed apart."""

SIDE_PAYMENTS = frozenset({"cash", "linkage", "gain_tax", "skill_partnership"})
"""The kinds that `without = ["side payments"]` holds at level 0; compensation at home stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """One negotiable issue with its ordered levels; level 0 is today's practice."""

    __repr__ = short_repr

    key: str
    id: str = ""
    """Its number in the published catalogue, `I01` to `I38`; empty for the corridor's own ladders."""
    name: str
    levels: tuple[str, ...]
    """In the words of a schedule."""
    plain: tuple[str, ...]
    """The same levels in everyday words."""
    values: tuple[float, ...] = ()
    """What each level sets `field` to; empty where no field is set."""
    field: str = ""
    """The field of `economy.policy.terms.Terms` that the ladder sets; empty where none means the same."""
    unit: str = ""
    """The unit of `values`."""
    moves: tuple[str, ...] = ()
    """Terms or parameters of the economy through which the line works; empty where the model has no channel."""
    silence: str = ""
    """Why the economy has no number for the line; empty where it has one."""
    conceded_by: str
    """`host`, `origin` or `both`: in whose schedule the line stands."""
    kind: str
    """`commitment`, or the payment that this line is."""
    payer: str = ""
    """Who pays; empty for a commitment, and where the scenario says it."""
    payee: str = ""
    """Who receives, with `{host}` and `{origin}` for their names; empty where the scenario says it."""
    base: str = ""
    """What the payment is reckoned on."""
    condition: str = ""
    """When it is due."""
    lives_on: str = ""
    """The ladder without which this one is nothing, as a split is without a levy; mostly empty."""
    clash: str = ""
    """The ladder beside which this one may not lawfully be signed, `note` being the warning; mostly empty."""
    note: str = ""
    """What a user must know before choosing; mostly empty."""
    source: str

    @property
    def is_commitment(self) -> bool:
        """Whether the line binds a rule and stands in a schedule."""
        return self.kind == COMMITMENT

    @property
    def is_side_payment(self) -> bool:
        """Whether the line moves money or training between accounts; compensation inside one country does not."""
        return self.kind in SIDE_PAYMENTS


@cache
def ladders() -> Mapping[str, Ladder]:
    """The catalogue by key: the corridor's seven, then I01 to I38 less recognition, which is one of the seven."""
    entries = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: _ladder(key, entry) for key, entry in entries.items()})


def ladder(key: str, place: str = "ladder") -> Ladder:
    """The ladder of that key or id, as in "stay" or "I03"; InputError at `place` names the nearest ones."""
    catalogue = ladders()
    numbered = {item.id: item for item in catalogue.values() if item.id}
    if key in numbered:
        return numbered[key]
    if key not in catalogue:
        near = nearest(key, [*catalogue, *numbered]) or list(catalogue)
        raise refuse(place, f"there is no ladder called {key!r}", f"write one of: {', '.join(near)}")
    return catalogue[key]


def _ladder(key: str, entry: Mapping[str, Any]) -> Ladder:
    told = {name: _frozen(value) for name, value in entry.items()}
    if "field" in told:
        told["moves"] = (told["field"],)
    return Ladder(key=key, **told)


def _frozen(value: Any) -> Any:
    return tuple(cast("list[Any]", value)) if isinstance(value, list) else value
