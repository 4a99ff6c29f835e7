"""Conversion of an argument into a game: name of a printed game, path, two matrices, or an object with a game."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import Any, cast

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.errors import input_error
from games.formats.game_files import KEYS, read_game

ADVICE = 'pass Bimatrix([A, B]), two matrices, a printed game such as "bully", or the path of a game file'
DEEPEST = 3
"""Levels of nested results that are searched for a game."""


def as_game(given: Any) -> Bimatrix:
    """Return the game that an argument stands for; InputError, with the accepted forms, where there is none.

    An object with a game has it as its attribute `game`, such as a `GameSummary` or an analysis. A dictionary has the
    keys of a game file.
    """
    for _ in range(DEEPEST):
        given = given if isinstance(given, Bimatrix) else getattr(given, "game", given)
    match given:
        case Bimatrix():
            return given
        case str() | PathLike():
            return _named(fspath(cast("str | PathLike[str]", given)))
        case Mapping():
            return _described(cast("Mapping[Any, Any]", given))
        case list() | tuple():
            return Bimatrix(given)
        case _ if hasattr(given, "tolist"):
            return Bimatrix(given)
        case _:
            raise input_error("game", f"is of the type {type(given).__name__}, which is no game", ADVICE)


def _named(name: str | bytes) -> Bimatrix:
    """Return the printed game of that name, or the game in that file."""
    if isinstance(name, bytes):
        raise input_error("game", "is a path in bytes", ADVICE)
    is_file = name not in canon_names() and bool(Path(name).suffix or "/" in name)
    return read_game(name) if is_file else canon(name)


def _described(table: Mapping[Any, Any]) -> Bimatrix:
    """Return the game of a dictionary with the keys of a game file."""
    strange = [key for key in table if key not in KEYS]
    if strange or "payoffs" not in table:
        reason = f"has the key {str(strange[0])[:40]!r}" if strange else "has no payoffs"
        raise input_error("game", reason, f"the keys of a game are {', '.join(KEYS)}")
    return Bimatrix(**table)
