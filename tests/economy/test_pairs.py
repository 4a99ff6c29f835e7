"""Values of pairs of countries: every index against the square array that it stands for."""

import numpy as np
import pytest

from economy.model.pairs import (
    at_host,
    from_square,
    hosts,
    opposite,
    sum_by_host,
    sum_by_origin,
    sum_skills,
    to_square,
    towards_later,
)

SIZES = pytest.mark.parametrize("count", [2, 3, 5])


def square(count, *more):
    """A random (origin, host, ...) array with zeros on the diagonal."""
    values = np.random.default_rng(count).standard_normal((count, count, *more))
    values[range(count), range(count)] = 0
    return values


def test_the_partners_of_a_country_are_the_others_in_order():
    assert hosts(3).tolist() == [[1, 2], [0, 2], [0, 1]]
    assert hosts(2).tolist() == [[1], [0]]


@SIZES
def test_a_square_array_comes_back(count):
    values = square(count, 2, 7)
    assert from_square(values).shape == (count, count - 1, 2, 7)
    assert np.array_equal(to_square(from_square(values)), values)


@SIZES
def test_sums_and_the_opposite_direction(count):
    values = square(count, 2, 7)
    pairs = from_square(values)
    assert np.array_equal(to_square(opposite(pairs)), values.swapaxes(0, 1))
    np.testing.assert_allclose(sum_by_origin(pairs), values.sum(axis=1), atol=1e-14)
    np.testing.assert_allclose(sum_by_host(pairs), values.sum(axis=0), atol=1e-14)
    np.testing.assert_allclose(to_square(sum_skills(pairs)), values.sum(axis=2), atol=1e-14)


@SIZES
def test_a_value_of_the_host(count):
    wages = np.arange(2.0 * count).reshape(count, 2)
    for origin, partner in np.ndindex(count, count - 1):
        assert np.array_equal(at_host(wages)[origin, partner], wages[hosts(count)[origin, partner]])


def test_a_value_with_a_direction_goes_from_the_earlier_to_the_later_country():
    expected = [[0, 0.3, 0.3], [0, 0, 0.3], [0, 0, 0]]
    assert np.array_equal(to_square(towards_later(0.3, 3))[..., 0], expected)
    assert np.array_equal(to_square(towards_later(np.array([0.3, 0.6]), 3))[..., 1], 2 * np.array(expected))
    given = from_square(square(3, 4))
    assert np.array_equal(towards_later(given, 3), given)
