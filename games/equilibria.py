"""`solve`: every equilibrium of a game, and an honest word when that is more than time allows.

The exact solver of `games.exact` answers; Nashpy (Knight and Campbell 2018) works beside it as a second opinion
on the games that people look at, and how far the two agree is told. Alone it would not do: on games with ties
its support enumeration misses an extreme equilibrium in one game of three. Payoffs are put into Nashpy's hands
in a unit that does it no harm: moved exactly to begin at 1, and scaled by an exact power of two to end below 3.

Where the exact solver runs out of time, pure equilibria are still found by looking at every cell, and mixed ones
by the paths of `games.path`, under what is left of the time. `complete` is then false and `note` says why.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from games.bimatrix import Bimatrix, Cell, Matrix, Pair
from games.errors import refuse
from games.exact import Extremes, Mixture, extremes
from games.path import paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

Profile: TypeAlias = tuple[Mixture, Mixture]

EXACT = "exact: double description in integers, maximal bicliques"
PARTLY = "exact, not complete: pure cells, Lemke-Howson paths"
SMALL = 10
"""Nashpy's enumerations are asked when rows and columns number no more than this together: below half a second."""
LARGE = 200
"""Beyond so many rows and columns together the exact solver could not even set out, and is not asked."""

_NEAR = 1e-6
_NEVER, _ALWAYS = Fraction(0), Fraction(1)
_LONGEST = 2_000_000
_EXACT_SHARE = 0.8
_OPINION_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """One extreme equilibrium: a probability for every action of both players."""

    row: Mixture
    column: Mixture
    payoffs: Pair
    """What the row player and the column player expect, in the game's own payoffs."""
    kind: Literal["pure", "mixed"]
    strict: bool
    """Every deviation of every player loses something."""


@dataclass(frozen=True, slots=True)
class Subset:
    """A maximal Nash subset: the mixtures of its rows and of its columns are equilibria in every combination."""

    vertices: tuple[int, ...]
    """Its extreme equilibria, as indices."""
    kind: Literal["point", "continuum"]


@dataclass(frozen=True, slots=True)
class Equilibria:
    """What `solve` found. Pure equilibria come first, each kind in falling order of the first actions' probability."""

    equilibria: tuple[Equilibrium, ...]
    subsets: tuple[Subset, ...]
    """Maximal Nash subsets; empty, as `components`, when the list of equilibria is not complete."""
    components: tuple[tuple[int, ...], ...]
    """Connected parts of the equilibrium set, as indices into `subsets`."""
    complete: bool
    degenerate: bool | None
    """Whether some mixed strategy has more best replies than actions in use; None when time did not allow to know."""
    method: str
    note: str | None


def solve(game: Bimatrix, timeout: float = 10.0, *, opinion: bool = True) -> Equilibria:
    """All extreme equilibria, maximal Nash subsets and components, within about `timeout` seconds.

    Payoffs that differ by less than the game's tolerance are ties. `opinion=False` spares Nashpy's second
    opinion (and its import). Raises InputError when `timeout` is no number of seconds above 0.
    """
    if not 0 < timeout < float("inf"):
        raise refuse("timeout", f"{timeout} is not a number of seconds above 0", "write 10, or 0.5")
    start = time.perf_counter()
    settled = game.settled()
    try:
        found = _complete(settled, start + _EXACT_SHARE * timeout)
    except TimeoutError:
        return _partly(game, settled, start + timeout, timeout)
    wanted = opinion and sum(game.shape) <= SMALL and start + timeout - time.perf_counter() > _OPINION_SECONDS
    note = _agreement(found, _enumerated(settled)) if wanted else None
    return _told(game, settled, found, complete=True, note=note)


def _complete(game: Bimatrix, deadline: float) -> Extremes:
    if 1 in game.shape:
        # Where one player has no choice, the other's best actions are all there is.
        pure = pure_cells(game)
        if len(pure) <= _listable(game):
            pairs = [_corner(game, cell) for cell in pure]
            return Extremes(pairs, [tuple(range(len(pure)))], [(0,)], degenerate=len(pure) > 1)
    if sum(game.shape) > LARGE:
        raise TimeoutError
    return extremes(*game.payoffs, deadline)


def regret(game: Bimatrix, profile: Profile) -> Pair:
    """What each player could still gain by changing alone; (0, 0) exactly at an equilibrium."""
    row, column = profile
    A, B = game.payoffs
    against_column = [_dot(line, column) for line in A]
    against_row = [_dot(line, row) for line in zip(*B, strict=True)]
    return max(against_column) - _dot(against_column, row), max(against_row) - _dot(against_row, column)


def _dot(first: Iterable[Fraction], second: Iterable[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True) if a and b), Fraction(0))


def pure_cells(game: Bimatrix) -> list[Cell]:
    """The cells in which neither player gains by changing alone, row by row; the game's tolerance is not applied."""
    A, B = game.payoffs
    best_rows = [max(column) for column in zip(*A, strict=True)]
    best_columns = [max(row) for row in B]
    return [(i, j) for i, j in game.cells() if A[i][j] == best_rows[j] and B[i][j] == best_columns[i]]


def _told(game: Bimatrix, settled: Bimatrix, found: Extremes, *, complete: bool, note: str | None) -> Equilibria:
    kinds: tuple[Literal["point", "continuum"], ...] = ("point", "continuum")
    return Equilibria(
        tuple(_described(game, settled, profile) for profile in found.pairs),
        tuple(Subset(vertices, kinds[len(vertices) > 1]) for vertices in found.subsets),
        tuple(found.components),
        complete,
        found.degenerate if complete else None,
        EXACT if complete else PARTLY,
        note,
    )


def _described(game: Bimatrix, settled: Bimatrix, profile: Profile) -> Equilibrium:
    row, column = profile
    rows, columns = _used(row), _used(column)
    if len(rows) > 1 or len(columns) > 1:
        a, b = (sum((p * q * M[i][j] for i, p in rows for j, q in columns), Fraction(0)) for M in game.payoffs)
        return Equilibrium(row, column, (a, b), "mixed", strict=False)
    i, j = rows[0][0], columns[0][0]
    A, B = settled.payoffs
    strict = [line[j] for line in A].count(A[i][j]) == 1 == B[i].count(B[i][j])
    return Equilibrium(row, column, game.at((i, j)), "pure", strict)


def _used(mixture: Mixture) -> list[tuple[int, Fraction]]:
    return [(action, weight) for action, weight in enumerate(mixture) if weight]


# ---------------------------------------------------------------------------------------- beside: a second opinion


def _agreement(found: Extremes, second: list[tuple[Floats, Floats]]) -> str:
    """How many of the exact extreme equilibria Nashpy finds too."""
    total = len(found.pairs)
    seen = sum(any(_close(pair, other) for other in second) for pair in found.pairs)
    if seen == total:
        return f"Nashpy finds the same {_counted(total)}"
    reason = "the game is degenerate" if found.degenerate else "its floats lose them"
    return f"Nashpy finds {seen} of {total} extreme points: {reason}"


def _counted(total: int) -> str:
    return "equilibrium" if total == 1 else f"{total} extreme points"


def _close(pair: Profile, other: tuple[Floats, Floats]) -> bool:
    return all(
        abs(float(p) - q) < _NEAR
        for mine, theirs in zip(pair, other, strict=True)
        for p, q in zip(mine, theirs, strict=True)
    )


def _enumerated(game: Bimatrix) -> list[tuple[Floats, Floats]]:
    """What Nashpy's support and vertex enumeration find together."""
    import nashpy
    import numpy as np

    contest = nashpy.Game(*(np.array(_handy(matrix)) for matrix in game.payoffs))
    # The geometry library beneath vertex enumeration knows no one-dimensional bodies.
    searches = ("support_enumeration", "vertex_enumeration") if min(game.shape) > 1 else ("support_enumeration",)
    found: list[tuple[Floats, Floats]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for search in searches:
            # On ties that library may give up; what was found before still counts.
            try:
                found += getattr(contest, search)()
            except (RuntimeError, ValueError, ArithmeticError):
                continue
    return found


def _handy(matrix: Matrix) -> list[list[float]]:
    """The payoffs moved to begin at 1 and scaled by an exact power of two to end below 3."""
    lowest, highest = min(map(min, matrix)), max(map(max, matrix))
    span = highest - lowest
    power = _power_of_two(span) if span else Fraction(1)
    return [[float((x - lowest) / power + 1) for x in row] for row in matrix]


def _power_of_two(span: Fraction) -> Fraction:
    """The power of two with 1/2 < span / power < 2."""
    exponent = span.numerator.bit_length() - span.denominator.bit_length()
    return Fraction(2) ** exponent


# ------------------------------------------------------------------------------------------- when the clock wins


def _partly(game: Bimatrix, settled: Bimatrix, deadline: float, timeout: float) -> Equilibria:
    """Every pure equilibrium, and the mixed ones at the ends of Lemke and Howson's paths."""
    cells, most = pure_cells(settled), _listable(game)
    large = sum(game.shape) > LARGE
    ends = () if large else paths(*settled.payoffs, deadline)
    mixed = dict.fromkeys(pair for pair in ends if max(pair[0]) < 1 or max(pair[1]) < 1)
    pairs = [*(_corner(game, cell) for cell in cells[:most]), *sorted(mixed, key=_falling)]
    reason = (
        "The game is too large for the exact solver" if large else f"The exact solver did not finish in {timeout:g} s"
    )
    pure = "All pure equilibria" if len(cells) <= most else f"{most} of {len(cells)} pure equilibria"
    note = (
        f"{reason}. {pure} are listed, of the mixed ones only those on Lemke and Howson's paths, if any; how they hang "
        "together is not known."
    )
    return _told(game, settled, Extremes(pairs, [], [], degenerate=False), complete=False, note=note)


def _falling(profile: Profile) -> list[Fraction]:
    return [-p for mixture in profile for p in mixture]


def _listable(game: Bimatrix) -> int:
    """How many equilibria fit into an answer of two million probabilities."""
    return _LONGEST // sum(game.shape)


def _corner(game: Bimatrix, cell: Cell) -> Profile:
    """The cell as two mixed strategies that mix nothing."""
    row, column = ([_NEVER] * size for size in game.shape)
    row[cell[0]] = column[cell[1]] = _ALWAYS
    return tuple(row), tuple(column)
