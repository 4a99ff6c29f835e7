"""Explore in a real browser: the dial turns the answer, the link brings it back, nothing falls off the screen."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect
from screens import CLIPPED, FITS, SCREENS, act, eventually, settle

pytestmark = pytest.mark.browser

YES, NO = "Yes, if each trusts the other.", "No. Staying closed is the only stable outcome."

HOOKS = {
    "page": "[data-testid=stMainBlockContainer]",
    "columns": "[data-testid=stHorizontalBlock]",
    "expander": "[data-testid=stExpander] details summary",
    "inside of the expander": "[data-testid=stExpanderDetails]",
    "dials": ".st-key-dials",
    "more dials": ".st-key-more",
    "pickers": ".st-key-pick",
    "application": ".stApp h1",
    "verdict": ".w-big",
    "matrix": ".w-m td.w-nash",
    "gains": ".w-gains .w-num",
    "accounts": ".w-accounts .w-sum",
    "gross and net": ".w-net thead .w-r",
    "classes": ".w-classes td",
}
"""Every selector of winset.css that Streamlit or a page must provide: an upgrade that loses one fails here."""

OVERFLOWING = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(element => {
    const box = element.getBoundingClientRect();
    const unseen = element.closest('.w-sr') || element.type === 'range';
    return box.width > 2 && (box.right > innerWidth + 1 || box.left < -1) && !unseen;
}).map(element => element.tagName + ' ' + element.className).slice(0, 5)"""
"""Of a slider one sees the thumb; the input that Streamlit lays over it unseen runs on to the right of it."""

CUT = """() => [...document.querySelectorAll('[role=combobox], [data-testid=stSelectbox] *')]
    .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 2)
    .map(element => element.tagName + ' ' + element.className + (element.value ?? element.textContent))"""

WRAPPED = """() => [...document.querySelectorAll(
    '.w-pill, .w-pos, .w-tag, .w-p, .w-facts dd, .w-set, .w-need b'
)].filter(element => {
    const words = document.createRange();
    words.selectNodeContents(element);
    return new Set([...words.getClientRects()].map(line => Math.round(line.top))).size > 1;
}).map(element => element.textContent)"""

THUMB = ".st-key-{dial} div:has(> [data-testid=stSliderThumbValue])"
DIALS = {
    "gap": "?gap=3.0",
    "unlike": "?pair=From+alike+to+unlike&unlike=0.6",
    "expansion": "?pair=Morocco+and+Spain&expansion=250",
}
"""The first dial of each kind of pair, and a link that moves it."""
LINE = ".st-key-curve .shapelayer path"
MIDDLE = "element => { const box = element.getBoundingClientRect(); return box.left + box.width / 2; }"


def verdict(page):
    return page.get_by_role("status").filter(has=page.locator(".w-big"))


def stable_cells(page):
    """Where the outlined cells stand in the matrix."""
    return page.locator(".w-m tbody td").evaluate_all("cells => cells.map(cell => cell.matches('.w-nash'))")


def press(page, dial, key, times):
    thumb = page.get_by_role("slider", name=dial)
    thumb.focus()
    for _ in range(times):
        before = thumb.input_value()
        page.keyboard.press(key)
        expect(thumb).not_to_have_value(before)
    return thumb


def test_the_gap_turns_a_stag_hunt_into_a_bully_game_by_keyboard_and_back(explore):
    page = explore("?gap=2.2")
    assert YES in verdict(page).inner_text()
    assert stable_cells(page) == [True, False, False, True]
    thumb = press(page, "Productivity gap", "ArrowRight", 5)
    verdict(page).get_by_text(NO).wait_for()
    expect(thumb).to_have_value("2.7")
    expect(verdict(page)).to_contain_text("“Bully” game")
    eventually(page, lambda: stable_cells(page), [False, False, False, True])
    page.wait_for_url(re.compile("gap=2.7.*v=1|v=1.*gap=2.7"))
    press(page, "Productivity gap", "ArrowLeft", 5)
    verdict(page).get_by_text(YES).wait_for()


def test_a_link_brings_back_the_dials_and_the_picture(explore):
    page = explore("?gap=4.5&open=10&capital=50&v=1")
    values = {
        name: page.get_by_role("slider", name=name).input_value()
        for name in ("Productivity gap", "Willing migrants admitted")
    }
    assert values == {"Productivity gap": "4.5", "Willing migrants admitted": "10"}
    first = page.locator(".w-m").inner_text()
    page.reload()
    page.locator(".w-m").wait_for()
    settle(page)
    eventually(page, lambda: page.locator(".w-m").inner_text(), first)


def test_a_pair_of_countries_gives_its_names_and_its_dials(explore):
    page = explore()
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Morocco and Spain").click()
    page.locator(".w-m").get_by_text("Morocco").first.wait_for()
    expect(page.get_by_role("slider", name="People beyond today’s number")).to_have_value("50")
    page.wait_for_url("**pair=Morocco+and+Spain**")
    expect(page.locator(".w-gains")).to_contain_text("Spain, host")
    page.goto(page.url)  # whoever is sent this link sees the same dials
    expect(page.get_by_role("slider", name="People beyond today’s number")).to_have_value("50")
    expect(page.locator(".w-gains")).to_contain_text("Spain, host")
    assert "left out" not in page.locator("[data-testid=stMain]").inner_text()


def test_the_printed_table_says_that_only_its_order_counts(explore):
    page = explore("?table=Printed&gap=4.0")
    assert page.locator(".w-pill").inner_text() == "order only"
    assert "no side payment makes both better off" in page.locator("[data-testid=stMain]").inner_text()
    assert page.get_by_role("slider", name="Willing migrants admitted").is_disabled()


def test_a_remedy_is_tried_by_its_button_and_taken_back(explore):
    page = explore("?pair=One+rich%2C+one+poor&gap=4.0&open=5&capital=100")
    levy = page.locator(".w-remedies tbody tr").nth(1)
    assert "Levy on migrants’ pay" in levy.inner_text()
    button = levy.get_by_role("button", name="Set 15\u00a0%: Share of migrants’ pay to the host 15\u00a0%")
    button.focus()
    page.keyboard.press("Enter")
    verdict(page).get_by_text(YES).wait_for()
    levy.get_by_text("Take back").wait_for()
    page.wait_for_url("**levy=15**")
    eventually(page, lambda: stable_cells(page), [True, False, False, True])
    eventually(page, lambda: page.evaluate("document.activeElement.className"), "w-set")
    settle(page)
    act(page, levy.get_by_text("Take back").click)
    verdict(page).get_by_text(NO).wait_for()
    eventually(page, lambda: "levy" in page.url, wanted=False)
    settle(page)
    act(page, page.locator(".w-remedies").get_by_text("Set all three").click)
    verdict(page).get_by_text(YES).wait_for()
    wanted = {"levy=4", "years=5", "trained=50"}
    eventually(page, lambda: wanted & set(urlparse(page.url).query.split("&")), wanted)


def test_a_corridor_turns_with_the_number_of_people_and_its_link_brings_that_back(explore):
    """Morocco and Spain: the limit without a payment is 60 % more, and a levy of 2.4 to 27 % pays for twice as many."""
    page = explore("?pair=Morocco+and+Spain")
    verdict(page).get_by_text(YES).wait_for()
    press(page, "People beyond today’s number", "ArrowRight", 3)
    verdict(page).get_by_text(NO).wait_for()
    expect(verdict(page)).to_contain_text("At +60\u00a0% they would.")
    page.wait_for_url("**expansion=65**")
    page.reload()
    verdict(page).get_by_text(NO).wait_for()
    settle(page)
    act(page, page.locator(".w-remedies").get_by_role("button", name="Set 1\u00a0%").first.click)
    verdict(page).get_by_text(YES).wait_for()
    page.wait_for_url("**levy=1**")


def test_dials_of_the_pair_before_leave_the_address_without_a_note(explore):
    page = explore("?open=40&gap=2.0")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Morocco and Spain").click()
    page.locator(".w-m").get_by_text("Morocco").first.wait_for()
    settle(page)
    eventually(page, lambda: "open=" in page.url, wanted=False)
    press(page, "People beyond today’s number", "ArrowRight", 1)
    settle(page)
    assert "left out" not in page.locator("[data-testid=stMain]").inner_text()


@pytest.mark.parametrize(("width", "mode"), SCREENS)
def test_the_bench_keeps_its_place_and_axe_finds_nothing_in_it(explore, axe_path, width, mode):
    page = explore("?pair=Morocco+and+Spain&expansion=200", width, mode)
    page.locator(".w-remedies .w-set").first.wait_for()
    assert page.locator(".w-remedies .w-need i").count() > 0
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(WRAPPED) == []
    page.add_script_tag(path=str(axe_path))
    found = page.evaluate("axe.run('.w-remedies')")
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]] == []


def test_the_line_stands_under_the_thumb(explore):
    for width in (1280, 390):
        for dial, query in DIALS.items():
            page = explore(query, width)
            for path in page.locator(LINE).all():
                box = path.bounding_box()
                if box["width"] < 2:  # the markers of both panels, not the lines at zero
                    thumb = page.locator(THUMB.format(dial=dial)).first.evaluate(MIDDLE)
                    assert abs(thumb - path.evaluate(MIDDLE)) < 1.5


@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (640, "light"), (390, "dark")])
def test_nothing_overflows_wraps_or_is_clipped(explore, width, mode):
    for query in (
        "?gap=3.0",
        "?pair=Mexico+and+the+US&expansion=200",
        "?pair=Two+in+West+Africa",
        "?pair=From+alike+to+unlike&unlike=0.3",
        "?pair=Morocco+and+Spain&expansion=200&covered=0",
        "?table=Printed&gap=4.0",
    ):
        page = explore(query, width, mode)
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(CUT) == []
        assert page.evaluate(WRAPPED) == []
        assert page.evaluate(FITS)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("query", ["?gap=3.0", "?pair=Morocco+and+Spain&expansion=100"])
def test_the_first_screen_holds_dials_verdict_and_the_whole_matrix(explore, query, width, height):
    page = explore(query, width)
    box = page.locator(".w-m tbody").bounding_box()
    assert box["y"] + box["height"] <= height


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_style_sheet_and_the_faces_arrive(explore, mode):
    page = explore(mode=mode)
    style = page.locator(".w-big").evaluate(
        "element => { const s = getComputedStyle(element); return [s.fontSize, s.fontFamily, s.color]; }"
    )
    assert style[0] == "24px"
    assert "Winset Serif" in style[1]
    assert style[2] == {"light": "rgb(27, 31, 36)", "dark": "rgb(236, 234, 229)"}[mode]
    loaded = page.evaluate(
        "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('\"', ''))"
    )
    assert {"Inter", "Winset Serif"} <= set(loaded)


def test_every_hook_of_the_style_sheet_is_there(explore):
    page = explore("?gap=1.0")
    assert [name for name, where in HOOKS.items() if page.locator(where).count() == 0] == []


@pytest.mark.parametrize(("width", "mode"), SCREENS)
def test_axe_finds_nothing(explore, axe_path, width, mode):
    for query in ("?gap=3.0", "?pair=Morocco+and+Spain&expansion=100", "?table=Printed&gap=4.0"):
        page = explore(query, width, mode)
        page.add_script_tag(path=str(axe_path))
        rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        told = [(fault["id"], fault["impact"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]]
        assert told == []
