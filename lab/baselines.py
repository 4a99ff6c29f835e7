"""What talks are measured against: the Nash package of theory, and movers without a plan.

    Nash                 whoever speaks proposes the analytic Nash package, and the other side takes it
    zero intelligence    any package that is better than walking away, all alike (Gode and Sunder 1993, constrained)
    random mover         any package at all, and a coin decides whether to accept (Gode and Sunder's unconstrained)

They sit on both seats and play by the rules of the case: votes at home, shocks and deadlines are as they are. Their
runs draw from streams of their own, so that nothing in a sweep changes by them. What a tactic adds to no thought at
all is its distance from the movers; what it leaves on the table, its distance from Nash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

import agents
from agents.seating import Table, briefed, laid
from agents.streams import stream
from games.errors import refuse
from games.frontier import points
from games.plain import plain
from lab.catalogue import Played
from lab.design import Design, case
from lab.harvest import Harvest
from lab.intervals import Drawn, Interval, drawn, interval
from lab.measures import measures
from negotiation.briefs import Brief
from negotiation.moves import Accept, Move, Offer, Request, Walk
from negotiation.protocols import legal
from negotiation.tactics import tactic
from negotiation.talks import Mover, Phase, View

MOST = 60
"""Cases that are played by every baseline, spread over the design."""

Seat: TypeAlias = Callable[[Table, int, np.random.Generator], Mover]
"""Who sits at a table for a party, with a random stream of its own."""


def _theorist(table: Table, party: int, _: np.random.Generator) -> Mover:
    """Proposes the Nash package of the world as it is by now, and takes it when it is offered."""

    def move(seen: View) -> Move:
        preferences = table.after(seen.talks.shocks).preferences
        wanted = [each for each in points(preferences.values, preferences.walk_away).nash if each]
        fresh = [each for each in wanted if each not in seen.talks.rejected]
        if seen.talks.phase is Phase.REQUEST:
            return Request(party, ())
        if not fresh:
            return Walk(party, "no package is better than walking away for both, or it has failed at home")
        if seen.talks.standing in fresh and Accept in legal(seen.talks, party):
            return Accept(party)
        return Offer(party, fresh[0])

    return move


def _trader(table: Table, party: int, chance: np.random.Generator) -> Mover:
    """The tactic `random` of the house: constrained zero intelligence."""
    return briefed(table, party, partial(tactic, "random", random=chance))


def _drifter(table: Table, party: int, chance: np.random.Generator) -> Mover:
    """Anything, whatever it is worth."""

    def made(brief: Brief) -> Mover:
        def move(seen: View) -> Move:
            if seen.talks.phase is Phase.REQUEST:
                return Request(party, ())
            if Accept in legal(seen.talks, party) and chance.random() < 0.5:
                return Accept(party)
            allowed = np.setdiff1d(np.arange(1, brief.values.size), seen.talks.rejected)
            return Offer(party, int(chance.choice(allowed)))

        return move

    return briefed(table, party, made)


BASELINES: Mapping[str, Seat] = MappingProxyType(
    {"Nash": _theorist, "zero intelligence": _trader, "random mover": _drifter}
)
"""Who sits on every seat, by name."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One measure of the sweep, or of a baseline, over the same cases."""

    measure: str
    who: str
    """`the sweep`, or a baseline's name."""
    arm: str
    interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON."""
        told = None if self.interval is None else self.interval.to_dict()
        return plain({"measure": self.measure, "who": self.who, "arm": self.arm, "interval": told})


def baselines(found: Harvest, most: int = MOST) -> tuple[Baseline, ...]:
    """The numeric measures of a sweep of talks beside those of every baseline, on the same cases, arm by arm.

    Where the design has more cases than `most`, whole points are picked at equal steps, all their arms and
    replicates with them, one point at least. InputError for a sweep of theory, in which nobody moves.
    """
    design = found.design
    if design.kind != "simulate":
        raise refuse(design.name, "has no talks in it, and baselines are talks", 'take a sweep of kind = "simulate"')
    size = len(design.arms) * design.replicates
    wanted = max(1, most // size)
    picked = np.unique(np.linspace(0, design.length - 1, min(wanted, design.length)).round().astype(np.int64))
    what = drawn(design)
    # Points that are picked out of their blocks stand each for itself.
    what = Drawn(min(what.block, 1), what.replicates, what.seed)
    rows = {who: _played(design, picked, who) for who in BASELINES}
    names = design.measures
    ours = {name: found.of(name)[picked] for name in found.numbers}
    return tuple(
        Baseline(name, who, arm, interval(cells[:, at], what))
        for name in found.numbers
        for at, arm in enumerate(found.arms)
        for who, cells in [("the sweep", ours[name]), *((who, rows[who][names.index(name)]) for who in BASELINES)]
    )


def _played(design: Design, picked: np.ndarray[Any, np.dtype[np.int64]], who: str) -> list[Any]:
    """By measure: (point, arm, replicate) what a baseline reaches; NaN for words and where there is nothing."""
    columns, arms, replicates = measures(design), len(design.arms), design.replicates
    cells = [np.full((len(picked), arms, replicates), np.nan) for _ in columns]
    for row, point in enumerate(picked.tolist()):
        for number in range(point * arms * replicates, (point + 1) * arms * replicates):
            told = case(design, number)
            table = laid(design.draft.read(told.settings.items()))
            played = play(table, who, design.seed, told.replicate)
            at = row, number // replicates % arms, told.replicate
            for place, column in zip(cells, columns, strict=True):
                value = column.of(played)
                place[at] = value if isinstance(value, float | int) else np.nan
    return cells


def play(table: Table, who: str, seed: int, replicate: int = 0) -> Played:
    """One talk with a baseline on every seat. InputError for a name that is none of `BASELINES`."""
    if who not in BASELINES:
        raise refuse("baseline", f"{who!r} is none", f"write one of: {', '.join(BASELINES)}")
    seats = {
        seat.country: BASELINES[who](table, party, stream(seed, replicate, f"{who} on seat {party}"))
        for party, seat in enumerate(table.scenario.seats)
    }
    return Played(agents.simulate(table.scenario, seed, replicate, seats))
