"""A sweep as one deposit: design, data, code version, a description by the ODD protocol, and how to cite it.

    pack("DIR")  ->  DIR.zip

The same folder gives the same bytes on the same day and version: names are sorted, and no file carries a time of its
own. Data parts are stored as they are, because they are compressed already. What is none of the sweep's is left out.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files
from os import PathLike
from pathlib import Path
from string import Template
from typing import Any, BinaryIO, NamedTuple

from games.errors import refuse, unwritten
from games.json_values import plain
from lab.analysis.dataset import Harvest, harvest
from lab.design.cases import Design
from lab.store import parquet_parts
from lab.store.atomic_files import settle
from lab.store.manifest import MANIFEST
from lab.store.provenance import PACKAGES, SESSIONS, commit, installed
from scenarios.scenario import MODEL

ROOMS = ("agents", "economy", "games", "lab", "negotiation", "scenarios", "views")
SOURCES = (".py", ".toml")
"""Endings of the files that decide on numbers."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell."""
DESCRIBED = ("README.md", "ODD.md", "CITATION.cff")


class Deposit(NamedTuple):
    """What was packed."""

    path: Path
    files: int
    bytes: int
    rows: int
    missing: int
    """Cases of the design that have no row yet."""

    def to_dict(self) -> dict[str, Any]:
        """The deposit as `winset archive --json` prints it."""
        return plain(
            {
                "schema": "winset/archive/1",
                "path": str(self.path),
                "files": self.files,
                "bytes": self.bytes,
                "rows": self.rows,
                "missing": self.missing,
            }
        )


def pack(folder: parquet_parts.Folder, path: str | PathLike[str] | None = None, day: date | None = None) -> Deposit:
    """Pack a sweep, beside its folder unless a path is given; `day` is the one in the citation, today by default.

    InputError where there is no sweep, the path is a folder or nothing can be written, StoreDamaged where a part is
    torn; then there is no half of a deposit.
    """
    found = harvest(folder)
    home = parquet_parts.home_of(folder).resolve()
    place = Path(path) if path is not None else home.with_name(f"{home.name}.zip")
    if place.is_dir():
        raise refuse(f"-o {place}", "is a folder", "name a file in it, as in sweep.zip")
    entries = dict(sorted([*_described(found, day or datetime.now(UTC).date()), *_stored(home)]))
    sums = "".join(f"{_digest(content)}  {name}\n" for name, content in entries.items())
    entries["SHA256SUMS"] = sums.encode()
    try:
        settle(place, lambda stream: _zip(stream, entries))
    except OSError as error:
        raise unwritten(error, f"-o {place}", "name a file in a folder that exists and is yours") from None
    missing = int((found.rows < 0).sum())
    return Deposit(place, len(entries), place.stat().st_size, len(found.frame), missing)


def _zip(stream: BinaryIO, entries: dict[str, bytes | Path]) -> None:
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, _read(content))


def _read(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content


def _digest(content: bytes | Path) -> str:
    return sha256(_read(content)).hexdigest()


def _stored(home: Path) -> Iterator[tuple[str, bytes | Path]]:
    """The sweep's own files, by their place in the deposit."""
    yield f"sweep/{MANIFEST}", home / MANIFEST
    for path in sorted((home / SESSIONS).glob("*.json")):
        yield f"sweep/{SESSIONS}/{path.name}", path
    for name in (parquet_parts.RUNS, parquet_parts.ROUNDS):
        for number in parquet_parts.numbers(home / name):
            path = parquet_parts.path_of(home / name, number)
            yield f"sweep/{name}/{path.name}", path


def _described(found: Harvest, day: date) -> Iterator[tuple[str, bytes | Path]]:
    """What is written for the deposit: its texts with the design filled in, and the code's version."""
    fields = _fields(found.design) | {
        "hash": found.mark,
        "rows": f"{len(found.frame):,}",
        "date": day.isoformat(),
        "title": json.dumps(f"Data of the Winset sweep {found.design.name}", ensure_ascii=False),
    }
    for name in DESCRIBED:
        text = files("lab.analysis").joinpath("deposit", name).read_text(encoding="utf-8")
        yield name, Template(text).substitute(fields).encode()
    yield "code.json", (json.dumps(_code(), indent=2) + "\n").encode()


def _fields(design: Design) -> dict[str, str]:
    return {
        "name": design.name,
        "scenario": design.scenario,
        "kind": "theory (`winset analyse`)" if design.kind == "analyse" else "talks (`winset simulate`)",
        "method": design.method,
        "cases": f"{design.count:,}",
        "points": f"{design.length:,}",
        "replicates": f"{design.replicates:,}",
        "seed": str(design.seed),
        "measures": ", ".join(design.measures),
        "factors": ", ".join(f"{each.name} (`{each.key}`)" for each in design.factors) or "none",
        "arms": ", ".join(arm.name for arm in design.arms),
        "version": installed("winset") or "not installed",
        "model": str(MODEL),
    }


def _code() -> dict[str, Any]:
    """The version, the commit where there is one, and the hash of every source file of every room."""
    tops = {room: Path(str(files(room))) for room in ROOMS}
    hashes = {
        f"{room}/{path.relative_to(top).as_posix()}": sha256(path.read_bytes()).hexdigest()
        for room, top in tops.items()
        for path in sorted(top.rglob("*"))
        if path.suffix in SOURCES
    }
    return {
        "winset": installed("winset"),
        "model": MODEL,
        "commit": commit(tops["lab"].parent),
        "versions": {name: installed(name) for name in PACKAGES},
        "sources": hashes,
    }
