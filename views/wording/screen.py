"""The sentences of the page Explore, except those that explain a game; and the number formats of all pages.

The terms are those of the glossary. A country "fails to agree", it does not lose. "Bully" is a term of the literature:
it stands in quotes and is never used for a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

MINUS = "\u2212"
NARROW = "\u00a0"
"""The non-breaking space before a per cent sign."""
NONE = "–"
"""Text for a missing number in a column."""

ROUNDING = 1e-9
"""A number whose size is below this is a rounding error and prints as zero."""
SEEN = 0.01
"""A number is visible in a column when it is at least this share of the column's largest number."""

TITLE = "Explore"
QUESTION = "Would these two countries sign?"

ACTIONS = ("liberalises", "defects")
"""What a player does in the first and in the second row or column."""

STABLE = "stable"

SPACE = "Everything the two can reach"
DISAGREEMENT = "“Neither” is the disagreement point: what both keep if they fail to agree."
UNIT = "% of own GDP as each government weighs it, not money"
UNIT_AXIS = "weighted % of its GDP"
"""Units of payoffs. A government weighs the money of its groups, so that payoffs are not money."""
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
"""Names of the voting groups, by key."""

SOLUTIONS = (("Nash", "nash"), ("Kalai-Smorodinsky", "kalai_smorodinsky"))
"""Names of the bargaining solutions, and their keys in the JSON of `winset solve`."""

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
    """Format a number with a minus sign, without negative zero.

    Parameters
    ----------
    value
        Number.
    decimals
        Decimals to print.
    plus
        Whether a positive number has a plus sign, as for changes.

    Returns
    -------
    str
        The text, with separators of thousands.
    """
    rounded = round(float(value), decimals) + 0.0
    sign = MINUS if rounded < 0 else "+" if plus and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def per_cent(value: float, decimals: int = 1, *, plus: bool = False) -> str:
    """Format a percentage, with a non-breaking space.

    Parameters
    ----------
    value
        Number of per cent.
    decimals
        Decimals to print.
    plus
        Whether a positive number has a plus sign.

    Returns
    -------
    str
        For example "3.0 %".
    """
    return f"{number(value, decimals, plus=plus)}{NARROW}%"


def column_decimals(values: Iterable[float | None], least: int = 1) -> int:
    """Return the number of decimals of a column: the fewest, from `least` on, at which no visible number prints as 0.

    All tables of screens, terminal and report follow this rule. `numbers` prints numbers that are too small to be
    visible with more decimals.
    """
    sizes = [abs(float(value)) for value in values if value is not None]
    real = [size for size in sizes if size >= ROUNDING]
    smallest = min((size for size in real if size >= SEEN * max(real)), default=1.0)
    return next(digits for digits in count(least) if round(smallest, digits) > 0)


def numbers(values: Sequence[float | None], least: int = 1, *, plus: bool = False, unit: str = "") -> list[str]:
    """Format the numbers of a column with the same decimals. A number that would print as zero has more.

    Parameters
    ----------
    values
        Numbers; None prints as a dash.
    least
        Fewest decimals.
    plus
        Whether positive numbers have a plus sign.
    unit
        Unit after each number; "" for none.

    Returns
    -------
    list[str]
        One text per number.
    """
    digits, end = column_decimals(values, least), f"{NARROW}{unit}" if unit else ""
    return [NONE if value is None else _entry(float(value), digits, plus=plus) + end for value in values]


def format_share(part: float | None, least: int = 1) -> str:
    """Format a share in [0, 1] as a percentage, by the rule of `numbers`."""
    return numbers([None if part is None else 100 * part], least, unit="%")[0]


def _entry(value: float, digits: int, *, plus: bool) -> str:
    real = value if abs(value) >= ROUNDING else 0.0
    return number(real, column_decimals([real], digits), plus=plus)


def openness(share: float) -> str:
    """Format a share of the willing who are admitted, in [0, 1], as a percentage with at most ten digits."""
    return f"{100 * share:.10g}{NARROW}%"


def answer_difference_sentences(here: float, best: float, losers: Sequence[str], *, opens: bool) -> str:
    """Return the sentence that explains why answer and paradox curve differ.

    Parameters
    ----------
    here
        Openness on the dial, in [0, 1].
    best
        Largest openness that holds, in [0, 1]; 0 where there is none.
    losers
        Countries that are worse off when both open than when neither does.
    opens
        Whether both opening is an equilibrium at `here`.

    Returns
    -------
    str
        One or two sentences; "" where neither openness holds.
    """
    if not opens:
        return f"No at {openness(here)}. At {openness(best)} they would." if best else ""
    ill = f"{' and '.join(losers)} would be worse off than if neither opened"
    no = f"But at {openness(here)} {ill if losers else 'one side would gain a hair by closing alone'}: that is no deal."
    return f"{no} At {openness(best)} they would." if best else no


def curve_note(here: float, best: float) -> str:
    """Return the note on which openness the curve and the answer refer to."""
    most = f"here {openness(best)}" if best else "here there is none"
    return (
        f"The curve takes, at every gap, the most open deal that both would keep; {most}. "
        f"The answer above is for the {openness(here)} on the dial."
    )


def design_points(length: int, different: int) -> str:
    """Return the number of points of a design, and the number of different ones where points are repeated."""
    told = f"{length:,} {'point' if length == 1 else 'points'}"
    return told if different == length else f"{told}, {different:,} of them different"


def values(possible: float, signed: float) -> tuple[str, str]:
    """Return the labels of the possible and of the signed gain at the marker of the curve."""
    could, would = numbers((possible, signed), plus=True, unit="%")
    return f"could bring <b>{could}</b>", f"would sign <b>{would}</b>"


def share_signed(possible: float, signed: float) -> str:
    """Return the share of the possible gain that is signed, in per cent; 0 where no gain is possible."""
    return format_share(signed / possible if possible > 0 else 0.0, 0)


def forms(possible: Sequence[float], signed: Sequence[float], full: Sequence[bool]) -> str:
    """Return whether the weak and the strong form of the paradox hold from the first gap to the last.

    Weak form: the share of the possible gain that is signed falls. Strong form: the signed gain itself falls.

    Parameters
    ----------
    possible
        Possible gains by gap, in % of GDP.
    signed
        Signed gains by gap, in % of GDP.
    full
        Whether full opening would be signed, by gap.

    Returns
    -------
    str
        The sentences.
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
    """Return the alternative text of the payoff polygon: its numbers in sentences.

    Parameters
    ----------
    names
        Names of host and origin.
    cells
        Payoffs (host, origin) by cell.
    unit
        Unit of the payoffs.

    Returns
    -------
    str
        The text.
    """
    told = {(0, 0): "both open", (0, 1): f"only {names[0]} opens", (1, 0): f"only {names[1]} opens", (1, 1): "neither"}
    host, origin = (numbers([cells[cell][side] for cell in told]) for side in (0, 1))
    corners = "; ".join(f"{at}: {one} and {other}" for at, one, other in zip(told.values(), host, origin, strict=True))
    return f"Payoffs of {names[0]} and {names[1]}, {unit}, at the four corners. {corners}. The heavy edge is efficient."


def curve_alt(gap: float, possible: float, signed: float) -> str:
    """Return the alternative text of the paradox curve: its numbers in a sentence.

    Parameters
    ----------
    gap
        Productivity gap of the marker.
    possible
        Possible gain there, in % of GDP.
    signed
        Signed gain there, in % of GDP.

    Returns
    -------
    str
        The text.
    """
    could, would = numbers((possible, signed), unit="%")
    return (
        f"At a productivity gap of {number(gap)}× an agreement could bring {could} of the two countries’ "
        f"GDP; what both would sign brings {would}."
    )


def possessive(name: str) -> str:
    """Return the possessive of a name: Morocco’s, the United States’."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def country(name: str, role: str) -> str:
    """Return the heading of a country, with its role unless that is ""."""
    return f"{name}, {role}" if role else name


def migrants_note(origin: str) -> str:
    """Return the note on where the migrants' gain counts in a vote."""
    return f"Migrants have no vote in the host. At home, in {origin}, their families vote with this gain."


def emigrants(change: float) -> str:
    """Return the part of a country's own emigrants in the sum of its groups; "" where there are none."""
    (told,) = numbers([change], plus=True)
    return f"own emigrants in it: {told}" if abs(change) >= ROUNDING else ""


def polygon_note(*, sole: bool) -> str:
    """Return the note under the payoff polygon; `sole` when one point is best for both."""
    efficient = (
        "One corner is the best that either can reach."
        if sole
        else "The heavy edge is efficient: no other point is better for both."
    )
    return f"{efficient} {DISAGREEMENT}"


def more_note(origin: str, size: float, unskilled: tuple[float, float]) -> str:
    """Return what a pair sets that has no dial.

    Parameters
    ----------
    origin
        Name of the origin.
    size
        Labour force of the origin, as a multiple of the host's.
    unskilled
        Shares of less-skilled workers in host and origin, in [0, 1].

    Returns
    -------
    str
        The sentences.
    """
    host, other = (per_cent(100 * share, 0) for share in unskilled)
    facts = (
        f"{possessive(origin)} labour force is {number(size)} times the host’s, "
        f"and {other} of it are less skilled, {host} in the host"
    )
    return MORE_NOTE.format(facts=facts)
