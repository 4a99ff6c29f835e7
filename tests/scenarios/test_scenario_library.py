"""The library: acceptance tests that trainers can read, and the schema that their editors use."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from economy.corridors.data import corridor_names
from economy.parameters import entries
from games.bimatrix import Bimatrix
from games.errors import InputError
from games.two_by_two.explanation import explain
from scenarios import analyse, library, read, schema
from scenarios.reading import library_paths
from scenarios.valuation import scenario_game

NAMES = (
    *("alike-neighbours", "bully", "cooperative", "germany-france", "mexico-usa", "morocco-spain"),
    *("one-way-flow", "three-purses"),
)


def test_the_shelf_holds_these_cases_and_hides_their_bases():
    assert tuple(library_paths()) == NAMES
    assert [entry.name for entry in library()] == list(NAMES)


def test_an_entry_as_the_list_prints_it():
    entry = next(entry for entry in library() if entry.name == "morocco-spain").to_dict()
    assert Path(entry.pop("path")).name == "morocco-spain.toml"
    assert entry == {
        "name": "morocco-spain",
        "preset": None,
        "title": "Morocco and Spain",
        "parties": ["Spain", "Morocco"],
        "packages": 65536,
        "game": "bully",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_case_reads_analyses_and_names_its_sources(name: str):
    scenario = read(name)
    assert scenario.sources
    assert scenario.summary
    assert not any("No source" in note for note in scenario.notes)
    json.dumps(analyse(scenario).to_dict(), allow_nan=False)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_with_a_number_stands_beside_a_source(name: str):
    """A figure in a case file is either in the text for readers or has a comment on its line."""
    for line in library_paths()[name].read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if value.strip()[:1].isdigit() and key.strip() != "schema":
            assert "#" in value


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_accepts_every_case(name: str):
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(library_paths()[name].read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 1},
        {"title": "no version"},
        {"schema": 1, "title": "A", "economy": {"gap": "4"}},
        {"schema": 1, "title": "A", "economy": {"gap": 200}},
        {"schema": 1, "title": "A", "economy": {"kapa": 1}},
        {"schema": 1, "title": "A", "economy": {"corridor": "MAR-ESQ"}},
        {"schema": 1, "title": "A", "agenda": {"ladders": ["levi"]}},
    ],
)
def test_the_schema_refuses_what_reading_refuses(wrong: dict[str, Any]):
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(wrong))


def test_the_schema_documents_every_key():
    facts = schema()
    jsonschema.Draft202012Validator.check_schema(facts)
    tables = [facts, *facts["$defs"].values()]
    assert all(field.get("description") for table in tables for field in table.get("properties", {}).values())
    assert set(entries()) <= set(facts["$defs"]["EconomyTable"]["properties"])


def test_every_corridor_of_the_data_is_a_case():
    for code in corridor_names():
        scenario = read(f"corridor:{code.lower()}")
        assert scenario.name == f"corridor:{code}"
        assert scenario.path is None
        assert scenario.agenda is not None
        assert {country.iso3 for country in scenario.countries} == set(code.split("-"))


def test_a_base_is_no_case():
    with pytest.raises(InputError):
        read("_corridor")


def test_importing_the_room_loads_nothing_heavy():
    heavy = {"mesa", "streamlit", "nashpy", "pydantic", "networkx", "numpy"}
    assert not heavy & loaded("import scenarios; dir(scenarios)")


def test_analysing_loads_neither_agents_nor_pages():
    code = "from scenarios import analyse, read; analyse(read('bully')).to_dict()"
    assert not {"mesa", "streamlit", "agents"} & loaded(code)


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running some code."""
    code += "; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


TEXTS = [
    ("bully", "better off closed whatever the other does", lambda facts: facts.dominant[0] == (1, True)),
    ("bully", "does best by doing the same as the other", lambda facts: facts.best_replies[1] == ({0}, {1})),
    ("bully", "developing one would gain and the developed one would lose", lambda facts: facts.opening == (-1, 1)),
    ("bully", "no agreement holds by itself", lambda facts: facts.equilibria == ((1, 1),)),
    ("cooperative", "Opening together is best for both", lambda facts: set(facts.both_prefer) >= {((0, 0), (1, 1))}),
    ("cooperative", "all that is missing is trust", lambda facts: facts.equilibria == ((0, 0), (1, 1))),
]


@pytest.mark.parametrize(("name", "words", "true"), TEXTS)
def test_what_a_case_says_of_its_game_is_true_of_its_table(name, words, true):
    assert words in " ".join(read(name).summary.split())
    assert true(explain(of(name)))


def of(name: str) -> Bimatrix:
    """The game of a case."""
    found = scenario_game(read(name))
    assert found is not None
    return found


def test_in_the_cooperation_game_opening_together_is_the_best_cell_and_opening_alone_the_worst():
    for player, pays in enumerate(of("cooperative").payoffs):
        alone = pays[0][1] if player == 0 else pays[1][0]
        cells = [value for line in pays for value in line]
        assert (pays[0][0], alone) == (max(cells), min(cells))


def test_each_of_germany_and_france_would_rather_that_the_other_opened():
    assert "Each would rather that the other opened." in " ".join(read("germany-france").summary.split())
    row, column = of("germany-france").payoffs
    assert all(row[own][0] > row[own][1] for own in (0, 1))
    assert all(column[0][own] > column[1][own] for own in (0, 1))


def test_the_corridor_named_as_one_where_both_would_open_is_one():
    """`winset demo` names it as such."""
    found = analyse(read("mexico-usa")).opening
    assert found is not None
    assert (found.self_enforcing, found.both_gain) == (True, True)
