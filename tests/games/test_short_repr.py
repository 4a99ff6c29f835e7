"""A thing in one line: its class and the fields that say something, each in a few characters."""

from dataclasses import dataclass, field, make_dataclass
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon
from games.short_repr import LONGEST, LONGEST_VALUE, short_repr, short_value


@dataclass
class Case:
    title: Any
    seats: Any = ()
    seed: Any = None
    notes: str = field(default="never told", repr=False)

    __repr__ = short_repr


class Cell(NamedTuple):
    row: int
    name: str = ""

    __repr__ = short_repr


class Point(NamedTuple):
    gap: float
    openness: float


def act():
    """A function, of which a name is told."""


# -------------------------------------------------------------------------------------------------- the whole thing


def test_a_dataclass_is_its_class_and_its_fields():
    assert repr(Case("A case", [1, 2], 7)) == "Case(title='A case', seats=[1, 2], seed=7)"


def test_a_named_tuple_is_told_in_the_same_way():
    assert repr(Cell(3, "toll")) == "Cell(row=3, name='toll')"


@pytest.mark.parametrize("empty", [None, "", (), [], {}, set(), frozenset()])
def test_a_field_that_is_empty_is_left_out(empty):
    assert repr(Case("A case", empty, empty)) == "Case(title='A case')"


@pytest.mark.parametrize("value", [0, 0.0, False, Fraction(0)])
def test_nothing_as_a_number_is_told(value):
    assert repr(Case("A case", seed=value)) == f"Case(title='A case', seed={short_value(value)})"


def test_a_field_that_is_not_to_be_shown_is_left_out():
    assert "notes" not in repr(Case("A case", notes="long"))


def test_what_does_not_fit_is_counted():
    kind = make_dataclass("Long", [(f"f{at}", str) for at in range(9)], namespace={"__repr__": short_repr})
    # Each field takes 45 characters and, but for the last one, the comma and the blank behind it: 45 * 4 + 6 = 186.
    told = [f"f{at}='{'x' * 40}'" for at in range(9)]
    assert repr(kind(*["x" * 40] * 9)) == f"Long({', '.join(told[:4])}, and 5 more)"
    assert repr(kind("x" * 40, *[""] * 8)) == f"Long({told[0]})"


def test_a_field_that_alone_is_too_long_is_counted_too():
    kind = make_dataclass("Odd", [("f" * LONGEST, int), ("g", int)], namespace={"__repr__": short_repr})
    assert repr(kind(1, 2)) == "Odd(and 2 more)"


@given(st.lists(st.text(st.characters(max_codepoint=0x24F), max_size=60), min_size=1, max_size=12))
def test_a_thing_is_one_line_and_no_longer_than_its_limit(texts):
    kind = make_dataclass("Long", [(f"f{at}", str) for at in range(len(texts))], namespace={"__repr__": short_repr})
    told = repr(kind(*texts))
    assert told.isprintable()
    assert len(told) <= len("Long()") + LONGEST + len(", and 12 more")


def test_what_cannot_be_seen_is_written_out():
    assert repr(Case("a\x1b[2J\u202eb")) == r"Case(title='a\x1b[2J\u202eb')"
    assert repr(Case(make_dataclass("Odd\u202e", [])())) == r"Case(title=Odd\u202e(...))"


# ---------------------------------------------------------------------------------------------------- single values


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("x" * LONGEST_VALUE, repr("x" * 40)),
        ("x" * (LONGEST_VALUE + 1), repr("x" * 37 + "...")),
        ("it's", '"it\'s"'),
        (1 / 3, "0.333333"),
        (2.0, "2"),
        (1e-9, "1e-09"),
        (np.float64(0.5), "0.5"),
        (np.int64(3), "3"),
        (np.zeros((3, 4)), "array(3, 4)"),
        (np.zeros(7), "array(7,)"),
        (3, "3"),
        (True, "True"),
        (Fraction(1, 3), "Fraction(1, 3)"),
        (Fraction(1, 10**40), "Fraction(...)"),
        (PurePosixPath("a/b"), "PurePosixPath('a/b')"),
        (PurePosixPath("a" * 40), f"PurePosixPath({'a' * 40!r})"),
        (PurePosixPath("a" * 41), f"PurePosixPath({'a' * 37 + '...'!r})"),
    ],
    ids=str,
)
def test_a_value_is_told_in_a_few_characters(value, told):
    assert short_value(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ([1, 2, 3, 4], "[1, 2, 3, 4]"),
        ([1, 2, 3, 4, 5], "<5 entries>"),
        ((1, None, "a", 0.5), "(1, None, 'a', 0.5)"),
        ({1}, "{1}"),
        (frozenset({2}), "frozenset({2})"),
        (["x" * 40], "<1 entry>"),
        ([[1]], "<1 entry>"),
        ([Fraction(1)], "<1 entry>"),
        ({"a": 1}, "<1 entry>"),
        ({"a": 1, "b": 2}, "<2 entries>"),
        ([], "[]"),
        ({}, "<0 entries>"),
    ],
    ids=str,
)
def test_a_list_is_written_out_where_it_is_short_and_simple_and_else_counted(value, told):
    assert short_value(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (canon("bully"), "Bimatrix('bully')"),
        (Bimatrix([[[1]], [[1]]]), "Bimatrix(...)"),
        (Bimatrix([[[1]], [[1]]], name="n" * 50), f"Bimatrix({'n' * 37 + '...'!r})"),
        (Cell(3, "toll"), "Cell('toll')"),
        (Cell(3), "Cell('')"),
        (Point(0.5, 0.1), "Point(...)"),
        (Case("A case"), "Case(...)"),
        (act, "function(...)"),
        (Case, "type(...)"),
    ],
    ids=["game", "game without a name", "long name", "tuple", "empty name", "nameless", "case", "function", "class"],
)
def test_a_thing_inside_a_thing_is_its_class_and_its_name(value, told):
    assert short_value(value) == told


def test_a_thing_with_a_short_text_of_its_own_keeps_it():
    assert short_value(...) == "Ellipsis"
    assert short_value(range(3)) == "range(0, 3)"
    assert short_value(range(10**18, 2 * 10**18, 10**9)) == "range(...)"
