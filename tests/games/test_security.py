"""Values of zero-sum games that have been published, and the laws of a value."""

import time
from fractions import Fraction
from math import inf
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import games.equilibria.security
from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.enumeration import enumerate_equilibria
from games.equilibria.security import security, zero_sum_value


def matrix(rows):
    return Bimatrix([rows, rows]).payoffs[0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[-2, 3], [3, -4]], "1/12"),  # Odd or Even: Ferguson, Game Theory, part II
        ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], "0"),  # rock, paper, scissors
        ([[5, -5, -5, -5], [-5, -5, 5, 5], [-5, 5, -5, 5], [-5, 5, 5, -5]], "-1"),  # O'Neill 1987, PNAS 84
        ([[4, 1, 8], [2, 3, 1], [0, 4, 3]], "5/2"),  # mixed support: checked by hand, columns 1 and 2 matter
        ([[7]], "7"),
        ([[1, 2, 3]], "1"),
        ([[1], [2], [3]], "3"),
        ([[4, 4], [4, 4]], "4"),
    ],
)
def test_published_values(rows, expected):
    assert zero_sum_value(matrix(rows)) == Fraction(expected)


@pytest.mark.parametrize(("name", "levels"), [("cooperative", (3, 3)), ("bully", (2, 2)), ("matching-pennies", (0, 0))])
def test_security_levels_of_printed_games(name, levels):
    assert security(canon(name)) == levels


rectangles = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-5, 5), min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(max_examples=80, deadline=None)
@given(rectangles, st.integers(1, 4), st.integers(-9, 9))
def test_what_one_secures_is_what_the_other_concedes_in_any_unit(rows, scale, shift):
    level = zero_sum_value(matrix(rows))
    mirrored = [[-rows[i][j] for i in range(len(rows))] for j in range(len(rows[0]))]
    assert zero_sum_value(matrix(mirrored)) == -level
    assert zero_sum_value(matrix([[x * scale + shift for x in row] for row in rows])) == level * scale + shift


@settings(max_examples=60, deadline=None)
@given(rectangles)
def test_the_value_is_what_equilibria_of_the_zero_sum_game_pay(rows):
    game = Bimatrix([rows, [[-x for x in row] for row in rows]])
    row, column = enumerate_equilibria(*game.payoffs, time.perf_counter() + 10).pairs[0]
    pays = sum(
        p * q * x for p, line in zip(row, game.payoffs[0], strict=True) for q, x in zip(column, line, strict=True)
    )
    assert zero_sum_value(game.payoffs[0]) == pays


@pytest.mark.parametrize("seconds", [-1.0, 0.05])
def test_the_clock_is_kept(seconds):
    game = matrix(np.random.default_rng(4).integers(0, 10**9, (60, 60)))
    with pytest.raises(TimeoutError):
        zero_sum_value(game, time.perf_counter() + seconds)


def test_the_clock_is_looked_at_in_the_middle_of_the_work(monkeypatch):
    # Reading the payoffs goes by the true clock and is in time; for the simplex steps time is up.
    monkeypatch.setattr(games.equilibria.security, "time", SimpleNamespace(perf_counter=lambda: inf))
    with pytest.raises(TimeoutError):
        zero_sum_value(matrix([[0, 1], [1, 0]]), time.perf_counter() + 10)


def test_a_saddle_point_needs_no_simplex_and_no_time():
    assert zero_sum_value(matrix(np.arange(10_000).reshape(2, 5000)), time.perf_counter() - 1) == 5000
