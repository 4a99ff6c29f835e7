"""The offers of a talk as figures: every offer is inside the picture, and no deal is grey."""

import pytest

from views.figures.offers import OfferTrack, PayoffSpace, draw_payoff_space, timeline
from views.style.theme import DARK, LIGHT

TRACKS = (
    OfferTrack(0, "Northmark proposes", ((0, 29.0), (1, 20.0), (9, 3.0))),
    OfferTrack(1, "Sudora proposes", ((0, -24.0), (9, 1.0))),
)
SPACE = PayoffSpace(
    names=("Northmark", "Sudora"),
    unit="points",
    frontier=((1.0, 21.0), (10.0, 12.0), (22.0, 0.0)),
    nash=(10.0, 12.0),
    offers=((0, 0, (29.0, -13.0)), (1, 0, (-24.0, 34.0)), (0, 1, (20.0, 2.0))),
    deal=(6.0, 16.0),
    ended=True,
)


def said(figure):
    return [note.text for note in figure.layout.annotations]


def test_the_timeline_holds_every_offer_and_names_both_sides():
    figure = timeline(TRACKS, "Value to Northmark, points", 0, "light")
    low, high = figure.layout.yaxis.range
    assert low < -24 < 29 < high
    assert figure.layout.xaxis.range[1] > 9
    assert {"Northmark proposes", "Sudora proposes", "walking away", "Value to Northmark, points"} <= set(said(figure))
    assert figure.layout.xaxis.ticktext[0] == "draft"


def test_the_sides_differ_by_more_than_their_colour():
    markers = {trace.marker.symbol for trace in timeline(TRACKS, "", 0, "dark").data}
    assert markers == {"circle", "square"}


@pytest.mark.parametrize("tracks", [(), TRACKS[:1], (OfferTrack(1, "Sudora proposes", ()),)])
def test_a_timeline_may_be_almost_empty(tracks):
    assert timeline(tracks, "", 1, "light").layout.xaxis.range[1] >= 6


def test_the_space_holds_every_offer_and_the_deal_has_a_name():
    figure = draw_payoff_space(SPACE, "light")
    x, y = figure.layout.xaxis.range, figure.layout.yaxis.range
    assert x[0] < -24 < 29 < x[1]
    assert y[0] < -13 < 34 < y[1]
    assert {"<b>the deal</b>", "best for the two", "Nash", "no deal"} <= set(said(figure))
    assert said(figure).count("Northmark proposes") == said(figure).count("Sudora proposes") == 1


def test_a_breakdown_is_grey_and_marked_where_it_ended():
    shown = PayoffSpace(SPACE.names, "points", SPACE.frontier, SPACE.nash, SPACE.offers, deal=None, ended=True)
    for figure, colours in ((draw_payoff_space(shown, "light"), LIGHT), (draw_payoff_space(shown, "dark"), DARK)):
        note = next(note for note in figure.layout.annotations if "it ended here" in note.text)
        assert note.font.color == colours["breakdown_text"]


def test_before_the_reveal_there_is_nothing_of_what_happened():
    figure = draw_payoff_space(SPACE.without_offers(), "light")
    assert not {"<b>the deal</b>", "Northmark proposes", "Sudora proposes"} & set(said(figure))
    assert "best for the two" in said(figure)


def test_a_case_without_anything_to_sign_still_has_a_picture():
    empty = PayoffSpace(("A", "B"), "points", (), None, (), None, ended=True)
    assert "no deal: it ended here" in " ".join(said(draw_payoff_space(empty, "light")))


def test_the_names_of_nash_and_of_the_edge_stand_apart_where_both_are_one_point():
    shown = PayoffSpace(("Northmark", "Sudora"), "points", ((2.0, 2.0), (3.0, 0.0)), (2.0, 2.0), ())
    notes = {note.text: note for note in draw_payoff_space(shown, "light").layout.annotations}
    assert notes["best for the two"].yshift - (notes["Nash"].yshift or 0) >= 14
