"""What a person writes in a notebook: names, paths, dictionaries and results are understood, or refused with advice."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import agents
import games
import scenarios
from games.errors import InputError
from games.summary import summarise_game
from negotiation.protocols.moves import Hold
from negotiation.tactics.registry import make_tactic

CASE = "alike-neighbours"
GAME = {"schema": 1, "title": "A game", "game": {"canon": "bully"}}
PAYOFFS = [[[5, 1], [3, 3]], [[5, 3], [1, 3]]]


# -- games


def test_a_game_is_a_name_a_file_two_matrices_or_what_holds_one(tmp_path: Path):
    games.write_game(games.Bimatrix(PAYOFFS), tmp_path / "mine.json")
    bully = games.solve(games.read_game(tmp_path / "mine.json"))
    for given in (PAYOFFS, np.array(PAYOFFS), tuple(PAYOFFS), tmp_path / "mine.json", str(tmp_path / "mine.json")):
        assert games.solve(given) == bully
    assert games.classify("bully").name == "bully"
    assert games.solve("bully") == games.solve(summarise_game("bully"))
    analysed = scenarios.analyse("bully")
    assert games.solve(analysed.game) == games.solve("bully")
    assert games.solve(scenarios.analyse("bully")) == games.solve("bully")


@pytest.mark.parametrize("given", [None, 3, "buly", "", ["a"], {"payoffs": PAYOFFS, "colour": 1}, object(), b"bully"])
@pytest.mark.parametrize("take", [games.solve, games.classify, summarise_game])
def test_what_is_no_game_is_refused_with_advice(take, given):
    with pytest.raises(InputError) as caught:
        take(given)
    assert all(problem.hint for problem in caught.value.problems)


# -- scenarios


@pytest.mark.parametrize(
    "changes",
    [
        {"economy.kappa": 0.25, "economy.gap": 3},
        {"economy": {"kappa": 0.25, "gap": 3}},
        [("economy.kappa", 0.25), "economy.gap=3"],
        ["economy.kappa=0.25", "economy.gap=3"],
        {"economy.kappa": np.float64(0.25), "economy.gap": np.int64(3)},
        {"economy.kappa": Fraction(1, 4), "economy.gap": "3"},
        pytest.param(iter(["economy.kappa=0.25", ("economy.gap", 3.0)]), id="iterator"),
    ],
    ids=str,
)
def test_changes_are_a_dictionary_pairs_or_texts(changes):
    wanted = scenarios.read("morocco-spain", ["economy.kappa=0.25", "economy.gap=3"])
    assert scenarios.read("morocco-spain", changes) == wanted


def test_one_change_is_one_text():
    assert scenarios.read("morocco-spain", "seed=7").seed == 7
    agenda = scenarios.read("morocco-spain", {"agenda.ladders": ("stay", "fee")}).agenda
    assert agenda is not None
    assert agenda.count == 16


def test_a_dictionary_is_the_tables_of_a_case():
    case = scenarios.read(GAME)
    assert (case.title, case.path, case.game) == ("A game", None, scenarios.read("bully").game)
    corridor = {"schema": 1, "title": "C", "extends": "corridor", "economy": {"corridor": "MAR-ESP"}}
    assert scenarios.read(corridor, {"seed": 3}).agenda == scenarios.read("morocco-spain").agenda
    assert corridor == {"schema": 1, "title": "C", "extends": "corridor", "economy": {"corridor": "MAR-ESP"}}
    with pytest.raises(InputError, match=r"scenario:tittle: is not a known key .*write title"):
        scenarios.read({"schema": 1, "tittle": "A game", "game": {"canon": "bully"}})


def test_a_case_is_a_scenario_a_name_a_path_or_tables():
    case = scenarios.read(CASE)
    path = Path(case.path or "")
    for given in (CASE, path):
        assert scenarios.analyse(given).to_dict() == scenarios.analyse(case).to_dict()
        assert scenarios.review(given) == scenarios.review(case)
        assert scenarios.apply_shocks(given, ["rumour"]) == scenarios.apply_shocks(case, ["rumour"])
        assert scenarios.preferences(given).values.tolist() == scenarios.preferences(case).values.tolist()
        assert agents.prepare_table(given).rules == agents.prepare_table(case).rules
        assert agents.simulate(given, seed=2).to_dict() == agents.simulate(case, seed=2).to_dict()
    assert scenarios.analyse(GAME).game is not None
    assert scenarios.draft(path).read() == case


@pytest.mark.parametrize("given", [None, 3, b"bully", object(), ["bully"], {3: 4}, {}])
@pytest.mark.parametrize(
    "take", [scenarios.read, scenarios.draft, scenarios.analyse, scenarios.review, agents.simulate]
)
def test_what_is_no_case_is_refused_with_advice(take, given):
    with pytest.raises(InputError) as caught:
        take(given)
    assert all(problem.hint for problem in caught.value.problems)


def test_a_scenario_is_not_read_twice():
    case: Any = scenarios.read(CASE)
    with pytest.raises(InputError, match=r"is read already .*use it as it is"):
        scenarios.read(case, {"seed": 3})


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (5, "changes"),
        ([5], "changes"),
        ([("economy.kappa",)], "changes"),
        ({3: 4}, "changes"),
        (["economy.kappa"], "--set economy.kappa"),
        ({"economy.kapa": 1}, "--set economy.kapa"),
        ({"economy.kappa": object()}, "--set economy.kappa"),
        ({"economy.kappa": None}, "--set economy.kappa"),
        ({"economy.kappa": float("nan")}, "--set economy.kappa"),
        ({"economy.kappa": [0.1, 0.2]}, "--set economy.kappa"),
    ],
)
def test_what_is_no_change_is_refused_with_advice(changes, place):
    with pytest.raises(InputError) as caught:
        scenarios.read("morocco-spain", changes)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert problem.hint


# -- talks


def test_a_seat_is_given_to_a_tactic_by_name_a_mover_or_a_factory():
    case = scenarios.read(CASE)
    named = agents.simulate(case, seats={"Ardenia": "conceder"})
    assert named.talks == agents.simulate(scenarios.read(CASE, {"agenda.seats.Ardenia.tactic": "conceder"})).talks

    def factory(brief, random):
        return make_tactic("conceder", brief, random)

    assert agents.simulate(case, seats={"ardenia": factory}).talks == named.talks
    holds = agents.simulate(case, seats={"Ardenia": lambda view: Hold(view.party)})
    assert holds.ending.outcome == "breakdown"
    assert agents.simulate("one-way-flow", seats={"host": "hardliner"}).talks.over


@pytest.mark.parametrize(
    ("how", "hint"),
    [
        ({"seats": {"Ardenia": "conceeder"}}, "conceder"),
        ({"seats": {"Ardenia": 3}}, "takes a view"),
        ({"seats": {"Ardenia": lambda: 3}}, "takes a view"),
        ({"seats": {"Ardinia": "conceder"}}, "Ardenia"),
        ({"seats": ["conceder"]}, 'seats={"Ardenia": "conceder"}'),
        ({"seed": -1}, "whole number from 0"),
        ({"seed": 1.5}, "whole number from 0"),
        ({"seed": "x"}, "whole number from 0"),
        ({"seed": None}, "whole number from 0"),
        ({"replicate": -1}, "whole number from 0"),
        ({"replicate": 2**64}, "whole number from 0"),
        ({"seats": {3: "conceder"}}, 'seats={"Ardenia": "conceder"}'),
    ],
)
def test_what_cannot_be_played_is_refused_with_advice(how, hint):
    with pytest.raises(InputError) as caught:
        agents.simulate(CASE, **how)
    (problem,) = caught.value.problems
    assert hint in problem.hint


def test_numbers_of_numpy_are_seeds():
    assert agents.simulate(CASE, seed=np.int64(3)).to_dict() == agents.simulate(CASE, seed=3).to_dict()
