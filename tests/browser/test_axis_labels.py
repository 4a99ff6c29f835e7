"""Every figure, drawn by plotly.js: its axes are labelled in plain numbers, whatever the size of the values."""

import json
import re

import pytest

from views.figures import base, paradox_curve, payoffs
from views.figures import offers as offer_figures
from views.figures.sweeps import ArmLine, BarShare, ForestRow, forest_plot, line_plot, plotly_source, stacked_bars

pytestmark = pytest.mark.browser

SIZES = [0.0, 1e-12, 3e-7, 4e-5, 0.002, 1.0, 40.0, 60_000.0, 3e7]
"""From nothing, and what rounding leaves of it, to people in millions."""
PREFIX = re.compile(r"[\d.][pnμµmkMGTB]\s*$")
"""A number with an SI prefix, as in 200p; a per cent sign or × may stand there."""
CELLS = {(0, 0): (1.0, 3.0), (0, 1): (-1.0, 2.0), (1, 0): (2.0, -1.0), (1, 1): (0.0, 0.0)}
NAMES = ("Northmark", "Sudora")


def tracks(size):
    return (
        offer_figures.OfferTrack(0, "Northmark proposes", ((0, 9 * size), (2, 4 * size))),
        offer_figures.OfferTrack(1, "Sudora proposes", ((1, -3 * size), (3, 2 * size))),
    )


def figures(size):
    """Each kind of figure with values of a size."""
    cells = {cell: (x * size, y * size) for cell, (x, y) in CELLS.items()}
    reach = payoffs.PayoffPolygon(cells, frozenset({(0, 0)}), NAMES, "% of its GDP")
    edge = ((0.0, 3 * size), (2 * size, size))
    offers = tuple((each.party, int(at), (value, -value)) for each in tracks(size) for at, value in each.offers)
    paradox = paradox_curve.ParadoxGains(
        (1.0, 2.0, 3.0),
        possible=(size, 2 * size, 5 * size),
        signed_gross=(size, size, size),
        full_net=(size, 0.0, -size),
        best_net=(size, size, 2 * size),
        signed_net=(size, size, 0.0),
    )
    line = ArmLine(
        "all", [size, 2 * size, 3 * size], [size, 3 * size, 2 * size], [0, size, size], [size, 4 * size, size]
    )
    rung = ForestRow("all", 2 * size, (size, 3 * size), (0.0, 5 * size))
    return {
        "timeline": offer_figures.timeline(tracks(size), "Value", 0, "light"),
        "timeline without offers": offer_figures.timeline((), "Value", 0, "light"),
        "space": offer_figures.draw_payoff_space(
            offer_figures.PayoffSpace(NAMES, "points", edge, None, offers), "light"
        ),
        "space of nothing": offer_figures.draw_payoff_space(
            offer_figures.PayoffSpace(NAMES, "points", ((0.0, 0.0),), None, ()), "light"
        ),
        "polygon": payoffs.polygon(reach, "light"),
        "curve": paradox_curve.curve(paradox, 2.0, ((1.0, "alike"), (3.0, "unlike")), "light"),
        "course": line_plot([line], "a factor", "a measure", "light"),
        "ladder": forest_plot([rung], "a measure", "light", zero=True),
        "stack": stacked_bars(["one"], [BarShare("a", [60.0]), BarShare("b", [40.0])], "share", "light"),
    }


@pytest.fixture(scope="module")
def labels(browser):
    """What stands on the axes of a figure when plotly.js has drawn it."""
    page = browser.new_page(viewport={"width": 500, "height": 500})
    page.set_content('<div id="plot" style="width:420px"></div>')
    page.add_script_tag(content=plotly_source())

    def read(figure):
        told = [json.loads(figure.to_json()), base.CONFIG]
        page.evaluate("([figure, config]) => Plotly.newPlot('plot', figure.data, figure.layout, config)", told)
        return page.locator("#plot :is(.xtick, .ytick)").all_text_contents()

    yield read
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_no_axis_is_labelled_in_pico_points(labels, size):
    for name, figure in figures(size).items():
        shown = labels(figure)
        assert [label for label in shown if PREFIX.search(label)] == [], name
        assert any(re.search(r"\d", label) for label in shown) or name == "curve", name


@pytest.mark.parametrize("size", SIZES[:3])
def test_what_is_nothing_is_not_blown_up(size):
    """A talk in which nothing is at stake has axes on which nothing looks small."""
    found = figures(size)
    for name in ("timeline", "timeline without offers", "space", "space of nothing", "polygon"):
        low, high = found[name].layout.yaxis.range
        assert high - low > 0.1, name
        assert low <= 0 <= high, name
