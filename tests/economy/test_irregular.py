"""People without papers: whom a closed border makes, whom places displace, and what they cost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch
from economy.model.group_gains import GROUPS
from economy.model.migration import border
from economy.model.money.status_quo import StatusQuo, TodayRoute
from economy.model.payoffs import agreement, solve_bilateral
from economy.model.spillovers import externality
from economy.parameters import defaults, preset

L, D = 0, 1
ORIGIN_TO_HOST = (1, 0)
LEAKY = preset("asymmetric").replace(leak=0.05)
TREASURY = GROUPS.index("treasury")
PLAIN = {"phi_U_managed": 0.8, "phi_S_managed": 0.8, "fee_managed": 0.2}
"""Dials under which a managed corridor is as good and as dear as one that is not."""


def came(stakes, *, irregular):
    """People who come from the origin to the host, (row, column)."""
    flows = stakes.irregular if irregular else stakes.flows
    return flows[..., 1, 0, :].sum(axis=-1)


def test_without_a_leak_nobody_comes_without_papers_and_nothing_else_changes():
    quiet, told = (
        solve_bilateral(preset("asymmetric").replace(risk=risk, leak_managed=share)) for risk, share in ((0, 1), (3, 0))
    )
    assert not quiet.irregular.any()
    assert quiet.irregular.shape == quiet.flows.shape
    assert np.array_equal(quiet.payoffs, told.payoffs)
    assert np.array_equal(quiet.groups, told.groups)


def test_closing_makes_irregular_movers_of_those_whom_it_shuts_out():
    """The control paradox, in the cell where the origin plays Defect: fewer come, more of them without papers."""
    stakes = solve_bilateral(LEAKY)
    without = came(stakes, irregular=True)
    assert without[D, D] > without[L, D] > 0
    assert came(stakes, irregular=False)[D, D] < came(stakes, irregular=False)[L, D]
    assert came(stakes, irregular=False)[D, D] == without[D, D]


@settings(max_examples=30)
@given(st.floats(1.5, 8), st.floats(0.01, 0.5), st.floats(0, 1), st.floats(0, 0.5))
def test_wider_legal_channels_displace_irregular_ones(gap, leak, risk, settled):
    places = np.linspace(0, 1, 9)
    stakes = solve_bilateral(LEAKY.replace(gap=gap, leak=leak, risk=risk, old_stock=settled, openness=places))
    for column in (L, D):
        falling = came(stakes, irregular=True)[:, L, column]
        assert (np.diff(falling) < 0).all()
        assert falling[-1] == 0
        assert (np.diff(came(stakes, irregular=False)[:, L, column]) > 0).all()


@pytest.mark.parametrize(
    ("dial", "sign"), [("leak", 1), ("risk", -1), ("leak_managed", 1), ("control", -1), ("fee", -1)]
)
def test_what_raises_the_irregular_flow_and_what_lowers_it(dial, sign):
    flow = came(solve_bilateral(LEAKY.replace(**{dial: np.array([0.1, 0.4, 0.9])})), irregular=True)
    assert (sign * np.diff(flow[:, L, L]) > 0).all()
    managed = dial in {"leak_managed", "control"}
    assert managed == np.array_equal(flow[0, D, D], flow[2, D, D])


@pytest.mark.parametrize("change", [{"control": 1.0}, {"leak_managed": 0.0}])
def test_full_control_of_a_managed_corridor_leaves_nobody_without_papers(change):
    stakes = solve_bilateral(LEAKY.replace(**change))
    assert not stakes.irregular[L, L].any()
    assert np.array_equal(stakes.flows[L, L], solve_bilateral(LEAKY.replace(leak=0.0)).flows[L, L])
    assert stakes.irregular[D, D].any()


@given(st.floats(0.01, 1), st.floats(1, 6))
def test_a_leak_into_closed_countries_is_the_opening_of_a_corridor_nobody_manages(share, gap):
    """At no extra risk, and with nothing that cooperation improves, going without papers is going."""
    alike = defaults().replace(gap=gap, risk=0.0, **PLAIN)
    leaking = solve_bilateral(alike.replace(openness=0.0, leak=share)).cell(D, D).flows
    opened = agreement(alike.replace(openness=share)).flows
    np.testing.assert_allclose(leaking, opened, rtol=1e-9, atol=1e-15)


def test_irregular_movers_are_some_of_all_movers():
    rng = np.random.default_rng(0)
    stakes = solve_bilateral(
        LEAKY.replace(gap=rng.uniform(1, 8, 50), leak=rng.uniform(0, 1, 50), openness=rng.uniform(0, 1, 50))
    )
    assert (stakes.irregular <= stakes.flows).all()
    assert (stakes.irregular >= 0).all()
    cell = agreement(LEAKY)
    assert np.array_equal(cell.irregular, solve_bilateral(LEAKY).cell(L, L).irregular)


@pytest.mark.parametrize("control", [0.5, 1.0])
def test_joint_control_has_its_price_for_both_governments(control):
    dear = preset("asymmetric").replace(control=control, c_control=0.01)
    change = (
        solve_bilateral(dear).groups[..., TREASURY] - solve_bilateral(dear.replace(control=0.0)).groups[..., TREASURY]
    )
    np.testing.assert_allclose(change[:, L, L], -100 * 0.01 * control**2)
    assert not change[:, [L, D, D], [D, L, D]].any()


def test_whoever_has_no_papers_pays_no_levy_and_is_not_trained():
    shut = LEAKY.replace(openness=0.0, leak=0.5, tax=0.5, gsp=1.0)
    cell, free = agreement(shut), agreement(shut.replace(tax=0.0, gsp=0.0))
    assert cell.irregular.any()
    assert np.array_equal(cell.flows, cell.irregular)
    assert np.array_equal(cell.groups, free.groups)
    before = agreement(shut.replace(leak=0.0)).gdp
    np.testing.assert_allclose(cell.groups[:, TREASURY], -100 * 0.0005 * before / cell.gdp)


def test_a_migrant_without_papers_weighs_as_one_from_a_corridor_that_nobody_manages():
    p, _, count = flatten_batch(preset("asymmetric").replace(leak=np.array([0.1])))
    base = baseline(p, two_countries(p, count))
    edge = border(p, base, np.ones((2, 1, 1)))
    some, none = np.full((2, 1, 2, 1), 0.01), np.zeros((2, 1, 2, 1))
    nobody = StatusQuo(np.zeros((2, 2, 1)), (TodayRoute(none, none, none, none),) * 2)
    without, papers = (
        -np.log1p(-externality(p, base, edge, each, nobody) / p.xmax) for each in ((none, some), (some, none))
    )
    np.testing.assert_allclose(without / papers, (1 + p.unmanaged) ** p.gamma, rtol=1e-9)


@pytest.mark.parametrize(("ratio", "share"), [(0.0, 0.0), (0.5, 0.1), (2.0, 0.4), (100.0, 1.0)])
def test_openness_to_the_skilled_has_a_ratio_of_its_own_and_ends_at_everyone(ratio, share):
    """Behind a wall of risk the flow of S over what it would be at openness 1 is the share admitted."""
    fixed = preset("asymmetric").replace(slack=0.99, gap=1.0, cost=8.0)
    flow = agreement(fixed.replace(openness=0.2, skilled_openness=ratio)).flows[ORIGIN_TO_HOST]
    whole = agreement(fixed.replace(openness=1.0)).flows[ORIGIN_TO_HOST]
    np.testing.assert_allclose(flow / whole, [0.2, share], rtol=2e-2)
