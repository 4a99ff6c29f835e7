"""Games from and to files: Gambit's `.nfg` in both versions, TOML and JSON.

Numbers keep their exact value: `0.1` is one tenth, `1/3` is a third. TOML and JSON files have the keys `name`,
`players`, `actions`, `payoffs` (player, row, column), `scale` and `tolerance`; only `payoffs` is required. An
`.nfg` file has no place for scale and tolerance; they are kept in its comment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn, cast

from games.bimatrix import Bimatrix
from games.errors import InputError, Problem, refuse, unwritten
from games.nfg import nfg_text, parse_nfg
from games.numerals import written
from games.toml_text import parse_toml

LARGEST = 1_000_000
"""Bytes that a file may have; larger ones are refused unread."""

KEYS = ("name", "players", "actions", "payoffs", "scale", "tolerance")


def read_game(path: str | Path) -> Bimatrix:
    """The game in a file, named after the file where the file gives no name.

    Raises InputError, with the file and what to write instead, for everything that is no game of two players.
    """
    path = Path(path)
    parse = _reader(path)
    text = _text(path)
    try:
        table = parse(text)
        return Bimatrix(**{"name": path.stem, **table})
    except InputError as error:
        raise InputError(*(Problem(f"{path.name}:{place}", why, hint) for place, why, hint in error.problems)) from None
    except RecursionError:
        raise refuse(path.name, "is nested too deeply", "payoffs have three levels: player, row, column") from None


def write_game(game: Bimatrix, path: str | Path) -> None:
    """Write the game so that `read_game` returns an equal one; the ending of the name decides on the format."""
    path = Path(path)
    _reader(path)
    text = _WRITERS[path.suffix.lower()](game)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritten(error, str(path), "choose a folder that exists and is yours") from None


def _reader(path: Path) -> Callable[[str], Mapping[str, Any]]:
    if path.suffix.lower() not in _READERS:
        raise refuse(path.name, "is not a kind of game file", f"end the name in {', '.join(_READERS)}")
    return _READERS[path.suffix.lower()]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise refuse(path.name, "is larger than 1 MB", "a game has at most 10,000 cells")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise refuse(str(path), f"cannot be read: {error.strerror}", "give the path of a file that exists") from None
    except UnicodeDecodeError:
        raise refuse(path.name, "is not text", "save the game as plain UTF-8 text") from None


def _from_toml(text: str) -> Mapping[str, Any]:
    try:
        return _table(parse_toml(text, "TOML", Decimal))
    except (ValueError, ArithmeticError) as error:
        raise _misread("TOML", error) from None


def _from_json(text: str) -> Mapping[str, Any]:
    try:
        return _table(json.loads(text, parse_float=Decimal, parse_constant=_no_number))
    except (ValueError, ArithmeticError) as error:
        raise _misread("JSON", error) from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _misread(language: str, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    reason = str(error).splitlines()[0] if str(error) else "a number is out of range"
    return refuse(language, f"cannot be read: {reason}", f"mend the {language} at that place")


def _table(content: Any) -> Mapping[str, Any]:
    if not isinstance(content, dict) or "payoffs" not in content:
        raise refuse(
            "payoffs", "is missing", "write payoffs = [[[5, 1], [3, 3]], [[5, 3], [1, 3]]]: player, row, column"
        )
    table = cast("dict[str, Any]", content)
    for key in table:
        if key not in KEYS:
            raise refuse(key[:40], "is not a key of a game file", f"the keys are {', '.join(KEYS)}")
    return table


def _fields(game: Bimatrix) -> Iterator[tuple[str, Any]]:
    for key in KEYS:
        value = getattr(game, key)
        if value is not None:
            yield key, value


def _to_toml(game: Bimatrix) -> str:
    return "".join(f"{key} = {_literal(value)}\n" for key, value in _fields(game))


def _to_json(game: Bimatrix) -> str:
    return "{" + ",\n ".join(f'"{key}": {_literal(value)}' for key, value in _fields(game)) + "}\n"


def _literal(value: Any) -> str:
    """The value as both TOML and JSON write it; a number that no decimal ends becomes text, such as "1/3"."""
    match value:
        case Fraction():
            number = written(value)
            return f'"{number}"' if "/" in number else number
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return f"[{', '.join(map(_literal, value))}]"


_READERS: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    ".nfg": parse_nfg,
    ".toml": _from_toml,
    ".json": _from_json,
}
_WRITERS: Mapping[str, Callable[[Bimatrix], str]] = {".nfg": nfg_text, ".toml": _to_toml, ".json": _to_json}
