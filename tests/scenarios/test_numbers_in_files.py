"""Numbers that nobody can count with, at every place of a case where a number stands: refused in few words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from games.errors import InputError, Problem
from scenarios import read

Broken = Callable[..., tuple[Problem, ...]]

SCORED = Path(__file__).with_name("broken").joinpath("sound.toml").read_text(encoding="utf-8")
DERIVED = """schema = 1
title = "A case"
seed = 3
[economy]
corridor = "MAR-ESP"
gap = 3
openness = 0.5
tax = 0.1
[agenda]
ladders = ["fee", "levy"]
discount = 0.9
rounds = 3
"""
PRINTED = """schema = 1
title = "A case"
[game]
payoffs = [[[1, 2], [3, 4]], [[1, 2], [3, 4]]]
"""
LONG = {
    "400 digits": "1" + "0" * 400,
    "400 digits below 0": "-1" + "0" * 400,
    "6000 digits": "9" * 6000,
    "6000 digits in base 16": "0x" + "f" * 5000,
}
"""Whole numbers that TOML reads, or that Python does not turn into text."""

_NUMBER = re.compile(r'(?<![\w.\-"])-?\d+(\.\d+)?(?![\w.\-"])')


def places() -> Iterator[tuple[str, int, int]]:
    """Every case, with the places of one number for each way in which a line holds numbers."""
    for text in (SCORED, DERIVED, PRINTED):
        known: set[str] = set()
        for found in _NUMBER.finditer(text):
            line = text[: found.start()].rsplit("\n", 1)[-1]
            kind = re.sub(r"[\d\s.,-]", "", line)
            if kind not in known and "#" not in line and line.count('"') % 2 == 0:
                known.add(kind)
                yield text, *found.span()


PLACES = list(places())


@pytest.mark.parametrize("long", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    ("text", "start", "end"), PLACES, ids=[text[:start].count("\n") + 1 for text, start, _ in PLACES]
)
def test_a_number_of_hundreds_of_digits_is_refused_in_few_words(
    broken: Broken, text: str, start: int, end: int, long: str
):
    for problem in broken(text[:start] + long + text[end:]):
        assert problem.place.startswith("case.toml")
        assert problem.hint
        assert len(problem.reason) + len(problem.hint) < 400
        assert "sys." not in problem.reason


@pytest.mark.parametrize("key", ["economy.gap", "seed", "agenda.rounds", "countries.Spain.gap", "schema", "title"])
@pytest.mark.parametrize("value", [10**400, -(16**5000), [1, {"low": 10**400}], "0x" + "f" * 5000], ids=range(4))
def test_a_change_to_such_a_number_is_refused_where_it_was_written(key: str, value: object):
    with pytest.raises(InputError) as refusal:
        read("morocco-spain", [(key, value)])
    assert {problem.place for problem in refusal.value.problems} == {f"--set {key}"}
    assert all(len(problem.reason) < 200 for problem in refusal.value.problems)


@pytest.mark.parametrize("word", ["9" * 5000, "\u0663", "\u00b2", "0", "3"])
def test_a_place_in_a_list_that_is_no_small_number_names_nothing(word: str):
    with pytest.raises(InputError) as refusal:
        read("morocco-spain", [f"countries.{word}.gap=1"])
    assert "there is no" in refusal.value.problems[0].reason


def test_digits_without_end_in_quotation_marks_do_not_become_infinity(broken: Broken):
    (problem,) = broken(DERIVED.replace("gap = 3", f'gap = "{"9" * 5000}"'))
    assert problem.hint.startswith("write a number from 0.1 to 100")
