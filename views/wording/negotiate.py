"""Titles, labels and sentences of the page Negotiate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.agenda.ladders import Ladder
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.state import Phase, Talks
from views.wording.screen import GROUPS, number, possessive
from views.wording.short_labels import LINES, SHORT

TITLE = "Negotiate"
QUESTION = "What can you both sign?"
AFTER = "What did you leave on the table?"
WATCHING = "What can these two sign?"
WATCHED = "What did they leave on the table?"

NOTHING = "nothing"
UNDER_SEAL = "sealed"
TODAY = "Today"
LINE = "Line"
AGREED = "agreed"
BOTH_COMMIT = "Both commit"
STEPS = {
    "boulware": "Boulware: concedes late",
    "linear": "Linear: concedes evenly",
    "conceder": "Conceder: concedes early",
    "tit-for-tat": "Tit for tat: concedes as you do",
    "micro": "MiCRO: step for step",
    "hardliner": "Hardliner: never concedes",
    "random": "Random: without a thought",
    "mandate-bound": "Mandate-bound: only what passes at home",
    "logrolling": "Logrolling: gives where it costs least",
}
"""What each tactic does, by its name."""

PROPOSE = "You propose"
"""Heading of the reader's package. A package holds the lines of both sides, so it is a proposal, not an offer."""
WORTH = "What it is worth to you"
WORTH_NOTE = "Against walking away, {unit}."
HOME = "Would it pass at home?"
ROUNDS = "What each offer was worth to you"
SPACE = "Every offer, and what was possible"
BRIEF = "Your brief"
PUBLIC = "What everybody knows"
CONFIDENTIAL = "For your eyes only"
LIMITS = "You may not sign"
WANTED = "Ask for"
WITHOUT = "Without a deal"
FLOOR = "Below every line lie rights that nobody can trade; they are not on this board."
CHOOSE = "Change"
CHOOSE_NOTE = "A new choice begins the talks afresh."
MOVES = "Your moves as text"
LONG = "This link has grown above 1,500 characters, which some programs cut. Your moves, to keep or to send:"
SEALED = "What you write stays under seal until {other} has written, too."

SIGN = "Sign this?"
SIGN_NOTE = "Signing binds you. Your groups at home vote on it at once, and so do {other}."
LEAVE = "Walk away?"
LEAVE_NOTE = "The talks end and today’s practice goes on. Leaving what is worse than no deal is a fair result."
STAY = "Stay at the table"

YOU, THEY = "You", "They"
HAPPENED = "What happened"
POSSIBLE = "What was possible"
ABSENT = "Who was absent"
PAPER = "What was signed"
PAYMENTS = "Payments"
VOTE = "The vote at home"
FAITH = "Were you faithful to your mandate?"
ASK = "Ask yourselves"
SHOW = "Show where this stands"
REVEAL_NOTE = "Guess first: how far from the edge did it end?"

WATCH = "Watch both"
DIFF = "<ins>Bold</ins> is new, <del>struck</del> is what it replaces."
ASKING = "Pick what you want, at least. What you give for it comes later."
OPEN = "Both sides’ cards are open here. At a seat you see your own values only."

REASONS = (
    "I would rather not say",
    "Nothing on offer is better than no deal",
    "It would not pass at home",
    "It crosses a red line",
)
"""Why a person leaves, in the order of `views.negotiate.link.REASONS`."""

FAULTS = {
    "today": "Pick at least one line: today’s practice is no offer.",
    "failed": "This package has failed at home and cannot come back unchanged.",
    "promised": "A line of yours stands lower than you have promised: withdraw first.",
}
"""Why an offer cannot be made, by the result of `fault`."""


def line(item: Ladder) -> str:
    """Return the name of an agenda line, short enough for a board."""
    return LINES.get(item.key, item.name)


def short_level(item: Ladder, at: int) -> str:
    """Return a level of an issue in a few words."""
    return SHORT[item.key][at] if item.key in SHORT else item.plain[at]


def group(key: str) -> str:
    """Return the name of a voting group: a key of the model in words, the name of a case as it is."""
    return "Families" if key == "families" else GROUPS.get(key, key)


def value_decimals(span: float) -> int:
    """Return the decimals that distinguish packages whose values span this range: 1 for points, 2 or 3 for less."""
    return 1 if span >= 8 else 2 if span >= 0.8 else 3


def unit_text(told: str) -> str:
    """Return the unit of values as the screen shows it."""
    return "% of own GDP" if "GDP" in told else told


def commitment_heading(country: str) -> str:
    """Return the heading of the lines that one country concedes."""
    return f"{country} commits"


def kicker_text(case: str, stage: str) -> str:
    """Return the line above the question: the case and the stage of the talks."""
    return f"{case}, {stage}"


def stage(phase: Phase, number: int, rounds: int) -> str:
    """Return the stage of the talks.

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
        For example "round 2 of 8".
    """
    told = {Phase.REQUEST: "sealed requests", Phase.OFFER: "sealed first drafts", Phase.OVER: "after the talks"}
    if phase is Phase.BARGAIN and number >= rounds:
        return "after the last round"
    return told.get(phase, f"round {min(number + 1, rounds)} of {rounds}")


def opening_answer(phase: Phase, other: str) -> str:
    """Return what to do in a sealed phase."""
    if phase is Phase.REQUEST:
        return f"Ask {other} first. Requests bind nobody."
    return f"{other} has asked. Now write your first draft."


def table_answer(other: str, gain: float | None, passes: bool, digits: int) -> str:
    """Return the sentence on the package on the table.

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
        return "The table is empty. What do you propose?"
    if round(gain, digits) == 0:
        return f"{possessive(other)} offer is worth no more to you than walking away."
    size = number(abs(gain), digits)
    if gain < 0:
        return f"{possessive(other)} offer leaves you {size} worse off than no deal."
    return f"{possessive(other)} offer is worth {size} to you{'.' if passes else ', and would fail at home.'}"


def verdict_at_home(passes: bool, yes: int, no: int) -> str:
    """Return whether a package would pass, with the votes.

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
    return f"{'passes' if passes else 'fails'}, {yes} to {no}"


def turning_sentences(
    marginal: str | None, payments: Sequence[tuple[str, float]] | None, reason: str | None, digits: int
) -> str:
    """Return what would turn a vote that fails.

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
    said = f"{marginal} alone could turn the vote. " if marginal else "no single group could turn the vote. "
    if payments:
        paid = " and ".join(f"{name} {number(loss, digits)}" for name, loss in payments)
        return f"{said}Cheapest compensation: {paid}."
    return f"{said}{(reason or '').capitalize()}." if reason else said


def about(who: str, told: str) -> str:
    """Return a sentence on one package: "Sudora proposes: ..."."""
    return f"{who}: {told}"


def red_line_warning(line: str) -> str:
    """Return the warning that a package crosses a red line."""
    return f"This crosses a red line of yours: {line}"


def reply_sentence(move: Move | None, other: str) -> str:
    """Return what the other side did since the reader's last move; "" for an offer or nothing."""
    told: dict[type[Move], str] = {
        Reject: f"{other} has said no to yours.",
        Withdraw: f"{other} has taken its offer back.",
        Hold: f"{other} has let its turn pass.",
    }
    return "" if move is None else told.get(type(move), "")


def column_heading(other: str, *, asking: bool) -> str:
    """Return the heading of the other side's column."""
    return f"{other} asks" if asking else proposal_heading(other)


def proposal_heading(who: str) -> str:
    """Return the heading of a side's package. It also holds lines that the other side commits."""
    return f"{who} proposes"


def signature_sentences(value: str, other: str) -> str:
    """Return what a signature means, with the value of the package."""
    return f"It is worth {value} to you. {SIGN_NOTE.format(other=possessive(other))}"


def meter_heading(packages: int) -> str:
    """Return the heading of the win-set meter of one side."""
    return f"What you could sign, of {packages:,} packages"


def both_meter_heading(packages: int) -> str:
    """Return the heading of the win-set meter of both countries."""
    return f"What could pass at home, of {packages:,} packages"


def account_unit(unit: str) -> str:
    """Return the unit of the welfare accounts: % of the two countries' GDP where values are shares of own GDP."""
    return "% of the two countries’ GDP" if "GDP" in unit else unit


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
        return "Nothing has been said yet."
    return _told(talks.moves[-1], parties, texts)


def _told(move: Move, parties: Sequence[str], texts: Mapping[str, str]) -> str:
    if isinstance(move, PhaseEnd):
        return f"The chair: {move.reason}."
    if isinstance(move, Shock):
        return f"From outside: {texts[move.name]}"
    if isinstance(move, Vote):
        return "The vote at home failed; both are back at the table."
    verbs: dict[type[Move], str] = {
        Offer: "makes an offer",
        Accept: "accepts, and both go home",
        Reject: "says no",
        Withdraw: "takes its offer back",
        Hold: "lets the turn pass",
        Walk: "walks away",
    }
    return f"{parties[move.party]} {verbs.get(type(move), 'asks')}."
