"""Agendas: the grid of packages and the words of `without`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.ladders import CORRIDOR
from negotiation.agenda.package_grid import STATUS_QUO, build_agenda
from negotiation.agenda.schedule import schedules, side_payments

WHOLE = build_agenda(CORRIDOR)
ROLES = {"Spain": "host", "Morocco": "origin"}


def test_the_corridor_agenda_has_seven_ladders_of_four_levels():
    assert WHOLE.shape == (4,) * 7
    assert WHOLE.count == 16_384


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
        (["levy"], 4**6),
        (["gain_tax"], 4**5),
        (["skill_partnership"], 4**6),
        (["side payments"], 4**4),
        (["side payments", "phasing"], 4**3),
        (list(CORRIDOR), 1),
    ],
)
def test_without_holds_ladders_at_level_nought(without: list[str], count: int):
    assert build_agenda(CORRIDOR, without).count == count


def test_terms_carry_every_ladder_to_its_field():
    terms = WHOLE.terms()
    package = WHOLE.package((3, 2, 1, 2, 3, 1, 3))
    row = [getattr(terms, item.field)[package] for item in WHOLE.ladders]
    assert row == [1.0, 0.90, 0.15, 0.10, 0.25, 0.25, 5.0]


def test_commitments_stand_with_who_concedes_and_side_payments_apart():
    package = WHOLE.package((3, 1, 0, 2, 1, 0, 2))
    lists = schedules(WHOLE, package, ROLES)
    assert [line.issue for line in lists["Spain"]] == ["places", "recognition"]
    assert [line.issue for line in lists["Morocco"]] == ["recognition", "phasing"]
    levy, split = side_payments(WHOLE, package, ROLES)
    assert (levy.payer, levy.payee, levy.line.words) == ("migrants", "Spain and Morocco", "10 % of earnings abroad")
    assert (split.payer, split.payee) == ("migrants", "Morocco")


def test_a_split_of_no_levy_is_no_payment():
    assert side_payments(WHOLE, WHOLE.package((3, 0, 0, 0, 2, 0, 0)), ROLES) == ()


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
    assert len({item.field for item in WHOLE.ladders}) == 7
