"""Net beside gross: what could be gained and what is signed, the less alike two countries are.

Two measures of unlikeness: the dial of `economy.parameters.unlike`, on which everything changes together, and the
productivity gap in random worlds, in which nothing else does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.conventions import STANDARD, Conventions
from economy.evidence.random_economies import WORLDS, draw
from economy.evidence.robustness import Truth
from economy.model.payoffs import classify_games, solve_bilateral
from economy.parameters import Array, Real, defaults, unlike
from economy.policy.net_gains import NetGains, net_gains

GAPS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.5, 8.0)
"""Productivity gaps at which the paradox is tested; the first is a pair of equals."""
LEVELS = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Levels of openness among which an agreement is searched in random worlds."""
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


def trace_unlikeness(degrees: Array = DEGREES, conventions: Conventions = STANDARD, **dials: Real) -> UnlikenessCurve:
    """Gains and games at several degrees of unlikeness.

    Parameters
    ----------
    degrees
        (degree) from 0 to 1.
    conventions
        Conventions of the accounts.
    **dials
        Parameters with another value than on the dial, as `xmax`.

    Returns
    -------
    UnlikenessCurve
        Gross and net gains, what of them is signed, and the class of the game.
    """
    pairs = unlike(degrees).replace(conventions=conventions, **dials)
    kinds = classify_games(solve_bilateral(pairs.replace(openness=CLASS_OPENNESS)))
    return UnlikenessCurve(degrees, tuple(str(kind) for kind in kinds), net_gains(pairs))


class Paradox(NamedTuple):
    """The paradox of adverse interest, gross and net, over random worlds; rows are worlds, columns are GAPS."""

    gains: NetGains
    """Gains of shape (world, gap) at LEVELS."""

    @property
    def agreement_share(self) -> Array:
        """(gap) share of worlds with an agreement that holds by itself."""
        return self.gains.signed.any(axis=-1).mean(axis=0)

    @property
    def binding_share(self) -> Array:
        """(gap) share of worlds with an agreement in which neither government is worse off, in a binding treaty."""
        return self.gains.rational.any(axis=-1).mean(axis=0)

    @property
    def full_share(self) -> Array:
        """(gap) share of worlds that sign full opening."""
        return self.gains.signed[..., -1].mean(axis=0)

    @property
    def equals_agree(self) -> Truth:
        """(world) whether there is an agreement at the first gap."""
        return np.asarray(self.gains.signed[:, 0].any(axis=-1))

    def more_to_gain(self, values: Array, gap: float = 4.0) -> float:
        """Share of worlds in which `values` (world, gap) are larger at `gap`, one of GAPS, than between equals."""
        return float((values[:, GAPS.index(gap)] > values[:, 0]).mean())

    def smaller(self, values: Array, gap: float = 4.0) -> float:
        """Of the worlds where equals agree, the share in which `values` (world, gap) are smaller at `gap`.

        Weak form of the paradox: `gains.share_gross` or `gains.share_net`, the part of the possible gain that is
        signed. Strong form: `gains.gross_signed` or `gains.net_signed`, the gain itself.
        """
        return float(self._fallen(values, gap).mean())

    def picture(self, gap: float = 4.0) -> float:
        """Of the worlds where equals agree, the share with more to gain, net, and a smaller part of it signed."""
        best = self.gains.best_net[self.equals_agree]
        return float(((best[:, GAPS.index(gap)] > best[:, 0]) & self._fallen(self.gains.share_net, gap)).mean())

    def _fallen(self, values: Array, gap: float) -> Truth:
        some = values[self.equals_agree]
        return some[:, GAPS.index(gap)] < some[:, 0] - ROUNDING


def paradox(count: int = 400, seed: int = 7, conventions: Conventions = STANDARD, **dials: Real) -> Paradox:
    """Search agreements in many random worlds at every gap, and what they bring, gross and net.

    The countries have equal size and mirrored skills; the gap makes one of them richer.

    Parameters
    ----------
    count
        Number of worlds.
    seed
        Seed of the random generator.
    conventions
        Conventions of the accounts.
    **dials
        Parameters with a fixed value, used instead of their draw.

    Returns
    -------
    Paradox
        Gains and agreements by world and gap.

    Raises
    ------
    InputError
        A fixed value is outside its limits.

    References
    ----------
    Alonso and Santos Arteaga (2020), "International migratory agreements: the paradox of adverse interest", IZA Journal
    of Development and Migration 11(1).
    """
    drawn = {name: values[:, None] for name, values in draw(WORLDS, count, np.random.default_rng(seed)).items()}
    worlds = defaults().replace(**{"train": 0.1, **drawn, **dials}).replace(conventions=conventions, gap=np.array(GAPS))
    return Paradox(net_gains(worlds, np.array(LEVELS)))
