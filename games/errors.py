"""What Winset says when it is given something that it cannot use.

    ValueError
     +-- InputError      a file, a key or an argument is wrong; carries one Problem or many
          +-- StorageFailed   the disk is full or broken

The text of these errors is public interface: it names the place, says what is wrong there, and what to
write instead. The command line prints it and leaves with code 2; nothing else in the house catches it.
"""

from __future__ import annotations

import errno
from typing import NamedTuple

from games.visible_text import visible


class Problem(NamedTuple):
    """One thing that is wrong: where, why, and what to write instead."""

    place: str
    """File and key, as in `case.toml:economy.gap`, or the argument's name."""
    reason: str
    hint: str = ""


class InputError(ValueError):
    """The input is wrong in one place or in several; nothing was computed and nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        """Carry at least one problem; readers collect all problems of a file before they raise.

        What they quote of a file stands in them visibly, so that they may be printed as they are.
        """
        self.problems = tuple(Problem(*map(visible, problem)) for problem in problems)
        super().__init__(*self.problems)  # what copies and pickles are made from

    def __str__(self) -> str:
        """Every problem on a line of its own: place, reason, and in brackets what to write instead."""
        return "\n".join(
            f"{place}: {reason}" + (f" (hint: {hint})" if hint else "") for place, reason, hint in self.problems
        )


def refuse(place: str, reason: str, hint: str = "") -> InputError:
    """The error for a single problem, ready to be raised."""
    return InputError(Problem(place, reason, hint))


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says when nothing more fits: on the disk, in the quota, in the file."""
FAILED = (*FULL, errno.EIO)
"""The same, and what it says of a disk that is broken."""


class StorageFailed(InputError):
    """The input is right, but the disk is full or broken. The command line leaves with code 74."""


def unwritten(error: OSError, place: str, hint: str) -> InputError:
    """The error for a result that cannot be written; StorageFailed where the disk is to blame."""
    reason = f"cannot be written: {error.strerror or error}"
    if error.errno in FAILED:
        return StorageFailed(Problem(place, reason, "make room on that disk, or name a file on another one"))
    return refuse(place, reason, hint)
