"""The agenda of a corridor: packages are signed texts, and their lines leave something to negotiate."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import simulate
from agents.table import prepare_table
from economy.corridors.fitting import FREE_MOVEMENT, corridor, corridor_names
from economy.model.batching import flatten_batch, group_duplicates
from economy.model.payoffs import agreement
from economy.parameters import preset, touching
from economy.policy.terms import apply_terms
from games.errors import InputError
from negotiation.agenda.ladders import CORRIDOR, CORRIDOR_FIXED, NEGOTIATED
from negotiation.agenda.package_grid import build_agenda
from negotiation.outcome.design_checks import best_uniform_package
from negotiation.outcome.line_checks import check_lines, efficient_packages, line_spreads, step_rates
from negotiation.preferences.values import structural_preferences
from negotiation.protocols.engine import IllegalMove, advance
from negotiation.protocols.moves import Offer
from negotiation.protocols.state import open_talks
from negotiation.ratification.compensation import NO_VOTE, compensation
from negotiation.ratification.win_sets import mutually_preferred, ratifiable, win_sets, zone_of_agreement
from scenarios import read
from scenarios.analysis.review import review
from scenarios.valuation import preferences
from tests.present import present

DOUBLED = {"MAR-ESP": "morocco-spain", "MEX-USA": "mexico-usa", "PHL-SAU": "corridor:PHL-SAU"}
"""Corridors with the stake 1, with the case that has it."""
LIBRARY = ("morocco-spain", "mexico-usa", "germany-france")
MOST = 65_536
"""Largest number of packages of a case that comes with Winset."""

each = pytest.mark.parametrize("name", DOUBLED.values())


@cache
def case(name, **changes):
    """A case with the stake 1, its agenda and the values of its packages."""
    more = {"agenda.stake": 1.0} if name.startswith("corridor:") else {}
    scenario = read(name, {**more, **changes})
    return present(scenario.agenda), preferences(scenario)


@each
def test_the_stake_is_todays_number_doubled(name):
    more = {"agenda.stake": 1.0} if name.startswith("corridor:") else {}
    assert present(read(name, more).parameters).expansion == 1.0


@each
def test_more_than_thirty_efficient_packages_are_better_for_both(name):
    _, stakes = case(name)
    rows = efficient_packages(stakes)
    assert len(rows) > 30
    assert (stakes.values[rows] > 0).all()


@each
def test_at_least_five_lines_stand_at_no_level_in_four_fifths_of_them(name):
    agenda, stakes = case(name)
    free = [spread for spread in line_spreads(agenda, stakes) if spread.share <= 0.8]
    assert len(free) >= 5


@each
def test_everything_at_level_three_is_refused_or_far_from_the_best(name):
    """Every host but the United States refuses; there it is below 90 % of the largest joint gain."""
    agenda, stakes = case(name)
    whole = stakes.values[agenda.package([3] * len(agenda.ladders))]
    joint = stakes.values @ stakes.worth
    best = joint[mutually_preferred(stakes)].max()
    assert whole[0] < 0 or whole @ stakes.worth < 0.9 * best
    assert (whole[0] < 0) == (name != "mexico-usa")
    assert best_uniform_package(agenda, stakes).share <= 0.9


@pytest.mark.parametrize("name", [*DOUBLED.values(), "germany-france"])
def test_within_a_ladder_the_hosts_loss_for_a_point_of_the_origin_does_not_fall(name):
    """A transfer of money has one rate; every other ladder has a rate that rises."""
    agenda, stakes = case(name)
    for at, item in enumerate(agenda.ladders):
        rates = step_rates(agenda, stakes, at)
        assert rates.size
        assert (rates > 0).all()
        assert (np.diff(rates) >= -1e-6 * rates[1:]).all(), item.key
        if item.key not in {"levy_split", "partnership", "recognition"}:
            assert rates.size == 1 or (np.diff(rates) > 0.01 * rates[1:]).all(), item.key


@pytest.mark.full
@pytest.mark.parametrize("code", corridor_names())
def test_in_every_corridor_no_ladder_has_a_rate_that_falls(code):
    scenario = read(f"corridor:{code}")
    checks = check_lines(present(scenario.agenda), preferences(scenario))
    assert {check.letter: check.passed for check in checks}["j"]


# ---- what is fixed, and why


def efficient_levels(code, stake, keys, line):
    """Levels of one line in the efficient packages of a corridor that both prefer to none."""
    agenda = build_agenda(keys)
    parties = ("host", "origin")
    stakes = structural_preferences(agenda, corridor(code).parameters.replace(expansion=stake), parties)
    at = keys.index(line)
    return {agenda.levels(int(row))[at] for row in efficient_packages(stakes)}


@pytest.mark.parametrize("code", ["MAR-ESP", "PHL-SAU"])
def test_a_levy_stands_at_its_highest_level_in_every_efficient_text(code):
    """So it is not negotiated, and its split is; the other lines are those of the corridor agenda but two."""
    keys = [key for key in CORRIDOR if key not in {"phasing", "readmission"}]
    assert efficient_levels(code, 1.0, keys, "levy") == {CORRIDOR_FIXED["levy"]}


@pytest.mark.full
@pytest.mark.parametrize("code", [code for code in corridor_names() if code not in FREE_MOVEMENT])
def test_the_levy_is_fixed_because_it_is_no_matter_of_talks_in_any_corridor(code):
    assert efficient_levels(code, 0.5, list(CORRIDOR), "levy") == {CORRIDOR_FIXED["levy"]}


def test_mexico_and_the_united_states_leave_out_what_stands_at_one_level():
    """With these two lines on the agenda, one stands at its highest level everywhere, the other at its lowest."""
    keys = ["stay", "access", "fee", "levy", "recognition", "partnership", "phasing"]
    assert efficient_levels("MEX-USA", 1.0, keys, "recognition") == {3}
    assert efficient_levels("MEX-USA", 1.0, keys, "partnership") == {0}
    agenda, _ = case("mexico-usa")
    assert [(item.key, level) for item, level in agenda.fixed] == [("recognition", 3)]


@pytest.mark.parametrize("name", LIBRARY)
def test_the_library_passes_every_check_of_its_design(name):
    found = present(review(name))
    assert found.problems == ()
    assert [check.letter for check in found.checks] == ["a", "b", "d", "h", "i", "j"]


def test_a_line_that_fails_is_named_with_the_reason():
    found = present(review("corridor:MAR-ESP"))
    (problem,) = found.problems
    assert problem.reason.startswith("design check i: recognition stands at level 2 in all efficient packages: ")
    assert problem.reason.endswith("a step away from it costs both")
    assert "agenda.fixed" in problem.hint


def test_no_case_has_more_packages_than_a_machine_can_solve_while_people_wait():
    names = [*LIBRARY, *(f"corridor:{code}" for code in corridor_names())]
    assert max(present(read(name).agenda).count for name in names) == MOST


def test_packages_with_the_same_market_share_one_fixed_point():
    """Levels of recognition, fee and readmission (by the leak), with and without training: 4 x 4 x 4 x 2 markets."""
    scenario = read("morocco-spain")
    terms = present(scenario.agenda).terms()
    flat, _, count = flatten_batch(apply_terms(present(scenario.parameters), terms))
    first, _ = present(group_duplicates(flat, touching("market"), count))
    assert (count, len(first)) == (MOST, 128)


# ---- a package is a signed text


def test_the_text_with_every_line_at_level_zero_counts():
    """The apparatus without its fruits: meaning.json, agenda of MAR-ESP at today's number."""
    agenda = build_agenda([key for key in NEGOTIATED if key != "phasing"])
    stakes = structural_preferences(agenda, corridor("MAR-ESP").parameters, ("Spain", "Morocco"))
    assert stakes.status_quo is None
    assert stakes.values[0] == pytest.approx([-0.0588, -0.1461], abs=5e-5)


@each
def test_no_package_is_the_status_quo(name):
    _, stakes = case(name)
    zone = zone_of_agreement(stakes)
    assert stakes.values.all()
    assert zone.sum() == (win_sets(stakes).all(axis=1) & (stakes.values >= 0).all(axis=1)).sum()
    assert mutually_preferred(stakes)[0] == (stakes.values[0] > 0).all()
    assert compensation(stakes, 0, 0).reason != NO_VOTE


def test_a_package_is_the_agreement_at_the_stake_with_its_terms():
    scenario = read("morocco-spain")
    agenda, stakes = case("morocco-spain")
    package = agenda.package([1, 2, 0, 3, 1, 2, 1, 1])
    terms = agenda.terms()
    own = {name: value[package] for name in terms.__dataclass_fields__ if np.ndim(value := getattr(terms, name))}
    cell = agreement(apply_terms(present(scenario.parameters), replace(terms, **own)))
    assert np.array_equal(cell.payoffs, stakes.values[package])
    assert cell.inflow[0] == pytest.approx(2 * corridor("MAR-ESP").stock[0], rel=1e-9)


def test_package_zero_is_an_offer_where_it_is_a_text_and_none_where_it_is_today():
    text, listed = (prepare_table(name) for name in ("mexico-usa", "one-way-flow"))
    assert advance(open_talks(text.rules), Offer(0, 0)).standing == 0
    rules = listed.rules._replace(protocol="alternating")
    with pytest.raises(IllegalMove, match="status quo is no offer"):
        advance(open_talks(rules), Offer(0, 0))
    with pytest.raises(IllegalMove, match="0 to 4095"):
        advance(open_talks(text.rules), Offer(0, 4096))


@pytest.mark.parametrize("name", ["places", "quota_unskilled", "free_movement"])
def test_places_are_no_line_of_a_corridor(name):
    with pytest.raises(InputError) as caught:
        read("morocco-spain", {"agenda.ladders": [name, "fee"]})
    (problem,) = caught.value.problems
    assert "those of a corridor are its stake" in problem.reason
    assert "agenda.stake" in problem.hint


def test_places_beyond_todays_number_need_somebody_who_moves_today():
    economy: dict[str, Any] = {"preset": "asymmetric"}
    tables = {"schema": 1, "title": "A", "economy": economy, "agenda": {"ladders": ["places", "fee"]}}
    with pytest.raises(InputError, match="nobody moves today"):
        read(tables)
    economy["today"] = 0.1
    stakes = preferences(read(tables))
    assert stakes.status_quo == 0
    assert not stakes.values[:4].any(), "today's number without a line that runs an apparatus is today"
    assert stakes.values[4:].all()


def test_an_agenda_without_places_is_a_text_in_any_economy():
    tables = {"schema": 1, "title": "A", "economy": {"preset": "symmetric"}, "agenda": {"ladders": ["fee", "levy"]}}
    scenario = read(tables)
    stakes = preferences(scenario)
    assert stakes.status_quo is None
    plain = agreement(preset("symmetric").replace(fee_managed=0.2, fee_employer=0.4)).payoffs
    assert np.array_equal(stakes.values[0], plain)


# ---- votes at home


def test_a_group_compares_its_gain_with_its_own_income_or_with_gdp():
    income, gdp = (preferences(read("mexico-usa", {"agenda.stands": word})) for word in ("income", "gdp"))
    assert np.array_equal(income.values, gdp.values)
    assert any((one != other).any() for one, other in zip(income.votes, gdp.votes, strict=True))
    turned = win_sets(income).all(axis=1) != win_sets(gdp).all(axis=1)
    assert np.array_equal(present(income.turning), turned)
    assert np.array_equal(present(gdp.turning), turned)
    number, whole = (turned & mutually_preferred(income)).sum(), mutually_preferred(income).sum()
    note = f"In {number:,} of {whole:,} packages that both governments prefer to no agreement"
    assert [sum(text.startswith(note) for text in stakes.notes) for stakes in (income, gdp)] == [1, 1]
    assert income.notes[-1].endswith("Here it is its own income.")
    assert gdp.notes[-1].endswith("Here it is GDP.")


def test_where_no_vote_turns_nothing_is_said():
    stakes = preferences(read("corridor:PHL-SAU", {"agenda.ladders": ["access"], "agenda.fixed": {}}))
    turned = present(stakes.turning) & mutually_preferred(stakes)
    assert bool(turned.any()) == any("turns on" in note for note in stakes.notes)


@pytest.mark.parametrize("name", LIBRARY)
def test_software_signs_texts_that_are_ratified(name):
    found = [simulate(name, seed=seed) for seed in range(5)]
    assert [outcome.ending.outcome for outcome in found] == ["agreement"] * 5
    stakes = preferences(read(name))
    assert all(ratifiable(stakes)[outcome.package] for outcome in found)
