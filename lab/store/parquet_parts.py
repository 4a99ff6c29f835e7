"""Parts: the rows of a sweep in Parquet, some thousands at a time, each part there as a whole or not at all.

    runs/part-000000.parquet     one row a finished run
    rounds/part-000000.parquet   one row a move, where the design keeps them; counts once its runs part is there

Columns and their types follow from the design alone, never from the rows, so that a part of failures only reads like
any other. Other files in these folders are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError, Problem, refuse
from lab.design.cases import Design, columns
from lab.design.factors import Factor, Value
from lab.design.measure_catalogue import catalogue
from lab.record import Finished
from lab.store.atomic_files import commit, remove_unfinished, settle
from lab.store.errors import StoreDamaged, StoreMismatch
from lab.store.manifest import fingerprint
from lab.store.run_ids import Ids, texts

RUNS, ROUNDS = "runs", "rounds"
FRESH, OLD = ".runs.new", ".runs.old"
"""While runs are rewritten: the folder in the making, and the one that it replaces."""
WEIGHT = "weight"
"""The column that says how many cases of the design a run is: where levels are few, points are drawn again."""
GROUP = 50_000
"""Rows of a group inside a part."""
BATCH = 8192
"""Rows that are read at a time."""
PART = re.compile(r"part-(\d{6,})\.parquet")
KEY = b"winset"
"""Under which a part's metadata names the design that it belongs to."""


class Written(NamedTuple):
    """A finished run on its way into a part."""

    finished: Finished
    attempt: int


class Marks(NamedTuple):
    """What else stands in the rows of a part: who the runs are, how many cases each of them is, and who made them."""

    ids: Ids
    weights: NDArray[np.int64]
    session: str


class HasFolder(Protocol):
    """What belongs to a folder, such as the summary that a sweep returns."""

    @property
    def folder(self) -> Any:
        """The folder as a path."""
        ...


Folder: TypeAlias = str | PathLike[str] | HasFolder
"""The folder of a sweep, as people hand it over."""


def home_of(folder: Folder) -> Path:
    """The folder of a sweep as a path; InputError for what is none."""
    found: Any = getattr(folder, "folder", folder)
    if not isinstance(found, str | PathLike):
        reason = f"is of the type {type(found).__name__}, which is no folder"
        raise refuse("folder", reason, "pass the folder of a sweep, or what `sweep` has returned")
    return Path(cast("str | PathLike[str]", found))


def numbers(folder: Path) -> list[int]:
    """The numbers of the parts in runs/ or rounds/, rising."""
    names = (PART.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted(int(name[1]) for name in names if name)


def path_of(folder: Path, number: int) -> Path:
    """Where a part lies."""
    return folder / f"part-{number:06d}.parquet"


def write_runs(folder: Path, number: int, design: Design, rows: Sequence[Written], marks: Marks) -> None:
    """Write one part of runs; `marks` are those of the rows. OSError when it cannot be written."""
    arrow: Any = import_module("pyarrow")
    schema = runs_schema(design)
    filled = _columns(design, rows, marks)
    arrays = [arrow.array(filled[field.name], type=field.type) for field in schema]
    write_table(folder, number, arrow.table(arrays, schema=schema))


def write_rounds(folder: Path, number: int, rows: Sequence[Written], ids: Ids) -> None:
    """Write the moves of the same runs."""
    arrow: Any = import_module("pyarrow")
    schema = rounds_schema()
    lines = [
        (run_id, attempt, *step)
        for run_id, (finished, attempt) in zip(texts(ids), rows, strict=True)
        for step in finished.steps
    ]
    filled = list(zip(*lines, strict=True)) or [() for _ in schema]
    arrays = [arrow.array(column, type=field.type) for field, column in zip(schema, filled, strict=True)]
    write_table(folder, number, arrow.table(arrays, schema=schema))


def write_table(folder: Path, number: int, table: Any) -> None:
    """Put a table in place as a part."""
    parquet: Any = import_module("pyarrow.parquet")
    folder.mkdir(exist_ok=True)
    settle(
        path_of(folder, number),
        lambda stream: parquet.write_table(
            table, stream, compression="zstd", row_group_size=GROUP, write_page_checksum=True
        ),
    )


def read(path: Path) -> Any:
    """The table of a part; StoreDamaged, with what to do, when it cannot be read."""
    arrow: Any = import_module("pyarrow")
    with _opened(path) as file:
        return arrow.Table.from_batches(file.iter_batches(BATCH), schema=file.schema_arrow)


def batches(path: Path, names: Sequence[str], owner: str | None = None) -> Generator[Any]:
    """Some columns of a part, some thousand rows at a time.

    StoreDamaged when it cannot be read; StoreMismatch when it belongs to another design than the `owner`.
    """
    with _opened(path) as file:
        metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
        if owner not in {None, json.loads(metadata.get(KEY, b"{}")).get("design")}:
            hint = "move it out of the folder; it came here from another sweep"
            raise StoreMismatch(Problem(str(path), "belongs to another design", hint))
        yield from file.iter_batches(BATCH, columns=list(names))


@contextmanager
def _opened(path: Path) -> Generator[Any]:
    parquet: Any = import_module("pyarrow.parquet")
    try:
        with path.open("rb") as stream, parquet.ParquetFile(stream, page_checksum_verification=True) as file:
            yield file
    except (FileNotFoundError, InputError):
        raise
    except (OSError, ValueError) as error:  # pyarrow's errors are of these kinds
        hint = "move it out of the folder; `winset resume` then makes its runs again, the same as before"
        raise StoreDamaged(Problem(str(path), f"cannot be read: {error}", hint)) from None


def runs_schema(design: Design) -> Any:
    """The columns of a design's rows with their types, the same for every part."""
    arrow: Any = import_module("pyarrow")
    word = arrow.dictionary(arrow.int32(), arrow.string())
    forms = {"number": arrow.float64(), "word": word}
    known = catalogue(design.kind)
    fields = [
        ("run_id", arrow.string()),
        ("number", arrow.int64()),
        *((factor.name, _type(arrow, factor)) for factor in design.factors),
        ("arm", word),
        ("replicate", arrow.int64()),
        (WEIGHT, arrow.int64()),
        ("attempt", arrow.int32()),
        ("status", word),
        *((name, forms[known[name.partition(".")[0]].form]) for name in design.measures),
        ("error_type", word),
        ("error", arrow.string()),
        ("traceback", arrow.string()),
        ("seconds", arrow.float64()),
        ("worker", arrow.int64()),
        ("session", word),
    ]
    told = json.dumps({"design": fingerprint(design), "name": design.name})
    return arrow.schema(fields, metadata={KEY: told.encode()})


def rounds_schema() -> Any:
    """The columns of the moves: one log for software and people."""
    arrow: Any = import_module("pyarrow")
    word = arrow.dictionary(arrow.int32(), arrow.string())
    return arrow.schema(
        [
            ("run_id", arrow.string()),
            ("attempt", arrow.int32()),
            ("step", arrow.int64()),
            ("party", word),
            ("move", word),
            ("package", arrow.int64()),
            ("told", arrow.string()),
        ]
    )


def _columns(design: Design, rows: Sequence[Written], marks: Marks) -> dict[str, Sequence[Value]]:
    """The cells of a part by column."""
    number, status, measured, kind, error, told, seconds, worker, _ = zip(*(row.finished for row in rows), strict=True)
    empty = (None,) * len(design.measures)
    figures = zip(*(each or empty for each in measured), strict=True)
    varied = columns(design, np.array(number, dtype=np.int64))
    for factor in design.factors:
        if _form(factor) == "mixed":
            varied[factor.name] = [_json(value) for value in varied[factor.name]]
    return {
        "run_id": texts(marks.ids),
        "number": number,
        **varied,
        WEIGHT: marks.weights.tolist(),
        "attempt": [row.attempt for row in rows],
        "status": status,
        **dict(zip(design.measures, figures, strict=True)),
        "error_type": kind,
        "error": error,
        "traceback": told,
        "seconds": seconds,
        "worker": worker,
        "session": [marks.session] * len(rows),
    }


def _type(arrow: Any, factor: Factor) -> Any:
    return {
        "truth": arrow.bool_(),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "word": arrow.dictionary(arrow.int32(), arrow.string()),
        "mixed": arrow.string(),
    }[_form(factor)]


def _form(factor: Factor) -> str:
    """What a factor's column holds: levels of several kinds, and lists, are told as JSON text."""
    if not factor.levels:
        return "whole" if factor.whole else "number"
    kinds: set[type] = {type(level) for level in factor.levels}
    if kinds == {bool}:
        return "truth"
    if kinds <= {int, float}:
        return "whole" if kinds == {int} else "number"
    return "word" if kinds == {str} else "mixed"


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def swap(home: Path, fresh: Path) -> None:
    """Put a folder of rewritten runs in the place of the old ones; `mend` finishes what an interrupt leaves."""
    old = home / OLD
    (home / RUNS).rename(old)
    fresh.rename(home / RUNS)
    commit(home)
    remove_parts(old)


def mend(home: Path) -> None:
    """Bring back the runs that an interrupted `swap` has put aside."""
    old, runs = home / OLD, home / RUNS
    if old.is_dir() and not runs.is_dir():
        old.rename(runs)


def clear(home: Path) -> None:
    """Remove the parts that an interrupted `swap` has left; to be called after `mend`."""
    for left in (home / OLD, home / FRESH):
        if left.is_dir():
            remove_parts(left)


def remove_parts(folder: Path) -> None:
    """Remove a folder of parts; StoreDamaged when files of somebody else lie in it, which stay."""
    remove_unfinished(folder, PART)
    for path in folder.iterdir():
        if PART.fullmatch(path.name):
            path.unlink()
    try:
        folder.rmdir()
    except OSError:
        reason, hint = "holds files that Winset has not written", "move them to another folder, then run it again"
        raise StoreDamaged(Problem(str(folder), reason, hint)) from None
