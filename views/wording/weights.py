"""From the money of a country's groups to the payoff of its government: the weights of equation 9, in words."""

from __future__ import annotations

from typing import NamedTuple

from economy.model.group_gains import GROUPS
from economy.model.payoffs import Stakes
from economy.parameters import Parameters
from games.messages import join_messages, message
from views.wording.screen import ROUNDING

MONEY, PAYOFF = message("Together, before weights"), message("Weighed by government")
"""Names of the two last lines of a country."""

WEIGHTS = (
    ("w_U", message("less-skilled")),
    ("w_S", message("skilled")),
    ("w_K", message("capital")),
    ("w_R", message("residents")),
    ("w_M", message("emigrants")),
    ("w_F", message("families")),
    ("w_T", message("treasury")),
    ("w_O", message("earlier migrants")),
)
"""Weight parameter and name of each money group, in the order of `economy.model.group_gains.GROUPS`."""

ALIKE = message("every group counts once")
MOVERS = GROUPS.index("movers")


class WeighedGain(NamedTuple):
    """How the money of a country's groups becomes the payoff of its government when both countries open."""

    money: float
    """Sum of the changes of all groups, % of own baseline GDP; no money account.

    Cash that is sent home is in it twice, for those who send it and for their families, because the government weighs
    both.
    """
    payoff: float
    """The government's payoff when both open, as in the matrix."""
    how: str
    """All weights that are not 1, in words."""
    emigrants: float
    """The part of the country's own emigrants in `money`."""


def weigh_gains(economy: Parameters, stakes: Stakes, country: int) -> WeighedGain:
    """Return the sum of all groups' changes and the government's payoff for a country when both countries open.

    The result also has the weights of the groups that differ from 1, as a text.

    Parameters
    ----------
    economy
        The economy.
    stakes
        Gains of that economy, by group.
    country
        0 for the host, 1 for the origin.

    Returns
    -------
    WeighedGain
        Sum, payoff, weights in words, and the part of the country's own emigrants.
    """
    money = stakes.groups[country, 0, 0]
    return WeighedGain(
        money=float(money.sum()),
        payoff=float(stakes.payoffs[country, 0, 0]),
        how=_how(economy, [float(change) for change in money]),
        emigrants=float(money[MOVERS]),
    )


def _how(economy: Parameters, money: list[float]) -> str:
    """Return the weights other than 1 of the groups whose money changes, and that of foreign migrants unless 0."""
    factors = [(message("losses"), float(economy.loss), min(0.0, *money))]
    factors += [
        (name, float(getattr(economy, field)), change) for (field, name), change in zip(WEIGHTS, money, strict=True)
    ]
    told = [_weight(name, factor) for name, factor, change in factors if factor != 1 and abs(change) >= ROUNDING]
    if float(economy.w_X):
        told.append(_weight(message("foreign migrants"), float(economy.w_X)))
    return join_messages(", ", told) if told else ALIKE


def _weight(group: str, factor: float) -> str:
    return message("{group} {factor}×", group=group, factor=f"{factor:.4g}")
