"""All corridors under the assumptions on which their results depend most; computed once.

Twelve corridors have today's migrants as the status quo, in four a treaty of free movement is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from economy.account_names import ACCOUNTS, OLD_MIGRANTS
from economy.corridors.data import corridor_names, network
from economy.corridors.fitting import COMMITMENT, Corridor, corridor, refit_corridor
from economy.corridors.limits import (
    EXPANSIONS,
    FARTHEST,
    ExpansionLimits,
    ExpansionReport,
    close_payoff,
    limits_if_covered,
    report_expansion,
)
from economy.model.payoffs import Stakes, agreement_with_accounts, solve_bilateral
from economy.parameters import Parameters
from economy.policy.net_gains import NetGains, net_gains

COVERED = (1.0, 0.5, 0.0)
"""Shares of today's migrants whom a treaty reaches, as tried: everybody, half, newcomers only."""
HALF_MORE = 0.5
"""Expansion at which accounts are compared."""
OLD = ACCOUNTS.index(OLD_MIGRANTS)


class SurveyedCorridor(NamedTuple):
    """A corridor without free movement."""

    corridor: Corridor
    report: ExpansionReport
    """Results with the defaults."""
    limits: Mapping[float, ExpansionLimits]
    """Largest expansions that hold, by the share of today's migrants whom a treaty reaches, one of COVERED."""
    bound: ExpansionReport
    """Results where a government loses COMMITMENT of its GDP by binding itself."""
    close_whole_stock: float
    """Payoff of the host's government from sending all home where the public cost counts everybody, % of GDP."""
    terms: float
    """What better terms bring those who are there already, at HALF_MORE, % of the pair's GDP."""
    competition: float
    """What HALF_MORE of their number costs them through wages, without better terms, % of the pair's GDP."""

    @property
    def has_no_limit(self) -> bool:
        """Whether an agreement holds by itself at the largest expansion that is tried."""
        return self.report.limits.self_enforcing >= self.last

    @property
    def levels(self) -> tuple[float, ...]:
        """Expansions of the report's classes."""
        return tuple(float(level) for level in EXPANSIONS)

    @property
    def last(self) -> float:
        """The largest expansion that is tried."""
        return min(self.report.pool, FARTHEST)

    @property
    def share_of_willing(self) -> float:
        """People at the largest self-enforcing expansion over all the willing, managed; 0 where none holds."""
        limit = self.report.limits.self_enforcing
        return 0.0 if np.isnan(limit) else (1 + limit) / (1 + self.report.pool)


class SurveyedTreaty(NamedTuple):
    """A corridor with free movement."""

    corridor: Corridor
    gains: NetGains
    """Gains and agreements at every openness."""
    stakes: Stakes
    """Results with the treaty."""
    bound: Stakes
    """Results where a government loses COMMITMENT of its GDP by binding itself."""

    @property
    def holds(self) -> bool:
        """Whether the treaty in force is self-enforcing."""
        return bool(self.gains.signed[-1])

    @property
    def share_of_willing(self) -> float:
        """The largest self-enforcing openness; 0 where none is."""
        return float(np.nan_to_num(self.gains.level_signed))


@cache
def survey_corridors() -> Mapping[str, SurveyedCorridor]:
    """The corridors without free movement by code, in the order of the data; takes about two seconds.

    Returns
    -------
    Mapping[str, SurveyedCorridor]
        Results by code.
    """
    return MappingProxyType({code: _survey(corridor(code)) for code in _codes("today")})


@cache
def survey_treaties() -> Mapping[str, SurveyedTreaty]:
    """The corridors with free movement by code, in the order of the data.

    Returns
    -------
    Mapping[str, SurveyedTreaty]
        Results by code.
    """
    found = {code: corridor(code) for code in _codes("in force")}
    return MappingProxyType({code: _survey_treaty(one) for code, one in found.items()})


def _codes(kind: str) -> tuple[str, ...]:
    return tuple(code for code in corridor_names() if corridor(code).kind == kind)


def _survey(one: Corridor) -> SurveyedCorridor:
    p = one.parameters
    report = report_expansion(p)
    everybody = p.replace(conventions=p.conventions.replace(crowding="everybody"))
    as_they_are = {"phi_U_managed": p.phi_U, "phi_S_managed": p.phi_S, "fee_managed": p.fee}
    whole, wages = (
        float(agreement_with_accounts(q.replace(expansion=HALF_MORE))[1].total[OLD])
        for q in (p, p.replace(**as_they_are))
    )
    return SurveyedCorridor(
        corridor=one,
        report=report,
        limits=MappingProxyType(
            {share: report.limits if share == 1 else limits_if_covered(p, share) for share in COVERED}
        ),
        bound=report_expansion(p.replace(commitment=COMMITMENT)),
        close_whole_stock=close_payoff(everybody),
        terms=whole - wages,
        competition=wages,
    )


def _survey_treaty(one: Corridor) -> SurveyedTreaty:
    p = one.parameters
    return SurveyedTreaty(one, net_gains(p), solve_bilateral(p), solve_bilateral(p.replace(commitment=COMMITMENT)))


# ---- the gap measured by what workers earn


def labour_gap(code: str) -> float | None:
    """Labour income per worker of the host over that of the origin; None where a labour share is not in the data.

    Parameters
    ----------
    code
        ISO codes of origin and host.

    Returns
    -------
    float | None
        Ratio of output per worker times labour's share of income, Penn World Table 10.01.
    """
    origin, host = (network().nodes[iso3] for iso3 in code.split("-"))
    pay = [country["labsh"] and country["labsh"] * country["gdp_per_worker_ppp"] for country in (host, origin)]
    return pay[0] / pay[1] if all(pay) else None


def refit_with_labour_gap(code: str) -> Parameters | None:
    """The corridor with the ratio of labour incomes as its gap, fitted again; None where it is not in the data."""
    gap = labour_gap(code)
    return None if gap is None else refit_corridor(code, gap=gap)
