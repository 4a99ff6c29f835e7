"""A design: the cases that a sweep runs, computed one at a time and never stored as a list.

    points x arms x replicates  ->  cases, numbered from 0; the replicate varies fastest, then the arm

A case is computed from its number alone. So a design of a million runs needs no more memory than its file or, if its
points are drawn, than one array of points.
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
from games.display import format_count, table_html
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
"""Columns of every table of rows. No factor and no measure may have one of these names."""


MOST_SHOWN = 4
"""Largest number of factors, arms and measures that a repr lists."""


class Case(NamedTuple):
    """One case of a design, that is one run: a combination of factor values, an arm (variant) and a replicate."""

    number: int
    """Its number in the design, from 0."""
    point: int
    """The number of its point, from 0."""
    arm: str
    """The name of its arm."""
    replicate: int
    """The number of its replicate, from 0."""
    settings: Settings
    """The keys that are changed in the scenario: the factors' values, then the arm's overrides."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The design of a sweep, checked and complete: which runs the sweep makes, and what is measured in each.

    It holds the tables of the scenario, so that no file is read again.

    `lab.design.reader.plan` reads a design from a file. A design can be pickled and sent to workers.
    """

    name: str
    """The file's name without its ending."""
    scenario: str
    """As on the command line: a library name, a corridor, or a path."""
    draft: Draft
    kind: Kind
    method: Method
    factors: tuple[Factor, ...]
    arms: tuple[Arm, ...]
    """At least one."""
    replicates: int
    seed: int
    """Seed of all random numbers of all runs."""
    measures: tuple[str, ...]
    """Names of the measures, each of which becomes a column; see `lab.design.measure_catalogue`."""
    points: int
    """As written in the file: points, base points or trajectories of a drawn design; 0 for grids and lists."""
    places: Array | None
    """Shape (points, factors) if drawn: a number of the range, or the index of a level. None for grids and lists."""
    trace: bool = False
    """Whether every move of every talk is stored."""

    def __repr__(self) -> str:
        """A headline, the factors, the arms and the measures, a line each."""
        return visible(
            "\n".join([self._headline(), *(f"  {name}: {told}" for name, told in self._axes())]), breaks=True
        )

    def _repr_html_(self) -> str:
        """The same as a table of the factors."""
        return table_html(self._headline(), ("Factor", "Values"), self._axes())

    def _headline(self) -> str:
        sizes = (
            format_count(self.length, "point", "points"),
            format_count(len(self.arms), "arm", "arms"),
            format_count(self.replicates, "replicate", "replicates"),
        )
        return (
            f"{self.name}: {self.kind} {scenario_label(self)}, {self.method}, {' x '.join(sizes)}, {self.count:,} cases"
        )

    def _axes(self) -> list[tuple[str, str]]:
        """Pairs of a label and its text: the first factors with their values, the arms, and the measures."""
        factors = [
            (each.name, f"{len(each.levels)} values" if each.levels else f"{each.low:g} to {each.high:g}")
            for each in self.factors
        ]
        shown = [*factors[:MOST_SHOWN], *([("and more", str(len(factors) - MOST_SHOWN))] * (len(factors) > MOST_SHOWN))]
        arms = ", ".join(arm.name for arm in self.arms[:MOST_SHOWN])
        return [*shown, ("arms", arms), ("measures", ", ".join(self.measures[:MOST_SHOWN]))]

    @property
    def length(self) -> int:
        """Return the number of points of this design. A point is one combination of factor values."""
        if self.places is not None:
            return len(self.places)
        sizes = [len(factor.levels) for factor in self.factors]
        if self.method == "list":
            return sizes[0] if sizes else 1
        return math.prod(sizes)

    @property
    def different(self) -> int:
        """Return the number of distinct points of this design. A point is one combination of factor values.

        It is below `length` where a drawn design repeats points, because its factors have few levels.
        """
        if self.places is None or not self.factors:
            return self.length
        axes = [_first(factor, self.places[:, at]) for at, factor in enumerate(self.factors)]
        return len(np.unique(np.stack(axes, axis=1), axis=0))

    @property
    def runs(self) -> int:
        """Return the number of distinct runs of this design: distinct points x arms x replicates.

        A point is one combination of factor values, an arm a variant that is compared, a replicate a repetition with
        other random numbers.
        """
        return self.different * len(self.arms) * self.replicates

    @property
    def count(self) -> int:
        """Return the number of cases of this design: points x arms x replicates.

        A point is one combination of factor values, an arm a variant that is compared, a replicate a repetition with
        other random numbers. Some cases may be identical where a drawn design has few levels.
        """
        return self.length * len(self.arms) * self.replicates


def _first(factor: Factor, places: Array) -> Array:
    """Positions on an axis, with a level that is written twice at the first of its positions."""
    told = [repr(level) for level in factor.levels]
    return np.array([told.index(each) for each in told])[places.astype(np.int64)] if told else places


def scenario_label(design: Design) -> str:
    """Return the name of a design's scenario as a text; of a path, only the name of the file, without its folder."""
    return design.scenario.replace("\\", "/").rpartition("/")[2]


def case(design: Design, number: int) -> Case:
    """Return the case of a design (one combination of factor values, arm and replicate) that has this number.

    Parameters
    ----------
    design
        The design.
    number
        Number of the case, from 0 to `design.count` - 1.

    Returns
    -------
    Case
        The case: its number, point, arm, replicate, and the settings that are changed in the scenario.

    Raises
    ------
    IndexError
        If `number` is outside the design.
    """
    if not 0 <= number < design.count:
        raise IndexError(f"there is no case {number} among {design.count}")
    rest, replicate = divmod(number, design.replicates)
    point, place = divmod(rest, len(design.arms))
    arm = design.arms[place]
    settings = {
        factor.key: factor.value(at) for factor, at in zip(design.factors, axis_positions(design, point), strict=True)
    }
    settings.update(arm.settings)
    return Case(number, point, arm.name, replicate, settings)


def factor_columns(design: Design, numbers: NDArray[np.int64]) -> dict[str, list[Value]]:
    """Return the factor values, arms and replicates of many cases of a design as columns.

    The keys are the names of the factors, then `arm` and `replicate`. Each column is a list in the order of `numbers`,
    the numbers of the cases (one dimension).
    """
    rest, replicates = np.divmod(numbers, design.replicates)
    points, places = np.divmod(rest, len(design.arms))
    found = {factor.name: _column(design, place, points) for place, factor in enumerate(design.factors)}
    names = [arm.name for arm in design.arms]
    return found | {"arm": [names[place] for place in places.tolist()], "replicate": replicates.tolist()}


def rerun_command(design: Design, case: Case) -> str:
    """Return the command line that makes one run of a sweep again, without the sweep.

    Parameters
    ----------
    design
        The design of the case.
    case
        One of its cases.

    Returns
    -------
    str
        `winset analyse` or `winset simulate` with `--seed`, `--replicate` and `--set` as needed, quoted for a shell.
    """
    words = ["winset", design.kind, design.scenario]
    if design.kind == "simulate":
        words += ["--seed", str(design.seed), "--replicate", str(case.replicate)]
    for key, value in case.settings.items():
        words += ["--set", f"{key}={format_setting(value)}"]
    return shlex.join(words)


def format_setting(value: Value) -> str:
    """Return the value of a setting as a text that the option `--set KEY=VALUE` reads back.

    Text stays as it is; every other value is written as in a TOML file. `value` is as `normalise_value` returns it.
    """
    if isinstance(value, dict):
        table = cast("dict[str, Any]", value)
        return "{" + ", ".join(f"{json.dumps(key)} = {_quoted(item)}" for key, item in table.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(item) for item in cast("list[Any]", value)) + "]"
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _quoted(value: Value) -> str:
    """A value inside a list or table: text in quotation marks, else as `format_setting`."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else format_setting(value)


def axis_positions(design: Design, point: int) -> Sequence[float]:
    """Return the position of one point (a combination of factor values) on the axis of every factor of a design.

    `point` is the number of the point, from 0. A position is the index of a level, or for a range the value itself.
    """
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
    """The values of one factor at many points."""
    factor = design.factors[place]
    if design.places is not None:
        return factor.values(design.places[points, place])
    levels = len(factor.levels)
    return factor.values(points if design.method == "list" else points // _stride(design, place) % levels)


def _stride(design: Design, place: int) -> int:
    """Number of points until a factor of a grid moves to its next level. The last factor varies fastest."""
    return math.prod(len(factor.levels) for factor in design.factors[place + 1 :])
