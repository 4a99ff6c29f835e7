"""The record of a run that has ended, and the exception that a signal raises to stop a sweep."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from games.messages import message

if TYPE_CHECKING:
    from lab.design.measure import MeasureValue

Status = Literal["ok", "error", "timeout", "crashed"]
STATUSES: tuple[Status, ...] = ("ok", "error", "timeout", "crashed")
"""How a run ended: it finished; it raised an error; it exceeded its time limit; its worker process died."""

Step: TypeAlias = tuple[int, str | None, str, int | None, str]
"""A move of a talk: its number, the party (None: chair or world), its kind, the package of an offer, all as JSON."""


class Finished(NamedTuple):
    """The record of one run of a sweep that has ended: its status, the measured values, and its error, if any.

    The record does not hold the settings of the run. The design of the sweep gives them for the run's `number`.
    """

    number: int
    """The number of its case in the design, from 0."""
    status: Status
    measures: tuple[MeasureValue, ...] = ()
    """Values in the order of the design's measures; () unless the status is `ok`."""
    error_type: str | None = None
    error: str | None = None
    traceback: str | None = None
    seconds: float = 0.0
    """Wall-clock time of the run."""
    worker: int = 0
    """Process id of the worker."""
    steps: tuple[Step, ...] = ()
    """The moves of the talk, if the design has `trace`; else ()."""


class SweepStopped(KeyboardInterrupt):
    """Exception that is raised when a signal, such as SIGINT (Ctrl-C), has stopped a sweep of many runs."""

    def __init__(self, number: int) -> None:
        """Keep `number`, the number of the first signal."""
        super().__init__(number)
        self.number = number
        self.kept = True
        """Whether all rows that had been returned are stored."""

    @property
    def reason(self) -> str:
        """Return why the sweep stopped, as a text for people.

        The text is "interrupted" for Ctrl-C (SIGINT), else "stopped by" and the name of the signal.
        """
        if self.number == signal.SIGINT:
            return message("interrupted")
        return message("stopped by {signal}", signal=signal.Signals(self.number).name)
