"""Execute one run: case in, measures out.

A run that fails returns a row with its error and does not affect other runs.
"""

from __future__ import annotations

import json
import os
import time
import traceback

import agents
from games.json_values import to_json_value
from lab.design.cases import Case, Design, case
from lab.design.measure_columns import measures
from lab.design.result_readers import TalkResult
from lab.finished_run import Finished, Status, Step
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.moves import Offer, PhaseEnd, Shock, transcript_line
from scenarios.analysis.analysis import Analysis, analyse
from scenarios.scenario import Scenario

LONGEST = 20_000
"""Largest number of characters of a stored traceback or error message. A longer traceback loses its middle."""


class SingleRunner:
    """Executes the runs of a design one at a time.

    It keeps the last scenario, because replicates of one follow each other. Each worker creates one from the design
    alone. Any other object with the method `run`, which takes the number of a case and returns a `Finished`, can be
    used instead.
    """

    def __init__(self, design: Design) -> None:
        """Look up the measures of the design. Raises InputError if a measure does not exist."""
        self.design = design
        self._columns = measures(design)
        self._last: tuple[tuple[int, str], Scenario] | None = None

    def run(self, number: int) -> Finished:
        """Execute the run of the case with this number in the design, and return its row with the measures.

        Any exception becomes the status "error" of the row, except KeyboardInterrupt and SystemExit, which are raised.
        """
        began = time.perf_counter()
        try:
            result = self.result(case(self.design, number))
            found = tuple(column.of(result) for column in self._columns)
            steps = _steps(result.outcome) if self.design.trace and isinstance(result, TalkResult) else ()
        except Exception as error:  # noqa: BLE001 - one run must never end the sweep
            return failure_row(number, error, time.perf_counter() - began)
        seconds = time.perf_counter() - began
        return Finished(number, "ok", found, seconds=seconds, worker=os.getpid(), steps=steps)

    def result(self, case: Case) -> Analysis | TalkResult:
        """Compute and return the full result of one case (one combination of settings, arm and replicate).

        It is the analysis or the simulated talks, as `winset analyse` or `winset simulate` computes it.
        """
        scenario = self._scenario(case)
        if self.design.kind == "analyse":
            return analyse(scenario)
        return TalkResult(agents.simulate(scenario, self.design.seed, case.replicate))

    def _scenario(self, case: Case) -> Scenario:
        key = case.point, case.arm
        if self._last is None or self._last[0] != key:
            self._last = key, self.design.draft.read(case.settings.items())
        return self._last[1]


def failure_row(number: int, error: BaseException, seconds: float = 0.0, status: Status = "error") -> Finished:
    """Return the row of a run that failed: it raised an exception, or was ended from outside.

    Parameters
    ----------
    number
        Number of the case.
    error
        The exception; its type, message and traceback are stored. The last two are cut to about `LONGEST` characters.
    seconds
        Wall-clock time of the run.
    status
        Status of the row; any but `ok`.

    Returns
    -------
    Finished
        The row, without measures.
    """
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
            json.dumps(to_json_value(transcript_line(move, parties, groups)), ensure_ascii=False),
        )
        for number, move in enumerate(outcome.talks.moves)
    )
