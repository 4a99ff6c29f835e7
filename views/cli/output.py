"""Output of a command: a result or an error message, for a person or for a program, and the exit code."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TextIO, TypeVar

from games.errors import DEBUG, Problem
from games.visible_text import visible
from lab.finished_run import SweepStopped
from views.cli.contract import SIGNAL, Exit, document, error_document
from views.text.layout import Screen, printable, screen
from views.wording.translation import translate

Result = TypeVar("Result")

LONGEST = 300
"""Maximum number of characters in a message on a wrong argument."""


def show(result: Result, reading: Callable[[Screen, Result], Sequence[str]], as_json: bool, no_colour: bool) -> None:
    """Print the result of a command on standard output, as one JSON document or as text.

    Parameters
    ----------
    result
        Any result. As JSON its document is printed: the result of its method `document`, or else of `to_dict`, or else
        the result itself.
    reading
        Renders the result as lines of text for a screen.
    as_json
        Print one JSON document.
    no_colour
        Print without colour.
    """
    if as_json:
        written: Any = getattr(result, "document", lambda: result)()
        print(document(getattr(written, "to_dict", lambda: written)()))
    else:
        print("\n".join(map(printable, reading(screen(no_colour), result))))


def print_problems(problems: Sequence[Problem]) -> None:
    """Print each error of a command on standard error: one line for the error, one for the hint.

    Of consecutive errors with the same hint only the last prints it.
    """
    for at, (place, reason, hint) in enumerate(problems, start=1):
        print_error_line(f"error: {place}: {reason}")
        if hint and (at == len(problems) or problems[at].hint != hint):
            print_error_line(f"hint: {hint}")


def report_problems(problems: Sequence[Problem], as_json: bool, code: Exit = Exit.REFUSED) -> Exit:
    """Print the errors of a command on standard error, with `--json` also on standard output; return the exit code.

    Parameters
    ----------
    problems
        What is wrong, each with place, reason and hint.
    as_json
        Also print the problems as a JSON document.
    code
        Exit code to return.

    Returns
    -------
    Exit
        The value of `code`.
    """
    print_problems(problems)
    if as_json:
        print(document(error_document(problems)))
    return code


def print_error_line(line: str) -> None:
    """Print a line on standard error, in the chosen language, with control characters made visible.

    Nothing is written when the stream is closed, as after a hang-up.
    """
    with suppress(OSError, ValueError):
        print("\n".join(map(visible, translate(line).split("\n"))), file=sys.stderr, flush=True)


class TolerantStderr:
    """Standard error for a progress bar; errors in writing are ignored, so that work continues without a terminal."""

    def __init__(self) -> None:
        """Keep the present standard error: a progress bar replaces `sys.stderr`."""
        self._stream: Any = sys.stderr

    def write(self, text: str) -> int:
        """Write a text to standard error and return its length. If the stream is closed, nothing is written."""
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush standard error. If the stream is closed, nothing happens."""
        with suppress(OSError, ValueError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def report_signal(number: int = signal.SIGINT) -> int:
    """Print which signal stopped the command, and return the exit code: 128 plus the number of the signal."""
    print_error_line(SweepStopped(number).reason)
    return SIGNAL + number


def output_abandoned() -> bool:
    """Return whether the program that reads the output of this process has closed it, as after `| head`.

    Where `select.poll` does not exist, the answer is always True.
    """
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    for number in (1, 2):
        poll.register(number, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def discard_output() -> Exit:
    """Discard what is still to be written to standard output; return the exit code for a closed pipe (`| head`)."""
    _drop(sys.stdout)
    return Exit.UNREAD


def report_unwritable_output(error: OSError) -> Exit:
    """Print that standard output cannot be written, for example to a full disk, and return the exit code for that.

    `error` is the error of the operating system. What is still to be written is discarded.
    """
    _drop(sys.stdout)
    reason, hint = f"cannot be written: {error.strerror or error}", "let it go to a file on a disk with room"
    print_problems([Problem("standard output", reason, hint)])
    return Exit.STORAGE


def flush_streams() -> None:
    """Flush standard output and standard error before Python exits.

    A stream that fails is redirected to the null device; otherwise the exit code would become 120.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _drop(stream)


def _drop(stream: TextIO) -> None:
    """Redirect a stream to the null device, so that what Python still buffers is discarded without an error."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def usage_problem(wrong: Any) -> Problem:
    """Return the problem (place, reason, hint) for a wrong option or argument on the command line.

    `wrong` is the error that typer raised.
    """
    where = wrong.ctx.command_path if wrong.ctx else "winset"
    sentence: str = wrong.format_message()
    sentence = sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 3]}..."
    return Problem(where, (sentence[:1].lower() + sentence[1:]).rstrip("."), f"{where} --help lists what it takes")


def bug_problem(fault: BaseException) -> Problem:
    """Return the problem (place, reason, hint) that tells the user of a bug of Winset in one line.

    `fault` is the exception that nobody expected.
    """
    told = next(iter(str(fault).splitlines()), "")
    reason = f"this is a fault of ours, not of your input ({type(fault).__name__}: {told})"
    return Problem("winset", reason, f"run it again with {DEBUG}=1 and report what it prints, with `winset doctor`")
