"""`solve`: every equilibrium of a game; if time runs out, a partial answer that is marked as not complete.

The exact solver of `games.equilibria.enumeration` gives the answer. Nashpy (Knight and Campbell 2018) checks it on
games of up to 9 rows and columns together, by support enumeration and, where that misses equilibria, by vertex
enumeration. The note gives the number of equilibria that both find. Nashpy alone is not enough: on games with ties its
support enumeration misses an extreme equilibrium in one game of three. Payoffs are given to Nashpy in a unit that suits
floats (`games.exact_numbers.to_scaled_floats`).

All of Nashpy takes seconds to load; its support enumeration is one file that loads quickly. 2x2 games use that file
only. For larger games the whole package is loaded within the time limit. If the exact solver runs out of time, every
cell is still checked for pure equilibria, and the paths of `games.equilibria.lemke_howson` give mixed equilibria in the
remaining time. `complete` is then false and `note` gives the reason.
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
from games.equilibria.enumeration import (
    ALWAYS,
    LONGEST_ANSWER,
    NEVER,
    ExtremeEquilibria,
    GameTooLarge,
    Mixture,
    enumerate_equilibria,
)
from games.equilibria.equilibrium import Equilibria, Equilibrium, Subset
from games.equilibria.lemke_howson import paths
from games.exact_numbers import check_seconds, to_scaled_floats
from games.formats.game_argument import as_game
from games.messages import Message, join_messages, message, plural_message
from games.slow_imports import call_with_deadline, import_single_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Counts: TypeAlias = tuple[Floats, Floats]
    Found: TypeAlias = list[tuple[Floats, Floats]]
    Search: TypeAlias = Callable[..., Iterable[tuple[Floats, Floats]]]

__all__ = ["fictitious_play_counts", "profile_regret", "pure_cells", "solve"]

Profile: TypeAlias = tuple[Mixture, Mixture]
_Used: TypeAlias = list[tuple[int, Fraction]]

EXACT = message("exact: double description in integers, maximal bicliques")
PARTLY = message("exact, not complete: pure cells, Lemke-Howson paths")
SMALL = 9
"""Nashpy is called when rows and columns together are at most this many: once loaded, it takes a tenth of a second."""
LARGE = 200
"""With more rows and columns together than this, the exact solver is not started."""

NO_VERTICES = message(
    "Nashpy finds {found} of {total} extreme points by supports; no time was left to ask it by vertices."
)
MISSED_TIES = message("Nashpy finds {found} of {total} extreme points: the game is degenerate.")
MISSED_BY_FLOATS = message("Nashpy finds {found} of {total} extreme points: its floats lose them.")
TIMED_OUT = message("The exact solver did not finish in {seconds} s.")
TOO_LARGE = message("The game is too large for the exact solver.")
ALL_PURE = message(
    "All pure equilibria are listed, of the mixed ones only those on Lemke and Howson's paths, if any; how they are "
    "connected is not known."
)
SOME_PURE = message(
    "{number} of {total} pure equilibria are listed, of the mixed ones only those on Lemke and Howson's paths, if any; "
    "how they are connected is not known."
)

_NEAR = 1e-6
_RESERVED = 0.2
_TURN = Lock()


def solve(game: Any, timeout: float = 10.0, *, opinion: bool = True, spent: float = 0.0) -> Equilibria:
    """Return all extreme equilibria, maximal Nash subsets and components of a game, within about `timeout` seconds.

    Parameters
    ----------
    game
            A `Bimatrix`, two matrices, the name of a printed game, the path of a game file, or an object with a game.
        Payoffs that differ by less than the game's tolerance are ties.
    timeout
        Time limit in seconds, above 0.
    opinion
        Whether Nashpy checks the answer; False also avoids its import.
    spent
        Seconds of the time limit that are already used.

    Returns
    -------
    Equilibria
        The equilibria, and whether the list is complete.

    Raises
    ------
    InputError
        When there is no game, and when `timeout` is not a number of seconds above 0.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel 2010, Economic Theory 42; Lemke and Howson 1964.
    """
    game = as_game(game)
    deadline = time.perf_counter() + check_seconds(timeout, "timeout") - spent
    settled = game.with_exact_ties()
    table = _Table(game, settled, replies(settled))
    try:
        found = _complete(table, deadline - _RESERVED * timeout)
        points = tuple(_described(table, found.pairs, deadline))
    except TimeoutError as reason:
        too_large = isinstance(reason, GameTooLarge)
    else:
        wanted = opinion and sum(game.shape) <= SMALL
        return _whole(points, found, _agreement(found, _enumerated(settled, deadline)) if wanted else None)
    # The call stands outside the `except` block: only there is the memory of the exact search free again.
    return _partly(table, deadline, timeout, too_large=too_large)


def _whole(points: tuple[Equilibrium, ...], found: ExtremeEquilibria, note: str | None) -> Equilibria:
    """Return the complete answer."""
    kinds: tuple[Literal["point", "continuum"], ...] = ("point", "continuum")
    subsets = tuple(Subset(vertices, kinds[len(vertices) > 1]) for vertices in found.subsets)
    parts, degenerate = tuple(found.components), found.degenerate
    return Equilibria(points, subsets, parts, complete=True, degenerate=degenerate, method=EXACT, note=note)


class _Table(NamedTuple):
    """A game, the same game with near ties made exact ties, and the best replies in the second."""

    game: Bimatrix
    settled: Bimatrix
    replies: Replies


def _complete(table: _Table, deadline: float) -> ExtremeEquilibria:
    game = table.settled
    if 1 in game.shape:
        # If one player has a single action, the best actions of the other are the extreme equilibria.
        pure = table.replies.cells()
        if len(pure) > _listable(game):
            raise GameTooLarge
        return ExtremeEquilibria(_corners(game, pure), [tuple(range(len(pure)))], [(0,)], degenerate=len(pure) > 1)
    if sum(game.shape) > LARGE:
        raise GameTooLarge
    return enumerate_equilibria(*game.payoffs, deadline)


def profile_regret(game: Bimatrix, profile: Profile) -> Pair:
    """Return the largest gain of each player from changing alone; (0, 0) exactly at an equilibrium."""
    row, column = profile
    A, B = game.payoffs
    against_column = [_dot(line, column) for line in A]
    against_row = [_dot(line, row) for line in zip(*B, strict=True)]
    return max(against_column) - _dot(against_column, row), max(against_row) - _dot(against_row, column)


def _dot(first: Iterable[Fraction], second: Iterable[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(first, second, strict=True) if a and b), Fraction(0))


def _described(table: _Table, pairs: Iterable[Profile], deadline: float = inf) -> Iterator[Equilibrium]:
    """Yield each pair of strategies with its payoffs; TimeoutError once the deadline has passed."""
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
    """Return the payoffs of two mixed strategies in equilibrium."""
    A, B = table.game.payoffs
    if table.settled is not table.game:
        return _expected(A, rows, columns, deadline), _expected(B, rows, columns, deadline)
    # Without near ties all actions in use pay the same, so one action of each player is enough.
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


# ------------------------------------------------------------------------------------------- check by Nashpy


def _agreement(found: ExtremeEquilibria, opinions: Iterable[Found | None]) -> str | None:
    """Return a sentence on how many of the exact extreme equilibria Nashpy finds too.

    The next method is tried only while equilibria are missing. An opinion is None when time ran out; the result is None
    when time ran out before the first.
    """
    total, missing = len(found.pairs), found.pairs
    for number, second in enumerate(opinions):
        if second is None:
            return NO_VERTICES.format(found=total - len(missing), total=total) if number else None
        missing = [pair for pair in missing if not any(_close(pair, other) for other in second)]
        if not missing:
            return _all_found(total)
    missed = MISSED_TIES if found.degenerate else MISSED_BY_FLOATS
    return missed.format(found=total - len(missing), total=total)


def _all_found(total: int) -> Message:
    return plural_message("Nashpy finds the same equilibrium.", "Nashpy finds the same {number} extreme points.", total)


def _close(pair: Profile, other: tuple[Floats, Floats]) -> bool:
    return all(
        abs(float(p) - q) < _NEAR
        for mine, theirs in zip(pair, other, strict=True)
        for p, q in zip(mine, theirs, strict=True)
    )


def _enumerated(game: Bimatrix, deadline: float) -> Iterator[Found | None]:
    """Yield the equilibria that Nashpy finds by supports and, except for 2x2 games, by vertices.

    None stands for a method that did not load in time.
    """
    by_supports = call_with_deadline(_supports, deadline)
    yield by_supports and _searched(partial(by_supports, *map(to_scaled_floats, game.payoffs)))
    if game.shape != (2, 2):
        package = call_with_deadline(_package, deadline)
        yield package and _searched(package.Game(*map(to_scaled_floats, game.payoffs)).vertex_enumeration)


@cache
def _supports() -> Search:
    """Return Nashpy's support enumeration, a single file that needs only NumPy."""
    import numpy as np

    search = import_single_file("nashpy", "algorithms/support_enumeration.py").support_enumeration
    return lambda *payoffs: search(*map(np.array, payoffs))


def _package() -> Any:
    """Import all of Nashpy with SciPy and networkx: two to three seconds at the first call."""
    import nashpy

    return nashpy


def _searched(search: Callable[[], Iterable[tuple[Floats, Floats]]]) -> Found:
    """Return the equilibria of one method, up to the first error.

    Nashpy's libraries can fail on ties and on flat polytopes; what was found before still counts.
    """
    found: Found = []
    with warnings.catch_warnings(), suppress(RuntimeError, ValueError, ArithmeticError):
        warnings.simplefilter("ignore")
        for pair in search():
            found.append(pair)
    return found


# ----------------------------------------------------------------------------------------------- learning


def fictitious_play_counts(
    A: Floats, B: Floats, rounds: int, generator: np.random.Generator, noise: float = 0.0
) -> Counts:
    """Return how often each action was played after 0, 1, ... `rounds` rounds of Nashpy's fictitious play.

    In each round both players reply at the same time to the counts of the other. Without noise the reply is the best
    action, ties broken at random (Brown 1951). With noise it is a logit choice: a payoff lower by `noise` is e times
    less likely (Fudenberg and Levine 1998).

    Parameters
    ----------
    A
        (m, n): payoffs of the row player.
    B
        (m, n): payoffs of the column player.
    rounds
        Number of rounds, at least 1.
    generator
        Source of all random draws.
    noise
        Scale of the logit choice in payoff units; 0 for best replies.

    Returns
    -------
    tuple of arrays
        Counts of the rows (rounds + 1, m) and of the columns (rounds + 1, n).

    References
    ----------
    Brown 1951; Fudenberg and Levine 1998.
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
    """Make Nashpy, which uses NumPy's global random state, draw from `generator`, and restore the state afterwards."""
    import numpy as np

    before = np.random.get_state()  # noqa: NPY002 - Nashpy uses the legacy global state
    fresh = np.random.RandomState(generator.integers(2**32, size=8, dtype=np.uint32))
    np.random.set_state(fresh.get_state())  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002


# ------------------------------------------------------------------------------------------ after a timeout


def _partly(table: _Table, deadline: float, timeout: float, *, too_large: bool) -> Equilibria:
    """Return every pure equilibrium, and the mixed ones at the ends of Lemke-Howson paths."""
    cells, most = table.replies.cells(), _listable(table.game)
    pure = _described(table, _corners(table.game, cells[:most]))
    mixed = sorted(_ends(table, deadline), key=_falling)
    reason = TOO_LARGE if too_large else TIMED_OUT.format(seconds=f"{timeout:g}")
    listed = ALL_PURE if len(cells) <= most else SOME_PURE.format(number=most, total=len(cells))
    note = join_messages(" ", [reason, listed])
    return Equilibria((*pure, *mixed), (), (), complete=False, degenerate=None, method=PARTLY, note=note)


def _ends(table: _Table, deadline: float) -> Iterator[Equilibrium]:
    """Yield the mixed equilibria at the ends of paths, each once, until time runs out."""
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
    """Return how many equilibria fit into the longest answer."""
    return LONGEST_ANSWER // sum(game.shape)


def _corners(game: Bimatrix, cells: Iterable[Cell]) -> list[Profile]:
    """Return the cells as pairs of pure strategies in the form of mixtures."""
    row, column = (cache(partial(_only, size)) for size in game.shape)
    return [(row(i), column(j)) for i, j in cells]


def _only(size: int, action: int) -> Mixture:
    return (NEVER,) * action + (ALWAYS,) + (NEVER,) * (size - action - 1)
