"""Whose packages would Python import? Asked in site-packages that were made for the question."""

import hashlib
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from views.integrity import PACKAGES, Foreign, foreign, owner


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site-packages with a whole Winset in it, the only Winset that Python sees."""
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(f'"""Our {package}."""\nraise SystemExit("imported")\n')
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
    install(site, "winset", *(f"{package}/__init__.py" for package in PACKAGES))


def test_a_whole_wheel_has_nothing_foreign(site: Path) -> None:
    winset(site)
    assert foreign(site) == ()


def test_a_source_tree_has_no_record_and_nothing_foreign(site: Path) -> None:
    assert foreign(site) == ()


def test_a_face_overwritten_in_place_is_found_with_its_owner(site: Path) -> None:
    winset(site)
    face = site / "agents" / "__init__.py"
    face.write_text("class Agent: ...\n")
    install(site, "openai-agents", "agents/__init__.py")
    assert foreign(site) == (Foreign("agents", face, "openai-agents"),)


def test_a_face_edited_by_hand_has_no_owner(site: Path) -> None:
    winset(site)
    face = site / "games" / "__init__.py"
    face.write_text("")
    assert foreign(site) == (Foreign("games", face, None),)


def test_a_package_that_stands_before_a_source_tree_is_found(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    face = elsewhere / "agents" / "__init__.py"
    face.parent.mkdir()
    face.write_text("")
    monkeypatch.setattr(sys, "path", [str(elsewhere), *sys.path])
    install(elsewhere, "openai-agents", "agents/__init__.py")
    assert foreign(site) == (Foreign("agents", face, "openai-agents"),)


def test_a_missing_package_is_foreign_without_a_file(site: Path) -> None:
    (site / "economy" / "__init__.py").unlink()
    (site / "economy").rmdir()
    assert foreign(site) == (Foreign("economy", None, None),)


def test_a_folder_without_a_face_is_foreign(site: Path) -> None:
    (site / "economy" / "__init__.py").unlink()
    assert foreign(site) == (Foreign("economy", None, None),)


def test_winset_is_not_the_owner_of_a_foreign_file(site: Path) -> None:
    winset(site)
    assert owner(site / "agents" / "__init__.py") is None


def test_the_check_finds_nothing_here() -> None:
    assert foreign() == ()
