"""How a sweep is asked to stop: by Ctrl-C, or by the SIGTERM with which a batch system ends its jobs.

An interrupt that strikes anywhere may strike between the locks of a pool, whose threads then wait for each other for
ever. So, while others do the work, a first one only rings; the sweep hears it between two rows, within a second, and
leaves by its own door. A second one does not wait.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any


class Bell:
    """Whether somebody has asked to stop, and whether there is anybody to hear it soon."""

    def __init__(self) -> None:
        """Silent; until it is `patient` an interrupt strikes at once, as everywhere in Python."""
        self.patient = False
        self._rung = False

    def ring(self, *_: Any) -> None:
        """Take a signal."""
        if self._rung or not self.patient:
            raise KeyboardInterrupt
        self._rung = True

    def heed(self) -> None:
        """Raise KeyboardInterrupt if it has rung."""
        if self._rung:
            raise KeyboardInterrupt


@contextmanager
def hung() -> Generator[Bell]:
    """A bell that both signals ring meanwhile; in another thread than the main one, where Python has none, nobody."""
    bell = Bell()
    if threading.current_thread() is not threading.main_thread():
        yield bell
        return
    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, bell.ring)}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # whoever ignores Ctrl-C goes on doing so
        before[signal.SIGINT] = signal.signal(signal.SIGINT, bell.ring)
    try:
        yield bell
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
