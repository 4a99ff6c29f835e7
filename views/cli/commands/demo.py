"""`winset demo`: one case step by step, from the data of a real corridor to the votes at home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from agents import simulate
from games.documents import Document
from games.messages import join_messages, message
from negotiation import Outcome
from negotiation.outcome.outcome_document import OutcomeDocument
from scenarios import Analysis, Scenario, analyse, read
from scenarios.analysis.analysis import AnalysisDocument
from views.text.analysis import ECONOMY_UNIT, render_interests
from views.text.charts import PointLayer, draw_plane
from views.text.game import equilibria, render_payoff_matrix
from views.text.layout import Screen, fact_lines, notes, pad, paragraph, section_heading
from views.text.outcome import (
    describe_blocking_group,
    describe_stop,
    render_account_changes,
    render_ballots,
    render_deal_summary,
)
from views.text.timeline import render_offers
from views.wording.games import full_explanation as explained
from views.wording.screen import number, per_cent
from views.wording.translation import translate

if TYPE_CHECKING:
    from scenarios.analysis.opening_effects import GroupEffectDocument, OpeningEffects

CASE = "morocco-spain"
"""Library case of the demo."""
GAINS_NOTE = message("In % of own GDP; the last line of a country is its payoff. Migrants have no vote in the host.")
WITHOUT = "agenda.without=['levy']"
"""The change that removes the levy on migrants' earnings from the agenda."""

NEXT = (
    ("winset app", message("move the gap and watch the game turn")),
    ("winset analyse mexico-usa", message("a corridor where both would open")),
    (f"winset simulate {CASE} --seed 7", message("the same talks with other luck")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDocument(Document):
    """One case: its analysis, and the same talks without a levy and with one."""

    NAME = "demo"

    schema: Literal["winset/demo/1"] = "winset/demo/1"
    analyse: AnalysisDocument
    """The analysis of the case."""
    without: OutcomeDocument
    """The talks with the levy held at none."""
    with_: OutcomeDocument
    """The same talks with the levy on the table."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Results of `winset demo` for one case: the analysis, the talks without a levy, and the talks with a levy."""

    scenario: Scenario
    analysis: Analysis
    without: Outcome
    signed: Outcome

    def document(self) -> DemoDocument:
        """Return the document that holds the analysis and both talks of the demo, as `winset demo --json` prints it."""
        return DemoDocument(
            analyse=self.analysis.document(), without=self.without.document(), with_=self.signed.document()
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the content of `winset demo --json` as a dictionary of plain JSON values."""
        return self.document().to_dict()


def run_demo() -> DemoResult:
    """Compute the results of `winset demo`: the analysis of one case, and its talks without and with a levy.

    The talks use the seed of the case.
    """
    scenario = read(CASE)
    bare = read(CASE, [WITHOUT])
    return DemoResult(
        scenario,
        analyse(scenario),
        simulate(bare, bare.seed),
        simulate(scenario, scenario.seed),
    )


def render_demo(screen: Screen, story: DemoResult) -> list[str]:
    """Return the whole text of `winset demo` as lines: a title, a summary and seven short sections."""
    told = story.document()
    return [
        screen.ink(story.scenario.title, "strong"),
        *paragraph(screen, story.scenario.summary),
        *render_corridor(screen, story.scenario),
        *render_derived_game(screen, story.analysis, told.analyse),
        *render_gains_at_home(screen, told.analyse.groups or {}, story.analysis.opening),
        *talks_without(screen, told),
        *talks_with(screen, told, story.signed),
        *render_package_map(screen, story),
        *render_next_commands(screen),
    ]


def render_corridor(screen: Screen, scenario: Scenario) -> list[str]:
    """Return section 1 of the demo as lines: the numbers of the corridor (the two countries), with their sources.

    Empty for a case without a corridor or an economy.
    """
    found, parameters = scenario.corridor, scenario.parameters
    if found is None or parameters is None:
        return []
    host, origin = scenario.parties
    unskilled = [per_cent(100 * float(share), 0) for share in (parameters.u0, parameters.u1)]
    openness = per_cent(100 * float(parameters.openness), 1)
    rows = [
        (message("People from {origin} in {host}", origin=origin, host=host), number(float(found.migrants[0]), 0)),
        (message("Output per worker"), message("{gap}× {origin}'s", gap=number(float(parameters.gap)), origin=origin)),
        (
            message("Workers in {origin}", origin=origin),
            message("{number} for each in {host}", number=number(float(parameters.size), 2), host=host),
        ),
        (
            message("Less-skilled workers"),
            message(
                "{first} in {host}, {second} in {origin}",
                first=unskilled[0],
                host=host,
                second=unskilled[1],
                origin=origin,
            ),
        ),
        (message("Openness that explains this"), message("{share} of those willing to move", share=openness)),
    ]
    return [
        *section_heading(screen, message("1  The corridor")),
        *fact_lines(screen, rows),
        *notes(screen, found.sources),
    ]


def render_derived_game(screen: Screen, found: Analysis, told: AnalysisDocument) -> list[str]:
    """Return section 2 of the demo as lines: the game that follows from the numbers of the case, and its equilibria.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Analysis of the case.
    told
        Document of the same analysis.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without a game.
    """
    if found.game is None or told.game is None or told.net is None:
        return []
    gain = message(
        "If all who are willing moved, the two together would produce {potential} more.",
        potential=per_cent(told.net.potential_gross),
    )
    return [
        *section_heading(screen, message("2  The game they are in")),
        *render_payoff_matrix(screen, told.game, ECONOMY_UNIT),
        "",
        *paragraph(screen, explained(found.game.game)),
        *equilibria(screen, told.game),
        *paragraph(screen, gain),
    ]


def render_gains_at_home(
    screen: Screen, groups: Mapping[str, Mapping[str, GroupEffectDocument]], opened: OpeningEffects | None
) -> list[str]:
    """Return section 3 of the demo as lines: which groups gain if both countries open, and how they would vote.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    groups
        Interest groups by country and key.
    opened
        Effects of opening; None for a case without an economy.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    return [
        *section_heading(screen, message("3  Who gains at home if both open")),
        *render_interests(screen, groups, opened),
        *notes(screen, [GAINS_NOTE]),
    ]


def talks_without(screen: Screen, told: DemoDocument) -> list[str]:
    """Return section 4 of the demo as lines: the talks without a levy on what migrants earn abroad.

    Empty for a case without an agenda.
    """
    ended, counted = told.without, told.analyse.packages
    if counted is None:
        return []
    count, bare = number(counted.count, 0), counted.beat_without_side_payments
    possible = (
        message(
            "Of {count} packages {bare} would help both governments without side payments.",
            count=count,
            bare=number(bare, 0),
        )
        if bare
        else message("Of {count} packages none would help both governments without side payments.", count=count)
    )
    group = [describe_blocking_group(ended.ended_by)] if ended.ended_by and ended.ended_by.group else []
    return [
        *section_heading(screen, message("4  Talks without a levy on earnings abroad")),
        *paragraph(screen, join_messages(" ", [possible, *result(ended), *group])),
        *render_deal_summary(screen, ended),
    ]


def talks_with(screen: Screen, told: DemoDocument, outcome: Outcome) -> list[str]:
    """Return section 5 of the demo as lines: the same talks with a levy on earnings abroad.

    It shows the offers, the deal, the votes at home and the accounts of gains.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        Document of the demo.
    outcome
        Outcome of the talks with the levy, for its offers.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without an agenda.
    """
    ended, counted = told.with_, told.analyse.packages
    if counted is None:
        return []
    possible = message(
        "With side payments {better} would, and {passed} of these would be ratified in both countries.",
        better=number(counted.beat_walk_away, 0),
        passed=number(counted.ratifiable, 0),
    )
    return [
        *section_heading(screen, message("5  Talks with a levy on earnings abroad")),
        *paragraph(screen, join_messages(" ", [possible, *result(ended)])),
        "",
        *render_offers(screen, outcome, most=6),
        *render_deal_summary(screen, ended),
        *render_ballots(screen, ended),
        *render_account_changes(screen, ended, message("Who gained, migrants included")),
    ]


def result(ended: OutcomeDocument) -> list[str]:
    """Return one or two sentences that say how simulated talks ended, and in which round."""
    if ended.ended_by is None:
        return [message("They sign in round {round}, and both countries ratify.", round=ended.rounds)]
    reason = message("{reason}.", reason=describe_stop(ended))
    return [message("They stop in round {round}.", round=ended.rounds), reason]


def render_package_map(screen: Screen, story: DemoResult) -> list[str]:
    """Return section 6 of the demo as lines: a map with every package as a point, and the deal.

    A package is one combination of what the talks can decide. Packages with and without the levy have different signs.
    """
    parties = story.signed.preferences.parties
    bare, full = (outcome.preferences.values.tolist() for outcome in (story.without, story.signed))
    layers = [PointLayer(full, "░", "migrants"), PointLayer(bare, "▒", "quiet")]
    signed = [PointLayer([full[story.signed.package]], "◆", "agreement")] if story.signed.talks.deal is not None else []
    key = join_messages(
        "   ",
        [
            message("▒ without the levy"),
            message("░ with it"),
            message("◆ the deal"),
            message("lines: no deal"),
        ],
    )
    return [
        *section_heading(screen, message("6  Everything on the table")),
        *draw_plane(screen, layers, (parties[0], parties[1]), signed, height=11),
        *(screen.ink(line, "quiet") for line in paragraph(screen, key)),
    ]


def render_next_commands(screen: Screen) -> list[str]:
    """Return section 7 of the demo as lines: three commands to try next, each with its purpose."""
    wide = max(len(command) for command, _ in NEXT)
    lines = section_heading(screen, message("7  What to try next"))
    for command, reason in NEXT:
        beside = screen.width > wide + 30
        below = [command, f"  {translate(reason)}"]
        lines += paragraph(screen, reason, first=pad(command, wide) + "  ") if beside else below
    return lines
