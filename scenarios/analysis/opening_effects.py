"""What opening does: to groups and accounts, to people on the move, and whether the states would keep to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from economy.corridors import Corridor, network
from economy.model.accounts import LABELS, NEUTRAL, WEAK, accounts
from economy.model.payoffs import Cell, Stakes, agreement, solve
from economy.parameters import Parameters
from economy.policy.largest_openness import both_gain, largest_openness, margins, met, self_enforcing
from games.short_repr import short_repr
from negotiation.preferences.values import VALUE_UNIT, Interest, interests, pooled, positions
from scenarios.analysis.remedies import Cure, cures

ALONE = ((0, 1), (1, 0))
"""The cell in which a country opens alone, by country."""

ECONOMY = (
    "groups",
    "accounts",
    "accounts_by_country",
    "value_unit",
    "flows",
    "potential_gain_pct",
    "agreement",
    "remedies",
)
"""The blocks that need an economy, in the order of the contract."""

THOUSANDS, PER_WORKER = "thousands of people", "people per 1,000 workers of the host"


class Group(NamedTuple):
    """What a voting group has from opening."""

    change: float
    """Of its income when both countries open, in % of its country's baseline GDP."""
    position: str
    """When its own country opens alone: a label of Tables 6.A1 and 6.A3."""
    position_reciprocal: str
    """When both open."""

    def to_dict(self) -> dict[str, Any]:
        """The group's entry in the block `groups`."""
        return {
            "change_pct_gdp": self.change,
            "position": self.position,
            "position_reciprocal": self.position_reciprocal,
        }


class Flow(NamedTuple):
    """People who move from one country to the other when both open, in the unit of the flows."""

    origin: str
    host: str
    less_skilled: float
    skilled: float

    def to_dict(self) -> dict[str, Any]:
        """One direction in the block `flows`."""
        return {"from": self.origin, "to": self.host, "less_skilled": self.less_skilled, "skilled": self.skilled}


@dataclass(frozen=True)
class Opening:
    """The consequences of opening at the case's own openness, and of opening fully.

    What takes a search is worked out when it is first asked for.
    """

    __repr__ = short_repr

    parameters: Parameters

    stakes: Stakes
    groups: dict[str, dict[str, Group]]
    """By country and voting group."""
    accounts: dict[str, float | None]
    """By welfare account, % of the pair's baseline GDP; None for old migrants where a case has none."""
    accounts_by_country: dict[str, dict[str, float | None]]
    """The same by country; the new migrants stand where they come from."""
    flows: tuple[Flow, ...]
    unit: str
    """Of the flows."""
    self_enforcing: bool
    """Neither country gains by closing alone when both are open; ties are those of the derived game."""
    both_gain: bool
    """Both governments are better off when both are open than when neither is, by more than a tie."""

    @cached_property
    def potential_gain(self) -> float:
        """World GDP gain at openness 1, in % of the pair's baseline GDP."""
        return 100 * float(agreement(self.parameters.replace(openness=1.0)).gdp_gain)

    @cached_property
    def largest_openness(self) -> float:
        """The largest openness at which neither closes and neither loses; 0 where only the closed border is left."""
        return float(largest_openness(self.parameters).level)

    @property
    def holds(self) -> bool:
        """Opening as the case has it enforces itself, and leaves neither side below the status quo."""
        return bool(met(margins(self.stakes)))

    @cached_property
    def remedies(self) -> tuple[Cure, ...]:
        """How little of each remedy is enough, alone and together, whatever is in place."""
        return cures(self.parameters)

    def to_dict(self) -> dict[str, Any]:
        """The blocks of `winset analyse --json` that come from an economy, in the order of `ECONOMY`."""
        agreement = {
            "self_enforcing": self.self_enforcing,
            "both_gain": self.both_gain,
            "largest_self_enforcing_openness": self.largest_openness,
        }
        values = (
            {party: {key: group.to_dict() for key, group in each.items()} for party, each in self.groups.items()},
            self.accounts,
            self.accounts_by_country,
            VALUE_UNIT,
            {"unit": self.unit, "paths": [flow.to_dict() for flow in self.flows]},
            self.potential_gain,
            agreement,
            [cure.to_dict(tuple(self.groups)) for cure in self.remedies],
        )
        return dict(zip(ECONOMY, values, strict=True))


def opening(parameters: Parameters, parties: tuple[str, str], corridor: Corridor | None) -> Opening:
    """The consequences of opening for the host (the first party) and the origin."""
    stakes = solve(parameters)
    both = stakes.cell(0, 0)
    shares = accounts(both)
    return Opening(
        parameters=parameters,
        stakes=stakes,
        groups={party: _groups(stakes, parameters, country) for country, party in enumerate(parties)},
        accounts={name: _percent(total) for name, total in shares.totals.items()},
        accounts_by_country={
            party: {name: None if each is None else _percent(each[country]) for name, each in shares.by_country.items()}
            for country, party in enumerate(parties)
        },
        flows=tuple(_flows(both, parties, _workers(corridor))),
        unit=PER_WORKER if corridor is None else THOUSANDS,
        self_enforcing=bool(self_enforcing(stakes)),
        both_gain=bool(both_gain(stakes)),
    )


def _groups(stakes: Stakes, parameters: Parameters, country: int) -> dict[str, Group]:
    voting = interests(parameters, country)
    both = stakes.cell(0, 0)
    money = pooled(both.groups[country], voting)
    alone, together = _labels(stakes.cell(*ALONE[country]), country, voting), _labels(both, country, voting)
    return {
        group.key: Group(float(change), *labels)
        for group, change, *labels in zip(voting, money, alone, together, strict=True)
    }


def _labels(cell: Cell, country: int, voting: tuple[Interest, ...]) -> list[str]:
    """Where the voting groups of a country stand on a cell, in the words of the tables."""
    incomes = np.array([cell.incomes[country, list(group.columns)].max() for group in voting])
    z = positions(100 * pooled(cell.groups[country], voting) / incomes)
    rank = 2 + (z > NEUTRAL) + (z > WEAK) - (z < -NEUTRAL) - (z < -WEAK).astype(int)
    return [LABELS[at] for at in rank]


def _flows(cell: Cell, parties: tuple[str, ...], workers: float) -> list[Flow]:
    """Both directions, from the origin to the host first."""
    ways = ((1, 0), (0, 1))
    return [Flow(parties[start], parties[end], *(workers * cell.flows[start, end]).tolist()) for start, end in ways]


def _workers(corridor: Corridor | None) -> float:
    """Workers of the host in the unit of the flows: thousands where they are known, else one thousand."""
    return 1000.0 if corridor is None else 1000.0 * float(network().nodes[corridor.host.iso3]["emp_m"])


def _percent(share: Any) -> float | None:
    return None if share is None else float(share)
