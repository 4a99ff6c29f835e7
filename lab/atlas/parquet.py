"""An atlas as one Parquet file: written page by page, there as a whole or not at all.

A page is a row group. The file's metadata holds, under the key `winset`, everything that made it: the ground's
parameters, the dials, the measures, the versions of the model and of the packages, and the command line.
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
from games.errors import refuse, unwritten
from games.json_values import plain
from lab.atlas.grid import Atlas, Page
from lab.atlas.measures import Column, Values
from lab.store.atomic_files import commit
from lab.store.provenance import installed

PACKAGES = ("winset", "numpy", "pyarrow")


@contextmanager
def filed(path: Path | None, atlas: Atlas, command: str = "") -> Generator[Callable[[Page], None], None, None]:
    """Somebody to hand pages to, who writes them; without a path they go nowhere.

    The file is written beside its place under another name, brought to the disk, and then put in place, all of it at
    once. Whatever happens before that takes the unfinished file away. InputError where the folder or the disk refuses.
    """
    if path is None:
        yield lambda _: None
        return
    if path.is_dir():
        raise refuse(f"-o {path}", "is a folder", "name a file in it, as in map.parquet")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("xb") as stream:
            with _writer(stream, atlas, command) as write:
                yield write
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
        commit(path.parent)
    except OSError as wrong:
        raise unwritten(wrong, f"-o {path}", "name a file in a folder that exists") from None
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _writer(stream: Any, atlas: Atlas, command: str) -> Generator[Callable[[Page], None], None, None]:
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
    """The columns in order, each with its unit and meaning as metadata."""
    word = arrow.dictionary(arrow.int8(), arrow.string())
    types = {"number": arrow.float64(), "truth": arrow.bool_(), "word": word}
    for dial in atlas.dials:
        told = {"unit": dial.entry.unit, "meaning": dial.entry.meaning}
        yield arrow.field(dial.name, arrow.float64(), nullable=False, metadata=told)
    for column in atlas.columns:
        yield arrow.field(column.name, types[column.kind], metadata=_told(column))


def _told(column: Column) -> dict[str, str]:
    return {"meaning": column.meaning} if column.unit is None else {"unit": column.unit, "meaning": column.meaning}


def _array(arrow: Any, field: Any, values: Values, atlas: Atlas) -> Any:
    """A column for Arrow: NaN and the word -1 become null."""
    if arrow.types.is_dictionary(field.type):
        numbers = values.astype(np.int8)
        return arrow.DictionaryArray.from_arrays(arrow.array(numbers, mask=numbers < 0), atlas.words(field.name))
    return arrow.array(values, from_pandas=True)


def _made(atlas: Atlas, command: str) -> dict[str, Any]:
    """Everything that made the file."""
    return plain(
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
            "versions": {name: installed(name) for name in PACKAGES},
        }
    )
