"""What people read of a case: what it is for, and what happens while it is played."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from negotiation.outcome.design_checks import LETTERS
from scenarios.reading.tables.field_types import OneOf
from scenarios.reading.tables.seat_table import Score
from scenarios.reading.tables.table_base import Name, Part, Text


class TeachingTable(Part):
    """`[teaching]`: what the case is for. Written for trainers, and never shown on a role card."""

    objective: Text = ""
    """What participants should see for themselves."""
    family: Text = ""
    """The family of games that the case belongs to."""
    level: Text = ""
    """Of the agreement: bilateral, regional, and so on."""
    predicts: Text = ""
    """What theory expects of these points, in words."""
    debrief: list[Text] = Field([])
    """Questions for afterwards."""
    evidence: list[Text] = Field([])
    """Ids of the requirements that the case draws on."""
    demonstration: dict[Annotated[str, OneOf("design check", lambda: LETTERS)], Text] = Field({})
    """Design checks that the case is exempt from, each with the reason."""


class ShockTable(Part):
    """One of `[[shocks]]`: something from outside that happens during the talks.

    Where an economy says what packages are worth, the name is one of its own and moves it.
    """

    name: Name = Field(examples=['"rumour"'])
    """What it is called in a transcript."""
    round: Annotated[int, Field(ge=1, le=10_000)] = Field(examples=["4"])
    """Before which round it becomes known; the first is 1."""
    text: Text | None = Field(None, examples=['"An opinion poll comes out two months before an election."'])
    """What everybody is told; a shock that the economy knows has a text already."""
    lasts: Annotated[int, Field(ge=1, le=10_000)] = 1
    """In how many rounds it strikes, one after the other and each time anew."""


class EntryTable(Part):
    """`[entry_into_force]`: after signature each side applies or defers, on a sealed card. It is not played yet.

    Talks end with the votes at home, and nothing below changes any result. When both apply, points are as scored;
    the other three cases are written here, as points in all.
    """

    text: Text = Field(examples=['"Each delegation writes apply or defer on a sealed card."'])
    """The rule, as participants read it."""
    alone: Score = Field(examples=["-3"])
    """Points of a side that applies alone."""
    other_alone: Score = Field(examples=["0"])
    """Points of the side that defers while the other applies."""
    neither: Score = Field(examples=["0"])
    """Points of each side when both defer."""
