"""`solve`: every equilibrium of a game, and an honest word when that is more than time allows.

The exact solver of `games.equilibria.enumeration` answers; Nashpy (Knight and Campbell 2018) works beside it as a
second opinion on the games that people look at, by supports and, where these miss something, by vertices. How far the
two agree is told. Alone it would not do: on games with ties its support enumeration misses an extreme equilibrium in
one game of three. Payoffs are put into Nashpy's hands in a unit that does it no harm (`games.exact_numbers.handy`).

The whole of Nashpy takes seconds to load, its support enumeration is one file that loads in a moment. 2x2 games are
asked by that file alone; the rest is loaded for larger ones, and waited for only as long as there is time. Where the
exact solver runs out of time, pure equilibria are still found by looking at every cell, and mixed ones by the paths of
`games.equilibria.lemke_howson`, under what is left of the time. `complete` is then false and `note` says why.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from functools import cache, partial
from math import inf
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from games.bimatrix import Bimatrix, Cell, Matrix, Pair
from games.equilibria.best_replies import Replies, pure_cells, replies
from games.equilibria.enumeration import ALWAYS, LONGEST_ANSWER, NEVER, Extremes, Mixture, TooLarge, extremes
from games.equilibria.equilibrium import Equilibria, Equilibrium, Subset
from games.equilibria.lemke_howson import paths
from games.exact_numbers import handy, seconds
from games.formats.game_argument import as_game
from games.slow_imports import alone, in_time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Counts: TypeAlias = tuple[Floats, Floats]
    Found: TypeAlias = list[tuple[Floats, Floats]]
    Search: TypeAlias = Callable[..., Iterable[tuple[Floats, Floats]]]

__all__ = ["counted_play", "pure_cells", "regret", "solve"]

Profile: TypeAlias = tuple[Mixture, Mixture]
_Used: TypeAlias = list[tuple[int, Fraction]]

EXACT = "exact: double description in integers, maximal bicliques"
PARTLY = "exact, not complete: pure cells, Lemke-Howson paths"
SMALL = 9
"""Nashpy is asked when rows and columns number no more than this together: loaded, it takes a tenth of a second."""
LARGE = 200
"""Beyond so many rows and columns together the exact solver could not even set out, and is not asked."""

_NEAR = 1e-6
_RESERVED = 0.2
_TURN = Lock()


def solve(game: Any, timeout: float = 10.0, *, opinion: bool = True, spent: float = 0.0) -> Equilibria:
    """All extreme equilibria, maximal Nash subsets and components of a game, within about `timeout` seconds.

    `game` is a Bimatrix, two matrices, the name of a printed game, the path of a game file, or what holds a game.

    Payoffs that differ by less than the game's tolerance are ties. `opinion=False` spares Nashpy's second
    opinion (and its import); `spent` seconds of the time are gone already. Raises InputError when `timeout` is no
    number of seconds above 0.
    """
    game = as_game(game)
    deadline = time.perf_counter() + seconds(timeout, "timeout") - spent
    settled = game.settled()
    table = _Table(game, settled, replies(settled))
    try:
        found = _complete(table, deadline - _RESERVED * timeout)
        points = tuple(_described(table, found.pairs, deadline))
    except TimeoutError as reason:
        too_large = isinstance(reason, TooLarge)
    else:
        wanted = opinion and sum(game.shape) <= SMALL
        return _whole(points, found, _agreement(found, _enumerated(settled, deadline)) if wanted else None)
    # Only here, past the exception, has the search given back its memory, which takes a moment too.
    return _partly(table, deadline, timeout, too_large=too_large)


def _whole(points: tuple[Equilibrium, ...], found: Extremes, note: str | None) -> Equilibria:
    """The complete answer."""
    kinds: tuple[Literal["point", "continuum"], ...] = ("point", "continuum")
    subsets = tuple(Subset(vertices, kinds[len(vertices) > 1]) for vertices in found.subsets)
    parts, degenerate = tuple(found.components), found.degenerate
    return Equilibria(points, subsets, parts, complete=True, degenerate=degenerate, method=EXACT, note=note)


class _Table(NamedTuple):
    """A game, the same with near ties made ties, and the best replies in that."""

    game: Bimatrix
    settled: Bimatrix
    replies: Replies


def _complete(table: _Table, deadline: float) -> Extremes:
    game = table.settled
    if 1 in game.shape:
        # Where one player has no choice, the other's best actions are all there is.
        pure = table.replies.cells()
        if len(pure) > _listable(game):
            raise TooLarge
        return Extremes(_corners(game, pure), [tuple(range(len(pure)))], [(0,)], degenerate=len(pure) > 1)
    if sum(game.shape) > LARGE:
        raise TooLarge
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


def _described(table: _Table, pairs: Iterable[Profile], deadline: float = inf) -> Iterator[Equilibrium]:
    """Each pair of strategies with what it pays; TimeoutError once the deadline has passed."""
    game = table.game
    for row, column in pairs:
        _watch(deadline)
        rows, columns = _used(row), _used(column)
        if len(rows) == 1 == len(columns):
            cell = rows[0][0], columns[0][0]
            yield Equilibrium(row, column, game.at(cell), "pure", table.replies.strict(cell), game)
        else:
            yield Equilibrium(row, column, _worth(table, rows, columns, deadline), "mixed", strict=False, game=game)


def _worth(table: _Table, rows: _Used, columns: _Used, deadline: float) -> Pair:
    """What two mixed strategies in equilibrium pay."""
    A, B = table.game.payoffs
    if table.settled is not table.game:
        return _expected(A, rows, columns, deadline), _expected(B, rows, columns, deadline)
    # Without near ties all actions in use pay the same: one of them tells.
    (i, _), (j, _) = rows[0], columns[0]
    return _expected(A, [(i, ALWAYS)], columns, deadline), _expected(B, rows, [(j, ALWAYS)], deadline)


def _expected(M: Matrix, rows: _Used, columns: _Used, deadline: float) -> Fraction:
    total = NEVER
    for i, p in rows:
        _watch(deadline)
        total += p * sum((q * M[i][j] for j, q in columns), NEVER)
    return total


def _watch(deadline: float) -> None:
    if time.perf_counter() > deadline:
        raise TimeoutError


def _used(mixture: Mixture) -> _Used:
    return [(action, weight) for action, weight in enumerate(mixture) if weight is not NEVER and weight]


# ---------------------------------------------------------------------------------------- beside: a second opinion


def _agreement(found: Extremes, opinions: Iterable[Found | None]) -> str | None:
    """How many of the exact extreme equilibria Nashpy finds too; it is asked further while some are missing.

    An opinion is None where time was over; None where it was over before the first.
    """
    total, missing = len(found.pairs), found.pairs
    reason = "the game is degenerate" if found.degenerate else "its floats lose them"
    for number, second in enumerate(opinions):
        if second is None:
            late = f"Nashpy finds {total - len(missing)} of {total} extreme points by supports"
            return f"{late}; no time was left to ask it by vertices" if number else None
        missing = [pair for pair in missing if not any(_close(pair, other) for other in second)]
        if not missing:
            return f"Nashpy finds the same {_counted(total)}"
    return f"Nashpy finds {total - len(missing)} of {total} extreme points: {reason}"


def _counted(total: int) -> str:
    return "equilibrium" if total == 1 else f"{total} extreme points"


def _close(pair: Profile, other: tuple[Floats, Floats]) -> bool:
    return all(
        abs(float(p) - q) < _NEAR
        for mine, theirs in zip(pair, other, strict=True)
        for p, q in zip(mine, theirs, strict=True)
    )


def _enumerated(game: Bimatrix, deadline: float) -> Iterator[Found | None]:
    """What Nashpy finds by supports, then, but for 2x2 games, by vertices; None for what does not load in time."""
    by_supports = in_time(_supports, deadline)
    yield by_supports and _searched(partial(by_supports, *map(handy, game.payoffs)))
    if game.shape != (2, 2):
        package = in_time(_package, deadline)
        yield package and _searched(package.Game(*map(handy, game.payoffs)).vertex_enumeration)


@cache
def _supports() -> Search:
    """Nashpy's support enumeration, which is one file and needs NumPy alone."""
    import numpy as np

    search = alone("nashpy", "algorithms/support_enumeration.py").support_enumeration
    return lambda *payoffs: search(*map(np.array, payoffs))


def _package() -> Any:
    """All of Nashpy, with SciPy and networkx: two to three seconds of a processor when it is first asked for."""
    import nashpy

    return nashpy


def _searched(search: Callable[[], Iterable[tuple[Floats, Floats]]]) -> Found:
    """What one method finds. On ties and on flat bodies the libraries beneath give up; what was found still counts."""
    found: Found = []
    with warnings.catch_warnings(), suppress(RuntimeError, ValueError, ArithmeticError):
        warnings.simplefilter("ignore")
        for pair in search():
            found.append(pair)
    return found


# ------------------------------------------------------------------------------------------ beside: learning by play


def counted_play(A: Floats, B: Floats, rounds: int, generator: np.random.Generator, noise: float = 0.0) -> Counts:
    """Nashpy's fictitious play: how often each action was played after 0, 1, ... `rounds` rounds.

    `A`, `B`: (m, n) payoffs of rows and columns. Each round both reply at once to the other's counts: with the best
    action, ties drawn by lot (Brown 1951), or, where `noise` is above 0, with logit chances in which a payoff lower by
    `noise` is e times less likely (Fudenberg and Levine 1998). Counts: (rounds + 1, m) and (rounds + 1, n).
    """
    import numpy as np

    contest = _package().Game(A, B)
    with _TURN, _drawing_from(generator):
        if noise:
            noisy = contest.stochastic_fictitious_play(rounds, etha=noise, epsilon_bar=0.0)
            played = [counts for counts, _ in noisy]
        else:
            played = list(contest.fictitious_play(rounds))
    rows, columns = zip(*played, strict=True)
    return np.array(rows, dtype=np.float64), np.array(columns, dtype=np.float64)


@contextmanager
def _drawing_from(generator: np.random.Generator) -> Generator[None]:
    """Let Nashpy, which draws from NumPy's one global source, draw what this generator says, and put all back."""
    import numpy as np

    before = np.random.get_state()  # noqa: NPY002 - the legacy source is the one that Nashpy knows
    fresh = np.random.RandomState(generator.integers(2**32, size=8, dtype=np.uint32))
    np.random.set_state(fresh.get_state())  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


# ------------------------------------------------------------------------------------------- when the clock wins


def _partly(table: _Table, deadline: float, timeout: float, *, too_large: bool) -> Equilibria:
    """Every pure equilibrium, and the mixed ones at the ends of Lemke and Howson's paths."""
    cells, most = table.replies.cells(), _listable(table.game)
    pure = _described(table, _corners(table.game, cells[:most]))
    mixed = sorted(_ends(table, deadline), key=_falling)
    reason = f"The exact solver did not finish in {timeout:g} s"
    if too_large:
        reason = "The game is too large for the exact solver"
    told = "All pure equilibria" if len(cells) <= most else f"{most} of {len(cells)} pure equilibria"
    note = (
        f"{reason}. {told} are listed, of the mixed ones only those on Lemke and Howson's paths, if any; how they hang "
        "together is not known."
    )
    return Equilibria((*pure, *mixed), (), (), complete=False, degenerate=None, method=PARTLY, note=note)


def _ends(table: _Table, deadline: float) -> Iterator[Equilibrium]:
    """The mixed equilibria at the ends of paths, each once, until time is over."""
    if sum(table.game.shape) > LARGE:
        return
    known: set[Profile] = set()
    with suppress(TimeoutError):
        for pair in paths(*table.settled.payoffs, deadline):
            if pair not in known and min(map(max, pair)) < 1:
                known.add(pair)
                yield from _described(table, [pair], deadline)


def _falling(one: Equilibrium) -> list[Fraction]:
    return [-p for mixture in (one.row, one.column) for p in mixture]


def _listable(game: Bimatrix) -> int:
    """How many equilibria fit into the longest answer."""
    return LONGEST_ANSWER // sum(game.shape)


def _corners(game: Bimatrix, cells: Iterable[Cell]) -> list[Profile]:
    """The cells as pairs of mixed strategies that mix nothing."""
    row, column = (cache(partial(_only, size)) for size in game.shape)
    return [(row(i), column(j)) for i, j in cells]


def _only(size: int, action: int) -> Mixture:
    return (NEVER,) * action + (ALWAYS,) + (NEVER,) * (size - action - 1)
