"""`winset solve` as a person reads it: what is said once, what is greyed, and what is too long to be said."""

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.portrait import portrait
from views.solving import RANKS, solution
from views.terminal import Screen, seen

TIED = Bimatrix([[[1, 1, 0], [1, 0, 0], [0, 0, 2]], [[1, 1, 0], [0, 0, 3], [0, 3, 2]]], name="tied")
SMALL_AND_LARGE = Bimatrix([[["1e-12", 0], [0, "3e-12"]], [["1e12", 0], [0, "2e12"]]])


def told(game, width=80, colour=False, **arguments):
    return solution(Screen(width, colour), portrait(game, **arguments))


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


def test_who_plays_one_action_is_told_without_a_share_and_parts_that_touch_are_told_to_hang_together():
    said = text(TIED)
    assert "3 Row: 1 (75 %) or 2 (25 %) · Column: 1 · weak, worth 1 and 0.75" in said
    assert "Every mixture of 1 and 3 is an equilibrium too." in said
    assert "All of these hang together." in said
    assert "hang together" not in text(canon("cooperative"))


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
    assert [line for line in told(game, width=width) if seen(line) > width] == []
