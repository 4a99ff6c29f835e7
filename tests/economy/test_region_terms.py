"""Many countries with what a pair can have: routes without papers, earlier migrants, lump sums and terms of a pair."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, solve_bilateral
from economy.parameters import defaults, preset
from economy.treaties.graph import club
from economy.treaties.payoffs import solve_region, solve_region_accounts
from economy.treaties.region import PAIR_TERMS, Region, bilateral
from tests.economy.test_region import CELLS, differing, drawn, graphs, regions, single, with_today

SEEDS = st.integers(0, 2**32 - 1)
TREASURY = GROUPS.index("treasury")
FEATURES = {
    "leak": (0, 0.5), "leak_managed": (0, 1), "control": (0, 1), "risk": (0, 2), "old_stock": (0, 0.5),
    "old_stock_origin": (0, 0.2), "old_sigma": (2, 30), "recip": (0, 1), "side": (0, 0.02), "c_control": (0, 0.01),
    "w_O": (0, 1),
}  # fmt: skip
"""What the draws of `drawn` do not move."""


def featured(count, seed, without=()):
    """The draws of `drawn` with every feature, each in about half of the economies."""
    rng = np.random.default_rng(seed)
    changes = {name: rng.uniform(*ends, count) for name, ends in FEATURES.items() if name not in without}
    some = {name: np.where(rng.random(count) < 0.5, values, 0.0) for name, values in changes.items()}
    return drawn(count, seed).replace(**{**some, "old_sigma": rng.uniform(2, 30, count)})


def peopled(count, nations, seed):
    """Random regions with every feature."""
    region = regions(count, nations, seed, featured(count, seed, ("old_stock", "old_stock_origin")))
    return replace(region, stock=np.random.default_rng(seed).choice([0.0, 0.1, 0.4], (count, nations)))


# --- Two countries ---


def test_two_countries_have_the_numbers_of_the_bilateral_model_with_every_feature():
    p = with_today(featured(300, 1), 300, 2)
    pair, cells = solve_bilateral(p), solve_region(bilateral(p), CELLS)
    for row, column in np.ndindex(2, 2):
        assert differing(cells[row, column], pair.cell(row, column)) == []
    assert cells.residual.max() < 1e-9
    assert cells.identity.max() < 1e-8


# --- Laws ---


@settings(max_examples=15)
@given(st.integers(2, 7), st.integers(1, 6), SEEDS)
def test_alone_and_in_company_are_the_same_bits(nations, count, seed):
    region, opens = peopled(count, nations, seed), graphs(count, nations, seed)
    found = solve_region(region, opens)
    for index in range(count):
        alone = single(region, index)
        assert differing(solve_region(alone, opens[index]), found[index]) == []


@settings(max_examples=20)
@given(st.integers(3, 6), SEEDS)
def test_books_close_and_the_accounts_add_up(nations, seed):
    region, opens = peopled(4, nations, seed), graphs(4, nations, seed)
    found = solve_region(region, opens)
    assert found.identity.max() < 1e-8
    assert found.residual.max() < 1e-9
    accounts = solve_region_accounts(region, opens)
    assert accounts.identity.max() < 1e-12
    np.testing.assert_allclose(accounts.welfare, 100 * found.welfare, rtol=1e-9, atol=1e-9)


@settings(max_examples=20)
@given(st.integers(3, 6), SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_countries_means_nothing_without_terms_that_have_a_direction(nations, seed, random):
    order = random.sample(range(nations), nations)
    region, opens = peopled(4, nations, seed), graphs(4, nations, seed)
    region = replace(region, parameters=region.parameters.replace(recip=0.0, side=0.0))
    turned = replace(region, **{name: values[:, order] for name, values in region.endowments.items()})
    here, there = solve_region(region, opens), solve_region(turned, opens[:, order][:, :, order])
    np.testing.assert_allclose(there.payoffs, here.payoffs[:, order], rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(there.irregular, here.irregular[:, order][:, :, order], rtol=1e-8, atol=1e-12)


@settings(max_examples=20)
@given(st.integers(3, 5), SEEDS)
def test_closed_borders_are_the_status_quo_though_people_come_without_papers(nations, seed):
    region = peopled(3, nations, seed)
    region = replace(region, parameters=region.parameters.replace(leak=np.array([0.0, 0.1, 1.0])))
    found = solve_region(region, np.zeros((nations, nations)))
    for nothing in (found.payoffs, found.groups, found.gdp_gain, found.welfare):
        assert not nothing.any()
    assert np.array_equal(found.flows, found.irregular)
    assert found.flows.any(axis=(1, 2, 3)).tolist() == [False, True, True]


def test_where_nobody_moves_nothing_changes_by_a_rounding():
    """The sum of natives and earlier migrants is not always the labour force to the last bit."""
    region = peopled(50, 4, 40)
    found = solve_region(replace(region, parameters=region.parameters.replace(leak=0.0)), np.zeros((4, 4)))
    assert not found.groups.any()


@settings(max_examples=20)
@given(st.integers(3, 5), SEEDS)
def test_no_more_natives_leave_than_there_are(nations, seed):
    """Everybody may go, with papers or without, and going pays."""
    p = drawn(3, seed).replace(openness=np.array([0.3, 1.0, 1.0]), leak=1.0, leak_managed=1.0, cost=0.0, nu=0.05)
    region = replace(regions(3, nations, seed, p), stock=np.full((3, nations), 0.1))
    found = solve_region(region, graphs(3, nations, seed, density=0.4))
    left = found.flows.sum(axis=(2, 3))
    assert (left <= 0.9 * region.size * (1 + 1e-9)).all()
    assert found.identity.max() < 1e-8


# --- Routes without papers ---


def test_a_worker_whom_one_country_admits_goes_to_no_other_without_papers():
    """One open host of three: at openness 1 nobody is left for the leak; at .5 half of the natives are."""
    region = regions(1, 3, 4, preset("asymmetric").replace(leak=0.5, openness=np.array([1.0, 0.5, 0.0])))
    opens = np.zeros((3, 3))
    opens[0, 1] = 1
    found = solve_region(region, opens).irregular.sum(axis=-1)
    assert not found[0, 1].any()
    assert (found[1, 1, [0, 2]] > 0).all()
    np.testing.assert_allclose(found[1, 1], 0.5 * found[2, 1], rtol=0.1)


def test_joint_control_works_where_two_countries_have_a_treaty_and_has_its_price_for_each_treaty():
    region = regions(1, 3, 5, preset("asymmetric").replace(leak=0.1, c_control=0.01))
    opens = club(region.names, region.names[:2])
    free, tight = (
        solve_region(replace(region, parameters=region.parameters.replace(control=control)), opens)
        for control in (0.0, 1.0)
    )
    assert free.irregular[0, 0, 1].any()
    assert not tight.irregular[0, [0, 1], [1, 0]].any()
    assert tight.irregular[0, 2, 0].any()
    both = solve_region(
        replace(region, parameters=region.parameters.replace(control=1.0)), club(region.names, region.names)
    )
    calm = replace(region, parameters=region.parameters.replace(leak=0.0))
    price = (-100 * 0.01 * solve_region(calm, opens).gdp / tight.gdp)[0]
    alone = replace(region, parameters=region.parameters.replace(c_control=0.0, control=1.0))
    change = tight.groups - solve_region(alone, opens).groups
    np.testing.assert_allclose(change[0, :, TREASURY], [price[0], price[1], 0], atol=1e-12)
    change = both.groups - solve_region(alone, club(region.names, region.names)).groups
    np.testing.assert_allclose(change[0, :, TREASURY], 2 * price, atol=1e-12)


# --- Lump sums and terms of a pair ---


def test_a_lump_sum_goes_from_the_later_to_the_earlier_country_of_each_treaty():
    region = regions(1, 3, 6, preset("asymmetric"))
    opens = club(region.names, region.names[:2])
    before = solve_region(region, opens)
    paid = solve_region(replace(region, parameters=region.parameters.replace(side=0.01)), opens)
    gdp = before.gdp[0]
    change = (paid.groups - before.groups)[0, :, TREASURY]
    np.testing.assert_allclose(change, [1.0, -gdp[0] / gdp[1], 0.0], atol=1e-12)
    turned = np.zeros((3, 3))
    turned[1, 0] = 0.01
    paid = solve_region(replace(region, terms={"side": turned}), opens)
    change = (paid.groups - before.groups)[0, :, TREASURY]
    np.testing.assert_allclose(change, [-gdp[1] / gdp[0], 1.0, 0.0], atol=1e-12)


@pytest.mark.parametrize("name", PAIR_TERMS)
def test_terms_that_are_equal_for_all_pairs_are_the_parameters(name):
    region, opens = peopled(6, 4, 7), graphs(6, 4, 8)
    value = 0.3
    if name in {"expansion", "covered"}:  # read where people are the ceiling
        today = {"today": 0.1, "today_origin": 0.1, "expansion": 0.5}
        region = replace(region, parameters=region.parameters.replace(**today))
    both = (name, "today_origin") if name == "today" else (name,)
    whole = replace(region, parameters=region.parameters.replace(**dict.fromkeys(both, value)))
    table = np.full((4, 4), value)
    if name in {"recip", "side"}:
        table = np.triu(table, 1)
    told = solve_region(replace(region, terms={name: table}), opens)
    known = solve_region(whole, opens)
    for field in fields(GameCell):
        np.testing.assert_allclose(getattr(told, field.name), getattr(known, field.name), rtol=1e-9, atol=1e-12)
    assert not np.array_equal(known.payoffs, solve_region(region, opens).payoffs)


@pytest.mark.parametrize("name", [name for name in PAIR_TERMS if "leak" not in name])
def test_each_treaty_has_its_own_terms(name):
    """Four countries with two treaties are two pairs; without a leak nothing joins them."""
    p = preset("asymmetric").replace(tax=0.1, gsp=0.3, skilled_openness=1.2)
    if name in {"expansion", "covered"}:
        p = p.replace(today=0.1, today_origin=0.1)
    region = Region(
        names=("A", "B", "C", "D"),
        gap=np.array([4.0, 1, 5, 1]),
        size=np.array([1.0, 1.5, 1, 2]),
        u=np.array([0.25, 0.6, 0.3, 0.7]),
        parameters=p,
    )
    values, table = (0.2, 0.4), np.full((4, 4), 0.0 if name == "today" else 0.5)
    table[:2, :2], table[2:, 2:] = values
    if name in {"recip", "side"}:
        table = np.triu(table)
    terms = {name: table}
    if name in {"expansion", "covered"}:
        terms["today"] = np.kron(np.eye(2), np.full((2, 2), 0.1))
    found = solve_region(replace(region, terms=terms), club(region.names, "AB") | club(region.names, "CD"))
    for first, value in zip((0, 2), values, strict=True):
        some = slice(first, first + 2)
        pair = Region(
            names=region.names[some],
            gap=region.gap[some],
            size=region.size[some],
            u=region.u[some],
            parameters=p.replace(**dict.fromkeys((name, "today_origin") if name == "today" else (name,), value)),
        )
        known = solve_region(pair, club(pair.names, pair.names))
        np.testing.assert_allclose(found.payoffs[some], known.payoffs, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(found.flows[some, some], known.flows, rtol=1e-9, atol=1e-12)


@settings(max_examples=15)
@given(st.integers(3, 5), SEEDS)
def test_terms_of_a_pair_in_a_batch_are_the_same_bits(nations, seed):
    rng = np.random.default_rng(seed)
    ends = {"openness": (0, 1), "fee": (0, 0.4), "tax": (0, 0.3), "gsp": (0, 1), "leak": (0, 0.5), "phi_U": (0.5, 1)}
    terms = {name: rng.uniform(*end, (3, nations, nations)) for name, end in ends.items()}
    region, opens = replace(peopled(3, nations, seed), terms=terms), graphs(3, nations, seed)
    found = solve_region(region, opens)
    assert found.residual.max() < 1e-9
    assert found.identity.max() < 1e-8
    for index in range(3):
        alone = replace(single(region, index), terms={name: values[index] for name, values in terms.items()})
        assert differing(solve_region(alone, opens[index]), found[index]) == []


def test_openness_of_a_pair_decides_who_is_admitted_there():
    """Workers are shut out of one host in proportion to its openness, at wages that hardly move."""
    calm = preset("asymmetric").replace(cost=8.0, eta=0.0)
    region = regions(1, 3, 9, calm)
    table = np.full((3, 3), 0.2)
    opens = club(region.names, region.names)
    before = solve_region(replace(region, terms={"openness": table}), opens).flows.sum(axis=-1)
    table[1, 0] = 0.4
    after = solve_region(replace(region, terms={"openness": table}), opens).flows.sum(axis=-1)
    ratio = np.ones((3, 3))
    ratio[1, 0] = 2
    between = ~np.eye(3, dtype=bool)
    np.testing.assert_allclose((after / np.where(between, before, 1))[0][between], ratio[between], rtol=1e-2)


def test_the_choice_of_defaults_leaves_terms_and_stock_empty():
    region = bilateral(defaults())
    assert region.stock is None
    assert region.terms == {}
