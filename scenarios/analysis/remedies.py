"""Remedies for one case: the sufficient amounts of each, their effect, and who pays.

A levy has a window: with a small one the host gains too little, with a large one too few come, and the origin loses.
For every other remedy the smallest sufficient amount is given, and for phasing the number of periods at which welfare
is largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, agreement
from economy.parameters import Parameters
from economy.policy.largest_openness import CONDITIONS
from economy.policy.levy_windows import LevyWindow, LevyWindows, levy_windows, stack_economies
from economy.policy.remedies import DOSES, LEVY, PHASING, PLANS, Plan, least_amount, remove_remedies
from economy.policy.windows import best_phasing
from games.documents import Document
from games.messages import join_messages, message
from scenarios.scenario import ROLES

Frontier = tuple[tuple[float, LevyWindow | None], ...]
"""Amounts of one remedy, each with the window of a levy beside it; None where no levy is enough."""
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

IN_TREATY = message("Where a treaty binds, {amount} would be enough.")


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
    """The window of a levy at one amount of the other remedy."""

    amount: float
    """Amount of the other remedy."""
    window: LevyWindow | None
    """The smallest and the largest levy that is enough; null where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyNeedDocument(Document):
    """How much of one remedy is enough."""

    name: str
    """Name of the remedy."""
    window: LevyWindow | None
    """For a levy, the smallest and the largest amount at which opening enforces itself and neither side is below the
    status quo; null where none is, and for every other remedy."""
    needed: float | None
    """For every other remedy, the smallest such amount; null where none is, and for a levy."""
    best_periods: float | None
    """For phasing, the number of periods at which welfare is largest; null for every other remedy."""
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
    """By party at the smallest amount that is enough, in % of own GDP of the status quo."""
    migrants: float | None
    """Surplus of the origin's movers and cash of their families at that amount, in % of its GDP of the status quo."""
    reason: str | None
    """Why no amount is enough; what a country loses or gains is in % of its own GDP."""
    frontier: tuple[LevyFrontierDocument, ...] | None
    """For a levy beside one other remedy: the window of the levy for several amounts of that one."""


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
    """Surplus of those who leave the origin and cash of their families, % of its GDP of the status quo."""


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
    """The window of the levy beside several amounts of the other remedy; None if it was not computed."""
    window: LevyWindow | None = None
    """For a levy, the smallest and the largest sufficient amount; None without any, or if it was not computed."""
    best_periods: float | None = None
    """For phasing, the periods at which welfare is largest; None for other remedies, or if it was not computed."""

    def document(self, parties: tuple[str, ...]) -> RemedyNeedDocument:
        """Return one item of the block `remedies`."""
        remedy = self.plan.remedy
        named: dict[str, str] = dict(zip(ROLES, parties, strict=True))
        return RemedyNeedDocument(
            name=remedy.name,
            window=self.window,
            needed=None if remedy is LEVY else self.needed,
            best_periods=self.best_periods,
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
            else tuple(LevyFrontierDocument(amount=dose, window=levy) for dose, levy in self.frontier),
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
            reason
            if self.treaty is None
            else join_messages(" ", [reason, IN_TREATY.format(amount=f"{self.treaty:.4g}")])
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
        Whether to compute the windows of levies, their frontiers with another remedy and the best phasing as well.

    Returns
    -------
    tuple[RemedyNeed, ...]
        One for each plan, in its order.
    """
    plans = tuple(plans)
    levies = _levies(parameters, plans) if joint else {}
    found = [
        _levy_need(parameters, plan, *levies[plan]) if plan in levies else _need(parameters, plan) for plan in plans
    ]
    if joint:
        found = [_with_best_periods(parameters, need) for need in found]
    return _with_effects(parameters, found)


def remedy_effect(cell: GameCell) -> RemedyEffect:
    """Return what both countries gain in the cell in which both open."""
    host, origin = (float(payoff) for payoff in cell.payoffs)
    return RemedyEffect((host, origin), float(cell.groups[1, PEOPLE].sum()))


def _need(parameters: Parameters, plan: Plan) -> RemedyNeed:
    """What one plan needs, without the effect."""
    laid = plan.apply_others(parameters)
    found = least_amount(laid, plan.remedy)
    needed = _number(found.needed)
    country, condition = CONDITIONS[int(found.failing)]
    reachable = bool(found.reachable[int(found.failing)])
    miss = RemedyShortfall(float(found.nearest), ROLES.index(country), condition, float(found.short), reachable)
    return RemedyNeed(
        plan=plan,
        needed=needed,
        treaty=_number(found.treaty),
        effect=None,
        miss=miss if needed is None else None,
        payees=_payees(laid, plan),
        frontier=None,
    )


def _levies(parameters: Parameters, plans: tuple[Plan, ...]) -> dict[Plan, tuple[LevyWindows, Frontier | None]]:
    """The windows of every plan with a levy, and its frontier with one other remedy; all solved in one batch."""
    bare = remove_remedies(parameters)
    sought = {plan: dict(DOSES).get(plan.beside[0], ()) if len(plan.beside) == 1 else () for plan in plans}
    sought = {plan: doses for plan, doses in sought.items() if plan.remedy is LEVY}
    economies = [plan.apply_others(parameters) for plan in sought]
    economies += [plan.beside[0].apply(bare, dose) for plan, doses in sought.items() for dose in doses]
    if not economies:
        return {}
    found = levy_windows(economies)
    beside = iter(found[len(sought) :])
    return {
        plan: (windows, tuple((dose, next(beside).alone) for dose in doses) or None)
        for (plan, doses), windows in zip(sought.items(), found, strict=False)
    }


def _levy_need(parameters: Parameters, plan: Plan, windows: LevyWindows, frontier: Frontier | None) -> RemedyNeed:
    """A levy with its windows; where no levy is enough, what is missing is searched for."""
    if windows.alone is None:
        return _need(parameters, plan)._replace(frontier=frontier)
    return RemedyNeed(
        plan=plan,
        needed=windows.alone[0],
        treaty=None if windows.treaty is None else windows.treaty[0],
        effect=None,
        miss=None,
        payees=_payees(plan.apply_others(parameters), plan),
        frontier=frontier,
        window=windows.alone,
    )


def _with_best_periods(parameters: Parameters, need: RemedyNeed) -> RemedyNeed:
    """The same with the number of periods at which welfare is largest, for phasing."""
    if need.plan.remedy is not PHASING:
        return need
    return need._replace(best_periods=float(best_phasing(need.plan.apply_others(parameters))))


def _with_effects(parameters: Parameters, needs: list[RemedyNeed]) -> tuple[RemedyNeed, ...]:
    """The same with the effect of the amount that is enough; all are solved in one batch."""
    economies = [
        need.plan.remedy.apply(need.plan.apply_others(parameters), need.needed)
        for need in needs
        if need.needed is not None
    ]
    if not economies:
        return tuple(needs)
    cells = agreement(stack_economies(economies))
    effects = iter([remedy_effect(cells[number]) for number in range(len(economies))])
    return tuple(need if need.needed is None else need._replace(effect=next(effects)) for need in needs)


def _payees(laid: Parameters, plan: Plan) -> tuple[str, ...]:
    """Roles that receive what the remedy takes; a levy is shared by `tax_host`."""
    if plan.remedy is LEVY:
        shares = (float(laid.tax_host), 1 - float(laid.tax_host))
        return tuple(side for side, share in zip(ROLES, shares, strict=True) if share > 0)
    return () if plan.remedy.payee is None else (plan.remedy.payee,)


def _number(value: Any) -> float | None:
    """The value as a float; None for NaN."""
    return None if np.isnan(value) else float(value)
