"""The document that `winset atlas --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from games.documents import Document, Limits
from lab.design.measure import Form

ClassName = Literal[
    "stag-hunt",
    "bully",
    "prisoners-dilemma",
    "chicken",
    "harmony",
    "deadlock",
    "battle-of-the-sexes",
    "coordination",
    "matching-pennies",
    "unnamed",
]
MeasureName = Literal["class", "gains", "openness", "net", "limits", "tax", "accounts", "flows"]
Share: TypeAlias = Annotated[float, Limits(minimum=0, maximum=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundDocument(Document):
    """The base economy of a map."""

    name: str
    """A preset or a case."""
    changes: tuple[str, ...]
    """What --set changed in it."""
    players: tuple[str, str]
    parameters: Mapping[str, float]
    """The parameters that have no axis, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisDocument(Document):
    """A parameter that varies over the map."""

    name: str
    unit: str
    least: float
    most: float
    count: Annotated[int, Limits(minimum=1)]
    """Number of values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassShare(Document):
    """How often one class occurs."""

    class_: ClassName
    class_player: str | None
    """The dominant side of a bully game."""
    count: Annotated[int, Limits(minimum=1)]
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessShares(Document):
    """Shares of the points by the largest openness that holds by itself."""

    none: Share
    """No opening holds by itself."""
    full: Share
    """Full opening does."""
    not_read: Share
    """Today's number of people is the ceiling, and openness is not read; limits has the number that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDocument(Document):
    """A column, as it is in the file of -o."""

    name: str
    kind: Form
    meaning: str
    unit: str | None
    least: float | None
    """Smallest number; null for words, truth values and where no point has a number."""
    most: float | None
    missing: Annotated[int, Limits(minimum=0)] | None
    """Points without a number; null for words and truth values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasDocument(Document):
    """A map of games over one to four dials, counted. The file of -o holds every point."""

    NAME: ClassVar[str] = "atlas"

    schema: Literal["winset/atlas/2"] = "winset/atlas/2"
    ground: GroundDocument
    dials: tuple[AxisDocument, ...]
    """The dials that vary; the last one changes fastest."""
    points: Annotated[int, Limits(minimum=1)]
    measures: tuple[MeasureName, ...]
    tolerance: float
    """Share of a player's payoff range below which payoffs tie."""
    classes: tuple[ClassShare, ...] | None
    """The classes that occur, the most frequent first; null when class is not measured."""
    both_gain: Share | None
    """Points at which both governments prefer both open to both closed; null when gains are not measured."""
    self_enforcing: Share | None
    """Points at which neither gains by closing alone when both are open; null when gains are not measured."""
    openness: OpennessShares | None
    """Null when openness is not measured."""
    columns: tuple[ColumnDocument, ...]
    file: str | None
    """Path of the file of points, as -o named it."""
    notes: tuple[str, ...]
