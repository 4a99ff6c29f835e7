"""Chunks of the right size, and every case's row once, whoever is lost on the way."""

import pickle
from concurrent.futures import BrokenExecutor, Future

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from lab.finished_run import Finished
from lab.runs.row_transport import pack_rows, unpack_rows
from lab.runs.scheduler import MOST, WORTH, Queue, dispatch
from lab.runs.single_run import failure_row
from lab.store.errors import ExecutorFailed


def rows(numbers, seconds=0.001):
    return [Finished(number, "ok", seconds=seconds) for number in numbers]


class Band:
    """A crew on paper: some cases end their worker, and everybody with it where the band is brittle."""

    losses = (BrokenExecutor,)

    def __init__(self, deadly=(), workers=2, exact=True, once=False, proof=2):
        """Where it is not exact, everything that it has in hand is lost together."""
        self.deadly, self.workers, self.exact, self.once, self.proof = set(deadly), workers, exact, once, proof
        self.sent, self.hands = [], {}

    def submit(self, numbers):
        self.sent.append(numbers.tolist())
        future = Future()
        self.hands[future] = numbers
        return future

    def wait(self, futures, seconds):
        """The oldest comes back, or is lost."""
        future = next(iter(self.hands))
        numbers = self.hands.pop(future)
        lost = self.deadly & set(numbers.tolist())
        if lost:
            self.deadly -= lost if self.once else set()
            gone = [future] if self.exact else [future, *self.hands]
            if not self.exact:
                self.hands.clear()
            for each in gone:
                each.set_exception(BrokenExecutor())
        else:
            future.set_result(pack_rows(numbers, rows(numbers.tolist())))
        return {future for future in futures if future.done()}

    def tend(self):
        pass


def ended(band, count, limit=None):
    found = [row for some in dispatch(band, np.arange(count), limit) for row in some]
    return {row.number: row.status for row in found}, len(found)


@given(
    count=st.integers(0, 300),
    deadly=st.sets(st.integers(0, 299), max_size=5),
    workers=st.integers(1, 9),
    exact=st.booleans(),
    once=st.booleans(),
)
def test_every_case_comes_back_once_and_only_killers_are_blamed(count, deadly, workers, exact, once):
    found, times = ended(Band(deadly, workers, exact, once), count)
    assert times == count
    guilty = set() if once else {number for number in deadly if number < count}
    assert {number for number, status in found.items() if status == "crashed"} == guilty
    assert set(found) == set(range(count))


class Raided(Band):
    """Somebody kills workers from outside: every case loses its worker in company, and once on its own."""

    seen = frozenset()

    def wait(self, futures, seconds):
        numbers = next(iter(self.hands.values()))
        hit = {(number, len(numbers) == 1) for number in numbers.tolist()}
        self.deadly = set() if hit <= self.seen else set(numbers.tolist())
        self.seen = self.seen | hit
        return super().wait(futures, seconds)


@given(count=st.integers(1, 200), workers=st.integers(1, 9), exact=st.booleans())
def test_workers_killed_from_outside_make_nobody_guilty(count, workers, exact):
    band = Raided(workers=workers, exact=exact)
    found, times = ended(band, count)
    assert times == count
    assert set(found.values()) == {"ok"}


@pytest.mark.parametrize("exact", [True, False])
def test_a_run_is_blamed_when_it_has_lost_its_worker_on_its_own_twice(exact):
    band = Band({7}, exact=exact)
    found, _ = ended(band, 60)
    assert [number for number, status in found.items() if status == "crashed"] == [7]
    assert band.sent.count([7]) == 2


def test_nobody_is_replaced_while_all_goes_well():
    band = Band()
    ended(band, 500)
    assert sorted(number for chunk in band.sent for number in chunk) == list(range(500))


def test_a_band_that_cannot_even_begin_is_not_the_fault_of_its_runs():
    class Gone(Band):
        def wait(self, futures, seconds):
            for future in futures:
                future.set_exception(BrokenExecutor())
            return set(futures)

    band = Gone()
    with pytest.raises(InputError, match="before they have done anything"):
        ended(band, 5)


def test_work_that_is_dropped_by_a_cluster_is_told():
    class Gone(Band):
        def wait(self, futures, seconds):
            for future in futures:
                future.cancel()
                future.set_running_or_notify_cancel()
            return set(futures)

    with pytest.raises(InputError, match="has dropped the runs"):
        ended(Gone(), 5)


def test_workers_that_cannot_import_what_they_are_to_run_are_told():
    """As those of a cluster that are started where another `scenarios` lies."""

    class Elsewhere(Band):
        def wait(self, futures, seconds):
            for future in futures:
                future.set_exception(ImportError("cannot import name 'read' from 'scenarios'"))
            return set(futures)

    with pytest.raises(ExecutorFailed, match=r"ImportError: cannot import name 'read'") as caught:
        ended(Elsewhere(), 5)
    assert "modules of such names" in caught.value.problems[0].hint


@given(
    count=st.integers(1, 10**6),
    workers=st.integers(1, 64),
    pace=st.floats(1e-6, 10),
)
def test_chunks_are_a_tenth_of_a_second_and_shrink_towards_the_end(count, workers, pace):
    queue, left = Queue(np.arange(count)), count
    queue.update_pace([Finished(0, "ok", seconds=pace)])
    for _ in range(200):
        size = len(queue.chunk(workers))
        assert 1 <= size <= min(MOST, left)
        assert size == 1 or size <= max(WORTH / pace, 1)
        assert size == 1 or size <= left / (4 * workers)
        left -= size
        assert queue.remaining == left
        if not left:
            return


def test_runs_that_come_slower_make_smaller_chunks():
    queue = Queue(np.arange(10**6))
    queue.update_pace(rows(range(3), seconds=1e-3))
    quick = len(queue.chunk(2))
    queue.update_pace(rows(range(3), seconds=1e-1))
    assert (quick, len(queue.chunk(2))) == (100, 1)


FIGURES = st.one_of(st.none(), st.floats(allow_nan=False), st.sampled_from(["PD", "SH"]))


@st.composite
def chunks(draw):
    """Rows as a worker makes them: some with moves, some that went wrong."""
    width = draw(st.integers(0, 3))

    def one(number):
        if draw(st.booleans()):
            return failure_row(number, ValueError("no"))._replace(worker=7)
        measures = tuple(draw(st.lists(FIGURES, min_size=width, max_size=width)))
        steps = ((0, "a", "offer", 1, "{}"),) if draw(st.booleans()) else ()
        return Finished(number, "ok", measures, seconds=draw(st.floats(0, 9)), worker=7, steps=steps)

    numbers = draw(st.lists(st.integers(0, 10**6), max_size=8, unique=True))
    return np.array(numbers, dtype=np.int64), [one(number) for number in numbers]


@given(chunks())
def test_rows_come_out_of_a_sheaf_as_they_went_in(chunk):
    numbers, made = chunk
    assert repr(unpack_rows(pickle.loads(pickle.dumps(pack_rows(numbers, made))))) == repr(made)
