"""The scored presets, counted package by package, and their predictions as laws: Winset's tables of the scenarios."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from agents import simulate
from games.bargaining.frontier import pareto_efficient
from negotiation.agenda.package_grid import Agenda, legal_conflicts
from negotiation.agenda.schedule import side_payments
from negotiation.preferences.mandates import within_red_lines
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import mutually_preferred, win_set
from scenarios import Scenario, analyse, library, preferences, read, review

PRESETS = {"S01": "alike-neighbours", "S02": "one-way-flow", "S03": "three-purses"}
WORKERS = "Workers in the same jobs"


class Case(NamedTuple):
    """A preset with its whole grid."""

    scenario: Scenario
    agenda: Agenda
    worth: Preferences
    levels: dict[str, np.ndarray]
    """The level of every line in every package, (packages,)."""

    def package(self, **levels: int) -> int:
        return self.agenda.package([levels.get(ladder.key, 0) for ladder in self.agenda.ladders])

    def group(self, party: int, name: str) -> np.ndarray:
        return self.worth.stakes[party][:, self.worth.groups[party].index(name)]

    def migrants(self) -> np.ndarray:
        return self.worth.accounts[:, self.worth.accounts_of.index("new migrants")]


@cache
def case(name: str, *changes: str) -> Case:
    scenario = read(name, changes)
    assert scenario.agenda is not None
    grid = scenario.agenda.grid()
    levels = {ladder.key: grid[:, at] for at, ladder in enumerate(scenario.agenda.ladders)}
    return Case(scenario, scenario.agenda, preferences(scenario), levels)


def counted(name: str) -> dict[str, Any]:
    found = review(read(name))
    assert found is not None
    return found.to_dict()


class Count(NamedTuple):
    """What the enumeration of a preset has to find (spec of the scenarios, "Checked by enumeration")."""

    preset: str
    packages: int
    beat_walk_away: int
    without_side_payments: int
    within_mandates: int
    ratifiable: int
    largest_total: float
    nash: tuple[int, ...]
    """The only Nash package, which is also the best of the ratifiable ones."""
    values: tuple[float, float]
    migrants: float


COUNTS = [
    Count("S01", 1024, 938, 938, 530, 869, 38, (3, 2, 2, 2, 2), (14, 16), 8),
    Count("S02", 16384, 3, 3, 3, 3, 100, (0, 0, 0, 0, 0, 0, 3), (2, 2), 0),
    Count("S03", 65536, 3909, 0, 588, 2724, 95, (3, 0, 3, 2, 2, 2, 2, 3), (10, 12), 63),
]


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.preset)
def test_counts_of_a_preset(count: Count):
    found = counted(PRESETS[count.preset])
    assert found["count"] == count.packages
    assert found["beat_walk_away"] == count.beat_walk_away
    assert found["beat_without_side_payments"] == count.without_side_payments
    assert found["within_mandates"] == count.within_mandates
    assert found["ratifiable"] == count.ratifiable
    assert found["largest_total"] == count.largest_total
    assert found["nash"] == found["best_ratifiable"] == [list(count.nash)]


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.preset)
def test_the_nash_package_is_worth_this(count: Count):
    played = case(PRESETS[count.preset])
    at = played.agenda.package(count.nash)
    assert tuple(played.worth.values[at]) == count.values
    assert played.migrants()[at] == count.migrants


@pytest.mark.parametrize(
    ("preset", "values"), [("S01", (10, 12)), ("S02", (-28, 6)), ("S03", (-4, 12))], ids=list(PRESETS)
)
def test_to_concede_everything_is_worth_this(preset: str, values: tuple[float, float]):
    assert tuple(case(PRESETS[preset]).worth.values[-1]) == values


@pytest.mark.parametrize(("preset", "points"), [("S01", 7), ("S02", 1), ("S03", 12)])
def test_number_of_efficient_points(preset: str, points: int):
    worth = case(PRESETS[preset]).worth
    values = worth.values[mutually_preferred(worth)]
    assert len(np.unique(values[pareto_efficient(values)], axis=0)) == points


@pytest.mark.parametrize("name", PRESETS.values())
def test_the_design_checks_hold_and_every_exemption_is_needed(name: str):
    found = review(read(name))
    assert found is not None
    assert found.ok
    assert not found.problems
    exempt = {check["check"]: check["exempt"] for check in found.to_dict()["design_checks"] if check["exempt"]}
    assert set(exempt) == ({"c", "d"} if name == "one-way-flow" else set())


def test_a_case_that_fails_a_check_says_which_and_how_to_go_on():
    scenario = read("alike-neighbours", ["agenda.without=['safeguard', 'portability', 'equal_treatment']"])
    found = review(scenario)
    assert found is not None
    assert not found.ok
    assert found.problems
    assert all("design check" in problem.reason and "demonstration" in problem.hint for problem in found.problems)
    assert all(problem.place.endswith("alike-neighbours.toml:agenda") for problem in found.problems)


@pytest.mark.parametrize("name", PRESETS.values())
def test_the_nash_package_keeps_every_red_line_and_passes_at_home(name: str):
    played = case(name)
    (levels,) = counted(name)["nash"]
    at = played.agenda.package(levels)
    for party, seat in enumerate(played.scenario.seats):
        assert within_red_lines(played.agenda, seat.red_lines)[at]
        assert win_set(played.worth, party)[at]


@pytest.mark.parametrize("name", PRESETS.values())
def test_groups_add_up_to_their_seat_in_every_package(name: str):
    worth = case(name).worth
    for party in range(2):
        np.testing.assert_allclose(worth.stakes[party].sum(axis=1), worth.values[:, party], atol=1e-9)


@pytest.mark.parametrize("name", PRESETS.values())
def test_workers_in_the_same_jobs_oppose_the_opening_by_itself(name: str):
    played = case(name)
    opening = played.agenda.ladders[0].key
    for party, groups in enumerate(played.worth.groups):
        if WORKERS in groups:
            alone = [played.package(**{opening: level}) for level in (1, 2, 3)]
            assert (played.group(party, WORKERS)[alone] < 0).all()


# -- S01


def test_s01_agreement_is_easy_although_workers_oppose_it():
    played = case("alike-neighbours")
    assert mutually_preferred(played.worth).mean() >= 0.9
    nash = played.agenda.package((3, 2, 2, 2, 2))
    assert played.group(0, WORKERS)[nash] < 0
    assert all(win_set(played.worth, party)[nash] for party in (0, 1))


def test_s01_full_movement_has_the_signs_of_table_6_a1():
    """Competing labour against, skilled labour for, employers most of all, consumers weakly for."""
    played = case("alike-neighbours")
    alone = played.package(free_movement=3)
    for party in (0, 1):
        workers, skilled, employers, consumers = played.worth.stakes[party][alone]
        assert workers < 0 < skilled < employers
        assert 0 <= consumers < employers


def test_s01_what_is_left_is_trust():
    entry = read("alike-neighbours").entry_into_force
    assert entry is not None
    assert entry.alone < entry.neither == entry.other_alone == 0
    assert "sealed card" in entry.text


# -- S02


def test_s02_only_data_exchange_is_better_for_both():
    played = case("one-way-flow")
    signed = mutually_preferred(played.worth)
    assert {key for key, levels in played.levels.items() if levels[signed].any()} == {"data"}


def test_s02_no_places_are_ratified_in_northmark():
    played = case("one-way-flow")
    assert not (win_set(played.worth, 0) & (played.levels["quota_unskilled"] > 0)).any()


def test_s02_has_more_than_twice_the_total_of_s01():
    assert counted("one-way-flow")["largest_total"] > 2 * counted("alike-neighbours")["largest_total"]


@pytest.mark.parametrize("name", ["one-way-flow", "three-purses"])
def test_places_alone_have_the_signs_of_table_6_a3(name: str):
    """Competing labour against, skilled labour for, owners of capital indifferent, residents against."""
    played = case(name)
    workers, skilled, capital, residents = played.worth.stakes[0][played.package(quota_unskilled=3)]
    assert workers < 0 < skilled
    assert capital == 0
    assert residents < 0


# -- S03


def test_s03_without_the_levy_no_place_is_opened_linkage_or_not():
    played = case("three-purses")
    opened = played.levels["quota_unskilled"] > 0
    assert not (mutually_preferred(played.worth) & opened & (played.levels["tax_share"] == 0)).any()
    without = case("three-purses", "agenda.without=['tax_share']")
    assert not (mutually_preferred(without.worth) & (without.levels["quota_unskilled"] > 0)).any()


def test_s03_nothing_that_sudora_could_sign_passes_in_northmark_without_a_side_payment():
    played = case("three-purses")
    bare = ~np.any([played.levels[key] > 0 for key in ("tax_share", "fund_split", "linkage")], axis=0)
    passes = win_set(played.worth, 0) & bare
    assert not (passes & (played.worth.values[:, 1] > 1e-9)).any()
    assert not (passes & (played.levels["quota_unskilled"] > 0)).any()
    assert counted("three-purses")["beat_without_side_payments"] == 0
    held = analyse(read("three-purses", ['agenda.without=["side payments"]'])).to_dict()
    assert held["packages"]["ratifiable"] == 0


def test_s03_with_the_levy_a_large_opening_is_in_everyones_interest():
    played = case("three-purses")
    nash = played.agenda.package((3, 0, 3, 2, 2, 2, 2, 3))
    assert (played.worth.values[nash] > 0).all()
    assert played.migrants()[nash] > 0
    assert all(win_set(played.worth, party)[nash] for party in (0, 1))


def test_s03_also_when_half_of_the_fund_goes_home():
    played = case("three-purses")
    half = (played.levels["tax_share"] > 0) & (played.levels["fund_split"] >= 2)
    signed = mutually_preferred(played.worth) & half
    assert (signed & win_set(played.worth, 0) & win_set(played.worth, 1)).any()


def test_s03_the_integration_fund_pays_for_itself_once_people_come():
    played = case("three-purses")
    signed = np.flatnonzero(mutually_preferred(played.worth))
    frontier = signed[pareto_efficient(played.worth.values[signed])]
    assert (played.levels["integration"][frontier] > 0).all()
    idle, busy = (
        played.worth.values[played.package(quota_unskilled=places, integration=2), 0]
        - played.worth.values[played.package(quota_unskilled=places), 0]
        for places in (0, 3)
    )
    assert (idle, busy) == (0, 5)


def test_s03_says_who_gives_the_linked_concession_and_what_the_law_says():
    played = case("three-purses")
    roles = {country.name: country.role for country in played.scenario.countries}
    paid = side_payments(played.agenda, played.package(linkage=1), roles)
    assert [(payment.payer, payment.payee) for payment in paid] == [("Sudora", "Northmark")]
    assert "art. 48" in " ".join(played.scenario.sources)
    assert not legal_conflicts(played.agenda, played.package(tax_share=3, quota_unskilled=3))


# -- all of them


def test_presets_carry_their_number_in_the_library():
    numbered = {entry.preset: (entry.name, entry.packages, entry.game) for entry in library() if entry.preset}
    assert numbered == {
        "S01": ("alike-neighbours", 1024, "stag-hunt"),
        "S02": ("one-way-flow", 16384, "bully"),
        "S03": ("three-purses", 65536, "bully"),
    }


@pytest.mark.parametrize("name", PRESETS.values())
def test_points_and_the_illustrating_economy_are_separate_readings(name: str):
    facts = analyse(read(name)).to_dict()
    json.dumps(facts, allow_nan=False)
    assert facts["value_unit"] == "points"
    assert facts["game"]["disagreement"] == [0, 0]
    assert set(facts["groups"]) == set(facts["win_sets"])
    assert set(facts["accounts"]["old migrants"].values()) == {0}, "nobody has moved before"
    (note,) = [note for note in facts["notes"] if note.startswith("Two separate readings")]
    assert "in % of own baseline GDP" in note
    bare = analyse(read(name, ["economy.kappa=0.9"])).to_dict()
    assert bare["packages"] == facts["packages"]


def test_totals_are_those_of_the_seats_and_the_migrants():
    (first, *_) = analyse(read("three-purses")).to_dict()["packages"]["nash"]
    assert first["total"] == sum(first["values"].values()) + 63


@pytest.mark.parametrize("name", PRESETS.values())
def test_every_text_for_trainers_and_participants_is_there(name: str):
    scenario = read(name)
    teaching = scenario.teaching
    assert teaching is not None
    assert teaching.objective
    assert teaching.family
    assert teaching.level
    assert teaching.predicts
    assert teaching.debrief
    assert teaching.evidence
    assert scenario.shocks[0].text
    for country, seat in zip(scenario.countries, scenario.seats, strict=True):
        assert country.public
        assert seat.confidential
        assert seat.reason == "today's practice goes on"
        assert len(seat.priorities) == 2
        assert all(line.text for line in seat.red_lines)


@pytest.mark.parametrize("name", PRESETS.values())
def test_nothing_for_trainers_stands_on_a_role_card(name: str):
    scenario = read(name)
    cards = " ".join(
        [scenario.title, scenario.summary]
        + [country.public for country in scenario.countries]
        + [text for seat in scenario.seats for text in (seat.confidential, *(line.text for line in seat.red_lines))]
        + [group.name for seat in scenario.seats for group in seat.groups]
    ).lower()
    assert not [word for word in ("bully", "suasion", "scarce labour", "illegal", "walk-away value") if word in cards]


@pytest.mark.parametrize("name", PRESETS.values())
def test_whatever_software_signs_keeps_every_mandate(name: str):
    scenario = read(name)
    assert scenario.agenda is not None
    told = simulate(scenario).to_dict()
    assert told["outcome"] == "agreement" or name != "alike-neighbours"
    if told["deal"] is not None:
        package = scenario.agenda.package(told["deal"]["package"])
        assert package in np.flatnonzero(mutually_preferred(preferences(scenario)))
        assert all(within_red_lines(scenario.agenda, seat.red_lines)[package] for seat in scenario.seats)
