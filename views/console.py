"""How a command speaks: a result or a complaint, to a person or to a program, and the code it leaves with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from games.errors import Problem
from games.visible import visible
from views.contract import Exit, document, error
from views.terminal import Screen, printable, screen

Result = TypeVar("Result")

DEBUG = "WINSET_DEBUG"
"""Set in the environment, it shows the traceback of a fault of ours."""


def show(result: Result, reading: Callable[[Screen, Result], Sequence[str]], as_json: bool, no_colour: bool) -> None:
    """Print a result: as JSON by its own `to_dict`, or as `reading` tells it to a person."""
    if as_json:
        to_dict: Any = getattr(result, "to_dict", lambda: result)
        print(document(to_dict()))
    else:
        print("\n".join(map(printable, reading(screen(no_colour), result))))


def tell(line: str) -> None:
    """Write a line to standard error; what it quotes of files and arguments stands in it visibly."""
    print(visible(line), file=sys.stderr)


def complain(problems: Sequence[Problem]) -> None:
    """Each problem in two lines on standard error: what is wrong, and what to write instead; equal hints once."""
    for at, (place, reason, hint) in enumerate(problems, start=1):
        tell(f"error: {place}: {reason}")
        if hint and (at == len(problems) or problems[at].hint != hint):
            tell(f"hint: {hint}")


def refused(problems: Sequence[Problem], as_json: bool, code: Exit = Exit.REFUSED) -> Exit:
    """Complain, on standard output too when that is read by a program, and give the exit code."""
    complain(problems)
    if as_json:
        print(document(error(problems)))
    return code


def interrupted() -> Exit:
    """Say that somebody stopped us."""
    tell("interrupted")
    return Exit.INTERRUPTED


def unread() -> Exit:
    """The reader of our output has gone (`| head`): let Python find nothing to flush when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.UNREAD


def misused(wrong: Any) -> Problem:
    """A wrong option or argument; typer's own errors know the command that was typed."""
    where = wrong.ctx.command_path if wrong.ctx else "winset"
    sentence: str = wrong.format_message()
    return Problem(where, (sentence[:1].lower() + sentence[1:]).rstrip("."), f"{where} --help lists what it takes")


def faulty(fault: Exception) -> Problem:
    """A fault of Winset's own, in one line."""
    told = next(iter(str(fault).splitlines()), "")
    reason = f"this is a fault of ours, not of your input ({type(fault).__name__}: {told})"
    return Problem("winset", reason, f"run it again with {DEBUG}=1 and report what it prints, with `winset doctor`")
