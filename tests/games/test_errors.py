"""The errors of wrong input: what they say, and that they survive the way between processes."""

import copy
import pickle

import pytest

from games.errors import InputError, Problem, refuse
from lab.store.errors import StoreMismatch

ONE = Problem("case.toml:gap", "is missing", "write gap = 3")
OTHER = Problem("case.toml:size", "is 0")


def test_the_text_of_an_error_holds_place_reason_and_hint():
    assert str(InputError(ONE, OTHER)) == "case.toml:gap: is missing (hint: write gap = 3)\ncase.toml:size: is 0"


@pytest.mark.parametrize("error", [refuse("gap", "is 0", "write 1"), InputError(ONE, OTHER), StoreMismatch(ONE)])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_a_copy_is_the_same_error(error, copied):
    again = copied(error)
    assert type(again) is type(error)
    assert again.problems == error.problems
    assert str(again) == str(error)
