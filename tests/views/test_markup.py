"""Pieces of HTML: what a reader sees and what a reader of screens hears are the same."""

import pytest

from views.style.group_table import Change, GainBlock, GroupGain, group_table_html
from views.style.html import MatrixView, answer_html, facts_html, heading_html, payoff_matrix_html
from views.wording import screen
from views.wording.weights import WeighedGain

BULLY = MatrixView(
    payoffs=([[1, 0], [2, 2]], [[3, 2], [1, 2]]),
    best=([[False, False], [True, True]], [[True, False], [False, True]]),
    stable=frozenset({(1, 1)}),
    names=("Northmark", "Sudora"),
    unit="as printed",
    ordinal=True,
)


def derived(a, b, best=((True, True), (False, False))):
    return MatrixView(
        payoffs=(a, b),
        best=(best, ((True, False), (True, False))),
        stable=frozenset(),
        names=("Northmark", "Sudora"),
        unit="% of own GDP",
    )


def test_a_cell_says_its_payoffs_its_best_replies_and_whether_it_is_stable():
    page = payoff_matrix_html(BULLY)
    assert "Northmark 2, best reply; Sudora 2, best reply; equilibrium" in page
    assert "Northmark 1; Sudora 3, best reply<" in page
    assert page.count("equilibrium") == 1


def test_what_is_spoken_is_not_read_twice():
    page = payoff_matrix_html(BULLY)
    assert page.count('class="w-sr"') == 4
    assert page.count('aria-hidden="true"') == 9, "eight payoffs and one word stable"


def test_every_head_of_the_matrix_has_a_scope_and_the_table_a_caption():
    page = payoff_matrix_html(BULLY)
    assert page.count('<th scope="col"') == page.count('<th scope="row"') == 2
    assert "<caption" in page


def test_a_printed_game_has_no_decimals():
    assert BULLY.decimals == 0


@pytest.mark.parametrize(
    ("beaten", "decimals"), [(-4.6, 1), (0.0, 2), (0.019, 3), (0.0199, 3)], ids=["far", "near", "nearer", "nearest"]
)
def test_a_matrix_prints_the_fewest_decimals_at_which_no_best_reply_looks_like_what_it_beats(beaten, decimals):
    """At the levy of 15 % the host's 0.02 against 0.00 read "0.0* / 0.0" before."""
    game = derived([[0.02, 1.0], [beaten, 0.0]], [[1.0, 0.0], [1.0, 0.0]])
    assert game.decimals == decimals


def test_ties_do_not_ask_for_decimals():
    game = derived([[0.0, 0.0], [0.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]], best=((True, True), (True, True)))
    assert game.decimals == 1


def test_closed_equilibria_are_grey_and_the_open_one_is_an_agreement():
    assert 'class="w-nash w-closed"' in payoff_matrix_html(BULLY)
    open_ = MatrixView(BULLY.payoffs, BULLY.best, frozenset({(0, 0)}), BULLY.names, BULLY.unit)
    assert 'class="w-nash"' in payoff_matrix_html(open_)
    assert "w-closed" not in payoff_matrix_html(open_)


def block(heading, alone, both, position="in favour"):
    """A country with one group, whose sum and payoff are those of the group."""
    gain = GroupGain("Capital", Change(alone, position), Change(both, position), "host")
    return GainBlock(
        heading, "host", (gain,), WeighedGain(both, both, "each once", 0.0), (Change(alone), Change(alone))
    )


def test_names_are_escaped_wherever_they_stand():
    evil = "<b onclick=x>"
    page = payoff_matrix_html(MatrixView(BULLY.payoffs, BULLY.best, BULLY.stable, (evil, evil), evil))
    page += group_table_html([block(evil, 1.0, 2.0, evil)])
    page += facts_html([(evil, evil, "")]) + answer_html(evil, evil) + heading_html(evil, evil)
    assert evil not in page


def test_both_rows_of_a_group_stand_side_by_side_on_one_scale():
    page = group_table_html([block("Host", -1.0, 3.0), block("Origin", 1.0, 0.0)])
    assert page.count("left:0.0%;width:25.0%") == 3  # the group, the sum and the payoff
    assert page.count("left:25.0%;width:75.0%") == 3
    first = page.split('<th scope="row">Capital</th>')[1].split("</tr>")[0]
    assert first.index("−1.0") < first.index("+3.0")
    assert first.count("in favour") == 2
    for head in ("Opens alone", "Both open"):
        assert f'<th scope="col" class="w-wide">{head}</th>' in page


def test_a_table_in_which_nothing_changes_still_draws():
    assert "0.0" in group_table_html([block("Host", 0.0, 0.0)])


@pytest.mark.parametrize(
    ("value", "decimals", "plus", "text"),
    [(-0.04, 1, False, "0.0"), (0.04, 1, True, "0.0"), (2.5, 1, True, "+2.5"), (-4.55, 2, False, "−4.55")],
)
def test_numbers_have_a_true_minus_and_no_negative_zero(value, decimals, plus, text):
    assert screen.number(value, decimals, plus=plus) == text
    assert screen.number(12345, 0) == "12,345"
    assert screen.per_cent(5, 0) == "5\u00a0%"
