"""A case as it is written, before anybody has asked whether it holds: parsed once, read as often as it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from games.errors import InputError, Problem
from scenarios.reading.building import built
from scenarios.reading.conflicts import conflicts
from scenarios.reading.files import grown, located
from scenarios.reading.form import FileTable, shape, validated
from scenarios.reading.known import Known
from scenarios.reading.lines import words
from scenarios.reading.scoring import misfits
from scenarios.reading.strays import put_right
from scenarios.reading.tree import Change, Tree
from scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Draft:
    """The tables of a case, its bases laid beneath it, with nothing checked yet."""

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

    def read(self, changes: Iterable[Change] = ()) -> Scenario:
        """The scenario after these changes; InputError with every problem at once. The draft stays as it is."""
        tree = replace(
            self.tree,
            values=_copied(self.tree.values),
            written=dict(self.tree.written),
            problems=list(self.tree.problems),
        )
        for change in changes:
            tree.change(change)
        form, known, problems = _checked(tree)
        if problems and put_right(tree, shape(), words()):
            form, known, problems = _checked(tree)
        if form is None or problems:
            raise InputError(*dict.fromkeys(problems))
        return built(form, known, self.name, None if self.path is None else Path(self.path))


def draft(name: str) -> Draft:
    """The draft behind a library name, a corridor or a path; InputError when a file cannot be read at all."""
    path, label = located(name)
    tree = grown(path, label, lambda layer: put_right(layer, shape(), words()))
    return Draft(label, None if path is None else str(path), tree)


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
