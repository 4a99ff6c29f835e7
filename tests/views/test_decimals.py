"""One rule for the decimals of every column: what is not zero never prints as zero."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.seat_view import GroupPosition
from economy.model.payoffs import solve_bilateral
from lab.atlas.document import ClassName, ClassShare
from views.explore import view_model
from views.explore.dials import PAIRS, parameters, start_settings, values_by_key
from views.figures.payoffs import polygon_alt
from views.negotiate import board_html
from views.style import html
from views.style.group_table import group_table_html
from views.text import atlas, charts
from views.text.charts import Bar, bars
from views.text.layout import Screen
from views.wording import screen
from views.wording.phrases import format_short

COLUMNS = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=9)


def at(pair, **changes):
    return tuple((values_by_key(pair, start_settings(pair)) | changes).values())


def is_zero(text):
    """Whether a printed number says zero."""
    return not re.search(r"[1-9]", text)


def parts(text):
    """The digits behind the point of a printed number."""
    return len(text.partition(".")[2])


@given(COLUMNS, st.integers(0, 3))
def test_what_is_not_zero_does_not_print_as_zero(values, least):
    texts = screen.numbers(values, least)
    assert [is_zero(text) for text in texts] == [abs(value) < screen.ROUNDING for value in values]


@given(COLUMNS, st.integers(0, 3))
def test_all_that_can_be_seen_beside_the_largest_has_the_same_and_the_fewest_decimals(values, least):
    texts, digits = screen.numbers(values, least), screen.column_decimals(values, least)
    largest = max(map(abs, values))
    seen = [value for value in values if abs(value) >= max(largest * screen.SEEN, screen.ROUNDING)]
    assert {parts(text) for text, value in zip(texts, values, strict=True) if value in seen} <= {digits}
    if digits > least:
        assert any(is_zero(screen.number(value, digits - 1)) for value in seen)


def test_a_column_may_hold_gaps_units_and_signs():
    assert screen.numbers([0.04, None, -0.5], plus=True, unit="%") == ["+0.04\u00a0%", "–", "−0.50\u00a0%"]


def rows(table):
    """(width of the bar in per cent, printed number) of every row of a table of bars."""
    return [(float(width), text) for width, text in re.findall(r"width:([\d.]+)%.*?([+−]?\d[\d.,]*)</", table)]


@pytest.mark.parametrize("title", PAIRS)
@pytest.mark.parametrize("place", [0.01, 0.08, 0.4])
def test_no_row_of_who_gains_says_zero_beside_a_bar(title, place):
    pair = PAIRS[title]
    level = pair.level.nearest(place * pair.level.high * pair.level.scale)
    economy = parameters(pair, at(pair, **{pair.level.key: level}))
    table = group_table_html(view_model.group_blocks(pair, economy, solve_bilateral(economy)))
    found = rows(table.split("<tbody>")[1])
    assert len(found) == 28
    assert [(width, text) for width, text in found if width > 1 and is_zero(text)] == []


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6))
def test_no_bar_of_a_terminal_stands_beside_a_zero(values):
    lines = bars(Screen(80), [Bar("row", value) for value in values])
    for line, value in zip(lines, values, strict=True):
        assert is_zero(line.split()[-1]) == (abs(value) < screen.ROUNDING)


@given(st.floats(-1, 1))
def test_a_payoff_in_a_sentence_is_no_zero_either(value):
    assert is_zero(format_short(value)) == (abs(value) < screen.ROUNDING)
    assert is_zero(screen.per_cent(value, screen.column_decimals([value]))) == (abs(value) < screen.ROUNDING)


@pytest.mark.parametrize("part", [0.0003, 0.00002])
def test_a_rare_word_or_class_is_not_said_to_be_absent(part):
    assert not is_zero(screen.format_share(part))
    assert not is_zero(screen.format_share(part, 0))
    shares: tuple[tuple[ClassName, float], ...] = (("bully", part), ("chicken", 0.9))
    found = tuple(ClassShare(class_=name, class_player=None, share=of, count=3) for name, of in shares)
    summary: Any = SimpleNamespace(classes=found, ground=SimpleNamespace(players=("Host", "Origin")))
    lines = atlas.render_classes(Screen(80), summary, pictured=False)
    (row,) = (line for line in lines if "bully" in line)
    assert not is_zero(row.split("\u00a0%")[0])


SMALL = 0.0004


@pytest.mark.parametrize("digits", [0, 1, 2, 3])
def test_no_table_of_the_talks_says_zero_of_a_small_stake(digits):
    tables = (
        board_html.render_balance([board_html.BalanceBar("You offer", SMALL, "host")], 0, SMALL, digits),
        board_html.render_home_votes(
            [board_html.GroupVote("Capital", 2, (GroupPosition(1, SMALL),))],
            ["Vote"],
            [board_html.VoteResult("passes", passes=True)],
            "At home",
            digits,
        ),
        board_html.render_welfare_accounts(
            [board_html.AccountChange("Migrants", SMALL, "migrants", False)], "Accounts", digits
        ),
    )
    for table in tables:
        assert "+0.0004" in table


def test_a_matrix_has_decimals_for_its_small_payoffs_too():
    payoffs = ([[3.0, 0.04], [1.0, 0.0]], [[2.0, 1.0], [1.0, 0.5]])
    best = ([[True, True], [False, False]], [[True, False], [True, False]])
    assert html.MatrixView(payoffs, best, frozenset(), ("A", "B"), "points").decimals == 2
    told: Any = SimpleNamespace(payoffs=payoffs, tolerance=0)
    assert charts.matrix_decimals(told) == 2


def test_the_alternative_text_of_the_polygon_tells_small_payoffs_apart():
    pair = PAIRS["Germany and France"]
    reach = view_model.build_polygon(
        view_model.model_game(pair, solve_bilateral(parameters(pair, start_settings(pair))))
    )
    spoken = polygon_alt(reach)
    numbers = re.findall(r": ([+−]?[\d.]+) and ([+−]?[\d.]+)", spoken)
    assert [[is_zero(text) for text in pair] for pair in numbers] == [[False] * 2] * 3 + [[True] * 2]
