"""Red lines and priorities: what is kept, what was raised, and how faithful that is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.package_grid import build_agenda
from negotiation.preferences.mandates import Faithfulness, Mandate, RedLine, faithfulness, within_red_lines
from negotiation.protocols.moves import Accept, Hold, Move, Offer, Reject, Request, Vote, Walk, Withdraw

KEYS: tuple[str, ...] = ("quota_unskilled", "stay", "readmission", "safeguard")
PLACES, STAY, READMISSION, SAFEGUARD = range(4)
TABLE = build_agenda(KEYS)

NO_PLACES = RedLine("quota_unskilled", high=0, unless={"safeguard": 1, "readmission": 2}, text="No open door.")
SOME_RETURN = RedLine("readmission", low=1)


@st.composite
def red_lines(draw: st.DrawFn) -> RedLine:
    low = draw(st.integers(0, 3))
    unless = draw(st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3), max_size=2))
    return RedLine(draw(st.sampled_from(KEYS)), low, draw(st.none() | st.integers(low, 3)), unless)


@settings(max_examples=50)
@given(st.lists(red_lines(), max_size=3), st.sets(st.sampled_from(KEYS), max_size=2))
def test_a_package_keeps_a_line_inside_its_limits_or_where_the_exception_is_reached(
    lines: list[RedLine], held: set[str]
):
    table = build_agenda(KEYS, held)
    mask = within_red_lines(table, lines)
    for package in range(0, table.count, 7):
        at = dict(zip(KEYS, table.levels(package), strict=True))
        broken = [
            line
            for line in lines
            if not line.low <= at[line.ladder] <= (3 if line.high is None else line.high)
            and not (line.unless and all(at[key] >= least for key, least in line.unless))
        ]
        assert mask[package] == (not broken)
        share = faithfulness(table, Mandate(tuple(lines)), 0, [Offer(0, package)]).red_lines
        assert share == ((len(lines) - len(broken)) / len(lines) if lines else None)


def test_an_exception_needs_all_its_levels():
    mask = within_red_lines(TABLE, [NO_PLACES])
    assert mask[TABLE.package((0, 3, 3, 3))]
    assert mask[TABLE.package((3, 0, 2, 1))]
    assert not mask[TABLE.package((1, 0, 2, 0))]
    assert not mask[TABLE.package((1, 0, 1, 3))]


def test_a_delegation_is_as_faithful_as_its_requests():
    mandate = Mandate((), ("readmission", "stay", "safeguard"))
    asked = (Request(0, ((READMISSION, 2), (STAY, 0))), Request(1, ((STAY, 3), (SAFEGUARD, 1))))
    assert faithfulness(TABLE, mandate, 0, asked) == Faithfulness(red_lines=None, priorities=1 / 3)
    assert faithfulness(TABLE, mandate, 1, asked) == Faithfulness(red_lines=None, priorities=2 / 3)


CROSSING, CLEAN = TABLE.package((1, 0, 1, 0)), TABLE.package((0, 0, 1, 0))
VOTES = (Vote(0, 0, -1), Vote(1, 0, 1))
SIGNED_AND_VOTED_DOWN = (Offer(0, CLEAN), Offer(1, CROSSING), Accept(0), *VOTES)


@pytest.mark.parametrize(
    ("said", "kept_by_0", "kept_by_1"),
    [
        ((), 1, 1),
        ((Hold(0), Hold(1), Walk(0, "no")), 1, 1),
        ((Offer(0, CLEAN), Offer(1, CLEAN)), 1, 1),
        ((Offer(0, CROSSING), Reject(1)), 1 / 2, 1),
        ((Offer(0, CROSSING), Hold(1), Withdraw(0), Hold(1), Offer(0, CLEAN), Accept(1), *VOTES), 1 / 2, 1),
        ((Offer(0, CROSSING), Accept(1), *VOTES), 1 / 2, 1 / 2),
        (SIGNED_AND_VOTED_DOWN, 1 / 2, 1 / 2),
        ((*SIGNED_AND_VOTED_DOWN, Offer(1, CLEAN), Accept(0), *VOTES), 1 / 2, 1 / 2),
        ((*SIGNED_AND_VOTED_DOWN, Walk(0, "enough")), 1 / 2, 1 / 2),
        ((Offer(1, CROSSING), Offer(0, CLEAN), Accept(1)), 1, 1 / 2),
    ],
)
def test_red_lines_are_kept_in_everything_that_was_offered_or_signed(
    said: tuple[Move, ...], kept_by_0: float, kept_by_1: float
):
    mandate = Mandate((NO_PLACES, SOME_RETURN))
    shares = [faithfulness(TABLE, mandate, party, said).red_lines for party in (0, 1)]
    assert shares == [kept_by_0, kept_by_1]


def test_two_lines_crossed_in_two_packages_are_both_crossed():
    said = (Offer(0, CROSSING), Offer(0, TABLE.package((0, 0, 0, 0)) + 1))
    assert faithfulness(TABLE, Mandate((NO_PLACES, SOME_RETURN)), 0, said).red_lines == 0


def test_an_empty_mandate_asks_for_no_faith():
    assert faithfulness(TABLE, Mandate(), 0, ()) == Faithfulness(red_lines=None, priorities=None)
    assert within_red_lines(TABLE, ()).all()


def test_red_lines_are_hashable_and_read_exceptions_in_any_order():
    same = RedLine("quota_unskilled", 0, 0, (("readmission", 2), ("safeguard", 1)), "No open door.")
    assert len({NO_PLACES, same, SOME_RETURN}) == 2


@pytest.mark.parametrize(("low", "high"), [(2, 1), (-1, None), (0, -1)])
def test_limits_that_no_level_keeps_are_refused(low: int, high: int | None):
    with pytest.raises(InputError, match="no level lies"):
        RedLine("stay", low, high)


def test_a_red_line_on_what_is_not_negotiated_is_refused():
    with pytest.raises(InputError, match="'family' is not on the agenda"):
        within_red_lines(TABLE, [RedLine("family", high=1)])
