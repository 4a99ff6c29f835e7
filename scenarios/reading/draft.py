"""A case before its checks: parsed once, and read as often as needed with different changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path
from typing import Any, TypeAlias, cast

from games.errors import InputError, Problem, input_error
from games.short_repr import short_repr
from scenarios.reading.builder import build_scenario
from scenarios.reading.checks.cross_checks import find_conflicts
from scenarios.reading.checks.misplaced_keys import correct_keys
from scenarios.reading.checks.points_checks import points_conflicts
from scenarios.reading.known_names import FileContext
from scenarios.reading.overlay import Changes, Tree, as_changes, as_toml_value
from scenarios.reading.phrases import describe_value
from scenarios.reading.schema import FileTable, file_shape, validate_file
from scenarios.reading.source import load_with_bases, locate_case
from scenarios.reading.tables.line_fields import ladder_words
from scenarios.scenario import Scenario

ScenarioSource: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""What a case is read from: a library name, a corridor, a path, or a dictionary of tables."""

ADVICE = 'pass a name such as "morocco-spain", a corridor such as "corridor:MAR-ESP", or the path of a .toml file'
TABLES = 'pass the tables of a case, as in {"schema": 1, "title": "A game", "game": {"canon": "bully"}}'


@dataclass(frozen=True, slots=True)
class Draft:
    """The tables of a case, merged with its bases, not checked yet."""

    __repr__ = short_repr

    label: str
    """Its name in messages."""
    path: str | None
    """The file it was read from; None for a corridor, a dictionary, and tables that were stored without a file."""
    tree: Tree

    @property
    def name(self) -> str:
        """The name of its scenarios."""
        return self.label if self.path is None else Path(self.label).stem

    @property
    def content(self) -> dict[str, Any]:
        """Its tables, for storage: `Draft.of` makes the same draft of them. Do not change them."""
        return self.tree.values

    @classmethod
    def of(cls, content: Mapping[str, Any], label: str, path: str | None = None) -> Draft:
        """Return a draft of stored tables; no file is read.

        Parameters
        ----------
        content
            The tables, merged with their bases, as in `Draft.content`.
        label
            Its name in messages.
        path
            The file from which the tables were read; None if there was none.

        Returns
        -------
        Draft
            The draft; the tables are not checked.
        """
        return cls(label, path, Tree(label, dict(content)))

    def read(self, changes: Changes = ()) -> Scenario:
        """Return the scenario after these changes. The draft stays unchanged.

        Raises InputError with every problem at once.
        """
        tree = replace(
            self.tree,
            values=_copied(self.tree.values),
            written=dict(self.tree.written),
            problems=list(self.tree.problems),
        )
        for change in as_changes(changes):
            tree.change(change)
        form, known, problems = _checked(tree)
        if problems and correct_keys(tree, file_shape(), ladder_words()):
            form, known, problems = _checked(tree)
        if form is None or problems:
            raise InputError(*dict.fromkeys(problems))
        return build_scenario(form, known, self.name, None if self.path is None else Path(self.path))


def draft(name: ScenarioSource) -> Draft:
    """Parse a case without checking it.

    Parameters
    ----------
    name
        A library name, a corridor, a path, or a dictionary of tables.

    Returns
    -------
    Draft
        Its tables, merged with its bases.

    Raises
    ------
    InputError
        If there is no such case, or the file cannot be parsed.
    """
    tables = _tables(cast("Mapping[Any, Any]", name)) if isinstance(name, Mapping) else None
    path, label = (None, "scenario") if tables is not None else locate_case(_text(name))
    tree = load_with_bases(path, label, lambda layer: correct_keys(layer, file_shape(), ladder_words()), tables)
    return Draft(label, None if path is None else str(path), tree)


def _tables(given: Mapping[Any, Any]) -> dict[str, Any]:
    """A copy of a dictionary as the tables of a file; InputError for keys or values that TOML cannot hold."""
    strange = [key for key in given if not isinstance(key, str)]
    if strange or not given:
        raise input_error("scenario", f"has the key {strange[0]!r}" if strange else "is an empty dictionary", TABLES)
    try:
        return cast("dict[str, Any]", as_toml_value(given))
    except TypeError as wrong:
        raise input_error("scenario", f"holds a value that {wrong}", TABLES) from None


def _text(name: Any) -> str:
    """A name or a path as text; InputError for any other type."""
    text = fspath(cast("str | PathLike[str]", name)) if isinstance(name, str | PathLike) else None
    if not isinstance(text, str):
        raise input_error("scenario", f"is {describe_value(name)}, which is no case", ADVICE)
    return text


def _checked(tree: Tree) -> tuple[FileTable | None, FileContext, list[Problem]]:
    """The model of the tables, the facts they were checked against, and every problem."""
    known = FileContext.of(tree)
    form, found = validate_file(tree, known)
    return form, known, [*tree.problems, *found, *find_conflicts(tree, known), *points_conflicts(tree, known)]


def _copied(value: Any) -> Any:
    """A deep copy of tables and lists; single values are shared."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in cast("dict[str, Any]", value).items()}
    return [_copied(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value
