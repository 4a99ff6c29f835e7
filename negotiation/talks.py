"""The state of a talk: what has been said so far and what follows from it.

    BARGAIN   seats move in turn: offer, accept, hold or walk
    RATIFY    a package is initialled; at home every group votes on it
    OVER      the deal stands, or there is none

Talks hold rules and facts and nothing else: no values, no generator, no clock. They are a fold of their moves
(`negotiation.protocols.advance`), so that replay, undo, storage and exact reproduction need no further code.
Talks and moves are NamedTuples, not dataclasses: they are made once a move, at half the cost.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from negotiation.moves import Move

CHAIR = -1
"""The party that closes a phase; it has no interests and no vote."""


class Phase(StrEnum):
    """Where the talks stand."""

    BARGAIN = "bargain"
    RATIFY = "ratify"
    OVER = "over"


class Rules(NamedTuple):
    """What was agreed about the talks before they began."""

    protocol: str
    packages: int
    """Size of the grid; package 0 is the status quo."""
    votes: tuple[tuple[int, ...], ...]
    """For every party the votes of each of its groups; its length is the number of parties."""
    rounds: int
    """A round is one move of every seat."""
    returns: int = 1
    """How often a failed vote at home sends the delegations back to the table."""

    @property
    def parties(self) -> int:
        """Number of seats."""
        return len(self.votes)


class Ending(NamedTuple):
    """How the talks ended and who ended them."""

    outcome: str
    """`agreement`, `breakdown` or `not ratified`."""
    party: int | None
    """Who walked, or had not accepted at the deadline, or failed to ratify."""
    reason: str
    round: int


class Talks(NamedTuple):
    """A talk after some moves."""

    rules: Rules
    moves: tuple[Move, ...] = ()
    phase: Phase = Phase.BARGAIN
    turn: int = 0
    round: int = 0
    standing: int | None = None
    """The package on the table, or the initialled one while groups vote."""
    proposer: int | None = None
    """Who put it there."""
    ballots: tuple[tuple[int | None, ...], ...] = ()
    """While groups vote: what each has said, by party; None where it has not voted."""
    rejected: tuple[int, ...] = ()
    """Packages that failed at home; they cannot come back unchanged."""
    deal: int | None = None
    ending: Ending | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more can happen."""
        return self.phase is Phase.OVER

    @property
    def exhausted(self) -> bool:
        """Whether the rounds are used up and the chair has to close the bargaining."""
        return self.phase is Phase.BARGAIN and self.round >= self.rules.rounds


class View(NamedTuple):
    """What one party sees."""

    talks: Talks
    party: int


def opening(rules: Rules) -> Talks:
    """The talks before anyone has spoken."""
    return Talks(rules)


def view(talks: Talks, party: int) -> View:
    """The talks as a party sees them; all moves of alternating offers are open, so nothing is hidden here."""
    return View(talks, party)
