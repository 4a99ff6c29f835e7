"""Bidding: which own value to aim at in this turn, and which package to offer at that value.

    Ask      the least own value to aim at in this turn         conceding, firm, content, reciprocal, counted
    Bid      one of the open packages at about that value       nearest, kindest, stepwise, blind
    wishes   the requests before any offer is made

Each is a function of one turn; `negotiation.tactics.registry` combines them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from negotiation.protocols.moves import RequestedLevels
from negotiation.protocols.state import Rules
from negotiation.tactics.brief import Brief, Choices, PackageValues, Ranking, Turn
from negotiation.tactics.opponent_model import estimate_opponent_values

TargetRule: TypeAlias = Callable[[Turn], float]
"""Function from a turn to the least own value to aim at."""

BidRule: TypeAlias = Callable[[Turn, float], int]
"""Function from a turn and that value to a package that is still open; there must be one."""

REQUESTS = 3
"""Number of ladders that a delegation requests when its brief names none (assumption)."""

GOODWILL = 0.1
"""Share of its own demand that a reciprocating delegation concedes before the other side concedes (assumption)."""

SAME = 1e-9
"""Estimated values that differ by no more than this count as equal."""


def aspiration(best: float, worst: float, now: int, rounds: int, exponent: float) -> float:
    """Compute the aspiration value at a time: `best` in the first round, `worst` in the last.

    The share conceded is time ** (1 / exponent), with time from 0 to 1.

    Parameters
    ----------
    best
        Value in the first round.
    worst
        Value in the last round and after it.
    now
        Number of the round, from 0.
    rounds
        Number of all rounds, from 1.
    exponent
        Above 0. Below 1 concedes late (Boulware), 1 evenly, above 1 early (conceder).

    Returns
    -------
    float
        A value from `worst` to `best`.

    References
    ----------
    Faratin, Sierra and Jennings, Robotics and Autonomous Systems 24 (1998).
    """
    elapsed = min(now / max(rounds - 1, 1), 1.0)
    return best - (best - worst) * elapsed ** (1 / exponent)


def time_dependent_target(exponent: float) -> TargetRule:
    """Make the rule that concedes with time, whatever the other side does; see `aspiration` for the exponent."""

    def ask(turn: Turn) -> float:
        talks = turn.talks
        return aspiration(turn.full.best, turn.full.worst, talks.round, talks.rules.rounds, exponent)

    return ask


def hardliner_target(turn: Turn) -> float:
    """Aim at the best own value, in every turn."""
    return turn.full.best


def minimal_target(turn: Turn) -> float:
    """Aim at the least own value that may be signed."""
    return turn.full.worst


def reciprocal_target(turn: Turn) -> float:
    """Concede the same share of the own demand as the other side has conceded of its demand.

    This is relative tit for tat (Faratin, Sierra and Jennings 1998), computed on own values instead of issue by issue.
    The own demand is the value aimed at above the worst acceptable package. The other side's demand is the shortfall of
    its offer from the own best value. After its first offer the delegation also concedes a tenth without a concession
    from the other side, so that concessions can begin.
    """
    best, worst = turn.full.best, turn.full.worst
    share = 1 - GOODWILL if turn.own_offers else 1.0
    if turn.offers_received:
        first, last = (
            best - turn.brief.values[turn.offers_received[0]],
            best - turn.brief.values[turn.offers_received[-1]],
        )
        share *= last / first if first > 0 else 1.0
    return worst + (best - worst) * min(max(share, 0.0), 1.0)


def micro_target(turn: Turn) -> float:
    """Aim at the next best package if it is time to concede, else at the least own value among the own offers.

    MiCRO (de Jonge 2022): it is time to concede as long as the other side has made at least as many different offers.
    """
    fresh, used = _steps(turn)
    return float(turn.brief.values[fresh if fresh is not None else used[0]])


def similar_bid(turn: Turn, level: float) -> int:
    """Choose, among the packages at that value, the one most similar to the other side's standing offer.

    A trade-off by similarity (Faratin, Sierra and Jennings 2002). Two packages are more similar the smaller the sum of
    their differences in levels. Without a standing offer of the other side, the package that falls least short of its
    requests is chosen; without requests, the one with the highest own value. Ties are broken at random.

    Parameters
    ----------
    turn
        The turn; at least one package must be open.
    level
        The own value to aim at.

    Returns
    -------
    int
        Number of the package in the grid.

    References
    ----------
    Faratin, Sierra and Jennings, Artificial Intelligence 142 (2002).
    """
    alike = turn.open.alike(level)
    if turn.theirs is not None:
        return _best(alike, -_distance(turn, alike, turn.theirs), turn)
    if turn.requests_received:
        return _best(alike, -_missing(turn, alike), turn)
    return _best(alike, turn.brief.values[alike], turn)


def logrolling_bid(turn: Turn, level: float) -> int:
    """Choose, among the packages at that value, the one with the highest estimated value to the other side: logrolling.

    It concedes on issues of little own value and claims on issues that seem to matter little to the other side (see
    `negotiation.tactics.opponent_model`). Among packages with equal estimated values it takes the one with the highest
    own value.
    """
    alike = turn.open.alike(level)
    liking = estimate_opponent_values(turn, alike)
    liked = alike[liking >= liking.max() - SAME]
    return _best(liked, turn.brief.values[liked], turn)


def micro_bid(turn: Turn, _: float) -> int:
    """Choose the next best package if it is time to concede, else one of the own offers at random (MiCRO)."""
    fresh, used = _steps(turn)
    return fresh if fresh is not None else int(used[turn.random.integers(used.size)])


def random_bid(turn: Turn, _: float) -> int:
    """Choose any open package, all with the same probability."""
    return int(turn.open.packages[turn.random.integers(turn.open.size)])


def choose_requests(brief: Brief, full: Ranking, rules: Rules, party: int) -> RequestedLevels:
    """Choose the requests of a delegation: on each important ladder, the level of its own best package.

    The ladders are its priorities. Without priorities they are, among the ladders that only the other side concedes,
    the three on which its own values depend most; where there are no such ladders, it chooses among all.

    Parameters
    ----------
    brief
        Brief of the delegation.
    full
        Every package that it may sign; may be empty.
    rules
        Rules of the talks.
    party
        Number of the delegation, from 0.

    Returns
    -------
    RequestedLevels
        Places of ladders with the least level requested. A priority is requested at level 1 at least. Ladders that are
        fixed at level 0 are left out.
    """
    aim = brief.grid[int(full.packages[-1]) if full.size else int(brief.values.argmax())]
    asks = [(place, max(int(aim[place]), 1)) for place in dict.fromkeys(brief.priorities)]
    if not brief.priorities:
        theirs = [place for other in range(rules.parties) if other != party for place in rules.own(other)]
        matter = sorted(theirs or range(len(rules.shape)), key=lambda place: -_stake(brief, place))
        asks = [(place, int(aim[place])) for place in matter if aim[place]][:REQUESTS]
    return tuple((place, level) for place, level in asks if level < rules.shape[place])


def _stake(brief: Brief, place: int) -> float:
    """The range of the mean own value over the levels of one ladder."""
    levels = brief.grid[:, place]
    means = np.bincount(levels, weights=brief.values) / np.bincount(levels)
    return float(np.ptp(means))


def _steps(turn: Turn) -> tuple[int | None, Choices]:
    """The two options of MiCRO: the package to concede to, or None, and the own offers to repeat, worst first.

    Accepting a package counts as offering it, so that a failed vote does not stop the concessions.
    """
    said, ranking = set(turn.own_offers), turn.open.packages
    met = {*turn.offers_received, *said.intersection(turn.talks.rejected)}
    repeated = np.isin(ranking, list(said))
    used, fresh = ranking[repeated], ranking[~repeated]
    concedes = fresh.size and (len(said) <= len(met) or not used.size)
    return int(fresh[-1]) if concedes else None, used


def _distance(turn: Turn, packages: Choices, package: int) -> PackageValues:
    """The sum over all issues of the differences in levels between each of some packages and one other, (packages,)."""
    grid = turn.brief.grid
    return np.abs(grid[packages].astype(np.int64) - grid[package]).sum(axis=1)


def _missing(turn: Turn, packages: Choices) -> PackageValues:
    """The levels by which each of some packages falls short of the other side's requests, summed, (packages,)."""
    grid = turn.brief.grid[packages].astype(np.int64)
    return np.sum([np.maximum(least - grid[:, place], 0) for place, least in turn.requests_received], axis=0)


def _best(packages: Choices, liking: PackageValues, turn: Turn) -> int:
    """The package with the highest liking; ties are broken at random."""
    best = np.sort(packages[liking == liking.max()])
    return int(best[turn.random.integers(best.size)])
