"""Rows as they are read: by us, by others, after a compaction, and made again."""

import pytest

import lab
from games.errors import InputError
from lab import compact, lookup, parse_design, results, status, verify
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.runs.verify import NEAR
from lab.store import parquet_parts
from lab.store.folder import open_store

TALK = {
    "schema": 1,
    "scenario": "one-way-flow",
    "kind": "simulate",
    "measure": ["outcome", "rounds", "ended_by"],
    "factor": [
        {"key": "agenda.rounds", "values": [5, 9]},
        {"key": "agenda.discount", "values": [1, 0.9]},
        {"key": "agenda.seats.Sudora.tactic", "name": "tactic", "values": ["conceder", "linear"]},
        {"key": "agenda.without", "values": ["[]", ["side payments"]]},
    ],
}
BAD = {"measures": (), "error_type": "ValueError", "error": "no", "traceback": "here"}


def row(number, **how):
    return Finished(number, "ok", ("agreement", float(number), None), seconds=0.5, worker=7)._replace(**how)


@pytest.fixture
def folder(tmp_path):
    """A sweep in four parts: one of failures only, which are tried again, and the last three runs not made."""
    home = tmp_path / "sweep"
    with open_store(home, parse_design(TALK)) as store:
        for number in (3, 1):
            store.add(row(number, status="error", **BAD))
        store.flush()
        for number in (0, 2, 4):
            store.add(row(number, measures=("breakdown", float(number), "Sudora")))
    with open_store(home) as store:
        store.todo(retry=["error"])
        store.add(row(3))
        store.add(row(1, status="error", **BAD))
        store.flush()
        for number in range(5, 13):
            store.add(row(number))
    return home


def test_there_is_one_row_a_run_in_the_order_of_the_design(folder):
    frame = results(folder)
    assert frame["number"].tolist() == list(range(13))
    assert frame["status"].astype(str).tolist() == ["ok", "error", *["ok"] * 11]
    assert frame["attempt"].tolist() == [1, 2, 1, 2, *[1] * 9]
    assert frame["run_id"].nunique() == 13


def test_columns_have_the_types_of_the_design(folder):
    frame = results(folder)
    assert list(frame.columns[:9]) == [
        *("run_id", "number", "agenda.rounds", "agenda.discount", "tactic", "agenda.without", "arm", "replicate"),
        "attempt",
    ]
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert (kinds["agenda.rounds"], kinds["agenda.discount"], kinds["rounds"]) == ("int64", "float64", "float64")
    assert frame["tactic"].astype(str).tolist()[:3] == ["conceder", "conceder", "linear"]
    assert frame["agenda.without"].tolist()[:2] == ["[]", '["side payments"]']
    assert frame["outcome"].isna().tolist() == [False, True, *[False] * 11]


def test_an_empty_sweep_has_its_columns_and_no_rows(tmp_path):
    with open_store(tmp_path, parse_design(TALK)):
        pass
    frame = results(tmp_path)
    assert len(frame) == 0
    assert {"run_id", "tactic", "outcome", "session"} <= set(frame.columns)
    assert len(lab.moves(tmp_path)) == 0


# -- other readers


def test_pandas_reads_the_folder(folder):
    pd = pytest.importorskip("pandas")
    frame = pd.read_parquet(folder / "runs")
    assert len(frame) == 15  # every attempt is a row
    assert frame["run_id"].nunique() == 13
    assert sorted(frame["rounds"].dropna()) == [0, *range(2, 13)]


def test_polars_reads_the_folder(folder):
    pl = pytest.importorskip("polars")
    frame = pl.read_parquet(folder / "runs" / "*.parquet")
    assert frame.height == 15
    assert frame["outcome"].cast(pl.String).drop_nulls().value_counts().sort("count").rows() == [
        ("breakdown", 3),
        ("agreement", 9),
    ]


def test_duckdb_reads_the_folder(folder):
    duckdb = pytest.importorskip("duckdb")
    told = duckdb.sql(f"select tactic, count(rounds) from '{folder}/runs/*.parquet' group by tactic order by tactic")
    assert dict(told.fetchall()) == {"conceder": 6, "linear": 6}


# -- how far it is


def test_a_status_counts_runs_and_shows_failures(folder):
    told = status(folder).to_dict()
    assert [told[key] for key in ("cases", "runs", "done", "to_do")] == [16, 16, 13, 3]
    assert told["counts"] == {"ok": 12, "error": 1, "timeout": 0, "crashed": 0}
    assert [(each["number"], each["attempt"], each["error"]) for each in told["failures"]] == [(1, 2, "no")]
    assert told["parts"] == 4
    assert told["bytes"] == sum(path.stat().st_size for path in (folder / "runs").iterdir())
    assert [each["reason"] for each in told["sessions"]] == ["finished", "finished"]


def test_a_run_is_found_by_the_beginning_of_its_name(folder):
    frame = results(folder)
    design, case = lookup(folder, frame["run_id"][3][:10])
    assert case.number == 3
    assert case.settings["agenda.seats.Sudora.tactic"] == "linear"
    assert lab.rerun_command(design, case).startswith(
        "winset simulate one-way-flow --seed 0 --replicate 0 --set agenda.rounds=5"
    )
    for wrong in ("", "abc", "not hexadecimal", "0" * 33):
        with pytest.raises(InputError, match="is none"):
            lookup(folder, wrong)
    with pytest.raises(InputError, match="0 runs of this sweep"):
        lookup(folder, "0" * 32)


# -- the same again


def made(folder, replicates=6):
    design = parse_design(
        TALK | {"factor": [], "replicates": replicates, "measure": ["outcome", "rounds", "value.Northmark"]}
    )
    bench = SingleRunner(design)
    with open_store(folder, design) as store:
        for number in store.todo().tolist():
            store.add(bench.run(number))


class Off:
    """A bench whose figures are wrong by a little, or that fails."""

    def __init__(self, bench, by):
        self.bench, self.by = bench, by

    def run(self, number):
        outcome, rounds, value = self.bench.run(number).measures
        return row(number, measures=(outcome, rounds, value + self.by))


def test_rows_come_out_the_same_again(tmp_path):
    made(tmp_path)
    verdict = verify(tmp_path, 4)
    assert (verdict.ok, verdict.checked, verdict.identical) == (True, 4, 4)
    assert verify(tmp_path, 100).checked == 6


def test_a_row_that_comes_out_otherwise_is_told(tmp_path):
    made(tmp_path)
    other = verify(tmp_path, 6, lambda design: Off(SingleRunner(design), 1e-6))
    assert not other.ok
    assert {each.measure for each in other.differences} == {"value.Northmark"}
    assert len(other.to_dict()["differences"]) == 6
    last_bits = verify(tmp_path, 6, lambda design: Off(SingleRunner(design), NEAR / 100))
    assert (last_bits.ok, last_bits.identical) == (True, 0)


def test_a_run_that_fails_this_time_is_told(tmp_path):
    made(tmp_path)

    class Broken(Off):
        def run(self, number):
            return row(number, status="error", **BAD)

    assert len(verify(tmp_path, 2, lambda design: Broken(SingleRunner(design), 0)).differences) == 6


# -- compaction


def test_a_compaction_changes_nothing_but_the_number_of_parts(folder):
    pd = pytest.importorskip("pandas")
    frame, every = results(folder), len(pd.read_parquet(folder / "runs"))
    assert compact(folder) == (4, 1, 15)
    assert parquet_parts.part_numbers(folder / "runs") == [3]
    assert results(folder).equals(frame)
    assert len(pd.read_parquet(folder / "runs")) == every
    assert compact(folder) == (1, 1, 15)
    with open_store(folder) as store:
        assert store.todo().tolist() == [13, 14, 15]
        store.add(row(13))
    assert len(results(folder)) == 14


@pytest.mark.parametrize("step", ["before", "between", "after"])
def test_an_interrupted_compaction_is_mended(folder, step):
    frame = results(folder)
    runs, fresh, old = (folder / name for name in (parquet_parts.RUNS, parquet_parts.FRESH, parquet_parts.OLD))
    fresh.mkdir()
    (fresh / "part-000003.parquet").write_bytes(b"half")
    if step == "between":
        runs.rename(old)
    if step == "after":
        old.mkdir()
        fresh.rename(folder / "other")
        (folder / "other").rename(fresh)
    with open_store(folder) as store:
        assert store.todo().tolist() == [13, 14, 15]
    assert results(folder).equals(frame)
    assert not fresh.exists()
    assert not old.exists()


def test_a_death_in_a_compaction_loses_nothing(folder, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    frame = results(folder)
    with monkeypatch.context() as patch:
        patch.setattr("lab.store.parquet_parts.remove_parts", die)
        with pytest.raises(Killed):
            compact(folder)
    with open_store(folder):
        assert parquet_parts.part_numbers(folder / "runs") == [3]
    assert results(folder).equals(frame)
