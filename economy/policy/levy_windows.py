"""The smallest and the largest levy at which an opening holds, for several economies at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.payoffs import solve_bilateral
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import BINDING, CONDITIONS, add_level_axis, agreement_margins

LevyWindow = tuple[float, float]
"""The smallest and the largest levy that is enough, share of earnings abroad."""
LEVIES = np.linspace(0.0, 1.0, 101)
"""Levies that are tried first, share of earnings abroad."""
FINER, DECIMALS = 10, 3
"""Amounts that are tried between two of LEVIES at each end of a window, and decimals of the result."""


class LevyWindows(NamedTuple):
    """The windows of one economy; None where no levy is enough."""

    alone: LevyWindow | None
    """For an opening that enforces itself and leaves neither government below the status quo."""
    treaty: LevyWindow | None
    """For a binding treaty: neither government is below the status quo."""


def levy_windows(economies: Sequence[Parameters]) -> tuple[LevyWindows, ...]:
    """The smallest and the largest levy at which a mutual opening holds.

    LEVIES are tried first, then finer amounts outside both ends. Where none of LEVIES is enough, finer amounts around
    the one that comes nearest are tried. The levies of the economies are not read.

    Parameters
    ----------
    economies
        Single economies, at least one.

    Returns
    -------
    tuple[LevyWindows, ...]
        One for each economy. Levies between the two ends need not all be enough.
    """
    batch = add_level_axis(stack_economies(economies))
    room = agreement_margins(solve_bilateral(batch.replace(tax=np.broadcast_to(LEVIES, (len(economies), LEVIES.size)))))
    every: NDArray[np.bool_] = np.ones(len(CONDITIONS), dtype=bool)
    found = (_windows(batch, room, columns) for columns in (every, BINDING))
    return tuple(LevyWindows(*windows) for windows in zip(*found, strict=True))


def stack_economies(economies: Sequence[Parameters]) -> Parameters:
    """One batch of shape (n) of n single economies with the same conventions."""
    first, values = economies[0], [each.items() for each in economies]
    columns = {name: np.array([each[name] for each in values]) for name in values[0]}
    differing = {name: column for name, column in columns.items() if name == "tax" or np.any(column != column[0])}
    return first.replace(**differing)


def _windows(batch: Parameters, room: Array, columns: NDArray[np.bool_]) -> list[LevyWindow | None]:
    """The windows of each economy where some of the conditions count; `room` is (economy, level, condition)."""
    ends = np.array([_ends(margin) for margin in room[..., columns].min(axis=-1)])
    step = (LEVIES[1] - LEVIES[0]) / FINER
    below, above = (step * np.arange(first, first + FINER) for first in (1 - FINER, 0))
    near = np.clip(np.concatenate([ends[:, :1] + below, ends[:, 1:] + above], axis=1), 0.0, 1.0)
    margins = agreement_margins(solve_bilateral(batch.replace(tax=near)))[..., columns].min(axis=-1)
    return [_window(amounts[margin >= 0]) for amounts, margin in zip(near, margins, strict=True)]


def _ends(margin: Array) -> tuple[float, float]:
    """The first and the last of LEVIES that is enough; the one with the largest margin where none is."""
    some = np.flatnonzero(margin >= 0)
    first, last = (some[0], some[-1]) if some.size else (margin.argmax(), margin.argmax())
    return float(LEVIES[first]), float(LEVIES[last])


def _window(enough: Array) -> LevyWindow | None:
    """The smallest and the largest of some amounts."""
    return None if enough.size == 0 else (round(float(enough.min()), DECIMALS), round(float(enough.max()), DECIMALS))
