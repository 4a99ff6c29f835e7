"""What all protocols share: how turns pass, how groups vote at home, and how talks end.

A consequence takes talks and a move that is legal in them to the talks after it; it raises Illegal when the move
is not well formed. Every consequence writes its move down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from negotiation.protocols.moves import Accept, Kinds, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.state import Ending, Illegal, Phase, Talks

Consequence: TypeAlias = Callable[[Talks, Any], Talks]
"""The talks and a legal move of the right kind, to the talks after it."""

NOTHING: Kinds = frozenset()
"""What may be said by a seat that may not speak."""

LAST_ANSWER: Kinds = frozenset({Accept, Reject, Walk})
"""What may be said to the last offer of the last round."""


def last_answer(talks: Talks, party: int) -> Kinds:
    """What a seat may do once the rounds are used up: answer, once, the offer that the last seat has left it.

    The chair may close the talks at any time from then on (`Talks.exhausted`). It does so at once where software
    plays alone (`negotiation.protocols.playout`) and waits for the answer of a person (`agents.table.sit`).
    """
    # The seat whose turn it would be is the first one; after its answer the turn is the next one's.
    faces = party == talks.turn == 0 and talks.proposer not in (None, party)
    return LAST_ANSWER if faces else NOTHING


def turned(talks: Talks, move: Move, standing: int | None, proposer: int | None) -> Talks:
    """The move is said and the turn goes to the next seat; after the last seat a new round begins."""
    turn, number = talks.turn + 1, talks.round
    if turn == len(talks.rules.votes):
        turn, number = 0, number + 1
    # The first seven fields are new, the others as they were: at every turn, `_replace` would take thrice as long.
    first = (talks.rules, (*talks.moves, move), talks.phase, turn, number, standing, proposer)
    return Talks._make(first + talks[len(first) :])


def tabled(talks: Talks, move: Offer) -> None:
    """Check that a package may lie on the table at all; raises Illegal."""
    if not 0 < move.package < talks.rules.packages:
        raise Illegal(f"{move}: packages on offer are 1 to {talks.rules.packages - 1}; the status quo is no offer")
    if move.package in talks.rejected:
        raise Illegal(f"{move}: this package has failed at home and cannot come back unchanged")


def initialled(talks: Talks, move: Accept) -> Talks:
    """Both sides agree on the standing package: it goes home, where every group votes on it."""
    blank = tuple((None,) * len(groups) for groups in talks.rules.votes)
    return turned(talks, move, talks.standing, talks.proposer)._replace(phase=Phase.RATIFY, ballots=blank)


def walked(talks: Talks, move: Walk) -> Talks:
    """A party has left: there is no deal."""
    return closed(recorded(talks, move), "breakdown", move.party, move.reason)


def timed_out(talks: Talks, move: PhaseEnd) -> Talks:
    """The time for bargaining is over without a deal."""
    return closed(recorded(talks, move), "breakdown", unwilling(talks), move.reason)


def voted(talks: Talks, move: Vote) -> Talks:
    """A group has voted; the last vote decides."""
    ballot = talks.ballots[move.party]
    if not 0 <= move.group < len(ballot) or ballot[move.group] is not None:
        raise Illegal(f"{move}: this group has voted or does not exist")
    if move.choice not in (-1, 0, 1):
        raise Illegal(f"{move}: a vote is 1, -1 or 0")
    cast = (*ballot[: move.group], move.choice, *ballot[move.group + 1 :])
    ballots = (*talks.ballots[: move.party], cast, *talks.ballots[move.party + 1 :])
    talks = recorded(talks, move)._replace(ballots=ballots)
    return talks if any(None in each for each in ballots) else counted(talks)


def counted(talks: Talks) -> Talks:
    """Every group has voted: the deal stands, goes back to an empty table, or is dead."""
    against = refusing(talks)
    if against is None:
        return closed(talks._replace(deal=talks.standing), "agreement", None, "ratified by all")
    rejected = (*talks.rejected, talks.standing or 0)
    if len(rejected) > talks.rules.returns:
        return closed(talks._replace(rejected=rejected), "not ratified", against, "the vote at home failed")
    empty = (None,) * len(talks.drafts)
    return talks._replace(phase=Phase.BARGAIN, rejected=rejected, standing=None, proposer=None, drafts=empty)


def passes(votes: Iterable[int], choices: Iterable[int | None]) -> bool:
    """Whether the votes for exceed the votes against; those who abstain count for neither."""
    return sum(weight * (choice or 0) for weight, choice in zip(votes, choices, strict=True)) > 0


def count_votes(votes: Iterable[int], choices: Iterable[int | None]) -> tuple[int, int]:
    """The votes for and the votes against."""
    cast = list(zip(votes, choices, strict=True))
    return sum(weight for weight, choice in cast if choice == 1), sum(weight for weight, choice in cast if choice == -1)


def refusing(talks: Talks) -> int | None:
    """The first country whose groups have voted the package down; None when all have let it pass."""
    votes = talks.rules.votes
    return next((party for party, cast in enumerate(talks.ballots) if not passes(votes[party], cast)), None)


def unwilling(talks: Talks) -> int | None:
    """At the deadline: who stood between the last package and a deal; None when there never was one.

    The party that had not accepted it; its maker when that had withdrawn it; after a failed vote the country
    that refused it.
    """
    withdrawn: set[int] = set()
    for move in reversed(talks.moves):
        match move:
            case Accept():
                return refusing(talks)
            case Withdraw(party):
                withdrawn.add(party)
            case Offer(party):
                return party if party in withdrawn else 1 - party
            case _:
                pass
    return None


def struck(talks: Talks, move: Shock) -> Talks:
    """Something has happened outside; on the table everything lies as it lay."""
    return recorded(talks, move)._replace(shocks=(*talks.shocks, move.name))


def recorded(talks: Talks, move: Move) -> Talks:
    """The move is said and nothing follows from it yet."""
    return talks._replace(moves=(*talks.moves, move))


def closed(talks: Talks, outcome: str, party: int | None, reason: str) -> Talks:
    """The talks are over, in the round that was going on or had just been used up."""
    # The acceptance of the last seat completes its round before the groups at home vote.
    completed = talks.phase is Phase.RATIFY and talks.turn == 0
    number = min(talks.round + (not completed), talks.rules.rounds)
    # What a walk-out leaves under seal stays there: `sealed_from` is not touched.
    return talks._replace(phase=Phase.OVER, ending=Ending(outcome, party, reason, number))
