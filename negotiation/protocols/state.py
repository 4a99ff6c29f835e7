"""The state of the talks: the moves so far and what follows from them.

    REQUEST   every party may request lines of the agenda from the others; sealed, opened together
    OFFER     every party may offer a first draft; sealed, opened together
    BARGAIN   parties move in turn: offer, accept, reject, withdraw, hold or walk
    RATIFY    a package is initialled; at home every group votes on it
    OVER      the deal is in force, or there is none

Between two rounds of bargaining outside shocks may occur. The talks record a shock by name only; its effect on values
is computed where the values are held.

Only `request_offer` has the first two phases. Talks contain rules and facts: no values, no generator, no clock. They
are a fold of their moves (`negotiation.protocols.engine.advance`), so that replay, undo, storage and exact reproduction
need no further code. Sealed moves are stored among the others from the moment they are made; only `view` hides them.
Talks and moves are NamedTuples, not dataclasses: one is created for each move, at half the cost.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import prod
from typing import Literal, NamedTuple, TypeAlias

from games.errors import input_error
from games.short_repr import short_repr
from negotiation.protocols.moves import Move, PhaseEnd, RequestedLevels, Shock, Walk

CHAIR = -1
"""The party that closes a phase; it has no interests and no vote."""

OUTSIDE = -2
"""The source of shocks; like the chair it has no seat."""


class Phase(StrEnum):
    """The phases of the talks."""

    REQUEST = "request"
    OFFER = "offer"
    BARGAIN = "bargain"
    RATIFY = "ratify"
    OVER = "over"


FIRST = {"alternating": Phase.BARGAIN, "request_offer": Phase.REQUEST}
"""The first phase of the talks, by protocol."""


class Rules(NamedTuple):
    """The rules of the talks, fixed before they begin."""

    __repr__ = short_repr

    protocol: str
    """`alternating` or `request_offer`."""
    packages: int
    """Size of the grid."""
    votes: tuple[tuple[int, ...], ...]
    """The votes of each group, by party; its length is the number of parties."""
    rounds: int
    """Number of rounds of bargaining; a round is one move of every seat. Sealed phases take no rounds."""
    returns: int = 1
    """How often bargaining resumes after a failed vote at home."""
    shape: tuple[int, ...] = ()
    """Number of levels of every ladder. Requests and drafts need it; alternating offers do not."""
    concedes: tuple[tuple[int, ...], ...] = ()
    """By party, the places of the ladders that only this party concedes; () when there are no such lines."""
    patience: int = 1
    """How often a party may hold in a sealed phase before the chair may close it without a move of this party."""
    discount: float = 1.0
    """Share of a deal's value that remains after each completed round; the outcome applies it, the talks do not."""
    status_quo: int | None = 0
    """The package that is the status quo and no offer; None where every package can be offered."""

    @property
    def parties(self) -> int:
        """Number of seats."""
        return len(self.votes)

    def levels(self, package: int) -> tuple[int, ...]:
        """The level of every ladder in a package, computed from `shape`; the last ladder changes fastest."""
        found: list[int] = []
        for size in reversed(self.shape):
            package, level = divmod(package, size)
            found.append(level)
        return tuple(reversed(found))

    def own(self, party: int) -> tuple[int, ...]:
        """Places of the ladders that only this party concedes."""
        return self.concedes[party] if self.concedes else ()


Result: TypeAlias = Literal["agreement", "breakdown", "not ratified"]
"""How talks can end."""


class Ending(NamedTuple):
    """How the talks ended, and which party ended them."""

    outcome: Result
    """`agreement`, `breakdown` or `not ratified`."""
    party: int | None
    """The party that walked, had not accepted at the deadline, or failed to ratify; None where there is none."""
    reason: str
    round: int


class Talks(NamedTuple):
    """The talks after some moves. The fields that change in every turn stand first."""

    __repr__ = short_repr

    rules: Rules
    moves: tuple[Move, ...] = ()
    phase: Phase = Phase.BARGAIN
    turn: int = 0
    round: int = 0
    standing: int | None = None
    """The package that the party on turn may answer, or the initialled one while groups vote."""
    proposer: int | None = None
    """The party that offered it."""
    ballots: tuple[tuple[int | None, ...], ...] = ()
    """During a vote: the vote of each group, by party; None where it has not voted."""
    rejected: tuple[int, ...] = ()
    """Packages that failed at home; they cannot be offered again."""
    deal: int | None = None
    """The ratified package; None without one."""
    ending: Ending | None = None
    """How the talks ended; None while they continue."""
    pending: tuple[int, ...] = ()
    """In a sealed phase: how often each party may still move; 0 once it has moved or used up its holds."""
    sealed_from: int | None = None
    """Index in `moves` from which moves are sealed: each party sees only its own. None when nothing is sealed."""
    requests: tuple[RequestedLevels | None, ...] = ()
    """The requests of each party, once they are opened; None where it requested nothing."""
    drafts: tuple[int | None, ...] = ()
    """Each party's standing draft, once first offers are opened; None when withdrawn, rejected or never made."""
    pledges: tuple[int | None, ...] = ()
    """Each party's last draft that it has not withdrawn, also when it was rejected. The party may not offer its own
    lines at lower levels."""
    shocks: tuple[str, ...] = ()
    """Names of the shocks so far, in their order."""

    @property
    def over(self) -> bool:
        """Whether the talks have ended."""
        return self.phase is Phase.OVER

    @property
    def can_close(self) -> bool:
        """Whether the chair may close the phase.

        Bargaining can be closed when its rounds are used up, a sealed phase when no party may still move. The last
        offer of the last round may be answered until the chair closes the phase
        (`negotiation.protocols.shared.last_answer`).
        """
        if self.phase is Phase.BARGAIN:
            return self.round >= self.rules.rounds
        return self.phase in SEALED and not any(self.pending)

    @property
    def between_rounds(self) -> bool:
        """Whether a round of bargaining is about to begin; shocks occur only then."""
        return self.phase is Phase.BARGAIN and self.turn == 0 and self.round < self.rules.rounds

    @property
    def sealed_moves(self) -> tuple[Move, ...]:
        """The moves that are still sealed, in their order."""
        return () if self.sealed_from is None else self.moves[self.sealed_from :]


SEALED = frozenset({Phase.REQUEST, Phase.OFFER})
"""Phases in which every party may move and no party sees the moves of the others."""


class View(NamedTuple):
    """The talks as one party sees them."""

    talks: Talks
    party: int


Mover: TypeAlias = Callable[[View], Move]
"""Function from a view to a move: a tactic, a person's browser, or the replay of a transcript."""


class IllegalMove(ValueError):
    """The move cannot be made now; the talks are unchanged."""


def open_talks(rules: Rules) -> Talks:
    """Return the talks before the first move.

    Parameters
    ----------
    rules
        Rules of the talks.

    Returns
    -------
    Talks
        Without moves, in the first phase of the protocol.

    Raises
    ------
    InputError
        For an unknown protocol, for a number of seats other than two, and for a shape that does not match the number of
        packages.
    """
    if rules.protocol not in FIRST:
        raise input_error("protocol", f"there is no protocol {rules.protocol!r}", f"write one of: {', '.join(FIRST)}")
    if rules.parties != 2:
        raise input_error("seats", f"{rules.parties} seats for {rules.protocol}", "give two: these talks are bilateral")
    if prod(rules.shape) != rules.packages and (rules.shape or rules.protocol == "request_offer"):
        raise input_error("shape", f"{rules.shape} is no grid of {rules.packages} packages", "give the agenda's shape")
    first = FIRST[rules.protocol]
    return begin_sealed_phase(Talks(rules), first) if first in SEALED else Talks(rules, phase=first)


def begin_sealed_phase(talks: Talks, phase: Phase) -> Talks:
    """Begin a sealed phase: each party may move, and no party sees the moves of the others."""
    chances = (talks.rules.patience,) * talks.rules.parties
    return talks._replace(phase=phase, pending=chances, sealed_from=len(talks.moves))


def view(talks: Talks, party: int) -> View:
    """Return the talks as a party sees them: without the sealed moves of the others.

    Which parties may still move (`pending`) is visible, and so is a walk-out. Moves that were still sealed at a
    walk-out stay hidden from the others.

    Parameters
    ----------
    talks
        The talks so far.
    party
        Number of the party, from 0.

    Returns
    -------
    View
        The visible talks and the party.
    """
    if talks.sealed_from is None:
        return View(talks, party)
    seen = tuple(move for move in talks.sealed_moves if _is_open_to(move, party))
    return View(talks._replace(moves=talks.moves[: talks.sealed_from] + seen), party)


def _is_open_to(move: Move, party: int) -> bool:
    return isinstance(move, Walk | PhaseEnd | Shock) or move.party == party
