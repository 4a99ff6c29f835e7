"""From the names in a design's `measure` to values of a result; `lab.design.measure_catalogue` lists what there is.

A name may end in a party (`value.Spain`: its name, role or code), in a party and one of its groups
(`change.Spain.capital`), in an account (`account.new migrants`) or in a remedy (`remedy.levy`). Truth values are 1
or 0, so that their mean is a share. What does not exist in a run is empty (None): for example the dominant player of
a game without one, or the distance to the frontier where no package is better than walking away for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from economy.account_names import ACCOUNTS
from games.errors import InputError, input_error
from games.text.spelling import closest_words
from lab.design.array_readers import SINGLE_REMEDIES
from lab.design.cases import Design, case
from lab.design.measure import Block, Measure, MeasureValue
from lab.design.measure_catalogue import NET_OF, RENAMED, measures_by_kind
from lab.design.result_readers import ResultReader, TalkResult, readers_by_kind
from negotiation.preferences.values import voting_groups
from scenarios.analysis.analysis import Analysis
from scenarios.scenario import Scenario
from scenarios.valuation import require_economy


class MeasureColumn(NamedTuple):
    """One measure of a design (a quantity that every run gives), ready to be read from the results of runs.

    The ending of its name, as in `value.Spain`, is resolved: the party, group, account or remedy has been looked up.
    """

    name: str
    """As written in the design."""
    measure: Measure
    at: Any
    """The resolved ending: a party's index, that with a group's name, or an account's or remedy's name; else None."""

    read: ResultReader
    """Reads the measure's value from a result."""

    def of(self, result: Analysis | TalkResult) -> MeasureValue:
        """Return the value of this measure in the result of one run. Raises ValueError if it is NaN or infinite."""
        found = self.read(result, self.at)
        if isinstance(found, float) and found - found != 0:
            raise ValueError(f"the measure {self.name} is {found}")
        return found


def find_measure(kind: str, name: str, scenario: Scenario) -> MeasureColumn:
    """Find the measure (a quantity that a run gives) that has this name, for runs of one scenario.

    Parameters
    ----------
    kind
        "analyse" or "simulate".
    name
        As in a design: a name of the catalogue, with its ending if it has one, such as `value.Spain`.
    scenario
        The scenario of the runs: it gives the parties, their groups and the blocks that a measure needs.

    Returns
    -------
    MeasureColumn
        The measure with its ending resolved.

    Raises
    ------
    InputError
        If there is no such measure, if the scenario lacks the block that it needs, or if its ending is wrong.
    """
    stem, _, ending = name.partition(".")
    known = measures_by_kind(kind)
    if stem in RENAMED and RENAMED[stem] in known:
        gross = RENAMED[stem]
        hint = f"write {gross}, and {NET_OF[gross]} for its net"
        raise input_error(name, "is a gross gain, and its name says so now", hint)
    if stem not in known:
        near = closest_words(stem, known)
        names = [known[each].name for each in near or known]
        raise input_error(name, f"is nothing that can be measured by {kind}", f"write one of: {', '.join(names)}")
    measure = known[stem]
    if _lacks(scenario, measure.needs):
        hint = f"leave it out, or take a scenario with [{measure.needs}]"
        raise input_error(name, f"cannot be measured: {scenario.name} has no [{measure.needs}]", hint)
    return MeasureColumn(name, measure, _filled(measure, name, ending, scenario), readers_by_kind(kind)[stem])


def measures(design: Design) -> tuple[MeasureColumn, ...]:
    """Return the measures of a design (the quantities that every run gives), in the order of the design.

    Names of countries and groups are looked up in the scenario of the design's first case (its first run). Raises
    InputError if a name is not found.
    """
    scenario = design.draft.read(case(design, 0).settings.items())
    return tuple(find_measure(design.kind, name, scenario) for name in design.measures)


def _lacks(scenario: Scenario, block: Block) -> bool:
    """Whether the scenario lacks the block."""
    match block:
        case "game":
            return scenario.game is None and scenario.parameters is None
        case "economy":
            return scenario.parameters is None
        case "agenda":
            return scenario.agenda is None


def _filled(measure: Measure, name: str, ending: str, scenario: Scenario) -> Any:
    """The ending of a name, resolved (see `MeasureColumn.at`); InputError, with the possible words, if it is wrong."""
    if not measure.ending:
        if ending:
            raise input_error(name, f"{measure.stem} is one figure and ends there", f"write {measure.stem}")
        return None
    if measure.ending == "ACCOUNT":
        return _chosen(name, ending, ACCOUNTS, measure)
    if measure.ending == "REMEDY":
        return _chosen(name, ending, tuple(SINGLE_REMEDIES), measure)
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
    return input_error(name, reason, f"for the last word write one of: {', '.join(choices)}")


def _words(scenario: Scenario) -> list[set[str]]:
    """Every word that names each party, case-folded."""
    if not scenario.countries:
        return [{player.casefold()} for player in scenario.parties]
    return [
        {word.casefold() for word in (country.name, country.iso3 or "", country.role) if country.matches(word)}
        for country in scenario.countries
    ]


def _groups(scenario: Scenario, place: int, measure: Measure) -> list[str]:
    """The voting groups of a party: of a scored case if the measure is of the agenda, else of the economy."""
    if measure.needs == "agenda" and scenario.has_points:
        return [group.name for group in scenario.seats[place].groups]
    return [interest.key for interest in voting_groups(require_economy(scenario), place)]
