"""Sentences of the debrief on the page Negotiate: what was possible, how far each side moved, who was absent."""

from __future__ import annotations

from games.messages import join_messages, message
from negotiation.outcome.metrics import TotalGain
from views.wording.phrases import format_short
from views.wording.screen import number


def signable_sentence(count: int, within: int, packages: int) -> str:
    """Return the sentence that tells, after the talks, how many packages both countries could have signed.

    A package is one level for each line of the agenda.

    Parameters
    ----------
    count
        Packages that were better for both and would have passed in both countries.
    within
        Those of them that cross no red line.
    packages
        Number of all possible packages.

    Returns
    -------
    str
        One sentence.
    """
    if not count:
        return message(
            "There was nothing to sign: no package was better for both and would have passed in both countries."
        )
    amounts = {"count": f"{count:,}", "packages": f"{packages:,}", "within": f"{within:,}"}
    if not within:
        return message(
            "There was nothing to sign: {count} of {packages} packages were better for both and would have passed in "
            "both countries, and every one of them crosses a red line.",
            **amounts,
        )
    if within < count:
        return message(
            "{count} of {packages} packages were better for both and would have passed in both countries; {within} of "
            "them cross no red line.",
            **amounts,
        )
    return message(
        "{count} of {packages} packages were better for both and would have passed in both countries.", **amounts
    )


def share_text(value: float | None) -> str:
    """Return a share in [0, 1] as a text in per cent; the text "nothing asked" for None."""
    return message("nothing asked") if value is None else f"{100 * value:.0f}\u00a0%"


QUESTIONS = (
    message("Which line did you give that cost you little and was worth much to {other}?"),
    message("Which group at home would you have had to win for a better deal?"),
    message("What would those without a seat have changed?"),
)
"""Debrief questions for cases without questions of their own."""


def first_question(who: str, own: float, other: str, theirs: float, digits: int) -> str:
    """Return the question for the discussion after the talks on concessions: how far each side moved.

    Both concessions are in the values of the first side.

    Parameters
    ----------
    who
        Name of the first side.
    own
        Concession of the first side: value of its first offer less that of its last one.
    other
        Name of the second side.
    theirs
        Concession of the second side: value of its last offer less that of its first one.
    digits
        Decimals of the concessions.

    Returns
    -------
    str
        A statement and a question.
    """
    gave, got = round(own, digits) > 0, round(theirs, digits) > 0
    values = {"one": who, "other": other, "given": number(own, digits), "received": number(theirs, digits)}
    if not gave and not got:
        return message(
            "Neither side came nearer, as {one} values it. What would have made it safe to move first?", **values
        )
    if not gave:
        return message("{other} came towards {one} by {received}, and got nothing back. Why did it move?", **values)
    if not got:
        return message("{one} came down by {given}, and {other} did not move. What did that buy?", **values)
    return message(
        "{one} came down by {given} from the first offer, {other} came nearer by {received}. Who led, and was it "
        "worth it?",
        **values,
    )


SHARE_OF_BOTH_GDP = message("% of the two countries’ GDP")


def account_unit(unit: str) -> str:
    """Return the unit of the accounts: % of the two countries' GDP where values are shares of own GDP, or points."""
    return SHARE_OF_BOTH_GDP if "GDP" in unit else unit


def absent_sentence(change: str, sent_home: str | None) -> str:
    """Return the sentence on what new migrants would have had at the Nash point.

    Parameters
    ----------
    change
        Their account, as text.
    sent_home
        What they would have sent home beside it, as text; None where the accounts are points.

    Returns
    -------
    str
        One or two sentences.
    """
    if sent_home is None:
        return message(
            "At the Nash point new migrants would have had {change}. They have no seat and no vote.", change=change
        )
    return message(
        "At the Nash point new migrants would have had {change}, and {sent_home} more would have gone home to their "
        "families. They have no seat and no vote.",
        change=change,
        sent_home=sent_home,
    )


def total_gain_facts(found: TotalGain, who: str, unit: str) -> tuple[tuple[str, str, str], ...]:
    """Return three facts on the gain of everybody, movers included: the possible, the realised and the signable gain.

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
    possible, realised, signable = (
        message("{amount} {unit}", amount=format_short(amount), unit=unit)
        for amount in (found.possible, found.realised, found.signable)
    )
    if found.cost_of_moving is None:
        first = message("Possible gain, those who move included")
    else:
        first = message("Possible net gain, those who move included")
    return (
        (first, possible, ""),
        (message("{who} realised", who=who), realised, ""),
        (message("The most that both countries would have signed"), signable, ""),
    )


def total_gain_sentences(found: TotalGain, who: str, unit: str) -> str:
    """Return sentences on the gain of everybody, movers included: what was possible, with its parts, and realised.

    Where the accounts are money the gain is net of the cost of moving, the gross income stands beside it, and the last
    sentence says what the net gain leaves out.

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
    parts = join_messages(
        ", ",
        [
            message("{amount} to {account}", amount=format_short(change, plus=True), account=account)
            for account, change in found.parts.items()
        ],
    )
    amounts = {
        "possible": format_short(found.possible),
        "realised": format_short(found.realised),
        "signable": format_short(found.signable),
        "parts": parts,
        "unit": unit,
        "who": who,
    }
    if found.cost_of_moving is None:
        return message(
            "The largest gain that was possible, with those who move, is {possible} {unit}: {parts}. {who} realised "
            "{realised} of it; the most that both countries would have signed is {signable}.",
            **amounts,
        )
    told = message(
        "The largest net gain that was possible, with those who move, is {possible} {unit}: incomes change by {income} "
        "({parts}), and what moving costs people takes {cost} of it. {who} realised {realised} net; the most that "
        "both countries would have signed is {signable} net.",
        **amounts,
        income=format_short(sum(found.parts.values()), plus=True),
        cost=format_short(found.cost_of_moving),
    )
    return join_messages(" ", [told, LEFT_OUT])


LEFT_OUT = message(
    "The net gain counts one period. It leaves out third countries and the rent of the capital that follows labour."
)
"""What welfare does not contain, beside every sum of it in the debrief."""
