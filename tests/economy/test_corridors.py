"""Real corridors: their data, the fitted openness, and the games that follow."""

import csv

import pytest

from economy.corridors.data import FOLDER, corridor_names, network
from economy.corridors.fitting import corridor
from economy.model.payoffs import agreement, game, solve_bilateral
from economy.parameters import check
from games.errors import InputError
from games.two_by_two.taxonomy import classify


@pytest.mark.parametrize(
    ("code", "kind", "openness"),
    [("MAR-ESP", "bully", 0.132), ("DEU-FRA", "prisoners-dilemma", 0.077), ("MEX-USA", "stag-hunt", 0.569)],
)
def test_figures_of_the_specification(code, kind, openness):
    found = corridor(code)
    assert found.parameters.openness == pytest.approx(openness, abs=5e-4)
    assert classify(game(solve_bilateral(found.parameters))).name == kind


def test_the_class_can_change_with_openness_and_that_is_offered():
    variants = corridor("DEU-FRA").variants
    assert list(variants) == ["openness .25", "kappa 0", "kappa 1", "earlier migrants"]
    assert classify(game(solve_bilateral(variants["openness .25"]))).name == "stag-hunt"


def test_earlier_migrants_are_those_of_other_origins():
    found, spain = corridor("MAR-ESP"), network().nodes["ESP"]
    everyone = 1e4 * spain["migrants_pct"] * spain["pop_m"]
    assert found.earlier[0] == pytest.approx((everyone - 785_884) / (1e6 * spain["pop_m"]))
    assert 0.1 < found.earlier[0] < 0.15
    assert 0 < found.earlier[1] < 0.003
    assert (found.parameters.old_stock, found.parameters.old_stock_origin) == (0, 0)


@pytest.mark.parametrize("code", corridor_names())
def test_with_earlier_migrants_the_openness_is_fitted_anew(code):
    found = corridor(code)
    peopled = found.variants["earlier migrants"]
    check(peopled)
    assert (peopled.old_stock, peopled.old_stock_origin) == found.earlier
    assert min(found.earlier) > 0
    inflow = agreement(peopled).inflow[0]
    assert inflow == pytest.approx(found.inflow, rel=1e-6) or (peopled.openness == 1 and inflow < found.inflow)
    assert peopled.openness >= found.parameters.openness


@pytest.mark.parametrize(("code", "kind"), [("MAR-ESP", "bully"), ("DEU-FRA", "stag-hunt"), ("MEX-USA", "stag-hunt")])
def test_the_class_with_earlier_migrants(code, kind):
    assert classify(game(solve_bilateral(corridor(code).variants["earlier migrants"]))).name == kind


def test_the_share_of_migrants_is_known_for_every_country():
    with (FOLDER / "migrants_undesa_2020.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["iso3"] for row in rows] == list(network().nodes)
    assert all(0 < float(row["migrants_pct_of_population"]) < 100 for row in rows)
    assert {row["confidence"] for row in rows} == {"high", "medium"}


@pytest.mark.parametrize("code", corridor_names())
def test_every_corridor_is_allowed_and_brings_about_its_migrants(code):
    found = corridor(code)
    check(found.parameters)
    workers = 1e6 * network().nodes[found.host.iso3]["emp_m"]
    inflow = agreement(found.parameters).inflow[0]
    if found.parameters.openness < 1:
        assert inflow == pytest.approx(found.migrants / workers, rel=1e-6)
    else:
        assert inflow < found.migrants / workers
        assert "fewer are willing" in found.notes[0]
    assert f"{found.migrants:,}" in found.notes[0]
    assert found.sources


def test_morocco_spain_reads_its_data_off_the_tables():
    found = corridor("mar-esp")
    assert (found.host, found.origin) == (("ESP", "Spain"), ("MAR", "Morocco"))
    assert found.migrants == 785_884
    given = found.parameters
    assert (given.gap, given.size, given.theta, given.kappa) == (3.785, 0.5798, 0.65, 0.5)
    assert given.u0 == pytest.approx(1 - (2.985 - 1) / 3)
    assert given.u1 == pytest.approx(1 - (1.936 - 1) / 3)


def test_all_seventeen_corridors_are_in_the_network_and_sixteen_can_be_solved():
    with (FOLDER / "corridors_derived.csv").open(encoding="utf-8") as file:
        codes = [row["corridor"] for row in csv.DictReader(file)]
    assert len(codes) == 17
    assert [code for code in codes if code != "TON-NZL"] == list(corridor_names())
    assert all(network().has_edge(*code.split("-")) for code in codes)


def test_ratios_of_the_tables_agree_with_each_other():
    graph = network()
    for code in corridor_names():
        sender, receiver = code.split("-")
        origin, host, edge = graph.nodes[sender], graph.nodes[receiver], graph.edges[sender, receiver]
        assert edge["gap"] == pytest.approx(host["gdp_per_worker_ppp"] / origin["gdp_per_worker_ppp"], rel=1e-2)
        assert edge["size"] == pytest.approx(origin["emp_m"] / host["emp_m"], rel=1e-2)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("TON-NZL", "no fundamentals"),
        ("ESP-MAR", "write MAR-ESP; the origin comes first"),
        ("MAR-ESQ", "write MAR-ESP; the origin comes first"),
        ("nonsense", "write one of: MEX-USA"),
        ("", "write one of: MEX-USA"),
    ],
)
def test_a_corridor_that_cannot_be_had_is_answered_with_one_that_can(code, says):
    with pytest.raises(InputError) as caught:
        corridor(code)
    (problem,) = caught.value.problems
    assert says in f"{problem.reason}; {problem.hint}"
