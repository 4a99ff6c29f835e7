"""The wheel that people install: what it carries, and that it works from an empty folder without the source tree."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from source_tree import OWN as PACKAGES

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by hatchling itself, without isolation: no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    (built,) = folder.glob("winset-*.whl")
    return built


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env=bare()
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def bare() -> dict[str, str]:
    """The environment without whatever would lead Python back to the source tree."""
    return {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON") and name != "VIRTUAL_ENV"
    }


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_it_carries_every_file_of_our_packages(names: set[str]) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "app.py", "winset.py", *PACKAGES]
    tracked = {name for name in run(listed, ROOT).split("\0") if name and (ROOT / name).is_file()}
    assert tracked <= names
    assert {name for name in names if ".dist-info/" not in name} <= tracked


@pytest.mark.parametrize(
    "pattern",
    [
        "app.py",
        "economy/parameters.toml",
        "economy/data/*",
        "negotiation/agenda/ladders.toml",
        "scenarios/library/*.toml",
        "views/style/static/*",
        "views/wording/locale/*.pot",
        *(f"{package}/py.typed" for package in PACKAGES),
        "*.dist-info/licenses/LICENSE",
    ],
)
def test_it_carries(pattern: str, names: set[str]) -> None:
    assert any(PurePosixPath(name).match(pattern) for name in names)


def test_it_leaves_the_workshop_at_home(names: set[str]) -> None:
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {*PACKAGES, "app.py", "winset.py"}
    assert not [name for name in names if "__pycache__" in name or "test" in PurePosixPath(name).stem.split("_")]


@pytest.mark.full
def test_it_works_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own that borrows our dependencies, but not our source tree."""
    place, folder = tmp_path / "place", tmp_path / "folder"
    folder.mkdir()
    run([sys.executable, "-m", "venv", str(place)], tmp_path)
    python = place / "bin" / "python"
    run([str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel)], tmp_path)
    site = Path(run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], tmp_path).strip())
    # Inside our own site-packages a .pth file leads to the source tree; a borrowed path reads no .pth files.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    assert run([str(python), "-c", "import games; print(games.__file__)"], folder).startswith(str(site))
    winset = str(place / "bin" / "winset")
    assert "demo" in run([winset, "--help"], folder)
    assert json.loads(run([winset, "solve", "bully", "--json"], folder))["class"] == "bully"
    assert json.loads(run([winset, "analyse", "morocco-spain", "--json"], folder))["scenario"] == "morocco-spain"
    assert not list(folder.iterdir())
