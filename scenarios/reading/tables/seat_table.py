"""The seats of an agenda: country, tactic, mandate, and in a scored case its points and groups."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from games.errors import input_error
from negotiation.agenda.ladders import ladder
from negotiation.tactics.registry import TACTICS
from scenarios.reading.tables.field_types import OneOf
from scenarios.reading.tables.line_fields import MOST, AllPoints, Least, Line, Points, require_line
from scenarios.reading.tables.table_base import Name, TableModel, Text, file_context

WIN_SET, RED_LINES = "win-set", "red lines"
MANDATES = (WIN_SET, RED_LINES, "both", "none")

Score = Annotated[int, Field(ge=-MOST, le=MOST)]


class BonusTable(TableModel):
    """One of `bonuses`: points for a combination, added once when all its lines reach their levels."""

    least: Least = Field(examples=["{ quota_unskilled = 1 }"])
    """Lines, each with the level that it must reach."""
    points: Score = Field(examples=["2"])
    """Points for the combination, in addition to those of its lines."""
    text: Text = ""
    """The reason, for role cards."""

    @field_validator("least")
    @classmethod
    def _is_a_condition(cls, least: dict[str, int]) -> dict[str, int]:
        if not least:
            raise input_error("", "names no line", "write at least one, like least = { quota_unskilled = 1 }")
        return least


class RedLineTable(TableModel):
    """One of `[[agenda.seats.red_lines]]`: limits on the levels that a delegation may sign."""

    ladder: Line = Field(examples=['"quota_unskilled"'])
    """The line that it limits."""
    low: int | None = None
    """The lowest level that is allowed; 0 when not written."""
    high: int | None = None
    """The highest level that is allowed; no limit when not written."""
    unless: Least = Field({})
    """Levels of other lines that remove the limit if all of them are reached."""
    text: Text = Field(examples=['"No places unless a levy pays for those who lose."'])
    """The limit in words, for role cards."""

    @field_validator("low", "high")
    @classmethod
    def _exists(cls, level: int | None, info: ValidationInfo) -> int | None:
        top = len(ladder(info.data["ladder"]).levels) - 1 if "ladder" in info.data else None
        if level is not None and top is not None and not 0 <= level <= top:
            raise input_error("", f"is {level}, and the line has levels 0 to {top}", f"write a level from 0 to {top}")
        return level

    @model_validator(mode="after")
    def _forbids_something(self) -> RedLineTable:
        if self.low is None and self.high is None:
            raise input_error(
                "high", "is missing, and so is low", "write the highest level that is allowed, like high = 1"
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise input_error("low", f"is {self.low}, above high", f"write {self.high} or less")
        return self


class GroupTable(TableModel):
    """One of `[[agenda.seats.groups]]`: an interest group at home that votes on the agreement."""

    name: Name = Field(examples=['"Workers in the same jobs"'])
    """Name of the group, for role cards."""
    votes: Annotated[int, Field(ge=0, le=1000)] = 1
    """Its votes on ratification."""
    points: Points = Field({})
    """Points of levels 1, 2, ... of the lines that matter to it; other lines have no points."""
    bonuses: list[BonusTable] = Field([])
    """Points for combinations of lines."""


class SeatTable(TableModel):
    """One of `[[agenda.seats]]`: values that differ from the default; a scored case writes every country's seat."""

    country: Name = Field(examples=['"Morocco"'])
    """A country's name, role or code."""
    tactic: Annotated[str, OneOf("tactic", lambda: TACTICS)] = "boulware"
    """How software concedes in this seat: late (boulware), evenly (linear), early (conceder)."""
    mandate: Annotated[str, OneOf("mandate", lambda: MANDATES)] = WIN_SET
    """`win-set`: sign nothing that would fail at home; `red lines`: cross none; `both`; or `none`."""
    walk_away: Annotated[float, Field(allow_inf_nan=False)] = 0.0
    """Value of no deal: points in a scored case, else % of own baseline GDP."""
    reason: Text | None = None
    """What no deal means, in words: "today's practice goes on" when not written."""
    votes: dict[str, Annotated[int, Field(ge=0, le=1000)]] = Field({})
    """Votes at home by group of the economy, 1 if not written. In a scored case votes stand in the groups."""
    confidential: Text = ""
    """The confidential brief of this delegation."""
    priorities: list[Line] = Field([])
    """Lines that the delegation is instructed to request, the most important first."""
    red_lines: list[RedLineTable] = Field([])
    """Limits that its government does not allow it to cross."""
    points: AllPoints | None = None
    """Scored cases: points of levels 1, 2, ... of every line of the agenda."""
    bonuses: list[BonusTable] = Field([])
    """Scored cases: points for combinations of lines."""
    groups: list[GroupTable] = Field([])
    """Scored cases: the groups at home. Their points add up to the seat's own, line by line."""

    @field_validator("country")
    @classmethod
    def _is_a_country(cls, name: str, info: ValidationInfo) -> str:
        return file_context(info).country(name).name

    @field_validator("votes")
    @classmethod
    def _are_groups(cls, votes: dict[str, int], info: ValidationInfo) -> dict[str, int]:
        if "country" in info.data and not file_context(info).scored:
            file_context(info).groups(info.data["country"], tuple(votes))
        return votes

    @field_validator("priorities")
    @classmethod
    def _are_told_once(cls, priorities: list[str], info: ValidationInfo) -> list[str]:
        keys = [ladder(require_line(word, info)).key for word in priorities]
        twice = [word for at, word in enumerate(priorities) if keys[at] in keys[:at]]
        if twice:
            raise input_error("", f"{twice[0]!r} is listed twice", "list it once")
        return priorities

    @field_validator("groups")
    @classmethod
    def _have_names_of_their_own(cls, groups: list[GroupTable]) -> list[GroupTable]:
        names = [group.name for group in groups]
        twice = [name for at, name in enumerate(names) if name in names[:at]]
        if twice:
            raise input_error("", f"has two groups called {twice[0]!r}", "give each its own name")
        return groups
