"""Execute many cases of a design at once with the array solver. The rows equal those of single runs.

A design qualifies if its kind is `analyse`, its settings change only numeric parameters of the economy, and its
measures come from the derived game and its accounts. Then no scenario is read per run. Before this is used, some cases
of the design are read in full, and their economies are compared with the array version. A case with a parameter
outside its limits is executed as a single run, and its row holds the error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from economy.parameters import Real, entries
from games.errors import InputError
from games.two_by_two.taxonomy import CLASSES
from lab.design.array_readers import ARRAY_READERS, EconomyBatch
from lab.design.cases import Design, case, factor_columns
from lab.design.measure import MeasureValue
from lab.design.measure_columns import MeasureColumn, measures
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.runs.worker import CaseRunner, Numbers
from scenarios.valuation import require_economy

DIAL = "economy."
"""Prefix of the keys of numeric parameters of the economy."""
WITNESSES = 5
"""Number of cases, spread over the design, that are read in full before the array solver is used."""

MAY_BE_EMPTY = frozenset(
    {
        *("remedy", "levy_low", "levy_high", "largest_openness"),
        *("limit_both", "limit_self_enforcing", "limit_with_levy"),
    }
)
"""Measures for which NaN of an array reader is an empty value and not a fault."""

Figures: TypeAlias = list[MeasureValue]
"""Values of one measure, by case."""


def create_runner(design: Design) -> CaseRunner:
    """Return an object that executes the runs of a design.

    It is an `ArrayRunner`, which computes many runs at once, if that gives the same rows; otherwise a `SingleRunner`.
    """
    return ArrayRunner(design) if is_vectorisable(design) else SingleRunner(design)


def is_vectorisable(design: Design) -> bool:
    """Return whether the array solver, which computes many runs at once, can execute a design.

    Its kind, settings and measures must be suitable, and a few test cases must give the same economy as when they are
    read one by one.
    """
    keys = {factor.key for factor in design.factors} | {key for arm in design.arms for key, _ in arm.settings}
    if design.kind != "analyse" or design.trace or not all(_dial(key) for key in keys):
        return False
    stems = {name.partition(".")[0] for name in design.measures}
    if not stems <= ARRAY_READERS.keys() or not _numeric(design):
        return False
    return all(_agrees(design, int(number)) for number in np.linspace(0, design.count - 1, WITNESSES))


class ArrayRunner:
    """Executes the runs of a suitable design, many at a time, with the array solver.

    A case that the array solver cannot compute is executed as a single run.
    """

    def __init__(self, design: Design) -> None:
        """Read the scenario without settings, and look up the measures."""
        self._design, self._bench = design, SingleRunner(design)
        self._columns = measures(design)
        self._scenario = design.draft.read(())
        self._ground = require_economy(self._scenario)
        self._words: dict[str, tuple[str | None, ...]] = {
            "class": CLASSES,
            "class_player": (*self._scenario.parties, None),
        }

    def run(self, number: int) -> Finished:
        """Execute the run of the case with this number in the design, and return its row with the measures."""
        return self.batch(np.array([number]))[0]

    def batch(self, numbers: Numbers) -> list[Finished]:
        """Execute the cases with these numbers, many at once; return one row for each, in the order of `numbers`."""
        began = time.perf_counter()
        dials, sound = self._dials(numbers)
        try:
            rows = self._solved(numbers[sound], {name: values[sound] for name, values in dials.items()}, began)
        except Exception:  # noqa: BLE001 - some case fails; run each alone to find which
            sound, rows = np.zeros(len(numbers), dtype=bool), []
        told, solved = sound.tolist(), iter(rows)
        return [
            next(solved) if fine else self._bench.run(number)
            for number, fine in zip(numbers.tolist(), told, strict=True)
        ]

    def _dials(self, numbers: Numbers) -> tuple[dict[str, Any], Any]:
        """Return (case) the changed parameters by name, and (case) whether all of them are within their limits."""
        found, sound = dict[str, Any](), np.ones(len(numbers), dtype=bool)
        for name, values in _settings(self._design, self._ground.items(), numbers).items():
            entry = entries()[name]
            found[name] = np.array(values, dtype=float)
            sound &= (found[name] >= entry.low) & (found[name] <= entry.high)
        return found, sound

    def _solved(self, numbers: Numbers, dials: Mapping[str, Any], began: float) -> list[Finished]:
        if not len(numbers):
            return []
        parameters = self._ground.replace(**dials)
        if not dials:
            parameters = parameters.replace(gap=np.full(len(numbers), float(parameters.gap)))
        batch = EconomyBatch(parameters, len(numbers), self._ground)
        figures = [self._figures(column, batch) for column in self._columns]
        each = (time.perf_counter() - began) / len(numbers)
        rows = zip(*figures, strict=True) if figures else ((),) * len(numbers)
        return [
            Finished(number, "ok", row, seconds=each, worker=os.getpid())
            for number, row in zip(numbers.tolist(), rows, strict=True)
        ]

    def _figures(self, column: MeasureColumn, batch: EconomyBatch) -> Figures:
        measure = column.measure
        values = ARRAY_READERS[measure.stem](batch, column.at)
        if measure.form == "word":
            return [self._words[measure.stem][code] for code in values.tolist()]
        values = values.astype(float)
        found = values.tolist()
        if np.isfinite(values).all():
            return found
        if measure.stem not in MAY_BE_EMPTY or np.isinf(values).any():
            raise ValueError(f"the measure {column.name} is no finite number somewhere")
        return [None if gap else each for each, gap in zip(found, np.isnan(values).tolist(), strict=True)]


def _dial(key: str) -> bool:
    return key.startswith(DIAL) and key.removeprefix(DIAL) in entries()


def _numeric(design: Design) -> bool:
    levels = [level for factor in design.factors for level in factor.levels]
    settings = [value for arm in design.arms for _, value in arm.settings]
    return all(type(value) in (int, float) for value in (*levels, *settings))


def _settings(design: Design, ground: Mapping[str, Real], numbers: Numbers) -> dict[str, list[float]]:
    """Return, by parameter, its values in these cases.

    An arm's value overrides a factor's; the default is that of `ground`.
    """
    filled = factor_columns(design, numbers)
    found = {factor.key.removeprefix(DIAL): filled[factor.name] for factor in design.factors}
    arms = {arm.name: dict(arm.settings) for arm in design.arms}
    for key in {key for settings in arms.values() for key in settings}:
        name = key.removeprefix(DIAL)
        before = found.get(name, [float(ground[name])] * len(numbers))
        found[name] = [arms[arm].get(key, old) for arm, old in zip(filled["arm"], before, strict=True)]
    return found


def _agrees(design: Design, number: int) -> bool:
    """Return whether one case, read in full, differs from the scenario only in its parameters.

    A case that cannot be read counts as agreeing, because it is executed as a single run later.
    """
    try:
        full, bare = design.draft.read(case(design, number).settings.items()), design.draft.read(())
    except InputError:
        return True
    if full.parameters is None or bare.parameters is None or full.game is not None or full.has_points:
        return False
    settings = _settings(design, bare.parameters.items(), np.array([number]))
    moved = {name: float(values[0]) for name, values in settings.items()}
    return full.parameters == bare.parameters.replace(**moved) and full.parties == bare.parties
