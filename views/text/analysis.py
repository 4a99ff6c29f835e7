"""An analysis as text; in the same order as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from views.text.charts import ROLES, Bar, bars
from views.text.game import equilibria, render_payoff_matrix
from views.text.layout import Screen, fact_lines, key_label, notes, paragraph, render_table, section_heading
from views.wording import remedies as remedies_wording
from views.wording.games import full_explanation
from views.wording.phrases import format_short, join_words
from views.wording.screen import answer_difference_sentences, format_share, number, numbers
from views.wording.weights import MONEY, PAYOFF, weigh_gains

if TYPE_CHECKING:
    from economy.policy.remedies import Remedy
    from scenarios.analysis.analysis import Analysis
    from scenarios.analysis.opening_effects import OpeningEffects
    from scenarios.analysis.remedies import RemedyNeed

ECONOMY_UNIT = "weighed % of own baseline GDP, not money"
"""Unit of a derived game: the groups' money as the government weighs it; also in scored cases."""

GAINS = (
    "Change in % of own GDP, and the position of Alonso, Table 6.A3, that goes with it. Together: with the country's "
    "own emigrants. The last line is the payoff in the matrix: the same money as the government weighs it."
)

JsonObject = Mapping[str, Any]
"""A result as in its JSON."""


# -- an analysis


def analysis(screen: Screen, found: Analysis) -> list[str]:
    """Render the analysis of a case, for `winset analyse`; a part that the case does not have is left out.

    In a scored case the packages come first: its game and economy are then an illustration in another unit.
    """
    told = found.to_dict()
    scored = found.scenario.has_points
    lines = [screen.ink(found.scenario.title, "strong")]
    lines += render_packages(screen, told) if scored else []
    lines += render_model(screen, found, told)
    lines += render_remedies(screen, found.opening, found.scenario.parties) if found.opening else []
    lines += [] if scored else render_packages(screen, told)
    note = [told["game"]["note"]] if told["game"] and told["game"]["note"] else []
    return [*lines, "", *notes(screen, [*told["notes"], *note])]


def render_model(screen: Screen, found: Analysis, told: JsonObject) -> list[str]:
    """Render the game of a case and, with an economy, which groups gain by opening.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    found
        Analysis of the case.
    told
        The same, as in its JSON.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    lines: list[str] = []
    if found.game is not None:
        game = found.game.document()
        lines += section_heading(screen, "Beside the points: the game they are in") if found.scenario.has_points else []
        unit = ECONOMY_UNIT if told["groups"] else None
        lines += [*paragraph(screen, full_explanation(found.game.game)), "", *render_payoff_matrix(screen, game, unit)]
        lines += [*section_heading(screen, "Equilibria"), *equilibria(screen, game)]
    lines += render_opening(screen, told, explain_opening(found.opening) if found.opening else "")
    if told["groups"]:
        lines += [
            *section_heading(screen, "Who gains if both open"),
            *render_interests(screen, told["groups"], found.opening),
        ]
        lines += notes(screen, [GAINS])
    return [*lines, *welfare(screen, told["accounts"])]


def render_remedies(screen: Screen, found: OpeningEffects, parties: Sequence[str]) -> list[str]:
    """Render the least sufficient amount of each remedy.

    A row is a remedy alone; an indented row below it is the remedy combined with another. A remedy that is not
    sufficient shows which country falls short, and by how much.

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
    head = ("", "by itself", "in a treaty", "nearest miss")
    short = numbers([cure.miss and cure.miss.short for cure in grouped], 3)
    rows = [_cure(cure, parties, lacks) for cure, lacks in zip(grouped, short, strict=True)]
    return [*title, *render_table(screen, head, rows, "<>><"), *notes(screen, remedies_wording.NOTES)]


def _cure(cure: RemedyNeed, parties: Sequence[str], lacks: str) -> tuple[str, ...]:
    """One row: the remedy and its payer or companion, the two amounts, and which country falls short by how much."""
    remedy, payer = cure.plan.remedy, remedies_wording.payer(cure.plan, parties)
    paid = f", {payer} pays" if payer in parties else ""
    name = remedies_wording.plan_name(cure.plan)
    miss = "" if cure.miss is None else f"{parties[cure.miss.country]} {lacks}"
    amounts = (_enough(remedy, amount) for amount in (cure.needed, cure.treaty))
    return (f"  {name}" if cure.plan.beside else name + paid, *amounts, miss)


def _enough(remedy: Remedy, amount: float | None) -> str:
    if amount is None:
        return remedies_wording.USELESS
    return (
        remedies_wording.NEEDLESS if amount == remedy.first else remedies_wording.format_needed_amount(remedy, amount)
    )


def explain_opening(found: OpeningEffects) -> str:
    """The sentence that reconciles the answer at the case's own openness with the largest openness that holds."""
    if found.holds:
        return ""
    both = found.stakes.payoffs[:, 0, 0]
    losers = [party for party, payoff in zip(found.groups, both, strict=True) if payoff < 0]
    here = float(f"{float(found.parameters.openness):.3g}")
    return answer_difference_sentences(here, found.largest_openness, losers, opens=found.self_enforcing)


def render_opening(screen: Screen, told: JsonObject, beside: str = "") -> list[str]:
    """Render whether both would open, how far, and what opening could bring.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The analysis, as in its JSON.
    beside
        Sentence below the table; empty for none.

    Returns
    -------
    list[str]
        Lines of text; empty for a case without an economy.
    """
    agreement: JsonObject | None = told["agreement"]
    if agreement is None:
        return []
    largest = agreement["largest_self_enforcing_openness"]
    rows = [
        ("Opening of both enforces itself", _yes(agreement["self_enforcing"])),
        ("Both governments gain by it", _yes(agreement["both_gain"])),
        ("Largest openness that enforces itself", number(largest, 3) if largest else "none"),
    ]
    if told["potential_gain_pct"] is not None:
        (potential,) = numbers([told["potential_gain_pct"]], 2, plus=True, unit="%")
        rows.append(("Potential gain, all who are willing admitted", potential))
    return [*section_heading(screen, "Would they sign?"), *fact_lines(screen, rows), *paragraph(screen, beside)]


def _yes(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[answer]


def render_interests(screen: Screen, groups: Mapping[str, JsonObject], opened: OpeningEffects | None) -> list[str]:
    """Render who gains and how each group would vote, country by country, as bars with the group's position.

    Two rows below the groups lead from their money to the payoff of the government.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    groups
        Interest groups by country, as in the JSON of the analysis.
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
            rows += [Bar(f"  {MONEY}", found.money, "", role), Bar(f"  {PAYOFF}", found.payoff, "its payoff", role)]
        lines += bars(screen, rows)
        lines += paragraph(screen, f"weighed: {found.how}", indent=2) if found is not None else []
    return lines


def _interest(key: str, group: JsonObject, role: str) -> Bar:
    position = group["position_reciprocal"] if group["position_reciprocal"] is not None else group["position"]
    return Bar(f"  {key_label(key)}", group["change_pct_gdp"], str(position or ""), role)


def welfare(screen: Screen, accounts: Mapping[str, float | None] | None) -> list[str]:
    """Render the welfare accounts if both open; unknown ones are left out."""
    known = [(account, value) for account, value in (accounts or {}).items() if value is not None]
    if not known:
        return []
    inks = {"host natives": "host", "origin natives": "origin", "new migrants": "migrants"}
    rows = [Bar(account, value, meaning=inks.get(account, "strong")) for account, value in known]
    return [*section_heading(screen, "Welfare accounts if both open"), *bars(screen, rows, 3)]


def render_packages(screen: Screen, told: JsonObject) -> list[str]:
    """Render how many packages there are, how many improve on walking away, and how many would be ratified."""
    counted: JsonObject | None = told["packages"]
    if counted is None:
        return []
    rows = [
        ("Packages on the table", number(counted["count"], 0)),
        ("Better for both governments than walking away", number(counted["beat_walk_away"], 0)),
        ("Better for both without side payments", number(counted["beat_without_side_payments"], 0)),
        ("Better for both and ratified at home", number(counted["ratifiable"], 0)),
    ]
    lines = [*section_heading(screen, "What would be ratified"), *render_table(screen, ("", ""), rows, "<>")]
    lines += paragraph(screen, describe_nash_solution(counted["nash"]))
    sets: Mapping[str, JsonObject] = told["win_sets"] or {}
    wins = [_win_set(country, own) for country, own in sets.items()]
    return [*lines, "", *render_table(screen, ("win-set of", "packages", "share", "marginal group"), wins, "<>><")]


def describe_nash_solution(proposals: Sequence[JsonObject]) -> str:
    """The packages of the Nash solution in a sentence: the first, and the number of ties."""
    if not proposals:
        return "No package is better for both than walking away."
    first, rest = proposals[0], len(proposals) - 1
    worth = join_words([f"{format_short(value)} to {party}" for party, value in first["values"].items()])
    ties = f" {number(rest, 0)} more {'is' if rest == 1 else 'are'} as good." if rest else ""
    return f"Nash solution: levels {''.join(map(str, first['package']))}, worth {worth}.{ties}"


def _win_set(country: str, own: JsonObject) -> tuple[str, ...]:
    group = key_label(own["marginal_group"]) if own["marginal_group"] else "–"
    return country, number(own["size"], 0), format_share(own["share"]), group
