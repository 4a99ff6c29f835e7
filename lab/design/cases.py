"""A design: which runs a sweep is made of, told one by one and never held all at once.

    points x arms x replicates  ->  cases, numbered from 0; the replicate turns fastest, then the arm

A case is worked out from its number alone: a design of a million runs takes no more memory than its file, or, if
its points are drawn, than one array of them.
"""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array
from games.display import counted, table_html
from games.visible_text import visible
from lab.design.factors import Arm, Factor, Settings, Value
from lab.design.sampling import Method
from scenarios.reading.draft import Draft

Kind = Literal["analyse", "simulate"]
KINDS: tuple[Kind, ...] = ("analyse", "simulate")

RESERVED = (
    *("run_id", "number", "arm", "replicate", "weight", "attempt", "status"),
    *("error_type", "error", "traceback", "seconds", "worker", "session"),
)
"""Columns of every table of rows, which no factor and no measure may be called."""


MOST_SHOWN = 4
"""Factors, arms and measures that a repr names."""


class Case(NamedTuple):
    """One run of a design."""

    number: int
    """Its place in the design, from 0."""
    point: int
    arm: str
    replicate: int
    settings: Settings
    """What is changed in the scenario: the factors' values, then the arm's overrides."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What a sweep runs; checked, and whole in itself: it carries the scenario's tables, and no file is read again.

    `lab.design.reader.plan` reads one from a file; it travels to workers and back as it is.
    """

    name: str
    """The file's name without its ending."""
    scenario: str
    """As the command line takes it: a library name, a corridor, or a path."""
    draft: Draft
    kind: Kind
    method: Method
    factors: tuple[Factor, ...]
    arms: tuple[Arm, ...]
    """At least one."""
    replicates: int
    seed: int
    """Root of every random number of every run."""
    measures: tuple[str, ...]
    """Columns to be measured, by their names in `lab.design.measures`."""
    points: int
    """As written: base points or trajectories of a drawn design; 0 for grids and lists."""
    places: Array | None
    """(point, factor) of a drawn design: a number of the range, or the number of a level. None for grids, lists."""
    trace: bool = False
    """Whether every move of every talk is kept."""

    def __repr__(self) -> str:
        """What it runs, how often, and what it measures."""
        return visible(
            "\n".join([self._headline(), *(f"  {name}: {told}" for name, told in self._axes())]), breaks=True
        )

    def _repr_html_(self) -> str:
        """The same as a table of its factors."""
        return table_html(self._headline(), ("Factor", "Values"), self._axes())

    def _headline(self) -> str:
        sizes = (
            counted(self.length, "point", "points"),
            counted(len(self.arms), "arm", "arms"),
            counted(self.replicates, "replicate", "replicates"),
        )
        return f"{self.name}: {self.kind} {subject(self)}, {self.method}, {' x '.join(sizes)}, {self.count:,} cases"

    def _axes(self) -> list[tuple[str, str]]:
        """Every factor with its values, the arms, and the measures."""
        factors = [
            (each.name, f"{len(each.levels)} values" if each.levels else f"{each.low:g} to {each.high:g}")
            for each in self.factors
        ]
        shown = [*factors[:MOST_SHOWN], *([("and more", str(len(factors) - MOST_SHOWN))] * (len(factors) > MOST_SHOWN))]
        arms = ", ".join(arm.name for arm in self.arms[:MOST_SHOWN])
        return [*shown, ("arms", arms), ("measures", ", ".join(self.measures[:MOST_SHOWN]))]

    @property
    def length(self) -> int:
        """Number of points."""
        if self.places is not None:
            return len(self.places)
        sizes = [len(factor.levels) for factor in self.factors]
        if self.method == "list":
            return sizes[0] if sizes else 1
        return math.prod(sizes)

    @property
    def different(self) -> int:
        """Number of points that differ from each other: where levels are few, some points are drawn again."""
        if self.places is None or not self.factors:
            return self.length
        axes = [_first(factor, self.places[:, at]) for at, factor in enumerate(self.factors)]
        return len(np.unique(np.stack(axes, axis=1), axis=0))

    @property
    def runs(self) -> int:
        """Number of cases that are runs of their own."""
        return self.different * len(self.arms) * self.replicates

    @property
    def count(self) -> int:
        """Number of cases; some may be alike where points are drawn among few levels."""
        return self.length * len(self.arms) * self.replicates


def _first(factor: Factor, places: Array) -> Array:
    """Places on an axis, where a level that is written twice stands at the first of its places."""
    told = [repr(level) for level in factor.levels]
    return np.array([told.index(each) for each in told])[places.astype(np.int64)] if told else places


def subject(design: Design) -> str:
    """What a design runs, without the way to its file on this machine."""
    return design.scenario.replace("\\", "/").rpartition("/")[2]


def case(design: Design, number: int) -> Case:
    """The case of that number; IndexError outside the design."""
    if not 0 <= number < design.count:
        raise IndexError(f"there is no case {number} among {design.count}")
    rest, replicate = divmod(number, design.replicates)
    point, place = divmod(rest, len(design.arms))
    arm = design.arms[place]
    settings = {factor.key: factor.value(at) for factor, at in zip(design.factors, places(design, point), strict=True)}
    settings.update(arm.settings)
    return Case(number, point, arm.name, replicate, settings)


def columns(design: Design, numbers: NDArray[np.int64]) -> dict[str, list[Value]]:
    """Factors by name, `arm` and `replicate` of many cases at once, a list each."""
    rest, replicates = np.divmod(numbers, design.replicates)
    points, places = np.divmod(rest, len(design.arms))
    found = {factor.name: _column(design, place, points) for place, factor in enumerate(design.factors)}
    names = [arm.name for arm in design.arms]
    return found | {"arm": [names[place] for place in places.tolist()], "replicate": replicates.tolist()}


def command(design: Design, case: Case) -> str:
    """The command line that makes one run again, without the sweep."""
    words = ["winset", design.kind, design.scenario]
    if design.kind == "simulate":
        words += ["--seed", str(design.seed), "--replicate", str(case.replicate)]
    for key, value in case.settings.items():
        words += ["--set", f"{key}={written(value)}"]
    return shlex.join(words)


def written(value: Value) -> str:
    """A value in normal form as `--set` reads it back: bare text, else TOML."""
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        return "{" + ", ".join(f"{json.dumps(key)} = {_quoted(item)}" for key, item in table.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(item) for item in cast("list[Any]", value)) + "]"
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _quoted(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else written(value)


def places(design: Design, point: int) -> Sequence[float]:
    """The place of a point on every factor's axis."""
    if design.places is not None:
        return cast("list[float]", design.places[point].tolist())
    if design.method == "list":
        return [point] * len(design.factors)
    found: list[float] = []
    for factor in reversed(design.factors):
        point, place = divmod(point, len(factor.levels))
        found.append(place)
    return found[::-1]


def _column(design: Design, place: int, points: NDArray[np.int64]) -> list[Value]:
    """What one factor is at many points."""
    factor = design.factors[place]
    if design.places is not None:
        return factor.values(design.places[points, place])
    levels = len(factor.levels)
    return factor.values(points if design.method == "list" else points // _stride(design, place) % levels)


def _stride(design: Design, place: int) -> int:
    """Points until a factor of a grid turns to its next level; the last factor turns fastest."""
    return math.prod(len(factor.levels) for factor in design.factors[place + 1 :])
