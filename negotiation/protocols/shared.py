"""Consequences that all protocols share: the change of turn, the votes at home, and the end of the talks.

A consequence takes talks and a move that is legal in them and returns the talks after it. It raises Illegal when the
move is not well formed. Every consequence records its move.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from games.messages import message
from negotiation.protocols.home_vote import passes
from negotiation.protocols.moves import Accept, Kinds, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.state import Ending, IllegalMove, Phase, Result, Talks

Transition: TypeAlias = Callable[[Talks, Any], Talks]
"""Function from talks and a legal move of one kind to the talks after it."""

RATIFIED = message("ratified by all")
VOTED_DOWN = message("the vote at home failed")
"""Reasons for which talks end after the votes at home."""

NO_MOVES: Kinds = frozenset()
"""The legal moves of a party that may not move."""

LAST_ANSWER: Kinds = frozenset({Accept, Reject, Walk})
"""The legal answers to the last offer of the last round."""


def last_answer(talks: Talks, party: int) -> Kinds:
    """The legal moves of a party after the last round: one answer to the last offer of the last seat.

    The chair may close the talks at any time from then on (`Talks.can_close`). It closes them at once in talks of
    software alone (`negotiation.protocols.playout`) and waits for the answer of a person
    (`agents.solo_play.run_solo_talks`).
    """
    # After the last round it is the first seat's turn; its answer passes the turn, so that it has only one.
    faces = party == talks.turn == 0 and talks.proposer not in (None, party)
    return LAST_ANSWER if faces else NO_MOVES


def pass_turn(talks: Talks, move: Move, standing: int | None, proposer: int | None) -> Talks:
    """Record a move, set the standing package, and pass the turn; after the last seat a new round begins.

    Parameters
    ----------
    talks
        The talks before the move.
    move
        The move of the party on turn.
    standing
        The package that the next party may answer; None when there is none.
    proposer
        The party that offered `standing`; None when there is none.

    Returns
    -------
    Talks
        The talks after the move.
    """
    turn, number = talks.turn + 1, talks.round
    if turn == len(talks.rules.votes):
        turn, number = 0, number + 1
    # The first seven fields are new, the others unchanged; `_replace` would take three times as long in every turn.
    first = (talks.rules, (*talks.moves, move), talks.phase, turn, number, standing, proposer)
    return Talks._make(first + talks[len(first) :])


def check_offer(talks: Talks, move: Offer) -> None:
    """Raise Illegal when the package of an offer does not exist, is the status quo, or has failed at home."""
    if not 0 <= move.package < talks.rules.packages:
        first = int(talks.rules.status_quo == 0)
        raise IllegalMove(f"{move}: packages on offer are {first} to {talks.rules.packages - 1}")
    if move.package == talks.rules.status_quo:
        raise IllegalMove(f"{move}: the status quo is no offer")
    if move.package in talks.rejected:
        raise IllegalMove(f"{move}: this package has failed at home and cannot come back unchanged")


def apply_accept(talks: Talks, move: Accept) -> Talks:
    """Initial the standing package: bargaining stops, and every group at home votes on it."""
    blank = tuple((None,) * len(groups) for groups in talks.rules.votes)
    return pass_turn(talks, move, talks.standing, talks.proposer)._replace(phase=Phase.RATIFY, ballots=blank)


def apply_walk(talks: Talks, move: Walk) -> Talks:
    """End the talks without a deal, because a party walks out."""
    return end_talks(record_move(talks, move), "breakdown", move.party, move.reason)


def apply_deadline(talks: Talks, move: PhaseEnd) -> Talks:
    """End the talks without a deal, because the time for bargaining is over."""
    return end_talks(record_move(talks, move), "breakdown", unwilling_party(talks), move.reason)


def apply_vote(talks: Talks, move: Vote) -> Talks:
    """Record a group's vote; the last one decides. Raises IllegalMove for a second vote, an unknown group or choice."""
    ballot = talks.ballots[move.party]
    if not 0 <= move.group < len(ballot) or ballot[move.group] is not None:
        raise IllegalMove(f"{move}: this group has voted or does not exist")
    if move.choice not in (-1, 0, 1):
        raise IllegalMove(f"{move}: a vote is 1, -1 or 0")
    cast = (*ballot[: move.group], move.choice, *ballot[move.group + 1 :])
    ballots = (*talks.ballots[: move.party], cast, *talks.ballots[move.party + 1 :])
    talks = record_move(talks, move)._replace(ballots=ballots)
    return talks if any(None in each for each in ballots) else apply_vote_result(talks)


def apply_vote_result(talks: Talks) -> Talks:
    """Apply the result of the votes at home: a deal, a return to bargaining, or the end without a deal.

    On a return, no package and no draft stands.
    """
    against = refusing_party(talks)
    if against is None:
        return end_talks(talks._replace(deal=talks.standing), "agreement", None, RATIFIED)
    rejected = (*talks.rejected, talks.standing or 0)
    if len(rejected) > talks.rules.returns:
        return end_talks(talks._replace(rejected=rejected), "not ratified", against, VOTED_DOWN)
    empty = (None,) * len(talks.drafts)
    return talks._replace(phase=Phase.BARGAIN, rejected=rejected, standing=None, proposer=None, drafts=empty)


def refusing_party(talks: Talks) -> int | None:
    """The first country whose groups have refused the package; None when all have ratified it."""
    votes = talks.rules.votes
    return next((party for party, cast in enumerate(talks.ballots) if not passes(votes[party], cast)), None)


def unwilling_party(talks: Talks) -> int | None:
    """The party that prevented a deal on the last package at the deadline; None when there was no offer.

    It is the party that had not accepted the package, or its maker when that had withdrawn it. After a failed vote it
    is the country that refused it.
    """
    withdrawn: set[int] = set()
    for move in reversed(talks.moves):
        match move:
            case Accept():
                return refusing_party(talks)
            case Withdraw(party):
                withdrawn.add(party)
            case Offer(party):
                return party if party in withdrawn else 1 - party
            case _:
                pass
    return None


def apply_shock(talks: Talks, move: Shock) -> Talks:
    """Record a shock; offers and turns stay as they are."""
    return record_move(talks, move)._replace(shocks=(*talks.shocks, move.name))


def record_move(talks: Talks, move: Move) -> Talks:
    """Record a move without further consequences."""
    return talks._replace(moves=(*talks.moves, move))


def end_talks(talks: Talks, outcome: Result, party: int | None, reason: str) -> Talks:
    """End the talks, in the current round or in the one that has just been completed.

    Parameters
    ----------
    talks
        The talks, with the last move recorded.
    outcome
        `agreement`, `breakdown` or `not ratified`.
    party
        The party that ended them; None after an agreement, and where no party is responsible.
    reason
        Why they ended, in words.

    Returns
    -------
    Talks
        The talks in phase OVER, with their ending.
    """
    # When the last seat accepts, its round is complete before the groups at home vote.
    completed = talks.phase is Phase.RATIFY and talks.turn == 0
    number = min(talks.round + (not completed), talks.rules.rounds)
    # Moves that are sealed at a walk-out stay sealed: `sealed_from` does not change.
    return talks._replace(phase=Phase.OVER, ending=Ending(outcome, party, reason, number))
