"""Sessions: who worked on a sweep, when, with which versions, and how it ended. One small file for each.

    sessions/<utc>-<pid>.json    python, platform, versions, commit, argv, workers, start, end, exit reason

A session without an end was killed. Versions are recorded here and nowhere hashed: other packages on the same
model make the same runs.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

from lab.store.atomic_files import settle
from scenarios.scenario import MODEL

SESSIONS = "sessions"
SESSION = re.compile(r"\d{8}T\d{6}\.\d{6}Z-\d+\.json")
"""The name of a session's file."""
PACKAGES = ("winset", "mesa", "nashpy", "numpy", "pandas", "pyarrow", "pydantic", "scipy")


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of work on a sweep."""

    name: str
    """Beginning in universal time and process id; every row carries it."""
    python: str
    platform: str
    processors: int | None
    versions: dict[str, str | None]
    model: int
    commit: str | None
    """Of the sources, where they lie in a git tree; whether they were changed since is not known."""
    argv: tuple[str, ...]
    workers: str | None
    """Executor and number of workers, as the runner tells."""
    start: str
    end: str | None = None
    reason: str | None = None
    """`finished`, `interrupted`, `stopped by SIGTERM`, or an error's name; None while it lasts, and after a kill."""


def begin(folder: Path, workers: str | None = None, argv: Sequence[str] | None = None) -> Session:
    """Open a session and write its file; OSError when that cannot be."""
    now = datetime.now(UTC)
    (folder / SESSIONS).mkdir(exist_ok=True)
    session = Session(
        name=f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}",
        python=platform.python_version(),
        platform=platform.platform(),
        processors=os.cpu_count(),
        versions={package: installed(package) for package in PACKAGES},
        model=MODEL,
        commit=commit(Path(__file__).parents[2]),
        argv=tuple(sys.argv if argv is None else argv),
        workers=workers,
        start=now.isoformat(),
    )
    _write(folder, session)
    return session


def end(folder: Path, session: Session, reason: str) -> Session:
    """Close a session: when it ended, and why."""
    closed = replace(session, end=datetime.now(UTC).isoformat(), reason=reason)
    _write(folder, closed)
    return closed


def sessions(folder: Path) -> list[dict[str, Any]]:
    """All sessions of a folder, oldest first; a file that is no session is passed over."""
    found: list[dict[str, Any]] = []
    for path in sorted((folder / SESSIONS).glob("*.json")):
        with suppress(OSError, ValueError):
            told = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(told, dict):
                found.append(cast("dict[str, Any]", told))
    return found


def installed(package: str) -> str | None:
    """The installed version of a package; None when it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def commit(folder: Path) -> str | None:
    """The commit that a git tree stands on, read from its files; None where there is no such tree."""
    home = folder / ".git"
    with suppress(OSError):
        head = (home / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        loose = home / name
        if loose.is_file():
            return loose.read_text(encoding="utf-8").strip()
        packed = (home / "packed-refs").read_text(encoding="utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), None)
    return None


def _write(folder: Path, session: Session) -> None:
    text = json.dumps(asdict(session), indent=2, ensure_ascii=False)
    settle(folder / SESSIONS / f"{session.name}.json", lambda stream: stream.write(text.encode()))
