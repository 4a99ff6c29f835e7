"""Many countries: with two of them the bilateral numbers, with more the laws that any region obeys."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.corridors.fitting import corridor
from economy.model.baseline import Endowments, baseline
from economy.model.market import _read, _slopes, market
from economy.model.migration import border, choose
from economy.model.pairs import from_square
from economy.model.payoffs import GameCell, solve_bilateral
from economy.parameters import defaults, entries, preset, touching
from economy.treaties import payoffs
from economy.treaties.countries import region_of
from economy.treaties.graph import club, hub
from economy.treaties.payoffs import region_wages, solve_region, solve_region_accounts
from economy.treaties.region import Region, bilateral

CELLS = np.array([[[0, row], [column, 0]] for row in (1, 0) for column in (1, 0)]).reshape(2, 2, 1, 2, 2)
"""(row, column, one, country, partner): the four cells of the bilateral game as openings."""
DIALS = {
    "gap": (1, 8),
    "size": (0.3, 5),
    "u0": (0.15, 0.5),
    "u1": (0.4, 0.8),
    "theta": (0.4, 0.75),
    "kappa": (0, 1),
    "sigma": (1.3, 2.5),
    "openness": (0.02, 1),
    "skilled_openness": (0.5, 2),
    "chi": (0, 4),
    "slack": (0, 0.7),
    "cost": (1.5, 3),
    "nu": (0.3, 0.8),
    "gsp": (0, 1),
    "tax": (0, 0.3),
    "tax_host": (0, 1),
    "eta": (0, 0.03),
    "years": (1, 5),
    "loss": (1, 2),
    "w_X": (0, 1),
    "xmax": (0.05, 1),
    "delta": (0.9, 1),
}
"""The draws of check 5, the remedies, and the bounds of the public cost and of patience."""
TODAY = {
    "today": (0.0, 0.01, 0.3, 0.9),
    "today_origin": (0.0, 0.05, 0.5),
    "openness_origin": (1.0, 0.3, 3.0),
    "expansion": (0.0, 0.5, 2.0),
    "covered": (1.0, 0.5, 0.0),
    "commitment": (0.0, 0.001),
}
"""Migrants of today, places and what a treaty reaches."""


def drawn(count, seed):
    rng = np.random.default_rng(seed)
    return defaults().replace(**{name: rng.uniform(low, high, count) for name, (low, high) in DIALS.items()})


def with_today(p, count, seed):
    """The economies with migrants today in about half of them."""
    rng = np.random.default_rng(seed)
    return p.replace(**{name: rng.choice(values, count) for name, values in TODAY.items()})


def regions(count, nations, seed, parameters=None):
    """So many random regions; gaps, sizes and skills as in check 5."""
    rng = np.random.default_rng(seed)
    return Region(
        names=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:nations]),
        gap=np.exp(rng.uniform(0, np.log(8), (count, nations))),
        size=np.exp(rng.uniform(np.log(0.3), np.log(5), (count, nations))),
        u=rng.uniform(0.15, 0.8, (count, nations)),
        parameters=drawn(count, seed) if parameters is None else parameters,
    )


def graphs(count, nations, seed, density=0.6):
    """So many random openings, some of them returned."""
    opens = np.random.default_rng(seed).random((count, nations, nations)) < density
    opens[:, range(nations), range(nations)] = False
    return opens


def the_market(region, opens):
    p = region.parameters
    stock = None if region.stock is None else region.stock.T
    base = baseline(p, Endowments(region.gap.T, region.size.T, region.u.T, stock))
    return market(p, base, border(p, base, from_square(opens.transpose(1, 2, 0).astype(float))))


def single(region, index):
    """One region of a batch."""
    p = region.parameters
    one = p.replace(**{name: float(v[index]) for name, v in p.items().items() if np.ndim(v)})
    return replace(region, **{name: values[index] for name, values in region.endowments.items()}, parameters=one)


def differing(left, right):
    """The names of the fields that are not equal to the last bit."""
    names = [field.name for field in fields(GameCell)]
    return [name for name in names if not np.array_equal(getattr(left, name), getattr(right, name))]


# --- Two countries ---


@pytest.mark.parametrize("dial", [{}, {"openness": 1.0}, {"gsp": 0.0}, {"sigma": 1.0}, {"tax": 1.0}, {"leak": 0.1}])
@pytest.mark.parametrize("today", [False, True])
def test_two_countries_have_the_numbers_of_the_bilateral_model(dial, today):
    """Bit for bit, with and without migrants today."""
    p = drawn(200, 1).replace(**dial)
    p = with_today(p, 200, 2) if today else p
    pair, cells = solve_bilateral(p), solve_region(bilateral(p), CELLS)
    for row, column in np.ndindex(2, 2):
        assert differing(cells[row, column], pair.cell(row, column)) == []


def test_a_real_corridor_is_a_region_of_two():
    given = corridor("MAR-ESP").parameters
    region = region_of(("esp", "mar"), given)
    known = bilateral(given)
    np.testing.assert_allclose(region.gap / region.gap[1], known.gap, rtol=1e-3)
    np.testing.assert_allclose(region.size, known.size, rtol=1e-3)
    np.testing.assert_allclose(region.u, known.u, rtol=1e-12)
    payoffs = solve_region(region, club(region.names, region.names)).payoffs
    np.testing.assert_allclose(payoffs, solve_bilateral(given).payoffs[:, 0, 0], rtol=0.01)


# --- The laws of a batch ---


@settings(max_examples=15)
@given(st.integers(2, 12), st.integers(1, 8), st.integers(0, 2**32 - 1), st.booleans())
def test_alone_and_in_company_are_the_same_bits(nations, count, seed, trained):
    p = drawn(count, seed).replace(gsp=np.where(np.arange(count) % 2 == trained, 0.0, 0.5))
    p = with_today(p, count, seed) if trained else p
    region, opens = regions(count, nations, seed, p), graphs(count, nations, seed)
    found, accounts = solve_region(region, opens), solve_region_accounts(region, opens)
    for index in range(count):
        one = single(region, index)
        assert differing(solve_region(one, opens[index]), found[index]) == []
        alone = solve_region_accounts(one, opens[index])
        assert all(
            np.array_equal(getattr(alone, field.name), getattr(accounts[index], field.name)) for field in fields(alone)
        )


def test_many_graphs_of_one_region_and_their_blocks_do_not_show(monkeypatch):
    region, opens = single(regions(1, 5, 3), 0), graphs(40, 5, 4)
    whole = solve_region(region, opens)
    order = np.random.default_rng(0).permutation(40)
    assert differing(solve_region(region, opens[order]), whole[order]) == []
    monkeypatch.setattr(payoffs, "PATHS", 1)
    assert differing(solve_region(region, opens), whole) == []


def test_graphs_and_regions_may_have_any_shape():
    region, opens = regions(3, 4, 5), graphs(2, 4, 6)
    both = solve_region(region, opens[:, None])
    assert both.payoffs.shape == (2, 3, 4)
    assert both.groups.shape[:3] == (2, 3, 4)
    assert both.flows.shape == (2, 3, 4, 4, 2)
    assert differing(both[1, 2], solve_region(single(region, 2), opens[1])) == []
    assert solve_region(single(region, 0), np.zeros((0, 4, 4))).payoffs.shape == (0, 4)


# --- The laws of a region ---


@settings(max_examples=20)
@given(st.integers(3, 6), st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_the_order_of_the_countries_means_nothing(nations, seed, random):
    order = random.sample(range(nations), nations)
    region, opens = regions(4, nations, seed), graphs(4, nations, seed)
    turned = replace(region, gap=region.gap[:, order], size=region.size[:, order], u=region.u[:, order])
    here, there = solve_region(region, opens), solve_region(turned, opens[:, order][:, :, order])
    np.testing.assert_allclose(there.payoffs, here.payoffs[:, order], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(there.flows, here.flows[:, order][:, :, order], rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(there.gdp_gain, here.gdp_gain, rtol=1e-8, atol=1e-12)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100), st.floats(0.01, 100))
def test_only_ratios_of_gaps_and_sizes_matter(seed, gap, size):
    region, opens = regions(3, 4, seed), graphs(3, 4, seed)
    scaled = replace(region, gap=gap * region.gap, size=size * region.size)
    here, there = solve_region(region, opens), solve_region(scaled, opens)
    np.testing.assert_allclose(there.payoffs, here.payoffs, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(there.flows, size * here.flows, rtol=1e-8, atol=1e-12)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_who_is_not_connected_does_not_matter(seed):
    """Two continents without a treaty between them are two regions; who has no treaty at all is at exactly 0."""
    region = regions(3, 6, seed)
    opens = np.zeros((6, 6), dtype=bool)
    opens[:3, :3], opens[3:5, 3:5] = ~np.eye(3, dtype=bool), ~np.eye(2, dtype=bool)
    west = replace(region, names=region.names[:3], gap=region.gap[:, :3], size=region.size[:, :3], u=region.u[:, :3])
    together, alone = solve_region(region, opens), solve_region(west, opens[:3, :3])
    np.testing.assert_allclose(together.payoffs[:, :3], alone.payoffs, rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(together.flows[:, :3, :3], alone.flows, rtol=1e-9, atol=1e-13)
    for nothing in (together.payoffs[:, 5], together.groups[:, 5], together.flows[:, 5], together.flows[:, :, 5]):
        assert not nothing.any()


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_at_given_wages_another_open_border_draws_from_all_others_and_from_home(seed):
    """The leak between hosts (Giordani and Ruta 2011), before wages answer."""
    region, opens = regions(5, 4, seed), graphs(5, 4, seed)
    opens[:, 0, 1] = False  # then the new opening of 1 to 0 turns no corridor into a managed one
    wages = np.zeros((4, 2, 5))
    ((before,), (after,)) = (
        choose(wages, wages, the_market(region, with_opening(opens, here)).border) for here in (False, True)
    )
    assert (after.chosen[0, 0] > 0).all()  # the first partner of country 0 is country 1
    assert (after.unwilling[0] < before.unwilling[0]).all()
    others = before.chosen[0] > 0
    assert (after.chosen[0][others] < before.chosen[0][others]).all()


def with_opening(opens, here):
    """The openings with country 1 open to 0, or not."""
    changed = opens.copy()
    changed[:, 1, 0] = here
    return changed


def test_spain_and_morocco_sign_and_france_receives_fewer():
    region = region_of(("ESP", "MAR", "FRA"))
    standing = hub(region.names, "MAR", ["FRA"])
    signed = standing | hub(region.names, "MAR", ["ESP"])
    before, after = solve_region(region, np.stack([standing, signed])).flows.sum(axis=-1)
    assert after[1, 0] > 0
    assert after[1, 2] < 0.75 * before[1, 2]


# --- Numerics ---


@pytest.mark.parametrize("nations", [2, 5])
def test_the_fixed_point_is_reached_from_everywhere_and_the_accounts_add_up(nations):
    region, opens = regions(2000, nations, 7), graphs(2000, nations, 8)
    found = solve_region(region, opens)
    assert found.residual.max() < 1e-9
    assert found.identity.max() < 1e-8
    tilt = np.where(np.arange(nations)[:, None] % 2 == np.arange(2), 0.3, -0.3)
    for start in (tilt, -tilt):
        assert np.abs(solve_region(region, opens, start).payoffs - found.payoffs).max() < 1e-6


def test_from_the_standing_graph_the_way_is_short_and_leads_to_the_same_place():
    region = single(regions(1, 8, 9), 0)
    standing = graphs(1, 8, 10)[0]
    start = region_wages(region, standing)
    near = standing.copy()
    near[0, 1] = near[1, 0] = True
    found = solve_region(region, near, start)
    np.testing.assert_allclose(found.payoffs, solve_region(region, near).payoffs, atol=1e-8)
    assert np.abs(solve_region(region, standing, start).payoffs - solve_region(region, standing).payoffs).max() < 1e-9


def wide(count, nations, seed):
    """Anywhere inside the limits, but for η above .03, where two fixed points can exist."""
    rng, changes = np.random.default_rng(seed), {}
    fixed = {"gap", "size", "u0", "u1", "old_stock", "old_stock_origin"}
    for name in [name for name in touching("market", "accounts", "politics") if name not in fixed]:
        low, high = entries()[name].low, entries()[name].high
        far = low > 0 and high / low > 50
        values = np.exp(rng.uniform(np.log(low), np.log(high), count)) if far else rng.uniform(low, high, count)
        changes[name] = np.minimum(values, 0.03) if name == "eta" else values
    region = Region(
        names=tuple("ABCDEFGHIJ"[:nations]),
        gap=np.exp(rng.uniform(0, np.log(100), (count, nations))),
        size=np.exp(rng.uniform(0, np.log(1e4), (count, nations))),
        u=rng.uniform(0.001, 0.999, (count, nations)),
        parameters=defaults().replace(**changes),
        stock=rng.choice([0.0, 0.05, 0.9], (count, nations)),
    )
    return region, graphs(count, nations, seed)


@pytest.mark.parametrize(
    ("nations", "count"),
    [
        (2, 1000),
        (3, 1000),
        pytest.param(5, 20_000, marks=pytest.mark.full),
        pytest.param(10, 5000, marks=pytest.mark.full),
    ],
)
def test_every_corner_of_the_box_settles(nations, count):
    found = solve_region(*wide(count, nations, nations))
    assert found.residual.max() < 1e-9
    assert found.identity.max() < 1e-8
    assert all(np.isfinite(getattr(found, field.name)).all() for field in fields(GameCell))


def assert_exact_slopes(place, x, rtol=0.0, atol=1e-7):
    """Every slope against central differences; x is (side, country, skill, column)."""
    size = x[..., 0].size
    slopes = _slopes(place, _read(x, place))
    for number, changed in enumerate(np.ndindex(x.shape[:-1])):
        step = np.zeros((*x.shape[:-1], 1))
        step[changed] = 1e-6
        rise = (_read(x + step, place).rest - _read(x - step, place).rest) / 2e-6
        np.testing.assert_allclose(-rise.reshape(size, -1), slopes[:, number], rtol=rtol, atol=atol)


@pytest.mark.parametrize("stock", [None, 0.2])
@pytest.mark.parametrize("leak", [0.0, 0.3])
@pytest.mark.parametrize("gsp", [0.0, 0.3, 1.0])
def test_the_slopes_are_those_of_the_wages(gsp, leak, stock):
    region = regions(20, 4, 11, drawn(20, 11).replace(gsp=gsp, leak=leak, leak_managed=0.4))
    if stock is not None:
        region = replace(region, stock=np.full((20, 4), stock))
    place = the_market(region, graphs(20, 4, 12))
    sides = 1 if stock is None else 2
    assert_exact_slopes(place, 0.05 * np.random.default_rng(1).standard_normal((sides, *place.natives.shape)))


@pytest.mark.parametrize("terms", [{"openness": 1.0}, {"openness": 0.5, "leak": 0.4, "leak_managed": 0.3, "gsp": 0.3}])
def test_odds_at_the_end_of_their_range_leave_wages_cold(terms):
    p = drawn(20, 13).replace(nu=0.05, cost=0.0, skilled_openness=1.0).replace(**terms)
    region = regions(20, 3, 13, p)
    place = the_market(replace(region, gap=region.gap * np.array([1, 40, 40])), graphs(20, 3, 14, density=1.0))
    wages = np.zeros(place.natives.shape)
    choice = choose(wages, wages, place.border)[0]
    assert choice.capped is not None
    assert (choice.capped & (choice.movers > 0)).any()
    assert_exact_slopes(place, wages[None], rtol=1e-5, atol=1e-5)


# --- Edges ---


def test_behind_closed_borders_only_the_apparatus_costs_and_can_be_shared():
    region = replace(regions(1, 4, 15, preset("asymmetric").replace(openness=0.0)), shared=np.array([0.0, 0.5, 1.0]))
    found = solve_region(region, hub(region.names, "A")).payoffs
    one = -100 * 0.0005 * 1.2
    np.testing.assert_allclose(found[:, 0], [3 * one, 2 * one, one], atol=1e-12)
    np.testing.assert_allclose(found[:, 1:], one, atol=1e-12)


@pytest.mark.parametrize("change", [{"tax": 1.0}, {"fee_managed": 1.0, "fee": 1.0}])
def test_nobody_moves_who_may_keep_nothing(change):
    region = regions(1, 4, 16, preset("asymmetric").replace(**change))
    assert solve_region(region, club(region.names, region.names)).flows.max() < 1e-20


def test_where_everybody_may_and_will_leave_nothing_cancels():
    p = preset("asymmetric").replace(openness=1.0, cost=0.0, nu=0.05, slack=0.0, eta=0.0)
    region = Region(
        names=("A", "B", "C"), gap=np.array([100.0, 1, 1]), size=np.ones(3), u=np.full(3, 0.5), parameters=p
    )
    found = solve_region(region, club(region.names, region.names))
    np.testing.assert_allclose(found.flows[1:, 0].sum(axis=-1), 1, rtol=1e-6)
    assert found.identity < 1e-12
    assert np.isfinite(found.groups).all()
