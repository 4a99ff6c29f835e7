"""What a person sees who types the name of a game or an answer, in a terminal and in a notebook."""

from fractions import Fraction
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.canon import canon
from games.display import format_probability
from games.equilibria.equilibrium import Equilibria, Equilibrium
from games.equilibria.solve import solve
from games.summary import summarise_game

HALF = Fraction(1, 2)
SHY = Bimatrix([[[1, 0]], [[0, 0]]], ("<b>A</b>", "B & C"), [["<script>"], ["'l'", '"r"']], name="a < b")


def lines(thing):
    return repr(thing).splitlines()


def html(thing):
    """The HTML, once it is known to be well-formed."""
    text = thing._repr_html_()
    ET.fromstring(f"<div>{text.replace('<br>', '<br/>')}</div>")
    return text


# ---------------------------------------------------------------------------------------------------- in a terminal


def test_equilibria_are_told_with_the_names_of_players_and_actions():
    half = "Liberalize 1/2 or Defect 1/2"
    assert lines(solve(canon("cooperative"), opinion=False)) == [
        "3 extreme equilibria, complete, not degenerate",
        "  1  Developed: Liberalize · Developing: Liberalize, worth 5 and 5 (pure, strict)",
        "  2  Developed: Defect · Developing: Defect, worth 3 and 3 (pure, strict)",
        f"  3  Developed: {half} · Developing: {half}, worth 3 and 3 (mixed, weak)",
    ]


def test_continua_and_the_second_opinion_are_told_below():
    assert lines(solve(Bimatrix([[[0, 0], [0, 0]], [[1, 0], [1, 0]]]))) == [
        "2 extreme equilibria, complete, degenerate",
        "  1  Row: 1 · Column: 1, worth 0 and 1 (pure, weak)",
        "  2  Row: 2 · Column: 1, worth 0 and 1 (pure, weak)",
        "Every mixture of 1 and 2 is an equilibrium too.",
        "Nashpy finds the same 2 extreme points.",
    ]


def test_a_long_list_is_cut_and_counted():
    told = lines(solve(Bimatrix(np.zeros((2, 5, 5))), opinion=False))
    assert told[0] == "25 extreme equilibria, complete, degenerate"
    assert len(told) == 22
    assert told[-1] == "and 5 more"


def test_an_unfinished_answer_says_so():
    found = Equilibria((), (), (), complete=False, degenerate=None, method="", note="Time ran out.")
    assert lines(found) == ["0 extreme equilibria, not complete, not known whether degenerate", "Time ran out."]


def test_an_equilibrium_without_its_game_counts_actions_from_one():
    assert repr(Equilibrium((HALF, HALF), (Fraction(0), Fraction(1)), (HALF, Fraction(2)), "mixed", strict=False)) == (
        "Row: 1 1/2 or 2 1/2 · Column: 2, worth 0.5 and 2 (mixed, weak)"
    )


def test_shares_stay_fractions_while_these_are_short():
    assert [format_probability(Fraction(text)) for text in ("1/3", "1/1000003")] == ["1/3", "1e-06"]


def test_names_make_no_difference_to_equality():
    one, other = (solve(game, opinion=False) for game in (canon("bully"), Bimatrix(canon("bully").payoffs)))
    assert one == other
    assert hash(one) == hash(other)
    assert repr(one) != repr(other)


def test_a_portrait_is_a_page_of_text():
    told = lines(summarise_game(canon("bully")))
    assert told[:4] == lines(canon("bully"))
    assert told[4] == "Class: bully (also: suasion game), Developed dominant."
    assert "  Kalai-Smorodinsky: 2 and 2" in told
    assert sum("The payoffs are ordinal" in line for line in told) == 1
    assert sum("Nashpy" in line for line in told) == 1
    assert sum("no side payment makes both better off" in line for line in told) == 1


def test_a_portrait_names_its_place():
    assert "Class: chicken. Place: TRSP-TRSP, chicken." in lines(summarise_game(canon("chicken")))


def test_a_portrait_has_no_point_where_there_is_none():
    assert "  Nash: none" in lines(summarise_game(canon("cooperative"), disagreement=(6, 6)))


# --------------------------------------------------------------------------------------------------- in a notebook


def test_a_game_is_a_table_with_caption_heads_and_marks():
    told = html(canon("bully"))
    assert told.count("<caption>") == 1
    assert '<th scope="col">Liberalize</th>' in told
    assert 'scope="row"' in told
    assert '<th scope="colgroup" colspan="2">Developing</th>' in told
    assert "<td>1, <u>3</u>*</td>" in told
    assert told.count("equilibrium") == told.count("outline:") == 1
    assert "<u>2</u>*, <u>2</u>*<br>equilibrium" in told


def test_best_replies_are_marked_as_players_compare():
    payoffs = [[[1, 0], [0, 0]], [["1.0000001", 1], [0, 5]]]
    assert html(Bimatrix(payoffs)).count("<br>equilibrium") == 2
    assert html(Bimatrix(payoffs, tolerance="1e-6")).count("<br>equilibrium") == 3


def test_a_huge_game_is_only_named():
    assert html(Bimatrix(np.zeros((2, 31, 2)))) == (
        "<p>game (cardinal), Row chooses the row, Column the column, 31 x 2</p>"
    )


@pytest.mark.parametrize(
    "thing", [SHY, solve(SHY), solve(SHY).equilibria[0], summarise_game(SHY)], ids=lambda x: type(x).__name__
)
def test_every_text_is_escaped(thing):
    told = html(thing)
    assert "<script>" not in told
    assert "<b>" not in told
    assert "&lt;script&gt;" in told
    assert "&lt;b&gt;A&lt;/b&gt;" in told


def test_equilibria_are_a_table():
    told = html(solve(canon("matching-pennies")))
    assert "<caption>1 extreme equilibrium, complete, not degenerate</caption>" in told
    assert "<td>Row: Heads 1/2 or Tails 1/2 · Column: Heads 1/2 or Tails 1/2</td><td>0 and 0</td>" in told
    assert told.endswith("<p>Nashpy finds the same equilibrium.</p>")


def test_a_portrait_is_its_parts():
    told = html(summarise_game(canon("cooperative")))
    assert told.count("<table>") == 3
    assert told.startswith(html(canon("cooperative")))
    assert "<p>Class: stag-hunt (also: cooperation game).</p>" in told
    assert "<td>5 and 5</td>" in told
