"""Points, yields and bonuses: the counting rule package by package, and what adds up to what."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.package_grid import Agenda, build_agenda
from negotiation.preferences.scored import (
    Bonus,
    ScoredGroup,
    ScoredParty,
    ScoreSheet,
    Yields,
    condition_mask,
    group_sum_mismatches,
    line_levels,
    preferences_from_points,
    score,
    score_sheet_problems,
)

KEYS: tuple[str, ...] = ("quota_unskilled", "tax_share", "fund_split", "readmission")
LEVY = Yields({
    "tax_share": {"quota_unskilled": (0, "1/6", "1/2", 1)},
    "fund_split": {"tax_share": (0, 0.2, 0.5, 1), "quota_unskilled": (0, "1/6", "1/2", 1)},
})  # fmt: skip

rows = st.tuples(*[st.integers(-30, 30)] * 3)
conditions = st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3), min_size=1)
bonuses = st.lists(st.builds(Bonus, conditions, st.integers(-9, 9)), max_size=2)
sheets = st.builds(ScoreSheet, st.dictionaries(st.sampled_from(KEYS), rows), bonuses)


@st.composite
def dependences(draw: st.DrawFn) -> Yields:
    factors = st.tuples(*[st.sampled_from([0, 1, 0.2, "1/6", "2/3", Fraction(5, 7)])] * 4)
    return Yields(draw(st.dictionaries(st.sampled_from(KEYS), st.dictionaries(st.sampled_from(KEYS), factors))))


def counted(table: Agenda, sheet: ScoreSheet, yields: Yields) -> list[Fraction]:
    """The counting rule read aloud, one package after the other, in exact numbers."""
    totals = []
    for levels in product(*(range(size) for size in table.shape)):
        at = dict(zip(KEYS, levels, strict=True))
        total = Fraction(0)
        for key, points in sheet.points:
            worth = Fraction(points[at[key] - 1] if at[key] else 0)
            for other, factors in yields.of(key):
                worth *= factors[at[other]]
            total += worth
        for bonus in sheet.bonuses:
            total += bonus.points if all(at[key] >= least for key, least in bonus.least) else 0
        totals.append(total)
    return totals


@settings(max_examples=50)
@given(sheets, dependences(), st.sets(st.sampled_from(KEYS), max_size=3))
def test_a_score_is_the_sum_of_the_lines_times_their_yields_plus_the_bonuses(
    sheet: ScoreSheet, yields: Yields, held: set[str]
):
    table = build_agenda(KEYS, held)
    expected = [float(total) for total in counted(table, sheet, yields)]
    assert score(table, sheet, yields) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=50)
@given(st.lists(sheets, min_size=1, max_size=4), dependences())
def test_groups_that_add_up_line_by_line_add_up_in_every_package(parts: list[ScoreSheet], yields: Yields):
    table = build_agenda(KEYS)
    groups = tuple(ScoredGroup(f"group {at}", 1, part) for at, part in enumerate(parts))
    whole = {key: [sum(dict(part.points).get(key, (0, 0, 0))[at] for part in parts) for at in range(3)] for key in KEYS}
    seat = ScoreSheet(whole, [bonus for part in parts for bonus in part.bonuses])
    assert group_sum_mismatches(seat, groups) == ()
    stakes = preferences_from_points(table, [ScoredParty("Northmark", "host", seat, groups)], None, yields)
    assert stakes.stakes[0].sum(axis=1) == pytest.approx(stakes.values[:, 0], abs=1e-9)


def test_gaps_name_the_line_the_level_and_both_sums():
    group = ScoredGroup(
        "Employers", 3, ScoreSheet({"quota_unskilled": (1, 2, 3)}, [Bonus({"readmission": 3, "border": 2}, 4)])
    )
    seat = ScoreSheet(
        {"quota_unskilled": (1, 2, 4), "safeguard": (0, 1, 0)}, [Bonus({"border": 2, "readmission": 3}, 5)]
    )
    assert group_sum_mismatches(seat, [group]) == (
        "quota_unskilled, level 3: the groups add up to 3, the seat has 4",
        "safeguard, level 2: the groups add up to 0, the seat has 1",
        "bonus for border at 2 and readmission at 3: the groups add up to 4, the seat has 5",
    )
    assert group_sum_mismatches(ScoreSheet({}), [ScoredGroup("Treasury", 1, ScoreSheet({"cash": (0, -1, 0)}))]) == (
        "cash, level 2: the groups add up to -1, the seat has 0",
    )


def test_a_levy_yields_only_if_people_move():
    """A fund of 28 points at a full levy: a sixth, a half and all of it with the places of I01."""
    table = build_agenda(KEYS)
    worth = score(table, ScoreSheet({"tax_share": (6, 14, 28), "fund_split": (-7, -14, -21)}), LEVY)

    def told(*levels: int) -> float:
        return float(worth[table.package((*levels, 0))])

    assert [told(places, 3, 0) for places in range(4)] == pytest.approx([0, 28 / 6, 14, 28])
    assert told(3, 3, 3) == 7
    assert told(3, 1, 2) == pytest.approx(6 - 14 * 0.2)
    assert told(0, 3, 3) == 0


def test_a_line_held_by_the_agenda_stays_at_todays_practice():
    sheet = ScoreSheet({"tax_share": (6, 14, 28), "readmission": (1, 2, 3)}, [Bonus({"tax_share": 1}, 50)])
    free, held = build_agenda(KEYS), build_agenda(KEYS, ["tax_share"])
    assert score(held, sheet).tolist() == score(free, sheet)[free.grid()[:, 1] == 0].tolist()


def test_levels_lie_along_their_own_axis_and_conditions_hold_together():
    table = build_agenda(KEYS[:3])
    assert line_levels(table, "tax_share").shape == (1, 4, 1)
    both = np.broadcast_to(condition_mask(table, (("fund_split", 3), ("quota_unskilled", 2))), table.shape).reshape(-1)
    assert both.tolist() == [at[0] >= 2 and at[2] >= 3 for at in table.grid().tolist()]
    assert condition_mask(table, ()).all()


def host(role: Any = "host", name: str = "Northmark", points: int = 2) -> ScoredParty:
    groups = (
        ScoredGroup("Employers", 3, ScoreSheet({"readmission": (points + 1, 1, 0)})),
        ScoredGroup("Workers in the same jobs", 4, ScoreSheet({"readmission": (-1, 0, 0)})),
    )
    return ScoredParty(name, role, ScoreSheet({"readmission": (points, 1, 0)}), groups, walk_away=-6)


def test_groups_vote_by_the_sign_of_their_points():
    stakes = preferences_from_points(build_agenda(["readmission"]), [host(), host("origin", "Sudora")], ScoreSheet({}))
    assert stakes.votes[0].tolist() == [[0, 0], [1, -1], [1, 0], [0, 0]]
    assert stakes.weights == ((3, 4), (3, 4))
    assert stakes.groups[1] == ("Employers", "Workers in the same jobs")
    assert (stakes.unit, stakes.worth.tolist(), stakes.walk_away.tolist()) == ("points", [1, 1], [-6, -6])


def test_what_cancels_in_exact_numbers_is_an_abstention():
    """Three fifths is 0.6, yet three times a fifth is 0.6000000000000001 in floats: that decides no vote."""
    table = build_agenda(["training", "cash", "stay"])
    fifths = Yields({"training": {"stay": (0, "1/5", 1, 1)}, "cash": {"stay": (0, "3/5", 1, 1)}})
    group = ScoredGroup("Taxpayers", 1, ScoreSheet({"training": (3, 3, 3), "cash": (-1, -1, -1)}))
    stakes = preferences_from_points(table, [ScoredParty("Veldhaven", "host", group.sheet, (group,))], None, fifths)
    settled = table.package((1, 1, 1))
    assert stakes.stakes[0][settled, 0] > 0
    assert stakes.votes[0][settled, 0] == 0


@pytest.mark.parametrize(
    ("roles", "accounts"),
    [
        (("host", "origin"), {"host natives": 2, "origin natives": 5, "new migrants": 9}),
        (("both", "both"), {"host natives": 7, "new migrants": 9}),
        (("both", "origin"), {"host natives": 2, "origin natives": 5, "new migrants": 9}),
        (("origin", "origin"), {"origin natives": 7, "new migrants": 9}),
    ],
)
def test_natives_are_counted_by_the_role_of_their_country(roles: tuple[str, str], accounts: dict[str, float]):
    seats = [host(roles[0], "A", 2), host(roles[1], "B", 5)]
    stakes = preferences_from_points(build_agenda(["readmission"]), seats, ScoreSheet({"readmission": (9, 0, 0)}))
    assert dict(zip(stakes.accounts_of, stakes.accounts[1].tolist(), strict=True)) == accounts
    assert any("host and origin alike" in note for note in stakes.notes) == ("both" in roles)


def test_without_a_sheet_of_their_own_migrants_have_no_account():
    assert preferences_from_points(build_agenda(["readmission"]), [host()], None).accounts_of == ("host natives",)


def test_facts_are_hashable_and_read_from_mappings_and_pairs_alike():
    sheet = ScoreSheet({"tax_share": [1, 2, 3]}, [Bonus({"tax_share": 3, "cash": 1}, 2)])
    assert sheet == ScoreSheet([("tax_share", (1, 2, 3))], (Bonus([("cash", 1), ("tax_share", 3)], 2),))
    assert len({sheet, replace(sheet, bonuses=()), LEVY, Yields()}) == 4
    assert LEVY.of("tax_share") == (("quota_unskilled", (0, Fraction(1, 6), Fraction(1, 2), 1)),)
    assert hash(host()) == hash(host())


@pytest.mark.parametrize("points", [1.5, "2", True, None])
def test_points_are_whole_numbers(points: Any):
    with pytest.raises(InputError, match=r"points\.cash: .* is not a whole number"):
        ScoreSheet({"cash": (1, points, 3)})
    with pytest.raises(InputError, match="is not a whole number"):
        Bonus({"cash": 1}, points)


def test_a_bonus_needs_a_condition_and_a_factor_is_a_number():
    with pytest.raises(InputError, match="no condition"):
        Bonus({}, 3)
    with pytest.raises(InputError, match=r"yields\.cash\.stay: 'half' is not a number"):
        Yields({"cash": {"stay": (0, "half", 1)}})


def test_everything_that_does_not_fit_the_agenda_is_told_at_once():
    sheet = ScoreSheet({"cash": (1, 2), "stai": (1, 2, 3)}, [Bonus({"stay": 4}, 1)])
    yields = Yields({"cash": {"stay": (0, 1)}, "levy": {"family": (0, 0, 0, 1)}})
    told = score_sheet_problems(build_agenda(["cash", "stay"]), sheet, yields, "case.toml:agenda.seats.host")
    assert [(problem.place.removeprefix("case.toml:agenda.seats.host."), problem.reason) for problem in told] == [
        ("points.cash", "holds 2 numbers"),
        ("points.stai", "'stai' is not on the agenda"),
        ("yields.cash.stay", "holds 2 numbers"),
        ("yields.levy.family", "'family' is not on the agenda"),
        ("yields.levy", "'levy' is not on the agenda"),
        ("bonuses", "stay at level 4 is no condition"),
    ]
    assert told[0].hint == "write one for each of the levels 1 to 3"
    assert told[1].hint == "write one of: stay"
    with pytest.raises(InputError) as refusal:
        score(build_agenda(["cash", "stay"]), sheet, yields)
    assert len(refusal.value.problems) == len(told)
