"""Sentences of the page Negotiate on ratification and on the end of the talks: forecast, failed vote, ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from negotiation.protocols.state import Ending
from views.wording.screen import number

OUT_OF_TIME = "No deal: time ran out. Today’s practice goes on."
SIGN_OR_REFUSE = "The rounds are used up. Sign this offer or refuse it; then the talks end."
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


class VoteCount(NamedTuple):
    """The votes of one country on a package that failed."""

    country: str | None
    """Name of the country; None for the reader's own."""
    yes: int
    no: int


def ordinal(place: int) -> str:
    """Return the ordinal of a place, from 1 on: in words up to nine, else with digits."""
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}th"


def vote_forecast(yes: int, no: int, other: str, *, passes: bool, left: int, failed: int, is_last: bool) -> str:
    """Return how the reader's groups would vote on the package in question, and what a failed vote would lead to.

    Parameters
    ----------
    yes
        Votes for.
    no
        Votes against.
    other
        Name of the other country.
    passes
        Whether the package would pass.
    left
        Number of further failed votes after which the talks go on; 0 when the next failed vote ends them.
    failed
        Number of votes that have failed before.
    is_last
        Whether no turn is left after this one.

    Returns
    -------
    str
        One or two sentences.
    """
    told = f"{yes} for, {no} against"
    if passes:
        return f"Your groups at home would let it pass: {told}. You cannot see how {other} would vote."
    down = f"Your groups at home would vote it down: {told}."
    if not left:
        return f"{down} It would be the {ordinal(failed + 1)} failed vote and end the talks."
    return f"{down} {'No turn is left: the talks would end.' if is_last else 'You would be back at the table.'}"


def vote_failure_sentences(signer: str | None, counts: Sequence[VoteCount], last: int) -> str:
    """Return the sentences that announce a failed vote at home.

    Parameters
    ----------
    signer
        Country that signed; None when the reader did.
    counts
        Votes of each country that voted the package down.
    last
        Number of the failed vote that ends the talks.

    Returns
    -------
    str
        The sentences.
    """
    signed = "You signed." if signer is None else f"{signer} signed your offer."
    told = [
        f"{'At home' if count.country is None else f'In {count.country}'}: {count.yes} for, {count.no} against."
        for count in counts
    ]
    return " ".join([signed, *told, f"Back to the table; a {ordinal(last)} failed vote ends the talks."])


def last_turn(other: str) -> str:
    """Return the note for the party that moves last, before its last turn."""
    return f"This is the last turn of the talks: {other} cannot answer another offer."


def ending_sentences(ended: Ending, who: str | None, how: str, gain: float, digits: int) -> str:
    """Return how the talks ended, in one or two sentences. A breakdown is a valid result.

    Parameters
    ----------
    ended
        The ending.
    who
        Country that ended the talks; None for the reader, and when no country did.
    how
        What came last: "walk", "vote" (it failed and no round was left) or "time".
    gain
        Value of the result to the reader, above walking away.
    digits
        Decimals of the value.

    Returns
    -------
    str
        The sentences.
    """
    if ended.outcome == "agreement":
        return f"Signed and ratified: {number(gain, digits, plus=True)} for you."
    home = "at home" if who is None else f"in {who}"
    if ended.outcome == "not ratified":
        return f"Signed, and voted down {home}."
    if how == "walk":
        return f"No deal: {'you' if who is None else who} walked away."
    return f"Signed, and voted down {home}. Then time ran out." if how == "vote" else OUT_OF_TIME


def breakdown_sentence(gain: float | None, count: int, digits: int, *, left: bool) -> str:
    """Return whether a breakdown was justified: what was on the table, and whether anything could have been signed.

    Parameters
    ----------
    gain
        Value to the reader of the package on the table, above walking away; None when there was none.
    count
        Number of packages that could have been signed within all red lines.
    digits
        Decimals of the value.
    left
        Whether the reader walked away.

    Returns
    -------
    str
        One sentence.
    """
    if not count:
        told = "there was nothing here that both countries would have ratified."
        return f"Leaving was right: {told}" if left else told.capitalize()
    if gain is None:
        return "Nothing lay on the table when the talks ended."
    if gain <= 0:
        return f"What lay on the table was worth {number(gain, digits)} to you: no reason to sign it."
    return f"What lay on the table was worth {number(gain, digits, plus=True)} to you."


def refusal_sentence(gain: float, digits: int) -> str:
    """Return the sentence after talks whose last offer the reader refused."""
    return f"You refused the last offer. It was worth {number(gain, digits, plus=True)} to you."


def ending_between_tactics(ended: Ending, who: str | None, how: str) -> str:
    """Return how talks between two tactics ended.

    Parameters
    ----------
    ended
        The ending.
    who
        Country that ended the talks; None when no country did.
    how
        What came last: "walk", "vote" or "time".

    Returns
    -------
    str
        One or two sentences.
    """
    if ended.outcome == "agreement":
        return f"Signed and ratified in round {ended.round}."
    if ended.outcome == "not ratified":
        return f"Signed, and voted down in {who}."
    if how == "walk":
        return f"No deal: {who} walked away in round {ended.round}. Today’s practice goes on."
    return f"No deal in {ended.round} rounds: today’s practice goes on."


def red_lines_crossed_sentence(lines: Sequence[str]) -> str:
    """Return the sentence with the red lines that the reader crossed in an offer or by signing."""
    return f"You crossed: {' '.join(lines)}"
