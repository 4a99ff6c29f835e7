"""The four accounts beside the world model of the World Bank: three per cent more workers in the host.

References
----------
Alonso, "Managing Labor Mobility", Table 6.2, after World Bank (2006), Global Economic Prospects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from economy.account_names import ACCOUNTS, HOST_NATIVES, NEW_MIGRANTS, OLD_MIGRANTS, ORIGIN_NATIVES
from economy.evidence.measures import Pattern
from economy.evidence.robustness import agreement_at_inflow
from economy.model.group_gains import GROUPS
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import GameCell
from economy.parameters import preset


class Published(NamedTuple):
    """One row of Table 6.2, nominal."""

    relative: float
    """Change of own income, %."""
    billions: float
    """Change, billion US$."""


PUBLISHED: Mapping[str, Published] = {
    HOST_NATIVES: Published(0.36, 139),
    OLD_MIGRANTS: Published(-6.02, -88),
    ORIGIN_NATIVES: Published(0.86, 143),
    NEW_MIGRANTS: Published(589, 481),
}
"""Table 6.2; the sum is 674 billion US$, 1.19 % of the world's income."""
WORLD_GAIN = 1.19
"""Sum of the published accounts, % of the world's income, at market prices."""
SHARE_RANGE = (0.3, 0.8)
"""New migrants' share of the sum is 71 % at market prices and 45 % at purchasing power in Table 6.2: within this
range."""
SOURCE = "Alonso, Table 6.2 (World Bank 2006)"
LIKE_THE_WORLD_MODEL = {"size": 4.8, "slack": 0.0, "match": 0.0}
"""The asymmetric preset without underused labour at home and without extra productivity of newcomers."""
OLD_STOCK = 0.0365
"""Earlier migrants, share of income in high-income countries: 88/6.02 over that and 139/.36 billion US$."""
FRICTIONLESS = {"fee": 0.0, "fee_managed": 0.0, "chi": 0.0, "phi_U_managed": 1.0, "phi_S_managed": 1.0}
"""Neither fees nor crowding nor unused skills."""


class Dose(NamedTuple):
    """Three per cent more workers in the host."""

    cell: GameCell
    accounts: MoneyAccounts

    @property
    def share(self) -> float:
        """New migrants' share of the sum of the accounts."""
        return float(self.accounts.total[ACCOUNTS.index(NEW_MIGRANTS)] / self.accounts.income)

    @property
    def own(self) -> float:
        """Change of the host natives' income, % of the host's GDP."""
        return float(self.accounts.total[ACCOUNTS.index(HOST_NATIVES)] / self._part)

    @property
    def work(self) -> float:
        """What host natives gain through wages and capital alone, % of the pair's GDP."""
        groups = [GROUPS.index(group) for group in ("scarce_U", "skilled_S", "capital")]
        return float(self.cell.groups[0, groups].sum() * self._part)

    @property
    def old_relative(self) -> float:
        """Change of the income of migrants of other origins, %; 0 where there are none."""
        return float(self.cell.relative[0, GROUPS.index("old_migrants")])

    @property
    def _part(self) -> float:
        return float(self.cell.gdp[0] / self.cell.gdp.sum())


def world_bank_dose(**dials: float) -> Dose:
    """Solve the pair of Table 6.2 with some parameters changed.

    Parameters
    ----------
    **dials
        Parameters by name.

    Returns
    -------
    Dose
        The opening whose arrivals are nearest to 3 % of the host's labour force.
    """
    return Dose(*agreement_at_inflow(preset("asymmetric").replace(**{**LIKE_THE_WORLD_MODEL, **dials})))


def table_patterns() -> tuple[Pattern, Pattern]:
    """Two facts of Table 6.2: what part of the sum new migrants get, and whether host natives gain.

    Share: pass within SHARE_RANGE, else fail. Natives: pass where their sign is that of the table, else fail. Both with
    immobile and with mobile capital.
    """
    fixed, mobile = (world_bank_dose(kappa=kappa) for kappa in (0.0, 1.0))
    low, high = SHARE_RANGE
    same = all(np.sign(dose.own) == np.sign(PUBLISHED[HOST_NATIVES].relative) for dose in (fixed, mobile))
    return (
        Pattern(
            "migrants' share of the gain",
            "new migrants get 71 % of the sum at market prices and 45 % at purchasing power",
            SOURCE,
            "held out",
            "pass" if all(low <= dose.share <= high for dose in (fixed, mobile)) else "fail",
            {
                "share, capital immobile": fixed.share,
                "share, capital mobile": mobile.share,
                "without fees, crowding and unused skills": world_bank_dose(kappa=0.0, **FRICTIONLESS).share,
            },
            "the model gives natives too little" if min(fixed.share, mobile.share) > high else "",
        ),
        Pattern(
            "host natives gain",
            f"host natives gain {PUBLISHED[HOST_NATIVES].relative:g} % of their income",
            SOURCE,
            "held out",
            "pass" if same else "fail",
            {
                "% of the host's GDP, capital immobile": fixed.own,
                "% of the host's GDP, capital mobile": mobile.own,
                "wages and capital alone, % of the pair's GDP": fixed.work,
            },
            "public purse, crowding and apparatus outweigh what they gain through wages and capital"
            if fixed.own < 0 < fixed.work
            else "",
        ),
    )
