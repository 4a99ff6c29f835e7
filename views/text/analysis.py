"""An analysis as text; in the same order as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from games.display import join_with_and
from games.messages import join_messages, message, plural_message
from scenarios.analysis.opening_effects import ALONE
from scenarios.scenario import ROLES
from views.text.game import equilibria, render_payoff_matrix
from views.text.layout import Screen, key_label, notes, paragraph, render_table, section_heading
from views.text.opening import beyond, remedy_sentences, render_agreement, render_money, render_steps
from views.wording import remedies as remedies_wording
from views.wording.games import full_explanation
from views.wording.phrases import format_short
from views.wording.screen import NONE, answer_difference_sentences, format_share, number, numbers, per_cent
from views.wording.translation import translate
from views.wording.weights import PAYOFF, weigh_gains

if TYPE_CHECKING:
    from economy.policy.remedies import Remedy
    from scenarios.analysis.agreement_space import PackageValuesDocument, WinSet
    from scenarios.analysis.analysis import Analysis, AnalysisDocument
    from scenarios.analysis.opening_effects import GroupEffectDocument, OpeningEffects
    from scenarios.analysis.remedies import RemedyNeed

ECONOMY_UNIT = message("weighed % of own baseline GDP, not money")
"""Unit of a derived game: the groups' money as the government weighs it; also in scored cases."""

GAINS = message(
    "Change in % of own GDP, and the position that goes with it, when the country opens alone and when both open (the "
    "two rows of Alonso, Tables 6.A1 and 6.A3). The last line of a country is its payoff in the matrix: what its "
    "groups and its own emigrants gain, as the government weighs it."
)
TWO_TABLES = 72
"""Narrower screens show the groups in two tables."""


def analysis(screen: Screen, found: Analysis) -> list[str]:
    """Return the analysis of a case as lines of text, for `winset analyse`.

    A part that the case does not have is left out. In a case with points (a scored case) the packages come first: its
    game and economy are then an illustration in another unit.
    """
    told = found.document()
    scored = found.scenario.has_points
    lines = [screen.ink(found.scenario.title, "strong")]
    lines += render_packages(screen, told) if scored else []
    lines += render_model(screen, found, told)
    lines += render_remedies(screen, found.opening, found.scenario.parties) if found.opening else []
    lines += [] if scored else render_packages(screen, told)
    note = [told.game.note] if told.game and told.game.note else []
    return [*lines, "", *notes(screen, [*told.notes, *note])]


def render_model(screen: Screen, found: Analysis, told: AnalysisDocument) -> list[str]:
    """Return the game of a case as lines of text and, if it has an economy, which groups gain by opening.

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
        Lines of text, from top to bottom.
    """
    lines: list[str] = []
    if found.game is not None and told.game is not None:
        lines += (
            section_heading(screen, message("Beside the points: the game they are in"))
            if found.scenario.has_points
            else []
        )
        unit = ECONOMY_UNIT if told.groups else None
        lines += [
            *paragraph(screen, full_explanation(found.game.game)),
            "",
            *render_payoff_matrix(screen, told.game, unit),
        ]
        lines += [*section_heading(screen, message("Equilibria")), *equilibria(screen, told.game)]
    beside = explain_opening(found.opening) if found.opening else ""
    lines += render_agreement(screen, told, beside)
    if found.opening is not None:
        host, origin = found.scenario.parties
        lines += render_steps(screen, told, (host, origin))
    lines += render_money(screen, told, found.opening)
    if told.groups:
        lines += [
            *section_heading(screen, message("Who gains at home")),
            *render_interests(screen, told.groups, found.opening),
        ]
        lines += notes(screen, [GAINS])
    return lines


def render_remedies(screen: Screen, found: OpeningEffects, parties: Sequence[str]) -> list[str]:
    """Return a table, as lines of text, with the least sufficient amount of each remedy.

    A remedy is a policy, such as a levy, that makes opening acceptable to both countries. A row is a remedy alone; an
    indented row below it is the remedy combined with another. A remedy that is not sufficient shows which country falls
    short, and by how much.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Effects of opening.
    parties
        Names of the two countries.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    title = section_heading(screen, remedies_wording.TITLE)
    host, origin = parties
    told = remedy_sentences(found.remedies, (host, origin))
    if all(remedies_wording.is_needless(cure) for cure in found.remedies if not cure.plan.beside):
        first = remedies_wording.SIGNED if found.holds else remedies_wording.BACK
        return [*title, *paragraph(screen, join_messages(" ", [first, *told]))]
    order = [*dict.fromkeys(cure.plan.remedy.name for cure in found.remedies)]
    grouped = sorted(found.remedies, key=lambda cure: order.index(cure.plan.remedy.name))
    head = ("", message("by itself"), message("in a treaty"), message("nearest miss"))
    short = numbers([cure.miss and cure.miss.short for cure in grouped], 3)
    rows = [_cure(cure, parties, lacks) for cure, lacks in zip(grouped, short, strict=True)]
    return [
        *title,
        *paragraph(screen, join_messages(" ", told)),
        *render_table(screen, head, rows, "<>><"),
        *notes(screen, remedies_wording.NOTES),
    ]


def _cure(cure: RemedyNeed, parties: Sequence[str], lacks: str) -> tuple[str, ...]:
    """One row: the remedy and its payer or companion, the two amounts, and which country falls short by how much."""
    remedy, payer = cure.plan.remedy, remedies_wording.payer(cure.plan, parties)
    name = remedies_wording.plan_name(cure.plan)
    if cure.plan.beside:
        name = f"  {translate(name)}"
    elif payer in parties:
        name = message("{remedy}, {payer} pays", remedy=name, payer=payer)
    miss = "" if cure.miss is None else f"{parties[cure.miss.country]} {lacks}"
    alone = _enough(remedy, cure.needed) if cure.window is None else _window(cure.window)
    return (name, alone, _enough(remedy, cure.treaty), miss)


def _window(window: tuple[float, float]) -> str:
    """The smallest and the largest levy; only the largest where the opening holds without one."""
    if window[0] == 0:
        return message("up to {high}", high=per_cent(100 * window[1]))
    return message("{low} to {high}", low=number(100 * window[0]), high=per_cent(100 * window[1]))


def _enough(remedy: Remedy, amount: float | None) -> str:
    if amount is None:
        return remedies_wording.USELESS
    return (
        remedies_wording.NEEDLESS if amount == remedy.first else remedies_wording.format_needed_amount(remedy, amount)
    )


def explain_opening(found: OpeningEffects) -> str:
    """Return sentences that explain why opening does not hold as a case stands, but may hold at another level.

    The level is the openness (share of the willing who are admitted), or the number of people beyond today's where
    numbers bind. Opening holds where both countries would keep the agreement and neither is worse off. The text is
    empty if it holds as the case stands; it may also be empty if opening holds at no level.
    """
    if found.holds:
        return ""
    if found.net.dial == "expansion":
        best = found.net.largest_signed
        if best is None:
            return ""
        here = beyond(float(found.parameters.expansion))
        return message("No at {here} beyond today's number. At {there} they would.", here=here, there=beyond(best))
    both = found.stakes.payoffs[:, 0, 0]
    losers = [party for party, payoff in zip(found.groups, both, strict=True) if payoff < 0]
    here = float(f"{float(found.parameters.openness):.3g}")
    return answer_difference_sentences(here, found.largest_openness, losers, opens=found.self_enforcing)


def render_interests(
    screen: Screen, groups: Mapping[str, Mapping[str, GroupEffectDocument]], opened: OpeningEffects | None
) -> list[str]:
    """Return, as a table, what each group of both countries gains and its position: its country alone, and both open.

    The last row of a country is the payoff of its government. On a narrow screen there are two tables.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    groups
        Interest groups by country and key.
    opened
        Effects of opening; None leaves out the row of the payoff.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    rows: list[InterestRow] = []
    heads: dict[int, str] = {}
    weights: list[str] = []
    for at, ((country, own), role) in enumerate(zip(groups.items(), ROLES, strict=False)):
        heads[len(rows)] = screen.ink(country, role)
        rows += [_interest(key, group) for key, group in own.items()]
        if opened is not None:
            alone, both = (float(opened.stakes.payoffs[at][cell]) for cell in (ALONE[at], (0, 0)))
            rows.append(InterestRow(PAYOFF, (alone, both), (message("its payoff"), message("its payoff"))))
            how = weigh_gains(opened.parameters, opened.stakes, at).how
            weights.append(message("{country} weighs: {weights}.", country=country, weights=how))
    narrow = screen.width < TWO_TABLES
    tables = [_interest_table(screen, rows, heads, cells) for cells in (((0,), (1,)) if narrow else ((0, 1),))]
    lines = [line for table in tables for line in ("", *table)][1:]
    return [*lines, *(line for each in weights for line in paragraph(screen, each))]


class InterestRow(NamedTuple):
    """A group, or the government: its label, and its change and position when it opens alone and when both open."""

    label: str
    changes: tuple[float, float]
    positions: tuple[str, str]


def _interest(key: str, group: GroupEffectDocument) -> InterestRow:
    return InterestRow(
        key_label(key),
        (group.change_alone_pct_gdp, group.change_pct_gdp),
        (group.position, group.position_reciprocal),
    )


def _interest_table(
    screen: Screen, rows: Sequence[InterestRow], heads: Mapping[int, str], cells: Sequence[int]
) -> list[str]:
    """The rows for some cells of the game; `heads` are the names of the countries, by the row that follows them."""
    figures = numbers([change for row in rows for change in row.changes], 2, plus=True)
    body: list[tuple[str, ...]] = []
    for at, row in enumerate(rows):
        if at in heads:
            body.append((heads[at], *[""] * 2 * len(cells)))
        pairs = [(figures[2 * at + cell], row.positions[cell]) for cell in cells]
        body.append((f"  {translate(row.label)}", *(text for pair in pairs for text in pair)))
    titles = message("alone"), message("both")
    head = ("", *(text for cell in cells for text in (titles[cell], message("position"))))
    return render_table(screen, head, body, "<" + "><" * len(cells))


def render_packages(screen: Screen, told: AnalysisDocument) -> list[str]:
    """Return lines of text with the number of packages, of those better than walking away, and of those ratified.

    A package is one combination of what the talks can decide. Empty for a case without packages.
    """
    counted = told.packages
    if counted is None:
        return []
    rows = [
        (message("Packages on the table"), number(counted.count, 0)),
        (message("Better for both governments than walking away"), number(counted.beat_walk_away, 0)),
        (message("Better for both without side payments"), number(counted.beat_without_side_payments, 0)),
        (message("Better for both and ratified at home"), number(counted.ratifiable, 0)),
    ]
    lines = [*section_heading(screen, message("What would be ratified")), *render_table(screen, ("", ""), rows, "<>")]
    lines += paragraph(screen, describe_nash_solution(counted.nash))
    wins = [_win_set(country, own) for country, own in (told.win_sets or {}).items()]
    head = (message("win-set of"), message("packages"), message("share"), message("marginal group"))
    return [*lines, "", *render_table(screen, head, wins, "<>><")]


def describe_nash_solution(proposals: Sequence[PackageValuesDocument]) -> str:
    """Return a sentence on the package that is the Nash bargaining solution: its levels, its worth, and ties.

    The sentence says so if no package is better for both parties than walking away.
    """
    if not proposals:
        return message("No package is better for both than walking away.")
    first, rest = proposals[0], len(proposals) - 1
    worth = join_with_and(
        [message("{value} to {party}", value=format_short(value), party=party) for party, value in first.values.items()]
    )
    solution = message(
        "Nash solution: levels {levels}, worth {worth}.", levels="".join(map(str, first.package)), worth=worth
    )
    ties = [plural_message("{number} more is as good.", "{number} more are as good.", rest)] if rest else []
    return join_messages(" ", [solution, *ties])


def _win_set(country: str, own: WinSet) -> tuple[str, ...]:
    group = key_label(own.marginal_group) if own.marginal_group else NONE
    return country, number(own.size, 0), format_share(own.share), group
