"""A case prepared for talks: its rules, the brief of every delegation, its movers and its voters. Mesa is not imported.

Software, a person and the replay of a transcript are movers under the same rules. Every caller that runs a case, with
or without Mesa, gets table, movers and voters from this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from inspect import Parameter, signature
from operator import index
from typing import Any, SupportsIndex, cast

import numpy as np

from agents.random_streams import stream
from games.errors import input_error
from games.short_repr import short_repr
from games.text.spelling import closest_words
from negotiation.agenda.package_grid import Agenda
from negotiation.outcome.outcome import Outcome
from negotiation.preferences.mandates import within_red_lines
from negotiation.preferences.values import Preferences
from negotiation.protocols.moves import Move
from negotiation.protocols.playout import Events, Voter, plan_shocks
from negotiation.protocols.state import Mover, Rules, Talks, View
from negotiation.ratification.win_sets import VALUE_TOLERANCE, win_set
from negotiation.tactics.brief import COPY, Brief, is_read_only_error
from negotiation.tactics.registry import TACTICS, make_tactic
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario, Seat
from scenarios.valuation import apply_shocks
from scenarios.valuation import preferences as stakes

BOUND_AT_HOME = ("win-set", "both")
BOUND_BY_RED_LINES = ("red lines", "both")

TAKES = "a tactic takes a view and returns a move, or takes a brief and a random generator and returns such a function"
POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)

WRITES = ("tactic", "writes into an array of its brief, and these are read-only", COPY)
"""Place, reason and hint of the error for a tactic that writes into its brief."""


def _unseen() -> dict[tuple[str, ...], NegotiationTable]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class NegotiationTable:
    """A case prepared for talks."""

    __repr__ = short_repr

    scenario: Scenario
    agenda: Agenda
    preferences: Preferences
    rules: Rules
    briefs: tuple[Brief, ...]
    """The brief of every delegation, in the order of the seats; each is confidential to its seat."""
    later: dict[tuple[str, ...], NegotiationTable] = field(init=False, repr=False, default_factory=_unseen)
    """Cache of `after`: the table after some shocks, by their names."""

    @property
    def voters(self) -> tuple[tuple[Voter, ...], ...]:
        """The groups of every country, each as a function that gives its vote on the initialled package."""
        groups = self.preferences.groups
        return tuple(tuple(_opinion(self, party, n) for n in range(len(home))) for party, home in enumerate(groups))

    @property
    def events(self) -> Events:
        """The shocks that the case plans, as a function of the talks."""
        return plan_shocks(self.scenario.strikes)

    def after(self, shocks: tuple[str, ...]) -> NegotiationTable:
        """The table after these shocks, in their order, with values and votes computed anew.

        It is the table itself when there are no shocks, and in a scored case, whose points do not change.
        """
        if not shocks or self.scenario.has_points:
            return self
        if shocks not in self.later:
            self.later[shocks] = prepare_table(apply_shocks(self.scenario, shocks))
        return self.later[shocks]

    def party(self, country: str) -> int:
        """The number of a country's party, by name, role or code; raises InputError when it has no seat."""
        found = [at for at, each in enumerate(self.scenario.countries) if each.matches(country)]
        if not found:
            names = [seat.country for seat in self.scenario.seats]
            near = closest_words(country, names) or names
            raise input_error("seats", f"nobody sits for {country!r}", f"write one of: {', '.join(near)}")
        return found[0]


def prepare_table(scenario: Scenario | ScenarioSource) -> NegotiationTable:
    """Prepare a case for talks.

    Parameters
    ----------
    scenario
        A scenario, or a name, a path or a dictionary as for `scenarios.read`.

    Returns
    -------
    NegotiationTable
        The case with its preferences, rules and briefs.

    Raises
    ------
    InputError
        When the scenario cannot be read or has no agenda.
    """
    scenario = as_scenario(scenario)
    agenda = scenario.agenda
    if agenda is None:
        reason = "there is nothing to negotiate over: the case has no [agenda]"
        hint = f"add an [agenda], or ask for theory alone with: winset analyse {scenario.name}"
        raise input_error(f"{scenario.name}:agenda", reason, hint)
    preferences = stakes(scenario)
    procedure = scenario.rules
    rules = Rules(
        protocol=procedure.protocol,
        packages=agenda.count,
        votes=preferences.weights,
        rounds=procedure.rounds,
        returns=procedure.returns,
        shape=agenda.shape,
        concedes=tuple(_own_lines(agenda, country.role) for country in scenario.countries),
        discount=procedure.discount,
        status_quo=preferences.status_quo,
    )
    grid = agenda.grid()
    briefs = tuple(_brief(agenda, preferences, grid, at, seat) for at, seat in enumerate(scenario.seats))
    return NegotiationTable(scenario, agenda, preferences, rules, briefs)


def make_movers(
    table: NegotiationTable, seed: SupportsIndex, replicate: SupportsIndex = 0, seats: Mapping[str, Any] | None = None
) -> tuple[Mover, ...]:
    """Make the mover of every party.

    Parameters
    ----------
    table
        The case, prepared for talks.
    seed
        Seed of the random stream of every seat; a whole number from 0.
    replicate
        Number of the replicate; a whole number from 0.
    seats
        By country, what replaces the tactic of its seat: the name of another tactic, a mover (a function of the view),
        or a factory (a function of the brief and a random generator that returns a mover).

    Returns
    -------
    tuple of Mover
        In the order of the seats.

    Raises
    ------
    InputError
        For a country without a seat, an unknown tactic, an object that is not a mover, and a seed or replicate that is
        not a whole number from 0.
    """
    counts = _whole("seed", seed), _whole("replicate", replicate)
    wanted: dict[int, Any] = {party: seat.tactic for party, seat in enumerate(table.scenario.seats)}
    given: Any = {} if seats is None else seats
    if not isinstance(given, Mapping) or not all(isinstance(country, str) for country in cast("Any", given)):
        hint = f'pass a dictionary by country, as in seats={{"{table.scenario.seats[0].country}": "conceder"}}'
        raise input_error("seats", "is no dictionary by country", hint)
    wanted |= {table.party(country): mover for country, mover in cast("Mapping[str, Any]", given).items()}
    return tuple(_mover(table, party, wanted[party], counts) for party in sorted(wanted))


def _mover(table: NegotiationTable, party: int, wanted: Any, counts: tuple[int, int]) -> Mover:
    """The mover of a tactic by name, a given mover, or the result of a factory, with the random stream of its seat."""
    place = f"seats.{table.scenario.seats[party].country}"
    if isinstance(wanted, str):
        if wanted not in TACTICS:
            hint = f"write one of: {', '.join(closest_words(wanted, TACTICS) or TACTICS)}"
            raise input_error(place, f"there is no tactic {wanted!r}", hint)
        return mover_from_brief(table, party, partial(make_tactic, wanted, random=_stream(counts, party)))
    match _arguments(wanted):
        case 1:
            return cast("Mover", wanted)
        case 2:
            random = _stream(counts, party)
            return mover_from_brief(table, party, lambda brief: wanted(brief, random))
        case _:
            raise input_error(place, "is no tactic", TAKES)


def _stream(counts: tuple[int, int], party: int) -> np.random.Generator:
    return stream(*counts, f"tactic of seat {party}")


def _arguments(wanted: Any) -> int:
    """The number of required positional arguments of an object; 0 where it cannot be called."""
    try:
        parameters = signature(wanted).parameters.values() if callable(wanted) else ()
    except (TypeError, ValueError):
        return 1  # a function in C may have no signature; it is taken for a mover, which has one argument
    return sum(each.default is Parameter.empty and each.kind in POSITIONAL for each in parameters)


def _whole(place: str, value: Any) -> int:
    """A seed or a replicate as a whole number from 0; raises InputError for anything else."""
    try:
        number = index(value)
    except TypeError:
        number = -1
    if not 0 <= number < 2**63:
        raise input_error(place, f"is {str(value)[:40]}", "pass a whole number from 0")
    return number


def mover_from_brief(table: NegotiationTable, party: int, make: Callable[[Brief], Mover]) -> Mover:
    """Make a mover that is built from the brief of its seat, and built anew after every shock.

    Parameters
    ----------
    table
        The case, prepared for talks.
    party
        Number of the party, from 0.
    make
        Function from a brief to a mover. It is called at once, and again for the brief after each shock.

    Returns
    -------
    Mover
        It passes each view to the mover that belongs to the shocks so far.

    Raises
    ------
    InputError
        When the tactic writes into an array of its brief, instead of NumPy's error; at once or in a later move.
    """
    made: dict[NegotiationTable, Mover] = {}

    def mover(now: NegotiationTable) -> Mover:
        if now not in made:
            made[now] = make(now.briefs[party])
        return made[now]

    def move(seen: View) -> Move:
        try:
            return mover(table.after(seen.talks.shocks))(seen)
        except ValueError as error:
            if not is_read_only_error(error):
                raise
            raise input_error(*WRITES) from error

    try:
        mover(table)
    except ValueError as error:
        if not is_read_only_error(error):
            raise
        raise input_error(*WRITES) from error
    return move


def make_outcome(table: NegotiationTable, talks: Talks, seed: int, replicate: int = 0) -> Outcome:
    """Build the outcome of finished talks, measured with the values in force at their end.

    Parameters
    ----------
    table
        The case, prepared for talks, before any shock.
    talks
        The finished talks.
    seed
        Seed of the run.
    replicate
        Number of the replicate.

    Returns
    -------
    Outcome
        With the preferences after all shocks of the talks; where the values come from an economy, the notes of the case
        are among its notes.
    """
    table = table.after(talks.shocks)
    case = table.scenario
    return Outcome(
        scenario=case.name,
        seed=seed,
        replicate=replicate,
        agenda=table.agenda,
        preferences=table.preferences,
        roles={country.name: country.role for country in case.countries},
        talks=talks,
        mandates=tuple(seat.instructions for seat in case.seats),
        shock_texts=tuple(case.shock_texts.items()),
        remarks=() if case.has_points else case.notes,
    )


def _brief(agenda: Agenda, preferences: Preferences, grid: np.ndarray, party: int, seat: Seat) -> Brief:
    """The brief of a seat.

    With the mandate `win-set` or `both`, only packages that its own country would ratify are acceptable.
    """
    own, reserve = preferences.values[:, party], float(preferences.walk_away[party])
    home = win_set(preferences, party)
    acceptable = own > reserve + VALUE_TOLERANCE
    if seat.mandate in BOUND_AT_HOME:
        acceptable &= home
    lines = within_red_lines(agenda, seat.red_lines) if seat.red_lines and seat.mandate in BOUND_BY_RED_LINES else None
    keys = [item.key for item in agenda.ladders]
    wanted = tuple(keys.index(key) for key in seat.priorities)
    return Brief(own, acceptable, grid, reserve, home, lines, wanted, preferences.status_quo)


def _own_lines(agenda: Agenda, role: str) -> tuple[int, ...]:
    """The places of the ladders that only a party in this role concedes."""
    return tuple(at for at, item in enumerate(agenda.ladders) if item.conceded_by == role)


def _opinion(table: NegotiationTable, party: int, group: int) -> Voter:
    def vote(talks: Talks) -> int:
        return int(table.after(talks.shocks).preferences.votes[party][talks.standing, group])

    return vote
