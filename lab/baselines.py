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

import agents
from agents.seating import Table, briefed, laid
from agents.streams import stream
from economy.parameters import Array
from games.errors import refuse
from games.frontier import points
from games.plain import plain
from lab.catalogue import Played
from lab.design import Design, case
from lab.harvests import Harvest
from lab.intervals import Drawn, Interval, drawn, interval
from lab.measures import measures
from negotiation.briefs import Brief, Ranking, offerable, ranked
from negotiation.moves import Accept, Move, Offer, Request, Walk, Withdraw
from negotiation.protocols import legal
from negotiation.tactics import tactic
from negotiation.talks import Mover, Phase, View

MOST = 24
"""Cases that are played by every baseline, spread over the design; some tenths of a second each."""
REPLICATES = 12
"""Of a case, at most."""

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
    """`the sweep`, or a baseline's name."""
    arm: str
    interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON."""
        told = None if self.interval is None else self.interval.to_dict()
        return plain({"measure": self.measure, "who": self.who, "arm": self.arm, "interval": told})


def beside(found: Harvest, most: int = MOST) -> tuple[Baseline, ...]:
    """The numeric measures of a sweep of talks beside those of every baseline, on the same cases, arm by arm.

    Where the design has more cases than `most`, points are picked at equal steps and their first replicates taken,
    twelve at most; every arm is played at one point at least. InputError for a sweep of theory, where nobody moves.
    """
    design = found.design
    if design.kind != "simulate":
        raise refuse(design.name, "has no talks in it, and baselines are talks", 'take a sweep of kind = "simulate"')
    arms = len(design.arms)
    replicates = min(design.replicates, REPLICATES, max(most // arms, 1))
    wanted = min(max(most // (arms * replicates), 1), design.length)
    picked = np.unique(np.linspace(0, design.length - 1, wanted).round().astype(np.int64))
    what = drawn(design)
    # Points that are picked out of their blocks stand each for itself.
    what = Drawn(min(what.block, 1), what.replicates, what.seed)
    rows = {who: _played(design, picked.tolist(), replicates, who) for who in BASELINES}
    names = design.measures
    ours = {name: found.of(name)[picked, :, :replicates] for name in found.numbers}
    return tuple(
        Baseline(name, who, arm, interval(cells[:, at], what))
        for name in found.numbers
        for at, arm in enumerate(found.arms)
        for who, cells in [("the sweep", ours[name]), *((who, rows[who][names.index(name)]) for who in BASELINES)]
    )


def _played(design: Design, picked: Sequence[int], replicates: int, who: str) -> list[Array]:
    """By measure: (point, arm, replicate) what a baseline reaches; NaN for words and where there is nothing."""
    columns, arms = measures(design), len(design.arms)
    cells = [np.full((len(picked), arms, replicates), np.nan) for _ in columns]
    for (row, point), arm in product(enumerate(picked), range(arms)):
        first = (point * arms + arm) * design.replicates
        table = laid(design.draft.read(case(design, first).settings.items()))
        for replicate in range(replicates):
            played = play(table, who, design.seed, replicate)
            for place, column in zip(cells, columns, strict=True):
                value = column.of(played)
                place[row, arm, replicate] = np.nan if value is None or isinstance(value, str) else value
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
