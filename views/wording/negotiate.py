"""Titles, labels and sentences of the page Negotiate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from games.messages import join_messages, message, plural_message
from negotiation.agenda.ladders import Ladder
from negotiation.protocols.moves import (
    Accept,
    Hold,
    Move,
    Offer,
    PhaseEnd,
    Reject,
    Request,
    Shock,
    Vote,
    Walk,
    Withdraw,
)
from negotiation.protocols.state import Phase, Talks
from negotiation.ratification.compensation import NO_LOSER, NO_VOTE, PASSES
from negotiation.tactics.registry import REGISTRY
from views.wording.screen import ALL_GROUPS, number, possessive

TITLE = message("Negotiate")
QUESTION = message("What can you both sign?")
AFTER = message("What did you leave on the table?")
WATCHING = message("What can these two sign?")
WATCHED = message("What did they leave on the table?")

NOTHING = message("nothing")
UNDER_SEAL = message("sealed")
TODAY = message("Today")
LINE = message("Line")
AGREED = message("agreed")
BOTH_COMMIT = message("Both commit")
IN_FORCE = message("Every text is the treaty of free movement that is in force.")
STEPS = {name: tactic.description for name, tactic in REGISTRY.items()}
"""What each tactic does, by its name."""

PROPOSE = message("You propose")
"""Heading of the reader's package. A package holds the lines of both sides, so it is a proposal, not an offer."""
WORTH = message("What it is worth to you")
WORTH_NOTE = message("Against walking away, {unit}.")
HOME = message("Would it pass at home?")
ROUNDS = message("What each offer was worth to you")
SPACE = message("Every offer, and what was possible")
BRIEF = message("Your brief")
PUBLIC = message("What everybody knows")
CONFIDENTIAL = message("For your eyes only")
LIMITS = message("You may not sign")
WANTED = message("Ask for")
WITHOUT = message("Without a deal")
FLOOR = message("Below every line lie rights that nobody can trade; they are not on this board.")
CHOOSE = message("Change")
CHOOSE_NOTE = message("A new choice begins the talks afresh.")
MOVES = message("Your moves as text")
LONG = message("This link has grown above 1,500 characters, which some programs cut. Your moves, to keep or to send:")
SEALED = message("What you write stays under seal until {other} has written, too.")

SIGN = message("Sign this?")
SIGN_NOTE = message("Signing binds you. Your groups at home vote on it at once, and so do {other}.")
LEAVE = message("Walk away?")
LEAVE_NOTE = message("The talks end and today’s practice goes on. Leaving what is worse than no deal is a fair result.")
STAY = message("Stay at the table")

YOU, THEY = message("You"), message("They")
HAPPENED = message("What happened")
POSSIBLE = message("What was possible")
ABSENT = message("Who was absent")
NOT_SEATED = message("Old and new migrants have no seat at the table.")
PAPER = message("What was signed")
PAYMENTS = message("Payments")
FAITH = message("Were you faithful to your mandate?")
ASK = message("Ask yourselves")
SHOW = message("Show where this stands")
REVEAL_NOTE = message("Guess first: how far from the edge did it end?")

WATCH = message("Watch both")
DIFF = message("<ins>Bold</ins> is new, <del>struck</del> is what it replaces.")
ASKING = message("Pick what you want, at least. What you give for it comes later.")
OPEN = message("Both sides’ cards are open here. At a seat you see your own values only.")

REASONS = (
    message("I would rather not say"),
    message("Nothing on offer is better than no deal"),
    message("It would not pass at home"),
    message("It crosses a red line"),
)
"""Why a person leaves, in the order of `views.negotiate.link.REASONS`."""

FAULTS = {
    "today": message("Pick at least one line: today’s practice is no offer."),
    "failed": message("This package has failed at home and cannot come back unchanged."),
    "promised": message("A line of yours stands lower than you have promised: withdraw first."),
}
"""Why an offer cannot be made, by the result of `fault`."""


AND = message(" and ")
SHARE_OF_OWN_GDP = message("% of own GDP")
STAGES = {
    Phase.REQUEST: message("sealed requests"),
    Phase.OFFER: message("sealed first drafts"),
    Phase.OVER: message("after the talks"),
}
"""The stage of the talks in phases that have no rounds."""

NO_COMPENSATION: Mapping[str, str] = {
    PASSES: message("The package passes without compensation."),
    NO_VOTE: message("The status quo needs no vote."),
    NO_LOSER: message("No group is opposed, so there is no loss to make good; the package fails for want of votes."),
}
"""Why there is no compensation, as a sentence, by the reason that `compensation` gives."""


def line(item: Ladder) -> str:
    """Return the name of a line of the agenda, short enough for the schedule board."""
    return item.board_name


def short_level(item: Ladder, at: int) -> str:
    """Return the text of a level of an agenda line in a few words. Level 0 is the status quo."""
    return item.board_level(at)


def group(key: str) -> str:
    """Return the name of a group of voters: a key of the model in words, the name of a group of a case unchanged."""
    return ALL_GROUPS.get(key, key)


def value_decimals(span: float) -> int:
    """Return how many decimals distinguish packages whose values span this range: 1 for points, 2 or 3 for less."""
    return 1 if span >= 8 else 2 if span >= 0.8 else 3


def unit_text(told: str) -> str:
    """Return the unit of a party's values for the screen: "% of own GDP" for a share of GDP, another unit unchanged."""
    return SHARE_OF_OWN_GDP if "GDP" in told else told


def commitment_heading(country: str) -> str:
    """Return the heading over the lines of the agenda that one country concedes, such as "Sudora commits"."""
    return message("{country} commits", country=country)


def kicker_text(case: str, stage: str) -> str:
    """Return the small line above the page's question: title of the case and stage of the talks, with a comma."""
    return message("{case}, {stage}", case=case, stage=stage)


def stage(phase: Phase, number: int, rounds: int) -> str:
    """Return the stage of the talks as a text, such as "sealed requests" or "round 2 of 8".

    Parameters
    ----------
    phase
        Phase of the talks.
    number
        Rounds played.
    rounds
        Rounds that the rules allow.

    Returns
    -------
    str
        The stage.
    """
    if phase in STAGES:
        return STAGES[phase]
    if phase is Phase.BARGAIN and number >= rounds:
        return message("after the last round")
    return message("round {round} of {rounds}", round=min(number + 1, rounds), rounds=rounds)


def opening_answer(phase: Phase, other: str) -> str:
    """Return the sentences on what the reader has to write in a sealed phase of the talks: requests or a draft."""
    if phase is Phase.REQUEST:
        return message("Ask {other} first. Requests bind nobody.", other=other)
    return message("{other} has asked. Now write your first draft.", other=other)


def table_answer(other: str, gain: float | None, passes: bool, digits: int) -> str:
    """Return the sentence on the other side's package on the table: what it is worth to the reader.

    Parameters
    ----------
    other
        Name of the other country.
    gain
        Value of its package to the reader, above walking away; None when nothing is on the table.
    passes
        Whether the reader's groups would ratify it.
    digits
        Decimals of the value.

    Returns
    -------
    str
        One sentence.
    """
    if gain is None:
        return message("The table is empty. What do you propose?")
    owner, size = possessive(other), number(abs(gain), digits)
    if round(gain, digits) == 0:
        return message("{owner} offer is worth no more to you than walking away.", owner=owner)
    if gain < 0:
        return message("{owner} offer leaves you {size} worse off than no deal.", owner=owner, size=size)
    if passes:
        return message("{owner} offer is worth {size} to you.", owner=owner, size=size)
    return message("{owner} offer is worth {size} to you, and would fail at home.", owner=owner, size=size)


def verdict_at_home(passes: bool, yes: int, no: int) -> str:
    """Return a text on whether a package would pass the vote in one country, with the votes.

    Parameters
    ----------
    passes
        Whether it would pass.
    yes
        Votes for.
    no
        Votes against.

    Returns
    -------
    str
        For example "passes, 5 to 3".
    """
    if passes:
        return message("passes, {yes} to {no}", yes=yes, no=no)
    return message("fails, {yes} to {no}", yes=yes, no=no)


def turning_sentences(
    marginal: str | None, payments: Sequence[tuple[str, float]] | None, reason: str | None, digits: int
) -> str:
    """Return the sentences on what would make a package pass that fails in the vote at home: one group, or payments.

    Parameters
    ----------
    marginal
        The group whose vote alone would turn it; None when there is none.
    payments
        Cheapest compensation, as (group, amount); None or empty when there is none.
    reason
        Why there is no compensation; None when there is one.
    digits
        Decimals of the amounts.

    Returns
    -------
    str
        One or two sentences, to follow `about`.
    """
    said: list[str] = [
        message("{group} alone could turn the vote.", group=marginal)
        if marginal
        else message("no single group could turn the vote.")
    ]
    if payments:
        paid = [message("{group} {amount}", group=name, amount=number(loss, digits)) for name, loss in payments]
        said.append(message("Cheapest compensation: {payments}.", payments=join_messages(AND, paid)))
    elif reason:
        said.append(NO_COMPENSATION.get(reason, reason))
    return join_messages(" ", said)


def about(who: str, told: str) -> str:
    """Return a sentence on one package with a name in front of it, such as "Sudora proposes: ..."."""
    return message("{country}: {sentence}", country=who, sentence=told)


def red_line_warning(line: str) -> str:
    """Return the warning to the reader that a package crosses one of their red lines, whose text is given."""
    return message("This crosses a red line of yours: {line}", line=line)


def reply_sentence(move: Move | None, other: str) -> str:
    """Return the sentence on a rejection, withdrawal or pass of the other side; "" for another move and for None."""
    match move:
        case Reject():
            return message("{other} has said no to yours.", other=other)
        case Withdraw():
            return message("{other} has taken its offer back.", other=other)
        case Hold():
            return message("{other} has let its turn pass.", other=other)
        case _:
            return ""


def column_heading(other: str, *, asking: bool) -> str:
    """Return the heading of the other side's column on the schedule board: what it asks, or what it proposes."""
    return message("{country} asks", country=other) if asking else proposal_heading(other)


def proposal_heading(who: str) -> str:
    """Return the heading over the package that one side proposes, such as "Sudora proposes"."""
    return message("{country} proposes", country=who)


def signature_sentences(value: str, other: str) -> str:
    """Return the sentences of the dialog to sign an offer: its value (given as text), and what a signature means."""
    worth = message("It is worth {value} to you.", value=value)
    return join_messages(" ", [worth, SIGN_NOTE.format(other=possessive(other))])


def meter_heading(packages: int) -> str:
    """Return the heading over the bar that divides all packages, whose number is given, by what one side could sign."""
    return plural_message(
        "What you could sign, of {number} package", "What you could sign, of {number} packages", packages
    )


def both_meter_heading(packages: int) -> str:
    """Return the heading over the bar that divides all packages, whose number is given, by who would ratify them."""
    return plural_message(
        "What could pass at home, of {number} package", "What could pass at home, of {number} packages", packages
    )


def stake_sentence(expansion: float, today: int) -> str:
    """Return the sentence on the people whom a text admits: a share `expansion` beyond the `today` who are there."""
    return message(
        "Every text admits {share} % more people than the {today} who are there today, whatever its lines say.",
        share=f"{100 * expansion:.0f}",
        today=f"{today:,}",
    )


def lines_in_every_text(lines: Sequence[tuple[str, str]]) -> str:
    """Return the sentence on the lines that stand in every text: pairs of the name of a line and its level."""
    told = [message("{line}, {level}", line=line, level=level) for line, level in lines]
    return message("In every text, not negotiated: {lines}.", lines=join_messages("; ", told))


def last_move_sentence(talks: Talks, parties: Sequence[str], texts: Mapping[str, str]) -> str:
    """Return the last move of talks that are watched, as a sentence.

    Parameters
    ----------
    talks
        The talks so far.
    parties
        Names of the parties.
    texts
        Texts of the shocks, by name.

    Returns
    -------
    str
        One sentence.
    """
    if not talks.moves:
        return message("Nothing has been said yet.")
    return describe_move(talks.moves[-1], parties, texts)


_DONE = {
    Offer: message("{country} makes an offer."),
    Accept: message("{country} accepts, and both go home."),
    Reject: message("{country} says no."),
    Withdraw: message("{country} takes its offer back."),
    Hold: message("{country} lets the turn pass."),
    Walk: message("{country} walks away."),
    Request: message("{country} asks."),
}
"""What a party has done, by the kind of its move."""


def describe_move(move: Move, parties: Sequence[str], texts: Mapping[str, str]) -> str:
    """Return a move of the talks as a sentence for a reader who watches, as in "Sudora makes an offer".

    Parameters
    ----------
    move
        Any move.
    parties
        Names of the parties.
    texts
        Texts of the shocks, by name.

    Returns
    -------
    str
        One sentence.
    """
    match move:
        case PhaseEnd(reason):
            return message("The chair: {reason}.", reason=reason)
        case Shock(name):
            return message("From outside: {text}", text=texts[name])
        case Vote():
            return message("The vote at home failed; both are back at the table.")
        case _:
            return _DONE[type(move)].format(country=parties[move.party])
