"""A scenario as facts: everything that a case says, checked, frozen, and free of the file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from economy.corridors import Corridor
from economy.parameters import Parameters
from games.bimatrix import Bimatrix
from negotiation.deal import Agenda

Role: TypeAlias = Literal["host", "origin"]
"""What a country is in this corridor; it may be the other thing in another."""

ROLES: tuple[Role, Role] = ("host", "origin")
"""In the order of players, parties and countries everywhere: 0 is the host, 1 the origin."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country at one end of the corridor."""

    name: str
    role: Role
    iso3: str | None = None

    def answers_to(self, word: str) -> bool:
        """Whether the word is its name, role or code, in any case."""
        return word.casefold() in {each.casefold() for each in (self.name, self.role, self.iso3) if each}


@dataclass(frozen=True, slots=True)
class Procedure:
    """How the talks are held."""

    protocol: str = "alternating"
    rounds: int = 40
    """A round is one move of every seat; after the last one the chair closes the talks."""
    returns: int = 1
    """How often a failed vote at home sends the delegations back to the table."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table and what its delegation brings along."""

    country: str
    tactic: str = "boulware"
    mandate: str = "win-set"
    """`win-set`: never outside what would be ratified at home; `none`: free."""
    walk_away: float = 0.0
    """What signing nothing is worth, in % of the country's own baseline GDP."""
    votes: tuple[tuple[str, int], ...] = ()
    """Votes at home of the groups that do not have one vote each."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case. It holds a printed `game`, or `parameters` of an economy, and with these perhaps an `agenda`.

    Countries and seats stand in the order of `ROLES`. A printed game has no countries, only players.
    """

    name: str
    title: str
    summary: str
    path: str | None
    """The file it was read from; None for a corridor that has no file of its own."""
    game: Bimatrix | None
    parameters: Parameters | None
    corridor: Corridor | None
    countries: tuple[Country, ...]
    agenda: Agenda | None
    rules: Procedure
    seats: tuple[Seat, ...]
    seed: int
    notes: tuple[str, ...]
    """What the reader of any result should know about this case."""
    sources: tuple[str, ...]

    @property
    def parties(self) -> tuple[str, str]:
        """The names of the countries, host first, or of the players of a printed game."""
        if self.game is not None:
            return self.game.players
        host, origin = self.countries
        return host.name, origin.name
