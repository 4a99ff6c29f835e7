"""Scored cases that do not hold: each fault is told with its place, its reason and its remedy, all of them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from games.errors import Problem
from scenarios import read

Broken = Callable[..., tuple[Problem, ...]]

BROKEN = Path(__file__).with_name("broken")
SOUND = (BROKEN / "sound.toml").read_text(encoding="utf-8")
FAULTS: list[dict[str, str]] = tomllib.loads((BROKEN / "faults.toml").read_text(encoding="utf-8"))["fault"]


def test_the_sound_case_holds(tmp_path: Path):
    file = tmp_path / "case.toml"
    file.write_text(SOUND)
    assert read(file).has_points


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["name"] for fault in FAULTS])
def test_says_where_why_and_what_instead(broken: Broken, fault: dict[str, str]):
    (problem,) = broken(spoiled(fault))
    assert problem.place == f"case.toml:{fault['place']}"
    assert fault["reason"] in problem.reason
    assert fault["hint"] in problem.hint


def spoiled(fault: dict[str, str]) -> str:
    """The sound case with one thing changed."""
    assert fault["written"] in SOUND
    return SOUND.replace(fault["written"], fault["instead"], 1)


def test_every_fault_of_points_has_a_hint_in_plain_words(broken: Broken):
    jargon = {"pydantic", "Input", "validation", "NoneType", "dict", "Traceback", "int"}
    for fault in FAULTS:
        for problem in broken(spoiled(fault)):
            assert problem.hint
            assert not jargon & {*problem.reason.split(), *problem.hint.split()}


def test_points_in_a_structural_case_are_out_of_place(broken: Broken):
    text = SOUND.replace('preferences = "scored"', 'preferences = "structural"')
    places = [problem.place.removeprefix("case.toml:") for problem in broken(text)]
    assert places == [
        "agenda",
        "agenda.yields",
        "agenda.migrants",
        "agenda.seats.Ardia.points",
        "agenda.seats.Ardia.bonuses",
        "agenda.seats.Ardia.groups",
        "agenda.seats.Borvia.points",
        "agenda.seats.Borvia.groups",
    ]


def test_points_without_lines_say_what_is_missing(broken: Broken):
    (problem,) = broken(SOUND.replace('ladders = ["I01", "tax_share", "linkage"]\n', ""))
    assert (problem.place, problem.reason) == ("case.toml:agenda.ladders", "is missing")


def test_two_alike_countries_have_no_gap_of_their_own(broken: Broken):
    alike = SOUND.replace('role = "host"', 'role = "both"').replace('role = "origin"', 'role = "both"\ngap = 2')
    (problem,) = broken(alike)
    assert problem.place == "case.toml:countries.Borvia.gap"
    assert "[economy]" in problem.hint


def test_a_printed_game_and_an_economy_still_do_not_go_together(broken: Broken):
    (problem,) = broken(SOUND + '\n[game]\ncanon = "bully"\n[economy]\n')
    assert problem.place == "case.toml:game"


def test_all_faults_of_a_scored_case_are_told_at_once(broken: Broken):
    text = (
        SOUND.replace("I01 = [-1, -2, -2], I21", "I01 = [-1, -2, -4], I21")
        .replace('mandate = "both"', 'mandate = "bth"')
        .replace("high = 1", "high = 9")
        .replace('"1/6"', '"1/0"')
        .replace("linkage = [0, -1, -2] }\n\n", "linkage = [0, -1] }\n\n")
        .replace("rounds = 10", "discount = 2")
    )
    places = {problem.place.removeprefix("case.toml:") for problem in broken(text)}
    assert places == {
        "agenda.discount",
        "agenda.yields.tax_share.I01",
        "agenda.seats.Ardia.mandate",
        "agenda.seats.Ardia.points.I01",
        "agenda.seats.Ardia.red_lines.1.high",
        "agenda.seats.Borvia.points.linkage",
    }


def test_a_change_that_breaks_a_sum_is_placed_at_the_change(broken: Broken):
    (problem,) = broken(SOUND, "agenda.seats.borvia.points.I01=[1, 2, 4]")
    assert problem.place == "--set agenda.seats.borvia.points.I01"
    assert "a difference of 0, 0, -1" in problem.reason
