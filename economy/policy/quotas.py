"""Places as people: how open a country is that binds itself to so many.

A quota is a ceiling, not a promise that people come: inflow = min(places, willing). The model opens borders to a
share of the willing instead, so that share is solved for. More openness brings more people, always; but who is
willing depends on wages, and wages on who has come, of either skill.
"""

from __future__ import annotations

import numpy as np

from economy.model.batching import distinct, flat, take
from economy.model.payoffs import agreement
from economy.parameters import Array, Parameters, Real, entries, touching

CLOSE = 1e-11
"""Share of the places by which the inflow may miss them."""
TRIES = 500
"""Openings tried before the search rests; it gains a digit in one try where few come, in five where very many do."""


def admitting(parameters: Parameters, less_skilled: Real, skilled: Real) -> Parameters:
    """The parameters with the openness at which min(places, willing) of each skill come to the host.

    Places are people as a share of the host's labour force, by the skill with which they leave; a place is filled by
    somebody with papers, and a leak comes on top. The origin opens to the host's workers by the same shares of the
    willing. Where only skilled workers have places, some less skilled come as well, as few as the limit of
    skilled_openness allows. InputError for parameters outside their limits.
    """
    # For a moment the two dials hold the places, so that economies alike in all but these are told apart.
    p, shape, count = flat(parameters.replace(openness=less_skilled, skilled_openness=skilled))
    kinds = distinct(p, touching("market"), count)
    first, kind = kinds or (np.arange(count), np.arange(count))
    levels = _levels(take(p, first), first.size)[:, kind]
    return _opened(parameters, levels.reshape(2, *shape))


def _levels(p: Parameters, count: int) -> Array:
    """(skill, column) the share of the willing that fills the places, 1 where they are more than anybody wants.

    From everybody downwards: where twice as many come as there are places, half of the share is admitted next.
    """
    places = np.stack([np.broadcast_to(p.openness, count), np.broadcast_to(p.skilled_openness, count)])
    levels = np.where(places > 0, 1.0, 0.0)
    live = np.arange(count)
    for _ in range(TRIES):
        level, most = levels[:, live], places[:, live]
        inflow = _inflow(_opened(take(p, live), level))
        missed = np.where(level < 1, np.abs(inflow - most), inflow - most)
        # A column is left alone as soon as it has settled, so that its level does not hang on its neighbours.
        off = ((most > 0) & (missed > CLOSE * most)).any(axis=0)
        if not off.any():
            break
        live, level, most, inflow = live[off], level[:, off], most[:, off], inflow[:, off]
        levels[:, live] = np.minimum(1.0, level * np.divide(most, inflow, out=np.ones_like(most), where=inflow > 0))
    return levels


def _opened(p: Parameters, levels: Array) -> Parameters:
    """The parameters at these levels of openness, (skill, ...), as the model spells them: one, and a ratio to it."""
    apart = entries()["skilled_openness"].high
    openness = np.maximum(levels[0], levels[1] / apart)
    ratio = np.divide(levels[1], openness, out=np.ones_like(openness), where=openness > 0)
    return p.replace(openness=openness, skilled_openness=np.minimum(ratio, apart))


def _inflow(p: Parameters) -> Array:
    """(skill, column) arrivals in the host on a place, share of its labour force."""
    cell = agreement(p)
    return np.moveaxis((cell.flows - cell.irregular)[..., 1, 0, :], -1, 0)
