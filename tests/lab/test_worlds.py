"""Without paradox: counted over worlds that meet several gaps, never over the points of one gap."""

# pyright: reportOptionalMemberAccess=false

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab import case, parse_design
from lab.analysis.dataset import load_dataset
from lab.analysis.findings import analyse_sweep
from lab.analysis.paradox_worlds import classify_worlds, without_paradox
from lab.finished_run import Finished
from lab.store.folder import open_store

LOSS = {"key": "economy.loss", "name": "loss", "range": [1, 4]}
TAX = {"economy.tax": 0.1, "economy.tax_host": 0}


def arm(name, **settings):
    return {"name": name, "set": {f"economy.{key}": value for key, value in settings.items()}}


GAPS = (("far", 6), ("alike", 1), ("near", 1.5))
ALIKE, NEAR, FAR = ([0.0, 1.0, 0.4, 1.0, 0.3], [0.5, 1.0, 0.4, 0.2, 0.3], [0.0, 1.0, 0.7, 0.0, 0.2])
"""By world what is signed at each gap: nothing to lose, full throughout, no less, less, a little less at the end."""


def made(folder, openness, skip=(), **cells):
    """A sweep of theory that nobody solved: `openness` gives what is signed by point and settings."""
    told = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["largest_openness", "gain"]}
    design = parse_design(told | cells, "worlds")
    with open_store(folder / "worlds", design) as store:
        for number in store.todo().tolist():
            if number not in skip:
                each = case(design, number)
                store.add(Finished(number, "ok", (float(openness(each.point, each.settings)), 1.0)))
    return folder / "worlds"


def by_gap(point, settings):
    return {1: ALIKE, 1.5: NEAR, 6: FAR}[settings["economy.gap"]][point]


STEPPED = {"design": "lhs", "points": 5, "factor": [LOSS], "arm": [arm(name, gap=gap) for name, gap in GAPS]}


def test_a_world_is_without_paradox_where_no_wider_gap_signs_less_than_the_narrowest(tmp_path):
    (found,) = without_paradox(load_dataset(made(tmp_path, by_gap, **STEPPED)))
    assert found.gaps == (1, 1.5, 6)
    assert (found.worlds, found.counted, found.without, found.nothing_signed, found.missing) == (5, 4, 2, 1, 0)
    assert found.interval.mean == pytest.approx(2 / 4)
    assert found.interval.n == 4


def test_a_report_counts_worlds_and_gives_full_opening_its_own_name(tmp_path):
    """At gap 1 two of five sign full opening: that is no share of a box without paradox."""
    told = analyse_sweep(made(tmp_path, by_gap, **STEPPED)).document().to_dict()
    (found,) = told["without_paradox"]
    assert (found["arm"], found["interval"]["mean"], found["interval"]["n"]) == ("every arm", 0.5, 4)
    assert (found["worlds"], found["counted"], found["without"], found["nothing_signed"]) == (5, 4, 2, 1)
    shares = {each["arm"]: each["interval"]["mean"] for each in told["full_opening"]}
    assert shares == {"far": 0.2, "alike": 0.4, "near": 0.2}


def test_a_world_that_lacks_a_run_at_some_gap_is_not_counted_and_told(tmp_path):
    (found,) = without_paradox(load_dataset(made(tmp_path, by_gap, skip=(4,), **STEPPED)))
    assert (found.worlds, found.counted, found.without, found.missing) == (5, 3, 1, 1)


def test_with_policies_beside_the_gap_each_has_its_worlds(tmp_path):
    def levied(point, settings):
        return 1.0 if "economy.tax" in settings else by_gap(point, settings)

    arms = [
        each
        for name, gap in GAPS
        for each in (arm(name, gap=gap), {"name": f"{name}, levy", "set": {"economy.gap": gap} | TAX})
    ]
    found = without_paradox(load_dataset(made(tmp_path, levied, **STEPPED | {"arm": arms})))
    assert [(each.counted, each.without) for each in found] == [(4, 2), (5, 5)]
    assert "economy.tax=0.1" in found[1].arm
    assert len({each.arm for each in found}) == 2


def test_where_the_gap_is_a_factor_of_a_grid_a_world_is_all_the_rest(tmp_path):
    levels = [
        {"key": "economy.gap", "name": "gap", "values": [6, 1, 1.5]},
        {"key": "economy.loss", "name": "loss", "values": [1, 1.1, 1.2, 1.3, 1.4]},
    ]

    def openness(_, settings):
        return by_gap(round(10 * (settings["economy.loss"] - 1)), settings)

    arms = [{"name": "as it is"}, {"name": "levy", "set": TAX}]
    found = without_paradox(load_dataset(made(tmp_path, openness, design="grid", factor=levels, arm=arms)))
    assert [each.arm for each in found] == ["as it is", "levy"]
    for each in found:
        assert each.gaps == (1, 1.5, 6)
        assert (each.worlds, each.counted, each.without, each.nothing_signed) == (5, 4, 2, 1)
        assert each.interval.low is None, "nothing was drawn"


@pytest.mark.parametrize(
    "cells",
    [
        {"design": "lhs", "points": 6, "factor": [LOSS, {"key": "economy.gap", "name": "gap", "range": [1, 8]}]},
        {"design": "lhs", "points": 6, "factor": [LOSS]},
        {"design": "lhs", "points": 6, "factor": [LOSS], "arm": [arm("as it is", gap=4)]},
        {"design": "lhs", "points": 6, "factor": [LOSS], "arm": [arm("a", tax=0.1), arm("b", tax=0.2)]},
        {"design": "grid", "factor": [{"key": "economy.gap", "name": "gap", "values": [3]}]},
    ],
)
def test_where_no_world_meets_several_gaps_nothing_is_said_of_the_paradox(tmp_path, cells):
    found = analyse_sweep(made(tmp_path, lambda *_: 1.0, **cells))
    assert found.document().without_paradox == ()
    assert all(each.interval.mean == 1 for each in found.full)


@given(
    arrays(float, st.tuples(st.integers(1, 8), st.integers(2, 5)), elements=st.sampled_from([0, 0.3, 0.7, 1, np.nan]))
)
def test_counting_is_what_it_says_world_by_world(openness):
    signed, without = classify_worlds(openness)
    for at, (first, *wider) in enumerate(openness.tolist()):
        whole = not np.isnan([first, *wider]).any()
        assert signed[at] == (whole and first > 0)
        assert without[at] == (signed[at] and min(wider) >= first)
