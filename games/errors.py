"""The errors that Winset raises on purpose, and the text that they print.

All exceptions of the code base, with the module that defines each one:

    `ValueError`
     +-- `InputError`               games.errors: a file, a key or an argument is wrong; exit code 2
     |    +-- `StorageError`       games.errors: the disk is full or broken; exit code 74
     |    +-- `ExecutorFailed`      lab.store.errors: no worker runs the cases of a sweep; exit code 2
     |    +-- `StoreRefusal`        lab.store.errors: a sweep folder cannot be used as it is; exit code 3
     |         +-- `StoreMismatch`    it holds another sweep, or one of another model version
     |         +-- `StoreLocked`      another process writes to it
     |         +-- `StoreDamaged`     one of its files cannot be read
     |         +-- `StoreUnwritable`  a file cannot be written
     |              +-- `StoreFailed`   the disk is full or broken; also a `StorageError`; exit code 74
     +-- `IllegalMove`              negotiation.protocols.state: the move is not allowed now; the state is unchanged
     +-- `_TooLongError`            games.exact_numbers: too many digits; becomes an `InputError`
     +-- `_TooLargeError`           games.exact_numbers: too large a number; becomes an `InputError`
    `TimeoutError`
     +-- `GameTooLarge`             games.equilibria.enumeration: too large for the exact solver at any time limit
     +-- `Late`                     lab.runs.scheduler: a run took longer than its limit
    `RuntimeError`
     +-- `Lost`                     lab.runs.scheduler: a worker process ended in the middle of a run
    `KeyboardInterrupt`
     +-- `SweepStopped`             lab.record: a signal stopped the work
    `BaseException`
     +-- `OutOfTime`                agents.custom_code: the time limit of a user's own code is over

The text of an `InputError` is public interface: it names the place, the reason, and what to write instead. The command
line prints it and exits with the code above. Other modules catch an `InputError` only to add a place, to collect
several problems, or to use a fallback.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import NamedTuple

from games.documents import Document
from games.visible_text import visible

DEBUG = "WINSET_DEBUG"
"""Environment variable that makes an error print its traceback: of a bug of Winset, or of a user's own code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument(Document):
    """One thing that is wrong, in a JSON document."""

    place: str
    """FILE:KEY, or the name of an argument."""
    reason: str
    """What is wrong there."""
    hint: str
    """What to write instead."""


class Problem(NamedTuple):
    """One thing that is wrong: where, why, and what to write instead."""

    place: str
    """File and key, such as `case.toml:economy.gap`, or the name of the argument."""
    reason: str
    hint: str = ""

    def document(self) -> ProblemDocument:
        """Return the problem as a part of a JSON document."""
        return ProblemDocument(place=self.place, reason=self.reason, hint=self.hint)


class InputError(ValueError):
    """The input is wrong in one place or more; nothing was computed and nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        """Store at least one problem; a reader collects all problems of a file before it raises.

        Control and direction characters in the three texts are replaced by escapes, so the texts can be printed as they
        are.
        """
        self.problems = tuple(Problem(*map(visible, problem)) for problem in problems)
        super().__init__(*self.problems)  # `copy` and `pickle` rebuild the error from these arguments

    def __str__(self) -> str:
        """Return one line per problem: place, reason, and the hint in brackets."""
        return "\n".join(
            f"{place}: {reason}" + (f" (hint: {hint})" if hint else "") for place, reason, hint in self.problems
        )


def input_error(place: str, reason: str, hint: str = "") -> InputError:
    """Return the `InputError` for a single problem, ready to be raised.

    Parameters
    ----------
    place
        File and key, or the name of the argument.
    reason
        What is wrong there, as the rest of a sentence that begins with the place.
    hint
        What to write instead; empty for none.

    Returns
    -------
    InputError
        The error; the caller raises it.
    """
    return InputError(Problem(place, reason, hint))


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The `errno` values for "no space left": on the disk, in the quota, in the file."""
FAILED = (*FULL, errno.EIO)
"""The values of `FULL`, and the `errno` value for a broken disk."""


class StorageError(InputError):
    """The input is right, but the disk is full or broken; the command line exits with code 74."""


def write_error(error: OSError, place: str, hint: str) -> InputError:
    """Return the error for a result file that cannot be written.

    Parameters
    ----------
    error
        The error of the operating system.
    place
        Path of the file, for the message.
    hint
        What to do instead, where the disk is not the cause.

    Returns
    -------
    InputError
        A `StorageError` when `error.errno` is in `FAILED`, otherwise an `InputError` with `hint`.
    """
    reason = f"cannot be written: {error.strerror or error}"
    if error.errno in FAILED:
        return StorageError(Problem(place, reason, "make room on that disk, or name a file on another one"))
    return input_error(place, reason, hint)
