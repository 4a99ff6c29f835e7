"""From the names that a design measures to the figures of a result; `lab.design.measure_catalogue` tells what there is.

A name may end in a party (`value.Spain`: its name, role or code), in a party and a group of it
(`change.Spain.capital`), in an account (`account.new migrants`) or in a remedy (`remedy.levy`). Truths are 1 or 0,
so that their mean is a share. What does not exist in one run is empty there: the dominant player of a game without
one, the distance to a frontier that nobody would sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from economy.model.accounts import ACCOUNTS
from games.errors import InputError, refuse
from games.text.spelling import nearest
from lab.design.cases import Design, case
from lab.design.measure_catalogue import ALONE, Block, Figure, Measure, Played, catalogue
from negotiation.preferences.values import interests
from scenarios.analysis.analysis import Analysis
from scenarios.scenario import Scenario
from scenarios.valuation import economy


class Column(NamedTuple):
    """A measure of a design, ready to be taken from results."""

    name: str
    """As the design writes it."""
    measure: Measure
    at: Any
    """The place of a party, that and a group's name, or an account's name; None where nothing was to be filled in."""

    def of(self, result: Analysis | Played) -> Figure:
        """The figure in one result; ValueError when it is no finite number."""
        found = self.measure.of(result, self.at)
        if isinstance(found, float) and found - found != 0:
            raise ValueError(f"the measure {self.name} is {found}")
        return found


def column(kind: str, name: str, scenario: Scenario) -> Column:
    """The measure of that name for runs of a scenario; InputError for a name, or an ending, that leads nowhere."""
    stem, _, ending = name.partition(".")
    known = catalogue(kind)
    if stem not in known:
        near = nearest(stem, known)
        names = [known[each].name for each in near or known]
        raise refuse(name, f"is nothing that can be measured by {kind}", f"write one of: {', '.join(names)}")
    measure = known[stem]
    if _lacks(scenario, measure.needs):
        hint = f"leave it out, or take a scenario with [{measure.needs}]"
        raise refuse(name, f"cannot be measured: {scenario.name} has no [{measure.needs}]", hint)
    return Column(name, measure, _filled(measure, name, ending, scenario))


def measures(design: Design) -> tuple[Column, ...]:
    """The columns of a design, in its order; its first case stands for all as to countries and groups.

    Raises InputError where a name leads nowhere.
    """
    scenario = design.draft.read(case(design, 0).settings.items())
    return tuple(column(design.kind, name, scenario) for name in design.measures)


def _lacks(scenario: Scenario, block: Block) -> bool:
    match block:
        case "game":
            return scenario.game is None and scenario.parameters is None
        case "economy":
            return scenario.parameters is None
        case "agenda":
            return scenario.agenda is None


def _filled(measure: Measure, name: str, ending: str, scenario: Scenario) -> Any:
    """What the end of a name stands for; InputError, with what may stand there, when that is nothing."""
    if not measure.ending:
        if ending:
            raise refuse(name, f"{measure.stem} is one figure and ends there", f"write {measure.stem}")
        return None
    if measure.ending == "ACCOUNT":
        return _chosen(name, ending, ACCOUNTS, measure)
    if measure.ending == "REMEDY":
        return _chosen(name, ending, tuple(ALONE), measure)
    party, _, group = ending.partition(".")
    place = next((at for at, word in enumerate(_words(scenario)) if party.casefold() in word), None)
    if place is None:
        raise _astray(name, scenario.parties, measure)
    if measure.ending == "PARTY":
        return place if not group else _chosen(name, ending, scenario.parties, measure)
    return place, _chosen(name, group, _groups(scenario, place, measure), measure)


def _chosen(name: str, word: str, choices: Sequence[str], measure: Measure) -> str:
    if word not in choices:
        raise _astray(name, choices, measure)
    return word


def _astray(name: str, choices: Iterable[str], measure: Measure) -> InputError:
    reason = f"does not end in what {measure.name} asks for"
    return refuse(name, reason, f"for the last word write one of: {', '.join(choices)}")


def _words(scenario: Scenario) -> list[set[str]]:
    """What each party answers to, folded."""
    if not scenario.countries:
        return [{player.casefold()} for player in scenario.parties]
    return [
        {word.casefold() for word in (country.name, country.iso3 or "", country.role) if country.answers_to(word)}
        for country in scenario.countries
    ]


def _groups(scenario: Scenario, place: int, measure: Measure) -> list[str]:
    """The voting groups of a party: of the economy, or of the talks, whose groups may have points of their own."""
    if measure.needs == "agenda" and scenario.scored:
        return [group.name for group in scenario.seats[place].groups]
    return [interest.key for interest in interests(economy(scenario), place)]
