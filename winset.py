"""The console command `winset`: check whose packages Python would import, then start the command line.

Our packages have short names, and another distribution or a folder of the user's may carry the same one:
`openai-agents` overwrites `agents/__init__.py` in place. So each package is compared, by place and by content, with
what Winset's own RECORD says (installed from a wheel), or with the folder that holds this file (a source tree).

The check uses the standard library alone, imports nothing of ours and raises nothing: it has to work when `views`,
`lab` or `games` lead to somebody else's code. This is why it stands in a module of its own, with a name that nobody
else carries.
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

HOME = Path(__file__).resolve().parent
"""The folder that holds our packages."""
START = "views.cli.app:main"
"""What runs when all packages are ours; by name, because nothing of ours is imported before that is known."""
HINT = "install Winset into an environment of its own, as with: uv tool install winset"

_TYPED = re.compile(r"^(\w+)/py\.typed,", re.MULTILINE)
_FACE = re.compile(r"^(\w+/__init__\.py),sha256=([\w-]+),", re.MULTILINE)


class Foreign(NamedTuple):
    """A package name of ours that leads to somebody else's code."""

    package: str
    path: Path | None
    """The file that Python would run for `import package`; None when there is none."""
    owner: str | None
    """The distribution that brought the file, as `pip uninstall` knows it; None when nobody claims it."""


class Replaced(NamedTuple):
    """Another distribution whose files were overwritten when Winset was installed."""

    owner: str
    files: tuple[str, ...]
    """By their paths below the folder of our packages."""


def packages(home: Path = HOME) -> tuple[str, ...]:
    """The names of our packages, read from Winset's RECORD or from the folders: those that hold a `py.typed`."""
    recorded = {name for text in _records(home) for name in _TYPED.findall(text)}
    try:
        found = recorded or {path.parent.name for path in home.glob("*/py.typed")}
    except OSError:
        found = set[str]()
    return tuple(sorted(found))


def foreign(home: Path = HOME, search: Sequence[str] | None = None) -> tuple[Foreign, ...]:
    """Every package of ours that Python would take from elsewhere, in alphabetical order; mostly none.

    `search` is the list of folders that Python looks through; None for that of this process.
    """
    hashes = dict(pair for text in _records(home) for pair in _FACE.findall(text))
    found = ((package, _face(package, search)) for package in packages(home))
    return tuple(
        Foreign(package, face, owner(face)) for package, face in found if not _ours(package, face, home, hashes)
    )


def shadowed(folder: Path, home: Path = HOME) -> tuple[Foreign, ...]:
    """What `foreign` would find in a Python that is started in this folder, which it looks through first."""
    try:
        within = folder.resolve()
    except OSError:
        return ()
    return () if within == home else foreign(home, [str(within), *sys.path])


def replaced(home: Path = HOME) -> tuple[Replaced, ...]:
    """Other distributions that claim files of our packages: installing Winset has overwritten theirs."""
    names = {*packages(home), "app.py", Path(__file__).name}
    found = ((_name(each), tuple(_claimed(each, home, names))) for each in _others())
    return tuple(sorted(Replaced(name, files) for name, files in found if files))


def owner(path: Path | None) -> str | None:
    """The name of the distribution, other than Winset, whose RECORD lists this file."""
    if path is None:
        return None
    place = path.resolve()
    for each in _others():
        if any(_place(each, file) == place for file in each.files or () if file.name == place.name):
            return _name(each)
    return None


def collision(stranger: Foreign) -> str:
    """What is wrong with a package name of ours that leads elsewhere, as one sentence."""
    package, path, owned_by = stranger
    if path is None:
        return f"the package {package!r} is missing"
    return f"the package {package!r} is not Winset's: {path} comes from {owned_by or 'an unknown source'}"


def main() -> None:
    """Run the command line; with a foreign package in the way, say so and leave: 1 for `doctor`, else 2."""
    strangers = foreign()
    if strangers:
        sys.exit(_refuse(strangers, sys.argv[1:]))
    resolve_name(START)()


def _refuse(strangers: Iterable[Foreign], words: Sequence[str]) -> int:
    """Name the foreign packages, without a line of our own packages, and give the exit code."""
    doctor = words[:1] == ["doctor"]
    lines = [f"error: {stranger.package}: {collision(stranger)}" for stranger in strangers]
    _print("\n".join([*lines, f"hint: {HINT}"]), sys.stdout if doctor and "--json" not in words else sys.stderr)
    if "--json" in words:
        _print(json.dumps(diagnosis(strangers) if doctor else error(strangers), indent=2), sys.stdout)
    return 1 if doctor else 2


def error(strangers: Iterable[Foreign]) -> dict[str, Any]:
    """The document of an error, as `views.cli.contract.error` makes it."""
    problems = [{"place": each.package, "reason": collision(each), "hint": HINT} for each in strangers]
    return {"error": {"schema": "winset/error/1", "problems": problems}}


def diagnosis(strangers: Iterable[Foreign]) -> dict[str, Any]:
    """The document of `winset doctor`, with what can be known without our own packages."""
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


def as_document(stranger: Foreign) -> dict[str, str | None]:
    """A foreign package as JSON shows it."""
    return {
        "package": stranger.package,
        "path": None if stranger.path is None else str(stranger.path),
        "owner": stranger.owner,
    }


def _print(text: str, stream: Any) -> None:
    """Write a line, also where the stream cannot hold every letter, or nobody reads it."""
    try:
        stream.write(text.encode("ascii", "backslashreplace").decode() + "\n")
        stream.flush()
    except (OSError, ValueError, AttributeError):  # the stream is closed or full: the exit code has to say it
        return


def _records(home: Path) -> list[str]:
    """The text of Winset's own RECORD, when our packages stand beside one."""
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
    """The content's SHA-256 as a RECORD writes it: base64 for URLs, without padding."""
    return urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode("ascii")


def _others() -> Iterator[Distribution]:
    """Every installed distribution but Winset; one whose metadata cannot be read is passed over."""
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
    """The files of our packages that this distribution says are its own."""
    try:
        files = distribution.files or []
    except (OSError, ValueError):
        return
    for file in files:
        place = _place(distribution, file) if file.parts and file.parts[0] in names else None
        if place is not None and place.is_file() and home in place.parents:
            yield str(file)
