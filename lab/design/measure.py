"""What a measure is: its name, label, definition and unit, and the units that several measures share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from games.messages import message

MeasureValue: TypeAlias = float | str | None
"""The value of a measure: a number, never NaN or infinite; a word; None where there is nothing to measure."""

Form = Literal["number", "truth", "word"]
"""Form of the values: numbers; 1 where something holds and 0 where it does not, so that the mean is a share; words."""
Block = Literal["game", "economy", "agenda"]

WORLD = message("% of the two countries' GDP of the status quo")
OWN = message("% of own GDP of the status quo")
WEIGHTED = message("weighted % of own GDP of the status quo")
"""Units of gains: of both countries, of the groups of a country, and of a government, which weighs its groups."""
OPENNESS = message("share of the willing who are admitted")
BEYOND = message("share of today's number")
PART = message("a part of 1")
POINTS_OR_MONEY = message("points, or % of the two countries' GDP of the status quo")
LEVY_UNIT = message("share of earnings abroad")
NO_UNIT = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the catalogue: a quantity that runs give, with its name, label, definition and unit."""

    name: str
    """As in `value.PARTY`: the word in capitals is replaced in the design."""
    label: str
    """A few words, for axes and heads of tables."""
    definition: str
    unit: str
    """Unit of the values; empty where they have none."""
    needs: Block
    """The block that the scenario must have."""
    form: Form = "number"

    @property
    def meaning(self) -> str:
        """Return the definition of this measure, followed by its unit if it has one, as a text for people."""
        return MEANING.format(definition=self.definition, unit=self.unit) if self.unit else self.definition

    @property
    def stem(self) -> str:
        """Return the name of this measure up to its first dot, such as `value` of `value.PARTY`."""
        return self.name.partition(".")[0]

    @property
    def ending(self) -> str:
        """Return the name of this measure after its first dot, such as `PARTY` of `value.PARTY`.

        A design replaces this word, for example by a country. It is an empty text for most measures.
        """
        return self.name.partition(".")[2]


MEANING = message("{definition}, {unit}")


def measures_by_stem(*entries: Measure) -> Mapping[str, Measure]:
    """Return measures by their names up to the first dot, in their order."""
    return MappingProxyType({entry.stem: entry for entry in entries})
