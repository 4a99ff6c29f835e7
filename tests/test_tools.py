"""The other tools that guard the house, run as anyone would run them; and the pins that they were tried with."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# pyright's wheel and its node come with their programs inside: never look for a newer one, nor for another node.
OFFLINE = {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "PYRIGHT_PYTHON_GLOBAL_NODE": "0"}

TOOLS = {
    "ruff check": [sys.executable, "-m", "ruff", "check", "--output-format=concise", "."],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "pyright": [sys.executable, "-m", "pyright", "--pythonpath", sys.executable],
    "import-linter": [str(Path(sysconfig.get_path("scripts")) / "lint-imports"), "--no-cache", "--no-logo"],
}

MOST_SAID = 80
"""Lines that a failure repeats of what its tool said, before the last three."""


def run(command: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", **more}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_finds_nothing(tool: str) -> None:
    done = run(TOOLS[tool], **OFFLINE)
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".splitlines()
        pytest.fail("\n".join([f"{tool} leaves with {done.returncode}:", *said[:MOST_SAID], *said[-3:]]), pytrace=False)


# --- What an import brings along ---

LIGHT = {
    "games": {"mesa", "nashpy", "streamlit", "pandas", "plotly"},
    "economy": {"mesa", "nashpy", "streamlit", "pandas", "plotly"},
    "negotiation": {"mesa", "nashpy", "streamlit", "pandas", "plotly"},
    "scenarios": {"mesa", "nashpy", "streamlit", "pandas", "plotly"},
    "agents": {"nashpy", "streamlit", "plotly"},
    "lab": {"filelock", "nashpy", "streamlit", "plotly"},
    "lab.atlas.grid": {"filelock", "mesa", "nashpy", "streamlit", "pandas", "plotly", "pyarrow", "pydantic"},
    "lab.atlas.statistics": {"filelock", "mesa", "nashpy", "streamlit", "pandas", "plotly", "pyarrow", "pydantic"},
    "views.cli.app": {"filelock", "mesa", "nashpy", "streamlit", "pandas", "plotly", "pydantic", "scipy"},
}
"""Module -> heavy packages that must not come with it, nor with any name that its face offers."""

ASK = """
import importlib, json, sys
face = importlib.import_module(sys.argv[1])
missing = [name for name in getattr(face, "__all__", ()) if getattr(face, name, None) is None or name not in dir(face)]
print(json.dumps({"loaded": sorted({name.split(".")[0] for name in sys.modules}), "missing": missing}))
"""


@pytest.mark.parametrize("module", LIGHT)
def test_an_import_is_light(module: str) -> None:
    """Our faces are lazy, but even with every name resolved the heavy packages wait until they are called."""
    done = run([sys.executable, "-W", "error", "-c", ASK, module])
    assert done.returncode == 0, f"import {module}:\n{done.stderr}"
    assert done.stdout.count("\n") == 1, f"import {module} prints something:\n{done.stdout}"
    answer = json.loads(done.stdout)
    assert not answer["missing"], f"{module}.__all__ names what is not there, or __dir__ leaves it out"
    brought = LIGHT[module].intersection(answer["loaded"])
    assert not brought, f"import {module} brings {', '.join(sorted(brought))}"


# --- The pins ---

PINS = {canonicalize_name(pin.name): pin for pin in map(Requirement, PROJECT["tool"]["uv"]["constraint-dependencies"])}


def needed() -> set[str]:
    """Every distribution that the project and its dev group bring on this machine, by name."""
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    todo = [Requirement(line) for line in wanted]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        asked = todo.pop()
        name, extras = canonicalize_name(asked.name), frozenset(asked.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for line in requires(name) or ():
            more = Requirement(line)
            if more.marker is None or any(more.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                todo.append(more)
    return {name for name, _ in seen}


def test_every_pin_is_exact() -> None:
    loose = [str(pin) for pin in PINS.values() if not re.fullmatch(r"==[\w.]+", str(pin.specifier)) or pin.marker]
    assert not loose


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the pins were made with Python 3.11")
def test_the_pins_are_what_runs_here() -> None:
    differ = {name: (str(pin.specifier), installed(name)) for name, pin in PINS.items() if not fits(name, pin)}
    assert not differ, f"pinned, installed: {differ}; CONTRIBUTING.md tells how to move a pin"


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the pins were made with Python 3.11")
def test_nothing_comes_unpinned() -> None:
    assert not needed() - PINS.keys(), "[tool.uv] constraint-dependencies lacks these"
    assert not PINS.keys() - needed(), "nobody needs these any more"


def fits(name: str, pin: Requirement) -> bool:
    found = installed(name)
    return found is not None and pin.specifier.contains(found, prereleases=True)


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
