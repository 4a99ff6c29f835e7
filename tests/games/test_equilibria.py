"""`solve`: complete and exact, with a second opinion; and never silent about what it could not do."""

import subprocess
import sys
from fractions import Fraction
from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import games.equilibria.solve
from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.equilibrium import Equilibrium, Subset
from games.equilibria.solve import profile_regret, solve
from games.errors import InputError

ONE, NONE, HALF = Fraction(1), Fraction(0), Fraction(1, 2)


def small_games():
    matrix = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=3, max_size=3)
    return st.tuples(matrix, matrix).map(Bimatrix)


def test_the_bully_has_one_equilibrium():
    found = solve(canon("bully"))
    assert found.equilibria == (Equilibrium((NONE, ONE), (NONE, ONE), (Fraction(2), Fraction(2)), "pure", strict=True),)
    assert found.subsets == (Subset((0,), "point"),)
    assert (found.components, found.complete, found.degenerate) == (((0,),), True, False)
    assert found.note == "Nashpy finds the same equilibrium."


def test_the_cooperation_game_has_three():
    found = solve(canon("cooperative"))
    assert [(one.row, one.column, one.payoffs, one.kind, one.strict) for one in found.equilibria] == [
        ((1, 0), (1, 0), (5, 5), "pure", True),
        ((0, 1), (0, 1), (3, 3), "pure", True),
        ((HALF, HALF), (HALF, HALF), (3, 3), "mixed", False),
    ]
    assert found.note == "Nashpy finds the same 3 extreme points."


def test_a_tie_opens_a_continuum_and_its_ends_are_not_strict():
    # With b = 3 at (Liberalize, Defect) and (Liberalize, Liberalize) the origin no longer cares once the host opens.
    found = solve(Bimatrix([[[5, 1], [3, 3]], [[3, 3], [1, 3]]]), opinion=False)
    assert found.degenerate
    assert found.subsets == (Subset((0, 2), "continuum"), Subset((1,), "point"))
    assert [one.strict for one in found.equilibria] == [False, True, False]
    assert found.equilibria[2].column == (HALF, HALF)


@settings(max_examples=50, deadline=None)
@given(small_games())
def test_nobody_regrets_an_equilibrium_nor_any_mixture_inside_a_subset(game):
    found = solve(game, opinion=False)
    for one in found.equilibria:
        assert profile_regret(game, (one.row, one.column)) == (0, 0)
        assert sum(one.row) == sum(one.column) == 1
    for subset in found.subsets:
        inside = [found.equilibria[k] for k in subset.vertices]
        row, column = (
            tuple(sum(weights, NONE) / len(inside) for weights in zip(*strategies, strict=True))
            for strategies in ([one.row for one in inside], [one.column for one in inside])
        )
        assert profile_regret(game, (row, column)) == (0, 0)


def test_regret_is_what_changing_alone_would_bring():
    assert profile_regret(canon("bully"), ((ONE, NONE), (ONE, NONE))) == (1, 0)
    assert profile_regret(canon("bully"), ((NONE, ONE), (ONE, NONE))) == (0, 1)


@settings(max_examples=25, deadline=None)
@given(small_games())
def test_nashpy_agrees_or_the_game_is_degenerate(game):
    found = solve(game)
    assert found.note is not None
    assert found.degenerate or "the same" in found.note


def test_a_poorer_second_opinion_is_told(monkeypatch):
    monkeypatch.setattr(games.equilibria.solve, "_enumerated", lambda *_: [])
    assert solve(Bimatrix([[[0, 0]], [[0, 0]]])).note == "Nashpy finds 0 of 2 extreme points: the game is degenerate."
    assert solve(canon("cooperative")).note == "Nashpy finds 0 of 3 extreme points: its floats lose them."


THREE = Bimatrix([np.eye(3, dtype=int)] * 2)
"""Seven equilibria, which both methods of Nashpy find."""
TIED = Bimatrix([[[1, 1, 0], [1, 0, 0], [0, 0, 2]], [[1, 1, 0], [0, 0, 3], [0, 3, 2]]])
"""Its supports miss some extreme points, its vertices do not."""


def broken(*_):
    yield from ()
    raise ValueError("geometry")


def test_a_method_of_nashpys_that_fails_leaves_the_word_to_the_other(monkeypatch):
    import nashpy

    monkeypatch.setattr(games.equilibria.solve, "_supports", lambda: broken)
    assert solve(THREE).note == "Nashpy finds the same 7 extreme points."
    monkeypatch.setattr(nashpy.Game, "vertex_enumeration", broken)
    assert solve(THREE).note == "Nashpy finds 0 of 7 extreme points: its floats lose them."


def test_a_2x2_game_is_asked_by_supports_alone(monkeypatch):
    monkeypatch.setattr(games.equilibria.solve, "_package", lambda: pytest.fail("the whole of Nashpy is loaded"))
    assert solve(canon("cooperative")).note == "Nashpy finds the same 3 extreme points."
    tie = solve(Bimatrix([[[1, 1], [1, 0]], [[1, 0], [1, 0]]]))
    assert tie.degenerate
    assert "Nashpy finds" in (tie.note or "")


def test_supports_of_unequal_size_are_not_found_in_a_2x2_game():
    # The host opens and the origin mixes half and half: one action against two.
    tie = solve(Bimatrix([[[5, 1], [3, 3]], [[3, 3], [1, 3]]]))
    assert tie.note == "Nashpy finds 2 of 3 extreme points: the game is degenerate."


def test_a_2x2_game_loads_neither_the_whole_of_nashpy_nor_scipy():
    asked = "found = games.solve(c.canon('bully')); assert 'Nashpy finds the same' in found.note"
    heavy = "{'nashpy', 'scipy', 'networkx'} & set(sys.modules)"
    code = f"import sys, games, games.canon as c; {asked}; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_second_opinion_that_loads_too_slowly_is_not_waited_for(monkeypatch):
    go = Event()
    monkeypatch.setattr(games.equilibria.solve, "_package", lambda: go.wait(60))
    found = solve(TIED, timeout=1)
    assert found.complete
    assert found.note is not None
    assert found.note.endswith("by supports; no time was left to ask it by vertices.")
    assert not go.is_set()
    monkeypatch.setattr(games.equilibria.solve, "_supports", lambda: go.wait(60))
    assert solve(canon("bully"), timeout=0.2).note is None
    go.set()


@pytest.mark.parametrize("unit", ["1e-12", "1e12", "1e-250"])
def test_units_do_not_matter_to_either_solver(unit):
    A, B = (np.array(matrix) for matrix in canon("cooperative").payoffs)
    found = solve(Bimatrix([A * Fraction(unit) - 7, B * Fraction(unit)]))
    assert [one.kind for one in found.equilibria] == ["pure", "pure", "mixed"]
    assert found.note == "Nashpy finds the same 3 extreme points."


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (4, 1), (2, 2), (3, 3)])
def test_where_nothing_matters_every_cell_is_a_corner_of_one_continuum(shape):
    found = solve(Bimatrix(np.zeros((2, *shape))))
    assert len(found.equilibria) == shape[0] * shape[1]
    assert found.components == ((0,),)
    assert {one.strict for one in found.equilibria} == {shape == (1, 1)}


def test_differences_below_the_tolerance_are_ties_but_payoffs_stay_the_games_own():
    payoffs = [[[5, 1], [3, 3]], [[3, "3.0000001"], [1, 3]]]
    apart, tied = solve(Bimatrix(payoffs), opinion=False), solve(Bimatrix(payoffs, tolerance=1e-6), opinion=False)
    assert not apart.degenerate
    assert tied.degenerate
    assert tied.equilibria[0].payoffs == (5, 3)


# ----------------------------------------------------------------------------------------------------- bounds


@pytest.mark.parametrize("size", [14, 40])
def test_what_cannot_be_finished_is_told_and_what_is_listed_is_true(size):
    game = Bimatrix(np.random.default_rng(size).integers(0, 99, (2, size, size)))
    found = solve(game, timeout=0.2)
    assert not found.complete
    assert "did not finish in 0.2 s" in (found.note or "")
    assert (found.degenerate, found.subsets, found.components) == (None, (), ())
    assert "Lemke-Howson" in found.method
    assert all(profile_regret(game, (one.row, one.column)) == (0, 0) for one in found.equilibria)


def test_pure_equilibria_are_all_listed_even_then():
    size = 30
    found = solve(Bimatrix([np.eye(size, dtype=int)] * 2), timeout=0.1)
    assert not found.complete
    assert sum(one.strict for one in found.equilibria) == size


@pytest.mark.parametrize(("name", "kinds"), [("matching-pennies", ["mixed"]), ("coordination", ["pure", "pure"])])
def test_what_several_paths_lead_to_is_listed_once(monkeypatch, name, kinds):
    def gives_up(*_):
        raise TimeoutError

    monkeypatch.setattr(games.equilibria.solve, "enumerate_equilibria", gives_up)
    found = solve(canon(name))
    assert [one.kind for one in found.equilibria] == kinds
    assert all(profile_regret(canon(name), (one.row, one.column)) == (0, 0) for one in found.equilibria)
    assert not found.complete


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf")])
def test_a_timeout_is_a_number_of_seconds(timeout):
    with pytest.raises(InputError):
        solve(canon("bully"), timeout)


def test_an_answer_ends_at_two_million_probabilities():
    found = solve(Bimatrix(np.zeros((2, 1, 10_000))))
    assert not found.complete
    assert len(found.equilibria) == 199
    assert "199 of 10000 pure equilibria are listed" in (found.note or "")


def test_two_rows_and_thousands_of_columns_still_get_their_pure_equilibria():
    found = solve(Bimatrix([np.arange(10_000).reshape(2, 5000)] * 2), timeout=1)
    assert [one.payoffs for one in found.equilibria] == [(9999, 9999)]
    assert "too large for the exact solver" in (found.note or "")
