"""The money accounts of four populations: figures of the specification, and the laws behind them."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.conventions import STANDARD
from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch
from economy.model.cells import build_cell_batch
from economy.model.market import clear_market, market
from economy.model.money.migrant_accounts import migrant_money
from economy.model.money.status_quo import StatusQuo, TodayRoute, follow_routes, record_routes
from economy.model.payoffs import (
    agreement,
    agreement_with_accounts,
    reciprocity_index,
    solve_accounts,
    solve_bilateral,
    solve_with_accounts,
)
from economy.parameters import defaults, preset

L, D = 0, 1
DIGITS = 5.1e-5
"""The figures are printed with four digits."""
NEW = 3
"""Index of the account of the new migrants."""
EQUALS = preset("symmetric")


def unequal(openness=0.05, **changes):
    return preset("asymmetric").replace(openness=openness, **changes)


CASES = {"equals": EQUALS, "unequals .05": unequal(), "unequals .25": unequal(0.25)}
ACCOUNTS = {
    "equals": [0.1192, 0, 0.1192, 0.2265, 0.1083, 0.4648, 0.2424, 0.5950],
    "unequals .05": [-0.1262, 0, 0.3820, 1.2967, 0.3492, 1.5526, 0.7131, 2.8053],
    "unequals .25": [-2.3595, 0, 1.6610, 5.7879, 1.5006, 5.0894, 1.3044, 12.5331],
}
"""Host natives, old migrants, origin natives, new migrants, sent home, income, welfare, GDP; both open."""


@pytest.mark.parametrize("case", CASES)
def test_the_accounts(case):
    found = solve_accounts(CASES[case]).cell(L, L)
    figures = [*found.total, found.sent_home, found.income, found.welfare, found.gdp]
    assert np.abs(np.array(figures) - ACCOUNTS[case]).max() < DIGITS
    assert agreement(CASES[case]).welfare * 100 == pytest.approx(float(found.welfare), abs=1e-12)


def test_the_cost_of_moving_between_equals():
    assert solve_accounts(EQUALS).cell(L, L).cost_of_moving == pytest.approx(0.2224, abs=DIGITS)


def test_the_levy_changes_who_pays_and_welfare_only_by_who_goes():
    found = solve_accounts(unequal(tax=np.array([0, 0.1, 0.2, 0.3, 0.4]))).cell(L, L)
    assert found.total[:, 3] == pytest.approx([1.2967, 1.0523, 0.8236, 0.6139, 0.4273], abs=DIGITS)
    assert found.total[:, 0] == pytest.approx([-0.1262, 0.0638, 0.2193, 0.3343, 0.4024], abs=DIGITS)
    assert found.welfare == pytest.approx([0.7131, 0.7305, 0.7297, 0.7063, 0.6555], abs=DIGITS)


def test_phasing_delays_and_thins_out_the_crowding():
    periods = np.array([1.0, 2.0, 3.0, 5.0, 10.0, 20.0])
    found, stakes = solve_accounts(unequal(years=periods)).cell(L, L), agreement(unequal(years=periods))
    assert found.welfare == pytest.approx([0.7131, 0.7600, 0.7642, 0.7482, 0.6852, 0.5664], abs=DIGITS)
    assert found.gdp == pytest.approx([2.8053, 2.7492, 2.6946, 2.5896, 2.3506, 1.9567], abs=DIGITS)
    assert stakes.payoffs[:, 0] == pytest.approx([-0.3657, -0.2625, -0.2267, -0.1957, -0.1673, -0.1435], abs=DIGITS)
    wide = solve_accounts(unequal(0.25, years=periods)).cell(L, L)
    assert wide.welfare == pytest.approx([1.3044, 2.4787, 2.8455, 3.0624, 3.0043, 2.5892], abs=DIGITS)


# ---- laws

DIALS = {
    "gap": (0.5, 12.0),
    "size": (0.1, 10.0),
    "u0": (0.05, 0.95),
    "kappa": (0.0, 1.0),
    "eta": (0.0, 0.03),
    "openness": (0.0, 1.0),
    "nu": (0.06, 1.5),
    "slack": (0.0, 0.9),
    "tax": (0.0, 0.3),
    "years": (1.0, 5.0),
    "expansion": (0.0, 4.0),
    "covered": (0.0, 1.0),
    "xmax": (0.05, 1.0),
    "delta": (0.9, 1.0),
}
CORNERS = {
    "today": (0.0, 0.01, 0.3, 1.0),
    "today_origin": (0.0, 0.02, 1.0),
    "leak": (0.0, 0.05),
    "old_stock": (0.0, 0.1),
    "gsp": (0.0, 0.4),
    "expansion": (0.0, 0.5),
    "delta": (1.0, 0.96),
    "years": (1.0, 3.0),
    "nu": (0.5, 1.0),
}


@st.composite
def batches(draw):
    count = draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    dials = draw(st.sets(st.sampled_from(sorted(DIALS)), min_size=1))
    changes = {name: rng.uniform(*DIALS[name], count) for name in sorted(dials)}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(CORNERS))))):
        changes[name] = rng.choice(CORNERS[name], count)
    ceiling = draw(st.sampled_from(["share", "people"]))
    crowding = draw(st.sampled_from(["everybody", "beyond today"]))
    start = defaults().replace(conventions=STANDARD.replace(ceiling=ceiling, crowding=crowding))
    return start, changes, count


def equal(left, right):
    return all(np.array_equal(getattr(left, field.name), getattr(right, field.name)) for field in fields(left))


@settings(max_examples=30)
@given(batches())
def test_alone_and_in_a_batch_are_the_same_bits(batch):
    start, changes, count = batch
    many = start.replace(**changes)
    stakes, accounts = solve_with_accounts(many)
    assert equal(solve_bilateral(many), stakes)
    assert equal(solve_accounts(many), accounts)
    cell, money = agreement_with_accounts(many)
    assert equal(stakes.cell(L, L), cell)
    assert equal(agreement(many), cell)
    assert equal(accounts.cell(L, L), money)
    for index in range(count):
        one = start.replace(**{name: float(values[index]) for name, values in changes.items()})
        assert equal(solve_bilateral(one), stakes[index])
        assert equal(solve_accounts(one), accounts[index])


@settings(max_examples=30)
@given(batches())
def test_the_status_quo_is_exactly_nothing_and_the_money_adds_up(batch):
    start, changes, _ = batch
    stakes, accounts = solve_bilateral(start.replace(**changes)), solve_accounts(start.replace(**changes))
    for values in (stakes.payoffs, stakes.groups.swapaxes(-1, -3), stakes.gdp_gain, stakes.welfare):
        assert not values[..., D, D].any()
    assert not accounts.total[:, D, D].any()
    assert accounts.identity.max() < 1e-12
    assert stakes.identity.max() < 1e-8
    assert accounts.welfare == pytest.approx(100 * stakes.welfare, abs=1e-9)


def test_equal_markets_share_a_fixed_point():
    """Political dials and phasing do not change who comes: the bits are those of each economy alone."""
    weights, stock = np.array([0.0, 0.5, 0.5, 1.0]), np.array([0.02, 0.02, 0.1, 0.1])
    many = solve_bilateral(unequal(w_M=weights, today=stock, today_origin=0.01, expansion=1.0))
    for index in range(4):
        one = unequal(w_M=weights[index], today=stock[index], today_origin=0.01, expansion=1.0)
        assert equal(solve_bilateral(one), many[index])


def test_commitment_costs_both_governments_in_a_treaty_and_nobody_any_money():
    free, bound = (solve_bilateral(unequal(commitment=cost)) for cost in (0.0, 0.001))
    assert free.payoffs[:, L, L] - bound.payoffs[:, L, L] == pytest.approx([0.1, 0.1])
    assert np.array_equal(free.payoffs[:, [0, 1, 1], [1, 0, 1]], bound.payoffs[:, [0, 1, 1], [1, 0, 1]])
    assert np.array_equal(free.welfare, bound.welfare)


def test_the_reciprocity_index():
    equals, unequals = (solve_bilateral(p).flows[L, L] for p in (EQUALS, unequal()))
    assert reciprocity_index(equals) == pytest.approx(1.0)
    assert 0 <= reciprocity_index(unequals) < 0.01
    assert reciprocity_index(solve_bilateral(EQUALS).flows)[D, D] == 0


# ---- laws over many worlds


def random_worlds(count=2000):
    rng = np.random.default_rng(5)

    def u(low, high):
        return rng.uniform(low, high, count)

    def lu(low, high):
        return np.exp(rng.uniform(np.log(low), np.log(high), count))

    drawn = {"gap": lu(1, 12), "size": lu(0.3, 10), "u0": u(0.15, 0.5), "u1": u(0.4, 0.8), "theta": u(0.4, 0.75)}
    drawn |= {"kappa": u(0, 1), "sigma": u(1.3, 2.5), "chi": lu(0.2, 5), "slack": u(0, 0.7), "cost": u(1.5, 3)}
    drawn |= {"nu": u(0.3, 0.8), "rho": u(0.1, 0.35), "eta": u(0, 0.03), "openness": u(0.02, 1), "phi_U": u(0.6, 0.9)}
    drawn["fee"] = u(0.1, 0.4)
    shares = STANDARD.replace(ceiling="share")
    return defaults().replace(conventions=shares, **drawn), drawn["openness"] * u(0, 0.8)


def test_new_migrants_gain_where_the_corridor_is_managed():
    worlds, today = random_worlds()
    alone, found = solve_accounts(worlds), solve_accounts(worlds.replace(today=today, today_origin=today))
    assert (alone.total[:, L, L, NEW] > 0).all()
    assert (found.total[:, L, L, NEW] > 0).all()
    assert (alone.total[:, L, D, NEW] < 0).sum() == 88
    assert max(alone.identity.max(), found.identity.max()) < 1e-12
    assert not found.total[:, D, D].any()


def test_a_levy_takes_from_new_migrants():
    worlds, _ = random_worlds()
    levies = np.linspace(0, 0.4, 9)
    new = np.stack([solve_accounts(worlds.replace(tax=levy)).cell(L, L).total[:, NEW] for levy in levies])
    rises = np.diff(new, axis=0)
    assert (rises >= 0).sum() <= 5
    assert rises.max() < 1e-3


def test_nobody_is_counted_twice():
    """Old, new and returned together are all who move now less all who moved before, in money and per country."""
    worlds, today = random_worlds(300)
    p, _, count = flatten_batch(worlds.replace(today=today, today_origin=today[::-1], leak=0.1, control=0.5))
    board = build_cell_batch(p, baseline(p, two_countries(p, count)), (0, 1, 2, 3))
    closed = np.flatnonzero(board.slot == board.slots - 1)
    clearing = clear_market(market(board.p, board.base, board.border))
    legs = follow_routes(board.base, board.border, clearing)
    before = board.economy % count
    x, routes = (
        clearing.x[..., closed][..., before],
        [
            TodayRoute(
                *(values[..., closed][..., before] for values in (route.movers, route.pay, route.net, route.access))
            )
            for route in record_routes(legs, 2)
        ],
    )
    quo = StatusQuo(x, tuple(routes))
    found = migrant_money(board.p, board.base, board.border, legs, quo)
    home = (board.border.keep * quo.wages(board.base))[:, None]
    whole = sum(
        (leg.choice.movers * (leg.net - home) - route.movers * (route.net - home)).sum(axis=(1, 2))
        for leg, route in zip(legs, routes, strict=True)
    )
    np.testing.assert_allclose(found.gain.sum(axis=0), whole, rtol=1e-9, atol=1e-15)
    more = [np.maximum(leg.choice.movers - route.movers, 0) for leg, route in zip(legs, routes, strict=True)]
    came = np.sum(more, axis=(0, 2, 3))
    assert np.array_equal(found.gain[1] == 0, came == 0)
    assert (came == 0).any()
    assert (came > 0).any()
