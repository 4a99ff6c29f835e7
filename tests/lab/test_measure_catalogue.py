"""One catalogue: a map, a sweep and the analysis of a case give the same number for the same measure."""

import math

import numpy as np
import pytest

from lab.atlas.atlas_columns import ATLAS_MEASURES
from lab.atlas.grid import define_atlas, solve_pages
from lab.design.measure_catalogue import ANALYSE_MEASURES
from lab.design.measure_columns import find_measure
from scenarios import analyse, read
from scenarios.valuation import require_economy

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


def test_the_document_of_an_analysis_holds_the_same_numbers():
    """The keys of `analyse --json` that are measures too."""
    scenario = read("corridor:MAR-ESP")
    found = analyse(scenario)
    told = found.to_dict()
    keys = {
        "class": told["game"]["class"],
        "class_player": told["game"]["class_player"],
        "potential_gain": told["potential_gain_pct"],
        "self_enforcing": told["agreement"]["self_enforcing"],
        "both_gain": told["agreement"]["both_gain"],
        "largest_openness": told["agreement"]["largest_self_enforcing_openness"],
        "packages": told["packages"]["count"],
        "beat_walk_away": told["packages"]["beat_walk_away"],
        "ratifiable": told["packages"]["ratifiable"],
        "zopa": told["zopa"],
        "account.new migrants": told["accounts"]["new migrants"],
        "remedy.levy": next(each["needed"] for each in told["remedies"] if each["name"] == "levy"),
    }
    for name, value in keys.items():
        assert name.partition(".")[0] in ANALYSE_MEASURES
        single = find_measure("analyse", name, scenario).of(found)
        same = single == value if isinstance(single, str | None) else math.isclose(single, value, rel_tol=1e-11)
        assert same, (name, single, value)
