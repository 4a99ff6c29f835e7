"""Quotas: the openness at which a given number of people can come.

A quota is a ceiling: inflow = min(places, willing). The model has no quota; it admits a share of the willing. So the
share is solved for. The inflow rises with openness, but the number of willing people depends on wages, and wages depend
on the inflow of both skills.
"""

from __future__ import annotations

import numpy as np

from economy.model.batching import flatten_batch, group_duplicates, take_columns
from economy.model.payoffs import agreement
from economy.parameters import Array, Parameters, Real, entries, touching

CLOSE = 1e-11
"""Relative tolerance of the inflow, share of the places."""
TRIES = 500
"""Most iterations of the search. An iteration gains one digit where few people come; where very many come, one digit
takes five."""


def openness_for_places(parameters: Parameters, less_skilled: Real, skilled: Real) -> Parameters:
    """Set the openness at which min(places, willing) of each skill come to the host.

    A place is filled by a person with papers; irregular migration comes on top. The origin opens to the host's workers
    by the same shares of the willing. Where only skilled workers have places, some less skilled workers come as well,
    as few as the upper limit of `skilled_openness` allows.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    less_skilled
        Places for less skilled workers, people as a share of the host's labour force, 0 to 1; broadcasts with B.
    skilled
        Places for workers who leave as skilled workers, in the same unit.

    Returns
    -------
    changed : Parameters
        The parameters with new `openness` and `skilled_openness`.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    # The two parameters hold the places here, so that `distinct` separates economies that differ only in places.
    p, shape, count = flatten_batch(parameters.replace(openness=less_skilled, skilled_openness=skilled))
    kinds = group_duplicates(p, touching("market"), count)
    first, kind = kinds or (np.arange(count), np.arange(count))
    levels = _levels(take_columns(p, first), first.size)[:, kind]
    return _opened(parameters, levels.reshape(2, *shape))


def _levels(p: Parameters, count: int) -> Array:
    """(skill, column) share of the willing that fills the places; 1 where there are more places than willing people.

    The search starts at 1 and multiplies the share by places / inflow in each iteration.
    """
    places = np.stack([np.broadcast_to(p.openness, count), np.broadcast_to(p.skilled_openness, count)])
    levels = np.where(places > 0, 1.0, 0.0)
    live = np.arange(count)
    for _ in range(TRIES):
        level, most = levels[:, live], places[:, live]
        inflow = _inflow(_opened(take_columns(p, live), level))
        missed = np.where(level < 1, np.abs(inflow - most), inflow - most)
        # A column is frozen when it has converged, so that its level does not depend on the other columns.
        off = ((most > 0) & (missed > CLOSE * most)).any(axis=0)
        if not off.any():
            break
        live, level, most, inflow = live[off], level[:, off], most[:, off], inflow[:, off]
        levels[:, live] = np.minimum(1.0, level * np.divide(most, inflow, out=np.ones_like(most), where=inflow > 0))
    return levels


def _opened(p: Parameters, levels: Array) -> Parameters:
    """The parameters with openness (skill, ...) written as the model reads it: `openness` and a ratio to it."""
    apart = entries()["skilled_openness"].high
    openness = np.maximum(levels[0], levels[1] / apart)
    ratio = np.divide(levels[1], openness, out=np.ones_like(openness), where=openness > 0)
    return p.replace(openness=openness, skilled_openness=np.minimum(ratio, apart))


def _inflow(p: Parameters) -> Array:
    """(skill, column) arrivals with papers in the host, share of its labour force."""
    cell = agreement(p)
    return np.moveaxis((cell.flows - cell.irregular)[..., 1, 0, :], -1, 0)
