"""The edges of the dials' ranges: right answers, never a number that is none, and no warning."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model.accounts import positions
from economy.model.payoffs import agreement, solve_bilateral, solve_with_accounts
from economy.parameters import defaults, entries, preset

EDGES = {
    "openness": (0.0, 1.0),
    "gap": (0.1, 100.0),
    "u0": (0.001, 0.999),
    "u1": (0.001, 0.999),
    "theta": (0.001, 0.999),
    "sigma": (0.3, 1.0, 10.0),
    "nu": (0.05, 5.0),
    "size": (1e-4, 1e4),
    "leak": (0.0, 1.0),
    "control": (0.0, 1.0),
    "old_stock": (0.0, 0.9),
    "old_stock_origin": (0.0, 0.9),
    "old_sigma": (1.5, 1000.0),
    "fee": (0.0, 1.0),
    "fee_managed": (0.0, 1.0),
    "tax": (0.0, 1.0),
    "kappa": (0.0, 1.0),
    "slack": (0.0, 0.99),
    "skilled_openness": (0.0, 100.0),
    "gsp": (0.0, 1.0),
    "rho": (0.0, 1.0),
    "alpha": (0.001, 0.9),
}
"""Values at which something vanishes, cancels or changes its form."""
DIALS_OF_THE_STATUS_QUO = {
    "today": (0.0, 1.0),
    "today_origin": (0.0, 1.0),
    "expansion": (0.0, 4.0),
    "covered": (0.0, 1.0),
    "openness_origin": (0.0, 1e4),
    "xmax": (0.01, 1.0),
    "delta": (0.5, 1.0),
    "years": (1.0, 100.0),
}
"""The same, for what today's migrants and the accounts added."""
PAIRED = {**EDGES, **DIALS_OF_THE_STATUS_QUO}


def sound(stakes):
    """Every figure is a number, wages are at rest, and the accounts add up."""
    for name in ("payoffs", "groups", "relative", "flows", "irregular", "inflow", "gdp_gain", "welfare", "incomes"):
        assert np.isfinite(getattr(stakes, name)).all(), name
    assert stakes.residual.max() < 1e-9
    assert stakes.identity.max() < 1e-8
    assert (stakes.flows >= stakes.irregular).all()
    assert not stakes.payoffs[..., 1, 1].any()


def books_close(accounts):
    """The accounts are numbers and add up, and the status quo is exactly nothing.

    Wages rest to 1e-12; where σ is .3 and one worker in a thousand is less skilled, the sum magnifies that 25 times.
    """
    assert np.isfinite(accounts.total).all()
    assert np.isfinite(accounts.welfare).all()
    assert accounts.identity.max() < 1e-10
    assert not accounts.total[..., 1, 1, :].any()


@pytest.mark.parametrize("base", ["symmetric", "asymmetric"])
def test_every_edge_and_every_pair_of_edges_has_an_answer(base):
    pairs = [
        {one: a, other: b}
        for one, other in itertools.combinations(PAIRED, 2)
        for a, b in itertools.product(PAIRED[one], PAIRED[other])
    ]
    start = preset(base)
    stakes, accounts = solve_with_accounts(
        start.replace(**{name: np.array([pair.get(name, getattr(start, name)) for pair in pairs]) for name in PAIRED})
    )
    sound(stakes)
    books_close(accounts)
    assert np.isfinite(positions(stakes).z).all()


@settings(max_examples=60)
@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in EDGES.items()}))
def test_any_corner_has_an_answer(corner):
    sound(solve_bilateral(defaults().replace(**corner)))


def test_at_openness_nothing_only_the_leak_moves_and_at_openness_one_nobody_leaks():
    stakes = solve_bilateral(preset("asymmetric").replace(openness=np.array([0.0, 1.0]), leak=0.3))
    assert np.array_equal(stakes.flows[0], stakes.irregular[0])
    assert stakes.flows[0].any()
    assert not stakes.irregular[1, 0, 0].any()


@pytest.mark.parametrize("came", [{}, {"leak": 0.1, "old_stock": 0.1}])
def test_no_economy_is_a_batch_too(came):
    stakes = solve_bilateral(defaults().replace(gap=np.ones((0, 3)), **came))
    assert stakes.payoffs.shape == (0, 3, 2, 2, 2)
    assert stakes.irregular.shape == stakes.flows.shape


def test_where_everyone_may_leave_everyone_willing_does():
    poor = preset("asymmetric").replace(openness=1.0, gap=100.0, cost=0.0, nu=0.05, slack=0.0, eta=0.0, old_stock=0.9)
    stakes = solve_bilateral(poor)
    sound(stakes)
    assert agreement(poor).flows[1, 0].sum() == pytest.approx(1.5)


@pytest.mark.parametrize("dials", [{"fee": 1.0, "fee_managed": 1.0}, {"fee": 1.0, "tax": 1.0}])
def test_nobody_moves_on_any_route_who_may_keep_nothing(dials):
    stakes = solve_bilateral(preset("asymmetric").replace(leak=0.5, **dials))
    assert stakes.flows[0, 0].max() < 1e-20
    sound(stakes)


@pytest.mark.parametrize("dial", ["leak", "old_stock"])
def test_payoffs_are_continuous_at_sigma_one_with_two_kinds_of_workers_and_routes(dial):
    sigma = np.array([1 - 1e-9, 1.0, 1 + 1e-9])
    payoffs = solve_bilateral(preset("asymmetric").replace(sigma=sigma, **{dial: 0.2})).payoffs
    assert np.abs(payoffs - payoffs[1]).max() < 1e-7


def drawn(count, seed):
    """Economies from anywhere inside all limits, η but to .03; many leak, many have earlier migrants, some few."""
    rng, changes = np.random.default_rng(seed), {}
    for name, entry in entries().items():
        low, high = entry.low, entry.high
        wide = low > 0 and high / low > 50
        values = np.exp(rng.uniform(np.log(low), np.log(high), count)) if wide else rng.uniform(low, high, count)
        changes[name] = np.minimum(values, 0.03) if name == "eta" else values
    for name in ("leak", "old_stock", "old_stock_origin"):
        changes[name] = np.where(rng.random(count) < 0.3, 0.0, changes[name])
    few = np.exp(rng.uniform(np.log(1e-6), np.log(0.1), count))
    changes["old_stock"] = np.where(rng.random(count) < 0.1, few, changes["old_stock"])
    return defaults().replace(**changes)


@pytest.mark.parametrize("count", [2000, pytest.param(50_000, marks=pytest.mark.full)])
def test_anywhere_inside_the_limits_wages_come_to_rest(count):
    sound(solve_bilateral(drawn(count, 7)))
