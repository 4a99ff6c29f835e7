"""Requests and offers: the method of services negotiations since 2000, for two delegations.

REQUEST  Each party writes what it wants in the other's schedule. All requests are opened together: a classroom
         device, since real requests are letters to one partner.
OFFER    Each party writes a first draft, conditional until the end; drafts are opened together as well.
BARGAIN  In turn, with both drafts standing: a party revises its own draft, accepts or rejects the other's, or holds.
         Lines that only its maker concedes may rise but not fall, unless it withdraws its draft first, which takes
         a turn.

In the sealed phases all parties may move, in any order. A party that holds as often as `Rules.patience` allows has no
request, or no draft, and the chair does not wait for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from negotiation.protocols.moves import (
    Accept,
    Hold,
    Kinds,
    Move,
    Offer,
    PhaseEnd,
    Reject,
    Request,
    Shock,
    Vote,
    Walk,
    Withdraw,
)
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
    record_move,
)
from negotiation.protocols.state import IllegalMove, Phase, Rules, Talks, begin_sealed_phase

ASK: Kinds = frozenset({Request, Hold, Walk})
OFFER_MOVES: Kinds = frozenset({Offer, Hold, Walk})
RETRACT: Kinds = OFFER_MOVES | {Withdraw}
ANSWER: Kinds = OFFER_MOVES | {Accept, Reject}
EVERYTHING: Kinds = ANSWER | RETRACT


def legal(talks: Talks, party: int) -> Kinds:
    """The legal moves of a party: any order in a sealed phase, in turn during bargaining."""
    if talks.phase is not Phase.BARGAIN:
        if not talks.pending[party]:
            return NO_MOVES
        return ASK if talks.phase is Phase.REQUEST else OFFER_MOVES
    if party != talks.turn:
        return NO_MOVES
    if talks.round >= talks.rules.rounds:
        return last_answer(talks, party)
    if talks.pledges[party] is None:
        return OFFER_MOVES if talks.standing is None else ANSWER
    return RETRACT if talks.standing is None else EVERYTHING


def lines_lowered(rules: Rules, party: int, before: int, after: int) -> tuple[int, ...]:
    """List the ladders on which a revision takes back a concession.

    Parameters
    ----------
    rules
        Rules of the talks, with `shape` and `concedes`.
    party
        Number of the party that revises, from 0.
    before
        Its earlier package.
    after
        Its later package.

    Returns
    -------
    tuple of int
        Places of the ladders that only this party concedes and whose level is lower in `after` than in `before`.
    """
    old, new = rules.levels(before), rules.levels(after)
    return tuple(place for place in rules.own(party) if new[place] < old[place])


def apply_request(talks: Talks, move: Request) -> Talks:
    """Record a sealed request; raises Illegal for a level that the agenda does not have or an issue named twice."""
    shape = talks.rules.shape
    for place, level in move.asks:
        if not 0 <= place < len(shape) or not 0 < level < shape[place]:
            raise IllegalMove(f"{move}: there is no level {level} of issue {place} to ask for")
    if len({place for place, _ in move.asks}) < len(move.asks):
        raise IllegalMove(f"{move}: one level an issue")
    return _spoken(talks, move, chances=0)


def apply_draft(talks: Talks, move: Offer) -> Talks:
    """Record a sealed draft, or replace the party's draft; raises Illegal when the offer takes back a promise."""
    check_offer(talks, move)
    if talks.phase is Phase.OFFER:
        return _spoken(talks, move, chances=0)
    promised = talks.pledges[move.party]
    sunk = () if promised is None else lines_lowered(talks.rules, move.party, promised, move.package)
    if sunk:
        raise IllegalMove(f"{move}: issues {sunk} stand lower than in the maker's last offer; withdraw that first")
    drafts, pledges = _put(talks.drafts, move.party, move.package), _put(talks.pledges, move.party, move.package)
    return _faced(talks._replace(drafts=drafts, pledges=pledges), move)


def apply_reject(talks: Talks, move: Reject) -> Talks:
    """Remove the other side's draft; its promises still bind its maker."""
    return _faced(talks._replace(drafts=_put(talks.drafts, 1 - move.party, None)), move)


def apply_withdraw(talks: Talks, move: Withdraw) -> Talks:
    """Remove the party's own draft and all promises in it."""
    drafts, pledges = _put(talks.drafts, move.party, None), _put(talks.pledges, move.party, None)
    return _faced(talks._replace(drafts=drafts, pledges=pledges), move)


def record_hold(talks: Talks, move: Hold) -> Talks:
    """Pass the turn; in a sealed phase, use up one of the party's holds."""
    if talks.phase is Phase.BARGAIN:
        return _faced(talks, move)
    return _spoken(talks, move, chances=talks.pending[move.party] - 1)


def close_phase(talks: Talks, move: PhaseEnd) -> Talks:
    """Close a phase: open the requests and begin drafting, open the drafts and begin bargaining, or end the talks."""
    if talks.phase is Phase.BARGAIN:
        return apply_deadline(talks, move)
    sealed, parties = talks.sealed_moves, range(talks.rules.parties)
    talks = record_move(talks, move)
    if talks.phase is Phase.REQUEST:
        asks = {said.party: said.asks for said in sealed if isinstance(said, Request)}
        return begin_sealed_phase(talks._replace(requests=tuple(asks.get(party) for party in parties)), Phase.OFFER)
    packages = {said.party: said.package for said in sealed if isinstance(said, Offer)}
    drafts = tuple(packages.get(party) for party in parties)
    talks = talks._replace(phase=Phase.BARGAIN, pending=(), sealed_from=None, drafts=drafts, pledges=drafts)
    return talks._replace(standing=drafts[1], proposer=None if drafts[1] is None else 1)


TRANSITIONS: Mapping[type[Move], Transition] = {
    Request: apply_request,
    Offer: apply_draft,
    Accept: apply_accept,
    Reject: apply_reject,
    Withdraw: apply_withdraw,
    Hold: record_hold,
    Walk: apply_walk,
    Vote: apply_vote,
    PhaseEnd: close_phase,
    Shock: apply_shock,
}
"""The consequence of each kind of move."""


def _spoken(talks: Talks, move: Request | Offer | Hold, chances: int) -> Talks:
    """Record a sealed move; its maker may move `chances` more times in this phase."""
    pending = (*talks.pending[: move.party], chances, *talks.pending[move.party + 1 :])
    return record_move(talks, move)._replace(pending=pending)


def _faced(talks: Talks, move: Move) -> Talks:
    """Pass the turn; the next party may answer the draft of the party that has moved."""
    maker = talks.turn
    draft = talks.drafts[maker]
    return pass_turn(talks, move, draft, None if draft is None else maker)


def _put(packages: tuple[int | None, ...], party: int, package: int | None) -> tuple[int | None, ...]:
    return (*packages[:party], package, *packages[party + 1 :])
