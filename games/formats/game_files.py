"""Reading and writing game files: Gambit's `.nfg` in both versions, TOML and JSON.

Numbers keep their exact value: `0.1` is one tenth, `1/3` is a third. TOML and JSON files have the keys `name`,
`players`, `actions`, `payoffs` (player, row, column), `scale` and `tolerance`; only `payoffs` is required. An `.nfg`
file has no field for scale and tolerance; they are stored in its comment.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn, cast

from games.bimatrix import Bimatrix
from games.errors import InputError, Problem, input_error, write_error
from games.exact_numbers import format_exact
from games.formats.nfg import nfg_text, parse_nfg
from games.labels import NameChange, clean_name_with_changes, clean_names, describe_changes
from games.text.toml_text import parse_toml

LARGEST = 1_000_000
"""Largest size of a file in bytes; larger files are refused before they are parsed."""

_MOST_DIGITS = 4_000
"""Largest number of digits of an integer in JSON; Python itself stops at 4,300."""

KEYS = ("name", "players", "actions", "payoffs", "scale", "tolerance")


def read_game(path: str | Path) -> Bimatrix:
    """Return the game in a file; its name is the file name where the file gives no name.

    Parameters
    ----------
    path
        A file that ends in `.nfg`, `.toml` or `.json`, at most 1 MB.

    Returns
    -------
    Bimatrix
        The game; its remarks list the names that were changed.

    Raises
    ------
    InputError
        When the file cannot be read or is not a game of two players; with the file, the key and what to write instead.

    References
    ----------
    File format reference of Gambit 16 (Savani and Turocy 2024).
    """
    path = Path(path)
    parse = _reader(path)
    text = _text(path)
    try:
        table = parse(text)
        return Bimatrix(**(table if "name" in table else {**table, **_named_after(path, table)}))
    except InputError as error:
        raise InputError(*(Problem(f"{path.name}:{place}", why, hint) for place, why, hint in error.problems)) from None
    except RecursionError:
        raise input_error(path.name, "is nested too deeply", "payoffs have three levels: player, row, column") from None


def write_game(game: Bimatrix, path: str | Path) -> None:
    """Write the game so that `read_game` returns an equal one.

    Parameters
    ----------
    game
        The game.
    path
        The file; its ending, `.nfg`, `.toml` or `.json`, selects the format. An existing file is replaced.

    Raises
    ------
    InputError
        For another ending, and when the file cannot be written.
    StorageFailed
        When the disk is full or broken.
    """
    path = Path(path)
    _reader(path)
    text = _WRITERS[_ending(path)](game)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise write_error(error, str(path), "choose a folder that exists and is yours") from None


def is_game_file(name: str) -> bool:
    """Return whether a file name has the ending of a game file; upper case is accepted."""
    return _ending(name) in _READERS


def _ending(path: str | Path) -> str:
    return Path(path).suffix.lower()


def _named_after(path: Path, table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the file name as the name of the game, with remarks."""
    # A file name may hold bytes that are not text.
    name, changes = clean_name_with_changes(path.stem.encode("utf-8", "replace").decode("utf-8"))
    return {"name": name or None, "remarks": (*table.get("remarks", ()), *describe_changes(changes))}


def _reader(path: Path) -> Callable[[str], Mapping[str, Any]]:
    if not is_game_file(path.name):
        raise input_error(path.name, "is not a kind of game file", f"end the name in {', '.join(_READERS)}")
    return _READERS[_ending(path)]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise input_error(path.name, "is larger than 1 MB", "a game has at most 10,000 cells")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise input_error(
            str(path), f"cannot be read: {error.strerror}", "give the path of a file that exists"
        ) from None
    except UnicodeDecodeError:
        raise input_error(path.name, "is not text", "save the game as plain UTF-8 text") from None


def _from_toml(text: str) -> Mapping[str, Any]:
    try:
        return _table(parse_toml(text, "TOML", _decimal))
    except (ValueError, ArithmeticError) as error:
        raise _misread("TOML", error) from None


def _from_json(text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(
            text, parse_float=_decimal, parse_int=_whole, parse_constant=_no_number, object_pairs_hook=_once
        )
        return _table(content)
    except (ValueError, ArithmeticError) as error:
        raise _misread("JSON", error) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; InputError for a key that occurs twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise input_error(twice[:40], "stands twice", "keep one of the two")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        hint = "choose a unit in which payoffs stay below 1e300"
        raise input_error("JSON", "cannot be read: it holds a number of thousands of digits", hint)
    return int(digits)


def _decimal(digits: str) -> Decimal | str:
    """Return a number with a point or an exponent; as text where its exponent is too long for a Decimal."""
    try:
        return Decimal(digits)
    except ArithmeticError:
        return digits


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _misread(language: str, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    reason = str(error).splitlines()[0] if str(error) else "a number is out of range"
    return input_error(language, f"cannot be read: {reason}", f"mend the {language} at that place")


def _table(content: Any) -> Mapping[str, Any]:
    if not isinstance(content, dict) or "payoffs" not in content:
        raise input_error(
            "payoffs", "is missing", "write payoffs = [[[5, 1], [3, 3]], [[5, 3], [1, 3]]]: player, row, column"
        )
    table = cast("dict[str, Any]", content)
    for key in table:
        if key not in KEYS:
            raise input_error(key[:40], "is not a key of a game file", f"the keys are {', '.join(KEYS)}")
    return _tidied(table)


def _tidied(table: dict[str, Any]) -> dict[str, Any]:
    """Return the table with its names cleaned, and a remark on the names that were changed; "" means no name."""
    found, changes = dict(table), list[NameChange]()
    name = found.get("name")
    if isinstance(name, str):
        clean, changes = clean_name_with_changes(name)
        # A name that is blank but not empty is kept here and refused by `Bimatrix`.
        found["name"] = clean or name or None
    if "players" in found:
        found["players"], changed = clean_names(found["players"])
        changes += changed
    if isinstance(found.get("actions"), list):
        sides = [clean_names(side) for side in found["actions"]]
        found["actions"] = [names for names, _ in sides]
        changes += [change for _, changed in sides for change in changed]
    return {**found, "remarks": describe_changes(changes)}


def _fields(game: Bimatrix) -> Iterator[tuple[str, Any]]:
    for key in KEYS:
        value = getattr(game, key)
        # Without the key the game would get the name of the file; "" means that it has none.
        yield key, "" if value is None else value


def _to_toml(game: Bimatrix) -> str:
    return "".join(f"{key} = {_literal(value)}\n" for key, value in _fields(game))


def _to_json(game: Bimatrix) -> str:
    return "{" + ",\n ".join(f'"{key}": {_literal(value)}' for key, value in _fields(game)) + "}\n"


def _literal(value: Any) -> str:
    """Return the value in a form that TOML and JSON share.

    A number that no finite decimal equals becomes a string, such as "1/3".
    """
    match value:
        case Fraction():
            number = format_exact(value)
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
