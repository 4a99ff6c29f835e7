"""The countries with closed borders: the levels of wages and output to which all changes of them refer.

Gains and losses are not measured from it but from the status quo, in which today's migrants come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from economy.model.batching import pair
from economy.model.labour import aggregate, exponent, log_skill, log_wages
from economy.parameters import Array, Parameters


class Endowments(NamedTuple):
    """What each country has; only ratios of productivities and of labour forces matter."""

    gap: Array
    """(country, column) labour productivity."""
    size: Array
    """(country, column) labour force."""
    u: Array
    """(country, column) share of U in the labour force."""
    stock: Array | None = None
    """(country, column) share of earlier migrants in the labour force; None where no column has any."""


def two_countries(p: Parameters, count: int) -> Endowments:
    """Endowments of the host and the origin of `count` bilateral economies; the host's labour force is 1.

    Parameters
    ----------
    p
        Flat parameters, one economy a column.
    count
        Number of columns.

    Returns
    -------
    Endowments
        Country 0 is the host, country 1 the origin.
    """
    came = np.any(p.old_stock > 0) or np.any(p.old_stock_origin > 0)
    stock = pair(p.old_stock, p.old_stock_origin, count) if came else None
    return Endowments(pair(p.gap, 1.0, count), pair(1.0, p.size, count), pair(p.u0, p.u1, count), stock)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Economy with closed borders. Axes: country first, column last."""

    labour: Array
    """(country, skill, column) workers E⁰."""
    wages: Array
    """(country, skill, column) wages w⁰."""
    log_wages: Array
    """(country, skill, column) ln w⁰."""
    skilled: Array
    """(country, column) share of skill S in the wage bill."""
    log_skill: Array
    """(country, column) ln h⁰; h is the share of S in the labour force."""
    product: Array
    """(country, column) GDP Y⁰."""
    stock: Array | None = None
    """(country, column) share of earlier migrants in the labour force; None where no column has any.

    Earlier migrants have the skills and the pay of natives, and they do not move (assumptions).
    """

    @property
    def natives(self) -> Array:
        """(country, skill, column) workers who may move: all but the earlier migrants."""
        return self.labour if self.stock is None else (1 - self.stock)[:, None] * self.labour

    @property
    def old(self) -> Array:
        """(country, skill, column) earlier migrants; a 0-d 0 where no column has any."""
        return np.zeros(()) if self.stock is None else self.stock[:, None] * self.labour


def baseline(p: Parameters, given: Endowments) -> Baseline:
    """Solve equations 1 to 3 with nobody abroad and a return on capital of 1 in every country.

    Parameters
    ----------
    p
        Flat parameters, one economy a column.
    given
        Endowments of the same columns.

    Returns
    -------
    Baseline
        Labour, wages and GDP of every country with closed borders.
    """
    labour = np.stack([given.size * given.u, given.size * (1 - given.u)], axis=1)
    log_labour = np.log(labour)
    index, skilled = aggregate(log_labour[:, 0], log_labour[:, 1], p.theta, exponent(p.sigma))
    able = np.log(given.gap) + index
    capital = np.log(p.alpha) / (1 - p.alpha) + able
    product = p.alpha * capital + (1 - p.alpha) * able
    wages = log_wages(product, index, log_labour, p.theta, p.sigma, p.alpha)
    base = Baseline(labour, np.exp(wages), wages, skilled, log_skill(labour), np.exp(product), given.stock)
    # The sum of natives and earlier migrants, so that human capital does not change by a rounding when nobody moves.
    return base if given.stock is None else replace(base, log_skill=log_skill(base.natives + base.old))
