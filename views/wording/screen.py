"""The sentences of the page Explore, except those that explain a game; and the number formats of all pages.

The terms are those of the glossary. A country "fails to agree", it does not lose. "Bully" is a term of the literature:
it stands in quotes and is never used for a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from games.messages import join_messages, message, plural_message

MINUS = "\u2212"
NARROW = "\u00a0"
"""The non-breaking space before a per cent sign."""
NONE = "–"
"""Text for a missing number in a column."""

ROUNDING = 1e-9
"""A number whose size is below this is a rounding error and prints as zero."""
SEEN = 0.01
"""A number is visible in a column when it is at least this share of the column's largest number."""

TITLE = message("Explore")
QUESTION = message("Would these two countries sign?")

ACTIONS = (message("liberalises"), message("defects"))
"""What a player does in the first and in the second row or column."""

STABLE = message("stable")

SPACE = message("Everything the two can reach")
DISAGREEMENT = message("“Neither” is the disagreement point: what both keep if they fail to agree.")
UNIT = message("% of own GDP as each government weighs it, not money")
UNIT_AXIS = message("weighted % of its GDP")
"""Units of payoffs. A government weighs the money of its groups, so that payoffs are not money."""
RANKS = message("as printed: only their order means something")
RANKS_AXIS = message("as printed")
ORDINAL_BADGE = message("order only")
OUTLINED = message("Outlined: stable, nobody gains by changing alone.")

WHO = message("Who gains, and who votes?")
GROUP, ALONE, TOGETHER = message("Group"), message("Opens alone"), message("Both open")
"""Heads of the table of groups."""
GAINS_NOTE = message(
    "Change of income, % of that country’s GDP; for own emigrants, what moving is worth to them. Positions as in "
    "Alonso’s Tables 6.A1 and 6.A3: the change of a group’s income against the largest one. The last row of a country "
    "is its payoff in the matrix: the same changes, weighed."
)
PAYOFF = message("payoff")
NO_SEAT = message("No seat at the table")
GROUPS: Mapping[str, str] = {
    "scarce_labour": message("Scarce labour"),
    "abundant_labour": message("Abundant labour"),
    "capital": message("Capital"),
    "consumers": message("Residents"),
}
"""Names of the voting groups that both countries have, by key."""
ALL_GROUPS: Mapping[str, str] = {**GROUPS, "families": message("Families")}
"""The same, and the families of migrants, who vote in the origin."""
TABLE_GROUPS: Mapping[str, str] = {
    **GROUPS,
    "consumers": message("Residents and families"),
    "treasury": message("Treasury"),
}
"""Names of the groups of Tables 6.A1 and 6.A3, where families stand with the residents; and of the treasury."""
GROUPS_IN_SENTENCES: Mapping[str, str] = {
    "scarce_labour": message("scarce labour"),
    "abundant_labour": message("abundant labour"),
    "capital": message("capital"),
    "consumers": message("residents"),
    "families": message("families"),
}
"""Names of the voting groups in the middle of a sentence, by key."""

NASH, KALAI_SMORODINSKY = "Nash", "Kalai-Smorodinsky"
"""Names of the bargaining solutions in the figure of payoffs."""

BOTH_OPEN = message("both open")
NEITHER = message("neither")
"""The first and the last cell of the matrix, by who opens."""

POSITIONS = (
    message("opposed"),
    message("weakly opposed"),
    message("neutral"),
    message("weakly in favour"),
    message("in favour"),
)
"""Positions of a group, in the order of `economy.model.accounts.LABELS`."""

HOW_FAR = message("How far is this pair from a deal?")
PRINTED = message("What could a payment do?")
PRINTED_NOTE = message("Groups and the paradox need the model. The tables: Alonso, “Managing Labor Mobility”, annex.")
SOURCES: Mapping[str, str] = {
    "cooperative": message("Table 6.A2: alike countries"),
    "bully": message("Table 6.A4: unlike countries"),
}

MORE = message("More dials")
OWN_VALUES = message(
    "A dial that stands where its pair puts it means the pair’s own value, which may lie between two steps of the dial."
)
FIT = message(
    "The model is fitted to two tables of the literature. It shows how interests can stand against each other; "
    "it predicts no treaty."
)


def number(value: float, decimals: int = 1, *, plus: bool = False) -> str:
    """Format a number as a text with the sign "−" for negative numbers, without negative zero.

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
    """Format a number of per cent as a text, such as "3.0 %", with a non-breaking space.

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
    """Return the number of decimals for a column of numbers: the fewest at which no visible number prints as 0.

    The search begins at `least`. All tables of screens, terminal and report follow this rule. `numbers` prints numbers
    that are too small to be visible with more decimals.
    """
    sizes = [abs(float(value)) for value in values if value is not None]
    real = [size for size in sizes if size >= ROUNDING]
    smallest = min((size for size in real if size >= SEEN * max(real)), default=1.0)
    return next(digits for digits in count(least) if round(smallest, digits) > 0)


def numbers(values: Sequence[float | None], least: int = 1, *, plus: bool = False, unit: str = "") -> list[str]:
    """Format the numbers of a column as texts with the same decimals. A number that would print as zero has more.

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
    """Format a share in [0, 1] as a text in per cent; a dash for None. `least` is the fewest decimals."""
    return numbers([None if part is None else 100 * part], least, unit="%")[0]


def _entry(value: float, digits: int, *, plus: bool) -> str:
    real = value if abs(value) >= ROUNDING else 0.0
    return number(real, column_decimals([real], digits), plus=plus)


def openness(share: float) -> str:
    """Format an openness (share of the willing who are admitted) as a percentage with at most ten digits."""
    return f"{100 * share:.10g}{NARROW}%"


def expansion(share: float) -> str:
    """Format people beyond today's number, as a share of that number, as a whole percentage with a plus sign."""
    return f"+{100 * share:,.0f}{NARROW}%"


def format_level(level: float, *, people: bool) -> str:
    """Format how far both open: people beyond today's number where `people`, else openness."""
    return expansion(level) if people else openness(level)


def answer_difference_sentences(
    here: float, best: float | None, losers: Sequence[str], *, opens: bool, people: bool = False
) -> str:
    """Return the sentences that explain why the answer at one level and the largest level that holds differ.

    Parameters
    ----------
    here
        Level of the answer: openness in [0, 1], or people beyond today's number as a share of it.
    best
        Largest level that holds; None where there is none. An openness of 0 is none too.
    losers
        Countries that are worse off when both open than when neither does.
    opens
        Whether both opening is an equilibrium at `here`.
    people
        Whether the levels are people beyond today's number.

    Returns
    -------
    str
        One or two sentences; "" where neither level holds.
    """
    found = best is not None and (people or best > 0)
    there = message("At {openness} they would.", openness=format_level(best or 0.0, people=people))
    level = format_level(here, people=people)
    if not opens:
        no = message("No at {openness}.", openness=level)
        return join_messages(" ", [no, there]) if found else ""
    if losers:
        who = losers[0] if len(losers) == 1 else message("{first} and {second}", first=losers[0], second=losers[1])
        no = message(
            "But at {openness} {countries} would be worse off than if neither opened: that is no deal.",
            openness=level,
            countries=who,
        )
    else:
        no = message(
            "But at {openness} one side would gain a little by closing alone: that is no deal.", openness=level
        )
    return join_messages(" ", [no, there]) if found else no


def design_points(length: int, different: int) -> str:
    """Return a text with the number of points (combinations of factor values) of a design, and of different ones."""
    if different == length:
        return plural_message("{number} point", "{number} points", length)
    return plural_message(
        "{number} point, {different} of them different",
        "{number} points, {different} of them different",
        length,
        different=f"{different:,}",
    )


def possessive(name: str) -> str:
    """Return the possessive form of a name, such as "Morocco’s" or "the United States’"."""
    return message("{name}’", name=name) if name.endswith("s") else message("{name}’s", name=name)


def country(name: str, role: str) -> str:
    """Return the heading of a country: its name with the role `host` or `origin`; the name alone where `role` is ""."""
    if not role:
        return name
    return message("{country}, host", country=name) if role == "host" else message("{country}, origin", country=name)


def emigrants(change: float) -> str:
    """Return a text with the change of income of a country's own emigrants, which the sum over its groups contains.

    The text is empty where there is no such change.
    """
    (told,) = numbers([change], plus=True)
    return (
        message("own emigrants in it: {change}; cash sent home counts for them and for their families", change=told)
        if abs(change) >= ROUNDING
        else ""
    )


def polygon_note(*, sole: bool) -> str:
    """Return the note under the figure of the payoffs that can be reached; `sole` when one point is best for both."""
    efficient = (
        message("One corner is the best that either can reach.")
        if sole
        else message("The heavy edge is efficient: no other point is better for both.")
    )
    return join_messages(" ", [efficient, DISAGREEMENT])


def more_note(origin: str, size: float, unskilled: tuple[float, float]) -> str:
    """Return the sentences on those parameters of a pair of countries that have no dial: size and less-skilled workers.

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
    return message(
        "What has no dial comes with the pair: {origin} labour force is {size} times the host’s, and {other} of it are "
        "less skilled, {host} in the host. The gap alone does not decide; these do too.",
        origin=possessive(origin),
        size=number(size),
        other=other,
        host=host,
    )
