"""A user's own tactic: Python code that is imported by name, checked move by move, and limited in time.

    module:name                        the module is imported from a folder, else from the installed packages
    name(view) -> move                 returns a move, given the view of the talks
    name(brief, random) -> mover       returns such a callable, given the brief of its delegation

An error in the code is reported in one line with its place. What the code writes to standard output, also from a child
process, goes to standard error.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, redirect_stdout, suppress
from functools import partial
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from inspect import Parameter, signature
from operator import index
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Any, NamedTuple, NoReturn, cast, get_args

import numpy as np

from agents.table import NegotiationTable, mover_from_brief
from games.errors import DEBUG, InputError, input_error
from games.text.spelling import closest_words
from negotiation.protocols.engine import advance, legal
from negotiation.protocols.moves import Move, Offer, PhaseEnd, Request, Shock, Vote, Walk
from negotiation.protocols.state import IllegalMove, Mover, View
from negotiation.tactics.brief import COPY, Brief, is_read_only_error

TAKES = "a tactic takes a view and returns a move, or takes a brief and a random generator and returns such a callable"

DELEGATION_MOVES = tuple(kind for kind in get_args(Move) if kind not in {PhaseEnd, Shock, Vote})
"""Moves of a delegation; groups at home cast votes, the chair closes phases, shocks come from outside."""

POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
REST = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)

AGAIN = 1.0
"""Seconds until code that has caught OutOfTime is interrupted again."""
MOST_CAUGHT = 5
"""Interruptions that code may catch; at the next one the process exits."""


class OutOfTime(BaseException):
    """The time limit of a run with the user's code is over. `except Exception` does not catch it."""


class CustomCode(NamedTuple):
    """A user's tactic, and the words for its errors."""

    place: str
    """The place that an error message names."""
    name: str
    """`module:name`."""
    longer: str
    """What to write when the time limit is over."""


def load_mover(code: CustomCode, table: NegotiationTable, party: int, random: np.random.Generator) -> Mover:
    """Import a user's tactic and return its mover; every move is checked when it is made.

    A factory is called with the brief of the delegation, and again after every shock.

    Parameters
    ----------
    code
        The tactic, as `module:name`.
    table
        Table of the case.
    party
        Number of the party that the mover plays.
    random
        Random generator that a factory receives.

    Returns
    -------
    Mover
        The checked mover.

    Raises
    ------
    InputError
        When the module or the name does not exist, or is not a tactic.
    """
    name, _, attribute = code.name.partition(":")
    module = _import_user_module(code, name)
    made = _find_attribute(code, module, attribute)
    if _count_arguments(code, made) == 1:
        return _check_every_move(code, module, cast("Callable[[View], Any]", made))
    return mover_from_brief(table, party, partial(_make_mover, code, module, made, random))


@contextmanager
def isolate(folder: Path, seconds: float | None, give_up: Callable[[], NoReturn]) -> Generator[None]:
    """Import from a folder first, redirect standard output to standard error, and limit the time.

    Parameters
    ----------
    folder
        Folder whose modules are found first.
    seconds
        Time limit; None for no limit. There is none on a system without such a timer.
    give_up
        Ends the process; called when the code has caught `OutOfTime` too often.

    Raises
    ------
    OutOfTime
        When the time limit is over.
    """
    with _import_from(folder), _redirect_output(), _limit_time(seconds, give_up):
        yield


def _make_mover(code: CustomCode, module: ModuleType, factory: Any, random: np.random.Generator, brief: Brief) -> Mover:
    """Call the user's factory with a brief; the moves of the mover it returns are checked."""
    with _report_errors(code, module.__file__, "making the mover"):
        made = factory(brief, random)
    if not callable(made):
        raise input_error(code.place, f"its factory returned {_kind_of(made)}, which cannot be called", TAKES)
    return _check_every_move(code, module, made)


def _import_user_module(code: CustomCode, name: str) -> ModuleType:
    """Import the user's module, from the folder of `isolate` or from the installed packages."""
    if not all(part.isidentifier() for part in name.split(".")):
        hint = f"write the module as Python imports it, as in {Path(name).stem}:name for {Path(name).stem}.py"
        raise input_error(code.place, f"{name!r} is no name of a module", hint)
    package = name.partition(".")[0]
    invalidate_caches()
    spec = None if package in sys.modules else find_spec(package)
    if spec is None and package not in sys.modules:
        hint = f"write it into {name.replace('.', '/')}.py in the folder where you run winset"
        raise input_error(code.place, f"there is no module {package!r}", hint)
    with _report_errors(code, spec and spec.origin, f"importing {name}"):
        return import_module(name)


def _find_attribute(code: CustomCode, module: ModuleType, name: str) -> Any:
    """The attribute of that name in the module; InputError when there is none."""
    if not hasattr(module, name):
        known = [each for each, value in vars(module).items() if callable(value) and not each.startswith("_")]
        near = closest_words(name, known) or known
        hint = f"write one of: {', '.join(near)}" if near else "define it there, or write another module"
        raise input_error(code.place, f"{module.__name__} has no {name!r}", hint)
    return getattr(module, name)


def _count_arguments(code: CustomCode, made: Any) -> int:
    """The number of required arguments: one for a mover, two for a factory; InputError for all else."""
    if not callable(made):
        raise input_error(code.place, f"is {_kind_of(made)}, not a tactic", TAKES)
    try:
        parameters = signature(made).parameters.values()
    except (TypeError, ValueError):
        raise input_error(code.place, "does not say what arguments it takes", TAKES) from None
    needed = [each for each in parameters if each.default is Parameter.empty and each.kind not in REST]
    if len(needed) not in (1, 2) or not all(each.kind in POSITIONAL for each in needed):
        names = ", ".join(each.name for each in needed) or "nothing"
        raise input_error(code.place, f"has to be given {names}", TAKES)
    return len(needed)


def _check_every_move(code: CustomCode, module: ModuleType, speak: Callable[[View], Any]) -> Mover:
    """Wrap the user's mover so that each move is checked at once."""

    def move(seen: View) -> Move:
        when = f"round {seen.talks.round + 1}, {seen.talks.phase}"
        with _report_errors(code, module.__file__, when):
            said = speak(seen)
        return _check_move(code, seen, said, when)

    return move


def _check_move(code: CustomCode, seen: View, said: Any, when: str) -> Move:
    """Return the move if this party may make it now; InputError otherwise."""
    allowed = sorted(kind.__name__ for kind in legal(seen.talks, seen.party))
    hint = f"now it may say: {', '.join(allowed)}"
    if not isinstance(said, DELEGATION_MOVES):
        raise input_error(code.place, f"returned {_kind_of(said)} ({when}), which is no move of a delegation", hint)
    if said.party != seen.party:
        raise input_error(code.place, f"{said} speaks for another seat ({when})", f"its own is party {seen.party}")
    try:
        move = _with_plain_integers(said)
        advance(seen.talks, move)
    except IllegalMove as wrong:
        told = str(wrong)
        raise input_error(code.place, told if "round" in told else f"{told} ({when})", hint) from None
    except (TypeError, ValueError):
        raise input_error(code.place, f"{said} does not hold what such a move holds ({when})", hint) from None
    return move


def _with_plain_integers(said: Move) -> Move:
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
def _report_errors(code: CustomCode, file: str | None, when: str) -> Generator[None]:
    """Run the user's code in `file`; an exception becomes an InputError of one line."""
    try:
        yield
    except OutOfTime as late:
        where = _find_line(late, file)
        raise input_error(
            code.place, f"{where}: ran out of time ({when})" if where else f"ran out of time ({when})", code.longer
        ) from None
    except (Exception, SystemExit) as fault:
        if os.environ.get(DEBUG):
            raise
        raise _describe_error(code, fault, file, when) from None


def _describe_error(code: CustomCode, fault: BaseException, file: str | None, when: str) -> InputError:
    """The InputError for an exception in the user's code, with the last line of that code that was running."""
    said = next(iter(str(fault).splitlines()), "")
    told = f"{type(fault).__name__}: {said}" if said else type(fault).__name__
    where = _find_line(fault, file)
    reason = f"{where}: {told} ({when})" if where else f"{told} ({when})"
    hint = COPY if is_read_only_error(fault) else f"{DEBUG}=1 in the environment shows the whole traceback"
    return input_error(code.place, reason, hint)


def _find_line(fault: BaseException, file: str | None) -> str:
    """The last line of the user's file that was running, else the last line of the traceback; "" without one."""
    if isinstance(fault, SyntaxError) and fault.filename:
        return f"{Path(fault.filename).name}:{fault.lineno}"
    frames = [frame for frame in extract_tb(fault.__traceback__) if frame.filename != __file__]
    last = ([frame for frame in frames if frame.filename == file] or frames)[-1:]
    return "".join(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in last)


def _kind_of(value: Any) -> str:
    return "None" if value is None else f"something of type {type(value).__name__}"


@contextmanager
def _import_from(folder: Path) -> Generator[None]:
    """Put the folder first in the import path, as for a script in it."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


@contextmanager
def _redirect_output() -> Generator[None]:
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
def _limit_time(seconds: float | None, give_up: Callable[[], NoReturn]) -> Generator[None]:
    """Raise OutOfTime after the limit, and again every second; never on a system without such a timer."""
    main = threading.current_thread() is threading.main_thread()
    if seconds is None or not hasattr(signal, "setitimer") or not main:
        yield
        return
    caught = 0

    def ring(*_: Any) -> None:
        nonlocal caught
        caught += 1
        if caught > MOST_CAUGHT:
            give_up()
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
