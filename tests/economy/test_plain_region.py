"""The engine of N countries against plain loops over the equations, with every feature and terms of each pair."""

from dataclasses import replace

import numpy as np
import pytest

from economy.parameters import entries
from economy.treaties.payoffs import solve_region
from tests.economy.plain_region import PlainRegion
from tests.economy.test_region import graphs, regions, single
from tests.economy.test_region_terms import featured, peopled

TERMS = {
    "openness": (0.02, 1), "skilled_openness": (0.5, 2), "leak": (0, 0.5), "leak_managed": (0, 1), "control": (0, 1),
    "risk": (0, 2), "match": (0, 0.3), "phi_U": (0.5, 1), "phi_U_managed": (0.5, 1), "phi_S": (0.5, 1),
    "phi_S_managed": (0.5, 1), "fee": (0, 0.4), "fee_managed": (0, 0.4), "cost": (1.5, 3), "recip": (0, 1),
    "tax": (0, 0.3), "tax_host": (0, 1), "gsp": (0, 1), "unmanaged": (0, 2), "c_var": (0, 0.1), "c_control": (0, 0.01),
    "side": (0, 0.02),
}  # fmt: skip


def assert_same(region, opens):
    opens[0, 1] = True
    found, plain = solve_region(region, opens), PlainRegion(region, opens)
    here, before = plain.solve(), PlainRegion(region, np.zeros_like(opens)).solve()
    money, guests = here.money - before.money, here.guests - before.guests
    np.testing.assert_allclose(found.gdp / found.gdp[0], plain.gdp / plain.gdp[0], rtol=1e-12)
    np.testing.assert_allclose(found.flows, here.legal + here.irregular, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(found.irregular, here.irregular, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(found.groups, 100 * money / plain.gdp[:, None], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found.payoffs, plain.payoffs(money, guests), rtol=1e-8, atol=1e-8)
    assert np.abs(found.payoffs).max() > 0.01


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
