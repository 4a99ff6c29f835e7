"""`[agenda]`: the issues, the seats, and the procedure of the talks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from games.errors import InputError, Problem
from negotiation.agenda.ladders import CORRIDOR_FIXED, NEGOTIATED, ladder
from negotiation.agenda.package_grid import Agenda, build_agenda
from negotiation.preferences.values import STANDS
from negotiation.protocols.engine import PROTOCOLS
from scenarios.reading.known_names import SCORED, STRUCTURAL, FileContext
from scenarios.reading.tables.field_types import OneOf, ParameterField
from scenarios.reading.tables.line_fields import Factors, FixedLevels, Line, Points, ladder_words
from scenarios.reading.tables.seat_table import SeatTable
from scenarios.reading.tables.table_base import Name, TableModel, file_context


class AgendaTable(TableModel):
    """`[agenda]`: the issues, the seats, and the procedure of the talks."""

    ladders: list[Annotated[str, OneOf("ladder", ladder_words)]] = Field(list(NEGOTIATED))
    """Issues by their key or number in the catalogue; if not written, those of the corridor agenda."""
    fixed: FixedLevels | None = None
    """Structural cases: issues that are not negotiated, with the level at which they stand in every text. Where an
    issue among the ladders sets the same term, that one counts. If not written, the levy of the corridor agenda, where
    the ladders are those."""
    without: list[Name] = Field([])
    """What stays at level 0: ladders, kinds of side payment, or "side payments" for all kinds."""
    stands: Annotated[str, OneOf("convention", lambda: STANDS)] = STANDS[0]
    """Structural cases: what a group at home compares its gain with when it votes, its own income or the country's
    GDP."""
    stake: Annotated[float, ParameterField("expansion")] | None = None
    """Corridors with migrants today: people beyond today's number whom the text admits, share of that number; 0.5 if
    not written."""
    preferences: Annotated[str, OneOf("kind of preferences", lambda: (STRUCTURAL, SCORED))] = STRUCTURAL
    """Source of the values of packages: the economy (structural), or points in this file (scored)."""
    payers: dict[Line, Name] = Field({})
    """Who pays a line for which the catalogue names no payer, such as a linked concession; the other side receives."""
    yields: dict[Line, Factors] = Field({})
    """Lines that depend on others: their points are multiplied by a factor for each level of the other line."""
    migrants: Points | None = None
    """Scored cases: points of the migrants, who have no seat."""
    protocol: Annotated[str, OneOf("protocol", lambda: PROTOCOLS)] = "alternating"
    """The protocol of the talks."""
    rounds: Annotated[int, Field(ge=1, le=10_000)] = 40
    """Number of rounds; in a round every seat moves once."""
    returns: Annotated[int, Field(ge=0, le=100)] = 1
    """How often a failed ratification sends the delegations back to the talks."""
    discount: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of a deal's value that is left one round later; 1 when time costs nothing."""
    seats: list[SeatTable] = Field([])
    """The seats that differ from the default."""

    @field_validator("ladders")
    @classmethod
    def _make_an_agenda(cls, ladders: list[str]) -> list[str]:
        _laid(ladders, [], None)
        return ladders

    @field_validator("without")
    @classmethod
    def _are_on_the_agenda(cls, without: list[str], info: ValidationInfo) -> list[str]:
        if "ladders" in info.data:
            _laid(info.data["ladders"], without, info.data.get("fixed"))
        return without

    @field_validator("payers")
    @classmethod
    def _are_open(cls, payers: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        problems = [problem for word, name in payers.items() for problem in _unpaid(word, name, file_context(info))]
        if problems:
            raise InputError(*problems)
        return {word: file_context(info).country(name).name for word, name in payers.items()}

    def table(self) -> Agenda:
        """Return the agenda, with its lines as in the catalogue."""
        return _laid(self.ladders, self.without, {} if self.preferences == SCORED else self.fixed)


def _laid(ladders: list[str], without: list[str], fixed: dict[str, int] | None) -> Agenda:
    """The agenda of these ladders; InputError, as the negotiation raises it, if there can be none."""
    keys = [ladder(word).key for word in ladders]
    held = [ladder(word).key if word in ladder_words() else word for word in without]
    levels = (CORRIDOR_FIXED if keys == list(NEGOTIATED) else {}) if fixed is None else fixed
    try:
        return build_agenda(keys, held, fixed={ladder(word).key: level for word, level in levels.items()})
    except InputError as error:
        raise InputError(*(problem._replace(place="") for problem in error.problems)) from None


def _unpaid(word: str, name: str, facts: FileContext) -> Iterator[Problem]:
    """Problems of a line's payer: the line has one already or is no payment, or there is no such country."""
    line = ladder(word)
    if line.is_commitment or line.payer:
        yield Problem(word, "is a line whose payer the catalogue knows, or no payment at all", "leave it out")
    try:
        facts.country(name)
    except InputError as error:
        yield from (problem._replace(place=word) for problem in error.problems)
