"""The analysis of a case before any talks: its game, who gains from opening, and what can be agreed. No agents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from economy.model.payoffs import game as derived
from economy.model.payoffs import solve_bilateral
from economy.parameters import Parameters
from games.display import sentences_html, table_html
from games.json_values import to_json_value
from games.summary import GameSummary, summarise_game
from games.two_by_two.taxonomy import classify
from games.visible_text import visible
from negotiation.preferences.scored import VALUE_UNIT
from negotiation.preferences.values import VALUE_UNIT as ECONOMY_UNIT
from negotiation.preferences.values import Preferences
from scenarios.analysis.after_shocks import NO_EFFECT_NOTE, ShockEffect, shock_effects
from scenarios.analysis.agreement_space import AgreementSpace, summarise_packages
from scenarios.analysis.opening_effects import ECONOMY, OpeningEffects, compute_opening
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario
from scenarios.valuation import game_class, preferences, scenario_game

CLOSED = (0, 0)
"""Payoffs of (Defect, Defect) in a derived game: the origin from which all payoffs are measured."""

READINGS = {"openness .25": {"openness": 0.25}, "kappa 0": {"kappa": 0.0}, "kappa 1": {"kappa": 1.0}}
"""Other assumptions for a corridor; a note gives the class of the game under each (economy docs, corridors)."""

OPENING_NOTES = (
    "position is a group's stand when its own country opens alone; the other figures are those of both opening.",
    "The groups of the origin are ours: the source tabulates the host's.",
    "New migrants are counted after the cost of moving and what they send home.",
    "old migrants are null where a case has none (old_stock 0).",
    "largest_self_enforcing_openness is 0 where no opening holds by itself.",
    "remedies: needed is enough for an opening that enforces itself, both_gain for one that a treaty binds.",
    "remedies: each stands alone, or beside those named in `with`, every other one off; their doses are assumptions.",
    "A levy is paid out of the migrants' gain; it works because those who pay carry little political weight.",
    "remedies: phasing, reciprocity and a change of weights cost nobody anything in the model. Elsewhere they would.",
)
ILLUSTRATED = (
    "Two separate readings: {blocks} come from an economy that illustrates the case, in {unit}; "
    "packages, win_sets and zopa come from its points. Neither is the other in another unit."
)
PRINTED = (
    "Two separate readings: game is a printed matrix that illustrates the case; "
    "packages, win_sets and zopa come from its points."
)
AGENDA_NOTES = (
    "Bargaining points take walking away as their disagreement; zopa includes the status quo.",
    "The marginal group is the one whose turning would let most of the packages through that fail at home.",
)


@dataclass(frozen=True)
class Analysis:
    """The analysis of one case. Each block is computed at its first use and then kept.

    Blocks for which the case has no data are None, and a note says why.
    """

    scenario: Scenario

    @cached_property
    def game(self) -> GameSummary | None:
        """The game, printed or derived."""
        found = scenario_game(self.scenario)
        derived = self.scenario.parameters is not None
        return None if found is None else summarise_game(found, disagreement=CLOSED if derived else None)

    @cached_property
    def opening(self) -> OpeningEffects | None:
        """Who gains from opening; None without an economy."""
        if self.scenario.parameters is None:
            return None
        return compute_opening(self.scenario.parameters, self.scenario.parties, self.scenario.corridor)

    @cached_property
    def packages(self) -> AgreementSpace | None:
        """What can be agreed; None without an agenda."""
        worth = self._worth
        return (
            None if self.scenario.agenda is None or worth is None else summarise_packages(self.scenario.agenda, worth)
        )

    @cached_property
    def _worth(self) -> Preferences | None:
        """The value of every package for every party; None without an agenda."""
        return None if self.scenario.agenda is None else preferences(self.scenario)

    @cached_property
    def shocks(self) -> tuple[ShockEffect, ...]:
        """The case after each of its shocks; () if no shock can change a value."""
        return shock_effects(self.scenario)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the figures must know."""
        worth = self._worth if self.scenario.has_points else None
        return (
            *_notes(self.scenario),
            *(worth.notes if worth is not None else ()),
            *_shock_notes(self.scenario, self.shocks),
        )

    def __repr__(self) -> str:
        """The class of the game and the size of the agenda. No slow search is started for this."""
        played, agenda = game_class(self.scenario), self.scenario.agenda
        parts = [
            "no game"
            if played is None
            else f"class {played.name}" + (f", {played.player} dominant" * bool(played.player)),
            "no agenda" if agenda is None else f"{agenda.count:,} packages",
        ]
        blocks = "  .game .opening .packages .shocks .notes; to_dict() is the JSON of winset analyse"
        return visible(f"Theory of {self.scenario.name}: {'; '.join(parts)}\n{blocks}", breaks=True)

    def _repr_html_(self) -> str:
        """The game, who gains, what can be agreed, and the notes."""
        game: Any = self.game
        parts = [] if game is None else [game._repr_html_()]
        if self.opening is not None:
            rows = [
                (country, group, f"{each.change:.3f}", each.position, each.position_reciprocal)
                for country, groups in self.opening.groups.items()
                for group, each in groups.items()
            ]
            heads = ("Country", "Group", ECONOMY_UNIT, "When it opens alone", "When both open")
            parts.append(table_html("Who gains from opening", heads, rows))
        if self.packages is not None:
            names = ("count", "beat_walk_away", "beat_without_side_payments", "ratifiable", "zone")
            counts = [(name.replace("_", " "), f"{getattr(self.packages, name):,}") for name in names]
            parts.append(table_html("What can be agreed", ("Packages", "Number"), counts))
            sets = [(name, f"{each.size:,}", f"{each.share:.1%}") for name, each in self.packages.win_sets.items()]
            parts.append(table_html("What each would ratify", ("Country", "Packages", "Share"), sets))
        return "".join(parts) + sentences_html(self.notes)

    def to_dict(self) -> dict[str, Any]:
        """Return the analysis as `winset analyse --json` prints it."""
        grid = self.packages
        opened: dict[str, Any] = self.opening.to_dict() if self.opening else dict.fromkeys(ECONOMY)
        if self.scenario.has_points:
            opened["value_unit"] = VALUE_UNIT
        return to_json_value(
            {
                "schema": "winset/analyse/1",
                "scenario": self.scenario.name,
                "game": self.game.to_dict() if self.game else None,
                **opened,
                "packages": grid.to_dict() if grid else None,
                "win_sets": {party: each.to_dict() for party, each in grid.win_sets.items()} if grid else None,
                "zopa": grid.zone if grid else None,
                "notes": self.notes,
                "shocks": [each.to_dict() for each in self.shocks],
            }
        )


def analyse(scenario: Scenario | ScenarioSource) -> Analysis:
    """Analyse a case: its game; with an economy, who gains from opening; with an agenda, what can be agreed.

    Parameters
    ----------
    scenario
        A scenario, or what `read` accepts: a name, a path or a dictionary.

    Returns
    -------
    Analysis
        Its blocks are computed at their first use.

    Raises
    ------
    InputError
        If the scenario cannot be read.
    """
    return Analysis(as_scenario(scenario))


def _notes(scenario: Scenario) -> Iterator[str]:
    """The notes of the case, of its opening and of its agenda."""
    yield from scenario.notes
    yield from _scored_notes(scenario) if scenario.has_points else _bare_notes(scenario)
    if scenario.parameters is not None:
        if scenario.corridor is not None:
            variants = ", ".join(_variants(scenario, scenario.parameters))
            yield f"The class of the game depends on assumptions: {variants}."
        yield from OPENING_NOTES
    if scenario.agenda is None:
        yield "packages, win_sets and zopa are null: the case has no [agenda]."
    else:
        yield from AGENDA_NOTES


def _bare_notes(scenario: Scenario) -> Iterator[str]:
    """The blocks that a printed game does not have."""
    if scenario.parameters is None:
        yield f"{', '.join(ECONOMY)} are null: a printed game has no economy behind it."


def _scored_notes(scenario: Scenario) -> Iterator[str]:
    """A reminder that points and the economy or game beside them are separate readings."""
    blocks = [key for key in ECONOMY if key != "value_unit"]
    if scenario.parameters is not None:
        yield ILLUSTRATED.format(blocks=", ".join(["game", *blocks]), unit=ECONOMY_UNIT)
    elif scenario.game is not None:
        yield PRINTED
        yield f"{', '.join(blocks)} are null: neither points nor a printed game have an economy behind them."
    else:
        yield f"{', '.join(['game', *blocks])} are null: the case has points, and neither [game] nor [economy]."
    if scenario.migrants is None:
        yield "Those who move have no points in this case, and no total counts them."


def _shock_notes(scenario: Scenario, shocks: tuple[ShockEffect, ...]) -> Iterator[str]:
    """What each shock changes, or that shocks change nothing here."""
    if scenario.shocks and not shocks:
        yield NO_EFFECT_NOTE
    for each in shocks:
        yield each.sentence()
        yield from each.notes


def _variants(scenario: Scenario, parameters: Parameters) -> Iterator[str]:
    """The class of the game under each of `READINGS`: it can differ from the class under the case's own assumptions."""
    for name, moved in READINGS.items():
        game = derived(solve_bilateral(parameters.replace(**moved)), scenario.parties)
        yield f"{classify(game).name} at {name}"
