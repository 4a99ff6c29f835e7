"""An analysis as text; in the same order as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from economy.model.accounts import HOST_NATIVES, NEW_MIGRANTS, ORIGIN_NATIVES
from economy.model.money.account_document import AccountDocument
from games.display import join_with_and
from games.messages import join_messages, message, plural_message
from scenarios.scenario import ROLES
from views.text.charts import Bar, bars
from views.text.game import equilibria, render_payoff_matrix
from views.text.layout import Screen, fact_lines, key_label, notes, paragraph, render_table, section_heading
from views.wording import remedies as remedies_wording
from views.wording.games import full_explanation
from views.wording.phrases import format_short
from views.wording.screen import NONE, answer_difference_sentences, format_share, number, numbers
from views.wording.translation import translate
from views.wording.weights import MONEY, PAYOFF, weigh_gains

if TYPE_CHECKING:
    from economy.policy.remedies import Remedy
    from scenarios.analysis.agreement_space import PackageValuesDocument, WinSet
    from scenarios.analysis.analysis import Analysis, AnalysisDocument
    from scenarios.analysis.opening_effects import GroupEffectDocument, OpeningEffects
    from scenarios.analysis.remedies import RemedyNeed

ECONOMY_UNIT = message("weighed % of own baseline GDP, not money")
"""Unit of a derived game: the groups' money as the government weighs it; also in scored cases."""

GAINS = message(
    "Change in % of own GDP, and the position of Alonso, Table 6.A3, that goes with it. Together: with the country's "
    "own emigrants. The last line is the payoff in the matrix: the same money as the government weighs it."
)


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
    lines += render_opening(screen, told, explain_opening(found.opening) if found.opening else "")
    if told.groups:
        lines += [
            *section_heading(screen, message("Who gains if both open")),
            *render_interests(screen, told.groups, found.opening),
        ]
        lines += notes(screen, [GAINS])
    return [*lines, *welfare(screen, told.accounts or {})]


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
    if all(remedies_wording.is_needless(cure) for cure in found.remedies if not cure.plan.beside):
        return [*title, *paragraph(screen, remedies_wording.SIGNED if found.holds else remedies_wording.BACK)]
    order = [*dict.fromkeys(cure.plan.remedy.name for cure in found.remedies)]
    grouped = sorted(found.remedies, key=lambda cure: order.index(cure.plan.remedy.name))
    head = ("", message("by itself"), message("in a treaty"), message("nearest miss"))
    short = numbers([cure.miss and cure.miss.short for cure in grouped], 3)
    rows = [_cure(cure, parties, lacks) for cure, lacks in zip(grouped, short, strict=True)]
    return [*title, *render_table(screen, head, rows, "<>><"), *notes(screen, remedies_wording.NOTES)]


def _cure(cure: RemedyNeed, parties: Sequence[str], lacks: str) -> tuple[str, ...]:
    """One row: the remedy and its payer or companion, the two amounts, and which country falls short by how much."""
    remedy, payer = cure.plan.remedy, remedies_wording.payer(cure.plan, parties)
    name = remedies_wording.plan_name(cure.plan)
    if cure.plan.beside:
        name = f"  {translate(name)}"
    elif payer in parties:
        name = message("{remedy}, {payer} pays", remedy=name, payer=payer)
    miss = "" if cure.miss is None else f"{parties[cure.miss.country]} {lacks}"
    amounts = (_enough(remedy, amount) for amount in (cure.needed, cure.treaty))
    return (name, *amounts, miss)


def _enough(remedy: Remedy, amount: float | None) -> str:
    if amount is None:
        return remedies_wording.USELESS
    return (
        remedies_wording.NEEDLESS if amount == remedy.first else remedies_wording.format_needed_amount(remedy, amount)
    )


def explain_opening(found: OpeningEffects) -> str:
    """Return sentences that explain why opening does not hold at the openness of a case, but may hold at another one.

    Openness is the share of the willing who are admitted. Opening holds where both countries would keep the agreement
    and neither is worse off. The text is empty if it holds at the openness of the case; it may also be empty if opening
    holds at no openness.
    """
    if found.holds:
        return ""
    both = found.stakes.payoffs[:, 0, 0]
    losers = [party for party, payoff in zip(found.groups, both, strict=True) if payoff < 0]
    here = float(f"{float(found.parameters.openness):.3g}")
    return answer_difference_sentences(here, found.largest_openness, losers, opens=found.self_enforcing)


def render_opening(screen: Screen, told: AnalysisDocument, beside: str = "") -> list[str]:
    """Return lines of text that say whether both countries would open, how far, and what opening could bring.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The analysis.
    beside
        Sentence below the table; empty for none.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without an economy.
    """
    if told.agreement is None:
        return []
    largest = told.agreement.largest_self_enforcing_openness
    rows: list[tuple[str, str]] = [
        (message("Opening of both enforces itself"), _yes(told.agreement.self_enforcing)),
        (message("Both governments gain by it"), _yes(told.agreement.both_gain)),
        (message("Largest openness that enforces itself"), number(largest, 3) if largest else message("none")),
    ]
    if told.potential_gain_pct is not None:
        (potential,) = numbers([told.potential_gain_pct], 2, plus=True, unit="%")
        rows.append((message("Potential gain, all who are willing admitted"), potential))
    return [
        *section_heading(screen, message("Would they sign?")),
        *fact_lines(screen, rows),
        *paragraph(screen, beside),
    ]


def _yes(answer: bool) -> str:
    return message("yes") if answer else message("no")


def render_interests(
    screen: Screen, groups: Mapping[str, Mapping[str, GroupEffectDocument]], opened: OpeningEffects | None
) -> list[str]:
    """Return, as lines of text with bars, what each group of both countries gains by opening, and how it would vote.

    Two rows below the groups lead from their money to the payoff of the government.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    groups
        Interest groups by country and key.
    opened
        Effects of opening; None leaves out the two rows.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    lines: list[str] = []
    for at, ((country, own), role) in enumerate(zip(groups.items(), ROLES, strict=False)):
        lines.append(screen.ink(country, role))
        rows = [_interest(key, group, role) for key, group in own.items()]
        found = None if opened is None else weigh_gains(opened.parameters, opened.stakes, at)
        if found is not None:
            rows += [
                Bar(f"  {translate(MONEY)}", found.money, "", role),
                Bar(f"  {translate(PAYOFF)}", found.payoff, message("its payoff"), role),
            ]
        lines += bars(screen, rows)
        if found is not None:
            lines += paragraph(screen, message("weighed: {weights}", weights=found.how), indent=2)
    return lines


def _interest(key: str, group: GroupEffectDocument, role: str) -> Bar:
    return Bar(f"  {translate(key_label(key))}", group.change_pct_gdp, group.position_reciprocal, role)


def welfare(screen: Screen, accounts: Mapping[str, AccountDocument]) -> list[str]:
    """Return, as lines of text with bars, what each welfare account gains or loses if both countries open.

    An account is a set of people, such as the natives of the host; accounts without a value are left out.
    """
    known = [(account, each.total) for account, each in accounts.items()]
    if not known:
        return []
    inks: Mapping[str, str] = {HOST_NATIVES: "host", ORIGIN_NATIVES: "origin", NEW_MIGRANTS: "migrants"}
    rows = [Bar(account, value, meaning=inks.get(account, "strong")) for account, value in known]
    return [*section_heading(screen, message("Welfare accounts if both open")), *bars(screen, rows, 3)]


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
