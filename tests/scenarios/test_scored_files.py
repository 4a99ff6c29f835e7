"""What a scored file may say, how it becomes facts, and the template with which one begins."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games.errors import InputError, Problem
from negotiation.preferences.mandates import Mandate, RedLine
from negotiation.preferences.scored import Bonus
from scenarios import Procedure, Scenario, ScheduledShock, analyse, preferences, read, review, schema, template

PRESETS = ("alike-neighbours", "one-way-flow", "three-purses")


def written(folder: Path, text: str, *changes: str) -> Scenario:
    file = folder / "case.toml"
    file.write_text(text)
    return read(file, changes)


def test_the_template_checks_clean_and_is_worth_playing(tmp_path: Path):
    scenario = written(tmp_path, template())
    assert scenario.has_points
    assert scenario.preset is None
    assert scenario.game is None
    found = review(scenario)
    assert found is not None
    assert found.ok
    assert found.to_dict()["nash"] == found.to_dict()["best_ratifiable"] == [[3, 2, 2, 1]]
    jsonschema.Draft202012Validator(schema()).validate(tomllib.loads(template()))


def test_the_template_shows_every_key_of_a_scored_seat_and_says_a_word_on_it():
    facts = schema()["$defs"]
    economic = {"votes"}
    for name in ("SeatTable", "RedLineTable", "GroupTable", "BonusTable"):
        for key in set(facts[name]["properties"]) - economic:
            assert key in template(), key
    assert template().count("#") > 25


def test_points_become_facts(tmp_path: Path):
    scenario = written(tmp_path, template())
    alderia, brevia = scenario.seats
    assert alderia.sheet is not None
    assert brevia.sheet is not None
    assert dict(alderia.sheet.points)["training"] == (-1, -3, -8)
    assert alderia.red_lines == (RedLine("recognition", 0, 2, (), "No mutual recognition of diplomas."),)
    assert alderia.instructions == Mandate(alderia.red_lines, ("quota_skilled",))
    assert brevia.red_lines[0].unless == (("training", 2),)
    assert brevia.reason == "today's practice goes on"
    assert brevia.sheet.bonuses == (Bonus({"training": 1, "data": 1}, 1, brevia.sheet.bonuses[0].text),)
    assert [group.votes for group in brevia.groups] == [3, 2, 2]
    assert scenario.yields.of("training") == (
        ("quota_skilled", (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1))),
    )
    assert scenario.shocks == (
        ScheduledShock("shortage", 3, "A hospital in Alderia closes a ward for lack of nurses."),
    )
    assert scenario.rules == Procedure("request_offer", 20, 1, 1.0)
    assert scenario.countries[0].public.startswith("An ageing country")


def test_a_package_is_worth_its_lines_its_yields_and_its_bonuses(tmp_path: Path):
    scenario = written(tmp_path, template())
    assert scenario.agenda is not None
    values = preferences(scenario).values
    two_thirds = scenario.agenda.package((2, 2, 0, 1))
    assert values[two_thirds] == pytest.approx([7 - 2 / 3 * 3 + 1, -3 + 2 / 3 * 7 + 2 + 1])
    nobody_comes = scenario.agenda.package((0, 3, 0, 0))
    assert values[nobody_comes] == pytest.approx([0, 0])


@pytest.mark.parametrize("name", PRESETS)
def test_a_scored_scenario_can_be_a_key(name: str):
    assert hash(read(name)) == hash(read(name))
    assert read(name) == read(name)


def test_lines_answer_to_their_key_and_their_number(tmp_path: Path):
    numbered = template()
    for key, number in (("quota_skilled", "I02"), ("training", "I13"), ("data", "I15")):
        numbered = re.sub(rf'(?m)(^|points\.|"|{{ |, ){key}(?=["=\] ]+)', rf"\g<1>{number}", numbered)
    assert "training =" not in numbered
    one, two = written(tmp_path, template()), written(tmp_path, numbered)
    assert one.seats == two.seats
    assert (one.agenda, one.yields, one.migrants) == (two.agenda, two.yields, two.migrants)


def test_points_stand_alone_and_say_what_is_null(tmp_path: Path):
    facts = analyse(written(tmp_path, template())).to_dict()
    absent = [key for key, value in facts.items() if value is None]
    assert absent == [
        "game",
        "groups",
        "accounts",
        "sums",
        "earlier_migrants",
        "net",
        "flows",
        "agreement",
        "expansion",
        "treaty",
        "remedies",
    ]
    rare = {"earlier_migrants", "expansion", "treaty"}
    assert all(key in " ".join(facts["notes"]) for key in absent if key not in rare)
    assert facts["value_unit"] == "points"
    assert facts["packages"]["count"] == 256


def test_a_printed_game_may_stand_beside_points(tmp_path: Path):
    scenario = written(tmp_path, template() + '\n[game]\ncanon = "bully"\n')
    facts = analyse(scenario).to_dict()
    assert scenario.parties == ("Alderia", "Brevia")
    assert facts["game"]["players"] == ["Developed", "Developing"]
    assert facts["groups"] is None
    assert set(facts["win_sets"]) == {"Alderia", "Brevia"}
    assert any(note.startswith("Two separate readings") for note in facts["notes"])


def test_without_points_for_migrants_totals_leave_them_out(tmp_path: Path):
    start, end = template().index("[agenda.migrants]"), template().index("[[agenda.seats]]")
    facts = analyse(written(tmp_path, template()[:start] + template()[end:])).to_dict()
    (nash,) = facts["packages"]["nash"]
    assert nash["total"] == sum(nash["values"].values())
    assert any("Those who move have no points" in note for note in facts["notes"])


def test_two_alike_countries_stand_in_the_order_of_their_file(tmp_path: Path):
    alike = template().replace('role = "host"', 'role = "both"').replace('role = "origin"', 'role = "both"')
    scenario = written(tmp_path, alike, "countries.brevia.public=x", "agenda.seats.brevia.tactic=linear")
    assert [(country.name, country.role) for country in scenario.countries] == [("Alderia", "both"), ("Brevia", "both")]
    assert [country.public for country in scenario.countries][1] == "x"
    assert [seat.tactic for seat in scenario.seats] == ["boulware", "linear"]


def test_both_names_neither_of_two_alike_countries(tmp_path: Path):
    alike = template().replace('role = "host"', 'role = "both"').replace('role = "origin"', 'role = "both"')
    with pytest.raises(InputError, match="no country called 'both'"):
        written(tmp_path, alike.replace('country = "Brevia"', 'country = "both"'))


def test_what_stays_at_today_is_told_by_number_and_kind():
    kept = read("three-purses", ['agenda.without=["I21", "linkage"]'])
    assert kept.agenda is not None
    assert kept.agenda.without == {"tax_share", "linkage"}
    grid = preferences(kept).values
    whole = read("three-purses")
    assert whole.agenda is not None
    picked = [whole.agenda.package(kept.agenda.levels(package)) for package in range(kept.agenda.count)]
    np.testing.assert_array_equal(grid, preferences(whole).values[picked])


def test_a_structural_case_may_have_mandates_and_texts_of_its_own():
    line = {"ladder": "stay", "high": 2, "unless": {"levy_split": 1}, "text": "No settlement for nothing."}
    scenario = read(
        "morocco-spain",
        [
            ("agenda.seats.spain.red_lines", [line]),
            ("agenda.seats.spain.mandate", "red lines"),
            ("agenda.seats.spain.priorities", ["levy_split", "I10"]),
            ("countries.spain.public", "A country of arrival."),
        ],
    )
    assert not scenario.has_points
    assert scenario.seats[0].instructions == Mandate(
        (RedLine("stay", 0, 2, (("levy_split", 1),), "No settlement for nothing."),), ("levy_split", "recognition")
    )
    assert scenario.countries[0].public == "A country of arrival."


def test_a_variation_of_a_preset_is_not_that_preset(tmp_path: Path):
    scenario = written(tmp_path, 'schema = 1\nextends = "three-purses"\ntitle = "Mine"\n[agenda]\nrounds = 5\n')
    assert scenario.preset is None
    assert scenario.title == "Mine"
    assert scenario.rules.rounds == 5
    assert preferences(scenario).values.shape == (65536, 2)


def test_groups_are_found_by_name_in_a_change():
    scenario = read("three-purses", [("agenda.seats.northmark.groups.Skilled workers.votes", 5)])
    assert [group.votes for group in scenario.seats[0].groups] == [4, 5, 2, 3]


KEYS = [
    *("preset", "teaching", "teaching.demonstration", "shocks", "entry_into_force", "entry_into_force.alone"),
    *("countries.sudora.role", "agenda.ladders", "agenda.preferences", "agenda.yields", "agenda.yields.tax_share"),
    *("agenda.yields.tax_share.I01", "agenda.migrants", "agenda.payers", "agenda.discount", "agenda.seats"),
    *("agenda.seats.sudora.points", "agenda.seats.sudora.points.I01", "agenda.seats.sudora.bonuses"),
    *("agenda.seats.sudora.groups", "agenda.seats.sudora.groups.Recruiters.points", "agenda.seats.sudora.red_lines"),
    *("agenda.seats.sudora.priorities", "agenda.seats.sudora.groups.Recruiters.bonuses", "agenda.rounds"),
]
WORDS = ["I01", "quota_unskilled", "least", "points", "ladder", "high", "unless", "name", "round", "text", "country"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(KEYS), VALUES), min_size=1, max_size=3))
def test_any_values_of_a_scored_case_are_read_or_refused(changes: list[tuple[str, object]]):
    problems: tuple[Problem, ...] = ()
    try:
        read("three-purses", changes)
    except InputError as error:
        problems = error.problems
    assert all(problem.place and problem.reason for problem in problems)


@settings(max_examples=40)
@given(
    rows=st.lists(st.lists(st.integers(-30, 30), min_size=3, max_size=3), min_size=2, max_size=2),
    spoil=st.integers(-3, 3),
)
def test_groups_add_up_or_the_file_is_refused(rows: list[list[int]], spoil: int):
    total = [sum(column) for column in zip(*rows, strict=True)]
    total[1] += spoil
    groups = [{"name": f"Group {at}", "points": {"I15": row}} for at, row in enumerate(rows)]
    seat = {"country": "Sudora", "points": {"I15": total}, "groups": groups}
    other = {"country": "Northmark", "points": {"data": [0, 0, 0]}, "groups": [{"name": "All"}]}
    changes = [("agenda.ladders", ["data"]), ("agenda.migrants", {}), ("agenda.seats", [seat, other])]
    if spoil:
        with pytest.raises(InputError, match=f"a difference of 0, {-spoil}, 0"):
            read("one-way-flow", changes)
    else:
        assert read("one-way-flow", changes).seats[1].groups[0].name == "Group 0"
