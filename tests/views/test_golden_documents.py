"""What every command prints with `--json`, recorded: a reshaped code base must print the same documents.

Keys that tell of time, place, versions and machine are blanked, and fractions may differ in their last digits: the
libraries below numpy add up in another order on another processor. After a change that is meant to alter a document,
record anew and read the difference:

    uv run python tests/views/test_golden_documents.py
"""

import contextlib
import io
import json
import re
import sys
import tempfile
from pathlib import Path

import pytest

from views.cli import app

GOLDEN = Path(__file__).with_name("golden")
FRACTION = re.compile(r"(-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+)")
VOLATILE = frozenset(
    [
        "at",
        "began",
        "bytes",
        "commit",
        "cpu",
        "cpus",
        "created",
        "database",
        "elapsed",
        "end",
        "ended",
        "eta",
        "file",
        "finished",
        "folder",
        "host",
        "left",
        "machine",
        "memory",
        "parts",
        "path",
        "per_second",
        "pid",
        "platform",
        "python",
        "seconds",
        "sessions",
        "size",
        "speed",
        "start",
        "started",
        "time",
        "user",
        "version",
        "versions",
        "worker",
    ]
)
"""Keys whose values differ from run to run or from machine to machine."""

DESIGN = """
schema = 1
scenario = "germany-france"
kind = "simulate"
measure = ["outcome", "rounds", "value.host"]
replicates = 3
seed = 5
[[factor]]
key = "agenda.rounds"
name = "deadline"
values = [4, 12]
[[factor]]
key = "economy.kappa"
name = "kappa"
values = [0, 0.5, 1]
"""
PLAIN = {
    "solve-bully": ["solve", "bully"],
    "solve-cooperative": ["solve", "cooperative"],
    "solve-matching-pennies": ["solve", "matching-pennies"],
    "solve-chicken": ["solve", "chicken", "--disagreement", "0,1"],
    "analyse-bully": ["analyse", "bully"],
    "analyse-three-purses": ["analyse", "three-purses"],
    "analyse-one-way-flow": ["analyse", "one-way-flow"],
    "analyse-alike-neighbours": ["analyse", "alike-neighbours"],
    "analyse-morocco-spain": ["analyse", "morocco-spain"],
    "analyse-corridor": ["analyse", "corridor:IND-USA", "--set", "economy.kappa=0.2"],
    "simulate-morocco-spain": ["simulate", "morocco-spain", "--seed", "3"],
    "simulate-three-purses": ["simulate", "three-purses"],
    "simulate-one-way-flow": ["simulate", "one-way-flow", "--mover", "Sudora=conceder"],
    "simulate-discount": ["simulate", "alike-neighbours", "--set", "agenda.discount=0.9"],
    "atlas": ["atlas", "--vary", "gap=1:8:8", "--vary", "kappa=0:1:3"],
    "atlas-scenario": [
        *("atlas", "--scenario", "corridor:MAR-ESP", "--vary", "expansion=0,.5,1"),
        *("--measure", "gains,net,limits,tax,accounts,flows"),
    ],
    "demo": ["demo"],
    "scenarios-list": ["scenarios", "list"],
    "scenarios-show": ["scenarios", "show", "three-purses"],
    "scenarios-show-corridor": ["scenarios", "show", "mexico-usa"],
    "scenarios-check": ["scenarios", "check", "three-purses", "morocco-spain"],
    "error": ["solve", "no-such-game"],
}
"""Commands that need no folder."""
SWEPT = {
    "sweep": ["sweep", "DESIGN", "-o", "FOLDER", "--executor", "serial"],
    "resume": ["resume", "FOLDER"],
    "status": ["status", "FOLDER"],
    "verify": ["verify", "FOLDER"],
    "report": ["report", "FOLDER", "-o", "REPORT"],
}
"""Commands of many runs, in this order, on one small sweep."""


def blank(value):
    """The document without what differs from run to run."""
    if isinstance(value, dict):
        return {key: "*" if key in VOLATILE else blank(each) for key, each in value.items()}
    return [blank(each) for each in value] if isinstance(value, list) else value


def printed(words):
    """The document that a command prints, in its own order of keys."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        app.run([*words, "--json"])
    return json.dumps(blank(json.loads(out.getvalue())), indent=1, ensure_ascii=False) + "\n"


def swept(place):
    """The documents of the commands of many runs, by name."""
    design = place / "design.toml"
    design.write_text(DESIGN, encoding="utf-8")
    names = {"DESIGN": str(design), "FOLDER": str(place / "rows"), "REPORT": str(place / "report.html")}
    found = {name: printed([names.get(word, word) for word in words]) for name, words in SWEPT.items()}
    return {name: text.replace(str(place), "PLACE") for name, text in found.items()}


def errors(documents):
    """The names of the documents that hold an error where none is meant."""
    return [name for name, text in documents.items() if name != "error" and "error" in json.loads(text)]


def stored(name):
    return (GOLDEN / f"{name}.json").read_text(encoding="utf-8")


def assert_alike(text, golden):
    """The same text, but for the last digits of fractions."""
    told, recorded = FRACTION.split(text), FRACTION.split(golden)
    assert told[::2] == recorded[::2]
    assert [*map(float, told[1::2])] == pytest.approx([*map(float, recorded[1::2])], rel=1e-9, abs=1e-12)


def test_documents_that_differ_are_told_apart():
    golden = '{"share": 0.5, "gain": 3.06808992756e-06}'
    assert_alike(golden.replace("756e", "73e"), golden)
    for other in (golden.replace("0.5", "0.500001"), golden.replace("gain", "loss"), golden.replace("0.5", "1")):
        with pytest.raises(AssertionError):
            assert_alike(other, golden)


@pytest.mark.parametrize("name", PLAIN)
def test_a_command_prints_what_it_has_printed_before(name):
    assert_alike(printed(PLAIN[name]), stored(name))


def test_the_commands_of_many_runs_print_what_they_have_printed_before(tmp_path):
    found = swept(tmp_path)
    assert not errors(found)
    for name, text in found.items():
        assert_alike(text, stored(name))


def main():
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        found = swept(Path(place)) | {name: printed(words) for name, words in PLAIN.items()}
    wrong = errors(found)
    if wrong:
        raise SystemExit(f"these commands failed, nothing is recorded: {wrong}")
    for name, text in found.items():
        (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name} {len(text)}\n")


if __name__ == "__main__":
    main()
