"""What the shocks of a case would leave of it, should the talks last so long: its game, and what can be agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from games.two_by_two.taxonomy import Kind
from negotiation.ratification.win_sets import better, ratifiable, zone
from scenarios.scenario import Scenario
from scenarios.valuation import at, kind, preferences

TOLD = "The shocks of this case are told and change nothing: points stand as they are written."
"""Said where shocks are listed and nothing in the case can be moved by them."""


@dataclass(frozen=True, slots=True)
class Agreeable:
    """What can be agreed, in packages of the agenda."""

    beat_walk_away: int
    ratifiable: int
    zone: int
    """At or above every walk-away value and ratified everywhere, the status quo included."""


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A case once a shock has struck, and those before it."""

    name: str
    round: int
    """The last round before which it strikes."""
    times: int
    """How often it has struck by then."""
    game: Kind
    packages: Agreeable | None
    """None without an agenda."""
    notes: tuple[str, ...] = ()
    """Where a dial was held at its limit."""

    def to_dict(self) -> dict[str, Any]:
        """An entry of the block `shocks` of `winset analyse --json`."""
        grid = self.packages
        return {
            "name": self.name,
            "round": self.round,
            "times": self.times,
            "class": self.game.name,
            "beat_walk_away": None if grid is None else grid.beat_walk_away,
            "ratifiable": None if grid is None else grid.ratifiable,
            "zopa": None if grid is None else grid.zone,
        }

    def told(self) -> str:
        """The same in a sentence."""
        times = "" if self.times == 1 else f" has struck {self.times} times"
        after = f"After {self.name}{times} (round {self.round}) the game is {self.game.name}"
        if self.packages is None:
            return f"{after}."
        better, ratified = self.packages.beat_walk_away, self.packages.ratifiable
        return f"{after}; {better:,} packages beat walking away, and {ratified:,} of them would be ratified."


def aftermath(scenario: Scenario) -> tuple[Aftermath, ...]:
    """The case after each of its shocks, in the order in which they come to an end.

    () where it lists none, and where nothing can be moved: points are written, and a printed game is printed.
    """
    return () if scenario.scored or scenario.parameters is None else tuple(_aftermaths(scenario))


def _aftermaths(scenario: Scenario) -> Iterator[Aftermath]:
    for shock in sorted(scenario.shocks, key=lambda shock: shock.course[-1]):
        number = shock.course[-1][0]
        after = at(scenario, [name for when, name in scenario.course if when <= number])
        game = kind(after)
        if game is not None:
            held = after.notes[len(scenario.notes) :]
            yield Aftermath(shock.name, number, shock.lasts, game, _agreeable(after), held)


def _agreeable(scenario: Scenario) -> Agreeable | None:
    if scenario.agenda is None:
        return None
    worth = preferences(scenario)
    return Agreeable(*(int(np.count_nonzero(found(worth))) for found in (better, ratifiable, zone)))
