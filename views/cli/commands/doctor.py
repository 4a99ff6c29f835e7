"""`winset doctor`: check that everything Winset needs is installed, and that Python imports our own packages.

No package is imported for the check, so that a package that fails on import can still be reported. The browser front
end needs no Chromium; only our browser tests do.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from games.documents import Document
from games.messages import message
from views.text.layout import Screen, paragraph, render_table, section_heading
from views.wording.translation import translate
from winset import ForeignPackage, find_foreign, find_replaced, find_shadowed, own_packages

MOST_FILES = 3
"""Maximum number of files listed for another distribution."""

_NEED = re.compile(r"([\w.-]+)\s*(?:>=\s*([\d.]+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededPackage(Document):
    """A distribution that Winset needs."""

    name: str
    """Its name."""
    version: str | None
    """The installed version; null when it is not installed."""
    needed: str | None
    """The versions that Winset accepts; null when it accepts all."""
    ok: bool
    """Whether the installed version is accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPackage(Document):
    """A package name of ours under which Python finds foreign code."""

    package: str
    """The name."""
    path: str | None
    """The file that Python would run for `import package`; null if there is none."""
    owner: str | None
    """The distribution that installed the file; null if no distribution lists it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowingPackage(Document):
    """A package of the working folder with a name of ours."""

    package: str
    """The name."""
    path: str
    """The file that Python would run for `import package`."""
    owner: str | None
    """The distribution that installed the file; null if no distribution lists it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFolder(Document):
    """A folder to which Winset writes."""

    what: str
    """What the folder is for."""
    path: str
    """Its path."""
    ok: bool
    """Whether it can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverwrittenFiles(Document):
    """Files of another distribution that were overwritten when Winset was installed."""

    owner: str
    """The distribution."""
    files: tuple[str, ...]
    """The files, relative to the folder of our packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorDocument(Document):
    """Versions, foreign packages and write permissions."""

    NAME = "doctor"

    schema: Literal["winset/doctor/1"] = "winset/doctor/1"
    ok: bool
    """Whether everything below is in order; the exit code is 1 otherwise."""
    winset: str | None
    """The version; null when Winset runs from a folder that is not installed."""
    python: str
    """Version of Python."""
    executable: str
    """The program that runs Python."""
    platform: str
    """Operating system and processor."""
    packages: tuple[NeededPackage, ...]
    """The distributions that Winset needs."""
    foreign: tuple[ImportedPackage, ...]
    """Packages of ours that Python would take from elsewhere."""
    folders: tuple[CheckedFolder, ...]
    """Folders to which Winset writes."""
    shadowed: tuple[ShadowingPackage, ...]
    """Packages with a name of ours that a Python started in the working folder would take from there."""
    replaced: tuple[OverwrittenFiles, ...]
    """Other distributions whose files were overwritten when Winset was installed."""


def examine() -> DoctorDocument:
    """Run every check of the installation (packages, versions, folders) for `winset doctor`.

    Returns a `DoctorDocument`, whose field `ok` is False when at least one check failed.
    """
    needed = tuple(_package(need) for need in _needs())
    strangers, victims = find_foreign(), find_replaced()
    # A package that is already foreign is reported once.
    hidden = tuple(each for each in find_shadowed(Path.cwd()) if each.package not in {one.package for one in strangers})
    folders = (
        _folder(message("working folder"), Path.cwd()),
        _folder(message("temporary files"), Path(tempfile.gettempdir())),
    )
    return DoctorDocument(
        ok=not (strangers or hidden or victims) and all(item.ok for item in (*needed, *folders)),
        winset=version("winset"),
        python=platform.python_version(),
        executable=sys.executable,
        platform=platform.platform(),
        packages=needed,
        foreign=tuple(_imported(each) for each in strangers),
        folders=folders,
        shadowed=tuple(
            ShadowingPackage(package=each.package, path=str(each.path), owner=each.owner) for each in hidden
        ),
        replaced=tuple(OverwrittenFiles(owner=each.owner, files=each.files) for each in victims),
    )


def version(distribution: str) -> str | None:
    """Return the installed version of a Python distribution, such as "2.1.0"; None when it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def version_line() -> str:
    """Return the line of text with the version of Winset that `winset --version` prints."""
    number = version("winset")
    return f"winset {number}" if number else translate(message("winset from a bare folder"))


def findings(screen: Screen, report: DoctorDocument) -> list[str]:
    """Return the report on the installation as lines of text, for `winset doctor`."""
    title = message("Winset {version}", version=report.winset) if report.winset else message("Winset (not installed)")
    place = [("Python", report.python), (message("at"), report.executable), (message("on"), report.platform)]
    packages = [
        (item.name, item.version or "–", item.needed or message("any"), _verdict(item.ok)) for item in report.packages
    ]
    folders = [(item.what, item.path, _verdict(item.ok)) for item in report.folders]
    lines = [screen.ink(title, "strong"), *render_table(screen, ("", ""), place)]
    lines += section_heading(screen, message("Packages"))
    lines += render_table(screen, (message("package"), message("installed"), message("needed"), ""), packages)
    lines += section_heading(screen, message("Folders that can be written to"))
    lines += render_table(screen, ("", "", ""), folders)
    lines += section_heading(screen, message("Our own packages"))
    faults = [line for sentence in _faults(report) for line in paragraph(screen, sentence)]
    lines += faults or [message("{packages}: all are Winset's own", packages=", ".join(own_packages()))]
    in_order = message("Everything is in order.")
    return [*lines, "", in_order if report.ok else message("Something is not in order: see the lines above.")]


def _faults(report: DoctorDocument) -> Iterator[str]:
    """Yield a sentence for each problem with our packages."""
    for each in report.foreign:
        yield _collision(each)
    for each in report.shadowed:
        yield message(
            "in this folder Python finds another package {package!r}: {path}. Scripts and notebooks that are started "
            "here import that one; rename it, or work in another folder.",
            package=each.package,
            path=each.path,
        )
    for each in report.replaced:
        yield message(
            "installing Winset has replaced files of {owner} ({files}), which may no longer work. Install Winset into "
            "an environment of its own, and {owner} again.",
            owner=each.owner,
            files=", ".join(each.files[:MOST_FILES]),
        )


def _collision(found: ImportedPackage) -> str:
    """What is wrong with a package name of ours that is foreign; the error `winset.collision` says the same."""
    if found.path is None:
        return message("the package {package!r} is missing", package=found.package)
    return message(
        "the package {package!r} is not Winset's: {path} comes from {owner}",
        package=found.package,
        path=found.path,
        owner=found.owner or message("an unknown source"),
    )


def _verdict(ok: bool) -> str:
    return message("ok") if ok else message("NOT OK")


def _needs() -> list[str]:
    """The requirements in Winset's own metadata; empty when Winset runs from a source folder that is not installed."""
    try:
        return sorted(need for need in metadata.requires("winset") or () if "extra ==" not in need)
    except metadata.PackageNotFoundError:
        return []


def _package(need: str) -> NeededPackage:
    found = _NEED.match(need)
    name, least = found.groups() if found else (need, None)
    installed = version(name)
    ok = installed is not None and (least is None or _numbers(installed) >= _numbers(least))
    return NeededPackage(name=name, version=installed, needed=None if least is None else f">={least}", ok=ok)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _imported(found: ForeignPackage) -> ImportedPackage:
    path = None if found.path is None else str(found.path)
    return ImportedPackage(package=found.package, path=path, owner=found.owner)


def _folder(what: str, path: Path) -> CheckedFolder:
    return CheckedFolder(what=what, path=str(path), ok=os.access(path, os.W_OK))
