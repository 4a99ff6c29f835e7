"""Rows that the model has given before: whoever changes one of them has changed the model, and says so.

A changed number is no fault. It has to be meant: raise `scenarios.MODEL`, so that stored sweeps of the old model are
not continued with the new one, and write the rows anew with `python tests/lab/test_golden.py`. The command lines are
for the folder that holds tests/.
"""

import json
import os
from pathlib import Path

import pytest

from lab import case, parse_design, rerun_command
from lab.runs.single_run import SingleRunner
from scenarios import MODEL

GOLDEN = Path(__file__).with_name("golden.json")

ROOT = Path(__file__).parents[2]
FROZEN = "tests/negotiation/golden/cases/three-purses-v1.toml"
"""A case of which packages are recorded here; the library's own three-purses may change."""

TALKS = ["outcome", "rounds", "moves", "package", "share_of_joint_maximum", "distance_to_nash", "value.host"]
POINTS = ["outcome", "rounds", "moves", "package", "equity", "value.Ardenia", "value.Borvia"]
THEORY = [
    *("class", "gain", "potential_gross", "potential_net", "best_net", "signed_net", "share_gross", "share_net"),
    *("largest_openness", "payoff.host", "payoff.origin", "flow.host", "welfare"),
]
PEOPLE = [
    *("class", "gain", "income", "cost_of_moving", "welfare", "best_net", "signed_net", "share_net"),
    *("limit_both", "limit_self_enforcing", "limit_with_levy", "levy_low", "levy_high", "reciprocity"),
    *(f"account.{name}" for name in ("host natives", "old migrants", "origin natives", "new migrants")),
]
ROWS = 42
CANON = [
    *("bully", "prisoners-dilemma", "chicken", "stag-hunt", "harmony"),
    *("deadlock", "matching-pennies", "cooperative", "coordination", "battle-of-the-sexes"),
]


def levels(key, *values):
    return {"key": key, "values": list(values)}


DESIGNS = [
    {
        "scenario": "bully",
        "kind": "analyse",
        "measure": ["class", "class_player"],
        "factor": [levels("game.canon", *CANON)],
    },
    {
        "scenario": "germany-france",
        "kind": "analyse",
        "measure": [*THEORY, "change.host.capital", "account.new migrants", "zopa", "nash.host"],
        "factor": [levels("economy.kappa", 0, 1)],
    },
    {
        "scenario": "corridor:MAR-ESP",
        "kind": "analyse",
        "measure": PEOPLE,
        "factor": [levels("economy.expansion", 0.5, 1)],
    },
    {
        "scenario": "morocco-spain",
        "kind": "simulate",
        "measure": [*TALKS, "account.host natives", "change.Morocco.families"],
        "factor": [levels("economy.gap", 2, 4), levels("agenda.seats.Spain.tactic", "random", "boulware")],
        "replicates": 3,
    },
    {
        "scenario": FROZEN,
        "kind": "simulate",
        "measure": TALKS,
        "factor": [levels("agenda.seats.Sudora.tactic", "tit-for-tat", "micro", "random", "logrolling")],
        "replicates": 2,
        "seed": 7,
    },
    {
        "scenario": "alike-neighbours",
        "kind": "simulate",
        "measure": POINTS,
        "factor": [levels("agenda.protocol", "alternating", "request_offer"), levels("agenda.rounds", 12, 40)],
        "arm": [{"name": "patient"}, {"name": "pressed", "set": {"agenda.discount": 0.95}}],
    },
]


def rows():
    """Every run as its command line and its figures."""
    for cells in DESIGNS:
        design = parse_design({"schema": 1, **cells})
        bench = SingleRunner(design)
        for number in range(design.count):
            finished = bench.run(number)
            assert finished.status == "ok", finished.traceback
            figures = dict(zip(design.measures, finished.measures, strict=True))
            yield {"command": rerun_command(design, case(design, number)), "figures": figures}


def test_the_rows_are_as_they_were(monkeypatch):
    monkeypatch.chdir(ROOT)
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert golden["model"] == MODEL, "a new model: write its rows with `python tests/lab/test_golden.py`"
    found = list(rows())
    assert len(found) == ROWS
    assert [row["command"] for row in found] == [row["command"] for row in golden["rows"]]
    for new, old in zip(found, golden["rows"], strict=True):
        for name, figure in old["figures"].items():
            close = pytest.approx(figure, rel=1e-9, abs=1e-9) if isinstance(figure, float) else figure
            assert new["figures"][name] == close, (
                f"`{new['command']}` has another {name}. If that is meant, the model has changed: "
                "raise scenarios.MODEL, and write the rows anew with `python tests/lab/test_golden.py`"
            )


if __name__ == "__main__":
    os.chdir(ROOT)
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows())
    GOLDEN.write_text(f'{{"model": {MODEL}, "rows": [\n  {lines}\n]}}\n', encoding="utf-8")
