"""Requests and offers: the method of services negotiations since 2000, for two delegations.

REQUEST  Each party writes down what it wants on the other's list. The envelopes are opened together: a device of
         the classroom, since real requests are letters to one partner.
OFFER    Each party writes a first draft, conditional until the end; drafts are opened together as well.
BARGAIN  In turn, and with both drafts on the table: a party revises its own, accepts or rejects the other's, or
         holds. Lines that only its maker concedes may rise but not sink, unless it withdraws its draft first, and
         that takes a turn.

In the sealed phases all parties may speak, in any order. One that holds as often as `Rules.patience` allows has
nothing to ask for, or no draft, and the chair does not wait for it.
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
    NOTHING,
    Consequence,
    initialled,
    last_answer,
    recorded,
    struck,
    tabled,
    timed_out,
    turned,
    voted,
    walked,
)
from negotiation.protocols.state import Illegal, Phase, Rules, Talks, sealing

ASK: Kinds = frozenset({Request, Hold, Walk})
SPEAK: Kinds = frozenset({Offer, Hold, Walk})
RETRACT: Kinds = SPEAK | {Withdraw}
ANSWER: Kinds = SPEAK | {Accept, Reject}
EVERYTHING: Kinds = ANSWER | RETRACT


def legal(talks: Talks, party: int) -> Kinds:
    """What a seat may do: speak once in a sealed phase, whenever it likes, and in turn after that."""
    if talks.phase is not Phase.BARGAIN:
        if not talks.pending[party]:
            return NOTHING
        return ASK if talks.phase is Phase.REQUEST else SPEAK
    if party != talks.turn:
        return NOTHING
    if talks.round >= talks.rules.rounds:
        return last_answer(talks, party)
    if talks.pledges[party] is None:
        return SPEAK if talks.standing is None else ANSWER
    return RETRACT if talks.standing is None else EVERYTHING


def worsened(rules: Rules, party: int, before: int, after: int) -> tuple[int, ...]:
    """Places of the ladders that only this party concedes and that stand lower in `after` than in `before`."""
    old, new = rules.levels(before), rules.levels(after)
    return tuple(place for place in rules.own(party) if new[place] < old[place])


def requested(talks: Talks, move: Request) -> Talks:
    """A request goes under seal; Illegal when it asks for what the agenda does not have."""
    shape = talks.rules.shape
    for place, level in move.asks:
        if not 0 <= place < len(shape) or not 0 < level < shape[place]:
            raise Illegal(f"{move}: there is no level {level} of issue {place} to ask for")
    if len({place for place, _ in move.asks}) < len(move.asks):
        raise Illegal(f"{move}: one level an issue")
    return _spoken(talks, move, chances=0)


def offered(talks: Talks, move: Offer) -> Talks:
    """A draft goes under seal, or takes the place of its maker's last one; Illegal when it takes back a promise."""
    tabled(talks, move)
    if talks.phase is Phase.OFFER:
        return _spoken(talks, move, chances=0)
    promised = talks.pledges[move.party]
    sunk = () if promised is None else worsened(talks.rules, move.party, promised, move.package)
    if sunk:
        raise Illegal(f"{move}: issues {sunk} stand lower than in the maker's last offer; withdraw that first")
    drafts, pledges = _put(talks.drafts, move.party, move.package), _put(talks.pledges, move.party, move.package)
    return _faced(talks._replace(drafts=drafts, pledges=pledges), move)


def rejected(talks: Talks, move: Reject) -> Talks:
    """The other's draft is off the table; what it promised still binds its maker."""
    return _faced(talks._replace(drafts=_put(talks.drafts, 1 - move.party, None)), move)


def withdrawn(talks: Talks, move: Withdraw) -> Talks:
    """A party takes back its draft and every promise in it."""
    drafts, pledges = _put(talks.drafts, move.party, None), _put(talks.pledges, move.party, None)
    return _faced(talks._replace(drafts=drafts, pledges=pledges), move)


def held(talks: Talks, move: Hold) -> Talks:
    """A turn let pass; under seal, one chance less to speak."""
    if talks.phase is Phase.BARGAIN:
        return _faced(talks, move)
    return _spoken(talks, move, chances=talks.pending[move.party] - 1)


def ended(talks: Talks, move: PhaseEnd) -> Talks:
    """Requests are opened and drafting begins; drafts are opened and bargaining begins; bargaining is over."""
    if talks.phase is Phase.BARGAIN:
        return timed_out(talks, move)
    sealed, parties = talks.sealed, range(talks.rules.parties)
    talks = recorded(talks, move)
    if talks.phase is Phase.REQUEST:
        asks = {said.party: said.asks for said in sealed if isinstance(said, Request)}
        return sealing(talks._replace(requests=tuple(asks.get(party) for party in parties)), Phase.OFFER)
    packages = {said.party: said.package for said in sealed if isinstance(said, Offer)}
    drafts = tuple(packages.get(party) for party in parties)
    talks = talks._replace(phase=Phase.BARGAIN, pending=(), sealed_from=None, drafts=drafts, pledges=drafts)
    return talks._replace(standing=drafts[1], proposer=None if drafts[1] is None else 1)


CONSEQUENCES: Mapping[type[Move], Consequence] = {
    Request: requested,
    Offer: offered,
    Accept: initialled,
    Reject: rejected,
    Withdraw: withdrawn,
    Hold: held,
    Walk: walked,
    Vote: voted,
    PhaseEnd: ended,
    Shock: struck,
}
"""What follows from each kind of move."""


def _spoken(talks: Talks, move: Request | Offer | Hold, chances: int) -> Talks:
    """A sealed move is written down; its maker has so many chances left in this phase."""
    pending = (*talks.pending[: move.party], chances, *talks.pending[move.party + 1 :])
    return recorded(talks, move)._replace(pending=pending)


def _faced(talks: Talks, move: Move) -> Talks:
    """The turn passes, and the party whose turn it is now faces the draft of the other."""
    maker = talks.turn
    draft = talks.drafts[maker]
    return turned(talks, move, draft, None if draft is None else maker)


def _put(packages: tuple[int | None, ...], party: int, package: int | None) -> tuple[int | None, ...]:
    return (*packages[:party], package, *packages[party + 1 :])
