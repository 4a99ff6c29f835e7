"""The money accounts of many countries, and places that bind for each pair."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model.payoffs import solve_accounts
from economy.parameters import defaults, preset
from economy.treaties.graph import hub
from economy.treaties.payoffs import solve_region, solve_region_accounts
from economy.treaties.region import bilateral
from tests.economy.test_region import CELLS, drawn, graphs, regions, with_today


@pytest.mark.parametrize("today", [False, True])
def test_the_accounts_of_two_countries_are_the_bilateral_ones(today):
    p = drawn(100, 2).replace(leak=np.linspace(0, 0.2, 100), old_stock=0.1)
    p = with_today(p, 100, 3) if today else p
    pair = solve_accounts(p)
    for row, column in np.ndindex(2, 2):
        known, found = pair.cell(row, column), solve_region_accounts(bilateral(p), CELLS[row, column, 0])
        natives, old, new = np.moveaxis(found.total, -1, 0)
        totals = np.stack([natives[:, 0], old.sum(axis=-1), natives[:, 1], new.sum(axis=-1)], axis=-1)
        np.testing.assert_allclose(totals, known.total, rtol=1e-12, atol=1e-13)
        for name in ("sent_home", "cost_of_moving", "income", "welfare", "gdp", "rent", "fees", "crowding", "training"):
            np.testing.assert_allclose(getattr(found, name), getattr(known, name), rtol=1e-12, atol=1e-13)
        assert found.identity.max() < 1e-12


@settings(max_examples=20)
@given(st.integers(3, 5), st.integers(0, 2**32 - 1))
def test_the_accounts_of_many_countries_add_up_and_the_status_quo_is_nothing(nations, seed):
    region, opens = regions(3, nations, seed, with_today(drawn(3, seed), 3, seed)), graphs(3, nations, seed)
    found, accounts = solve_region(region, opens), solve_region_accounts(region, opens)
    assert accounts.identity.max() < 1e-12
    np.testing.assert_allclose(accounts.welfare, 100 * found.welfare, rtol=1e-9, atol=1e-9)
    closed = np.zeros((nations, nations))
    nothing = solve_region_accounts(region, closed)
    assert not nothing.total.any()
    assert not solve_region(region, closed).payoffs.any()


def test_where_nobody_moves_only_the_apparatus_costs():
    """The apparatus of its one treaty costs each country .05 % of its GDP, .025 % of that of the pair."""
    found = solve_region_accounts(bilateral(defaults().replace(openness=0.0)), CELLS[0, 0, 0])
    assert found.total == pytest.approx(np.array([[-0.025, 0, 0], [-0.025, 0, 0]]))
    assert found.administration == pytest.approx(0.05)


def test_places_bind_for_each_pair_and_a_country_outside_a_treaty_keeps_its_number():
    """A treaty that doubles the places draws nobody away from a third host that still has today's places."""
    table = np.zeros((3, 3))
    table[2, :2] = 0.05
    region = replace(
        regions(1, 3, 17, preset("asymmetric").replace(expansion=1.0)),
        gap=np.array([4.0, 4, 1]),
        size=np.ones(3),
        u=np.array([0.3, 0.3, 0.6]),
        terms={"today": table},
    )
    before, after = solve_region(region, np.stack([np.zeros((3, 3)), hub(region.names, "A", "C")])[:, None]).flows
    came = [flows[0].sum(axis=-1)[2, :2] for flows in (before, after)]
    np.testing.assert_allclose(came[1], came[0] * [2, 1], rtol=1e-9)
