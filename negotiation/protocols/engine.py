"""The rules: which moves are legal, and the state after a move.

`legal` gives the buttons of a seat and the check of the engine. `advance` checks a move and returns the talks after it;
it computes no value, draws no number and reads no clock.

    alternating     two delegations make offers in turn                 negotiation.protocols.rules.alternating
    request_offer   sealed requests, sealed drafts, then bargaining     negotiation.protocols.rules.request_offer

Under both, an accepted package is initialled and every group at home votes on it. After a failed vote bargaining
resumes, as often as the rules allow. Between two rounds of bargaining outside shocks may occur.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import NamedTuple

from negotiation.protocols.home_vote import passes
from negotiation.protocols.moves import Kinds, Move, PhaseEnd, Shock, Vote
from negotiation.protocols.rules import alternating, request_offer
from negotiation.protocols.shared import NO_MOVES, Transition
from negotiation.protocols.state import CHAIR, OUTSIDE, IllegalMove, Phase, Rules, Talks, open_talks

__all__ = ["PROTOCOLS", "IllegalMove", "Protocol", "advance", "legal", "passes", "replay_talks"]


class Protocol(NamedTuple):
    """One protocol: its legal moves until a package is initialled, and the consequence of each kind of move."""

    legal: Callable[[Talks, int], Kinds]
    consequences: Mapping[type[Move], Transition]


BY_NAME = {
    "alternating": Protocol(alternating.legal, alternating.TRANSITIONS),
    "request_offer": Protocol(request_offer.legal, request_offer.TRANSITIONS),
}
PROTOCOLS = tuple(BY_NAME)
"""Names that a scenario may write."""

BALLOT: Kinds = frozenset({Vote})
CLOSE: Kinds = frozenset({PhaseEnd})
STRIKE: Kinds = frozenset({Shock})


def legal(talks: Talks, party: int) -> Kinds:
    """Return the kinds of move that a party may make now.

    Parameters
    ----------
    talks
        The talks so far.
    party
        Number of the party, from 0. `CHAIR` closes phases, and shocks come from `OUTSIDE`.

    Returns
    -------
    frozenset of type
        Kinds of move; empty when the party may not move.
    """
    if talks.ending is not None or not 0 <= party < len(talks.rules.votes):
        return _beyond(talks, party)
    if talks.phase is Phase.RATIFY:
        return BALLOT if None in talks.ballots[party] else NO_MOVES
    return BY_NAME[talks.rules.protocol].legal(talks, party)


def _beyond(talks: Talks, party: int) -> Kinds:
    """The legal moves of the chair and of the outside, and of every party once the talks are over."""
    if party == OUTSIDE:
        return STRIKE if talks.between_rounds else NO_MOVES
    return CLOSE if party == CHAIR and talks.can_close else NO_MOVES


def advance(talks: Talks, move: Move) -> Talks:
    """Return the talks after a legal move.

    Parameters
    ----------
    talks
        The talks so far; they are not changed.
    move
        The next move.

    Returns
    -------
    Talks
        The talks with that move and its consequences.

    Raises
    ------
    Illegal
        When the move cannot be made now, or is not well formed; the message gives the reason.
    """
    party = CHAIR if isinstance(move, PhaseEnd) else OUTSIDE if isinstance(move, Shock) else move.party
    kind = type(move)
    if kind not in legal(talks, party):
        raise IllegalMove(f"{move} is not legal in round {talks.round + 1} ({talks.phase})")
    return BY_NAME[talks.rules.protocol].consequences[kind](talks, move)


def replay_talks(rules: Rules, moves: Iterable[Move]) -> Talks:
    """Return the talks after a list of moves, from the beginning.

    Parameters
    ----------
    rules
        Rules of the talks.
    moves
        All moves, in their order.

    Returns
    -------
    Talks
        The talks after the last move.

    Raises
    ------
    InputError
        When the rules are not valid.
    Illegal
        When a move cannot be made at its place.
    """
    return reduce(advance, moves, open_talks(rules))
