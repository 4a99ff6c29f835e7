"""Alternating offers: two delegations put packages on one table in turn (Rubinstein 1982, with a deadline).

There is one package on the table at a time, the last one offered. The other side may accept it, reject it,
answer with a package of its own, or hold and leave it lying; its maker may replace or withdraw it.
"""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.protocols.moves import Accept, Hold, Kinds, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.shared import (
    NOTHING,
    Consequence,
    initialled,
    last_answer,
    struck,
    tabled,
    timed_out,
    turned,
    voted,
    walked,
)
from negotiation.protocols.state import Talks

EMPTY: Kinds = frozenset({Offer, Hold, Walk})
ANSWER: Kinds = frozenset({Offer, Accept, Reject, Hold, Walk})
OWN: Kinds = frozenset({Offer, Withdraw, Hold, Walk})


def legal(talks: Talks, party: int) -> Kinds:
    """What a seat may do while the talks bargain: nothing out of turn, and answers only to the other's package."""
    if party != talks.turn:
        return NOTHING
    if talks.round >= talks.rules.rounds:
        return last_answer(talks, party)
    if talks.proposer is None:
        return EMPTY
    return OWN if talks.proposer == party else ANSWER


def offered(talks: Talks, move: Offer) -> Talks:
    """A package takes the place of whatever lay on the table."""
    tabled(talks, move)
    return turned(talks, move, move.package, move.party)


def cleared(talks: Talks, move: Reject | Withdraw) -> Talks:
    """The package is off the table, by the other side's no or by its maker's own wish."""
    return turned(talks, move, None, None)


def held(talks: Talks, move: Hold) -> Talks:
    """Nothing changes but the turn."""
    return turned(talks, move, talks.standing, talks.proposer)


CONSEQUENCES: Mapping[type[Move], Consequence] = {
    Offer: offered,
    Accept: initialled,
    Reject: cleared,
    Withdraw: cleared,
    Hold: held,
    Walk: walked,
    Vote: voted,
    PhaseEnd: timed_out,
    Shock: struck,
}
"""What follows from each kind of move."""
