"""The remedies bench: the figures of the specification, and laws that any search of this kind must keep."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.corridors.fitting import corridor
from economy.model.payoffs import solve_bilateral
from economy.parameters import check, defaults, preset
from economy.policy import remedies
from economy.policy.largest_openness import CONDITIONS, agreement_margins, conditions_hold
from economy.policy.remedies import (
    COMPENSATION,
    DOSES,
    FIXED_CAPITAL,
    LEVY,
    LOSS_AVERSION,
    LUMP_SUM,
    PARTNERSHIP,
    PHASING,
    PLANS,
    QUOTA,
    REMEDIES,
    SHARING,
    WEIGHT,
    Plan,
    frontier,
    least_amount,
)

BULLY = preset("asymmetric").replace(openness=0.05)
FOUR = BULLY.replace(gap=np.array([1.2, 2.0, 4.0, 8.0]))


def holds(parameters, remedy, amounts, conditions=4):
    """Whether these amounts of a remedy are enough, asked of the model without the search."""
    return conditions_hold(agreement_margins(solve_bilateral(remedy.apply(parameters, amounts)))[..., :conditions])


def upwards(share, step):
    """A share in per cent, as a search in steps finds it."""
    return step * ceil(100 * share / step - 1e-9)


# ---- the figures of the specification, section 7.9, and of the table behind them


@pytest.mark.parametrize(
    ("beside", "per_cent"),
    [
        ((), 15),
        ((PHASING,), 9),
        ((PARTNERSHIP,), 9),
        ((FIXED_CAPITAL,), 9),
        ((PHASING, PARTNERSHIP, FIXED_CAPITAL), 2),
        ((QUOTA,), 14),
        ((SHARING,), 29),
    ],
)
def test_the_smallest_levy_of_the_bully_game(beside, per_cent):
    plan = Plan(LEVY, beside)
    assert plan in PLANS
    assert upwards(least_amount(plan.apply_others(BULLY), LEVY).needed, 1) == per_cent


@pytest.mark.parametrize(
    ("openness", "sums"),
    [
        (0.02, [None, None, 0.12, 0.135, 0.145, 0.155, 0.155, 0.16]),
        (0.05, [0.085, 0.195, 0.29, 0.365, 0.43, 0.48, 0.52, 0.55]),
        (0.25, [0.35, *[None] * 7]),
        (1.0, [None] * 8),
    ],
)
def test_a_lump_sum_from_the_origin_enforces_a_small_opening_and_not_a_large_one(openness, sums):
    """In % of the host's GDP, in steps of .005 as the prototype searched them. The families' cash pays for it."""
    found = least_amount(preset("asymmetric").replace(openness=openness, gap=np.linspace(1.2, 8, 8)), LUMP_SUM).needed
    for share, expected in zip(found, sums, strict=True):
        assert np.isnan(share) if expected is None else upwards(share, 0.005) == pytest.approx(expected)


def test_a_treaty_with_a_lump_sum_is_rational_only_where_the_gap_is_small():
    gaps = np.array([1.2, 1.4, 1.6, 2.0, 4.0, 8.0])
    found = least_amount(preset("asymmetric").replace(openness=0.25, gap=gaps), LUMP_SUM).treaty
    assert [upwards(share, 0.005) for share in found[:4]] == pytest.approx([0.31, 0.54, 0.765, 1.26])
    assert np.isnan(found[4:]).all()


@pytest.mark.parametrize(
    ("beside", "per_cent"),
    [((), 0.36), ((PHASING,), 0.205), ((PARTNERSHIP,), 0.255), ((FIXED_CAPITAL,), 0.215)],
    ids=lambda value: "+".join(each.name for each in value) if isinstance(value, tuple) else "",
)
def test_beside_another_remedy_a_smaller_lump_sum_is_enough(beside, per_cent):
    found = least_amount(Plan(LUMP_SUM, beside).apply_others(BULLY), LUMP_SUM)
    assert upwards(found.treaty, 0.005) == pytest.approx(per_cent)
    assert upwards(found.needed, 0.005) == pytest.approx(per_cent)


@pytest.mark.parametrize(
    ("openness", "weights"),
    [(0.05, [0.43, 0.385, 0.34, 0.315, 0.28, 0.26]), (0.25, [0.515, 0.64, 0.81, 0.9, 0.935, 0.905])],
)
def test_the_smallest_weight_of_migrants(openness, weights):
    """In steps of .005 as the prototype searched them."""
    gaps = np.array([1.5, 2.0, 3.0, 4.0, 6.0, 8.0])
    found = least_amount(preset("asymmetric").replace(openness=openness, gap=gaps), WEIGHT).needed
    assert [upwards(weight / 100, 0.005) for weight in found] == pytest.approx(weights)


def test_the_amount_is_good_to_a_thousandth_from_both_sides():
    """Against a plain scan in steps of 1/10,000."""
    fine = np.arange(0.0, 0.3, 1e-4)
    first = fine[holds(BULLY, LEVY, fine).argmax()]
    assert first - 1e-3 <= least_amount(BULLY, LEVY).needed <= first


# ---- laws


EVERY = {"tax": 0.1, "side": 0.01, "years": 4.0, "gsp": 0.3, "recip": 0.2, "w_X": 0.5}
"""Some of every remedy that has an amount of its own."""


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: "+".join(each.name for each in (plan.remedy, *plan.beside)))
def test_a_plan_stands_by_itself_whatever_else_is_in_place(plan):
    """Alone means alone: what is in place already neither helps a remedy nor stands in its way."""
    assert {remedy.field for remedy in REMEDIES if remedy.of != remedy.field} == EVERY.keys()
    assert plan.apply_others(BULLY.replace(**EVERY)) == plan.apply_others(BULLY)


def test_a_batch_keeps_its_shape_when_its_remedies_are_taken_off():
    laid = Plan(LEVY).apply_others(BULLY.replace(tax=np.array([0.0, 0.1, 0.2])))
    assert np.asarray(laid.tax).tolist() == [0.0, 0.0, 0.0]


economies = st.builds(
    lambda gap, openness, kappa, loss, chi: preset("asymmetric").replace(
        gap=gap, openness=openness, kappa=kappa, loss=loss, chi=chi
    ),
    st.floats(1, 8),
    st.floats(0.01, 1),
    st.floats(0, 1),
    st.floats(1, 1.5),
    st.floats(0.1, 4),
)


@settings(max_examples=40)
@given(economy=economies, remedy=st.sampled_from(REMEDIES))
def test_what_is_found_holds_and_nothing_that_was_tried_before_it_does(economy, remedy):
    found = least_amount(economy, remedy)
    for amount, conditions in ((found.needed, 4), (found.treaty, 2)):
        levels = remedy.levels()
        if np.isnan(amount):
            assert not holds(economy, remedy, levels, conditions).any()
        else:
            assert holds(economy, remedy, amount, conditions)
            before = np.abs(levels - remedy.first) < np.abs(amount - remedy.first)
            assert not holds(economy, remedy, levels[before], conditions).any()


@settings(max_examples=40)
@given(economy=economies, remedy=st.sampled_from(REMEDIES))
def test_a_treaty_never_needs_more_than_an_opening_without_one(economy, remedy):
    found = least_amount(economy, remedy)
    if not np.isnan(found.needed):
        assert abs(found.treaty - remedy.first) <= abs(found.needed - remedy.first) + 1e-12


@settings(max_examples=40)
@given(economy=economies, remedy=st.sampled_from(REMEDIES))
def test_the_nearest_miss_is_the_best_of_all_amounts(economy, remedy):
    found = least_amount(economy, remedy)
    if np.isnan(found.needed):
        room = agreement_margins(
            solve_bilateral(remedy.apply(economy, np.linspace(remedy.first, remedy.last, 501)[:-1]))
        )
        assert room.min(axis=-1).max() <= -found.short + 1e-3 * abs(float(found.short)) + 1e-6
        at = agreement_margins(solve_bilateral(remedy.apply(economy, found.nearest)))
        assert at[int(found.failing)] == at.min() == -found.short < 0


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy.name)
def test_an_economy_is_searched_alike_alone_and_in_company(remedy, monkeypatch):
    together = least_amount(FOUR, remedy)
    monkeypatch.setattr(remedies, "AT_ONCE", 2 * remedies.LEVELS)
    portions = least_amount(FOUR, remedy)
    for number, gap in enumerate(np.asarray(FOUR.gap)):
        alone = least_amount(BULLY.replace(gap=float(gap)), remedy)
        for name in ("needed", "treaty", "nearest", "failing", "short", "reachable"):
            value = getattr(together, name)[number]
            np.testing.assert_array_equal(value, getattr(portions, name)[number])
            np.testing.assert_array_equal(value, getattr(alone, name))


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy.name)
def test_the_first_amount_of_a_remedy_does_nothing(remedy):
    for economy in (defaults(), BULLY):
        np.testing.assert_allclose(
            solve_bilateral(remedy.apply(economy, remedy.first)).payoffs,
            solve_bilateral(economy).payoffs,
            rtol=0,
            atol=1e-12,
        )


@pytest.mark.parametrize("remedy", [*REMEDIES, SHARING, FIXED_CAPITAL], ids=lambda remedy: remedy.name)
def test_no_amount_of_a_remedy_leaves_the_limits_of_its_dial(remedy):
    for economy in (BULLY, BULLY.replace(cost=20.0, loss=10.0, openness=1.0)):
        check(remedy.apply(economy, np.linspace(remedy.first, remedy.last, 7)))
        check(remedy.apply(economy, remedy.dose))


def test_the_search_begins_at_nothing_whatever_is_in_place():
    assert least_amount(BULLY.replace(tax=0.2), LEVY).needed == least_amount(BULLY, LEVY).needed
    assert least_amount(BULLY.replace(tax=0.2), PHASING).needed == PHASING.first


def test_what_holds_is_no_interval_from_nothing():
    """A levy turns the game in a window: too little leaves the host unpaid, too much leaves nobody to pay it."""
    found = holds(BULLY, LEVY, LEVY.levels())
    assert not found[0]
    assert not found[-1]
    assert found.any()


def test_a_window_between_two_levels_is_found():
    """Morocco could buy three times today's number within 6 % of one sum; two levels lie further apart."""
    spain = corridor("MAR-ESP").parameters.replace(expansion=2.0)
    assert not holds(spain, LUMP_SUM, LUMP_SUM.levels()).any()
    assert holds(spain, LUMP_SUM, least_amount(spain, LUMP_SUM).needed)


def test_a_lump_sum_helps_only_in_the_direction_of_the_one_who_loses():
    """The host loses by opening: to be paid for it may help, to pay never does."""
    found = least_amount(BULLY.replace(gap=1.4, openness=0.25), COMPENSATION)
    assert np.isnan(found.treaty)
    assert found.nearest == 0
    assert CONDITIONS[int(found.failing)][0] == "host"


def test_a_stable_opening_needs_nothing():
    for remedy in REMEDIES:
        assert least_amount(defaults(), remedy).needed == remedy.first


def test_frontiers_are_the_smallest_levies_at_every_dose():
    for other, doses in DOSES:
        found = frontier(FOUR, LEVY, other, doses)
        assert found.needed.shape == (4, len(doses))
        for place, dose in enumerate(doses):
            np.testing.assert_array_equal(found.needed[:, place], least_amount(other.apply(FOUR, dose), LEVY).needed)


def test_calming_fears_leaves_them_at_one():
    assert LOSS_AVERSION.apply(BULLY, 0.0).loss == 1
    assert LOSS_AVERSION.apply(BULLY, 1.0).loss == pytest.approx(BULLY.loss)


def test_an_empty_batch_has_an_empty_answer():
    assert least_amount(BULLY.replace(gap=np.empty(0)), LEVY).needed.shape == (0,)
