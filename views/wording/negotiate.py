"""What the page Negotiate says: its questions and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negotiation.agenda.ladders import Ladder
from negotiation.outcome.metrics import WholeGain
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, Withdraw
from negotiation.protocols.state import Phase, Talks
from views.wording.phrases import rounded
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
"""Each tactic by its name, with what it does."""

PROPOSE = "You propose"
"""Of a package: its lines are those of both sides, and a side offers only what it commits itself."""
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
"""Why a person leaves, in the order of `rehearsal.REASONS`."""

FAULTS = {
    "today": "Pick at least one line: today’s practice is no offer.",
    "failed": "This package has failed at home and cannot come back unchanged.",
    "promised": "A line of yours stands lower than you have promised: withdraw first.",
}
"""Why an offer cannot be made."""


def line(item: Ladder) -> str:
    """A line's name as a board has room for it."""
    return LINES.get(item.key, item.name)


def level(item: Ladder, at: int) -> str:
    """A level in a few words."""
    return SHORT[item.key][at] if item.key in SHORT else item.plain[at]


def group(key: str) -> str:
    """A voting group's name: a key of the model in words, a name of a case as it stands."""
    return "Families" if key == "families" else GROUPS.get(key, key)


def decimals(span: float) -> int:
    """Decimals that tell packages apart when values span so much: one for points, more for small shares of GDP."""
    return 1 if span >= 8 else 2 if span >= 0.8 else 3


def unit(told: str) -> str:
    """The unit of values as the screen says it."""
    return "% of own GDP" if "GDP" in told else told


def commits(country: str) -> str:
    """The heading of the lines that one country concedes."""
    return f"{country} commits"


def kicker(case: str, stage: str) -> str:
    """Where the reader is: the case, and how far the talks have come."""
    return f"{case}, {stage}"


def stage(phase: Phase, number: int, rounds: int) -> str:
    """How far the talks have come."""
    told = {Phase.REQUEST: "sealed requests", Phase.OFFER: "sealed first drafts", Phase.OVER: "after the talks"}
    if phase is Phase.BARGAIN and number >= rounds:
        return "after the last round"
    return told.get(phase, f"round {min(number + 1, rounds)} of {rounds}")


def opening_answer(phase: Phase, other: str) -> str:
    """What to do in a sealed phase."""
    if phase is Phase.REQUEST:
        return f"Ask {other} first. Requests bind nobody."
    return f"{other} has asked. Now write your first draft."


def answer(other: str, gain: float | None, passes: bool, digits: int) -> str:
    """What lies on the table, in one sentence that moves with it."""
    if gain is None:
        return "The table is empty. What do you propose?"
    if round(gain, digits) == 0:
        return f"{possessive(other)} offer is worth no more to you than walking away."
    size = number(abs(gain), digits)
    if gain < 0:
        return f"{possessive(other)} offer leaves you {size} worse off than no deal."
    return f"{possessive(other)} offer is worth {size} to you{'.' if passes else ', and would fail at home.'}"


def verdict_at_home(passes: bool, yes: int, no: int) -> str:
    """Whether a package would pass, with the votes."""
    return f"{'passes' if passes else 'fails'}, {yes} to {no}"


def turning(marginal: str | None, payments: Sequence[tuple[str, float]] | None, reason: str | None, digits: int) -> str:
    """What would turn a vote that fails: the marginal group, and the least that must be paid at home."""
    said = f"{marginal} alone could turn the vote. " if marginal else "no single group could turn the vote. "
    if payments:
        paid = " and ".join(f"{name} {number(loss, digits)}" for name, loss in payments)
        return f"{said}Cheapest compensation: {paid}."
    return f"{said}{(reason or '').capitalize()}." if reason else said


def about(who: str, told: str) -> str:
    """A sentence on one of the packages of a table: "Sudora proposes: ..."."""
    return f"{who}: {told}"


def possible(count: int, within: int, packages: int) -> str:
    """How much there was to sign: what would have passed, and how much of that (`within`) crosses no red line."""
    if not count:
        return "There was nothing to sign: no package was better for both and would have passed in both countries."
    passing = f"{count:,} of {packages:,} packages were better for both and would have passed in both countries"
    if not within:
        return f"There was nothing to sign: {passing}, and every one of them crosses a red line."
    return f"{passing}; {within:,} of them cross no red line." if within < count else f"{passing}."


def share(value: float | None) -> str:
    """A share in per cent, or that nothing was asked."""
    return "nothing asked" if value is None else f"{100 * value:.0f}\u00a0%"


QUESTIONS = (
    "Which line did you give that cost you little and was worth much to {other}?",
    "Which group at home would you have had to win for a better deal?",
    "What would those without a seat have changed?",
)
"""What to talk about afterwards where a case has no questions of its own."""


def first_question(who: str, own: float, other: str, theirs: float, digits: int) -> str:
    """A question from the talks themselves: who moved how far, in the values of the first."""
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


def absent(change: str) -> str:
    """What those without a seat would have had at the Nash point."""
    return f"At the Nash point new migrants would have had {change}. Nobody at the table counted it."


def crossed(line: str) -> str:
    """The warning that a package crosses a red line."""
    return f"This crosses a red line of yours: {line}"


def since(move: Move | None, other: str) -> str:
    """What the other side has done since the person's last move."""
    told: dict[type[Move], str] = {
        Reject: f"{other} has said no to yours.",
        Withdraw: f"{other} has taken its offer back.",
        Hold: f"{other} has let its turn pass.",
    }
    return "" if move is None else told.get(type(move), "")


def asks(other: str, *, asking: bool) -> str:
    """The heading of the other side's column."""
    return f"{other} asks" if asking else proposes(other)


def proposes(who: str) -> str:
    """The heading of a side's package: it proposes lines that the other commits as well as its own."""
    return f"{who} proposes"


def binding(value: str, other: str) -> str:
    """What a signature means, with the value of what is signed."""
    return f"It is worth {value} to you. {SIGN_NOTE.format(other=possessive(other))}"


def meter(packages: int) -> str:
    """The heading of one side's win-set meter."""
    return f"What you could sign, of {packages:,} packages"


def both_meter(packages: int) -> str:
    """The heading of the win-set meter of both countries."""
    return f"What could pass at home, of {packages:,} packages"


def account_unit(unit: str) -> str:
    """The unit of the welfare accounts: the pair's GDP where values are shares of one's own."""
    return "% of the two countries’ GDP" if "GDP" in unit else unit


def whole_facts(found: WholeGain, who: str, unit: str) -> tuple[tuple[str, str, str], ...]:
    """The gain of everybody in large figures: what was possible, what came of it, what could have been signed."""
    return (
        ("Possible gain, those who move included", f"{rounded(found.possible)} {unit}", ""),
        (f"{who} realised", f"{rounded(found.realised)} {unit}", ""),
        ("The most that both countries would have signed", f"{rounded(found.signable)} {unit}", ""),
    )


def whole_gain(found: WholeGain, who: str, unit: str) -> str:
    """The same in a sentence, with whose gain it would have been."""
    parts = [f"{rounded(change, plus=True)} to {account}" for account, change in found.parts.items()]
    return (
        f"The largest gain that was possible, with those who move, is {rounded(found.possible)} {unit}: "
        f"{', '.join(parts)}. {who} realised {rounded(found.realised)} of it; the most that both countries would have "
        f"signed is {rounded(found.signable)}."
    )


def last_said(talks: Talks, parties: Sequence[str], texts: Mapping[str, str]) -> str:
    """The last thing that was said in talks that are watched; `texts` are those of the shocks, by name."""
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
