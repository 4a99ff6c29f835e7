"""The value of every package to every government, group and account, as arrays over the whole grid.

Structural preferences come from the economy. The terms of a package change the opening of both countries, groups gain
or lose income, governments weigh these changes, and each group votes by the sign of its position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

import numpy as np

from economy.account_names import ACCOUNTS
from economy.model.accounts import NEUTRAL
from economy.model.group_gains import GROUPS
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import GameCell, agreement_with_accounts
from economy.parameters import Parameters
from economy.policy.terms import ACCESS_TODAY, Terms, apply_positive_list, apply_terms, has_effect
from games.errors import input_error
from games.messages import message
from games.short_repr import short_repr
from negotiation.agenda.package_grid import STATUS_QUO, Agenda, Mask
from negotiation.protocols.home_vote import is_majority

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Votes = np.ndarray[tuple[int, ...], np.dtype[np.int8]]

Stands: TypeAlias = Literal["income", "gdp"]
"""What a group compares its gain with when it votes: its own income, or the GDP of its country."""

STANDS: tuple[Stands, ...] = get_args(Stands)
"""The conventions; the first is the default."""

VALUE_UNIT = message("% of own baseline GDP")

MIGRANTS_NOTE = message(
    "The account of new migrants is money: pay after fees and levy, less what they send home, which stands with the "
    "natives of their origin. What moving costs them is a line of its own, below the sum."
)
"""Printed beside every result."""

ACCESS_NOTE = message(
    "Packages are measured from a status quo in which migrants use {share} % of a resident's public services; the game "
    "of two moves takes all of them in every cell."
)
"""Printed where access to services is a line."""

TURNING_NOTE = message(
    "In {number} of {whole} packages that both governments prefer to no agreement, ratification turns on a convention: "
    "whether a group compares its gain with its own income or with GDP. Here it is {stands}."
)
"""Printed where votes at home depend on the convention."""

COMPARED = {"income": message("its own income"), "gdp": message("GDP")}
"""The conventions in words."""


@dataclass(frozen=True, slots=True, eq=False)
class Preferences:
    """The values of all packages, and how the groups would vote on them."""

    __repr__ = short_repr

    parties: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    """The names of the voting groups of every party."""
    unit: str
    """The unit of `values` and `stakes`, such as "% of own baseline GDP" or "points"."""
    values: Floats
    """Value to each government, (packages, parties)."""
    walk_away: Floats
    """The value of no deal to each government, (parties,)."""
    worth: Floats
    """The value of one unit of each party in the common unit, (parties,). Totals over parties use it as weights."""
    stakes: tuple[Floats, ...]
    """The gain or loss of the groups of each party, (packages, groups), in `unit`."""
    votes: tuple[Votes, ...]
    """The votes of the groups of each party, (packages, groups): 1 for, -1 against, 0 abstains."""
    weights: tuple[tuple[int, ...], ...]
    """The number of votes of each group, by party."""
    accounts: Floats
    """The accounts, (packages, accounts): points, or money in % of the pair's GDP."""
    accounts_of: tuple[str, ...] = ACCOUNTS
    """The names of the columns of `accounts`. An account without a known value is left out."""
    notes: tuple[str, ...] = ()
    money: MoneyAccounts | None = None
    """The money accounts of every package, shape (packages); None where values are points."""
    status_quo: int | None = STATUS_QUO
    """The package that is the status quo; None where every package is a signed text."""
    turning: Mask | None = None
    """Packages, (packages,), whose ratification turns on what a group compares its gain with; None in points."""

    @property
    def totals(self) -> Floats:
        """Welfare of every package: the sum of the accounts less the cost of moving, (packages,).

        In points nothing is taken off.
        """
        return self.accounts.sum(axis=1) if self.money is None else self.money.welfare


@dataclass(frozen=True, slots=True)
class VotingGroup:
    """A voting group of a country, and the income groups of the economy whose changes add up to its own."""

    key: str
    members: tuple[str, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """Column numbers of the members in `economy.model.group_gains.GROUPS`."""
        return tuple(GROUPS.index(member) for member in self.members)


def voting_groups(parameters: Parameters, country: int) -> tuple[VotingGroup, ...]:
    """Return the voting groups of one country.

    Scarce labour is the skill type of which the country has a smaller share than its partner. With equal shares it is
    the less-skilled type. In the host, families share a vote with consumers (Alonso, Tables 6.A1 and 6.A3). The
    origin's groups are ours, because the source lists only the host's: there families vote by the money that they are
    sent, and those who move have no vote.

    Parameters
    ----------
    parameters
        Parameters of the economy of the pair; only the shares `u0` and `u1` are read.
    country
        0 for the host, 1 for the origin.

    Returns
    -------
    tuple[VotingGroup, ...]
        Four groups for the host, five for the origin.
    """
    shares = (float(parameters.u0), float(parameters.u1))
    labour = ("scarce_U", "skilled_S")
    scarce, abundant = labour if shares[country] <= shares[1 - country] else labour[::-1]
    common = (
        VotingGroup("scarce_labour", (scarce,)),
        VotingGroup("abundant_labour", (abundant,)),
        VotingGroup("capital", ("capital",)),
    )
    if country == 0:
        return (*common, VotingGroup("consumers", ("residents", "treasury", "families")))
    return (
        *common,
        VotingGroup("consumers", ("residents", "treasury")),
        VotingGroup("families", ("families",)),
    )


def sum_by_voting_group(amounts: Floats, groups: tuple[VotingGroup, ...]) -> Floats:
    """Add up amounts by income group, (..., 8), to amounts by voting group, (..., groups)."""
    return np.stack([amounts[..., list(group.columns)].sum(axis=-1) for group in groups], axis=-1)


def relative_positions(relative: Floats) -> Floats:
    """Divide relative income changes, (..., groups), by the largest of the first four groups.

    The first four are the groups of Tables 6.A1 and 6.A3; their positions lie between -1 and 1. Where none of the four
    changes, all positions are 0.
    """
    largest = np.abs(relative[..., :4]).max(axis=-1, keepdims=True)
    return np.divide(relative, largest, out=np.zeros_like(relative), where=largest > 0)


def structural_preferences(
    agenda: Agenda,
    parameters: Parameters,
    parties: tuple[str, str],
    weights: Mapping[str, Mapping[str, int]] | None = None,
    walk_away: tuple[float, float] = (0.0, 0.0),
    stands: Stands = "income",
) -> Preferences:
    """Compute preferences over an agenda from the economy of a host and an origin.

    The value of a package is cell (Liberalize, Liberalize) under its terms minus cell (Defect, Defect). In a positive
    list a package that grants no places, readmission or control has the value of the status quo, exactly 0, unless it
    transfers a sum of money. Where no ladder gives places, every package is a signed text at the opening of
    `parameters`, and the text with every line at level 0 has a value of its own.

    Parameters
    ----------
    agenda
        Agenda whose ladders each set a field of `economy.policy.terms.Terms`.
    parameters
        Parameters of the economy of the pair; country 0 is the host, country 1 the origin.
    parties
        Names of the host and of the origin, in this order.
    weights
        Votes by party name and group key, whole numbers. A group that is not named has one vote.
    walk_away
        The value of no deal to host and origin, in % of their own baseline GDP.
    stands
        What a group compares its gain with when it votes.

    Returns
    -------
    Preferences
        Values in % of own baseline GDP; accounts in % of the pair's baseline GDP.

    Raises
    ------
    InputError
        When the economy has no number for a ladder.

    References
    ----------
    Alonso, Tables 6.A1 and 6.A3 (voting groups of the host) and Table 6.2 (welfare accounts).
    """
    _measurable(agenda)
    terms = agenda.terms()
    listed = agenda.gives_places
    opened = np.broadcast_to(has_effect(terms), agenda.count) if listed else np.ones(agenda.count, dtype=np.bool_)
    signed = apply_positive_list(parameters, select_terms(terms, opened)) if listed else apply_terms(parameters, terms)
    cell, money = agreement_with_accounts(signed)
    groups = (voting_groups(parameters, 0), voting_groups(parameters, 1))
    votes = {word: tuple(_votes(cell, country, groups[country], opened, word) for country in (0, 1)) for word in STANDS}
    keys = tuple(tuple(group.key for group in each) for each in groups)
    gdp = cell.gdp[0]
    money = _spread_accounts(money, opened)
    values = _spread(cell.payoffs, opened)
    ballots = tuple(
        tuple((weights or {}).get(party, {}).get(key, 1) for key in each)
        for party, each in zip(parties, keys, strict=True)
    )
    turning = _ratified(votes["income"], ballots) != _ratified(votes["gdp"], ballots)
    preferred = (values > np.array(walk_away)).all(axis=1)
    return Preferences(
        parties=parties,
        groups=keys,
        unit=VALUE_UNIT,
        values=values,
        walk_away=np.array(walk_away, dtype=np.float64),
        worth=gdp / gdp.sum(),
        stakes=tuple(
            _spread(sum_by_voting_group(cell.groups[:, country], groups[country]), opened) for country in (0, 1)
        ),
        votes=votes[stands],
        weights=ballots,
        accounts=money.total,
        notes=tuple(_notes(agenda, (int((turning & preferred).sum()), int(preferred.sum())), stands)),
        money=money,
        status_quo=STATUS_QUO if listed else None,
        turning=turning,
    )


def _notes(agenda: Agenda, turning: tuple[int, int], stands: Stands) -> Iterator[str]:
    """What a reader of the values must know; `turning` is how many of how many packages turn on the convention."""
    yield MIGRANTS_NOTE
    if any(item.field == "access" for item, _ in agenda.lines(0)):
        yield ACCESS_NOTE.format(share=f"{100 * ACCESS_TODAY:.0f}")
    number, whole = turning
    if number:
        yield TURNING_NOTE.format(number=f"{number:,}", whole=f"{whole:,}", stands=COMPARED[stands])


def _measurable(agenda: Agenda) -> None:
    """Raise InputError for an agenda with a ladder that sets no term."""
    mute = [f"{item.key} ({item.silence})" for item, _ in agenda.lines(0) if not item.field]
    if mute:
        reason = f"the economy has no number for {', '.join(mute)}"
        raise input_error("agenda.ladders", reason, 'leave them out, or give points with preferences = "scored"')


def select_terms(terms: Terms, rows: Mask) -> Terms:
    """The terms of the packages where the mask `rows` holds; a field with one value for all packages stays as it is."""
    fields = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    return Terms(**{name: value[rows] if np.ndim(value) else value for name, value in fields.items()})


def _votes(cell: GameCell, country: int, groups: tuple[VotingGroup, ...], opened: Mask, stands: Stands) -> Votes:
    """Votes of the groups of one country on every package, (packages, groups)."""
    change = sum_by_voting_group(cell.groups[:, country], groups)
    if stands == "income":
        income = np.stack([cell.incomes[:, country, list(group.columns)].max(axis=-1) for group in groups], axis=-1)
        change = 100 * change / income
    return _choices(relative_positions(_spread(change, opened)))


def _choices(places: Floats) -> Votes:
    """1 for, −1 against, 0 abstains, by the position of a group; NEUTRAL itself is neutral on both sides."""
    return np.where(places > NEUTRAL, 1, np.where(places < -NEUTRAL, -1, 0)).astype(np.int8)


def _ratified(votes: tuple[Votes, ...], weights: tuple[tuple[int, ...], ...]) -> Mask:
    """Packages that every country ratifies, (packages,)."""
    pairs = zip(votes, weights, strict=True)
    return np.asarray(np.stack([is_majority(each.astype(np.int64) @ np.array(own)) for each, own in pairs]).all(axis=0))


def _spread(rows: Floats, opened: Mask) -> Floats:
    """Put the rows of the packages that open back into the whole grid; all other rows are exactly 0."""
    whole = np.zeros((opened.size, *rows.shape[1:]))
    whole[opened] = rows
    return whole


def _spread_accounts(money: MoneyAccounts, opened: Mask) -> MoneyAccounts:
    return MoneyAccounts(**{field.name: _spread(getattr(money, field.name), opened) for field in fields(money)})
