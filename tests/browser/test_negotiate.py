"""Negotiate in a real browser: to a ratified deal and to a breakdown, by hand, by reload and by link."""

from urllib.parse import urlparse

import pytest

pytestmark = pytest.mark.browser

TALKS, AFTER = "What can you both sign?", "What did you leave on the table?"
START = "?case=three-purses&seat=northmark&tactic=conceder"
BARGAIN = f"{START}&seen=1&moves=q00330003.o30312223.h.h"
"""What struck before round 3 is acknowledged: its banner would stand over the board."""
SIGNED = f"{BARGAIN}.a"
WATCHED = "?case=three-purses&seat=watch&step=9"
SECRETS = (
    "A fund fed by your citizens abroad",
    "Remittance families",
    "No levy unless at least half",
    "could leave Sudora",
)

SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SIZES = [(1280, 800), (390, 844)]

HOOKS = {
    "bottom": "[data-testid=stBottom]",
    "inside of the bottom": "[data-testid=stBottomBlockContainer]",
    "head": ".st-key-head [data-testid=stHeading]",
    "choice": ".st-key-where button p",
    "actions": ".st-key-acts button",
    "primary": "[data-testid=stBaseButton-primary]",
    "board": ".w-offer .w-sec th",
    "cells to pick": ".w-pick select",
    "agreed": ".w-pill.w-go",
    "balance": ".w-balance dd b",
    "votes": ".w-votes tfoot td",
    "for": ".w-for",
    "against": ".w-against",
    "meter": ".w-meter .w-m-own",
    "shares": ".w-shares dd",
}
"""Every selector of winset.css that the talks must provide: an upgrade of Streamlit that loses one fails here."""

AFTERWARDS = {
    "accounts": ".w-accounts .w-striped",
    "paper": ".w-paper .w-sec",
    "questions": ".w-list li",
    "facts": ".w-facts dd",
}

OVERFLOWING = """() => [...document.querySelectorAll('.stApp *')].filter(element => {
    const box = element.getBoundingClientRect();
    const seen = box.width > 2 && element.closest('[data-testid=stMain]') && !element.closest('.w-sr');
    return seen && (box.right > innerWidth + 1 || box.left < -1);
}).map(element => element.tagName + ' ' + element.className).slice(0, 5)"""

CLIPPED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
        const box = text.getBoundingClientRect();
        const inside = box.left > frame.left - 1 && box.right < frame.right + 1;
        return !inside || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    }).map(text => text.textContent);
})"""


@pytest.fixture
def page(browser, app_url):
    """A fresh page whose console stays silent, but for the two probes with which Streamlit looks for its own root.

    Nothing that it asks for may leave the machine, and every frame that its socket receives is kept.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    errors, strangers, frames = [], [], []
    opened.frames_heard = frames

    def hear(frame):
        frames.append(frame if isinstance(frame, bytes) else frame.encode())

    opened.on("console", lambda said: errors.append(said) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda sent: strangers.append(sent.url) if leaves(sent.url, app_url) else None)
    opened.on("websocket", lambda socket: socket.on("framereceived", hear))
    yield opened
    context.close()
    assert [str(error) for error in errors if not is_probe(error)] == []
    assert strangers == []


def is_probe(error):
    return "/negotiate/_stcore/" in getattr(error, "location", {}).get("url", "")


def leaves(url, app_url):
    return not url.startswith(("data:", "blob:")) and urlparse(url).netloc != urlparse(app_url).netloc


@pytest.fixture
def negotiate(page, app_url):
    """Open Negotiate at a query and wait until it stands."""

    def opened(query="", width=1280, mode="light", question=TALKS):
        page.set_viewport_size({"width": width, "height": 800 if width > 500 else 844})
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")
        page.goto(f"{app_url}/negotiate{query}")
        page.get_by_role("heading", name=question).wait_for(timeout=60_000)
        page.locator(".w-offer, .w-accounts").first.wait_for()
        settle(page)
        return page

    return opened


def settle(page):
    """Wait until Streamlit has run and the browser has drawn."""
    page.wait_for_function("!document.querySelector('[data-testid=stApp][data-test-script-state=running]')")
    page.wait_for_timeout(400)
    assert page.locator("[data-testid=stException]").count() == 0


def pick(page, line, level):
    page.locator(".w-pick select").and_(page.get_by_label(line)).select_option(str(level))
    settle(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).last.click()
    settle(page)


def status(page):
    return page.get_by_role("status").filter(has=page.locator(".w-big")).inner_text()


def state(page):
    """What a reader sees of the talks: the answer, the board, and who is for it at home."""
    return [part.inner_text() for part in page.locator(".w-big, .w-offer, .w-votes, .w-balance, .w-paper").all()]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_negotiation_by_hand_to_a_signed_and_ratified_deal(negotiate, browser, app_url, width, height):
    page = negotiate(START, width)
    for line, level in (("Levy on pay abroad", 3), ("Fund to origin", 3), ("Safeguard clause", 3)):
        pick(page, f"You ask: {line}", level)
    press(page, "Ask")
    assert "moves=q00330003" in page.url
    for line, level in (
        ("Places, less-skilled", 3),
        ("Fund to origin", 1),
        ("Linked concession", 2),
        ("Integration fund", 2),
        ("Readmission", 2),
    ):
        pick(page, f"You propose: {line}", level)
    assert "draft=30312223" in page.url
    press(page, "Propose")
    assert "worse off than no deal" in status(page)
    press(page, "Hold")
    before = state(page)
    page.reload()
    page.locator(".w-offer").wait_for()
    settle(page)
    assert state(page) == before
    press(page, "Hold")
    assert "Sudora’s offer is worth 6.0 to you." in status(page)

    shared = browser.new_page(viewport={"width": width, "height": height})
    shared.goto(page.url)
    shared.locator(".w-offer").wait_for(timeout=60_000)
    settle(shared)
    assert state(shared) == state(page)
    shared.close()

    press(page, "Accept")
    page.get_by_role("dialog").get_by_text("It is worth +6.0 to you. Signing binds you.").wait_for()
    press(page, "Sign")
    assert "Signed and ratified: +6.0 for you." in status(page)
    assert page.get_by_role("heading", name=AFTER).count() == 1
    assert page.url.endswith("moves=q00330003.o30312223.h.h.a")
    press(page, "Show where this stands")
    assert "reveal=1" in page.url
    page.locator(".js-plotly-plot").get_by_text("the deal").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_negotiation_to_a_breakdown_which_is_grey_and_never_red(negotiate, width):
    page = negotiate(f"{START}&moves=q00330003.o30312223", width)
    press(page, "Walk away")
    page.get_by_text("Nothing on offer is better than no deal").click()
    press(page, "Walk away")
    assert "No deal: you walked away." in status(page)
    assert "no reason to sign it" in status(page)
    assert page.locator("[data-testid=stAlert]").count() == 0
    press(page, "Show where this stands")
    cross = page.locator(".js-plotly-plot").get_by_text("it ended here")
    assert "rgb(86, 93, 101)" in cross.evaluate("element => getComputedStyle(element).fill")
    again = page.url
    page.reload()
    page.locator(".w-accounts").wait_for()
    settle(page)
    assert "No deal: you walked away." in status(page)
    assert page.url == again


def test_a_level_is_picked_by_keyboard_and_the_focus_stays(negotiate):
    page = negotiate(BARGAIN)
    cell = page.get_by_label("You propose: Readmission")
    cell.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**draft=30312213")
    settle(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "You propose: Readmission"
    assert page.locator(".w-pick ins").all_inner_texts() == ["own nationals"]


def test_nothing_of_the_other_side_reaches_the_browser_during_the_talks(negotiate):
    page = negotiate(f"{START}&moves=q00330003")
    press(page, "Propose")
    press(page, "Hold")
    heard = b"".join(page.frames_heard)
    assert b"The first places cost you most" in heard  # the frames can be read: our own brief is in them
    html = page.content()
    assert not [secret for secret in SECRETS if secret.encode() in heard or secret in html]


def test_what_a_link_cannot_hold_is_left_out_and_said(negotiate):
    page = negotiate(f"{START}&moves=q00330003.a.a&trade=7")
    assert "it is left out: moves, trade." in page.locator("[data-testid=stMain]").inner_text()
    assert "Now write your first draft" in status(page)


def test_two_tactics_are_watched_step_by_step(negotiate):
    page = negotiate("?case=three-purses&seat=watch&tactic=conceder.linear", question="What can these two sign?")
    for _ in range(4):
        press(page, "Next")
    assert "step=4" in page.url
    assert page.locator(".js-plotly-plot").count() == 1
    press(page, "To the end")
    assert page.get_by_role("heading", name="What did they leave on the table?").count() == 1


@pytest.mark.parametrize(("width", "mode"), [*SCREENS, (640, "light")])
def test_nothing_overflows_or_is_clipped(negotiate, width, mode):
    questions = {START: TALKS, BARGAIN: TALKS, f"{SIGNED}&reveal=1": AFTER, WATCHED: "What can these two sign?"}
    for query, question in questions.items():
        page = negotiate(query, width, mode, question)
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "left_out"), [(1280, 0), (390, 1)])
@pytest.mark.parametrize("query", [START, BARGAIN, "?case=morocco-spain&seat=spain&moves=o2221121"])
def test_the_first_screen_holds_the_board(negotiate, width, left_out, query):
    page = negotiate(query, width)
    rows = page.locator(".w-offer tbody tr").all()
    box = rows[-1 - left_out].bounding_box()
    assert box["y"] + box["height"] <= page.locator("[data-testid=stBottom]").bounding_box()["y"]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_button_is_in_reach(negotiate, width):
    page = negotiate(BARGAIN, width)
    for name in ("Walk away", "Hold", "Withdraw", "Reject", "Accept", "Propose"):
        box = page.get_by_role("button", name=name, exact=True).bounding_box()
        assert box["height"] >= 40
        assert box["y"] + box["height"] <= (800 if width > 500 else 844)


def test_every_hook_of_the_style_sheet_is_there(negotiate):
    page = negotiate(BARGAIN)
    assert [name for name, where in HOOKS.items() if page.locator(where).count() == 0] == []
    page.get_by_role("button", name="Change").click()
    page.locator("[data-testid=stPopoverBody] .w-note").wait_for()
    page.keyboard.press("Escape")
    press(page, "Accept")
    page.locator("[data-testid=stDialog] h2 p").wait_for()
    page = negotiate(SIGNED, question=AFTER)
    assert [name for name, where in AFTERWARDS.items() if page.locator(where).count() == 0] == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_dialog_follows_the_colours_of_the_page(negotiate, mode):
    page = negotiate(BARGAIN, mode=mode)
    press(page, "Accept")
    button = page.get_by_role("dialog").get_by_role("button", name="Sign")
    colour = button.evaluate("element => getComputedStyle(element).color")
    assert colour == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 23, 27)"}[mode]


@pytest.mark.parametrize(("width", "mode"), SCREENS)
def test_axe_finds_nothing(negotiate, axe_path, width, mode):
    for query, question in {START: TALKS, BARGAIN: TALKS, f"{SIGNED}&reveal=1": AFTER}.items():
        page = negotiate(query, width, mode, question)
        page.add_script_tag(path=str(axe_path))
        rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        told = [(fault["id"], fault["impact"], fault["nodes"][0]["html"][:160]) for fault in found["violations"]]
        assert told == []
