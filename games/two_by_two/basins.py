"""Where the paths of a 2x2 game end, and the line that parts them, told without following a single path.

In the replicator dynamics of two populations (`games.two_by_two.dynamics`) let x and y be the shares of action 0 among
rows and columns, F(y) what action 0 earns the row player over action 1, and G(x) the same for the column player: two
straight lines, with f0 and g0 at share 1 of the other's action 0 and f1 and g1 at share 0. Then

    H = P(x) - Q(y),    P = -g0 ln(1 - x) + g1 ln x,    Q = -f0 ln(1 - y) + f1 ln y

never changes along a path (Hofbauer 1996, J. Math. Biology 34). So there are three kinds of 2x2 games:

- one player strictly wants to match, the other strictly to differ: all paths circle around the mixed equilibrium;
- one player strictly wants to match, and so does the other, if only weakly (or both to differ): there are two ends,
  and the border between their basins is the level line of H through the point where neither cares;
- every other game has one end, to which the whole inside of the square flows.

Ties make ends longer: the end is then a line of equilibria, and each path stops somewhere on it. Near ties within
the game's tolerance are ties.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import ceil, floor, log
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.bimatrix import Bimatrix, Cell
from games.errors import refuse

Floats: TypeAlias = NDArray[np.float64]
Ends: TypeAlias = tuple[Fraction, Fraction]
"""What action 0 earns over action 1: against the other's action 0, against its action 1."""
Kind: TypeAlias = Literal["sink", "source", "saddle", "centre", "tied"]

_FAR = 2000.0
_WIDE = 45.0
_SHOWN, _POINTS = 15.0, 201
_COARSE, _FINEST = 0.5, 2.0**-10
_HALVINGS = 60


class Rest(NamedTuple):
    """A point of the square that does not move: x, y are the shares of action 0 among rows and columns."""

    x: Fraction
    y: Fraction
    kind: Kind
    """A `sink` draws all paths near it, a `source` none, a `saddle` only those on one line; around a `centre` they
    circle; `tied`: to first order nothing happens in some direction, and a line of rest points may begin here."""
    equilibrium: bool
    """Whether it is a Nash equilibrium too; other rest points lie at the corners, where actions are unknown."""


class Basin(NamedTuple):
    """The part of the square from which paths lead to one end."""

    cell: Cell
    """The end: an equilibrium in pure actions or, where ties leave a line of them, one on that line."""
    share: float
    """Its part of the square."""


@dataclass(frozen=True, slots=True)
class Basins:
    """Where the paths of a 2x2 game end. The shares add up to 1, or there are none and all paths circle."""

    basins: tuple[Basin, ...]
    circles: bool
    border: Floats
    """(k, 2) x, y: the line between two basins, x rising; (0, 2) where there is none."""
    error: float
    """By how much the last halving of the step moved the shares; 0 where they are exact."""


def rests(game: Bimatrix) -> tuple[Rest, ...]:
    """The four corners and, where both players swing, the point at which neither cares; all exact.

    Lines of rest points, which ties bring, are told by `tied` at their corners. Raises InputError for a game that is
    not 2x2.
    """
    f, g = _ends(game)
    corners = [_corner(Fraction(x), Fraction(y), f, g) for x in (1, 0) for y in (1, 0)]
    if not (_swings(f) and _swings(g)):
        return tuple(corners)
    kind: Kind = "saddle" if (f[0] > 0) == (g[0] > 0) else "centre"
    return (*corners, Rest(_zero(g), _zero(f), kind, equilibrium=True))


def basins(game: Bimatrix, tolerance: float = 1e-8) -> Basins:
    """Which share of the square flows where, the largest basin first.

    A share that is not exact is an integral along the border, halved in step until it moves by less than `tolerance`;
    where payoffs are so unlike in size that the border has a corner, `error` tells what was reached. Raises InputError
    for a game that is not 2x2 and a tolerance outside (0, 1).
    """
    f, g = _ends(game)
    if not 0 < tolerance < 1:
        raise refuse("tolerance", f"{tolerance} is outside (0, 1)", "write a share of the square such as 1e-8")
    nowhere = np.empty((0, 2))
    if _swings(f) and _swings(g) and (f[0] > 0) != (g[0] > 0):
        return Basins((), circles=True, border=nowhere, error=0.0)
    if not _two_ends(f, g):
        return Basins((Basin(_end(f, g), 1.0),), circles=False, border=nowhere, error=0.0)
    return _parted(f, g, tolerance)


def _ends(game: Bimatrix) -> tuple[Ends, Ends]:
    """The ends of F and of G; near ties of the game are ties."""
    if game.shape != (2, 2):
        rows, columns = game.shape
        raise refuse("game", f"is {rows} x {columns}; a square needs two actions each", "follow `dynamics.orbit`")
    A, B = game.settled().payoffs
    return (A[0][0] - A[1][0], A[0][1] - A[1][1]), (B[0][0] - B[0][1], B[1][0] - B[1][1])


def _swings(ends: Ends) -> bool:
    """Which action is better depends strictly on what the other does."""
    return ends[0] * ends[1] < 0


def _zero(ends: Ends) -> Fraction:
    """The other's share of action 0 at which this player does not care."""
    return ends[1] / (ends[1] - ends[0])


def _corner(x: Fraction, y: Fraction, f: Ends, g: Ends) -> Rest:
    """What becomes of a few newcomers who play the other action: they grow, vanish, or neither."""
    growth = (1 - 2 * x) * (f[0] if y else f[1]), (1 - 2 * y) * (g[0] if x else g[1])
    kinds: dict[tuple[bool, bool], Kind] = {(False, False): "sink", (True, True): "source"}
    kind = kinds.get((growth[0] > 0, growth[1] > 0), "saddle") if all(growth) else "tied"
    return Rest(x, y, kind, equilibrium=max(growth) <= 0)


def _two_ends(f: Ends, g: Ends) -> bool:
    """One player strictly wants to match (or to differ), and the other wants it too, if only weakly."""
    return any(
        _swings(strict) and any(weak) and (weak[0] >= 0 >= weak[1] if strict[0] > 0 else weak[0] <= 0 <= weak[1])
        for strict, weak in ((f, g), (g, f))
    )


def _end(f: Ends, g: Ends) -> Cell:
    """The one end: whoever always drifts one way arrives, and the other follows; a tie counts as action 0."""
    if _drift(f):
        x = _drift(f)
        y = _sign(g[0] if x > 0 else g[1]) or _drift(g)
    elif _drift(g):
        y = _drift(g)
        x = _sign(f[0] if y > 0 else f[1])
    else:
        x, y = _sign(f[0]), _sign(g[0])
    return int(x < 0), int(y < 0)


def _drift(ends: Ends) -> int:
    """1 or -1 where one action is never worse and sometimes better, else 0."""
    low, high = sorted(map(_sign, ends))
    return (high if low >= 0 else 0) or (low if high <= 0 else 0)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


# ------------------------------------------------------------------------------------------- the line between basins


def _parted(f: Ends, g: Ends, tolerance: float) -> Basins:
    """The two basins of a game in which both want to match, or both to differ."""
    differ = f[0] < 0 or g[0] < 0
    if differ:
        # Seen with the column player's actions swapped, both want to match.
        f, g = (f[1], f[0]), (-g[0], -g[1])
    border, share, error = _border(f, g, tolerance)
    low, high = (1, 1), (0, 0)
    if differ:
        border[:, 1] = 1 - border[:, 1]
        low, high = (1, 0), (0, 1)
    found = sorted([Basin(high, 1 - share), Basin(low, share)], key=lambda one: -one.share)
    return Basins(tuple(found), circles=False, border=border, error=error)


def _border(f: Ends, g: Ends, tolerance: float) -> tuple[Floats, float, float]:
    """The border between two ends of players who match, the share that lies below it, and its error.

    It is walked along x where the column player swings and it crosses the mixed equilibrium at less than 45 degrees,
    else along y.
    """
    if not _swings(g) or (_swings(f) and _bend(g) > _bend(f)):
        border, share, error = _walked(g, f, tolerance)
        return border[::-1, ::-1].copy(), share, error
    return _walked(f, g, tolerance)


def _bend(ends: Ends) -> Fraction:
    """The second derivative of P or Q at its lowest point, in log odds."""
    return ends[0] * ends[1] / (ends[1] - ends[0])


def _walked(f: Ends, g: Ends, tolerance: float) -> tuple[Floats, float, float]:
    """The border as y over x, where the column player swings.

    In log odds of x the integrand is smooth and falls off exponentially on both sides, where plain sums of
    equidistant values converge faster than any power of the step (Trefethen and Weideman 2014, SIAM Review 56).
    """
    unit = max(map(abs, (*f, *g)))
    across, along = _bowl(f, unit), _bowl(g, unit)
    height, centre = partial(_height, across, along), along.bottom
    places = np.linspace(-_SHOWN, _SHOWN, _POINTS)
    border = np.column_stack((_share(places), _share(height(places))))
    half_turn, mirror = (f[0], g[0]) == (-f[1], -g[1]), g == (-f[1], -f[0])
    if half_turn or mirror:
        # The half-turn around the centre, or the mirror x + y = 1, swaps the basins.
        return border, 0.5, 0.0
    step, share = _COARSE, _area(height, centre, _COARSE)
    error = 1.0
    while error > tolerance and step > _FINEST:
        step, before = step / 2, share
        share = _area(height, centre, step)
        error = abs(share - before)
    return border, share, error


class _Bowl(NamedTuple):
    """P or Q of a player who matches, over the log odds of the other's action 0: it falls to its bottom, then rises."""

    left: float
    right: float
    bottom: float

    def depth(self, odds: Floats) -> Floats:
        """How far it lies above its bottom."""
        return self._level(odds) - self._level(np.array(self.bottom))

    def _level(self, odds: Floats) -> Floats:
        return self.right * np.logaddexp(0.0, odds) + self.left * np.logaddexp(0.0, -odds)


def _bowl(ends: Ends, unit: Fraction) -> _Bowl:
    bottom = _log(-ends[1]) - _log(ends[0])
    return _Bowl(float(-ends[1] / unit), float(ends[0] / unit), min(max(bottom, -_FAR), _FAR))


def _height(across: _Bowl, along: _Bowl, places: Floats) -> Floats:
    """The log odds of y on the border, by bisection: both bowls are equally deep there, on opposite sides."""
    depth = along.depth(places)
    near = np.full_like(places, across.bottom)
    far = np.where(places < along.bottom, _FAR, -_FAR)
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        beyond = across.depth(middle) > depth
        near, far = np.where(beyond, near, middle), np.where(beyond, middle, far)
    return (near + far) / 2


def _area(height: Callable[[Floats], Floats], centre: float, step: float) -> float:
    """The area under the border, summed at equidistant log odds of x that meet the centre."""
    first, last = ceil((-_WIDE - centre) / step), floor((_WIDE - centre) / step)
    places = centre + step * np.arange(first, last + 1, dtype=np.float64)
    x, y = _share(places), _share(height(places))
    return float(step * (x * (1 - x) * y).sum())


def _share(odds: Floats) -> Floats:
    return np.exp(-np.logaddexp(0.0, -odds))


def _log(number: Fraction) -> float:
    """The logarithm, also where the number would leave the range of floats; far below every other one for 0."""
    return log(number.numerator) - log(number.denominator) if number else -4 * _FAR
