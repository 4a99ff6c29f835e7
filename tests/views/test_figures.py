"""Figures carry their words on the data, and what they draw is what they are given."""

import pytest

from views.figures import base, paradox_curve, payoffs
from views.style.theme import TOKENS

BULLY = {(0, 0): (1.0, 3.0), (0, 1): (0.0, 2.0), (1, 0): (2.0, 1.0), (1, 1): (2.0, 2.0)}
STAG = {(0, 0): (5.0, 5.0), (0, 1): (1.0, 3.0), (1, 0): (3.0, 1.0), (1, 1): (3.0, 3.0)}


def reach(cells, stable, **more):
    return payoffs.PayoffPolygon(cells, frozenset(stable), ("Northmark", "Sudora"), "as printed", **more)


def lines(figure, width):
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == width]


def words_of(figure):
    return [note.text for note in figure.layout.annotations]


def test_the_efficient_edge_of_the_bully_game_runs_from_both_open_to_neither():
    edge = lines(payoffs.polygon(reach(BULLY, {(1, 1)}), "light"), 3)[0]
    assert list(zip(edge.x, edge.y, strict=True)) == [(1, 3), (2, 2)]


def test_a_corner_that_is_best_for_both_leaves_no_edge():
    assert reach(STAG, {(0, 0), (1, 1)}).has_single_best
    assert not reach(BULLY, {(1, 1)}).has_single_best


def test_inner_cells_are_no_corners_of_the_hull():
    hull = lines(payoffs.polygon(reach(STAG, {(0, 0), (1, 1)}), "light"), 1)[0]
    assert (3, 3) not in set(zip(hull.x, hull.y, strict=True)) or len(hull.x) == 5


def test_every_cell_is_named_once_and_the_stable_ones_say_so():
    told = words_of(payoffs.polygon(reach(BULLY, {(1, 1)}), "light"))
    assert sum("stable" in words for words in told) == 1
    for name in ("both", "only<br>Northmark", "only Sudora", "neither"):
        assert sum(name in words for words in told) == 1


def test_cells_that_fall_together_share_one_label():
    cells = {**BULLY, (1, 0): (2.0, 2.0)}
    told = words_of(payoffs.polygon(reach(cells, {(1, 1)}), "light"))
    assert "neither<br>only Sudora<br><b>stable</b>" in told


def test_an_agreement_is_green_and_a_closed_outcome_grey():
    figure = payoffs.polygon(reach(STAG, {(0, 0), (1, 1)}), "dark")
    inks = {trace.marker.color for trace in figure.data if trace.mode == "markers"}
    assert {TOKENS["dark"]["agreement"], TOKENS["dark"]["breakdown"], TOKENS["dark"]["paper"]} == inks


def test_named_points_are_shown_beside_the_cells():
    figure = payoffs.polygon(reach(BULLY, {(1, 1)}, solutions=(("Nash", (1.5, 2.5)),)), "light")
    assert "Nash" in words_of(figure)


def test_a_game_in_which_nothing_is_at_stake_still_draws():
    flat = dict.fromkeys(BULLY, (0.0, 0.0))
    assert payoffs.polygon(reach(flat, set(BULLY)), "light").data


PARADOX = paradox_curve.ParadoxGains((1.0, 2.0, 3.0), (2.0, 6.0, 12.0), (2.0, 3.0, 3.0))


@pytest.mark.parametrize("gap", [1.0, 1.5, 3.0])
def test_the_line_stands_at_the_dial_and_its_dots_on_the_curves(gap):
    figure = paradox_curve.curve(PARADOX, gap, ("could bring", "would sign"), "light")
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == gap
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    assert tuple(dots.y) == PARADOX.at(gap)


def test_line_and_thumb_share_one_axis():
    figure = paradox_curve.curve(PARADOX, 1.5, ("a", "b"), "light")
    assert tuple(figure.layout.xaxis.range) == (1.0, 3.0)
    assert figure.layout.margin.l == figure.layout.margin.r == 6


def test_the_values_stand_on_the_side_that_has_room():
    left = paradox_curve.curve(PARADOX, 1.1, ("a", "b"), "light").layout.annotations[-1]
    right = paradox_curve.curve(PARADOX, 2.9, ("a", "b"), "light").layout.annotations[-1]
    assert (left.xanchor, right.xanchor) == ("left", "right")


def test_what_is_left_on_the_table_is_named_only_where_there_is_something():
    assert "left on the table" in words_of(paradox_curve.curve(PARADOX, 1.5, ("a", "b"), "light"))
    full = paradox_curve.ParadoxGains((1.0, 2.0, 3.0), (2.0, 6.0, 12.0), (2.0, 6.0, 12.0))
    assert "left on the table" not in words_of(paradox_curve.curve(full, 1.5, ("a", "b"), "light"))


def test_nothing_gained_still_draws():
    none = paradox_curve.ParadoxGains((1.0, 2.0), (0.0, 0.0), (0.0, 0.0))
    assert paradox_curve.curve(none, 1.0, ("a", "b"), "dark").data


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_phone_can_scroll_past_a_figure_without_a_legend(mode):
    layout = base.plotly_template(mode).layout
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.showlegend is False
    assert next(iter(layout.colorway)) == TOKENS[mode]["host"]
