"""The way down to a fixed point: each column its own, whatever it has beside it."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model import newton
from economy.model.newton import FEW, eliminate, solve_fixed_point, solve_linear_systems
from economy.parameters import Array


@dataclass(frozen=True)
class Spring:
    """T(x) = a cos(x), which has one fixed point for |a| < 1."""

    a: Array


@dataclass(frozen=True)
class Pull:
    """T(x) − x at some x."""

    rest: Array
    x: Array


def read(x, spring):
    return Pull(spring.a * np.cos(x) - x, x)


def slopes(spring, at):
    return (1 + spring.a * np.sin(at.x))[None]


def test_the_fixed_point_of_the_cosine():
    """The Dottie number, 0.739085133215160641655..."""
    rest = solve_fixed_point(Spring(np.ones(1)), np.zeros((1, 1)), read, slopes)
    assert rest.x[0, 0] == pytest.approx(0.7390851332151607, abs=1e-12)
    assert rest.residual[0] <= newton.TOLERANCE


@given(st.lists(st.floats(-0.99, 0.99), min_size=1, max_size=30))
def test_a_column_settles_as_if_it_were_alone(springs):
    a = np.array(springs)
    together = solve_fixed_point(Spring(a), np.zeros((1, a.size)), read, slopes)
    assert together.residual.max() <= newton.TOLERANCE
    for index in range(a.size):
        alone = solve_fixed_point(Spring(a[[index]]), np.zeros((1, 1)), read, slopes)
        assert alone.x[0, 0] == together.x[0, index]


def test_where_newton_goes_astray_small_steps_arrive():
    """Newton's steps for arctan x = 0 grow from |x| > 1.3917 on."""
    start = np.array([[1.0, 1.5, -30.0]])
    rest = solve_fixed_point(
        Spring(np.ones(3)), start, lambda x, spring: Pull(-np.arctan(x), x), lambda _, at: 1 / (1 + at.x**2)[None]
    )
    np.testing.assert_allclose(rest.x, 0, atol=1e-10)


def equations(size, count):
    rng = np.random.default_rng(size)
    return np.eye(size)[..., None] + 0.2 / size * rng.standard_normal((size, size, count)), rng.standard_normal(
        (size, count)
    )


@pytest.mark.parametrize("size", [1, 4, FEW, FEW + 1, 40])
def test_equations_are_solved_in_every_column_and_in_each_alone(size):
    matrix, right = equations(size, 20)
    answer = solve_linear_systems(matrix.copy(), right)
    np.testing.assert_allclose(np.einsum("rcn,cn->rn", matrix, answer), right, atol=1e-10)
    assert np.array_equal(solve_linear_systems(matrix[..., 3:4].copy(), right[:, 3:4])[:, 0], answer[:, 3])


def test_elimination_agrees_with_lapack():
    matrix, right = equations(12, 5)
    known = np.linalg.solve(np.moveaxis(matrix, -1, 0), right.T[..., None])[..., 0].T
    np.testing.assert_allclose(eliminate(matrix, right), known, atol=1e-12)


def test_a_column_without_a_solution_does_not_spoil_the_others():
    matrix, right = equations(FEW + 1, 3)
    fine = solve_linear_systems(matrix.copy(), right)
    matrix[..., 1] = 0
    answer = solve_linear_systems(matrix, right)
    assert np.isnan(answer[:, 1]).all()
    assert np.array_equal(answer[:, [0, 2]], fine[:, [0, 2]])
