"""Figures carry their words on the data, and what they draw is what they are given."""

from dataclasses import replace

import pytest

from views.figures import base, level_curve, paradox_curve, payoffs
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


PARADOX = paradox_curve.ParadoxGains(
    steps=(1.0, 2.0, 3.0),
    possible=(2.0, 6.0, 12.0),
    signed_gross=(2.0, 3.0, 3.0),
    full_net=(1.0, 0.5, -2.0),
    best_net=(1.0, 1.5, 2.0),
    signed_net=(1.0, 0.9, 0.8),
)
DIAL = [(1.0, "1.0×"), (2.0, "2.0×"), (3.0, "3.0×")]


def dots(figure, axis):
    return next(trace for trace in figure.data if trace.mode == "markers" and trace.yaxis == axis)


@pytest.mark.parametrize("at", [1.0, 2.0, 3.0])
def test_the_line_stands_at_the_dial_and_its_dots_on_the_curves_gross_and_net(at):
    figure = paradox_curve.curve(PARADOX, at, DIAL, "light")
    lines = [shape for shape in figure.layout.shapes if shape.x0 == shape.x1]
    assert {shape.x0 for shape in lines} == {at}
    assert {shape.yref for shape in lines} == {"y", "y2"}
    here = PARADOX.place(at)
    assert tuple(dots(figure, "y").y) == (PARADOX.possible[here], PARADOX.signed_gross[here])
    assert tuple(dots(figure, "y2").y) == (PARADOX.full_net[here], PARADOX.best_net[here], PARADOX.signed_net[here])


def test_a_gross_value_never_stands_without_its_net_value():
    told = words_of(paradox_curve.curve(PARADOX, 3.0, DIAL, "light"))
    full = [words for words in told if words.startswith("all admitted")]
    assert full == ["all admitted <b>+12.00\u00a0%</b>", "all admitted <b>−2.00\u00a0%</b>"]
    assert sum(words.startswith("both sign") for words in told) == 2
    assert sum(words.startswith("best opening") for words in told) == 1
    alt = paradox_curve.curve_alt(PARADOX, 3.0, "3.0×")
    assert "+12.00\u00a0% of the two countries’ GDP, and −2.00\u00a0% net" in alt


def test_line_and_thumb_share_one_axis():
    figure = paradox_curve.curve(PARADOX, 2.0, DIAL, "light")
    assert tuple(figure.layout.xaxis.range) == (1.0, 3.0)
    assert figure.layout.margin.l == figure.layout.margin.r == 6


def test_the_values_stand_on_the_side_that_has_room():
    sides = {}
    for at in (1.0, 3.0):
        notes = paradox_curve.curve(PARADOX, at, DIAL, "light").layout.annotations
        sides[at] = {note.xanchor for note in notes if "<b>" in note.text}
    assert sides == {1.0: {"left"}, 3.0: {"right"}}


def test_what_is_left_on_the_table_is_named_only_where_there_is_something():
    assert words_of(paradox_curve.curve(PARADOX, 2.0, DIAL, "light")).count("left on the table") == 2
    full = replace(PARADOX, signed_gross=PARADOX.possible, signed_net=PARADOX.best_net)
    assert "left on the table" not in words_of(paradox_curve.curve(full, 2.0, DIAL, "light"))


def test_nothing_gained_still_draws():
    none = paradox_curve.ParadoxGains((1.0, 2.0), *[(0.0, 0.0)] * 5)
    assert paradox_curve.curve(none, 1.0, DIAL[:2], "dark").data


LEVELS = level_curve.LevelLines(
    levels=(0.0, 50.0, 100.0, 150.0, 200.0),
    gross=(1.0, 2.0, 3.0, 4.0, 4.1),
    net=(0.5, 0.9, 0.8, 0.7, 0.6),
    signed=(True, True, False, True, True),
    ends=(0.0, 200.0),
)
PEOPLE = [(0.0, "+0 %"), (100.0, "+100 %"), (200.0, "+200 %")]


def thick(figure, axis):
    return [tuple(trace.x) for trace in lines(figure, level_curve.THICK) if trace.yaxis == axis]


def test_levels_that_both_sign_are_thick_in_both_panels_and_named_once():
    figure = level_curve.level_figure(LEVELS, 50.0, PEOPLE, "light")
    for axis in ("y", "y2"):
        assert thick(figure, axis) == [(0.0, 50.0), (150.0, 200.0)]
    assert words_of(figure).count("both sign") == 1
    alone = level_curve.level_figure(replace(LEVELS, signed=(False, True, False, False, False)), 50.0, PEOPLE, "light")
    assert thick(alone, "y") == []
    assert any(trace.mode == "markers" and tuple(trace.x) == (50.0,) and trace.marker.size == 9 for trace in alone.data)
    none = level_curve.level_figure(replace(LEVELS, signed=(False,) * 5), 50.0, PEOPLE, "light")
    assert "both sign" not in words_of(none)


def test_the_best_net_gain_has_a_mark_and_its_value():
    figure = level_curve.level_figure(LEVELS, 150.0, PEOPLE, "dark")
    best = next(trace for trace in figure.data if trace.marker.symbol == "diamond")
    assert (tuple(best.x), tuple(best.y), best.yaxis) == ((50.0,), (0.9,), "y2")
    assert "best net +0.90\u00a0%" in words_of(figure)
    told = words_of(figure)
    assert {"gross <b>+4.00\u00a0%</b>", "net <b>+0.70\u00a0%</b>"} <= set(told)
    assert "+0.90\u00a0%, at +50 %" in level_curve.level_alt(LEVELS, 150.0, ("+150 %", "+50 %"))


def test_beyond_the_pool_the_line_is_dotted_and_nothing_counts_as_best_or_signed():
    pool = replace(LEVELS, pool=100.0, net=(0.5, 0.6, 0.7, 0.9, 0.95))
    assert (pool.count, pool.best, pool.runs) == (3, 2, [(0, 2)])
    figure = level_curve.level_figure(pool, 150.0, PEOPLE, "light")
    dotted = [tuple(trace.x) for trace in figure.data if trace.mode == "lines" and trace.line.dash == "dot"]
    assert dotted == [(100.0, 150.0, 200.0)] * 2
    assert "all who are willing have come" in words_of(figure)
    assert pool.at(150.0) == (4.0, 0.9)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_phone_can_scroll_past_a_figure_without_a_legend(mode):
    layout = base.plotly_template(mode).layout
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.showlegend is False
    assert next(iter(layout.colorway)) == TOKENS[mode]["host"]
