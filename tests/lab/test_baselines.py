"""Baselines: theory signs its own point at once, no thought signs less, and chance is the same every time."""

# pyright: reportOptionalMemberAccess=false

import pytest

from agents.table import prepare_table
from games.bargaining.frontier import bargaining_points
from games.errors import InputError
from lab import parse_design
from lab.analysis.baselines import BASELINES, play_baseline, play_baselines, spread_cases
from lab.analysis.dataset import load_dataset
from lab.analysis.findings import analyse_sweep
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.store.folder import open_store
from scenarios import read


@pytest.fixture(scope="module")
def table():
    return prepare_table(read("three-purses"))


def test_theory_signs_a_nash_package_in_the_first_round(table):
    played = play_baseline(table, "Nash", seed=0).outcome
    found = table.preferences
    assert played.package in list(bargaining_points(found.values, found.walk_away).nash)
    assert played.ending.round == 1
    assert played.metrics.distance_to_nash == pytest.approx(0, abs=1e-12)


def test_constrained_zero_intelligence_signs_nothing_below_walking_away(table):
    for replicate in range(4):
        played = play_baseline(table, "zero intelligence", seed=0, replicate=replicate).outcome
        if played.talks.deal is not None:
            assert all(value > walk for value, walk in zip(played.values, table.preferences.walk_away, strict=True))


@pytest.mark.parametrize("who", BASELINES)
def test_a_baseline_plays_the_same_again(table, who):
    one, other = (play_baseline(table, who, seed=5, replicate=2).outcome.talks.moves for _ in range(2))
    assert one == other


def test_nobody_else_is_a_baseline(table):
    with pytest.raises(InputError, match="none"):
        play_baseline(table, "genius", seed=0)


@pytest.fixture
def swept(tmp_path):
    design = parse_design(
        {
            "schema": 1,
            "scenario": "three-purses",
            "kind": "simulate",
            "measure": ["agreement", "share_of_joint_maximum"],
            "replicates": 3,
        },
        "talks",
    )
    with open_store(tmp_path / "talks", design) as store:
        for number in store.todo().tolist():
            store.add(SingleRunner(design).run(number))
    return load_dataset(tmp_path / "talks")


def test_they_stand_beside_the_sweep_on_the_same_cases(swept):
    told = {(each.measure, each.who): each.interval for each in play_baselines(swept)}
    assert {who for _, who in told} == {"the sweep", *BASELINES}
    assert {around.n for around in told.values()} == {3}
    ours = swept.of("share_of_joint_maximum").mean()
    assert told["share_of_joint_maximum", "the sweep"].mean == pytest.approx(ours)
    assert told["share_of_joint_maximum", "Nash"].mean >= told["share_of_joint_maximum", "zero intelligence"].mean


def test_theory_has_no_movers(tmp_path):
    design = parse_design({"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"]}, "theory")
    with open_store(tmp_path / "theory", design):
        pass
    with pytest.raises(InputError, match="no talks"):
        play_baselines(load_dataset(tmp_path / "theory"))


# -- which cases are played


def crossed(points, replicates, arms=1, **cells):
    """A design of talks with so many points."""
    told = {
        "schema": 1,
        "scenario": "alike-neighbours",
        "kind": "simulate",
        "measure": ["agreement", "rounds"],
        "replicates": replicates,
        "factor": [{"key": "agenda.rounds", "name": "deadline", "values": list(range(4, 4 + points))}],
        "arm": [{"name": f"arm {at}", "set": {"agenda.returns": at}} for at in range(arms)],
    }
    return parse_design(told | cells, "crossed")


@pytest.mark.parametrize(
    ("points", "replicates", "arms", "most", "used"),
    [
        (16, 20, 1, 24, (16, 1)),
        (6, 6, 1, 24, (6, 4)),
        (1, 20, 1, 24, (1, 20)),
        (40, 5, 1, 24, (24, 1)),
        (16, 20, 2, 24, (12, 1)),
        (3, 2, 2, 24, (3, 2)),
        (5, 9, 3, 2, (1, 1)),
    ],
)
def test_the_budget_goes_to_points_first_and_to_replicates_with_what_is_left(points, replicates, arms, most, used):
    design = crossed(points, replicates, arms)
    chosen = spread_cases(design, most)
    assert (len(chosen.points), chosen.replicates) == used
    assert (chosen.of_points, chosen.of_replicates) == (points, replicates)
    assert len(set(chosen.points)) == len(chosen.points)
    assert (
        chosen.description == f"{used[0]} of {points} points, {used[1]} {'replicate' if used[1] == 1 else 'replicates'}"
    )


def talked(folder, design, value, fail=()):
    """A sweep whose rows nobody played: `value` gives agreement and rounds by point and replicate."""
    with open_store(folder, design) as store:
        for number in store.todo().tolist():
            point, replicate = divmod(number, design.replicates)
            if point in fail:
                store.add(Finished(number, "error", error_type="ValueError", error="no"))
            else:
                store.add(Finished(number, "ok", value(point, replicate)))
    return folder


@pytest.mark.parametrize("replicates", [1, 2])
def test_cases_that_are_not_like_the_whole_are_told(tmp_path, replicates):
    """Three points of nine: at the others talks are ten times as long, and the baselines' cases speak for none."""
    design = crossed(9, replicates)

    def rounds(point, replicate):
        return 1.0, (10.0 if point not in {0, 4, 8} else 1.0) + 0.1 * replicate

    found = analyse_sweep(talked(tmp_path / "rows", design, rounds), most=3)
    assert found.sample.points == (0, 4, 8)
    (warning,) = found.warnings
    assert "3 of 9 points, 1 replicate" in warning
    assert "rounds" in warning
    assert "agreement" not in warning, "it is the same everywhere"
    assert warning in found.document().notes
    whole = analyse_sweep(tmp_path / "rows", most=9 * replicates)
    assert whole.warnings == ()
    assert whole.document().to_dict()["baseline_cases"] == {
        "points": 9,
        "of_points": 9,
        "replicates": replicates,
        "of_replicates": replicates,
    }


def test_baselines_play_where_the_sweep_has_a_number_and_nowhere_else(tmp_path):
    """Levels that are fine one by one, and not together: those cases failed, and a report is written all the same."""
    together = [
        {"key": "agenda.rounds", "name": "deadline", "values": [8, 4]},
        {"key": "shocks.rumour.round", "name": "shock", "values": [3, 6]},
    ]
    design = crossed(2, 2, factor=together)
    folder = tmp_path / "rows"
    with open_store(folder, design) as store:
        for number in store.todo().tolist():
            store.add(SingleRunner(design).run(number))
    found = analyse_sweep(folder)
    assert len(found.failures) == 2
    assert len(found.sample.points) == 3
    assert {each.interval.n for each in found.baselines} == {6}


def test_a_sweep_without_a_run_that_ended_well_has_no_baselines(tmp_path):
    design = crossed(2, 1)
    found = analyse_sweep(talked(tmp_path / "rows", design, lambda *_: (1.0, 1.0), fail=(0, 1)))
    assert (found.baselines, found.sample, found.warnings) == ((), None, ())
