"""Windows of a remedy: the smallest and the largest amount at which an opening is self-enforcing.

With a small levy the host gains too little; with a large one too few come, and the origin loses. Between the two lies
the window. Every amount of a grid is tried.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.batching import flatten_batch, take_columns
from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import AT_ONCE, BINDING, add_level_axis, agreement_margins, conditions_hold
from economy.policy.remedies import LEVY, Remedy

LEVY_AMOUNTS = np.linspace(0.0, 0.6, 601)
"""Levies that are tried, share of earnings abroad."""
LUMP_SUM_AMOUNTS = np.linspace(0.0, 0.05, 1001)
"""Lump sums that are tried, share of the host's GDP."""
PERIODS = np.arange(1.0, 21.0)
"""Numbers of periods over which an opening may be phased in."""


class Window(NamedTuple):
    """Amounts of a remedy that are enough, for a batch of shape B; NaN where none is."""

    low: Array
    """(*B) smallest amount."""
    high: Array
    """(*B) largest amount."""


def remedy_window(
    parameters: Parameters, remedy: Remedy = LEVY, amounts: Array = LEVY_AMOUNTS, *, binding: bool = False
) -> Window:
    """The smallest and the largest amount of a remedy at which a mutual opening holds.

    Parameters
    ----------
    parameters
        Economies of shape B. The parameter of the remedy is not read, unless the remedy is a share of it.
    remedy
        The remedy.
    amounts
        (amount) amounts that are tried, rising.
    binding
        True: neither government is below the status quo, as in a binding treaty. False: neither closes alone either.

    Returns
    -------
    Window
        Amounts of the grid; those between them need not all be enough.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    p, shape, count = flatten_batch(parameters)
    stride = max(1, AT_ONCE // amounts.size)
    low, high = np.full(count, np.nan), np.full(count, np.nan)
    for first in range(0, count, stride):
        part = add_level_axis(take_columns(p, slice(first, first + stride)))
        size = min(stride, count - first)
        tried = remedy.apply(part, np.broadcast_to(amounts, (size, amounts.size)))
        room = agreement_margins(solve_bilateral(tried))
        holds = conditions_hold(room[..., BINDING] if binding else room)
        some = holds.any(axis=-1)
        block = slice(first, first + size)
        low[block] = np.where(some, amounts[holds.argmax(axis=-1)], np.nan)
        high[block] = np.where(some, amounts[amounts.size - 1 - holds[:, ::-1].argmax(axis=-1)], np.nan)
    return Window(low.reshape(shape), high.reshape(shape))


def best_phasing(parameters: Parameters) -> Array:
    """(*B) number of periods, of PERIODS, over which an opening is phased in at the largest welfare."""
    welfare = agreement(add_level_axis(parameters).replace(years=PERIODS)).welfare
    return PERIODS[welfare.argmax(axis=-1)]
