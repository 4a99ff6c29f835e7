"""The model of economy/ as one would write it first: its equations in a row, solved by damped repetition.

Nothing here is clever, and nothing is slow on purpose. All economies and all four cells of the game are one array
whose axes are the indices of the equations, (economy, cell, origin i, host j, skill k); wages are moved some of the
way towards those that they bring about until none in the batch moves any more. No border leaks, nobody came before, and
nobody is abroad today.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from scipy.special import hyp2f1

from economy.parameters import Array, Parameters

OPENS = np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
"""(cell, country) who liberalises: both, the host, the origin, neither."""
ABROAD = 1 - np.eye(2)
"""(origin, host) 1 where moving leads abroad."""
CLOSE_ENOUGH = 1e-10
"""Log points that no wage may still want to move by."""
MOST_ROUNDS = 5000


class Border(NamedTuple):
    """What crossing means, (economy, cell, origin, host), with skill where it says so."""

    admitted: Array
    managed: Array
    """1 where both liberalise."""
    use: Array
    """φ (1 + match), with skill."""
    kept: Array
    """(1 − fee)."""
    cost: Array
    levy: Array
    trained: Array


class Prices(NamedTuple):
    """What labour brings about, (economy, cell, country), wages with skill."""

    product: Array
    wages: Array
    rent: Array


class Model(NamedTuple):
    """Two countries behind closed borders, and the border between them."""

    p: Any
    """The parameters by name, (economy, 1, 1)."""
    labour: Array
    """E⁰ (economy, 1, country, skill)."""
    able: Array
    """a⁰ (economy, 1, country)."""
    theta: Array
    """(economy, 1, 1, skill)."""
    border: Border


def payoffs(parameters: Parameters) -> Array:
    """The governments' payoffs, (economy, player, row, column), % of own baseline GDP."""
    model = _model(parameters)
    p, closed = model.p, _prices(model, model.labour, model.labour)
    wages, movers = _settled(model, closed)
    money = _money(model, closed, wages, movers)
    money -= money[:, 3:]
    felt = np.where(money >= 0, money, money * p.loss[..., None])
    weights = np.stack([p.w_U, p.w_S, p.w_K, p.w_R, p.w_M, p.w_F, p.w_T], axis=-1)
    value = (weights * felt).sum(axis=-1) + p.w_X * money[..., ::-1, 4]
    return np.moveaxis(100 * value / closed.product, -1, 1).reshape(-1, 2, 2, 2)


def _model(parameters: Parameters) -> Model:
    columns = {
        name: np.broadcast_to(value, parameters.shape)[:, None, None] for name, value in parameters.items().items()
    }
    p = SimpleNamespace(**columns)
    people = np.concatenate([np.ones_like(p.size), p.size], axis=-1)
    less = np.concatenate([p.u0, p.u1], axis=-1)
    labour = np.stack([people * less, people * (1 - less)], axis=-1)
    able = np.concatenate([p.gap, np.ones_like(p.gap)], axis=-1)
    return Model(p, labour, able, np.stack([1 - p.theta, p.theta], axis=-1), _border(columns))


def _border(columns: Mapping[str, Array]) -> Border:
    origin, host = OPENS[:, :, None], OPENS[:, None, :]
    managed = origin * host * ABROAD
    paths: Any = SimpleNamespace(**{name: value[..., None] for name, value in columns.items()})

    def either(alone: Array, together: Array) -> Array:
        return alone + (together - alone) * managed

    use = [either(paths.phi_U, paths.phi_U_managed), either(paths.phi_S, paths.phi_S_managed)]
    return Border(
        admitted=paths.openness * host * ABROAD,
        managed=managed + 0 * paths.openness,
        use=np.stack(use, axis=-1) * (1 + paths.match)[..., None],
        kept=1 - either(paths.fee, paths.fee_managed),
        cost=paths.cost - paths.recip * managed * np.array([[0.0, 1.0], [0.0, 0.0]]),
        levy=paths.tax * managed,
        trained=paths.gsp * managed,
    )


def _prices(model: Model, effective: Array, people: Array) -> Prices:
    """Equations 1 to 4."""
    p, before = model.p, model.labour
    rho = 1 - 1 / p.sigma
    index = (model.theta * effective ** rho[..., None]).sum(axis=-1) ** (1 / rho)
    index_before = (model.theta * before ** rho[..., None]).sum(axis=-1) ** (1 / rho)
    skilled = (people[..., 1] / people.sum(axis=-1)) / (before[..., 1] / before.sum(axis=-1))
    able = model.able * skilled**p.eta
    scale = p.alpha ** (1 / (1 - p.alpha))
    capital = scale * model.able * index_before
    capital = capital * (scale * able * index / capital) ** p.kappa
    product = capital**p.alpha * (able * index) ** (1 - p.alpha)
    share = ((1 - p.alpha) * product / index)[..., None]
    wages = share * model.theta * (index[..., None] / effective) ** (1 / p.sigma)[..., None]
    return Prices(product, wages, p.alpha * product / capital)


def _pay(model: Model, wages: Array) -> Array:
    """(economy, cell, origin, host, skill) what a mover earns abroad."""
    pay, trained = wages[..., None, :, :] * model.border.use, model.border.trained
    return np.stack([(1 - trained) * pay[..., 0] + trained * pay[..., 1], pay[..., 1]], axis=-1)


def _net(model: Model, wages: Array) -> Array:
    """What is left of it after fee and levy."""
    return _pay(model, wages) * (model.border.kept * (1 - model.border.levy))[..., None]


def _urge(model: Model, wages: Array) -> Array:
    """Equation 5: the log odds of being willing to move from i to j."""
    home = (1 - model.p.slack)[..., None, None] * wages[..., :, None, :]
    urge = np.log(_net(model, wages)) - np.log(home) - model.border.cost[..., None]
    return np.clip(urge / model.p.nu[..., None, None], -60, 60)


def _moving(model: Model, wages: Array) -> Array:
    """(economy, cell, origin, host, skill) people who move."""
    odds = np.exp(_urge(model, wages)) * ABROAD[..., None]
    willing = odds / (1 + odds.sum(axis=-2, keepdims=True))
    return model.border.admitted[..., None] * model.labour[..., :, None, :] * willing


def _arrivals(model: Model, movers: Array) -> Array:
    """(economy, cell, origin, host, skill) the same people by the skill at which they work."""
    trained = model.border.trained * movers[..., 0]
    return np.stack([movers[..., 0] - trained, movers[..., 1] + trained], axis=-1)


def _crossed(model: Model, movers: Array) -> tuple[Array, Array]:
    """Equation 6: effective labour and people, once these have moved."""
    arrivals, left = _arrivals(model, movers), movers.sum(axis=-2)
    lost = (1 - model.p.slack)[..., None] * left
    effective = model.labour - lost + (arrivals * model.border.use).sum(axis=-3)
    return effective, model.labour - left + arrivals.sum(axis=-3)


def _settled(model: Model, closed: Prices) -> tuple[Array, Array]:
    """The wages that bring about themselves, and who moves at them."""
    count = len(model.labour)
    level = np.broadcast_to(np.log(closed.wages), (count, 4, 2, 2))
    movers = _moving(model, np.exp(level))
    pace, before = np.full((count, 4, 1, 1), 0.5), np.inf
    for _ in range(MOST_ROUNDS):
        step = np.log(_prices(model, *_crossed(model, movers)).wages) - level
        size = np.abs(step).max(axis=(-1, -2), keepdims=True)
        if size.max() < CLOSE_ENOUGH:
            break
        pace = np.clip(np.where(size < before, 1.05 * pace, 0.6 * pace), 0.002, 0.7)
        level, before = level + pace * step, size
        movers = _moving(model, np.exp(level))
    return np.exp(level), movers


def _money(model: Model, closed: Prices, wages: Array, movers: Array) -> Array:
    """Equations 7 and 8: (economy, cell, country, group), in the order of economy.model.group_gains.GROUPS."""
    p, pay = model.p, _pay(model, wages)
    rent = _prices(model, *_crossed(model, movers)).rent
    stayed = model.labour - (1 - p.slack)[..., None] * movers.sum(axis=-2)
    labour = stayed * (wages - closed.wages)
    capital = p.alpha * closed.product / closed.rent * (rent - closed.rent)
    surplus, sent = _migrants(model, closed, wages, movers)
    groups = (
        labour[..., 0],
        labour[..., 1],
        capital,
        _residents(model, closed, movers, pay),
        surplus,
        sent,
        _treasury(model, closed, movers, pay),
    )
    fixed = np.stack([np.zeros_like(surplus)] * (len(groups) - 1) + [-p.c_fix * OPENS * closed.product], axis=-1)
    return fixed + _delay(p)[..., None] * (np.stack(groups, axis=-1) - fixed)


def _delay(p: Parameters) -> Array:
    """Phasing over T periods leaves (1 - delta^T) / (T (1 - delta)) of everything but the fixed cost."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(p.delta < 1, (1 - p.delta**p.years) / (p.years * (1 - p.delta)), 1.0)


def _migrants(model: Model, closed: Prices, wages: Array, movers: Array) -> tuple[Array, Array]:
    """Equations 5 and 8, by origin: what movers gain, and what they send home."""
    p, net, nu = model.p, _net(model, wages), model.p.nu[..., None, None]
    odds = np.exp(_urge(model, wages))
    part = (1 - hyp2f1(1.0, nu, 1 + nu, -odds)) * (1 + odds) / odds
    keep = (1 - p.slack)[..., None, None]
    home, before = keep * wages[..., :, None, :], keep * closed.wages[..., :, None, :]
    surplus = (net * part + home - before) * movers
    cash = np.maximum(net - before, 0) * movers
    return surplus.sum(axis=(-1, -2)), p.rho * cash.sum(axis=(-1, -2))


def _residents(model: Model, closed: Prices, movers: Array, pay: Array) -> Array:
    """Equation 7: taxes, services, crowding, and the schools that leavers went to."""
    p, people = model.p, model.labour.sum(axis=-1)
    left, came = movers.sum(axis=(-1, -2)), movers.sum(axis=(-1, -3))
    service = p.services * closed.product / people
    taxes = p.tau * (movers * pay).sum(axis=(-1, -3))
    forgone = p.tau * (1 - p.slack) * (movers.sum(axis=-2) * closed.wages).sum(axis=-1)
    weight = 1 + p.unmanaged[..., None] * (1 - model.border.managed)
    crowd = (movers.sum(axis=-1) * weight).sum(axis=-2) / people
    crowding = p.xmax * (1 - np.exp(-p.chi * crowd**p.gamma * p.years ** (1 - p.gamma) / p.xmax))
    schooling = p.train * closed.wages[..., 1] * movers[..., 1].sum(axis=-1)
    return taxes - service * came - forgone + service * left - crowding * closed.product - schooling


def _treasury(model: Model, closed: Prices, movers: Array, pay: Array) -> Array:
    """Equation 8: the apparatus, managing one's emigrants, the levy, training partners' workers, lump sums."""
    p, border = model.p, model.border
    apparatus = p.c_fix * OPENS * closed.product
    managed = border.managed * (movers * closed.wages[..., :, None, :]).sum(axis=-1)
    levied = border.levy * border.kept * (movers * pay).sum(axis=-1)
    levy = p.tax_host * levied.sum(axis=-2) + (1 - p.tax_host) * levied.sum(axis=-1)
    training = (border.trained * movers[..., 0] * closed.wages[..., :, None, 1]).sum(axis=-2)
    both = OPENS.prod(axis=-1)[:, None]
    lump = p.side * both * closed.product[..., :1] * np.array([1.0, -1.0])
    return levy + lump - apparatus - p.c_var * managed.sum(axis=-1) - p.train * training
