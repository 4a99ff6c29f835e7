"""Mandates: what a capital forbids its delegation, and what it tells it to ask for.

A red line keeps one issue between two levels, unless other issues make up for crossing it. A delegation's
faithfulness to its mandate is one of the two scores of a workshop, the other being the value obtained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from games.errors import refuse
from negotiation.agenda.package_grid import Agenda, Mask
from negotiation.preferences.scored import Least, level, reached
from negotiation.protocols.moves import Accept, Move, Offer, Request


@dataclass(frozen=True, slots=True, init=False)
class RedLine:
    """A limit that a delegation may not cross: an issue stays from `low` to `high`, or all of `unless` is reached."""

    ladder: str
    low: int
    high: int | None
    """None is no limit upwards."""
    unless: Least
    """The levels of other issues that lift the limit, all of them together; empty when nothing does."""
    text: str
    """The limit as a role card says it."""

    def __init__(
        self,
        ladder: str,
        low: int = 0,
        high: int | None = None,
        unless: Mapping[str, int] | Iterable[tuple[str, int]] = (),
        text: str = "",
    ) -> None:
        """Read the exception in any order; InputError when no level lies between the limits."""
        if low < 0 or (high is not None and high < low):
            raise refuse(f"red line on {ladder}", f"no level lies from {low} to {high}", "write low <= high, from 0 up")
        put = object.__setattr__
        put(self, "ladder", ladder)
        put(self, "low", low)
        put(self, "high", high)
        put(self, "unless", tuple(sorted(dict(unless).items())))
        put(self, "text", text)


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a delegation was sent with."""

    red_lines: tuple[RedLine, ...] = ()
    priorities: tuple[str, ...] = ()
    """Ladders that it is told to put into its requests."""


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """How far a delegation did what it was sent to do; None where its mandate says nothing."""

    red_lines: float | None
    """The share of red lines that were kept in every package which the delegation offered or signed."""
    priorities: float | None
    """The share of priorities that were raised in a request."""

    def to_dict(self) -> dict[str, float | None]:
        """The two shares as they stand in JSON."""
        return {"red_lines": self.red_lines, "priorities": self.priorities}


def kept(agenda: Agenda, red_lines: Iterable[RedLine]) -> Mask:
    """The packages that keep every red line, (packages,). InputError for issues that are not on the agenda."""
    always = np.ones((1,) * len(agenda.ladders), dtype=np.bool_)
    mask = reduce(np.logical_and, (_within(agenda, line) for line in red_lines), always)
    return np.broadcast_to(mask, agenda.shape).flatten()


def offered_or_signed(party: int, moves: Iterable[Move]) -> tuple[int, ...]:
    """Every package that a party has offered or accepted, whatever came of it, in the order of the moves.

    Of two parties: what one accepts is the last package that the other has offered.
    """
    found: list[int] = []
    theirs: int | None = None
    for move in moves:
        match move:
            case Offer(by, package) if by == party:
                found.append(package)
            case Offer(_, package):
                theirs = package
            case Accept(by) if by == party and theirs is not None:
                found.append(theirs)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def crossed(agenda: Agenda, mandate: Mandate, party: int, moves: Iterable[Move]) -> tuple[RedLine, ...]:
    """The red lines of a party's mandate that some package crosses which it has offered or signed."""
    packages = offered_or_signed(party, moves)
    return tuple(line for line in mandate.red_lines if not all(_holds(agenda, line, each) for each in packages))


def faithfulness(agenda: Agenda, mandate: Mandate, party: int, moves: Sequence[Move]) -> Faithfulness:
    """How faithful a party was, given everything that was said in the talks.

    A red line is crossed by every offer and every signature that lies beyond it, also when the vote at home failed
    or nobody took the offer. To walk away crosses none.
    """
    broken = crossed(agenda, mandate, party, moves)
    raised = {
        agenda.ladders[issue].key
        for move in moves
        if isinstance(move, Request) and move.party == party
        for issue, least in move.asks
        if least
    }
    return Faithfulness(
        red_lines=_share(line not in broken for line in mandate.red_lines),
        priorities=_share(key in raised for key in mandate.priorities),
    )


def _within(agenda: Agenda, line: RedLine) -> Mask:
    """Where a red line is kept: broadcasts over `agenda.shape`."""
    at = level(agenda, line.ladder)
    inside = at >= line.low if line.high is None else (at >= line.low) & (at <= line.high)
    return inside | reached(agenda, line.unless) if line.unless else inside


def _holds(agenda: Agenda, line: RedLine, package: int) -> bool:
    return bool(np.broadcast_to(_within(agenda, line), agenda.shape)[agenda.levels(package)])


def _share(answers: Iterable[bool]) -> float | None:
    """The share of yes; None when nothing was asked."""
    said = list(answers)
    return sum(said) / len(said) if said else None
