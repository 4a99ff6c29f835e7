"""Start worker processes, check whether they are alive, and wait for their end.

A worker is forked from a server process that has the model loaded already. Where no such server exists, it is spawned.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from typing import Any

from lab.design.cases import Kind
from lab.runs.interrupts import SIGNALS
from lab.runs.worker import SAFE_PATH

THREADS = (*(f"{each}_NUM_THREADS" for each in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")), "VECLIB_MAXIMUM_THREADS")
"""Environment variables that limit the threads of numerical libraries.

Each worker uses one thread, because workers with many threads would slow each other down.
"""
LOADED = {
    "analyse": ["lab.runs.single_run", "scenarios.analysis.analysis"],
    "simulate": ["lab.runs.single_run", "agents.model"],
}
"""By kind of design: the modules that the fork server loads before it forks workers."""
PATIENCE = 5.0
"""Seconds to wait until a worker has accepted a chunk, or until a killed process has ended."""
ORPHANED = 255
"""Exit code that Python reports for a process whose fork server is dead. The real code is unknown."""


def is_alive(process: Any) -> bool:
    """Return whether a worker process is running.

    If the server process from which it was forked is dead, the operating system is asked by process id.
    """
    if process.is_alive():
        return True
    if process.exitcode != ORPHANED or os.name == "nt":
        return False
    try:
        os.kill(process.pid, 0)
    except OSError:
        return False
    return True


def join_killed(process: Any) -> int | None:
    """Wait at most `PATIENCE` seconds for a killed worker process to end. Return its exit code; None if it goes on."""
    process.join(PATIENCE)
    code: int | None = process.exitcode
    with suppress(ValueError):
        process.close()
    return code


def process_context(kind: Kind) -> Any:
    """Return the `multiprocessing` context with which worker processes are started.

    It is forkserver where it is reliable, prepared for this kind of design ("analyse" or "simulate"), else spawn. A
    plain fork is never used, because it would copy locks that other threads hold at that moment.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED[kind])
    return context


def start_fork_server() -> None:
    """Start the server process from which worker processes are forked, if it is not running.

    It does not receive the signals meant for this process. The resource tracker is started first, because starting it
    unblocks signals.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def worker_environment() -> Generator[None]:
    """Context manager: set the environment variables for worker processes that are started in the `with` block.

    These processes use one thread for numerical work and do not import modules from the working folder. Variables that
    the caller has set are not changed. At the end the variables that were added are removed.
    """
    wanted = dict.fromkeys(THREADS, "1") | {SAFE_PATH: "1"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
