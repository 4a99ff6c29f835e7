"""Baselines: theory signs its own point at once, no thought signs less, and chance is the same every time."""

# pyright: reportOptionalMemberAccess=false

import pytest

from agents.seating import laid
from games.errors import InputError
from games.frontier import points
from lab import planned
from lab.baselines import BASELINES, beside, play
from lab.harvests import harvest
from lab.store import opened
from lab.work import Bench
from scenarios import read


@pytest.fixture(scope="module")
def table():
    return laid(read("three-purses"))


def test_theory_signs_a_nash_package_in_the_first_round(table):
    played = play(table, "Nash", seed=0).outcome
    found = table.preferences
    assert played.package in list(points(found.values, found.walk_away).nash)
    assert played.ending.round == 1
    assert played.metrics.distance_to_nash == pytest.approx(0, abs=1e-12)


def test_constrained_zero_intelligence_signs_nothing_below_walking_away(table):
    for replicate in range(4):
        played = play(table, "zero intelligence", seed=0, replicate=replicate).outcome
        if played.talks.deal is not None:
            assert all(value > walk for value, walk in zip(played.values, table.preferences.walk_away, strict=True))


@pytest.mark.parametrize("who", BASELINES)
def test_a_baseline_plays_the_same_again(table, who):
    one, other = (play(table, who, seed=5, replicate=2).outcome.talks.moves for _ in range(2))
    assert one == other


def test_nobody_else_is_a_baseline(table):
    with pytest.raises(InputError, match="none"):
        play(table, "genius", seed=0)


@pytest.fixture
def swept(tmp_path):
    design = planned(
        {
            "schema": 1,
            "scenario": "three-purses",
            "kind": "simulate",
            "measure": ["agreement", "share_of_joint_maximum"],
            "replicates": 3,
        },
        "talks",
    )
    with opened(tmp_path / "talks", design) as store:
        for number in store.todo().tolist():
            store.add(Bench(design).run(number))
    return harvest(tmp_path / "talks")


def test_they_stand_beside_the_sweep_on_the_same_cases(swept):
    told = {(each.measure, each.who): each.interval for each in beside(swept)}
    assert {who for _, who in told} == {"the sweep", *BASELINES}
    assert {around.n for around in told.values()} == {3}
    ours = swept.of("share_of_joint_maximum").mean()
    assert told["share_of_joint_maximum", "the sweep"].mean == pytest.approx(ours)
    assert told["share_of_joint_maximum", "Nash"].mean >= told["share_of_joint_maximum", "zero intelligence"].mean


def test_theory_has_no_movers(tmp_path):
    design = planned({"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"]}, "theory")
    with opened(tmp_path / "theory", design):
        pass
    with pytest.raises(InputError, match="no talks"):
        beside(harvest(tmp_path / "theory"))
