"""Handle signals that stop a sweep: Ctrl-C, SIGTERM of a batch system, SIGHUP of a terminal that closes.

A handler that raises at any moment may raise while rows are being written. Therefore a `StopRequest` that is `patient`
only records the signal. The sweep checks it between chunks, within a second, and ends in an orderly way. The first
signal is the cause of the stop and decides the exit code. Later signals change nothing, unless the stop takes longer
than `LONGEST` seconds.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any

from lab.finished_run import SweepStopped

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Signals of this system that stop a process."""
LONGEST = 20.0
"""Seconds that a stop may take. A signal after that time raises at once."""


class StopRequest:
    """Records the first signal (such as Ctrl-C or SIGTERM) that asks a sweep to stop.

    The sweep checks this record between runs. While the attribute `patient` is False, a signal also raises SweepStopped
    at once.
    """

    def __init__(self) -> None:
        """No signal has come. While `patient` is False, a signal raises at once, as usual in Python."""
        self.patient = False
        self.cause: int | None = None
        """Number of the first signal; None if none has come."""
        self._since = 0.0
        self._before: dict[int, Any] = {}

    def request(self, number: int, *_: Any) -> None:
        """Handle a stop signal with this number: record the first one, and raise SweepStopped if that is allowed now.

        It is allowed while `patient` is False, and always when the first signal came more than 20 seconds ago.
        """
        if self.cause is None:
            self.cause, self._since = number, time.monotonic()
        if not self.patient or time.monotonic() - self._since > LONGEST:
            raise SweepStopped(self.cause)

    def raise_if_requested(self) -> None:
        """Raise SweepStopped if a stop signal, such as Ctrl-C, has come; otherwise do nothing."""
        if self.cause is not None:
            raise SweepStopped(self.cause)

    @contextmanager
    def patience(self, *, patient: bool) -> Generator[None]:
        """Context manager: decide whether a stop signal inside the `with` block interrupts the work at once.

        With `patient=True` a signal (such as Ctrl-C) is only recorded; with `patient=False` it raises SweepStopped. At
        the end the old setting returns; but if a signal has come, signals are only recorded from then on.
        """
        before, self.patient = self.patient, patient
        try:
            yield
        finally:
            self.patient = before or self.cause is not None

    def install(self) -> None:
        """Make this object the handler of all signals that stop a process, such as Ctrl-C and SIGTERM.

        A signal that is ignored, or that has a handler of the caller, is not changed.
        """
        usual = (signal.SIG_DFL, signal.default_int_handler)
        for number in SIGNALS:
            if signal.getsignal(number) in usual:
                self._before[number] = signal.signal(number, self.request)

    def handles(self, number: int) -> bool:
        """Return whether this stop request has installed its own handler for the signal with this number."""
        return number in self._before

    def restore(self) -> None:
        """Put back the signal handlers that were active before this stop request installed its own."""
        self._handle(self._before.get)

    def ignore_signals(self) -> None:
        """Ignore, from now on, all signals that this stop request handles. Call this just before the process exits."""
        self._handle(lambda _: signal.SIG_IGN)
        self._before.clear()

    def _handle(self, handler: Callable[[int], Any]) -> None:
        for number in self._before:
            with suppress(ValueError):  # in another thread than the main one
                signal.signal(number, handler(number))


_installed: list[StopRequest] = []
"""The active `StopRequest` of this process; empty if there is none."""


@contextmanager
def install_handlers() -> Generator[StopRequest]:
    """Context manager: handle the signals that stop a process, such as Ctrl-C, inside the `with` block.

    It gives the `StopRequest` that records them. If one is active already, that one is given and nothing is installed.
    Outside the main thread it gives a new `StopRequest` that never receives a signal.
    """
    if not _main():
        yield StopRequest()
        return
    if _installed:
        yield _installed[0]
        return
    stop = StopRequest()
    _installed.append(stop)
    try:
        stop.install()
        yield stop
    finally:
        stop.restore()
        _installed.remove(stop)


@contextmanager
def interruptible() -> Generator[None]:
    """Context manager: let a stop signal, such as Ctrl-C, raise SweepStopped at once inside the `with` block.

    It is meant for runs in this process, where only the rows in progress are lost. It raises SweepStopped at the start
    if a signal has come already. Without active signal handlers, or outside the main thread, it does nothing.
    """
    if not (_installed and _main()):
        yield
        return
    stop = _installed[0]
    stop.raise_if_requested()
    with stop.patience(patient=False):
        yield


def stop_signal() -> int | None:
    """Return the number of the signal that stops this process.

    None if no signal has come, or if no handlers of Winset are installed.
    """
    return _installed[0].cause if _installed else None


def defer_signals() -> None:
    """Make stop signals, such as Ctrl-C, only be recorded from now on. Call this when the command is about to end."""
    if _installed:
        _installed[0].patient = True


def comes_from_code() -> bool:
    """Return whether the KeyboardInterrupt that is being handled was raised by code, and not by a signal (Ctrl-C)."""
    if not _main():
        return True
    if _installed and _installed[0].handles(signal.SIGINT):
        return _installed[0].cause is None
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _main() -> bool:
    return threading.current_thread() is threading.main_thread()
