"""The colours of Explore in a real browser: themes, paper, and charts on paper."""

import re

import pytest
from screens import LONG

from views.style.theme import TOKENS, contrast

pytestmark = pytest.mark.browser


COLOURS = """() => {
    const found = new Set();
    for (const mark of document.querySelectorAll('.js-plotly-plot .main-svg *')) {
        const style = mark.getAttribute('style') ?? '', shown = getComputedStyle(mark);
        const box = mark.getBoundingClientRect();
        if (box.width + box.height < 1) continue;
        for (const kind of ['fill', 'stroke'])
            if (new RegExp(kind + ': rgb').test(style) && shown[kind + 'Opacity'] !== '0' && shown.opacity !== '0')
                found.add(shown[kind]);
    }
    return [...found];
}"""
"""Every colour in which a mark of a chart is painted."""

INKS = """() => {
    const found = [], words = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
        const holder = node.parentElement, box = holder.getBoundingClientRect();
        const hidden = holder.closest('.w-sr, style, script, [aria-hidden=true] style, svg');
        if (!node.textContent.trim() || hidden || box.width * box.height < 1 || !holder.checkVisibility()) continue;
        found.push([getComputedStyle(holder).color, node.textContent.trim().slice(0, 40)]);
    }
    return found;
}"""
"""The colour of every word outside the charts, with the word."""

GROUNDS = """() => [...document.querySelectorAll('body, .stApp, .stApp *')].filter(element => {
    const box = element.getBoundingClientRect();
    const mark = element.matches('i, .w-bar') || element.closest('svg, [data-testid=stSlider] [role=group]');
    return box.width * box.height > 1 && element.checkVisibility() && !mark;
}).map(element => [getComputedStyle(element).backgroundColor, element.tagName + ' ' + element.className])"""
"""Every ground that words stand on; bars, tracks and thumbs are marks in the colours of ink and rules."""

PRINTED = """() => {
    window.printed = null;
    matchMedia('print').addEventListener('change', ({ matches }) => {
        if (!matches) return;
        window.printed = [...document.querySelectorAll('.js-plotly-plot')].map(plot => {
            const frame = plot.closest('[data-testid=stElementContainer]'), column = frame.getBoundingClientRect();
            const ink = plot.querySelector('.main-svg').getBoundingClientRect();
            return { page: document.documentElement.getBoundingClientRect().width,
                     column: column.width, chart: ink.width, whole: getComputedStyle(frame).breakInside };
        });
    });
}"""
"""Measure the charts when the browser has laid the page out on paper."""


def channels(colour):
    """Red, green, blue and opacity of a computed colour."""
    numbers = [float(part) for part in re.findall(r"[\d.]+", colour)]
    unit = 255 if colour.startswith("color(srgb") else 1  # a mixed colour has channels from 0 to 1
    return (*(unit * part for part in numbers[:3]), numbers[3] if len(numbers) > 3 else 1.0)


def tokens(mode):
    """The colours of a mode as the browser writes them."""
    return {tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in TOKENS[mode].values()}


def contrast_on_paper(colour):
    red, green, blue, opacity = channels(colour)
    mixed = [round(255 + (part - 255) * opacity) for part in (red, green, blue)]
    return contrast(f"#{mixed[0]:02x}{mixed[1]:02x}{mixed[2]:02x}", "#ffffff")


def painted(page):
    return {channels(colour)[:3] for colour in page.evaluate(COLOURS)}


@pytest.mark.parametrize(("first", "second"), [("light", "dark"), pytest.param("dark", "light", marks=LONG)])
@pytest.mark.parametrize("query", ["?pair=Morocco+and+Spain", pytest.param("?table=Printed&gap=4.0", marks=LONG)])
def test_a_viewer_who_switches_the_theme_sees_the_charts_in_its_colours(explore, first, second, query):
    page = explore(query, mode=first)
    assert painted(page) <= tokens(first)
    page.emulate_media(color_scheme=second)
    page.wait_for_function(
        "mode => getComputedStyle(document.querySelector('.stApp')).colorScheme === mode", arg=second
    )
    assert painted(page)
    assert painted(page) <= tokens(second)
    other = tokens(first) - tokens(second)
    page.emulate_media(color_scheme=first)
    page.wait_for_function("mode => getComputedStyle(document.querySelector('.stApp')).colorScheme === mode", arg=first)
    assert painted(page) & other


@pytest.mark.parametrize("mode", ["dark", pytest.param("light", marks=LONG)])
@pytest.mark.parametrize("query", ["?pair=Morocco+and+Spain", pytest.param("?table=Printed&gap=4.0", marks=LONG)])
def test_a_printed_page_is_light_whatever_the_screen_is(explore, mode, query):
    page = explore(query, mode=mode)
    page.emulate_media(media="print", color_scheme=mode)
    assert painted(page) <= tokens("light")
    pale = [(word, colour) for colour, word in page.evaluate(INKS) if contrast_on_paper(colour) < 4.5]
    assert pale == []
    dark = [
        (name, colour)
        for colour, name in page.evaluate(GROUNDS)
        if channels(colour)[3] > 0 and contrast_on_paper(colour) > 1.25
    ]
    assert dark == []
    for hidden in ("[data-testid=stHeader]", ".w-set"):
        assert not any(page.locator(hidden).evaluate_all("all => all.map(each => each.checkVisibility())"))


@pytest.mark.parametrize(
    ("width", "mode"),
    [
        (1280, "dark"),
        (390, "dark"),
        pytest.param(1280, "light", marks=LONG),
        pytest.param(640, "light", marks=LONG),
    ],
)
def test_charts_are_whole_on_paper(explore, width, mode):
    page = explore("?pair=Morocco+and+Spain", width, mode)
    page.evaluate(PRINTED)
    page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "14mm"))
    charts = page.evaluate("window.printed")
    assert len(charts) == 2
    for chart in charts:
        assert chart["chart"] <= chart["column"] + 1 <= chart["page"] + 1
        assert chart["whole"] == "avoid"
