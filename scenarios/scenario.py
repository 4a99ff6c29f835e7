"""A scenario as frozen dataclasses: everything that a case file says, after all checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from economy.corridors.fitting import Corridor
from economy.parameters import Parameters
from games.bimatrix import Bimatrix
from games.display import format_count, join_with_and, sentences_html, table_html
from games.documents import Document, Limits
from games.messages import message
from games.short_repr import short_repr
from games.visible_text import visible
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.mandates import Mandate, RedLine
from negotiation.preferences.scored import NO_YIELDS, Role, ScoredGroup, ScoreSheet, Yields
from negotiation.preferences.values import Stands

MODEL = 3
"""Version of the model: increase it by hand whenever a number that `analyse` or `simulate` returns changes.

Every stored sweep records it. Runs of two versions are never stored in one folder.
"""

ROLES: tuple[Role, Role] = ("host", "origin")
"""The order of players, parties and countries everywhere: 0 is the host, 1 the origin.

Two countries with the role `both` keep the order of their file.
"""

BOTH: Role = "both"
"""The role of a country that is host and origin."""

TODAY = message("today's practice goes on")
"""What no deal means, unless the case says otherwise."""


@dataclass(frozen=True, slots=True)
class Country(Document):
    """A country of the case: the host, the origin, or one that is both."""

    __repr__ = short_repr

    name: str
    """Its name."""
    role: Role
    """Net receiver, net sender, or both in equal measure."""
    iso3: str | None = None
    """Its ISO code."""
    public: str = ""
    """Public information about it, for role cards."""

    def matches(self, word: str) -> bool:
        """Return whether `word` is its name, role or ISO code, in any case. The role `both` names no single country."""
        role = self.role if self.role in ROLES else None
        return word.casefold() in {each.casefold() for each in (self.name, role, self.iso3) if each}


@dataclass(frozen=True, slots=True)
class Procedure(Document):
    """The procedure of the talks."""

    protocol: str = "alternating"
    """Name of the protocol: who moves when."""
    rounds: Annotated[int, Limits(minimum=1)] = 40
    """Number of rounds. In a round every seat moves once; after the last round the talks end."""
    returns: Annotated[int, Limits(minimum=0)] = 1
    """How often a failed ratification sends the delegations back to the talks."""
    discount: Annotated[float, Limits(minimum=0, maximum=1)] = 1.0
    """Share of a deal's value that is left one round later, from 0 to 1; 1 when time costs nothing."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat at the talks: a country's delegation, its instructions and its values."""

    __repr__ = short_repr

    country: str
    """Name of its country."""
    tactic: str = "boulware"
    """Name of the tactic by which software plays this seat."""
    mandate: str = "win-set"
    """What binds it: `win-set` (sign only what would be ratified at home), `red lines`, `both` or `none`."""
    walk_away: float = 0.0
    """Value of no deal: points in a scored case, else % of the country's own baseline GDP."""
    votes: tuple[tuple[str, int], ...] = ()
    """Groups of the economy that do not have one vote each, with their votes. In a scored case see `Group.votes`."""
    reason: str = TODAY
    """What no deal means, in words."""
    confidential: str = ""
    """The confidential brief of this delegation. No other seat may read it."""
    priorities: tuple[str, ...] = ()
    """Ladders that it is instructed to request, the most important first."""
    red_lines: tuple[RedLine, ...] = ()
    """Limits that its government does not allow it to cross."""
    sheet: ScoreSheet | None = None
    """Its points in a scored case; else None."""
    groups: tuple[ScoredGroup, ...] = ()
    """Its interest groups at home in a scored case. Their points add up to the seat's own."""

    @property
    def instructions(self) -> Mandate:
        """Its red lines and priorities. The faithfulness of the delegation is measured against them."""
        return Mandate(self.red_lines, self.priorities)


@dataclass(frozen=True, slots=True)
class ScheduledShock(Document):
    """An outside event during the talks.

    If an economy gives the values of packages, the shock of that name in `economy.policy.shocks` changes the economy.
    In a scored case the points do not change, and the shock is only a text.
    """

    __repr__ = short_repr

    name: str
    """Its name."""
    round: Annotated[int, Limits(minimum=1)]
    """The round before which it becomes known, from 1."""
    text: str
    """What all players are told."""
    lasts: Annotated[int, Limits(minimum=1)] = 1
    """Number of consecutive rounds in which it strikes, each time again."""

    @property
    def strikes(self) -> tuple[tuple[int, str], ...]:
        """Pairs of a round before which it strikes and its name."""
        return tuple((number, self.name) for number in range(self.round, self.round + self.lasts))


@dataclass(frozen=True, slots=True)
class EntryIntoForce:
    """What happens after signature: each side secretly chooses to apply or to defer.

    If both apply, points are as scored. It is read and stored with the case, but not played: talks end with
    ratification.
    """

    text: str
    alone: int
    """Points in all of the side that applies alone."""
    other_alone: int
    """Points in all of the side that defers while the other applies."""
    neither: int
    """Points in all of each side when both defer."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """The purpose of a case, written for trainers. It is never shown on a role card."""

    __repr__ = short_repr

    objective: str = ""
    """What participants should learn."""
    family: str = ""
    """The family of games to which the case belongs."""
    level: str = ""
    """The level of the agreement: bilateral, regional, and so on."""
    predicts: str = ""
    """What theory predicts, in words. Tests of the library compare it with the points."""
    debrief: tuple[str, ...] = ()
    """Questions for the debriefing."""
    evidence: tuple[str, ...] = ()
    """Ids of the requirements on which the case is based."""
    demonstration: tuple[tuple[str, str], ...] = ()
    """Design checks, a to d, from which the case is exempt, each with the reason."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A case: a printed `game` or the `parameters` of an economy, and perhaps an `agenda` to negotiate.

    The values of packages come from the economy, or from points in the file (a scored case). A scored case needs
    neither game nor economy; if it has one, that is an illustration. Countries and seats stand in the order of
    `ROLES`. A case with a printed game and no agenda has no countries, only players.
    """

    name: str
    title: str
    summary: str
    path: str | None
    """The file it was read from; None for a corridor without a file of its own, and for a dictionary."""
    game: Bimatrix | None
    parameters: Parameters | None
    corridor: Corridor | None
    countries: tuple[Country, ...]
    agenda: Agenda | None
    rules: Procedure
    seats: tuple[Seat, ...]
    seed: int
    """Seed of all random numbers, when the command line gives none."""
    notes: tuple[str, ...]
    """What a reader of any result must know about this case."""
    sources: tuple[str, ...]
    """Sources of its facts and figures."""
    preset: str | None = None
    """Its id among the presets of the workshop plans, such as "S01"."""
    teaching: Teaching | None = None
    shocks: tuple[ScheduledShock, ...] = ()
    """Shocks that will strike during the talks."""
    struck: tuple[str, ...] = ()
    """Names of shocks that have struck, in order. The case is described as it is after them."""
    entry_into_force: EntryIntoForce | None = None
    yields: Yields = NO_YIELDS
    """Lines of a scored agenda whose points depend on the levels of other lines."""
    migrants: ScoreSheet | None = None
    """Points of the migrants, who have no seat."""
    stands: Stands = "income"
    """What a group at home compares its gain with when it votes: its own income, or the country's GDP."""

    @property
    def has_points(self) -> bool:
        """Whether the values of packages are points written in the case, and not derived from an economy."""
        return any(seat.sheet is not None for seat in self.seats)

    @property
    def strikes(self) -> tuple[tuple[int, str], ...]:
        """Every strike of a shock: the round before which it happens, and the shock's name; sorted by round."""
        return tuple(
            sorted((strike for shock in self.shocks for strike in shock.strikes), key=lambda strike: strike[0])
        )

    @property
    def shock_texts(self) -> dict[str, str]:
        """The public text of each shock, by its name."""
        return {shock.name: shock.text for shock in self.shocks}

    @property
    def parties(self) -> tuple[str, str]:
        """The names of the countries, host first, or of the players of a printed game."""
        if not self.countries and self.game is not None:
            return self.game.players
        host, origin = self.countries
        return host.name, origin.name

    def __repr__(self) -> str:
        """Name and title, parties, and what the case contains, in three lines."""
        return visible("\n".join([f"{self.name}: {self.title}", *(f"  {line}" for line in self._lines())]), breaks=True)

    def _repr_html_(self) -> str:
        """The same, with the seats as a table."""
        caption = f"{self.name}: {self.title}"
        seats = [
            (seat.country, country.role, seat.tactic, seat.mandate, f"{seat.walk_away:g}")
            for country, seat in zip(self.countries, self.seats, strict=False)
        ]
        heads = ("Seat", "Role", "Tactic", "Mandate", "Walk-away")
        told = sentences_html([*([self.summary] if self.summary else []), *self._lines()])
        return told if not seats else table_html(caption, heads, seats) + told

    def _lines(self) -> Iterator[str]:
        """The parties, then the blocks of the case with their sizes."""
        yield join_with_and([f"{country.name} ({country.role})" for country in self.countries] or list(self.parties))
        blocks = ["a printed game"] * (self.game is not None) + ["an economy"] * (self.parameters is not None)
        if self.agenda is not None:
            blocks += ["points"] * self.has_points
            blocks.append(f"{len(self.agenda.ladders)} lines, {self.agenda.count:,} packages")
            blocks.append(f"{self.rules.protocol}, {self.rules.rounds} rounds")
        blocks += [format_count(len(self.shocks), "shock", "shocks")] * bool(self.shocks)
        yield "; ".join(blocks)
