"""Rows on their way back from a worker: a thousand numbers in one column travel for the price of a few rows.

rows -> bind -> Sheaf, through a pipe or a network -> loose -> the same rows
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from lab.design.measure_catalogue import Figure
from lab.record import Finished

Cells: TypeAlias = Sequence[Figure]


class Sheaf(NamedTuple):
    """The rows of one chunk, all from one worker."""

    numbers: NDArray[np.int64]
    """(row) of the cases."""
    figures: tuple[Cells, ...]
    """By measure: what it was in the plain rows, those that ended well and kept no moves."""
    seconds: Sequence[float]
    """By plain row."""
    worker: int
    odd: dict[int, Finished]
    """All other rows as they are, by their place."""


def bind(numbers: NDArray[np.int64], rows: Sequence[Finished]) -> Sheaf:
    """Bind the rows of these cases, which stand in the same order."""
    odd = {place: row for place, row in enumerate(rows) if row.status != "ok" or row.steps}
    plain = [row for place, row in enumerate(rows) if place not in odd] if odd else rows
    figures = tuple(_column(cells) for cells in zip(*[row.measures for row in plain], strict=True))
    seconds = array("d", [row.seconds for row in plain])
    return Sheaf(numbers, figures, seconds, plain[0].worker if plain else 0, odd)


def loose(sheaf: Sheaf) -> list[Finished]:
    """The rows of a sheaf."""
    numbers, figures, seconds, worker, odd = sheaf
    named: list[int] = numbers.tolist()
    if odd:
        named = [number for place, number in enumerate(named) if place not in odd]
    measures: Iterable[tuple[Figure, ...]] = zip(*figures, strict=True) if figures else repeat(())
    nothing = repeat(None)
    rows = list(map(Finished, named, repeat("ok"), measures, nothing, nothing, nothing, seconds, repeat(worker)))
    for place, row in sorted(odd.items()):
        rows.insert(place, row)
    return rows


def _column(cells: tuple[Figure, ...]) -> Cells:
    return array("d", cast("tuple[float, ...]", cells)) if set(map(type, cells)) == {float} else cells
