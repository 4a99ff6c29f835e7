"""How a command speaks: a result or a complaint, to a person or to a program, and the code it leaves with."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TextIO, TypeVar

from games.errors import Problem
from games.visible_text import visible
from lab.record import Stopped
from views.cli.contract import SIGNAL, Exit, document, error
from views.text.layout import Screen, printable, screen

Result = TypeVar("Result")

LONGEST = 300
"""Characters of what is said of a wrong argument, which may itself be of any length."""

DEBUG = "WINSET_DEBUG"
"""Set in the environment, it shows the traceback of a fault of ours."""


def show(result: Result, reading: Callable[[Screen, Result], Sequence[str]], as_json: bool, no_colour: bool) -> None:
    """Print a result: as JSON by its own `to_dict`, or as `reading` tells it to a person."""
    if as_json:
        to_dict: Any = getattr(result, "to_dict", lambda: result)
        print(document(to_dict()))
    else:
        print("\n".join(map(printable, reading(screen(no_colour), result))))


def complain(problems: Sequence[Problem]) -> None:
    """Each problem in two lines on standard error: what is wrong, and what to write instead; equal hints once."""
    for at, (place, reason, hint) in enumerate(problems, start=1):
        say(f"error: {place}: {reason}")
        if hint and (at == len(problems) or problems[at].hint != hint):
            say(f"hint: {hint}")


def refused(problems: Sequence[Problem], as_json: bool, code: Exit = Exit.REFUSED) -> Exit:
    """Complain, on standard output too when that is read by a program, and give the exit code."""
    complain(problems)
    if as_json:
        print(document(error(problems)))
    return code


def say(line: str) -> None:
    """A line on standard error; what it quotes of files and arguments stands in it visibly.

    Where nobody can read it any more, as after a hang-up, nothing is written.
    """
    with suppress(OSError, ValueError):
        print("\n".join(map(visible, line.split("\n"))), file=sys.stderr, flush=True)


class Bearable:
    """Standard error for a bar that goes on when the terminal is gone."""

    def __init__(self) -> None:
        """Take it as it is now: a bar puts something else in its place."""
        self._stream: Any = sys.stderr

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def stopped(number: int = signal.SIGINT) -> int:
    """Say which signal stopped the command, and give the exit code."""
    say(Stopped(number).reason)
    return SIGNAL + number


def abandoned() -> bool:
    """Whether nobody reads our output any more. Where the system cannot tell, a broken pipe is taken for that."""
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    for number in (1, 2):
        poll.register(number, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def unread() -> Exit:
    """The reader of our output has gone (`| head`)."""
    _drop(sys.stdout)
    return Exit.UNREAD


def unwritten(error: OSError) -> Exit:
    """Our output cannot be written: the disk that it goes to is full."""
    _drop(sys.stdout)
    reason, hint = f"cannot be written: {error.strerror or error}", "let it go to a file on a disk with room"
    complain([Problem("standard output", reason, hint)])
    return Exit.STORAGE


def flush_streams() -> None:
    """Flush both streams before Python leaves; one that takes nothing any more must not change the exit code to 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _drop(stream)


def _drop(stream: TextIO) -> None:
    """What Python still holds for a stream when it leaves goes nowhere, without a complaint."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def misused(wrong: Any) -> Problem:
    """A wrong option or argument; typer's own errors know the command that was typed."""
    where = wrong.ctx.command_path if wrong.ctx else "winset"
    sentence: str = wrong.format_message()
    sentence = sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 3]}..."
    return Problem(where, (sentence[:1].lower() + sentence[1:]).rstrip("."), f"{where} --help lists what it takes")


def faulty(fault: BaseException) -> Problem:
    """A fault of Winset's own, in one line."""
    told = next(iter(str(fault).splitlines()), "")
    reason = f"this is a fault of ours, not of your input ({type(fault).__name__}: {told})"
    return Problem("winset", reason, f"run it again with {DEBUG}=1 and report what it prints, with `winset doctor`")
