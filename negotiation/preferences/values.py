"""What every package is worth to every government, group and account: arrays over the whole grid.

Structural preferences come from the economy: a package's terms change the opening of both countries, groups
gain or lose income, governments weigh them, and each group votes by the sign of its position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from economy.model.accounts import NEUTRAL, accounts
from economy.model.group_gains import GROUPS
from economy.model.payoffs import Cell, agreement
from economy.parameters import Parameters
from economy.policy.terms import GRANTS, Terms, effective, signed
from games.errors import refuse
from games.short_repr import short_repr
from negotiation.agenda.package_grid import Agenda

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Votes = np.ndarray[tuple[int, ...], np.dtype[np.int8]]

MOVERS = "new migrants"
ACCOUNTS = ("host natives", "origin natives", MOVERS)
"""The welfare accounts of every case; those of Table 6.2 have old migrants besides, where a host has any."""

VALUE_UNIT = "% of own baseline GDP"

MIGRANTS = (
    "New migrants are counted after the cost of moving, fees, levy and what they send home; "
    "what they send home stands with the natives of their origin."
)
"""Said beside every result: without it a negative account of people who chose to move looks like an error."""


@dataclass(frozen=True, slots=True, eq=False)
class Preferences:
    """Everything that packages are worth, and how groups would vote on them."""

    __repr__ = short_repr

    parties: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    """The voting groups of every party."""
    unit: str
    values: Floats
    """To the governments, (packages, parties)."""
    walk_away: Floats
    """What each government has without a deal, (parties,)."""
    worth: Floats
    """One unit of each party's value in the common unit, (parties,); totals need it."""
    stakes: tuple[Floats, ...]
    """To the groups of each party, (packages, groups), in `unit`."""
    votes: tuple[Votes, ...]
    """How they vote: 1 for, -1 against, 0 abstains; (packages, groups) for each party."""
    weights: tuple[tuple[int, ...], ...]
    """The votes of each group."""
    accounts: Floats
    """The welfare accounts, (packages, accounts): points, or % of the pair's baseline GDP."""
    accounts_of: tuple[str, ...] = ACCOUNTS
    """Which accounts these are; one that nobody knows is left out."""
    notes: tuple[str, ...] = ()

    @property
    def totals(self) -> Floats:
        """The sum of the accounts of every package, those who move included, (packages,)."""
        return self.accounts.sum(axis=1)


@dataclass(frozen=True, slots=True)
class Interest:
    """A voting group of a country and the money groups of the economy whose changes add up to its own."""

    key: str
    members: tuple[str, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """Places of the members among `economy.model.payoffs.GROUPS`."""
        return tuple(GROUPS.index(member) for member in self.members)


def interests(parameters: Parameters, country: int) -> tuple[Interest, ...]:
    """The voting groups of country 0 (host) or 1 (origin).

    Scarce labour is the type of which the country has a smaller share than its partner; with equal shares the
    less-skilled. In the host families share a vote with consumers (Alonso, Tables 6.A1 and 6.A3); the origin's
    groups are ours, since the source tabulates only the host's: there families vote with their movers.
    """
    shares = (float(parameters.u0), float(parameters.u1))
    labour = ("scarce_U", "skilled_S")
    scarce, abundant = labour if shares[country] <= shares[1 - country] else labour[::-1]
    common = (
        Interest("scarce_labour", (scarce,)),
        Interest("abundant_labour", (abundant,)),
        Interest("capital", ("capital",)),
    )
    if country == 0:
        return (*common, Interest("consumers", ("residents", "treasury", "families")))
    return (*common, Interest("consumers", ("residents", "treasury")), Interest("families", ("families", "movers")))


def pooled(amounts: Floats, groups: tuple[Interest, ...]) -> Floats:
    """Amounts by money group (..., 8) added up by voting group (..., groups)."""
    return np.stack([amounts[..., list(group.columns)].sum(axis=-1) for group in groups], axis=-1)


def positions(relative: Floats) -> Floats:
    """Changes relative to own income, (..., groups), over the largest of the first four: from -1 to 1 there.

    The four are the groups of Tables 6.A1 and 6.A3; where nothing changes all positions are 0.
    """
    largest = np.abs(relative[..., :4]).max(axis=-1, keepdims=True)
    return np.divide(relative, largest, out=np.zeros_like(relative), where=largest > 0)


def structural(
    agenda: Agenda,
    parameters: Parameters,
    parties: tuple[str, str],
    weights: Mapping[str, Mapping[str, int]] | None = None,
    walk_away: tuple[float, float] = (0.0, 0.0),
) -> Preferences:
    """Preferences over an agenda that follow from the economy of a host and an origin.

    A package is worth cell (Liberalize, Liberalize) under its terms minus (Defect, Defect). One that grants neither
    places nor control is the status quo, exactly 0, but for a sum that it may transfer. `weights` gives groups more
    or less than one vote, by party and group. InputError when nothing on the agenda could be granted, or for a
    ladder that the economy has no number for.
    """
    _measurable(agenda)
    terms = agenda.terms()
    opened = np.broadcast_to(effective(terms), agenda.count)
    cell = agreement(signed(parameters, taken(terms, opened)))
    groups = (interests(parameters, 0), interests(parameters, 1))
    relative = [_spread(_relative(cell, country, groups[country]), opened) for country in (0, 1)]
    keys = tuple(tuple(group.key for group in each) for each in groups)
    gdp = cell.gdp[0]
    filled = {name: total for name, total in accounts(cell).totals.items() if total is not None}
    return Preferences(
        parties=parties,
        groups=keys,
        unit=VALUE_UNIT,
        values=_spread(cell.payoffs, opened),
        walk_away=np.array(walk_away, dtype=np.float64),
        worth=gdp / gdp.sum(),
        stakes=tuple(_spread(pooled(cell.groups[:, country], groups[country]), opened) for country in (0, 1)),
        votes=tuple(_votes(positions(each)) for each in relative),
        weights=tuple(
            tuple((weights or {}).get(party, {}).get(key, 1) for key in each)
            for party, each in zip(parties, keys, strict=True)
        ),
        accounts=_spread(np.stack(list(filled.values()), axis=1), opened),
        accounts_of=tuple(filled),
        notes=(MIGRANTS,),
    )


def _measurable(agenda: Agenda) -> None:
    """Refuse an agenda whose packages the economy cannot tell apart, or cannot tell from the status quo."""
    if not {item.field for item in agenda.ladders}.intersection(GRANTS):
        reason = "structural preferences need places: without them every package is the status quo"
        raise refuse("agenda.ladders", reason, 'add "places"')
    mute = [f"{item.key} ({item.silence})" for item in agenda.ladders if not item.field]
    if mute:
        reason = f"the economy has no number for {', '.join(mute)}"
        raise refuse("agenda.ladders", reason, 'leave them out, or give points with preferences = "scored"')


def taken(terms: Terms, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Terms:
    """The terms of some packages; fields that are the same for all are left alone."""
    fields = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    return Terms(**{name: value[rows] if np.ndim(value) else value for name, value in fields.items()})


def _relative(cell: Cell, country: int, groups: tuple[Interest, ...]) -> Floats:
    """Change of each voting group's income, % of that income before, (packages, groups)."""
    income = np.stack([cell.incomes[:, country, list(group.columns)].max(axis=-1) for group in groups], axis=-1)
    return 100 * pooled(cell.groups[:, country], groups) / income


def _spread(rows: Floats, opened: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """The rows of the packages that open, put back into the whole grid; the others are exactly 0."""
    whole = np.zeros((opened.size, *rows.shape[1:]))
    whole[opened] = rows
    return whole


def _votes(places: Floats) -> Votes:
    return np.where(places > NEUTRAL, 1, np.where(places < -NEUTRAL, -1, 0)).astype(np.int8)
