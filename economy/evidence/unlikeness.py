"""Net beside gross: what could be gained and what is signed, the less alike two countries are.

Two measures of unlikeness: the dial of `economy.parameters.unlike`, on which everything changes together, and the
productivity gap in random worlds, in which nothing else does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.conventions import STANDARD, Conventions
from economy.evidence.random_economies import WORLDS, draw
from economy.evidence.robustness import GAPS, LEVELS, Truth
from economy.model.payoffs import classify_games, solve_bilateral
from economy.parameters import Array, defaults, unlike
from economy.policy.net_gains import NetGains, net_gains

DEGREES = np.linspace(0.0, 1.0, 11)
"""Degrees of unlikeness, from the symmetric to the asymmetric preset."""
CLASS_OPENNESS = 0.25
"""Openness at which the class of the game is given."""
ROUNDING = 1e-9
"""A share is smaller when it is smaller by more than this."""


class UnlikenessCurve(NamedTuple):
    """Gains and games along the dial of unlikeness."""

    degrees: Array
    """(degree) degrees of unlikeness."""
    classes: tuple[str, ...]
    """(degree) class of the game at CLASS_OPENNESS."""
    gains: NetGains
    """Gains of shape (degree)."""


def trace_unlikeness(degrees: Array = DEGREES, conventions: Conventions = STANDARD) -> UnlikenessCurve:
    """Gains and games at several degrees of unlikeness.

    Parameters
    ----------
    degrees
        (degree) from 0 to 1.
    conventions
        Conventions of the accounts.

    Returns
    -------
    UnlikenessCurve
        Gross and net gains, what of them is signed, and the class of the game.
    """
    pairs = unlike(degrees).replace(conventions=conventions)
    kinds = classify_games(solve_bilateral(pairs.replace(openness=CLASS_OPENNESS)))
    return UnlikenessCurve(degrees, tuple(str(kind) for kind in kinds), net_gains(pairs))


class NetParadox(NamedTuple):
    """The paradox of adverse interest, gross and net, over random worlds; rows are worlds, columns are GAPS."""

    gains: NetGains
    """Gains of shape (world, gap) at the levels of `economy.evidence.robustness.LEVELS`."""

    @property
    def agreement_share(self) -> Array:
        """(gap) share of worlds with an agreement."""
        return self.gains.signed.any(axis=-1).mean(axis=0)

    @property
    def full_share(self) -> Array:
        """(gap) share of worlds that sign full opening."""
        return self.gains.signed[..., -1].mean(axis=0)

    def more_to_gain(self, values: Array, gap: float = 4.0) -> float:
        """Share of worlds in which `values` (world, gap) are larger at `gap`, one of GAPS, than between equals."""
        return float((values[:, GAPS.index(gap)] > values[:, 0]).mean())

    def smaller(self, values: Array, gap: float = 4.0) -> float:
        """Of the worlds where equals agree, the share in which `values` (world, gap) are smaller at `gap`."""
        return float(self._fallen(values, gap).mean())

    def picture(self, gap: float = 4.0) -> float:
        """Of the worlds where equals agree, the share with more to gain, net, and a smaller part of it signed."""
        best = self.gains.best_net[self._equals_agree]
        return float(((best[:, GAPS.index(gap)] > best[:, 0]) & self._fallen(self.gains.share_net, gap)).mean())

    @property
    def _equals_agree(self) -> Truth:
        return np.asarray(self.gains.signed[:, 0].any(axis=-1))

    def _fallen(self, values: Array, gap: float) -> Truth:
        some = values[self._equals_agree]
        return some[:, GAPS.index(gap)] < some[:, 0] - ROUNDING


def net_paradox(count: int = 400, seed: int = 7, conventions: Conventions = STANDARD) -> NetParadox:
    """Gains, gross and net, in many random worlds at every gap; the worlds are those of `paradox`.

    Parameters
    ----------
    count
        Number of worlds.
    seed
        Seed of the random generator.
    conventions
        Conventions of the accounts.

    Returns
    -------
    NetParadox
        Gains by world and gap.

    References
    ----------
    Alonso and Santos Arteaga (2020), "International migratory agreements: the paradox of adverse interest", IZA Journal
    of Development and Migration 11(1).
    """
    drawn = {name: values[:, None] for name, values in draw(WORLDS, count, np.random.default_rng(seed)).items()}
    worlds = defaults().replace(conventions=conventions, gap=np.array(GAPS), train=0.1, **drawn)
    return NetParadox(net_gains(worlds, np.array(LEVELS)))
