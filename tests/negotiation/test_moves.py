"""Moves are equal only within their kind, and a move that is written as a JSON object is read back unchanged."""

from __future__ import annotations

import json
import pickle
from itertools import permutations
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.protocols.moves import (
    CHOICES,
    KINDS,
    Accept,
    Hold,
    Move,
    Offer,
    PhaseEnd,
    Reject,
    Request,
    Shock,
    Vote,
    Walk,
    Withdraw,
    decode,
    encode,
)

COUNTS = st.integers(min_value=0)
REQUESTS = st.lists(st.tuples(COUNTS, COUNTS)).map(tuple)
MOVES_OF_KIND: dict[type[Move], st.SearchStrategy[Move]] = {
    Request: st.builds(Request, COUNTS, REQUESTS),
    Offer: st.builds(Offer, COUNTS, COUNTS),
    Accept: st.builds(Accept, COUNTS),
    Reject: st.builds(Reject, COUNTS),
    Withdraw: st.builds(Withdraw, COUNTS),
    Hold: st.builds(Hold, COUNTS),
    Walk: st.builds(Walk, COUNTS, st.text()),
    Vote: st.builds(Vote, COUNTS, COUNTS, st.sampled_from(sorted(CHOICES))),
    PhaseEnd: st.builds(PhaseEnd, st.text()),
    Shock: st.builds(Shock, st.text()),
}
SAMPLES: tuple[Move, ...] = (
    Request(0, ((0, 2), (3, 1))),
    Offer(1, 7),
    Accept(0),
    Reject(0),
    Withdraw(0),
    Hold(0),
    Walk(1, "it would not have passed at home"),
    Vote(0, 2, -1),
    PhaseEnd("time"),
    Shock("recession"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_every_kind_is_covered() -> None:
    """The named kinds, the strategies and the samples are the kinds of the union, no more and no fewer."""
    kinds = set(get_args(Move))
    assert set(KINDS.values()) == kinds == set(MOVES_OF_KIND) == {type(move) for move in SAMPLES}


@given(st.one_of(*MOVES_OF_KIND.values()))
def test_a_move_is_read_back_through_json(move: Move) -> None:
    """`decode` is the inverse of `encode`, also after the text of the JSON object was written and read."""
    for document in (encode(move), json.loads(json.dumps(encode(move)))):
        found = decode(document)
        assert found == move
        assert type(found) is type(move)
        assert encode(found) == encode(move)


def test_documents_by_value() -> None:
    """The documents of all kinds, written out."""
    assert [encode(move) for move in SAMPLES] == [
        {"kind": "request", "party": 0, "asks": [[0, 2], [3, 1]]},
        {"kind": "offer", "party": 1, "package": 7},
        {"kind": "accept", "party": 0},
        {"kind": "reject", "party": 0},
        {"kind": "withdraw", "party": 0},
        {"kind": "hold", "party": 0},
        {"kind": "walk", "party": 1, "reason": "it would not have passed at home"},
        {"kind": "vote", "party": 0, "group": 2, "choice": -1},
        {"kind": "phase end", "reason": "time"},
        {"kind": "shock", "name": "recession"},
    ]


def test_integers_of_numpy_become_json() -> None:
    """A package may be a NumPy integer; a number that is not whole is an error and is not rounded."""
    assert json.dumps(encode(Offer(0, np.int64(7)))) == '{"kind": "offer", "party": 0, "package": 7}'  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        encode(Offer(0, 7.5))  # type: ignore[arg-type]


@given(COUNTS, COUNTS, st.text())
def test_different_kinds_are_never_equal(first: int, second: int, word: str) -> None:
    """Moves of different kinds with the same fields differ, in both directions and in sets."""
    alike: tuple[tuple[Move, ...], ...] = (
        (Accept(first), Reject(first), Withdraw(first), Hold(first)),
        (PhaseEnd(word), Shock(word)),
        (Offer(first, second), Walk(first, second), Request(first, second)),  # type: ignore[arg-type]
    )
    for moves in alike:
        for one, other in permutations(moves, 2):
            assert one != other
            assert not one == other  # noqa: SIM201  the two operators are two methods
        assert len(set(moves)) == len(moves)


@pytest.mark.parametrize("move", SAMPLES, ids=lambda move: type(move).__name__)
def test_a_move_equals_its_copy_and_no_plain_tuple(move: Move) -> None:
    """Equality within a kind is by fields, with equal hashes; a tuple of the same fields is not a move."""
    copy = pickle.loads(pickle.dumps(move))
    assert copy == move
    assert not copy != move  # noqa: SIM202  the two operators are two methods
    assert hash(copy) == hash(move)
    assert move != tuple(move)
    assert tuple(move) != move
    values: list[Any] = [None for _ in move]
    assert move != type(move)(*values)


@pytest.mark.parametrize(
    ("document", "place", "reason", "hint"),
    [
        (None, "move", "not an object", '{"kind": "hold", "party": 0}'),
        ([["kind", "hold"]], "move", "not an object", "write an object"),
        ({}, "kind", "missing", "phase end"),
        ({"kind": ["hold"], "party": 0}, "kind", "not a text", "write one of"),
        ({"kind": "holt", "party": 0}, "kind", "no move 'holt'", "hold"),
        ({"kind": "Hold", "party": 0}, "kind", "no move 'Hold'", "hold"),
        ({"kind": "x" * 10**6, "party": 0}, "kind", "no move", "write one of"),
        ({"kind": "hold"}, "party", "missing", "whole number"),
        ({"kind": "hold", "party": 0, "package": 1}, "package", "no key of the move 'hold'", "kind, party"),
        ({"kind": "hold", "party": 0, 3: 1}, "3", "no key of the move 'hold'", "kind, party"),
        ({"kind": "hold", "party": -1}, "party", "not a whole number", "as in 0"),
        ({"kind": "hold", "party": True}, "party", "not a whole number", "as in 0"),
        ({"kind": "hold", "party": "0"}, "party", "not a whole number", "as in 0"),
        ({"kind": "offer", "party": 0, "package": 7.0}, "package", "not a whole number", "as in 7"),
        ({"kind": "offer", "party": 0, "package": float("nan")}, "package", "not a whole number", "as in 7"),
        ({"kind": "vote", "party": 0, "group": 0, "choice": 2}, "choice", "not 1, -1 or 0", "abstains"),
        ({"kind": "vote", "party": 0, "group": 0, "choice": True}, "choice", "not 1, -1 or 0", "abstains"),
        ({"kind": "walk", "party": 0, "reason": None}, "reason", "not a text", "quotation marks"),
        ({"kind": "request", "party": 0, "asks": [[0, 1, 2]]}, "asks", "list of pairs", "[[0, 2], [3, 1]]"),
        ({"kind": "request", "party": 0, "asks": [[0, -1]]}, "asks", "list of pairs", "[[0, 2], [3, 1]]"),
        ({"kind": "request", "party": 0, "asks": ["01"]}, "asks", "list of pairs", "[[0, 2], [3, 1]]"),
        ({"kind": "request", "party": 0, "asks": {"0": 1}}, "asks", "list of pairs", "[[0, 2], [3, 1]]"),
    ],
)
def test_a_wrong_document_is_refused(document: Any, place: str, reason: str, hint: str) -> None:
    """The error names the key, the reason and what to write."""
    with pytest.raises(InputError) as caught:
        decode(document)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert reason in problem.reason
    assert hint in problem.hint
    assert len(str(caught.value)) < 400


def test_all_problems_of_a_document_are_named() -> None:
    """A missing key, a key too many and a wrong value stand in one error."""
    with pytest.raises(InputError) as caught:
        decode({"kind": "offer", "party": "host", "level": 1})
    assert [problem.place for problem in caught.value.problems] == ["package", "level", "party"]


@given(JSON | st.dictionaries(st.sampled_from(["kind", "party", "package", "asks", "reason"]), JSON))
def test_any_json_is_a_move_or_an_input_error(document: Any) -> None:
    """No JSON value raises anything but InputError."""
    try:
        move = decode(document)
    except InputError:
        return
    assert encode(move) == document


@given(st.sampled_from(SAMPLES), st.data())
def test_a_spoilt_value_is_refused_or_read_exactly(move: Move, data: st.DataObject) -> None:
    """With one value replaced by any JSON value, the document is refused, or encodes to the same document."""
    document = encode(move)
    document[data.draw(st.sampled_from(sorted(document)))] = data.draw(JSON)
    try:
        found = decode(document)
    except InputError:
        return
    assert encode(found) == document
