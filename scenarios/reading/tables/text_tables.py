"""Tables of text and events: the purpose of a case, shocks, and entry into force."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negotiation.outcome.design_checks import LETTERS
from scenarios.reading.tables.field_types import OneOf
from scenarios.reading.tables.seat_table import Score
from scenarios.reading.tables.table_base import Name, TableModel, Text


class TeachingTable(TableModel):
    """`[teaching]`: the purpose of the case. Written for trainers, and never shown on a role card."""

    objective: Text = ""
    """What participants should learn."""
    family: Text = ""
    """The family of games to which the case belongs."""
    level: Text = ""
    """Level of the agreement: bilateral, regional, and so on."""
    predicts: Text = ""
    """What theory predicts for these points, in words."""
    debrief: list[Text] = Field([])
    """Questions for the debriefing."""
    evidence: list[Text] = Field([])
    """Ids of the requirements on which the case is based."""
    demonstration: dict[Annotated[str, OneOf("design check", lambda: LETTERS)], Text] = Field({})
    """Design checks from which the case is exempt, each with the reason."""


class ShockTable(TableModel):
    """One of `[[shocks]]`: an outside event during the talks.

    If an economy gives the values of packages, the name must be one of its shocks, which changes the economy.
    """

    name: Name = Field(examples=['"rumour"'])
    """Its name in a transcript."""
    round: Annotated[int, Field(ge=1, le=10_000)] = Field(examples=["4"])
    """The round before which it becomes known; the first is 1."""
    text: Text | None = Field(None, examples=['"An opinion poll comes out two months before an election."'])
    """Its public text; a shock of the economy's catalogue has a text already."""
    lasts: Annotated[int, Field(ge=1, le=10_000)] = 1
    """Number of consecutive rounds in which it strikes, each time again."""


class EntryTable(TableModel):
    """`[entry_into_force]`: after signature each side secretly chooses to apply or to defer. It is not played yet.

    Talks end with ratification, and nothing below changes any result. When both apply, points are as scored; the other
    three cases are written here, as points in all.
    """

    text: Text = Field(examples=['"Each delegation writes apply or defer on a sealed card."'])
    """The rule, for participants."""
    alone: Score = Field(examples=["-3"])
    """Points of a side that applies alone."""
    other_alone: Score = Field(examples=["0"])
    """Points of the side that defers while the other applies."""
    neither: Score = Field(examples=["0"])
    """Points of each side when both defer."""
