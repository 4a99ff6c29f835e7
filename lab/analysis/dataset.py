"""Load the rows of a sweep as arrays over its design. Every analysis starts from here.

    load_dataset(folder)  ->  SweepDataset  ->  of("gain")            array (point, arm, replicate)
                                                of("class = bully")   the same shape: 1 where it holds, else 0

Runs that failed or were not made yet are NaN in these arrays. Where points are drawn among few levels, some cases
are the same run; all of them take the values of that one row.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError, input_error
from games.exact_numbers import exact, format_value
from games.messages import message
from games.short_repr import short_repr
from lab.design.cases import Design, factor_columns
from lab.design.factors import Factor, Value
from lab.design.measure_catalogue import measures_by_kind
from lab.store import manifest, parquet_parts
from lab.store.provenance import sessions
from lab.store.results import locate_rows, runs

if TYPE_CHECKING:
    import pandas as pd

Cells: TypeAlias = NDArray[Any]
"""(point, arm, replicate) values of a measure: floats, NaN where there is none; or words, None where there is none."""

POINTS_DIFFER = message(
    "The points of this design come out differently under the versions that are installed here: what was drawn is "
    "taken from its rows, and points without a row are left out."
)
"""Note for a design whose drawn points differ under the installed package versions."""

SIGNS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq}
)
"""Comparison operators by the sign that a condition uses."""
CONDITION = re.compile(r"\s*(.+?)\s*(<=|>=|==?|<|>)\s*(.+?)\s*")
"""Pattern of a condition: name of a measure, sign, value."""


class Condition(NamedTuple):
    """A statement about a measure that is true or false in each run, such as `largest_openness < 0.5`."""

    measure: str
    sign: str
    """One of `SIGNS`; `=` alone for measures that are words."""
    value: float | str

    def __str__(self) -> str:
        told = self.value if isinstance(self.value, str) else f"{self.value:g}"
        return f"{self.measure} {self.sign} {told}"


@dataclass(frozen=True, eq=False)
class SweepDataset:
    """The results of a sweep, one row for each run, together with the design of the sweep.

    Arrays of shape (point, arm, replicate) have one entry for each case of the design. A point is one combination of
    factor values, an arm a variant that is compared, a replicate a repetition with other random numbers.
    """

    __repr__ = short_repr

    folder: str
    design: Design
    mark: str
    """Hash of the design, as printed on figures."""
    frame: pd.DataFrame
    """One row for each run, even if several cases are that run; see `lab.store.results.runs`."""
    rows: NDArray[np.int64]
    """(case) position of its row in `frame`; -1 where there is none."""
    sessions: tuple[dict[str, Any], ...]
    notes: tuple[str, ...] = ()
    """Sentences about how the rows were matched with the design."""

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return the numbers of points, arms and replicates of the sweep, in this order.

        A point is one combination of factor values, an arm a variant that is compared, a replicate a repetition with
        other random numbers.
        """
        return self.design.length, len(self.design.arms), self.design.replicates

    @property
    def arms(self) -> tuple[str, ...]:
        """Return the names of the arms of the sweep, in the order of its design.

        An arm is a variant of the case that is compared with the others, such as "no levy".
        """
        return tuple(arm.name for arm in self.design.arms)

    @cached_property
    def different(self) -> int:
        """Return how many replicates (repetitions with other random numbers) of the sweep differ in their results.

        Results are compared only at points and in arms for which every replicate has a value in the measure. If there
        are none, the number of replicates of the design is returned.
        """
        points, arms, replicates = self.shape
        cells = [self._codes(name).reshape(points * arms, replicates) for name in self.design.measures]
        whole = np.concatenate(cells)
        whole = whole[~np.isnan(whole).any(axis=1)]
        return len(np.unique(whole.T, axis=0)) if len(whole) else replicates

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the names of the sweep's measures that are numbers, in its order; all other measures are words."""
        return tuple(name for name in self.design.measures if not self.is_word(name))

    @property
    def good(self) -> NDArray[np.bool_]:
        """Return, for every case of the sweep, whether it has a run that ended with the status `ok`.

        The array has the shape (point, arm, replicate).
        """
        ended = np.append((self.frame["status"] == "ok").to_numpy(dtype=bool), False)
        return ended[self.rows].reshape(self.shape)

    @property
    def failures(self) -> pd.DataFrame:
        """Return the rows of the runs that failed, whose status is not `ok`, as a data frame."""
        return self.frame[self.frame["status"] != "ok"]

    def is_word(self, name: str) -> bool:
        """Return whether the values of the measure with this name are words, such as classes of games, not numbers."""
        return measures_by_kind(self.design.kind)[name.partition(".")[0]].form == "word"

    def share(self, name: str | Condition) -> bool:
        """Return whether the mean of a measure over runs is a share.

        This is so for a condition, which is true or false in each run, and for a measure whose values are 0 or 1.
        """
        told = parse_condition(self, name) if isinstance(name, str) else name
        return told is not None or measures_by_kind(self.design.kind)[str(name).partition(".")[0]].form == "truth"

    def meaning(self, name: str) -> str:
        """Return the definition of the measure with this name, with its unit, as a text."""
        return measures_by_kind(self.design.kind)[name.partition(".")[0]].meaning

    def of(self, name: str | Condition) -> Cells:
        """Return the values of a measure in all cases of the sweep as an array of shape (point, arm, replicate).

        A condition, such as `gain > 2`, gives 1.0 where it holds, 0.0 where it does not and NaN where its measure has
        no value. Raises InputError for a measure that is not in the data.
        """
        told = parse_condition(self, name) if isinstance(name, str) else name
        if told is not None:
            return self._held(told)
        cells = self._cells(str(name))
        return cells if self.is_word(str(name)) else cells.astype(np.float64)

    def words(self, name: str) -> dict[str, int]:
        """Return how often each word occurs among the values of a measure, the most frequent first.

        Each case of the design that has a word counts once, also where several cases share the row of one run.
        """
        said = self._cells(name).ravel()
        known, counts = np.unique([word for word in said.tolist() if isinstance(word, str)], return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return {str(known[at]): int(counts[at]) for at in order.tolist()}

    def settings(self) -> dict[str, list[Value]]:
        """Return the values of the sweep's factors: a list for each factor, by its name, with one value for each point.

        A point is one combination of factor values.
        """
        points, arms, replicates = self.shape
        found = factor_columns(self.design, np.arange(points, dtype=np.int64) * (arms * replicates))
        return {factor.name: found[factor.name] for factor in self.design.factors}

    def _held(self, told: Condition) -> Cells:
        """Return a condition as an array of 1.0, 0.0 and NaN."""
        cells = self._cells(told.measure)
        there = np.array([each == each and each is not None for each in cells.ravel().tolist()]).reshape(cells.shape)  # noqa: PLR0124
        held = np.full(cells.shape, np.nan)
        held[there] = SIGNS[told.sign](cells[there], told.value).astype(float)
        return held

    def _codes(self, name: str) -> NDArray[np.float64]:
        """Return a measure as numbers; a word becomes its position among the words of the measure."""
        cells = self.of(name)
        if not self.is_word(name):
            return cells.astype(np.float64)
        places = {word: float(at) for at, word in enumerate(self.words(name))}
        return np.array([places.get(word, np.nan) for word in cells.ravel().tolist()]).reshape(cells.shape)

    def _cells(self, name: str) -> Cells:
        """Return the raw values of a measure; None (words) or NaN (numbers) where no run ended with the status `ok`."""
        if name not in self.design.measures:
            raise input_error(name, "was not measured", f"write one of: {', '.join(self.design.measures)}")
        column: Any = self.frame[name]
        if self.is_word(name):
            values = np.array([*column.astype(object).where(column.notna(), None).tolist(), None], dtype=object)
        else:
            values = np.append(column.to_numpy(dtype=np.float64, na_value=np.nan), np.nan)
        cells = values[self.rows].reshape(self.shape)
        cells[~self.good] = None if self.is_word(name) else np.nan
        return cells


def load_dataset(folder: parquet_parts.Folder) -> SweepDataset:
    """Load the results of a sweep (one row for each run) and its design from the folder of the sweep.

    No lock is taken, so a sweep can write at the same time. Rows of another version of the model are refused, because
    the measures of this version have other definitions; `lab.results` reads them as they are.

    Parameters
    ----------
    folder
        Folder of the sweep.

    Returns
    -------
    SweepDataset
        Rows and design.

    Raises
    ------
    InputError
        The folder holds no sweep.
    StoreMismatch
        The rows were made with another version of the model.
    StoreDamaged
        A Parquet part is damaged.
    """
    home = parquet_parts.resolve_folder(folder)
    told = manifest.read_manifest(home)
    manifest.check_same_model(home, told)
    design = manifest.restore_design(told)
    frame, alike = runs(home), manifest.draws_same_points(told, design)
    return SweepDataset(
        folder=str(home),
        design=design,
        mark=str(told.get("fingerprint") or manifest.fingerprint(design)),
        frame=frame,
        rows=locate_rows(design, frame, alike=alike),
        sessions=tuple(sessions(home)),
        notes=() if alike else (POINTS_DIFFER,),
    )


def arm_position(found: SweepDataset, arm: str, place: str = "arm") -> int:
    """Return the position of an arm (a variant of the case that is compared) among the arms of a sweep.

    Parameters
    ----------
    found
        Data of a sweep.
    arm
        Name of an arm.
    place
        Name of the argument that names the arm, for the error.

    Returns
    -------
    int
        The position, from 0.

    Raises
    ------
    InputError
        The sweep has no such arm.
    """
    if arm not in found.arms:
        raise input_error(place, f"{arm!r} is no arm", f"write one of: {', '.join(found.arms)}")
    return found.arms.index(arm)


def parse_condition(harvest: SweepDataset, text: str) -> Condition | None:
    """Parse a condition on a measure of a sweep, such as `largest_openness < 0.5`, into a `Condition`.

    Returns None for the bare name of a measure, and for a text without a comparison sign. Raises InputError for
    a measure that is not in the data, for a word that is compared by size, and for a value that is not a number where
    the measure is one.
    """
    found = CONDITION.fullmatch(text)
    if text in harvest.design.measures or found is None:
        return None
    name, sign, value = found[1], found[2][0] if found[2] == "==" else found[2], found[3]
    if name not in harvest.design.measures:
        raise input_error(text, f"{name} was not measured", f"write one of: {', '.join(harvest.design.measures)}")
    if harvest.is_word(name):
        if sign != "=":
            raise input_error(text, f"{name} is a word and has no size", f"write {name} = {value}")
        return Condition(name, sign, value)
    try:
        return Condition(name, sign, float(exact(value)))
    except InputError:
        raise input_error(
            text, f"{format_value(value)} is no number, and {name} is one", f"as in {name} {sign} 0.5"
        ) from None


def is_ordered(factor: Factor) -> bool:
    """Return whether the values of a factor of a design have an order: a range, or levels that are all numbers."""
    return all(isinstance(level, int | float) and not isinstance(level, bool) for level in factor.levels)
