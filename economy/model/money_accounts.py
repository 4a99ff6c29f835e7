"""The money accounts of four populations, equation 11: Table 6.2 with the columns private, public and total.

Each account is the change of what people get in money, from the status quo. Their sum is the change of world GDP less
the rent of new capital and what the opening uses up: fees, crowding, administration, training. Welfare is the sum less
what moving costs the movers. Neither remittances nor levies nor taxes are in the sum: they cancel.

References
----------
Alonso, "Managing Labor Mobility", Table 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import sum_terms, total
from economy.model.group_gains import GROUPS, GroupGains, public_costs
from economy.model.migration import Border
from economy.model.money.migrant_accounts import NEW, OLD, MigrantMoney, employers_fees, recruiters
from economy.model.money.status_quo import StatusQuo
from economy.model.spillovers import externality, schooling
from economy.parameters import Array, Parameters

PRIVATE, PUBLIC = ("scarce_U", "skilled_S", "capital", "families"), ("residents", "treasury")
"""Groups of natives whose change is private, and those whose change is that of the public purse and public goods."""


@dataclass(frozen=True, slots=True)
class MoneyAccounts:
    """Money accounts in every cell of the game, % of the world's GDP in the status quo, for a batch of shape B.

    The axis account has the order of `economy.model.accounts.ACCOUNTS`. Country 0 is the host, country 1 the origin,
    and the migrants of both directions are taken together.
    """

    private: Array
    """(*B, row, column, account) pay, capital income, money sent and received."""
    public: Array
    """(*B, row, column, account) taxes, public services, crowding, training and the public budget."""
    sent_home: Array
    """(*B, row, column) what the new migrants send to their families; it is in the accounts of the natives."""
    cost_of_moving: Array
    """(*B, row, column) what moving costs the movers, in money, less what longer stay and better access are worth to
    them beyond the cost of the services."""
    gdp: Array
    """(*B, row, column) gross gain of world GDP."""
    rent: Array
    """(*B, row, column) rent of the capital that follows labour; it belongs to nobody here."""
    fees: Array
    """(*B, row, column) fees to recruiters and smugglers."""
    crowding: Array
    """(*B, row, column) congestion and loss of social capital."""
    administration: Array
    """(*B, row, column) apparatus, joint control, management of emigrants, recognition of qualifications."""
    training: Array
    """(*B, row, column) training that emigrants take along, and the bill of a skill partnership."""

    @property
    def total(self) -> Array:
        """(*B, row, column, account) private and public."""
        return self.private + self.public

    @property
    def income(self) -> Array:
        """(*B, row, column) sum of the accounts."""
        return self.total.sum(axis=-1)

    @property
    def welfare(self) -> Array:
        """(*B, row, column) sum of the accounts less the cost of moving."""
        return self.income - self.cost_of_moving

    @property
    def identity(self) -> Array:
        """(*B, row, column) error of the accounting identity, absolute, share of world GDP."""
        used = self.rent + self.fees + self.crowding + self.administration + self.training
        return np.abs(self.income - (self.gdp - used)) / 100

    def cell(self, row: int, column: int) -> MoneyAccounts:
        """One cell, without the axes row and column: 0 is Liberalize, 1 Defect; the row is the move of country 0."""
        names = (field.name for field in fields(self) if field.name not in {"private", "public"})
        return MoneyAccounts(
            private=self.private[..., row, column, :],
            public=self.public[..., row, column, :],
            **{name: getattr(self, name)[..., row, column] for name in names},
        )

    def __getitem__(self, index: Any) -> MoneyAccounts:
        """Accounts of some economies of the batch."""
        return MoneyAccounts(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


class ResourceUse(NamedTuple):
    """What the flows of each column use up, (column) money, all countries together."""

    rent: Array
    """Rent of the capital that follows labour."""
    fees: Array
    """Fees to recruiters and smugglers, those that employers pay included."""
    crowding: Array
    """Public cost of people who come."""
    administration: Array
    """Joint control, management of emigrants, recognition, and the apparatus less its fixed part."""
    training: Array
    """Training of emigrants."""


def resource_use(p: Parameters, base: Baseline, border: Border, gains: GroupGains, quo: StatusQuo) -> ResourceUse:
    """What the flows of each column use up.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    gains
        Gains of the groups of the same columns.
    quo
        Status quo of the same columns.

    Returns
    -------
    ResourceUse
        Money; the difference of two columns is the use of the change from one to the other.
    """
    movers = tuple(leg.choice.movers for leg in gains.legs)
    costs = public_costs(p, base, border, gains.legs[0])
    taught = schooling(p, quo.wages(base), sum_terms(movers))
    return ResourceUse(
        rent=total(gains.rent),
        fees=recruiters(gains.legs) + total(employers_fees(p, gains.legs[0])),
        crowding=total(externality(p, base, border, movers, quo) * base.product),
        administration=total(costs.apparatus - apparatus_cost(p, base, border) + costs.managing + costs.recognition),
        training=total(taught + costs.training),
    )


def apparatus_cost(p: Parameters, base: Baseline, border: Border) -> Array:
    """Cost of the apparatus, which is not phased in, (country, column) money.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.

    Returns
    -------
    Array
        (country, column)
    """
    return p.c_fix * border.apparatus * base.product


class CellChanges(NamedTuple):
    """Changes from the status quo, with the delay of phasing; the last axes are (cell, economy)."""

    money: Array
    """(country, group, cell, economy) money of each group."""
    product: Array
    """(country, cell, economy) GDP."""
    migrants: MigrantMoney
    """Each (old or new, country, cell, economy)."""
    used: ResourceUse
    """Each (cell, economy); administration with the fixed cost."""


class PopulationMoney(NamedTuple):
    """Money of the populations of each country, each (country, ..., column): by column of Table 6.2."""

    private: tuple[Array, Array, Array]
    """Natives, old migrants, new migrants."""
    public: tuple[Array, Array, Array]
    """The same, public."""


def population_money(change: CellChanges) -> PopulationMoney:
    """Money of natives, of old and of new migrants, equation 11.

    Migrants are counted with the country that they come from; earlier migrants of other origins, who have no such
    country in the model, with the country where they live.

    Parameters
    ----------
    change
        Changes from the status quo.

    Returns
    -------
    PopulationMoney
        Money, in the unit of wages.
    """
    own, purse = (_natives(change.money, groups) for groups in (PRIVATE, PUBLIC))
    kept, public = change.migrants.gain - change.migrants.sent, change.migrants.public
    others = change.money[:, GROUPS.index("old_migrants")]
    return PopulationMoney((own, kept[OLD] + others, kept[NEW]), (purse, public[OLD], public[NEW]))


def sum_results(change: CellChanges) -> dict[str, Array]:
    """What all countries together have, by the names of the fields of `MoneyAccounts`, (..., column) money."""
    cash = change.migrants
    return {
        "sent_home": total(cash.sent[NEW]),
        "cost_of_moving": total(total(cash.gain)) - total(change.money[:, GROUPS.index("movers")]) + total(cash.felt),
        "gdp_change": total(change.product),
        **change.used._asdict(),
    }


def account_results(change: CellChanges, gdp: Array) -> dict[str, Array]:
    """Results by the names of the fields of `MoneyAccounts`, (cell, ..., economy), % of the world's GDP.

    Parameters
    ----------
    change
        Changes of two countries from the status quo.
    gdp
        (country, economy) GDP of the status quo.

    Returns
    -------
    dict[str, Array]
        Private and public money have the axis account after the cell.
    """
    found = population_money(change)
    sums = {name: _four_accounts(getattr(found, name)) for name in ("private", "public")} | sum_results(change)
    world = total(gdp)
    return {name: 100 * values / world for name, values in sums.items()}


def _four_accounts(parts: tuple[Array, Array, Array]) -> Array:
    """(cell, account, economy): host natives, old migrants, origin natives, new migrants."""
    natives, old, new = parts
    return np.stack([natives[0], total(old), natives[1], total(new)], axis=1)


def welfare_change(change: Array, public: Array) -> Array:
    """Sum of the accounts less the cost of moving, from the groups of all countries, (..., column) money.

    That is the sum of the groups without the families, whose cash the movers give, and with the public account of the
    movers at the access without a treaty: the rest is in their surplus.

    Parameters
    ----------
    change
        (country, group, ..., column) money of each group.
    public
        (country, ..., column) public account of the movers of each country, at the access without a treaty.

    Returns
    -------
    Array
        (..., column)
    """
    counted = [change[:, number] for number, group in enumerate(GROUPS) if group != "families"]
    return total(sum_terms(counted) + public)


def _natives(money: Array, groups: tuple[str, ...]) -> Array:
    """(country, cell, economy) sum of some groups."""
    return sum_terms([money[:, GROUPS.index(group)] for group in groups])
