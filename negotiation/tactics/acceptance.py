"""Whether to take what is on the table: the acceptance conditions of Baarslag, Hindriks and Jonker (2013).

Each is a question about three of the delegation's own values and the clock; `either` joins them. Nobody is ever
asked about a package that it may not sign.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from negotiation.tactics.brief import Turn

LATE = 0.1
"""The share of the rounds, at the end, in which `combined` looks back instead of ahead (assumption)."""


class Prospect(NamedTuple):
    """The own values that are weighed against each other."""

    offered: float
    """Of the package on the table."""
    asked: float
    """What the delegation asks for by now."""
    planned: float
    """Of the package that it would offer instead."""


Acceptance: TypeAlias = Callable[[Turn, Prospect], bool]


def aspired(_: Turn, prospect: Prospect) -> bool:
    """Accept what is worth as much as one asks for by now."""
    return prospect.offered >= prospect.asked


def planned(_: Turn, prospect: Prospect) -> bool:
    """Accept what is worth as much as the offer one is about to make (AC_next)."""
    return prospect.offered >= prospect.planned


def pressed(turn: Turn, _: Prospect) -> bool:
    """Accept anything that may be signed when no round is left (AC_time)."""
    return turn.left == 1


def resigned(turn: Turn, prospect: Prospect) -> bool:
    """Accept late what is worth as much as the best of as many recent offers as there are rounds left.

    If the other side did no better over a stretch that long, it will hardly do better over the stretch to come.
    """
    if turn.left > LATE * turn.talks.rules.rounds:
        return False
    recent = turn.heard[-1 - turn.left : -1]
    return all(prospect.offered >= turn.brief.values[package] for package in recent)


def either(*rules: Acceptance) -> Acceptance:
    """Accept when one of the rules would."""
    return lambda turn, prospect: any(rule(turn, prospect) for rule in rules)


combined = either(planned, resigned, pressed)
"""AC_combi: wait for something as good as one's own next offer; towards the end take the best of what comes."""
