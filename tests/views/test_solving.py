"""`winset solve` as a person reads it: what is said once, what is greyed, and what is too long to be said."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.equilibria.solve import profile_regret
from games.errors import InputError
from games.summary import summarise_game
from views.cli.commands.solve import RANKS, solution, solve_game
from views.text.layout import Screen, display_width

TIED = Bimatrix([[[1, 1, 0], [1, 0, 0], [0, 0, 2]], [[1, 1, 0], [0, 0, 3], [0, 3, 2]]], name="tied")
SMALL_AND_LARGE = Bimatrix([[["1e-12", 0], [0, "3e-12"]], [["1e12", 0], [0, "2e12"]]])


def told(game, width=80, colour=False, **arguments):
    return solution(Screen(width, colour), summarise_game(game, **arguments))


def text(game, **arguments):
    """What is told, as if on one long line."""
    return " ".join(" ".join(told(game, **arguments)).replace("\u202f", " ").split())


def test_the_bully_tells_who_is_dominant_and_where_it_stands():
    lines = told(canon("bully"))
    assert " ".join(lines[1 : lines.index("")]) == (
        "“Bully” game. Also: suasion game. Developed is better off with Defect, whatever Developing does. "
        "Developing is better off doing what Developed does. Only at (Defect, Defect) does neither gain by "
        "changing alone. No other outcome is better for both. From (Defect, Defect) to (Liberalize, Liberalize) "
        "Developing gains and Developed loses. Place among the 2x2 games: on a border; with its ties broken bully."
    )


def test_a_strict_game_tells_its_place_and_its_neighbours():
    assert (
        "Place among the 2x2 games: TRPS-TRPS, prisoner's dilemma. One swap of ranks away: bully, deadlock or a game "
        "without a name." in text(canon("prisoners-dilemma"))
    )


def test_best_replies_are_starred_and_equilibria_framed():
    board = told(canon("cooperative"))
    assert [line for line in board if "5* 5*" in line] == ["Liberalize ┃   5* 5*    ┃   1  3     │"]
    assert [line for line in board if "3* 3*" in line] == ["Defect     │   3  1     ┃   3* 3*    ┃"]


def test_who_plays_one_action_is_told_without_a_share_and_parts_that_touch_are_told_to_be_connected():
    said = text(TIED)
    assert "3 Row: 1 (75 %) or 2 (25 %) · Column: 1 · weak, worth 1 and 0.75" in said
    assert "Every mixture of 1 and 3 is an equilibrium too." in said
    assert "All of these are connected." in said
    assert "are connected" not in text(canon("cooperative"))


def test_next_to_never_is_not_told_as_never():
    rare = Bimatrix([[[1, 0], [0, 1000]], [[1, 0], [0, 1000]]])
    assert "1 (over 99 %) or 2 (under 1 %)" in text(rare)


@pytest.mark.parametrize("name", canon_names())
def test_nothing_is_said_twice(name):
    said = text(canon(name))
    for sentence in ("The payoffs are ordinal", "Nashpy finds", RANKS, "Place among"):
        assert said.count(sentence) == 1


def test_what_adds_ranks_is_greyed_and_the_reason_told():
    quiet = Screen(colour=True).ink("x", "quiet").partition("x")[0]
    ranks = {line.split()[0]: line for line in told(canon("bully"), colour=True) if line.strip()}
    for word in ("Coco", "Egalitarian", "Utilitarian", "Transfer", "Surplus", "Money"):
        assert any(word in line and line.startswith(quiet) for line in ranks.values()), word
    assert not any("Nash " in line and line.startswith(quiet) for line in ranks.values())
    amounts = told(Bimatrix(canon("bully").payoffs), colour=True, target=(0, 0))
    assert not any(word in line and quiet in line for word in ("Coco", "Transfer") for line in amounts)


def test_payoffs_of_any_size_are_told_with_their_power_of_ten():
    said = text(SMALL_AND_LARGE)
    assert "Row × 10^-12 Column × 10^12" in said
    assert "┃ 3* 2* ┃" in said
    assert "2 Row: 2 · Column: 2 · strict, worth 3 × 10^-12 and 2 × 10^12" in said
    assert "0 and 0" not in said


def test_a_list_too_long_to_be_read_is_cut_and_counted():
    lines = told(Bimatrix(np.zeros((2, 30, 30), int)))
    assert len(lines) < 60
    assert "30 × 30 cells, too many to draw" in lines
    assert "and 880 more extreme equilibria, which --json tells" in lines
    assert "Every mixture of 1 to 900 is an equilibrium too." in lines


def test_many_continua_are_cut_too():
    blocks = Bimatrix([np.kron(np.eye(25, dtype=int), np.ones((1, 2), dtype=int))] * 2)
    lines = told(blocks, timeout=0.3)
    assert any("and 30 more extreme equilibria" in line for line in lines)


def test_what_did_not_finish_says_so_once():
    said = text(Bimatrix(np.random.default_rng(3).integers(0, 99, (2, 20, 20))), timeout=0.1)
    assert "Method: exact, not complete: pure cells, Lemke-Howson paths." in said
    assert said.count("did not finish in 0.1 s") == 1


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("game", [TIED, SMALL_AND_LARGE, *map(canon, canon_names())], ids=lambda game: str(game.name))
def test_it_fits_the_screen(game, width):
    assert [line for line in told(game, width=width) if display_width(line) > width] == []


# -- numbers that people type


@pytest.mark.parametrize(
    "point",
    [
        *("1e999999999,2", "2,1e-999999999", "1e20000,2", "1e-5000,2", "1e99999999999999999999,2", "1e301,2"),
        *("nan,2", "2,inf", "1_000,2", "1/0,2", ",2", "2", "1,2,3", ""),
        pytest.param("9" * 5000 + ",2", id="thousands of digits"),
        pytest.param("x" * 5000, id="thousands of letters"),
    ],
)
def test_a_disagreement_that_is_not_two_numbers_is_refused_at_once(point):
    with pytest.raises(InputError) as refusal:
        solve_game("bully", None, point, 10.0, None)
    (problem,) = refusal.value.problems
    assert problem.place == "--disagreement"
    assert problem.hint == "write one for each player, as in 2,2.5"
    assert len(problem.reason) < 100


@pytest.mark.parametrize("cell", ["1", "0,0,0", "x,0", "1.0,0", "1_0,0", "9" * 19 + ",0", "\u0661,0", "", "1e0,0"])
def test_a_target_that_is_no_cell_is_refused(cell):
    with pytest.raises(InputError) as refusal:
        solve_game("bully", cell, None, 10.0, None)
    (problem,) = refusal.value.problems
    assert problem.place == "--target"
    assert len(problem.reason) < 100


@pytest.mark.parametrize("cell", [pytest.param((10**5000, 0), id="long"), (5, 5), (-1, 0), 7, "0,0"])
def test_a_target_from_python_that_is_no_cell_is_refused(cell):
    with pytest.raises(InputError) as refusal:
        summarise_game(canon("bully"), target=cell)
    assert len(refusal.value.problems[0].reason) < 100


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_a_timeout_that_is_none_is_refused_where_it_was_written(timeout):
    with pytest.raises(InputError) as refusal:
        solve_game("bully", None, None, timeout, None)
    assert refusal.value.problems[0].place == "--timeout"


# -- numbers that are printed

extremes = st.sampled_from(
    ["1e300", "-1e300", "1e160", "-1e155", "1e-300", "-1e-2900", f"1/{3**1500}", f"{7**300}/{2**1000}", "0", "1", "-1"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(extremes, min_size=8, max_size=8), st.tuples(extremes, extremes), st.sampled_from([0, "1e-6"]))
def test_no_payoffs_are_too_large_or_too_small_to_be_printed(values, point, tolerance):
    game = Bimatrix([[values[:2], values[2:4]], [values[4:6], values[6:]]], tolerance=tolerance)
    found = replace(summarise_game(game, target=(0, 0), disagreement=point), exact=True)
    json.dumps(found.to_dict(), allow_nan=False)
    assert all(found._repr_html_() and repr(found) and solution(Screen(80, False), found) for _ in [0])


@pytest.mark.parametrize("size", ["1e150", "1e155", "1e160", "1e300"])
def test_a_product_of_payoffs_is_printed_whatever_their_size(size):
    game = Bimatrix([[[size, 0], [0, size]]] * 2)
    power = 2 * int(size[2:])
    assert f"an exact tie of the deviation losses (1e+{power} each)" in text(game)
    assert summarise_game(game).to_dict()["risk_dominant"] is None


# -- exact numbers


def verified(game, answer):
    """Whether the exact form of an answer, read back, is the game and nothing but equilibria of it."""
    exact = answer["exact"]
    again = Bimatrix(exact["payoffs"], tolerance=exact["tolerance"])
    profiles = [(tuple(map(Fraction, one["row"])), tuple(map(Fraction, one["column"]))) for one in exact["equilibria"]]
    assert again.payoffs == game.payoffs
    assert [profile_regret(again, profile) for profile in profiles] == [(0, 0)] * len(profiles)
    return profiles


def test_exact_numbers_let_a_reader_verify_the_answer():
    game = Bimatrix([[["1/3", 0], [0, "2/7"]], [["1/11", 0], [0, "0.1"]]])
    answer = replace(summarise_game(game), exact=True).to_dict()
    profiles = verified(game, answer)
    assert profiles[2] == ((Fraction(11, 21), Fraction(10, 21)), (Fraction(6, 13), Fraction(7, 13)))
    assert answer["exact"]["equilibria"][2] == {
        "row": ["11/21", "10/21"],
        "column": ["6/13", "7/13"],
        "payoffs": ["2/13", "1/21"],
    }
    assert answer["exact"]["security"] == answer["exact"]["disagreement"] == ["2/13", "1/21"]
    assert answer["exact"]["tolerance"] == "0"


def test_what_floats_lose_is_in_the_exact_numbers():
    game = Bimatrix([[[1, 0], [0, f"1/{3**700}"]]] * 2)
    answer = replace(summarise_game(game), exact=True).to_dict()
    assert answer["equilibria"][2]["column"] == [0.0, 1.0]
    (_, _, (row, column)) = verified(game, answer)
    assert row == column == (Fraction(1, 3**700 + 1), Fraction(3**700, 3**700 + 1))


def test_exact_numbers_are_there_only_where_they_are_asked_for():
    assert "exact" not in summarise_game(canon("bully")).to_dict()
    assert "Exact numbers" not in text(canon("bully"))


def test_a_person_reads_every_payoff_and_equilibrium_to_the_last_digit():
    game = Bimatrix([[["1/3", 0], [0, "2/7"]], [["1/11", 0], [0, "0.1"]]], actions=[["U", "D"], ["L", "R"]])
    lines = solution(Screen(80, False), replace(summarise_game(game), exact=True))
    assert "(U, L): 1/3, 1/11" in lines
    assert "(D, R): 2/7, 0.1" in lines
    assert "3  Row: 11/21, 10/21 · Column: 6/13, 7/13 · worth 2/13, 1/21" in lines


@pytest.mark.parametrize("width", [40, 80])
def test_exact_numbers_of_any_length_fit_the_screen(width):
    found = replace(summarise_game(Bimatrix([[[1, 0], [0, f"1/{3**700}"]]] * 2)), exact=True)
    assert [line for line in solution(Screen(width, False), found) if display_width(line) > width] == []


def test_time_running_out_leaves_exact_numbers_of_what_is_known():
    game = Bimatrix(np.random.default_rng(3).integers(0, 99, (2, 40, 40)))
    answer = replace(summarise_game(game, timeout=0.1), exact=True).to_dict()
    assert verified(game, answer) is not None
    assert set(answer["exact"]) == {"payoffs", "tolerance", "equilibria", "security", "disagreement"}
