"""How a sweep is asked to stop: by Ctrl-C, by the SIGTERM of a batch system, by the SIGHUP of a terminal that closes.

A signal that raises at any moment may raise while rows are being written. So a bell that is `patient` only notes the
signal; the sweep looks at the bell between two chunks, within a second, and leaves in good order. The first signal is
the cause of the stop and decides on the exit code. Later ones change nothing, unless the stop takes very long.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any

from lab.record import Stopped

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""What asks a process of this system to stop."""
LONGEST = 20.0
"""Seconds that a stop may take; a signal after that time breaks it off."""


class Bell:
    """Whether a signal has asked to stop, and whether it may raise at once."""

    def __init__(self) -> None:
        """No signal yet; until it is `patient` a signal raises at once, as everywhere in Python."""
        self.patient = False
        self.cause: int | None = None
        """The first signal that came."""
        self._since = 0.0
        self._before: dict[int, Any] = {}

    def ring(self, number: int, *_: Any) -> None:
        """Note a signal; raise Stopped if it may raise."""
        if self.cause is None:
            self.cause, self._since = number, time.monotonic()
        if not self.patient or time.monotonic() - self._since > LONGEST:
            raise Stopped(self.cause)

    def heed(self) -> None:
        """Raise Stopped if a signal has come."""
        if self.cause is not None:
            raise Stopped(self.cause)

    @contextmanager
    def patience(self, *, patient: bool) -> Generator[None]:
        """Note signals only, or let them raise at once, for a while; once one has come they are only noted."""
        before, self.patient = self.patient, patient
        try:
            yield
        finally:
            self.patient = before or self.cause is not None

    def hang(self) -> None:
        """Listen to the signals; whoever ignores one, or has a handler of its own, keeps that."""
        usual = (signal.SIG_DFL, signal.default_int_handler)
        for number in SIGNALS:
            if signal.getsignal(number) in usual:
                self._before[number] = signal.signal(number, self.ring)

    def listens(self, number: int) -> bool:
        """Whether this signal is noted here."""
        return number in self._before

    def take_down(self) -> None:
        """Handle the signals as before."""
        self._handle(self._before.get)

    def mute(self) -> None:
        """Ignore the signals from now on: the process is about to leave."""
        self._handle(lambda _: signal.SIG_IGN)
        self._before.clear()

    def _handle(self, handler: Callable[[int], Any]) -> None:
        for number in self._before:
            with suppress(ValueError):  # in another thread than the main one
                signal.signal(number, handler(number))


_hanging: list[Bell] = []
"""The bell of this process, while one hangs."""


@contextmanager
def hung() -> Generator[Bell]:
    """The bell of this process, hung for a while if none hangs yet; outside the main thread one that never rings."""
    if not _main():
        yield Bell()
        return
    if _hanging:
        yield _hanging[0]
        return
    bell = Bell()
    _hanging.append(bell)
    try:
        bell.hang()
        yield bell
    finally:
        bell.take_down()
        _hanging.remove(bell)


@contextmanager
def interruptible() -> Generator[None]:
    """A signal raises at once here, in a run of this process: only rows in the making are lost."""
    if not (_hanging and _main()):
        yield
        return
    bell = _hanging[0]
    bell.heed()
    with bell.patience(patient=False):
        yield


def cause() -> int | None:
    """The signal that has asked this process to stop; None where no bell hangs, or none has come."""
    return _hanging[0].cause if _hanging else None


def leaving() -> None:
    """From now on signals are only noted: the command ends, and says why."""
    if _hanging:
        _hanging[0].patient = True


def unasked() -> bool:
    """Whether no signal can have raised the KeyboardInterrupt that is being handled: some code raised it itself."""
    if not _main():
        return True
    if _hanging and _hanging[0].listens(signal.SIGINT):
        return _hanging[0].cause is None
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _main() -> bool:
    return threading.current_thread() is threading.main_thread()
