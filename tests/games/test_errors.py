"""The errors of wrong input: what they say, and that they survive the way between processes."""

import copy
import errno
import os
import pickle

import pytest

from games.errors import FAILED, InputError, Problem, StorageError, input_error, write_error
from lab.store.errors import StoreMismatch

ONE = Problem("case.toml:gap", "is missing", "write gap = 3")
OTHER = Problem("case.toml:size", "is 0")


def test_the_text_of_an_error_holds_place_reason_and_hint():
    assert str(InputError(ONE, OTHER)) == "case.toml:gap: is missing (hint: write gap = 3)\ncase.toml:size: is 0"


@pytest.mark.parametrize("error", [input_error("gap", "is 0", "write 1"), InputError(ONE, OTHER), StoreMismatch(ONE)])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))])
def test_a_copy_is_the_same_error(error, copied):
    again = copied(error)
    assert type(again) is type(error)
    assert again.problems == error.problems
    assert str(again) == str(error)


@pytest.mark.parametrize("number", FAILED, ids=errno.errorcode.get)
def test_a_disk_that_is_full_or_broken_is_to_blame_itself(number):
    error = write_error(OSError(number, os.strerror(number)), "game.json", "choose a folder that exists")
    assert type(error) is StorageError
    assert error.problems == (
        Problem(
            "game.json",
            f"cannot be written: {os.strerror(number)}",
            "make room on that disk, or name a file on another one",
        ),
    )


def test_of_any_other_fault_in_writing_the_caller_knows_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "nowhere" / "game.json").write_text("", encoding="utf-8")
    error = write_error(caught.value, "game.json", "name a file")
    assert type(error) is InputError
    assert error.problems == (Problem("game.json", "cannot be written: No such file or directory", "name a file"),)


def test_a_fault_without_a_number_is_told_in_its_own_words():
    assert str(write_error(OSError("the tape is torn"), "game.json", "")) == (
        "game.json: cannot be written: the tape is torn"
    )


def test_a_problem_in_a_document_has_its_three_texts():
    assert Problem("gap", "is missing", "write 3").document().to_dict() == {
        "place": "gap",
        "reason": "is missing",
        "hint": "write 3",
    }
