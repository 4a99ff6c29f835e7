"""Sentences of the page Negotiate on a shock: its text, and what it changes for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from games.messages import Message, join_messages, message, plural_message
from views.wording.screen import number

UNDERSTOOD = message("Understood")
UNCHANGED = message(
    "Nothing changes in your points: every package is worth to you what it was, and your groups vote as before."
)
SAME = message("Nothing changes in what packages are worth to you, and your groups vote as before.")
PROPOSAL_WORTH = message("What {other} proposes is worth {now} to you, before {before}.")
NOW_PASSES = message("What {other} proposes is worth {now} to you, before {before}, and would now pass at home.")
NO_LONGER_PASSES = message(
    "What {other} proposes is worth {now} to you, before {before}, and would no longer pass at home."
)


@dataclass(frozen=True, slots=True)
class ShockChange:
    """What shocks (events during the talks) have changed for one seat, in its own values and its own country.

    Each fact is given as it was before the shocks and as it is now.
    """

    scored: bool
    """Whether packages are worth points, which no shock changes."""
    packages: int
    digits: int
    could_sign_before: int
    could_sign: int
    """Number of packages that are better than no deal, pass at home and cross no red line of this seat."""
    best_before: float
    best: float
    """Largest value of any package, above walking away."""
    facing_before: float | None = None
    facing: float | None = None
    """Value of the other side's proposal, above walking away; None when there is none."""
    passed_before: bool = False
    passes: bool = False
    """Whether the seat's own groups would ratify that proposal."""
    same: bool = True
    """Whether every package has the value and the votes of the seat's own groups that it had before."""

    @property
    def is_unchanged(self) -> bool:
        """Return whether the shocks have changed nothing for the seat."""
        return self.same and (self.could_sign_before, self.best_before, self.facing_before, self.passed_before) == (
            self.could_sign,
            self.best,
            self.facing,
            self.passes,
        )


def shock_sentence(number: int, text: str) -> str:
    """Return the sentence that reports an event from outside before a round of the talks.

    `number` is that round, from 1 on.
    """
    return message("From outside, before round {number}: {text}", number=number, text=text)


def shock_heading(number: int) -> str:
    """Return the heading of the box on an event from outside before round `number` of the talks, counted from 1."""
    return message("From outside, before round {number}", number=number)


def change_sentences(found: ShockChange, other: str) -> str:
    """Return the sentences on what shocks change for the reader. `other` is the name of the other country."""
    if found.is_unchanged:
        return UNCHANGED if found.scored else SAME
    told = [
        plural_message(
            "You could sign {now} of {number} package, before {before}.",
            "You could sign {now} of {number} packages, before {before}.",
            found.packages,
            now=f"{found.could_sign:,}",
            before=f"{found.could_sign_before:,}",
        ),
        message(
            "The best of all is worth {now} to you, before {before}.",
            now=_value(found, found.best),
            before=_value(found, found.best_before),
        ),
    ]
    if found.facing is not None and found.facing_before is not None:
        told.append(
            _proposal_sentence(found).format(
                other=other, now=_value(found, found.facing), before=_value(found, found.facing_before)
            )
        )
    return join_messages(" ", told)


def _proposal_sentence(found: ShockChange) -> Message:
    """Return the sentence on the other side's proposal: it says so where the vote at home would turn."""
    if found.passes == found.passed_before:
        return PROPOSAL_WORTH
    return NOW_PASSES if found.passes else NO_LONGER_PASSES


def _value(found: ShockChange, value: float) -> str:
    return number(value, found.digits, plus=True)
