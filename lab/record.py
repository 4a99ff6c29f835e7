"""What is kept of a run that has ended, and the signal that stops a sweep."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from lab.design.measure_catalogue import Figure

Status = Literal["ok", "error", "timeout", "crashed"]
STATUSES: tuple[Status, ...] = ("ok", "error", "timeout", "crashed")
"""It came to its end; it raised; it was stopped at its limit; it took its worker down with it."""

Step: TypeAlias = tuple[int, str | None, str, int | None, str]
"""A move of a talk: its number, the party (None: chair or world), its kind, the package of an offer, all in JSON."""


class Finished(NamedTuple):
    """What is told of a run that has ended; the design knows the rest."""

    number: int
    """Of its case."""
    status: Status
    measures: tuple[Figure, ...] = ()
    """In the order of the design; () unless `ok`."""
    error_type: str | None = None
    error: str | None = None
    traceback: str | None = None
    seconds: float = 0.0
    """Wall clock."""
    worker: int = 0
    """Process id."""
    steps: tuple[Step, ...] = ()
    """The moves, where the design keeps them."""


class Stopped(KeyboardInterrupt):
    """A signal has stopped the work."""

    def __init__(self, number: int) -> None:
        """`number` is the first signal."""
        super().__init__(number)
        self.number = number
        self.kept = True
        """Whether all rows that had come back are stored."""

    @property
    def reason(self) -> str:
        """The cause in words: "interrupted" for Ctrl-C, else the name of the signal."""
        return "interrupted" if self.number == signal.SIGINT else f"stopped by {signal.Signals(self.number).name}"
