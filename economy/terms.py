"""The neutral word between paper and numbers: what an agreement's clauses say, as numbers with units.

Whoever writes paper turns its clauses into terms; the economy never hears of ladders or schedules. Each
field names the parameters that it moves. That a clause moves exactly these, and nothing else, is an
assumption throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economy.parameters import Parameters, Real


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an agreement, or of many at once when fields are arrays; None leaves a matter as it is."""

    places: Real | None = None
    """Places, share of the openness in the parameters, 0 to 1; moves openness."""
    recognition: Real | None = None
    """Share of their skill that movers can use, 0 to 1; moves phi_U_managed and phi_S_managed."""
    fee: Real | None = None
    """Recruitment cost, share of earnings abroad; moves fee_managed."""
    levy: Real | None = None
    """Levy on movers' earnings abroad, share of them; moves tax."""
    levy_host: Real | None = None
    """The host's share of the levy, the origin has the rest; moves tax_host."""
    partnership: Real | None = None
    """Skill partnership, share of less skilled movers trained before they leave; moves gsp."""
    phasing: Real | None = None
    """Periods over which the opening is phased in, 1 or more; moves years."""


def applied(parameters: Parameters, terms: Terms) -> Parameters:
    """The parameters under these terms; arrays in both must broadcast. Limits are checked by whoever solves."""
    openness = None if terms.places is None else np.multiply(parameters.openness, terms.places)
    moved = {
        "openness": openness,
        "phi_U_managed": terms.recognition,
        "phi_S_managed": terms.recognition,
        "fee_managed": terms.fee,
        "tax": terms.levy,
        "tax_host": terms.levy_host,
        "gsp": terms.partnership,
        "years": terms.phasing,
    }
    return parameters.replace(**{name: value for name, value in moved.items() if value is not None})
