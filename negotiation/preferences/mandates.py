"""Mandates: what a capital forbids its delegation, and what it instructs the delegation to request.

A red line keeps one issue between two levels, unless other issues compensate for crossing it. Faithfulness to the
mandate is one of the two scores of a workshop; the other is the value obtained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Annotated

import numpy as np

from games.documents import Document, Limits
from games.errors import input_error
from negotiation.agenda.package_grid import Agenda, Mask
from negotiation.preferences.scored import LevelConditions, condition_mask, line_levels
from negotiation.protocols.moves import Accept, Move, Offer, Request


@dataclass(frozen=True, slots=True, init=False)
class RedLine:
    """A limit that a delegation may not cross.

    The issue stays from `low` to `high`, or all levels in `unless` are reached.
    """

    ladder: str
    low: int
    high: int | None
    """The highest permitted level; None means no upper limit."""
    unless: LevelConditions
    """Levels of other issues that together lift the limit; empty when nothing lifts it."""
    text: str
    """The limit in the words of a role card."""

    def __init__(
        self,
        ladder: str,
        low: int = 0,
        high: int | None = None,
        unless: Mapping[str, int] | Iterable[tuple[str, int]] = (),
        text: str = "",
    ) -> None:
        """Store the limit, with the exception sorted by ladder.

        Parameters
        ----------
        ladder
            Key of the ladder that the limit applies to.
        low
            The lowest permitted level, from 0.
        high
            The highest permitted level; None means no upper limit.
        unless
            Least levels of other ladders, by key. When all are reached, the limit does not apply.
        text
            The limit in the words of a role card.

        Raises
        ------
        InputError
            When `low` is below 0 or `high` is below `low`.
        """
        if low < 0 or (high is not None and high < low):
            raise input_error(
                f"red line on {ladder}", f"no level lies from {low} to {high}", "write low <= high, from 0 up"
            )
        put = object.__setattr__
        put(self, "ladder", ladder)
        put(self, "low", low)
        put(self, "high", high)
        put(self, "unless", tuple(sorted(dict(unless).items())))
        put(self, "text", text)


@dataclass(frozen=True, slots=True)
class Mandate:
    """The instructions of a delegation."""

    red_lines: tuple[RedLine, ...] = ()
    priorities: tuple[str, ...] = ()
    """Keys of the ladders that the delegation is instructed to request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faithfulness(Document):
    """How far a delegation followed its mandate; None where the mandate is empty."""

    red_lines: Annotated[float | None, Limits(minimum=0, maximum=1)]
    """The share of red lines, 0 to 1, that were kept in every package which the delegation offered or signed."""
    priorities: Annotated[float | None, Limits(minimum=0, maximum=1)]
    """The share of priorities, 0 to 1, that the delegation requested."""


def within_red_lines(agenda: Agenda, red_lines: Iterable[RedLine]) -> Mask:
    """The packages that keep every red line, (packages,). Raises InputError for an issue that is not on the agenda."""
    always = np.ones((1,) * len(agenda.ladders), dtype=np.bool_)
    mask = reduce(np.logical_and, (_within(agenda, line) for line in red_lines), always)
    return np.broadcast_to(mask, agenda.shape).flatten()


def list_commitments(party: int, moves: Iterable[Move]) -> tuple[int, ...]:
    """Every package that a party has offered or accepted, without repetition, in the order of the moves.

    For two parties: a party accepts the last package that the other one has offered.
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


def red_lines_crossed_by(agenda: Agenda, mandate: Mandate, party: int, moves: Iterable[Move]) -> tuple[RedLine, ...]:
    """List the red lines of a mandate that a party has crossed.

    Parameters
    ----------
    agenda
        Agenda of the talks.
    mandate
        Mandate of the party.
    party
        Number of the party, from 0.
    moves
        All moves of the talks, in their order.

    Returns
    -------
    tuple of RedLine
        Each red line that at least one package crosses which the party has offered or signed.

    Raises
    ------
    InputError
        When a red line names an issue that is not on the agenda.
    """
    packages = list_commitments(party, moves)
    return tuple(line for line in mandate.red_lines if not all(_holds(agenda, line, each) for each in packages))


def faithfulness(agenda: Agenda, mandate: Mandate, party: int, moves: Sequence[Move]) -> Faithfulness:
    """Measure how far a party followed its mandate in the talks.

    Every offer and every signature beyond a red line crosses it, also when nobody accepted the offer or the vote at
    home failed. Walking away crosses none.

    Parameters
    ----------
    agenda
        Agenda of the talks.
    mandate
        Mandate of the party.
    party
        Number of the party, from 0.
    moves
        All moves of the talks, in their order.

    Returns
    -------
    Faithfulness
        The share of red lines kept and the share of priorities requested, each 0 to 1 or None.

    Raises
    ------
    InputError
        When a red line names an issue that is not on the agenda.
    """
    broken = red_lines_crossed_by(agenda, mandate, party, moves)
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
    """Where a red line is kept; the mask broadcasts over `agenda.shape`."""
    at = line_levels(agenda, line.ladder)
    inside = at >= line.low if line.high is None else (at >= line.low) & (at <= line.high)
    return inside | condition_mask(agenda, line.unless) if line.unless else inside


def _holds(agenda: Agenda, line: RedLine, package: int) -> bool:
    return bool(np.broadcast_to(_within(agenda, line), agenda.shape)[agenda.levels(package)])


def _share(answers: Iterable[bool]) -> float | None:
    """The share of true answers; None when there are no answers."""
    said = list(answers)
    return sum(said) / len(said) if said else None
