"""What theory says about the cases: published figures of the specification, and laws that tie the blocks together."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios import analyse, preferences, read

KEYS = [
    "schema", "scenario", "game", "groups", "accounts", "sums", "earlier_migrants", "net", "value_unit", "flows",
    "agreement", "expansion", "treaty", "remedies", "packages", "win_sets", "zopa", "notes", "shocks",
]  # fmt: skip
PACKAGES = [
    "count", "beat_walk_away", "beat_without_side_payments", "ratifiable", "nash", "kalai_smorodinsky", "egalitarian",
    "largest_total",
]  # fmt: skip
CORRIDORS = ("morocco-spain", "germany-france", "mexico-usa")
NO_BLOCK = {"earlier_migrants", "expansion", "treaty"}
"""Blocks that are null in most cases without a note of their own: only some corridors have them."""


@cache
def told(name: str, *changes: str) -> dict[str, Any]:
    return analyse(read(name, changes)).to_dict()


@pytest.mark.parametrize("name", ["bully", *CORRIDORS])
def test_keys_stand_in_the_order_of_the_contract(name: str):
    facts = told(name)
    assert list(facts) == KEYS
    assert facts["schema"] == "winset/analyse/2"
    assert facts["scenario"] == name
    assert facts["game"]["schema"] == "winset/solve/1"


def test_the_printed_bully_is_bare_and_says_so():
    facts = told("bully")
    assert facts["game"]["class"] == "bully"
    assert facts["game"]["class_player"] == "Developed"
    absent = [key for key, value in facts.items() if value is None]
    assert absent == [key for key in KEYS if key not in {"schema", "scenario", "game", "notes", "shocks"}]
    notes = " ".join(facts["notes"])
    assert all(key in notes for key in absent if key not in NO_BLOCK)
    assert facts["game"]["side_payment"]["note"]


@pytest.mark.parametrize(
    ("name", "kind", "readings"),
    [
        (
            "corridor:MAR-ESP",
            "stag-hunt",
            "bully at kappa 1, bully with covered .5, bully with covered 0, stag-hunt with earlier migrants of other",
        ),
        ("morocco-spain", "bully", "bully at kappa 0, bully at kappa 1, bully with covered .5, bully with covered 0"),
        ("germany-france", "stag-hunt", " at kappa 0, "),
        ("mexico-usa", "stag-hunt", "stag-hunt at kappa 0"),
    ],
)
def test_class_of_the_corridors_and_how_it_depends_on_assumptions(name: str, kind: str, readings: str):
    facts = told(name)
    assert facts["game"]["class"] == kind
    assert facts["game"]["disagreement"] == [0, 0]
    (note,) = [note for note in facts["notes"] if note.startswith("The class of the game depends")]
    assert readings in note
    assert ("covered" in note) == (name != "germany-france"), "a treaty in force covers everybody"


def test_a_dial_that_the_case_moves_stays_moved_in_the_other_readings():
    """With a levy of 10 % Spain gains at mobile capital too: the variants keep the levy."""
    facts = told("corridor:MAR-ESP", "economy.tax=0.1")
    (note,) = [note for note in facts["notes"] if note.startswith("The class of the game depends")]
    assert "stag-hunt at kappa 1" in note


@pytest.mark.parametrize("name", CORRIDORS)
def test_the_packages_are_counted(name: str):
    packages = told(name)["packages"]
    assert list(packages) == PACKAGES
    scenario = read(name)
    assert scenario.agenda is not None
    assert packages["count"] == scenario.agenda.count


def test_flows_reproduce_the_migrants_counted():
    """785,884 people of Morocco live in Spain (UN DESA 2020); half as many again come."""
    flows = told("corridor:MAR-ESP")["flows"]
    assert flows["unit"] == "thousands of people"
    path, back = flows["paths"]
    assert (path["from"], path["to"]) == ("Morocco", "Spain")
    assert path["today"] == pytest.approx(785.884, abs=1e-6)
    assert path["people"] == pytest.approx(1.5 * 785.884, abs=1e-6)
    assert path["less_skilled"] + path["skilled"] == pytest.approx(path["people"])
    there, here = path["people"], back["people"]
    assert flows["reciprocity"] == pytest.approx(1 - abs(there - here) / (there + here))


@pytest.mark.parametrize("name", CORRIDORS)
def test_positions_have_the_sign_of_the_change(name: str):
    """A group that is neither neutral nor without a change is in favour where it gains and opposed where it loses."""
    sides = {"opposed": -1, "neutral": 0, "in favour": 1}
    for groups in told(name)["groups"].values():
        for each in groups.values():
            for position, change in (("position", "change_alone_pct_gdp"), ("position_reciprocal", "change_pct_gdp")):
                side = sides[each[position].removeprefix("weakly ")]
                assert side in {0, np.sign(each[change])}


@pytest.mark.parametrize(("name", "inside"), [("morocco-spain", False), ("three-purses", True)])
def test_the_notes_say_whether_the_status_quo_is_a_package(name: str, inside: bool):
    facts, worth = told(name), preferences(read(name))
    assert (worth.status_quo is not None) == inside
    assert any("zopa includes the status quo" in note for note in facts["notes"]) == inside
    assert any("Every package is a signed text" in note for note in facts["notes"]) != inside


def test_where_a_ratification_turns_on_the_convention_of_stands_the_notes_say_so():
    """Whether a group compares its gain with its own income or with GDP decides votes on some packages."""
    worth, notes = preferences(read("morocco-spain")), told("morocco-spain")["notes"]
    assert worth.turning is not None
    assert worth.turning.any()
    assert any("ratification turns on a convention" in note for note in notes)
    assert len(set(notes)) == len(notes)


@pytest.mark.parametrize("name", CORRIDORS)
def test_bargaining_points_are_rational_and_the_blocks_agree(name: str):
    facts = told(name)
    packages = facts["packages"]
    for key in ("nash", "kalai_smorodinsky", "egalitarian"):
        assert all(min(proposal["values"].values()) > 0 for proposal in packages[key])
    assert packages["ratifiable"] <= packages["beat_walk_away"] <= packages["count"]
    assert packages["beat_without_side_payments"] <= packages["beat_walk_away"]
    assert packages["ratifiable"] <= facts["zopa"]
    for each in facts["win_sets"].values():
        assert each["share"] == pytest.approx(each["size"] / packages["count"])


def test_the_largest_total_counts_the_migrants():
    scenario = read("germany-france")
    totals = preferences(scenario).totals
    (first, *_) = told("germany-france")["packages"]["largest_total"]
    assert first["total"] == pytest.approx(float(np.max(totals)))


def test_more_votes_for_a_group_change_what_passes():
    even = told("morocco-spain")["win_sets"]["Spain"]["size"]
    owners = told("morocco-spain", "agenda.seats.spain.votes={capital=3}")["win_sets"]["Spain"]["size"]
    assert owners > even


def test_a_higher_walk_away_leaves_fewer_packages():
    counts = [
        told("morocco-spain", f"agenda.seats.spain.walk_away={value}")["packages"]["beat_walk_away"]
        for value in (0, 0.1, 0.3)
    ]
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 3


def test_an_economy_without_corridor_counts_people_per_worker(tmp_path: Any):
    file = tmp_path / "pair.toml"
    file.write_text('schema = 1\ntitle = "A pair"\n[economy]\npreset = "asymmetric"\n')
    facts = analyse(read(file)).to_dict()
    assert facts["flows"]["unit"] == "people per 1,000 workers of the host"
    assert facts["game"]["class"] == "bully"
    assert facts["packages"] is None
    assert not any("depends on assumptions" in note for note in facts["notes"])
