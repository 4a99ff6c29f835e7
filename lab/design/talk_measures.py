"""The measures of talks: what is measured in every run of a sweep of `simulate`."""

from __future__ import annotations

from games.messages import message
from lab.design.measure import NO_UNIT, POINTS_OR_MONEY, WORLD, Measure, measures_by_stem

SIMULATE_MEASURES = measures_by_stem(
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
        message("number in the grid of the package that was signed; empty without an agreement, which is no package"),
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
        message("what a group has in the end; 0 without an agreement"),
        message("in the unit of the values"),
        "agenda",
    ),
    Measure(
        "account.ACCOUNT",
        message("Account"),
        message("what one population gets by the package that was signed; 0 without an agreement"),
        POINTS_OR_MONEY,
        "agenda",
    ),
    Measure(
        "income",
        message("Sum: income"),
        message("the sum of the four accounts in money; 0 without an agreement, empty where values are points"),
        WORLD,
        "agenda",
    ),
    Measure(
        "cost_of_moving",
        message("Cost of moving"),
        message("what moving costs those who move, in money; it is in no account; empty where values are points"),
        WORLD,
        "agenda",
    ),
    Measure(
        "sent_home",
        message("Sent home by new migrants"),
        message("what new migrants send to their families; it is in the accounts of the natives"),
        WORLD,
        "agenda",
    ),
    Measure(
        "welfare",
        message("Welfare"),
        message("income less the cost of moving; empty where values are points"),
        WORLD,
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
