"""Acceptance conditions: whether to accept the standing offer (Baarslag, Hindriks and Jonker 2013).

Each condition compares own values of the delegation, or reads the number of rounds left; `any_condition` combines
conditions. They are evaluated only for packages that the delegation may sign.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from negotiation.tactics.brief import Turn

LATE = 0.1
"""Share of the rounds, at the end, in which `accept_combined` compares with past offers (assumption)."""


class AcceptanceValues(NamedTuple):
    """The own values that an acceptance condition compares."""

    offered: float
    """Own value of the standing offer of the other side."""
    asked: float
    """The own value that the delegation aims at in this turn."""
    planned: float
    """Own value of the package that it would offer instead."""


Acceptance: TypeAlias = Callable[[Turn, AcceptanceValues], bool]
"""Function from a turn and its own values to true for accept."""


def accept_target(_: Turn, prospect: AcceptanceValues) -> bool:
    """Accept an offer of at least the own value aimed at in this turn."""
    return prospect.offered >= prospect.asked


def accept_next(_: Turn, prospect: AcceptanceValues) -> bool:
    """Accept an offer of at least the own value of the own next offer (AC_next)."""
    return prospect.offered >= prospect.planned


def accept_last_round(turn: Turn, _: AcceptanceValues) -> bool:
    """Accept any package that may be signed in the last round (AC_time)."""
    return turn.rounds_left == 1


def accept_best_recent(turn: Turn, prospect: AcceptanceValues) -> bool:
    """Accept, late, an offer at least as good as all of the other side's recent offers.

    Late is the last tenth of the rounds. The number of recent offers compared is the number of rounds left, the
    standing offer excluded: if the other side made no better offer in that many rounds, it will hardly make one in the
    rounds to come.
    """
    if turn.rounds_left > LATE * turn.talks.rules.rounds:
        return False
    recent = turn.offers_received[-1 - turn.rounds_left : -1]
    return all(prospect.offered >= turn.brief.values[package] for package in recent)


def any_condition(*rules: Acceptance) -> Acceptance:
    """Combine conditions: accept when at least one of them holds."""
    return lambda turn, prospect: any(rule(turn, prospect) for rule in rules)


accept_combined = any_condition(accept_next, accept_best_recent, accept_last_round)
"""AC_combi: wait for an offer as good as the own next offer; near the end accept the best of the recent ones."""
