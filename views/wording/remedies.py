"""All sentences about remedies, on the screen and in a terminal, and the number format of an amount.

An amount that is just enough is rounded towards more of the remedy, because less would not be enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

from economy.policy.remedies import PARTNERSHIP, Plan, Remedy
from scenarios.analysis.remedies import SIDES, RemedyNeed, RemedyShortfall
from views.wording.screen import NARROW, number, numbers, possessive

TITLE = "What would change it?"
CAPTION = (
    "The smallest amount that makes opening stable and leaves neither side worse off, all other remedies off and all "
    "other dials as they stand. A bar shows how far its dial is turned; a button sets it and takes the others back."
)
STABLE = "already stable"
LEVYLESS = "no levy needed"
NOTHING = "no amount works"
NEEDLESS, USELESS = "no need", "no amount"
"""Short forms of the above, for the columns of a terminal."""
SIGNED = "Opening is stable, and neither side loses: no remedy is needed."
BACK = "With no remedy at all opening is stable, and neither side loses: take back those that are set."
HELD = "Opening holds with the remedies that are set. Each line says what would be enough without them."
SMALLEST = "smallest"
"""Badge of the combination with the smallest levy."""
ALIKE = 0.02
"""Amounts whose relative difference is at most this are reported once."""
LACKS = {"gains": "would lose", "stays": "would rather close"}
"""What a country would do when its condition fails, by condition."""
HEADS = ("Remedy", "Smallest amount that works", "Try it")
ALONE = "One remedy alone"
TOGETHER = "A levy beside these, and nothing else"
PRICE = (
    "A levy is paid out of the migrants’ gain, and it works because those who pay carry little political weight: none "
    "in the host. That a payment can turn the game does not make it fair."
)
SET, ADMIT = "Set", "Admit"
NOTES = (
    "By itself: opening is stable and neither side loses, every other remedy off. In a treaty: neither loses.",
    "Nearest miss: what that government's payoff lacks, at the amount that comes nearest.",
    "A levy is paid out of the migrants’ gain; it works because they carry little political weight.",
)
"""Notes under the table in a terminal."""
FREE = "Phasing and a change of weights cost nobody anything in the model; elsewhere they would."


class RemedyFormat(NamedTuple):
    """Name of a remedy, and number format of its amount."""

    name: str
    beside: str
    """Text when it is combined with one other remedy; the brackets take the amount."""
    among: str
    """Text when it is one of several others."""
    form: str = f"{{}}{NARROW}%"
    """Number format; the brackets take the number."""
    scale: float = 100.0
    decimals: int = 1
    cut: bool = False
    """The amount is what remains; the text shows what is taken away."""


REMEDY_FORMATS = {
    "levy": RemedyFormat("Levy on migrants’ pay", "{} of pay", "a share of pay"),
    "lump sum": RemedyFormat("Lump sum", "", "", decimals=2),
    "lump sum from the host": RemedyFormat("Lump sum", "", "", decimals=2),
    "phasing": RemedyFormat("Phasing in", "phased over {}", "phased", f"{{}}{NARROW}periods", scale=1),
    "skill partnership": RemedyFormat("Training first", "{} trained first", "trained"),
    "reciprocity": RemedyFormat("Easier moves to the origin", "{} easier the other way", "easier the other way"),
    "quota": RemedyFormat("Fewer places", "{}", "fewer places", f"{{}}{NARROW}% of places"),
    "weight": RemedyFormat("Weight of foreign migrants", "", "", "{}×", scale=1, decimals=2),
    "loss": RemedyFormat("Less fear of loss", "", "", cut=True),
    "shared levy": RemedyFormat("", "host keeps {} of it", "shared"),
    "immobile capital": RemedyFormat("", "capital tied down", "capital tied"),
}
"""Names and formats, by the names of the remedies in `economy.policy.remedies`.

No brackets where there is no amount.
"""


def format_needed_amount(remedy: Remedy, amount: float) -> str:
    """Format an amount that is just enough, rounded towards more of the remedy.

    Negative payments print without a sign.
    """
    measure = REMEDY_FORMATS[remedy.name]
    unit = 10**measure.decimals
    shown = abs(1 - amount if measure.cut else amount) * measure.scale * unit
    more = measure.cut or abs(remedy.last) > abs(remedy.first)
    outward = ceil(shown - 1e-9) if more else floor(shown + 1e-9)
    return measure.form.format(number(outward / unit, measure.decimals))


def format_dose(remedy: Remedy, amount: float) -> str:
    """Format a round amount, without zeros at the end."""
    measure = REMEDY_FORMATS[remedy.name]
    return measure.form.format(f"{measure.scale * amount:g}")


def other_remedies(others: Sequence[Remedy]) -> str:
    """Return the other remedies of a plan with their amounts; without amounts where there are several."""
    if len(others) > 1:
        *most, last = (REMEDY_FORMATS[other.name].among for other in others)
        return f"{', '.join(most)} and {last}"
    return "".join(REMEDY_FORMATS[other.name].beside.format(format_dose(other, other.dose)) for other in others)


def plan_name(plan: Plan) -> str:
    """Return the name of a plan: its remedy, or the other remedies where it has some."""
    return other_remedies(plan.beside) if plan.beside else REMEDY_FORMATS[plan.remedy.name].name


def plan_heading(plan: Plan) -> str:
    """Return the name of a plan with a capital letter, for the beginning of a line."""
    name = plan_name(plan)
    return name[0].upper() + name[1:]


def payer(plan: Plan, parties: Sequence[str]) -> str | None:
    """Return who pays for the remedy; None where nobody pays in the model."""
    role = plan.remedy.payer
    return parties[SIDES.index(role)] if role in SIDES else role


def is_needless(cure: RemedyNeed) -> bool:
    """Return whether opening holds without the remedy, given the other remedies of the plan."""
    return cure.needed == cure.plan.remedy.first


# -- on the screen


def payment_phrase(cure: RemedyNeed, parties: Sequence[str]) -> str:
    """Return who pays whom, in words."""
    (host, origin), plan = parties, cure.plan
    told = {
        "levy": f"migrants pay {host}",
        "lump sum": f"{origin} pays {host}",
        "skill partnership": f"{host} pays for the training",
        "quota": "those kept out pay",
    }.get(plan.remedy.name, "costs nobody in the model")
    trained = PARTNERSHIP in plan.beside
    if plan.beside and is_needless(cure):
        return f"{host} pays for the training" if trained else "costs nobody in the model"
    return f"{told}, which pays for the training" if trained else told


def amount_needed(cure: RemedyNeed) -> str:
    """Return the amount that is enough, in words."""
    if cure.needed is None:
        return NOTHING
    if is_needless(cure):
        return LEVYLESS if cure.plan.beside else STABLE
    return format_needed_amount(cure.plan.remedy, cure.needed)


def detail(cure: RemedyNeed, parties: Sequence[str]) -> str:
    """Return what is missing where no amount is enough, and what would be enough in a binding treaty."""
    told = [] if cure.miss is None else [_missing(cure.plan.remedy, cure.miss, parties[cure.miss.country])]
    return " ".join([*told, *_binding(cure)])


def _missing(remedy: Remedy, miss: RemedyShortfall, country: str) -> str:
    """Return which country's condition fails, and at which amount it is nearest."""
    if miss.amount == remedy.first:
        return f"It brings {country} no nearer."
    if miss.amount == remedy.last:
        return f"Even at {format_dose(remedy, miss.amount)} {country} {LACKS[miss.condition]}."
    return f"Nearest at {format_needed_amount(remedy, miss.amount)}: {country} {LACKS[miss.condition]}."


def _binding(cure: RemedyNeed) -> list[str]:
    """Return what is enough in a binding treaty, unless it is nearly the same amount."""
    remedy, (_, needed, treaty, *_) = cure.plan.remedy, cure
    if treaty is None or is_needless(cure) or (needed is not None and abs(needed - treaty) <= ALIKE * abs(needed)):
        return []
    if treaty == remedy.first:
        return ["If a treaty binds, nothing is needed."]
    return [f"If a treaty binds, {format_needed_amount(remedy, treaty)} is enough."]


def price(cure: RemedyNeed, kept: float, before: float, origin: str) -> str:
    """Return how the gain of migrants and families changes under the smallest levy.

    Parameters
    ----------
    cure
        The levy that is needed.
    kept
        Gain with the levy, in % of the origin's GDP.
    before
        Gain without the levy, in % of the origin's GDP.
    origin
        Name of the origin.

    Returns
    -------
    str
        One sentence.
    """
    levy = format_needed_amount(cure.plan.remedy, cure.needed or 0.0)
    was, left = numbers((before, kept), 2, plus=True, unit="%")
    return (
        f"With {levy} of their pay gone, the gain of migrants and families goes from {was} "
        f"to {left} of {possessive(origin)} GDP."
    )


def screen_reader_label(button: str, dials: Sequence[tuple[str, str]]) -> str:
    """Return the label of a button for screen readers: its words, then every dial that changes, with its new value."""
    return f"{button}: " + ", ".join(f"{label} {value}" for label, value in dials)


def button_label(placed: Sequence[str], verb: str) -> str:
    """Return the label of a button: the value of one remedy, the number of several, or "Take back" for none."""
    return {0: "Take back", 1: f"{verb} {''.join(placed)}", 2: "Set both", 3: "Set all three"}[len(placed)]
