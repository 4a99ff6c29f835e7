"""What would change it: for one case, how little of each remedy is enough, what it brings, and who pays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from economy.model.group_gains import GROUPS
from economy.model.payoffs import Cell, agreement
from economy.parameters import Parameters
from economy.policy.largest_openness import CONDITIONS
from economy.policy.remedies import DOSES, LEVY, PLANS, Plan, bare, frontier, least

Frontier = tuple[tuple[float, float | None], ...]
"""Amounts of one remedy, and the smallest amount of another beside each; None where no amount is enough."""

SIDES = ("host", "origin")
"""The roles of the two parties, in their order."""

PEOPLE = [GROUPS.index("movers"), GROUPS.index("families")]
"""The money groups of those who move."""

SHORTFALLS = {
    "gains": "{country} would lose {short}, as its government weighs it",
    "stays": "{country} would gain {short} by closing alone, as its government weighs it",
}
"""What stands in the way when a condition fails, by the condition; in payoffs, which are no money."""

ELSEWHERE = {
    True: "other amounts would satisfy it, at the other side's cost",
    False: "no amount satisfies it",
}
"""Whether what fails at the nearest amount holds at another."""


class Miss(NamedTuple):
    """Where a remedy that is never enough comes nearest to it."""

    amount: float
    country: int
    """0 the host, 1 the origin: whose condition fails worst there."""
    condition: str
    """"gains": it is not below the status quo; "stays": it does not gain by closing alone."""
    short: float
    """By how much the condition fails, % of that country's GDP."""
    reachable: bool
    """Whether some other amount meets that condition."""


class Effect(NamedTuple):
    """What both countries have when both open, with a remedy in place."""

    payoffs: tuple[float, float]
    """Of host and origin, % of own baseline GDP."""
    migrants: float
    """Gain of those who leave the origin and of their families, % of its baseline GDP."""


class Cure(NamedTuple):
    """What one plan of the bench needs in one case, in the unit of its remedy."""

    plan: Plan
    needed: float | None
    """Smallest amount at which opening enforces itself and neither side is below the status quo."""
    treaty: float | None
    """Smallest amount at which neither side is below the status quo: enough where a treaty binds."""
    effect: Effect | None
    """What `needed` brings; None where nothing is enough."""
    miss: Miss | None
    """What is missing where nothing is enough."""
    payees: tuple[str, ...]
    """Who receives, by role; nobody where nothing is paid."""
    frontier: Frontier | None
    """The smallest levy beside several amounts of the one other remedy; None where it was not sought."""

    def to_dict(self, parties: tuple[str, ...]) -> dict[str, Any]:
        """One item of the block `remedies`."""
        remedy = self.plan.remedy
        named: dict[str, str] = dict(zip(SIDES, parties, strict=True))
        return {
            "name": remedy.name,
            "needed": self.needed,
            "holds": self.needed is not None,
            "unit": remedy.unit,
            "with": [{"name": other.name, "amount": other.dose, "unit": other.unit} for other in self.plan.beside],
            "both_gain": self.treaty,
            "payer": None if remedy.payer is None else named.get(remedy.payer, remedy.payer),
            "payees": [named.get(role, role) for role in self.payees],
            "payoffs": dict(zip(parties, self.effect.payoffs, strict=True)) if self.effect else None,
            "migrants": self.effect.migrants if self.effect else None,
            "reason": self.reason(parties),
            "frontier": self.frontier and [{"amount": dose, "needed": levy} for dose, levy in self.frontier],
        }

    def reason(self, parties: tuple[str, ...]) -> str | None:
        """Why no amount is enough, in a sentence; None where one is."""
        if self.miss is None:
            return None
        amount, country, condition, short, reachable = self.miss
        failing = SHORTFALLS[condition].format(country=parties[country], short=f"{short:.2g}")
        binding = "" if self.treaty is None else f" Where a treaty binds, {self.treaty:.4g} would be enough."
        return f"Nearest at {amount:.4g}: {failing}; {ELSEWHERE[reachable]}.{binding}"


def cures(parameters: Parameters, plans: Iterable[Plan] = PLANS, *, joint: bool = True) -> tuple[Cure, ...]:
    """What each plan of the bench needs in one economy; every search begins where no remedy is in place.

    `joint` seeks the frontiers of a levy with another remedy as well.
    """
    return tuple(_cure(parameters, plan, _frontier(parameters, plan) if joint else None) for plan in plans)


def effect(cell: Cell) -> Effect:
    """What both countries have in the cell in which both open."""
    host, origin = (float(payoff) for payoff in cell.payoffs)
    return Effect((host, origin), float(cell.groups[1, PEOPLE].sum()))


def _cure(parameters: Parameters, plan: Plan, joint: Frontier | None) -> Cure:
    laid = plan.laid(parameters)
    found = least(laid, plan.remedy)
    needed, treaty = _number(found.needed), _number(found.treaty)
    country, condition = CONDITIONS[int(found.failing)]
    reachable = bool(found.reachable[int(found.failing)])
    miss = Miss(float(found.nearest), SIDES.index(country), condition, float(found.short), reachable)
    return Cure(
        plan=plan,
        needed=needed,
        treaty=treaty,
        effect=None if needed is None else effect(agreement(plan.remedy.on(laid, needed))),
        miss=miss if needed is None else None,
        payees=_payees(laid, plan),
        frontier=joint,
    )


def _payees(laid: Parameters, plan: Plan) -> tuple[str, ...]:
    """Who receives what the remedy takes: of a levy each side has its share."""
    if plan.remedy is LEVY:
        shares = (float(laid.tax_host), 1 - float(laid.tax_host))
        return tuple(side for side, share in zip(SIDES, shares, strict=True) if share > 0)
    return () if plan.remedy.payee is None else (plan.remedy.payee,)


def _frontier(parameters: Parameters, plan: Plan) -> Frontier | None:
    """The smallest levy for each of several amounts of the other remedy of a pair."""
    doses = dict(DOSES).get(plan.beside[0]) if len(plan.beside) == 1 else None
    if doses is None or plan.remedy is not LEVY:
        return None
    found = frontier(bare(parameters), LEVY, plan.beside[0], doses)
    return tuple((dose, _number(needed)) for dose, needed in zip(doses, found.needed, strict=True))


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)
