"""Terms move the parameters that they name, and no others; whatever they cost is paid by somebody."""

import ast
import itertools
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement
from economy.parameters import defaults, preset
from economy.policy import terms
from economy.policy.terms import (
    QUOTAS,
    REMITTANCE_PRICE,
    Terms,
    apply_positive_list,
    apply_terms,
    has_effect,
    is_migration_agreement,
    parameters_moved_by,
)
from games.errors import InputError

BASE = defaults().replace(openness=0.2)
UNEQUAL = preset("asymmetric").replace(openness=0.05, leak=0.1, control=0.2)
TIGHT = UNEQUAL.replace(leak=0.0, control=0.0)
HOST, ORIGIN = 0, 1
RESIDENTS, TREASURY = GROUPS.index("residents"), GROUPS.index("treasury")
NAMES = tuple(field.name for field in fields(Terms))

NEUTRAL = {
    **dict.fromkeys(NAMES, 0.0),
    "places": 1.0,
    "recognition": UNEQUAL.phi_U_managed,
    "fee": UNEQUAL.fee_managed,
    "levy": UNEQUAL.tax,
    "levy_host": UNEQUAL.tax_host,
    "phasing": UNEQUAL.years,
    "remittance_cost": REMITTANCE_PRICE,
}
"""What each field says where it says that nothing changes. Places in people have no such value."""
PRICED = {"recognition", "fee", "access"}
"""Clauses that say who pays for what they say, or from where they measure it; they have no neutral value."""

DOSE = {
    **dict.fromkeys(NAMES, 0.5),
    "phasing": 3.0,
    "partnership": 1.5,
    "stay": 5.0,
    "remittance_cost": 0.03,
    "places_U": 0.01,
    "places_S": 0.01,
    "transfer": 0.001,
}


def moved(told):
    after = apply_terms(BASE, told).items()
    return {name: after[name] for name, value in BASE.items().items() if after[name] is not value}


@pytest.mark.parametrize(
    ("told", "parameters"),
    [
        (Terms(), {}),
        (Terms(places=0.5), {"openness": 0.1}),
        (Terms(expansion=0.5), {"expansion": 0.5}),
        (Terms(recognition=0.9), {"phi_U_managed": 0.9, "phi_S_managed": 0.9, "c_recognition": 0.0008}),
        # .4 and the cut of .1 from the .2 that are taken today.
        (Terms(fee=0.1), {"fee_managed": 0.1, "fee_employer": 0.5}),
        (Terms(levy=0.15), {"tax": 0.15}),
        (Terms(levy_host=0.5), {"tax_host": 0.5}),
        (Terms(partnership=1.75), {"gsp": 0.2, "gsp_host": 0.75, "gsp_cost": 3.0}),
        (Terms(phasing=3), {"years": 3}),
        (Terms(transfer=0.001), {"side": 0.001}),
    ],
)
def test_a_clause_that_names_a_parameter_sets_it(told, parameters):
    assert moved(told) == pytest.approx(parameters, rel=1e-12)


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(QUOTAS) - PRICED))
def test_a_clause_that_says_what_is_so_already_changes_nothing(name):
    told = apply_terms(UNEQUAL, Terms(**{name: NEUTRAL[name]}))
    assert {at: float(value) for at, value in told.items().items()} == UNEQUAL.items()


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_moves_the_parameters_that_it_names_and_no_others(name):
    before, after = UNEQUAL.items(), apply_terms(UNEQUAL, Terms(**{name: DOSE[name]})).items()
    changed = {at for at in before if float(after[at]) != before[at]}
    assert changed <= set(parameters_moved_by(name))
    assert changed


def docstrings():
    """What the class says about each of its fields."""
    module = ast.parse(Path(terms.__file__).read_text(encoding="utf-8"))
    body = next(node.body for node in module.body if isinstance(node, ast.ClassDef) and node.name == "Terms")
    pairs = itertools.pairwise(body)
    return {
        one.target.id: ast.literal_eval(two.value)
        for one, two in pairs
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(two, ast.Expr)
    }


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"places_S"}))
def test_a_field_tells_what_it_moves(name):
    told = docstrings()[name]
    # Bills are told as what a treasury pays, and one clause refers to another for how movers value them.
    elsewhere = {"c_fix", "side"} if "treasury" in told else set()
    elsewhere |= {"cost"} if "social protection" in told else set()
    assert [at for at in parameters_moved_by(name) if at not in told and at not in elsewhere] == []


def books(told):
    """What both treasuries have over what they would have were the bill nobody's, in money; and the cell."""
    charged = apply_terms(TIGHT, told)
    paid, unpaid = agreement(charged), agreement(charged.replace(c_fix=TIGHT.c_fix, side=TIGHT.side))
    others = np.delete(paid.groups - unpaid.groups, TREASURY, axis=1)
    assert not others.any()
    return (paid.groups - unpaid.groups)[:, TREASURY] * paid.gdp / 100, paid


@pytest.mark.parametrize(
    ("told", "each"),
    [
        (Terms(integration_fund=0.02), 0.02),
        (Terms(social_protection=0.5, equal_pay=1), 0.5 * 0.05 + 0.002),
        (Terms(portability=1, reintegration=0.01), 0.03 + 0.01),
    ],
)
def test_what_is_spent_on_arrivals_is_paid_by_the_treasury_of_their_host_and_by_nobody_else(told, each):
    change, cell = books(told)
    arrivals = [cell.flows[ORIGIN, HOST].sum(), cell.flows[HOST, ORIGIN].sum()]
    assert change == pytest.approx(-each * cell.gdp / [1, TIGHT.size] * arrivals, rel=1e-9)


def test_the_hosts_share_of_training_goes_from_one_treasury_to_the_other():
    half, _ = books(Terms(training=0.5))
    whole, cell = books(Terms(training=1.0))
    assert half[HOST] < 0
    assert half.sum() == pytest.approx(0, abs=1e-12)
    # All of the bill is what those lose who paid for the schools, when the skilled leave them.
    lost = (agreement(TIGHT.replace(train=0.0)).groups - agreement(TIGHT).groups)[:, RESIDENTS] * cell.gdp / 100
    assert whole[ORIGIN] == pytest.approx(lost[ORIGIN] - lost[HOST], rel=1e-9)


def test_who_comes_without_papers_costs_no_programme_anything():
    told = Terms(places=0.0, integration_fund=0.02, training=1.0)
    charged = apply_terms(UNEQUAL, told)
    assert agreement(charged).irregular.any()
    assert (charged.c_fix, charged.side) == (UNEQUAL.c_fix, UNEQUAL.side)


def test_a_package_that_grants_nothing_is_no_agreement_whatever_else_it_says():
    quiet = Terms(levy=0.2, social_protection=1.0, stay=5.0, recognition=0.95)
    assert not is_migration_agreement(quiet)
    assert not has_effect(quiet)
    assert is_migration_agreement(Terms(places_S=0.01))
    assert is_migration_agreement(Terms(readmission=1 / 3))
    assert is_migration_agreement(Terms(places=np.array([0.0, 1.0]), control=np.array([0.0, 0.0]))).tolist() == [
        False,
        True,
    ]


def test_a_list_without_places_gives_none():
    assert not agreement(apply_positive_list(TIGHT, Terms(readmission=1.0))).flows.any()


def test_a_sum_without_places_is_worth_the_sum_and_needs_no_apparatus():
    """The payer minds a loss more than the payee likes a gain of the same size."""
    cell = agreement(apply_positive_list(TIGHT, Terms(places=0.0, transfer=0.001)))
    assert cell.payoffs == pytest.approx([0.1, -0.1 * cell.gdp[HOST] / cell.gdp[ORIGIN] * TIGHT.loss])


@settings(max_examples=15)
@given(st.dictionaries(st.sampled_from(sorted({*NAMES} - {"places", "phasing"})), st.floats(0, 1), max_size=6))
def test_no_clause_within_its_range_leads_out_of_the_model(doses):
    small = (*QUOTAS, "levy", "transfer")
    told = {name: dose / 10 if name in small else max(dose, 0.05) for name, dose in doses.items()}
    cell = agreement(apply_terms(UNEQUAL, Terms(**told)))
    assert np.isfinite(cell.payoffs).all()
    assert cell.identity < 1e-8


def test_places_are_told_once():
    with pytest.raises(InputError, match="beside a number of people"):
        apply_terms(BASE, Terms(places=0.5, places_U=0.01))


def test_no_clause_of_a_deal_without_movers_costs_more_than_the_apparatus():
    nothing = agreement(
        apply_terms(BASE, Terms(places=0, levy=0.2, partnership=1, recognition=0.8, fee=0.2, training=1))
    )
    assert nothing.flows.sum() == 0
    assert nothing.payoffs == pytest.approx([-0.06, -0.06])


def test_clauses_are_held_to_the_limits_of_what_they_move():
    with pytest.raises(InputError, match="openness"):
        agreement(apply_terms(BASE, Terms(places=6.0)))


# ---- the size of each clause: written out by hand from the formulas of spec economy.md, not read from the table

SIZED = defaults().replace(
    openness=0.0, cost=2.0, rho=0.4, leak_managed=0.5, phi_U_managed=0.9, phi_S_managed=0.8, c_var=0.02, c_fix=0.0005,
    fee_managed=0.2, alpha=0.4, recip=0.1, chi=2.0, loss=1.4, control=0.2,
)  # fmt: skip
"""Round numbers. Nobody comes, so that no bill for arrivals falls due and every other effect is seen alone."""


@pytest.mark.parametrize(
    ("clause", "parameters"),
    [
        # s = x / (x + 5): 1/2 after 5 years, 3/4 after 15; worth .25 s (1 - .4 s), services + .15 s, rho (1 - .25 s).
        (Terms(stay=5.0), {"stay_worth": 0.1, "access_managed": 1.075, "rho": 0.35}),
        (Terms(stay=15.0), {"stay_worth": 0.13125, "access_managed": 1.1125, "rho": 0.325}),
        # The services that a longer stay adds stand on the access that the text gives.
        (
            Terms(access=0.8, stay=5.0),
            {
                "access": 0.7,
                "access_managed": 0.875,
                "access_worth": 0.2,
                "stay_worth": 0.1,
                "rho": 0.35,
            },
        ),
        (Terms(access=0.95), {"access": 0.7, "access_managed": 0.95, "access_worth": 0.36}),
        (Terms(access=0.7), {"access": 0.7, "access_managed": 0.7}),
        # The cost of recognition at the four levels, and half-way to the last.
        (Terms(recognition=0.8), {"phi_U_managed": 0.8, "phi_S_managed": 0.8}),
        (Terms(recognition=0.925), {"phi_U_managed": 0.925, "phi_S_managed": 0.925, "c_recognition": 0.00165}),
        (Terms(partnership=2.0), {"gsp": 0.2, "gsp_host": 1.0, "gsp_cost": 3.0}),
        # cost - .1/2; rho times 1 + .1/2; leak times 1 - .25/2.
        (Terms(re_entry=0.5), {"cost": 1.95, "rho": 0.42, "leak_managed": 0.4375}),
        (Terms(preparation=0.5), {"phi_U_managed": 0.925, "phi_S_managed": 0.825, "c_var": 0.025}),
        (Terms(equal_pay=0.8), {"fee_managed": 0.16}),
        # What is spent on a mover, over the pay 1 - alpha = .6: .05 (.6) / .6 = .05, .03 / .6 = .05, .06 / .6 = .1.
        (Terms(social_protection=0.6), {"cost": 2.0 - np.log(1.05)}),
        (Terms(portability=1.0), {"cost": 2.0 - np.log(1.05), "recip": 0.15}),
        (Terms(portability=0.5), {"cost": 2.0 - np.log(1.025), "recip": 0.125}),
        # leak / (1 + 25 x): a half at x = .04, 2/5 at .06.
        (Terms(reintegration=0.06), {"cost": 2.0 - np.log(1.1), "leak_managed": 0.2}),
        # 1 - .5309 = .4691, half of the .9382 that arrive of a sum at the price of 6.18 % of Q3 2023.
        (Terms(remittance_cost=0.5309), {"rho": 0.2}),
        # chi halves with every 2 %.
        (Terms(integration_fund=0.02), {"chi": 1.0}),
        (Terms(integration_fund=0.04), {"chi": 0.5}),
        # A quarter of the way from 1.4 to 1.
        (Terms(safeguard=0.5), {"loss": 1.3, "cost": 2.025}),
        (Terms(monitoring=0.8), {"fee_managed": 0.16, "leak_managed": 0.4, "c_fix": 0.00058}),
        # leak times 1 - .5/2; congestion times 1 - .36/2; c_var + .045/4.
        (Terms(readmission=0.5), {"leak_managed": 0.375, "chi_managed": 0.82, "c_var": 0.03125}),
        # Half of the .8 that nobody stops today.
        (Terms(control=0.5), {"control": 0.6}),
        (Terms(transfer=0.001), {"side": 0.001}),
    ],
)
def test_each_clause_has_the_size_that_its_formula_gives_and_moves_nothing_else(clause, parameters):
    found = {name: float(value) for name, value in apply_terms(SIZED, clause).items().items()}
    assert found == pytest.approx({**SIZED.items(), **parameters}, rel=1e-12)


def test_places_in_people_are_the_people_who_come():
    cell = agreement(apply_terms(UNEQUAL, Terms(places_U=0.01, places_S=0.002)))
    assert (cell.flows - cell.irregular)[ORIGIN, HOST] == pytest.approx([0.01, 0.002], rel=1e-9)
