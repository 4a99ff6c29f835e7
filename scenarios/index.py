"""The list of the cases that come with Winset, with the main facts of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from games.documents import Document, Limits, ListDocument, TextPattern
from games.short_repr import short_repr
from scenarios.reading import library_paths, read
from scenarios.valuation import game_class


@dataclass(frozen=True, slots=True)
class LibraryEntry(Document):
    """One case of the library."""

    __repr__ = short_repr

    name: str
    """Name of the case."""
    preset: Annotated[str, TextPattern("^S[0-9]{2}$")] | None
    """Its id among the presets of the workshop plans, such as "S01"; null for the others."""
    title: str
    """Title of the case."""
    parties: tuple[str, ...]
    """Names of the countries, host first, or of the players of a printed game."""
    packages: Annotated[int, Limits(minimum=1)] | None
    """Number of packages of its agenda; null without an agenda."""
    game: str | None
    """Class of its game; null if the case has only points."""
    path: str
    """The file of the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryDocument(ListDocument):
    """The cases of the library, sorted by name. This is the one output that is an array."""

    NAME = "scenarios-list"

    entries: tuple[LibraryEntry, ...]
    """The cases."""


def library() -> tuple[LibraryEntry, ...]:
    """List the cases of the library.

    Returns
    -------
    tuple[LibraryEntry, ...]
        One entry a case, sorted by name. Files whose name begins with an underscore are bases and are left out.
    """
    return tuple(_entry(name) for name in library_paths())


def _entry(name: str) -> LibraryEntry:
    scenario = read(name)
    played = game_class(scenario)
    return LibraryEntry(
        name=name,
        preset=scenario.preset,
        title=scenario.title,
        parties=scenario.parties,
        packages=scenario.agenda.count if scenario.agenda else None,
        game=None if played is None else played.name,
        path=scenario.path or "",
    )
