"""Who a run is: its name follows from what its numbers depend on, and from nothing else."""

import hashlib
import json
import tracemalloc
from typing import Any

import numpy as np
import pytest

from lab import case, parse_design
from lab.store import run_ids
from lab.store.run_ids import RunIdHasher, identities, parse_run_ids, texts
from scenarios import MODEL

TALK: dict[str, Any] = {
    "schema": 1,
    "scenario": "one-way-flow",
    "kind": "simulate",
    "measure": ["outcome"],
    "factor": [{"key": "agenda.rounds", "values": [5, 9]}],
    "replicates": 2,
}


def names(cells):
    """Identities by what is run."""
    design = parse_design(TALK | cells)
    made = [case(design, number) for number in range(design.count)]
    told = texts(identities(design))
    return {
        (json.dumps(each.settings, sort_keys=True), each.replicate): name for each, name in zip(made, told, strict=True)
    }


def test_a_name_is_the_hash_that_the_specification_writes():
    design = parse_design(TALK | {"seed": 3})
    third = case(design, 2)
    assert (third.settings, third.replicate) == ({"agenda.rounds": 9}, 0)
    told = [
        {"kind": "simulate", "model": MODEL, "scenario": design.draft.content, "seed": 3},
        {"parameters": {"agenda.rounds": 9}, "replicate": 0},
    ]
    spelt = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert RunIdHasher(design).of(third) == hashlib.blake2b(spelt.encode(), digest_size=16).digest()


RANGES = [{"key": "agenda.discount", "range": [0.5, 1]}, {"key": "agenda.rounds", "range": [3, 9], "whole": True}]
TACTICS = {"key": "agenda.seats.Sudora.tactic", "values": ["random", "conceder"]}
ARMS = [{"name": "a"}, {"name": "b", "set": {"title": 'Ä "b"', "agenda.returns": 1}}]


@pytest.mark.parametrize(
    "cells",
    [
        {"factor": [TALK["factor"][0], {"key": "agenda.discount", "values": [1, 0.9, 1e-3]}], "arm": ARMS},
        {"factor": [TACTICS], "scenario": "three-purses", "replicates": 3},
        {"factor": [{"key": "agenda.discount", "values": [0.5, 0.75]}, *TALK["factor"]], "design": "list"},
        {"factor": RANGES, "design": "lhs", "points": 9, "arm": ARMS},
        {"factor": []},
    ],
    ids=["grid", "words", "list", "drawn", "single"],
)
def test_all_names_at_once_are_the_names_one_by_one(cells):
    design = parse_design(TALK | cells)
    identity = RunIdHasher(design)
    one_by_one = b"".join(identity.of(case(design, number)) for number in range(design.count))
    assert identities(design).tobytes() == one_by_one


def test_no_two_runs_share_a_name():
    assert len(set(names({"replicates": 50}).values())) == 100


def test_more_levels_arms_and_replicates_leave_old_names_alone():
    before = names({})
    more = {
        "factor": [{"key": "agenda.rounds", "values": [4, 9, 5]}],
        "arm": [{"name": "new", "set": {"agenda.discount": 0.9}}, {"name": "old"}],
        "replicates": 3,
        "measure": ["rounds", "agreement"],
    }
    after = names(more)
    assert len(after) == 3 * 2 * 3
    assert before.items() <= after.items()


@pytest.mark.parametrize("values", [[5.0, 9.0], ["5", "9"], ["5.0", 9]])
def test_other_spellings_are_the_same_runs(values):
    assert names({"factor": [{"key": "agenda.rounds", "name": "time", "values": values}]}) == names({})


def test_the_order_of_overrides_does_not_matter():
    one = {"arm": [{"name": "a", "set": {"agenda": {"discount": 0.9, "returns": 2}}}]}
    other = {"arm": [{"name": "b", "set": {"agenda.returns": 2, "agenda.discount": 0.9}}]}
    assert set(names(one).values()) == set(names(other).values())


CHANGES = [
    {"seed": 1},
    {"scenario": "alike-neighbours"},
    {"arm": [{"name": "a", "set": {"agenda.discount": 0.9}}]},
    {"factor": [{"key": "agenda.returns", "values": [5, 9]}]},
]


@pytest.mark.parametrize("change", CHANGES, ids=[next(iter(change)) for change in CHANGES])
def test_whatever_a_number_depends_on_changes_every_name(change):
    assert not set(names({}).values()) & set(names(change).values())


def test_another_model_makes_other_runs(monkeypatch):
    before = names({})
    monkeypatch.setattr(run_ids, "MODEL", MODEL + 1)
    assert not set(before.values()) & set(names({}).values())


def test_theory_and_talk_are_different_runs():
    told = names({"measure": ["outcome"], "factor": [], "replicates": 1})
    theory = names({"kind": "analyse", "measure": ["packages"], "factor": [], "replicates": 1})
    assert told.keys() == theory.keys()
    assert not set(told.values()) & set(theory.values())


def test_digits_and_bytes_are_two_spellings_of_one_name_even_with_zeros_at_the_end():
    names = [bytes(16), b"\1" + bytes(15), bytes(15) + b"\1", bytes(range(16))]
    ids = np.frombuffer(b"".join(names), dtype="S16")
    assert texts(ids) == [name.hex() for name in names]
    assert (parse_run_ids(texts(ids)) == ids).all()
    assert len(np.unique(ids)) == 4


def test_names_take_sixteen_bytes_a_run():
    design = parse_design(TALK | {"replicates": 10_000})
    tracemalloc.start()
    found = identities(design)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.nbytes == 16 * design.count
    assert peak < 17 * design.count + 20_000
