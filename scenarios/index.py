"""The list of the cases that come with Winset, with the main facts of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from games.short_repr import short_repr
from scenarios.reading import library_paths, read
from scenarios.valuation import game_class


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One case of the library."""

    __repr__ = short_repr

    name: str
    preset: str | None
    """Its id among the presets of the workshop plans, such as "S01"; None for the others."""
    title: str
    parties: tuple[str, ...]
    packages: int | None
    """Number of packages of its agenda; None without an agenda."""
    game: str | None
    """Class of its game; None if the case has only points."""
    path: str

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as `winset scenarios list --json` prints it."""
        return {
            "name": self.name,
            "preset": self.preset,
            "title": self.title,
            "parties": list(self.parties),
            "packages": self.packages,
            "game": self.game,
            "path": self.path,
        }


def library() -> tuple[LibraryEntry, ...]:
    """List the cases of the library.

    Returns
    -------
    tuple[Entry, ...]
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
