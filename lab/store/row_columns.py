"""Columns of the stored rows: name, type and where each value comes from.

A new column is an entry in `runs_schema` and its values in `run_columns`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.design.cases import Design, factor_columns
from lab.design.factors import Factor, Value
from lab.design.measure_catalogue import RENAMED, measures_by_kind
from lab.finished_run import Finished
from lab.store.manifest import fingerprint
from lab.store.run_ids import Ids, texts

WEIGHT = "weight"
"""Column with the number of cases of the design that are this run.

With few levels, the same point may be drawn again.
"""
KEY = b"winset"
"""Metadata key of a part; the value names the design that the part belongs to."""


class AttemptedRun(NamedTuple):
    """A finished run of a sweep and the number of the attempt, ready to be written as a row."""

    finished: Finished
    attempt: int
    """Counted from 1; 255 means 255 or more."""


class Marks(NamedTuple):
    """Values of the stored rows of a sweep that do not come from the finished runs: identities, weights, session.

    The arrays are in the order of the rows.
    """

    ids: Ids
    """(row) Run identities."""
    weights: NDArray[np.int64]
    """(row) Number of cases of the design that are this run, at least 1."""
    session: str
    """Name of the session that writes the rows."""


def runs_schema(design: Design) -> Any:
    """Return the `pyarrow.Schema` of the stored rows of a design: column names and types.

    It is the same for every Parquet file of the sweep.
    """
    arrow: Any = import_module("pyarrow")
    word = arrow.dictionary(arrow.int32(), arrow.string())
    forms = {"number": arrow.float64(), "truth": arrow.float64(), "word": word}
    known = measures_by_kind(design.kind)
    fields = [
        ("run_id", arrow.string()),
        ("number", arrow.int64()),
        *((factor.name, _type(arrow, factor)) for factor in design.factors),
        ("arm", word),
        ("replicate", arrow.int64()),
        (WEIGHT, arrow.int64()),
        ("attempt", arrow.int32()),
        ("status", word),
        *((name, forms[known[_stem(name)].form]) for name in design.measures),
        ("error_type", word),
        ("error", arrow.string()),
        ("traceback", arrow.string()),
        ("seconds", arrow.float64()),
        ("worker", arrow.int64()),
        ("session", word),
    ]
    told = json.dumps({"design": fingerprint(design), "name": design.name})
    return arrow.schema(fields, metadata={KEY: told.encode()})


def run_columns(design: Design, rows: Sequence[AttemptedRun], marks: Marks) -> dict[str, Sequence[Value]]:
    """Return the values that are written to a Parquet file for some finished runs, by column name.

    Parameters
    ----------
    design
        Design of the sweep.
    rows
        Runs that are written, at least one.
    marks
        Identities and weights of these runs, and the session that made them.

    Returns
    -------
    dict[str, Sequence[Value]]
        A sequence of the values of all rows for every column of `runs_schema`.
    """
    number, status, measured, kind, error, told, seconds, worker, _ = zip(*(row.finished for row in rows), strict=True)
    empty = (None,) * len(design.measures)
    figures = zip(*(each or empty for each in measured), strict=True)
    varied = factor_columns(design, np.array(number, dtype=np.int64))
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


def rounds_schema() -> Any:
    """Return the `pyarrow.Schema` of the stored moves of a sweep: column names and types.

    A move is one step of the talks. The moves of software and of people have the same columns.
    """
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


def _type(arrow: Any, factor: Factor) -> Any:
    return {
        "truth": arrow.bool_(),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "word": arrow.dictionary(arrow.int32(), arrow.string()),
        "mixed": arrow.string(),
    }[_form(factor)]


def _form(factor: Factor) -> str:
    """Return the column form of a factor. Levels of several types, and lists, are stored as JSON text ("mixed")."""
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


def _stem(name: str) -> str:
    """Return the name of a measure up to its first dot, as it is called now: old rows may have an old name."""
    stem = name.partition(".")[0]
    return RENAMED.get(stem, stem)
