"""The state of a talk: what has been said so far and what follows from it.

    REQUEST   every party may ask the others for lines of the agenda; sealed, opened together
    OFFER     every party may table a first draft; sealed, opened together
    BARGAIN   seats move in turn: offer, accept, reject, withdraw, hold or walk
    RATIFY    a package is initialled; at home every group votes on it
    OVER      the deal stands, or there is none

Between two rounds of bargaining something may strike from outside. It is written down with its name; what it does to
anybody's values is for those who hold them.

The first two phases belong to `request_offer` alone. Talks hold rules and facts and nothing else: no values, no
generator, no clock. They are a fold of their moves (`negotiation.protocols.engine.advance`), so that replay, undo,
storage and exact reproduction need no further code. Sealed moves lie among the others from the moment they are
made; only `view` hides them. Talks and moves are NamedTuples, not dataclasses: they are made once a move, at half
the cost.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import prod
from typing import NamedTuple, TypeAlias

from games.errors import refuse
from games.short_repr import short_repr
from negotiation.protocols.moves import Asks, Move, PhaseEnd, Shock, Walk

CHAIR = -1
"""The party that closes a phase; it has no interests and no vote."""

OUTSIDE = -2
"""Whence shocks come; like the chair it sits at no seat."""


class Phase(StrEnum):
    """Where the talks stand."""

    REQUEST = "request"
    OFFER = "offer"
    BARGAIN = "bargain"
    RATIFY = "ratify"
    OVER = "over"


FIRST = {"alternating": Phase.BARGAIN, "request_offer": Phase.REQUEST}
"""The phase in which the talks of each protocol begin."""


class Rules(NamedTuple):
    """What was agreed about the talks before they began."""

    __repr__ = short_repr

    protocol: str
    packages: int
    """Size of the grid; package 0 is the status quo."""
    votes: tuple[tuple[int, ...], ...]
    """For every party the votes of each of its groups; its length is the number of parties."""
    rounds: int
    """Time for bargaining; a round is one move of every seat. Sealed phases take none of it."""
    returns: int = 1
    """How often a failed vote at home sends the delegations back to the table."""
    shape: tuple[int, ...] = ()
    """Levels of every ladder of the agenda; requests and drafts are read with it, alternating offers need none."""
    concedes: tuple[tuple[int, ...], ...] = ()
    """For every party the places of the ladders that nobody else concedes; () when no line is anyone's own."""
    patience: int = 1
    """How often a party may hold in a sealed phase before the chair stops waiting for it."""
    discount: float = 1.0
    """What a deal keeps of its value with every round that goes by; applied by the outcome, never by the talks."""

    @property
    def parties(self) -> int:
        """Number of seats."""
        return len(self.votes)

    def levels(self, package: int) -> tuple[int, ...]:
        """The level of every ladder in a package, by `shape`; the last ladder turns fastest."""
        found: list[int] = []
        for size in reversed(self.shape):
            package, level = divmod(package, size)
            found.append(level)
        return tuple(reversed(found))

    def own(self, party: int) -> tuple[int, ...]:
        """Places of the ladders that only this party concedes."""
        return self.concedes[party] if self.concedes else ()


class Ending(NamedTuple):
    """How the talks ended and who ended them."""

    outcome: str
    """`agreement`, `breakdown` or `not ratified`."""
    party: int | None
    """Who walked, or had not accepted at the deadline, or failed to ratify."""
    reason: str
    round: int


class Talks(NamedTuple):
    """A talk after some moves. The fields that every turn changes stand first."""

    __repr__ = short_repr

    rules: Rules
    moves: tuple[Move, ...] = ()
    phase: Phase = Phase.BARGAIN
    turn: int = 0
    round: int = 0
    standing: int | None = None
    """The package that the party on turn may answer, or the initialled one while groups vote."""
    proposer: int | None = None
    """Who put it there."""
    ballots: tuple[tuple[int | None, ...], ...] = ()
    """While groups vote: what each has said, by party; None where it has not voted."""
    rejected: tuple[int, ...] = ()
    """Packages that failed at home; they cannot come back unchanged."""
    deal: int | None = None
    ending: Ending | None = None
    pending: tuple[int, ...] = ()
    """In a sealed phase: how often each party may still speak; 0 once it has moved or let its time pass."""
    sealed_from: int | None = None
    """Place in `moves` from which on they are sealed: each party sees its own and nobody else's."""
    requests: tuple[Asks | None, ...] = ()
    """What each party has asked for, once requests are opened; None where it asked for nothing."""
    drafts: tuple[int | None, ...] = ()
    """Each party's draft on the table, once first offers are opened; None when withdrawn, rejected or never made."""
    pledges: tuple[int | None, ...] = ()
    """Each party's last draft that it has not withdrawn, still on the table or not: its own lines may not sink
    below it."""
    shocks: tuple[str, ...] = ()
    """What has struck so far from outside, in its order."""

    @property
    def over(self) -> bool:
        """Whether nothing more can happen."""
        return self.phase is Phase.OVER

    @property
    def exhausted(self) -> bool:
        """Whether the phase has run its course and the chair may close it.

        Bargaining ends when its rounds are used up, a sealed phase when nobody may still speak. The last offer of the
        last round may still be answered until the chair closes (`negotiation.protocols.shared.last_answer`).
        """
        if self.phase is Phase.BARGAIN:
            return self.round >= self.rules.rounds
        return self.phase in SEALED and not any(self.pending)

    @property
    def between(self) -> bool:
        """Whether a round of bargaining is about to begin: the time at which shocks strike."""
        return self.phase is Phase.BARGAIN and self.turn == 0 and self.round < self.rules.rounds

    @property
    def sealed(self) -> tuple[Move, ...]:
        """The moves that are still under seal, in the order in which they were made."""
        return () if self.sealed_from is None else self.moves[self.sealed_from :]


SEALED = frozenset({Phase.REQUEST, Phase.OFFER})
"""Phases in which all parties may speak and none hears the others."""


class View(NamedTuple):
    """What one party sees."""

    talks: Talks
    party: int


Mover: TypeAlias = Callable[[View], Move]
"""What sits on a seat: a tactic, a person's browser, or a transcript that is played back."""


class Illegal(ValueError):
    """The move cannot be made now; the talks are unchanged."""


def opening(rules: Rules) -> Talks:
    """The talks before anyone has spoken; InputError when such rules make no talks."""
    if rules.protocol not in FIRST:
        raise refuse("protocol", f"there is no protocol {rules.protocol!r}", f"write one of: {', '.join(FIRST)}")
    if rules.parties != 2:
        raise refuse("seats", f"{rules.parties} seats for {rules.protocol}", "give two: these talks are bilateral")
    if prod(rules.shape) != rules.packages and (rules.shape or rules.protocol == "request_offer"):
        raise refuse("shape", f"{rules.shape} is no grid of {rules.packages} packages", "give the agenda's shape")
    first = FIRST[rules.protocol]
    return sealing(Talks(rules), first) if first in SEALED else Talks(rules, phase=first)


def sealing(talks: Talks, phase: Phase) -> Talks:
    """A sealed phase begins: from here on the parties write, and nobody reads over another's shoulder."""
    chances = (talks.rules.patience,) * talks.rules.parties
    return talks._replace(phase=phase, pending=chances, sealed_from=len(talks.moves))


def view(talks: Talks, party: int) -> View:
    """The talks as a party sees them: without the sealed moves of the others.

    Who has still to speak is no secret (`pending`), nor that somebody has walked out. Envelopes that a walk-out
    left unopened stay closed to the others.
    """
    if talks.sealed_from is None:
        return View(talks, party)
    seen = tuple(move for move in talks.sealed if _is_open_to(move, party))
    return View(talks._replace(moves=talks.moves[: talks.sealed_from] + seen), party)


def _is_open_to(move: Move, party: int) -> bool:
    return isinstance(move, Walk | PhaseEnd | Shock) or move.party == party
