"""The numbers of a case: its 2 x 2 game, and the value of every package for every seat and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from economy.convention_notes import convention_notes
from economy.corridors.fitting import Corridor
from economy.model.payoffs import game as derived
from economy.model.payoffs import solve_bilateral
from economy.parameters import Parameters
from economy.policy.shocks import apply_economic_shocks
from games.bimatrix import Bimatrix
from games.errors import input_error
from games.messages import message
from games.two_by_two.taxonomy import GameClass, classify
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.scored import ScoredParty, ScoreSheet, preferences_from_points
from negotiation.preferences.values import Preferences, structural_preferences
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario

AFTER = message("Everything is worth what it is worth in the economy after these shocks: {shocks}.")
"""Note beside every figure that a shock has changed."""


def scenario_game(scenario: Scenario) -> Bimatrix | None:
    """Return the 2 x 2 game of the case: the printed one, or the one derived from its economy.

    None for a scored case without either.
    """
    if scenario.game is not None:
        return scenario.game
    return None if scenario.parameters is None else derived(solve_bilateral(scenario.parameters), scenario.parties)


def game_class(scenario: Scenario) -> GameClass | None:
    """Return the class of that game; None if there is no game."""
    game = scenario_game(scenario)
    return None if game is None else classify(game)


def apply_shocks(scenario: Scenario | ScenarioSource, shocks: Iterable[str]) -> Scenario:
    """Return the case after some shocks.

    Parameters
    ----------
    scenario
        A scenario, or what `read` accepts.
    shocks
        Names of the shocks, in the order in which they strike. Shocks that have struck it before are kept.

    Returns
    -------
    Scenario
        The case with these names added to `struck`. If an economy gives the values of packages, its parameters are
        those after the shocks. The points of a scored case, and a printed game, do not change.

    Raises
    ------
    InputError
        If the economy has no shock of that name.
    """
    scenario, names = as_scenario(scenario), tuple(shocks)
    told = replace(scenario, struck=(*scenario.struck, *names))
    if scenario.parameters is None or scenario.has_points:
        return told
    after = apply_economic_shocks(scenario.parameters, names, f"{scenario.name}:shocks")
    return replace(told, parameters=after.parameters, notes=(*scenario.notes, *after.notes))


def require_economy(scenario: Scenario) -> Parameters:
    """Return the parameters of the case's economy; InputError if it has none."""
    if scenario.parameters is None:
        raise input_error(
            f"{scenario.name}:economy", "is missing", 'write [economy], for example with corridor = "MAR-ESP"'
        )
    return scenario.parameters


def require_corridor(scenario: Scenario) -> Corridor:
    """Return the corridor of the case; InputError if it has none."""
    if scenario.corridor is None:
        hint = 'write [economy] with corridor = "MAR-ESP"'
        raise input_error(f"{scenario.name}:economy.corridor", "is missing", hint)
    return scenario.corridor


def require_agenda(scenario: Scenario) -> Agenda:
    """Return the agenda of the case; InputError if it has none."""
    if scenario.agenda is None:
        hint = "write [agenda], or take a case that has one, like morocco-spain"
        raise input_error(f"{scenario.name}:agenda", "is missing", hint)
    return scenario.agenda


def preferences(scenario: Scenario | ScenarioSource) -> Preferences:
    """Return the values of every package of the agenda: for governments, groups and accounts, with the groups' votes.

    Parameters
    ----------
    scenario
        A scenario, or what `read` accepts.

    Returns
    -------
    Preferences
        In points if the case is scored, else as derived from its economy. Parties are in the order of the seats, host
        first.

    Raises
    ------
    InputError
        If the case has no agenda.
    """
    scenario = as_scenario(scenario)
    agenda = require_agenda(scenario)
    if scenario.has_points:
        return preferences_from_points(agenda, tuple(_parties(scenario)), scenario.migrants, scenario.yields)
    host, origin = scenario.seats
    worth = structural_preferences(
        agenda,
        require_economy(scenario),
        (host.country, origin.country),
        weights={seat.country: dict(seat.votes) for seat in scenario.seats},
        walk_away=(host.walk_away, origin.walk_away),
        stands=scenario.stands,
    )
    struck = [AFTER.format(shocks=", ".join(scenario.struck))] if scenario.struck else []
    return replace(worth, notes=(*worth.notes, *convention_notes(require_economy(scenario)), *struck))


def _parties(scenario: Scenario) -> Iterator[ScoredParty]:
    """The seats with their points, as `scored` takes them."""
    for country, seat in zip(scenario.countries, scenario.seats, strict=True):
        yield ScoredParty(seat.country, country.role, seat.sheet or ScoreSheet({}), seat.groups, seat.walk_away)
