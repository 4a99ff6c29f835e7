"""Column-wise batches of finished rows, cheap to pickle: a column of numbers is one array.

rows -> `pack_rows` -> `RowBatch`, through a pipe or a network -> `unpack_rows` -> the same rows
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from lab.design.measure import MeasureValue
from lab.finished_run import Finished

Cells: TypeAlias = Sequence[MeasureValue]
"""Values of one measure, by plain row."""


class RowBatch(NamedTuple):
    """Batch of the rows of finished runs, stored by column, so that it is cheap to pickle and to send.

    All rows come from one worker. Rows of runs that failed or keep moves are stored as they are; all others are plain
    rows.
    """

    numbers: NDArray[np.int64]
    """(row) Numbers of the cases."""
    figures: tuple[Cells, ...]
    """By measure: its values in the plain rows."""
    seconds: Sequence[float]
    """By plain row: wall-clock time of the run."""
    worker: int
    """Process id; 0 if there are no plain rows."""
    odd: dict[int, Finished]
    """All other rows, by their position."""


def pack_rows(numbers: NDArray[np.int64], rows: Sequence[Finished]) -> RowBatch:
    """Pack the rows of finished runs into one batch that is cheap to send from a worker to its parent.

    `numbers` are the numbers of their cases in the design; `rows` must be in the same order.
    """
    odd = {place: row for place, row in enumerate(rows) if row.status != "ok" or row.steps}
    plain = [row for place, row in enumerate(rows) if place not in odd] if odd else rows
    figures = tuple(_column(cells) for cells in zip(*[row.measures for row in plain], strict=True))
    seconds = array("d", [row.seconds for row in plain])
    return RowBatch(numbers, figures, seconds, plain[0].worker if plain else 0, odd)


def unpack_rows(sheaf: RowBatch) -> list[Finished]:
    """Return the rows of finished runs in a batch, in the order in which they were packed."""
    numbers, figures, seconds, worker, odd = sheaf
    named: list[int] = numbers.tolist()
    if odd:
        named = [number for place, number in enumerate(named) if place not in odd]
    measures: Iterable[tuple[MeasureValue, ...]] = zip(*figures, strict=True) if figures else repeat(())
    nothing = repeat(None)
    rows = list(map(Finished, named, repeat("ok"), measures, nothing, nothing, nothing, seconds, repeat(worker)))
    for place, row in sorted(odd.items()):
        rows.insert(place, row)
    return rows


def _column(cells: tuple[MeasureValue, ...]) -> Cells:
    return array("d", cast("tuple[float, ...]", cells)) if set(map(type, cells)) == {float} else cells
