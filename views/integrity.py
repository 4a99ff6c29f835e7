"""Are the packages that Python would import really ours?

Our packages have short names, and another distribution may carry the same one: `openai-agents` overwrites
`agents/__init__.py` in place. From a wheel each package is therefore compared, by place and by content, with
what Winset's own RECORD says; from a source tree with the folder that holds this file. Nothing is imported to
find out, and only the standard library is used: the check runs at the start of every command.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

PACKAGES = ("agents", "economy", "games", "negotiation", "scenarios", "views")
"""The packages of a Winset distribution, each with a face `__init__.py`."""

_LINE = re.compile(r"^(\w+/__init__\.py),sha256=([\w-]+),", re.MULTILINE)


class Foreign(NamedTuple):
    """A package name of ours that leads to somebody else's code."""

    package: str
    path: Path | None
    """The file that Python would run for `import package`; None when there is none at all."""
    owner: str | None
    """The distribution that brought the file, as `pip uninstall` knows it; None when nobody claims it."""


def foreign(home: Path | None = None) -> tuple[Foreign, ...]:
    """Every package of ours that Python would take from elsewhere, in alphabetical order; mostly none.

    `home` is the folder that holds our packages; by default the one above this file.
    """
    home = home or Path(__file__).resolve().parents[1]
    hashes = _recorded(home)
    faces = ((package, _face(package)) for package in PACKAGES)
    return tuple(
        Foreign(package, face, owner(face)) for package, face in faces if not _ours(package, face, home, hashes)
    )


def owner(path: Path | None) -> str | None:
    """The name of the distribution, other than Winset, whose RECORD lists this file."""
    if path is None:
        return None
    # Costs 20 ms and more, so it is paid only by those who have something foreign.
    from importlib.metadata import distributions

    place = path.resolve()
    for distribution in distributions():
        name = distribution.metadata["Name"]
        if name != "winset" and any(
            file.name == place.name and Path(str(distribution.locate_file(file))).resolve() == place
            for file in distribution.files or ()
        ):
            return name
    return None


def _recorded(home: Path) -> dict[str, str]:
    """What Winset's RECORD says of each face, when our packages stand beside one; else nothing."""
    return {
        face: digest
        for record in home.glob("winset-*.dist-info/RECORD")
        for face, digest in _LINE.findall(record.read_text(encoding="utf-8"))
    }


def _face(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin) if spec is not None and spec.origin is not None else None


def _ours(package: str, face: Path | None, home: Path, hashes: dict[str, str]) -> bool:
    if face is None or face.resolve() != home / package / "__init__.py":
        return False
    digest = hashes.get(f"{package}/__init__.py")
    return digest is None or digest == _digest(face)


def _digest(path: Path) -> str:
    """The content's SHA-256 as a RECORD writes it: base64 for URLs, without padding."""
    return urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode("ascii")
