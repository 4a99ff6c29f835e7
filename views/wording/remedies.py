"""All sentences about remedies, on the screen and in a terminal, and the number format of an amount.

An amount that is just enough is rounded towards more of the remedy, because less would not be enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

from economy.policy.remedies import (
    COMPENSATION,
    FIXED_CAPITAL,
    LEVY,
    LOSS_AVERSION,
    LUMP_SUM,
    PARTNERSHIP,
    PHASING,
    QUOTA,
    RECIPROCITY,
    SHARING,
    WEIGHT,
    Plan,
    Remedy,
)
from games.display import join_with_and
from games.messages import join_messages, message
from scenarios.analysis.remedies import RemedyNeed, RemedyShortfall
from scenarios.scenario import ROLES
from views.wording.screen import NARROW, number, numbers

TITLE = message("What would change it?")
CAPTION = message(
    "The amount that makes opening stable and leaves neither side worse off, all other remedies off and all other "
    "dials as they stand: the smallest, and for a levy the largest too, because a high levy keeps people away. A bar "
    "shows the amount on its dial; a button sets it and takes the others back."
)
STABLE = message("already stable")
LEVYLESS = message("no levy needed")
NOTHING = message("no amount works")
NEEDLESS, USELESS = message("no need"), message("no amount")
"""Short forms of the above, for the columns of a terminal."""
SIGNED = message("Opening is stable, and neither side loses: no remedy is needed.")
BACK = message("With no remedy at all opening is stable, and neither side loses: take back those that are set.")
HELD = message("Opening holds with the remedies that are set. Each line says what would be enough without them.")
SMALLEST = message("smallest")
"""Badge of the combination with the smallest levy."""
ALIKE = 0.02
"""Amounts whose relative difference is at most this are reported once."""
MISSED_AT_MOST = {
    "gains": message("Even at {amount} {country} would lose."),
    "stays": message("Even at {amount} {country} would rather close."),
}
"""What a country would do at the largest amount of a remedy, by the condition that fails."""
MISSED = {
    "gains": message("Nearest at {amount}: {country} would lose."),
    "stays": message("Nearest at {amount}: {country} would rather close."),
}
"""What a country would do at the amount that comes nearest, by the condition that fails."""
HEADS = (message("Remedy"), message("Amount that works"), message("Try it"))
ALONE = message("One remedy alone")
TOGETHER = message("A levy beside these, and nothing else")
PRICE = message(
    "A levy is paid out of the migrants’ gain, and it works because those who pay carry little political weight: none "
    "in the host. That a payment can turn the game does not make it fair."
)
SET, ADMIT = message("Set {value}"), message("Admit {value}")
"""Labels of the button of one remedy."""
TAKE_BACK, SET_BOTH, SET_THREE = message("Take back"), message("Set both"), message("Set all three")
NOTES = (
    message("By itself: opening is stable and neither side loses, every other remedy off. In a treaty: neither loses."),
    message("Nearest miss: what that government's payoff lacks, at the amount that comes nearest."),
    message("A levy is paid out of the migrants’ gain; it works because they carry little political weight."),
)
"""Notes under the table in a terminal."""
FREE = message(
    "Phasing delays what all gain and what all lose, and a gain is worth less the later it comes. A change of weights "
    "costs nobody anything in the model; elsewhere it would."
)
COSTLESS = message("costs nobody in the model")
DELAY = message("delays gains and losses of all")
TRAINING = message("{host} pays for the training")
PAYMENTS = {
    LEVY.name: message("migrants pay {host}"),
    LUMP_SUM.name: message("{origin} pays {host}"),
    PARTNERSHIP.name: TRAINING,
    QUOTA.name: message("those kept out pay"),
    "newcomers": message("those kept out pay"),
    PHASING.name: DELAY,
}
"""Who pays whom, by the name of the remedy; nobody pays for the others."""
PAYMENTS_WITH_TRAINING = {
    LEVY.name: message("migrants pay {host}, which pays for the training"),
    LUMP_SUM.name: message("{origin} pays {host}, which pays for the training"),
}
"""The same beside a skill partnership; for the other remedies only the training is paid."""


class RemedyFormat(NamedTuple):
    """The texts for a remedy (a measure that makes opening hold) and the number format of its amount."""

    name: str
    beside: str
    """Text when it is combined with one other remedy; the brackets take the amount."""
    among: str
    """Text when it is one of several others."""
    beside_heading: str = ""
    """The text `beside` at the beginning of a line."""
    among_heading: str = ""
    """The text `among` at the beginning of a line."""
    form: str = f"{{number}}{NARROW}%"
    """Number format; the brackets take the number."""
    scale: float = 100.0
    decimals: int = 1
    cut: bool = False
    """The amount is what remains; the text shows what is taken away."""


REMEDY_FORMATS = {
    LEVY.name: RemedyFormat(
        message("Levy on migrants’ pay"),
        beside=message("{amount} of pay"),
        among=message("a share of pay"),
        beside_heading=message("{amount} of pay"),
        among_heading=message("A share of pay"),
    ),
    LUMP_SUM.name: RemedyFormat(message("Lump sum"), "", "", decimals=2),
    COMPENSATION.name: RemedyFormat(message("Lump sum"), "", "", decimals=2),
    PHASING.name: RemedyFormat(
        message("Phasing in"),
        beside=message("phased over {amount}"),
        among=message("phased"),
        beside_heading=message("Phased over {amount}"),
        among_heading=message("Phased"),
        form=message("{number}\u00a0periods"),
        scale=1,
        decimals=0,
    ),
    PARTNERSHIP.name: RemedyFormat(
        message("Training first"),
        beside=message("{amount} trained first"),
        among=message("trained"),
        beside_heading=message("{amount} trained first"),
        among_heading=message("Trained"),
    ),
    RECIPROCITY.name: RemedyFormat(
        message("Easier moves to the origin"),
        beside=message("{amount} easier the other way"),
        among=message("easier the other way"),
        beside_heading=message("{amount} easier the other way"),
        among_heading=message("Easier the other way"),
    ),
    QUOTA.name: RemedyFormat(
        message("Fewer places"),
        beside=message("{amount}"),
        among=message("fewer places"),
        beside_heading=message("{amount}"),
        among_heading=message("Fewer places"),
        form=message("{number}\u00a0% of places"),
    ),
    "newcomers": RemedyFormat(message("Fewer people"), "", "", form=message("{number}\u00a0% of them")),
    WEIGHT.name: RemedyFormat(message("Weight of foreign migrants"), "", "", form="{number}×", scale=1, decimals=2),
    LOSS_AVERSION.name: RemedyFormat(message("Less fear of loss"), "", "", cut=True),
    SHARING.name: RemedyFormat(
        "",
        beside=message("host keeps {amount} of it"),
        among=message("shared"),
        beside_heading=message("Host keeps {amount} of it"),
        among_heading=message("Shared"),
    ),
    FIXED_CAPITAL.name: RemedyFormat(
        "",
        beside=message("capital tied down"),
        among=message("capital tied"),
        beside_heading=message("Capital tied down"),
        among_heading=message("Capital tied"),
    ),
}
"""Names and formats, by the names of the remedies; no brackets where there is no amount."""


def format_needed_amount(remedy: Remedy, amount: float) -> str:
    """Format the smallest amount of a remedy that is enough, as a text.

    It is rounded towards more of the remedy, since less would not be enough. Negative payments print without a sign.
    """
    measure = REMEDY_FORMATS[remedy.name]
    unit = 10**measure.decimals
    shown = abs(1 - amount if measure.cut else amount) * measure.scale * unit
    more = measure.cut or abs(remedy.last) > abs(remedy.first)
    outward = ceil(shown - 1e-9) if more else floor(shown + 1e-9)
    return measure.form.format(number=number(outward / unit, measure.decimals))


def format_dose(remedy: Remedy, amount: float) -> str:
    """Format a round amount of a remedy as a text, without zeros at the end."""
    measure = REMEDY_FORMATS[remedy.name]
    return measure.form.format(number=f"{measure.scale * amount:g}")


def other_remedies(others: Sequence[Remedy]) -> str:
    """Return a text with the remedies that are combined with the main one.

    A single one has its amount; of several only the names are given.
    """
    if len(others) == 1:
        return _with_dose(others[0], REMEDY_FORMATS[others[0].name].beside)
    return join_with_and([REMEDY_FORMATS[other.name].among for other in others])


def _with_dose(other: Remedy, template: str) -> str:
    return template.format(amount=format_dose(other, other.dose))


def plan_name(plan: Plan) -> str:
    """Return the name of a plan of remedies: that of its main remedy, or of the other remedies where it has some."""
    return other_remedies(plan.beside) if plan.beside else REMEDY_FORMATS[plan.remedy.name].name


def plan_heading(plan: Plan) -> str:
    """Return the name of a plan of remedies with a capital letter, for the beginning of a line of the table."""
    if not plan.beside:
        return plan_name(plan)
    first, *rest = plan.beside
    if not rest:
        return _with_dose(first, REMEDY_FORMATS[first.name].beside_heading)
    return join_with_and(
        [REMEDY_FORMATS[first.name].among_heading, *(REMEDY_FORMATS[other.name].among for other in rest)]
    )


def payer(plan: Plan, parties: Sequence[str]) -> str | None:
    """Return who pays for the main remedy of a plan: the name of a country or another payer; None where nobody pays.

    `parties` holds the names of host and origin.
    """
    role = plan.remedy.payer
    return parties[ROLES.index(role)] if role in ROLES else role


def is_needless(cure: RemedyNeed) -> bool:
    """Return whether opening both borders holds without the main remedy, given the other remedies of the plan."""
    return cure.needed == cure.plan.remedy.first


# -- on the screen


def payment_phrase(cure: RemedyNeed, parties: Sequence[str]) -> str:
    """Return a text on who pays whom under a plan of remedies. `parties` holds the names of host and origin."""
    (host, origin), name = parties, cure.plan.remedy.name
    if PARTNERSHIP not in cure.plan.beside:
        nothing = bool(cure.plan.beside) and is_needless(cure)
        told = (DELAY if PHASING in cure.plan.beside else COSTLESS) if nothing else PAYMENTS.get(name, COSTLESS)
    else:
        told = TRAINING if is_needless(cure) else PAYMENTS_WITH_TRAINING.get(name, TRAINING)
    return told.format(host=host, origin=origin)


def amount_needed(cure: RemedyNeed, window: tuple[float, float] | None = None) -> str:
    """Return a text with the amount of a remedy that makes opening hold, or that none is needed or enough.

    `window` holds the smallest and the largest levy that are enough, if it is known.
    """
    if cure.needed is None:
        return NOTHING
    if is_needless(cure):
        return LEVYLESS if cure.plan.beside else STABLE
    if window is not None and window[1] > window[0]:
        return format_window(window)
    return format_needed_amount(cure.plan.remedy, cure.needed)


def format_window(window: tuple[float, float]) -> str:
    """Format the smallest and the largest levy that are enough; rounded so that both still are."""
    low, high = ceil(1000 * window[0] - 1e-6) / 10, floor(1000 * window[1] + 1e-6) / 10
    return message("{low} to {high}", low=number(low), high=f"{number(high)}{NARROW}%")


def largest_levy(amount: float) -> str:
    """Return up to which levy an opening holds that needs none; `amount` is a share of pay."""
    return message("It holds up to {levy}.", levy=f"{number(floor(1000 * amount + 1e-6) / 10)}{NARROW}%")


def best_phasing_sentence(periods: float, at_once: float, phased: float) -> str:
    """Return over how many periods welfare is largest, and what the delay changes.

    Parameters
    ----------
    periods
        Number of periods with the largest welfare.
    at_once
        Welfare without phasing, % of the two countries' GDP.
    phased
        Welfare at `periods`.

    Returns
    -------
    str
        One sentence.
    """
    before, after = numbers((at_once, phased), 2, plus=True, unit="%")
    if periods <= 1:
        return message("Net, it is best to open at once: {before}.", before=before)
    return message(
        "Net, {periods} periods are best: {after}, at once {before}.",
        periods=f"{periods:g}",
        after=after,
        before=before,
    )


def lump_sum_at(level: str, amount: float) -> str:
    """Return which lump sum (share of the host's GDP) is enough at a smaller opening, which is given as a text."""
    return message(
        "At {level} a lump sum of {amount} would be enough.", level=level, amount=format_needed_amount(LUMP_SUM, amount)
    )


def detail(cure: RemedyNeed, parties: Sequence[str]) -> str:
    """Return sentences on a remedy: what is missing where no amount is enough, and what is enough in a binding treaty.

    The text is empty where there is nothing to say.
    """
    told = [] if cure.miss is None else [_missing(cure.plan.remedy, cure.miss, parties[cure.miss.country])]
    return join_messages(" ", [*told, *_binding(cure)])


def _missing(remedy: Remedy, miss: RemedyShortfall, country: str) -> str:
    """Return which country's condition fails, and at which amount it is nearest."""
    if miss.amount == remedy.first:
        return message("It brings {country} no nearer.", country=country)
    if miss.amount == remedy.last:
        return MISSED_AT_MOST[miss.condition].format(amount=format_dose(remedy, miss.amount), country=country)
    return MISSED[miss.condition].format(amount=format_needed_amount(remedy, miss.amount), country=country)


def _binding(cure: RemedyNeed) -> list[str]:
    """Return what is enough in a binding treaty, unless it is nearly the same amount."""
    remedy, (_, needed, treaty, *_) = cure.plan.remedy, cure
    if treaty is None or is_needless(cure) or (needed is not None and abs(needed - treaty) <= ALIKE * abs(needed)):
        return []
    if needed is not None and format_needed_amount(remedy, needed) == format_needed_amount(remedy, treaty):
        return []
    if treaty == remedy.first:
        return [message("If a treaty binds, nothing is needed.")]
    return [message("If a treaty binds, {amount} is enough.", amount=format_needed_amount(remedy, treaty))]


def price(cure: RemedyNeed, kept: float, before: float) -> str:
    """Return the sentence on how the account of new migrants changes under the smallest levy that works.

    Parameters
    ----------
    cure
        The levy that is needed.
    kept
        Total of new migrants with the levy, in % of the two countries' GDP.
    before
        The same without the levy.

    Returns
    -------
    str
        One sentence.
    """
    levy = format_needed_amount(cure.plan.remedy, cure.needed or 0.0)
    was, left = numbers((before, kept), 2, plus=True, unit="%")
    return message(
        "With {levy} of their pay gone, what new migrants gain goes from {was} to {left} of the two countries’ GDP.",
        levy=levy,
        was=was,
        left=left,
    )


def screen_reader_label(button: str, dials: Sequence[tuple[str, str]]) -> str:
    """Return the label of a button for screen readers: its words, then every dial that changes, with its new value."""
    changes = join_messages(", ", [message("{dial} {value}", dial=label, value=value) for label, value in dials])
    return message("{button}: {changes}", button=button, changes=changes)


def button_label(placed: Sequence[str], one: str) -> str:
    """Return the label of a remedy's button for the dial values, as texts, that it sets.

    `one` is the label for a single value, `SET` or `ADMIT`. Without a value the button removes the remedy: "Take back".
    """
    if len(placed) == 1:
        return one.format(value=placed[0])
    return {0: TAKE_BACK, 2: SET_BOTH, 3: SET_THREE}[len(placed)]
