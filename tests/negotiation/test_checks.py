"""Three presets counted package by package, the four checks of their design, and Tarar's law of the pie."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.package_grid import STATUS_QUO, Agenda, build_agenda
from negotiation.outcome.design_checks import best_uniform_package, count_packages, design_checks, nash_packages
from negotiation.preferences.mandates import RedLine, within_red_lines
from negotiation.preferences.scored import (
    ScoredGroup,
    ScoredParty,
    ScoreSheet,
    Yields,
    group_sum_mismatches,
    preferences_from_points,
)
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import mutually_preferred, ratifiable, win_sets

PRESETS: dict[str, Any] = json.loads(Path(__file__).with_name("presets.json").read_text(encoding="utf-8"))
"""S01 to S03 of the library as facts, with the results of an independent recount in plain Python."""


def seat(name: str, facts: dict[str, Any]) -> ScoredParty:
    groups = (ScoredGroup(group, each["votes"], ScoreSheet(each["points"])) for group, each in facts["groups"].items())
    return ScoredParty(name, facts["role"], ScoreSheet(facts["points"]), tuple(groups))


@cache
def case(name: str) -> tuple[Agenda, Preferences]:
    facts = PRESETS[name]
    table = build_agenda(facts["ladders"])
    seats = [seat(*each) for each in facts["seats"].items()]
    return table, preferences_from_points(table, seats, ScoreSheet(facts["migrants"]), Yields(facts["yields"]))


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_counts_as_recorded(name: str):
    table, stakes = case(name)
    recorded, found = PRESETS[name]["checked"], count_packages(table, stakes)
    counts = ("packages", "beat_walk_away", "beat_without_side_payments", "ratifiable")
    assert {key: getattr(found, key) for key in counts} == {key: recorded[key] for key in counts}
    assert [list(table.levels(package)) for package in found.nash] == [recorded["nash"]]
    assert [list(table.levels(package)) for package in found.best_ratifiable] == [recorded["best_ratifiable"]]
    assert stakes.values[found.nash[0]].tolist() == pytest.approx(recorded["nash_values"])
    assert stakes.accounts[found.nash[0], -1] == pytest.approx(recorded["nash_migrants"])
    assert (found.uniform.level, round(found.uniform.share, 2)) == (
        recorded["uniform_level"],
        recorded["uniform_share"],
    )
    assert found.largest_total == pytest.approx(recorded["largest_total"])
    assert stakes.values[-1].tolist() == pytest.approx(recorded["all_at_top"])
    assert (win_sets(stakes) & mutually_preferred(stakes)[:, None]).sum(axis=0).tolist() == recorded["ratified_by"]


@pytest.mark.parametrize("name", PRESETS)
def test_the_red_lines_of_all_seats_leave_as_many_packages_as_recorded(name: str):
    table, stakes = case(name)
    lines = [RedLine(**line) for facts in PRESETS[name]["seats"].values() for line in facts["red_lines"]]
    mask = within_red_lines(table, lines)
    assert (mask & mutually_preferred(stakes)).sum() == PRESETS[name]["checked"]["within_mandates"]
    assert mask[list(nash_packages(stakes, mutually_preferred(stakes)))].all()


@pytest.mark.parametrize("name", PRESETS)
def test_the_groups_of_every_seat_add_up_to_it(name: str):
    _, stakes = case(name)
    for at, (party, facts) in enumerate(PRESETS[name]["seats"].items()):
        each = seat(party, facts)
        assert group_sum_mismatches(each.sheet, each.groups) == ()
        assert stakes.stakes[at].sum(axis=1) == pytest.approx(stakes.values[:, at], abs=1e-9)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_passes_the_checks_that_it_is_not_exempt_from_and_fails_the_others(name: str):
    table, stakes = case(name)
    exempt, recorded = PRESETS[name]["exempt"], PRESETS[name]["checked"]
    asked = design_checks(table, stakes)
    assert [check.letter for check in asked if not check.passed] == exempt
    assert all(check.passed for check in design_checks(table, stakes, exempt))
    conceded, effortless, between, unused = asked
    assert conceded.measured > 0
    assert round(effortless.measured, 2) == recorded["uniform_share"]
    interior, lines = recorded["interior"].split("/")
    assert between.measured == int(interior) / int(lines)
    assert unused.measured == len(recorded["unused"])
    assert all(key in unused.text for key in recorded["unused"])


def test_the_status_quo_never_beats_a_walk_away_value():
    table = build_agenda(["safeguard"])
    party = ScoredParty("Kesambe", "origin", ScoreSheet({"safeguard": (-1, 2, 3)}), (), walk_away=-4)
    stakes = preferences_from_points(table, [party], None)
    assert mutually_preferred(stakes).tolist() == [False, True, True, True]


def pair(*lines: tuple[tuple[int, int, int], tuple[int, int, int]]) -> tuple[Agenda, Preferences]:
    """Two seats with a single group each over a few lines."""
    keys = ("stay", "readmission", "safeguard", "data")[: len(lines)]
    sheets = [ScoreSheet(dict(zip(keys, (line[at] for line in lines), strict=True))) for at in (0, 1)]
    seats = [
        ScoredParty(name, role, sheet, (ScoredGroup("everybody", 1, sheet),))
        for name, role, sheet in zip(("Northmark", "Sudora"), ("host", "origin"), sheets, strict=True)
    ]
    table = build_agenda(keys)
    return table, preferences_from_points(table, seats, None)


def test_an_agenda_on_which_everything_is_good_for_all_fails_three_checks():
    table, stakes = pair(((1, 2, 3), (1, 2, 3)), ((1, 2, 3), (1, 2, 3)), ((1, 2, 3), (1, 2, 3)))
    checks = design_checks(table, stakes)
    assert [check.passed for check in checks] == [False, False, False, True]
    assert [check.measured for check in checks] == [0, 1.0, 0, 0]
    assert [check.text for check in checks] == [
        "0 of 3 lines of the Nash package stand below their top",
        "every line at level 3 reaches 100 % of the largest joint gain; the most is 90 %",
        "0 of 3 lines of the Nash package stand between bottom and top; the least is a third",
        "every line is used somewhere",
    ]


@pytest.mark.parametrize(("steep", "passed"), [(2, True), (3, False)])
def test_a_third_of_the_lines_has_to_be_settled_in_between(steep: int, passed: bool):
    hump, slope = ((1, 5, 2), (1, 5, 2)), ((1, 2, 3), (1, 2, 3))
    third = design_checks(*pair(hump, *[slope] * steep))[2]
    assert (third.passed, third.measured) == (passed, 1 / (1 + steep))


def test_a_line_that_only_hurts_is_never_used():
    table, stakes = pair(((2, 5, 3), (2, 5, 3)), ((-1, -2, -3), (-1, -2, -3)))
    checks = design_checks(table, stakes)
    assert checks[-1].to_dict() == {
        "check": "d",
        "passed": False,
        "measured": 1,
        "text": "at level 0 in every efficient package: readmission",
    }


def test_an_exemption_that_is_not_needed_does_not_pass():
    table, stakes = case("alike-neighbours")
    first = design_checks(table, stakes, "a")[0]
    assert not first.passed
    assert first.text.endswith("needs no exemption: take it out")
    with pytest.raises(InputError, match="no check 'e'"):
        design_checks(table, stakes, ["a", "e"])


def test_where_nothing_beats_the_walk_away_there_is_nothing_to_settle():
    table, stakes = pair(((1, 2, 3), (-1, -2, -3)))
    found = count_packages(table, stakes)
    assert (found.beat_walk_away, found.nash, found.best_ratifiable) == (0, (), ())
    assert (found.uniform.level, found.uniform.share) == (None, 0.0)
    assert [check.passed for check in design_checks(table, stakes)] == [True, True, False, False]


def test_a_line_held_at_todays_practice_is_not_asked_about():
    table = build_agenda(["stay", "readmission"], ["readmission"])
    party = ScoredParty("Northmark", "host", ScoreSheet({"stay": (3, 9, 6), "readmission": (1, 1, 1)}), ())
    stakes = preferences_from_points(table, [party], None)
    assert [check.measured for check in design_checks(table, stakes)] == [1, 1.0, 1.0, 0]
    assert best_uniform_package(table, stakes).level == 2


points = st.tuples(*[st.integers(-9, 9)] * 3)


@settings(max_examples=50)
@given(st.lists(st.tuples(points, points), min_size=1, max_size=3))
def test_a_package_is_ratifiable_where_it_is_better_and_in_every_win_set(lines: list[Any]):
    table, stakes = pair(*lines)
    both = [bool(won and all(sets)) for won, sets in zip(mutually_preferred(stakes), win_sets(stakes), strict=True)]
    assert ratifiable(stakes).tolist() == both
    assert count_packages(table, stakes).ratifiable == sum(both)
    # Governments that are their only group prefer what it would ratify, and the other way round.
    assert both == mutually_preferred(stakes).tolist()


def pie(slices: int, bends: tuple[float, float], threshold: int) -> Preferences:
    """A pie to divide: package k gives the first side k slices, and its voters insist on `threshold` of them."""
    share = np.arange(slices + 1) / slices
    asked = np.where(np.arange(slices + 1) >= threshold, 1, -1).astype(np.int8)
    return Preferences(
        parties=("constrained", "free"),
        groups=(("voters",), ("voters",)),
        unit="slices",
        values=np.stack([share ** bends[0], (1 - share) ** bends[1]], axis=1),
        walk_away=np.zeros(2),
        worth=np.ones(2),
        stakes=(share[:, None], 1 - share[:, None]),
        votes=(asked[:, None], np.ones((slices + 1, 1), np.int8)),
        weights=((1,), (1,)),
        accounts=np.zeros((slices + 1, 0)),
        accounts_of=(),
    )


@given(st.integers(2, 24), st.tuples(*[st.sampled_from([0.25, 0.5, 0.8, 1.0])] * 2))
def test_tied_hands_get_no_less_of_a_pie_and_more_once_they_bind(slices: int, bends: tuple[float, float]):
    """Schelling's conjecture where it is a law: a pie, complete information, one side constrained (see Tarar 2001)."""
    deals = [nash_packages(stakes, ratifiable(stakes)) for stakes in (pie(slices, bends, t) for t in range(slices + 2))]
    free = deals[STATUS_QUO]
    assert (deals[slices - 1], deals[slices], deals[slices + 1]) == ((slices - 1,), (), ())
    for threshold, (before, after) in enumerate(pairwise(deals[:slices]), start=1):
        assert before[0] <= after[0]
        assert before[-1] <= after[-1]
        if threshold > free[-1]:
            assert before[-1] < after[0] == threshold
