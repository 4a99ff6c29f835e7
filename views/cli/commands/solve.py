"""`winset solve`: solve a game of two players, given by name or file, and render the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from games.bimatrix import Bimatrix
from games.canon import canon
from games.errors import input_error
from games.exact_numbers import check_seconds, exact, format_value, parse_integer
from games.formats.game_files import is_game_file, read_game, write_game
from games.summary import GameSummary, summarise_game
from games.two_by_two.taxonomy import UNNAMED
from games.two_by_two.topology import Topology
from views.text.analysis import JsonObject, equilibria, format_amount, render_payoff_matrix
from views.text.layout import Screen, fact_lines, notes, paragraph, render_table, section_heading
from views.wording.games import full_explanation
from views.wording.phrases import join_words

SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
    "coco": "Coco value",
}
ADDING = {"egalitarian", "utilitarian", "coco"}
"""The solutions that add or subtract the payoffs of the two players."""
RANKS = "Egalitarian, utilitarian and coco add or subtract what are only ranks."


def solve_game(
    game: str, target: str | None, disagreement: str | None, timeout: float, to: Path | None, *, exactly: bool = False
) -> GameSummary:
    """Solve a game given by name or file.

    Parameters
    ----------
    game
        A printed game such as `bully`, or a file: .nfg, .toml or .json.
    target
        Cell `row,column`, counted from 0, for which a side payment is computed. None for the cell (Liberalize,
        Liberalize) where a 2x2 game begins with these actions, else for no cell.
    disagreement
        Payoffs `A,B` of the two players if talks fail; None for the security levels.
    timeout
        Seconds for the exact solver, above 0.
    to
        File to which the game is also written; None for none.
    exactly
        Whether the result shows exact fractions as well.

    Returns
    -------
    GameSummary
        The solved game.

    Raises
    ------
    InputError
        When an argument or the game is wrong, or the file cannot be written.
    """
    bimatrix = load_game(game)
    cell = None if target is None else _cell(target)
    point = None if disagreement is None else _point(disagreement)
    found = summarise_game(bimatrix, target=cell, disagreement=point, timeout=check_seconds(timeout, "--timeout"))
    if to is not None:
        write_game(bimatrix, to)
    return replace(found, exact=exactly)


def load_game(game: str) -> Bimatrix:
    """The printed game of that name, or the game in that file."""
    return read_game(Path(game)) if is_game_file(game) or "/" in game else canon(game)


def _cell(text: str) -> tuple[int, int]:
    cell = [parse_integer(part) for part in text.split(",")]
    if len(cell) != 2 or cell[0] is None or cell[1] is None:
        raise input_error(
            "--target", f"{format_value(text)} is not a cell", "write row,column counted from 0, as in 0,0"
        )
    return cell[0], cell[1]


def _point(text: str) -> tuple[Fraction, Fraction]:
    parts, hint = text.split(","), "write one for each player, as in 2,2.5"
    if len(parts) != 2:
        raise input_error("--disagreement", f"{format_value(text)} is not two numbers", hint)
    return exact(parts[0], "--disagreement", hint), exact(parts[1], "--disagreement", hint)


# -- text


def solution(screen: Screen, found: GameSummary) -> list[str]:
    """Render a solved game, for `winset solve`."""
    told = found.to_dict()
    return [
        screen.ink(told["game"] or "A game", "strong"),
        *paragraph(screen, full_explanation(found.game, aliases=True)),
        *(paragraph(screen, describe_topology(found.topology)) if found.topology else []),
        "",
        *render_payoff_matrix(screen, told),
        *section_heading(screen, "Equilibria"),
        *equilibria(screen, told),
        *bargaining(screen, told),
        *render_side_payment(screen, told),
        *(exact_numbers(screen, found) if found.exact else []),
        *remarks(screen, found),
    ]


def describe_topology(found: Topology) -> str:
    """The place of a 2x2 game in the topology of 2x2 games; for a tied game, its neighbours."""
    kinds = {kind: kind.replace("-", " ") for _, kind in found.neighbours}
    beside = join_words([*(name for key, name in sorted(kinds.items()) if key != UNNAMED), *_nameless(kinds)], "or")
    if found.place is None:
        return f"Place among the 2x2 games: on a border; with its ties broken {beside}."
    return f"Place among the 2x2 games: {found.place.key}, {found.place.name}. One swap of ranks away: {beside}."


def _nameless(kinds: Mapping[str, str]) -> list[str]:
    return ["a game without a name"] if UNNAMED in kinds else []


def bargaining(screen: Screen, told: JsonObject) -> list[str]:
    """Render the payoffs without a deal, and the bargaining solutions."""
    solutions: Mapping[str, Sequence[float] | None] = told["solutions"] or {}
    ranks = told["scale"] == "ordinal"
    points = [("Security levels", told["security"], False), ("Disagreement", told["disagreement"], False)]
    points += [(name, solutions.get(key), ranks and key in ADDING) for key, name in SOLUTIONS.items()]
    rows = [
        [screen.ink(text, "quiet") if quiet else text for text in (name, *_both(point))]
        for name, point, quiet in points
    ]
    lines = [*section_heading(screen, "Bargaining"), *render_table(screen, ("", *told["players"]), rows, "<>>")]
    return [*lines, *(notes(screen, [RANKS]) if ranks else [])]


def _both(point: Sequence[float] | None) -> tuple[str, str]:
    return ("–", "–") if point is None else (format_amount(point[0]), format_amount(point[1]))


def render_side_payment(screen: Screen, told: JsonObject) -> list[str]:
    """Render the side payment that makes the target cell an equilibrium; empty without a target."""
    payment: JsonObject | None = told["side_payment"]
    if payment is None:
        return []
    cell = ", ".join(actions[at] for actions, at in zip(told["actions"], payment["target"], strict=True))
    rows = [
        ("Transfer", _transfer(payment, told["players"])),
        ("Surplus of the two together", format_amount(payment["surplus"])),
        ("Money from outside that would do it", format_amount(payment["outside_money"])),
    ]
    quiet = told["scale"] == "ordinal"
    figures = [screen.ink(line, "quiet") if quiet else line for line in fact_lines(screen, rows)]
    return [*section_heading(screen, f"A side payment for ({cell})"), *figures, *notes(screen, [payment["note"]])]


def _transfer(payment: JsonObject, players: Sequence[str]) -> str:
    """The transfers that make the target an equilibrium, with payer and payee."""
    if payment["window"] is None:
        return "none between the two makes it hold"
    low, high = (None if end is None else abs(end) for end in payment["window"])
    if payment["payer"] is None:
        return "none is needed"
    low, high = (high, low) if payment["payer"] == players[0] else (low, high)
    size = f"from {format_amount(low or 0)}" if high is None else f"{format_amount(low or 0)} to {format_amount(high)}"
    size = f"exactly {format_amount(low or 0)}" if low == high else size
    return f"{size}, {payment['payer']} → {payment['payee']}{', weakly' if payment['weak'] else ''}"


def exact_numbers(screen: Screen, found: GameSummary) -> list[str]:
    """Render every payoff and every equilibrium as exact fractions, for verification."""
    told, game = found.exact_numbers(), found.game
    (A, B), lines = told["payoffs"], section_heading(screen, "Exact numbers")
    for i, j in game.cells():
        lines += paragraph(screen, f"{A[i][j]}, {B[i][j]}", first=f"{game.cell_name((i, j))}: ")
    for number, one in enumerate(told["equilibria"], start=1):
        sides = zip(game.players, (one["row"], one["column"]), strict=True)
        plays = " · ".join(f"{player}: {', '.join(shares)}" for player, shares in sides)
        lines += paragraph(screen, f"{plays} · worth {', '.join(one['payoffs'])}", first=f"{number}  ")
    return lines


def remarks(screen: Screen, found: GameSummary) -> list[str]:
    """Render the notes of the solver: method, degeneracy, ties, incomplete search; without repetition."""
    answer = found.equilibria
    verdict = " (complete and degenerate)" if answer.degenerate else " (complete)" if answer.complete else ""
    said = found.side_payment.note if found.side_payment else ""
    rest = [note for note in found.notes if note not in said]
    return ["", *notes(screen, [f"Method: {answer.method}{verdict}.", *rest])]
