"""What could be gained by opening, gross and net, and what of it both sign: the numbers behind the curves of Explore.

There are two directions. Along the *first dial* the two countries become less alike: `UnlikeGains`. Along the *level*
both open further, or more people come beyond today's number: `LevelGains`. A corridor that starts from today's migrants
has the second direction only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economy.corridors.limits import EXPANSIONS, FARTHEST, LEVIES, ExpansionLimits, expansion_limits, expansion_pool
from economy.corridors.limits import OPENNESS as CLASS_OPENNESS
from economy.model.payoffs import classify_games, solve_bilateral
from economy.parameters import Array, Parameters
from economy.policy.net_gains import FINE, NetGains, net_gains
from views.explore.dials import EXPANSION, CountryPair, Settings, along_first_dial, values_by_key

OPENNESS: Array = np.concatenate([np.arange(1, 40) / 400, np.arange(20, 50) / 200, np.arange(25, 101) / 100])
"""Levels of openness, in (0, 1], that are searched beside the dial of the gap; every step of the dial is one."""

COVERED_SHARES = (1.0, 0.5, 0.0)
"""Shares of today's migrants whom a treaty reaches, for which the limits of a corridor are shown side by side."""


@dataclass(frozen=True, slots=True)
class LevelGains:
    """Gains of mutual openings of one pair at every level, % of the two countries' GDP."""

    levels: tuple[float, ...]
    """Levels that were tried, rising: openness in (0, 1], or people beyond today's number as a share of it."""
    gross: tuple[float, ...]
    """Gross gain of GDP."""
    net: tuple[float, ...]
    """Welfare: the sum of the money accounts less the cost of moving."""
    signed: tuple[bool, ...]
    """Whether the opening is self-enforcing and leaves neither government below the status quo."""
    pool: float | None
    """The level at which all who are willing have come to the host, where that is within the dial; else None.

    Beyond it more people move the other way only.
    """

    @property
    def best(self) -> int:
        """Return the position of the level with the largest net gain."""
        return int(np.argmax(self.net[: self.count]))

    @property
    def count(self) -> int:
        """Return the number of levels up to the pool; all of them where the dial ends before."""
        return len(self.levels) if self.pool is None else 1 + self.levels.index(self.pool)

    @property
    def largest_signed(self) -> int | None:
        """Return the position of the largest level that both sign; None without any."""
        return max((at for at, holds in enumerate(self.signed[: self.count]) if holds), default=None)

    @property
    def level_both_sign(self) -> float | None:
        """Return the largest level that both sign; None without any."""
        at = self.largest_signed
        return None if at is None else self.levels[at]

    @property
    def summary(self) -> GainSummary:
        """Return the gains in short."""
        best, signed, last = self.best, self.largest_signed, self.count - 1
        gross, net = (0.0, 0.0) if signed is None else (self.gross[signed], self.net[signed])
        return GainSummary(
            possible=self.gross[last],
            full_net=self.net[last],
            full_level=self.levels[last],
            best_gross=self.gross[best],
            best_net=self.net[best],
            best_level=self.levels[best],
            signed_gross=gross,
            signed_net=net,
            level_both_sign=self.level_both_sign,
        )


@dataclass(frozen=True, slots=True)
class GainSummary:
    """Gross and net gains of one pair at three levels, % of the two countries' GDP; levels as in `LevelGains`."""

    possible: float
    """Gross gain at the level `full_level`."""
    full_net: float
    """Net gain there."""
    full_level: float
    """Full opening, all who are willing to come, or the end of the dial."""
    best_gross: float
    """Gross gain at the level with the largest net gain."""
    best_net: float
    """Largest net gain."""
    best_level: float
    """Level with the largest net gain."""
    signed_gross: float
    """Gross gain at the largest level that both sign; 0 without any."""
    signed_net: float
    """Net gain there; 0 without any."""
    level_both_sign: float | None
    """The largest level that both sign; None without any."""

    @property
    def share_gross(self) -> float:
        """Return the part of the possible gross gain that is signed; 0 where there is none."""
        return self.signed_gross / self.possible if self.possible > 0 else 0.0

    @property
    def share_net(self) -> float:
        """Return the part of the best net gain that is signed; 0 where there is none."""
        return self.signed_net / self.best_net if self.best_net > 0 else 0.0


@dataclass(frozen=True, slots=True)
class UnlikeGains:
    """Gains along the first dial of a pair: `LevelGains` at each of its steps."""

    steps: tuple[float, ...]
    """Values of the dial, rising, in its own unit."""
    found: NetGains
    """Gains of shape (step), at every level."""

    def at(self, step: float) -> LevelGains:
        """Return the gains at every level at a step of the dial."""
        number = int(np.abs(np.array(self.steps) - step).argmin())
        return level_gains(self.found[number])

    @property
    def summaries(self) -> tuple[GainSummary, ...]:
        """Return the gains in short at each step of the dial."""
        return tuple(level_gains(self.found[number]).summary for number in range(len(self.steps)))


def level_gains(found: NetGains, pool: float | None = None) -> LevelGains:
    """Return the gains of one economy at every level; `pool` as in `LevelGains`."""
    return LevelGains(
        levels=tuple(found.levels.tolist()),
        gross=tuple(found.gross.tolist()),
        net=tuple(found.net.tolist()),
        signed=tuple(found.signed.tolist()),
        pool=pool,
    )


def trace_first_dial(pair: CountryPair, economy: Parameters) -> UnlikeGains:
    """Compute the gains along the first dial of a pair that has no migrants today.

    The economy's own degree of unlikeness and its openness have no effect: the curves run through all of them. All its
    other parameters count.
    """
    levels = FINE if pair.kind == "unlike" else OPENNESS
    return UnlikeGains(tuple(pair.first[0].steps.tolist()), net_gains(along_first_dial(pair, economy), levels))


def trace_expansion(economy: Parameters) -> LevelGains:
    """Compute the gains of a corridor at every step of the dial of people, and at the pool of the willing.

    The economy's own number of people has no effect.
    """
    levels, pool = expansion_levels(economy)
    steps = EXPANSION.steps * EXPANSION.scale
    levels = levels if pool is None else np.append(levels, steps[steps > pool])
    return level_gains(net_gains(economy, levels, "expansion"), pool)


def expansion_levels(economy: Parameters) -> tuple[Array, float | None]:
    """Return the numbers of people beyond today's that are tried, and the pool where it ends them, else None."""
    steps, pool = EXPANSION.steps * EXPANSION.scale, expansion_pool(economy)
    return (steps, None) if pool >= FARTHEST else (np.append(steps[steps < pool], pool), pool)


@dataclass(frozen=True, slots=True)
class ClassList:
    """Classes of the game of one pair at several levels."""

    levels: tuple[float, ...]
    classes: tuple[str, ...]
    """Names of `games.two_by_two.taxonomy`."""
    people: bool
    """Whether the levels are people beyond today's number; otherwise openness."""


def list_classes(pair: CountryPair, economy: Parameters) -> ClassList:
    """Return the classes of the game of a pair at several levels; its own level has no effect."""
    people = pair.kind == "today"
    levels = EXPANSIONS if people else CLASS_OPENNESS
    kinds = classify_games(solve_bilateral(economy.replace(**{pair.level.field: levels})))
    return ClassList(tuple(levels.tolist()), tuple(str(kind) for kind in kinds), people)


@dataclass(frozen=True, slots=True)
class CoveredLimits:
    """How far beyond today's number an agreement holds, by the share of today's migrants whom a treaty reaches."""

    limits: tuple[tuple[float, ExpansionLimits], ...]
    """Share of `COVERED_SHARES`, and the limits: NaN where no number of people holds."""
    pool: float | None
    """People beyond today's number when all who are willing have come; None beyond the dial."""


def trace_limits(economy: Parameters) -> CoveredLimits:
    """Compute the limits of a corridor without a levy and with one, for each of `COVERED_SHARES`.

    The levy, the number of people and the covered share of the economy have no effect; its other parameters count.
    """
    levels, pool = expansion_levels(economy)
    shares = np.array(COVERED_SHARES)[:, None]
    found = net_gains(economy.replace(tax=LEVIES, covered=shares), levels, "expansion")
    limits = ((share, expansion_limits(found[number])) for number, share in enumerate(COVERED_SHARES))
    return CoveredLimits(tuple(limits), pool)


def people_beyond_today(pair: CountryPair, settings: Settings) -> float:
    """Return the people beyond today's number on the dial, as a share of that number."""
    return values_by_key(pair, settings)[EXPANSION.key] * EXPANSION.scale
