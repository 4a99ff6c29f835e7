"""Sentences of the debrief on the page Negotiate: what was possible, how far each side moved, who was absent."""

from __future__ import annotations

from negotiation.outcome.metrics import TotalGain
from views.wording.phrases import format_short
from views.wording.screen import number


def signable_sentence(count: int, within: int, packages: int) -> str:
    """Return how many packages could have been signed.

    Parameters
    ----------
    count
        Packages that were better for both and would have passed in both countries.
    within
        Those of them that cross no red line.
    packages
        All packages.

    Returns
    -------
    str
        One sentence.
    """
    if not count:
        return "There was nothing to sign: no package was better for both and would have passed in both countries."
    passing = f"{count:,} of {packages:,} packages were better for both and would have passed in both countries"
    if not within:
        return f"There was nothing to sign: {passing}, and every one of them crosses a red line."
    return f"{passing}; {within:,} of them cross no red line." if within < count else f"{passing}."


def share_text(value: float | None) -> str:
    """Return a share in per cent; "nothing asked" for None."""
    return "nothing asked" if value is None else f"{100 * value:.0f}\u00a0%"


QUESTIONS = (
    "Which line did you give that cost you little and was worth much to {other}?",
    "Which group at home would you have had to win for a better deal?",
    "What would those without a seat have changed?",
)
"""Debrief questions for cases without questions of their own."""


def first_question(who: str, own: float, other: str, theirs: float, digits: int) -> str:
    """Return the debrief question on concessions: how far each side moved, in the values of the first.

    Parameters
    ----------
    who
        Name of the first side.
    own
        Concession of the first side.
    other
        Name of the second side.
    theirs
        Concession of the second side.
    digits
        Decimals of the concessions.

    Returns
    -------
    str
        A statement and a question.
    """
    gave, got = round(own, digits) > 0, round(theirs, digits) > 0
    if not gave and not got:
        return f"Neither side came nearer, as {who} values it. What would have made it safe to move first?"
    if not gave:
        return f"{other} came towards {who} by {number(theirs, digits)}, and got nothing back. Why did it move?"
    if not got:
        return f"{who} came down by {number(own, digits)}, and {other} did not move. What did that buy?"
    return (
        f"{who} came down by {number(own, digits)} from the first offer, {other} came nearer by "
        f"{number(theirs, digits)}. Who led, and was it worth it?"
    )


def absent_sentence(change: str) -> str:
    """Return what those without a seat would have gained at the Nash point."""
    return f"At the Nash point new migrants would have had {change}. Nobody at the table counted it."


def total_gain_facts(found: TotalGain, who: str, unit: str) -> tuple[tuple[str, str, str], ...]:
    """Return the gain of all, movers included, as facts.

    Parameters
    ----------
    found
        Possible, realised and signable gain.
    who
        Subject of the sentence: "You" or "They".
    unit
        Unit of the gains.

    Returns
    -------
    tuple[tuple[str, str, str], ...]
        (term, value, role) for possible, realised and signable gain; the role is "".
    """
    return (
        ("Possible gain, those who move included", f"{format_short(found.possible)} {unit}", ""),
        (f"{who} realised", f"{format_short(found.realised)} {unit}", ""),
        ("The most that both countries would have signed", f"{format_short(found.signable)} {unit}", ""),
    )


def total_gain_sentences(found: TotalGain, who: str, unit: str) -> str:
    """Return the gain of all, movers included, in two sentences with its parts.

    Parameters
    ----------
    found
        Possible, realised and signable gain, and the parts of the possible one by account.
    who
        Subject of the sentence: "You" or "They".
    unit
        Unit of the gains.

    Returns
    -------
    str
        The sentences.
    """
    parts = [f"{format_short(change, plus=True)} to {account}" for account, change in found.parts.items()]
    return (
        f"The largest gain that was possible, with those who move, is {format_short(found.possible)} {unit}: "
        f"{', '.join(parts)}. {who} realised {format_short(found.realised)} of it; "
        "the most that both countries would have "
        f"signed is {format_short(found.signable)}."
    )
