"""Sessions: one small file for each period of work on a sweep, with its versions, its times and how it ended.

    sessions/<utc>-<pid>.json    python, platform, versions, commit, argv, workers, start, end, exit reason

A session without an end was killed, or is still running. Versions are recorded here but are not part of any hash:
with the same model version, other package versions give the same runs.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from games.documents import Document
from lab.store.atomic_files import write_atomically
from scenarios.scenario import MODEL

SESSIONS = "sessions"
"""Name of the folder of sessions."""
SESSION = re.compile(r"\d{8}T\d{6}\.\d{6}Z-\d+\.json")
"""Pattern of a session's file name."""
PACKAGES = ("winset", "mesa", "nashpy", "numpy", "pandas", "pyarrow", "pydantic", "scipy")
"""Packages whose versions are recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Document):
    """One period of work on a sweep, by one process."""

    name: str
    """Start in UTC, and process id; every row names its session."""
    python: str
    platform: str
    processors: int | None
    versions: Mapping[str, str | None]
    """Versions of the packages; null for one that is not installed."""
    model: int
    """Version of the model."""
    commit: str | None
    """Git commit of the source code, if it is in a git tree; later changes of the files are not detected."""
    argv: tuple[str, ...]
    workers: str | None
    """Executor and number of workers."""
    start: str
    """ISO 8601, UTC."""
    end: str | None = None
    """ISO 8601, UTC; null while the session runs, and after a kill."""
    reason: str | None = None
    """`finished`, `interrupted`, `stopped by SIGTERM`, or an error's name; null while it runs, and after a kill."""


def begin(folder: Path, workers: str | None = None, argv: Sequence[str] | None = None) -> Session:
    """Begin a session of a sweep (one start of the program on its folder) and write the session's file.

    Parameters
    ----------
    folder
        Folder of the sweep; it must exist.
    workers
        Executor and number of workers, in words.
    argv
        Command line; None takes `sys.argv`.

    Returns
    -------
    Session
        The session, without an end.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    now = datetime.now(UTC)
    (folder / SESSIONS).mkdir(exist_ok=True)
    session = Session(
        name=f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}",
        python=platform.python_version(),
        platform=platform.platform(),
        processors=os.cpu_count(),
        versions={package: package_version(package) for package in PACKAGES},
        model=MODEL,
        commit=git_commit(Path(__file__).parents[2]),
        argv=tuple(sys.argv if argv is None else argv),
        workers=workers,
        start=now.isoformat(),
    )
    _write(folder, session)
    return session


def end(folder: Path, session: Session, reason: str) -> Session:
    """End a session of a sweep (one start of the program on its folder) and write the session's file again.

    Parameters
    ----------
    folder
        Folder of the sweep.
    session
        The session to close.
    reason
        Exit reason; see `Session.reason`.

    Returns
    -------
    Session
        The same session with its end and its reason.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    closed = replace(session, end=datetime.now(UTC).isoformat(), reason=reason)
    _write(folder, closed)
    return closed


def read_sessions(folder: Path) -> list[Session]:
    """Return all sessions of the sweep in a folder, oldest first.

    A session is one start of the program on this folder. Files that cannot be read or hold no session are skipped.
    """
    names = [each.name for each in fields(Session)]
    found: list[Session] = []
    for path in sorted((folder / SESSIONS).glob("*.json")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            kept: dict[str, Any] = {name: told[name] for name in names} | {"argv": tuple(told["argv"])}
            found.append(Session(**kept))
    return found


def sessions(folder: Path) -> list[dict[str, Any]]:
    """Return all sessions of the sweep in a folder as dictionaries, oldest first.

    A session is one start of the program on this folder.
    """
    return [each.to_dict() for each in read_sessions(folder)]


def package_version(package: str) -> str | None:
    """Return the installed version of a Python package, such as "2.1.0"; None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def git_commit(folder: Path) -> str | None:
    """Return the hash of the current git commit of the source code in a folder, read from the files in `.git`.

    None if the folder is not the root of a git tree, or its files cannot be read.
    """
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
    text = json.dumps(session.to_dict(), indent=2, ensure_ascii=False)
    write_atomically(folder / SESSIONS / f"{session.name}.json", lambda stream: stream.write(text.encode()))
