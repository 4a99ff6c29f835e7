"""Execute many cases of a design at once with the array solver. The rows equal those of single runs.

A design qualifies if its kind is `analyse`, its settings change only numeric parameters of the economy, and its
measures come from the derived game and its accounts. Then no scenario is read per run. Before this is used, some cases
of the design are read in full, and their economies are compared with the array version. A case with a parameter
outside its limits is executed as a single run, and its row holds the error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from economy.model.accounts import accounts
from economy.model.payoffs import TIE, Stakes, agreement, solve_bilateral
from economy.parameters import Parameters, Real, entries
from economy.policy.largest_openness import both_gain, largest_openness, self_enforcing
from games.errors import InputError
from games.two_by_two.batch import CLASSES, BatchSolutions, solve_many
from lab.design.cases import Design, case, factor_columns
from lab.design.measure_catalogue import MeasureValue
from lab.design.measures import MeasureColumn, measures
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.runs.worker import CaseRunner, Numbers
from negotiation.preferences.values import sum_by_voting_group, voting_groups
from scenarios.scenario import Scenario
from scenarios.valuation import require_economy

DIAL = "economy."
"""Prefix of the keys of numeric parameters of the economy."""
WITNESSES = 5
"""Number of cases, spread over the design, that are read in full before the array solver is used."""

LABOUR = {"scarce_labour": "abundant_labour", "abundant_labour": "scarce_labour"}
"""For each group of workers in the host, the other one."""

Figures: TypeAlias = list[MeasureValue]
"""Values of one measure, by case."""


@dataclass(frozen=True)
class Batch:
    """Many economies of one scenario, and their derived values; the batch axis is (case)."""

    scenario: Scenario
    parameters: Parameters
    size: int
    """Number of cases."""

    @cached_property
    def stakes(self) -> Stakes:
        """Payoffs, welfare and gains of groups in every cell of the game."""
        return solve_bilateral(self.parameters)

    @cached_property
    def games(self) -> BatchSolutions:
        """The games between the governments."""
        return solve_many(self.stakes.payoffs, TIE)


def create_runner(design: Design) -> CaseRunner:
    """Return the object that executes the runs of a design: `ArrayRunner` if the rows are the same, else `Bench`."""
    return ArrayRunner(design) if is_vectorisable(design) else SingleRunner(design)


def is_vectorisable(design: Design) -> bool:
    """Return whether the array solver can execute a design: its settings qualify, and the test cases agree."""
    keys = {factor.key for factor in design.factors} | {key for arm in design.arms for key, _ in arm.settings}
    if design.kind != "analyse" or design.trace or not all(_dial(key) for key in keys):
        return False
    if not all(name.partition(".")[0] in READINGS for name in design.measures) or not _numeric(design):
        return False
    return all(_agrees(design, int(number)) for number in np.linspace(0, design.count - 1, WITNESSES))


class ArrayRunner:
    """Executes the runs of a suitable design, many at a time; a case that must be read in full is executed alone."""

    def __init__(self, design: Design) -> None:
        """Read the scenario without settings, and look up the measures."""
        self._design, self._bench = design, SingleRunner(design)
        self._columns = measures(design)
        self._scenario = design.draft.read(())
        self._ground = require_economy(self._scenario)

    def run(self, number: int) -> Finished:
        """Execute one run."""
        return self.batch(np.array([number]))[0]

    def batch(self, numbers: Numbers) -> list[Finished]:
        """Execute many runs; the rows are in the order of `numbers`."""
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
        batch = Batch(self._scenario, parameters, len(numbers))
        figures = [self._figures(column, batch) for column in self._columns]
        each = (time.perf_counter() - began) / len(numbers)
        rows = zip(*figures, strict=True) if figures else ((),) * len(numbers)
        return [
            Finished(number, "ok", row, seconds=each, worker=os.getpid())
            for number, row in zip(numbers.tolist(), rows, strict=True)
        ]

    def _figures(self, column: MeasureColumn, batch: Batch) -> Figures:
        found = READINGS[column.measure.stem](batch, column.at)
        if any(isinstance(each, float) and each - each != 0 for each in found):
            raise ValueError(f"the measure {column.name} is no finite number somewhere")
        return found


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


# -- the measures, as lists over the batch; each is the array form of a measure in `lab.design.measure_catalogue`


def _class(batch: Batch, _: None) -> Figures:
    return [CLASSES[code] for code in batch.games.code.tolist()]


def _class_player(batch: Batch, _: None) -> Figures:
    names = (*batch.scenario.parties, None)
    return [names[player] for player in batch.games.player.tolist()]


def _gain(batch: Batch, _: None) -> Figures:
    return (100 * batch.stakes.gdp_gain[:, 0, 0]).tolist()


def _welfare(batch: Batch, _: None) -> Figures:
    return (100 * batch.stakes.welfare[:, 0, 0]).tolist()


def _potential(batch: Batch, _: None) -> Figures:
    return (100 * agreement(batch.parameters.replace(openness=1.0)).gdp_gain * np.ones(batch.size)).tolist()


def _self_enforcing(batch: Batch, _: None) -> Figures:
    return self_enforcing(batch.stakes).astype(float).tolist()


def _both_gain(batch: Batch, _: None) -> Figures:
    return both_gain(batch.stakes).astype(float).tolist()


def _largest_openness(batch: Batch, _: None) -> Figures:
    return (largest_openness(batch.parameters).level * np.ones(batch.size)).tolist()


def _payoff(batch: Batch, party: int) -> Figures:
    return batch.stakes.payoffs[:, party, 0, 0].tolist()


def _change(batch: Batch, at: tuple[int, str]) -> Figures:
    party, group = at
    voting = voting_groups(require_economy(batch.scenario), party)
    keys = [each.key for each in voting]
    money = sum_by_voting_group(batch.stakes.cell(0, 0).groups[:, party], voting)
    found = money[:, keys.index(group)]
    if group in LABOUR:
        # The scarce skill depends on the labour shares in each case, and the design may change them.
        other = money[:, keys.index(LABOUR[group])]
        found = np.where(
            _scarce_unskilled(batch.parameters, party) == _scarce_unskilled(require_economy(batch.scenario), party),
            found,
            other,
        )
    return found.tolist()


def _scarce_unskilled(parameters: Parameters, party: int) -> Any:
    """Return (case) whether less skilled workers are a country's scarce labour."""
    shares = np.asarray(parameters.u0), np.asarray(parameters.u1)
    return shares[party] <= shares[1 - party]


def _account(batch: Batch, name: str) -> Figures:
    total = accounts(batch.stakes.cell(0, 0)).totals[name]
    if total is None:
        return [None] * batch.size
    if name != "old migrants":
        return total.tolist()
    stocks = np.asarray(batch.parameters.old_stock) + np.asarray(batch.parameters.old_stock_origin)
    known = np.broadcast_to(stocks > 0, batch.size).tolist()
    return [each if there else None for each, there in zip(total.tolist(), known, strict=True)]


READINGS: Mapping[str, Callable[[Batch, Any], Figures]] = MappingProxyType(
    {
        "class": _class,
        "class_player": _class_player,
        "gain": _gain,
        "welfare": _welfare,
        "potential_gain": _potential,
        "self_enforcing": _self_enforcing,
        "both_gain": _both_gain,
        "largest_openness": _largest_openness,
        "payoff": _payoff,
        "change": _change,
        "account": _account,
    }
)
"""The function of each measure, by the first part of the measure's name."""
