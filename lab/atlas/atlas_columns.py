"""Measures of an atlas: groups of columns that are computed together at every point.

class      the class of the game, and the dominant side of a bully game
gains      gains of an agreement, gross and net, for both countries and both governments, and whether it is
           self-enforcing
openness   the largest self-enforcing opening (about a hundred games for each point)
net        what could be gained, gross and net, and what of it is signed (about forty games for each point; eighty
           where today's number of people is the ceiling)
limits     how many people beyond today's an agreement may admit (about four hundred games for each point; one by one)
tax        the smallest and the largest levy on migrants' earnings that make the agreement hold (a hundred and twenty
           games for each point)
accounts   the four money accounts of Alonso, Table 6.2, private, public and total, and their sum
flows      who comes, and the balance of the two flows

A column that stands in two groups is computed and stored once.

Every column is a measure of `lab.design.measure_catalogue`, which has its definition and unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from economy.account_names import ACCOUNT_LABELS, ACCOUNTS
from economy.corridors.opening_searches import OpeningGains, OpeningLimits
from games.messages import message
from lab.design.array_readers import ARRAY_READERS, EconomyBatch, Values
from lab.design.measure import Measure
from lab.design.measure_catalogue import ANALYSE_MEASURES

PAYOFF_LABELS = (message("Payoff of the host's government"), message("Payoff of the origin's government"))
"""Label of the payoff of each party."""
ARRIVAL_LABELS = (message("People who come to the host"), message("People who come to the origin"))
"""Label of the arrivals of each party."""
PARTS = {
    "account_private": message("{account}, private"),
    "account_public": message("{account}, public"),
}
"""Labels of the parts of an account."""


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
            case "arrivals":
                return ARRIVAL_LABELS[int(self.at)]
            case "account":
                return ACCOUNT_LABELS[str(self.at)]
            case "account_private" | "account_public":
                return PARTS[self.measure.stem].format(account=ACCOUNT_LABELS[str(self.at)])
            case _:
                return self.measure.label

    @property
    def unit(self) -> str:
        """Return the unit of the values in this column of an atlas as a text; an empty text where they have none."""
        return self.measure.unit

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
        "openness": (_column("largest_openness", "largest_openness"),),
        "net": tuple(_column(name, name) for name in OpeningGains._fields),
        "limits": tuple(_column(f"limit_{name}", f"limit_{name}") for name in OpeningLimits._fields),
        "tax": (_column("levy_low", "levy_low"), _column("levy_high", "levy_high")),
        "accounts": (
            *(
                _column(f"{name.replace(' ', '_')}{part.removeprefix('account')}", part, name)
                for name in ACCOUNTS
                for part in ("account_private", "account_public", "account")
            ),
            *(_column(name, name) for name in ("income", "cost_of_moving", "welfare", "sent_home")),
        ),
        "flows": (
            _column("arrivals_host", "arrivals", 0),
            _column("arrivals_origin", "arrivals", 1),
            _column("reciprocity", "reciprocity"),
        ),
    }
)
"""Columns by the names that `--measure` takes."""
