"""Talks played to their end by software alone: the plain fold that every other stage is measured against.

    phase             who speaks                                     what they see
    between rounds    the world outside, if it has something to say
    REQUEST, OFFER    all who may still speak, then the chair        the talks before any of them speaks
    BARGAIN           the party on turn; the chair when time is up   the talks so far
    RATIFY            every group of every country, in order         the initialled package, and no other vote

Software gets no answer to the last offer of the last round: the chair closes as soon as the rounds are used up.
A mover that breaks the rules raises Illegal: a tactic is a program, and its faults are not smoothed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from negotiation.protocols.engine import advance, legal
from negotiation.protocols.moves import Move, PhaseEnd, Shock, Vote
from negotiation.protocols.state import CHAIR, OUTSIDE, Mover, Phase, Rules, Talks, opening, view

Voter: TypeAlias = Callable[[Talks], int]
"""A group at home: talks in which a package is initialled to 1 for, -1 against, 0 abstains."""

Events: TypeAlias = Callable[[Talks], tuple[Move, ...]]
"""The world outside: the talks so far to what strikes now, mostly nothing."""

CLOSING = {
    Phase.REQUEST: "all requests are in",
    Phase.OFFER: "all first offers are in",
    Phase.BARGAIN: "the time for bargaining is over",
}
"""What the chair says when it closes a phase."""


def quiet(_: Talks) -> tuple[Move, ...]:
    """A world in which nothing happens."""
    return ()


def scheduled(shocks: Iterable[tuple[int, str]]) -> Events:
    """A world in which shocks strike by plan: each with the round before which it does, the first being 1."""
    course = sorted(shocks, key=lambda shock: shock[0])
    if not course:
        return quiet

    def due(talks: Talks) -> tuple[Move, ...]:
        if not legal(talks, OUTSIDE):
            return ()
        return tuple(Shock(name) for number, name in course[len(talks.shocks) :] if number <= talks.round + 1)

    return due


def strikes(talks: Talks) -> tuple[tuple[int, str], ...]:
    """Every shock that has struck: before which round, the first being 1, and its name."""
    state, found = opening(talks.rules), list[tuple[int, str]]()
    for move in talks.moves:
        if isinstance(move, Shock):
            found.append((state.round + 1, move.name))
        state = advance(state, move)
    return tuple(found)


def play(rules: Rules, movers: Sequence[Mover], voters: Sequence[Sequence[Voter]], events: Events = quiet) -> Talks:
    """The finished talks of these movers, one a party, and these voters, one a group of each party."""
    talks = opening(rules)
    while talks.ending is None:
        # Nearly all moves are a single seat's in its turn: they need not ask who else may speak.
        if events is quiet and talks.phase is Phase.BARGAIN and not talks.exhausted:
            talks = advance(talks, movers[talks.turn](view(talks, talks.turn)))
        else:
            talks = heard(talks, upcoming(talks, movers, voters, events))
    return talks


def upcoming(
    talks: Talks, movers: Sequence[Mover], voters: Sequence[Sequence[Voter]], events: Events = quiet
) -> tuple[Move, ...]:
    """The moves that are made next, at one and the same moment: nobody who makes one has seen another."""
    if legal(talks, CHAIR):
        return (PhaseEnd(CLOSING[talks.phase]),)
    struck = events(talks)
    if struck:
        return struck
    if talks.phase is Phase.RATIFY:
        return tuple(
            Vote(party, group, voter(talks)) for party, home in enumerate(voters) for group, voter in enumerate(home)
        )
    able = [party for party in range(talks.rules.parties) if legal(talks, party)]
    return tuple(movers[party](view(talks, party)) for party in able)


def heard(talks: Talks, moves: Iterable[Move]) -> Talks:
    """The talks after moves of one moment; what is said after somebody has walked out goes unheard."""
    for move in moves:
        if talks.over:
            break
        talks = advance(talks, move)
    return talks
