"""What to say next: how much to ask for by now, and which package to offer at that level.

    Ask      the least own value that is asked for this turn    conceding, firm, content, reciprocal, counted
    Bid      one of the open packages at that level             nearest, kindest, stepwise, blind
    wishes   what is requested before any offer is made

Each is a function of one turn; `negotiation.tactics.registry` puts them together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from negotiation.protocols.moves import Asks
from negotiation.protocols.state import Rules
from negotiation.tactics.brief import Brief, Choices, Ranking, Turn, Worth
from negotiation.tactics.opponent_model import believed

Ask: TypeAlias = Callable[[Turn], float]
"""A turn to the least own value that is asked for."""

Bid: TypeAlias = Callable[[Turn, float], int]
"""A turn and that value to a package that is still open; there must be one."""

REQUESTS = 3
"""How many ladders a delegation requests when its brief names none (assumption)."""

GOODWILL = 0.1
"""The share of its own demand that a delegation gives up unasked, once, when it answers like with like (assumption)."""

SAME = 1e-9
"""Beliefs nearer than this are the same."""


def aspiration(best: float, worst: float, now: int, rounds: int, exponent: float) -> float:
    """The value asked for in round `now` of `rounds`: `best` in the first, `worst` in the last.

    Faratin, Sierra and Jennings (1998): the share given up is time ** (1 / exponent); an exponent below 1
    concedes late, above 1 early.
    """
    elapsed = min(now / max(rounds - 1, 1), 1.0)
    return best - (best - worst) * elapsed ** (1 / exponent)


def conceding(exponent: float) -> Ask:
    """Ask for less as time goes by, whatever the other side does."""

    def ask(turn: Turn) -> float:
        talks = turn.talks
        return aspiration(turn.full.best, turn.full.worst, talks.round, talks.rules.rounds, exponent)

    return ask


def firm(turn: Turn) -> float:
    """Ask for the best there is, always."""
    return turn.full.best


def content(turn: Turn) -> float:
    """Ask for no more than what may be signed at all."""
    return turn.full.worst


def reciprocal(turn: Turn) -> float:
    """Give up as large a share of one's demand as the other side has given up of its own.

    Relative tit for tat (Faratin, Sierra and Jennings 1998), here in own values instead of issue by issue. One's
    demand is what one asks for above the worst acceptable package; theirs is what their offer leaves one short of
    the best. Somebody has to begin: after its first offer the delegation gives up a tenth unasked.
    """
    best, worst = turn.full.best, turn.full.worst
    share = 1 - GOODWILL if turn.said else 1.0
    if turn.heard:
        first, last = best - turn.brief.values[turn.heard[0]], best - turn.brief.values[turn.heard[-1]]
        share *= last / first if first > 0 else 1.0
    return worst + (best - worst) * min(max(share, 0.0), 1.0)


def counted(turn: Turn) -> float:
    """Ask for the next best package while it is one's turn to concede, else for the least of one's own offers.

    MiCRO (de Jonge 2022): it is, as long as the other side has made as many different offers.
    """
    fresh, used = _steps(turn)
    return float(turn.brief.values[fresh if fresh is not None else used[0]])


def nearest(turn: Turn, level: float) -> int:
    """Of the packages at that level the one most like what the other side last asked for.

    A trade-off by similarity (Faratin, Sierra and Jennings 2002): a package is nearer the fewer levels lie
    between; before any offer, the less of the requests it leaves out; before any request, the more it is worth.
    """
    alike = turn.open.alike(level)
    if turn.theirs is not None:
        return _best(alike, -_distance(turn, alike, turn.theirs), turn)
    if turn.asked:
        return _best(alike, -_missing(turn, alike), turn)
    return _best(alike, turn.brief.values[alike], turn)


def kindest(turn: Turn, level: float) -> int:
    """Of the packages at that level the one that the other side is believed to like best: logrolling.

    One gives where one cares little and takes where the other side seems to (see `negotiation.tactics.opponent_model`).
    Of those it is believed to like the same, the one worth most.
    """
    alike = turn.open.alike(level)
    liking = believed(turn, alike)
    liked = alike[liking >= liking.max() - SAME]
    return _best(liked, turn.brief.values[liked], turn)


def stepwise(turn: Turn, _: float) -> int:
    """The next best package when it is one's turn to concede, else any of one's own offers again (MiCRO)."""
    fresh, used = _steps(turn)
    return fresh if fresh is not None else int(used[turn.random.integers(used.size)])


def blind(turn: Turn, _: float) -> int:
    """Any open package, all with the same chance."""
    return int(turn.open.packages[turn.random.integers(turn.open.size)])


def wishes(brief: Brief, full: Ranking, rules: Rules, party: int) -> Asks:
    """What a delegation requests: on each ladder that matters, the level of its own best package.

    The ladders are its priorities; without any, those which the other side concedes and on which its own values
    hang most. A priority is asked for at level 1 at least; held ladders cannot be asked for.
    """
    aim = brief.grid[int(full.packages[-1]) if full.size else int(brief.values.argmax())]
    asks = [(place, max(int(aim[place]), 1)) for place in dict.fromkeys(brief.priorities)]
    if not brief.priorities:
        theirs = [place for other in range(rules.parties) if other != party for place in rules.own(other)]
        matter = sorted(theirs or range(len(rules.shape)), key=lambda place: -_stake(brief, place))
        asks = [(place, int(aim[place])) for place in matter if aim[place]][:REQUESTS]
    return tuple((place, level) for place, level in asks if level < rules.shape[place])


def _stake(brief: Brief, place: int) -> float:
    """How much the own value changes along one ladder, on average over all else."""
    levels = brief.grid[:, place]
    means = np.bincount(levels, weights=brief.values) / np.bincount(levels)
    return float(np.ptp(means))


def _steps(turn: Turn) -> tuple[int | None, Choices]:
    """MiCRO's two options: the package to concede to, if it is time, and the own offers to repeat, worst first.

    An acceptance counts as an offer of what was accepted, so that a failed vote does not stop the concessions.
    """
    said, ranking = set(turn.said), turn.open.packages
    met = {*turn.heard, *said.intersection(turn.talks.rejected)}
    repeated = np.isin(ranking, list(said))
    used, fresh = ranking[repeated], ranking[~repeated]
    concedes = fresh.size and (len(said) <= len(met) or not used.size)
    return int(fresh[-1]) if concedes else None, used


def _distance(turn: Turn, packages: Choices, package: int) -> Worth:
    """Levels that lie between each of some packages and one other, over all issues."""
    grid = turn.brief.grid
    return np.abs(grid[packages].astype(np.int64) - grid[package]).sum(axis=1)


def _missing(turn: Turn, packages: Choices) -> Worth:
    """Levels by which each of some packages falls short of the other side's requests."""
    grid = turn.brief.grid[packages].astype(np.int64)
    return np.sum([np.maximum(least - grid[:, place], 0) for place, least in turn.asked], axis=0)


def _best(packages: Choices, liking: Worth, turn: Turn) -> int:
    """The package with the highest liking; ties are broken at random."""
    best = np.sort(packages[liking == liking.max()])
    return int(best[turn.random.integers(best.size)])
