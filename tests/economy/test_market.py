"""The fixed point: reached from everywhere, with exact slopes, at every corner of the box."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch, group_duplicates
from economy.model.cells import build_cell_batch
from economy.model.labour import aggregate, exponent
from economy.model.market import _read, _slopes, clear_market, market
from economy.model.newton import eliminate
from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import defaults, entries, preset, touching


def numerics(count=500):
    """The draws of check 5: uniform, in the order of the specification, seed 3."""
    ranges = {
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
    rng = np.random.default_rng(3)
    return defaults().replace(**{name: rng.uniform(low, high, count) for name, (low, high) in ranges.items()})


def board(parameters):
    p, _, count = flatten_batch(parameters)
    base = baseline(p, two_countries(p, count))
    return build_cell_batch(p, base, (0, 1, 2, 3))


def peopled(count):
    """The same draws with people without papers and with earlier migrants, each in two of three economies."""
    rng = np.random.default_rng(4)
    some, several = rng.random((2, count)) < 2 / 3
    return numerics(count).replace(
        leak=np.where(some, rng.uniform(0, 0.5, count), 0.0),
        risk=rng.uniform(0, 2, count),
        old_stock=np.where(several, rng.uniform(0, 0.5, count), 0.0),
        old_stock_origin=np.where(several, rng.uniform(0, 0.1, count), 0.0),
        old_sigma=rng.uniform(2, 30, count),
    )


@pytest.mark.parametrize("economies", [numerics(500), numerics(2000), peopled(2000)], ids=["500", "2,000", "peopled"])
def test_fixed_point_and_identity_on_random_economies(economies):
    stakes = solve_bilateral(economies)
    assert stakes.residual.max() < 1e-9
    assert stakes.identity.max() < 1e-8


@pytest.mark.parametrize("economies", [numerics(500), numerics(2000), peopled(2000)], ids=["500", "2,000", "peopled"])
def test_the_same_payoffs_from_three_starting_points(economies):
    tilt = np.array([[1.0, -1.0], [-1.0, 1.0]])[..., None]
    here = solve_bilateral(economies).payoffs
    for start in (0.3 * tilt, -0.3 * tilt):
        assert np.abs(solve_bilateral(economies, start=start).payoffs - here).max() < 1e-6


def test_every_corner_of_the_box_settles():
    """Anywhere inside the limits that decide the market, but for η above .03, where two fixed points can exist."""
    rng, changes = np.random.default_rng(5), {}
    for name in touching("market"):
        low, high = entries()[name].low, entries()[name].high
        wide = high / low > 50 if low > 0 else False
        drawn = np.exp(rng.uniform(np.log(low), np.log(high), 3000)) if wide else rng.uniform(low, high, 3000)
        changes[name] = np.minimum(drawn, 0.03) if name == "eta" else drawn
    stakes = solve_bilateral(defaults().replace(**changes))
    assert stakes.residual.max() < 1e-9
    assert stakes.identity.max() < 1e-8
    assert np.isfinite(stakes.payoffs).all()


@pytest.mark.parametrize(
    "came", [{}, {"old_stock": 0.2}, {"old_stock": 0.1, "old_stock_origin": 0.3, "old_sigma": 3.0}]
)
@pytest.mark.parametrize("pressure", [0.0, 0.3, 1.0])
def test_the_slopes_are_those_of_the_wages(pressure, came):
    lot = board(numerics(20).replace(gsp=pressure, leak=0.1, **came))
    place = market(lot.p, lot.base, lot.border)
    sides = 2 if came else 1
    x = 0.05 * np.random.default_rng(1).standard_normal((sides, *place.natives.shape))
    slopes = _slopes(place, _read(x, place))
    for number, changed in enumerate(np.ndindex(sides, 2, 2)):
        step = np.zeros((sides, 2, 2, 1))
        step[changed] = 1e-6
        rise = (_read(x + step, place).rest - _read(x - step, place).rest) / 2e-6
        np.testing.assert_allclose(-rise.reshape(4 * sides, -1), slopes[:, number], atol=1e-7)


def test_wages_rest_where_labour_says():
    """At the fixed point the wage is the marginal product: equation 2 from the levels, not from the changes."""
    p = preset("asymmetric").replace(eta=0.0, kappa=0.0)
    lot = board(p)
    x = clear_market(market(lot.p, lot.base, lot.border)).x[:, :, 0]
    flows = agreement(p).flows.sum(axis=0), agreement(p).flows.sum(axis=1)
    labour = lot.base.labour[..., 0]
    effective = labour - 0.5 * flows[1] + 0.95 * 1.15 * flows[0]
    weights, rho = np.array([0.3, 0.7]), 1 - 1 / 1.6

    def wages(e):
        index = (weights * e**rho).sum(axis=1, keepdims=True) ** (1 / rho)
        start = (weights * labour**rho).sum(axis=1, keepdims=True) ** (1 / rho)
        return start ** (1 / 3) * index ** (-1 / 3) * weights * (index / e) ** (1 / 1.6)

    np.testing.assert_allclose(np.exp(x), wages(effective) / wages(labour), rtol=1e-12)


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.01, 0.99), st.floats(0.3, 10), st.floats(-5, 5))
def test_the_labour_aggregate_has_constant_returns_and_lies_between(less, more, weight, sigma, growth):
    rho = exponent(sigma)
    index, share = aggregate(np.array([less]), np.array([more]), weight, rho)
    grown, same = aggregate(np.array([less + growth]), np.array([more + growth]), weight, rho)
    assert grown == pytest.approx(index + growth, abs=1e-9)
    assert same == pytest.approx(share, abs=1e-9)
    assert min(less, more) - 1e-9 <= index[0] <= max(less, more) + 1e-9


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.01, 0.99))
def test_at_sigma_one_the_aggregate_is_cobb_douglas(less, more, weight):
    index, share = aggregate(np.array([less]), np.array([more]), weight, exponent(1.0))
    assert index[0] == pytest.approx((1 - weight) * less + weight * more, abs=1e-12)
    assert share[0] == pytest.approx(weight)


@pytest.mark.parametrize("name", ["symmetric", "asymmetric"])
def test_payoffs_are_continuous_at_sigma_one(name):
    sigma = np.array([1 - 1e-5, 1 - 1e-9, 1.0, 1 + 1e-9, 1 + 1e-5])
    payoffs = solve_bilateral(preset(name).replace(sigma=sigma)).payoffs
    assert np.abs(payoffs - payoffs[2]).max() < 1e-3
    assert np.abs(payoffs[[1, 3]] - payoffs[2]).max() < 1e-7


def test_sigma_one_at_the_bully_preset():
    """The Cobb-Douglas limit: the prototype has -4.0964 at sigma 1 - 1e-5 and 1 + 1e-5."""
    found = solve_bilateral(preset("asymmetric").replace(sigma=1.0)).payoffs[0, 0, 0]
    assert found == pytest.approx(-4.0964, abs=5.1e-5)


def test_where_everybody_may_and_will_leave_nothing_cancels():
    empty = preset("asymmetric").replace(openness=1.0, gap=100.0, cost=0.0, nu=0.05, slack=0.0, eta=0.0)
    stakes = solve_bilateral(empty)
    assert stakes.flows[0, 0, 1, 0].sum() == pytest.approx(1.5)
    assert stakes.identity.max() < 1e-12
    assert np.isfinite(stakes.groups).all()


def test_behind_closed_borders_only_the_apparatus_costs():
    payoffs = solve_bilateral(preset("asymmetric").replace(openness=0.0)).payoffs
    idle = -100 * 0.0005 * 1.2
    np.testing.assert_allclose(payoffs, [[[idle, idle], [0, 0]], [[idle, 0], [idle, 0]]], atol=1e-12)


@pytest.mark.parametrize("change", [{"tax": 1.0}, {"fee_managed": 1.0, "fee": 1.0}])
def test_nobody_moves_who_may_keep_nothing(change):
    assert agreement(preset("asymmetric").replace(**change)).flows.max() < 1e-20


def test_dials_of_accounts_and_politics_leave_the_market_alone():
    base = preset("asymmetric").replace(tax=0.1, gsp=0.3)
    moved = base.replace(years=3.0, tax_host=0.5, chi=2.0, loss=1.0, w_K=0.8, side=0.01)
    assert np.array_equal(solve_bilateral(base).flows, solve_bilateral(moved).flows)
    assert (
        group_duplicates(flatten_batch(base.replace(loss=np.array([1.0, 1.1, 1.2])))[0], touching("market"), 3)
        is not None
    )


def test_elimination_solves_every_column():
    rng = np.random.default_rng(0)
    matrix, right = np.eye(4)[..., None] + 0.2 * rng.standard_normal((4, 4, 50)), rng.standard_normal((4, 50))
    answer = eliminate(matrix.copy(), right)
    np.testing.assert_allclose(np.einsum("rcn,cn->rn", matrix, answer), right, atol=1e-10)
