"""Alternating offers: two delegations offer packages in turn (Rubinstein 1982, with a deadline).

One package stands at a time, the last one offered. The other side may accept it, reject it, offer a package of its own,
or hold and let it stand. Its maker may replace or withdraw it.
"""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.protocols.moves import Accept, Hold, Kinds, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.shared import (
    NO_MOVES,
    Transition,
    apply_accept,
    apply_deadline,
    apply_shock,
    apply_vote,
    apply_walk,
    check_offer,
    last_answer,
    pass_turn,
)
from negotiation.protocols.state import Talks

EMPTY: Kinds = frozenset({Offer, Hold, Walk})
ANSWER: Kinds = frozenset({Offer, Accept, Reject, Hold, Walk})
OWN: Kinds = frozenset({Offer, Withdraw, Hold, Walk})


def legal(talks: Talks, party: int) -> Kinds:
    """The legal moves of a party: none out of turn, and answers only to the other side's package."""
    if party != talks.turn:
        return NO_MOVES
    if talks.round >= talks.rules.rounds:
        return last_answer(talks, party)
    if talks.proposer is None:
        return EMPTY
    return OWN if talks.proposer == party else ANSWER


def apply_offer(talks: Talks, move: Offer) -> Talks:
    """Replace the standing package by the one offered."""
    check_offer(talks, move)
    return pass_turn(talks, move, move.package, move.party)


def clear_offer(talks: Talks, move: Reject | Withdraw) -> Talks:
    """Remove the standing package, after a rejection or a withdrawal."""
    return pass_turn(talks, move, None, None)


def apply_hold(talks: Talks, move: Hold) -> Talks:
    """Pass the turn; the standing package stays."""
    return pass_turn(talks, move, talks.standing, talks.proposer)


TRANSITIONS: Mapping[type[Move], Transition] = {
    Offer: apply_offer,
    Accept: apply_accept,
    Reject: clear_offer,
    Withdraw: clear_offer,
    Hold: apply_hold,
    Walk: apply_walk,
    Vote: apply_vote,
    PhaseEnd: apply_deadline,
    Shock: apply_shock,
}
"""The consequence of each kind of move."""
