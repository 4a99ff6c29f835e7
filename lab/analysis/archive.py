"""Write a sweep as one zip archive: design, data, code version, ODD description and citation file.

    write_archive("DIR")  ->  DIR.zip

The archive is reproducible: the same folder, day, code and package versions give the same bytes. Names are sorted
and every entry has the same fixed time stamp. Parquet files are stored without compression, because they are
compressed already. Files that do not belong to the sweep are left out.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.resources import files
from os import PathLike
from pathlib import Path
from string import Template
from typing import Any, BinaryIO, ClassVar, Literal, NamedTuple

from games.documents import Document
from games.errors import input_error, write_error
from lab.analysis.dataset import SweepDataset, load_dataset
from lab.design.cases import Design
from lab.store import parquet_parts
from lab.store.atomic_files import write_atomically
from lab.store.manifest import MANIFEST
from lab.store.provenance import PACKAGES, SESSIONS, git_commit, package_version
from lab.store.sweep_status import Count, PositiveCount
from scenarios.scenario import MODEL
from winset import own_packages

SOURCES = (".py", ".toml")
"""Suffixes of the source files whose content can change a result."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time stamp that the zip format can hold."""
DESCRIBED = ("README.md", "ODD.md", "CITATION.cff")
"""Text files of the archive that are templates in the folder `render_archive`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveDocument(Document):
    """A sweep as one archive for deposit: design, rows, code version, a description and how to cite it."""

    NAME: ClassVar[str] = "archive"

    schema: Literal["winset/archive/1"] = "winset/archive/1"
    path: str
    files: PositiveCount
    """Number of entries in the archive, checksums included."""
    bytes: PositiveCount
    """Size of the archive on disk."""
    rows: Count
    """Number of runs in the archive."""
    missing: Count
    """Number of cases of the design that have no row yet."""


class SweepArchive(NamedTuple):
    """Summary of the zip archive of a sweep that was written: its path, its size and what it contains."""

    path: Path
    files: int
    """Number of entries in the archive, checksums included."""
    bytes: int
    """Size of the archive on disk."""
    rows: int
    """Number of runs in the archive."""
    missing: int
    """Number of cases of the design that have no row yet."""

    def document(self) -> ArchiveDocument:
        """Return this summary of a written archive as the `ArchiveDocument` that `winset archive --json` prints."""
        return ArchiveDocument(
            path=str(self.path), files=self.files, bytes=self.bytes, rows=self.rows, missing=self.missing
        )


def write_archive(
    folder: parquet_parts.Folder, path: str | PathLike[str] | None = None, day: date | None = None
) -> SweepArchive:
    """Write a sweep as one zip archive with its design, its rows, the code version and a description.

    Parameters
    ----------
    folder
        Folder of the sweep.
    path
        File to write; by default the name of the folder plus `.zip`, next to the folder.
    day
        Date in the citation file; today (UTC) by default.

    Returns
    -------
    SweepArchive
        Path, size, number of entries, number of rows, and number of cases without a row.

    Raises
    ------
    InputError
        The folder holds no sweep, `path` is a folder, or the file cannot be written (`StorageError` when the disk is
        full or broken).
    StoreDamaged
        A Parquet part is damaged.

    Notes
    -----
    An error leaves no unfinished archive behind.
    """
    found = load_dataset(folder)
    home = parquet_parts.resolve_folder(folder).resolve()
    place = Path(path) if path is not None else home.with_name(f"{home.name}.zip")
    if place.is_dir():
        raise input_error(f"-o {place}", "is a folder", "name a file in it, as in sweep.zip")
    entries = dict(sorted([*_described(found, day or datetime.now(UTC).date()), *_stored(home)]))
    sums = "".join(f"{_digest(content)}  {name}\n" for name, content in entries.items())
    entries["SHA256SUMS"] = sums.encode()
    try:
        write_atomically(place, lambda stream: _zip(stream, entries))
    except OSError as error:
        raise write_error(error, f"-o {place}", "name a file in a folder that exists and is yours") from None
    missing = int((found.rows < 0).sum())
    return SweepArchive(place, len(entries), place.stat().st_size, len(found.frame), missing)


def _zip(stream: BinaryIO, entries: dict[str, bytes | Path]) -> None:
    """Write the entries as a zip file with fixed time stamps and permissions."""
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, _read(content))


def _read(content: bytes | Path) -> bytes:
    """Return the bytes of an entry."""
    return content.read_bytes() if isinstance(content, Path) else content


def _digest(content: bytes | Path) -> str:
    """Return the SHA-256 hash of an entry as hexadecimal text."""
    return sha256(_read(content)).hexdigest()


def _stored(home: Path) -> Iterator[tuple[str, bytes | Path]]:
    """Yield the files of the sweep as pairs of name in the archive and path on disk."""
    yield f"sweep/{MANIFEST}", home / MANIFEST
    for path in sorted((home / SESSIONS).glob("*.json")):
        yield f"sweep/{SESSIONS}/{path.name}", path
    for name in (parquet_parts.RUNS, parquet_parts.ROUNDS):
        for number in parquet_parts.part_numbers(home / name):
            path = parquet_parts.path_of(home / name, number)
            yield f"sweep/{name}/{path.name}", path


def _described(found: SweepDataset, day: date) -> Iterator[tuple[str, bytes | Path]]:
    """Yield the files that are made for the archive: the filled templates and the version of the code."""
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
    """Return the values that the templates are filled with."""
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
        "version": package_version("winset") or "not installed",
        "model": str(MODEL),
    }


def _code() -> dict[str, Any]:
    """Return the version, the git commit if there is one, and the hash of every source file of every package."""
    tops = {package: Path(str(files(package))) for package in own_packages()}
    hashes = {
        f"{package}/{path.relative_to(top).as_posix()}": sha256(path.read_bytes()).hexdigest()
        for package, top in tops.items()
        for path in sorted(top.rglob("*"))
        if path.suffix in SOURCES
    }
    return {
        "winset": package_version("winset"),
        "model": MODEL,
        "commit": git_commit(tops["lab"].parent),
        "versions": {name: package_version(name) for name in PACKAGES},
        "sources": hashes,
    }
