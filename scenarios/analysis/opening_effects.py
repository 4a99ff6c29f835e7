"""The effects of opening: on groups and welfare accounts, on migration flows, and whether both states would keep it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, NamedTuple

import numpy as np

from economy.account_names import OLD_MIGRANTS
from economy.accounts.documents import (
    AccountDocument,
    AccountSumsDocument,
    account_documents,
    account_sums,
)
from economy.corridors.data import network
from economy.corridors.fitting import Corridor
from economy.model.accounts import LABELS, NEUTRAL, WEAK
from economy.model.payoffs import GameCell, Stakes, reciprocity_index, solve_with_accounts
from economy.parameters import Parameters
from economy.policy.largest_openness import (
    agreement_margins,
    both_gain,
    conditions_hold,
    largest_openness,
    self_enforcing,
)
from economy.policy.remedies import PLANS, QUOTA
from games.documents import Choices, Document, Limits
from games.messages import message
from games.short_repr import short_repr
from negotiation.preferences.values import (
    VALUE_UNIT,
    VotingGroup,
    relative_positions,
    sum_by_voting_group,
    voting_groups,
)
from scenarios.analysis.expansion import (
    EarlierMigrantsDocument,
    Expansion,
    TreatyDocument,
    compute_expansion,
    split_earlier_migrants,
    treaty_in_force,
)
from scenarios.analysis.net_gains import GainsByLevel, gains_by_level, numbers_bind
from scenarios.analysis.remedies import RemedyNeed, remedy_needs

ALONE = ((0, 1), (1, 0))
"""The cell (host's action, origin's action) in which a country opens alone, by country; action 0 opens."""

THOUSANDS, PER_WORKER = message("thousands of people"), message("people per 1,000 workers of the host")

Position = Annotated[str, Choices(LABELS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffectDocument(Document):
    """What opening means for one voting group."""

    change_alone_pct_gdp: float
    """When its own country opens alone, in % of own GDP of the status quo."""
    change_pct_gdp: float
    """When both open, in % of own GDP of the status quo."""
    position: Position
    """When its own country opens alone: the first row of Tables 6.A1 and 6.A3."""
    position_reciprocal: Position
    """When both open: the second row of these tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationFlowDocument(Document):
    """People who move in one direction."""

    from_: str
    """Name of the origin."""
    to: str
    """Name of the host."""
    less_skilled: Annotated[float, Limits(minimum=0)]
    """Number of less skilled people."""
    skilled: Annotated[float, Limits(minimum=0)]
    """Number of skilled people."""
    people: Annotated[float, Limits(minimum=0)]
    """Number of people."""
    today: Annotated[float, Limits(minimum=0)]
    """Number of people in the status quo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationFlowsDocument(Document):
    """People who move when both open."""

    unit: str
    """Unit of the numbers."""
    paths: tuple[MigrationFlowDocument, ...]
    """Both directions."""
    reciprocity: Annotated[float, Limits(minimum=0, maximum=1)]
    """Balance of the two flows: 0 where all move one way, 1 where as many go as come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningAnswersDocument(Document):
    """Whether both would open, and how far."""

    self_enforcing: bool
    """Neither gains by closing alone when both are open; differences below game.tolerance of the payoff range are
    ties, and a tie is no gain."""
    both_gain: bool
    """Both governments are better off when both are open than when neither is; a tie is no gain."""
    largest_self_enforcing_openness: Annotated[float, Limits(minimum=0, maximum=1)] | None
    """Largest openness at which neither side gains by closing alone or is below the status quo; 0 if none is. Null
    where numbers of people bind: see `expansion`."""


ECONOMY = (
    "groups",
    "accounts",
    "sums",
    "net",
    "value_unit",
    "flows",
    "agreement",
    "remedies",
)
"""The blocks of `winset analyse --json` that every economy has, in the order of the schema."""
CORRIDORS = ("earlier_migrants", "expansion", "treaty")
"""The blocks that only some economies have: with migrants today, or with free movement in force."""


class GroupEffect(NamedTuple):
    """What opening means for one voting group."""

    change_alone: float
    """Change of its income when its own country opens alone, % of its country's GDP of the status quo."""
    change: float
    """Change of its income when both countries open, % of its country's GDP of the status quo."""
    position: str
    """Its position when its own country opens alone: a label of Tables 6.A1 and 6.A3."""
    position_reciprocal: str
    """Its position when both open."""

    def document(self) -> GroupEffectDocument:
        """Return the group's entry in the block `groups`."""
        return GroupEffectDocument(
            change_alone_pct_gdp=self.change_alone,
            change_pct_gdp=self.change,
            position=self.position,
            position_reciprocal=self.position_reciprocal,
        )


class Flow(NamedTuple):
    """People who move from one country to the other when both open, in the unit of the flows."""

    origin: str
    host: str
    less_skilled: float
    skilled: float
    today: float
    """People who move in the status quo."""

    @property
    def people(self) -> float:
        """People of both skills."""
        return self.less_skilled + self.skilled

    def document(self) -> MigrationFlowDocument:
        """Return one direction of the block `flows`."""
        return MigrationFlowDocument(
            from_=self.origin,
            to=self.host,
            less_skilled=self.less_skilled,
            skilled=self.skilled,
            people=self.people,
            today=self.today,
        )


@dataclass(frozen=True)
class OpeningEffects:
    """The effects of opening at the case's own openness, and of opening fully.

    Properties that need a search are computed at their first use.
    """

    __repr__ = short_repr

    parameters: Parameters
    corridor: Corridor | None
    """The corridor of the case; None if there is none."""
    stakes: Stakes
    """The economy solved in all four cells of the game."""
    groups: dict[str, dict[str, GroupEffect]]
    """By country and voting group."""
    accounts: dict[str, AccountDocument]
    """The money accounts, % of the pair's GDP, in the order of ACCOUNTS."""
    sums: AccountSumsDocument
    """Income, cost of moving, welfare and gross gain of GDP."""
    flows: tuple[Flow, ...]
    """Both directions, from the origin to the host first."""
    unit: str
    """Unit of the flows."""
    self_enforcing: bool
    """Whether neither country gains by closing alone when both are open. Ties are those of the derived game."""
    both_gain: bool
    """Whether both governments are better off when both are open than when neither is, by more than a tie."""

    @cached_property
    def largest_openness(self) -> float:
        """Largest openness at which neither side gains by closing alone or is below the status quo; 0 if none is."""
        return float(largest_openness(self.parameters).level)

    @property
    def holds(self) -> bool:
        """Whether opening at the case's openness enforces itself and leaves neither side below the status quo."""
        return bool(conditions_hold(agreement_margins(self.stakes)))

    @property
    def reciprocity(self) -> float:
        """Balance of the two flows when both open, 0 to 1."""
        return float(reciprocity_index(self.stakes.cell(0, 0).flows))

    @cached_property
    def net(self) -> GainsByLevel:
        """Gross and net gains at all levels of openness; where numbers of people bind, of the expansion."""
        return gains_by_level(self.parameters)

    @cached_property
    def expansion(self) -> Expansion | None:
        """The corridor with more people than today; None where numbers of people do not bind."""
        return compute_expansion(self.parameters)

    @cached_property
    def treaty(self) -> TreatyDocument | None:
        """Whether free movement that is in force holds; None without it."""
        return treaty_in_force(self.parameters, self.corridor)

    @cached_property
    def earlier_migrants(self) -> EarlierMigrantsDocument | None:
        """The account of those who are there today in two parts; None where nobody is."""
        return split_earlier_migrants(self.parameters, self.accounts[OLD_MIGRANTS].total)

    @cached_property
    def remedies(self) -> tuple[RemedyNeed, ...]:
        """The sufficient amounts of each remedy, alone and combined.

        Remedies that the case has in place are removed before the search. Where numbers of people bind there is no
        quota among them: `expansion` has the numbers.
        """
        plans = PLANS
        if numbers_bind(self.parameters):
            plans = tuple(plan for plan in PLANS if QUOTA not in {plan.remedy, *plan.beside})
        return remedy_needs(self.parameters, plans)

    def blocks(self) -> dict[str, Any]:
        """Return the blocks of an `AnalysisDocument` that come from an economy: `ECONOMY`, then `CORRIDORS`."""
        parties = tuple(self.groups)
        bound = numbers_bind(self.parameters)
        there = self.flows[0]
        more = max(there.people - there.today, 0.0)
        value = float(self.parameters.expansion)
        return {
            "groups": {
                party: {key: group.document() for key, group in each.items()} for party, each in self.groups.items()
            },
            "accounts": self.accounts,
            "sums": self.sums,
            "net": self.net.document(self.sums),
            "value_unit": VALUE_UNIT,
            "flows": MigrationFlowsDocument(
                unit=self.unit, paths=tuple(flow.document() for flow in self.flows), reciprocity=self.reciprocity
            ),
            "agreement": OpeningAnswersDocument(
                self_enforcing=self.self_enforcing,
                both_gain=self.both_gain,
                largest_self_enforcing_openness=None if bound else self.largest_openness,
            ),
            "remedies": tuple(cure.document(parties) for cure in self.remedies),
            "earlier_migrants": self.earlier_migrants,
            "expansion": None if self.expansion is None else self.expansion.document(value, more, there.today),
            "treaty": self.treaty,
        }


def compute_opening(parameters: Parameters, parties: tuple[str, str], corridor: Corridor | None) -> OpeningEffects:
    """Compute the effects of opening for a host and an origin.

    Parameters
    ----------
    parameters
        Parameters of one economy.
    parties
        Names of the host and of the origin.
    corridor
        The corridor of the case, which gives the number of workers of the host; None if there is none.

    Returns
    -------
    OpeningEffects
        Flows are in thousands of people for a corridor, else in people per 1,000 workers of the host.
    """
    stakes, accounts = solve_with_accounts(parameters)
    agreed = accounts.cell(0, 0)
    return OpeningEffects(
        parameters=parameters,
        corridor=corridor,
        stakes=stakes,
        groups={party: _groups(stakes, parameters, country) for country, party in enumerate(parties)},
        accounts=account_documents(agreed),
        sums=account_sums(agreed),
        flows=tuple(_flows(stakes, parties, _workers(corridor))),
        unit=PER_WORKER if corridor is None else THOUSANDS,
        self_enforcing=bool(self_enforcing(stakes)),
        both_gain=bool(both_gain(stakes)),
    )


def _groups(stakes: Stakes, parameters: Parameters, country: int) -> dict[str, GroupEffect]:
    """The change and the positions of a country's voting groups (0 is the host)."""
    voting = voting_groups(parameters, country)
    cells = stakes.cell(*ALONE[country]), stakes.cell(0, 0)
    changes = (sum_by_voting_group(cell.groups[country], voting) for cell in cells)
    labels = (_labels(cell, country, voting) for cell in cells)
    return {
        group.key: GroupEffect(float(alone), float(both), *positions)
        for group, alone, both, *positions in zip(voting, *changes, *labels, strict=True)
    }


def _labels(cell: GameCell, country: int, voting: tuple[VotingGroup, ...]) -> list[str]:
    """The positions of a country's voting groups in a cell, as labels of the tables."""
    incomes = np.array([cell.incomes[country, list(group.columns)].max() for group in voting])
    z = relative_positions(100 * sum_by_voting_group(cell.groups[country], voting) / incomes)
    rank = 2 + (z > NEUTRAL) + (z > WEAK) - (z < -NEUTRAL) - (z < -WEAK).astype(int)
    return [LABELS[at] for at in rank]


def _flows(stakes: Stakes, parties: tuple[str, ...], workers: float) -> list[Flow]:
    """Both directions, from the origin to the host first."""
    found: list[Flow] = []
    for start, end in ((1, 0), (0, 1)):
        less_skilled, skilled = workers * stakes.cell(0, 0).flows[start, end]
        today = workers * float(stakes.cell(1, 1).flows[start, end].sum())
        found.append(Flow(parties[start], parties[end], float(less_skilled), float(skilled), today))
    return found


def _workers(corridor: Corridor | None) -> float:
    """Workers of the host: in thousands for a corridor, else 1,000."""
    return 1000.0 if corridor is None else 1000.0 * float(network().nodes[corridor.host.iso3]["emp_m"])
