"""Queries on talks: what was offered, refused and voted, and what a party may still offer.

They hold no value and draw no number; a query reads the talks and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from negotiation.protocols.engine import advance
from negotiation.protocols.home_vote import count_votes, passes
from negotiation.protocols.moves import Accept, Move, Offer, PhaseEnd, Reject, Vote, Walk
from negotiation.protocols.state import Talks, open_talks


def is_made_by(move: Move, party: int) -> bool:
    """Return whether a delegation made a move. A vote is a move of its groups, not of the delegation."""
    return not isinstance(move, Vote) and getattr(move, "party", None) == party


class OfferMade(NamedTuple):
    """An offer: party, round (0 for a sealed first draft) and package."""

    party: int
    round: int
    package: int


def list_offers(talks: Talks) -> tuple[OfferMade, ...]:
    """Return all visible offers of the talks, in order."""
    return tuple(_offers(talks))


def _offers(talks: Talks) -> Iterator[OfferMade]:
    state = open_talks(talks.rules)
    for move in talks.moves:
        if isinstance(move, Offer):
            number = 0 if state.sealed_from is not None else state.round + 1
            yield OfferMade(move.party, number, move.package)
        state = advance(state, move)


def find_last_offer(talks: Talks, party: int, back: int = 0) -> int | None:
    """Return a package that a party offered.

    Parameters
    ----------
    talks
        The talks.
    party
        Number of the party.
    back
        0 for its last offer, 1 for the one before, and so on.

    Returns
    -------
    int | None
        The package; None when there is no such offer.
    """
    own = [said.package for said in list_offers(talks) if said.party == party]
    return own[-1 - back] if len(own) > back else None


def find_facing_offer(talks: Talks, party: int) -> int | None:
    """Return the package of the other side that is on the table; None when there is none or the talks are over."""
    return talks.standing if talks.proposer == 1 - party and not talks.over else None


def find_offer_at_end(talks: Talks, party: int) -> int | None:
    """Return the package of the other side that was on the table at the end of the talks; None when there was none."""
    if talks.drafts:
        return talks.drafts[1 - party]
    return talks.standing if talks.proposer == 1 - party else None


def find_refused_offer(talks: Talks, party: int) -> int | None:
    """Return the last offer of the last round when this party rejected it and so ended the talks; else None."""
    match talks.moves[-2:]:
        case (Reject(by), PhaseEnd()) if by == party:
            return find_last_offer(talks, 1 - party)
        case _:
            return None


def ending_kind(talks: Talks) -> str:
    """Return how talks without a deal ended: "walk", "vote" (it failed and no round was left) or "time"."""
    match talks.moves[-2:]:
        case (*_, Walk()):
            return "walk"
        case (Vote(), PhaseEnd()):
            return "vote"
        case _:
            return "time"


class FailedVote(NamedTuple):
    """A package that was signed and then voted down, in talks that continue."""

    signer: int
    """The party that accepted the other's offer."""
    counts: tuple[tuple[int, int], ...]
    """The votes for and against, by party."""
    refusing: tuple[int, ...]
    """The parties whose groups voted it down."""


def find_failed_vote(talks: Talks, party: int) -> FailedVote | None:
    """Return the vote at home that failed since this party's last move; None when there was none."""
    since = next((at for at in reversed(range(len(talks.moves))) if is_made_by(talks.moves[at], party)), 0)
    moves = talks.moves[since:]
    if talks.over or not any(isinstance(move, Vote) for move in moves):
        return None
    cast = list(zip(talks.rules.votes, talks.ballots, strict=True))
    return FailedVote(
        signer=next(move.party for move in reversed(moves) if isinstance(move, Accept)),
        counts=tuple(count_votes(weights, ballot) for weights, ballot in cast),
        refusing=tuple(at for at, (weights, ballot) in enumerate(cast) if not passes(weights, ballot)),
    )


def is_last_move(talks: Talks) -> bool:
    """Return whether no turn is left after this one, so that a failed vote would end the talks."""
    return talks.round + (talks.turn == talks.rules.parties - 1) >= talks.rules.rounds


def has_last_turn(talks: Talks, party: int) -> bool:
    """Return whether this is the last turn of the talks and it is this party's: no answer can follow."""
    rules = talks.rules
    return talks.turn == party == rules.parties - 1 and talks.round == rules.rounds - 1


def pledge_levels(talks: Talks, party: int) -> dict[int, int]:
    """Return the lines of this party's pledge: the lowest level that it may offer, by line."""
    pledge = talks.pledges[party] if talks.pledges else None
    if pledge is None:
        return {}
    levels = talks.rules.levels(pledge)
    return {place: levels[place] for place in talks.rules.own(party)}


def default_draft(talks: Talks, party: int) -> tuple[int, ...]:
    """Return the first draft to show: the party's last offer, else its requests, else every line at level 0."""
    mine = find_last_offer(talks, party)
    if mine is not None:
        return talks.rules.levels(mine)
    asked = dict(talks.requests[party] or ()) if talks.requests else {}
    return tuple(asked.get(place, 0) for place in range(len(talks.rules.shape)))


def find_offer_fault(talks: Talks, party: int, levels: Sequence[int], package: int) -> str | None:
    """Return why these levels cannot be offered.

    Parameters
    ----------
    talks
        The talks.
    party
        Number of the party.
    levels
        Levels of the draft, by line.
    package
        The same levels as a package.

    Returns
    -------
    str | None
        "today" (the status quo), "failed" (voted down before), "promised" (below a pledge); None when they can be
        offered.
    """
    if package == talks.rules.status_quo:
        return "today"
    if package in talks.rejected:
        return "failed"
    return "promised" if any(levels[place] < low for place, low in pledge_levels(talks, party).items()) else None
