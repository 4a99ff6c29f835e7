"""What strikes from outside: every shock of the requirements, within limits, in its order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.corridors.fitting import corridor
from economy.model.payoffs import agreement
from economy.parameters import check, defaults, entries, preset
from economy.policy.shocks import ShockedEconomy, apply_economic_shocks, shock, shocks
from games.errors import InputError

EVERY = tuple(shocks().values())
UNEQUAL = preset("asymmetric").replace(openness=0.05)
each = pytest.mark.parametrize("item", EVERY, ids=lambda item: item.name)


def test_every_shock_of_the_requirements_is_here():
    assert sorted(item.id for item in EVERY if item.id) == [f"S{number:02}" for number in range(1, 17)]


@each
def test_a_shock_has_words_a_source_and_an_effect(item):
    assert item.title
    assert item.text.endswith((".", "?"))
    assert "ssumption" in item.source
    assert item.moves
    for push in item.moves:
        assert push.dial in entries()
        assert (push.factor, push.add) != (1.0, 0.0)


@each
def test_a_shock_changes_what_an_opening_is_worth(item):
    """On a pair that leaks and has a control, so that dials of the irregular route count as well."""
    p = UNEQUAL.replace(leak=0.1, control=0.3)
    assert agreement(apply_economic_shocks(p, [item.name]).parameters).payoffs != pytest.approx(
        agreement(p).payoffs, abs=1e-9
    )


def test_a_shock_is_a_factor_and_an_addition():
    p = defaults().replace(match=0.2, openness=0.4, loss=1.2, rho=0.2)
    after = apply_economic_shocks(p, ["recession"]).parameters
    assert (after.match, after.openness) == pytest.approx((0.04, 0.28))
    assert apply_economic_shocks(p, ["ageing"]).parameters.match == pytest.approx(0.21)


@given(st.lists(st.sampled_from(sorted(shocks())), max_size=8), st.integers(0, 8))
def test_shocks_follow_one_another(names, cut):
    whole = apply_economic_shocks(UNEQUAL, names).parameters
    halved = apply_economic_shocks(apply_economic_shocks(UNEQUAL, names[:cut]).parameters, names[cut:]).parameters
    assert whole == halved
    assert apply_economic_shocks(UNEQUAL, []) == ShockedEconomy(UNEQUAL, ())


@given(st.lists(st.sampled_from(sorted(shocks())), min_size=1, max_size=80))
def test_no_run_of_shocks_leads_out_of_the_limits(names):
    check(apply_economic_shocks(UNEQUAL, names).parameters)


def test_a_dial_that_is_held_at_its_limit_is_told_once():
    after, notes = apply_economic_shocks(UNEQUAL.replace(slack=0.95), ["youth", "youth"])
    assert after.slack == entries()["slack"].high
    assert notes == ("The shock youth would drive slack beyond its limit: it stays at 0.99.",)
    assert apply_economic_shocks(UNEQUAL, ["youth"]).notes == ()


def test_a_batch_is_struck_as_one_economy_is():
    gaps = np.array([1.5, 4.0])
    many = apply_economic_shocks(UNEQUAL.replace(gap=gaps), ["wages", "recession"]).parameters
    assert many.gap == pytest.approx(0.75 * gaps)
    assert many.openness == apply_economic_shocks(UNEQUAL, ["recession"]).parameters.openness


def test_years_of_ageing_add_up_to_a_host_that_wants_more_people():
    values = [
        agreement(apply_economic_shocks(UNEQUAL, ["ageing"] * years).parameters).payoffs[0] for years in range(0, 12, 3)
    ]
    assert values == sorted(values)


def test_a_recession_makes_hosts_close_where_they_were_willing():
    p = corridor("DEU-FRA").parameters
    assert agreement(p).payoffs[0] > 0
    assert agreement(apply_economic_shocks(p, ["recession"]).parameters).payoffs[0] < 0


def test_a_shock_that_nobody_knows_is_told_with_those_that_there_are():
    with pytest.raises(InputError) as caught:
        shock("recesion", "case.toml:shocks")
    problem = caught.value.problems[0]
    assert problem.place == "case.toml:shocks"
    assert all(name in problem.hint for name in shocks())
