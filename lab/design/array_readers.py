"""How measures are read from a batch of economies at once, without scenarios and talks.

Sweeps whose settings change parameters only (`lab.runs.vectorised`) and maps (`lab.atlas`) both use these readers. The
value of one economy does not depend on the others in its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from economy.model.accounts import ACCOUNTS
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import TIE, Stakes, agreement, solve_with_accounts
from economy.parameters import Parameters
from economy.policy.largest_openness import Openness, both_gain, largest_openness, self_enforcing
from economy.policy.remedies import PLANS, Remedy, least_amount
from games.two_by_two.batch import BatchSolutions, solve_many
from negotiation.preferences.values import sum_by_voting_group, voting_groups

Values: TypeAlias = NDArray[Any]
"""(economy) floats, NaN where there is no answer; booleans; or codes of words, -1 where there is none."""

LABOUR = {"scarce_labour": "abundant_labour", "abundant_labour": "scarce_labour"}
"""For each group of workers in the host, the other one."""
REMEDIES: Mapping[str, Remedy] = MappingProxyType({plan.remedy.name: plan.remedy for plan in PLANS if not plan.beside})
"""Remedies by name."""


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
    def openness(self) -> Openness:
        """Return the largest openness that two countries keep to without a treaty, for every economy of the batch.

        Openness is the share of the willing who are admitted. About a hundred games are solved for each economy.
        """
        return largest_openness(self.parameters)

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


def _account(batch: EconomyBatch, name: str) -> Values:
    return batch.accounts.total[:, ACCOUNTS.index(name)]


ARRAY_READERS: Mapping[str, ArrayReader] = MappingProxyType(
    {
        "class": lambda batch, _: batch.games.code,
        "class_player": lambda batch, _: batch.games.player,
        "gain": lambda batch, _: 100 * batch.stakes.gdp_gain[:, 0, 0],
        "welfare": lambda batch, _: 100 * batch.stakes.welfare[:, 0, 0],
        "potential_gain": lambda batch, _: batch.fill(100 * agreement(batch.parameters.replace(openness=1.0)).gdp_gain),
        "signed_gain": lambda batch, _: batch.fill(100 * batch.openness.gain),
        "self_enforcing": lambda batch, _: self_enforcing(batch.stakes),
        "both_gain": lambda batch, _: both_gain(batch.stakes),
        "largest_openness": lambda batch, _: batch.fill(batch.openness.level),
        "payoff": _payoff,
        "change": _change,
        "account": _account,
        "remedy": lambda batch, name: batch.fill(least_amount(batch.parameters, REMEDIES[name]).needed),
    }
)
"""Readers of measures of `analyse`, by stem.

The code of a class is its position in `CLASSES`, that of a player 0 or 1; -1 stands for no player.
"""
