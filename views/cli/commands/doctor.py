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
from importlib import metadata
from pathlib import Path
from typing import Any

from views.text.layout import Screen, paragraph, render_table, section_heading
from winset import ForeignPackage, as_document, collision, find_foreign, find_replaced, find_shadowed, own_packages

MOST_FILES = 3
"""Maximum number of files listed for another distribution."""

_NEED = re.compile(r"([\w.-]+)\s*(?:>=\s*([\d.]+))?")


def examine() -> dict[str, Any]:
    """Run every check; the result is the content of `winset doctor --json`. `ok` is false when one check fails."""
    needed = [_package(need) for need in _needs()]
    strangers, victims = find_foreign(), find_replaced()
    # A package that is already foreign is reported once.
    hidden = tuple(each for each in find_shadowed(Path.cwd()) if each.package not in {one.package for one in strangers})
    folders = [_folder("working folder", Path.cwd()), _folder("temporary files", Path(tempfile.gettempdir()))]
    return {
        "schema": "winset/doctor/1",
        "ok": not (strangers or hidden or victims) and all(item["ok"] for item in [*needed, *folders]),
        "winset": version("winset"),
        "python": platform.python_version(),
        "executable": sys.executable,
        "platform": platform.platform(),
        "packages": needed,
        "foreign": [as_document(each) for each in strangers],
        "folders": folders,
        "shadowed": [as_document(each) for each in hidden],
        "replaced": [{"owner": each.owner, "files": list(each.files)} for each in victims],
    }


def version(distribution: str) -> str | None:
    """The installed version of a distribution; None when it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def findings(screen: Screen, report: dict[str, Any]) -> list[str]:
    """Render the report as text."""
    lines = [screen.ink(f"Winset {report['winset'] or '(not installed)'}", "strong")]
    place = [("Python", report["python"]), ("at", report["executable"]), ("on", report["platform"])]
    lines += render_table(screen, ("", ""), place)
    lines += section_heading(screen, "Packages")
    lines += render_table(
        screen,
        ("package", "installed", "needed", ""),
        [
            (item["name"], item["version"] or "–", f"{item['needed'] or 'any'}", _verdict(item["ok"]))
            for item in report["packages"]
        ],
    )
    lines += section_heading(screen, "Folders that can be written to")
    lines += render_table(
        screen, ("", "", ""), [(item["what"], item["path"], _verdict(item["ok"])) for item in report["folders"]]
    )
    lines += section_heading(screen, "Our own packages")
    told = [sentence for sentence in _faults(report) for sentence in paragraph(screen, sentence)]
    lines += told or [f"{', '.join(own_packages())}: all are Winset's own"]
    verdict = "Everything is in order." if report["ok"] else "Something is not in order: see the lines above."
    return [*lines, "", verdict]


def _faults(report: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each problem with our packages."""
    for each in report["foreign"]:
        yield collision(_stranger(each))
    for each in report["shadowed"]:
        yield (
            f"in this folder Python finds another package {each['package']!r}: {each['path']}. Scripts and notebooks "
            "that are started here import that one; rename it, or work in another folder."
        )
    for each in report["replaced"]:
        some = ", ".join(each["files"][:MOST_FILES])
        yield (
            f"installing Winset has replaced files of {each['owner']} ({some}), which may no longer work. Install "
            f"Winset into an environment of its own, and {each['owner']} again."
        )


def _stranger(told: dict[str, Any]) -> ForeignPackage:
    return ForeignPackage(told["package"], None if told["path"] is None else Path(told["path"]), told["owner"])


def _verdict(ok: bool) -> str:
    return "ok" if ok else "NOT OK"


def _needs() -> list[str]:
    """The requirements in Winset's own metadata; empty when Winset runs from a source folder that is not installed."""
    try:
        return sorted(need for need in metadata.requires("winset") or () if "extra ==" not in need)
    except metadata.PackageNotFoundError:
        return []


def _package(need: str) -> dict[str, Any]:
    found = _NEED.match(need)
    name, least = found.groups() if found else (need, None)
    installed = version(name)
    ok = installed is not None and (least is None or _numbers(installed) >= _numbers(least))
    return {"name": name, "version": installed, "needed": None if least is None else f">={least}", "ok": ok}


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def _folder(what: str, path: Path) -> dict[str, Any]:
    return {"what": what, "path": str(path), "ok": os.access(path, os.W_OK)}
