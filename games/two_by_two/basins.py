"""Basins of attraction of a 2x2 game and the border between them, without simulating any path.

In the replicator dynamics of two populations (`games.two_by_two.dynamics`) let x and y be the shares of action 0 among
rows and columns. F(y) is the payoff of action 0 minus that of action 1 for the row player, and G(x) the same for the
column player. Both are linear: F goes from f0 (the other always plays action 0) to f1 (never), G from g0 to g1. Then

    H = P(x) - Q(y),    P = -g0 ln(1 - x) + g1 ln x,    Q = -f0 ln(1 - y) + f1 ln y

is constant along a path (Hofbauer 1996, J. Math. Biology 34). So there are three kinds of 2x2 games:

- one player strictly wants to match, the other strictly to differ: all paths circle around the mixed equilibrium;
- one player strictly wants to match, and the other too, at least weakly (or both to differ): there are two end points,
  and the border between their basins is the level line of H through the point at which both are indifferent;
- every other game has one end point, which attracts the whole interior of the square.

With ties an end point becomes a line of equilibria, and each path stops at some point of it. Near ties within the
game's tolerance are ties.
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
from games.errors import input_error

Floats: TypeAlias = NDArray[np.float64]
Ends: TypeAlias = tuple[Fraction, Fraction]
"""The payoff of action 0 minus that of action 1: against the other's action 0, against its action 1."""
Kind: TypeAlias = Literal["sink", "source", "saddle", "centre", "tied"]

_FAR = 2000.0
_WIDE = 45.0
_SHOWN, _POINTS = 15.0, 201
_COARSE, _FINEST = 0.5, 2.0**-10
_HALVINGS = 60


class RestPoint(NamedTuple):
    """A rest point of the dynamics: x, y are the shares of action 0 among rows and columns."""

    x: Fraction
    y: Fraction
    kind: Kind
    """A `sink` attracts all paths near it, a `source` repels all, a `saddle` attracts only those on one line; around a
    `centre` paths circle. `tied`: to first order there is no movement in some direction, and a line of rest points may
    begin here.
    """
    equilibrium: bool
    """Whether it is a Nash equilibrium too. The other rest points are corners: an action that nobody plays cannot
    spread.
    """


class Basin(NamedTuple):
    """The part of the square from which paths lead to one end point."""

    cell: Cell
    """The end point: a pure equilibrium or, with ties, one on a line of equilibria."""
    share: float
    """Its share of the area of the square, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Basins:
    """The basins of a 2x2 game. Their shares sum to 1; there is no basin when all paths circle."""

    basins: tuple[Basin, ...]
    circles: bool
    border: Floats
    """(k, 2) x, y: the line between two basins, x rising; (0, 2) where there is none."""
    error: float
    """Change of the shares at the last halving of the step; 0 where they are exact."""


def rest_points(game: Bimatrix) -> tuple[RestPoint, ...]:
    """Return the rest points: the four corners and, if there is one, the interior mixed equilibrium; all exact.

    Lines of rest points, which ties cause, are not listed; the corners at their ends have the kind `tied`.

    Parameters
    ----------
    game
        A 2x2 game.

    Returns
    -------
    tuple[RestPoint, ...]
        The corners (1, 1), (1, 0), (0, 1), (0, 0), then the interior point.

    Raises
    ------
    InputError
        For a game that is not 2x2.
    """
    f, g = _ends(game)
    corners = [_corner(Fraction(x), Fraction(y), f, g) for x in (1, 0) for y in (1, 0)]
    if not (_swings(f) and _swings(g)):
        return tuple(corners)
    kind: Kind = "saddle" if (f[0] > 0) == (g[0] > 0) else "centre"
    return (*corners, RestPoint(_zero(g), _zero(f), kind, equilibrium=True))


def basins(game: Bimatrix, tolerance: float = 1e-8) -> Basins:
    """Return the share of the square that leads to each end point, the largest basin first.

    Parameters
    ----------
    game
        A 2x2 game.
    tolerance
            Error of a share that is not exact, in (0, 1). The share is an integral along the border; its step is halved
        until the share changes by at most this, or until the step is 2^-10. `Basins.error` gives the last change.

    Returns
    -------
    Basins
        Shares, border and error.

    Raises
    ------
    InputError
        For a game that is not 2x2, and for a tolerance outside (0, 1).

    References
    ----------
    Hofbauer 1996, J. Math. Biology 34; Trefethen and Weideman 2014, SIAM Review 56.
    """
    f, g = _ends(game)
    if not 0 < tolerance < 1:
        raise input_error("tolerance", f"{tolerance} is outside (0, 1)", "write a share of the square such as 1e-8")
    nowhere = np.empty((0, 2))
    if _swings(f) and _swings(g) and (f[0] > 0) != (g[0] > 0):
        return Basins((), circles=True, border=nowhere, error=0.0)
    if not _two_ends(f, g):
        return Basins((Basin(_end(f, g), 1.0),), circles=False, border=nowhere, error=0.0)
    return _parted(f, g, tolerance)


def _ends(game: Bimatrix) -> tuple[Ends, Ends]:
    """Return the end values of F and of G; near ties of the game are ties."""
    if game.shape != (2, 2):
        rows, columns = game.shape
        raise input_error("game", f"is {rows} x {columns}; a square needs two actions each", "follow `dynamics.orbit`")
    A, B = game.with_exact_ties().payoffs
    return (A[0][0] - A[1][0], A[0][1] - A[1][1]), (B[0][0] - B[0][1], B[1][0] - B[1][1])


def _swings(ends: Ends) -> bool:
    """Return whether the better action depends strictly on the action of the other."""
    return ends[0] * ends[1] < 0


def _zero(ends: Ends) -> Fraction:
    """Return the other's share of action 0 at which this player is indifferent."""
    return ends[1] / (ends[1] - ends[0])


def _corner(x: Fraction, y: Fraction, f: Ends, g: Ends) -> RestPoint:
    """Return the rest point at a corner, by the growth of a small share of the other action in each population."""
    growth = (1 - 2 * x) * (f[0] if y else f[1]), (1 - 2 * y) * (g[0] if x else g[1])
    kinds: dict[tuple[bool, bool], Kind] = {(False, False): "sink", (True, True): "source"}
    kind = kinds.get((growth[0] > 0, growth[1] > 0), "saddle") if all(growth) else "tied"
    return RestPoint(x, y, kind, equilibrium=max(growth) <= 0)


def _two_ends(f: Ends, g: Ends) -> bool:
    """Return whether one player strictly wants to match (or to differ), and the other the same, at least weakly."""
    return any(
        _swings(strict) and any(weak) and (weak[0] >= 0 >= weak[1] if strict[0] > 0 else weak[0] <= 0 <= weak[1])
        for strict, weak in ((f, g), (g, f))
    )


def _end(f: Ends, g: Ends) -> Cell:
    """Return the single end point.

    A player for whom one action is never worse ends there, and the other adapts; a tie counts as action 0.
    """
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
    """Return 1 or -1 where one action is never worse and sometimes better, else 0."""
    low, high = sorted(map(_sign, ends))
    return (high if low >= 0 else 0) or (low if high <= 0 else 0)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


# ------------------------------------------------------------------------------------------ the border of the basins


def _parted(f: Ends, g: Ends, tolerance: float) -> Basins:
    """Return the two basins of a game in which both want to match, or both to differ."""
    differ = f[0] < 0 or g[0] < 0
    if differ:
        # With the column player's actions swapped, both want to match.
        f, g = (f[1], f[0]), (-g[0], -g[1])
    border, share, error = _border(f, g, tolerance)
    low, high = (1, 1), (0, 0)
    if differ:
        border[:, 1] = 1 - border[:, 1]
        low, high = (1, 0), (0, 1)
    found = sorted([Basin(high, 1 - share), Basin(low, share)], key=lambda one: -one.share)
    return Basins(tuple(found), circles=False, border=border, error=error)


def _border(f: Ends, g: Ends, tolerance: float) -> tuple[Floats, float, float]:
    """Return the border between two end points of players who match, the share below it, and its error.

    The border is computed over x where the column player's better action changes with x and the border crosses the
    mixed equilibrium at less than 45 degrees, otherwise over y.
    """
    if not _swings(g) or (_swings(f) and _bend(g) > _bend(f)):
        border, share, error = _walked(g, f, tolerance)
        return border[::-1, ::-1].copy(), share, error
    return _walked(f, g, tolerance)


def _bend(ends: Ends) -> Fraction:
    """Return the second derivative of P or Q at its minimum, in log odds."""
    return ends[0] * ends[1] / (ends[1] - ends[0])


def _walked(f: Ends, g: Ends, tolerance: float) -> tuple[Floats, float, float]:
    """Return the border as y over x, for a column player whose better action changes with x.

    In log odds of x the integrand is smooth and decays exponentially on both sides. The trapezoidal rule with equal
    steps then converges faster than any power of the step (Trefethen and Weideman 2014, SIAM Review 56).
    """
    unit = max(map(abs, (*f, *g)))
    across, along = _bowl(f, unit), _bowl(g, unit)
    height, centre = partial(_height, across, along), along.bottom
    places = np.linspace(-_SHOWN, _SHOWN, _POINTS)
    border = np.column_stack((_share(places), _share(height(places))))
    half_turn, mirror = (f[0], g[0]) == (-f[1], -g[1]), g == (-f[1], -f[0])
    if half_turn or mirror:
        # A symmetry swaps the basins, the half-turn around the centre or the mirror x + y = 1, so each has one half.
        return border, 0.5, 0.0
    step, share = _COARSE, _area(height, centre, _COARSE)
    error = 1.0
    while error > tolerance and step > _FINEST:
        step, before = step / 2, share
        share = _area(height, centre, step)
        error = abs(share - before)
    return border, share, error


class _Bowl(NamedTuple):
    """P or Q of a player who matches, over the log odds of the other's action 0: it falls to a minimum, then rises."""

    left: float
    right: float
    bottom: float

    def depth(self, odds: Floats) -> Floats:
        """Return the value above the minimum."""
        return self._level(odds) - self._level(np.array(self.bottom))

    def _level(self, odds: Floats) -> Floats:
        return self.right * np.logaddexp(0.0, odds) + self.left * np.logaddexp(0.0, -odds)


def _bowl(ends: Ends, unit: Fraction) -> _Bowl:
    bottom = _log(-ends[1]) - _log(ends[0])
    return _Bowl(float(-ends[1] / unit), float(ends[0] / unit), min(max(bottom, -_FAR), _FAR))


def _height(across: _Bowl, along: _Bowl, places: Floats) -> Floats:
    """Return the log odds of y on the border, by bisection.

    On the border P and Q are equally far above their minima, on opposite sides of them.
    """
    depth = along.depth(places)
    near = np.full_like(places, across.bottom)
    far = np.where(places < along.bottom, _FAR, -_FAR)
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        beyond = across.depth(middle) > depth
        near, far = np.where(beyond, near, middle), np.where(beyond, middle, far)
    return (near + far) / 2


def _area(height: Callable[[Floats], Floats], centre: float, step: float) -> float:
    """Return the area under the border: a sum over equally spaced log odds of x, one of which is the centre."""
    first, last = ceil((-_WIDE - centre) / step), floor((_WIDE - centre) / step)
    places = centre + step * np.arange(first, last + 1, dtype=np.float64)
    x, y = _share(places), _share(height(places))
    return float(step * (x * (1 - x) * y).sum())


def _share(odds: Floats) -> Floats:
    return np.exp(-np.logaddexp(0.0, -odds))


def _log(number: Fraction) -> float:
    """Return the logarithm, also for numbers outside the range of floats; a very low number for 0."""
    return log(number.numerator) - log(number.denominator) if number else -4 * _FAR
