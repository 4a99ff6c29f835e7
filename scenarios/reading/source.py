"""From a name to the tables of a file and its bases. What is too large or no text is refused before it is parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from economy.corridors import corridor, corridor_names, refusal
from games.errors import InputError, Problem, refuse
from games.exact_numbers import DIGITS, long_number
from games.text.spelling import nearest
from games.text.toml_text import parse_toml
from scenarios.reading.overlay import Tree
from scenarios.reading.phrases import either

LIBRARY = Path(__file__).parents[1] / "library"
"""Where the cases lie that come with Winset."""

TEMPLATE = Path(__file__).with_name("template.toml")

LARGEST = 1_000_000
"""Bytes of a file (1 MB)."""

LONGEST = 200
"""Characters of a name."""

LONGEST_PATH = 4000
"""Characters of the way to a file."""

DEPTH = 5
"""Bases on top of each other."""

SCHEMA = 1
"""The version of the file format that this house reads."""

CORRIDOR = "corridor:"
BASE = "corridor"
"""The base that brings the agenda to a corridor."""


def shelf() -> Mapping[str, Path]:
    """The cases of the library by name; files with a leading underscore are bases and do not show."""
    files = sorted(LIBRARY.glob("*.toml"))
    return MappingProxyType({file.stem: file for file in files if not file.stem.startswith("_")})


def template() -> str:
    """A case to begin with, as text: every key that a scored case needs, with a word on each. It checks clean."""
    return TEMPLATE.read_text(encoding="utf-8")


def is_case_file(name: str) -> bool:
    """Whether a name ends like that of a scenario file; capitals do not matter."""
    return name.lower().endswith(".toml")


def located(name: str) -> tuple[Path | None, str]:
    """The path behind what the user wrote, and what to call it in messages; a corridor has no path."""
    if len(Path(name).name) > LONGEST or len(name) > LONGEST_PATH:
        raise refuse("scenario", f"a name of {len(name):,} characters is too long", f"use at most {LONGEST}")
    if name.startswith(CORRIDOR):
        return None, CORRIDOR + name.removeprefix(CORRIDOR).upper()
    if name in shelf():
        return shelf()[name], f"{name}.toml"
    if is_case_file(name) or "/" in name or "\\" in name:
        return Path(name), name
    raise refuse("scenario", f"there is no scenario called {name!r}", _instead(name))


def grown(path: Path | None, label: str, mend: Callable[[Tree], object], written: dict[str, Any] | None = None) -> Tree:
    """The tree of a file with its bases beneath it. InputError when a file cannot be read at all.

    Parameters
    ----------
    path
        The file; None for a corridor, and for tables that stand in no file.
    label
        What messages call it.
    mend
        Puts right what stands in the wrong place of one file, before its `schema` and its base are looked for.
    written
        The tables themselves, where there is no file.
    """
    tree = Tree(label)
    layers: list[tuple[str, dict[str, Any]]] = []
    chain: list[Path] = []
    here, name = path, label
    while True:
        layer = Tree(name, tables(here, name) if here else _drawn(name) if written is None else written)
        mend(layer)
        table = layer.values
        tree.problems += layer.problems
        tree.lost |= layer.lost
        if layers:
            table.pop("preset", None)  # a variation of a preset is not that preset
        layers.append((name, table))
        if "schema" not in layer.lost:
            tree.problems += _versions(table, name, here)
        if here is not None:
            chain.append(here.resolve())
        base = table.pop("extends", None)
        if base is None:
            break
        found = _base(base, here, f"{name}:extends", chain)
        if isinstance(found, Problem):
            tree.problems.append(found)
            tree.whole = False
            break
        here, name = found
    for name, table in reversed(layers):
        tree.lay(table, name)
    return tree


def tables(path: Path, label: str) -> dict[str, Any]:
    """The tables of one TOML file; InputError for everything that is no small UTF-8 text in TOML."""
    text = _text(_content(path, label), label)
    try:
        content = parse_toml(text, label)
    except RecursionError:
        raise refuse(label, "its lists or tables lie too deep in each other", "a scenario needs four levels") from None
    except InputError:
        raise
    except ValueError:
        hint = "no figure of a scenario needs more than twenty"
        raise refuse(label, "holds a number of thousands of digits", hint) from None
    long = long_number(content)
    if long is not None:
        raise refuse(f"{label}:{'.'.join(long)}", *DIGITS)
    return content


def _content(path: Path, label: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refuse(label, "there is no such file", _instead(path.stem)) from None
    except IsADirectoryError:
        raise refuse(label, "is a folder, not a file", "name the .toml file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise refuse(label, f"cannot be read: {reason}", "check the path and your rights") from None
    if len(content) > LARGEST:
        raise refuse(label, "is larger than 1 MB", "a scenario is a few kB of text; is this the file you meant?")
    return content


def _text(content: bytes, label: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is not text in UTF-8 (byte {content[error.start]:#04x} at place {error.start + 1})"
        raise refuse(label, reason, "save it as plain text in UTF-8; is this the file you meant?") from None
    if "\0" in text:
        raise refuse(label, "is a binary file, not text", "save it as plain text in UTF-8; is this the file you meant?")
    if not text.strip():
        hint = "begin with `schema = 1`; `winset scenarios show morocco-spain` shows a whole one"
        raise refuse(label, "is empty", hint)
    return text


def _versions(table: dict[str, Any], label: str, path: Path | None) -> list[Problem]:
    """What is wrong with the file's own `schema`; nothing can be said about a file from the future, so it is raised."""
    version = table.get("schema", None if path else SCHEMA)
    place = f"{label}:schema"
    if version is None:
        return [Problem(place, "is missing", f"write `schema = {SCHEMA}` as the first line")]
    if type(version) is int and version > SCHEMA:
        raise refuse(place, f"is {version}, from a newer Winset; this one reads {SCHEMA}", "update Winset")
    if version != SCHEMA or type(version) is not int:
        return [Problem(place, f"is {version!r}, which no Winset has used", f"write `schema = {SCHEMA}`")]
    return []


def _base(base: Any, here: Path | None, place: str, chain: list[Path]) -> tuple[Path, str] | Problem:
    """The file that `extends` names, or what is wrong with it."""
    if not isinstance(base, str) or not base.strip() or len(base) > LONGEST:
        return Problem(place, "should be the name of another scenario", 'write it like extends = "corridor"')
    library = {**shelf(), **{file.stem.removeprefix("_"): file for file in LIBRARY.glob("_*.toml")}}
    path = library.get(base)
    label = path.name if path else str(_beside(here, base))
    path = path or Path(label)
    if not path.is_file():
        near = nearest(base, library) or list(library)
        hint = f"write {either(near)}, or the path of a file beside this one"
        return Problem(place, f"there is no {base!r} to extend", hint)
    if path.resolve() in chain:
        loop = [*chain[chain.index(path.resolve()) :], path]
        return Problem(place, f"goes in a circle: {' -> '.join(file.stem for file in loop)}", "take one `extends` out")
    if len(chain) > DEPTH:
        return Problem(place, f"there are more than {DEPTH} bases on top of each other", "make one file of some")
    return path, label


def _beside(here: Path | None, base: str) -> Path:
    folder = here.parent if here else Path()
    path = folder / base
    return path if is_case_file(path.name) else path.with_name(f"{path.name}.toml")


def _drawn(label: str) -> dict[str, Any]:
    """The file that a corridor would have: its two countries, its economy, and the corridor agenda."""
    code = label.removeprefix(CORRIDOR)
    if code not in corridor_names():
        raise InputError(*(problem._replace(place=label) for problem in refusal(code, CORRIDOR).problems))
    facts = corridor(code)
    ends = (("host", facts.host), ("origin", facts.origin))
    return {
        "schema": SCHEMA,
        "extends": BASE,
        "title": f"{facts.origin.name} and {facts.host.name}",
        "summary": f"{facts.host.name} (host) and {facts.origin.name} (origin), drawn from public data.",
        "economy": {"corridor": code},
        "countries": [{"name": end.name, "role": role, "iso3": end.iso3} for role, end in ends],
    }


def _instead(name: str) -> str:
    near = nearest(name, shelf())
    if near:
        return f"write {either(near)}, or the path of a .toml file"
    return f"write one of {either(list(shelf()))}, a corridor like corridor:MAR-ESP, or the path of a .toml file"
