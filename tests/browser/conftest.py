"""The browser tests share one module of waits and measures, `screens`."""

import sys
from pathlib import Path
from urllib.parse import urlparse

import pytest

sys.path.append(str(Path(__file__).parent))

from screens import LIMIT, QUESTION, settle


@pytest.fixture
def strangers(page, app_url):
    """The requests that left the machine; a test that uses it fails when there was one."""
    found = []
    page.on("request", lambda request: found.append(request.url) if leaves(request.url, app_url) else None)
    yield found
    assert found == []


def leaves(url, app_url):
    return not url.startswith(("data:", "blob:")) and urlparse(url).netloc != urlparse(app_url).netloc


@pytest.fixture
def explore(page, app_url, strangers):
    """Open Explore at a query and wait until both charts stand."""

    def opened(query="", width=1280, mode="light"):
        page.set_viewport_size({"width": width, "height": 800 if width > 500 else 844})
        page.emulate_media(color_scheme=mode, reduced_motion="reduce")
        page.goto(f"{app_url}/{query}")
        page.get_by_role("heading", name=QUESTION).wait_for()
        drawn = 1 if "Printed" in query else 2
        page.wait_for_function(
            "count => document.querySelectorAll('.js-plotly-plot .main-svg .xtick').length >= count",
            arg=drawn,
            timeout=LIMIT,
        )
        settle(page)
        return page

    return opened
