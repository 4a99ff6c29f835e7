"""`winset simulate`: talks with the tactics of the case, or with the user's own (`--mover SEAT=TACTIC`).

A user's tactic is a Python callable, `module:name`, imported first from the working folder:

    name(view) -> move                 returns a move, given the view of the talks
    name(brief, random) -> mover       returns such a callable, given the brief of its delegation

The code is the user's. An error in it is reported in one line with its place; all it writes to standard output, also
from a child process, goes to standard error; and it has a time limit.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from inspect import Parameter, signature
from operator import index
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Any, NamedTuple, cast, get_args

import numpy as np

import agents
from agents import NegotiationTable
from games.errors import InputError, input_error
from games.text.spelling import closest_words
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.engine import advance, legal
from negotiation.protocols.moves import Move, Offer, PhaseEnd, Request, Shock, Vote, Walk
from negotiation.protocols.state import IllegalMove, Mover, View
from negotiation.tactics.brief import COPY, Brief, is_read_only_error
from negotiation.tactics.registry import TACTICS, make_tactic
from scenarios import Scenario
from views.cli.contract import Exit
from views.cli.output import DEBUG

FORM = "write SEAT=TACTIC, as in Spain=conceder, or SEAT=module:name for one of your own"
TAKES = "a tactic takes a view and returns a move, or takes a brief and a random generator and returns such a callable"

DELEGATION_MOVES = tuple(kind for kind in get_args(Move) if kind not in {PhaseEnd, Shock, Vote})
"""Moves of a delegation; groups at home cast votes, the chair closes phases, shocks come from outside."""

POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
REST = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)

SECONDS = 60.0
"""Default time limit of a run with the user's own tactics."""
AGAIN = 1.0
"""Seconds until code that has caught OutOfTime is interrupted again."""
MOST_CAUGHT = 5
"""Interruptions that code may catch; at the next one the process exits."""
LONGER = "mend the loop that does not end, or give it more time with --timeout SECONDS"


class OutOfTime(BaseException):
    """The time limit of a run with the user's code is over. `except Exception` does not catch it."""


class SeatTactic(NamedTuple):
    """One `--mover`: the tactic for one seat."""

    text: str
    party: int
    tactic: str

    @property
    def place(self) -> str:
        """The place that an error message names."""
        return f"--mover {self.text}"


def simulate_with_movers(
    case: Scenario, seed: int | None, replicate: int, wanted: Iterable[str] = (), timeout: float = SECONDS
) -> Outcome:
    """Simulate a case with the tactics of its seats, or with the given tactics.

    Parameters
    ----------
    case
        Case with an agenda.
    seed
        Seed of every random number; None for the seed of the case.
    replicate
        Number of the run with this seed, from 0.
    wanted
        Tactics of seats, each as `SEAT=TACTIC` or `SEAT=module:name`.
    timeout
        Seconds for a run with the user's own tactics; it does not limit others.

    Returns
    -------
    Outcome
        Outcome of the talks; its remarks name the given tactics.

    Raises
    ------
    InputError
        When a seat or a tactic does not exist, or when a user's tactic fails or takes too long.
    """
    number = case.seed if seed is None else seed
    words = list(wanted)
    play = agents.simulate  # loads `agents` before the user's folder is in the import path
    if not words:
        return play(case, number, replicate)
    table = agents.prepare_table(case)
    wishes = [_wish(case, text) for text in words]
    foreign = [wish for wish in wishes if wish.tactic not in TACTICS]
    try:
        with _at_hand(Path.cwd()), _aside(), _limited(timeout, bool(foreign)):
            outcome = play(case, number, replicate, build_movers(table, wishes, number, replicate))
    except OutOfTime:
        place = f"--mover {foreign[0].text}" if len(foreign) == 1 else "--mover"
        raise input_error(place, f"the talks took longer than {timeout:g} s", LONGER) from None
    told = tuple(f"{case.seats[wish.party].country} was played by {wish.tactic}." for wish in wishes)
    return replace(outcome, remarks=told)


def build_movers(table: NegotiationTable, wishes: Sequence[SeatTactic], seed: int, replicate: int) -> dict[str, Mover]:
    """Build the movers for the given tactics, by country.

    Parameters
    ----------
    table
        Table of the case.
    wishes
        Tactics of seats, at most one per seat.
    seed
        Seed of every random number.
    replicate
        Number of the run with this seed, from 0.

    Returns
    -------
    dict[str, Mover]
        Movers by country; each draws from the random stream of its seat.

    Raises
    ------
    InputError
        When a seat has two tactics, or a tactic does not exist.
    """
    taken = [wish.party for wish in wishes]
    for wish in wishes:
        if taken.count(wish.party) > 1:
            raise input_error(wish.place, "this seat is given away twice", "write one --mover a seat")
    return {
        table.scenario.seats[wish.party].country: _mover(
            wish, table, agents.stream(seed, replicate, f"tactic of seat {wish.party}")
        )
        for wish in wishes
    }


def _wish(case: Scenario, text: str) -> SeatTactic:
    """Parse one `--mover`; the seat is a country's name, role or code."""
    seat, given, name = (part.strip() for part in text.partition("="))
    if not (seat and given and name):
        raise input_error(f"--mover {text}", "is no seat with a tactic", FORM)
    found = [at for at, country in enumerate(case.countries) if country.matches(seat)]
    if not found:
        names = [country.name for country in case.countries]
        near = closest_words(seat, names, 1) or names
        raise input_error(f"--mover {text}", f"nobody sits for {seat!r}", f"write {' or '.join(near)} before the =")
    return SeatTactic(text, found[0], name)


def _mover(wish: SeatTactic, table: NegotiationTable, random: np.random.Generator) -> Mover:
    """Build the mover for a built-in tactic or for the user's own; a factory is called again after every shock."""
    if wish.tactic in TACTICS:
        return agents.mover_from_brief(table, wish.party, partial(make_tactic, wish.tactic, random=random))
    if ":" not in wish.tactic:
        near = closest_words(wish.tactic, TACTICS) or TACTICS
        hint = f"write {', '.join(near)}, or module:name for one of your own"
        raise input_error(wish.place, f"there is no tactic {wish.tactic!r}", hint)
    name, _, attribute = wish.tactic.partition(":")
    module = _module(wish, name)
    made = _attribute(wish, module, attribute)
    if _wants(wish, made) == 1:
        return _heard(wish, module, cast("Callable[[View], Any]", made))
    return agents.mover_from_brief(table, wish.party, partial(_made, wish, module, made, random))


def _made(wish: SeatTactic, module: ModuleType, factory: Any, random: np.random.Generator, brief: Brief) -> Mover:
    """Call the user's factory with a brief; the moves of the mover it returns are checked."""
    with _theirs(wish, module.__file__, "making the mover"):
        made = factory(brief, random)
    if not callable(made):
        raise input_error(wish.place, f"its factory returned {_kind(made)}, which cannot be called", TAKES)
    return _heard(wish, module, made)


def _module(wish: SeatTactic, name: str) -> ModuleType:
    """Import the user's module, from the working folder or from the installed packages."""
    if not all(part.isidentifier() for part in name.split(".")):
        hint = f"write the module as Python imports it, as in {Path(name).stem}:name for {Path(name).stem}.py"
        raise input_error(wish.place, f"{name!r} is no name of a module", hint)
    package = name.partition(".")[0]
    invalidate_caches()
    spec = None if package in sys.modules else find_spec(package)
    if spec is None and package not in sys.modules:
        hint = f"write it into {name.replace('.', '/')}.py in the folder where you run winset"
        raise input_error(wish.place, f"there is no module {package!r}", hint)
    with _theirs(wish, spec and spec.origin, f"importing {name}"):
        return import_module(name)


def _attribute(wish: SeatTactic, module: ModuleType, name: str) -> Any:
    """The attribute of that name in the module; InputError when there is none."""
    if not hasattr(module, name):
        known = [each for each, value in vars(module).items() if callable(value) and not each.startswith("_")]
        near = closest_words(name, known) or known
        hint = f"write one of: {', '.join(near)}" if near else "define it there, or write another module"
        raise input_error(wish.place, f"{module.__name__} has no {name!r}", hint)
    return getattr(module, name)


def _wants(wish: SeatTactic, made: Any) -> int:
    """The number of required arguments: one for a mover, two for a factory; InputError for all else."""
    if not callable(made):
        raise input_error(wish.place, f"is {_kind(made)}, not a tactic", TAKES)
    try:
        parameters = signature(made).parameters.values()
    except (TypeError, ValueError):
        raise input_error(wish.place, "does not say what arguments it takes", TAKES) from None
    needed = [each for each in parameters if each.default is Parameter.empty and each.kind not in REST]
    if len(needed) not in (1, 2) or not all(each.kind in POSITIONAL for each in needed):
        names = ", ".join(each.name for each in needed) or "nothing"
        raise input_error(wish.place, f"has to be given {names}", TAKES)
    return len(needed)


def _heard(wish: SeatTactic, module: ModuleType, speak: Callable[[View], Any]) -> Mover:
    """Wrap the user's mover so that each move is checked at once."""

    def move(seen: View) -> Move:
        when = f"round {seen.talks.round + 1}, {seen.talks.phase}"
        with _theirs(wish, module.__file__, when):
            said = speak(seen)
        return _checked(wish, seen, said, when)

    return move


def _checked(wish: SeatTactic, seen: View, said: Any, when: str) -> Move:
    """Return the move if this party may make it now; InputError otherwise."""
    allowed = sorted(kind.__name__ for kind in legal(seen.talks, seen.party))
    hint = f"now it may say: {', '.join(allowed)}"
    if not isinstance(said, DELEGATION_MOVES):
        raise input_error(wish.place, f"returned {_kind(said)} ({when}), which is no move of a delegation", hint)
    if said.party != seen.party:
        raise input_error(wish.place, f"{said} speaks for another seat ({when})", f"its own is party {seen.party}")
    try:
        move = _whole(said)
        advance(seen.talks, move)
    except IllegalMove as wrong:
        told = str(wrong)
        raise input_error(wish.place, told if "round" in told else f"{told} ({when})", hint) from None
    except (TypeError, ValueError):
        raise input_error(wish.place, f"{said} does not hold what such a move holds ({when})", hint) from None
    return move


def _whole(said: Move) -> Move:
    """The move with every integer converted to `int`, whatever integer type the tactic uses."""
    match said:
        case Offer(party, package):
            return Offer(party, index(package))
        case Request(party, asks):
            return Request(party, tuple((index(place), index(level)) for place, level in asks))
        case Walk(party, reason):
            return Walk(party, str(reason))
        case _:
            return said


@contextmanager
def _theirs(wish: SeatTactic, file: str | None, when: str) -> Generator[None]:
    """Run the user's code in `file`; an exception becomes an InputError of one line."""
    try:
        yield
    except OutOfTime as late:
        where = _where(late, file)
        raise input_error(
            wish.place, f"{where}: ran out of time ({when})" if where else f"ran out of time ({when})", LONGER
        ) from None
    except (Exception, SystemExit) as fault:
        if os.environ.get(DEBUG):
            raise
        raise _failure(wish, fault, file, when) from None


def _failure(wish: SeatTactic, fault: BaseException, file: str | None, when: str) -> InputError:
    """The InputError for an exception in the user's code, with the last line of that code that was running."""
    said = next(iter(str(fault).splitlines()), "")
    told = f"{type(fault).__name__}: {said}" if said else type(fault).__name__
    where = _where(fault, file)
    reason = f"{where}: {told} ({when})" if where else f"{told} ({when})"
    hint = COPY if is_read_only_error(fault) else f"{DEBUG}=1 in the environment shows the whole traceback"
    return input_error(wish.place, reason, hint)


def _where(fault: BaseException, file: str | None) -> str:
    """The last line of the user's file that was running, else the last line of the traceback; "" without one."""
    if isinstance(fault, SyntaxError) and fault.filename:
        return f"{Path(fault.filename).name}:{fault.lineno}"
    frames = [frame for frame in extract_tb(fault.__traceback__) if frame.filename != __file__]
    last = ([frame for frame in frames if frame.filename == file] or frames)[-1:]
    return "".join(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in last)


def _kind(value: Any) -> str:
    return "None" if value is None else f"something of type {type(value).__name__}"


@contextmanager
def _at_hand(folder: Path) -> Generator[None]:
    """Put the folder first in the import path, as for a script in it."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


@contextmanager
def _aside() -> Generator[None]:
    """Redirect standard output to standard error, for `print`, file descriptor 1 and child processes."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        for stream in (sys.__stdout__, sys.stderr):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.flush()
        os.dup2(kept, 1)
        os.close(kept)


@contextmanager
def _limited(seconds: float, wanted: bool) -> Generator[None]:
    """Raise OutOfTime after the limit, and again every second; never on a system without such a timer."""
    if not wanted or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    caught = 0

    def ring(*_: Any) -> None:
        nonlocal caught
        caught += 1
        if caught > MOST_CAUGHT:
            os.write(
                2, f"error: --mover: took longer than {seconds:g} s and cannot be stopped\nhint: {LONGER}\n".encode()
            )
            os._exit(Exit.REFUSED)
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
