"""Brain gain: more people are trained when the trained may leave, so the origin's welfare over their exit is a curve.

Who may leave with a skill has more reason to learn it. Of those who learn for that reason some stay. Then the share of
skilled people in the origin's labour force rises with the share of them who are abroad,

    h / h_q = [(1 + m/m₀) / (1 + m_q/m₀)]^ε,

with m the share of the origin's skilled workers who are abroad, m_q today's, and m₀ = .01 (assumption, which keeps the
answer finite where nobody is abroad). ε = 0 is the model without an answer. The origin pays the training of those who
learn and stay. In a closed economy nothing changes.

References
----------
Beine, Docquier and Rapoport (2008), "Brain drain and human capital formation in developing countries: winners and
losers", Economic Journal 118(528): a doubling of the skilled emigration rate raises human capital by 5 %.

Mountford (1997), "Can a brain drain be good for growth in the source economy?", Journal of Development Economics 53(2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch
from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import Array, Parameters, entries
from economy.treaties.payoffs import solve_region_accounts
from economy.treaties.region import bilateral

HOST, ORIGIN = 0, 1
"""Index of the country."""
SKILLED = 1
"""Index of skill S among the skills of a flow."""
ELASTICITY = 0.05
"""Answer of training to the chance to leave, ε: the estimate of Beine, Docquier and Rapoport (2008)."""
FIRST_EXIT = 0.01
"""m₀, share of skilled workers abroad (assumption)."""
EXIT_LEVELS = np.linspace(0.0, 1.0, 21)
"""Openness of the host to the origin's skilled workers that is tried, share of the willing."""
ROUNDS, CLOSE = 200, 1e-13
"""Most rounds in which training and exit are solved in turn, and the change of h at which they have settled."""
BOTH_OPEN = np.array([[False, True], [True, False]])


class SkilledExit(NamedTuple):
    """The origin over the exit of its skilled workers, both countries open; incomes in % of its GDP before."""

    openness: Array
    """(level) openness of the host to skilled workers, share of the willing."""
    exit: Array
    """(level) share of the origin's skilled workers who are abroad."""
    skilled: Array
    """(level) share of skilled workers in the origin's labour force, those abroad included."""
    stayers: Array
    """(level) change of the income of people in the origin: the account of origin natives, and what more skilled
    workers add to output there less their training."""
    everybody: Array
    """(level) the same with the accounts of the origin's migrants."""


def trace_skilled_exit(parameters: Parameters, levels: Array = EXIT_LEVELS, elasticity: float = 0.0) -> SkilledExit:
    """Solve mutual openings that admit a rising share of the skilled workers who are willing.

    Parameters
    ----------
    parameters
        One economy in which the ceiling is a share. `skilled_openness` is not read.
    levels
        (level) openness to skilled workers, 0 to 1.
    elasticity
        Answer of training to the chance to leave, ε: 0 is none, ELASTICITY the estimate.

    Returns
    -------
    SkilledExit
        Exit, training and incomes at every level.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    ratio = np.asarray(levels, dtype=float) / parameters.openness
    p = parameters.replace(skilled_openness=np.minimum(ratio, entries()["skilled_openness"].high))
    before = 1 - np.asarray(parameters.u1)
    today = solve_bilateral(parameters).cell(1, 1).flows[1, 0, SKILLED] / (parameters.size * before)
    skilled = np.full_like(ratio, float(before))
    gone = np.zeros_like(ratio)
    for _ in range(ROUNDS):
        now = _trained(p, skilled / before)
        gone = agreement(now).flows[..., 1, 0, SKILLED] / (p.size * skilled)
        wanted = before * ((1 + gone / FIRST_EXIT) / (1 + today / FIRST_EXIT)) ** elasticity
        settled = np.abs(wanted - skilled).max() < CLOSE
        skilled = np.minimum(wanted, entries()["u1"].high)
        if settled:
            break
    return _curve(parameters, _trained(p, skilled / before), (ratio * parameters.openness, gone, skilled))


def _trained(p: Parameters, more: Array) -> Parameters:
    """The economies with `more` times as many skilled workers in the origin; its productivity, the unit, rises by η."""
    return p.replace(u1=1 - more * (1 - np.asarray(p.u1)), gap=p.gap * more**-p.eta)


def _curve(before: Parameters, now: Parameters, found: tuple[Array, Array, Array]) -> SkilledExit:
    levels, gone, skilled = found
    first, last = (_origin(p, skilled.size) for p in (before, now))
    unit = (skilled / first.skilled) ** before.eta
    accounts = solve_region_accounts(bilateral(now), BOTH_OPEN).total[..., ORIGIN, :]
    world = solve_bilateral(now).gdp.sum(axis=-1)
    quo = solve_bilateral(before).gdp[ORIGIN]
    trained = np.maximum(skilled - first.skilled, 0) * (1 - gone) * before.size
    produced = unit * last.product - first.product - before.train * first.wage * trained
    abroad = unit * (1 - before.slack) * last.wage * (skilled - first.skilled) * gone * before.size
    natives, old, new = np.moveaxis(accounts * (unit * world / quo)[:, None], -1, 0)
    everybody = 100 * produced / quo + natives + old + new
    # What the newly trained would earn at home is part of the output, and the accounts of migrants are gains over it.
    return SkilledExit(levels, gone, skilled, 100 * (produced - abroad) / quo + natives, everybody)


class _Origin(NamedTuple):
    """The origin behind closed borders, (column)."""

    product: Array
    wage: Array
    """Of a skilled worker."""
    skilled: Array


def _origin(p: Parameters, count: int) -> _Origin:
    flat, _, columns = flatten_batch(p)
    base = baseline(flat, two_countries(flat, columns))
    share = 1 - np.broadcast_to(np.asarray(p.u1, dtype=float), count)
    return _Origin(base.product[ORIGIN], base.wages[ORIGIN, SKILLED], share)
