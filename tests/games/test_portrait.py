"""`winset solve --json`: every key, in order, for the printed games and for the awkward ones."""

import json
from dataclasses import replace

import numpy as np
import pytest

import games.summary
from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.errors import InputError
from games.summary import summarise_game

KEYS = [
    "schema",
    "game",
    "players",
    "actions",
    "payoffs",
    "scale",
    "class",
    "class_player",
    "tolerance",
    "equilibria",
    "subsets",
    "components",
    "complete",
    "degenerate",
    "method",
    "security",
    "efficient_cells",
    "disagreement",
    "payoff_dominant",
    "risk_dominant",
    "solutions",
    "side_payment",
    "note",
    "topology",
]


def told(game, **arguments):
    answer = summarise_game(game, **arguments).to_dict()
    assert list(answer) == KEYS
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer
    return answer


def test_the_bully_of_table_6_a4():
    answer = told(canon("bully"))
    note, side_note = answer.pop("note"), answer["side_payment"].pop("note")
    assert answer == {
        "schema": "winset/solve/1",
        "game": "bully",
        "players": ["Developed", "Developing"],
        "actions": [["Liberalize", "Defect"], ["Liberalize", "Defect"]],
        "payoffs": [[[1, 0], [2, 2]], [[3, 2], [1, 2]]],
        "scale": "ordinal",
        "class": "bully",
        "class_player": "Developed",
        "tolerance": 0,
        "equilibria": [{"row": [0, 1], "column": [0, 1], "payoffs": [2, 2], "kind": "pure", "strict": True}],
        "subsets": [{"vertices": [0], "kind": "point"}],
        "components": [[0]],
        "complete": True,
        "degenerate": False,
        "method": "exact: double description in integers, maximal bicliques",
        "security": [2, 2],
        "efficient_cells": [[0, 0], [1, 1]],
        "disagreement": [2, 2],
        "payoff_dominant": 0,
        "risk_dominant": 0,
        "solutions": {
            "disagreement": [2, 2],
            "nash": [2, 2],
            "kalai_smorodinsky": [2, 2],
            "egalitarian": [2, 2],
            "utilitarian": [2, 2],
            "coco": [2, 2],
        },
        "side_payment": {
            "target": [0, 0],
            "payer": "Developing",
            "payee": "Developed",
            "window": [1, 1],
            "weak": True,
            "surplus": 0,
            "outside_money": 1,
        },
        "topology": {
            "key": None,
            "strict": False,
            "neighbours": [
                {"key": "TPRS-RPTS", "class": "bully"},
                {"key": "TPRS-RTPS", "class": "bully"},
                {"key": "TPSR-TRSP", "class": "bully"},
                {"key": "TPSR-TSRP", "class": "bully"},
            ],
        },
    }
    assert "ordinal" in note
    assert "no side payment makes both better off" in side_note


def test_the_cooperation_game_of_table_6_a2():
    answer = told(canon("cooperative"))
    assert (answer["game"], answer["class"], len(answer["equilibria"])) == ("cooperative", "stag-hunt", 3)
    assert (answer["payoff_dominant"], answer["risk_dominant"]) == (0, None)
    assert "Risk dominance: an exact tie" in answer["note"]
    assert answer["solutions"]["nash"] == [5, 5]


@pytest.mark.parametrize("name", canon_names())
def test_every_printed_game_has_a_whole_portrait(name):
    assert told(canon(name))["complete"]


def test_a_strict_game_tells_its_place_and_a_larger_one_has_none():
    assert told(canon("stag-hunt"))["topology"]["key"] == "RTPS-RTPS"
    assert told(Bimatrix(np.eye(3)[None].repeat(2, axis=0)))["topology"] is None


def test_without_opening_actions_there_is_no_target_unless_it_is_named():
    game = canon("prisoners-dilemma")
    assert told(game)["side_payment"] is None
    assert "no target cell is named" in told(game)["note"]
    assert told(game, target=(0, 0))["side_payment"]["window"] is None
    assert told(game, target=[1, 1])["side_payment"]["window"] == [-1, 1]


def test_a_disagreement_point_may_be_given():
    answer = told(canon("cooperative"), disagreement=("1/2", 5))
    assert (answer["security"], answer["disagreement"]) == ([3, 3], [0.5, 5])
    answer = told(canon("cooperative"), disagreement=(6, 0))
    assert answer["solutions"]["nash"] is None
    assert "No agreement" in answer["note"]


def test_a_tied_edge_is_told():
    assert (
        "Utilitarian: every point from (0, 4) to (4, 0)"
        in told(Bimatrix([[[0, 4]], [[4, 0]]]), disagreement=(0, 0))["note"]
    )


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"target": (2, 0)}, "target"),
        ({"target": (0,)}, "target"),
        ({"target": 3}, "target"),
        ({"target": "00"}, "target"),
        ({"target": (0.5, 0)}, "target"),
        ({"disagreement": (1, 2, 3)}, "disagreement"),
        ({"disagreement": ("x", 2)}, "disagreement"),
        ({"timeout": 0}, "timeout"),
    ],
)
def test_arguments_that_mean_nothing_are_refused(arguments, place):
    with pytest.raises(InputError) as refusal:
        summarise_game(canon("bully"), **arguments)
    assert refusal.value.problems[0].place == place


def test_a_game_too_large_for_its_time_is_told_as_far_as_it_goes():
    answer = told(Bimatrix(np.random.default_rng(3).integers(0, 10**6, (2, 60, 60))), timeout=0.05)
    assert not answer["complete"]
    assert answer["degenerate"] is None
    assert "did not finish" in answer["note"]
    assert answer["solutions"] is None
    assert "in time" in answer["note"]


def test_what_an_early_share_of_the_time_did_not_allow_is_tried_again_in_the_rest(monkeypatch):
    game = canon("matching-pennies")
    monkeypatch.setattr(games.summary, "_LEVELS_SHARE", -1)
    assert told(game)["security"] == [0, 0]
    monkeypatch.setattr(games.summary, "_LAST_SHARE", -1)
    late = told(game)
    assert (late["security"], late["solutions"], late["complete"]) == (None, None, True)
    assert "Security levels or solutions did not finish in time." in late["note"]


def test_derived_games_tell_their_tolerance():
    game = Bimatrix([[[0.27, -0.1], [0.3, 0]], [[0.5, 0], [0.2, 0.1]]], tolerance=1e-6)
    assert told(game)["tolerance"] == 1e-6


def test_what_is_exact_is_told_as_text_beside_the_numbers():
    # Row's replies tie where 1/3 q = 1/4 (1 - q), Column's where 2/7 (1 - p) = 1/7 p: q = 3/7 and p = 2/3.
    game = Bimatrix([[["1/3", 0], [0, 0.25]], [[0, "1/7"], ["2/7", 0]]], tolerance="1/1024")
    found = summarise_game(game)
    answer = replace(found, exact=True).to_dict()
    assert answer.pop("exact") == {
        "payoffs": [[["1/3", "0"], ["0", "0.25"]], [["0", "1/7"], ["2/7", "0"]]],
        "tolerance": "0.0009765625",
        "equilibria": [{"row": ["2/3", "1/3"], "column": ["3/7", "4/7"], "payoffs": ["1/7", "2/21"]}],
        "security": ["1/7", "2/21"],
        "disagreement": ["1/7", "2/21"],
    }
    assert answer == found.to_dict()


def test_what_is_not_known_is_nothing_as_text_too():
    unknown = replace(summarise_game(canon("bully")), security=None, disagreement=None, exact=True).exact_numbers()
    assert (unknown.security, unknown.disagreement) == (None, None)
    (only,) = unknown.equilibria
    assert (only.row, only.column, only.payoffs) == (("0", "1"), ("0", "1"), ("2", "2"))
