"""The engine of N countries against plain loops over the equations, with every feature and terms of each pair."""

from dataclasses import replace

import numpy as np
import pytest

from economy.parameters import entries
from economy.treaties.payoffs import solve_region, solve_region_accounts
from tests.economy.plain_region import PlainRegion
from tests.economy.test_region import graphs, regions, single
from tests.economy.test_region_terms import featured, peopled

TERMS = {
    "openness": (0.02, 1), "skilled_openness": (0.5, 2), "leak": (0, 0.5), "leak_managed": (0, 1), "control": (0, 1),
    "risk": (0, 2), "match": (0, 0.3), "phi_U": (0.5, 1), "phi_U_managed": (0.5, 1), "phi_S": (0.5, 1),
    "phi_S_managed": (0.5, 1), "fee": (0, 0.4), "fee_managed": (0, 0.4), "cost": (1.5, 3), "recip": (0, 1),
    "tax": (0, 0.3), "tax_host": (0, 1), "gsp": (0, 1), "unmanaged": (0, 2), "c_var": (0, 0.1), "c_control": (0, 0.01),
    "side": (0, 0.02), "expansion": (0, 2), "covered": (0, 1),
}  # fmt: skip


def assert_same(region, opens):
    opens[0, 1] = True
    found, accounts = solve_region(region, opens), solve_region_accounts(region, opens)
    quo = PlainRegion(region, np.zeros_like(opens)).rest()
    plain = PlainRegion(region, opens, quo)
    here = plain.solve(quo)
    np.testing.assert_allclose(found.gdp / found.gdp[0], here.gdp / here.gdp[0], rtol=1e-9)
    np.testing.assert_allclose(found.flows, here.people.sum(axis=0), rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(found.irregular, here.people[1], rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(found.groups, 100 * here.money / here.gdp[:, None], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found.payoffs, plain.payoffs(here), rtol=1e-8, atol=1e-8)
    per_world = 100 / here.gdp.sum()
    np.testing.assert_allclose(accounts.total, per_world * here.accounts, rtol=1e-8, atol=1e-8)
    for name, value in here.sums.items():
        np.testing.assert_allclose(getattr(accounts, name), per_world * value, rtol=1e-8, atol=1e-8, err_msg=name)
    assert accounts.identity < 1e-12
    np.testing.assert_allclose(accounts.welfare, 100 * found.welfare, atol=1e-9)
    assert np.abs(found.payoffs).max() > 0.01


AGENDA = {
    "access": (0.5, 1), "access_managed": (0.5, 1.5), "access_worth": (0, 1), "stay_worth": (0, 0.5),
    "chi_managed": (0.3, 1), "fee_employer": (0, 1), "gsp_cost": (0.5, 3), "gsp_host": (0, 1),
    "c_recognition": (0, 0.01),
}  # fmt: skip
"""What the agenda of a corridor negotiates beside the terms of a pair."""


def with_agenda(region, seed):
    rng = np.random.default_rng(seed)
    drawn = {name: rng.uniform(*ends) for name, ends in AGENDA.items()}
    return replace(region, parameters=region.parameters.replace(**drawn))


def with_today(region, seed):
    """The region with migrants today between about half of the pairs of countries, and places that bind or not."""
    rng, nations = np.random.default_rng(seed), len(region.names)
    some = np.triu(rng.random((nations, nations)) < 0.5, 1)
    some[0, 1] = True
    table = np.where(some | some.T, rng.choice([0.02, 0.2, 0.6], (nations, nations)), 0.0)
    dials = {"expansion": rng.choice([0.0, 0.5, 3.0]), "covered": rng.uniform(0, 1), "commitment": 0.001}
    terms = {**region.terms, "today": table}
    return replace(region, terms=terms, parameters=region.parameters.replace(**dials))


@pytest.mark.parametrize("nations", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_every_feature(nations, seed):
    region = replace(single(peopled(1, nations, seed), 0), shared=0.4)
    assert_same(region, graphs(1, nations, seed)[0])


@pytest.mark.parametrize("nations", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_terms_of_each_pair(nations, seed):
    rng = np.random.default_rng(seed)
    terms = {name: rng.uniform(*ends, (nations, nations)) for name, ends in TERMS.items()}
    assert all(entries()[name].low <= low and high <= entries()[name].high for name, (low, high) in TERMS.items())
    region = replace(single(peopled(1, nations, seed + 10), 0), terms=terms)
    assert_same(region, graphs(1, nations, seed + 10)[0])


def test_nobody_came_earlier():
    region = single(regions(1, 3, 5, featured(1, 5, ("old_stock", "old_stock_origin"))), 0)
    assert_same(region, graphs(1, 3, 5)[0])


@pytest.mark.parametrize("nations", [2, 3, 4])
@pytest.mark.parametrize("seed", range(4))
def test_migrants_of_today_and_places_for_each_pair(nations, seed):
    region = with_today(replace(single(peopled(1, nations, seed + 20), 0), shared=0.4), seed)
    assert_same(region, graphs(1, nations, seed + 20)[0])


def test_migrants_of_today_and_every_term_of_a_pair():
    rng = np.random.default_rng(1)
    terms = {name: rng.uniform(*ends, (3, 3)) for name, ends in TERMS.items()}
    region = with_today(replace(single(peopled(1, 3, 30), 0), terms=terms), 1)
    assert_same(region, graphs(1, 3, 30, density=1.0)[0])


def test_one_number_for_today_is_that_of_the_earlier_country():
    p = featured(1, 6, ("old_stock", "old_stock_origin")).replace(
        today=0.1, today_origin=0.03, openness_origin=0.5, expansion=0.5, covered=0.7
    )
    assert_same(single(regions(1, 3, 6, p), 0), graphs(1, 3, 6)[0])


@pytest.mark.parametrize("nations", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_what_the_agenda_of_a_corridor_negotiates(nations, seed):
    region = with_agenda(with_today(single(peopled(1, nations, seed + 40), 0), seed), seed)
    assert_same(region, graphs(1, nations, seed + 40, density=0.9)[0])
