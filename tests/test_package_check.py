"""Whose packages would Python import? Asked in site-packages that were made for the question."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
from base64 import urlsafe_b64encode
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from source_tree import OWN

from views.cli.contract import output_schema
from winset import (
    PACKAGES_FOLDER,
    ForeignPackage,
    ReplacedDistribution,
    diagnosis,
    find_foreign,
    find_replaced,
    find_shadowed,
    foreign_error_document,
    own_packages,
    owner,
)

PACKAGES = own_packages()
STRANGER = ForeignPackage("lab", Path("/elsewhere/lab/__init__.py"), None)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site-packages with a whole Winset in it, the only Winset that Python sees."""
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(f'"""Our {package}."""\nraise SystemExit("imported")\n')
        (tmp_path / package / "py.typed").write_text("")
    others = [entry for entry in sys.path if not (Path(entry) / "games" / "__init__.py").exists()]
    monkeypatch.setattr(sys, "path", [str(tmp_path), *others])
    for package in PACKAGES:
        monkeypatch.delitem(sys.modules, package, raising=False)
    return tmp_path


def install(site: Path, name: str, *files: str) -> None:
    """Write the RECORD of a distribution that brought these files."""
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"{file},sha256={digest(site / file)},{(site / file).stat().st_size}" for file in files]
    (info / "RECORD").write_text("\n".join([*lines, f"{info.name}/RECORD,,\n"]))


def digest(file: Path) -> str:
    return urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).decode().rstrip("=")


def winset(site: Path) -> None:
    install(site, "winset", *(f"{package}/{file}" for package in PACKAGES for file in ("__init__.py", "py.typed")))


def test_a_whole_wheel_has_nothing_foreign(site: Path) -> None:
    winset(site)
    assert find_foreign(site) == ()


def test_a_source_tree_has_no_record_and_nothing_foreign(site: Path) -> None:
    assert find_foreign(site) == ()


def test_a_face_overwritten_in_place_is_found_with_its_owner(site: Path) -> None:
    winset(site)
    face = site / "agents" / "__init__.py"
    face.write_text("class Agent: ...\n")
    install(site, "openai-agents", "agents/__init__.py")
    assert find_foreign(site) == (ForeignPackage("agents", face, "openai-agents"),)


def test_a_face_edited_by_hand_has_no_owner(site: Path) -> None:
    winset(site)
    face = site / "games" / "__init__.py"
    face.write_text("")
    assert find_foreign(site) == (ForeignPackage("games", face, None),)


def test_a_package_that_stands_before_a_source_tree_is_found(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    face = elsewhere / "agents" / "__init__.py"
    face.parent.mkdir()
    face.write_text("")
    monkeypatch.setattr(sys, "path", [str(elsewhere), *sys.path])
    install(elsewhere, "openai-agents", "agents/__init__.py")
    assert find_foreign(site) == (ForeignPackage("agents", face, "openai-agents"),)


def test_a_missing_package_is_foreign_without_a_file(site: Path) -> None:
    winset(site)
    for file in ("__init__.py", "py.typed"):
        (site / "economy" / file).unlink()
    (site / "economy").rmdir()
    assert find_foreign(site) == (ForeignPackage("economy", None, None),)


def test_a_folder_without_a_face_is_foreign(site: Path) -> None:
    (site / "economy" / "__init__.py").unlink()
    assert find_foreign(site) == (ForeignPackage("economy", None, None),)


def test_winset_is_not_the_owner_of_a_foreign_file(site: Path) -> None:
    winset(site)
    assert owner(site / "agents" / "__init__.py") is None


def test_the_check_finds_nothing_here() -> None:
    assert find_foreign() == ()
    assert find_replaced() == ()
    assert find_shadowed(PACKAGES_FOLDER) == ()


def test_the_packages_are_read_from_the_folders() -> None:
    assert PACKAGES == OWN


def test_files_of_another_distribution_that_winset_replaced_are_found(site: Path) -> None:
    """Winset was installed last: the files are ours, and the other distribution's RECORD still claims them."""
    install(site, "openai-agents", "agents/__init__.py")
    winset(site)
    assert find_foreign(site) == ()
    assert find_replaced(site) == (ReplacedDistribution("openai-agents", ("agents/__init__.py",)),)


def test_a_package_in_the_working_folder_is_found(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "lab").mkdir()
    (folder / "lab" / "__init__.py").write_text("")
    (folder / "games.py").write_text("")
    (folder / "views").mkdir()  # without a face it stands behind ours
    found = [(each.package, each.path) for each in find_shadowed(folder, site)]
    assert found == [("games", folder / "games.py"), ("lab", folder / "lab" / "__init__.py")]


@pytest.mark.parametrize("harm", ["no text", "a folder", "no metadata"])
def test_the_check_raises_nothing(site: Path, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    winset(site)
    info = site / "winset-1.0.dist-info"
    if harm == "no text":
        (info / "RECORD").write_bytes(b"\xff\xfe\x00\n")
    elif harm == "a folder":
        (info / "RECORD").unlink()
        (info / "RECORD").mkdir()
    else:
        (site / "strange-1.dist-info").mkdir()
    broken = ModuleType("games")
    broken.__spec__ = None
    monkeypatch.setitem(sys.modules, "games", broken)
    assert "games" in [each.package for each in find_foreign(site)]
    assert find_replaced(site) == ()


@pytest.fixture
def shadows(tmp_path: Path) -> Path:
    """A folder that holds empty packages with names of ours."""
    for package in ("lab", "games", "views", "agents"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    return tmp_path


def command(folder: Path, *words: str, first: bool) -> subprocess.CompletedProcess[str]:
    """The console command, started in a folder that Python looks through first, or only when scripts run there."""
    environment = {**os.environ, "PYTHONPATH": str(folder)} if first else None
    program = str(Path(sysconfig.get_path("scripts")) / "winset")
    return subprocess.run(
        [program, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )


@pytest.mark.parametrize("first", [True, False])
def test_the_doctor_names_every_package_that_stands_in_the_way(shadows: Path, first: bool) -> None:
    done = command(shadows, "doctor", first=first)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert all(f"'{package}'" in done.stdout for package in ("lab", "games", "views", "agents"))
    done = command(shadows, "doctor", "--json", first=first)
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert sorted(each["package"] for each in told["foreign" if first else "shadowed"]) == [
        "agents",
        "games",
        "lab",
        "views",
    ]
    assert not told["ok"]


def test_no_command_runs_on_foreign_packages(shadows: Path) -> None:
    done = command(shadows, "solve", "bully", first=True)
    assert done.returncode == 2
    assert done.stderr.count("error: ") == 4
    assert "Traceback" not in done.stderr
    told = json.loads(command(shadows, "solve", "bully", "--json", first=True).stdout)
    assert [each["place"] for each in told["error"]["problems"]] == ["agents", "games", "lab", "views"]


def test_what_the_check_prints_without_our_packages_holds_its_schema() -> None:
    for document, name in ((diagnosis([STRANGER]), "doctor"), (foreign_error_document([STRANGER]), "error")):
        jsonschema.Draft202012Validator(output_schema(name)).validate(document)
