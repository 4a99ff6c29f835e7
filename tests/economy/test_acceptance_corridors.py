"""All seventeen corridors on the command line: sixteen can be analysed, the seventeenth says why not."""

import json

import jsonschema
import pytest

from economy.corridors.data import corridor_names
from economy.corridors.fitting import SKILLS_NOTE
from views.cli import app, contract


def analysed(capsys, name):
    code = app.run(["analyse", name, "--json"])
    out, err = capsys.readouterr()
    return int(code), out, err


@pytest.mark.parametrize(
    "code",
    [
        code if code in {"MAR-ESP", "DEU-FRA"} else pytest.param(code, marks=pytest.mark.full)
        for code in corridor_names()
    ],
)
def test_a_corridor_is_analysed(capsys, code):
    left, out, err = analysed(capsys, f"corridor:{code}")
    assert left == 0, err
    told = json.loads(out)
    jsonschema.Draft202012Validator(contract.output_schema("analyse")).validate(told)
    assert told["game"]["class"]
    assert any(SKILLS_NOTE in note for note in told["notes"])


def test_the_corridor_without_fundamentals_says_so(capsys):
    left, out, err = analysed(capsys, "corridor:TON-NZL")
    (problem,) = json.loads(out)["error"]["problems"]
    assert left == 2
    assert problem["reason"] == "Tonga is not in the Penn World Table: TON-NZL has no fundamentals"
    assert "corridor:FJI-NZL" in problem["hint"]
    assert "Traceback" not in err
