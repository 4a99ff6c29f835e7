"""`winset demo`: one case step by step, from the data of a real corridor to the votes at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from agents import simulate
from economy.accounts.documents import account_documents, account_sums
from economy.accounts.rows import ACCOUNT_UNIT, ACCOUNTS_TITLE, account_rows
from games.documents import Document
from games.messages import Message, join_messages, message
from negotiation import Outcome
from negotiation.outcome.outcome_document import OutcomeDocument
from scenarios import Analysis, Scenario, analyse, read
from scenarios.analysis.agreement_space import AgreementSpace, AgreementSpaceDocument
from scenarios.analysis.analysis import AnalysisDocument
from scenarios.valuation import require_corridor
from views.cli.commands.demo_sentences import corridor_sentences, coverage_sentence, unlike_sentences
from views.cli.commands.demo_story import StoryDocument, UnlikeDocument, compare_pairs, tell_corridor
from views.text.analysis import ECONOMY_UNIT
from views.text.game import equilibria, render_payoff_matrix
from views.text.layout import Screen, notes, pad, paragraph, section_heading, subheading
from views.text.money_accounts import account_lines
from views.text.outcome import describe_blocking_group, describe_stop, render_ballots, render_deal_summary
from views.text.timeline import render_offers
from views.wording.games import full_explanation as explained
from views.wording.screen import number, per_cent

CASE = "morocco-spain"
"""Library case of the demo."""
WITHOUT = "agenda.fixed.levy=0"
"""The change that sets the levy of every text to none."""
NO_LEVY = message(
    "Without a levy {better} of {count} packages would help both governments, and {passed} of these would be ratified."
)
LEVY = message("With it {better} of {count} packages would, and {passed} of these would be ratified.")
IN = message("In {unit}.")
READ = 2
"""Number of sources whose data the sentences read; the third is read with earlier migrants of other origins only."""
OFFERS = 4
"""Largest number of offers that are shown."""

NEXT = (
    ("winset app", message("move the gap and watch the game change")),
    ("winset analyse mexico-usa", message("a corridor where both would open")),
    (f"winset simulate {CASE} --seed 7", message("the same talks with other random numbers")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDocument(Document):
    """One case: the figures of its corridor, its analysis, and the same talks without a levy and with one."""

    NAME = "demo"

    schema: Literal["winset/demo/1"] = "winset/demo/1"
    story: StoryDocument
    """The corridor at today's number of migrants and beyond."""
    sentences: tuple[str, ...]
    """The same in six sentences."""
    coverage: str
    """What changes if the treaty reaches newcomers only."""
    pairs: UnlikeDocument
    """Pairs of countries from alike to unlike."""
    paradox: str
    """What follows from them."""
    analyse: AnalysisDocument
    """The analysis of the case."""
    without: OutcomeDocument
    """The talks with no levy in any text."""
    packages_without: AgreementSpaceDocument | None
    """Packages of these talks, and bargaining solutions."""
    with_: OutcomeDocument
    """The same talks with the levy of the case in every text."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Results of `winset demo` for one case: its corridor, the analysis, and the talks without and with a levy."""

    scenario: Scenario
    story: StoryDocument
    pairs: UnlikeDocument
    analysis: Analysis
    without: Outcome
    packages_without: AgreementSpace | None
    signed: Outcome

    def document(self) -> DemoDocument:
        """Return the document of the figures, the analysis and both talks, as `winset demo --json` prints it."""
        host, origin = self.scenario.parties
        return DemoDocument(
            story=self.story,
            sentences=corridor_sentences(self.story, host, origin),
            coverage=coverage_sentence(self.story.newcomers_only),
            pairs=self.pairs,
            paradox=unlike_sentences(self.pairs),
            analyse=self.analysis.document(),
            without=self.without.document(),
            packages_without=self.packages_without and self.packages_without.document(),
            with_=self.signed.document(),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the content of `winset demo --json` as a dictionary of plain JSON values."""
        return self.document().to_dict()


def run_demo() -> DemoResult:
    """Compute the results of `winset demo`: a corridor, its analysis, and its talks without and with a levy.

    The talks use the seed of the case.
    """
    scenario = read(CASE)
    bare = read(CASE, [WITHOUT])
    return DemoResult(
        scenario,
        tell_corridor(require_corridor(scenario)),
        compare_pairs(),
        analyse(scenario),
        simulate(bare, bare.seed),
        analyse(bare).packages,
        simulate(scenario, scenario.seed),
    )


def render_demo(screen: Screen, story: DemoResult) -> list[str]:
    """Return the whole text of `winset demo` as lines: a title and four short sections."""
    told = story.document()
    return [
        screen.ink(story.scenario.title, "strong"),
        *render_corridor(screen, told, story.scenario),
        *render_derived_game(screen, story.analysis, told.analyse),
        *render_both_talks(screen, told, story.signed),
        *render_next_commands(screen, told),
    ]


def render_corridor(screen: Screen, told: DemoDocument, scenario: Scenario) -> list[str]:
    """Return section 1 of the demo as lines: the corridor in six sentences, an assumption, and the sources.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        Document of the demo.
    scenario
        The case, for the sources of its corridor.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    sentences = [
        line
        for place, sentence in enumerate(told.sentences, start=1)
        for line in paragraph(screen, sentence, first=f"{place}  ")
    ]
    sources = scenario.corridor.sources[:READ] if scenario.corridor else ()
    return [
        *section_heading(screen, message("1  The corridor")),
        *sentences,
        *notes(screen, [told.coverage, join_messages("; ", sources)]),
    ]


def render_derived_game(screen: Screen, found: Analysis, told: AnalysisDocument) -> list[str]:
    """Return section 2 of the demo as lines: the game about the number of people in the case, and its equilibria.

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
    if found.game is None or told.game is None:
        return []
    return [
        *section_heading(screen, _game_heading(found.scenario)),
        *render_payoff_matrix(screen, told.game, ECONOMY_UNIT),
        "",
        *paragraph(screen, explained(found.game.game)),
        *equilibria(screen, told.game),
    ]


def _game_heading(scenario: Scenario) -> str:
    """The heading of section 2, with the number of people that the case is about."""
    corridor, parameters = scenario.corridor, scenario.parameters
    if corridor is None or corridor.kind != "today" or parameters is None:
        return message("2  The game they are in")
    return message("2  The game about {more} more people", more=per_cent(100 * float(parameters.expansion), 0))


def render_both_talks(screen: Screen, told: DemoDocument, outcome: Outcome) -> list[str]:
    """Return section 3 of the demo as lines: how the talks end without a levy, and the same talks with one in full.

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
    if told.analyse.packages is None or told.packages_without is None:
        return []
    endings = ((NO_LEVY, told.packages_without, told.without), (LEVY, told.analyse.packages, told.with_))
    return [
        *section_heading(screen, message("3  Talks, without and with a levy on earnings abroad")),
        *(line for template, counted, ended in endings for line in paragraph(screen, _end(template, counted, ended))),
        "",
        *render_offers(screen, outcome, most=OFFERS),
        *render_deal_summary(screen, told.with_),
        *render_ballots(screen, told.with_),
        *render_deal_accounts(screen, outcome),
    ]


def _end(template: Message, counted: AgreementSpaceDocument, ended: OutcomeDocument) -> str:
    """How many packages both governments prefer, how many of these would be ratified, and how the talks end."""
    possible = template.format(
        better=number(counted.beat_walk_away, 0),
        count=number(counted.count, 0),
        passed=number(counted.ratifiable, 0),
    )
    group = [describe_blocking_group(ended.ended_by)] if ended.ended_by and ended.ended_by.group else []
    return join_messages(" ", [possible, *result(ended), *group])


def result(ended: OutcomeDocument) -> list[str]:
    """Return one or two sentences that say how simulated talks ended, and in which round."""
    if ended.ended_by is None:
        return [message("They sign in round {round}, and both countries ratify.", round=ended.rounds)]
    reason = message("{reason}.", reason=describe_stop(ended))
    return [message("They stop in round {round}.", round=ended.rounds), reason]


def render_deal_accounts(screen: Screen, outcome: Outcome) -> list[str]:
    """Return the money accounts of the deal as a table in lines of text; empty without a deal."""
    money = outcome.preferences.money
    if money is None or outcome.talks.deal is None:
        return []
    cell = money[outcome.package]
    rows = account_rows(account_documents(cell), account_sums(cell))
    return [
        *subheading(screen, ACCOUNTS_TITLE),
        *account_lines(screen, rows),
        *notes(screen, [IN.format(unit=ACCOUNT_UNIT)]),
    ]


def render_next_commands(screen: Screen, told: DemoDocument) -> list[str]:
    """Return section 4 of the demo as lines: what holds for other pairs of countries, and three commands to try."""
    wide = max(len(command) for command, _ in NEXT)
    lines = [*section_heading(screen, message("4  Other countries")), *paragraph(screen, told.paradox)]
    for command, reason in NEXT:
        beside = screen.width > wide + 30
        below = [command, *paragraph(screen, reason, indent=2)]
        lines += paragraph(screen, reason, first=pad(command, wide) + "  ") if beside else below
    return lines
