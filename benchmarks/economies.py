"""economy/ beside the same equations solved by damped repetition, and how long what people wait for takes.

Both sides derive the payoffs of the same games from the same economies, drawn as those that the solver's numbers are
tested on; they must agree to a millionth of a per cent of GDP before any of them is timed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.damped import payoffs
from benchmarks.pairs import Measured, Pair, Work, measured
from economy.model.payoffs import TIE, solve_bilateral
from economy.parameters import Array, Parameters, defaults, preset
from games.two_by_two.batch import solve_many
from lab.atlas.axes import parse_axis
from lab.atlas.base_economy import read_base_economy
from lab.atlas.grid import define_atlas
from lab.atlas.statistics import solve_atlas

BATCH_RATIO = 20
SAME = 1e-6
"""% of GDP by which the two ways may differ; the peer stops at steps of 1e-10."""

RANGES = {
    "gap": (1, 8),
    "size": (0.3, 5),
    "u0": (0.15, 0.5),
    "u1": (0.4, 0.8),
    "theta": (0.4, 0.75),
    "kappa": (0, 1),
    "sigma": (1.3, 2.5),
    "openness": (0.02, 1),
    "chi": (0, 4),
    "slack": (0, 0.7),
    "cost": (1.5, 3),
    "nu": (0.3, 0.8),
    "gsp": (0, 1),
    "tax": (0, 0.3),
    "eta": (0, 0.03),
}
"""Where every dial of the batch is drawn from, evenly."""


def run(*, quick: bool) -> Iterator[Measured | str]:
    """Every comparison in turn; `quick` takes few economies and asserts nothing, to see that all of it works."""
    pair = batch(200 if quick else 10_000)
    yield measured(pair._replace(least=None) if quick else pair, 1 if quick else 7)
    yield _alone(20 if quick else 300)
    yield _atlas(30 if quick else 1000)


def drawn(count: int) -> Parameters:
    """So many different economies; every call draws the same."""
    random = np.random.default_rng(3)
    return defaults().replace(**{name: random.uniform(*ends, count) for name, ends in RANGES.items()})


def batch(count: int) -> Pair:
    """As many economies at once, by Newton's steps and by damped repetition."""
    economies = drawn(count)
    apart = float(np.abs(solve_bilateral(economies).payoffs - payoffs(economies)).max())
    if not apart < SAME:
        raise ArithmeticError(f"the two ways differ by {apart:.1e} % of GDP: there is nothing to compare")
    name = f"{count:,} economies at once beside damped repetition (payoffs alike to {apart:.0e} % of GDP)"
    ours = Work(lambda: _classes(solve_bilateral(economies).payoffs), count)
    return Pair(name, ours, Work(lambda: _classes(payoffs(economies)), count), BATCH_RATIO)


def _classes(found: Array) -> list[int]:
    return solve_many(found, TIE).code.tolist()


def _alone(times: int) -> str:
    """One game, warm: what a slider waits for, in CPU time."""
    one = preset("asymmetric")
    solve_bilateral(one)
    seconds: list[float] = []
    for _ in range(times):
        start = time.process_time()
        solve_bilateral(one)
        seconds.append(time.process_time() - start)
    return f"one 2x2 game by itself, warm: {1000 * median(seconds):.2f} ms"


def _atlas(side: int) -> str:
    """A map of side x side games on the disk, class and gains, in CPU time."""
    atlas = define_atlas(read_base_economy(), [parse_axis(f"gap=1:8:{side}"), parse_axis(f"kappa=0:1:{side}")])
    start = time.process_time()
    with TemporaryDirectory() as folder:
        solve_atlas(atlas, Path(folder) / "map.parquet")
    return f"atlas of {atlas.points:,} games in Parquet: {time.process_time() - start:.1f} s"
