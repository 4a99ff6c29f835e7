"""One catalogue: a map, a sweep and the analysis of a case give the same number for the same measure."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from economy.account_names import ACCOUNTS
from economy.corridors.opening_searches import search_gains, search_limits
from economy.parameters import preset, unlike
from games.errors import InputError
from lab import parse_design
from lab.atlas.atlas_columns import ATLAS_MEASURES
from lab.atlas.grid import define_atlas, solve_pages
from lab.design.measure_catalogue import ANALYSE_MEASURES, NET_OF
from lab.design.measure_columns import find_measure
from lab.runs.single_run import SingleRunner
from lab.runs.vectorised import ArrayRunner
from scenarios import analyse, read
from scenarios.valuation import require_economy

FIGURES = Path(__file__).with_name("net_figures.json")
"""Figures of the prototype of meaning.md section 6, in shares of GDP."""
COLUMNS = [column for columns in ATLAS_MEASURES.values() for column in columns]


def name_in_a_design(column, scenario):
    """The name under which a design asks for the measure of a column."""
    ending = scenario.parties[column.at] if isinstance(column.at, int) else column.at
    return column.measure.stem if ending is None else f"{column.measure.stem}.{ending}"


@pytest.mark.parametrize("case", ["corridor:MAR-ESP", "germany-france"])
def test_a_map_of_one_point_is_the_analysis(case):
    scenario = read(case)
    found = analyse(scenario)
    gap = float(require_economy(scenario).gap)
    atlas = define_atlas(scenario, {"gap": [gap]}, list(ATLAS_MEASURES))
    page = next(solve_pages(atlas))
    for column in COLUMNS:
        single = find_measure("analyse", name_in_a_design(column, scenario), scenario).of(found)
        value = page[column.name][0]
        if column.measure.form == "word":
            value = (*atlas.words(column.name), None)[value]
            assert value == single, column.name
        else:
            assert (None if np.isnan(value) else float(value)) == single, column.name


SIGNED = ("potential_gross", "best_net", "signed_gross", "signed_net", "share_gross", "share_net")
"""Keys of the block `net` of an analysis that need a search."""


def test_the_document_of_an_analysis_holds_the_same_numbers():
    """The keys of `analyse --json` that are measures too."""
    scenario = read("corridor:MAR-ESP")
    found = analyse(scenario)
    told = found.to_dict()
    keys = {
        "class": told["game"]["class"],
        "class_player": told["game"]["class_player"],
        "self_enforcing": told["agreement"]["self_enforcing"],
        "both_gain": told["agreement"]["both_gain"],
        "packages": told["packages"]["count"],
        "beat_walk_away": told["packages"]["beat_walk_away"],
        "ratifiable": told["packages"]["ratifiable"],
        "zopa": told["zopa"],
        "sent_home": told["accounts"]["new migrants"]["of_which_sent_home"],
        "remedy.levy": told["remedies"][0]["window"][0],
        "remedy.lump sum": next(each["needed"] for each in told["remedies"] if each["name"] == "lump sum"),
        "gain": told["sums"]["gdp"],
        "reciprocity": told["flows"]["reciprocity"],
    }
    keys |= {name: told["net"][name] for name in ("income", "cost_of_moving", "welfare", *SIGNED)}
    keys |= {name: told["expansion"][name] for name in ("limit_both", "limit_self_enforcing", "limit_with_levy")}
    keys |= dict(zip(("levy_low", "levy_high"), told["remedies"][0]["window"], strict=True))
    keys["largest_openness"] = told["agreement"]["largest_self_enforcing_openness"]
    for name in ACCOUNTS:
        parts = told["accounts"][name]
        keys |= {f"account.{name}": parts["total"], f"account_private.{name}": parts["private"]}
        keys |= {f"account_public.{name}": parts["public"]}
    for name, value in keys.items():
        assert name.partition(".")[0] in ANALYSE_MEASURES
        single = find_measure("analyse", name, scenario).of(found)
        same = (
            single == value
            if isinstance(single, str | None) or value is None
            else math.isclose(single, value, rel_tol=1e-11)
        )
        assert same, (name, single, value)


def taken(case, *names):
    """Some measures of a case, by name."""
    scenario = read(case)
    found = analyse(scenario)
    return {name: find_measure("analyse", name, scenario).of(found) for name in names}


def test_gains_and_limits_of_a_corridor_are_those_of_the_table():
    """meaning.md section 5, MAR-ESP: both .60, with a levy 3.15, best net 1.70, signed net .78 on the table's grid.

    Ours has 81 steps up to five times today's number, so a limit is right to one step of .05.
    """
    found = taken(
        "corridor:MAR-ESP",
        *("limit_both", "limit_self_enforcing", "limit_with_levy", "largest_openness"),
        *("best_net", "signed_net", "potential_net", "potential_gross"),
    )
    assert found["limit_both"] == found["limit_self_enforcing"] == pytest.approx(0.60, abs=0.001)
    assert found["limit_with_levy"] == pytest.approx(3.15, abs=0.001)
    assert found["largest_openness"] is None, "openness is not read where people are the ceiling"
    assert found["best_net"] == pytest.approx(1.7013, abs=0.0005)
    assert found["signed_net"] == pytest.approx(0.7819, abs=0.0005)
    assert found["potential_net"] == pytest.approx(1.6378, abs=0.0005), "section 7, welfare at x = 4"
    assert found["potential_gross"] == pytest.approx(9.8046, abs=0.0005), "section 7, GDP at x = 4"


def test_levy_windows_are_those_of_morocco_and_spain():
    """meaning.md section 7: windows at x .5 [0, .272] and at x 1 [.024, .271]."""
    for expansion, window in ((0.5, (0.0, 0.272)), (1.0, (0.024, 0.271))):
        atlas = define_atlas("corridor:MAR-ESP", {"expansion": [expansion]}, "tax")
        page = next(solve_pages(atlas))
        assert (page["levy_low"][0], page["levy_high"][0]) == pytest.approx(window, abs=0.0015)


def test_net_and_gross_along_the_dial_of_unlikeness():
    """meaning.md section 6: the table of dial a, 43 levels of openness."""
    table = json.loads(FIGURES.read_text(encoding="utf-8"))["unlikeness"]
    names = ("potential_gross", "best_net", "potential_net", "signed_gross", "signed_net")
    for row in table:
        pair = unlike(row["a"])
        gains = search_gains(pair)
        told = [100 * row[key] for key in ("gross", "best_net", "net_full", "signed_gross", "signed_net")]
        assert [float(getattr(gains, name)[0]) for name in names] == pytest.approx(told, abs=0.001), row["a"]


def test_a_corridor_with_free_movement_has_openness_and_no_limits():
    found = taken("corridor:DEU-FRA", "largest_openness", "limit_both", "limit_with_levy")
    assert found == {"largest_openness": 1.0, "limit_both": None, "limit_with_levy": None}


def test_every_gross_measure_has_a_net_one():
    """Net stands beside gross: a name that says gross has a partner, and no other measure speaks of a gross gain."""
    gross = {stem for stem, each in ANALYSE_MEASURES.items() if "gross" in stem or "gross gain" in each.definition}
    assert gross == NET_OF.keys()
    assert {*NET_OF.values()} <= ANALYSE_MEASURES.keys()


def test_a_batch_finds_for_each_economy_what_it_finds_alone():
    """Some of them have migrants today and some have not, so that both kinds of levels occur."""
    gaps, today = np.array([1.0, 2.0, 3.0, 1.0]), np.array([0.0, 0.1, 0.0, 0.3])
    pairs = preset("symmetric").replace(gap=gaps, today=today)
    together, limits = search_gains(pairs), search_limits(pairs)
    for number in range(4):
        alone = preset("symmetric").replace(gap=float(gaps[number]), today=float(today[number]))
        assert [values[number] for values in together] == [values[0] for values in search_gains(alone)]
        assert np.array_equal(
            [values[number] for values in limits], [v[0] for v in search_limits(alone)], equal_nan=True
        )
    assert np.isnan(limits.both).tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "net"),
    [
        ("potential_gain", "potential_gross", "potential_net"),
        ("signed_gain", "signed_gross", "signed_net"),
    ],
)
def test_a_name_that_did_not_say_gross_is_refused_with_the_one_that_does(old, new, net):
    with pytest.raises(InputError) as wrong:
        find_measure("analyse", old, read("germany-france"))
    (problem,) = wrong.value.problems
    assert problem.hint == f"write {new}, and {net} for its net"


def test_the_stake_of_a_case_is_a_factor_and_means_people_beyond_todays_number():
    """meaning.md section 7: at x = 1 both countries together gain 1.0487, and Spain loses .1121."""
    cells = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["welfare", "payoff.Spain"]}
    stakes = parse_design(cells | {"factor": [{"key": "agenda.stake", "name": "stake", "values": [0.5, 1, 2]}]})
    bare = cells | {"scenario": "corridor:MAR-ESP"}
    rises = parse_design(bare | {"factor": [{"key": "economy.expansion", "name": "rise", "values": [0.5, 1, 2]}]})
    found = [SingleRunner(stakes).run(number).measures for number in range(3)]
    assert found == [row.measures for row in ArrayRunner(rises).batch(np.arange(3))]
    assert found[1] == pytest.approx((1.0487, -0.1121), abs=5e-5)
