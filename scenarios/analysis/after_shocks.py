"""A case after each of its shocks: the class of its game, and the packages that can be agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from games.documents import Document, Limits
from games.messages import message, plural_message
from games.two_by_two.taxonomy import GameClass
from negotiation.ratification.win_sets import mutually_preferred, ratifiable, zone_of_agreement
from scenarios.scenario import Scenario
from scenarios.valuation import apply_shocks, game_class, preferences

NO_EFFECT_NOTE = message("The shocks of this case are told and change nothing: points stand as they are written.")
"""Note for a case with shocks in which no shock can change a value."""
AFTER_ONCE = message("After {name} (round {round}) the game is {game}.")
AFTER_SEVERAL = message("After {name} has struck {times} times (round {round}) the game is {game}.")
"""Sentences on a case without an agenda, after a shock that struck once, and after one that struck more often."""


@dataclass(frozen=True, slots=True)
class AgreementCounts:
    """Numbers of packages of the agenda that can be agreed."""

    beat_walk_away: int
    """Packages that every government strictly prefers to walking away."""
    ratifiable: int
    """Those of them that every country would ratify."""
    zone: int
    """Packages at or above every walk-away value and ratified everywhere. The status quo needs no vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShockEffectDocument(Document):
    """The case after one of its shocks and those before it."""

    name: str
    """Name of the shock."""
    round: Annotated[int, Limits(minimum=1)]
    """The last round before which it strikes."""
    times: Annotated[int, Limits(minimum=1)]
    """How often it has struck by then."""
    class_: str
    """Class of the game of both opening or not."""
    beat_walk_away: Annotated[int, Limits(minimum=0)] | None
    """Packages that every government strictly prefers to walking away; null without an agenda."""
    ratifiable: Annotated[int, Limits(minimum=0)] | None
    """Those of them that every country would ratify; null without an agenda."""
    zopa: Annotated[int, Limits(minimum=0)] | None
    """Packages at or above every walk-away value and ratified everywhere; null without an agenda."""


@dataclass(frozen=True, slots=True)
class ShockEffect:
    """A case after one of its shocks, and after those that struck before."""

    name: str
    """Name of the shock."""
    round: int
    """The last round before which it strikes."""
    times: int
    """How often it has struck by then."""
    game: GameClass
    """Class of the game after it."""
    packages: AgreementCounts | None
    """None without an agenda."""
    notes: tuple[str, ...] = ()
    """A note for every parameter that was kept at its limit."""

    def document(self) -> ShockEffectDocument:
        """Return an entry of the block `shocks` of `winset analyse --json`."""
        grid = self.packages
        return ShockEffectDocument(
            name=self.name,
            round=self.round,
            times=self.times,
            class_=self.game.name,
            beat_walk_away=None if grid is None else grid.beat_walk_away,
            ratifiable=None if grid is None else grid.ratifiable,
            zopa=None if grid is None else grid.zone,
        )

    def sentence(self) -> str:
        """Return the same as one sentence."""
        values = {"name": self.name, "times": self.times, "round": self.round, "game": self.game.name}
        if self.packages is None:
            bare = AFTER_ONCE if self.times == 1 else AFTER_SEVERAL
            return bare.format(**values)
        ratified = f"{self.packages.ratifiable:,}"
        if self.times == 1:
            return plural_message(
                "After {name} (round {round}) the game is {game}; {number} package beats walking away, and {ratified} "
                "would be ratified.",
                "After {name} (round {round}) the game is {game}; {number} packages beat walking away, and {ratified} "
                "of them would be ratified.",
                self.packages.beat_walk_away,
                ratified=ratified,
                **values,
            )
        return plural_message(
            "After {name} has struck {times} times (round {round}) the game is {game}; {number} package beats walking "
            "away, and {ratified} would be ratified.",
            "After {name} has struck {times} times (round {round}) the game is {game}; {number} packages beat walking "
            "away, and {ratified} of them would be ratified.",
            self.packages.beat_walk_away,
            ratified=ratified,
            **values,
        )


def shock_effects(scenario: Scenario) -> tuple[ShockEffect, ...]:
    """Return the case after each of its shocks, sorted by the last round in which each strikes.

    () if it has no shocks, and for scored cases and printed games, whose values no shock can change.
    """
    return () if scenario.has_points or scenario.parameters is None else tuple(_aftermaths(scenario))


def _aftermaths(scenario: Scenario) -> Iterator[ShockEffect]:
    """The case after each shock, one by one."""
    for shock in sorted(scenario.shocks, key=lambda shock: shock.strikes[-1]):
        number = shock.strikes[-1][0]
        after = apply_shocks(scenario, [name for when, name in scenario.strikes if when <= number])
        game = game_class(after)
        if game is not None:
            held = after.notes[len(scenario.notes) :]
            yield ShockEffect(shock.name, number, shock.lasts, game, _agreeable(after), held)


def _agreeable(scenario: Scenario) -> AgreementCounts | None:
    """The counts of a case's agenda; None without an agenda."""
    if scenario.agenda is None:
        return None
    worth = preferences(scenario)
    return AgreementCounts(
        *(int(np.count_nonzero(found(worth))) for found in (mutually_preferred, ratifiable, zone_of_agreement))
    )
