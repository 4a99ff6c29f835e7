"""All seventeen corridors: sixteen can be analysed, the seventeenth says why not, and a blank stays a blank."""

import csv
import json

import jsonschema
import pytest

from economy.corridors.data import FOLDER, corridor_names, network
from views.cli import app, contract


def analysed(capsys, name):
    code = app.run(["analyse", name, "--json"])
    out, err = capsys.readouterr()
    return int(code), out, err


@pytest.mark.parametrize("code", corridor_names())
def test_a_corridor_is_analysed(capsys, code):
    left, out, err = analysed(capsys, f"corridor:{code}")
    assert left == 0, err
    told = json.loads(out)
    jsonschema.Draft202012Validator(contract.output_schema("analyse")).validate(told)
    assert told["game"]["class"]
    assert any("UN DESA 2020" in note for note in told["notes"])


def test_the_corridor_without_fundamentals_says_so(capsys):
    left, out, err = analysed(capsys, "corridor:TON-NZL")
    (problem,) = json.loads(out)["error"]["problems"]
    assert left == 2
    assert problem["reason"] == "Tonga is not in the Penn World Table: TON-NZL has no fundamentals"
    assert "corridor:FJI-NZL" in problem["hint"]
    assert "Traceback" not in err


def test_blanks_of_the_tables_stay_blank():
    """Neither 0 nor NaN: what nobody measured is None."""
    with (FOLDER / "countries_pwt1001_2019.csv").open(encoding="utf-8", newline="") as file:
        rows = {row.pop("iso3"): row for row in csv.DictReader(file)}
    blanks = [(iso3, key) for iso3, row in rows.items() for key, text in row.items() if not text]
    assert ("TON", "emp_m") in blanks
    assert ("ARE", "ctfp_usa1") in blanks
    nodes = network().nodes
    assert all(nodes[iso3][key] is None for iso3, key in blanks)
    assert network().edges["TON", "NZL"]["gap"] is None
    assert network().edges["TON", "NZL"]["migrants"] > 0
