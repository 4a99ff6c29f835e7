"""A case as it is written, before anybody has asked whether it holds: parsed once, read as often as it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeAlias, cast

from games.errors import InputError, Problem, refuse
from games.short_repr import short_repr
from scenarios.reading.builder import built
from scenarios.reading.checks.cross_checks import conflicts
from scenarios.reading.checks.misplaced_keys import put_right
from scenarios.reading.checks.points_checks import misfits
from scenarios.reading.context import Known
from scenarios.reading.overlay import Changes, Tree, as_changes, plain
from scenarios.reading.phrases import shown
from scenarios.reading.schema import FileTable, shape, validated
from scenarios.reading.source import grown, located
from scenarios.reading.tables.line_fields import words
from scenarios.scenario import Scenario

Given: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""What a case is read from: a library name, a corridor, a path, or a dictionary of tables."""

ADVICE = 'pass a name such as "morocco-spain", a corridor such as "corridor:MAR-ESP", or the path of a .toml file'
TABLES = 'pass the tables of a case, as in {"schema": 1, "title": "A game", "game": {"canon": "bully"}}'


@dataclass(frozen=True, slots=True)
class Draft:
    """The tables of a case, its bases laid beneath it, with nothing checked yet."""

    __repr__ = short_repr

    label: str
    """What messages call it."""
    path: str | None
    """The file it was read from; None for a corridor, and for a case that was stored without its file."""
    tree: Tree

    @property
    def name(self) -> str:
        """What its scenarios are called."""
        return self.label if self.path is None else Path(self.label).stem

    @property
    def content(self) -> dict[str, Any]:
        """Its tables as they stand, for storing: `Draft.of` makes the same case of them. Not to be written to."""
        return self.tree.values

    @classmethod
    def of(cls, content: Mapping[str, Any], label: str, path: str | None = None) -> Draft:
        """A case from stored tables; nothing on disk is looked at."""
        return cls(label, path, Tree(label, dict(content)))

    def read(self, changes: Changes = ()) -> Scenario:
        """The scenario after these changes; InputError with every problem at once. The draft stays as it is."""
        tree = replace(
            self.tree,
            values=_copied(self.tree.values),
            written=dict(self.tree.written),
            problems=list(self.tree.problems),
        )
        for change in as_changes(changes):
            tree.change(change)
        form, known, problems = _checked(tree)
        if problems and put_right(tree, shape(), words()):
            form, known, problems = _checked(tree)
        if form is None or problems:
            raise InputError(*dict.fromkeys(problems))
        return built(form, known, self.name, None if self.path is None else Path(self.path))


def draft(name: Given) -> Draft:
    """The draft behind a library name, a corridor, a path or a dictionary of tables.

    InputError when it cannot be read at all.
    """
    tables = _tables(cast("Mapping[Any, Any]", name)) if isinstance(name, Mapping) else None
    path, label = (None, "scenario") if tables is not None else located(_text(name))
    tree = grown(path, label, lambda layer: put_right(layer, shape(), words()), tables)
    return Draft(label, None if path is None else str(path), tree)


def _tables(given: Mapping[Any, Any]) -> dict[str, Any]:
    """A dictionary as the tables of a file; it stays as it is."""
    strange = [key for key in given if not isinstance(key, str)]
    if strange or not given:
        raise refuse("scenario", f"has the key {strange[0]!r}" if strange else "is an empty dictionary", TABLES)
    try:
        return cast("dict[str, Any]", plain(given))
    except TypeError as wrong:
        raise refuse("scenario", f"holds a value that {wrong}", TABLES) from None


def _text(name: Any) -> str:
    """A name or a path as text."""
    text = fspath(cast("str | PathLike[str]", name)) if isinstance(name, str | PathLike) else None
    if not isinstance(text, str):
        raise refuse("scenario", f"is {shown(name)}, which is no case", ADVICE)
    return text


def _checked(tree: Tree) -> tuple[FileTable | None, Known, list[Problem]]:
    """The form of the tables, what they say of each other, and everything that is wrong with them."""
    known = Known.of(tree)
    form, found = validated(tree, known)
    return form, known, [*tree.problems, *found, *conflicts(tree, known), *misfits(tree, known)]


def _copied(value: Any) -> Any:
    """Tables and lists anew, so that a change stays with the one who made it; single values are shared."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in cast("dict[str, Any]", value).items()}
    return [_copied(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
