"""The input of a tactic: the brief of its delegation, its ranking of packages, and the state of the talks.

    Brief     own values and mandate; confidential to its seat
    Ranking   the packages it may offer, in the order of its own values
    Turn      brief, ranking and the talks as the delegation sees them: the whole input of a tactic

A tactic computes its move from these three and its random stream. It stores nothing from one turn to the next, so that
a replay gives the same moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

import numpy as np

from games.errors import InputError
from games.short_repr import short_repr
from negotiation.protocols.moves import Offer, RequestedLevels
from negotiation.protocols.state import Talks, View

PackageValues: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Choices: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Mask: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Grid: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.int8]]

Kept = TypeVar("Kept", bound="np.ndarray[Any, np.dtype[Any]]")

BAND = 0.05
"""Packages within this share of the own value range count as equally good when a bid is chosen (assumption)."""


COPY = "copy it first, as in values = brief.values.copy()"
"""What a message recommends instead of writing into an array of a brief."""


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """The values and the mandate of one delegation; masks and values are over all packages of the agenda.

    Its arrays are read-only copies, so that a tactic cannot change the data of the other side or of the outcome.
    """

    __repr__ = short_repr

    values: PackageValues
    """Own value of every package, (packages,)."""
    acceptable: Mask
    """Packages better than walking away and inside the mandate, (packages,)."""
    grid: Grid
    """Levels of every package, (packages, issues), used to measure the distance of two packages."""
    reserve: float = 0.0
    """Own value of no deal."""
    win_set: Mask | None = None
    """Packages that the own country would ratify, (packages,); None when this is not given."""
    red_lines: Mask | None = None
    """Packages that cross none of its red lines, (packages,); None when it has none."""
    priorities: tuple[int, ...] = ()
    """Places on the agenda of the issues that it is instructed to request, the most important first."""
    status_quo: int | None = 0
    """The package that is the status quo and no offer; None where every package is a signed text."""

    def __post_init__(self) -> None:
        """Replace every array that could be written to by a read-only copy."""
        for name in ("values", "acceptable", "grid", "win_set", "red_lines"):
            array = getattr(self, name)
            if array is not None:
                object.__setattr__(self, name, read_only(array))

    def signable(self) -> Mask:
        """The packages that it may sign, (packages,): acceptable, and across no red line."""
        return self.acceptable if self.red_lines is None else self.acceptable & self.red_lines

    def ratifiable(self) -> Mask:
        """The packages that it may sign and that its own country would ratify, (packages,)."""
        return self.signable() if self.win_set is None else self.signable() & self.win_set


def read_only(array: Kept) -> Kept:
    """Return an equal array whose memory cannot be written to, even if its flag is set back.

    Parameters
    ----------
    array
        Of any shape and type of number. It is returned as it is when its memory is read-only already, or when it is
        empty.

    Returns
    -------
    ndarray
        Equal, and in the same order in memory. Its memory is a bytes object, which NumPy does not open for writing.
    """
    memory: Any = array
    while isinstance(memory, np.ndarray):
        memory = memory.base
    if isinstance(memory, bytes) or not array.size:
        return array
    order = "C" if array.flags.c_contiguous else "F"
    copied = np.frombuffer(array.tobytes(order), dtype=array.dtype).reshape(array.shape, order=order)
    return cast("Kept", copied)


def is_read_only_error(error: BaseException) -> bool:
    """Whether an error is NumPy's refusal to write into a read-only array."""
    said = str(error)
    is_numpy = isinstance(error, ValueError) and not isinstance(error, InputError)
    return is_numpy and ("read-only" in said or "WRITEABLE flag" in said)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Some packages in rising order of own value, so that packages of equal value are neighbours."""

    __repr__ = short_repr

    packages: Choices
    """Numbers of the packages, (ranked packages,)."""
    values: PackageValues
    """Their own values, rising, (ranked packages,)."""

    @property
    def size(self) -> int:
        """Number of packages."""
        return self.packages.size

    @property
    def best(self) -> float:
        """The highest own value; the ranking must not be empty."""
        return float(self.values[-1])

    @property
    def worst(self) -> float:
        """The lowest own value; the ranking must not be empty."""
        return float(self.values[0])

    def alike(self, level: float) -> Choices:
        """The packages with own values from `level` up to a small margin above.

        The margin is `BAND` times the own value range. It starts at the least own value at or above `level`, or at the
        best one where all are below.
        """
        start = int(self.values.searchsorted(min(level, self.best)))
        enough = float(self.values[start]) + BAND * (self.best - self.worst)
        return self.packages[start : int(self.values.searchsorted(enough, side="right"))]

    def restrict_to(self, kept: Mask) -> Ranking:
        """The same order, restricted to the packages where the mask `kept`, (ranked packages,), holds."""
        return Ranking(self.packages[kept], self.values[kept])


def rank_packages(values: PackageValues, chosen: Mask, status_quo: int | None = 0) -> Ranking:
    """Rank the chosen packages by rising own value; the status quo is left out, because it is not an offer.

    Parameters
    ----------
    values
        (packages) own value of every package.
    chosen
        (packages) whether a package is ranked.
    status_quo
        Number of the package that is the status quo; None where every package is a text.

    Returns
    -------
    Ranking
        The chosen packages in the order of their values.
    """
    packages = np.flatnonzero(chosen)
    if status_quo is not None:
        packages = packages[packages != status_quo]
    packages = packages[np.argsort(values[packages], kind="stable")]
    return Ranking(packages, values[packages])


class Turn(NamedTuple):
    """The input of a tactic when its delegation has to move."""

    brief: Brief
    full: Ranking
    """Every package that it may sign; the range of its aspiration."""
    open: Ranking
    """Those packages of `full` that it may still offer."""
    talks: Talks
    party: int
    random: np.random.Generator

    @property
    def theirs(self) -> int | None:
        """The package of the other side that stands as its offer; None if there is none."""
        return None if self.talks.proposer in (None, self.party) else self.talks.standing

    @property
    def rounds_left(self) -> int:
        """Number of rounds that are left, this one included."""
        return self.talks.rules.rounds - self.talks.round

    @property
    def own_offers(self) -> list[int]:
        """The packages that it has offered so far, the first one first."""
        return [move.package for move in self.talks.moves if isinstance(move, Offer) and move.party == self.party]

    @property
    def offers_received(self) -> list[int]:
        """The packages that the other side has offered so far, except sealed ones, the first one first."""
        return [move.package for move in self.talks.moves if isinstance(move, Offer) and move.party != self.party]

    @property
    def requests_received(self) -> RequestedLevels:
        """What the other side has requested, once requests are opened."""
        return tuple(ask for party, asks in enumerate(self.talks.requests) if party != self.party for ask in asks or ())


def restrict_to_offerable(brief: Brief, full: Ranking, seen: View) -> Ranking:
    """Restrict a ranking to the packages that a party may still offer.

    Left out are packages that failed at home, and packages that take back a promise. A promise is the level of a line
    that only this party concedes, in its last offer that it has not withdrawn.

    Parameters
    ----------
    brief
        Brief of the party.
    full
        Every package that the party may sign.
    seen
        The talks as the party sees them.

    Returns
    -------
    Ranking
        The remaining packages in the same order; it may be empty.
    """
    talks, party = seen
    kept = full
    if talks.rejected:
        kept = kept.restrict_to(~np.isin(kept.packages, talks.rejected))
    pledge = talks.pledges[party] if talks.pledges else None
    if pledge is not None:
        for place in talks.rules.own(party):
            kept = kept.restrict_to(brief.grid[kept.packages, place] >= brief.grid[pledge, place])
    return kept
