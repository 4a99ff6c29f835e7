"""The analysis of a case before any talks: its game, who gains from opening, and what can be agreed. No agents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np

from economy.accounts.documents import AccountDocuments, AccountSumsDocument
from economy.accounts.rows import ACCOUNT_HEADS, ACCOUNT_UNIT, ACCOUNTS_TITLE, account_rows
from economy.corridors.fitting import Corridor
from economy.corridors.limits import EXPANSIONS
from economy.model.payoffs import game as derived
from economy.model.payoffs import solve_bilateral
from economy.parameters import Parameters
from games.display import sentences_html, table_html
from games.documents import Document, Limits
from games.game_document import GameDocument
from games.messages import join_messages, message
from games.summary import GameSummary, summarise_game
from games.two_by_two.taxonomy import classify
from games.visible_text import visible
from negotiation.preferences.scored import VALUE_UNIT
from negotiation.preferences.values import MIGRANTS_NOTE, Preferences
from negotiation.preferences.values import VALUE_UNIT as ECONOMY_UNIT
from scenarios.analysis.after_shocks import NO_EFFECT_NOTE, ShockEffect, ShockEffectDocument, shock_effects
from scenarios.analysis.agreement_space import AgreementSpace, AgreementSpaceDocument, WinSet, summarise_packages
from scenarios.analysis.expansion import EarlierMigrantsDocument, ExpansionDocument, TreatyDocument
from scenarios.analysis.net_gains import NetGainDocument
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

READINGS = (
    (message("{game} at kappa 0"), "kappa 0", ("kappa",)),
    (message("{game} at kappa 1"), "kappa 1", ("kappa",)),
    (message("{game} with covered .5"), "covered .5", ("covered",)),
    (message("{game} with covered 0"), "covered 0", ("covered",)),
    (message("{game} with earlier migrants of other origins"), "earlier migrants", ("old_stock", "old_stock_origin")),
)
"""Other assumptions for a corridor: text, name in `Corridor.variants`, and the parameters that the assumption sets.

A note gives the class of the game under each.
"""
COVERED_NOTE = message(
    "That all who are there already get the terms of the treaty (covered 1) is an assumption, and the most important "
    "one: it decides how many more people both would sign."
)
REMOTE_NOTE = message("Beyond five times today's number do not read: the figures are an extrapolation.")
SIGN_NOTE = message(
    "Read the sign of an origin's payoff, not its size: many of its workers are abroad and earn several times their "
    "pay at home."
)
NO_LIMIT_NOTE = message(
    "Both gain from every number of people that was tried. No such treaty exists: here the model fails. It has no "
    "politics of quotas, one labour market, and skills read off an index."
)

OPENING_NOTES = (
    message(
        "position and change_alone_pct_gdp are a group's stand when its own country opens alone; position_reciprocal "
        "and the other figures are those of both opening."
    ),
    message("The groups of the origin are ours: the source tabulates the host's."),
    message(
        "New migrants are counted in money: their pay abroad less their pay at home, after fees, taxes and levies. "
        "What they send home is in the accounts of those who receive it. What moving costs them is in no account: it "
        "is the line below the sum."
    ),
    message(
        "Old migrants are those who are there today; earlier migrants of other origins are among them only where "
        "old_stock is above 0. Without either the account is 0."
    ),
    message(
        "The net gain is welfare: the sum of the accounts less the cost of moving. Remittances, levies and taxes are "
        "not in it, they cancel."
    ),
    message(
        "largest_self_enforcing_openness is 0 where no opening holds by itself, and null where numbers of people bind: "
        "expansion then says how many."
    ),
    message(
        "remedies: window and needed are enough for an opening that enforces itself, both_gain for one that a treaty "
        "binds."
    ),
    message(
        "remedies: each stands alone, or beside those named in `with`, every other one off; "
        "their doses are assumptions."
    ),
    message("A levy is paid out of the migrants' gain; it works because those who pay carry little political weight."),
    message(
        "remedies: phasing costs what the delay costs; reciprocity and a change of weights cost nobody anything in the "
        "model. Elsewhere they would."
    ),
)
ILLUSTRATED = message(
    "Two separate readings: {blocks} come from an economy that illustrates the case, in {unit}; "
    "packages, win_sets and zopa come from its points. Neither is the other in another unit."
)
PRINTED = message(
    "Two separate readings: game is a printed matrix that illustrates the case; "
    "packages, win_sets and zopa come from its points."
)
MARGINAL_NOTE = message(
    "The marginal group is the one whose turning would let most of the packages through that fail at home."
)
STATUS_QUO_NOTES = {
    True: message("Bargaining points take walking away as their disagreement; zopa includes the status quo."),
    False: message(
        "Every package is a signed text. Walking away is none of them: bargaining points take it as their "
        "disagreement, and zopa does not include it."
    ),
}
"""Notes for an agenda with and without the status quo among its packages."""


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
            *_notes(self.scenario),
            *((NO_LIMIT_NOTE,) if more is not None and more.has_no_limit else ()),
            *(() if worth is None else _agenda_notes(worth)),
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


def _notes(scenario: Scenario) -> Iterator[str]:
    """The notes of the case, of its opening and of its agenda."""
    yield from scenario.notes
    yield from _scored_notes(scenario) if scenario.has_points else _bare_notes(scenario)
    if scenario.parameters is not None:
        if scenario.corridor is not None:
            variants = join_messages(", ", _variants(scenario, scenario.corridor, scenario.parameters))
            yield message("The class of the game depends on assumptions: {variants}.", variants=variants)
            yield from (COVERED_NOTE, REMOTE_NOTE, SIGN_NOTE) if scenario.corridor.kind == "today" else ()
        yield from OPENING_NOTES
    if scenario.agenda is None:
        yield message("packages, win_sets and zopa are null: the case has no [agenda].")


def _agenda_notes(worth: Preferences) -> Iterator[str]:
    """The notes of the agenda and of its values; `OPENING_NOTES` say what the account of migrants is."""
    yield STATUS_QUO_NOTES[worth.status_quo is not None]
    yield MARGINAL_NOTE
    yield from (note for note in worth.notes if note != MIGRANTS_NOTE)


def _bare_notes(scenario: Scenario) -> Iterator[str]:
    """The blocks that a printed game does not have."""
    if scenario.parameters is None:
        blocks = ", ".join(ECONOMY)
        yield message("{blocks} are null: a printed game has no economy behind it.", blocks=blocks)


def _scored_notes(scenario: Scenario) -> Iterator[str]:
    """A reminder that points and the economy or game beside them are separate readings."""
    blocks = [key for key in ECONOMY if key != "value_unit"]
    if scenario.parameters is not None:
        yield ILLUSTRATED.format(blocks=", ".join(["game", *blocks]), unit=ECONOMY_UNIT)
    elif scenario.game is not None:
        yield PRINTED
        yield message(
            "{blocks} are null: neither points nor a printed game have an economy behind them.",
            blocks=", ".join(blocks),
        )
    else:
        yield message(
            "{blocks} are null: the case has points, and neither [game] nor [economy].",
            blocks=", ".join(["game", *blocks]),
        )
    if scenario.migrants is None:
        yield message("Those who move have no points in this case, and no total counts them.")


def _shock_notes(scenario: Scenario, shocks: tuple[ShockEffect, ...]) -> Iterator[str]:
    """What each shock changes, or that shocks change nothing here."""
    if scenario.shocks and not shocks:
        yield NO_EFFECT_NOTE
    for each in shocks:
        yield each.sentence()
        yield from each.notes


def _variants(scenario: Scenario, corridor: Corridor, parameters: Parameters) -> Iterator[str]:
    """The class of the game under each of `READINGS`: it can differ from the class under the case's own assumptions.

    What the case changes in its corridor is changed in the variant too, except for what the variant sets. `covered`
    has no effect under a treaty that is in force.
    """
    ours, fitted = parameters.items(), corridor.parameters.items()
    changes = {name: value for name, value in ours.items() if not np.array_equal(value, fitted[name])}
    variants = corridor.variants
    for text, name, own in READINGS:
        if corridor.kind != "today" and name.startswith("covered"):
            continue
        kept = {each: value for each, value in changes.items() if each not in own}
        game = derived(solve_bilateral(variants[name].replace(**kept)), scenario.parties)
        yield text.format(game=classify(game).name)
