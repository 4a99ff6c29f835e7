"""Games and analyses as a person reads them: the texts behind the JSON, in the same order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from views.pictures import ROLES, Bar, bars, matrix, pure_cell
from views.terminal import Screen, called, facts, heading, listed, notes, paragraph, rounded, table
from views.words import kind, number, per_cent

if TYPE_CHECKING:
    from games.portrait import Portrait
    from scenarios.analysis import Analysis

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
    "coco": "Coco value",
}

KEY = "* best reply   ┏━┓ equilibrium"
ECONOMY_UNIT = "% of own baseline GDP"
"""The unit of a derived game, also beside a case whose packages are worth points."""

ORDINAL = "ranks: only their order means something"

Told = Mapping[str, Any]
"""A result as JSON tells it."""


# -- a game


def solution(screen: Screen, portrait: Portrait) -> list[str]:
    """A game solved, for `winset solve`."""
    told = portrait.to_dict()
    return [
        screen.ink(told["game"] or "A game", "strong"),
        *paragraph(screen, kind(told["class"])),
        "",
        *board(screen, told),
        *heading(screen, "Equilibria"),
        *equilibria(screen, told),
        *bargaining(screen, told),
        *side_payment(screen, told),
        *remarks(screen, told),
    ]


def board(screen: Screen, told: Told, unit: str | None = None) -> list[str]:
    """The payoff matrix with its key and its unit, or the warning that it holds ranks."""
    meaning = ORDINAL if told["scale"] == "ordinal" else unit
    lines = (
        [KEY, meaning]
        if meaning and len(KEY) + len(meaning) + 3 > screen.width
        else ["   ".join(filter(None, (KEY, meaning)))]
    )
    return [*matrix(screen, told), *(screen.ink(line, "quiet") for line in lines)]


def equilibria(screen: Screen, told: Told) -> list[str]:
    """Every extreme equilibrium in words, and the continua that join them."""
    lines: list[str] = []
    for index, found in enumerate(told["equilibria"], start=1):
        lines += paragraph(screen, equilibrium(told, found), first=f"{index}  ")
    for subset in told["subsets"]:
        if subset["kind"] == "continuum":
            ends = listed([str(vertex + 1) for vertex in subset["vertices"]])
            lines += paragraph(screen, f"Every mixture between {ends} is an equilibrium too.")
    return lines or ["none found"]


def equilibrium(told: Told, found: Told) -> str:
    """One equilibrium in words: who plays what, and what each gets."""
    first, second = told["players"]
    cell = pure_cell(found)
    if cell is None:
        plays = [_mixed(found[side], told["actions"][place]) for place, side in enumerate(("row", "column"))]
    else:
        plays = [told["actions"][place][action] for place, action in enumerate(cell)]
    gains = listed([rounded(value) for value in found["payoffs"]])
    return f"{first}: {plays[0]} · {second}: {plays[1]} · {'strict' if found['strict'] else 'weak'}, worth {gains}"


def _mixed(shares: Sequence[float], actions: Sequence[str]) -> str:
    played = zip(shares, actions, strict=True)
    return listed([f"{action} {per_cent(100 * share, 0)}" for share, action in played if share], "or")


def bargaining(screen: Screen, told: Told) -> list[str]:
    """What the two have without a deal, and the points that the literature would have them agree on."""
    solutions: Mapping[str, Sequence[float] | None] = told["solutions"] or {}
    points = [("Security levels", told["security"]), ("Disagreement", told["disagreement"])]
    points += [(name, solutions.get(key)) for key, name in SOLUTIONS.items()]
    rows = [(name, *(("–", "–") if point is None else map(rounded, point))) for name, point in points]
    return [*heading(screen, "Bargaining"), *table(screen, ("", *told["players"]), rows, "<>>")]


def side_payment(screen: Screen, told: Told) -> list[str]:
    """What one player would have to pay the other for the target cell to hold; nothing without a target."""
    payment: Told | None = told["side_payment"]
    if payment is None:
        return []
    cell = ", ".join(actions[at] for actions, at in zip(told["actions"], payment["target"], strict=True))
    rows = [
        ("Transfer", _transfer(payment, told["players"])),
        ("Surplus of the two together", rounded(payment["surplus"])),
        ("Money from outside that would do it", rounded(payment["outside_money"])),
    ]
    lines = [*heading(screen, f"A side payment for ({cell})"), *facts(screen, rows)]
    return [*lines, *notes(screen, [payment["note"]] if payment["note"] else [])]


def _transfer(payment: Told, players: Sequence[str]) -> str:
    """The transfers that make the target an equilibrium, with who pays whom."""
    if payment["window"] is None:
        return "none between the two makes it hold"
    low, high = (None if end is None else abs(end) for end in payment["window"])
    if payment["payer"] is None:
        return "none is needed"
    low, high = (high, low) if payment["payer"] == players[0] else (low, high)
    size = f"from {rounded(low or 0)}" if high is None else f"{rounded(low or 0)} to {rounded(high)}"
    size = f"exactly {rounded(low or 0)}" if low == high else size
    return f"{size}, {payment['payer']} → {payment['payee']}{', weakly' if payment['weak'] else ''}"


def remarks(screen: Screen, told: Told) -> list[str]:
    """The solver's own notes: method, degeneracy, ties, and where the search was not complete."""
    lines = ["complete" if told["complete"] else "not complete"]
    lines += ["degenerate"] if told["degenerate"] else []
    note = [told["note"]] if told.get("note") else []
    return ["", *notes(screen, [f"Method: {told['method']} ({listed(lines)}).", *note])]


# -- an analysis


def analysis(screen: Screen, found: Analysis) -> list[str]:
    """What theory says of a case, for `winset analyse`; blocks that the case does not have stay away.

    Where packages are worth points they come first: game and economy are then an illustration in another unit.
    """
    told = found.to_dict()
    scored = found.scenario.scored
    lines = [screen.ink(found.scenario.title, "strong")]
    lines += packages(screen, told) if scored else []
    lines += model(screen, told, scored)
    lines += [] if scored else packages(screen, told)
    note = [told["game"]["note"]] if told["game"] and told["game"]["note"] else []
    return [*lines, "", *notes(screen, [*told["notes"], *note])]


def model(screen: Screen, told: Told, scored: bool) -> list[str]:
    """The game of a case and, with an economy, who gains by opening."""
    game: Told | None = told["game"]
    lines: list[str] = []
    if game is not None:
        lines += heading(screen, "Beside the points: the game they are in") if scored else []
        unit = ECONOMY_UNIT if told["groups"] else None
        lines += [*paragraph(screen, kind(game["class"])), "", *board(screen, game, unit)]
        lines += [*heading(screen, "Equilibria"), *equilibria(screen, game)]
    lines += opening(screen, told)
    if told["groups"]:
        lines += [*heading(screen, "Who gains if both open"), *interests(screen, told["groups"])]
        lines += notes(screen, ["Change in % of own GDP, and the position of Alonso, Table 6.A3, that goes with it."])
    return [*lines, *welfare(screen, told["accounts"])]


def opening(screen: Screen, told: Told) -> list[str]:
    """Whether both would open, and how far, beside what opening could bring."""
    agreement: Told | None = told["agreement"]
    if agreement is None:
        return []
    largest = agreement["largest_self_enforcing_openness"]
    rows = [
        ("Opening of both enforces itself", _yes(agreement["self_enforcing"])),
        ("Both governments gain by it", _yes(agreement["both_gain"])),
        ("Largest openness that enforces itself", number(largest, 3) if largest else "none"),
    ]
    if told["potential_gain_pct"] is not None:
        potential = per_cent(told["potential_gain_pct"], 2, plus=True)
        rows.append(("Potential gain, all who are willing admitted", potential))
    return [*heading(screen, "Would they sign?"), *facts(screen, rows)]


def _yes(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[answer]


def interests(screen: Screen, groups: Mapping[str, Told]) -> list[str]:
    """Who gains and who would vote how, country by country, as bars with the position behind each."""
    lines: list[str] = []
    for (country, own), role in zip(groups.items(), ROLES, strict=False):
        lines.append(screen.ink(country, role))
        lines += bars(screen, [_interest(key, group, role) for key, group in own.items()])
    return lines


def _interest(key: str, group: Told, role: str) -> Bar:
    position = group["position_reciprocal"] if group["position_reciprocal"] is not None else group["position"]
    return Bar(f"  {called(key)}", group["change_pct_gdp"], str(position or ""), role)


def welfare(screen: Screen, accounts: Mapping[str, float | None] | None) -> list[str]:
    """The welfare accounts if both open; those that are not known stay away."""
    known = [(account, value) for account, value in (accounts or {}).items() if value is not None]
    if not known:
        return []
    inks = {"host natives": "host", "origin natives": "origin", "new migrants": "migrants"}
    rows = [Bar(account, value, meaning=inks.get(account, "strong")) for account, value in known]
    return [*heading(screen, "Welfare accounts if both open"), *bars(screen, rows, 3)]


def packages(screen: Screen, told: Told) -> list[str]:
    """How many packages there are, and how many would be signed and let through at home."""
    counted: Told | None = told["packages"]
    if counted is None:
        return []
    rows = [
        ("Packages on the table", number(counted["count"], 0)),
        ("Better for both governments than walking away", number(counted["beat_walk_away"], 0)),
        ("Better for both without side payments", number(counted["beat_without_side_payments"], 0)),
        ("Better for both and ratified at home", number(counted["ratifiable"], 0)),
    ]
    lines = [*heading(screen, "What could be signed"), *table(screen, ("", ""), rows, "<>")]
    lines += paragraph(screen, best(counted["nash"]))
    sets: Mapping[str, Told] = told["win_sets"] or {}
    wins = [_win_set(country, own) for country, own in sets.items()]
    return [*lines, "", *table(screen, ("win-set of", "packages", "share", "marginal group"), wins, "<>><")]


def best(proposals: Sequence[Told]) -> str:
    """The packages of a bargaining solution in a sentence; beyond the first, ties are counted."""
    if not proposals:
        return "No package is better for both than walking away."
    first, rest = proposals[0], len(proposals) - 1
    worth = listed([f"{rounded(value)} to {party}" for party, value in first["values"].items()])
    ties = f" {number(rest, 0)} more {'is' if rest == 1 else 'are'} as good." if rest else ""
    return f"Nash solution: levels {''.join(map(str, first['package']))}, worth {worth}.{ties}"


def _win_set(country: str, own: Told) -> tuple[str, ...]:
    group = called(own["marginal_group"]) if own["marginal_group"] else "–"
    return country, number(own["size"], 0), per_cent(100 * own["share"], 1), group
