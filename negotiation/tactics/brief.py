"""What a delegation brings to the table, and what it knows when it is its turn to speak.

    Brief     own values and mandate; confidential to its seat
    Ranking   the packages it may offer, in the order of its own values
    Turn      brief, ranking and the talks as it sees them: all that a tactic may look at

Everything a tactic needs is worked out anew from these three and its random stream; nothing is remembered from
one turn to the next, so that a replayed talk meets the very same delegation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

import numpy as np

from games.errors import InputError
from games.short_repr import short_repr
from negotiation.protocols.moves import Asks, Offer
from negotiation.protocols.state import Talks, View

Worth: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Choices: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Mask: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Grid: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.int8]]

Kept = TypeVar("Kept", bound="np.ndarray[Any, np.dtype[Any]]")

BAND = 0.05
"""Packages within this share of the own range count as equally good when a bid is chosen (assumption)."""


COPY = "copy it first, as in values = brief.values.copy()"
"""What to do instead of writing into an array of a brief."""


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """What a delegation brings to the table; masks and values are over all packages of the agenda.

    Its arrays are copies that nobody can write to, so that a tactic cannot change what the other side or the outcome
    is measured by.
    """

    __repr__ = short_repr

    values: Worth
    """Own value of every package, (packages,)."""
    acceptable: Mask
    """Packages better than walking away and inside the mandate, (packages,)."""
    grid: Grid
    """Levels of every package, (packages, issues): to judge how near two packages are."""
    reserve: float = 0.0
    """Own value of no deal."""
    win_set: Mask | None = None
    """Packages that its own country would ratify; None when nobody was asked at home."""
    red_lines: Mask | None = None
    """Packages that cross none of its red lines; None when it has none."""
    priorities: tuple[int, ...] = ()
    """Places on the agenda of what it is told to request, the most important first."""

    def __post_init__(self) -> None:
        """Copy every array that could be written to."""
        for name in ("values", "acceptable", "grid", "win_set", "red_lines"):
            array = getattr(self, name)
            if array is not None:
                object.__setattr__(self, name, read_only(array))

    def signable(self) -> Mask:
        """The packages that it may sign: acceptable, and across no red line."""
        return self.acceptable if self.red_lines is None else self.acceptable & self.red_lines

    def ratifiable(self) -> Mask:
        """The packages that it may sign and that its own country would ratify."""
        return self.signable() if self.win_set is None else self.signable() & self.win_set


def read_only(array: Kept) -> Kept:
    """The array over memory that cannot be written to, not even when its flag is set back; the same one if it is.

    Parameters
    ----------
    array
        Of any shape and type of number.

    Returns
    -------
    ndarray
        Equal, and in the same order in memory. Its memory is a bytes object: NumPy refuses to open it for writing.
    """
    memory: Any = array
    while isinstance(memory, np.ndarray):
        memory = memory.base
    if isinstance(memory, bytes) or not array.size:
        return array
    order = "C" if array.flags.c_contiguous else "F"
    copied = np.frombuffer(array.tobytes(order), dtype=array.dtype).reshape(array.shape, order=order)
    return cast("Kept", copied)


def wrote(error: BaseException) -> bool:
    """Whether an error is NumPy's refusal to write into an array that is only to be read."""
    said = str(error)
    is_numpy = isinstance(error, ValueError) and not isinstance(error, InputError)
    return is_numpy and ("read-only" in said or "WRITEABLE flag" in said)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Some packages from the worst to the best in the own values, so that those worth the same lie together."""

    __repr__ = short_repr

    packages: Choices
    values: Worth
    """Their own values, rising."""

    @property
    def size(self) -> int:
        """Number of packages."""
        return self.packages.size

    @property
    def best(self) -> float:
        """The highest own value; there must be a package."""
        return float(self.values[-1])

    @property
    def worst(self) -> float:
        """The lowest own value; there must be a package."""
        return float(self.values[0])

    def alike(self, level: float) -> Choices:
        """The packages worth about as much as `level`, never less; the best ones where all are worth less."""
        start = int(self.values.searchsorted(min(level, self.best)))
        enough = float(self.values[start]) + BAND * (self.best - self.worst)
        return self.packages[start : int(self.values.searchsorted(enough, side="right"))]

    def where(self, kept: Mask) -> Ranking:
        """The same order over the packages for which `kept`, (ranked packages,), holds."""
        return Ranking(self.packages[kept], self.values[kept])


def ranked(values: Worth, chosen: Mask) -> Ranking:
    """The chosen packages by rising own value; the status quo is never among them, for it is no offer."""
    packages = np.flatnonzero(chosen)
    packages = packages[packages > 0]
    packages = packages[np.argsort(values[packages], kind="stable")]
    return Ranking(packages, values[packages])


class Turn(NamedTuple):
    """What a delegation knows when it has to speak."""

    brief: Brief
    full: Ranking
    """Every package that it may sign: the range of what it asks for."""
    open: Ranking
    """Those of them that it may still offer."""
    talks: Talks
    party: int
    random: np.random.Generator

    @property
    def theirs(self) -> int | None:
        """The package that the other side has put on the table, if there is one."""
        return None if self.talks.proposer in (None, self.party) else self.talks.standing

    @property
    def left(self) -> int:
        """Rounds that are left, this one included."""
        return self.talks.rules.rounds - self.talks.round

    @property
    def said(self) -> list[int]:
        """The packages that it has offered so far, the first one first."""
        return [move.package for move in self.talks.moves if isinstance(move, Offer) and move.party == self.party]

    @property
    def heard(self) -> list[int]:
        """The packages that the other side has offered so far, as far as they are not sealed."""
        return [move.package for move in self.talks.moves if isinstance(move, Offer) and move.party != self.party]

    @property
    def asked(self) -> Asks:
        """What the other side has requested, once requests are opened."""
        return tuple(ask for party, asks in enumerate(self.talks.requests) if party != self.party for ask in asks or ())


def offerable(brief: Brief, full: Ranking, seen: View) -> Ranking:
    """What is left of a ranking: not what has failed at home, and nothing that takes back a promise.

    A promise is a line that only this party concedes, in its last offer that it has not withdrawn.
    """
    talks, party = seen
    kept = full
    if talks.rejected:
        kept = kept.where(~np.isin(kept.packages, talks.rejected))
    pledge = talks.pledges[party] if talks.pledges else None
    if pledge is not None:
        for place in talks.rules.own(party):
            kept = kept.where(brief.grid[kept.packages, place] >= brief.grid[pledge, place])
    return kept
