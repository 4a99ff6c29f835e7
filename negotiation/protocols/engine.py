"""The rules: what a party may do now, and what follows from it.

`legal` feeds the buttons of a seat and the check of the engine alike. `advance` checks a move and folds it into
the talks; it never computes a value, draws a number or looks at a clock.

    alternating     two delegations make offers in turn                 negotiation.protocols.rules.alternating
    request_offer   sealed requests, sealed drafts, then bargaining     negotiation.protocols.rules.request_offer

Under either, an accepted package is initialled and goes home; a failed vote sends it back to the table as often as
the rules say. Between two rounds of bargaining something may strike from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from negotiation.protocols.moves import Kinds, Move, PhaseEnd, Shock, Vote
from negotiation.protocols.rules import alternating, request_offer
from negotiation.protocols.shared import NOTHING, Consequence, passes
from negotiation.protocols.state import CHAIR, OUTSIDE, Illegal, Phase, Rules, Talks, opening

__all__ = ["PROTOCOLS", "Illegal", "Protocol", "advance", "legal", "passes", "replay"]


class Protocol(NamedTuple):
    """One way to talk: what a seat may do until a package is initialled, and what each move leads to."""

    legal: Callable[[Talks, int], Kinds]
    consequences: Mapping[type[Move], Consequence]


BY_NAME = {
    "alternating": Protocol(alternating.legal, alternating.CONSEQUENCES),
    "request_offer": Protocol(request_offer.legal, request_offer.CONSEQUENCES),
}
PROTOCOLS = tuple(BY_NAME)
"""Names that a scenario may write."""

BALLOT: Kinds = frozenset({Vote})
CLOSE: Kinds = frozenset({PhaseEnd})
STRIKE: Kinds = frozenset({Shock})


def legal(talks: Talks, party: int) -> Kinds:
    """The kinds of move that a party may make now; the chair is the party `CHAIR`, shocks come from `OUTSIDE`."""
    if talks.ending is not None or not 0 <= party < len(talks.rules.votes):
        return _beyond(talks, party)
    if talks.phase is Phase.RATIFY:
        return BALLOT if None in talks.ballots[party] else NOTHING
    return BY_NAME[talks.rules.protocol].legal(talks, party)


def _beyond(talks: Talks, party: int) -> Kinds:
    """What may be done by those who sit at no seat, and by everybody once the talks are over."""
    if party == OUTSIDE:
        return STRIKE if talks.between else NOTHING
    return CLOSE if party == CHAIR and talks.exhausted else NOTHING


def advance(talks: Talks, move: Move) -> Talks:
    """The talks after a legal move; raises Illegal otherwise, with the reason."""
    party = CHAIR if isinstance(move, PhaseEnd) else OUTSIDE if isinstance(move, Shock) else move.party
    kind = type(move)
    if kind not in legal(talks, party):
        raise Illegal(f"{move} is not legal in round {talks.round + 1} ({talks.phase})")
    return BY_NAME[talks.rules.protocol].consequences[kind](talks, move)


def replay(rules: Rules, moves: Iterable[Move]) -> Talks:
    """The talks that these moves make."""
    return reduce(advance, moves, opening(rules))
