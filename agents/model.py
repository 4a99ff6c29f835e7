"""The negotiation as a Mesa model: delegations and interest groups are agents; one step is one round.

The model has no rules of its own. It calls its agents as `negotiation.protocols.playout` calls movers and voters, and
every move goes through `advance`: the same movers give the same transcript with and without Mesa.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any, SupportsIndex

import mesa

from agents.delegations import Delegation
from agents.groups import InterestGroup
from agents.table import NegotiationTable, make_movers, make_outcome, prepare_table
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.playout import apply_moves, next_moves
from negotiation.protocols.state import Mover, Talks, open_talks
from scenarios.reading import ScenarioSource
from scenarios.scenario import Scenario


class Negotiation(mesa.Model):
    """A Mesa model of one negotiation: the talks so far, the delegations and the groups at home."""

    def __init__(self, table: NegotiationTable, seats: tuple[Mover, ...], seed: int = 0) -> None:
        """Create a delegation for every party and an agent for every voting group of its country.

        Parameters
        ----------
        table
            The case, prepared for talks.
        seats
            One mover for each party, in the order of the seats.
        seed
            Seed of the model's own generator; the talks do not draw from it.
        """
        super().__init__(rng=seed)
        self.talks: Talks = open_talks(table.rules)
        self.events = table.events
        self.delegations = [Delegation(self, party, mover) for party, mover in enumerate(seats)]
        names = table.preferences.groups
        self.groups = [
            [InterestGroup(self, party, *pair) for pair in zip(names[party], opinions, strict=True)]
            for party, opinions in enumerate(table.voters)
        ]

    def step(self) -> None:
        """Run one round of bargaining, one sealed phase, or one vote at home."""
        speakers = [delegation.choose_move for delegation in self.delegations]
        voters = [[group.vote for group in home] for home in self.groups]
        began = self.talks.phase, self.talks.round
        while not self.talks.over and (self.talks.phase, self.talks.round) == began:
            self.talks = apply_moves(self.talks, next_moves(self.talks, speakers, voters, self.events))

    def run(self) -> Talks:
        """Step until the talks are over, and return them."""
        while not self.talks.over:
            self.step()
        return self.talks


def release_model(model: mesa.Model) -> None:
    """Remove a finished model from Mesa's class-level table of agent numbers; Mesa 3.3 never frees it otherwise."""
    numbers: dict[mesa.Model, count[int]] = getattr(mesa.Agent, "_ids", {})
    numbers.pop(model, None)


def simulate(
    scenario: Scenario | ScenarioSource,
    seed: SupportsIndex = 0,
    replicate: SupportsIndex = 0,
    seats: Mapping[str, Any] | None = None,
) -> Outcome:
    """Run a scenario to its end; the same scenario, seed and replicate give the same outcome.

    Parameters
    ----------
    scenario
        A scenario, or a name, a path or a dictionary as for `scenarios.read`.
    seed
        Seed of all random streams; a whole number from 0.
    replicate
        Number of the replicate, a whole number from 0. Each replicate has its own random streams.
    seats
        By country, what replaces the tactic of its seat, as for `movers`: `{"Spain": "conceder"}`.

    Returns
    -------
    Outcome
        The finished talks, with values, votes and metrics.

    Raises
    ------
    InputError
        When the scenario has no agenda, when a country has no seat, for an unknown tactic or an object that is not a
        mover, and for a seed or replicate that is not a whole number from 0.
    """
    table = prepare_table(scenario)
    seated = make_movers(table, seed, replicate, seats)
    seed, replicate = int(seed), int(replicate)
    model = Negotiation(table, seated, seed)
    try:
        talks = model.run()
    finally:
        release_model(model)
    return make_outcome(table, talks, seed, replicate)
