"""The analysis of presets and corridors: the figures of the specification, its degenerate cases, and laws.

Figures with four digits are those of the prototype of the second version.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from economy.corridors.data import corridor_names
from economy.corridors.fitting import FREE_MOVEMENT, corridor
from economy.corridors.limits import LEVIES
from economy.model.payoffs import agreement, agreement_with_accounts, solve_with_accounts
from economy.parameters import preset
from economy.policy.levy_windows import levy_windows
from economy.policy.windows import remedy_window
from scenarios import analyse, read
from scenarios.analysis.remedies import remedy_needs

SCORED = "three-purses"


@cache
def told(name: str, *changes: str) -> dict[str, Any]:
    return analyse(read(name, changes)).to_dict()


def of_preset(name: str, **dials: float) -> dict[str, Any]:
    return analyse({"schema": 1, "title": "A pair", "economy": {"preset": name, **dials}}).to_dict()


def totals(facts: Mapping[str, Any]) -> list[float]:
    return [each["total"] for each in facts["accounts"].values()]


def alone(facts: Mapping[str, Any], name: str) -> dict[str, Any]:
    (found,) = [each for each in facts["remedies"] if each["name"] == name and not each["with"]]
    return found


# -- presets, section 4


PRESETS = [
    ("symmetric", {}, [0.1192, 0.0, 0.1192, 0.2265], 0.1083, [0.4648, 0.2224, 0.2424, 0.5950]),
    ("asymmetric", {"openness": 0.05}, [-0.1262, 0.0, 0.3820, 1.2967], 0.3492, [1.5526, 0.8395, 0.7131, 2.8053]),
    ("asymmetric", {"openness": 0.25}, [-2.3595, 0.0, 1.6610, 5.7879], 1.5006, [5.0894, 3.7850, 1.3044, 12.5331]),
]


@pytest.mark.parametrize(("name", "dials", "accounts", "sent", "sums"), PRESETS)
def test_the_accounts_of_the_presets(
    name: str, dials: dict[str, float], accounts: list[float], sent: float, sums: list[float]
):
    facts = of_preset(name, **dials)
    assert totals(facts) == pytest.approx(accounts, abs=6e-5)
    assert facts["accounts"]["new migrants"]["of_which_sent_home"] == pytest.approx(sent, abs=6e-5)
    assert list(facts["sums"]) == ["income", "cost_of_moving", "welfare", "gdp"]
    assert list(facts["sums"].values()) == pytest.approx(sums, abs=1.1e-4)


@pytest.mark.parametrize(
    ("name", "gross", "best", "at", "signed_at", "signed", "shares"),
    [
        ("symmetric", 2.21, 0.91, 1.00, 1.0, (2.21, 0.91), (1.0, 1.0)),
        ("asymmetric", 42.69, 1.44, 0.175, None, (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_net_stands_beside_gross(
    name: str, gross: float, best: float, at: float, signed_at: float | None, signed: Any, shares: Any
):
    """Section 6: the two ends of the dial a."""
    net = of_preset(name)["net"]
    assert (net["potential_gross"], net["best_net"]) == pytest.approx((gross, best), abs=0.005)
    assert (net["dial"], net["potential_at"], net["best_at"], net["signed_at"]) == ("openness", 1.0, at, signed_at)
    assert (net["signed_gross"], net["signed_net"]) == pytest.approx(signed, abs=0.005)
    assert (net["share_gross"], net["share_net"]) == pytest.approx(shares, abs=1e-9)


WINDOWS = [
    ({}, [0.142, 0.272]),
    ({"years": 5.0}, [0.085, 0.271]),
    ({"gsp": 0.5}, [0.086, 0.343]),
    ({"kappa": 0.0}, [0.087, 0.270]),
    ({"years": 5.0, "gsp": 0.5, "kappa": 0.0}, [0.019, 0.341]),
    ({"openness": 0.025}, [0.132, 0.263]),
    ({"tax_host": 0.5}, [0.282, 0.491]),
    ({"openness": 0.25}, None),
]


@pytest.mark.parametrize(("dials", "window"), WINDOWS)
def test_a_levy_has_a_window(dials: dict[str, float], window: list[float] | None):
    economy = preset("asymmetric").replace(**{"openness": 0.05, **dials})
    ((found, binding),) = levy_windows([economy])
    assert (found is None) == (window is None)
    assert window is None or found == pytest.approx(window)
    assert binding is not None, "a binding treaty asks for less"
    assert found is None or (binding[0] <= found[0] and found[1] <= binding[1])


def test_windows_of_a_batch_are_those_of_its_economies_and_of_the_full_grid():
    base = preset("asymmetric").replace(openness=0.05)
    economies = [base.replace(**dials) for dials, _ in WINDOWS]
    together = levy_windows(economies)
    assert together == tuple(each for economy in economies for each in levy_windows([economy]))
    for economy, (found, _) in zip(economies, together, strict=True):
        grid = remedy_window(economy)
        assert found == pytest.approx((float(grid.low), float(grid.high))) if found else np.isnan(grid.low)


def test_a_window_that_is_narrower_than_the_first_grid_is_found():
    """At openness .195 only a levy of .274 is enough, between two of the levies that are tried first; at .2 none is."""
    wide, narrow, none = levy_windows([preset("asymmetric").replace(openness=level) for level in (0.17, 0.195, 0.2)])
    assert (wide.alone, narrow.alone, none.alone) == ((0.254, 0.274), (0.274, 0.274), None)


def test_the_remedies_of_the_bully_preset():
    """Section 4, items 12 and 15; at .25 welfare is 3.0624 over 5 periods, which the table has, and 3.0839 over 6."""
    facts = of_preset("asymmetric", openness=0.05)
    levy, lump, phasing = (alone(facts, name) for name in ("levy", "lump sum", "phasing"))
    assert (levy["window"], levy["needed"], levy["holds"]) == ([0.142, 0.272], None, True)
    assert lump["window"] is None
    assert lump["needed"] == pytest.approx(0.0036, abs=5e-5)
    assert phasing["best_periods"] == 3
    assert (levy["best_periods"], lump["best_periods"]) == (None, None)
    large = of_preset("asymmetric", openness=0.25)
    levy, lump, phasing = (alone(large, name) for name in ("levy", "lump sum", "phasing"))
    assert (levy["window"], levy["holds"], lump["needed"], lump["holds"]) == (None, False, None, False)
    assert phasing["best_periods"] == 6
    economy = preset("asymmetric").replace(openness=0.25)
    welfare = [100 * float(agreement(economy.replace(years=float(periods))).welfare) for periods in range(1, 21)]
    assert np.argmax(welfare) + 1 == 6
    assert [welfare[periods - 1] for periods in (1, 2, 3, 5, 10, 20)] == pytest.approx(
        [1.3044, 2.4787, 2.8455, 3.0624, 3.0043, 2.5892], abs=6e-5
    )


def test_positions_have_both_rows_of_the_tables():
    """Table 6.A3 at openness .05: consumers weakly opposed when the host opens alone, neutral when both open."""
    groups = of_preset("asymmetric", openness=0.05)["groups"]["Host"]
    rows = [[each[key] for each in groups.values()] for key in ("position", "position_reciprocal")]
    assert [row[:4] for row in rows] == [
        ["opposed", "weakly in favour", "neutral", "weakly opposed"],
        ["opposed", "weakly in favour", "neutral", "neutral"],
    ]
    stakes = solve_with_accounts(preset("asymmetric").replace(openness=0.05))[0]
    assert groups["scarce_labour"]["change_alone_pct_gdp"] == pytest.approx(float(stakes.groups[0, 0, 1, 0]))
    assert groups["scarce_labour"]["change_pct_gdp"] == pytest.approx(float(stakes.groups[0, 0, 0, 0]))


# -- Morocco and Spain, sections 5 and 7


def test_the_row_of_morocco_and_spain():
    facts = told("corridor:MAR-ESP")
    found = facts["expansion"]
    assert (found["value"], found["limit_both"], found["limit_self_enforcing"]) == pytest.approx((0.5, 0.60, 0.60))
    assert found["limit_with_levy"] == pytest.approx(3.15)
    assert found["pool"] == pytest.approx(5.4154, abs=6e-5)
    assert found["close"] == pytest.approx(-0.1222, abs=6e-5)
    assert (found["people_today"], found["people"]) == pytest.approx((785.884, 392.942), abs=1e-5)
    assert totals(facts) == pytest.approx([0.0700, 0.3428, 0.3050, 0.6998], abs=6e-5)
    assert facts["net"]["best_net"] == pytest.approx(1.7013, abs=6e-5)
    assert (facts["net"]["best_at"], facts["net"]["dial"]) == (3.25, "expansion")
    assert facts["net"]["signed_net"] == pytest.approx(0.7819, abs=6e-5)
    assert facts["net"]["welfare"] == facts["sums"]["welfare"] == pytest.approx(0.7076, abs=6e-5)
    assert facts["agreement"]["largest_self_enforcing_openness"] is None, "openness does nothing here"
    assert facts["treaty"] is None


def test_the_class_of_morocco_and_spain_is_a_list():
    steps = told("corridor:MAR-ESP")["expansion"]["classes"]
    assert [step["x"] for step in steps] == [0, 0.25, 0.5, 1, 2, 4]
    assert [step["class"] for step in steps] == ["stag-hunt"] * 3 + ["bully"] * 3
    host, origin = zip(*(step["payoffs"] for step in steps), strict=True)
    assert host == pytest.approx([0.0828, 0.0625, 0.0253, -0.1121, -0.6733, -2.7253], abs=6e-5)
    assert origin == pytest.approx([2.5488, 4.6038, 6.5923, 10.4499, 17.7732, 31.2845], abs=6e-5)
    net = [0.2899, 0.5085, 0.7076, 1.0487, 1.5090, 1.6378]
    assert [step["net"] for step in steps] == pytest.approx(net, abs=6e-5)
    gross = [0.4418, 1.0569, 1.6669, 2.8726, 5.2345, 9.8046]
    assert [step["gross"] for step in steps] == pytest.approx(gross, abs=6e-5)
    assert not any(step["people_run_out"] for step in steps)


def test_how_far_both_go_depends_on_who_is_covered():
    covered = told("corridor:MAR-ESP")["expansion"]["covered"]
    assert [each["covered"] for each in covered] == [1, 0.5, 0]
    assert [each["limit_both"] for each in covered] == [pytest.approx(0.6), pytest.approx(0.15), None]
    assert [covered[at]["limit_with_levy"] for at in (0, 2)] == pytest.approx([3.15, 1.75])
    for each in covered:
        committed = each["committed"]
        assert committed["commitment"] == 0.001
        for key in ("limit_both", "limit_with_levy"):
            assert (committed[key] or -1) <= (each[key] or -1), "a government that loses by binding signs no more"
    assert covered[0]["committed"]["limit_both"] is None, "Spain gains at most .083 % of GDP, and loses .1 % by binding"


@pytest.mark.parametrize(
    ("x", "window"), [(0.5, [0, 0.272]), (1, [0.024, 0.271]), (2, [0.104, 0.270]), (4, [0.250, 0.273])]
)
def test_the_levies_of_morocco_and_spain(x: float, window: list[float]):
    (found,) = levy_windows([corridor("MAR-ESP").parameters.replace(expansion=x)])
    assert found.alone == pytest.approx(window)


def test_the_document_has_the_window_of_its_own_number_of_people():
    assert alone(told("corridor:MAR-ESP"), "levy")["window"] == pytest.approx([0, 0.272])
    assert alone(told("morocco-spain"), "levy")["window"] == pytest.approx([0.024, 0.271]), "its stake is x = 1"


def test_the_two_parts_of_the_account_of_those_who_are_there():
    parts = told("corridor:MAR-ESP")["earlier_migrants"]
    assert parts["terms"] + parts["competition"] == pytest.approx(parts["total"])
    assert parts["total"] == pytest.approx(0.3428, abs=6e-5)


TODAY = [code for code in corridor_names() if code not in FREE_MOVEMENT]


@pytest.mark.parametrize("code", TODAY)
def test_newcomers_compete_with_those_who_are_there(code: str):
    """In all twelve corridors the terms outweigh the competition, which lowers their account as in Table 6.2."""
    opening = analyse(read(f"corridor:{code}")).opening
    assert opening is not None
    parts = opening.earlier_migrants
    assert parts is not None
    assert parts.competition < 0 < parts.terms + parts.competition
    assert parts.total == opening.accounts["old migrants"].total


def test_without_better_terms_only_competition_is_left():
    """Where management changes no terms, the whole account is competition."""
    dials = ("phi_U_managed=0.7", "phi_S_managed=0.7", "phi_U=0.7", "phi_S=0.7", "fee=0.1", "fee_managed=0.1")
    parts = told("corridor:MAR-ESP", *(f"economy.{dial}" for dial in dials))["earlier_migrants"]
    assert parts["terms"] == pytest.approx(0.0, abs=1e-12)
    assert parts["competition"] == parts["total"] < 0


def test_there_is_no_quota_among_the_remedies_where_numbers_bind():
    names = {each["name"] for each in told("corridor:MAR-ESP")["remedies"]}
    assert "quota" not in names
    assert "quota" in {each["name"] for each in told("corridor:BFA-CIV")["remedies"]}


def test_a_levy_in_place_moves_the_gains_and_not_the_limits():
    bare, taxed = told("corridor:MAR-ESP"), told("corridor:MAR-ESP", "economy.tax=0.1")
    for key in ("limit_both", "limit_with_levy"):
        assert taxed["expansion"][key] == bare["expansion"][key]
    assert taxed["net"]["signed_at"] > bare["net"]["signed_at"]
    assert 0.1 in LEVIES


# -- degenerate cases


def test_people_run_out():
    """MEX-USA: the pool is 1.51 times today's number, and both gain up to it, which the notes call a failure."""
    facts = told("mexico-usa")
    found = facts["expansion"]
    assert found["pool"] == pytest.approx(1.5131, abs=6e-5)
    assert [step["people_run_out"] for step in found["classes"]] == [False] * 4 + [True] * 2
    assert [step["class"] for step in found["classes"]] == ["stag-hunt", "harmony", *["stag-hunt"] * 4]
    assert found["limit_both"] == found["limit_with_levy"] == found["pool"] == facts["net"]["potential_at"]
    assert facts["net"]["best_net"] == pytest.approx(3.4783, abs=6e-5)
    assert any("here the model fails" in note for note in facts["notes"])
    assert not any("here the model fails" in note for note in told("corridor:MAR-ESP")["notes"])
    far = analyse(read("corridor:MEX-USA", ["economy.expansion=3"])).opening
    assert far is not None
    there = far.flows[0]
    assert there.people / there.today - 1 == pytest.approx(found["pool"], rel=0.01), "more move the other way as well"


@pytest.mark.parametrize(
    ("code", "holds", "classes", "at"),
    [
        ("BFA-CIV", False, ["bully"] * 5, None),
        ("POL-GBR", True, ["bully", *["stag-hunt"] * 4], 1.0),
        ("DEU-FRA", True, ["deadlock"] * 3 + ["bully", "stag-hunt"], 1.0),
        ("NZL-AUS", False, ["bully", "bully", "stag-hunt", "stag-hunt", "bully"], None),
    ],
)
def test_a_treaty_in_force(code: str, holds: bool, classes: list[str], at: float | None):
    opening = analyse(read(f"corridor:{code}")).opening
    assert opening is not None
    treaty = opening.treaty
    assert treaty is not None
    assert (treaty.name, treaty.holds) == (FREE_MOVEMENT[code], holds)
    assert [step.openness for step in treaty.steps] == [0.1, 0.25, 0.5, 0.75, 1.0]
    assert [step.class_ for step in treaty.steps] == classes
    assert treaty.steps[-1].holds is opening.holds is holds
    assert (opening.expansion, opening.earlier_migrants) == (None, None)
    assert opening.net.dial == "openness"
    assert at is None or opening.net.largest_signed == at


def test_nobody_moves():
    facts = of_preset("symmetric", openness=0)
    apparatus = 100 * float(preset("symmetric").c_fix)
    assert totals(facts) == pytest.approx([-apparatus / 2, 0, -apparatus / 2, 0])
    assert facts["sums"]["cost_of_moving"] == facts["sums"]["gdp"] == 0
    assert facts["flows"]["reciprocity"] == 0
    assert facts["net"]["welfare"] == pytest.approx(-apparatus)
    assert facts["net"]["best_net"] > 0, "what could be gained does not depend on the opening of the case"


def test_migrants_in_the_poorer_country_alone():
    """Nobody from the origin is in the host today: numbers bind, and no expansion admits anybody."""
    facts = of_preset("asymmetric", today_origin=0.1)
    assert facts["expansion"] is None
    assert facts["net"]["dial"] == "expansion"
    assert facts["flows"]["paths"][0]["people"] == 0


def test_a_scored_case_has_its_economy_as_an_illustration():
    facts = told(SCORED)
    assert (facts["net"] is None) == (facts["accounts"] is None) == (facts["sums"] is None)
    assert facts["packages"] is not None


def test_remedies_search_windows_only_where_they_are_asked_for():
    economy = preset("asymmetric").replace(openness=0.05)
    quick = {need.plan: need for need in remedy_needs(economy, joint=False)}
    for need in remedy_needs(economy):
        bare = quick[need.plan]
        assert (bare.window, bare.frontier, bare.best_periods) == (None, None, None)
        assert need.needed == pytest.approx(bare.needed, abs=1.01e-3) if need.needed else bare.needed == need.needed
        if need.effect is not None and need.window is None:
            assert bare.effect is not None
            assert bare.effect.payoffs == pytest.approx(need.effect.payoffs)
            assert bare.effect.migrants == pytest.approx(need.effect.migrants)


def test_money_of_the_agreement_is_that_of_the_model():
    parameters = read("corridor:MAR-ESP").parameters
    assert parameters is not None
    money = agreement_with_accounts(parameters)[1]
    facts = told("corridor:MAR-ESP")
    assert totals(facts) == pytest.approx(money.total.tolist())
    assert facts["sums"]["gdp"] == pytest.approx(float(money.gdp))
