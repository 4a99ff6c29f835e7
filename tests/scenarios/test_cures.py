"""What would change it: the block `remedies` of an analysis."""

from __future__ import annotations

import pytest

from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import defaults, preset
from economy.policy.largest_openness import BINDING, agreement_margins
from economy.policy.remedies import LEVY, LUMP_SUM, PHASING, PLANS, QUOTA, SHARING, WEIGHT, Plan
from scenarios import analyse, read
from scenarios.analysis.remedies import PEOPLE, remedy_needs

PARTIES = ("Northmark", "Sudora")
BULLY = preset("asymmetric").replace(openness=0.05)
KEYS = [
    "name", "window", "needed", "best_periods", "holds", "unit", "with", "both_gain", "payer", "payees", "payoffs",
    "migrants", "reason", "frontier",
]  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return [cure.document(PARTIES).to_dict() for cure in remedy_needs(BULLY)]


def alone(found, name):
    (entry,) = (entry for entry in found if entry["name"] == name and not entry["with"])
    return entry


def test_an_analysis_tells_every_plan_of_the_bench_in_the_words_of_its_countries():
    facts = analyse(read("morocco-spain")).to_dict()
    remedies = facts["remedies"]
    assert all(list(entry) == KEYS for entry in remedies)
    told = [(entry["name"], tuple(other["name"] for other in entry["with"])) for entry in remedies]
    plans = [plan for plan in PLANS if QUOTA not in {plan.remedy, *plan.beside}]
    assert told == [(plan.remedy.name, tuple(other.name for other in plan.beside)) for plan in plans]
    assert alone(remedies, "lump sum")["payer"] == "Morocco"
    assert alone(remedies, "levy")["payees"] == ["Spain"]
    assert list(alone(remedies, "levy")["payoffs"]) == ["Spain", "Morocco"]
    assert not any("remedies is null" in note for note in facts["notes"])
    assert any("carry little political weight" in note for note in facts["notes"])


def test_a_printed_game_has_no_remedies_and_says_so():
    facts = analyse(read("bully")).to_dict()
    assert facts["remedies"] is None
    assert any("remedies" in note for note in facts["notes"])


def test_the_levy_of_the_bully_game_is_paid_by_migrants_to_the_host(found):
    levy = alone(found, "levy")
    assert levy["window"] == pytest.approx([0.142, 0.272])
    assert levy["needed"] is None
    assert (levy["holds"], levy["payer"], levy["payees"], levy["reason"]) == (True, "migrants", ["Northmark"], None)
    assert levy["both_gain"] <= levy["window"][0]


def test_what_a_remedy_brings_is_what_the_model_says_at_that_amount(found):
    levy = alone(found, "levy")
    cell = agreement(BULLY.replace(tax=levy["window"][0]))
    assert list(levy["payoffs"].values()) == pytest.approx(list(cell.payoffs))
    assert levy["migrants"] == pytest.approx(float(cell.groups[1, PEOPLE].sum()))
    assert levy["migrants"] < float(agreement(BULLY).groups[1, PEOPLE].sum())


def test_a_shared_levy_goes_to_both(found):
    (shared,) = (entry for entry in found if [other["name"] for other in entry["with"]] == [SHARING.name])
    assert shared["payees"] == list(PARTIES)
    assert shared["with"] == [{"name": "shared levy", "amount": 0.5, "unit": "host's share of the levy"}]


def test_a_lump_sum_is_enough_at_a_small_opening_and_not_at_a_large_one(found):
    """Families' cash, .349 % of the pair's GDP, covers it: at ASYM .05 it takes .360 % of the host's GDP."""
    lump = alone(found, "lump sum")
    assert lump["needed"] == pytest.approx(0.0036, abs=5e-5)
    assert (lump["holds"], lump["payer"], lump["reason"]) == (True, "Sudora", None)
    (large,) = remedy_needs(BULLY.replace(openness=0.25), [Plan(LUMP_SUM)])
    assert large.document(PARTIES).holds is False


def test_where_nothing_is_enough_the_reason_names_side_and_condition(found):
    (cure,) = remedy_needs(BULLY.replace(openness=0.25), [Plan(LUMP_SUM)])
    lump = cure.document(PARTIES).to_dict()
    assert (lump["needed"], lump["holds"], lump["payoffs"]) == (None, False, None)
    assert lump["reason"].startswith("Nearest at ")
    assert "as its government weighs it; other amounts would satisfy it, at the other side's cost" in lump["reason"]
    phasing = alone(found, "phasing")
    lost = -float(agreement(BULLY.replace(years=100.0)).payoffs[0])
    assert phasing["reason"] == (
        f"Nearest at 100: Northmark would lose {lost:.2g}, as its government weighs it; no amount satisfies it."
    )


def test_a_treaty_that_binds_can_do_with_a_lump_sum_and_the_reason_says_how_much():
    """At openness .15 the origin can pay what the host loses; then it would rather close alone."""
    economy = BULLY.replace(openness=0.15)
    (cure,) = remedy_needs(economy, [Plan(LUMP_SUM)])
    told = cure.document(PARTIES).to_dict()
    assert told["needed"] is None
    assert told["both_gain"] is not None
    room = agreement_margins(solve_bilateral(economy.replace(side=told["both_gain"])))
    assert (room[BINDING] >= 0).all()
    assert room.min() < 0
    assert told["reason"].endswith(f"Where a treaty binds, {told['both_gain']:.4g} would be enough.")


def test_the_miss_is_what_the_model_says_at_that_amount():
    economy = BULLY.replace(openness=0.25)
    (cure,) = remedy_needs(economy, [Plan(LUMP_SUM)])
    assert cure.miss is not None
    room = agreement_margins(solve_bilateral(economy.replace(side=cure.miss.amount)))
    assert -room.min() == pytest.approx(cure.miss.short)


def test_frontiers_stand_beside_the_pairs_with_a_levy_and_fall_with_phasing(found):
    paired = [entry for entry in found if entry["frontier"] is not None]
    assert {entry["name"] for entry in paired} == {LEVY.name}
    assert {tuple(other["name"] for other in entry["with"]) for entry in paired} == {
        ("phasing",), ("skill partnership",), ("quota",), ("reciprocity",), ("shared levy",)
    }  # fmt: skip
    phased = next(entry["frontier"] for entry in paired if entry["with"][0]["name"] == "phasing")
    lows = [point["window"][0] for point in phased]
    assert lows == sorted(lows, reverse=True)
    assert phased[0] == {"amount": 1.0, "window": alone(found, "levy")["window"]}


def test_every_remedy_is_sought_with_all_others_off():
    """A case with a levy, a lump sum and phasing in place is told what each remedy would need alone."""
    placed = BULLY.replace(tax=0.1, side=0.01, years=4.0, gsp=0.3, recip=0.2, w_X=0.5)
    plans = [Plan(remedy) for remedy in (LEVY, LUMP_SUM, PHASING, WEIGHT)] + [Plan(LEVY, (PHASING,))]
    assert [cure.document(PARTIES).to_dict() for cure in remedy_needs(placed, plans)] == [
        cure.document(PARTIES).to_dict() for cure in remedy_needs(BULLY, plans)
    ]


def test_a_stable_opening_needs_nothing():
    for cure in remedy_needs(defaults(), joint=False):
        if not cure.plan.beside:
            assert cure.needed == cure.treaty == cure.plan.remedy.first
        assert cure.frontier is None
