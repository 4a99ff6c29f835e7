"""The analysis of a case before any talks: its game, who gains from opening, and what can be agreed. No agents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from economy.accounts.documents import AccountDocuments, AccountSumsDocument
from economy.accounts.rows import ACCOUNT_HEADS, ACCOUNT_UNIT, ACCOUNTS_TITLE, account_rows
from economy.corridors.limits import EXPANSIONS
from games.display import sentences_html, table_html
from games.documents import Document, Limits
from games.game_document import GameDocument
from games.messages import join_messages, message
from games.summary import GameSummary, summarise_game
from games.visible_text import visible
from negotiation.preferences.scored import VALUE_UNIT
from negotiation.preferences.values import Preferences
from scenarios.analysis.after_shocks import ShockEffect, ShockEffectDocument, shock_effects
from scenarios.analysis.agreement_space import AgreementSpace, AgreementSpaceDocument, WinSet, summarise_packages
from scenarios.analysis.expansion import EarlierMigrantsDocument, ExpansionDocument, TreatyDocument
from scenarios.analysis.net_gains import NetGainDocument
from scenarios.analysis.notes import NO_LIMIT_NOTE, agenda_notes, case_notes, shock_notes
from scenarios.analysis.opening_effects import (
    CORRIDORS,
    ECONOMY,
    GroupEffectDocument,
    MigrationFlowsDocument,
    OpeningAnswersDocument,
    OpeningEffects,
    compute_opening,
)
from scenarios.analysis.remedies import RemedyNeedDocument
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario
from scenarios.valuation import game_class, preferences, scenario_game

CLOSED = (0, 0)
"""Payoffs of (Defect, Defect) in a derived game: the origin from which all payoffs are measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisDocument(Document):
    """What theory says of a case before anyone talks; a block that the case does not have is null, with a note."""

    NAME = "analyse"

    schema: Literal["winset/analyse/2"] = "winset/analyse/2"
    scenario: str
    """Name of the case."""
    game: GameDocument | None
    """The game, printed or derived."""
    groups: Mapping[str, Mapping[str, GroupEffectDocument]] | None
    """By country and group, if both open."""
    accounts: AccountDocuments | None
    """Money accounts if both open, in % of the pair's GDP of the status quo."""
    sums: AccountSumsDocument | None
    """Their sum, the cost of moving, and what is left of it."""
    earlier_migrants: EarlierMigrantsDocument | None
    """The account of old migrants in two parts; null where nobody is there today."""
    net: NetGainDocument | None
    """Gross and net gains: possible, signed, and as the case stands."""
    value_unit: str | None
    """Unit of the values of packages."""
    flows: MigrationFlowsDocument | None
    """People who move when both open."""
    agreement: OpeningAnswersDocument | None
    """Whether both would open, and how far."""
    expansion: ExpansionDocument | None
    """How many more people than today may come; null where nobody is there today, and under free movement."""
    treaty: TreatyDocument | None
    """Free movement in force; null without it."""
    remedies: tuple[RemedyNeedDocument, ...] | None
    """How much of each remedy is enough, alone and beside others at a standard dose."""
    packages: AgreementSpaceDocument | None
    """Which packages can be agreed."""
    win_sets: Mapping[str, WinSet] | None
    """By country, the packages that it would ratify."""
    zopa: Annotated[int, Limits(minimum=0)] | None
    """Packages at or above every walk-away value and ratified everywhere. The status quo, where it is a package, needs
    no vote."""
    notes: tuple[str, ...]
    """What a reader of the figures must know."""
    shocks: tuple[ShockEffectDocument, ...]
    """The case after each of its shocks and those before it, in the order in which they come to an end. Empty where
    nothing can be moved: points are written, and a printed game is printed."""


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
        worth = self._worth
        more = None if self.opening is None else self.opening.expansion
        return (
            *case_notes(self.scenario),
            *((NO_LIMIT_NOTE,) if more is not None and more.has_no_limit else ()),
            *(() if worth is None else agenda_notes(worth)),
            *shock_notes(self.scenario, self.shocks),
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
            parts += _opening_tables(self.opening)
        if self.packages is not None:
            names = ("count", "beat_walk_away", "beat_without_side_payments", "ratifiable", "zone")
            counts = [(name.replace("_", " "), f"{getattr(self.packages, name):,}") for name in names]
            parts.append(table_html("What can be agreed", ("Packages", "Number"), counts))
            sets = [(name, f"{each.size:,}", f"{each.share:.1%}") for name, each in self.packages.win_sets.items()]
            parts.append(table_html("What each would ratify", ("Country", "Packages", "Share"), sets))
        return "".join(parts) + sentences_html(self.notes)

    def document(self) -> AnalysisDocument:
        """Return the analysis as `winset analyse` shows it."""
        grid = self.packages
        blocks: dict[str, Any] = {}
        blocks |= dict.fromkeys((*ECONOMY, *CORRIDORS)) if self.opening is None else self.opening.blocks()
        if self.scenario.has_points:
            blocks["value_unit"] = VALUE_UNIT
        return AnalysisDocument(
            scenario=self.scenario.name,
            game=None if self.game is None else self.game.document(),
            **blocks,
            packages=None if grid is None else grid.document(),
            win_sets=None if grid is None else grid.win_sets,
            zopa=None if grid is None else grid.zone,
            notes=self.notes,
            shocks=tuple(each.document() for each in self.shocks),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the analysis as `winset analyse --json` prints it."""
        return self.document().to_dict()


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


def _opening_tables(found: OpeningEffects) -> Iterator[str]:
    """The tables of an opening for a notebook: groups, money accounts, gross and net gains, numbers of people."""
    rows = [
        (country, group, f"{each.change_alone:.3f}", each.position, f"{each.change:.3f}", each.position_reciprocal)
        for country, groups in found.groups.items()
        for group, each in groups.items()
    ]
    heads = (
        message("Country"),
        message("Group"),
        message("alone"),
        message("position"),
        message("both"),
        message("position"),
    )
    yield table_html(message("Who gains from opening, % of own GDP"), heads, rows)
    money = [
        (row.label, *("" if value is None else f"{value:+.3f}" for value in (row.private, row.public, row.total)))
        for row in account_rows(found.accounts, found.sums)
    ]
    yield table_html(join_messages(", ", [ACCOUNTS_TITLE, ACCOUNT_UNIT]), ACCOUNT_HEADS, money)
    net = found.net.document(found.sums)
    gains = (
        (message("This opening"), f"{found.sums.gdp:.3f}", f"{net.welfare:.3f}"),
        (message("Largest"), f"{net.potential_gross:.3f}", f"{net.best_net:.3f}"),
        (message("Signed"), f"{net.signed_gross:.3f}", f"{net.signed_net:.3f}"),
    )
    yield table_html(message("Gains, {unit}", unit=ACCOUNT_UNIT), ("", message("gross"), message("net")), gains)
    if found.expansion is not None:
        classes = [(f"{x:+.0%}", name) for x, name in zip(EXPANSIONS, found.expansion.report.classes, strict=True)]
        yield table_html(message("More people than today"), (message("beyond today's"), message("game")), classes)
    if found.treaty is not None:
        steps = [(f"{each.openness:g}", each.class_, "yes" if each.holds else "no") for each in found.treaty.steps]
        yield table_html(
            message("Free movement in force"), (message("openness"), message("game"), message("holds")), steps
        )
