"""The negotiation as a Mesa model: delegations and interest groups bargain over one talk; one step is one round.

The model owns no rule: every agent's move goes through `negotiation.protocols.advance`, so that the same movers
give the same transcript with and without Mesa.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import mesa

from agents.delegations import Delegation
from agents.groups import InterestGroup
from agents.streams import stream
from games.errors import refuse
from negotiation.deal import Agenda
from negotiation.moves import PhaseEnd
from negotiation.outcome import Outcome
from negotiation.preferences import Preferences
from negotiation.protocols import advance, legal
from negotiation.ratification import TIE, win_set
from negotiation.tactics import Brief, Mover, tactic
from negotiation.talks import CHAIR, Phase, Rules, Talks, opening
from scenarios.scenario import Scenario
from scenarios.stakes import preferences as stakes


class Negotiation(mesa.Model):
    """One table: the talks so far, the delegations around it and the groups at home."""

    def __init__(self, rules: Rules, movers: tuple[Mover, ...], preferences: Preferences, seed: int = 0) -> None:
        """Seat a mover for every party and every voting group of its country."""
        super().__init__(rng=seed)
        self.talks: Talks = opening(rules)
        self.delegations = [Delegation(self, party, mover) for party, mover in enumerate(movers)]
        self.voters = [
            InterestGroup(self, party, group, votes[:, group])
            for party, votes in enumerate(preferences.votes)
            for group in range(votes.shape[1])
        ]

    def step(self) -> None:
        """One round: every delegation that may speak does; an initialled package is voted on at home."""
        for delegation in self.delegations:
            if legal(self.talks, delegation.party):
                self.talks = advance(self.talks, delegation.speak(self.talks))
            if self.talks.phase is Phase.RATIFY and self.talks.standing is not None:
                self.ratify(self.talks.standing)
        if legal(self.talks, CHAIR):
            self.talks = advance(self.talks, PhaseEnd("the time for bargaining is over"))

    def ratify(self, package: int) -> None:
        """Every group votes once on the initialled package; nobody sees another's vote before all are cast."""
        for vote in [voter.vote(package) for voter in self.voters]:
            self.talks = advance(self.talks, vote)

    def run(self) -> Talks:
        """Step until the talks are over, and return them."""
        while not self.talks.over:
            self.step()
        return self.talks


def release(model: mesa.Model) -> None:
    """Let a finished model go: Mesa 3.3 keeps every model in a class-level table of its agents' numbers."""
    numbers: dict[mesa.Model, count[int]] = getattr(mesa.Agent, "_ids", {})
    numbers.pop(model, None)


def briefs(scenario: Scenario, preferences: Preferences) -> tuple[Brief, ...]:
    """What each delegation brings: its values, and the packages that its capital allows it to sign.

    With the mandate `win-set` a delegation signs only what its own country would ratify; with `none` it signs
    whatever its government prefers to walking away and takes its chance at home.
    """
    table = _agenda(scenario)
    grid = table.grid()
    made: list[Brief] = []
    for party, seat in enumerate(scenario.seats):
        own = preferences.values[:, party]
        allowed = own > preferences.walk_away[party] + TIE
        if seat.mandate == "win-set":
            allowed &= win_set(preferences, party)
        made.append(Brief(own, allowed, grid))
    return tuple(made)


def movers(scenario: Scenario, preferences: Preferences, seed: int, replicate: int) -> tuple[Mover, ...]:
    """The tactic of every seat, each on its own stream of random numbers."""
    return tuple(
        tactic(seat.tactic, brief, stream(seed, replicate, f"tactic of seat {party}"))
        for party, (seat, brief) in enumerate(zip(scenario.seats, briefs(scenario, preferences), strict=True))
    )


def simulate(
    scenario: Scenario, seed: int = 0, replicate: int = 0, seats: Mapping[str, Mover] | None = None
) -> Outcome:
    """Play a scenario to its end; the same scenario, seed and replicate give the same outcome.

    `seats` puts a mover of the caller's own on a country's seat. InputError when the scenario has no agenda to
    negotiate over or no such seat.
    """
    table = _agenda(scenario)
    preferences = stakes(scenario)
    chosen = list(movers(scenario, preferences, seed, replicate))
    for country, mover in (seats or {}).items():
        chosen[_seat(scenario, country)] = mover
    rules = Rules(
        scenario.rules.protocol, table.count, preferences.weights, scenario.rules.rounds, scenario.rules.returns
    )
    model = Negotiation(rules, tuple(chosen), preferences, seed)
    try:
        talks = model.run()
    finally:
        release(model)
    roles = {country.name: country.role for country in scenario.countries}
    return Outcome(scenario.name, seed, replicate, table, preferences, roles, talks)


def _agenda(scenario: Scenario) -> Agenda:
    if scenario.agenda is None:
        raise refuse(
            f"{scenario.name}:agenda",
            "there is nothing to negotiate over: the scenario has no [agenda]",
            "add an [agenda], or ask for theory alone with: winset analyse " + scenario.name,
        )
    return scenario.agenda


def _seat(scenario: Scenario, country: str) -> int:
    names = [seat.country for seat in scenario.seats]
    if country not in names:
        raise refuse("seats", f"nobody sits for {country!r}", f"write one of: {', '.join(names)}")
    return names.index(country)
