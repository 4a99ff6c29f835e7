"""What is wrong with a region or a graph is said in words: where, why, and what to write instead."""

from dataclasses import replace

import numpy as np
import pytest

from economy.parameters import defaults
from economy.treaties.countries import region_of
from economy.treaties.payoffs import solve_region
from economy.treaties.region import bilateral
from games.errors import InputError

PAIR = bilateral(defaults())
TREATY = [[0, 1], [1, 0]]


@pytest.mark.parametrize("dial", ["old_stock", "old_stock_origin"])
def test_earlier_migrants_of_a_pair_are_refused_where_the_region_has_none(dial):
    with pytest.raises(InputError, match=f"region.parameters.{dial}") as refused:
        solve_region(replace(PAIR, parameters=defaults().replace(**{dial: 0.01})), TREATY)
    assert "`stock`" in refused.value.problems[0].hint


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"names": ("A", "A")}, "region.names"),
        ({"names": ("A",)}, "region.names"),
        ({"names": ("A", "B", "C")}, "region.gap"),
        ({"gap": np.array([1.0, 200.0])}, "region.gap"),
        ({"gap": np.array([1.0, np.nan])}, "region.gap"),
        ({"size": np.array([0.0, 1.0])}, "region.size"),
        ({"u": np.array([0.4, 1.0])}, "region.u"),
        ({"shared": 1.5}, "region.shared"),
        ({"stock": np.array([0.1, 1.0])}, "region.stock"),
        ({"stock": np.array([0.1, np.nan])}, "region.stock"),
        ({"stock": np.zeros(3)}, "region.stock"),
        ({"terms": {"tax": np.full((2, 2), 1.1)}}, "region.terms.tax"),
        ({"terms": {"tax": np.full((2, 2), np.nan)}}, "region.terms.tax"),
        ({"terms": {"tax": np.zeros((3, 3))}}, "region.terms.tax"),
        ({"terms": {"tax": np.zeros(2)}}, "region.terms.tax"),
        ({"terms": {"sigma": np.full((2, 2), 1.6)}}, "region.terms.sigma"),
        ({"terms": {"today": np.full((2, 2), 1.1)}}, "region.terms.today"),
        ({"terms": {"expansion": np.full((2, 2), 5.0)}}, "region.terms.expansion"),
        ({"parameters": defaults().replace(xmax=2.0)}, "region.parameters.xmax"),
        ({"terms": {"tax": np.zeros((3, 2, 2))}, "shared": np.zeros(2)}, "region"),
        ({"gap": np.ones((3, 2)), "size": np.ones((2, 2))}, "region"),
        ({"parameters": defaults().replace(openness=2.0)}, "region.parameters.openness"),
    ],
)
def test_a_region_outside_its_limits_is_refused(changes, place):
    with pytest.raises(InputError) as refused:
        solve_region(replace(PAIR, **changes), TREATY)
    assert place in [problem.place for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("opens", "reason"),
    [
        (np.zeros((3, 3)), "shape"),
        ([0, 1], "shape"),
        ([[0, 2], [1, 0]], "something else"),
        ([[1, 1], [1, 0]], "to itself"),
    ],
)
def test_openings_that_are_no_graph_are_refused(opens, reason):
    with pytest.raises(InputError, match=reason):
        solve_region(PAIR, opens)


def test_graphs_and_regions_that_do_not_go_together_are_refused():
    with pytest.raises(InputError, match="do not go together"):
        solve_region(bilateral(defaults().replace(tax=np.zeros(3))), np.zeros((2, 2, 2)))


@pytest.mark.parametrize(("code", "hint"), [("TON", "leave TON out"), ("FRX", "FRA"), ("???", "write some of")])
def test_countries_without_fundamentals_are_refused(code, hint):
    with pytest.raises(InputError) as refused:
        region_of(("ESP", code))
    assert hint in refused.value.problems[0].hint
