"""What one run is: a case goes in, its measures come out; a run that fails says how and harms no other."""

from __future__ import annotations

import json
import os
import time
import traceback

import agents
from games.json_values import plain
from lab.design.cases import Case, Design, case
from lab.design.measure_catalogue import Played
from lab.design.measures import measures
from lab.record import Finished, Status, Step
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.moves import Offer, PhaseEnd, Shock, spoken
from scenarios.analysis.analysis import Analysis, analyse
from scenarios.scenario import Scenario

LONGEST = 20_000
"""Characters of a stored traceback; a longer one loses its middle."""


class Bench:
    """Where a worker does its runs; it keeps the last scenario, because replicates of one follow each other.

    A bench is made once in every worker, out of a design alone. Whatever is made so and has a `run` from a case's
    number to `Finished` can stand in its place.
    """

    def __init__(self, design: Design) -> None:
        """Look up what is to be measured; InputError where that is nothing."""
        self.design = design
        self._columns = measures(design)
        self._last: tuple[tuple[int, str], Scenario] | None = None

    def run(self, number: int) -> Finished:
        """One run. Whatever it raises becomes its status; only a wish to stop the program goes through."""
        began = time.perf_counter()
        try:
            result = self.result(case(self.design, number))
            found = tuple(column.of(result) for column in self._columns)
            steps = _steps(result.outcome) if self.design.trace and isinstance(result, Played) else ()
        except Exception as error:  # noqa: BLE001 - one run must never end the sweep
            return failed(number, error, time.perf_counter() - began)
        seconds = time.perf_counter() - began
        return Finished(number, "ok", found, seconds=seconds, worker=os.getpid(), steps=steps)

    def result(self, case: Case) -> Analysis | Played:
        """The whole result of a case, as `winset analyse` or `winset simulate` has it."""
        scenario = self._scenario(case)
        if self.design.kind == "analyse":
            return analyse(scenario)
        return Played(agents.simulate(scenario, self.design.seed, case.replicate))

    def _scenario(self, case: Case) -> Scenario:
        key = case.point, case.arm
        if self._last is None or self._last[0] != key:
            self._last = key, self.design.draft.read(case.settings.items())
        return self._last[1]


def failed(number: int, error: BaseException, seconds: float = 0.0, status: Status = "error") -> Finished:
    """The row of a run that raised, or that was ended from outside, with everything that is known of why."""
    told = "".join(traceback.format_exception(error))
    if len(told) > LONGEST:
        told = f"{told[: LONGEST // 2]}\n[...]\n{told[-LONGEST // 2 :]}"
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return Finished(
        number,
        status,
        error_type=name,
        error=str(error)[:LONGEST],
        traceback=told,
        seconds=seconds,
        worker=os.getpid(),
    )


def _steps(outcome: Outcome) -> tuple[Step, ...]:
    parties, groups = outcome.preferences.parties, outcome.preferences.groups
    return tuple(
        (
            number,
            None if isinstance(move, PhaseEnd | Shock) else parties[move.party],
            type(move).__name__.lower(),
            move.package if isinstance(move, Offer) else None,
            json.dumps(plain(spoken(move, parties, groups)), ensure_ascii=False),
        )
        for number, move in enumerate(outcome.talks.moves)
    )
