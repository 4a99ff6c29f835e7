"""Sentences of the page Negotiate on ratification and on the end of the talks: forecast, failed vote, ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from games.messages import join_messages, message, plural_message
from negotiation.protocols.state import Ending
from views.wording.screen import number

OUT_OF_TIME = message("No deal: time ran out. Today’s practice goes on.")
SIGN_OR_REFUSE = message("The rounds are used up. Sign this offer or refuse it; then the talks end.")
ORDINALS = (
    message("first"),
    message("second"),
    message("third"),
    message("fourth"),
    message("fifth"),
    message("sixth"),
    message("seventh"),
    message("eighth"),
    message("ninth"),
)


class VoteCount(NamedTuple):
    """The votes for and against in one country on a package that failed there."""

    country: str | None
    """Name of the country; None for the reader's own."""
    yes: int
    no: int


LAST_DIGITS = {1: message("{place}st"), 2: message("{place}nd"), 3: message("{place}rd")}
"""Ordinals of numbers by their last digit, but for 11, 12 and 13."""


def ordinal(place: int) -> str:
    """Return the ordinal of a number from 1 on: "first" to "ninth" in words, then with digits: "10th", "21st"."""
    if place <= len(ORDINALS):
        return ORDINALS[place - 1]
    if place % 100 not in {11, 12, 13} and place % 10 in LAST_DIGITS:
        return LAST_DIGITS[place % 10].format(place=place)
    return message("{place}th", place=place)


def vote_forecast(yes: int, no: int, other: str, *, passes: bool, left: int, failed: int, is_last: bool) -> str:
    """Return how the reader's own groups would vote on the package on the table, and what a failed vote would lead to.

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
    if passes:
        return message(
            "Your groups at home would let it pass: {yes} for, {no} against. You cannot see how {other} would vote.",
            yes=yes,
            no=no,
            other=other,
        )
    down = message("Your groups at home would vote it down: {yes} for, {no} against.", yes=yes, no=no)
    if not left:
        after = message("It would be the {ordinal} failed vote and end the talks.", ordinal=ordinal(failed + 1))
    elif is_last:
        after = message("No turn is left: the talks would end.")
    else:
        after = message("You would be back at the table.")
    return join_messages(" ", [down, after])


def vote_failure_sentences(signer: str | None, counts: Sequence[VoteCount], last: int) -> str:
    """Return the sentences that tell the reader that a signed package failed in the vote of one or both countries.

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
    signed = message("You signed.") if signer is None else message("{country} signed your offer.", country=signer)
    told = [
        message("At home: {yes} for, {no} against.", yes=count.yes, no=count.no)
        if count.country is None
        else message("In {country}: {yes} for, {no} against.", country=count.country, yes=count.yes, no=count.no)
        for count in counts
    ]
    back = message("Back to the table; a {ordinal} failed vote ends the talks.", ordinal=ordinal(last))
    return join_messages(" ", [signed, *told, back])


def last_turn(other: str) -> str:
    """Return the note to the party that has the last turn of the talks: the other country cannot answer its offer."""
    return message("This is the last turn of the talks: {other} cannot answer another offer.", other=other)


def ending_sentences(ended: Ending, who: str | None, how: str, gain: float, digits: int) -> str:
    """Return how the talks ended, for a reader with a seat, in one or two sentences.

    A breakdown is a valid result.

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
        return message("Signed and ratified: {gain} for you.", gain=number(gain, digits, plus=True))
    if ended.outcome == "not ratified":
        return _voted_down(who)
    if how == "walk":
        return (
            message("No deal: you walked away.")
            if who is None
            else message("No deal: {country} walked away.", country=who)
        )
    return join_messages(" ", [_voted_down(who), message("Then time ran out.")]) if how == "vote" else OUT_OF_TIME


def _voted_down(country: str | None) -> str:
    if country is None:
        return message("Signed, and voted down at home.")
    return message("Signed, and voted down in {country}.", country=country)


def breakdown_sentence(gain: float | None, count: int, digits: int, *, left: bool) -> str:
    """Return the sentence after talks without a deal: whether there was anything that the reader could have signed.

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
        return (
            message("Leaving was right: there was nothing here that both countries would have ratified.")
            if left
            else message("There was nothing here that both countries would have ratified.")
        )
    if gain is None:
        return message("Nothing lay on the table when the talks ended.")
    if gain <= 0:
        return message(
            "What lay on the table was worth {gain} to you: no reason to sign it.", gain=number(gain, digits)
        )
    return message("What lay on the table was worth {gain} to you.", gain=number(gain, digits, plus=True))


def refusal_sentence(gain: float, digits: int) -> str:
    """Return the sentence after talks whose last offer the reader refused.

    `gain` is the value of that offer to the reader, above walking away.
    """
    return message("You refused the last offer. It was worth {gain} to you.", gain=number(gain, digits, plus=True))


def ending_between_tactics(ended: Ending, who: str | None, how: str) -> str:
    """Return how talks between two tactics (automatic negotiators) ended, for a reader who watches.

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
        return message("Signed and ratified in round {round}.", round=ended.round)
    if ended.outcome == "not ratified":
        return _voted_down(who)
    if how == "walk":
        return message(
            "No deal: {country} walked away in round {round}. Today’s practice goes on.",
            country=who,
            round=ended.round,
        )
    return plural_message(
        "No deal in {number} round: today’s practice goes on.",
        "No deal in {number} rounds: today’s practice goes on.",
        ended.round,
    )


def red_lines_crossed_sentence(lines: Sequence[str]) -> str:
    """Return the sentence with the red lines that the reader crossed in an offer or by signing.

    `lines` holds their texts.
    """
    return message("You crossed: {lines}", lines=join_messages(" ", lines))
