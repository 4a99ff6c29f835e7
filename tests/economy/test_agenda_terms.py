"""Terms of a corridor's agenda: what each of them does to money, and that nothing is lost or counted twice."""

import dataclasses

import numpy as np
import pytest

from economy import preset
from economy.corridors.fitting import corridor
from economy.model.group_gains import GROUPS
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import agreement_with_accounts, solve_bilateral, solve_with_accounts
from economy.parameters import defaults
from economy.treaties.payoffs import solve_region
from economy.treaties.region import bilateral

TERMS = {
    "access": 0.7,
    "access_managed": 0.95,
    "access_worth": 0.3,
    "stay_worth": 0.12,
    "chi_managed": 0.7,
    "c_recognition": 0.0008,
    "fee_employer": 0.5,
    "gsp": 0.2,
    "gsp_cost": 3.0,
    "gsp_host": 0.5,
    "tax": 0.1,
    "tax_host": 0.5,
    "years": 2.0,
}
"""An agreement with every term of a corridor's agenda."""
HOST, ORIGIN = 0, 1


def change(p, **terms):
    """What terms change in (L,L): money of the groups (country, group) in % of the pair's GDP, and accounts."""
    (before, old), (after, new) = agreement_with_accounts(p), agreement_with_accounts(p.replace(**terms))
    share = before.gdp / before.gdp.sum()
    groups = (after.groups - before.groups) * share[:, None]
    names = [field.name for field in dataclasses.fields(MoneyAccounts)]
    return groups, {name: getattr(new, name) - getattr(old, name) for name in [*names, "welfare", "income"]}


def only(groups, *changed):
    """The changes of the groups named as pairs (country, group); all others must be 0."""
    rest = groups.copy()
    for country, name in changed:
        rest[country, GROUPS.index(name)] = 0.0
    assert np.abs(rest).max() < 1e-12
    return [groups[country, GROUPS.index(name)] for country, name in changed]


@pytest.fixture(scope="module")
def base():
    """Morocco and Spain with half as many again; nobody moves to Morocco, so that every change has one sign."""
    return corridor("MAR-ESP").parameters.replace(expansion=0.5, today_origin=0.0)


@pytest.fixture(scope="module")
def people(base):
    """People of Morocco in Spain with the agreement, and the services of one resident, % of the pair's GDP."""
    cell, _ = agreement_with_accounts(base)
    flat = cell.flows[1, 0].sum()
    closed = agreement_with_accounts(base.replace(today=0.0, openness=0.0))[0].gdp
    return flat, 100 * float(base.services) * closed[HOST] / cell.gdp.sum()


def test_level_zero_of_every_line_is_the_figure_of_the_prototype():
    """meaning.json, agenda, MAR-ESP, today: the apparatus without its fruits."""
    text = {"phi_U_managed": 0.8, "phi_S_managed": 0.8, "fee_managed": 0.2, "access": 0.7, "access_managed": 0.7}
    cell, _ = agreement_with_accounts(corridor("MAR-ESP").parameters.replace(**text))
    assert cell.payoffs == pytest.approx([-0.0588, -0.1461], abs=5e-5)


def test_access_costs_the_host_what_migrants_use(base, people):
    """The host's residents pay for the services, the migrants use them; the sum and the welfare do not change."""
    number, service = people
    groups, accounts = change(base, access_managed=1.1)
    (paid,) = only(groups, (HOST, "residents"))
    assert paid == pytest.approx(-0.1 * service * number, rel=1e-9)
    assert accounts["public"][[1, 3]].sum() == pytest.approx(-paid, rel=1e-9)
    assert accounts["income"] == pytest.approx(0.0, abs=1e-12)
    assert accounts["welfare"] == pytest.approx(paid, rel=1e-9), "worth nothing, so its cost is a loss"


def test_welfare_counts_access_at_its_worth_and_not_twice(base, people):
    number, service = people
    groups, accounts = change(base, access_managed=1.1, access_worth=0.2)
    paid, seen = only(groups, (HOST, "residents"), (ORIGIN, "movers"))
    assert seen == pytest.approx(0.2 * service * number, rel=1e-9)
    assert accounts["welfare"] == pytest.approx(seen + paid, rel=1e-9)


def test_a_longer_stay_is_worth_part_of_the_pay_and_moves_nobody(base):
    groups, accounts = change(base, stay_worth=0.1)
    (worth,) = only(groups, (ORIGIN, "movers"))
    cell = agreement_with_accounts(base)[0]
    home = agreement_with_accounts(base.replace(stay_worth=0.2))[0]
    assert np.array_equal(home.flows, cell.flows)
    assert accounts["cost_of_moving"] == pytest.approx(-worth, rel=1e-9)
    assert accounts["income"] == pytest.approx(0.0, abs=1e-12)
    twice, _ = change(base, stay_worth=0.2)
    ratio = twice[ORIGIN, GROUPS.index("movers")] / worth
    assert ratio == pytest.approx((1 - np.exp(-0.2)) / (1 - np.exp(-0.1)), rel=1e-9)


def test_control_lowers_the_congestion_by_its_factor(base):
    """Without a limit, the public cost is linear in the factor."""
    free = base.replace(xmax=1.0)
    _, money = agreement_with_accounts(free)
    groups, accounts = change(free, chi_managed=0.5)
    (saved,) = only(groups, (HOST, "residents"))
    assert accounts["crowding"] == pytest.approx(-saved, rel=1e-9)
    assert saved == pytest.approx(0.5 * money.crowding, rel=2e-3), "X/Y is 1 - exp(-z), nearly linear for a small z"


def test_recognition_costs_each_country_its_share(base):
    groups, accounts = change(base, c_recognition=0.001)
    costs = only(groups, (HOST, "treasury"), (ORIGIN, "treasury"))
    assert accounts["administration"] == pytest.approx(-sum(costs), rel=1e-9)
    closed = agreement_with_accounts(base.replace(today=0.0, openness=0.0))[0].gdp
    assert costs[0] / costs[1] == pytest.approx(closed[0] / closed[1], rel=1e-9)


def test_employers_bear_a_part_of_what_is_taken_off_the_fee(base):
    groups, accounts = change(base, fee_employer=0.5)
    (paid,) = only(groups, (HOST, "capital"))
    assert paid < 0
    assert accounts["fees"] == pytest.approx(-paid, rel=1e-9)
    again, _ = change(base, fee_employer=0.25)
    assert again[HOST, GROUPS.index("capital")] == pytest.approx(paid / 2, rel=1e-9)
    untouched, _ = change(base.replace(fee_managed=0.2), fee_employer=0.5)
    assert np.abs(untouched).max() == 0, "nothing is taken off"


def test_the_bill_of_training_is_paid_by_host_and_origin(base):
    trained = base.replace(gsp=0.2)
    groups, accounts = change(trained, gsp_host=0.0)
    host, origin = only(groups, (HOST, "treasury"), (ORIGIN, "treasury"))
    assert host == pytest.approx(-origin, rel=1e-9)
    assert accounts["training"] == pytest.approx(0.0, abs=1e-12)
    dearer, used = change(trained, gsp_cost=3.0)
    (more,) = only(dearer, (HOST, "treasury"))
    assert more == pytest.approx(-2 * host, rel=1e-9)
    assert used["training"] == pytest.approx(-more, rel=1e-9)


@pytest.mark.parametrize("name", ["access_managed", "access_worth", "stay_worth", "c_recognition", "fee_employer"])
def test_terms_hold_in_an_agreement_alone(base, name):
    """No cell but (L,L) changes."""
    before, after = (solve_with_accounts(p)[0].payoffs for p in (base, base.replace(**{name: 1.2 * TERMS[name]})))
    moved = before != after
    assert moved[:, 0, 0].any()
    assert not moved.reshape(2, 4)[:, 1:].any()


def test_the_terms_reach_those_whom_the_treaty_covers(base):
    """With newcomers only, half as many again make a third of all: a third of the worth of a longer stay."""
    newcomers = base.replace(covered=0.0)
    whole, part = (change(p, stay_worth=0.1)[0][ORIGIN, GROUPS.index("movers")] for p in (base, newcomers))
    pay = [agreement_with_accounts(p)[0] for p in (base, newcomers)]
    assert pay[0].flows.sum() == pytest.approx(pay[1].flows.sum())
    assert 0.2 < part / whole < 1 / 3, "those who are covered earn less on the old terms of the mean"


def random_terms(count):
    chance = np.random.default_rng(2026)
    drawn = {name: chance.uniform(0, 2 * value, count) for name, value in TERMS.items() if name not in {"years", "gsp"}}
    whole = np.floor(chance.uniform(1, 6, count))
    drawn |= {"chi_managed": chance.uniform(0.05, 1, count), "gsp": chance.uniform(0, 1, count), "years": whole}
    drawn["access"] = chance.uniform(0, 1, count)
    return drawn


@pytest.mark.parametrize("code", ["MAR-ESP", "MEX-USA", "DEU-FRA", "asymmetric"])
def test_the_accounts_add_up_under_any_terms(code):
    p = preset("asymmetric").replace(openness=0.1) if code == "asymmetric" else corridor(code).parameters
    _, accounts = solve_with_accounts(p.replace(**random_terms(40)))
    assert accounts.identity.max() < 1e-12


def test_a_batch_of_terms_is_solved_as_each_alone():
    p = corridor("MAR-ESP").parameters.replace(expansion=1.0)
    drawn = random_terms(6)
    cell, money = agreement_with_accounts(p.replace(**drawn))
    for at in range(6):
        one, alone = agreement_with_accounts(p.replace(**{name: float(row[at]) for name, row in drawn.items()}))
        assert np.array_equal(one.payoffs, cell.payoffs[at])
        assert np.array_equal(one.groups, cell.groups[at])
        assert np.array_equal(alone.total, money.total[at])
        assert np.array_equal(alone.welfare, money.welfare[at])


def test_the_terms_touch_no_market():
    """So that packages that differ in them share one fixed point."""
    p = corridor("MAR-ESP").parameters
    terms = {name: value for name, value in TERMS.items() if name not in {"gsp", "tax"}}
    plain, told = (agreement_with_accounts(each)[0] for each in (p, p.replace(**terms)))
    assert np.array_equal(plain.flows, told.flows)


def test_nothing_changes_where_no_term_is_given():
    """The defaults are neutral: access as residents, no worth, no cost."""
    p = defaults()
    neutral = {"access": 1, "access_managed": 1, "access_worth": 0, "stay_worth": 0, "chi_managed": 1}
    neutral |= {"c_recognition": 0, "fee_employer": 0, "gsp_cost": 1, "gsp_host": 1}
    assert {name: getattr(p, name) for name in neutral} == neutral


def test_a_region_of_two_countries_has_the_terms_of_a_pair():
    """With a leak too, whose people are outside the treaty."""
    p = preset("asymmetric").replace(openness=0.1, leak=0.05, **TERMS)
    stakes = solve_bilateral(p)
    for row, host in enumerate((1, 0)):
        for column, origin in enumerate((1, 0)):
            found = solve_region(bilateral(p), [[0, host], [origin, 0]])
            assert found.payoffs == pytest.approx(stakes.payoffs[:, row, column], abs=1e-11)
            assert float(found.welfare) == pytest.approx(float(stakes.welfare[row, column]), abs=1e-13)
