"""How software negotiates: pure functions from what a party sees to its next move.

A tactic has three parts that are kept apart (Baarslag et al. 2014): how much to ask for now (`aspiration`),
which package to offer at that level (`bid`), and whether to take what is on the table (the acceptance rule
in `move`). A mover closes over its own brief and its own random stream; it never sees another's values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from negotiation.moves import Accept, Hold, Move, Offer, Walk
from negotiation.talks import View

Worth: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Choices: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

Mover: TypeAlias = Callable[[View], Move]
"""What sits on a seat: a tactic, a person's browser, or a transcript that is played back."""

EXPONENTS = {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}
"""Beta of the time-dependent family: below 1 concedes late, above 1 early (Faratin, Sierra, Jennings 1998)."""

BAND = 0.05
"""Packages within this share of the own range count as equally good when a bid is chosen (assumption)."""


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """What a delegation brings to the table; confidential to its seat."""

    values: Worth
    """Own value of every package, (packages,)."""
    acceptable: np.ndarray[tuple[int], np.dtype[np.bool_]]
    """Packages better than walking away and inside the mandate, (packages,)."""
    grid: np.ndarray[tuple[int, int], np.dtype[np.int8]]
    """Levels of every package, (packages, issues): to judge how near two packages are."""


def time_dependent(brief: Brief, exponent: float, random: np.random.Generator) -> Mover:
    """A delegation that concedes with time from its best acceptable package to its worst acceptable one.

    Concessions follow Faratin, Sierra and Jennings (1998); among packages worth the same it offers the one most
    like what the other side last asked for (Faratin, Sierra and Jennings 2002), ties broken at random. It
    accepts what is worth at least its own next offer. With nothing acceptable on the agenda it hears one
    proposal and walks.
    """
    choices = np.flatnonzero(brief.acceptable)
    own = brief.values[choices]

    def move(seen: View) -> Move:
        talks, party = seen
        theirs = talks.standing if talks.proposer not in (None, party) else None
        if not choices.size:
            return Hold(party) if theirs is None else Walk(party, "nothing on this agenda is better than no deal")
        level = aspiration(own, talks.round, talks.rules.rounds, exponent)
        if theirs is not None and brief.acceptable[theirs] and brief.values[theirs] >= level:
            return Accept(party)
        still = choices[~np.isin(choices, talks.rejected)]
        if not still.size:
            return Walk(party, "every acceptable package has failed at home")
        return Offer(party, bid(brief, still, level, theirs, random))

    return move


def aspiration(own: Worth, now: int, rounds: int, exponent: float) -> float:
    """The least value asked for in round `now` of `rounds`: the best of `own` at first, the worst at last."""
    elapsed = min(now / max(rounds - 1, 1), 1.0)
    return float(own.max() - (own.max() - own.min()) * elapsed ** (1 / exponent))


def bid(brief: Brief, open_: Choices, level: float, theirs: int | None, random: np.random.Generator) -> int:
    """The package to offer at an aspiration level, out of those still open.

    Of the packages worth about as much as the level, the one nearest to what the other side asked for; before
    it has asked for anything, the one worth most. When all open packages are worth less, the best of them.
    """
    own = brief.values[open_]
    level = min(level, float(own.max()))
    least = own[own >= level].min()
    alike = open_[(own >= level) & (own <= least + BAND * np.ptp(own))]
    if theirs is None:
        liking = brief.values[alike]
    else:
        liking = -np.abs(brief.grid[alike].astype(np.int64) - brief.grid[theirs]).sum(axis=1)
    best = alike[liking == liking.max()]
    return int(best[random.integers(best.size)])


def tactic(name: str, brief: Brief, random: np.random.Generator) -> Mover:
    """The mover of that name over a brief and its own random stream."""
    return time_dependent(brief, EXPONENTS[name], random)


TACTICS = tuple(EXPONENTS)
"""Names that a scenario may write for a seat."""
