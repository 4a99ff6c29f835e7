"""A user's own tactic, without the command line: import, checked moves, time limit and output."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from agents import custom_code
from agents.custom_code import CustomCode, OutOfTime, isolate, load_mover
from agents.table import NegotiationTable, prepare_table
from games.errors import InputError
from negotiation.protocols.moves import Hold, Offer
from negotiation.protocols.state import open_talks, view
from scenarios.reading import read

CODE = """
import numpy as np
from negotiation.protocols.moves import Hold, Offer
print("imported")
def first(view): return Offer(view.party, np.int64(1))
def other(view): return Hold(1 - view.party)
def factory(brief, random): return lambda view: Hold(view.party)
number = 3
"""


class GaveUp(Exception):
    """Stands for the end of the process."""


def give_up() -> NoReturn:
    raise GaveUp


@pytest.fixture(scope="module")
def table() -> NegotiationTable:
    return prepare_table(read("one-way-flow", {"agenda.protocol": "alternating"}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "winset_own_tactic.py").write_text(CODE, encoding="utf-8")
    sys.modules.pop("winset_own_tactic", None)
    return tmp_path


def code(name: str) -> CustomCode:
    return CustomCode("here", f"winset_own_tactic:{name}", "give it more time")


def test_a_function_and_a_factory_are_movers(table, folder, capfd):
    talks = view(open_talks(table.rules), 0)
    with isolate(folder, None, give_up):
        first = load_mover(code("first"), table, 0, np.random.default_rng(0))(talks)
        second = load_mover(code("factory"), table, 0, np.random.default_rng(0))(talks)
    assert first == Offer(0, 1)
    assert isinstance(first, Offer)
    assert type(first.package) is int
    assert second == Hold(0)
    assert str(folder) not in sys.path
    said, errors = capfd.readouterr()
    assert (said, errors) == ("", "imported\n")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("absent", "has no 'absent'"), ("number", "not a tactic"), ("other", "speaks for another seat")],
)
def test_what_is_wrong_is_reported_at_its_place(table, folder, name, reason):
    with isolate(folder, None, give_up), pytest.raises(InputError) as caught:
        load_mover(code(name), table, 0, np.random.default_rng(0))(view(open_talks(table.rules), 0))
    (problem,) = caught.value.problems
    assert problem.place == "here"
    assert reason in problem.reason


def sleep_and_catch(caught: list[OutOfTime]) -> NoReturn:
    while True:
        try:
            time.sleep(5)
        except OutOfTime as late:
            caught.append(late)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_the_time_limit_interrupts_and_then_gives_up(folder, monkeypatch):
    monkeypatch.setattr(custom_code, "AGAIN", 0.01)
    with pytest.raises(OutOfTime), isolate(folder, 0.01, give_up):
        time.sleep(5)
    caught: list[OutOfTime] = []
    with pytest.raises(GaveUp), isolate(folder, 0.01, give_up):
        sleep_and_catch(caught)
    assert len(caught) == custom_code.MOST_CAUGHT
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
