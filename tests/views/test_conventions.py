"""Conventions of the accounts as switches: every command takes them, says so, and refuses a wrong word."""

import json

import numpy as np
import pytest

import lab
import scenarios
from economy.conventions import STANDARD, SWITCHES
from economy.corridors.fitting import corridor
from economy.model.payoffs import solve_bilateral
from economy.parameters import preset
from lab.atlas.base_economy import read_base_economy
from views.cli import app

CASE = "corridor:MAR-ESP"
OTHERS = [(name, words[1]) for name, words in SWITCHES.items()]
NOTES = {
    "surplus": "equivalent variation",
    "crowding": "everybody who comes",
    "xmax": "at most 10 % of GDP, and not 20 %",
}


@pytest.fixture
def winset(capsys):
    """Run a command line in this process: (exit code, standard output, standard error)."""

    def run(*words):
        code = app.run([str(word) for word in words])
        out, err = capsys.readouterr()
        return int(code), out, err

    return run


def changed(name, word):
    """The corridor at half as many again, with one convention changed by hand."""
    p = corridor("MAR-ESP").parameters.replace(expansion=0.5)
    return p.replace(conventions=STANDARD.replace(**{name: word}))


@pytest.mark.parametrize(("name", "words"), SWITCHES.items())
def test_the_first_word_is_the_standard_and_every_word_is_read(name, words):
    assert words[0] == getattr(STANDARD, name)
    for word in words:
        read = scenarios.read(CASE, [f"economy.{name}={word}"])
        assert read.parameters == changed(name, word)


@pytest.mark.parametrize(("name", "word"), OTHERS)
def test_analyse_and_simulate_compute_with_it_and_say_so(winset, name, word):
    switch = f"economy.{name}={word}"
    told = json.loads(winset("analyse", CASE, "--set", switch, "--json")[1])
    expected = solve_bilateral(changed(name, word)).payoffs
    assert np.allclose(told["game"]["payoffs"], expected, rtol=1e-9, atol=1e-9)
    assert [note for note in told["notes"] if NOTES[name] in note]
    played = json.loads(winset("simulate", CASE, "--set", switch, "--json")[1])
    assert [note for note in played["notes"] if NOTES[name] in note]


def test_the_standard_is_not_mentioned(winset):
    for words in (["analyse", CASE], ["simulate", CASE], ["atlas", "--vary", "gap=1,4"]):
        notes = json.loads(winset(*words, "--json")[1])["notes"]
        assert not [note for note in notes if "than the standard" in note]
    same = [f"--set=economy.{name}={words[0]}" for name, words in SWITCHES.items()]
    notes = json.loads(winset("analyse", CASE, "--set=economy.xmax=.2", *same, "--json")[1])["notes"]
    assert not [note for note in notes if "than the standard" in note]


def test_the_bound_of_the_public_cost_is_said_too(winset):
    told = json.loads(winset("analyse", CASE, "--set", "economy.xmax=.1", "--json")[1])
    assert [note for note in told["notes"] if NOTES["xmax"] in note]


@pytest.mark.parametrize(("name", "word"), OTHERS)
@pytest.mark.parametrize("key", ["{}", "economy.{}"])
def test_an_atlas_takes_it_for_a_preset_and_for_a_case(winset, key, name, word):
    switch = f"{key.format(name)}={word}"
    base = read_base_economy("asymmetric", [switch, "openness=.05"])
    expected = preset("asymmetric").replace(openness=0.05)
    assert base.parameters == expected.replace(conventions=STANDARD.replace(**{name: word}))
    assert read_base_economy(CASE, [switch]).parameters == changed(name, word)
    notes = json.loads(winset("atlas", "--vary", "gap=1,4", "--set", switch, "--json")[1])["notes"]
    assert [note for note in notes if NOTES[name] in note]


@pytest.mark.parametrize(("name", "word"), OTHERS)
def test_a_sweep_takes_it_as_a_factor(winset, tmp_path, name, word):
    design = tmp_path / "conventions.toml"
    levels = [SWITCHES[name][0], word]
    design.write_text(
        f'schema = 1\nscenario = "{CASE}"\nkind = "analyse"\ndesign = "grid"\nmeasure = ["payoff.host"]\n'
        f'[[factor]]\nkey = "economy.{name}"\nvalues = {json.dumps(levels)}\n',
        encoding="utf-8",
    )
    code, _, err = winset("sweep", design, "-o", tmp_path / "done", "--executor", "serial")
    assert code == 0, err
    rows = lab.results(str(tmp_path / "done")).set_index(f"economy.{name}")
    (payoff,) = rows.columns[rows.columns.str.startswith("payoff")]
    found = rows[payoff].loc[levels].to_numpy()
    assert np.allclose(found, [solve_bilateral(changed(name, level)).payoffs[0, 0, 0] for level in levels], atol=1e-9)


@pytest.mark.parametrize(
    ("switch", "near"),
    [
        ("economy.surplus=equivalnt", "equivalent"),
        ("economy.surplus=compensated", "compensating"),
        ("economy.crowding=everbody", "everybody"),
        ("economy.crowding=beyond", "beyond today"),
    ],
)
def test_a_wrong_word_is_refused_with_the_nearest(winset, switch, near):
    name, word = switch.removeprefix("economy.").split("=")
    for words in (["analyse", CASE], ["simulate", CASE], ["atlas", "--scenario", CASE], ["atlas"]):
        code, _, err = winset(*words, "--set", switch)
        assert code == 2
        assert err == f"error: --set economy.{name}: there is no {name} called {word!r}\nhint: write {near}\n"


def test_a_number_needs_no_digit_before_its_point():
    assert (
        scenarios.read(CASE, ["economy.kappa=.25"]).parameters
        == scenarios.read(CASE, ["economy.kappa=0.25"]).parameters
    )
