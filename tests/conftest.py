"""What every test may ask for: steady draws, a browser, a running Winset, and somebody who listens to its console."""

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from scenarios.reading import source
from views.cli.commands.serve import app_path, server_command

sys.path.append(str(Path(__file__).parent))  # for source_tree.py

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

# A machine may be slow, so no draw has a deadline. `steady` draws the same examples everywhere, so that a red run
# can be repeated; HYPOTHESIS_PROFILE=curious looks further, for whoever hunts.
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("curious", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Processes that tests start buffer their output and keep compiled modules, as those of users do.
for _name in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(_name, None)

HEALTH = 300.0
"""Seconds that a server may take until it answers; a cold start takes five, on a busy machine a minute and more."""

FROZEN = Path(__file__).parent / "negotiation" / "golden" / "cases"
"""Cases as they were when links to them, words about them and packages in them were written down in tests."""


def required(name: str) -> bool:
    return os.environ.get(f"REQUIRE_{name}", "0") not in {"", "0"}


def chromium() -> str | None:
    return shutil.which("chromium", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/bin"]))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser test without a browser is skipped, and says so; under REQUIRE_BROWSER=1 it fails."""
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if required("BROWSER"):
        pytest.fail("REQUIRE_BROWSER=1, and there is no chromium", pytrace=False)
    pytest.skip("no chromium on this machine; `bash .ci/run` tells how to install it")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this machine; only for tests marked `browser`."""
    path = chromium()
    assert path is not None, "ask for chromium_path only in tests marked `browser`"
    return path


@pytest.fixture(scope="session")
def axe_path() -> Path:
    """axe-core's one file, named by AXE_PATH; .ci/run installs it and sets REQUIRE_AXE=1."""
    path = os.environ.get("AXE_PATH", "")
    if path and Path(path).is_file():
        return Path(path)
    if required("AXE"):
        pytest.fail(f"REQUIRE_AXE=1, and AXE_PATH={path!r} is no file", pytrace=False)
    pytest.skip("AXE_PATH names no axe.min.js; `bash .ci/run` tells how to install it")


@pytest.fixture(scope="session")
def frozen_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library in which three-purses is the frozen one: the library's own may change."""
    folder = tmp_path_factory.mktemp("frozen") / "library"
    shutil.copytree(source.LIBRARY, folder)
    shutil.copy(FROZEN / "three-purses-v1.toml", folder / "three-purses.toml")
    return folder


@pytest.fixture
def frozen(frozen_library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process reads the frozen library while the test lasts."""
    monkeypatch.setattr(source, "LIBRARY", frozen_library)
    return frozen_library


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `winset app`, started in an empty folder and ended by its own process id."""
    script = str(Path(sysconfig.get_path("scripts")) / "winset")
    port = free_port()
    yield from served([script, "app", "--port", str(port)], port, tmp_path_factory.mktemp("app"), {})


@pytest.fixture(scope="session")
def frozen_url(tmp_path_factory: pytest.TempPathFactory, frozen_library: Path) -> Iterator[str]:
    """The address of the same app over the frozen library (tests/browser/frozen_app.py)."""
    port = free_port()
    script = str(Path(__file__).parent / "browser" / "frozen_app.py")
    words = [script if word == str(app_path()) else word for word in server_command(port)]
    yield from served(words, port, tmp_path_factory.mktemp("app"), {"FROZEN_LIBRARY": str(frozen_library)})


def served(words: list[str], port: int, folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Start a server in a folder, yield its address when it answers, and end it by its own process id."""
    log = folder / "app.log"
    surroundings = {**os.environ, "BROWSER": "true", "STREAMLIT_SERVER_HEADLESS": "true", **environment}
    with log.open("wb") as out:
        server = subprocess.Popen(
            words, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        await_health(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(server)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def await_health(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + HEALTH
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"`winset app` left with {server.returncode}:\n{log.read_text()[-4000:]}", pytrace=False)
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"`winset app` did not answer in {HEALTH:.0f} s:\n{log.read_text()[-4000:]}", pytrace=False)


def end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(timeout=10)


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> "Iterator[Browser]":
    """Chromium under Playwright, one for a file of tests: its event loop would be in the way of the next file's."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium_path, args=flags)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A fresh page, 1280 by 800; whatever the page complained of on its console fails the test at its end."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(1000 * HEALTH)
    opened = context.new_page()
    errors = listen(opened)
    yield opened
    context.close()
    assert not errors, "the browser's console says:\n" + "\n".join(errors)


def listen(page: "Page") -> list[str]:
    """A list that fills with the page's console errors and uncaught exceptions while it lives."""
    errors: list[str] = []

    def note(message: "ConsoleMessage") -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors
