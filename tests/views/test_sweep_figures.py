"""Figures of sweeps: what is on them is what was given, in both modes, and nothing reaches over an edge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.figures.sweeps import (
    ArmLine,
    BarShare,
    BoxRange,
    ForestRow,
    forest_plot,
    line_plot,
    range_plot,
    stacked_bars,
)
from views.report.elements import STROKES, bar_parts
from views.style.theme import TOKENS
from views.text.atlas import MARKS

NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False)


def words(figure):
    return [each.text for each in figure.layout.annotations]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_ladder_has_a_dot_and_a_name_a_row(mode):
    rungs = [ForestRow("as it is", 1.0, (0.5, 1.5), (-2.0, 3.0)), ForestRow("levy", 2.0, second=1.5)]
    figure = forest_plot(rungs, "gain", mode, zero=True)
    dots = [trace.x[0] for trace in figure.data]
    assert sorted(dots) == [1.0, 1.5, 2.0]
    assert words(figure) == ["levy", "as it is"]
    spans = {(shape.x0, shape.x1) for shape in figure.layout.shapes}
    assert spans == {(0, 0), (0.5, 1.5), (-2.0, 3.0)}
    assert figure.layout.template.layout.font.color == TOKENS[mode]["ink"]


def test_a_course_has_a_band_and_a_line_an_arm_and_names_only_where_there_are_several():
    one = ArmLine("as it is", [1, 2, 3], [1, 2, 3], [0, 1, 2], [2, 3, 4])
    other = ArmLine("levy", [1, 2, 3], [1, 2, 3], [0, 1, 2], [2, 3, 4])
    assert len(line_plot([one], "gap", "mean", "light").data) == 2
    assert words(line_plot([one], "gap", "mean", "light")) == ["mean"]
    assert words(line_plot([one, other], "gap", "mean", "light"))[:2] == ["as it is", "levy"]
    strokes = {trace.line.dash for trace in line_plot([one, other], "gap", "mean", "light").data if trace.fill is None}
    assert strokes == {"solid", "dash"}


@given(st.lists(st.lists(NUMBERS, min_size=2, max_size=2), min_size=2, max_size=6))
def test_names_of_lines_stay_inside_the_plot_and_apart(pairs):
    lines = [ArmLine(f"arm {at}", [0, 1], pair, pair, pair) for at, pair in enumerate(pairs)]
    figure = line_plot(lines, "gap", "mean", "light")
    low, high = figure.layout.yaxis.range
    places = sorted(each.y for each in figure.layout.annotations if each.text.startswith("arm"))
    assert len(places) == len(lines)
    assert places[-1] <= high
    assert places[0] >= low - 1e-9 * (high - low)
    assert np.diff(places).min() >= 0.07 * (high - low)


@given(NUMBERS)
def test_an_axis_has_width_even_where_nothing_varies(value):
    low, high = forest_plot([ForestRow("all", value, (value, value))], "gain", "light").layout.xaxis.range
    assert low < value < high


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_stack_has_a_bar_a_row_and_numbers_only_where_there_is_room(mode):
    parts = [
        BarShare("bully", [90, 40], "host", "."),
        BarShare("stag-hunt", [10, 55], "agreement"),
        BarShare("others", [0, 5]),
    ]
    figure = stacked_bars(["far", "alike"], parts, "% of runs", mode)
    assert [(trace.name, list(trace.x)) for trace in figure.data] == [(each.name, each.shares) for each in parts]
    assert sorted(words(figure)) == sorted(["far", "alike", "90", "40", "10", "55"])
    assert tuple(figure.layout.xaxis.range) == (0, 100)
    far, alike = (next(each.y for each in figure.layout.annotations if each.text == name) for name in ("far", "alike"))
    assert far > alike


def test_no_two_classes_and_no_two_words_look_alike():
    classes = bar_parts({name: [1.0] for name in MARKS})
    assert [each.name for each in classes] == list(MARKS)
    assert len({(each.ink, each.hatch) for each in classes}) == len(MARKS)
    others = bar_parts({f"word {at}": [1.0] for at in range(len(STROKES))})
    assert len({each.hatch for each in others}) == len(STROKES)


def test_a_box_shows_its_part_of_every_range_and_the_narrowest_is_not_lost():
    figure = range_plot([BoxRange("gap from 2", [(0.5, 1.0)]), BoxRange("loss 1 to 1", [(0.2, 0.2)])], "light")
    assert words(figure) == ["loss 1 to 1", "gap from 2"]
    tracks = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.layer == "below"]
    held = [shape.x1 - shape.x0 for shape in figure.layout.shapes if shape.layer != "below"]
    assert tracks == [(0, 1), (0, 1)]
    assert all(width > 0 for width in held)
