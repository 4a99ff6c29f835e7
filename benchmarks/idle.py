"""The same idle run for everybody: so many microseconds of one processor, and three numbers to bring back.

Two of the numbers say which process it was and how much time that has used so far, so that it can be told afterwards
what the runs have cost beside themselves.
"""

from __future__ import annotations

import os
from time import process_time, thread_time_ns

from agents.random_streams import stream
from lab.design.cases import Design
from lab.design.reader import parse_design
from lab.finished_run import Finished

SPIN = 50e-6
"""Seconds of a run, by its thread's own clock: on a slow machine they do not become more."""
COLUMNS = 100
"""Levels of the second factor."""


def idle() -> tuple[float, float]:
    """Do nothing for a while; returns the process and the time that it has used."""
    until = thread_time_ns() + int(SPIN * 1e9)
    while thread_time_ns() < until:
        pass
    return float(os.getpid()), process_time()


def design(count: int) -> Design:
    """A grid of so many cases, a multiple of a hundred."""
    return parse_design(
        {
            "schema": 1,
            "scenario": "corridor:MAR-ESP",
            "kind": "analyse",
            "measure": ["gain", "welfare", "payoff.host"],
            "factor": [
                {"key": "economy.gap", "grid": {"low": 1, "high": 8, "count": count // COLUMNS}},
                {"key": "economy.kappa", "grid": {"low": 0, "high": 1, "count": COLUMNS}},
            ],
        }
    )


class Idle:
    """A labour whose runs do nothing for a while."""

    def __init__(self, design: Design) -> None:
        """Nothing to be set up."""

    def run(self, number: int) -> Finished:
        """One run."""
        return Finished(number, "ok", (*idle(), float(number)), seconds=SPIN, worker=os.getpid())


class Seeded:
    """The same, with random numbers of its own in every run."""

    def __init__(self, design: Design) -> None:
        """Keep the seed."""
        self._seed = design.seed

    def run(self, number: int) -> Finished:
        """One run."""
        chance = float(stream(self._seed, number, "idle").random())
        return Finished(number, "ok", (*idle(), chance), seconds=SPIN, worker=os.getpid())


class Empty:
    """A labour without any run to speak of, for the sake of what is kept of them."""

    def __init__(self, design: Design) -> None:
        """Nothing to be set up."""

    def run(self, number: int) -> Finished:
        """One run."""
        return Finished(number, "ok", (1.0, 2.0, float(number)), seconds=1e-6, worker=1)
