"""From the money of a country's groups to the number of its government: the weights of equation 9, in words."""

from __future__ import annotations

from typing import NamedTuple

from economy.model.group_gains import GROUPS
from economy.model.payoffs import Stakes
from economy.parameters import Parameters
from views.wording.screen import ROUNDING

MONEY, PAYOFF = "Together, in money", "Weighed by government"
"""The two lines under the groups of a country."""

WEIGHTS = (
    ("w_U", "less-skilled"),
    ("w_S", "skilled"),
    ("w_K", "capital"),
    ("w_R", "residents"),
    ("w_M", "emigrants"),
    ("w_F", "families"),
    ("w_T", "treasury"),
    ("w_O", "earlier migrants"),
)
"""The weight of each money group, in the order of `economy.model.group_gains.GROUPS`, and what the group is called."""

ALIKE = "every group counts once"
MOVERS = GROUPS.index("movers")


class Weighed(NamedTuple):
    """What both opening brings to all groups of a country, and what its government makes of that."""

    money: float
    """The groups' changes added up, % of own baseline GDP."""
    payoff: float
    """The government's payoff when both open: the number in the matrix."""
    how: str
    """Every weight that is not one, in words."""
    emigrants: float
    """The part of the country's own emigrants in `money`."""


def weighed(economy: Parameters, stakes: Stakes, country: int) -> Weighed:
    """The two numbers of a country, and what lies between them."""
    money = stakes.groups[country, 0, 0]
    return Weighed(
        money=float(money.sum()),
        payoff=float(stakes.payoffs[country, 0, 0]),
        how=_how(economy, [float(change) for change in money]),
        emigrants=float(money[MOVERS]),
    )


def _how(economy: Parameters, money: list[float]) -> str:
    """The weights that are not one, of the groups whose money changes; foreign migrants where they count at all."""
    factors = [("losses", float(economy.loss), min(0.0, *money))]
    factors += [
        (name, float(getattr(economy, field)), change) for (field, name), change in zip(WEIGHTS, money, strict=True)
    ]
    told = [f"{name} {factor:.4g}×" for name, factor, change in factors if factor != 1 and abs(change) >= ROUNDING]
    if float(economy.w_X):
        told.append(f"foreign migrants {float(economy.w_X):.4g}×")
    return ", ".join(told) or ALIKE
