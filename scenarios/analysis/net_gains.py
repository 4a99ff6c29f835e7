"""Gross and net gain of a case: what could be gained, what of it both would sign, and what it brings as it stands.

Where people are the ceiling the levels are numbers of people beyond today's, else shares of the willing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

import numpy as np

from economy.accounts.documents import AccountSumsDocument
from economy.corridors.limits import FARTHEST, STEPS, expansion_pool
from economy.model.money.places import people_are_the_ceiling
from economy.parameters import Parameters
from economy.policy.net_gains import NetGains, net_gains
from games.documents import Document, Limits

Dial = Literal["openness", "expansion"]
"""What is opened further: the share of the willing, or the number of people beyond today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetGainDocument(Document):
    """Gross and net gains of a mutual opening, in % of the pair's GDP of the status quo."""

    potential_gross: float
    """Gross gain of GDP at the largest opening that is tried: all the willing, or five times today's number."""
    best_net: Annotated[float, Limits(minimum=0)]
    """Largest net gain over all openings that are tried; net is welfare, income less the cost of moving."""
    signed_gross: float
    """Gross gain at the largest self-enforcing opening; 0 without any."""
    signed_net: float
    """Net gain at the largest self-enforcing opening; 0 without any."""
    share_gross: float
    """signed_gross as a part of potential_gross."""
    share_net: float
    """signed_net as a part of best_net."""
    income: float
    """Sum of the money accounts as the case stands."""
    cost_of_moving: float
    """What moving costs the movers as the case stands."""
    welfare: float
    """Net gain as the case stands."""
    dial: Dial
    """What the three levels below are: a share of the willing, or people beyond today's number as a share of it."""
    potential_at: float
    """Level of potential_gross."""
    best_at: float
    """Level of best_net."""
    signed_at: float | None
    """Level of signed_gross and signed_net; null without a self-enforcing one."""


class GainsByLevel(NamedTuple):
    """Gains of a mutual opening at all levels of its dial."""

    dial: Dial
    """What the levels are."""
    gains: NetGains
    """Gains and agreements at every level, on the terms of the case."""

    @property
    def largest_signed(self) -> float | None:
        """The largest self-enforcing level; None without any."""
        level = float(self.gains.level_signed)
        return None if np.isnan(level) else level

    def document(self, sums: AccountSumsDocument) -> NetGainDocument:
        """Return the block `net`; `sums` are those of the case as it stands."""
        found = self.gains
        return NetGainDocument(
            potential_gross=float(found.potential_gross),
            best_net=float(found.best_net),
            signed_gross=float(found.gross_signed),
            signed_net=float(found.net_signed),
            share_gross=float(found.share_gross),
            share_net=float(found.share_net),
            income=sums.income,
            cost_of_moving=sums.cost_of_moving,
            welfare=sums.welfare,
            dial=self.dial,
            potential_at=float(found.levels[-1]),
            best_at=float(found.best_level),
            signed_at=self.largest_signed,
        )


def numbers_bind(parameters: Parameters) -> bool:
    """Whether people are the ceiling of one economy: some move today, and a share of the willing admits nobody more."""
    return bool(people_are_the_ceiling(parameters, 1)[0])


def gains_by_level(parameters: Parameters) -> GainsByLevel:
    """Solve a mutual opening at all levels of its dial.

    Parameters
    ----------
    parameters
        One economy.

    Returns
    -------
    GainsByLevel
        Over openness; where people are the ceiling, over the expansion, up to the pool of the willing or to FARTHEST.
    """
    if not numbers_bind(parameters):
        return GainsByLevel("openness", net_gains(parameters))
    some = float(np.asarray(parameters.today)) > 0
    last = min(expansion_pool(parameters), FARTHEST) if some else FARTHEST
    return GainsByLevel("expansion", net_gains(parameters, np.linspace(0.0, last, STEPS), "expansion"))
