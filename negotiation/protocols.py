"""The rules: what a party may do now, and what follows from it.

`legal` feeds the buttons of a seat and the check of the engine alike. `advance` checks a move and folds it into
the talks; it never computes a value, draws a number or looks at a clock.

One protocol so far, `alternating`: two delegations make offers in turn (Rubinstein 1982, with a deadline); an
accepted package is initialled and goes home; a failed vote sends it back to the table as often as the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from negotiation.moves import Accept, Hold, Move, Offer, PhaseEnd, Vote, Walk
from negotiation.talks import CHAIR, Ending, Phase, Rules, Talks, opening

PROTOCOLS = ("alternating",)

NOTHING: frozenset[type[Move]] = frozenset()
OPEN: frozenset[type[Move]] = frozenset({Offer, Hold, Walk})
ANSWER: frozenset[type[Move]] = frozenset({Offer, Accept, Hold, Walk})
BALLOT: frozenset[type[Move]] = frozenset({Vote})
CLOSE: frozenset[type[Move]] = frozenset({PhaseEnd})


class Illegal(ValueError):
    """The move cannot be made now; the talks are unchanged."""


def legal(talks: Talks, party: int) -> frozenset[type[Move]]:
    """The kinds of move that a party may make now; the chair is the party `CHAIR`."""
    if talks.over:
        return NOTHING
    if party == CHAIR:
        return CLOSE if talks.exhausted else NOTHING
    if talks.phase is Phase.RATIFY:
        return BALLOT if None in talks.ballots[party] else NOTHING
    if party != talks.turn or talks.exhausted:
        return NOTHING
    return OPEN if talks.proposer in (None, party) else ANSWER


def advance(talks: Talks, move: Move) -> Talks:
    """The talks after a legal move; raises Illegal otherwise."""
    party = CHAIR if isinstance(move, PhaseEnd) else move.party
    if type(move) not in legal(talks, party):
        raise Illegal(f"{move} is not legal in round {talks.round + 1} ({talks.phase})")
    talks = talks._replace(moves=(*talks.moves, move))
    match move:
        case Offer():
            return _offered(talks, move)
        case Accept():
            return _initialled(talks)
        case Hold():
            return _passed(talks)
        case Walk():
            return _closed(talks, "breakdown", move.party, move.reason)
        case Vote():
            return _voted(talks, move)
        case PhaseEnd():
            return _closed(talks, "breakdown", _unwilling(talks), move.reason)


def replay(rules: Rules, moves: Iterable[Move]) -> Talks:
    """The talks that these moves make."""
    return reduce(advance, moves, opening(rules))


def passes(votes: Iterable[int], choices: Iterable[int | None]) -> bool:
    """Whether the votes for exceed the votes against; those who abstain count for neither."""
    return sum(weight * (choice or 0) for weight, choice in zip(votes, choices, strict=True)) > 0


def _offered(talks: Talks, move: Offer) -> Talks:
    if not 0 < move.package < talks.rules.packages:
        raise Illegal(f"{move}: packages on offer are 1 to {talks.rules.packages - 1}; the status quo is no offer")
    if move.package in talks.rejected:
        raise Illegal(f"{move}: this package has failed at home and cannot come back unchanged")
    return _passed(talks._replace(standing=move.package, proposer=move.party))


def _passed(talks: Talks) -> Talks:
    """The turn goes to the next seat; after the last seat a new round begins."""
    turn = talks.turn + 1
    return talks._replace(turn=turn % talks.rules.parties, round=talks.round + turn // talks.rules.parties)


def _initialled(talks: Talks) -> Talks:
    blank = tuple((None,) * len(groups) for groups in talks.rules.votes)
    return _passed(talks)._replace(phase=Phase.RATIFY, ballots=blank)


def _voted(talks: Talks, move: Vote) -> Talks:
    ballot = talks.ballots[move.party]
    if not 0 <= move.group < len(ballot) or ballot[move.group] is not None:
        raise Illegal(f"{move}: this group has voted or does not exist")
    if move.choice not in (-1, 0, 1):
        raise Illegal(f"{move}: a vote is 1, -1 or 0")
    cast = (*ballot[: move.group], move.choice, *ballot[move.group + 1 :])
    ballots = (*talks.ballots[: move.party], cast, *talks.ballots[move.party + 1 :])
    talks = talks._replace(ballots=ballots)
    return talks if any(None in each for each in ballots) else _counted(talks)


def _counted(talks: Talks) -> Talks:
    """Every group has voted: the deal stands, goes back to the table, or is dead."""
    refusing = next((at for at, votes in enumerate(talks.rules.votes) if not passes(votes, talks.ballots[at])), None)
    if refusing is None:
        return _closed(talks._replace(deal=talks.standing), "agreement", None, "ratified by all")
    rejected = (*talks.rejected, talks.standing or 0)
    if len(rejected) > talks.rules.returns:
        return _closed(talks._replace(rejected=rejected), "not ratified", refusing, "the vote at home failed")
    return talks._replace(phase=Phase.BARGAIN, rejected=rejected, standing=None, proposer=None)


def _unwilling(talks: Talks) -> int | None:
    """At the deadline: the party that had not accepted the last package on the table."""
    maker = next((move.party for move in reversed(talks.moves) if isinstance(move, Offer)), None)
    return None if maker is None else next(at for at in range(talks.rules.parties) if at != maker)


def _closed(talks: Talks, outcome: str, party: int | None, reason: str) -> Talks:
    number = min(talks.round + 1, talks.rules.rounds)
    return talks._replace(phase=Phase.OVER, ending=Ending(outcome, party, reason, number))
