"""No game hangs: what ten thousand cells can do to a clock. These are bounds on hanging, not measurements."""

import sys
import time
from fractions import Fraction

import numpy as np
import pytest

import games.equilibria.solve
from games.bimatrix import Bimatrix
from games.equilibria.solve import profile_regret, solve
from games.summary import summarise_game

GRACE = 1.0
"""Seconds of the processor's time beyond the timeout on a slow machine; a quick one keeps within 0.2."""

SHAPES = [(100, 100), (50, 200), (2, 5000), (1, 10_000), (5000, 2)]


def zeros(shape):
    return Bimatrix(np.zeros((2, *shape), int))


def integers(shape):
    return Bimatrix(np.random.default_rng(1).integers(-1000, 1000, (2, *shape)))


def ties(shape):
    return Bimatrix(np.random.default_rng(2).integers(0, 3, (2, *shape)))


def derived(shape):
    return Bimatrix(np.random.default_rng(3).random((2, *shape)), tolerance=1e-6)


def diagonal(shape):
    """Coordination: the corners of the polyhedra double with every action."""
    return Bimatrix([np.eye(*shape, dtype=int)] * 2)


def rationals(shape):
    """No two payoffs have a denominator in common: the smallest unit of all has a million digits."""
    rows, columns = shape
    return Bimatrix(
        [
            [
                [Fraction(i * 7919 + j * 104729 + k, 10**20 + i * 131 + j * 17 + k) for j in range(columns)]
                for i in range(rows)
            ]
            for k in (0, 1)
        ]
    )


KINDS = [zeros, integers, ties, derived, rationals]


def bounded(game, timeout):
    start = time.process_time()
    found = summarise_game(game, timeout=timeout)
    # The tracer of a coverage run takes processor time of its own.
    assert time.process_time() - start < timeout + GRACE or sys.gettrace() is not None
    answer = found.to_dict()
    assert answer["complete"] or answer["note"]
    missing = answer["security"] is None or answer["solutions"] is None
    assert missing == ("did not finish in time" in (answer["note"] or ""))
    for one in found.equilibria.equilibria[:3]:
        assert profile_regret(game.with_exact_ties(), (one.row, one.column)) == (0, 0)
    return found


@pytest.mark.parametrize(
    ("shape", "kind"),
    [(SHAPES[0], zeros), (SHAPES[1], integers), (SHAPES[2], derived), (SHAPES[3], rationals), (SHAPES[4], ties)],
)
def test_ten_thousand_cells_end_soon_after_their_time(shape, kind):
    bounded(kind(shape), 0.5)


@pytest.mark.full
@pytest.mark.parametrize("timeout", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_ten_thousand_cells_ends_soon_after_its_time(shape, kind, timeout):
    bounded(kind(shape), timeout)


@pytest.mark.full
@pytest.mark.parametrize("timeout", [0.5, 2.0])
@pytest.mark.parametrize("shape", [(3, 100), (4, 60), (30, 20), (50, 100), (60, 60)])
@pytest.mark.parametrize("kind", [ties, derived, diagonal])
def test_games_with_more_corners_than_time_end_soon_after_it(shape, kind, timeout):
    bounded(kind(shape), timeout)


@pytest.mark.parametrize("size", [12, 15, 20])
def test_games_at_the_edge_of_what_can_be_solved_end_too(size):
    bounded(integers((size, size)), 0.3)


def test_time_may_run_out_while_the_answer_is_written_down(monkeypatch):
    # The solver itself gets ten seconds, and what comes after it less than none.
    monkeypatch.setattr(games.equilibria.solve, "_RESERVED", -10_000)
    game = Bimatrix([np.eye(7, dtype=int)] * 2)
    found = solve(game, timeout=1e-3)
    assert not found.complete
    assert [one.kind for one in found.equilibria] == ["pure"] * 7
    assert "did not finish" in (found.note or "")


def test_a_list_that_would_fill_the_memory_is_cut_and_told():
    found = solve(zeros((1, 10_000)))
    assert not found.complete
    assert len(found.equilibria) == 199
    assert "too large" in (found.note or "")


def test_payoffs_of_a_million_digits_in_one_unit_are_told_to_be_too_large():
    found = solve(rationals((60, 60)))
    assert not found.complete
    assert "too large for the exact solver" in (found.note or "")
