"""`verify`: some finished runs of a sweep, made again and held against their rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, cast

import numpy as np

from agents.random_streams import stream
from games.json_values import plain
from lab.design.cases import Design
from lab.design.measure_catalogue import Figure
from lab.record import Finished
from lab.runs.single_run import Bench
from lab.store.parquet_parts import Folder
from lab.store.results import runs, stored

NEAR = 1e-9
"""How far a figure may be from its row, relative or absolute: processors differ in the last bits."""


class Worker(Protocol):
    """What makes runs again."""

    def run(self, number: int) -> Finished:
        """Make the run of that case."""
        ...


class Difference(NamedTuple):
    """A figure that came out otherwise."""

    run_id: str
    measure: str
    row: Figure
    again: Figure
    """None, too, where the run failed this time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether rows come out again."""

    checked: int
    """Runs that were made again."""
    identical: int
    """Of these, to the last bit."""
    differences: tuple[Difference, ...]
    """Figures farther from their row than `NEAR`."""

    @property
    def ok(self) -> bool:
        """Whether all of them came out again."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """The verdict as `winset verify --json` prints it."""
        return plain(
            {
                "schema": "winset/verify/1",
                "ok": self.ok,
                "checked": self.checked,
                "identical": self.identical,
                "tolerance": NEAR,
                "differences": [each._asdict() for each in self.differences],
            }
        )


def verify(folder: Folder, n: int = 20, make: Callable[[Design], Worker] = Bench) -> Verdict:
    """Make some finished runs again, drawn by the design's seed, and hold them against their rows."""
    design, frame = stored(folder), runs(folder)
    good = frame[frame["status"] == "ok"]
    drawn = stream(design.seed, 0, "verify").permutation(len(good))[:n]
    worker, found, identical = make(design), list[Difference](), 0
    for row in cast("list[dict[str, Any]]", good.iloc[np.sort(drawn)].to_dict("records")):
        same, apart = held(design, row, worker.run(row["number"]))
        identical += same
        found += apart
    return Verdict(len(drawn), identical, tuple(found))


def held(design: Design, row: Mapping[str, Any], again: Finished) -> tuple[bool, list[Difference]]:
    """A run made again against its row, which ended well: whether every figure is the same bit by bit; what differs."""
    figures = dict(zip(design.measures, again.measures, strict=False))
    pairs = [(name, figure(row[name]), figures.get(name)) for name in design.measures]
    apart = [Difference(row["run_id"], *pair) for pair in pairs if again.status != "ok" or not _near(*pair[1:])]
    return again.status == "ok" and all(old == new for _, old, new in pairs), apart


def figure(cell: Any) -> Figure:
    """A cell of a table as a run has told it: what is empty there was None."""
    return None if cell is None or cell != cell else cell  # noqa: PLR0124 - NaN alone differs from itself


def _near(old: Figure, new: Figure) -> bool:
    if isinstance(old, float | int) and isinstance(new, float | int):
        return math.isclose(old, new, rel_tol=NEAR, abs_tol=NEAR)
    return old == new
