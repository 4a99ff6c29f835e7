"""The catalogue of measures: name, label, definition and unit of everything that is measured in sweeps and maps.

It holds no numbers. How a measure is read from a result is in `lab.design.result_readers`, and how it is read from a
batch of economies in `lab.design.array_readers`; both are keyed by the names of this catalogue.
"""

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

WORLD = message("% of the pair's baseline GDP")
OWN = message("% of own baseline GDP")
WEIGHTED = message("weighted % of own baseline GDP")
"""Units of gains: of the world, of the groups of a country, and of a government, which weighs its groups."""
OPENNESS = message("share of the willing who are admitted")
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


def _by_stem(*entries: Measure) -> Mapping[str, Measure]:
    return MappingProxyType({entry.stem: entry for entry in entries})


ANALYSE_MEASURES = _by_stem(
    Measure(
        "class",
        message("Class of the game"),
        message("class of the 2 x 2 game; differences below 1e-6 of the payoff range are ties"),
        NO_UNIT,
        "game",
        "word",
    ),
    Measure(
        "class_player",
        message("Dominant side"),
        message("the side that dominates a bully game"),
        NO_UNIT,
        "game",
        "word",
    ),
    Measure(
        "gain",
        message("Gain of world GDP"),
        message("gross gain of world GDP when both open"),
        WORLD,
        "economy",
    ),
    Measure(
        "welfare",
        message("Sum of all gains"),
        message("the sum of all groups' gains when both open"),
        WORLD,
        "economy",
    ),
    Measure(
        "potential_gain",
        message("Gain at full opening"),
        message("gross gain of world GDP at openness 1"),
        WORLD,
        "economy",
    ),
    Measure(
        "signed_gain",
        message("Gain at the largest openness that holds"),
        message("gross gain of world GDP at the largest openness that holds by itself; 0 where none does"),
        WORLD,
        "economy",
    ),
    Measure(
        "self_enforcing",
        message("Holds by itself"),
        message("whether neither gains by closing alone when both are open; a tie is no gain"),
        NO_UNIT,
        "economy",
        "truth",
    ),
    Measure(
        "both_gain",
        message("Both governments gain"),
        message("whether both governments are better off when both open; a tie is no gain"),
        NO_UNIT,
        "economy",
        "truth",
    ),
    Measure(
        "largest_openness",
        message("Largest openness that holds"),
        message("the largest openness at which neither closes and neither loses; 0 where there is none"),
        OPENNESS,
        "economy",
    ),
    Measure(
        "payoff.PARTY",
        message("Payoff of the government"),
        message("a government's payoff when both open"),
        WEIGHTED,
        "economy",
    ),
    Measure(
        "change.PARTY.GROUP",
        message("Change of a group's income"),
        message("a group's income when both open"),
        OWN,
        "economy",
    ),
    Measure(
        "flow.PARTY",
        message("People who move there"),
        message("people who move there when both open"),
        message("in the unit of the flows"),
        "economy",
    ),
    Measure(
        "account.ACCOUNT",
        message("Welfare account"),
        message("a welfare account when both open"),
        WORLD,
        "economy",
    ),
    Measure(
        "remedy.REMEDY",
        message("Smallest amount of a remedy"),
        message(
            "the smallest amount of a remedy at which neither closes and neither loses; empty where none is enough"
        ),
        message("in the unit of the remedy"),
        "economy",
    ),
    Measure(
        "treaty.REMEDY",
        message("Smallest amount under a treaty"),
        message("the smallest amount at which neither loses: enough where a treaty binds; empty where none is"),
        message("in the unit of the remedy"),
        "economy",
    ),
    Measure("packages", message("Packages"), message("size of the grid"), NO_UNIT, "agenda"),
    Measure(
        "beat_walk_away",
        message("Better than walking away"),
        message("packages that both governments prefer to walking away"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "ratifiable",
        message("Ratifiable"),
        message("those of them that both countries would ratify"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "zopa",
        message("Zone of agreement"),
        message("packages at or above walking away that pass everywhere, status quo included"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "win_set.PARTY",
        message("Win-set"),
        message("share of the grid that a country would ratify"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "nash.PARTY",
        message("Value of the Nash package"),
        message("a government's value in the Nash package, the first of several"),
        message("in the unit of the values"),
        "agenda",
    ),
    Measure(
        "largest_total",
        message("Largest sum of the accounts"),
        message("the largest sum of the welfare accounts"),
        message("points, or % of the pair's GDP"),
        "agenda",
    ),
)
"""The measures of `analyse`, by stem."""

SIMULATE_MEASURES = _by_stem(
    Measure("outcome", message("Outcome"), message("agreement, breakdown or not ratified"), NO_UNIT, "agenda", "word"),
    Measure(
        "agreement",
        message("Agreement"),
        message("whether a deal was signed and ratified"),
        NO_UNIT,
        "agenda",
        "truth",
    ),
    Measure(
        "ended_by",
        message("Ended by"),
        message("the party that ended the talks without a deal"),
        NO_UNIT,
        "agenda",
        "word",
    ),
    Measure("reason", message("Reason"), message("why the talks ended"), NO_UNIT, "agenda", "word"),
    Measure(
        "blocking_group",
        message("Blocking group"),
        message("the group between the last proposal and the country that refused it"),
        NO_UNIT,
        "agenda",
        "word",
    ),
    Measure("rounds", message("Rounds"), message("rounds until the end"), NO_UNIT, "agenda"),
    Measure("moves", message("Moves"), message("length of the transcript in moves"), NO_UNIT, "agenda"),
    Measure("offers", message("Offers"), message("packages put on the table"), NO_UNIT, "agenda"),
    Measure(
        "package",
        message("Package"),
        message("number of the deal in the grid; 0 is the status quo"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "share_of_joint_maximum",
        message("Share of the joint maximum"),
        message("total gain over walking away, share of the largest that nobody would refuse"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "distance_to_frontier",
        message("Distance to the frontier"),
        message("distance to the nearest efficient package, in normalised gains"),
        NO_UNIT,
        "agenda",
    ),
    Measure(
        "distance_to_nash",
        message("Distance to the Nash package"),
        message("distance to the nearest Nash package, in normalised gains"),
        NO_UNIT,
        "agenda",
    ),
    Measure("equity", message("Equity"), message("smallest normalised gain over the largest"), NO_UNIT, "agenda"),
    Measure(
        "value.PARTY",
        message("Value"),
        message("what a government has in the end"),
        message("in the unit of the values"),
        "agenda",
    ),
    Measure(
        "gain.PARTY",
        message("Gain over walking away"),
        message("what a government has in the end, less what walking away is worth"),
        message("in the unit of the values"),
        "agenda",
    ),
    Measure(
        "change.PARTY.GROUP",
        message("Change of a group"),
        message("what a group has in the end"),
        message("in the unit of the values"),
        "agenda",
    ),
    Measure(
        "account.ACCOUNT",
        message("Welfare account"),
        message("a welfare account in the end"),
        message("points, or % of the pair's GDP"),
        "agenda",
    ),
    Measure(
        "ratified.PARTY",
        message("Ratified"),
        message("whether a country passed the last vote; empty where none was held"),
        NO_UNIT,
        "agenda",
        "truth",
    ),
)
"""The measures of `simulate`, by stem."""


def measures_by_kind(kind: str) -> Mapping[str, Measure]:
    """Return the measures (quantities) that a kind of run gives, by their names up to the first dot.

    They are those of `winset analyse` for the kind "analyse", else those of `winset simulate`.
    """
    return ANALYSE_MEASURES if kind == "analyse" else SIMULATE_MEASURES
