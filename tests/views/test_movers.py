"""A tactic on a seat by `--mover`: the house's own by name, a user's by module, and what can be wrong with either."""

import json
import re
import signal
import subprocess
import sys
import sysconfig
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

import scenarios
from games.errors import InputError
from negotiation.protocols.moves import Offer
from views.cli import app, commands

NUMBERS = count()
CASE = scenarios.read("alike-neighbours")
BILATERAL = scenarios.read("alike-neighbours", ['agenda.protocol="alternating"'])

HEAD = "from negotiation.protocols.moves import Accept, Hold, Offer, Reject, Request, Vote, Walk\n"
QUIET = HEAD + "def quiet(view):\n    return Hold(view.party)\n"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write a module into the working folder and give its name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WINSET_DEBUG", raising=False)

    def write(text):
        name = f"my_tactic_{next(NUMBERS)}"
        Path(f"{name}.py").write_text(text, encoding="utf-8")
        return name

    return write


def command(*words):
    """The console command, in the working folder."""
    program = str(Path(sysconfig.get_path("scripts")) / "winset")
    return subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=600)


def wrong(wish, case=BILATERAL):
    """The one problem that such a wish leads to."""
    with pytest.raises(InputError) as refused:
        commands.simulate.simulate_with_movers(case, 0, 0, [wish])
    (problem,) = refused.value.problems
    assert problem.place == f"--mover {wish}"
    assert "\n" not in problem.reason
    assert problem.hint
    return problem


# -- what works


def test_a_tactic_of_the_house_by_name_plays_as_if_the_case_had_named_it():
    host, origin = CASE.seats
    named = replace(CASE, seats=(host, replace(origin, tactic="conceder")))
    wished = commands.simulate.simulate_with_movers(CASE, 3, 1, ["Borvia=conceder"])
    assert wished.talks == commands.simulate.simulate_with_movers(named, 3, 1).talks
    assert "Borvia was played by conceder." in wished.to_dict()["notes"]


@pytest.mark.parametrize("seat", ["Spain", "spain", "host", "ESP"])
def test_a_seat_goes_by_its_country_s_name_role_or_code(seat):
    case = scenarios.read("morocco-spain", ["agenda.rounds=2"])
    assert (
        "Spain was played by hardliner."
        in commands.simulate.simulate_with_movers(case, 0, 0, [f"{seat}=hardliner"]).notes
    )


def test_a_callable_from_view_to_move(written):
    told = commands.simulate.simulate_with_movers(BILATERAL, 0, 0, [f"Ardenia={written(QUIET)}:quiet"]).to_dict()
    assert {move["move"] for move in told["transcript"] if move.get("party") == "Ardenia"} == {"hold"}
    assert told["outcome"] == "breakdown"


FACTORY = (
    HEAD
    + """
import numpy as np

def generous(brief, random):
    fair = np.flatnonzero(brief.signable())
    def move(view):
        print("thinking")
        standing = view.talks.standing
        if standing is not None and view.talks.proposer != view.party and brief.signable()[standing]:
            return Accept(view.party)
        return Offer(view.party, random.choice(fair[fair > 0]))
    return move

class Patient:
    def __init__(self, brief, random):
        self.inner = generous(brief, random)
    def __call__(self, view):
        return self.inner(view)
"""
)


@pytest.mark.parametrize("name", ["generous", "Patient"])
def test_a_factory_is_given_what_its_delegation_brings_and_its_own_stream(written, capsys, name):
    """Integers of numpy are whole numbers, and what the tactic prints stays out of the result."""
    module = written(FACTORY)
    first, second = (
        commands.simulate.simulate_with_movers(BILATERAL, 5, 0, [f"Borvia={module}:{name}"]) for _ in range(2)
    )
    assert first.to_dict() == second.to_dict()
    assert all(type(move.package) is int for move in first.talks.moves if isinstance(move, Offer))
    out, err = capsys.readouterr()
    assert out == ""
    assert "thinking" in err


def test_both_seats_and_their_neighbours_in_the_folder(written):
    """A module may import another one that lies beside it; the folder is left again afterwards."""
    other = written(QUIET)
    module = written(f"from {other} import quiet\n")
    told = commands.simulate.simulate_with_movers(
        BILATERAL, 0, 0, [f"Ardenia={module}:quiet", f"Borvia={other}:quiet"]
    ).to_dict()
    assert {move["move"] for move in told["transcript"]} == {"hold", "phase end", "shock"}
    assert str(Path.cwd()) not in sys.path[:1]


def test_the_command_line_hears_it(written, capsys):
    module = written(QUIET)
    words = ["simulate", "morocco-spain", "--set", "agenda.rounds=3", "--mover", f"Spain={module}:quiet"]
    assert app.run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ended_by"]["party"] == "Spain"
    assert app.run(words) == 0
    assert f"Spain was played by {module}:quiet." in " ".join(capsys.readouterr().out.split())


def test_the_tactic_of_the_manual_plays_as_the_manual_says(written, capsys):
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"This is `my_tactic.py`:\n\n```python\n(.*?)```", page, re.DOTALL)
    (command,) = re.findall(r"^winset (simulate .* --mover .*my_tactic:.*)$", page, re.MULTILINE)
    module = written(text)
    assert app.run([*command.replace("my_tactic", module).split(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "agreement"
    for seat in ("Northmark", "Sudora"):
        outcome = commands.simulate.simulate_with_movers(
            scenarios.read("three-purses"), 0, 0, [f"{seat}={module}:halfway"]
        )
        assert outcome.talks.over


# -- what is wrong


@pytest.mark.parametrize(
    ("wish", "reason", "hint"),
    [
        ("Ardenia", "no seat with a tactic", "SEAT=TACTIC"),
        ("Ardenia=", "no seat with a tactic", "SEAT=TACTIC"),
        ("=boulware", "no seat with a tactic", "SEAT=TACTIC"),
        ("Ardenja=boulware", "nobody sits for 'Ardenja'", "Ardenia"),
        ("Nowhere=boulware", "nobody sits for 'Nowhere'", "Ardenia or Borvia"),
        ("Ardenia=boulwar", "there is no tactic 'boulwar'", "boulware"),
        ("Ardenia=no_such_module:tactic", "there is no module 'no_such_module'", "no_such_module.py"),
        ("Ardenia=my/own.py:tactic", "no name of a module", "own:name"),
        ("Ardenia=json:dumpz", "json has no 'dumpz'", "dumps"),
        ("Ardenia=json:__doc__", "is something of type str, not a tactic", "takes a view"),
        ("Ardenia=json:JSONDecodeError", "has to be given msg, doc, pos", "takes a view"),
    ],
)
def test_a_wish_that_cannot_be_met(wish, reason, hint):
    problem = wrong(wish)
    assert reason in problem.reason
    assert hint in problem.hint


def test_a_case_without_an_agenda_has_no_seat_to_give():
    with pytest.raises(InputError, match="nothing to negotiate over"):
        commands.simulate.simulate_with_movers(scenarios.read("bully"), 0, 0, ["Developed=linear"])


def test_one_seat_is_given_away_once():
    with pytest.raises(InputError, match="given away twice"):
        commands.simulate.simulate_with_movers(BILATERAL, 0, 0, ["Ardenia=linear", "ardenia=micro"])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("return Reject(view.party)", "Reject(party=0) is not legal in round 1 (bargain)"),
        ("return Offer(view.party, 0)", "the status quo is no offer (round 1, bargain)"),
        ("return Offer(view.party, 10**9)", "packages on offer are 1 to 1023"),
        ("return Offer(view.party, 'all')", "does not hold what such a move holds (round 1, bargain)"),
        ("return Offer(view.party, 1.5)", "does not hold what such a move holds"),
        ("return Hold(1)", "Hold(party=1) speaks for another seat (round 1, bargain)"),
        (
            "return Vote(0, 0, 1)",
            "returned something of type Vote (round 1, bargain), which is no move of a delegation",
        ),
        ("return 'accept'", "returned something of type str (round 1, bargain)"),
        ("pass", "returned None (round 1, bargain)"),
    ],
)
def test_a_move_that_cannot_be_made_is_named_with_its_round(written, body, reason):
    module = written(f"{HEAD}def mine(view):\n    {body}\n")
    problem = wrong(f"Ardenia={module}:mine")
    assert reason in problem.reason
    assert problem.hint.startswith("now it may say: Hold, Offer, Walk") or "its own is party 0" in problem.hint


def test_under_seal_too(written):
    module = written(HEAD + "def mine(view):\n    return Request(view.party, [(99, 1)])\n")
    assert "no level 1 of issue 99 to ask for (round 1, request)" in wrong(f"Borvia={module}:mine", CASE).reason


FAULTS = {
    "when it speaks": (
        "def mine(view):\n    return view.nothing\n",
        ":2 in mine: AttributeError",
        "(round 1, bargain)",
    ),
    "when it is made": ("def mine(brief, random):\n    raise LookupError\n", ":2 in mine: LookupError", "making"),
    "when it is imported": ("import json\njson.loads('')\n", ":2 in <module>: JSONDecodeError", "importing"),
    "when it cannot be read": ("def mine(view:\n", ":1: SyntaxError", "importing"),
    "when it needs what is not there": ("import not_installed\n", ":1 in <module>: ModuleNotFoundError", "importing"),
    "when it leaves": ("def mine(view):\n    raise SystemExit(3)\n", ":2 in mine: SystemExit: 3", "(round 1, bargain)"),
    "deep inside": (
        "import json\ndef mine(view):\n    return json.loads('{')\n",
        ":3 in mine: JSONDecodeError",
        "round",
    ),
}


@pytest.mark.parametrize(("text", "told", "when"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_user_s_code_is_one_line_with_its_place(written, text, told, when):
    module = written(text)
    reason = wrong(f"Ardenia={module}:mine").reason
    assert f"{module}.py{told}" in reason
    assert when in reason


def test_a_factory_that_makes_nothing_callable(written):
    module = written("def mine(brief, random):\n    return 3\n")
    assert "returned something of type int" in wrong(f"Ardenia={module}:mine").reason


def test_the_traceback_is_shown_to_who_asks_for_it(written, monkeypatch):
    module = written("def mine(view):\n    return 1 / 0\n")
    monkeypatch.setenv("WINSET_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        commands.simulate.simulate_with_movers(BILATERAL, 0, 0, [f"Ardenia={module}:mine"])


def test_the_command_line_tells_a_fault_in_two_lines(written, capsys):
    module = written("def mine(view):\n    return 1 / 0\n")
    assert app.run(["simulate", "alike-neighbours", "--mover", f"host={module}:mine", "--json"]) == 2
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 2
    assert "error" in json.loads(out)


# -- what it writes, and how long it takes

SHORT = ("alike-neighbours", "--set", 'agenda.protocol="alternating"', "--set", "agenda.rounds=4")
"""Talks in which a tactic may hold whenever it speaks."""
NOISY = (
    HEAD
    + """
import os, subprocess, sys

def noisy(view):
    print("printed")
    os.write(1, b"by number\\n")
    sys.__stdout__.write("by the first stream\\n")
    subprocess.run(["echo", "by a child"], check=True)
    return Hold(view.party)
"""
)


def test_what_it_writes_by_any_route_stays_off_standard_output(written):
    module = written(NOISY)
    done = command("simulate", *SHORT, "--mover", f"Ardenia={module}:noisy", "--json")
    assert json.loads(done.stdout)["scenario"] == "alike-neighbours"
    for said in ("printed", "by number", "by the first stream", "by a child"):
        assert said in done.stderr


CAUGHT = """
def mine(view):
    while True:
        try:
            sum(range(1000))
        except {}:
            pass
"""
LOOPS = {
    "loop": "def mine(view):\n    while True:\n        pass\n",
    "caught": CAUGHT.format("Exception"),
    "while it is imported": "while True:\n    pass\n",
}


@pytest.mark.parametrize("loop", LOOPS)
def test_a_tactic_that_does_not_end_is_stopped_and_named(written, loop):
    module = written(LOOPS[loop])
    with pytest.raises(InputError) as refused:
        commands.simulate.simulate_with_movers(BILATERAL, 0, 0, [f"Ardenia={module}:mine"], timeout=0.5)
    (problem,) = refused.value.problems
    assert "ran out of time" in problem.reason
    assert f"{module}.py:" in problem.reason
    assert "--timeout" in problem.hint
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


# Inside two `try`: the time may run out between two turns of the inner loop.
CATCHES_EVERYTHING = """
def mine(view):
    while True:
        try:
            while True:
                try:
                    sum(range(1000))
                except BaseException:
                    pass
        except BaseException:
            pass
"""


def test_a_tactic_that_catches_everything_ends_with_its_process(written):
    wish = f"Ardenia={written(CATCHES_EVERYTHING)}:mine"
    done = command("simulate", "alike-neighbours", "--mover", wish, "--timeout", "0.5")
    assert done.returncode == 2
    assert "cannot be stopped" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_tactic_of_ours_has_no_time_limit():
    commands.simulate.simulate_with_movers(CASE, 0, 0, ["Borvia=conceder"], timeout=1e-9)
