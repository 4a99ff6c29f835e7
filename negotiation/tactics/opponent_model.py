"""What a delegation believes another one to want, from nothing but what that one has asked for.

The frequency model of HardHeaded (van Krimpen, Looije and Hajizadeh 2013), winner of the agents' competition of
2011: what is asked for often is liked, and an issue on which a party does not move matters to it. It supposes
nothing about how the other side concedes over time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from negotiation.protocols.moves import Asks
from negotiation.tactics.brief import Choices, Grid, Turn, Worth

LEARNING = 0.2
"""How much weight a party's firmness on all issues together adds at once (van Krimpen et al. 2013)."""


class Wants(NamedTuple):
    """The believed values of another party, additive over issues."""

    weights: Worth
    """How much each issue matters, (issues,); they add up to 1."""
    liking: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    """How much each level is liked, (issues, levels), up to 1 for the best of an issue."""

    def worth(self, packages: Grid) -> Worth:
        """The believed value of packages given by their levels, (packages,), between 0 and 1."""
        return self.liking[np.arange(len(self.weights)), packages] @ self.weights


def frequencies(offered: Grid, levels: int, asks: Asks = ()) -> Wants:
    """What a party seems to want after its offers, (offers, issues), on issues of up to so many levels.

    Every level starts with one count. An offer repeated at once tells nothing new and is left out (a departure:
    there it would draw all weights together). A request counts once for every level that satisfies it.
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
    return Wants(weights, counts / counts.max(axis=1, keepdims=True))


def believed(turn: Turn, packages: Choices) -> Worth:
    """What the other side is believed to find in some packages, (packages,)."""
    grid = turn.brief.grid
    return frequencies(grid[turn.heard], int(grid.max()) + 1, turn.asked).worth(grid[packages])
