"""Opponent model: the estimated values of the other side, from its requests and offers only.

The frequency model of HardHeaded (van Krimpen, Looije and Hajizadeh 2013), winner of the agents' competition of 2011. A
level that is offered often gets a high value, and an issue on which a party does not move gets a high weight. The model
makes no assumption about how the other side concedes over time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from negotiation.protocols.moves import RequestedLevels
from negotiation.tactics.brief import Choices, Grid, PackageValues, Turn

LEARNING = 0.2
"""One update adds this, divided by the number of issues, to each unchanged issue (van Krimpen et al. 2013)."""


class OpponentModel(NamedTuple):
    """Estimated values of another party, additive over issues."""

    weights: PackageValues
    """Weight of each issue, (issues,); they add up to 1."""
    liking: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    """Estimated value of each level, (issues, levels), above 0; 1 for the best level of an issue."""

    def worth(self, packages: Grid) -> PackageValues:
        """The estimated value of packages given by their levels, (packages,), between 0 and 1."""
        return self.liking[np.arange(len(self.weights)), packages] @ self.weights


def fit_frequency_model(offered: Grid, levels: int, asks: RequestedLevels = ()) -> OpponentModel:
    """Fit the frequency model to a party's offers and requests.

    Every level starts with a count of one. An offer that repeats the one before it is left out, because it adds no
    information; in the original model it would move all weights together. A request adds one count to every level that
    satisfies it.

    Parameters
    ----------
    offered
        Levels of the offers, (offers, issues), in their order; may have no rows.
    levels
        The largest number of levels of any issue.
    asks
        The party's requests: places of issues with the least level.

    Returns
    -------
    OpponentModel
        Weights of the issues and values of their levels.

    References
    ----------
    van Krimpen, Looije and Hajizadeh, in Complex Automated Negotiations (2013).
    """
    issues = offered.shape[1]
    news = [offer for at, offer in enumerate(offered) if at == 0 or (offer != offered[at - 1]).any()]
    counts = np.ones((issues, levels))
    for issue, least in asks:
        counts[issue, least:] += 1
    weights = np.full(issues, 1 / issues)
    for offer in news:
        counts[np.arange(issues), offer] += 1
    for before, after in pairwise(news):
        weights += LEARNING / issues * (before == after)
        weights /= weights.sum()
    return OpponentModel(weights, counts / counts.max(axis=1, keepdims=True))


def estimate_opponent_values(turn: Turn, packages: Choices) -> PackageValues:
    """Estimate the other side's value of some packages, (packages,), from its offers and requests so far."""
    grid = turn.brief.grid
    return fit_frequency_model(grid[turn.offers_received], int(grid.max()) + 1, turn.requests_received).worth(
        grid[packages]
    )
