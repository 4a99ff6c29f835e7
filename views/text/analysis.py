"""An analysis, and the game in it, as text; in the same order as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import TYPE_CHECKING, Any

from economy.model.accounts import HOST_NATIVES, NEW_MIGRANTS, ORIGIN_NATIVES
from games.messages import join_messages, message, plural_message
from views.text.charts import ROLES, Bar, bars, draw_matrix
from views.text.layout import Screen, fact_lines, key_label, notes, paragraph, render_table, section_heading
from views.wording import remedies as remedies_wording
from views.wording.games import full_explanation
from views.wording.phrases import format_short, join_words
from views.wording.screen import NARROW, NONE, answer_difference_sentences, format_share, number, numbers, per_cent
from views.wording.translation import translate
from views.wording.weights import MONEY, PAYOFF, weigh_gains

if TYPE_CHECKING:
    from economy.policy.remedies import Remedy
    from scenarios.analysis.agreement_space import PackageValuesDocument, WinSet
    from scenarios.analysis.analysis import Analysis, AnalysisDocument
    from scenarios.analysis.opening_effects import GroupEffectDocument, OpeningEffects
    from scenarios.analysis.remedies import RemedyNeed

KEY = "* best reply   ┏━┓ equilibrium"
ECONOMY_UNIT = message("weighed % of own baseline GDP, not money")
"""Unit of a derived game: the groups' money as the government weighs it; also in scored cases."""

ORDINAL = "ranks: only their order means something"

GAINS = message(
    "Change in % of own GDP, and the position of Alonso, Table 6.A3, that goes with it. Together: with the country's "
    "own emigrants. The last line is the payoff in the matrix: the same money as the government weighs it."
)

MOST_CELLS = 200
"""Maximum number of cells in a matrix that is drawn."""
MOST_LINES = 20
"""Maximum number of equilibria, and of continua, that are listed."""

JsonObject = Mapping[str, Any]
"""A result as in its JSON."""


# -- a game


def render_payoff_matrix(screen: Screen, told: JsonObject, unit: str | None = None) -> list[str]:
    """Render the payoff matrix with its key and its unit; a matrix above `MOST_CELLS` cells as its size.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The game, as in the JSON of `winset solve`.
    unit
        Unit of the payoffs; None for no unit. A game of ranks has a warning in its place.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    rows, columns = (len(names) for names in told["actions"])
    if rows * columns > MOST_CELLS:
        return paragraph(screen, f"{rows} × {columns} cells, too many to draw")
    game, units = _in_units(told)
    meaning = ORDINAL if told["scale"] == "ordinal" else unit
    lines = [""]
    for text in filter(None, (KEY, meaning, *units)):
        fits = len(lines[-1]) + len(text) + 3 <= screen.width
        lines[-1:] = ["   ".join(filter(None, (lines[-1], text)))] if fits else [lines[-1], text]
    return [*draw_matrix(screen, game), *(screen.ink(line, "quiet") for line in lines)]


def _in_units(told: JsonObject) -> tuple[JsonObject, list[str]]:
    """The game with very small and very large payoffs in powers of a thousand, and the units that say so."""
    powers = [_thousands(max(abs(value) for line in side for value in line)) for side in told["payoffs"]]
    if not any(powers):
        return told, []
    payoffs = [
        [[float(f"{value / 10.0**power:.12g}") for value in line] for line in side]
        for side, power in zip(told["payoffs"], powers, strict=True)
    ]
    units = [f"{name} × 10^{power}" for name, power in zip(told["players"], powers, strict=True) if power]
    return {**told, "payoffs": payoffs}, units


def _thousands(largest: float) -> int:
    """The power of ten, a multiple of three, in which the largest payoff is easy to read; 0 for 0.01 to 1e7."""
    return 0 if not largest or 0.01 <= largest < 1e7 else max(-300, 3 * floor(log10(largest) / 3))


def format_amount(value: float) -> str:
    """A payoff in few digits; very small and very large ones in powers of ten."""
    if not value or 0.0005 <= abs(value) < 1e7:
        return format_short(value)
    digits, power = f"{value:.3e}".split("e")
    return f"{format_short(float(digits))}{NARROW}×{NARROW}10^{int(power)}"


def equilibria(screen: Screen, told: JsonObject) -> list[str]:
    """Render every extreme equilibrium, the continua that join them, and whether they form one component."""
    points: Sequence[JsonObject] = told["equilibria"]
    continua = [subset["vertices"] for subset in told["subsets"] if subset["kind"] == "continuum"]
    lines: list[str] = []
    wide = len(str(min(len(points), MOST_LINES)))
    for index, found in enumerate(points[:MOST_LINES], start=1):
        lines += paragraph(screen, equilibrium(told, found), first=f"{index:>{wide}}  ")
    lines += _rest(len(points), "extreme equilibria")
    for vertices in continua[:MOST_LINES]:
        lines += paragraph(screen, f"Every mixture of {_numbered(vertices)} is an equilibrium too.")
    lines += _rest(len(continua), "such continua")
    if len(continua) > 1 and len(told["components"]) == 1:
        lines += paragraph(screen, "All of these hang together.")
    return lines or ["none found"]


def _rest(count: int, what: str) -> list[str]:
    rest = count - MOST_LINES
    return [f"and {number(rest, 0)} more {what}, which --json tells"] if rest > 0 else []


def _numbered(vertices: Sequence[int]) -> str:
    """Indices counted from 1, three or more in a row as a range: `1, 3 and 5 to 8`."""
    runs: list[list[int]] = []
    for vertex in vertices:
        if runs and vertex == runs[-1][-1] + 1:
            runs[-1].append(vertex)
        else:
            runs.append([vertex])
    ranges = [[f"{run[0] + 1} to {run[-1] + 1}"] if len(run) > 2 else [str(one + 1) for one in run] for run in runs]
    return join_words([text for texts in ranges for text in texts])


def equilibrium(told: JsonObject, found: JsonObject) -> str:
    """One equilibrium in words: the action or the mixture of each player, and the payoffs."""
    plays = [
        f"{player}: {_mixed(found[side], actions)}"
        for player, side, actions in zip(told["players"], ("row", "column"), told["actions"], strict=True)
    ]
    gains = join_words([format_amount(value) for value in found["payoffs"]])
    return f"{plays[0]} · {plays[1]} · {'strict' if found['strict'] else 'weak'}, worth {gains}"


def _mixed(shares: Sequence[float], actions: Sequence[str]) -> str:
    used = [(action, share) for share, action in zip(shares, actions, strict=True) if share]
    return used[0][0] if len(used) == 1 else join_words([f"{action} ({_share(share)})" for action, share in used], "or")


def _share(share: float) -> str:
    """A probability in per cent; values near 0 or 1 are not rounded to 0 or 100."""
    if share < 0.005:
        return f"under {per_cent(1, 0)}"
    return f"over {per_cent(99, 0)}" if share >= 0.995 else per_cent(100 * share, 0)


# -- an analysis


def analysis(screen: Screen, found: Analysis) -> list[str]:
    """Render the analysis of a case, for `winset analyse`; a part that the case does not have is left out.

    In a scored case the packages come first: its game and economy are then an illustration in another unit.
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
    """Render the game of a case and, with an economy, which groups gain by opening.

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
            *render_payoff_matrix(screen, told.game.to_dict(), unit),
        ]
        lines += [*section_heading(screen, message("Equilibria")), *equilibria(screen, told.game.to_dict())]
    lines += render_opening(screen, told, explain_opening(found.opening) if found.opening else "")
    if told.groups:
        lines += [
            *section_heading(screen, message("Who gains if both open")),
            *render_interests(screen, told.groups, found.opening),
        ]
        lines += notes(screen, [GAINS])
    return [*lines, *welfare(screen, told.accounts or {})]


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
    """The sentence that reconciles the answer at the case's own openness with the largest openness that holds."""
    if found.holds:
        return ""
    both = found.stakes.payoffs[:, 0, 0]
    losers = [party for party, payoff in zip(found.groups, both, strict=True) if payoff < 0]
    here = float(f"{float(found.parameters.openness):.3g}")
    return answer_difference_sentences(here, found.largest_openness, losers, opens=found.self_enforcing)


def render_opening(screen: Screen, told: AnalysisDocument, beside: str = "") -> list[str]:
    """Render whether both would open, how far, and what opening could bring.

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
    """Render who gains and how each group would vote, country by country, as bars with the group's position.

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


def welfare(screen: Screen, accounts: Mapping[str, float | None]) -> list[str]:
    """Render the welfare accounts if both open; unknown ones are left out."""
    known = [(account, value) for account, value in accounts.items() if value is not None]
    if not known:
        return []
    inks: Mapping[str, str] = {HOST_NATIVES: "host", ORIGIN_NATIVES: "origin", NEW_MIGRANTS: "migrants"}
    rows = [Bar(account, value, meaning=inks.get(account, "strong")) for account, value in known]
    return [*section_heading(screen, message("Welfare accounts if both open")), *bars(screen, rows, 3)]


def render_packages(screen: Screen, told: AnalysisDocument) -> list[str]:
    """Render how many packages there are, how many improve on walking away, and how many would be ratified."""
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
    """The packages of the Nash solution in a sentence: the first, and the number of ties."""
    if not proposals:
        return message("No package is better for both than walking away.")
    first, rest = proposals[0], len(proposals) - 1
    worth = join_words(
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
