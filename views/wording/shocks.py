"""What Negotiate says when something strikes from outside: its text, and what it changes for the person."""

from __future__ import annotations

from dataclasses import dataclass

from views.wording.screen import number

UNDERSTOOD = "Understood"
UNCHANGED = "Nothing changes in your points: every package is worth to you what it was, and your groups vote as before."
SAME = "Nothing changes in what packages are worth to you, and your groups vote as before."


@dataclass(frozen=True, slots=True)
class Change:
    """What shocks have changed for one seat, in its own values and at its own home; before them and now."""

    scored: bool
    """Packages are worth points, which no shock moves."""
    packages: int
    digits: int
    could_sign_before: int
    could_sign: int
    """Packages that are better for it than no deal, pass at home and cross none of its red lines."""
    best_before: float
    best: float
    """The most that any package is worth to it, above walking away."""
    facing_before: float | None = None
    facing: float | None = None
    """What the other side's proposal is worth to it, above walking away; None where none lies on the table."""
    passed_before: bool = False
    passes: bool = False
    """Whether its own groups would let that proposal pass."""

    @property
    def none(self) -> bool:
        """Whether everything is as it was."""
        return (self.could_sign_before, self.best_before, self.facing_before, self.passed_before) == (
            self.could_sign,
            self.best,
            self.facing,
            self.passes,
        )


def struck(number: int, text: str) -> str:
    """That something strikes from outside, and when."""
    return f"From outside, before round {number}: {text}"


def heading(number: int) -> str:
    """The heading of a banner."""
    return f"From outside, before round {number}"


def changes(found: Change, other: str) -> str:
    """What it changes for the person, in sentences."""
    if found.none:
        return UNCHANGED if found.scored else SAME
    told = [
        f"You could sign {found.could_sign:,} of {found.packages:,} packages, before {found.could_sign_before:,}.",
        f"The best of all is worth {_value(found, found.best)} to you, before {_value(found, found.best_before)}.",
    ]
    if found.facing is not None and found.facing_before is not None:
        told.append(
            f"What {other} proposes is worth {_value(found, found.facing)} to you, before "
            f"{_value(found, found.facing_before)}{_vote(found)}."
        )
    return " ".join(told)


def _vote(found: Change) -> str:
    """Whether a proposal's vote at home would turn."""
    if found.passes == found.passed_before:
        return ""
    return ", and would now pass at home" if found.passes else ", and would no longer pass at home"


def _value(found: Change, value: float) -> str:
    return number(value, found.digits, plus=True)
