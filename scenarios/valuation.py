"""What a case is about in numbers: its matrix, and what every package is worth to every seat and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from economy.model.payoffs import game as derived
from economy.model.payoffs import solve
from economy.parameters import Parameters
from economy.policy.shocks import shocked
from games.bimatrix import Bimatrix
from games.errors import refuse
from games.two_by_two.taxonomy import Kind, classify
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.scored import Party, Sheet, scored
from negotiation.preferences.values import Preferences, structural
from scenarios.reading import Given, as_scenario
from scenarios.scenario import Scenario

AFTER = "Everything is worth what it is worth in the economy after these shocks: {}."
"""Said beside every figure that a shock has moved."""


def matrix(scenario: Scenario) -> Bimatrix | None:
    """The 2 x 2 game of the case: the printed one, or the one that follows from its economy.

    None where points stand alone.
    """
    if scenario.game is not None:
        return scenario.game
    return None if scenario.parameters is None else derived(solve(scenario.parameters), scenario.parties)


def kind(scenario: Scenario) -> Kind | None:
    """The class of that game; None where there is none."""
    game = matrix(scenario)
    return None if game is None else classify(game)


def at(scenario: Scenario | Given, shocks: Iterable[str]) -> Scenario:
    """The case after these shocks, which strike in this order; what has struck it before has done so already.

    They move an economy that says what packages are worth. Points are written and stay: there, and where a printed
    game is all there is, shocks are texts. InputError for one that the economy does not know.
    """
    scenario, names = as_scenario(scenario), tuple(shocks)
    told = replace(scenario, struck=(*scenario.struck, *names))
    if scenario.parameters is None or scenario.scored:
        return told
    after = shocked(scenario.parameters, names, f"{scenario.name}:shocks")
    return replace(told, parameters=after.parameters, notes=(*scenario.notes, *after.notes))


def economy(scenario: Scenario) -> Parameters:
    """The economy of the case; InputError for one that has none."""
    if scenario.parameters is None:
        raise refuse(f"{scenario.name}:economy", "is missing", 'write [economy], for example with corridor = "MAR-ESP"')
    return scenario.parameters


def table(scenario: Scenario) -> Agenda:
    """What is on the table; InputError for a case without an agenda."""
    if scenario.agenda is None:
        hint = "write [agenda], or take a case that has one, like morocco-spain"
        raise refuse(f"{scenario.name}:agenda", "is missing", hint)
    return scenario.agenda


def preferences(scenario: Scenario | Given) -> Preferences:
    """What every package on the agenda is worth to governments, groups and accounts, and how groups would vote.

    In points where the case writes them, else as its economy says. Parties stand in the order of the seats, host
    first. InputError for a case without an agenda.
    """
    scenario = as_scenario(scenario)
    agenda = table(scenario)
    if scenario.scored:
        return scored(agenda, tuple(_parties(scenario)), scenario.migrants, scenario.yields)
    host, origin = scenario.seats
    worth = structural(
        agenda,
        economy(scenario),
        (host.country, origin.country),
        weights={seat.country: dict(seat.votes) for seat in scenario.seats},
        walk_away=(host.walk_away, origin.walk_away),
    )
    return replace(worth, notes=(*worth.notes, AFTER.format(", ".join(scenario.struck)))) if scenario.struck else worth


def _parties(scenario: Scenario) -> Iterator[Party]:
    """The seats with their points, as the counting of points asks for them."""
    for country, seat in zip(scenario.countries, scenario.seats, strict=True):
        yield Party(seat.country, country.role, seat.sheet or Sheet({}), seat.groups, seat.walk_away)
