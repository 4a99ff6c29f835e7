"""The negotiation as a Mesa model: delegations and interest groups bargain over one talk; one step is one round.

The model owns no rule. It asks its agents as `negotiation.protocols.playout` asks movers and voters, and every answer
goes through `advance`: the same movers give the same transcript with and without Mesa.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, SupportsIndex

import mesa

from agents.delegations import Delegation
from agents.groups import InterestGroup
from agents.table import Table, concluded, laid, movers
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.playout import heard, upcoming
from negotiation.protocols.state import Mover, Talks, opening
from scenarios.reading import Given
from scenarios.scenario import Scenario


class Negotiation(mesa.Model):
    """One table: the talks so far, the delegations around it and the groups at home."""

    def __init__(self, table: Table, seats: tuple[Mover, ...], seed: int = 0) -> None:
        """Seat a mover for every party, and every voting group of its country."""
        super().__init__(rng=seed)
        self.talks: Talks = opening(table.rules)
        self.events = table.events
        self.delegations = [Delegation(self, party, mover) for party, mover in enumerate(seats)]
        names = table.preferences.groups
        self.groups = [
            [InterestGroup(self, party, *pair) for pair in zip(names[party], opinions, strict=True)]
            for party, opinions in enumerate(table.voters)
        ]

    def step(self) -> None:
        """One round of bargaining, one sealed phase, or one vote at home."""
        speakers = [delegation.speak for delegation in self.delegations]
        voters = [[group.vote for group in home] for home in self.groups]
        began = self.talks.phase, self.talks.round
        while not self.talks.over and (self.talks.phase, self.talks.round) == began:
            self.talks = heard(self.talks, upcoming(self.talks, speakers, voters, self.events))

    def run(self) -> Talks:
        """Step until the talks are over, and return them."""
        while not self.talks.over:
            self.step()
        return self.talks


def release(model: mesa.Model) -> None:
    """Let a finished model go: Mesa 3.3 keeps every model in a class-level table of its agents' numbers."""
    numbers: dict[mesa.Model, count[int]] = getattr(mesa.Agent, "_ids", {})
    numbers.pop(model, None)


def simulate(
    scenario: Scenario | Given,
    seed: SupportsIndex = 0,
    replicate: SupportsIndex = 0,
    seats: Mapping[str, Any] | None = None,
) -> Outcome:
    """Play a scenario to its end; the same scenario, seed and replicate give the same outcome.

    Parameters
    ----------
    scenario
        A scenario, or a name, a path or a dictionary as for `scenarios.read`.
    seed, replicate
        Of every random number; whole numbers from 0.
    seats
        By country, who takes the place of the seat's own tactic, as for `movers`: `{"Spain": "conceder"}`.

    Returns
    -------
    Outcome
        What came of the talks.

    Raises
    ------
    InputError
        When the scenario has no agenda to negotiate over, when there is no such seat, or for what cannot move.
    """
    table = laid(scenario)
    seated = movers(table, seed, replicate, seats)
    seed, replicate = int(seed), int(replicate)
    model = Negotiation(table, seated, seed)
    try:
        talks = model.run()
    finally:
        release(model)
    return concluded(table, talks, seed, replicate)
