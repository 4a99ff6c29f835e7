"""What talks are measured against: the Nash package of theory, and movers without a plan.

    Nash                 whoever speaks proposes the analytic Nash package, and the other side takes it
    zero intelligence    any package that is better than walking away, all alike (Gode and Sunder 1993, constrained)
    random mover         any package at all, and a coin decides whether to accept (Gode and Sunder's unconstrained)

They sit on both seats and play by the rules of the case: votes at home, shocks and deadlines are as they are. Their
runs draw from streams of their own, so that nothing in a sweep changes by them. What a tactic adds to no thought at
all is its distance from the movers; what it leaves on the table, its distance from Nash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

import agents
from agents.random_streams import stream
from agents.table import Table, briefed, laid
from economy.parameters import Array
from games.bargaining.frontier import points
from games.errors import refuse
from games.json_values import plain
from lab.analysis.bootstrap import Drawn, Interval, drawn, interval
from lab.analysis.comparison import SAME
from lab.analysis.dataset import Harvest
from lab.analysis.summaries import Summary
from lab.design.cases import Design, case
from lab.design.measure_catalogue import Played
from lab.design.measures import measures
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Accept, Move, Offer, Request, Walk, Withdraw
from negotiation.protocols.state import Mover, Phase, View
from negotiation.tactics.brief import Brief, Ranking, offerable, ranked
from negotiation.tactics.registry import tactic

MOST = 24
"""Cases that are played by every baseline, spread over the design; some tenths of a second each."""
MOST_STRAYS = 3
"""Measures that are told when the cases are not like the whole sweep."""
OURS = "the sweep"
"""Who has played where no baseline has."""

Seat: TypeAlias = Callable[[Table, int, np.random.Generator], Mover]
"""Who sits at a table for a party, with a random stream of its own."""


def _theorist(table: Table, party: int, _: np.random.Generator) -> Mover:
    """Proposes the Nash package of the world as it is by now, and takes it when it is offered."""

    def made(brief: Brief) -> Mover:
        anything = _anything(brief)

        def move(seen: View) -> Move:
            talks = seen.talks
            if talks.phase is Phase.REQUEST:
                return Request(party, ())
            preferences = table.after(talks.shocks).preferences
            nash = [each for each in points(preferences.values, preferences.walk_away).nash if each]
            fresh = [each for each in nash if each not in talks.rejected]
            if not fresh:
                return Walk(party, "no package is better than walking away for both, or it has failed at home")
            if talks.standing in fresh and Accept in legal(talks, party):
                return Accept(party)
            open_to_it = offerable(brief, anything, seen).packages
            # After a shock its own promises may stand in the way of the new package.
            return next((Offer(party, each) for each in fresh if each in open_to_it), Withdraw(party))

        return move

    return briefed(table, party, made)


def _trader(table: Table, party: int, chance: np.random.Generator) -> Mover:
    """The tactic `random` of the house: constrained zero intelligence."""
    return briefed(table, party, partial(tactic, "random", random=chance))


def _drifter(table: Table, party: int, chance: np.random.Generator) -> Mover:
    """Anything that the rules allow, whatever it is worth."""

    def made(brief: Brief) -> Mover:
        anything = _anything(brief)

        def move(seen: View) -> Move:
            if seen.talks.phase is Phase.REQUEST:
                return Request(party, ())
            if Accept in legal(seen.talks, party) and chance.random() < 0.5:
                return Accept(party)
            allowed = offerable(brief, anything, seen).packages
            return Offer(party, int(chance.choice(allowed))) if allowed.size else Withdraw(party)

        return move

    return briefed(table, party, made)


def _anything(brief: Brief) -> Ranking:
    """Every package there is."""
    return ranked(brief.values, np.ones(brief.values.size, dtype=bool))


BASELINES: Mapping[str, Seat] = MappingProxyType(
    {"Nash": _theorist, "zero intelligence": _trader, "random mover": _drifter}
)
"""Who sits on every seat, by name."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One measure of the sweep, or of a baseline, over the same cases."""

    measure: str
    who: str
    """`OURS`, or a baseline's name."""
    arm: str
    interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON."""
        told = None if self.interval is None else self.interval.to_dict()
        return plain({"measure": self.measure, "who": self.who, "arm": self.arm, "interval": told})


@dataclass(frozen=True, slots=True)
class Sample:
    """The cases of a design that every baseline plays, in every arm."""

    points: tuple[int, ...]
    """Their numbers in the design."""
    of_points: int
    replicates: int
    """Of each of these points: the first ones."""
    of_replicates: int

    def __str__(self) -> str:
        many = "replicate" if self.replicates == 1 else "replicates"
        return f"{len(self.points):,} of {self.of_points:,} points, {self.replicates:,} {many}"

    def to_dict(self) -> dict[str, int]:
        """How many cases that are, as JSON."""
        return {
            "points": len(self.points),
            "of_points": self.of_points,
            "replicates": self.replicates,
            "of_replicates": self.of_replicates,
        }


def sample(design: Design, most: int = MOST, among: Sequence[int] | None = None) -> Sample:
    """Which cases the baselines play when they may play `most`: points first, at equal steps through the design.

    What is left of the budget goes to replicates. One point is played at least, in every arm; `among` names the
    points that may be played, where these are not all.
    """
    open_to_it = np.arange(design.length) if among is None else np.array(among, dtype=np.int64)
    a_arm = max(most // len(design.arms), 1)
    wanted = min(a_arm, len(open_to_it))
    picked = np.unique(np.linspace(0, len(open_to_it) - 1, wanted).round().astype(np.int64))
    replicates = min(design.replicates, max(a_arm // max(len(picked), 1), 1))
    return Sample(tuple(open_to_it[picked].tolist()), design.length, replicates, design.replicates)


def fitting(found: Harvest, most: int = MOST) -> Sample | None:
    """The cases that baselines play beside a sweep: among the points that have a run which ended well.

    None for a sweep of theory, and where there is no such point.
    """
    if found.design.kind != "simulate":
        return None
    points = np.flatnonzero(found.good.any(axis=(1, 2))).tolist()
    return sample(found.design, most, points) if points else None


def beside(found: Harvest, most: int = MOST) -> tuple[Baseline, ...]:
    """The numeric measures of a sweep of talks beside those of every baseline, on the same cases, arm by arm.

    `fitting` says which cases these are; those whose own run did not end well are left out. () where there are none;
    InputError for a sweep of theory, where nobody moves.
    """
    design = found.design
    if design.kind != "simulate":
        raise refuse(design.name, "has no talks in it, and baselines are talks", 'take a sweep of kind = "simulate"')
    chosen = fitting(found, most)
    if chosen is None:
        return ()
    what = drawn(design)
    # Points that are picked out of their blocks stand each for itself.
    what = Drawn(min(what.block, 1), what.replicates, what.seed)
    cases = found.good[list(chosen.points), :, : chosen.replicates]
    rows = {who: _played(design, chosen, cases, who) for who in BASELINES}
    names = design.measures
    ours = {name: found.of(name)[list(chosen.points), :, : chosen.replicates] for name in found.numbers}
    return tuple(
        Baseline(name, who, arm, interval(cells[:, at], what))
        for name in found.numbers
        for at, arm in enumerate(found.arms)
        for who, cells in [(OURS, ours[name]), *((who, rows[who][names.index(name)]) for who in BASELINES)]
    )


def _played(design: Design, chosen: Sample, cases: NDArray[np.bool_], who: str) -> list[Array]:
    """By measure: (point, arm, replicate) what a baseline reaches; NaN for words and where there is nothing."""
    columns = measures(design)
    cells = [np.full(cases.shape, np.nan) for _ in columns]
    for (row, point), arm in product(enumerate(chosen.points), range(len(design.arms))):
        played_too = np.flatnonzero(cases[row, arm]).tolist()
        if not played_too:  # what cannot be read was told when its run failed
            continue
        first = (point * len(design.arms) + arm) * design.replicates
        table = laid(design.draft.read(case(design, first).settings.items()))
        for replicate in played_too:
            played = play(table, who, design.seed, replicate)
            for place, column in zip(cells, columns, strict=True):
                value = column.of(played)
                place[row, arm, replicate] = np.nan if value is None or isinstance(value, str) else value
    return cells


def strays(design: Design, chosen: Sample, played: Sequence[Baseline], whole: Sequence[Summary]) -> str | None:
    """A sentence on the means of the sweep that are not the same on the baselines' cases; None where all are.

    A mean over these cases should lie in the interval of the mean over the whole design; where there is no interval
    it should be that mean.
    """
    known = {(each.measure, each.arm): each.interval for each in whole}
    pairs = [(each, each.interval, known.get((each.measure, each.arm))) for each in played if each.who == OURS]
    told = [
        f"{each.measure}{f' in {each.arm}' if len(design.arms) > 1 else ''} is {here.mean:.3g} there, "
        f"{over.mean:.3g} over the whole sweep"
        for each, here, over in pairs
        if here is not None and over is not None and not _inside(here.mean, over)
    ]
    if not told:
        return None
    more = f", and {len(told) - MOST_STRAYS} more" if len(told) > MOST_STRAYS else ""
    return (
        f"The cases that the baselines play ({chosen}) are not like the whole sweep: "
        f"{'; '.join(told[:MOST_STRAYS])}{more}. With --baselines N they play N of the {design.count:,} cases."
    )


def _inside(mean: float, over: Interval) -> bool:
    low, high = (over.mean if end is None else end for end in (over.low, over.high))
    room = SAME * max(1.0, abs(low), abs(high))
    return low - room <= mean <= high + room


def play(table: Table, who: str, seed: int, replicate: int = 0) -> Played:
    """One talk with a baseline on every seat. InputError for a name that is none of `BASELINES`."""
    if who not in BASELINES:
        raise refuse("baseline", f"{who!r} is none", f"write one of: {', '.join(BASELINES)}")
    seats = {
        seat.country: BASELINES[who](table, party, stream(seed, replicate, f"{who} on seat {party}"))
        for party, seat in enumerate(table.scenario.seats)
    }
    return Played(agents.simulate(table.scenario, seed, replicate, seats))
