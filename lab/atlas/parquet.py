"""Write an atlas as one Parquet file, page by page. The file appears complete or not at all.

A page is a row group. The metadata of the file holds, under the key `winset`, everything needed to make it again:
the parameters of the base economy, the axes, the measures, the versions of the model and of the packages, and the
command line.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

import scenarios
from economy.model.payoffs import TIE
from games.errors import input_error, write_error
from games.json_values import to_json_value
from lab.atlas.atlas_columns import AtlasColumn
from lab.atlas.grid import Atlas, Page
from lab.design.array_readers import Values
from lab.store.atomic_files import sync_folder
from lab.store.provenance import package_version

PACKAGES = ("winset", "numpy", "pyarrow")
"""Packages whose versions are stored in the metadata."""


@contextmanager
def open_parquet_writer(
    path: Path | None, atlas: Atlas, command: str = ""
) -> Generator[Callable[[Page], None], None, None]:
    """Open a Parquet file for the points of an atlas, and yield a function that appends pages of points to it.

    The pages go to a temporary file in the same folder, which is flushed to disk and then renamed. An error removes the
    temporary file and leaves an older file at `path` unchanged.

    Parameters
    ----------
    path
        File to write; None discards the pages.
    atlas
        Grid whose pages are written; it gives the columns and the metadata.
    command
        Command line, for the metadata.

    Yields
    ------
    Callable
        Function that appends one page.

    Raises
    ------
    InputError
        `path` is a folder, or the file cannot be written (`StorageError` when the disk is full or broken).
    """
    if path is None:
        yield lambda _: None
        return
    if path.is_dir():
        raise input_error(f"-o {path}", "is a folder", "name a file in it, as in map.parquet")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as stream:
            with _writer(stream, atlas, command) as write:
                yield write
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as wrong:
        raise write_error(wrong, f"-o {path}", "name a file in a folder that exists") from None
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _writer(stream: Any, atlas: Atlas, command: str) -> Generator[Callable[[Page], None], None, None]:
    """Open the Parquet writer on a binary stream and yield the function that appends pages."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    schema = arrow.schema(list(_fields(arrow, atlas)), metadata={"winset": json.dumps(_made(atlas, command))})
    repeating = [field.name for field in schema if arrow.types.is_dictionary(field.type)]
    repeating += [dial.name for dial in atlas.dials]
    with parquet.ParquetWriter(stream, schema, compression="zstd", use_dictionary=repeating) as writer:

        def write(page: Page) -> None:
            columns = [_array(arrow, field, page[field.name], atlas) for field in schema]
            writer.write_table(arrow.table(columns, schema=schema), row_group_size=len(columns[0]))

        yield write


def _fields(arrow: Any, atlas: Atlas) -> Iterator[Any]:
    """Yield the Arrow fields in order, with unit and meaning as metadata."""
    word = arrow.dictionary(arrow.int8(), arrow.string())
    types = {"number": arrow.float64(), "truth": arrow.bool_(), "word": word}
    for dial in atlas.dials:
        told = {"unit": dial.entry.unit, "meaning": dial.entry.meaning}
        yield arrow.field(dial.name, arrow.float64(), nullable=False, metadata=told)
    for column in atlas.columns:
        yield arrow.field(column.name, types[column.measure.form], metadata=_told(column))


def _told(column: AtlasColumn) -> dict[str, str]:
    """Return unit and meaning of a column."""
    meaning = {"meaning": str(column.measure.definition)}
    return {"unit": str(column.unit), **meaning} if column.unit else meaning


def _array(arrow: Any, field: Any, values: Values, atlas: Atlas) -> Any:
    """Return a column as an Arrow array; NaN and the code -1 become null."""
    if arrow.types.is_dictionary(field.type):
        numbers = values.astype(np.int8)
        return arrow.DictionaryArray.from_arrays(arrow.array(numbers, mask=numbers < 0), atlas.words(field.name))
    return arrow.array(values, from_pandas=True)


def _made(atlas: Atlas, command: str) -> dict[str, Any]:
    """Return the metadata of the file."""
    return to_json_value(
        {
            "schema": "winset/atlas-file/1",
            "command": command,
            "ground": atlas.ground.name,
            "players": atlas.ground.players,
            "parameters": atlas.ground.parameters.items(),
            "dials": {dial.name: dial.values.size for dial in atlas.dials},
            "measures": atlas.measures,
            "tolerance": TIE,
            "model": scenarios.MODEL,
            "versions": {name: package_version(name) for name in PACKAGES},
        }
    )
