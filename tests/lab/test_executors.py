"""The same runs by every executor: processes, a Dask cluster with a worker killed under it, any Executor at hand."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import errands
import numpy as np
import pandas as pd
import pytest
from errands import Errands

from games.errors import InputError
from lab import results
from lab.runs.executors import create_executor
from lab.runs.row_transport import unpack_rows
from lab.runs.sweep import ExecutionOptions, sweep
from lab.runs.worker import Task
from lab.runs.worker_pool import Pool
from lab.runs.worker_process import THREADS, worker_environment

HERE = Path(__file__).parent
DASK = str(Path(sysconfig.get_path("scripts")) / "dask")
"""The command that people type; `python -m distributed...` would look for modules in the working folder."""
ROOT = HERE.parents[1]


def told(folder):
    return results(folder)[["run_id", "number", "gap", "status", *errands.MEASURES]]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """What one process makes of five hundred runs."""
    folder = tmp_path_factory.mktemp("reference")
    sweep(errands.design(500), folder, "serial", ExecutionOptions(make=Errands))
    return told(folder)


# -- a pool


def task(**how):
    return Task("test", partial(Errands, **how), errands.design(50))


def test_workers_compute_with_one_thread(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    with worker_environment():
        assert {name: os.environ[name] for name in THREADS} == dict.fromkeys(THREADS, "1") | {"MKL_NUM_THREADS": "3"}
    assert "OMP_NUM_THREADS" not in os.environ


def came(pool, promise):
    """What has come of a promise, when it has come."""
    while not promise.done():
        pool.wait([promise], 1.0)
        pool.check_workers()
    return promise.result()


def test_workers_are_not_bare_forks_and_are_gone_when_the_pool_is_closed():
    pool = Pool(task(), 2)
    try:
        found = unpack_rows(came(pool, pool.submit(np.arange(5))))
        assert [row.number for row in found] == list(range(5))
        (pid,) = {row.worker for row in found}
        assert pid != os.getpid()
        assert alive(pid)
    finally:
        pool.close()
    assert not alive(pid)


def test_a_worker_that_is_killed_breaks_one_promise_and_another_one_takes_its_place():
    pool = Pool(task(seconds=0.5), 1)
    try:
        (row,) = unpack_rows(came(pool, pool.submit(np.array([0]))))
        promise = pool.submit(np.arange(20))
        pool.wait([promise], 0.0)  # the worker has got it
        os.kill(row.worker, signal.SIGKILL)
        with pytest.raises(pool.losses):
            came(pool, promise)
        assert unpack_rows(came(pool, pool.submit(np.array([3]))))[0].measures == errands.figures(errands.design(50), 3)
    finally:
        pool.close()


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


# -- whoever else is an Executor


class Lender(Executor):
    """An Executor that knows nothing of us and pickles what it is given, as those of clusters do."""

    def submit(self, call, /, *given, **named):
        import pickle

        future = Future()
        call, given = pickle.loads(pickle.dumps((call, given)))
        future.set_result(call(*given, **named))
        return future


@pytest.mark.parametrize("executor", [Lender, partial(ThreadPoolExecutor, 3)], ids=["anybody", "threads"])
def test_anything_that_is_an_executor_will_do(tmp_path, reference, executor):
    with executor() as lent:
        assert sweep(errands.design(500), tmp_path, lent, ExecutionOptions(make=Errands)).complete
        assert lent.submit(len, "abc").result() == 3  # it is left as it was
    pd.testing.assert_frame_equal(told(tmp_path), reference, check_exact=True)


def test_a_thread_has_no_timeout():
    with ThreadPoolExecutor(1) as threads, pytest.raises(InputError, match="cannot be stopped"):
        create_executor(Task("key", Errands, errands.design(5), limit=1.0), threads, None)


def test_mpi_without_mpi_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "mpi4py.futures", None)
    with pytest.raises(InputError, match="MPI needs") as caught:
        create_executor(task(), "mpi", None)
    assert "winset[mpi]" in caught.value.problems[0].hint


# -- Dask: a scheduler and two workers, processes of their own on loopback


class Cluster:
    """A scheduler and its workers, each ended by its own process id; modules of unlucky names lie in their folder."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        for name in ("scenarios.py", "random.py", "lab.py"):
            (folder / name).write_text("raise RuntimeError('a module of the working folder')\n", encoding="utf-8")
        self.port, self.board = free_port(), free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"

    def start(self, *words):
        paths = os.pathsep.join(map(str, (ROOT, HERE)))
        environment = {**os.environ, "PYTHONPATH": paths}
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [str(Path(sysconfig.get_path("scripts")) / "dask"), *words],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self.folder,
            )
        self.processes.append(process)
        return process

    def scheduler(self):
        self.start(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port),
            "--dashboard-address", f"127.0.0.1:{self.board}", "--no-show",
        )  # fmt: skip

    def worker(self):
        return self.start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--host", "127.0.0.1", "--memory-limit", "0", "--death-timeout", "60",
        )  # fmt: skip

    def end(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
            process.wait(timeout=20)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    pytest.importorskip("distributed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.scheduler()
        cluster.worker()
        cluster.worker()
        await_workers(cluster, 2)
        yield cluster
    finally:
        cluster.end()


def await_workers(cluster, count):
    import distributed

    with distributed.Client(cluster.address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_makes_the_same_rows(tmp_path, reference, cluster):
    summary = sweep(errands.design(500), tmp_path, f"dask:{cluster.address}", ExecutionOptions(make=Errands))
    assert summary.complete
    pd.testing.assert_frame_equal(told(tmp_path), reference, check_exact=True)
    assert len(set(results(tmp_path)["worker"]) & {process.pid for process in cluster.processes}) >= 1


@pytest.mark.filterwarnings("default")
def test_a_dask_worker_that_is_killed_in_the_middle_changes_nothing(tmp_path, reference, cluster):
    victim = cluster.processes[1]

    def kill(progress):
        if progress.done > 20 and victim.poll() is None:
            victim.kill()
            victim.wait(timeout=20)

    make = partial(Errands, seconds=0.004)
    assert (
        sweep(errands.design(500), tmp_path, f"dask:{cluster.address}", ExecutionOptions(make=make), kill).failed == 0
    )
    assert victim.returncode == -signal.SIGKILL
    pd.testing.assert_frame_equal(told(tmp_path), reference, check_exact=True)
    assert set(results(tmp_path)["worker"]) <= {process.pid for process in cluster.processes}
