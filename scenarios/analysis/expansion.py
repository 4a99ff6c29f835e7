"""People beyond today's number in a case, and free movement that is in force: the class of the game is a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from economy.account_names import ACCOUNTS, OLD_MIGRANTS
from economy.corridors.fitting import COMMITMENT, FREE_MOVEMENT, Corridor
from economy.corridors.limits import (
    EXPANSIONS,
    LEVIES,
    OPENNESS,
    ExpansionLimits,
    ExpansionReport,
    expansion_limits,
    report_expansion,
)
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import Stakes, agreement_with_accounts, classify_games, solve_with_accounts
from economy.parameters import Parameters
from economy.policy.largest_openness import agreement_margins, conditions_hold
from economy.policy.net_gains import net_gains
from games.documents import Choices, Document, Limits
from games.two_by_two.taxonomy import CLASSES
from scenarios.analysis.net_gains import numbers_bind

COVERAGES = (1.0, 0.5, 0.0)
"""Shares of those who are there already whom a treaty may reach; the limits are given for each."""

ClassText = Annotated[str, Choices(CLASSES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpansionStepDocument(Document):
    """The game at one number of people."""

    x: Annotated[float, Limits(minimum=0)]
    """People beyond today's number, as a share of it; what may come, not what comes."""
    class_: ClassText
    """Class of the game."""
    people_run_out: bool
    """Whether fewer people are willing than may come."""
    payoffs: tuple[float, float]
    """Payoffs of host and origin when both open, % of own GDP of the status quo."""
    gross: float
    """Gross gain of GDP, % of the pair's GDP."""
    net: float
    """Net gain, % of the pair's GDP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommittedLimitsDocument(Document):
    """The limits where binding itself costs each government something."""

    commitment: Annotated[float, Limits(minimum=0)]
    """What a government loses by binding itself, share of its GDP: an assumption."""
    limit_both: float | None
    """Largest expansion at which neither government is below the status quo; null where none is."""
    limit_with_levy: float | None
    """The same with the best levy up to 20 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredLimitsDocument(Document):
    """The limits where a treaty reaches some of those who are there already."""

    covered: Annotated[float, Limits(minimum=0, maximum=1)]
    """Share of them that it reaches; 0 is newcomers only."""
    limit_both: float | None
    """Largest expansion at which neither government is below the status quo; null where none is."""
    limit_with_levy: float | None
    """The same with the best levy up to 20 %."""
    committed: CommittedLimitsDocument
    """The limits where binding is not free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpansionDocument(Document):
    """How many more people than today may come, and how many both would sign."""

    value: Annotated[float, Limits(minimum=0)]
    """People beyond today's number in this case, as a share of it."""
    people: Annotated[float, Limits(minimum=0)]
    """How many of them come, in the unit of the flows."""
    people_today: Annotated[float, Limits(minimum=0)]
    """How many are in the host today, in the unit of the flows."""
    pool: Annotated[float, Limits(minimum=0)]
    """Expansion at which all who are willing have come."""
    limit_both: float | None
    """Largest expansion at which neither government is below the status quo, without a levy; null where none is."""
    limit_self_enforcing: float | None
    """Largest expansion at which neither gains by closing alone either; null where none is."""
    limit_with_levy: float | None
    """limit_both with the best levy up to 20 %, which the host keeps."""
    classes: tuple[ExpansionStepDocument, ...]
    """The game at several numbers of people."""
    covered: tuple[CoveredLimitsDocument, ...]
    """The limits by the share of those who are there already whom the treaty reaches: an assumption."""
    close: float
    """Payoff of the host from sending all home, % of its GDP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyStepDocument(Document):
    """The game of a treaty in force at one openness."""

    openness: Annotated[float, Limits(minimum=0, maximum=1)]
    """Share of the willing who are admitted."""
    class_: ClassText
    """Class of the game."""
    holds: bool
    """Whether it enforces itself and leaves neither government below the status quo."""
    payoffs: tuple[float, float]
    """Payoffs of host and origin when both open, % of own GDP."""
    gross: float
    """Gross gain of GDP, % of the pair's GDP."""
    net: float
    """Net gain, % of the pair's GDP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyDocument(Document):
    """Free movement that is in force: whether it holds."""

    name: str
    """Name of the treaty."""
    holds: bool
    """Whether it enforces itself and leaves neither government below the status quo, as the case stands."""
    steps: tuple[TreatyStepDocument, ...]
    """The game at several levels of openness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierMigrantsDocument(Document):
    """The account of those who are there today in two parts, % of the pair's GDP."""

    total: float
    """Their account."""
    terms: float
    """What the terms of the treaty bring them: recognition, fees, a levy, training."""
    competition: float
    """What they get where as many newcomers come and all terms stay as they are today: the change of wages."""


class Expansion(NamedTuple):
    """A corridor with people beyond today's number."""

    report: ExpansionReport
    """Classes, limits and gains."""
    covered: tuple[tuple[float, ExpansionLimits, ExpansionLimits], ...]
    """Share of those who are there already that the treaty reaches, and the limits: binding is free, it is not."""

    @property
    def has_no_limit(self) -> bool:
        """Whether neither government is below the status quo at the largest number of people that is tried."""
        return bool(self.report.limits.both >= self.report.gains.levels[-1])

    def document(self, value: float, people: float, people_today: float) -> ExpansionDocument:
        """Return the block `expansion` of a case.

        Parameters
        ----------
        value
            Its expansion.
        people
            People beyond today's who come, in the unit of the flows.
        people_today
            People who are there today, in the same unit.

        Returns
        -------
        ExpansionDocument
            The block.
        """
        found = self.report
        return ExpansionDocument(
            value=value,
            people=people,
            people_today=people_today,
            pool=found.pool,
            limit_both=_known(found.limits.both),
            limit_self_enforcing=_known(found.limits.self_enforcing),
            limit_with_levy=_known(found.limits.both_with_levy),
            classes=tuple(self._steps()),
            covered=tuple(_covered(*each) for each in self.covered),
            close=found.close,
        )

    def _steps(self) -> list[ExpansionStepDocument]:
        """The game at each of EXPANSIONS."""
        found = self.report
        figures = _figures(found.stakes, found.accounts)
        return [
            ExpansionStepDocument(
                x=float(x), class_=name, people_run_out=bool(x > found.pool), payoffs=payoffs, gross=gross, net=net
            )
            for x, name, (payoffs, gross, net) in zip(EXPANSIONS, found.classes, figures, strict=True)
        ]


def compute_expansion(parameters: Parameters) -> Expansion | None:
    """Solve a case at many numbers of people; None where people are not the ceiling, or nobody is in the host today.

    The classes are those of the case's own terms. The limits are those without a levy and with the best one.
    """
    if not numbers_bind(parameters) or not float(np.asarray(parameters.today)):
        return None
    report = report_expansion(parameters)
    axes = {"covered": np.reshape(COVERAGES, (-1, 1, 1)), "commitment": np.reshape((0.0, COMMITMENT), (-1, 1))}
    found = net_gains(parameters.replace(tax=LEVIES, **axes), report.gains.levels, "expansion")
    covered = tuple(
        (share, expansion_limits(found[at, 0]), expansion_limits(found[at, 1])) for at, share in enumerate(COVERAGES)
    )
    return Expansion(report, covered)


def treaty_in_force(parameters: Parameters, corridor: Corridor | None) -> TreatyDocument | None:
    """Return the block `treaty` of a case; None for a corridor without free movement, and for any other case."""
    if corridor is None or corridor.kind == "today":
        return None
    stakes, accounts = solve_with_accounts(parameters.replace(openness=np.append(OPENNESS, parameters.openness)))
    holds = conditions_hold(agreement_margins(stakes))
    steps = zip(OPENNESS, classify_games(stakes), holds, _figures(stakes, accounts), strict=False)
    return TreatyDocument(
        name=FREE_MOVEMENT[corridor.code],
        holds=bool(holds[-1]),
        steps=tuple(
            TreatyStepDocument(
                openness=float(openness), class_=str(name), holds=bool(each), payoffs=payoffs, gross=gross, net=net
            )
            for openness, name, each, (payoffs, gross, net) in steps
        ),
    )


def split_earlier_migrants(parameters: Parameters, account: float) -> EarlierMigrantsDocument | None:
    """Divide the account of those who are there today into the effect of the terms and that of competition.

    Competition is their account where as many people come and the terms stay as they are today: recognition, fees, no
    levy and no training. The terms are the rest.

    Parameters
    ----------
    parameters
        One economy.
    account
        Account of old migrants when both open, % of the pair's GDP.

    Returns
    -------
    EarlierMigrantsDocument or None
        None where people are not the ceiling.
    """
    if not numbers_bind(parameters):
        return None
    p = parameters
    today = {"phi_U_managed": p.phi_U, "phi_S_managed": p.phi_S, "fee_managed": p.fee, "access_managed": p.access}
    nothing = dict.fromkeys(("tax", "gsp", "recip", "stay_worth", "access_worth"), 0.0)
    same = p.replace(**today, **nothing)
    competition = float(agreement_with_accounts(same)[1].total[ACCOUNTS.index(OLD_MIGRANTS)])
    return EarlierMigrantsDocument(total=account, terms=account - competition, competition=competition)


def _covered(share: float, free: ExpansionLimits, committed: ExpansionLimits) -> CoveredLimitsDocument:
    """One entry of the list `covered`."""
    return CoveredLimitsDocument(
        covered=share,
        limit_both=_known(free.both),
        limit_with_levy=_known(free.both_with_levy),
        committed=CommittedLimitsDocument(
            commitment=COMMITMENT,
            limit_both=_known(committed.both),
            limit_with_levy=_known(committed.both_with_levy),
        ),
    )


def _figures(stakes: Stakes, accounts: MoneyAccounts) -> list[tuple[tuple[float, float], float, float]]:
    """Payoffs of both, gross and net gain at each level, when both open."""
    both = accounts.cell(0, 0)
    payoffs = stakes.payoffs[..., 0, 0]
    return [
        ((float(host), float(origin)), float(gross), float(net))
        for (host, origin), gross, net in zip(payoffs, both.gdp, both.welfare, strict=True)
    ]


def _known(limit: float) -> float | None:
    """The limit; None for NaN."""
    return None if np.isnan(limit) else limit
