"""Designs and folders that cannot be used: one clear message, the right code, and nothing touched."""

import json
import re

import jsonschema
import pytest

from lab.store.write_lock import Lock
from views.cli import app, contract

FAULTS = """
schema = 1
scenario = "morocco-spian"
kind = "theory"
design = "sobol"
points = 100
replicates = 0
measure = ["class"]
[[factor]]
key = "economy.gap"
range = [8, 1]
"""


@pytest.fixture
def winset(capsys):
    """Run a command line in this process: (exit code, standard output, standard error)."""

    def run(*words):
        code = app.run([str(word) for word in words])
        out, err = capsys.readouterr()
        return int(code), out, err

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Five worlds of the paradox curve."""
    place = tmp_path_factory.mktemp("sweeps") / "curve"
    assert app.run(["sweep", "paradox", "-o", str(place), "--points", "5"]) == 0
    return place


# -- wrong input


def test_every_fault_of_a_design_is_told_at_once(winset, tmp_path):
    (tmp_path / "faults.toml").write_text(FAULTS, encoding="utf-8")
    code, out, err = winset("sweep", tmp_path / "faults.toml", "-o", tmp_path / "rows")
    assert (code, out) == (2, "")
    places = re.findall(r"^error: .*faults\.toml:([\w.]+):", err, re.MULTILINE)
    assert {"kind", "points", "replicates", "factor.economy.gap"} <= {place.removesuffix(".range") for place in places}
    assert not (tmp_path / "rows").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sweep", "nowhere.toml", "-o", "rows"], "one of ours: drivers, paradox, remedies"),
        (["sweep", "paradox"], "missing option"),
        (["sweep", "paradox", "-o", "rows", "--replicates", "3"], "analyse gives the same every time"),
        (["sweep", "drivers", "-o", "rows", "--points", "100"], "write 64 or 128"),
        (["resume", "nowhere"], "there is no sweep in this folder"),
        (["status", "nowhere"], "there is no sweep in this folder"),
        (["report", "nowhere"], "there is no sweep in this folder"),
        (["archive", "nowhere"], "there is no sweep in this folder"),
        (["compare", "nowhere", "elsewhere"], "there is no sweep in this folder"),
        (["replay", "nowhere", "123456"], "there is no sweep in this folder"),
    ],
)
def test_wrong_input_leaves_with_2_and_says_what_to_write(words, told, winset, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = winset(*words)
    assert (code, out) == (2, "")
    assert told in err
    assert re.search(r"^hint: ", err, re.MULTILINE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["replay", "{}", "zzzzzz"], "write 6 to 32 of the digits"),
        (["replay", "{}", "000000"], "0 runs of this sweep begin with 000000"),
        (["resume", "{}", "--retry", "fault"], "write one of: error, timeout, crashed"),
        (["report", "{}", "--where", "gain > 1"], "gain was not measured"),
        (["report", "{}", "--against", "gap 9"], "is no arm"),
        (["report", "{}", "-o", "{}"], "is a folder"),
        (["archive", "{}", "-o", "{}"], "is a folder"),
        (["resume", "{}", "--timeout", "0"], "--timeout"),
        (["resume", "{}", "--timeout", "nan"], "--timeout"),
        (["resume", "{}", "--timeout", "1e999"], "--timeout"),
        (["resume", "{}", "--workers", "9" * 400], "--workers"),
        (["resume", "{}", "--workers", "9" * 5000], "--workers"),
    ],
)
def test_what_does_not_fit_the_folder_leaves_with_2(words, told, winset, folder):
    code, _, err = winset(*(word.format(folder) for word in words))
    assert code == 2
    assert told in err


# -- a folder that cannot be used


def test_the_folder_of_another_design_leaves_with_3_and_every_difference(winset, folder):
    code, out, err = winset("sweep", "paradox", "-o", folder, "--points", "6", "--json")
    assert code == 3
    assert "spec.points: is 5 in the folder, and 6 now" in err
    assert err.count("hint: ") == 1
    jsonschema.Draft202012Validator(contract.output_schema("error")).validate(json.loads(out))
    assert winset("sweep", "paradox", "-o", folder, "--points", "6", "--dry-run")[0] == 3


def test_a_second_writer_leaves_with_3(winset, folder):
    with Lock(folder):
        code, _, err = winset("resume", folder)
        assert winset("status", folder)[0] == 0
    assert code == 3
    assert "is writing to this folder" in err


def test_a_torn_part_leaves_with_3_and_names_the_file(winset, tmp_path):
    assert winset("sweep", "paradox", "-o", tmp_path, "--points", "2")[0] == 0
    part = next((tmp_path / "runs").iterdir())
    part.write_bytes(part.read_bytes()[:100])
    for words in (["status", tmp_path], ["resume", tmp_path], ["report", tmp_path], ["verify", tmp_path]):
        code, _, err = winset(*words)
        assert code == 3
        assert part.name in err


def test_a_sweep_into_a_folder_with_other_files_is_refused_unless_it_is_forced(winset, tmp_path):
    notes = tmp_path / ".notes.tmp"
    notes.write_text("precious")
    words = ["sweep", "paradox", "-o", tmp_path, "--points", "2", "--executor", "serial"]
    code, _, err = winset(*words)
    assert code == 3
    assert ".notes.tmp" in err
    assert [path.name for path in tmp_path.iterdir()] == [".notes.tmp"]
    assert winset(*words, "--force-folder")[0] == 0
    assert notes.read_text() == "precious"
