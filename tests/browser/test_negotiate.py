"""Negotiate in a real browser: to a ratified deal and to a breakdown, by hand, by reload and by link."""

from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect
from screens import CLIPPED, FITS, LIMIT, LONG, SCREENS, act, eventually, settle

pytestmark = pytest.mark.browser

TALKS, AFTER = "What can you both sign?", "What did you leave on the table?"
START = "?case=three-purses&seat=northmark&tactic=conceder"
BARGAIN = f"{START}&seen=1&moves=q00330003.o30312223.h.h"
"""What struck before round 3 is acknowledged: its banner would stand over the board."""
SIGNED = f"{BARGAIN}.a"
SIGNING = "?case=three-purses&moves=q00300022.o20300022"
VOTED_DOWN = f"{SIGNING}.a"
LAST_OFFER = f"?case=three-purses&moves={'.'.join(['h'] * 22)}"
WATCHED = "?case=three-purses&seat=watch&step=9"
SECRETS = (
    "A fund fed by your citizens abroad",
    "Remittance families",
    "No levy unless at least half",
    "could leave Sudora",
)

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


@pytest.fixture
def page(browser, frozen_url):
    """A fresh page whose console stays silent, but for the two probes with which Streamlit looks for its own root.

    Nothing that it asks for may leave the machine, and every frame that its socket receives is kept.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(LIMIT)
    opened = context.new_page()
    errors, strangers, frames = [], [], []
    opened.frames_heard = frames

    def hear(frame):
        frames.append(frame if isinstance(frame, bytes) else frame.encode())

    opened.on("console", lambda said: errors.append(said) if said.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda sent: strangers.append(sent.url) if leaves(sent.url, frozen_url) else None)
    opened.on("websocket", lambda socket: socket.on("framereceived", hear))
    yield opened
    context.close()
    assert [str(error) for error in errors if not is_probe(error)] == []
    assert strangers == []


def is_probe(error):
    return "/negotiate/_stcore/" in getattr(error, "location", {}).get("url", "")


def leaves(url, home):
    return not url.startswith(("data:", "blob:")) and urlparse(url).netloc != urlparse(home).netloc


@pytest.fixture
def negotiate(page, frozen_url):
    """Open Negotiate at a query and wait until it stands."""

    def opened(query="", width=1280, mode="light", question=TALKS):
        page.set_viewport_size({"width": width, "height": 800 if width > 500 else 844})
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")
        page.goto(f"{frozen_url}/negotiate{query}")
        page.get_by_role("heading", name=question).wait_for()
        page.locator(".w-offer, .w-accounts").first.wait_for()
        settle(page)
        return page

    return opened


def pick(page, line, level):
    cell = page.locator(".w-pick select").and_(page.get_by_label(line))
    act(page, lambda: cell.select_option(str(level)))


def press(page, name):
    act(page, page.get_by_role("button", name=name, exact=True).last.click)


def status(page):
    return page.get_by_role("status").filter(has=page.locator(".w-big"))


def state(page):
    """What a reader sees of the talks: the answer, the board, and who is for it at home."""
    return [part.inner_text() for part in page.locator(".w-big, .w-offer, .w-votes, .w-balance, .w-paper").all()]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_negotiation_by_hand_to_a_signed_and_ratified_deal(negotiate, browser, width, height):
    page = negotiate(START, width)
    for line, level in (("Levy on pay abroad", 3), ("Fund to origin", 3), ("Safeguard clause", 3)):
        pick(page, f"You ask: {line}", level)
    press(page, "Ask")
    page.wait_for_url("**moves=q00330003")
    for line, level in (
        ("Places, less-skilled", 3),
        ("Fund to origin", 1),
        ("Linked concession", 2),
        ("Integration fund", 2),
        ("Readmission", 2),
    ):
        pick(page, f"You propose: {line}", level)
    page.wait_for_url("**draft=30312223")
    press(page, "Propose")
    expect(status(page)).to_contain_text("worse off than no deal")
    press(page, "Hold")
    before = state(page)
    page.reload()
    page.locator(".w-offer").wait_for()
    settle(page)
    eventually(page, lambda: state(page), before)
    press(page, "Hold")
    expect(status(page)).to_contain_text("Sudora’s offer is worth 6.0 to you.")

    shared = browser.new_page(viewport={"width": width, "height": height})
    shared.set_default_timeout(LIMIT)
    shared.goto(page.url)
    shared.locator(".w-offer").wait_for()
    settle(shared)
    eventually(shared, lambda: state(shared), state(page))
    shared.close()

    press(page, "Accept")
    page.get_by_role("dialog").get_by_text("It is worth +6.0 to you. Signing binds you.").wait_for()
    press(page, "Sign")
    expect(status(page)).to_contain_text("Signed and ratified: +6.0 for you.")
    expect(page.get_by_role("heading", name=AFTER)).to_have_count(1)
    page.wait_for_url("**moves=q00330003.o30312223.h.h.a")
    press(page, "Show where this stands")
    page.wait_for_url("**reveal=1**")
    page.locator(".js-plotly-plot").get_by_text("the deal").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_failed_vote_is_foreseen_and_stays_on_the_page_until_the_next_move(negotiate, width):
    page = negotiate(SIGNING, width)
    press(page, "Accept")
    expect(page.get_by_role("dialog")).to_contain_text("Your groups at home would vote it down: 2 for, 9 against.")
    press(page, "Sign")
    news = page.locator("p.w-news")  # the banner of a shock is a div
    told = "You signed. At home: 2 for, 9 against. Back to the table; a second failed vote ends the talks."
    expect(news).to_have_text(told)
    pick(page, "You propose: Safeguard clause", 3)
    expect(news).to_have_text(told)
    page.reload()
    expect(news).to_have_text(told)
    settle(page)
    press(page, "Hold")
    expect(news).to_have_count(0)


def test_the_last_offer_is_refused_and_time_has_run_out(negotiate):
    page = negotiate(LAST_OFFER)
    expect(status(page)).to_contain_text("Sign this offer or refuse it; then the talks end.")
    expect(page.locator(".w-pick select")).to_have_count(0)
    for name, able in {"Hold": False, "Propose": False, "Accept": True, "Walk away": True}.items():
        assert page.get_by_role("button", name=name, exact=True).is_enabled() == able
    press(page, "Reject")
    expect(status(page)).to_contain_text("No deal: time ran out.")
    expect(status(page)).not_to_contain_text("walked away")


def test_explore_and_back_keeps_the_talks_and_the_dials(negotiate):
    page = negotiate(BARGAIN)
    talks, before = page.url, state(page)
    act(page, page.get_by_role("link", name="Explore").click)
    thumb = page.get_by_role("slider", name="Productivity gap")
    thumb.focus()
    act(page, lambda: page.keyboard.press("ArrowRight"))
    moved = thumb.input_value()
    act(page, page.get_by_role("link", name="Negotiate").click)
    page.wait_for_url(talks)
    eventually(page, lambda: state(page), before)
    settle(page)
    act(page, page.get_by_role("link", name="Explore").click)
    expect(thumb).to_have_value(moved)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_negotiation_to_a_breakdown_which_is_grey_and_never_red(negotiate, width):
    page = negotiate(f"{START}&moves=q00330003.o30312223", width)
    press(page, "Walk away")
    page.get_by_text("Nothing on offer is better than no deal").click()
    press(page, "Walk away")
    expect(status(page)).to_contain_text("No deal: you walked away.")
    expect(status(page)).to_contain_text("no reason to sign it")
    assert page.locator("[data-testid=stAlert]").count() == 0
    press(page, "Show where this stands")
    cross = page.locator(".js-plotly-plot").get_by_text("it ended here")
    eventually(page, lambda: cross.evaluate("element => getComputedStyle(element).fill"), "rgb(86, 93, 101)")
    again = page.url
    page.reload()
    page.locator(".w-accounts").wait_for()
    settle(page)
    expect(status(page)).to_contain_text("No deal: you walked away.")
    assert page.url == again


def test_a_level_is_picked_by_keyboard_and_the_focus_stays(negotiate):
    page = negotiate(BARGAIN)
    cell = page.get_by_label("You propose: Readmission")
    cell.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_url("**draft=30312213**")
    expect(page.locator(".w-pick ins")).to_have_text(["own nationals"])
    settle(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "You propose: Readmission"


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
    expect(page.locator("[data-testid=stMain]")).to_contain_text(
        "it is left out: trade=7 (this page has no such key); moves=a.a (no such move can be made there)."
    )
    expect(status(page)).to_contain_text("Now write your first draft")


def test_two_tactics_are_watched_step_by_step(negotiate):
    page = negotiate("?case=three-purses&seat=watch&tactic=conceder.linear", question="What can these two sign?")
    for _ in range(4):
        press(page, "Next")
    page.wait_for_url("**step=4**")
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    press(page, "To the end")
    expect(page.get_by_role("heading", name="What did they leave on the table?")).to_have_count(1)


@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (640, "light"), (390, "dark")])
def test_nothing_overflows_or_is_clipped(negotiate, width, mode):
    talks = dict.fromkeys((START, BARGAIN, VOTED_DOWN), TALKS)
    questions = {**talks, f"{SIGNED}&reveal=1": AFTER, WATCHED: "What can these two sign?"}
    for query, question in questions.items():
        page = negotiate(query, width, mode, question)
        assert page.evaluate(OVERFLOWING) == []
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(FITS)


@pytest.mark.parametrize(("width", "left_out"), [(1280, 0), (390, 1)])
@pytest.mark.parametrize(
    "query",
    [
        START,
        pytest.param(BARGAIN, marks=LONG),
        pytest.param(VOTED_DOWN, marks=LONG),
        "?case=morocco-spain&seat=spain&moves=o2221121",
    ],
)
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
    for query, question in {START: TALKS, BARGAIN: TALKS, VOTED_DOWN: TALKS, f"{SIGNED}&reveal=1": AFTER}.items():
        page = negotiate(query, width, mode, question)
        page.add_script_tag(path=str(axe_path))
        rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        told = [(fault["id"], fault["impact"], fault["nodes"][0]["html"][:160]) for fault in found["violations"]]
        assert told == []
