"""What a person hands to the lab in a notebook: dictionaries, names and results are read, or refused with advice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import lab
import scenarios
from games.errors import InputError

CELLS = {
    "schema": 1,
    "scenario": "alike-neighbours",
    "kind": "simulate",
    "replicates": 2,
    "measure": ["agreement", "rounds"],
    "factor": [{"key": "agenda.rounds", "values": [4, 8]}],
}


def test_a_sweep_takes_tables_and_results_take_what_a_sweep_returns(tmp_path: Path):
    summary = lab.sweep(CELLS, tmp_path / "sweep", executor="serial")
    assert summary.complete
    frame = lab.results(summary)
    assert frame.equals(lab.results(tmp_path / "sweep"))
    assert lab.status(summary).done == lab.status(str(tmp_path / "sweep")).done == 4
    assert lab.load_dataset(summary).design.count == 4
    assert lab.resume(summary, executor="serial").complete


def test_a_plan_takes_tables_and_planned_takes_a_file(tmp_path: Path):
    assert lab.plan(CELLS).count == lab.parse_design(CELLS).count == 4
    assert lab.plan(CELLS, {"replicates": 3}).count == 6
    assert lab.plan(CELLS, {"factor": [{"key": "agenda.rounds", "values": np.array([4, 8, 12])}]}).count == 6
    assert lab.parse_design("paradox").count == lab.plan("paradox").count


@pytest.mark.parametrize("given", [3, ["a"], object(), b"paradox", {}, {3: 4}, {"schema": 1}])
def test_what_is_no_design_is_refused_with_advice(tmp_path: Path, given):
    for take in (lab.plan, lab.parse_design, lambda design: lab.sweep(design, tmp_path / "sweep")):
        with pytest.raises(InputError) as caught:
            take(given)
        assert all(problem.hint for problem in caught.value.problems)
    assert not (tmp_path / "sweep").exists()


@pytest.mark.parametrize(
    "take", [lab.results, lab.status, lab.moves, lab.load_dataset, lab.analyse_sweep, lab.resume, lab.verify]
)
@pytest.mark.parametrize("given", [3, None, b"folder", ["folder"]])
def test_what_is_no_folder_is_refused_with_advice(take, given):
    with pytest.raises(InputError) as caught:
        take(given)
    (problem,) = caught.value.problems
    assert "folder" in problem.hint


def test_a_map_takes_names_and_texts():
    case = scenarios.read("morocco-spain", {"economy.kappa": 0.25})
    atlas = lab.define_atlas(case, "gap=2:4:3", "class")
    assert atlas == lab.define_atlas(
        lab.read_base_economy("morocco-spain", {"kappa": 0.25}), [lab.parse_axis("gap=2:4:3")], ["class"]
    ) or (
        atlas.ground.parameters == lab.read_base_economy("morocco-spain", {"kappa": 0.25}).parameters
        and atlas.shape == (3,)
    )
    assert lab.define_atlas("symmetric", {"gap": [2, 3, 4], "kappa": np.linspace(0, 1, 2)}).shape == (3, 2)
    assert lab.define_atlas("symmetric", ["gap=2:4:3", "kappa=0,1"], "class,gains").measures == ("class", "gains")


def test_changes_to_a_scenario_are_refused_and_not_ignored():
    case = scenarios.read("morocco-spain")
    assert lab.read_base_economy(case).parameters == case.parameters
    with pytest.raises(InputError, match="a Scenario is used as it is"):
        lab.read_base_economy(case, {"kappa": 0.25})


@pytest.mark.parametrize(
    ("take", "given"),
    [
        (lab.read_base_economy, [3]),
        (lab.read_base_economy, ["bully"]),
        (lab.parse_axis, [3]),
        (lab.parse_axis, [None]),
        (lab.define_atlas, [3, "gap=2:4:3"]),
        (lab.define_atlas, ["symmetric", 3]),
        (lab.define_atlas, ["symmetric", [3]]),
        (lab.define_atlas, ["symmetric", {"gap": "wide"}]),
        (lab.define_atlas, ["symmetric", "gap=2:4:3", 5]),
        (lab.solve_atlas, ["symmetric"]),
    ],
)
def test_what_is_no_map_is_refused_with_advice(take, given):
    with pytest.raises(InputError) as caught:
        take(*given)
    assert all(problem.hint for problem in caught.value.problems)
