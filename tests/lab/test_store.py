"""The folder of a sweep: each run stands in it once, whole, whatever happens to those who write and to the disk."""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from shelves import TALK, fill, pieces, row

from games.errors import InputError
from lab import parse_design, results, status
from lab.analysis.findings import analyse_sweep
from lab.finished_run import Finished
from lab.store import atomic_files, manifest, parquet_parts
from lab.store.errors import StoreDamaged, StoreLocked, StoreMismatch
from lab.store.folder import open_store
from lab.store.provenance import read_sessions
from lab.store.run_ids import digest
from lab.store.run_index import read_run_index
from lab.store.write_lock import Lock

pq: Any = import_module("pyarrow.parquet")  # it ships no types

pytestmark = pytest.mark.usefixtures("patient")


# -- once, and whole


def test_what_is_stored_is_there_and_the_rest_is_to_do(folder, design):
    fill(folder, design, range(10))
    fill(folder, design, range(20, 25))
    with open_store(folder) as store:
        assert store.todo().tolist() == [*range(10, 20), *range(25, 30)]
        assert store.design.count == 30
    frame = results(folder)
    assert frame["number"].tolist() == [*range(10), *range(20, 25)]
    assert frame["rounds"].tolist() == [float(number) for number in [*range(10), *range(20, 25)]]


def test_a_run_that_comes_back_twice_is_stored_once(folder, design):
    with open_store(folder, design) as store:
        assert store.add(row(3))
        assert not store.add(row(3))
        store.flush()
        assert not store.add(row(3))
    with open_store(folder) as store:
        assert not store.add(row(3))
    assert len(results(folder)) == 1


def test_points_that_are_alike_are_one_run(folder):
    levels = [{"key": "agenda.rounds", "values": [5, 9]}]
    design = parse_design(TALK | {"design": "lhs", "points": 6, "factor": levels, "replicates": 1})
    with open_store(folder, design) as store:
        assert (store.design.count, store.stock.runs, len(store.todo())) == (6, 2, 2)
        for number in store.todo().tolist():
            store.add(row(number))
        assert not len(store.todo())
    with open_store(folder) as store:
        assert not len(store.todo())


def test_rows_wait_until_they_are_many_or_old(folder, design, monkeypatch):
    monkeypatch.setattr("lab.store.folder.MOST_ROWS", 4)
    with open_store(folder, design) as store:
        for number in range(9):
            store.add(row(number))
        assert len(parquet_parts.part_numbers(folder / "runs")) == 2
        monkeypatch.setattr("lab.store.folder.LONGEST_WAIT", 0.0)
        store.flush_if_due()
        assert len(parquet_parts.part_numbers(folder / "runs")) == 3
    assert len(parquet_parts.part_numbers(folder / "runs")) == 3


def test_failed_runs_are_rows_and_can_be_tried_again(folder, design):
    broken = {"measures": (), "error_type": "ValueError", "error": "no", "traceback": "here"}
    fill(folder, design, [0, 1], status="error", **broken)
    fill(folder, design, [2], status="timeout", **broken)
    fill(folder, design, [3])
    with open_store(folder) as store:
        assert store.stock.counts == {"ok": 1, "error": 2, "timeout": 1, "crashed": 0}
        assert store.todo().tolist() == list(range(4, 30))
        assert store.todo(retry=["error"]).tolist() == [0, 1, *range(4, 30)]
        assert store.add(row(0))
        assert store.add(row(1, status="error", **broken))
    frame = results(folder).set_index("number")
    assert frame["attempt"].to_dict() == {0: 2, 1: 2, 2: 1, 3: 1}
    assert frame["status"].astype(str).to_dict() == {0: "ok", 1: "error", 2: "timeout", 3: "ok"}
    assert frame.loc[1, "error"] == "no"
    assert frame["rounds"].isna().to_dict() == {0: False, 1: True, 2: True, 3: False}


def test_moves_stand_beside_runs_and_count_with_them(folder):
    design = parse_design(TALK | {"trace": True})
    steps = ((0, "Northmark", "offer", 4, "{}"), (1, None, "phaseend", None, "{}"))
    fill(folder, design, [0], steps=steps)
    fill(folder, design, [1])
    shutil.copy(
        parquet_parts.path_of(folder / "rounds", 0), parquet_parts.path_of(folder / "rounds", 2)
    )  # its runs part never came
    with open_store(folder):
        assert parquet_parts.part_numbers(folder / "rounds") == [0, 1]
    from lab import moves

    frame = moves(folder)
    assert frame["step"].tolist() == [0, 1]
    assert frame["move"].astype(str).tolist() == ["offer", "phaseend"]


# -- interruptions


def fails(folder, design, number, error):
    """A session that stores one row and then goes wrong."""
    with open_store(folder, design) as store:
        store.add(row(number))
        raise error


def test_a_session_tells_how_it_ended(folder, design):
    for number, error in enumerate((KeyboardInterrupt(), ZeroDivisionError())):
        with pytest.raises(type(error)):
            fails(folder, design, number, error)
    fill(folder, None, [2])
    assert [each.reason for each in status(folder).sessions] == ["interrupted", "ZeroDivisionError", "finished"]
    assert len(results(folder)) == 3


def test_a_session_is_read_as_it_was_written_and_other_files_are_skipped(folder, design):
    fill(folder, design, [0])
    (path,) = (folder / "sessions").iterdir()
    (session,) = read_sessions(folder)
    assert path.read_text(encoding="utf-8") == json.dumps(session.to_dict(), indent=2, ensure_ascii=False)
    assert json.loads(path.read_text(encoding="utf-8"))["reason"] == "finished"
    for name, text in (("a", "["), ("b", "[]"), ("c", "{}"), ("d", '"x"'), ("e", "null")):
        (folder / "sessions" / f"{name}.json").write_text(text, encoding="utf-8")
    assert read_sessions(folder) == [session]


class Killed(BaseException):
    """Stands for a death between two system calls."""


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_a_death_before_the_rename_leaves_nothing_to_be_seen(folder, design, call, monkeypatch):
    def die(*_):
        raise Killed

    with open_store(folder, design) as store:
        store.add(row(0))
        with monkeypatch.context() as patch:
            patch.setattr(call, die)
            with pytest.raises(Killed):
                store.flush()
        assert parquet_parts.part_numbers(folder / "runs") == []
        assert len(results(folder)) == 0
    assert len(results(folder)) == 1


def test_a_death_after_the_rename_stores_the_rows_once(folder, design, monkeypatch):
    def die(_):
        raise Killed

    with open_store(folder, design) as store:
        store.add(row(0))
        with monkeypatch.context() as patch:
            patch.setattr(atomic_files, "sync_folder", die)
            with pytest.raises(Killed):
                store.flush()
        store.add(row(1))
    assert results(folder)["number"].tolist() == [0, 1]
    assert parquet_parts.part_numbers(folder / "runs") == [0, 1]


def test_what_a_killed_writer_left_half_done_is_swept_out(folder, design):
    fill(folder, design, [0])
    left = [
        folder / ".sweep.json.tmp",
        folder / "runs" / ".part-000001.parquet.tmp",
        folder / "sessions" / ".20260101T120000.000000Z-7.json.tmp",
    ]
    for path in left:
        path.write_bytes(b"PAR1 half")
    assert len(results(folder)) == 1
    with open_store(folder):
        assert not any(path.exists() for path in left)


KILLED = """
import json, os, signal, sys
import lab.store.folder
from lab.design.reader import parse_design
from lab.store.folder import open_store
from lab.finished_run import Finished
lab.store.folder.LONGEST_WAIT = 3600.0
design = parse_design(json.loads(sys.argv[2]))
store = open_store(sys.argv[1], design)
for number in range(8):
    store.add(Finished(number, "ok", ("agreement", float(number))))
    if number == 4:
        store.flush()
print("ready", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_writer_leaves_the_folder_open_for_the_next_one(folder, design):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), json.dumps(TALK)], capture_output=True, check=False
    )
    assert done.returncode < 0, done.stderr.decode()
    assert (folder / ".lock").read_text()  # it has not signed off
    with open_store(folder) as store:
        assert store.todo().tolist() == list(range(5, 30))
    assert status(folder).sessions[0].end is None


# -- who may write, and what


def test_a_second_writer_is_refused_and_told_who_is_there(folder, design):
    with open_store(folder, design):
        with pytest.raises(StoreLocked, match=f"process {os.getpid()}"):
            open_store(folder)
        assert f"process {os.getpid()}" in str(status(folder).writer)
    with open_store(folder):
        pass
    assert status(folder).writer is None


def test_a_lock_that_nobody_holds_is_no_obstacle(folder, design):
    fill(folder, design, [0])
    (folder / ".lock").write_text('{"pid": 1, "host": "elsewhere"}')
    with Lock(folder):
        pass


OTHERS = [
    ({"seed": 5}, "spec.seed: is 0 in the folder, and 5 now"),
    ({"replicates": 6}, "spec.replicates: is 5 in the folder, and 6 now"),
    ({"measure": ["rounds"]}, "spec.measures"),
    ({"factor": [{"key": "agenda.rounds", "values": [5, 8]}]}, "spec.factors.agenda.rounds.levels"),
    ({"arm": [{"name": "a", "set": {"agenda.discount": 0.9}}]}, "spec.arms.a"),
    ({"scenario": "alike-neighbours"}, "scenario."),
]


@pytest.mark.parametrize(("change", "told"), OTHERS, ids=[next(iter(change)) for change, _ in OTHERS])
def test_another_design_is_refused_with_every_difference(folder, design, change, told):
    fill(folder, design, [0])
    before = pieces(folder)
    with pytest.raises(StoreMismatch) as caught:
        open_store(folder, parse_design(TALK | change))
    assert told in str(caught.value)
    assert all("another folder" in problem.hint for problem in caught.value.problems)
    assert pieces(folder) == before


def test_a_scenario_that_was_changed_in_the_meantime_is_refused_and_resume_keeps_the_old_one(tmp_path, folder):
    from scenarios import template

    file = tmp_path / "case.toml"
    file.write_text(template(), encoding="utf-8")
    cells = TALK | {"scenario": str(file)}
    fill(folder, parse_design(cells), [0])
    file.write_text(template().replace("seed = 0", "seed = 0") + "\n# a word more\n", encoding="utf-8")
    fill(folder, parse_design(cells), [1])
    file.write_text(template().replace('title = "', 'title = "Another '), encoding="utf-8")
    with pytest.raises(StoreMismatch, match=r"scenario\.title"):
        open_store(folder, parse_design(cells))
    file.unlink()
    with open_store(folder) as store:
        assert len(store.todo()) == 28


def test_another_model_is_refused(folder, design, monkeypatch):
    fill(folder, design, [0])
    monkeypatch.setattr(manifest, "MODEL", manifest.MODEL + 1)
    with pytest.raises(StoreMismatch, match="the model has changed") as caught:
        open_store(folder)
    assert "another folder" in caught.value.problems[0].hint
    assert "resume" not in caught.value.problems[0].hint, "it would be refused again"


def test_rows_of_the_second_model_are_read_as_they_are_and_not_analysed(folder):
    """Names and definitions of measures have changed: `potential_gain` is `potential_gross` now."""
    cells = {"schema": 1, "scenario": "germany-france", "kind": "analyse", "measure": ["potential_gross"]}
    with open_store(folder, parse_design(cells)) as store:
        store.add(Finished(0, "ok", (2.5,)))
    rename_measure(folder, "potential_gross", "potential_gain", model=2)
    with pytest.raises(StoreMismatch, match="model 2, and this Winset has model 3") as caught:
        analyse_sweep(folder)
    assert "lab.results(" in caught.value.problems[0].hint
    with pytest.raises(StoreMismatch, match="model"):
        open_store(folder)
    assert results(folder)["potential_gain"].tolist() == [2.5]


def rename_measure(folder, new, old, model):
    """Make the folder one of an older model, in which a measure has another name."""
    for part in (folder / "runs").rglob("*.parquet"):
        table = pq.read_table(part)
        names = [old if name == new else name for name in table.column_names]
        pq.write_table(table.rename_columns(names), part)
    told = json.loads((folder / "sweep.json").read_text())
    told["model"], told["spec"]["measures"] = model, [old]
    told["fingerprint"] = digest([told[key] for key in ("model", "spec", "drawn")] + [told["scenario"]["hash"]])
    (folder / "sweep.json").write_text(json.dumps(told))


def test_points_that_come_out_otherwise_are_refused(folder):
    drawn = {"design": "lhs", "points": 4, "factor": [{"key": "agenda.discount", "range": [0.5, 1]}]}
    fill(folder, parse_design(TALK | drawn), [0])
    told = json.loads((folder / "sweep.json").read_text())
    told["drawn"] = "0" * 32
    told["fingerprint"] = digest([told[key] for key in ("model", "spec", "drawn")] + [told["scenario"]["hash"]])
    (folder / "sweep.json").write_text(json.dumps(told))
    with pytest.raises(StoreMismatch, match="draw other points"):
        open_store(folder)


def test_a_folder_from_a_newer_winset_is_refused(folder, design):
    fill(folder, design, [0])
    told = json.loads((folder / "sweep.json").read_text())
    (folder / "sweep.json").write_text(json.dumps(told | {"format": 2}))
    with pytest.raises(StoreMismatch, match="format 2"):
        open_store(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"format": 1}', "{"])
def test_a_broken_description_is_refused(folder, design, content):
    fill(folder, design, [0])
    (folder / "sweep.json").write_text(content)
    for doing in (lambda: open_store(folder), lambda: open_store(folder, design), lambda: results(folder)):
        with pytest.raises(StoreDamaged, match=r"sweep\.json"):
            doing()


def test_runs_without_a_description_are_refused(folder, design):
    fill(folder, design, [0])
    (folder / "sweep.json").unlink()
    with pytest.raises(StoreDamaged, match="holds runs"):
        open_store(folder, design)
    with pytest.raises(InputError, match="there is no sweep"):
        open_store(folder)


def test_where_there_is_no_sweep_nothing_is_made(tmp_path):
    for doing in (open_store, results, status):
        with pytest.raises(InputError, match="there is no sweep"):
            doing(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


# -- sizes


def test_stock_takes_a_few_bytes_a_run(folder):
    import tracemalloc

    design = parse_design(TALK | {"replicates": 5000})
    with open_store(folder, design) as store:
        for number in range(design.count):
            store.add(row(number))
    tracemalloc.start()
    stock = read_run_index(folder, design)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not len(stock.todo())
    assert held < 24 * design.count
    assert peak < 64 * design.count + 3_000_000  # and the columns of some thousand rows


def test_a_manifest_makes_the_same_design(design):
    told = manifest.manifest(design)
    again = manifest.restore_design(json.loads(json.dumps(told)))
    assert manifest.manifest(again) == told
    assert manifest.fingerprint(again) == manifest.fingerprint(design)


def test_differences_are_told_by_key():
    old, new = {"a": {"b": 1, "c": [1]}, "d": 1}, {"a": {"b": 2, "c": [1]}}
    assert list(manifest.describe_differences("x", old, new)) == [
        ("x.a.b", "is 1 in the folder, and 2 now"),
        ("x.d", "is 1 in the folder, and not written now"),
    ]


def test_paths_are_taken_as_they_come(folder, design):
    with open_store(str(folder), design) as store:
        assert store.folder == Path(folder)
