"""games/ beside Nashpy, and beside QuantEcon.py and Gambit where they are installed.

Our side of a game is all of `games.solve` but Nashpy's second opinion: every extreme equilibrium in exact numbers,
the continua, the verdict on degeneracy. The peers give lists of equilibria, Gambit's exact too.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from typing import Any

import numpy as np

from benchmarks.pairs import Measured, Pair, Work, measured, peak
from games.bimatrix import Bimatrix
from games.equilibria.solve import solve
from games.formats.nfg import nfg_text
from games.two_by_two.batch import BLOCK, solve_many

KERNEL_RATIO = 20_000
EXACT_RATIO = 30
SIZES = {3: 60, 4: 30, 5: 12}
"""Rows and columns of the games, and how many of them."""

Count = Callable[[Any], int]
"""How many equilibria the peer finds in a game that stands in the peer's own form."""


def run(*, quick: bool) -> Iterator[Measured | str]:
    """Every comparison in turn; `quick` takes a handful of games and asserts nothing, to see that all of it works."""
    warnings.simplefilter("ignore")
    yield measured(_kernel(3, 50) if quick else _kernel(300, 4 * BLOCK), 1 if quick else 15)
    for size, count in SIZES.items():
        for pair in _enumerations(_random(size, 2 if quick else count)):
            yield measured(pair._replace(least=None) if quick else pair, 1 if quick else 5)
    games = _random(2, 1000 if quick else 1_000_000)
    most = peak(lambda: solve_many(games)) / len(games)
    yield f"memory of {len(games):,} 2x2 games in arrays: {most:,.0f} bytes a game"


def _random(size: int, count: int) -> Any:
    """Whole payoffs so wide that hardly a game is degenerate: (count, 2, size, size)."""
    return np.random.default_rng(size).integers(1, 2000, (count, 2, size, size)).astype(float)


def _kernel(few: int, many: int) -> Pair:
    """As many games as stay in a processor's cache, over and over; Nashpy takes the first of them."""
    import nashpy

    games, times = _random(2, many), 50

    def ours() -> list[int]:
        for _ in range(times - 1):
            solve_many(games)
        found = solve_many(games)
        return (found.pure[:few].sum(axis=(1, 2)) + found.mixes[:few]).tolist()

    def peer() -> list[int]:
        return [len(list(nashpy.Game(*game).support_enumeration())) for game in games[:few]]

    name = "2x2 in arrays beside Nashpy's support enumeration"
    return Pair(name, Work(ours, many * times), Work(peer, few), KERNEL_RATIO if few > 100 else None)


def _enumerations(payoffs: Any) -> Iterator[Pair]:
    games = [Bimatrix(game) for game in payoffs.tolist()]
    ours = Work(lambda: [len(solve(game, opinion=False).equilibria) for game in games], len(games))
    rows, columns = games[0].shape
    for name, count, players, least in _peers(games):
        peer = Work(partial(_counts, count, players), len(games))
        yield Pair(f"{rows}x{columns} beside {name}", ours, peer, least)


def _counts(count: Count, players: list[Any]) -> list[int]:
    return [count(one) for one in players]


def _peers(games: list[Bimatrix]) -> Iterator[tuple[str, Count, list[Any], float | None]]:
    """Name, search, the games in the peer's own form, and how many times as fast we must be."""
    import nashpy

    arrays = [game.array() for game in games]
    contests = [nashpy.Game(*payoffs) for payoffs in arrays]
    yield "Nashpy's vertex enumeration", lambda one: len(list(one.vertex_enumeration())), contests, EXACT_RATIO
    if find_spec("quantecon"):
        theory: Any = import_module("quantecon.game_theory")
        players = [theory.NormalFormGame([theory.Player(A), theory.Player(B.T)]) for A, B in arrays]
        yield "QuantEcon's support enumeration", lambda one: len(theory.support_enumeration(one)), players, None
        yield "QuantEcon's vertex enumeration", lambda one: len(theory.vertex_enumeration(one)), players, None
    if find_spec("pygambit"):
        gambit: Any = import_module("pygambit")
        tables = [gambit.read_nfg(StringIO(nfg_text(game))) for game in games]
        yield "Gambit's exact enumeration", lambda one: len(gambit.nash.enummixed_solve(one).equilibria), tables, None
