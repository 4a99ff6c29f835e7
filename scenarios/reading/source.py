"""From a name to the tables of a file and its bases. A file that is too large or not text is refused before parsing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from economy.corridors.data import corridor_names, unknown_corridor_error
from economy.corridors.fitting import Corridor, corridor
from games.display import join_with_and, join_with_or
from games.errors import InputError, Problem, input_error
from games.exact_numbers import DIGITS, long_number
from games.messages import message
from games.text.spelling import closest_words
from games.text.toml_text import parse_toml
from scenarios.reading.overlay import Tree

LIBRARY = Path(__file__).parents[1] / "library"
"""The folder of the cases that come with Winset."""

TEMPLATE = Path(__file__).with_name("template.toml")
"""The file that `template` returns."""

LARGEST = 1_000_000
"""Largest size of a file, in bytes (1 MB)."""

LONGEST = 200
"""Largest number of characters of a name."""

LONGEST_PATH = 4000
"""Largest number of characters of a path."""

DEPTH = 5
"""Largest number of bases that extend each other."""

SCHEMA = 1
"""The version of the file format that this version of Winset reads."""

CORRIDOR = "corridor:"
"""A corridor's name begins with this."""
BASE = "corridor"
"""The base that gives a corridor its agenda."""


def library_paths() -> Mapping[str, Path]:
    """Return the cases of the library by name. Files that begin with an underscore are bases and are left out."""
    files = sorted(LIBRARY.glob("*.toml"))
    return MappingProxyType({file.stem: file for file in files if not file.stem.startswith("_")})


def template() -> str:
    """Return a template of a scored case.

    Returns
    -------
    str
        TOML text with every key that a scored case needs, each with a comment. It passes all checks.
    """
    return TEMPLATE.read_text(encoding="utf-8")


def is_case_file(name: str) -> bool:
    """Return whether a name ends in `.toml`, in any case."""
    return name.lower().endswith(".toml")


def locate_case(name: str) -> tuple[Path | None, str]:
    """Return the path that a name stands for, and its name in messages.

    The path is None for a corridor, and may not exist. InputError for an unknown name, and for one that is too long.
    """
    if len(Path(name).name) > LONGEST or len(name) > LONGEST_PATH:
        raise input_error("scenario", f"a name of {len(name):,} characters is too long", f"use at most {LONGEST}")
    if name.startswith(CORRIDOR):
        return None, CORRIDOR + name.removeprefix(CORRIDOR).upper()
    if name in library_paths():
        return library_paths()[name], f"{name}.toml"
    if is_case_file(name) or "/" in name or "\\" in name:
        return Path(name), name
    raise input_error("scenario", f"there is no scenario called {name!r}", _instead(name))


def load_with_bases(
    path: Path | None, label: str, mend: Callable[[Tree], object], written: dict[str, Any] | None = None
) -> Tree:
    """Read the tables of a file, merged over its bases.

    Parameters
    ----------
    path
        The file; None for a corridor, and for tables that stand in no file.
    label
        Its name in messages.
    mend
        Called with the tables of each file before its `schema` and `extends` are read; it corrects keys in a wrong
        place.
    written
        The tables themselves, if there is no file.

    Returns
    -------
    Tree
        The merged tables, with the problems found so far.

    Raises
    ------
    InputError
        If a file cannot be read or parsed, or needs a newer version of Winset.
    """
    tree = Tree(label)
    layers: list[tuple[str, dict[str, Any]]] = []
    chain: list[Path] = []
    here, name = path, label
    while True:
        layer = Tree(name, read_tables(here, name) if here else _drawn(name) if written is None else written)
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
        tree.merge(table, name)
    return tree


def read_tables(path: Path, label: str) -> dict[str, Any]:
    """Return the tables of one TOML file; InputError if it is missing, larger than 1 MB, or not TOML in UTF-8."""
    text = _text(_content(path, label), label)
    try:
        content = parse_toml(text, label)
    except RecursionError:
        raise input_error(
            label, "its lists or tables lie too deep in each other", "a scenario needs four levels"
        ) from None
    except InputError:
        raise
    except ValueError:
        hint = "no figure of a scenario needs more than twenty"
        raise input_error(label, "holds a number of thousands of digits", hint) from None
    long = long_number(content)
    if long is not None:
        raise input_error(f"{label}:{'.'.join(long)}", *DIGITS)
    return content


def _content(path: Path, label: str) -> bytes:
    """The bytes of a file; InputError if it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise input_error(label, "there is no such file", _instead(path.stem)) from None
    except IsADirectoryError:
        raise input_error(label, "is a folder, not a file", "name the .toml file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise input_error(label, f"cannot be read: {reason}", "check the path and your rights") from None
    if len(content) > LARGEST:
        raise input_error(label, "is larger than 1 MB", "a scenario is a few kB of text; is this the file you meant?")
    return content


def _text(content: bytes, label: str) -> str:
    """The bytes as text; InputError if they are not text in UTF-8, or empty."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"is not text in UTF-8 (byte {content[error.start]:#04x} at place {error.start + 1})"
        raise input_error(label, reason, "save it as plain text in UTF-8; is this the file you meant?") from None
    if "\0" in text:
        raise input_error(
            label, "is a binary file, not text", "save it as plain text in UTF-8; is this the file you meant?"
        )
    if not text.strip():
        hint = "begin with `schema = 1`; `winset scenarios show morocco-spain` shows a whole one"
        raise input_error(label, "is empty", hint)
    return text


def _versions(table: dict[str, Any], label: str, path: Path | None) -> list[Problem]:
    """Problems of the file's own `schema`; InputError for a newer version, which cannot be checked further."""
    version = table.get("schema", None if path else SCHEMA)
    place = f"{label}:schema"
    if version is None:
        return [Problem(place, "is missing", f"write `schema = {SCHEMA}` as the first line")]
    if type(version) is int and version > SCHEMA:
        raise input_error(place, f"is {version}, from a newer Winset; this one reads {SCHEMA}", "update Winset")
    if version != SCHEMA or type(version) is not int:
        return [Problem(place, f"is {version!r}, which no Winset has used", f"write `schema = {SCHEMA}`")]
    return []


def _base(base: Any, here: Path | None, place: str, chain: list[Path]) -> tuple[Path, str] | Problem:
    """The path and label of the file that `extends` names, or the problem with it."""
    if not isinstance(base, str) or not base.strip() or len(base) > LONGEST:
        return Problem(place, "should be the name of another scenario", 'write it like extends = "corridor"')
    library = {**library_paths(), **{file.stem.removeprefix("_"): file for file in LIBRARY.glob("_*.toml")}}
    path = library.get(base)
    label = path.name if path else str(_beside(here, base))
    path = path or Path(label)
    if not path.is_file():
        near = closest_words(base, library) or list(library)
        hint = f"write {join_with_or(near)}, or the path of a file beside this one"
        return Problem(place, f"there is no {base!r} to extend", hint)
    if path.resolve() in chain:
        loop = [*chain[chain.index(path.resolve()) :], path]
        return Problem(place, f"goes in a circle: {' -> '.join(file.stem for file in loop)}", "take one `extends` out")
    if len(chain) > DEPTH:
        return Problem(place, f"there are more than {DEPTH} bases on top of each other", "make one file of some")
    return path, label


def _beside(here: Path | None, base: str) -> Path:
    """The path of a base beside a file; the ending `.toml` may be left out."""
    folder = here.parent if here else Path()
    path = folder / base
    return path if is_case_file(path.name) else path.with_name(f"{path.name}.toml")


def _drawn(label: str) -> dict[str, Any]:
    """The tables of a corridor: its two countries, its economy, and the corridor agenda as its base."""
    code = label.removeprefix(CORRIDOR)
    if code not in corridor_names():
        raise InputError(
            *(problem._replace(place=label) for problem in unknown_corridor_error(code, CORRIDOR).problems)
        )
    facts = corridor(code)
    title, summary = corridor_texts(facts)
    ends = (("host", facts.host), ("origin", facts.origin))
    return {
        "schema": SCHEMA,
        "extends": BASE,
        "title": title,
        "summary": summary,
        "economy": {"corridor": code},
        "countries": [{"name": end.name, "role": role, "iso3": end.iso3} for role, end in ends],
    }


def corridor_texts(facts: Corridor) -> tuple[str, str]:
    """Return title and summary of the case that is drawn from the data of a corridor."""
    host, origin = facts.host.name, facts.origin.name
    return join_with_and([origin, host]), message(
        "{host} (host) and {origin} (origin), drawn from public data.", host=host, origin=origin
    )


def _instead(name: str) -> str:
    """A hint with the most similar names, or all."""
    near = closest_words(name, library_paths())
    if near:
        return f"write {join_with_or(near)}, or the path of a .toml file"
    names = join_with_or(library_paths())
    return f"write one of {names}, a corridor like corridor:MAR-ESP, or the path of a .toml file"
