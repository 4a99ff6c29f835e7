"""What Negotiate says of a signature: how the vote at home would go, how it went, and how the talks ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from negotiation.protocols.state import Ending
from views.wording.screen import number

OUT_OF_TIME = "No deal: time ran out. Today’s practice goes on."
SIGN_OR_REFUSE = "The rounds are used up. Sign this offer or refuse it; then the talks end."
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


class Count(NamedTuple):
    """The votes of one country on a package that failed."""

    country: str | None
    """None for the reader's own."""
    yes: int
    no: int


def ordinal(place: int) -> str:
    """A place in a row, from 1 on, in words as far as there are short ones."""
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}th"


def forecast(yes: int, no: int, other: str, *, passes: bool, left: int, failed: int, is_last: bool) -> str:
    """How the own groups would vote on what is about to be signed, and what a failed vote would lead to.

    `failed` votes have failed before, and `left` more may fail; `is_last` when no turn is left after this one.
    """
    told = f"{yes} for, {no} against"
    if passes:
        return f"Your groups at home would let it pass: {told}. You cannot see how {other} would vote."
    down = f"Your groups at home would vote it down: {told}."
    if not left:
        return f"{down} It would be the {ordinal(failed + 1)} failed vote and end the talks."
    return f"{down} {'No turn is left: the talks would end.' if is_last else 'You would be back at the table.'}"


def failed_vote(signer: str | None, counts: Sequence[Count], last: int) -> str:
    """Announces a vote at home that failed; the failed vote number `last` ends the talks. The reader's seat is None."""
    signed = "You signed." if signer is None else f"{signer} signed your offer."
    told = [
        f"{'At home' if count.country is None else f'In {count.country}'}: {count.yes} for, {count.no} against."
        for count in counts
    ]
    return " ".join([signed, *told, f"Back to the table; a {ordinal(last)} failed vote ends the talks."])


def last_turn(other: str) -> str:
    """Said to the seat that speaks last, before its last turn."""
    return f"This is the last turn of the talks: {other} cannot answer another offer."


def ending(ended: Ending, who: str | None, how: str, gain: float, digits: int) -> str:
    """How the talks ended, in one sentence; a breakdown is a result like any other.

    `who` ended them by name, None for the reader; `how` is the kind of the last thing that was done: a walk, a vote
    that failed when no round was left, or nothing but the end of the time.
    """
    if ended.outcome == "agreement":
        return f"Signed and ratified: {number(gain, digits, plus=True)} for you."
    home = "at home" if who is None else f"in {who}"
    if ended.outcome == "not ratified":
        return f"Signed, and voted down {home}."
    if how == "walk":
        return f"No deal: {'you' if who is None else who} walked away."
    return f"Signed, and voted down {home}. Then time ran out." if how == "vote" else OUT_OF_TIME


def justified(gain: float | None, count: int, digits: int, *, left: bool) -> str:
    """What lay on the table at a breakdown, and whether there was anything to sign; `left` when the reader walked."""
    if not count:
        told = "there was nothing here that both countries would have ratified."
        return f"Leaving was right: {told}" if left else told.capitalize()
    if gain is None:
        return "Nothing lay on the table when the talks ended."
    if gain <= 0:
        return f"What lay on the table was worth {number(gain, digits)} to you: no reason to sign it."
    return f"What lay on the table was worth {number(gain, digits, plus=True)} to you."


def refused(gain: float, digits: int) -> str:
    """Said after talks whose last offer the reader has refused."""
    return f"You refused the last offer. It was worth {number(gain, digits, plus=True)} to you."


def watched_ending(ended: Ending, who: str | None, how: str) -> str:
    """How talks that were watched have ended; `who` ended them, and how."""
    if ended.outcome == "agreement":
        return f"Signed and ratified in round {ended.round}."
    if ended.outcome == "not ratified":
        return f"Signed, and voted down in {who}."
    if how == "walk":
        return f"No deal: {who} walked away in round {ended.round}. Today’s practice goes on."
    return f"No deal in {ended.round} rounds: today’s practice goes on."


def crossed(lines: Sequence[str]) -> str:
    """The red lines that the reader has crossed in an offer or by a signature."""
    return f"You crossed: {' '.join(lines)}"
