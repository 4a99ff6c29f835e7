"""Designs that go through the array solver: many cases at once, with the very rows that one by one would give.

A design of kind `analyse` whose settings move numeric dials of the economy, and whose measures come from the
derived game and its accounts, needs no scenario per run. Before that short way is trusted, some of the design's own
cases are read in full, and their economies compared. A case outside the limits of a dial takes the long way, and its
row says what is wrong there.
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
from economy.model.payoffs import TIE, Stakes, agreement, solve
from economy.parameters import Parameters, Real, entries
from economy.policy.largest_openness import both_gain, largest_openness, self_enforcing
from games.errors import InputError
from games.two_by_two.batch import CLASSES, Many, solve_many
from lab.design.cases import Design, case, columns
from lab.design.measure_catalogue import Figure
from lab.design.measures import Column, measures
from lab.record import Finished
from lab.runs.single_run import Bench
from lab.runs.worker import Labour, Numbers
from negotiation.preferences.values import interests, pooled
from scenarios.scenario import Scenario
from scenarios.valuation import economy

DIAL = "economy."
"""What a dial's key begins with."""
WITNESSES = 5
"""Cases of a design, spread over it, that are read in full before the short way is taken."""

LABOUR = {"scarce_labour": "abundant_labour", "abundant_labour": "scarce_labour"}

Figures: TypeAlias = list[Figure]


@dataclass(frozen=True)
class Batch:
    """Many economies of one scenario, and what is known of them; the batch is (case)."""

    scenario: Scenario
    parameters: Parameters
    size: int

    @cached_property
    def stakes(self) -> Stakes:
        """What is at stake in every cell."""
        return solve(self.parameters)

    @cached_property
    def games(self) -> Many:
        """The games that the governments play."""
        return solve_many(self.stakes.payoffs, TIE)


def labour(design: Design) -> Labour:
    """What does the runs of a design: arrays where they give the same rows, else one run after another."""
    return Arrays(design) if covered(design) else Bench(design)


def covered(design: Design) -> bool:
    """Whether the array solver can stand in: kind, keys, values and measures are of its sort, and witnesses agree."""
    keys = {factor.key for factor in design.factors} | {key for arm in design.arms for key, _ in arm.settings}
    if design.kind != "analyse" or design.trace or not all(_dial(key) for key in keys):
        return False
    if not all(name.partition(".")[0] in READINGS for name in design.measures) or not _numeric(design):
        return False
    return all(_agrees(design, int(number)) for number in np.linspace(0, design.count - 1, WITNESSES))


class Arrays:
    """Runs of a covered design, by the thousand; alone where a case has to be read in full."""

    def __init__(self, design: Design) -> None:
        """Read the scenario as it is, and look up what is to be measured."""
        self._design, self._bench = design, Bench(design)
        self._columns = measures(design)
        self._scenario = design.draft.read(())
        self._ground = economy(self._scenario)

    def run(self, number: int) -> Finished:
        """One run."""
        return self.batch(np.array([number]))[0]

    def batch(self, numbers: Numbers) -> list[Finished]:
        """Many runs, in the order of their numbers here."""
        began = time.perf_counter()
        dials, sound = self._dials(numbers)
        try:
            rows = self._solved(numbers[sound], {name: values[sound] for name, values in dials.items()}, began)
        except Exception:  # noqa: BLE001 - somebody among them; alone each tells what it was
            sound, rows = np.zeros(len(numbers), dtype=bool), []
        told, solved = sound.tolist(), iter(rows)
        return [
            next(solved) if fine else self._bench.run(number)
            for number, fine in zip(numbers.tolist(), told, strict=True)
        ]

    def _dials(self, numbers: Numbers) -> tuple[dict[str, Any], Any]:
        """(case) the dials that are set, by name; and where all of them lie within their limits."""
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

    def _figures(self, column: Column, batch: Batch) -> Figures:
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
    """By dial: the values in these cases; an arm's word is the last, and where it is silent the ground's holds."""
    filled = columns(design, numbers)
    found = {factor.key.removeprefix(DIAL): filled[factor.name] for factor in design.factors}
    arms = {arm.name: dict(arm.settings) for arm in design.arms}
    for key in {key for settings in arms.values() for key in settings}:
        name = key.removeprefix(DIAL)
        before = found.get(name, [float(ground[name])] * len(numbers))
        found[name] = [arms[arm].get(key, old) for arm, old in zip(filled["arm"], before, strict=True)]
    return found


def _agrees(design: Design, number: int) -> bool:
    """Whether one case, read in full, is the scenario with nothing but its dials moved; an unsound one says nothing."""
    try:
        full, bare = design.draft.read(case(design, number).settings.items()), design.draft.read(())
    except InputError:
        return True
    if full.parameters is None or bare.parameters is None or full.game is not None or full.scored:
        return False
    settings = _settings(design, bare.parameters.items(), np.array([number]))
    moved = {name: float(values[0]) for name, values in settings.items()}
    return full.parameters == bare.parameters.replace(**moved) and full.parties == bare.parties


# -- the measures, as lists over the batch; every one is the array form of the reading in `lab.design.measure_catalogue`


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
    voting = interests(economy(batch.scenario), party)
    keys = [each.key for each in voting]
    money = pooled(batch.stakes.cell(0, 0).groups[:, party], voting)
    found = money[:, keys.index(group)]
    if group in LABOUR:
        # Which skill is the scarce one hangs on the shares in each case, and they may be among the dials.
        other = money[:, keys.index(LABOUR[group])]
        found = np.where(
            _scarce_unskilled(batch.parameters, party) == _scarce_unskilled(economy(batch.scenario), party),
            found,
            other,
        )
    return found.tolist()


def _scarce_unskilled(parameters: Parameters, party: int) -> Any:
    """(case) whether the less skilled are a country's scarce labour."""
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
"""By the stem of a measure's name."""
