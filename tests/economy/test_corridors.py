"""Real corridors: their data, and the flows that are fitted to them."""

import csv

import numpy as np
import pytest

from economy.conventions import STANDARD
from economy.corridors.data import (
    FOLDER,
    TURNED,
    corridor_names,
    network,
    shares_without_papers,
    unknown_corridor_error,
)
from economy.corridors.fitting import FREE_MOVEMENT, NO_LEAK_NOTE, corridor
from economy.corridors.limits import report_expansion
from economy.model.payoffs import agreement, solve_bilateral, solve_with_accounts
from economy.parameters import check
from games.errors import InputError


def test_earlier_migrants_are_those_of_other_origins():
    found, spain = corridor("MAR-ESP"), network().nodes["ESP"]
    everyone = 1e4 * spain["migrants_pct"] * spain["pop_m"]
    assert found.earlier[0] == pytest.approx((everyone - 785_884) / (1e6 * spain["pop_m"]))
    assert 0.1 < found.earlier[0] < 0.15
    assert 0 < found.earlier[1] < 0.003
    assert (found.parameters.old_stock, found.parameters.old_stock_origin) == (0, 0)


@pytest.mark.parametrize("code", corridor_names())
def test_every_corridor_and_every_variant_is_allowed_and_has_its_migrants(code):
    """Today's, or those of the treaty in force; where more people are there than are willing, all the willing."""
    found = corridor(code)
    names = {"covered .5", "covered 0", "commitment", "kappa 0", "kappa 1", "earlier migrants"}
    assert set(found.variants) - {"without papers"} == names
    for name, p in {"itself": found.parameters, **found.variants}.items():
        check(p)
        if found.kind == "today":
            arrivals, shares = solve_bilateral(p).inflow[:, 1, 1], (p.today, p.today_origin)
        else:
            arrivals, shares = agreement(p).inflow, (0.0, p.openness_origin)
        for came, stock, share in zip(arrivals, found.stock, shares, strict=True):
            assert came == pytest.approx(stock, rel=1e-6) if share < 1 else came <= stock, name
    peopled = found.variants["earlier migrants"]
    assert (peopled.old_stock, peopled.old_stock_origin) == found.earlier
    assert min(found.earlier) > 0
    assert found.sources
    assert any("index of human capital" in note for note in found.notes)


def test_the_share_of_migrants_is_known_for_every_country():
    with (FOLDER / "migrants_undesa_2020.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["iso3"] for row in rows] == list(network().nodes)
    assert all(0 < float(row["migrants_pct_of_population"]) < 100 for row in rows)
    assert {row["confidence"] for row in rows} == {"high", "medium"}


@pytest.mark.parametrize(("code", "share", "limit"), [("MAR-ESP", 0.12, 0.80), ("MEX-USA", 0.5, 1.51)])
def test_migrants_without_papers_are_in_the_status_quo_of_a_variant(code, share, limit):
    """Both routes together are UN DESA's number; more places draw people off the route without papers."""
    found = corridor(code)
    p = found.variants["without papers"]
    stakes, accounts = solve_with_accounts(p.replace(expansion=np.array([0.0, 1.0])))
    assert found.parameters.leak == 0
    assert 0 < p.leak < 1
    assert stakes.inflow[0, :, 1, 1] == pytest.approx(found.stock, rel=1e-8)
    without = stakes.irregular[..., 1, 0, :].sum(axis=-1)
    assert without[0, 1, 1] == pytest.approx(share * found.stock[0], rel=1e-8)
    assert without[0, 1, 1] > without[0, 0, 0] > without[1, 0, 0] > 0
    assert accounts.identity.max() < 1e-12
    assert not accounts.total[:, 1, 1].any()
    assert report_expansion(p).limits.both == pytest.approx(limit, abs=6e-3)
    assert any("without papers" in note and f"{share:.2f}" in note for note in found.notes)


def test_where_nobody_has_counted_those_without_papers_the_corridor_says_so():
    for code in corridor_names():
        found = corridor(code)
        assert (NO_LEAK_NOTE in found.notes) == ("without papers" not in found.variants)
    assert set(shares_without_papers()) == {"MAR-ESP", "MEX-USA"}


def test_morocco_spain_reads_its_data_off_the_tables():
    found = corridor("mar-esp")
    assert (found.host, found.origin) == (("ESP", "Spain"), ("MAR", "Morocco"))
    assert found.migrants[0] == 785_884
    workers = [1e6 * network().nodes[side.iso3]["emp_m"] for side in (found.host, found.origin)]
    assert found.stock == pytest.approx([people / many for people, many in zip(found.migrants, workers, strict=True)])
    given = found.parameters
    assert (given.gap, given.size, given.theta, given.kappa) == (3.785, 0.5798, 0.65, 0.5)
    assert given.u0 == pytest.approx(1 - (2.985 - 1) / 3)
    assert given.u1 == pytest.approx(1 - (1.936 - 1) / 3)


def test_all_seventeen_corridors_are_in_the_network_and_sixteen_can_be_solved():
    with (FOLDER / "corridors_derived.csv").open(encoding="utf-8") as file:
        codes = [row["corridor"] for row in csv.DictReader(file)]
    assert len(codes) == 17
    assert [TURNED.get(code, code) for code in codes if code != "TON-NZL"] == list(corridor_names())
    assert all(network().has_edge(*code.split("-")) for code in codes)


def test_ratios_of_the_tables_agree_with_each_other():
    graph = network()
    for sender, receiver in graph.graph["corridors"]:
        if (sender, receiver) == ("TON", "NZL"):
            continue
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


def test_blanks_of_the_tables_stay_blank():
    """Neither 0 nor NaN: what nobody measured is None."""
    with (FOLDER / "countries_pwt1001_2019.csv").open(encoding="utf-8", newline="") as file:
        rows = {row.pop("iso3"): row for row in csv.DictReader(file)}
    blanks = [(iso3, key) for iso3, row in rows.items() for key, text in row.items() if not text]
    assert ("TON", "emp_m") in blanks
    assert ("ARE", "ctfp_usa1") in blanks
    nodes = network().nodes
    assert all(nodes[iso3][key] is None for iso3, key in blanks)
    assert network().edges["TON", "NZL"]["gap"] is None
    assert network().edges["TON", "NZL"]["migrants"] > 0


def test_the_richer_country_is_the_host():
    names = corridor_names()
    assert len(names) == 16
    assert {code for code in names if corridor(code).kind == "in force"} == set(FREE_MOVEMENT)
    assert set(FREE_MOVEMENT) < set(names)
    assert "AUS-NZL" not in names
    turned = corridor("aus-nzl")
    assert (turned.code, turned.host.iso3, turned.migrants[0]) == ("NZL-AUS", "AUS", 611_266)
    assert turned.parameters.gap == pytest.approx(1.339, abs=6e-4)
    assert turned.parameters.conventions == STANDARD


def test_a_corridor_that_was_turned_round_is_refused_with_its_new_code():
    with pytest.raises(InputError) as refused:
        raise unknown_corridor_error("AUS-NZL", "corridor:")
    (problem,) = refused.value.problems
    assert problem.reason == "there is no corridor called 'AUS-NZL': the richer country is the host"
    assert problem.hint.startswith("write corridor:NZL-AUS; ")
