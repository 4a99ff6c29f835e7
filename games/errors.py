"""What Winset says when it is given something that it cannot use.

    ValueError
     +-- InputError      a file, a key or an argument is wrong; carries one Problem or many

The text of these errors is public interface: it names the place, says what is wrong there, and what to
write instead. The command line prints it and leaves with code 2; nothing else in the house catches it.
"""

from __future__ import annotations

from typing import NamedTuple

from games.visible import visible


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
