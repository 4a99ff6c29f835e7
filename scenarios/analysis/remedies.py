"""Remedies for one case: the smallest sufficient amount of each, its effect, and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, agreement
from economy.parameters import Parameters
from economy.policy.largest_openness import CONDITIONS
from economy.policy.remedies import DOSES, LEVY, PLANS, Plan, frontier, least_amount, remove_remedies
from games.documents import Document
from games.messages import join_messages, message
from scenarios.scenario import ROLES

Frontier = tuple[tuple[float, float | None], ...]
"""Amounts of one remedy, each with the smallest amount of another beside it; None where no amount is enough."""

PEOPLE = [GROUPS.index("movers"), GROUPS.index("families")]
"""Indices of the groups of those who move and of their families."""

REASONS = {
    ("gains", True): message(
        "Nearest at {amount}: {country} would lose {short}, as its government weighs it; "
        "other amounts would satisfy it, at the other side's cost."
    ),
    ("gains", False): message(
        "Nearest at {amount}: {country} would lose {short}, as its government weighs it; no amount satisfies it."
    ),
    ("stays", True): message(
        "Nearest at {amount}: {country} would gain {short} by closing alone, as its government weighs it; "
        "other amounts would satisfy it, at the other side's cost."
    ),
    ("stays", False): message(
        "Nearest at {amount}: {country} would gain {short} by closing alone, as its government weighs it; "
        "no amount satisfies it."
    ),
}
"""Sentences by the condition that fails at the nearest amount, and whether it holds at another.

Amounts are payoffs, weighted by the government, not money.
"""

BINDING = message("Where a treaty binds, {amount} would be enough.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyDoseDocument(Document):
    """A remedy beside another, at a dose that is an assumption."""

    name: str
    """Name of the remedy."""
    amount: float
    """Its dose."""
    unit: str
    """Unit of the dose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyFrontierDocument(Document):
    """The smallest levy at one amount of the other remedy."""

    amount: float
    """Amount of the other remedy."""
    needed: float | None
    """The smallest levy; null where no levy is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyNeedDocument(Document):
    """How little of one remedy is enough."""

    name: str
    """Name of the remedy."""
    needed: float | None
    """Smallest amount at which opening enforces itself and neither side is below the status quo."""
    holds: bool
    """Whether some amount is enough."""
    unit: str
    """Unit of the amounts."""
    with_: tuple[RemedyDoseDocument, ...]
    """The others beside it, at a dose that is an assumption."""
    both_gain: float | None
    """Smallest amount at which neither side is below the status quo: enough where a treaty binds."""
    payer: str | None
    """A party, or migrants; null where nobody pays."""
    payees: tuple[str, ...]
    """Those who receive a payment: parties, or migrants."""
    payoffs: Mapping[str, float] | None
    """By party at the amount needed, in % of own baseline GDP."""
    migrants: float | None
    """Gain of the origin's movers and families at the amount needed, in % of its baseline GDP."""
    reason: str | None
    """Why no amount is enough; what a country loses or gains is in % of its own GDP."""
    frontier: tuple[LevyFrontierDocument, ...] | None
    """For a levy beside one other remedy: the smallest levy for several amounts of that one."""


class RemedyShortfall(NamedTuple):
    """Where a remedy that is never enough comes closest to being enough."""

    amount: float
    """The closest amount."""
    country: int
    """0 the host, 1 the origin: the country whose condition fails most at this amount."""
    condition: str
    """"gains": it is not below the status quo; "stays": it does not gain by closing alone."""
    short: float
    """By how much the condition fails, % of that country's GDP, as its government weighs it."""
    reachable: bool
    """Whether another amount meets that condition."""


class RemedyEffect(NamedTuple):
    """What both countries gain when both open, with a remedy in place."""

    payoffs: tuple[float, float]
    """Payoffs of host and origin, % of own baseline GDP."""
    migrants: float
    """Gain of those who leave the origin and of their families, % of its baseline GDP."""


class RemedyNeed(NamedTuple):
    """What one remedy plan needs in one case, in the unit of its remedy."""

    plan: Plan
    needed: float | None
    """Smallest amount at which opening enforces itself and neither side is below the status quo; None if none does."""
    treaty: float | None
    """Smallest amount at which neither side is below the status quo: enough if a treaty binds; None if none is."""
    effect: RemedyEffect | None
    """The effect of `needed`; None if no amount is enough."""
    miss: RemedyShortfall | None
    """What is missing if no amount is enough; else None."""
    payees: tuple[str, ...]
    """Roles that receive a payment; () if nothing is paid."""
    frontier: Frontier | None
    """The smallest levy beside several amounts of the other remedy; None if it was not computed."""

    def document(self, parties: tuple[str, ...]) -> RemedyNeedDocument:
        """Return one item of the block `remedies`."""
        remedy = self.plan.remedy
        named: dict[str, str] = dict(zip(ROLES, parties, strict=True))
        return RemedyNeedDocument(
            name=remedy.name,
            needed=self.needed,
            holds=self.needed is not None,
            unit=remedy.unit,
            with_=tuple(
                RemedyDoseDocument(name=other.name, amount=other.dose, unit=other.unit) for other in self.plan.beside
            ),
            both_gain=self.treaty,
            payer=None if remedy.payer is None else named.get(remedy.payer, remedy.payer),
            payees=tuple(named.get(role, role) for role in self.payees),
            payoffs=dict(zip(parties, self.effect.payoffs, strict=True)) if self.effect else None,
            migrants=self.effect.migrants if self.effect else None,
            reason=self.reason(parties),
            frontier=None
            if self.frontier is None
            else tuple(LevyFrontierDocument(amount=dose, needed=levy) for dose, levy in self.frontier),
        )

    def reason(self, parties: tuple[str, ...]) -> str | None:
        """Return one or two sentences on why no amount is enough; None if one is."""
        if self.miss is None:
            return None
        amount, country, condition, short, reachable = self.miss
        reason = REASONS[condition, reachable].format(
            amount=f"{amount:.4g}", country=parties[country], short=f"{short:.2g}"
        )
        return (
            reason if self.treaty is None else join_messages(" ", [reason, BINDING.format(amount=f"{self.treaty:.4g}")])
        )


def remedy_needs(
    parameters: Parameters, plans: Iterable[Plan] = PLANS, *, joint: bool = True
) -> tuple[RemedyNeed, ...]:
    """Compute what each remedy plan needs in one economy.

    Parameters
    ----------
    parameters
        Parameters of one economy. Remedies that it has in place are removed before each search.
    plans
        Remedies to search, each alone or beside fixed amounts of others.
    joint
        Whether to compute the frontier of a levy with another remedy as well.

    Returns
    -------
    tuple[RemedyNeed, ...]
        One for each plan, in its order.
    """
    return tuple(_cure(parameters, plan, _frontier(parameters, plan) if joint else None) for plan in plans)


def remedy_effect(cell: GameCell) -> RemedyEffect:
    """Return what both countries gain in the cell in which both open."""
    host, origin = (float(payoff) for payoff in cell.payoffs)
    return RemedyEffect((host, origin), float(cell.groups[1, PEOPLE].sum()))


def _cure(parameters: Parameters, plan: Plan, joint: Frontier | None) -> RemedyNeed:
    """What one plan needs, with the frontier `joint`."""
    laid = plan.apply_others(parameters)
    found = least_amount(laid, plan.remedy)
    needed, treaty = _number(found.needed), _number(found.treaty)
    country, condition = CONDITIONS[int(found.failing)]
    reachable = bool(found.reachable[int(found.failing)])
    miss = RemedyShortfall(float(found.nearest), ROLES.index(country), condition, float(found.short), reachable)
    return RemedyNeed(
        plan=plan,
        needed=needed,
        treaty=treaty,
        effect=None if needed is None else remedy_effect(agreement(plan.remedy.apply(laid, needed))),
        miss=miss if needed is None else None,
        payees=_payees(laid, plan),
        frontier=joint,
    )


def _payees(laid: Parameters, plan: Plan) -> tuple[str, ...]:
    """Roles that receive what the remedy takes; a levy is shared by `tax_host`."""
    if plan.remedy is LEVY:
        shares = (float(laid.tax_host), 1 - float(laid.tax_host))
        return tuple(side for side, share in zip(ROLES, shares, strict=True) if share > 0)
    return () if plan.remedy.payee is None else (plan.remedy.payee,)


def _frontier(parameters: Parameters, plan: Plan) -> Frontier | None:
    """The smallest levy for each of several amounts of the other remedy of a pair; None for any other plan."""
    doses = dict(DOSES).get(plan.beside[0]) if len(plan.beside) == 1 else None
    if doses is None or plan.remedy is not LEVY:
        return None
    found = frontier(remove_remedies(parameters), LEVY, plan.beside[0], doses)
    return tuple((dose, _number(needed)) for dose, needed in zip(doses, found.needed, strict=True))


def _number(value: Any) -> float | None:
    """The value as a float; None for NaN."""
    return None if np.isnan(value) else float(value)
