"""A shock in a real browser: its banner stands until acknowledged, on every screen, and every link keeps that."""

import pytest

pytestmark = pytest.mark.browser

POLL = "An opinion poll comes out two months before an election."
STRUCK = "?case=one-way-flow&tactic=hardliner&moves=q0100200.o0100201.h.h.h"
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SLOW = 300_000
"""Milliseconds that a page may take on a busy machine; it takes a few thousand."""

IN_FRONT = """() => [...document.querySelectorAll('.w-news, .w-news *, .w-shares *, .w-facts *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
}).map(element => element.className)"""


@pytest.fixture
def talks(page, app_url):
    def opened(query, width=1280, mode="light"):
        page.set_viewport_size({"width": width, "height": 800 if width > 500 else 844})
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")
        page.goto(f"{app_url}/negotiate{query}")
        page.locator(".w-offer, .w-accounts").first.wait_for(timeout=SLOW)
        idle(page)
        return page

    return opened


@pytest.fixture
def page(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def idle(page):
    done = "!document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    page.wait_for_function(done, timeout=SLOW)
    assert page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize(("width", "mode"), SCREENS)
def test_the_banner_stands_until_it_is_acknowledged(talks, axe_path, width, mode):
    page = talks(STRUCK, width, mode)
    banner = page.locator(".w-news")
    banner.get_by_text(POLL).wait_for(timeout=SLOW)
    assert page.evaluate(IN_FRONT) == []
    page.add_script_tag(path=str(axe_path))
    rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("rules => axe.run('.st-key-news', {runOnly: rules})", rules)
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]] == []
    page.reload()
    banner.get_by_text(POLL).wait_for(timeout=SLOW)
    page.get_by_role("button", name="Understood").click()
    banner.wait_for(state="detached", timeout=SLOW)
    page.wait_for_url("**seen=1**", timeout=SLOW)
    page.reload()
    page.locator(".w-offer").wait_for(timeout=SLOW)
    idle(page)
    assert banner.count() == 0


@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (390, "dark")])
def test_the_debrief_leads_with_the_whole_gain_above_the_edge_of_the_governments(talks, width, mode):
    page = talks(f"{STRUCK}.x0&seen=1", width, mode)
    facts = page.locator(".w-facts").first
    assert "100 points" in facts.inner_text()
    chart = page.locator(".st-key-space .js-plotly-plot")
    chart.wait_for(timeout=SLOW)
    assert facts.bounding_box()["y"] < chart.bounding_box()["y"]
    assert page.evaluate(IN_FRONT) == []
