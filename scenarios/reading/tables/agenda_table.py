"""`[agenda]`: what can be put on the table, who sits there, and how the talks are held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from games.errors import InputError, Problem
from negotiation.agenda.ladders import CORRIDOR, ladder
from negotiation.agenda.package_grid import Agenda, agenda
from negotiation.protocols.engine import PROTOCOLS
from scenarios.reading.context import SCORED, STRUCTURAL, Known
from scenarios.reading.tables.field_types import OneOf
from scenarios.reading.tables.line_fields import Factors, Line, Points, words
from scenarios.reading.tables.seat_table import SeatTable
from scenarios.reading.tables.table_base import Name, Part, known


class AgendaTable(Part):
    """`[agenda]`: what can be put on the table, who sits there, and how the talks are held."""

    ladders: list[Annotated[str, OneOf("ladder", words)]] = Field(list(CORRIDOR))
    """Issues by their key or number in the catalogue; the seven of the corridor agenda when not written."""
    without: list[Name] = Field([])
    """What stays at today's level: ladders, kinds of side payment, or "side payments" for all kinds."""
    preferences: Annotated[str, OneOf("kind of preferences", lambda: (STRUCTURAL, SCORED))] = STRUCTURAL
    """Where the values of packages come from: the economy (structural), or points in this file (scored)."""
    payers: dict[Line, Name] = Field({})
    """Who pays a line that the catalogue leaves open, such as a linked concession; the other country receives."""
    yields: dict[Line, Factors] = Field({})
    """Lines that live on others: their points are multiplied by these factors of the other line's levels."""
    migrants: Points | None = None
    """Scored cases: points of those who move and have no seat."""
    protocol: Annotated[str, OneOf("protocol", lambda: PROTOCOLS)] = "alternating"
    """The rules of the talks."""
    rounds: Annotated[int, Field(ge=1, le=10_000)] = 40
    """Rounds until the deadline; in a round every seat moves once."""
    returns: Annotated[int, Field(ge=0, le=100)] = 1
    """How often a failed vote at home sends the delegations back to the table."""
    discount: Annotated[float, Field(gt=0, le=1)] = 1.0
    """What remains of a deal's value when it comes a round later; 1 when time costs nothing."""
    seats: list[SeatTable] = Field([])
    """The seats that depart from the default."""

    @field_validator("ladders")
    @classmethod
    def _make_an_agenda(cls, ladders: list[str]) -> list[str]:
        _laid(ladders, [])
        return ladders

    @field_validator("without")
    @classmethod
    def _are_on_the_agenda(cls, without: list[str], info: ValidationInfo) -> list[str]:
        if "ladders" in info.data:
            _laid(info.data["ladders"], without)
        return without

    @field_validator("payers")
    @classmethod
    def _are_open(cls, payers: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        problems = [problem for word, name in payers.items() for problem in _unpaid(word, name, known(info))]
        if problems:
            raise InputError(*problems)
        return {word: known(info).country(name).name for word, name in payers.items()}

    def table(self) -> Agenda:
        """The agenda, lines by the catalogue."""
        return _laid(self.ladders, self.without)


def _laid(ladders: list[str], without: list[str]) -> Agenda:
    """The agenda; InputError as the negotiation words it, for one that cannot be."""
    keys = [ladder(word).key for word in ladders]
    held = [ladder(word).key if word in words() else word for word in without]
    try:
        return agenda(keys, held)
    except InputError as error:
        raise InputError(*(problem._replace(place="") for problem in error.problems)) from None


def _unpaid(word: str, name: str, facts: Known) -> Iterator[Problem]:
    """Why a country cannot be the one that pays a line."""
    line = ladder(word)
    if line.is_commitment or line.payer:
        yield Problem(word, "is a line whose payer the catalogue knows, or no payment at all", "leave it out")
    try:
        facts.country(name)
    except InputError as error:
        yield from (problem._replace(place=word) for problem in error.problems)
