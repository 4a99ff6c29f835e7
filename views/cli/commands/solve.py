"""`winset solve`: solve a game of two players, given by name or file, and render the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from games.bargaining.side_payments import SidePayment
from games.bimatrix import Bimatrix
from games.canon import canon
from games.display import join_with_or
from games.errors import input_error
from games.exact_numbers import check_seconds, exact, format_value, parse_integer
from games.formats.game_files import is_game_file, read_game, write_game
from games.game_document import ExactNumbers, GameDocument, Point
from games.messages import message
from games.summary import GameSummary, summarise_game
from games.two_by_two.taxonomy import UNNAMED
from games.two_by_two.topology import Topology
from views.text.game import equilibria, format_amount, render_payoff_matrix
from views.text.layout import Screen, fact_lines, notes, paragraph, render_table, section_heading
from views.wording.games import NAMES_IN_SENTENCES, full_explanation

SOLUTIONS: Mapping[str, str] = {
    "nash": message("Nash"),
    "kalai_smorodinsky": message("Kalai-Smorodinsky"),
    "egalitarian": message("Egalitarian"),
    "utilitarian": message("Utilitarian"),
    "coco": message("Coco value"),
}
ADDING = {"egalitarian", "utilitarian", "coco"}
"""The solutions that add or subtract the payoffs of the two players."""
RANKS = message("Egalitarian, utilitarian and coco add or subtract what are only ranks.")

UNTITLED = message("A game")
EQUILIBRIA = message("Equilibria")
BARGAINING = message("Bargaining")
SECURITY = message("Security levels")
DISAGREEMENT = message("Disagreement")
ON_A_BORDER = message("Place among the 2x2 games: on a border; with its ties broken {games}.")
PLACE = message("Place among the 2x2 games: {key}, {name}. One swap of ranks away: {games}.")
PAYMENT = message("A side payment for {cell}")
TRANSFER = message("Transfer")
SURPLUS = message("Surplus of the two together")
OUTSIDE_MONEY = message("Money from outside that would do it")
NO_TRANSFER = message("none between the two makes it hold")
NEEDLESS_TRANSFER = message("none is needed")
EXACTLY = message("exactly {amount}, {payer} → {payee}, weakly")
AT_LEAST = message("from {least}, {payer} → {payee}")
BETWEEN = message("{least} to {most}, {payer} → {payee}")
EXACT_NUMBERS = message("Exact numbers")
EXACT_EQUILIBRIUM = message("{row_player}: {row} · {column_player}: {column} · worth {payoffs}")
DEGENERATE = message("Method: {method} (complete and degenerate).")
COMPLETE = message("Method: {method} (complete).")
NOT_COMPLETE = message("Method: {method}.")


def solve_game(
    game: str, target: str | None, disagreement: str | None, timeout: float, to: Path | None, *, exactly: bool = False
) -> GameSummary:
    """Solve a game of two players that is given by name or file: equilibria, bargaining solutions, side payment.

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
    """Return the game of two players with this name, such as "bully", or the game in the file with this path."""
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
    """Return a solved game of two players as lines of text, for `winset solve`."""
    told = found.document()
    return [
        screen.ink(told.game or UNTITLED, "strong"),
        *paragraph(screen, full_explanation(found.game, aliases=True)),
        *(paragraph(screen, describe_topology(found.topology)) if found.topology else []),
        "",
        *render_payoff_matrix(screen, told),
        *section_heading(screen, EQUILIBRIA),
        *equilibria(screen, told),
        *bargaining(screen, told),
        *render_side_payment(screen, found),
        *(render_exact_numbers(screen, told, told.exact) if told.exact else []),
        *remarks(screen, found),
    ]


def describe_topology(found: Topology) -> str:
    """Return a sentence on the place of a 2x2 game among all 2x2 games, and on the games beside it.

    For a game with ties, these are the games that result when its ties are broken.
    """
    kinds = sorted({kind for _, kind in found.neighbours}, key=lambda kind: (kind == UNNAMED, kind))
    beside = join_with_or([NAMES_IN_SENTENCES[kind] for kind in kinds])
    if found.place is None:
        return ON_A_BORDER.format(games=beside)
    return PLACE.format(key=found.place.key, name=found.place.name, games=beside)


def bargaining(screen: Screen, told: GameDocument) -> list[str]:
    """Return a section of lines with the payoffs of both players without a deal, and in each bargaining solution."""
    ranks = told.scale == "ordinal"
    points: list[tuple[str, Point | None, bool]] = [
        (SECURITY, told.security, False),
        (DISAGREEMENT, told.disagreement, False),
    ]
    points += [(name, getattr(told.solutions, key, None), ranks and key in ADDING) for key, name in SOLUTIONS.items()]
    rows = [
        [screen.ink(text, "quiet") if quiet else text for text in (name, *_both(point))]
        for name, point, quiet in points
    ]
    lines = [*section_heading(screen, BARGAINING), *render_table(screen, ("", *told.players), rows, "<>>")]
    return [*lines, *(notes(screen, [RANKS]) if ranks else [])]


def _both(point: Point | None) -> tuple[str, str]:
    return ("–", "–") if point is None else (format_amount(point[0]), format_amount(point[1]))


def render_side_payment(screen: Screen, found: GameSummary) -> list[str]:
    """Return a section of lines on the side payment that makes the target cell of a game an equilibrium.

    Empty if no target cell was chosen.
    """
    payment = found.side_payment
    if payment is None:
        return []
    rows = [
        (TRANSFER, _transfer(payment, found.game.players)),
        (SURPLUS, format_amount(payment.surplus)),
        (OUTSIDE_MONEY, format_amount(payment.outside_money)),
    ]
    quiet = found.game.scale == "ordinal"
    figures = [screen.ink(line, "quiet") if quiet else line for line in fact_lines(screen, rows)]
    title = PAYMENT.format(cell=found.game.cell_name(payment.target))
    return [*section_heading(screen, title), *figures, *notes(screen, [payment.note])]


def _transfer(payment: SidePayment, players: Sequence[str]) -> str:
    """The transfers that make the target an equilibrium, with payer and payee."""
    if payment.window is None:
        return NO_TRANSFER
    if payment.payer is None:
        return NEEDLESS_TRANSFER
    low, high = payment.window[::-1] if payment.payer == players[0] else payment.window
    parties, least = {"payer": payment.payer, "payee": payment.payee}, format_amount(abs(low or 0))
    if low == high:
        return EXACTLY.format(amount=least, **parties)
    if high is None:
        return AT_LEAST.format(least=least, **parties)
    return BETWEEN.format(least=least, most=format_amount(abs(high)), **parties)


def render_exact_numbers(screen: Screen, told: GameDocument, exact: ExactNumbers) -> list[str]:
    """Return every payoff and every equilibrium of a game as lines with exact fractions, for verification.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The game, for the names of players and actions.
    exact
        Its exact numbers.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    lines = section_heading(screen, EXACT_NUMBERS)
    for row, *payoffs in zip(told.actions[0], *exact.payoffs, strict=True):
        for column, *pair in zip(told.actions[1], *payoffs, strict=True):
            lines += paragraph(screen, ", ".join(pair), first=f"({row}, {column}): ")
    row_player, column_player = told.players
    for number, one in enumerate(exact.equilibria, start=1):
        sentence = EXACT_EQUILIBRIUM.format(
            row_player=row_player,
            row=", ".join(one.row),
            column_player=column_player,
            column=", ".join(one.column),
            payoffs=", ".join(one.payoffs),
        )
        lines += paragraph(screen, sentence, first=f"{number}  ")
    return lines


def remarks(screen: Screen, found: GameSummary) -> list[str]:
    """Return the remarks of the solver on a solved game as lines: method, degeneracy, ties, incomplete search.

    A remark that stands beside the side payment already is not repeated.
    """
    answer = found.equilibria
    method = DEGENERATE if answer.degenerate else COMPLETE if answer.complete else NOT_COMPLETE
    said = found.side_payment.note if found.side_payment else ""
    rest = [note for note in found.notes if note not in said]
    return ["", *notes(screen, [method.format(method=answer.method), *rest])]
