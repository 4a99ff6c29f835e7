"""Measures of an atlas: groups of columns that are computed together at every point.

class      the class of the game, and the dominant side of a bully game
gains      gains of an agreement for the world and both governments, and whether it is self-enforcing
openness   the largest self-enforcing opening (about a hundred games for each point)
tax        the smallest levy on migrants' earnings that makes the agreement hold (some four hundred games for each
           point)
accounts   the four welfare accounts of Alonso, Table 6.2

Every column is a measure of `lab.design.measure_catalogue`, which has its definition and unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from economy.model.accounts import ACCOUNT_LABELS, ACCOUNTS
from economy.policy.remedies import LEVY
from games.messages import message
from lab.design.array_readers import ARRAY_READERS, REMEDIES, EconomyBatch, Values
from lab.design.measure_catalogue import ANALYSE_MEASURES, Measure

PAYOFF_LABELS = (message("Payoff of the host's government"), message("Payoff of the origin's government"))
"""Label of the payoff of each party."""


@dataclass(frozen=True, slots=True)
class AtlasColumn:
    """One column of an atlas (a map of games): a measure, with the party, account or remedy that it concerns."""

    name: str
    """Name of the column in the file of points."""
    measure: Measure
    at: Any = None
    """The resolved ending of the measure's name: number of a party, name of an account or of a remedy; else None."""

    @property
    def label(self) -> str:
        """Return the label of this column of an atlas: a few words for the head of a table."""
        match self.measure.stem:
            case "payoff":
                return PAYOFF_LABELS[int(self.at)]
            case "account":
                return ACCOUNT_LABELS[str(self.at)]
            case "remedy":
                return message("Smallest {remedy}", remedy=REMEDIES[str(self.at)].name)
            case _:
                return self.measure.label

    @property
    def unit(self) -> str:
        """Return the unit of the values in this column of an atlas as a text; an empty text where they have none.

        If the values are amounts of a remedy, such as a levy, it is the unit of the remedy.
        """
        return REMEDIES[self.at].unit if self.measure.stem == "remedy" else self.measure.unit

    def read(self, batch: EconomyBatch) -> Values:
        """Return the values of this column of an atlas for a batch of economies, one value for each economy."""
        return ARRAY_READERS[self.measure.stem](batch, self.at)


def _column(name: str, stem: str, at: Any = None) -> AtlasColumn:
    return AtlasColumn(name, ANALYSE_MEASURES[stem], at)


ATLAS_MEASURES: Mapping[str, tuple[AtlasColumn, ...]] = MappingProxyType(
    {
        "class": (_column("class", "class"), _column("class_player", "class_player")),
        "gains": (
            _column("gdp_gain", "gain"),
            _column("welfare", "welfare"),
            _column("payoff_host", "payoff", 0),
            _column("payoff_origin", "payoff", 1),
            _column("both_gain", "both_gain"),
            _column("self_enforcing", "self_enforcing"),
        ),
        "openness": (
            _column("largest_openness", "largest_openness"),
            _column("signed_gain", "signed_gain"),
            _column("possible_gain", "potential_gain"),
        ),
        "tax": (_column("smallest_levy", "remedy", LEVY.name),),
        "accounts": tuple(_column(name.replace(" ", "_"), "account", name) for name in ACCOUNTS),
    }
)
"""Columns by the names that `--measure` takes."""
