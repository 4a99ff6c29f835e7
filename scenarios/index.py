"""The library as a list: every case that comes with Winset, in one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from games.short_repr import short_repr
from scenarios.reading import read, shelf
from scenarios.valuation import kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of the library."""

    __repr__ = short_repr

    name: str
    preset: str | None
    """Its number among the presets of the workshop plans; None for the others."""
    title: str
    parties: tuple[str, ...]
    packages: int | None
    """Size of its agenda's grid; None without an agenda."""
    game: str | None
    """Class of its game; None where points stand alone."""
    path: str

    def to_dict(self) -> dict[str, Any]:
        """The entry as `winset scenarios list --json` prints it."""
        return {
            "name": self.name,
            "preset": self.preset,
            "title": self.title,
            "parties": list(self.parties),
            "packages": self.packages,
            "game": self.game,
            "path": self.path,
        }


def library() -> tuple[Entry, ...]:
    """Every case of the library by name; bases, whose files begin with an underscore, are left out."""
    return tuple(_entry(name) for name in shelf())


def _entry(name: str) -> Entry:
    scenario = read(name)
    played = kind(scenario)
    return Entry(
        name=name,
        preset=scenario.preset,
        title=scenario.title,
        parties=scenario.parties,
        packages=scenario.agenda.count if scenario.agenda else None,
        game=None if played is None else played.name,
        path=scenario.path or "",
    )
