"""Alternating offers: two delegations offer packages in turn (Rubinstein 1982, with a deadline).

One package stands at a time, the last one offered. The other side may accept it, reject it, offer a package of its own,
or hold and let it stand. Its maker may replace or withdraw it.
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
    """The legal moves of a party: none out of turn, and answers only to the other side's package."""
    if party != talks.turn:
        return NOTHING
    if talks.round >= talks.rules.rounds:
        return last_answer(talks, party)
    if talks.proposer is None:
        return EMPTY
    return OWN if talks.proposer == party else ANSWER


def offered(talks: Talks, move: Offer) -> Talks:
    """Replace the standing package by the one offered."""
    tabled(talks, move)
    return turned(talks, move, move.package, move.party)


def cleared(talks: Talks, move: Reject | Withdraw) -> Talks:
    """Remove the standing package, after a rejection or a withdrawal."""
    return turned(talks, move, None, None)


def held(talks: Talks, move: Hold) -> Talks:
    """Pass the turn; the standing package stays."""
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
"""The consequence of each kind of move."""
