"""A scenario as facts: everything that a case says, checked, frozen, and free of the file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from economy.corridors import Corridor
from economy.parameters import Parameters
from games.bimatrix import Bimatrix
from games.display import counted, listed, sentences_html, table_html
from games.short_repr import short_repr
from games.visible_text import visible
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.mandates import Mandate, RedLine
from negotiation.preferences.scored import ALWAYS, Group, Role, Sheet, Yields

MODEL = 1
"""Version of the model: raised by hand whenever any number that `analyse` or `simulate` gives changes.

Stored sweeps are bound to it: runs of two versions never stand in one folder.
"""

ROLES: tuple[Role, Role] = ("host", "origin")
"""In the order of players, parties and countries everywhere: 0 is the host, 1 the origin.

Two countries that are `both` stand in the order of their file.
"""

BOTH: Role = "both"
"""A country that is host and origin alike."""

TODAY = "today's practice goes on"
"""What no deal means unless a case says otherwise."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the case: the host, the origin, or one that is both."""

    __repr__ = short_repr

    name: str
    role: Role
    iso3: str | None = None
    public: str = ""
    """What everybody knows about it, as a role card says it."""

    def answers_to(self, word: str) -> bool:
        """Whether the word is its name, role or code, in any case; `both` is no country's own."""
        role = self.role if self.role in ROLES else None
        return word.casefold() in {each.casefold() for each in (self.name, role, self.iso3) if each}


@dataclass(frozen=True, slots=True)
class Procedure:
    """How the talks are held."""

    protocol: str = "alternating"
    rounds: int = 40
    """A round is one move of every seat; after the last one the chair closes the talks."""
    returns: int = 1
    """How often a failed vote at home sends the delegations back to the table."""
    discount: float = 1.0
    """What remains of a deal's value when it comes a round later; 1 when time costs nothing."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table and what its delegation brings along."""

    __repr__ = short_repr

    country: str
    tactic: str = "boulware"
    mandate: str = "win-set"
    """What binds it: `win-set` (never outside what would be ratified at home), `red lines`, `both` or `none`."""
    walk_away: float = 0.0
    """What signing nothing is worth: points, or % of the country's own baseline GDP."""
    votes: tuple[tuple[str, int], ...] = ()
    """Votes at home of the groups that do not have one vote each; in a scored case the groups have their own."""
    reason: str = TODAY
    """What the walk-away value stands for, in words."""
    confidential: str = ""
    """The delegation's brief, for nobody else's eyes."""
    priorities: tuple[str, ...] = ()
    """Ladders that it is told to request, the most important first."""
    red_lines: tuple[RedLine, ...] = ()
    """What its capital forbids it to sign."""
    sheet: Sheet | None = None
    """Its points in a scored case."""
    groups: tuple[Group, ...] = ()
    """Its groups at home in a scored case, whose points add up to its own."""

    @property
    def instructions(self) -> Mandate:
        """Red lines and priorities: what its faithfulness is measured by."""
        return Mandate(self.red_lines, self.priorities)


@dataclass(frozen=True, slots=True)
class Shock:
    """Something from outside that happens during the talks.

    Where an economy says what packages are worth it moves the economy, in the way of its name in
    `economy.policy.shocks`; points stand as they are written, and there it is a text.
    """

    __repr__ = short_repr

    name: str
    round: int
    """Before which round it becomes known, the first being 1."""
    text: str
    lasts: int = 1
    """In how many rounds one after the other it strikes, each time anew."""

    @property
    def course(self) -> tuple[tuple[int, str], ...]:
        """Before which rounds it strikes, each with its name."""
        return tuple((number, self.name) for number in range(self.round, self.round + self.lasts))


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """The day after signature: each side applies or defers on a sealed card. Both apply: points as scored.

    It is read and kept with the case, and not played: talks end with the votes at home.
    """

    text: str
    alone: int
    """Points of the side that applies alone, in all."""
    other_alone: int
    """Points of the other side then."""
    neither: int
    """Points of each side when both defer."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a case is for: written for trainers, and never shown on a role card."""

    __repr__ = short_repr

    objective: str = ""
    family: str = ""
    """Of games."""
    level: str = ""
    """Of the agreement: bilateral, regional, and so on."""
    predicts: str = ""
    """What theory expects, in words; the tests of the library hold it against the points."""
    debrief: tuple[str, ...] = ()
    """Questions for afterwards."""
    evidence: tuple[str, ...] = ()
    """Ids of the requirements that the case draws on."""
    demonstration: tuple[tuple[str, str], ...] = ()
    """Design checks, a to d, that the case is exempt from, each with the reason."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case: a printed `game` or the `parameters` of an economy, and perhaps an `agenda` to talk about.

    The agenda is worth what the economy says, or what its points say: then the case may do without game and
    economy, and has one of them, if at all, as an illustration. Countries and seats stand in the order of `ROLES`.
    A printed game without an agenda has no countries, only players.
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
    preset: str | None = None
    """Its number among the presets of the workshop plans."""
    teaching: Teaching | None = None
    shocks: tuple[Shock, ...] = ()
    """What will happen during the talks."""
    struck: tuple[str, ...] = ()
    """What has happened, by name and in its order: the case is told as it stands after that."""
    entry_into_force: EntryIntoForce | None = None
    yields: Yields = ALWAYS
    """Which lines of a scored agenda live on which others."""
    migrants: Sheet | None = None
    """Points of those without a seat."""

    @property
    def scored(self) -> bool:
        """Whether packages are worth points, written in the case, and not what an economy says."""
        return any(seat.sheet is not None for seat in self.seats)

    @property
    def course(self) -> tuple[tuple[int, str], ...]:
        """What will strike: every time before which round, and its name; in the order in which it happens."""
        return tuple(sorted((strike for shock in self.shocks for strike in shock.course), key=lambda strike: strike[0]))

    @property
    def shock_texts(self) -> dict[str, str]:
        """What everybody is told of each shock, by its name."""
        return {shock.name: shock.text for shock in self.shocks}

    @property
    def parties(self) -> tuple[str, str]:
        """The names of the countries, host first, or of the players of a printed game."""
        if not self.countries and self.game is not None:
            return self.game.players
        host, origin = self.countries
        return host.name, origin.name

    def __repr__(self) -> str:
        """What the case is, in three lines."""
        return visible("\n".join([f"{self.name}: {self.title}", *(f"  {line}" for line in self._lines())]), breaks=True)

    def _repr_html_(self) -> str:
        """The same with its seats as a table."""
        caption = f"{self.name}: {self.title}"
        seats = [
            (seat.country, country.role, seat.tactic, seat.mandate, f"{seat.walk_away:g}")
            for country, seat in zip(self.countries, self.seats, strict=False)
        ]
        heads = ("Seat", "Role", "Tactic", "Mandate", "Walk-away")
        told = sentences_html([*([self.summary] if self.summary else []), *self._lines()])
        return told if not seats else table_html(caption, heads, seats) + told

    def _lines(self) -> Iterator[str]:
        """Who it is about, and what can be done with it."""
        yield listed([f"{country.name} ({country.role})" for country in self.countries] or list(self.parties))
        blocks = ["a printed game"] * (self.game is not None) + ["an economy"] * (self.parameters is not None)
        if self.agenda is not None:
            blocks += ["points"] * self.scored
            blocks.append(f"{len(self.agenda.ladders)} lines, {self.agenda.count:,} packages")
            blocks.append(f"{self.rules.protocol}, {self.rules.rounds} rounds")
        blocks += [counted(len(self.shocks), "shock", "shocks")] * bool(self.shocks)
        yield "; ".join(blocks)
