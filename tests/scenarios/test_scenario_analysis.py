"""What theory says about the cases: published figures of the specification, and laws that tie the blocks together."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios import analyse, preferences, read

KEYS = [
    "schema", "scenario", "game", "groups", "accounts", "accounts_by_country", "value_unit", "flows",
    "potential_gain_pct", "agreement", "remedies", "packages", "win_sets", "zopa", "notes", "shocks",
]  # fmt: skip
PACKAGES = [
    "count", "beat_walk_away", "beat_without_side_payments", "ratifiable", "nash", "kalai_smorodinsky", "egalitarian",
    "largest_total",
]  # fmt: skip
CORRIDORS = ("morocco-spain", "germany-france", "mexico-usa")


@cache
def told(name: str, *changes: str) -> dict[str, Any]:
    return analyse(read(name, changes)).to_dict()


@pytest.mark.parametrize("name", ["bully", *CORRIDORS])
def test_keys_stand_in_the_order_of_the_contract(name: str):
    facts = told(name)
    assert list(facts) == KEYS
    assert facts["schema"] == "winset/analyse/1"
    assert facts["scenario"] == name
    assert facts["game"]["schema"] == "winset/solve/1"


def test_the_printed_bully_is_bare_and_says_so():
    facts = told("bully")
    assert facts["game"]["class"] == "bully"
    assert facts["game"]["class_player"] == "Developed"
    absent = [key for key, value in facts.items() if value is None]
    assert absent == [key for key in KEYS if key not in {"schema", "scenario", "game", "notes", "shocks"}]
    notes = " ".join(facts["notes"])
    assert all(key in notes for key in absent)
    assert facts["game"]["side_payment"]["note"]


@pytest.mark.parametrize(
    ("name", "kind", "readings"),
    [
        ("morocco-spain", "bully", "bully at openness .25, bully at kappa 0, bully at kappa 1"),
        ("germany-france", "prisoners-dilemma", "at openness .25"),
        ("mexico-usa", "stag-hunt", "at openness .25"),
    ],
)
def test_class_of_the_corridors_and_how_it_depends_on_assumptions(name: str, kind: str, readings: str):
    facts = told(name)
    assert facts["game"]["class"] == kind
    assert facts["game"]["disagreement"] == [0, 0]
    (note,) = [note for note in facts["notes"] if note.startswith("The class of the game depends")]
    assert readings in note
    assert "kappa 0" in note
    assert "kappa 1" in note


# negotiation.md, section 6: both governments gain, also ratified, without levy, without levy and partnership
COUNTS = [
    ("morocco-spain", 1934, 1229, 0, 0),
    ("germany-france", 363, 236, 32, 32),
    ("mexico-usa", 9228, 9228, 2136, 768),
]


@pytest.mark.parametrize(("name", "gain", "ratified", "bare", "barest"), COUNTS)
def test_counts_of_the_corridor_agenda(name: str, gain: int, ratified: int, bare: int, barest: int):
    packages = told(name)["packages"]
    assert list(packages) == PACKAGES
    assert packages["count"] == 4**7
    assert packages["beat_walk_away"] == pytest.approx(gain, rel=0.03)
    assert packages["ratifiable"] == pytest.approx(ratified, rel=0.03)
    without = told(name, 'agenda.without=["levy"]')["packages"]
    assert without["count"] == 4**6
    assert without["beat_walk_away"] == pytest.approx(bare, rel=0.03)
    neither = told(name, 'agenda.without=["levy", "partnership"]')["packages"]
    assert neither["beat_walk_away"] == pytest.approx(barest, rel=0.03)


def test_without_the_migrants_purse_nothing_pays_spain():
    facts = told("morocco-spain")
    assert facts["packages"]["beat_without_side_payments"] == 0
    assert facts["agreement"] == {"self_enforcing": False, "both_gain": False, "largest_self_enforcing_openness": 0}
    assert told("morocco-spain", 'agenda.without=["levy"]')["zopa"] == 1
    assert all(proposal["package"][3] > 0 for proposal in facts["packages"]["nash"])


def test_what_holds_spain_back_at_home():
    facts = told("morocco-spain")
    assert facts["win_sets"]["Spain"]["marginal_group"] == "consumers"
    assert facts["groups"]["Spain"]["scarce_labour"]["position"] == "opposed"


def test_flows_reproduce_the_migrants_counted():
    """785,884 people of Morocco live in Spain (UN DESA 2020): to that the openness is fitted."""
    flows = told("morocco-spain")["flows"]
    assert flows["unit"] == "thousands of people"
    path = flows["paths"][0]
    assert (path["from"], path["to"]) == ("Morocco", "Spain")
    assert path["less_skilled"] + path["skilled"] == pytest.approx(785.884, abs=0.01)


@pytest.mark.parametrize("name", CORRIDORS)
def test_accounts_add_up_by_country(name: str):
    facts = told(name)
    for account, total in facts["accounts"].items():
        parts = [each[account] for each in facts["accounts_by_country"].values()]
        assert (total is None and parts == [None, None]) or sum(parts) == pytest.approx(total, abs=1e-9)
    assert list(facts["accounts"]) == ["host natives", "old migrants", "origin natives", "new migrants"]
    assert facts["accounts"]["old migrants"] is None
    assert any("old migrants" in note for note in facts["notes"])


@pytest.mark.parametrize("name", CORRIDORS)
def test_positions_are_those_that_vote(name: str):
    """The package of full openness, all recognition and lowest fee is cell (L, L) of the game."""
    scenario = read(name)
    votes, stakes = preferences(scenario), told(name)["groups"]
    assert scenario.agenda is not None
    package = scenario.agenda.package((3, 3, 3, 0, 0, 0, 0))
    for party, country in enumerate(votes.parties):
        for at, group in enumerate(votes.groups[party]):
            sign = {"opposed": -1, "neutral": 0, "in favour": 1}[
                stakes[country][group]["position_reciprocal"].removeprefix("weakly ")
            ]
            assert votes.votes[party][package, at] == sign
            assert stakes[country][group]["change_pct_gdp"] == pytest.approx(votes.stakes[party][package, at], abs=1e-9)


@pytest.mark.parametrize("name", CORRIDORS)
def test_bargaining_points_are_rational_and_the_blocks_agree(name: str):
    facts = told(name)
    packages = facts["packages"]
    for key in ("nash", "kalai_smorodinsky", "egalitarian"):
        assert all(min(proposal["values"].values()) > 0 for proposal in packages[key])
    assert packages["ratifiable"] <= packages["beat_walk_away"] <= packages["count"]
    assert packages["beat_without_side_payments"] <= packages["beat_walk_away"]
    assert packages["ratifiable"] + 1 <= facts["zopa"]
    for each in facts["win_sets"].values():
        assert each["share"] == pytest.approx(each["size"] / packages["count"])


def test_the_largest_total_counts_the_migrants():
    scenario = read("germany-france")
    totals = preferences(scenario).accounts.sum(axis=1)
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
