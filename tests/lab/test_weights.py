"""Rows equal the design: a point that was drawn several times counts several times, wherever rows are read."""

# pyright: reportOptionalMemberAccess=false

from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from lab import case, compact, parse_design, results, status
from lab.analysis.findings import analyse_sweep
from lab.finished_run import Finished
from lab.store.folder import open_store
from lab.store.run_ids import identities

FEW = {"key": "economy.gap", "name": "gap", "values": [1, 2, 4]}
KINDS = {"key": "economy.preset", "name": "pair", "values": ["symmetric", "asymmetric", "symmetric"]}
WIDE = {"key": "economy.loss", "name": "loss", "range": [1, 4]}
ARMS = [{"name": "as it is"}, {"name": "levy", "set": {"economy.tax": 0.1}}]
DESIGNS = {
    "lhs, few levels": {"design": "lhs", "points": 40, "factor": [FEW, KINDS]},
    "sobol, one factor of levels": {"design": "sobol", "points": 8, "factor": [FEW, WIDE]},
    "morris, levels": {"design": "morris", "points": 6, "factor": [FEW, KINDS]},
    "lhs, whole numbers": {"design": "lhs", "points": 30, "factor": [WIDE | {"whole": True}, FEW]},
    "lhs, all different": {"design": "lhs", "points": 9, "factor": [WIDE]},
    "grid": {"design": "grid", "factor": [FEW]},
}
"""Four of them draw some points again; the level that is written twice is one level, twice as likely."""


def drawn(name):
    told = {"schema": 1, "scenario": "alike.toml", "kind": "analyse", "measure": ["gain", "welfare"], "seed": 5}
    return parse_design(told | DESIGNS[name] | {"arm": ARMS}, "weighted")


@pytest.fixture(autouse=True)
def alike(tmp_path, monkeypatch):
    """A pair of countries whose every dial is free."""
    monkeypatch.chdir(tmp_path)
    text = 'schema = 1\ntitle = "Two"\n[economy]\npreset = "symmetric"\n'
    (tmp_path / "alike.toml").write_text(text, encoding="utf-8")


def figures(design, number):
    """What nobody solved: numbers that hang on the settings alone, as those of a run do."""
    told = case(design, number).settings
    size = told.get("economy.gap", 1) * 3.0 + told.get("economy.loss", 0) + (told.get("economy.preset") == "symmetric")
    return size, size * (1 + told.get("economy.tax", 0))


def fill(folder, design, fail=(), leave_out=()):
    with open_store(folder, design) as store:
        for place, number in enumerate(store.todo().tolist()):
            if place in fail:
                store.add(Finished(number, "error", error_type="ValueError", error="no"))
            elif place not in leave_out:
                store.add(Finished(number, "ok", figures(design, number)))
    return folder


@pytest.mark.parametrize("name", DESIGNS)
def test_results_have_a_row_a_case_and_their_mean_is_that_of_the_report(name, tmp_path):
    design = drawn(name)
    frame = results(fill(tmp_path / "rows", design))
    assert frame["number"].tolist() == list(range(design.count))
    for row in frame.to_dict("records"):
        assert (row["gain"], row["welfare"]) == figures(design, row["number"])
        assert row["arm"] == case(design, row["number"]).arm
    means = frame.groupby("arm", observed=True)[["gain", "welfare"]].mean()
    for each in analyse_sweep(tmp_path / "rows").summaries:
        assert means.loc[each.arm, each.measure] == pytest.approx(each.interval.mean, rel=1e-12)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_column_weight_makes_the_files_say_the_same(name, tmp_path):
    design = drawn(name)
    rows = pd.read_parquet(fill(tmp_path / "rows", design) / "runs")
    assert rows["weight"].sum() == design.count
    known = identities(design).tolist()
    assert rows["weight"].tolist() == [known.count(bytes.fromhex(each).rstrip(b"\0")) for each in rows["run_id"]]
    whole = results(tmp_path / "rows")
    assert np.average(rows["gain"], weights=rows["weight"]) == pytest.approx(whole["gain"].mean(), rel=1e-12)


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_knows_how_many_of_its_points_differ(name):
    design = drawn(name)
    assert design.different * len(design.arms) * design.replicates == len(set(identities(design).tolist()))


def test_runs_that_failed_or_were_not_made_are_missing_at_each_of_their_points(tmp_path):
    design = drawn("lhs, few levels")
    frame = results(fill(tmp_path / "rows", design, fail=(0,), leave_out=(1,)))
    lost = design.count - len(frame)
    assert lost > 1, "the run that was not made is several cases"
    failed = frame[frame["status"] == "error"]
    assert len(failed) > 1
    assert len(set(failed["run_id"])) == 1
    found = analyse_sweep(tmp_path / "rows")
    assert sum(each.missing for each in found.summaries if each.measure == "gain") == lost + len(failed)
    means = frame.groupby("arm", observed=True)["gain"].mean()
    for each in found.summaries:
        if each.measure == "gain":
            assert means[each.arm] == pytest.approx(each.interval.mean, rel=1e-12)


def test_a_compaction_keeps_the_weights_and_gives_them_to_rows_of_an_older_version(tmp_path):
    design, home = drawn("lhs, few levels"), tmp_path / "rows"
    fill(home, design, leave_out=(0, 1))
    whole = pd.read_parquet(home / "runs")
    old = whole.drop(columns="weight")
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    (part,) = (home / "runs").iterdir()
    schema = parquet.read_schema(part)
    kept = schema.remove(schema.get_field_index("weight"))
    parquet.write_table(arrow.Table.from_pandas(old, schema=kept), part)
    assert results(home)["gain"].notna().all()
    fill(home, design)
    compact(home)
    assert pd.read_parquet(home / "runs")["weight"].sum() == design.count
    assert status(home).done == status(home).runs
