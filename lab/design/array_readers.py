"""How measures are read from a batch of economies at once, without scenarios and talks.

Sweeps whose settings change parameters only (`lab.runs.vectorised`) and maps (`lab.atlas`) both use these readers. The
value of one economy does not depend on the others in its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from economy.account_names import ACCOUNTS
from economy.corridors.opening_searches import (
    OpeningGains,
    OpeningLimits,
    openness_is_read,
    search_gains,
    search_limits,
    single_economy,
)
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import TIE, Stakes, reciprocity_index, solve_with_accounts
from economy.parameters import Parameters
from economy.policy.largest_openness import AT_ONCE, both_gain, largest_openness, self_enforcing
from economy.policy.levy_windows import LEVIES, levy_windows
from economy.policy.remedies import LEVY, PLANS, Plan, least_amount
from games.two_by_two.batch import BatchSolutions, solve_many
from negotiation.preferences.values import sum_by_voting_group, voting_groups

Values: TypeAlias = NDArray[Any]
"""(economy) floats, NaN where there is no answer; booleans; or codes of words, -1 where there is none."""

LABOUR = {"scarce_labour": "abundant_labour", "abundant_labour": "scarce_labour"}
"""For each group of workers in the host, the other one."""
SINGLE_REMEDIES: Mapping[str, Plan] = MappingProxyType({plan.remedy.name: plan for plan in PLANS if not plan.beside})
"""The remedies of `economy.policy.remedies`, each alone, by name. Combinations are arms of a design."""
LEVIES_AT_ONCE = AT_ONCE // LEVIES.size
"""Number of economies in which levies are searched at once."""


class LevyEnds(NamedTuple):
    """The window of a levy on migrants' earnings, (economy); NaN where none is enough."""

    low: Values
    """Smallest levy that is enough."""
    high: Values
    """Largest levy that is enough."""


def search_levies(parameters: Parameters, count: int) -> LevyEnds:
    """Search the smallest and the largest levy with which opening holds, as the analysis of a case does.

    Parameters
    ----------
    parameters
        Economies of shape (economy). Their levy is not read.
    count
        Number of economies.

    Returns
    -------
    LevyEnds
        Shares of earnings abroad, of three decimals.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    ends = np.full((2, count), np.nan)
    for first in range(0, count, LEVIES_AT_ONCE):
        some = range(first, min(first + LEVIES_AT_ONCE, count))
        for number, found in zip(some, levy_windows([single_economy(parameters, at) for at in some]), strict=True):
            if found.alone is not None:
                ends[:, number] = found.alone
    return LevyEnds(*ends)


@dataclass(frozen=True)
class EconomyBatch:
    """Many economies, and the results that measures are read from. Each result is computed at its first use."""

    parameters: Parameters
    """Economies of shape (economy,); a parameter may be one number for all."""
    size: int
    """Number of economies."""
    base: Parameters
    """The economy from which the others differ. The names of its groups are those of the groups here."""

    @cached_property
    def stakes(self) -> Stakes:
        """Return payoffs, welfare and gains of groups in the four cells of the game, for every economy of the batch.

        In a cell of the game each of the two governments either opens its border or closes it.
        """
        return self._solved[0]

    @cached_property
    def games(self) -> BatchSolutions:
        """Return the solutions of the game between the two governments, one entry for each economy of the batch."""
        return solve_many(self.stakes.payoffs, TIE)

    @cached_property
    def largest_openness(self) -> Values:
        """Return the largest openness that two countries keep to without a treaty, for every economy of the batch.

        Openness is the share of the willing who are admitted. About a hundred games are solved for each economy. NaN
        where today's number of migrants is the ceiling, because openness is not read there.
        """
        level = self.fill(largest_openness(self.parameters).level)
        return np.where(openness_is_read(self.parameters), level, np.nan)

    @cached_property
    def gains(self) -> OpeningGains:
        """Return what could be gained by opening and what is signed, for every economy of the batch.

        About forty games are solved for each economy; eighty where today's number of migrants is the ceiling.
        """
        return OpeningGains(*(self.fill(values) for values in search_gains(self.parameters)))

    @cached_property
    def limits(self) -> OpeningLimits:
        """Return how many people beyond today's an agreement may admit, for every economy of the batch.

        About four hundred games are solved for each economy in which somebody moves today.
        """
        return OpeningLimits(*(self.fill(values) for values in search_limits(self.parameters)))

    @cached_property
    def levy(self) -> LevyEnds:
        """Return the smallest and the largest levy with which opening holds, for every economy of the batch.

        About a hundred and twenty games are solved for each economy. All else is as in the economy.
        """
        return search_levies(self.parameters, self.size)

    @cached_property
    def accounts(self) -> MoneyAccounts:
        """Return the money accounts when both countries open, shape (economy)."""
        return self._solved[1].cell(0, 0)

    @cached_property
    def _solved(self) -> tuple[Stakes, MoneyAccounts]:
        return solve_with_accounts(self.parameters)

    def fill(self, values: Any) -> Values:
        """Return values as an array with one entry for each economy of the batch; a single number is repeated."""
        return np.asarray(values) * np.ones(self.size)


ArrayReader: TypeAlias = Callable[[EconomyBatch, Any], Values]
"""Reads the values of a batch; the second argument is the resolved ending of the measure's name."""


def _payoff(batch: EconomyBatch, party: int) -> Values:
    return batch.stakes.payoffs[:, party, 0, 0]


def _change(batch: EconomyBatch, at: tuple[int, str]) -> Values:
    party, group = at
    voting = voting_groups(batch.base, party)
    keys = [each.key for each in voting]
    money = sum_by_voting_group(batch.stakes.cell(0, 0).groups[:, party], voting)
    found = money[:, keys.index(group)]
    if group not in LABOUR:
        return found
    # The scarce skill depends on the labour shares of each economy, and these may differ from those of the base.
    other = money[:, keys.index(LABOUR[group])]
    return np.where(_scarce_unskilled(batch.parameters, party) == _scarce_unskilled(batch.base, party), found, other)


def _scarce_unskilled(parameters: Parameters, party: int) -> Any:
    """Return (economy) whether less skilled workers are a country's scarce labour."""
    shares = np.asarray(parameters.u0), np.asarray(parameters.u1)
    return shares[party] <= shares[1 - party]


def _account(part: str) -> ArrayReader:
    """Return the reader of a part of an account: "private", "public" or "total"."""
    return lambda batch, name: getattr(batch.accounts, part)[:, ACCOUNTS.index(name)]


def _remedy(batch: EconomyBatch, name: str) -> Values:
    """Return the smallest sufficient amounts of a remedy alone: others that are in place are removed."""
    plan = SINGLE_REMEDIES[name]
    if plan.remedy is LEVY:
        return search_levies(plan.apply_others(batch.parameters), batch.size).low
    return batch.fill(least_amount(plan.apply_others(batch.parameters), plan.remedy).needed)


def _search(group: str, field: str) -> ArrayReader:
    """Return the reader of one field of a search of `EconomyBatch`."""
    return lambda batch, _: getattr(getattr(batch, group), field)


ARRAY_READERS: Mapping[str, ArrayReader] = MappingProxyType(
    {
        "class": lambda batch, _: batch.games.code,
        "class_player": lambda batch, _: batch.games.player,
        "gain": lambda batch, _: 100 * batch.stakes.gdp_gain[:, 0, 0],
        "welfare": lambda batch, _: 100 * batch.stakes.welfare[:, 0, 0],
        "income": lambda batch, _: batch.accounts.income,
        "cost_of_moving": lambda batch, _: batch.accounts.cost_of_moving,
        "sent_home": lambda batch, _: batch.accounts.sent_home,
        **{field: _search("gains", field) for field in OpeningGains._fields},
        **{f"limit_{field}": _search("limits", field) for field in OpeningLimits._fields},
        "levy_low": _search("levy", "low"),
        "levy_high": _search("levy", "high"),
        "self_enforcing": lambda batch, _: self_enforcing(batch.stakes),
        "both_gain": lambda batch, _: both_gain(batch.stakes),
        "largest_openness": lambda batch, _: batch.largest_openness,
        "payoff": _payoff,
        "change": _change,
        "arrivals": lambda batch, party: 100 * batch.stakes.inflow[:, party, 0, 0],
        "reciprocity": lambda batch, _: reciprocity_index(batch.stakes.flows[:, 0, 0]),
        "account": _account("total"),
        "account_private": _account("private"),
        "account_public": _account("public"),
        "remedy": _remedy,
    }
)
"""Readers of measures of `analyse`, by stem.

The code of a class is its position in `CLASSES`, that of a player 0 or 1; -1 stands for no player.
"""
