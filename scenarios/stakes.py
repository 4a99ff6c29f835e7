"""What a case is about in numbers: its matrix, and what every package is worth to every seat and group."""

from __future__ import annotations

from economy.parameters import Parameters
from economy.stakes import game as derived
from economy.stakes import solve
from games.bimatrix import Bimatrix
from games.errors import refuse
from games.taxonomy import Kind, classify
from negotiation.preferences import Preferences, structural
from scenarios.scenario import Scenario


def matrix(scenario: Scenario) -> Bimatrix:
    """The 2 x 2 game of the case: the printed one, or the one that follows from its economy."""
    if scenario.game is not None:
        return scenario.game
    return derived(solve(economy(scenario)), scenario.parties)


def kind(scenario: Scenario) -> Kind:
    """The class of that game."""
    return classify(matrix(scenario))


def economy(scenario: Scenario) -> Parameters:
    """The economy of the case; InputError for a printed game, which has none."""
    if scenario.parameters is None:
        raise refuse(f"{scenario.name}:economy", "is missing", 'write [economy], for example with corridor = "MAR-ESP"')
    return scenario.parameters


def preferences(scenario: Scenario) -> Preferences:
    """What every package on the agenda is worth to governments, groups and accounts, and how groups would vote.

    Parties stand in the order of the seats, host first. InputError for a case without an agenda.
    """
    if scenario.agenda is None:
        hint = "write [agenda], or take a case that has one, like morocco-spain"
        raise refuse(f"{scenario.name}:agenda", "is missing", hint)
    host, origin = scenario.seats
    return structural(
        scenario.agenda,
        economy(scenario),
        (host.country, origin.country),
        weights={seat.country: dict(seat.votes) for seat in scenario.seats},
        walk_away=(host.walk_away, origin.walk_away),
    )
