"""How numbers are printed, and how errors carry their problems."""

import json
from fractions import Fraction

import numpy as np
import pytest

from games.errors import InputError, Problem, input_error
from games.json_values import to_json_value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0.1 + 0.2, "0.3"),
        (-0.0, "0.0"),
        (1e-15, "1e-15"),
        (Fraction(6, 3), "2"),
        (Fraction(1, 3), "0.333333333333"),
        (np.float64(2.5), "2.5"),
        (np.array([[1, 2], [3, 4]]), "[[1, 2], [3, 4]]"),
        ({"a": (True, None, "x")}, '{"a": [true, null, "x"]}'),
        (range(2), "[0, 1]"),
    ],
)
def test_values_are_printed_alike_on_every_machine(value, printed):
    assert json.dumps(to_json_value(value)) == printed


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.array([np.nan])])
def test_a_result_never_holds_what_is_no_number(value):
    with pytest.raises(ValueError, match="a result holds"):
        to_json_value(value)


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError):
        to_json_value(object())


def test_an_error_names_every_place():
    error = InputError(Problem("case.toml:gap", "is missing", "write gap = 3"), Problem("case.toml:size", "is 0"))
    assert str(error) == "case.toml:gap: is missing (hint: write gap = 3)\ncase.toml:size: is 0"
    assert input_error("gap", "is missing").problems == (Problem("gap", "is missing", ""),)
