"""The file of an atlas: every point, read by whoever likes, there as a whole or not at all."""

import json
import os
import resource
import signal
import subprocess
import sys
import sysconfig
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

import scenarios
from games.errors import InputError
from games.two_by_two.taxonomy import CLASSES
from lab.atlas import parquet
from lab.atlas.axes import parse_axis
from lab.atlas.base_economy import read_base_economy
from lab.atlas.grid import PAGE, define_atlas, solve_pages
from lab.atlas.statistics import solve_atlas

pq: Any = import_module("pyarrow.parquet")  # it ships no types

WINSET = str(Path(sysconfig.get_path("scripts")) / "winset")
EVERYTHING = ("class", "gains", "openness", "net", "limits", "tax", "accounts", "flows")


def small(*measures, name="asymmetric"):
    return define_atlas(
        read_base_economy(name),
        [parse_axis("gap=1,4"), parse_axis("openness=.05,.5,1")],
        measures or ("class", "gains"),
    )


def test_every_point_stands_in_the_file_as_it_was_solved(tmp_path):
    atlas, file = small(*EVERYTHING), tmp_path / "map.parquet"
    solve_atlas(atlas, file)
    (page,) = solve_pages(atlas)
    table = pd.read_parquet(file)
    assert list(table) == list(page)
    for name, values in page.items():
        if name == "class":
            assert list(table[name]) == [CLASSES[code] for code in values]
        elif name == "class_player":
            words = ("Host", "Origin", None)
            assert [None if pd.isna(word) else word for word in table[name]] == [words[code] for code in values]
        else:
            assert np.array_equal(table[name].to_numpy(), values, equal_nan=values.dtype == float)
    assert table["levy_low"].isna().any(), "where no levy is enough there is a null"
    assert table["limit_both"].isna().all(), "nobody moves today: null, not zero"


def test_its_columns_are_typed_and_tell_their_units(tmp_path):
    file = tmp_path / "map.parquet"
    solve_atlas(small(*EVERYTHING), file)
    schema = pq.read_schema(file)
    assert {str(schema.field(name).type) for name in ("gap", "openness", "payoff_host", "levy_low")} == {"double"}
    assert {str(schema.field(name).type) for name in ("both_gain", "self_enforcing")} == {"bool"}
    assert str(schema.field("class").type).startswith("dictionary<values=string")
    assert schema.field("gap").metadata[b"unit"] == b"ratio, host over origin"
    assert schema.field("new_migrants").metadata[b"unit"] == b"% of the two countries' GDP of the status quo"
    assert all(field.metadata[b"meaning"] for field in schema)


def test_it_says_what_made_it(tmp_path):
    file = tmp_path / "map.parquet"
    solve_atlas(small(), file, command="winset atlas --vary gap=1,4")
    made = json.loads(pq.read_schema(file).metadata[b"winset"])
    assert made["command"] == "winset atlas --vary gap=1,4"
    assert (made["ground"], made["model"]) == ("asymmetric", scenarios.MODEL)
    assert made["dials"] == {"gap": 2, "openness": 3}
    assert made["parameters"]["size"] == 1.5
    assert set(made["versions"]) >= {"winset", "numpy", "pyarrow"}


def test_the_same_map_gives_the_same_bytes(tmp_path):
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    solve_atlas(small(), one)
    solve_atlas(small(), other)
    assert one.read_bytes() == other.read_bytes()


def test_pandas_polars_and_duckdb_read_it(tmp_path):
    file = tmp_path / "map.parquet"
    survey = solve_atlas(
        define_atlas(read_base_economy(), [parse_axis("gap=1:8:29"), parse_axis("kappa=0:1:11")]), file
    )
    counts = {kind: count for (kind, _), count in survey.kinds.items()}
    assert pd.read_parquet(file)["class"].value_counts()[list(counts)].to_dict() == counts
    grouped = pl.read_parquet(file)["class"].cast(pl.String).value_counts()
    assert dict(grouped.iter_rows()) == counts
    with duckdb.connect() as base:
        rows = base.execute(f"select class, count(*) from '{file}' group by class").fetchall()
    assert dict(rows) == counts


def test_a_page_is_a_row_group(tmp_path):
    file = tmp_path / "map.parquet"
    solve_atlas(define_atlas(read_base_economy(), [parse_axis("chi=0:5:200"), parse_axis("loss=1:2:200")]), file)
    told = pq.read_metadata(file)
    assert [told.row_group(at).num_rows for at in range(told.num_row_groups)] == [PAGE, 40_000 - PAGE]


# -- whole, or not at all


class Unplugged(Exception):
    """Something that happens in the middle."""


@pytest.mark.parametrize("fault", [Unplugged, KeyboardInterrupt])
def test_what_stops_halfway_leaves_no_file_and_an_old_one_as_it_was(tmp_path, fault):
    def stop(points):
        raise fault

    with pytest.raises(fault):
        solve_atlas(small(), tmp_path / "new.parquet", stop)
    (tmp_path / "old.parquet").write_text("old")
    with pytest.raises(fault):
        solve_atlas(small(), tmp_path / "old.parquet", stop)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("old.parquet", "old")]


def test_a_map_replaces_the_old_one(tmp_path):
    file = tmp_path / "map.parquet"
    file.write_text("old")
    solve_atlas(small(), file)
    assert pq.read_metadata(file).num_rows == 6
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(("name", "words"), [("absent/map.parquet", "cannot be written"), (".", "is a folder")])
def test_a_place_that_takes_no_file_is_refused_before_anything_is_solved(tmp_path, name, words):
    def solved(points):
        pytest.fail("it was solved")

    with pytest.raises(InputError, match=words) as wrong:
        solve_atlas(small(), tmp_path / name, solved)
    assert wrong.value.problems[0].place == f"-o {tmp_path / name}"
    assert wrong.value.problems[0].hint


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    """A limit on the size of files stands for the disk."""

    def tighten():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    words = ["atlas", "--vary", "gap=1:8:50", "--vary", "kappa=0:1:40", "-o", "map.parquet"]
    done = subprocess.run(
        [WINSET, *words], cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=tighten
    )
    assert (done.returncode, done.stdout) == (74, "")
    assert "error: -o map.parquet: cannot be written: " in done.stderr
    assert "hint: " in done.stderr
    assert not list(tmp_path.iterdir())


LONG = [
    "atlas",
    "--vary",
    "gap=1:8:3000",
    "--vary",
    "kappa=0:1:3000",
    "--measure",
    "class,openness",
    "-o",
    "map.parquet",
]
"""A map that takes hours."""


def begun(folder):
    """A long map under way: its process, when its unfinished file is there."""
    process = subprocess.Popen([WINSET, *LONG], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not list(folder.iterdir()) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert list(folder.iterdir()), process.communicate()
    return process


def test_control_c_leaves_with_130_and_nothing_behind(tmp_path):
    process = begun(tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_kill_leaves_no_torn_file_in_its_place(tmp_path):
    process = begun(tmp_path)
    process.kill()
    process.communicate(timeout=60)
    assert not (tmp_path / "map.parquet").exists()
    assert [file.suffix for file in tmp_path.iterdir()] == [".part"]


# -- a million points

MEASURE = """
import sys
from pathlib import Path
from lab import define_atlas, parse_axis, read_base_economy, solve_atlas
side = int(sys.argv[1])
atlas = define_atlas(read_base_economy(), [parse_axis(f"gap=1:8:{side}"), parse_axis(f"kappa=0:1:{side}")])
solve_atlas(atlas, Path("map.parquet"))
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""
"""The most that was resident at once, in MB. Not `getrusage`: there a child begins with its parent's peak."""


@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak where Linux tells it")
def test_a_million_economies_fit_into_a_quarter_of_a_gigabyte(tmp_path):
    """The whole process, Python and its libraries in it; a tenth of the points takes hardly less."""
    memory = {}
    for side in (316, 1000):
        command = [sys.executable, "-c", MEASURE, str(side)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=bare())
        memory[side] = float(done.stdout)
    assert memory[1000] < 250
    assert memory[1000] < memory[316] + 30
    assert pq.read_metadata(tmp_path / "map.parquet").num_rows == 1_000_000


def bare():
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def test_what_the_versions_are_of_may_be_absent(monkeypatch):
    monkeypatch.setattr(parquet, "PACKAGES", ("winset-of-tomorrow",))
    assert parquet._made(small(), "")["versions"] == {"winset-of-tomorrow": None}
