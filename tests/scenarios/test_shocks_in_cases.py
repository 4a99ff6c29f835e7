"""`[[shocks]]` in a file: which names an economy knows, what they leave of a case, and what stays a text."""

from __future__ import annotations

import numpy as np
import pytest

from economy.policy.shocks import apply_economic_shocks, shocks
from games.errors import InputError
from scenarios import ScheduledShock, analyse, preferences, read
from scenarios.scenario import Scenario
from scenarios.valuation import apply_shocks, require_economy

RECESSION = 'shocks=[{ name = "recession", round = 5 }]'


def struck(*changes: str) -> Scenario:
    return read("morocco-spain", [RECESSION, *changes])


def test_a_shock_of_the_economy_brings_its_own_words():
    (shock,) = struck().shocks
    assert shock == ScheduledShock("recession", 5, shocks()["recession"].text)
    (own,) = read("morocco-spain", ['shocks=[{ name = "recession", round = 5, text = "Banks fail." }]']).shocks
    assert own.text == "Banks fail."


def test_a_shock_that_the_economy_does_not_know_is_refused_with_those_that_it_does():
    with pytest.raises(InputError) as caught:
        read("morocco-spain", ['shocks=[{ name = "rumour", round = 5, text = "A rumour." }]'])
    (problem,) = caught.value.problems
    assert "rumour" in problem.reason
    assert all(name in problem.hint for name in shocks())


def test_in_a_scored_case_shocks_are_texts_under_any_name():
    case = read("three-purses")
    assert case.shocks
    assert {shock.name for shock in case.shocks}.isdisjoint(shocks())
    after = apply_shocks(case, [shock.name for shock in case.shocks])
    assert after.parameters is case.parameters
    assert preferences(after).values.tolist() == preferences(case).values.tolist()


def test_a_shock_without_words_needs_an_economy_that_knows_it():
    with pytest.raises(InputError, match="is missing"):
        read("three-purses", ['shocks=[{ name = "recession", round = 2 }]'])


def test_a_case_after_its_shocks_is_a_case_like_any_other():
    case = struck()
    after = apply_shocks(case, ["recession", "travel"])
    assert require_economy(after) == apply_economic_shocks(require_economy(case), ["recession", "travel"]).parameters
    assert after.struck == ("recession", "travel")
    assert (after.agenda, after.rules, after.seats) == (case.agenda, case.rules, case.seats)
    assert case.struck == ()
    assert apply_shocks(case, []) == case
    assert require_economy(apply_shocks(apply_shocks(case, ["recession"]), ["travel"])) == require_economy(after)
    assert any("recession, travel" in note for note in preferences(after).notes)


def test_a_shock_that_nobody_knows_cannot_be_tried_out_either():
    with pytest.raises(InputError, match="knows no shock called 'quake'"):
        apply_shocks(struck(), ["quake"])


def test_analyse_tells_what_a_shock_would_leave():
    told = analyse(struck()).to_dict()
    (recession,) = told["shocks"]
    assert 0 < recession["zopa"] < told["zopa"] / 2
    assert recession["beat_walk_away"] < told["packages"]["beat_walk_away"]
    assert any(note.startswith("After recession (round 5)") for note in told["notes"])


def test_analyse_strikes_shocks_in_the_order_of_their_rounds():
    case = read("germany-france", ['shocks=[{name="recession", round=9}, {name="youth", round=2, lasts=2}]'])
    assert case.strikes == ((2, "youth"), (3, "youth"), (9, "recession"))
    youth, both = analyse(case).to_dict()["shocks"]
    assert (youth["name"], youth["round"], youth["times"]) == ("youth", 3, 2)
    assert (both["name"], both["round"]) == ("recession", 9)
    alone = analyse(read("germany-france", [RECESSION])).to_dict()["shocks"][0]
    assert alone["zopa"] < both["zopa"], "the young who look for work outweigh a part of it"


def test_analyse_says_where_shocks_are_only_told():
    told = analyse(read("three-purses")).to_dict()
    assert told["shocks"] == []
    assert any("points stand as they are written" in note for note in told["notes"])
    quiet = analyse(read("morocco-spain")).to_dict()
    assert quiet["shocks"] == []
    assert not any("shocks" in note for note in quiet["notes"])


def test_a_sum_is_paid_by_whom_the_case_names():
    agenda = ['agenda.ladders=["stay", "cash"]']
    from_origin = preferences(read("morocco-spain", agenda))
    from_host = preferences(read("morocco-spain", [*agenda, 'agenda.payers={ cash = "Spain" }']))
    # The text without a line, and with the three sums: gain and loss change sides.
    assert np.array_equal(from_origin.values[0], from_host.values[0])
    assert (np.diff(from_origin.values[:4], axis=0) * [1, -1] > 0).all()
    assert (np.diff(from_host.values[:4], axis=0) * [-1, 1] > 0).all()


def test_places_are_counted_in_people_where_the_case_says_so():
    tables = {"schema": 1, "title": "A", "economy": {"preset": "asymmetric", "openness": 0.05}}
    agenda = {"ladders": ["quota_unskilled", "quota_skilled", "tax_share", "training"]}
    case = read({**tables, "agenda": agenda})
    worth = preferences(case)
    assert not worth.values[0].any()
    grid = case.agenda.grid() if case.agenda else None
    assert grid is not None
    closed = (grid[:, 0] == 0) & (grid[:, 1] == 0)
    assert not worth.values[closed].any()
    assert worth.values[~closed].any(axis=1).all()
    with pytest.raises(InputError, match="set the same term"):
        read({**tables, "agenda": {"ladders": ["free_movement", "quota_unskilled"]}})
