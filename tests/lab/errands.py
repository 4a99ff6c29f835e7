"""Small labours for sweeps under test: runs of a millisecond, and some that raise, hang, or take their worker down.

Importable by its name wherever this folder is on the path, so that workers in other processes find it, too.
"""

import itertools
import os
import pickle
import signal
import sys
import time
from pathlib import Path

from agents.random_streams import stream
from lab import case, parse_design
from lab.finished_run import Finished
from lab.runs.single_run import failure_row
from lab.runs.worker import LENGTH, send_frame

MEASURES = ["class", "gain", "payoff.host"]


def design(count, **cells):
    """A design of so many cases; nobody solves their economies."""
    levels = [1 + 7 * place / count for place in range(count)]
    told = {"schema": 1, "scenario": "corridor:MAR-ESP", "kind": "analyse", "measure": MEASURES, "seed": 11}
    return parse_design(told | {"factor": [{"key": "economy.gap", "name": "gap", "values": levels}]} | cells)


class Errands:
    """A labour: what goes wrong is told by the number of the case."""

    def __init__(self, design, seconds=0.0, wrong=(), once=None):
        """`wrong` has a fault's name by number; with a folder `once`, each goes wrong the first time only."""
        self.design, self.seconds, self.wrong, self.once = design, seconds, dict(wrong), once

    def run(self, number):
        began = time.perf_counter()
        fault = self.wrong.get(number)
        if fault is not None and self._still(number):
            try:
                FAULTS[fault]()
            except ArithmeticError as error:
                return failure_row(number, error, time.perf_counter() - began)
        if self.seconds:
            time.sleep(self.seconds)
        found = figures(self.design, number)
        return Finished(number, "ok", found, seconds=time.perf_counter() - began, worker=os.getpid())

    def _still(self, number):
        if self.once is None:
            return True
        mark = Path(self.once) / str(number)
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def figures(design, number):
    """What a run measures: it hangs on the case and its seed alone."""
    told = case(design, number)
    chance = stream(design.seed, number, "errand").normal(size=2)
    return "PD" if chance[0] > 0 else "SH", told.settings["economy.gap"] * chance[1], float(chance[0]) / 3


def unmade(design):
    """A maker that fails."""
    raise LookupError("nothing to work with")


def deadly(design):
    """A maker that takes its worker down before any run."""
    kill()
    return Errands(design)


def fault():
    raise ZeroDivisionError("one over nothing")


def sleep():
    time.sleep(3600)


def spin():
    """A loop in C that holds the interpreter: no thread of Python's and no signal gets a turn."""
    sum(itertools.repeat(0))


def stop():
    sys.exit("no more")


def leave():
    os._exit(3)


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def choke():
    """Die in the middle of an answer: the parent gets the beginning of a frame that has no end."""
    _channel().sendall(LENGTH.pack(1 << 20) + pickle.dumps("half"))
    kill()


def scribble():
    """Write to the parent what is no answer."""
    send_frame(_channel(), b"scribble")


def freeze():
    """Stand still, with the clock and every thread."""
    os.kill(os.getpid(), signal.SIGSTOP)


def interrupt():
    raise KeyboardInterrupt


def _channel():
    return next(frame.f_locals["channel"] for frame in _frames() if frame.f_code.co_name == "serve")


def _frames():
    frame = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


FAULTS = {each.__name__: each for each in (fault, stop, interrupt, sleep, spin, freeze, leave, kill, choke, scribble)}
