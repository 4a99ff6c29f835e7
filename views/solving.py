"""A game of two players as the command line names it: by its printed name or by its file."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from games.bimatrix import Bimatrix
from games.canon import canon
from games.errors import refuse
from games.files import read_game, write_game
from games.portrait import Portrait, portrait

FILES = (".nfg", ".toml", ".json")
"""Endings by which a game is known to be a file."""


def solved(game: str, target: str | None, disagreement: str | None, timeout: float, to: Path | None) -> Portrait:
    """The portrait of a game given by name or file; with `to` the game is written there as well."""
    bimatrix = named(game)
    cell = None if target is None else _cell(target)
    point = None if disagreement is None else _point(disagreement)
    if not timeout > 0:
        raise refuse("--timeout", f"{timeout:g} is no time to solve in", "write seconds above 0, as in --timeout 10")
    found = portrait(bimatrix, target=cell, disagreement=point, timeout=timeout)
    if to is not None:
        write_game(bimatrix, to)
    return found


def named(game: str) -> Bimatrix:
    """The printed game of that name, or the game in that file."""
    return read_game(Path(game)) if game.endswith(FILES) or "/" in game else canon(game)


def _cell(text: str) -> tuple[int, int]:
    try:
        row, column = (int(part) for part in text.split(","))
    except ValueError:
        raise refuse("--target", f"{text!r} is not a cell", "write row,column counted from 0, as in 0,0") from None
    return row, column


def _point(text: str) -> tuple[Fraction, Fraction]:
    try:
        row, column = (Fraction(part.strip()) for part in text.split(","))
    except (ValueError, ZeroDivisionError):
        hint = "write one for each player, as in 2,2.5"
        raise refuse("--disagreement", f"{text!r} is not two numbers", hint) from None
    return row, column
