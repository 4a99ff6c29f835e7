"""Everything that a notebook may show says in a few lines what it is; in HTML no text of a file is taken for code."""

from __future__ import annotations

import tomllib
from dataclasses import make_dataclass
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import agents
import games
import lab
import scenarios
from economy.corridors.fitting import corridor
from economy.parameters import defaults
from games.short_repr import short_repr, short_value
from games.summary import summarise_game

LINES, WIDTH, LENGTH = 8, 240, 800
LISTS = {"Equilibria", "Bimatrix", "GameSummary"}
"""Answers of the games, which are tables of their own and have tests of their own."""

CELLS = {
    "schema": 1,
    "scenario": "alike-neighbours",
    "kind": "simulate",
    "replicates": 2,
    "measure": ["agreement", "rounds"],
    "factor": [{"key": "agenda.rounds", "values": [4, 8]}],
}


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep") / "one"
    case, derived = scenarios.read("alike-neighbours"), scenarios.read("morocco-spain")
    analysed, outcome, table = scenarios.analyse(derived), agents.simulate(case), agents.prepare_table(case)
    talks = outcome.talks
    summary = lab.sweep(CELLS, folder, executor="serial")
    atlas = lab.define_atlas("symmetric", "gap=1:8:5")
    found = lab.analyse_sweep(folder, most=0)
    assert derived.parameters is not None
    assert case.agenda is not None
    named = {
        "cases": [case, derived, scenarios.read("bully"), scenarios.draft("three-purses"), *scenarios.library()],
        "parts of a case": [*case.seats, *case.countries, case.teaching, case.agenda, *case.agenda.ladders[:2]],
        "economy": [derived.parameters, defaults(), corridor("MAR-ESP"), derived.agenda],
        "analysis": [analysed, scenarios.analyse(case), analysed.opening, analysed.packages, *analysed.shocks],
        "scored": [scenarios.review(case), *scenarios.read("three-purses").shocks, case.seats[0].sheet],
        "talks": [
            table,
            *table.briefs,
            table.preferences,
            table.rules,
            talks,
            outcome,
            outcome.deal_document,
            outcome.metrics,
        ],
        "games": [games.solve_many(np.zeros((3, 2, 2, 2))), games.solve("bully"), summarise_game("bully")],
        "lab": [summary, lab.status(folder), lab.plan(CELLS), lab.plan("paradox"), lab.load_dataset(folder), found],
        "more of the lab": [lab.verify(folder), lab.forecast(CELLS, folder), *found.summaries, *found.sensitivities],
        "maps": [atlas, atlas.ground, *atlas.dials, lab.solve_atlas(atlas)],
    }
    return [thing for several in named.values() for thing in several if thing is not None]


def test_a_repr_fits_in_a_few_lines(things):
    assert len(things) > 50
    for thing in things:
        text, kind = repr(thing), type(thing).__name__
        if kind in LISTS:
            continue
        assert len(text) <= LENGTH, (kind, text)
        assert text.count("\n") < LINES, (kind, text)
        assert max(map(len, text.splitlines())) <= WIDTH, (kind, text)
        assert "object at 0x" not in text, kind


def html(thing):
    """The HTML, once it is known to be well-formed."""
    text = thing._repr_html_()
    ET.fromstring(f"<div>{text.replace('<br>', '<br/>')}</div>")
    return text


def test_main_results_are_tables_in_a_notebook(things):
    shown = {type(thing).__name__ for thing in things if hasattr(thing, "_repr_html_")}
    wanted = {"Scenario", "Analysis", "Review", "Outcome", "Design", "SweepStatus", "AtlasSummary", "Equilibria"}
    assert wanted | {"GameSummary"} <= shown
    for thing in things:
        if hasattr(thing, "_repr_html_"):
            text = html(thing)
            assert "<table>" in text or "<p>" in text
            assert len(text) < 40_000


def test_the_main_reprs_name_what_matters(things):
    texts = {}
    for thing in things:
        texts.setdefault(type(thing).__name__, []).append(repr(thing))
    assert "alike-neighbours" in texts["Scenario"][0]
    assert "1,024 packages" in texts["Scenario"][0]
    assert "class bully" in texts["Analysis"][0]
    assert "agreement" in texts["Outcome"][0]
    assert "2 points x 1 arm x 2 replicates" in texts["Design"][0]
    assert "4 of 4 runs" in texts["SweepStatus"][0]
    assert "5 points" in texts["AtlasSummary"][0]


NASTY = "<script>alert(1)</script> \x1b[2J \u202e & co"


@pytest.fixture(scope="module")
def nasty():
    case = scenarios.template().replace("Alderia", "<b>Al&deria</b>").replace("A case of my own", NASTY)
    tables = scenarios.draft(_written(case))
    return tables.read()


def _written(text):
    return tomllib.loads(text.replace("\x1b", "\\u001b").replace("\u202e", "\\u202e"))


def test_text_of_a_file_is_escaped_and_visible(nasty):
    outcome = agents.simulate(nasty)
    things = [nasty, scenarios.analyse(nasty), scenarios.review(nasty), outcome]
    for thing in things:
        for text in (repr(thing), html(thing)):
            assert "\x1b" not in text
            assert "\u202e" not in text
        assert "<b>" not in html(thing)
        assert "<script>" not in html(thing)
    for thing in (nasty, scenarios.analyse(nasty), outcome):
        assert "&lt;b&gt;Al&amp;deria&lt;/b&gt;" in html(thing)


def test_a_glimpse_is_short():
    assert short_value("x" * 100) == repr("x" * 37 + "...")
    assert short_value(np.zeros((3, 4))) == "array(3, 4)"
    assert short_value((1, 2)) == "(1, 2)"
    assert short_value(tuple(range(100))) == "<100 entries>"
    assert short_value({"a": 1}) == "<1 entry>"
    assert short_value(np.float64(0.5)) == "0.5"
    assert len(short_value(object())) < 60


def test_what_does_not_fit_is_counted():
    kind = make_dataclass("Long", [(f"field{at}", str) for at in range(20)], namespace={"__repr__": short_repr})
    text = repr(kind(*["x" * 30] * 20))
    shown = text.count("field")
    assert text.endswith(f"x', and {20 - shown} more)")
    assert 3 < shown < 8
