"""Single values as people write them: the number that a text means, and what is said of it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.text.toml_scalars import THOUSANDS, ScalarSuggestion, number_of, suggest_number, suggest_scalar

MANY = "9" * 1_000_003
"""More digits than a number of `decimal` may have before its point, also when it counts hundredths."""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", "3"),
        (" 3 ", "3"),
        ("+3", "+3"),
        ("0.25", "0.25"),
        ("1e-3", "1e-3"),
        ("5 %", "0.05"),
        ("-2.5 per cent", "-0.025"),
        ("0,5", "0.5"),
        (".5", "0.5"),
        ("−5", "-5"),
        ("1/4", "0.25"),
        ("1 000", "1000"),
        ("1,000,000", "1000000"),
        ("3,5k", "3500"),
        ("1.25 million", "1250000"),
        ("2 bn", "2000000000"),
        ("12 points", "12"),
        ("€3.5", "3.5"),
    ],
)
def test_a_text_means_the_number_that_stands_in_it(text, number):
    assert suggest_number(text, whole=False) == number


@pytest.mark.parametrize(
    "text",
    ["", "four", "1/3", "true", "yes", "none", "nan", "inf", "[3]", '"3"', "0x10", "1_000", "3 < 4", "1979-05-27"],
)
def test_a_text_without_a_number_that_ends_means_none(text):
    assert suggest_number(text, whole=False) is None


@pytest.mark.parametrize("value", [3, 0.5, None, True, ["3"], {"a": "3"}])
def test_what_is_no_text_means_no_number(value):
    assert suggest_number(value, whole=False) is None
    assert suggest_number(value, whole=True) is None


@pytest.mark.parametrize(("text", "number"), [("3", "3"), ("-007", "-7"), ("12 points", "12"), ("3.0 k", "3000")])
def test_a_whole_number_is_meant_by_a_text_that_holds_one(text, number):
    assert suggest_number(text, whole=True) == number


@pytest.mark.parametrize("text", ["0.5", "3.0", "1e3", "5 %", "1/4"])
def test_another_number_is_no_whole_one(text):
    assert suggest_number(text, whole=True) is None


@given(st.decimals(-(10**9), 10**9, places=6))
def test_a_decimal_comma_is_a_point(number):
    text = f"{number:f}"
    assert number_of(text.replace(".", ",")) == number_of(text)
    assert tomllib.loads(f"value = {number_of(text)}")["value"] == float(number)


@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(THOUSANDS)))
def test_a_word_for_thousands_multiplies(number, word):
    assert suggest_scalar(f"{number} {word}") == ScalarSuggestion(
        f"has a number with a word: {number} {word}", str(number * 10 ** THOUSANDS[word])
    )


@given(st.integers(-(10**9), 10**9))
def test_per_cent_are_hundredths(number):
    meant = suggest_scalar(f"{number} %")
    assert meant is not None
    assert tomllib.loads(f"value = {meant.instead}")["value"] == number / 100


# ------------------------------------------------------------------------------------------------- a million digits


def test_a_number_of_a_million_digits_is_not_counted_with():
    assert number_of("9" * 28) == "9" * 28
    assert number_of(MANY) is None


@pytest.mark.parametrize("ending", [" m", " %", " points", ".", " k"])
def test_a_text_with_a_million_digits_means_no_number(ending):
    assert suggest_scalar(MANY + ending) is None
    assert suggest_number(MANY + ending, whole=False) is None


@pytest.mark.parametrize("word", ["bn", " thousand"])
def test_a_word_that_makes_a_number_too_long_means_no_number(word):
    assert suggest_scalar(MANY[:999_998] + word) is None
