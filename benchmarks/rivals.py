"""Others who make many runs, where they are installed: Mesa's batch_run, the EMA Workbench, joblib.

Each is used as its documentation shows it, with two processes. What is asked of them is less than a sweep does: they
keep what comes back in memory.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from benchmarks.idle import idle

WORKERS = 2

Clocks = Iterable[tuple[float, float]]
"""By run: its process, and the time that this had used at the end of it."""


def mesa_runs(count: int) -> Clocks:
    """A model of one step, and a collector with two reporters."""
    runner: Any = import_module("mesa.batchrunner")
    stage: Any = import_module("benchmarks.stage")
    rows = runner.batch_run(
        stage.Idler, {"number": range(count)}, number_processes=WORKERS, max_steps=1, display_progress=False
    )
    return [(row["pid"], row["clock"]) for row in rows]


def workbench_runs(count: int) -> Clocks:
    """A model of one parameter and two outcomes, under the evaluator of many processes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other libraries that it could use
        workbench: Any = import_module("ema_workbench")
    logging.getLogger("EMA").setLevel(logging.ERROR)
    model = workbench.Model("idle", function=answer)
    model.uncertainties = [workbench.RealParameter("number", 0, 1)]
    model.outcomes = [workbench.ScalarOutcome("pid"), workbench.ScalarOutcome("clock")]
    with workbench.MultiprocessingEvaluator(model, n_processes=WORKERS) as evaluator:
        _, found = evaluator.perform_experiments(scenarios=count, log_progress=True)
    return list(zip(found["pid"].tolist(), found["clock"].tolist(), strict=True))


def joblib_runs(count: int) -> Clocks:
    """Delayed calls, in the batches that it chooses."""
    library: Any = import_module("joblib")
    return library.Parallel(n_jobs=WORKERS)(library.delayed(idle)() for _ in range(count))


def answer(number: float) -> dict[str, float]:  # noqa: ARG001 - the workbench hands it over by name
    """One run, as the workbench calls it."""
    pid, clock = idle()
    return {"pid": pid, "clock": clock}
