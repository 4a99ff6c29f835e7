"""A deposit holds the sweep and what it takes to make it again, and is the same when it is packed again."""

import hashlib
import json
import zipfile
from datetime import date

import pandas as pd
import pytest

from games.errors import InputError
from lab import parse_design, results, verify
from lab.analysis.archive import write_archive
from lab.runs.single_run import SingleRunner
from lab.store.folder import open_store
from scenarios.scenario import MODEL

DAY = date(2026, 1, 31)


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deposits") / "swept"
    factor = {"key": "economy.gap", "name": "gap", "values": [1, 2, 3]}
    design = parse_design(
        {
            "schema": 1,
            "scenario": "morocco-spain",
            "kind": "analyse",
            "measure": ["gain"],
            "factor": [factor],
        },
        "gaps: a study",
    )
    with open_store(folder, design) as store:
        for number in range(3):
            store.add(SingleRunner(design).run(number))
    (folder / "notes.txt").write_text("mine")
    return folder


@pytest.fixture(scope="module")
def unpacked(swept, tmp_path_factory):
    home = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(write_archive(swept, home / "deposit.zip", DAY).path) as packed:
        assert packed.testzip() is None
        packed.extractall(home)
    return home


def test_the_sweep_comes_out_of_it_and_can_be_verified(swept, unpacked):
    pd.testing.assert_frame_equal(results(unpacked / "sweep"), results(swept))
    assert verify(unpacked / "sweep").ok


def test_its_texts_are_filled_in(unpacked):
    for name in ("README.md", "ODD.md", "CITATION.cff"):
        text = (unpacked / name).read_text(encoding="utf-8")
        assert "$" not in text
    assert "gap (`economy.gap`)" in (unpacked / "ODD.md").read_text(encoding="utf-8")
    citation = (unpacked / "CITATION.cff").read_text(encoding="utf-8")
    assert 'title: "Data of the Winset sweep gaps: a study"' in citation
    assert "date-released: 2026-01-31" in citation


def test_it_names_the_code(unpacked):
    told = json.loads((unpacked / "code.json").read_text())
    assert told["model"] == MODEL
    assert {"lab/analysis/archive.py", "economy/parameters.toml", "games/errors.py"} <= told["sources"].keys()


def test_its_checksums_hold(unpacked):
    lines = (unpacked / "SHA256SUMS").read_text().splitlines()
    assert len(lines) >= 7
    for line in lines:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest


def test_what_is_not_the_sweeps_stays_outside(unpacked):
    assert not list(unpacked.rglob("notes.txt"))


def test_packed_twice_it_is_the_same(swept, tmp_path):
    one, other = (write_archive(swept, tmp_path / name, DAY) for name in ("one.zip", "other.zip"))
    assert one.path.read_bytes() == other.path.read_bytes()
    assert (one.rows, one.missing) == (3, 0)
    assert one.document().schema == "winset/archive/1"


def test_without_a_path_it_lies_beside_the_folder(swept):
    assert write_archive(swept, day=DAY).path == swept.with_name("swept.zip")


def test_where_it_cannot_be_written_nothing_is_left(swept, tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        write_archive(swept, tmp_path)
    with pytest.raises(InputError, match="cannot be written"):
        write_archive(swept, tmp_path / "missing" / "deposit.zip")
    with pytest.raises(InputError, match="no sweep"):
        write_archive(tmp_path)
    assert not list(tmp_path.iterdir())
