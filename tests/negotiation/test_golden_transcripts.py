"""Talks recorded before the code was reshaped: the same case, tactics and seed must give the same talks.

Six agendas, frozen as files in `golden/cases/`, are each played with nine tactics against themselves, with the
tactics of the file and with six unlike pairs, for three seeds: 288 runs. `golden/digests.json` holds one digest a run
of its moves, votes and end, and what it is worth to each party; `golden/whole/` has the full record of 24 runs, so that
a difference can be read. Values may differ in their last digits: the libraries below numpy add up in another order on
another processor. To record anew, after a change that is meant to alter the talks:

    uv run python tests/negotiation/test_golden_transcripts.py
"""

import hashlib
import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from agents import simulate
from games.json_values import to_json_value
from negotiation.tactics.registry import TACTICS
from scenarios import read

GOLDEN = Path(__file__).with_name("golden")
CASES = sorted(path.stem for path in (GOLDEN / "cases").glob("[!_]*.toml"))
SEEDS = (0, 1, 2)
UNLIKE = (
    ("boulware", "conceder"),
    ("conceder", "boulware"),
    ("linear", "tit-for-tat"),
    ("micro", "linear"),
    ("hardliner", "conceder"),
    ("tit-for-tat", "random"),
)
OWN = ("own", "own")
"""The tactics that the file names."""
PAIRS = (*((name, name) for name in TACTICS), OWN, *UNLIKE)
WHOLE = tuple((case, pair, 0) for case in CASES for pair in (OWN, *UNLIKE[:3]))
"""The runs that are stored in full: four of each agenda."""
TOLD = ("outcome", "ended_by", "rounds", "values", "votes", "transcript")
"""What is compared, beside the number of the package, 0 without a deal. Other keys may change."""


def record(case, pair, seed):
    """What one run comes to, as JSON values."""
    scenario = read(GOLDEN / "cases" / f"{case}.toml")
    if pair != OWN:
        seats = tuple(replace(seat, tactic=name) for seat, name in zip(scenario.seats, pair, strict=True))
        scenario = replace(scenario, seats=seats)
    outcome = simulate(scenario, seed=seed)
    document = outcome.to_dict()
    return to_json_value({key: document[key] for key in TOLD} | {"package": outcome.package or 0})


def canonical(document):
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(document):
    """A digest of everything but the values."""
    rest = {key: document[key] for key in document if key != "values"}
    return hashlib.sha256(canonical(rest).encode()).hexdigest()[:16]


def summary(document):
    """What is kept of every run."""
    return {"digest": digest(document), "values": document["values"]}


def near(values):
    return pytest.approx(values, rel=1e-9, abs=1e-9)


def alike(found, known):
    """The same moves, votes and end, and the same values but for their last digits."""
    return found["digest"] == known["digest"] and found["values"] == near(known["values"])


def name(case, pair, seed):
    return f"{case} {pair[0]} {pair[1]} {seed}"


def whole(case, pair, seed):
    return GOLDEN / "whole" / f"{name(case, pair, seed).replace(' ', '_')}.json"


def digests():
    return json.loads((GOLDEN / "digests.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("case", "pair", "seed"), WHOLE, ids=lambda part: "-".join(part) if type(part) is tuple else str(part)
)
def test_a_recorded_talk_is_played_again_move_for_move(case, pair, seed):
    found = record(case, pair, seed)
    stored = json.loads(whole(case, pair, seed).read_text(encoding="utf-8"))
    assert found["values"] == near(stored["values"])
    assert found | {"values": None} == stored | {"values": None}
    assert alike(summary(found), digests()[name(case, pair, seed)])


@pytest.mark.full
@pytest.mark.parametrize("case", CASES)
def test_every_recorded_talk_is_played_again(case):
    known = digests()
    runs = [(case, pair, seed) for pair, seed in product(PAIRS, SEEDS)]
    changed = [name(*run) for run in runs if not alike(summary(record(*run)), known[name(*run)])]
    assert not changed


def test_a_move_or_a_value_that_differs_is_seen():
    known = {"digest": "one", "values": {"Morocco": 3.48536821167, "Spain": 0.0}}
    assert alike(known | {"values": {"Morocco": 3.48536821168, "Spain": 1e-12}}, known)
    assert not alike(known | {"values": {"Morocco": 3.4853683, "Spain": 0.0}}, known)
    assert not alike(known | {"digest": "two"}, known)


def test_the_record_is_complete():
    assert len(digests()) == 288 == len(CASES) * len(PAIRS) * len(SEEDS)
    assert len(WHOLE) == 24 == len(list((GOLDEN / "whole").glob("*.json")))


def main():
    found = {name(*run): record(*run) for run in product(CASES, PAIRS, SEEDS)}
    text = json.dumps({key: summary(document) for key, document in sorted(found.items())}, indent=1)
    (GOLDEN / "digests.json").write_text(text + "\n", encoding="utf-8")
    (GOLDEN / "whole").mkdir(exist_ok=True)
    for run in WHOLE:
        text = json.dumps(found[name(*run)], indent=1, ensure_ascii=False)
        whole(*run).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
