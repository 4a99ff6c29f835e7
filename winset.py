"""The console command `winset`: check which packages Python would import, then start the command line.

Our packages have short names, and another distribution or a folder of the user may have a package of the same name:
`openai-agents` overwrites `agents/__init__.py` in place. So the path and the content of each package are compared with
Winset's own RECORD (installed from a wheel), or with the folder of this file (a source tree).

The check uses the standard library alone, imports none of our packages and raises no exception: it has to work when
`views`, `lab` or `games` are foreign code. So it is a module of its own, with a name that no other package has.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, distributions
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, NamedTuple

PACKAGES_FOLDER = Path(__file__).resolve().parent
"""The folder that holds our packages."""
ENTRY_POINT = "views.cli.app:main"
"""The function to run after the check; as a string, because the check comes before any import of our packages."""
HINT = "install Winset into an environment of its own, as with: uv tool install winset"

_TYPED = re.compile(r"^(\w+)/py\.typed,", re.MULTILINE)
_FACE = re.compile(r"^(\w+/__init__\.py),sha256=([\w-]+),", re.MULTILINE)


class ForeignPackage(NamedTuple):
    """A package name of ours under which Python finds foreign code."""

    package: str
    path: Path | None
    """The file that Python would run for `import package`; None if there is none."""
    owner: str | None
    """The distribution that installed the file, as named for `pip uninstall`; None if no distribution lists it."""


class ReplacedDistribution(NamedTuple):
    """Another distribution whose files were overwritten when Winset was installed."""

    owner: str
    files: tuple[str, ...]
    """Paths relative to the folder of our packages."""


def own_packages(home: Path = PACKAGES_FOLDER) -> tuple[str, ...]:
    """The names of our packages, from Winset's RECORD, else from the folders: those with a `py.typed` file."""
    recorded = {name for text in _records(home) for name in _TYPED.findall(text)}
    try:
        found = recorded or {path.parent.name for path in home.glob("*/py.typed")}
    except OSError:
        found = set[str]()
    return tuple(sorted(found))


def find_foreign(home: Path = PACKAGES_FOLDER, search: Sequence[str] | None = None) -> tuple[ForeignPackage, ...]:
    """Every package of ours that Python would import from elsewhere, in alphabetical order; usually none.

    `search` is the list of folders that Python searches; None for that of this process.
    """
    hashes = dict(pair for text in _records(home) for pair in _FACE.findall(text))
    found = ((package, _face(package, search)) for package in own_packages(home))
    return tuple(
        ForeignPackage(package, face, owner(face)) for package, face in found if not _ours(package, face, home, hashes)
    )


def find_shadowed(folder: Path, home: Path = PACKAGES_FOLDER) -> tuple[ForeignPackage, ...]:
    """The result of `find_foreign` for a Python process started in this folder, which Python searches first."""
    try:
        within = folder.resolve()
    except OSError:
        return ()
    return () if within == home else find_foreign(home, [str(within), *sys.path])


def find_replaced(home: Path = PACKAGES_FOLDER) -> tuple[ReplacedDistribution, ...]:
    """Other distributions that claim files of our packages: installing Winset has overwritten their files."""
    names = {*own_packages(home), "app.py", Path(__file__).name}
    found = ((_name(each), tuple(_claimed(each, home, names))) for each in _others())
    return tuple(sorted(ReplacedDistribution(name, files) for name, files in found if files))


def owner(path: Path | None) -> str | None:
    """The name of the distribution, other than Winset, whose RECORD lists this file; None without one."""
    if path is None:
        return None
    place = path.resolve()
    for each in _others():
        if any(_place(each, file) == place for file in each.files or () if file.name == place.name):
            return _name(each)
    return None


def collision(stranger: ForeignPackage) -> str:
    """A sentence on what is wrong with a package name of ours that is foreign."""
    package, path, owned_by = stranger
    if path is None:
        return f"the package {package!r} is missing"
    return f"the package {package!r} is not Winset's: {path} comes from {owned_by or 'an unknown source'}"


def main() -> None:
    """Run the command line, or exit with an error when a package is foreign.

    The exit code is then 1 for `doctor`, else 2.
    """
    strangers = find_foreign()
    if strangers:
        sys.exit(_refuse(strangers, sys.argv[1:]))
    resolve_name(ENTRY_POINT)()


def _refuse(strangers: Iterable[ForeignPackage], words: Sequence[str]) -> int:
    """Report the foreign packages without any import of our own packages, and return the exit code."""
    doctor = words[:1] == ["doctor"]
    lines = [f"error: {stranger.package}: {collision(stranger)}" for stranger in strangers]
    _print("\n".join([*lines, f"hint: {HINT}"]), sys.stdout if doctor and "--json" not in words else sys.stderr)
    if "--json" in words:
        _print(json.dumps(diagnosis(strangers) if doctor else foreign_error_document(strangers), indent=2), sys.stdout)
    return 1 if doctor else 2


def foreign_error_document(strangers: Iterable[ForeignPackage]) -> dict[str, Any]:
    """The JSON document of an error, equal to that of `views.cli.contract.error_document`."""
    problems = [{"place": each.package, "reason": collision(each), "hint": HINT} for each in strangers]
    return {"error": {"schema": "winset/error/1", "problems": problems}}


def diagnosis(strangers: Iterable[ForeignPackage]) -> dict[str, Any]:
    """The JSON document of `winset doctor`, with the fields that need none of our packages."""
    return {
        "schema": "winset/doctor/1",
        "ok": False,
        "winset": None,
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": platform.platform(),
        "packages": [],
        "foreign": [as_document(each) for each in strangers],
        "folders": [],
        "shadowed": [],
        "replaced": [],
    }


def as_document(stranger: ForeignPackage) -> dict[str, str | None]:
    """A foreign package as JSON."""
    return {
        "package": stranger.package,
        "path": None if stranger.path is None else str(stranger.path),
        "owner": stranger.owner,
    }


def _print(text: str, stream: Any) -> None:
    """Write a line; letters outside ASCII are escaped, and a stream that is closed or full is ignored."""
    try:
        stream.write(text.encode("ascii", "backslashreplace").decode() + "\n")
        stream.flush()
    except (
        OSError,
        ValueError,
        AttributeError,
    ):  # a closed or full stream: only the exit code can report the error
        return


def _records(home: Path) -> list[str]:
    """The text of Winset's own RECORD, if there is one beside our packages."""
    try:
        return [path.read_text(encoding="utf-8", errors="replace") for path in home.glob("winset-*.dist-info/RECORD")]
    except OSError:
        return []


def _face(package: str, search: Sequence[str] | None) -> Path | None:
    """The file that Python would run for `import package`."""
    try:
        spec = find_spec(package) if search is None else PathFinder.find_spec(package, list(search))
    except (ImportError, AttributeError, ValueError, OSError):  # a loaded module without a spec; a broken finder
        return None
    return None if spec is None or spec.origin is None else Path(spec.origin)


def _ours(package: str, face: Path | None, home: Path, hashes: dict[str, str]) -> bool:
    try:
        if face is None or face.resolve() != home / package / "__init__.py":
            return False
        digest = hashes.get(f"{package}/__init__.py")
        return digest is None or digest == _digest(face)
    except OSError:
        return False


def _digest(path: Path) -> str:
    """The SHA-256 of the content as a RECORD has it: URL-safe base64 without padding."""
    return urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode("ascii")


def _others() -> Iterator[Distribution]:
    """Yield every installed distribution except Winset and those whose metadata cannot be read."""
    for each in distributions():
        if _name(each) not in {"", "winset"}:
            yield each


def _name(distribution: Distribution) -> str:
    try:
        return str(distribution.metadata["Name"] or "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _place(distribution: Distribution, file: Any) -> Path | None:
    try:
        return Path(str(distribution.locate_file(file))).resolve()
    except (OSError, ValueError):
        return None


def _claimed(distribution: Distribution, home: Path, names: set[str]) -> Iterator[str]:
    """Yield the files of our packages that this distribution lists as its own."""
    try:
        files = distribution.files or []
    except (OSError, ValueError):
        return
    for file in files:
        place = _place(distribution, file) if file.parts and file.parts[0] in names else None
        if place is not None and place.is_file() and home in place.parents:
            yield str(file)
