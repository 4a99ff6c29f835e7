"""What every browser test waits for, and what it measures on a screen.

No test sleeps: it waits for a condition, and the limit is generous, because a busy machine takes ten times as long.
"""

import time

import pytest
from playwright.sync_api import expect

LIMIT = 300_000
"""Milliseconds after which a condition has failed; on a quiet machine every one holds within two seconds."""

QUESTION = "Would these two countries sign?"
"""Title of the page Explore."""

LONG = pytest.mark.full
"""Marks a screen that differs from another one in size or colour only: it runs with the long tests."""
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]

WATCH = """() => {
    window.quietFrames = 0;
    window.watching ??= new MutationObserver(() => { window.quietFrames = 0; });
    window.watching.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
}"""

QUIET = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const charts = [...document.querySelectorAll('[data-testid=stPlotlyChart]')];
    const ready = app?.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]')
        && charts.every(chart => chart.querySelector('.main-svg'))
        && document.fonts.status === 'loaded';
    window.quietFrames = ready ? (window.quietFrames ?? 0) + 1 : 0;
    return window.quietFrames > 10;
}"""
"""Streamlit has run, everything is drawn, and nothing has changed for ten frames; asked once a frame."""

CLIPPED = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
        const box = text.getBoundingClientRect();
        const inside = box.left > frame.left - 1 && box.right < frame.right + 1;
        return !inside || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    }).map(text => text.textContent);
})"""

FITS = "() => document.documentElement.scrollWidth <= innerWidth"

expect.set_options(timeout=LIMIT)


def settle(page):
    """Wait until Streamlit has run and the browser has drawn."""
    page.evaluate(WATCH)
    page.wait_for_function(QUIET, timeout=LIMIT)
    assert page.locator("[data-testid=stException]").count() == 0


def act(page, action):
    """Do something that gives the page another address or opens a dialog, and wait until that is there and drawn."""
    before = [page.url, page.get_by_role("dialog").count()]
    action()
    page.wait_for_function(
        "([url, open]) => location.href !== url || document.querySelectorAll('[role=dialog]').length > open",
        arg=before,
        timeout=LIMIT,
    )
    settle(page)


def eventually(page, read, wanted):
    """Whether something that can be read of a page becomes what is wanted; the last reading is shown where not."""
    until = time.monotonic() + LIMIT / 1000
    while (found := read()) != wanted and time.monotonic() < until:
        page.wait_for_timeout(50)  # between two readings; the condition alone ends the wait
    assert found == wanted
    return True
