"""Run talks to their end with software alone.

    phase             who moves                                      what they see
    between rounds    the outside, if a shock is due                 the talks so far
    REQUEST, OFFER    all who may still move, then the chair         the talks before any of them moves
    BARGAIN           the party on turn; the chair when time is up   the talks so far
    RATIFY            every group of every country, in order         the initialled package, and no other vote

Software gets no answer to the last offer of the last round: the chair closes the phase as soon as the rounds are used
up. A mover that breaks the rules raises Illegal; errors of a tactic are not corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from games.messages import message
from negotiation.protocols.engine import advance, legal
from negotiation.protocols.moves import TIME_IS_OVER, Move, PhaseEnd, Shock, Vote
from negotiation.protocols.state import CHAIR, OUTSIDE, Mover, Phase, Rules, Talks, open_talks, view

Voter: TypeAlias = Callable[[Talks], int]
"""A group at home: function from talks with an initialled package to 1 for, -1 against, 0 abstains."""

Events: TypeAlias = Callable[[Talks], tuple[Move, ...]]
"""Function from the talks so far to the shocks that occur now, usually none."""

CLOSING = {
    Phase.REQUEST: message("all requests are in"),
    Phase.OFFER: message("all first offers are in"),
    Phase.BARGAIN: TIME_IS_OVER,
}
"""The reason that the chair gives when it closes a phase."""


def no_events(_: Talks) -> tuple[Move, ...]:
    """Return no events."""
    return ()


def plan_shocks(shocks: Iterable[tuple[int, str]]) -> Events:
    """Make events from a plan of shocks: pairs of the round that a shock precedes, from 1, and its name."""
    course = sorted(shocks, key=lambda shock: shock[0])
    if not course:
        return no_events

    def due(talks: Talks) -> tuple[Move, ...]:
        if not legal(talks, OUTSIDE):
            return ()
        return tuple(Shock(name) for number, name in course[len(talks.shocks) :] if number <= talks.round + 1)

    return due


def list_shocks(talks: Talks) -> tuple[tuple[int, str], ...]:
    """List the shocks so far: number of the round that each preceded, from 1, and its name."""
    state, found = open_talks(talks.rules), list[tuple[int, str]]()
    for move in talks.moves:
        if isinstance(move, Shock):
            found.append((state.round + 1, move.name))
        state = advance(state, move)
    return tuple(found)


def run_talks(
    rules: Rules, movers: Sequence[Mover], voters: Sequence[Sequence[Voter]], events: Events = no_events
) -> Talks:
    """Run talks from the opening to their end.

    Parameters
    ----------
    rules
        Rules of the talks.
    movers
        One mover for each party.
    voters
        For each party, one voter for each of its groups.
    events
        Outside shocks; none by default.

    Returns
    -------
    Talks
        The finished talks.

    Raises
    ------
    InputError
        When the rules are not valid.
    Illegal
        When a mover or voter breaks the rules.
    """
    talks = open_talks(rules)
    while talks.ending is None:
        # Shortcut for nearly all moves: one party moves in its turn, so the other checks are not needed.
        if events is no_events and talks.phase is Phase.BARGAIN and not talks.can_close:
            talks = advance(talks, movers[talks.turn](view(talks, talks.turn)))
        else:
            talks = apply_moves(talks, next_moves(talks, movers, voters, events))
    return talks


def next_moves(
    talks: Talks, movers: Sequence[Mover], voters: Sequence[Sequence[Voter]], events: Events = no_events
) -> tuple[Move, ...]:
    """Return the next moves, made at the same time: no mover has seen another one's move.

    Parameters
    ----------
    talks
        The talks so far; they are not over.
    movers
        One mover for each party.
    voters
        For each party, one voter for each of its groups.
    events
        Outside shocks; none by default.

    Returns
    -------
    tuple of Move
        The close of a phase by the chair, the shocks that are due, all votes at home, or one move of each party that
        may move.
    """
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


def apply_moves(talks: Talks, moves: Iterable[Move]) -> Talks:
    """Apply moves that were made at the same time; moves after the end of the talks are dropped."""
    for move in moves:
        if talks.over:
            break
        talks = advance(talks, move)
    return talks
