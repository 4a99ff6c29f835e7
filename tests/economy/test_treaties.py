"""Treaties as graphs and as arrays: the same thing said twice."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.treaties.graph import club, graph_of, hub, neighbours, no_openings, openings_of, pairs, treaty_pairs
from games.errors import InputError

NAMES = ("ESP", "MAR", "FRA", "DEU")
EDGES = st.sets(st.sampled_from([(NAMES[i], NAMES[j]) for i, j in pairs(4)]))


@given(EDGES)
def test_a_graph_comes_back_from_its_array(edges):
    opens = openings_of(nx.Graph(list(edges)), NAMES)
    assert (opens == opens.T).all()
    back = graph_of(opens, NAMES)
    assert list(back) == list(NAMES)
    assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in edges}


def test_an_arrow_is_an_opening_and_no_treaty_until_it_is_returned():
    graph = nx.DiGraph([("ESP", "MAR"), ("ESP", "FRA"), ("FRA", "ESP")])
    opens = openings_of(graph, NAMES)
    assert opens[0, 1]
    assert not opens[1, 0]
    assert treaty_pairs(opens) == ((0, 2),)
    assert list(graph_of(opens, NAMES).edges) == [("ESP", "FRA")]


def test_a_club_binds_its_members_and_nobody_else():
    opens = club(NAMES, ["DEU", "ESP", "FRA"])
    assert treaty_pairs(opens) == ((0, 2), (0, 3), (2, 3))
    assert not opens[1].any()
    assert not club(NAMES, []).any()


def test_a_hub_has_a_treaty_with_every_spoke():
    assert treaty_pairs(hub(NAMES, "MAR")) == ((0, 1), (1, 2), (1, 3))
    assert treaty_pairs(hub(NAMES, "MAR", ["FRA"])) == ((1, 2),)


@given(EDGES)
def test_neighbours_are_one_treaty_away_each_another(edges):
    opens = openings_of(nx.Graph(list(edges)), NAMES)
    here = set(treaty_pairs(opens))
    for pair, near in zip(pairs(4), neighbours(opens), strict=True):
        assert here ^ set(treaty_pairs(near)) == {pair}
        assert (near == near.T).all()


def test_the_next_treaty_returns_an_opening_that_stands_alone():
    opens = no_openings(NAMES)
    opens[0, 1] = True
    assert treaty_pairs(neighbours(opens)[0]) == ((0, 1),)


@pytest.mark.parametrize(
    "mistake",
    [lambda: club(NAMES, ["ITA"]), lambda: hub(NAMES, "ITA"), lambda: openings_of(nx.Graph([("ESP", "ITA")]), NAMES)],
)
def test_countries_from_elsewhere_are_refused(mistake):
    with pytest.raises(InputError, match="no country 'ITA'"):
        mistake()


def test_arrays_are_read_like_nested_lists():
    assert treaty_pairs([[0, 1, 0], [1, 0, 0], [0, 0, 0]]) == ((0, 1),)
    assert np.array_equal(neighbours([[0, 1], [1, 0]]), np.zeros((1, 2, 2)))
