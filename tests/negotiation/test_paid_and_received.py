"""What one purse pays another receives: a law of the economy's accounts, of the points, and of the paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement
from economy.parameters import preset
from negotiation.agenda.ladders import CORRIDOR, ladders
from negotiation.agenda.package_grid import build_agenda
from negotiation.agenda.rights_floor import RIGHTS_FLOOR
from negotiation.agenda.schedule import schedules, side_payments
from scenarios import read

TREASURY = GROUPS.index("treasury")
WHOLE = build_agenda(CORRIDOR)
ROLES = {"Spain": "host", "Morocco": "origin"}


@given(st.floats(0.01, 0.4), st.floats(0, 1), st.floats(0, 1))
def test_the_split_of_a_levy_moves_money_and_makes_none(levy: float, one: float, other: float):
    economy = preset("asymmetric").replace(openness=0.05, tax=levy, tax_host=np.array([one, other]))
    cell = agreement(economy)
    money = cell.groups[..., TREASURY] * cell.gdp / 100
    assert money.sum(axis=-1)[0] == pytest.approx(money.sum(axis=-1)[1], rel=1e-9)
    assert np.diff(money, axis=0)[0].sum() == pytest.approx(0, abs=1e-12)
    assert (money[0, 0] - money[1, 0]) * (one - other) >= 0


@given(st.floats(0, 0.02))
def test_a_lump_sum_leaves_one_treasury_and_arrives_in_the_other(share: float):
    economy = preset("asymmetric").replace(openness=0.05, side=np.array([0.0, share]))
    cell = agreement(economy)
    money = cell.groups[..., TREASURY] * cell.gdp / 100
    paid = money[1] - money[0]
    assert paid[0] == pytest.approx(share * cell.gdp[1, 0], abs=1e-12)
    assert paid.sum() == pytest.approx(0, abs=1e-12)


def test_the_points_of_a_fund_that_changes_hands_cancel_at_every_level():
    """S03: what goes home of the fund is lost to the host, point for point."""
    host, origin = (dict(seat.sheet.points) for seat in read("three-purses").seats if seat.sheet)
    assert [a + b for a, b in zip(host["fund_split"], origin["fund_split"], strict=True)] == [0, 0, 0]


@given(st.integers(1, WHOLE.count - 1))
def test_every_payment_on_paper_names_payer_payee_base_and_condition(package: int):
    for payment in side_payments(WHOLE, package, ROLES):
        assert all((payment.payer, payment.payee, payment.base, payment.condition))
        assert payment.payer != payment.payee


@given(st.integers(0, WHOLE.count - 1))
def test_a_payment_never_stands_in_a_schedule(package: int):
    lines = {line.issue for each in schedules(WHOLE, package, ROLES).values() for line in each}
    assert not any(ladders()[issue].is_side_payment for issue in lines)


def test_the_rights_floor_is_no_line_of_any_list():
    """It is a constant, and nothing that a package can say is one of its sentences."""
    assert isinstance(RIGHTS_FLOOR, tuple)
    written = {words for item in ladders().values() for words in (item.name, *item.levels, *item.plain)}
    assert not written & set(RIGHTS_FLOOR)
