"""Which treaties last: Jackson and Wolinsky's definition, word by word, against what the batch finds."""

import json
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.parameters import preset
from economy.treaties import stability
from economy.treaties.countries import region_of
from economy.treaties.diversion import diversion
from economy.treaties.graph import club, hub, no_openings, pairs, treaty_pairs
from economy.treaties.payoffs import solve_region
from economy.treaties.region import Region, bilateral
from economy.treaties.stability import TreatyChange, check_stability, closest_countries, improving_path, stable_graphs
from games.errors import InputError


def drawn(nations, seed):
    """A random region between the two presets, where some treaties last and some do not."""
    rng = np.random.default_rng(seed)
    return Region(
        names=tuple("ABCDEF"[:nations]),
        gap=np.exp(rng.uniform(0, 1, nations)),
        size=np.exp(rng.uniform(-1, 1, nations)),
        u=rng.uniform(0.3, 0.7, nations),
        parameters=preset("symmetric").replace(openness=float(rng.uniform(0.05, 0.5))),
    )


def payoffs(region, graph):
    return solve_region(region, graph).payoffs


def flipped(graph, i, j):
    changed = graph.copy()
    changed[i, j] = changed[j, i] = not graph[i, j]
    return changed


def pairwise_stable(region, graph):
    """The definition of 1996, one graph at a time."""
    here = payoffs(region, graph)
    for i, j in pairs(len(graph)):
        there = payoffs(region, flipped(graph, i, j))
        gain_i, gain_j = there[i] - here[i], there[j] - here[j]
        if graph[i, j] and (gain_i > 1e-9 or gain_j > 1e-9):
            return False
        if not graph[i, j] and min(gain_i, gain_j) >= -1e-9 and max(gain_i, gain_j) > 1e-9:
            return False
    return True


@settings(max_examples=20)
@given(st.integers(2, 4), st.integers(0, 2**32 - 1))
def test_it_is_stable_when_the_definition_says_so(nations, seed):
    region = drawn(nations, seed)
    graph = np.triu(np.random.default_rng(seed).random((nations, nations)) < 0.5, 1)
    graph |= graph.T
    assert check_stability(region, graph).holds == pairwise_stable(region, graph)


@settings(max_examples=10)
@given(st.integers(2, 4), st.integers(0, 2**32 - 1))
def test_all_stable_graphs_are_stable_and_a_path_that_ends_ends_in_one_of_them(nations, seed):
    region = drawn(nations, seed)
    found = stable_graphs(region)
    assert all(check_stability(region, nx.Graph(list(each.treaties))).holds for each in found if each.treaties)
    path = improving_path(region, np.random.default_rng(seed))
    assert path.ended in {"stable", "cycle"}
    if path.ended == "stable":
        assert path.end.treaties in {each.treaties for each in found}


@settings(max_examples=10)
@given(st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_every_step_of_a_path_is_wanted_by_those_who_decide(nations, seed):
    region = drawn(nations, seed)
    path = improving_path(region, np.random.default_rng(seed))
    graph = no_openings(region.names)
    for (verb, pair, gains), drawn_from in path.steps:
        i, j = (region.names.index(country) for country in pair)
        assert verb == ("end" if graph[i, j] else "sign")
        after = flipped(graph, i, j)
        change = payoffs(region, after) - payoffs(region, graph)
        np.testing.assert_allclose([change[i], change[j]], gains, atol=1e-9)
        assert (max if verb == "end" else min)(gains) > -1e-9
        assert drawn_from >= 1
        graph = after
    assert path.end.treaties == tuple((region.names[i], region.names[j]) for i, j in treaty_pairs(graph))


def test_equals_open_and_unequals_do_not():
    """The two presets of the annex: the stag hunt's treaty lasts once it is signed, the bully's does not."""
    equals, unequals = bilateral(preset("symmetric")), bilateral(preset("asymmetric"))
    treaty = club(equals.names, equals.names)
    assert check_stability(equals, treaty).holds
    (change,) = check_stability(unequals, treaty).changes
    assert (change.verb, change.initiators) == ("end", ("host",))


def test_a_club_of_alike_countries_lasts_where_one_of_unlike_ones_does_not():
    """Alonso, section 6.1: regional frameworks hold among similar economies (assumed openness .25)."""
    gulf = region_of(("SAU", "ARE", "IND", "NPL"))
    (only,) = stable_graphs(gulf)
    assert only.treaties == (("SAU", "ARE"),)
    europe = region_of(("DEU", "FRA", "GBR"))
    assert check_stability(europe, club(europe.names, europe.names)).holds
    assert not check_stability(gulf, club(gulf.names, gulf.names)).holds


def test_the_spokes_of_a_rich_hub_gain_and_the_hub_leaves():
    region = Region(
        names=("hub", "one", "two"),
        gap=np.array([4.0, 1, 1]),
        size=np.array([1.0, 1.5, 1.5]),
        u=np.array([0.25, 0.6, 0.6]),
        parameters=preset("asymmetric"),
    )
    found = check_stability(region, hub(region.names, "hub"))
    assert found.payoffs[1] > 0
    assert found.payoffs[1] == pytest.approx(found.payoffs[2], abs=1e-9)
    assert {change.initiators for change in found.changes if change.verb == "end"} == {("hub",)}


def test_ties_are_drawn_by_the_generator_and_told():
    """B and C are twins, so that A may sign first with either."""
    twins = Region(
        names=("A", "B", "C"),
        gap=np.ones(3),
        size=np.ones(3),
        u=np.array([0.4, 0.6, 0.6]),
        parameters=preset("symmetric"),
    )
    firsts = {improving_path(twins, np.random.default_rng(seed)).steps[0] for seed in range(20)}
    assert {step.drawn_from for step in firsts} == {2}
    assert {step.change.pair for step in firsts} == {("A", "B"), ("A", "C")}
    same = [improving_path(twins, np.random.default_rng(3)).to_dict() for _ in range(2)]
    assert same[0] == same[1]


def fickle(graph):
    """Payoffs of three countries with no rest: whoever has just been courted courts the next and drops the first."""
    treaties = treaty_pairs(graph)
    payoffs = np.zeros(3)
    for first, second, third in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        chain = {tuple(sorted((first, second))), tuple(sorted((second, third)))}
        if treaties == (tuple(sorted((first, second))),):
            payoffs[[first, second]] = 3, 1
        elif set(treaties) == chain:
            payoffs[[second, third]] = 2, 1
    return payoffs - (len(treaties) == 3)


def test_a_path_without_a_rest_comes_back_and_says_so(monkeypatch):
    monkeypatch.setattr(stability, "_payoffs", lambda region, graphs: np.array([fickle(graph) for graph in graphs]))
    path = improving_path(drawn(3, 0), np.random.default_rng(0))
    assert path.ended == "cycle"
    assert [step.change.verb for step in path.steps] == ["sign", *["sign", "end"] * 3]
    assert path.end.treaties == (path.steps[0].change.pair,)
    assert not path.end.holds


def test_a_long_path_may_be_cut():
    region = drawn(4, 1)
    path = improving_path(region, np.random.default_rng(0), longest=1)
    assert path.ended == "unfinished"
    assert len(path.steps) == 1


def test_a_path_starts_where_it_is_told():
    region = bilateral(preset("asymmetric"))
    path = improving_path(region, np.random.default_rng(0), club(region.names, region.names))
    assert path.start == (("host", "origin"),)
    assert [step.change.verb for step in path.steps] == ["end"]
    assert path.end.treaties == ()


def test_spain_draws_moroccans_who_would_have_gone_to_france():
    region = region_of(("ESP", "MAR", "FRA"))
    found = diversion(region, hub(region.names, "MAR", ["FRA"]), ("ESP", "MAR"))
    assert found.flows[1, 2] < 0
    assert found.movers_diverted == pytest.approx(-found.flows[1, 2] - found.flows[0, 2])
    assert 0 < found.movers_diverted < found.movers_attracted
    assert found.payoffs[2] > 0
    again = diversion(region, club(region.names, ["ESP", "MAR"]) | hub(region.names, "MAR"), ("ESP", "MAR"))
    np.testing.assert_array_equal(again.flows, found.flows)


def test_alike_countries_are_neighbours_in_productivity():
    region = region_of(("DEU", "MAR", "FRA", "NPL", "GBR", "ESP"))
    assert closest_countries(region, 4) == ("GBR", "ESP", "DEU", "FRA")
    assert closest_countries(region, 6)[0] == "NPL"


def test_results_are_plain_json_with_every_key():
    region = region_of(("ESP", "MAR", "FRA"))
    standing = hub(region.names, "MAR")
    results = {
        "stability": check_stability(region, standing),
        "path": improving_path(region, np.random.default_rng(0)),
        "diversion": diversion(region, standing, ("ESP", "MAR")),
    }
    for name, result in results.items():
        printed = result.to_dict()
        assert next(iter(printed)) == "schema"
        assert printed["schema"] == f"winset/{name}/1"
        assert json.loads(json.dumps(printed)) == printed
    idle = replace(region, parameters=region.parameters.replace(openness=0.0))
    assert diversion(idle, standing, ("ESP", "MAR")).to_dict()["diverted_share"] is None


def test_who_wants_a_change():
    assert TreatyChange("sign", ("A", "B"), (0.0, 0.2)).initiators == ("A", "B")
    assert TreatyChange("sign", ("A", "B"), (0.0, 0.0)).initiators == ()
    assert TreatyChange("sign", ("A", "B"), (-0.1, 0.2)).initiators == ()
    assert TreatyChange("end", ("A", "B"), (-0.1, 0.2)).initiators == ("B",)
    assert TreatyChange("end", ("A", "B"), (0.0, 0.0)).initiators == ()


# --- What is refused ---


def test_an_opening_that_is_not_returned_is_no_treaty():
    region = drawn(3, 0)
    graph = no_openings(region.names)
    graph[0, 1] = True
    with pytest.raises(InputError, match="no treaties"):
        check_stability(region, graph)


def test_a_batch_of_regions_is_refused():
    region = drawn(3, 0)
    many = replace(region, parameters=region.parameters.replace(tax=np.array([0.0, 0.1])))
    closed = no_openings(many.names)
    for question in (
        lambda: check_stability(many, closed),
        lambda: diversion(many, closed, ("A", "B")),
        lambda: closest_countries(many, 2),
    ):
        with pytest.raises(InputError, match="regions here"):
            question()


def test_too_many_countries_for_all_graphs_are_refused():
    with pytest.raises(InputError, match="too many graphs"):
        stable_graphs(region_of(("DEU", "FRA", "GBR", "POL", "TUR", "ESP", "MAR")))


@pytest.mark.parametrize("count", [1, 4])
def test_a_club_of_one_or_of_more_than_all_is_refused(count):
    with pytest.raises(InputError, match=f"got {count}"):
        closest_countries(drawn(3, 0), count)


@pytest.mark.parametrize(
    ("gains", "verb", "wanted"),
    [
        # A gain of 2e-9 % of GDP counts, one of 5e-10 is none; a loss of 5e-10 is none, one of 2e-9 stops a signature.
        ((2e-9, -5e-10), "sign", ("A", "B")),
        ((2e-9, -2e-9), "sign", ()),
        ((5e-10, 0.0), "sign", ()),
        ((2e-9, -1.0), "end", ("A",)),
        ((5e-10, -1.0), "end", ()),
    ],
)
def test_gains_up_to_a_billionth_are_none(gains, verb, wanted):
    assert TreatyChange(verb, ("A", "B"), gains).initiators == wanted


@pytest.mark.parametrize(
    ("gains", "lasting"),
    [
        ((1.0, 0.0), ((("A", "B"),),)),
        ((1.0, -5e-10), ((("A", "B"),),)),
        ((0.0, 0.0), ((), (("A", "B"),))),
        ((1.0, -1.0), ((),)),
    ],
)
def test_a_treaty_from_which_one_gains_and_none_loses_is_signed(monkeypatch, gains, lasting):
    """Jackson and Wolinsky (1996): no pair with a gain for one and no loss for the other is left without a treaty."""
    monkeypatch.setattr(stability, "_payoffs", lambda _, graphs: graphs[:, 0, 1, None] * np.array(gains))
    pair = replace(drawn(2, 0), names=("A", "B"))
    assert tuple(each.treaties for each in stable_graphs(pair)) == lasting
