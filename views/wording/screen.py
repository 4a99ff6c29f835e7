"""Every sentence that the screen says, but for those that explain a game, and how it writes a number.

Serif speaks, Inter shows: what stands here is said plainly, with the words of the glossary. A country "fails to
agree", it does not lose; "bully" is a term of the literature, in quotes, never a country's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

MINUS = "\u2212"
NARROW = "\u00a0"
"""The space before a per cent sign, which does not break."""
NONE = "–"
"""Where a column has no number."""

ROUNDING = 1e-9
"""What is nearer to 0 than this is a rounding error, and prints as zero."""
SEEN = 0.01
"""Share of the largest number of a column from which on a number, or its bar, is seen beside it."""

TITLE = "Explore"
QUESTION = "Would these two countries sign?"

ACTIONS = ("liberalises", "defects")
"""What a player does in the first and in the second row or column."""

STABLE = "stable"

SPACE = "Everything the two can reach"
DISAGREEMENT = "“Neither” is the disagreement point: what both keep if they fail to agree."
UNIT = "% of own GDP as each government weighs it, not money"
UNIT_AXIS = "weighted % of its GDP"
"""Payoffs are what governments make of their groups' money: weights and fear of loss are in them."""
RANKS = "as printed: only their order means something"
RANKS_AXIS = "as printed"
ORDINAL_BADGE = "order only"
OUTLINED = "Outlined: stable, nobody gains by changing alone."

WHO = "Who gains, and who votes?"
GAINS_NOTE = (
    "Change if both open, % of that country’s GDP. Striped: no vote in the host. The last row of a country is its "
    "payoff in the matrix: the same changes, weighed."
)
WITH_MIGRANTS = "with migrants and families, below"
PAYOFF = "payoff"
NO_SEAT = "No seat at the table"
MIGRANTS = "Migrants, families"
GROUPS: Mapping[str, str] = {
    "scarce_labour": "Scarce labour",
    "abundant_labour": "Abundant labour",
    "capital": "Capital",
    "consumers": "Residents",
}
"""Voting groups by their key."""

SOLUTIONS = (("Nash", "nash"), ("Kalai-Smorodinsky", "kalai_smorodinsky"))
"""Named points of the polygon and their keys in the JSON of `winset solve`."""

HOW_FAR = "How far is this pair from a deal?"
PARADOX = "The paradox of adverse interest says: the larger the gain, the smaller the deal."
NO_PARADOX = (
    "No paradox at these dials: at every gap both would sign full opening. It takes crowding that residents feel, "
    "fear of loss, or an organised lobby."
)
NEVER = "At these dials the two sign nothing at any gap, not even as equals: the paradox cannot show."
POSSIBLE_NOTE = (
    "Possible: the extra output if all who are willing were admitted, before moving costs and crowding. "
    "It is a measure, not advice."
)

PRINTED = "What could a payment do?"
PRINTED_NOTE = "Groups and the paradox need the model. The tables: Alonso, “Managing Labor Mobility”, annex."
SOURCES: Mapping[str, str] = {
    "cooperative": "Table 6.A2: alike countries",
    "bully": "Table 6.A4: unlike countries",
}

MORE = "More dials"
MORE_NOTE = "What has no dial comes with the pair: {facts}. The gap alone does not decide; these do too."
FIT = (
    "The model is fitted to two tables of the literature. It shows how interests can stand against each other; "
    "it predicts no treaty."
)


def number(value: float, decimals: int = 1, *, plus: bool = False) -> str:
    """A number with a true minus, no negative zero and, where a change is meant, a plus."""
    rounded = round(float(value), decimals) + 0.0
    sign = MINUS if rounded < 0 else "+" if plus and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def per_cent(value: float, decimals: int = 1, *, plus: bool = False) -> str:
    """A percentage, with the space that does not break."""
    return f"{number(value, decimals, plus=plus)}{NARROW}%"


def decimals(values: Iterable[float | None], least: int = 1) -> int:
    """How many decimals a column of numbers has: the fewest, from `least` on, at which none that is seen prints as 0.

    The one rule for every table of screens, terminal and report; `numbers` prints what is too small to be seen.
    """
    sizes = [abs(float(value)) for value in values if value is not None]
    real = [size for size in sizes if size >= ROUNDING]
    smallest = min((size for size in real if size >= SEEN * max(real)), default=1.0)
    return next(digits for digits in count(least) if round(smallest, digits) > 0)


def numbers(values: Sequence[float | None], least: int = 1, *, plus: bool = False, unit: str = "") -> list[str]:
    """The numbers of a column as text, all with the same decimals; one that would print as zero has more."""
    digits, end = decimals(values, least), f"{NARROW}{unit}" if unit else ""
    return [NONE if value is None else _entry(float(value), digits, plus=plus) + end for value in values]


def share_of(part: float | None, least: int = 1) -> str:
    """A share as a percentage: a column of one number."""
    return numbers([None if part is None else 100 * part], least, unit="%")[0]


def _entry(value: float, digits: int, *, plus: bool) -> str:
    real = value if abs(value) >= ROUNDING else 0.0
    return number(real, decimals([real], digits), plus=plus)


def openness(share: float) -> str:
    """A share of the willing who are admitted, in the digits that it was tried with."""
    return f"{100 * share:.10g}{NARROW}%"


def beside_answer(here: float, best: float, losers: Sequence[str], *, opens: bool) -> str:
    """What keeps the answer, at the openness on the dial, from contradicting the curve, at the best openness.

    `losers` are the countries that both opening would leave worse off than neither.
    """
    if not opens:
        return f"No at {openness(here)}. At {openness(best)} they would." if best else ""
    ill = f"{' and '.join(losers)} would be worse off than if neither opened"
    no = f"But at {openness(here)} {ill if losers else 'one side would gain a hair by closing alone'}: that is no deal."
    return f"{no} At {openness(best)} they would." if best else no


def curve_note(here: float, best: float) -> str:
    """What the curve speaks of, and what the answer at the head of the page."""
    most = f"here {openness(best)}" if best else "here there is none"
    return (
        f"The curve takes, at every gap, the most open deal that both would keep; {most}. "
        f"The answer above is for the {openness(here)} on the dial."
    )


def points(length: int, different: int) -> str:
    """How many points a design has, and how many of them differ where some are drawn again."""
    told = f"{length:,} {'point' if length == 1 else 'points'}"
    return told if different == length else f"{told}, {different:,} of them different"


def values(possible: float, signed: float) -> tuple[str, str]:
    """The two values at the head of the line "you are here"."""
    could, would = numbers((possible, signed), plus=True, unit="%")
    return f"could bring <b>{could}</b>", f"would sign <b>{would}</b>"


def share_signed(possible: float, signed: float) -> str:
    """The share of the possible gain that is signed; nothing to sign counts as none."""
    return share_of(signed / possible if possible > 0 else 0.0, 0)


def forms(possible: Sequence[float], signed: Sequence[float], full: Sequence[bool]) -> str:
    """Whether the weak and the strong form of the paradox hold from the first gap to the last.

    Weak: the share of the possible gain that is signed falls. Strong: the signed gain itself falls.
    `full` says at which gaps full opening would be signed.
    """
    if all(full):
        return NO_PARADOX
    if max(signed) <= 0:
        return NEVER
    shares = [share_signed(possible[at], signed[at]) for at in (0, -1)]
    gains = numbers((signed[0], signed[-1]), plus=True, unit="%")
    weak = signed[-1] / possible[-1] < signed[0] / possible[0]
    strong = signed[-1] < signed[0]
    return (
        f"Along the dial the share signed goes from {shares[0]} to {shares[1]}: the weak form of the paradox "
        f"{'holds' if weak else 'fails'}. The signed gain goes from {gains[0]} to {gains[1]}: the strong form "
        f"{'holds' if strong else 'fails'}."
    )


def polygon_alt(names: tuple[str, str], cells: Mapping[tuple[int, int], tuple[float, float]], unit: str) -> str:
    """The payoff polygon as a sentence with its numbers."""
    told = {(0, 0): "both open", (0, 1): f"only {names[0]} opens", (1, 0): f"only {names[1]} opens", (1, 1): "neither"}
    host, origin = (numbers([cells[cell][side] for cell in told]) for side in (0, 1))
    corners = "; ".join(f"{at}: {one} and {other}" for at, one, other in zip(told.values(), host, origin, strict=True))
    return f"Payoffs of {names[0]} and {names[1]}, {unit}, at the four corners. {corners}. The heavy edge is efficient."


def curve_alt(gap: float, possible: float, signed: float) -> str:
    """The paradox curve as a sentence with its numbers."""
    could, would = numbers((possible, signed), unit="%")
    return (
        f"At a productivity gap of {number(gap)}× an agreement could bring {could} of the two countries’ "
        f"GDP; what both would sign brings {would}."
    )


def possessive(name: str) -> str:
    """A country as an owner: Morocco’s, the United States’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def country(name: str, role: str) -> str:
    """A country as a heading, with its role when the two differ."""
    return f"{name}, {role}" if role else name


def migrants_note(origin: str) -> str:
    """Who counts the migrants' gain, and who does not."""
    return f"Migrants have no vote in the host. At home, in {origin}, their families vote with this gain."


def emigrants(change: float) -> str:
    """What a country's own emigrants have in the sum of its groups; nothing where nobody leaves."""
    (told,) = numbers([change], plus=True)
    return f"own emigrants in it: {told}" if abs(change) >= ROUNDING else ""


def space(*, sole: bool) -> str:
    """What the payoff polygon says; `sole` when one point is the best for both."""
    efficient = (
        "One corner is the best that either can reach."
        if sole
        else "The heavy edge is efficient: no other point is better for both."
    )
    return f"{efficient} {DISAGREEMENT}"


def more_note(origin: str, size: float, unskilled: tuple[float, float]) -> str:
    """What a pair sets that has no dial: sizes, and shares of less-skilled workers in host and origin."""
    host, other = (per_cent(100 * share, 0) for share in unskilled)
    facts = (
        f"{possessive(origin)} labour force is {number(size)} times the host’s, "
        f"and {other} of it are less skilled, {host} in the host"
    )
    return MORE_NOTE.format(facts=facts)
