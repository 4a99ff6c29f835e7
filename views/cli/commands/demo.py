"""`winset demo`: one case step by step, from the data of a real corridor to the votes at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agents import simulate
from negotiation import Outcome
from scenarios import Analysis, Scenario, analyse, read
from views.text.analysis import ECONOMY_UNIT, JsonObject, equilibria, render_interests, render_payoff_matrix
from views.text.charts import PointLayer, draw_plane
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

if TYPE_CHECKING:
    from negotiation.outcome.outcome_document import OutcomeDocument
    from scenarios.analysis.opening_effects import OpeningEffects

CASE = "morocco-spain"
"""Library case of the demo."""
WITHOUT = "agenda.without=['levy']"
"""The change that removes the levy on migrants' earnings from the agenda."""

NEXT = (
    ("winset app", "move the gap and watch the game turn"),
    ("winset analyse mexico-usa", "a corridor where both would open"),
    (f"winset simulate {CASE} --seed 7", "the same talks with other luck"),
)


@dataclass(frozen=True, slots=True)
class DemoResult:
    """One case in three results: the analysis, the talks without a levy, and the talks with a levy."""

    scenario: Scenario
    analysis: Analysis
    without: Outcome
    signed: Outcome

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset demo --json`."""
        return {
            "schema": "winset/demo/1",
            "analyse": self.analysis.to_dict(),
            "without": self.without.to_dict(),
            "with": self.signed.to_dict(),
        }


def run_demo() -> DemoResult:
    """Compute the demo: one analysis and two talks, with the seed of the case."""
    scenario = read(CASE)
    bare = read(CASE, [WITHOUT])
    return DemoResult(
        scenario,
        analyse(scenario),
        simulate(bare, bare.seed),
        simulate(scenario, scenario.seed),
    )


def render_demo(screen: Screen, story: DemoResult) -> list[str]:
    """Render the demo in seven short sections."""
    told = story.analysis.to_dict()
    return [
        screen.ink(story.scenario.title, "strong"),
        *paragraph(screen, story.scenario.summary),
        *render_corridor(screen, story.scenario),
        *render_derived_game(screen, story.analysis, told),
        *render_gains_at_home(screen, told, story.analysis.opening),
        *talks_without(screen, told, story.without),
        *talks_with(screen, told, story.signed),
        *render_package_map(screen, story),
        *render_next_commands(screen),
    ]


def render_corridor(screen: Screen, scenario: Scenario) -> list[str]:
    """Section 1: the numbers of the corridor, with their sources."""
    found, parameters = scenario.corridor, scenario.parameters
    if found is None or parameters is None:
        return []
    host, origin = scenario.parties
    unskilled = [per_cent(100 * float(share), 0) for share in (parameters.u0, parameters.u1)]
    rows = [
        (f"People from {origin} in {host}", number(float(found.migrants), 0)),
        ("Output per worker", f"{number(float(parameters.gap))}× {origin}'s"),
        (f"Workers in {origin}", f"{number(float(parameters.size), 2)} for each in {host}"),
        ("Less-skilled workers", f"{unskilled[0]} in {host}, {unskilled[1]} in {origin}"),
        ("Openness that explains this", f"{per_cent(100 * float(parameters.openness), 1)} of those willing to move"),
    ]
    return [*section_heading(screen, "1  The corridor"), *fact_lines(screen, rows), *notes(screen, found.sources)]


def render_derived_game(screen: Screen, found: Analysis, told: JsonObject) -> list[str]:
    """Section 2: the game that follows from these numbers, and its equilibria.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Analysis of the case.
    told
        Results of the analysis, as in its JSON.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without a game.
    """
    if found.game is None:
        return []
    derived, potential = told["game"], per_cent(told["potential_gain_pct"])
    gain = f"If all who are willing moved, the two together would produce {potential} more."
    return [
        *section_heading(screen, "2  The game they are in"),
        *render_payoff_matrix(screen, derived, ECONOMY_UNIT),
        "",
        *paragraph(screen, explained(found.game.game)),
        *equilibria(screen, derived),
        *paragraph(screen, gain),
    ]


def render_gains_at_home(screen: Screen, told: JsonObject, opened: OpeningEffects | None) -> list[str]:
    """Section 3: which groups gain if both countries open, and how each would therefore vote.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        Results of the analysis, as in its JSON.
    opened
        Effects of opening; None for a case without an economy.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    return [
        *section_heading(screen, "3  Who gains at home if both open"),
        *render_interests(screen, told["groups"], opened),
        *notes(
            screen, ["In % of own GDP; the last line of a country is its payoff. Migrants have no vote in the host."]
        ),
    ]


def talks_without(screen: Screen, told: JsonObject, outcome: Outcome) -> list[str]:
    """Section 4: the talks without a levy on what migrants earn abroad.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        Results of the analysis, as in its JSON.
    outcome
        Outcome of the talks without the levy.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    counted, ended = told["packages"], outcome.document()
    bare = number(counted["beat_without_side_payments"], 0) if counted["beat_without_side_payments"] else "none"
    possible = f"Of {number(counted['count'], 0)} packages {bare} would help both governments without side payments."
    group = f" {describe_blocking_group(ended.ended_by)}" if ended.ended_by and ended.ended_by.group else ""
    return [
        *section_heading(screen, "4  Talks without the migrants' purse"),
        *paragraph(screen, f"{possible} {result(ended)}{group}"),
        *render_deal_summary(screen, ended),
    ]


def talks_with(screen: Screen, told: JsonObject, outcome: Outcome) -> list[str]:
    """Section 5: the same talks with a levy on earnings abroad: offers, deal, votes, accounts.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        Results of the analysis, as in its JSON.
    outcome
        Outcome of the talks with the levy.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    counted, ended = told["packages"], outcome.document()
    better, passed = (number(counted[key], 0) for key in ("beat_walk_away", "ratifiable"))
    possible = f"With side payments {better} would, and {passed} of these would be ratified in both countries."
    return [
        *section_heading(screen, "5  Talks with a levy on earnings abroad"),
        *paragraph(screen, f"{possible} {result(ended)}"),
        "",
        *render_offers(screen, outcome, most=6),
        *render_deal_summary(screen, ended),
        *render_ballots(screen, ended),
        *render_account_changes(screen, ended, "Who gained, migrants included"),
    ]


def result(ended: OutcomeDocument) -> str:
    """How the talks ended, and in which round."""
    if ended.ended_by is None:
        return f"They sign in round {ended.rounds}, and both countries ratify."
    return f"They stop in round {ended.rounds}. {describe_stop(ended)}."


def render_package_map(screen: Screen, story: DemoResult) -> list[str]:
    """Section 6: every package as a point, with and without the levy, and the deal."""
    parties = story.signed.preferences.parties
    bare, full = (outcome.preferences.values.tolist() for outcome in (story.without, story.signed))
    layers = [PointLayer(full, "░", "migrants"), PointLayer(bare, "▒", "quiet")]
    signed = [PointLayer([full[story.signed.package]], "◆", "agreement")] if story.signed.talks.deal is not None else []
    key = "▒ without the levy   ░ with it   ◆ the deal   lines: no deal"
    return [
        *section_heading(screen, "6  Everything on the table"),
        *draw_plane(screen, layers, (parties[0], parties[1]), signed, height=11),
        *(screen.ink(line, "quiet") for line in paragraph(screen, key)),
    ]


def render_next_commands(screen: Screen) -> list[str]:
    """Section 7: three commands to try next."""
    wide = max(len(command) for command, _ in NEXT)
    lines = section_heading(screen, "7  What to try next")
    for command, reason in NEXT:
        beside = screen.width > wide + 30
        lines += paragraph(screen, reason, first=pad(command, wide) + "  ") if beside else [command, f"  {reason}"]
    return lines
