"""Numbers keep the value that a person meant, and what is no number is refused with a hint."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from games.numerals import exact, glance, written


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (3, "3"),
        (0.1, "1/10"),
        (1e-12, "1/1000000000000"),
        ("1/3", "1/3"),
        (" -2.50 ", "-5/2"),
        ("1e3", "1000"),
        (".5", "1/2"),
        (Decimal("0.30"), "3/10"),
        (Fraction(2, 7), "2/7"),
        (np.float64(0.1), "1/10"),
        (np.int64(-4), "-4"),
    ],
)
def test_a_number_means_what_it_prints(value, meant):
    assert exact(value) == Fraction(meant)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("1e999999999"),
        Decimal("1e-999999999"),
        "1e9999",
        "1/0",
        "one",
        "",
        "9" * 500,
        "1_000",
        True,
        None,
        [1],
        1j,
        10**400,
        pytest.param(-(10**5000), id="huge"),
    ],
)
def test_what_is_no_finite_number_is_refused_with_a_hint(value):
    with pytest.raises(InputError) as refusal:
        exact(value, "payoffs[0][0][0]")
    (problem,) = refusal.value.problems
    assert problem.place == "payoffs[0][0][0]"
    assert problem.hint
    assert len(problem.reason) < 120


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_what_is_written_is_read_back(number):
    assert exact(written(number)) == number


@given(st.floats(-1e300, 1e300))
def test_a_float_is_written_as_it_prints(number):
    assert float(written(exact(number))) == number


def test_a_glance_is_short():
    assert [glance(Fraction(text)) for text in ("3", "0.25", "1/3", "123456789/7", "0.123456")] == [
        "3",
        "0.25",
        "1/3",
        "1.764e+07",
        "0.1235",
    ]
