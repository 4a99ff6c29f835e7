"""Numbers keep the value that a person meant, and what is no number is refused with a hint."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from games.exact_numbers import (
    check_seconds,
    check_slack,
    exact,
    format_exact,
    format_rounded,
    format_value,
    is_finite,
    long_number,
    parse_integer,
)


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
    assert exact(format_exact(number)) == number


@given(st.floats(-1e300, 1e300))
def test_a_float_is_written_as_it_prints(number):
    assert float(format_exact(exact(number))) == number


def test_a_glance_is_short():
    assert [format_rounded(Fraction(text)) for text in ("3", "0.25", "1/3", "123456789/7", "0.123456")] == [
        "3",
        "0.25",
        "1/3",
        "1.764e+07",
        "0.1235",
    ]


# ---------------------------------------------------------------------------------- what is written can be read

LONG = [
    Fraction(1, 3**600),
    Fraction(10**299 + 1, 7**1000),
    Fraction(-(3**600), 2**900),
    Fraction(1, 10**2900),
    Fraction(10**300),
    Fraction("0." + "3" * 440),
]


@pytest.mark.parametrize("number", LONG, ids=range(len(LONG)))
def test_a_long_number_that_is_accepted_is_written_and_read_back(number):
    assert exact(exact(number)) == number
    assert exact(format_exact(number)) == number


@settings(max_examples=50)
@given(st.integers(-(10**300), 10**300), st.integers(1, 2**9_000))
def test_no_number_that_is_accepted_is_too_long_to_be_read_back(top, bottom):
    number = exact(Fraction(top, bottom))
    assert exact(format_exact(number)) == number


def test_a_long_decimal_keeps_its_last_digit():
    assert exact("0." + "3" * 440) == Fraction(int("3" * 440), 10**440)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(Fraction(10) ** 5000, id="a long fraction above 1e300"),
        pytest.param(Fraction(1, 10**5000), id="a long fraction near 0"),
        pytest.param(Fraction(1, 3**7000), id="a denominator beyond ten thousand bits"),
        pytest.param(Decimal("1e-5000"), id="a small decimal"),
        pytest.param(Decimal("1e999999999"), id="a huge decimal"),
        pytest.param("1e-5000", id="a small decimal as text"),
        pytest.param("0." + "3" * 5000, id="a decimal of 5000 digits"),
        pytest.param("1/" + "3" * 5000, id="a denominator of 5000 digits"),
        pytest.param("9" * 5000, id="a whole number of 5000 digits"),
        pytest.param("-1e999999999", id="a huge text"),
        pytest.param([10**5000], id="a list with a long number in it"),
        pytest.param("x" * 10**6, id="a long text"),
        pytest.param("9" * 10**6 + "x", id="digits without end and a letter"),
        pytest.param("1/" + "9" * 10**6, id="a denominator of a million digits"),
    ],
)
def test_a_number_of_thousands_of_digits_is_refused_in_a_moment_and_in_few_words(value):
    with pytest.raises(InputError) as refusal:
        exact(value, "a place")
    (problem,) = refusal.value.problems
    assert problem.place == "a place"
    assert problem.hint
    assert len(problem.reason) < 120
    assert "sys." not in problem.reason


@pytest.mark.parametrize("text", ["0e99999", "0.0e-99999999999999999999999", "0E+9"])
def test_nothing_is_nothing_whatever_its_exponent(text):
    assert exact(text) == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1e20000", "not a number below 1e300"),
        ("1e99999999999999999999999", "not a number below 1e300"),
        ("9" * 500, "not a number below 1e300"),
        ("1e-99999999999999999999999", "too many digits"),
        ("1e0000000000000000000400", "too large"),
        ("1e", "not a number"),
        ("1e+", "not a number"),
        ("1e-", "not a number"),
    ],
)
def test_what_is_wrong_with_an_exponent_is_said(text, reason):
    with pytest.raises(InputError, match=reason):
        exact(text)


def test_zeros_before_an_exponent_do_not_count():
    assert exact("25e-0000000000000000000002") == Fraction(1, 4)


def test_a_small_number_is_not_called_no_number():
    with pytest.raises(InputError, match="too many digits"):
        exact(Decimal("1e-5000"))


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (Fraction(10**600), "1e+600"),
        (Fraction(10**600 + 7, 3), "3.333e+599"),
        (-Fraction(10**5000), "-1e+5000"),
        (Fraction(1, 10**600), "1e-600"),
        (Fraction(-2, 3 * 10**320), "-6.667e-321"),
        (Fraction(10**5000, 10**5000 + 1), "1"),
        (Fraction(3, 10**5), "3e-05"),
    ],
)
def test_a_product_of_payoffs_beyond_every_float_has_a_glance(number, told):
    assert format_rounded(number) == told


def test_a_number_of_any_length_is_written():
    assert format_exact(Fraction(10**5000)) == "1" + "0" * 5000
    assert format_exact(Fraction(10**5000, 3)) == "1" + "0" * 5000 + "/3"


# ------------------------------------------------------------------------------------ texts of the command line


@pytest.mark.parametrize(
    ("text", "value"), [(" 2 ", 2.0), ("+.5", 0.5), ("1/4", 0.25), ("0.1", 0.1), ("1e-400", 0.0), ("1e300", 1e300)]
)
def test_a_text_becomes_the_nearest_float(text, value):
    assert float(exact(text, "--set gap")) == value


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "-inf", "1_000", "1e999999999", "1e301", "9" * 5000, "1/0", "0x10", "four"]
)
def test_a_text_that_is_no_finite_number_is_refused_with_the_hint_of_its_place(text):
    with pytest.raises(InputError) as refusal:
        exact(text, "--set gap", "write it like --set gap=4")
    assert [(problem.place, problem.hint) for problem in refusal.value.problems] == [
        ("--set gap", "write it like --set gap=4")
    ]
    assert len(refusal.value.problems[0].reason) < 120


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), (" 12 ", 12), ("-3", -3), ("+2", 2), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None)]
    + [(text, None) for text in ("", "1.0", "1_000", "\u0661", "\u00b2", "1e3", "0x10", "- 1", "nan")],
)
def test_a_whole_number_is_plain_digits(text, number):
    assert parse_integer(text) == number


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), 10**400])
def test_a_time_limit_is_a_number_of_seconds_above_0(value):
    with pytest.raises(InputError, match="not a number of seconds above 0"):
        check_seconds(value, "--timeout")


def test_a_time_limit_is_returned_as_it_is():
    assert check_seconds(0.5, "--timeout") == 0.5


@pytest.mark.parametrize(
    ("value", "told"),
    [(Fraction(1, 3), "1/3"), ("x", "'x'"), (Decimal("1e400"), "1E+400"), ("y" * 100, "'" + "y" * 36 + "...")],
)
def test_a_value_in_a_message_is_short(value, told):
    assert format_value(value) == told


# ------------------------------------------------------------------------------------------- values of other files


@pytest.mark.parametrize("value", [0, -3, 0.1, 1e308, -1e308, 10**308, np.float64(2.5)])
def test_a_number_that_fits_a_float_is_finite(value):
    assert is_finite(value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), -float("inf"), 10**309, -(10**309), True, False, None, "1", Fraction(1), 1j, [1]],
)
def test_every_other_value_is_not(value):
    assert not is_finite(value)


@pytest.mark.parametrize("value", [True, False, -1, float("inf"), "0", None])
def test_an_amount_is_a_finite_number_from_0(value):
    with pytest.raises(InputError) as refusal:
        check_slack(value, "--tolerance")
    told = f"{format_value(value)} is not a finite number of 0 or above (hint: write 0, or a small amount)"
    assert str(refusal.value) == f"--tolerance: {told}"


LONG_WHOLE = 10**30
"""The least whole number of more than 30 digits."""


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (LONG_WHOLE, ()),
        (-LONG_WHOLE, ()),
        (10**5000, ()),
        ([LONG_WHOLE], ("1",)),
        ((1, 2, LONG_WHOLE), ("3",)),
        ({"gap": LONG_WHOLE}, ("gap",)),
        ({"seats": [{"votes": 1}, {"votes": [0, -LONG_WHOLE]}]}, ("seats", "2", "votes", "2")),
        ({"a": [LONG_WHOLE], "b": LONG_WHOLE}, ("a", "1")),
        ({3: LONG_WHOLE}, ("3",)),
    ],
    ids=range(9),
)
def test_the_first_long_number_is_found_with_its_place(value, place):
    assert long_number(value) == place


@pytest.mark.parametrize(
    "value",
    [LONG_WHOLE - 1, 1 - LONG_WHOLE, 0, True, 1e300, "9" * 50, None, [], {}, {"a": [1, (2, "3")]}, {LONG_WHOLE: 1}],
)
def test_where_no_value_is_a_long_number_none_is_found(value):
    assert long_number(value) is None
