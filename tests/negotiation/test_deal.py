"""Agendas: the grid of packages and the words of `without`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.ladders import CORRIDOR, CORRIDOR_FIXED, NEGOTIATED
from negotiation.agenda.package_grid import STATUS_QUO, build_agenda
from negotiation.agenda.schedule import schedules, side_payments

WHOLE = build_agenda(CORRIDOR)
ROLES = {"Spain": "host", "Morocco": "origin"}


def test_the_corridor_agenda_has_nine_ladders_of_four_levels():
    assert WHOLE.shape == (4,) * 9
    assert WHOLE.count == 262_144
    assert build_agenda(NEGOTIATED, fixed=CORRIDOR_FIXED).count == 65_536


@given(st.integers(0, WHOLE.count - 1))
def test_a_package_is_its_levels(package: int):
    assert WHOLE.package(WHOLE.levels(package)) == package
    assert tuple(WHOLE.grid()[package]) == WHOLE.levels(package)


def test_the_status_quo_concedes_and_pays_nothing():
    assert set(WHOLE.levels(STATUS_QUO)) == {0}
    assert all(not lines for lines in schedules(WHOLE, STATUS_QUO, ROLES).values())
    assert side_payments(WHOLE, STATUS_QUO, ROLES) == ()


@pytest.mark.parametrize(
    ("without", "count"),
    [
        (["levy"], 4**8),
        (["gain_tax"], 4**7),
        (["skill_partnership"], 4**8),
        (["side payments"], 4**6),
        (["side payments", "phasing"], 4**5),
        (list(CORRIDOR), 1),
    ],
)
def test_without_holds_ladders_at_level_nought(without: list[str], count: int):
    assert build_agenda(CORRIDOR, without).count == count


def test_terms_carry_every_ladder_to_its_field():
    terms = WHOLE.terms()
    package = WHOLE.package((3, 0, 1, 2, 1, 2, 3, 1, 3))
    row = [getattr(terms, item.field)[package] for item in WHOLE.ladders]
    assert row == [15.0, 0.0, 0.80, 0.90, 0.15, 0.10, 0.25, 1.5, 5.0]


def test_commitments_stand_with_who_concedes_and_side_payments_apart():
    package = WHOLE.package((3, 1, 0, 1, 0, 2, 1, 0, 2))
    lists = schedules(WHOLE, package, ROLES)
    assert [line.issue for line in lists["Spain"]] == ["stay", "recognition"]
    assert [line.issue for line in lists["Morocco"]] == ["readmission", "recognition", "phasing"]
    levy, split = side_payments(WHOLE, package, ROLES)
    assert (levy.payer, levy.payee, levy.line.words) == ("migrants", "Spain and Morocco", "10 % of earnings abroad")
    assert (split.payer, split.payee) == ("migrants", "Morocco")


def test_a_split_of_no_levy_is_no_payment():
    assert side_payments(WHOLE, WHOLE.package((3, 0, 0, 0, 0, 0, 2, 0, 0)), ROLES) == ()


def test_a_fixed_line_stands_in_every_package_and_is_not_negotiated():
    table = build_agenda(["stay", "levy_split"], fixed={"levy": 3})
    assert table.count == 16
    assert table.terms().levy == 0.20
    assert table.side_payments().all()
    none, half = (side_payments(table, table.package(levels), ROLES) for levels in ((0, 0), (0, 2)))
    assert [(each.issue, each.payee) for each in none] == [("levy", "Spain")]
    assert [(each.issue, each.payee) for each in half] == [("levy", "Spain and Morocco"), ("levy_split", "Morocco")]
    fixed = build_agenda(["stay"], fixed={"readmission": 2})
    assert [line.issue for line in schedules(fixed, 0, ROLES)["Morocco"]] == ["readmission"]


def test_a_fixed_line_that_is_on_the_agenda_is_negotiated():
    """So a case can take up a line that its base has fixed, or another one that sets the same term."""
    for key in ("levy", "tax_share"):
        assert build_agenda(["stay", key], fixed={"levy": 3}) == build_agenda(["stay", key])


@pytest.mark.parametrize("without", ["levy", "gain_tax", "side payments"])
def test_without_holds_a_fixed_line_at_level_nought_too(without: str):
    table = build_agenda(["stay", "levy_split"], [without], fixed={"levy": 3})
    assert table.terms().levy == 0.0
    assert table.count == (16 if without == "levy" else 4)
    assert not table.side_payments()[0]


@pytest.mark.parametrize(
    ("fixed", "place", "hint"),
    [
        ({"levy": 4}, "fixed.levy", "0 to 3"),
        ({"levvy": 1}, "fixed", "levy"),
    ],
)
def test_a_wrong_fixed_line_says_where_and_what_to_write(fixed: dict[str, int], place: str, hint: str):
    with pytest.raises(InputError) as caught:
        build_agenda(["stay"] if "levy" in fixed else ["levy"], place="case.toml:agenda", fixed=fixed)
    problem = caught.value.problems[0]
    assert problem.place == f"case.toml:agenda.{place}"
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("keys", "without", "words"),
    [
        (["placs"], [], ("ladders", "places")),
        ([], [], ("ladders", "at least one")),
        (["places", "places"], [], ("ladders", "once")),
        (["places"], ["levy"], ("without", "places")),
        (["levy", "tax_share"], [], ("ladders", "keep one")),
    ],
)
def test_a_wrong_agenda_says_where_and_what_to_write(keys: list[str], without: list[str], words: tuple[str, str]):
    with pytest.raises(InputError) as caught:
        build_agenda(keys, without, "case.toml:agenda")
    problem = caught.value.problems[0]
    assert problem.place == f"case.toml:agenda.{words[0]}"
    assert words[1] in problem.hint


def test_every_ladder_of_the_corridor_sets_one_term_of_its_own():
    assert all(len(item.levels) == len(item.values) == 4 for item in WHOLE.ladders)
    assert len({item.field for item in WHOLE.ladders}) == 9
