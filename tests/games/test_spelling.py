"""Suggestions: near ones are made, far ones are not."""

import pytest

from games.text.spelling import closest_words

AGENDA = ["ladders", "without", "preferences", "payers", "yields", "rounds", "returns", "discount", "seats"]
CORRIDORS = ["PHL-ARE", "MAR-ESP", "DEU-FRA", "TUR-DEU"]


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("Host", ["host", "origin", "both"], ["host"]),
        ("win_set", ["win-set", "red lines", "both"], ["win-set"]),
        ("  Red-Lines ", ["win-set", "red lines"], ["red lines"]),
        ("rounds", AGENDA, ["rounds"]),
        ("ronuds", AGENDA, ["rounds"]),
        ("round", AGENDA, ["rounds"]),
        ("prefrence", AGENDA, ["preferences"]),
        ("MAR-ESQ", CORRIDORS, ["MAR-ESP"]),
        ("skilled", ["quota_unskilled", "quota_skilled"], ["quota_skilled"]),
        ("quota", ["quota_unskilled", "fee", "quota_skilled"], ["quota_unskilled", "quota_skilled"]),
        ("ESP-MAR", CORRIDORS, ["MAR-ESP"]),
        ("u2", ["u0", "u1", "gap"], ["u0", "u1"]),
    ],
)
def test_a_near_spelling_is_found(word, choices, meant):
    assert closest_words(word, choices) == meant


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        ("groups", AGENDA),
        ("XYZ-VWU", CORRIDORS),
        ("title", AGENDA),
        ("tax", ["social", "permit_fee"]),
        ("", AGENDA),
        ("e", ["a", "b", "c", "d"]),
        ("x" * 10_000, AGENDA),
    ],
)
def test_a_far_spelling_is_no_suggestion(word, choices):
    assert closest_words(word, choices) == []


def test_the_nearest_stands_first_and_there_are_few():
    assert closest_words("boulwar", ["boulwares", "boulware", "boulwarexy"]) == ["boulware", "boulwares"]
    assert len(closest_words("aaaaaaaaa", [f"aaaaaaaa{letter}" for letter in "bcdef"])) == 3
