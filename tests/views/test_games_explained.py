"""What people read of a game: the answer of Explore for every table, and the sentences of each face."""

from itertools import product

from games.bimatrix import Bimatrix
from games.summary import summarise_game
from games.two_by_two.taxonomy import classify
from scenarios import analyse, read
from views.cli.commands import demo, solve
from views.explore import view_model
from views.text import analysis
from views.text.layout import Screen
from views.wording import games

PLAYERS = ("Ann", "Bob")
OPEN, ANN_OPENS, BOB_OPENS, CLOSED = range(4)
"""The cells row by row."""

# -- the answer of Explore


def stable(row, column):
    """The cells in which neither gains by changing alone."""
    mine, others = (BOB_OPENS, CLOSED, OPEN, ANN_OPENS), (ANN_OPENS, OPEN, CLOSED, BOB_OPENS)
    return {cell for cell in range(4) if row[cell] >= row[mine[cell]] and column[cell] >= column[others[cell]]}


def losers(row, column):
    """Who is better off with neither open than with both open."""
    return [name for name, pays in zip(PLAYERS, (row, column), strict=True) if pays[OPEN] < pays[CLOSED]]


def gainers(row, column):
    return losers(row[::-1], column[::-1])


def content(row, column):
    """Opening is stable, and nobody would rather have neither open."""
    return OPEN in stable(row, column) and not losers(row, column)


ANSWERS = {
    "Yes, if each trusts the other.": lambda *pays: content(*pays) and CLOSED in stable(*pays) and gainers(*pays) != [],
    "Yes. Opening is the only stable outcome.": lambda *pays: content(*pays) and stable(*pays) == {OPEN},
    "Yes. Opening is stable, staying closed is not.": lambda *pays: content(*pays) and CLOSED not in stable(*pays),
    "Opening and staying closed are both stable, and worth the same to both.": lambda *pays: (
        content(*pays) and CLOSED in stable(*pays) and gainers(*pays) == []
    ),
    **{
        f"Opening is stable, but {who} would be better off with neither open.": lambda *pays, names=names: (
            OPEN in stable(*pays) and losers(*pays) == names
        )
        for who, names in (("Ann", ["Ann"]), ("Bob", ["Bob"]), ("both", ["Ann", "Bob"]))
    },
    "No. Staying closed is the only stable outcome.": lambda *pays: stable(*pays) == {CLOSED},
    "No. Staying closed is stable, opening is not.": lambda *pays: (
        CLOSED in stable(*pays) and OPEN not in stable(*pays)
    ),
    "No. One side would open alone.": lambda *pays: set() != stable(*pays) <= {ANN_OPENS, BOB_OPENS},
    "Neither: no outcome is stable.": lambda *pays: stable(*pays) == set(),
}


def test_the_answer_is_true_of_every_table_and_every_answer_is_given():
    orders = [each for each in product(range(4), repeat=4) if set(each) == set(range(len(set(each))))]
    assert len(orders) == 75
    given = set()
    for row, column in product(orders, orders):
        game = Bimatrix(([row[:2], row[2:]], [column[:2], column[2:]]), PLAYERS)
        said = games.signing_answer(game)
        assert ANSWERS[said](row, column), (row, column, said)
        given.add(said)
    assert given == set(ANSWERS)


# -- where the sentences are said


def relabelled_dilemma():
    """A prisoner's dilemma that lists the action that both cannot resist first."""
    return Bimatrix(([[2, 4], [1, 3]], [[2, 1], [4, 3]]), PLAYERS, (("confess", "keep quiet"),) * 2)


def shown(*parts):
    return " ".join(" ".join(parts).split())


def test_analyse_says_of_india_and_the_united_states_what_their_table_says():
    """Opening is best for India only if the United States open: the class, harmony, said otherwise."""
    told = shown(*analysis.analysis(Screen(), analyse(read("corridor:IND-USA"))))
    assert "Harmony. United States is better off with Liberalize, whatever India does." in told
    assert "India is better off doing what United States does." in told
    assert "No other outcome is better for both. From (Defect, Defect) to (Liberalize, Liberalize) both gain." in told
    assert "best for each" not in told


def test_solve_explains_a_relabelled_game_by_its_own_table():
    game = relabelled_dilemma()
    assert classify(game).name == "prisoners-dilemma"
    told = shown(*solve.solution(Screen(), summarise_game(game)))
    assert "Prisoner’s dilemma. Each is better off with confess, whatever the other does." in told
    assert "Only at (confess, confess) does neither gain by changing alone." in told
    assert "Both prefer (keep quiet, keep quiet) to (confess, confess)." in told


def test_demo_and_explore_explain_a_game_by_its_table():
    found = analyse(read("morocco-spain"))
    told = shown(*demo.render_derived_game(Screen(), found, found.document()))
    assert "“Bully” game. Spain is better off with Defect, whatever Morocco does." in told
    assert "From (Defect, Defect) to (Liberalize, Liberalize) Morocco gains and Spain loses." in told
    play = view_model.printed_game(4.0)
    assert games.signing_answer(play.game) == "No. Staying closed is the only stable outcome."
    assert games.short_explanation(play.game) == (
        "“Bully” game. Northmark is better off with Defect, whatever Sudora does. "
        "Sudora is better off doing what Northmark does."
    )
