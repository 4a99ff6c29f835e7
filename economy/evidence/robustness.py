"""What the model says over many draws: how robust its two games are, whether the paradox holds, what a fit pins down.

Everything here can be repeated to the last digit: the same count and seed give the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.evidence.random_economies import ALIKE, BEHAVIOUR, POLITICS, UNLIKE, WORLDS, Box, draw
from economy.model.accounts import positions
from economy.model.payoffs import TIE, Cell, Stakes, agreement, solve
from economy.parameters import Array, Parameters, Real, defaults, preset
from economy.policy.largest_openness import margins, met
from games.two_by_two.batch import CLASSES, solve_many

Truth = NDArray[np.bool_]

GAPS = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.5, 8.0)
"""Productivity gaps at which the paradox is looked for; the first is a pair of equals."""
LEVELS = (0.05, 0.1, 0.25, 0.5, 1.0)
"""Levels of openness among which an agreement is looked for."""
DIALS: Box = BEHAVIOUR + POLITICS
"""What is drawn to see which of it the tables pin down: all that says what people and governments are like."""

OPPOSED = ("opposed",)
ANY_DOUBT = ("neutral", "weakly opposed", "opposed")
TABLES = {
    "6.A1": {
        False: (OPPOSED, ("weakly in favour",), ("in favour",), ("neutral",)),
        True: (OPPOSED, ("weakly in favour",), ("in favour",), ("neutral", "weakly in favour")),
    },
    "6.A3": {
        False: (OPPOSED, ("weakly in favour",), ("neutral",), ANY_DOUBT),
        True: (OPPOSED, ("weakly in favour",), ("neutral",), ANY_DOUBT),
    },
}
"""Alonso's tables: by reciprocity, the labels that each of the four groups may have; "neutral or opposed" allows
what lies between."""


def classes(stakes: Stakes) -> NDArray[np.str_]:
    """The class of every game of a batch, (*B), by the names of `games.two_by_two.taxonomy`."""
    found = solve_many(stakes.payoffs.reshape(-1, 2, 2, 2), TIE)
    return np.array(CLASSES)[found.code].reshape(stakes.shape)


def matches(stakes: Stakes, table: str) -> Truth:
    """(*B, 8) whether each position of the host's groups is the one printed: first without, then with reciprocity."""
    found = [positions(stakes, reciprocity=row).labels for row in (False, True)]
    cells = [
        np.isin(labels[..., group], allowed)
        for row, labels in zip((False, True), found, strict=True)
        for group, allowed in enumerate(TABLES[table][row])
    ]
    return np.stack(cells, axis=-1)


def counted(names: NDArray[np.str_]) -> dict[str, float]:
    """The share of every name that occurs, in alphabetical order."""
    found, count = np.unique(names, return_counts=True)
    return {str(name): float(number) / names.size for name, number in zip(found, count, strict=True)}


# ---- how robust the two games are


class Robust(NamedTuple):
    """The two kinds of pairs over the box of behaviours: shares of classes, and of positions as printed."""

    alike: dict[str, float]
    unlike: dict[str, float]
    alike_matches: Array
    """(8) shares of draws in which the position is that of Table 6.A1."""
    unlike_matches: Array
    """(8) shares of draws in which the position is that of Table 6.A3."""


def robust(count: int = 2000, seed: int = 11) -> Robust:
    """How often equals play a stag hunt and unequals a bully game, whatever people are like."""
    rng = np.random.default_rng(seed)
    behaviour, alike, unlike = (draw(box, count, rng) for box in (BEHAVIOUR, ALIKE, UNLIKE))
    equals = solve(preset("symmetric").replace(**behaviour, **alike, u1=1 - alike["u0"]))
    others = solve(preset("asymmetric").replace(**behaviour, **unlike))
    return Robust(
        counted(classes(equals)),
        counted(classes(others)),
        matches(equals, "6.A1").mean(axis=0),
        matches(others, "6.A3").mean(axis=0),
    )


# ---- whether the paradox holds


@dataclass(frozen=True, slots=True)
class Paradox:
    """Agreements by gap over the worlds drawn; every row is a world, every column one of GAPS."""

    level: Array
    """(world, gap) largest of LEVELS that is self-enforcing with both governments better off; 0 if none is."""
    rational: Truth
    """(world, gap) at some level neither government is worse off, promises being kept."""
    realised: Array
    """(world, gap) world GDP gained at that level, share of the baseline; 0 without an agreement."""
    potential: Array
    """(world, gap) world GDP gained by full opening."""

    @property
    def agreed(self) -> Array:
        """(gap) share of worlds with an agreement."""
        return (self.level > 0).mean(axis=0)

    @property
    def deal_between_equals(self) -> Truth:
        """(world) there is an agreement at the first gap."""
        return self.level[:, 0] > 0

    def weak(self, gap: float = 4.0) -> float:
        """The weak form: of the worlds in which equals agree, the share where less of the potential is realised."""
        share = self.realised / self.potential
        return float(self._fallen(share, gap).mean())

    def strong(self, gap: float = 4.0) -> float:
        """The strong form: of the same worlds, the share where the realised gain itself is smaller."""
        return float(self._fallen(self.realised, gap).mean())

    def _fallen(self, values: Array, gap: float) -> Truth:
        some = self.deal_between_equals
        return values[some, GAPS.index(gap)] < values[some, 0]


def paradox(count: int = 400, seed: int = 7, **dials: Real) -> Paradox:
    """Look for agreements in many worlds at every gap; `dials` are held fixed, also against a draw.

    Countries of one size with mirrored skills, of which one becomes richer.
    """
    drawn = {name: values[:, None, None] for name, values in draw(WORLDS, count, np.random.default_rng(seed)).items()}
    worlds = defaults().replace(**{**drawn, "train": 0.1, **dials})
    stakes = solve(worlds.replace(gap=np.array(GAPS)[:, None], openness=np.array(LEVELS)))
    room = margins(stakes)
    rational, holding = met(room[..., :2]), met(room)
    gains, level, at = stakes.gdp_gain[..., 0, 0], np.zeros(holding.shape[:2]), np.zeros(holding.shape[:2], dtype=int)
    for number, openness in enumerate(LEVELS):
        level, at = np.where(holding[..., number], openness, level), np.where(holding[..., number], number, at)
    realised = np.where(level > 0, np.take_along_axis(gains, at[..., None], axis=-1)[..., 0], 0.0)
    return Paradox(level, np.asarray(rational.any(axis=-1)), realised, gains[..., -1])


# ---- what a fit to the tables pins down


class Weighed(NamedTuple):
    """What reproducing the tables says about one dial."""

    pull: float
    """Chance that a draw that reproduces them has the larger value of two: 0.5 where the tables say nothing."""
    low: float
    """A twentieth of the reproducing draws lies below."""
    high: float
    """A twentieth of the reproducing draws lies above."""


class Identified(NamedTuple):
    """How much of the box reproduces Alonso's tables: positions of all groups and the class of the game."""

    equals: float
    """Share of draws with every position of Table 6.A1 and a stag hunt."""
    unequals: float
    """Share of draws with every position of Table 6.A3 and a bully game."""
    both: float
    """Share of draws with all of it."""
    error: float
    """Standard error of `both`."""
    cells: Array
    """(2, 8) share of draws with each position of Tables 6.A1 and 6.A3."""
    dials: dict[str, Weighed]


def identified(count: int = 20_000, seed: int = 17, box: Box = DIALS) -> Identified:
    """Draw the box around the defaults, the countries staying those of the two presets, and count."""
    dials = draw(box, count, np.random.default_rng(seed))
    equals = solve(preset("symmetric").replace(**dials))
    others = solve(preset("asymmetric").replace(**{"openness": 0.05, **dials}))
    alike, unlike = matches(equals, "6.A1"), matches(others, "6.A3")
    first = alike.all(axis=-1) & (classes(equals) == "stag-hunt")
    second = unlike.all(axis=-1) & (classes(others) == "bully")
    both = first & second
    share = float(both.mean())
    return Identified(
        equals=float(first.mean()),
        unequals=float(second.mean()),
        both=share,
        error=float(np.sqrt(share * (1 - share) / count)),
        cells=np.stack([alike.mean(axis=0), unlike.mean(axis=0)]),
        dials={name: _weighed(values, both) for name, values in dials.items()},
    )


def _weighed(values: Array, chosen: Truth) -> Weighed:
    """The rank-sum statistic of the chosen against the rest, and the chosen's middle nine tenths."""
    picked = int(chosen.sum())
    if picked in {0, values.size}:
        return Weighed(0.5, float(values.min()), float(values.max()))
    rank = np.argsort(np.argsort(values))[chosen].sum() - picked * (picked - 1) / 2
    low, high = np.quantile(values[chosen], (0.05, 0.95))
    return Weighed(float(rank / (picked * (values.size - picked))), float(low), float(high))


# ---- a dose of migration


def dose(parameters: Parameters, inflow: float = 0.03) -> Cell:
    """The mutual opening under which arrivals are nearest to this share of the host's labour force.

    Tries 400 levels of openness between .001 and .3, as fine as the figures that are compared with it.
    """
    tried = agreement(parameters.replace(openness=np.geomspace(0.001, 0.3, 400)))
    return tried[int(np.argmin(np.abs(tried.inflow[:, 0] - inflow)))]
