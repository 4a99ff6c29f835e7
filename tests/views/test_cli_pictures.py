"""Pictures in text: they fit, they tell the same without ink, and no best reply looks like what it beats."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from games.canon import canon
from games.summary import summarise_game
from views.text import layout
from views.text.charts import Bar, bars, draw_matrix, gauge, matrix_decimals, spark
from views.text.layout import Screen, display_width, paragraph, render_table, shorten
from views.wording.screen import number

SOLVED = summarise_game(canon("bully")).document()
INK = re.compile(r"\x1b\[[0-9;]*m")


def game(row, column, tolerance=0.0, pure=()):
    """A game as `winset solve --json` tells it, with equilibria in these cells."""
    rows, columns = len(row), len(row[0])
    return replace(
        SOLVED,
        players=("Spain", "Morocco"),
        actions=([f"row {at}" for at in range(rows)], [f"column {at}" for at in range(columns)]),
        payoffs=(row, column),
        tolerance=tolerance,
        equilibria=[
            replace(
                SOLVED.equilibria[0],
                row=[int(at == i) for at in range(rows)],
                column=[int(at == j) for at in range(columns)],
            )
            for i, j in pure
        ],
    )


BULLY = game([[1, 0], [2, 2]], [[3, 2], [1, 2]], pure=[(1, 1)])


def test_the_printed_bully_game():
    assert draw_matrix(Screen(80), BULLY) == [
        "              Morocco",
        "Spain   column 0   column 1",
        "      ┌──────────┬──────────┐",
        "row 0 │  1  3*   │  0  2    │",
        "      ├──────────╆━━━━━━━━━━┪",
        "row 1 │  2* 1    ┃  2* 2*   ┃",
        "      └──────────┺━━━━━━━━━━┛",
    ]


payoff = st.floats(-5, 5).map(lambda value: round(value, 4))
payoffs = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 9).flatmap(
        lambda columns: st.lists(
            st.lists(st.lists(payoff, min_size=columns, max_size=columns), min_size=rows, max_size=rows),
            min_size=2,
            max_size=2,
        )
    )
)


@given(payoffs, st.integers(40, 100))
def test_a_matrix_fits_every_screen(both, width):
    lines = draw_matrix(Screen(width), game(*both, pure=[(0, 0)]))
    assert max(map(display_width, lines)) <= width


@given(payoffs)
def test_ink_changes_nothing_that_is_told(both):
    told = game(*both, pure=[(0, 0)])
    assert [INK.sub("", line) for line in draw_matrix(Screen(80, colour=True), told)] == draw_matrix(Screen(80), told)


@given(payoffs)
def test_no_best_reply_prints_like_what_it_beats(both):
    places = matrix_decimals(game(*both))
    if places == 3:
        return
    for line in [*zip(*both[0], strict=True), *both[1]]:
        best = max(line)
        assert all(number(value, places) != number(best, places) for value in line if value < best)


def test_a_tie_of_a_derived_game_stars_both_replies():
    lines = draw_matrix(Screen(80), game([[0.0, 0.0], [1e-9, 1.0]], [[0.0, 0.0], [0.0, 0.0]], tolerance=1e-6))
    assert lines[3].count("*") == 3


@given(
    st.lists(st.tuples(st.text("abc ", max_size=30), st.floats(-9, 9)), min_size=1, max_size=6), st.integers(40, 100)
)
@example([("", 2.0), ("", 5e-324)], 40)
def test_bars_fit_and_the_smallest_change_shows(rows, width):
    lines = bars(Screen(width), [Bar(label, value, "against") for label, value in rows])
    for line, (_, value) in zip(lines, rows, strict=True):
        assert display_width(line) <= width
        assert any(sign in line for sign in "█▌▐") == (value != 0)


def test_a_spark_runs_from_low_to_high():
    assert spark([0, 1, 2, 3]) == "▁▃▆█"
    assert spark([0, 0]) == "▁▁"


@given(st.floats(-2, 2), st.integers(1, 20))
def test_a_gauge_keeps_its_width(share, width):
    assert len(gauge(share, width)) == width


@given(st.lists(st.tuples(st.text("abc", max_size=60), st.text("abc", max_size=60)), min_size=1, max_size=5))
def test_a_table_fits(rows):
    assert max(map(display_width, render_table(Screen(60), ("one", "two"), rows))) <= 60


def test_text_is_wrapped_under_its_first_word_and_cut_with_an_ellipsis():
    assert paragraph(Screen(40), "one two three four five six seven eight nine", first="1  ") == [
        "1  one two three four five six seven",
        "   eight nine",
    ]
    assert shorten("Liberalize", 6) == "Liber…"


@pytest.mark.parametrize(
    ("tty", "no_colour", "environment", "coloured"),
    [
        (True, False, {}, True),
        (True, True, {}, False),
        (True, False, {"NO_COLOR": "1"}, False),
        (True, False, {"NO_COLOR": ""}, True),
        (True, False, {"TERM": "dumb"}, False),
        (False, False, {}, False),
    ],
)
def test_colour_is_for_a_terminal_that_wants_it(monkeypatch, tty, no_colour, environment, coloured):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(layout.sys.stdout, "isatty", lambda: tty, raising=False)
    assert layout.screen(no_colour).colour is coloured


@pytest.mark.parametrize(("columns", "width"), [("20", 40), ("64", 64), ("300", 100)])
def test_a_screen_keeps_between_its_limits(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    assert layout.screen().width == width
