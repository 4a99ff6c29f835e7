"""The catalogue of measures: name, label, definition and unit of everything that is measured in sweeps and maps.

It holds no numbers. How a measure is read from a result is in `lab.design.result_readers`, and how it is read from a
batch of economies in `lab.design.array_readers`; both are keyed by the names of this catalogue.

A name says whether a gain is gross or net. Gross is the gain of GDP; net is welfare: what people get in money, less
what moving costs them. `NET_OF` names the net of every gross measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from games.messages import message
from lab.design.measure import (
    BEYOND,
    LEVY_UNIT,
    NO_UNIT,
    OPENNESS,
    OWN,
    PART,
    POINTS_OR_MONEY,
    WEIGHTED,
    WORLD,
    Measure,
    measures_by_stem,
)
from lab.design.talk_measures import SIMULATE_MEASURES


def _money(name: str, label: str, definition: str) -> Measure:
    """Return a measure of an economy in % of the two countries' GDP."""
    return Measure(name, label, definition, WORLD, "economy")


ANALYSE_MEASURES = measures_by_stem(
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
    _money(
        "gain",
        message("Gross gain of GDP"),
        message("gross gain of the two countries' GDP when both open; `welfare` is its net"),
    ),
    _money(
        "income",
        message("Sum: income"),
        message("what people get in money when both open: the sum of the four accounts"),
    ),
    _money(
        "cost_of_moving",
        message("Cost of moving"),
        message("what moving costs those who move when both open, in money; it is in no account"),
    ),
    _money("welfare", message("Welfare"), message("net gain when both open: income less the cost of moving")),
    _money(
        "sent_home",
        message("Sent home by new migrants"),
        message("what new migrants send to their families when both open; it is in the accounts of the natives"),
    ),
    _money(
        "potential_gross",
        message("Gross gain at full opening"),
        message(
            "gross gain of the two countries' GDP at openness 1, in a corridor at the largest number of people that "
            "is tried; `potential_net` is its net"
        ),
    ),
    _money(
        "potential_net",
        message("Net gain at full opening"),
        message("welfare of the same opening as `potential_gross`"),
    ),
    _money(
        "best_net",
        message("Best net gain"),
        message("the largest welfare of all openings that are tried; 0 where none is above 0"),
    ),
    _money(
        "signed_gross",
        message("Gross gain that is signed"),
        message(
            "gross gain of the two countries' GDP at the largest opening that holds by itself; 0 where none does; "
            "`signed_net` is its net"
        ),
    ),
    _money(
        "signed_net",
        message("Net gain that is signed"),
        message("welfare at the largest opening that holds by itself; 0 where none does"),
    ),
    _money(
        "signed_best",
        message("Best net gain that is signed"),
        message("the largest welfare of the openings that hold by themselves; 0 where none does"),
    ),
    Measure(
        "share_gross",
        message("Part of the gross gain that is signed"),
        message("`signed_gross` over `potential_gross`"),
        PART,
        "economy",
    ),
    Measure(
        "share_net",
        message("Part of the best net gain that is signed"),
        message("`signed_net` over `best_net`; 0 where there is no net gain"),
        PART,
        "economy",
    ),
    Measure(
        "limit_both",
        message("Largest number both gain from"),
        message(
            "the largest number of people beyond today's at which neither government is below the status quo; empty "
            "where nobody moves today, and where no number is"
        ),
        BEYOND,
        "economy",
    ),
    Measure(
        "limit_self_enforcing",
        message("Largest number that holds by itself"),
        message("`limit_both` where, besides, neither gains by closing alone"),
        BEYOND,
        "economy",
    ),
    Measure(
        "limit_with_levy",
        message("Largest number both gain from, with a levy"),
        message("`limit_both` where the best of five levies up to 20 % of migrants' earnings is taken"),
        BEYOND,
        "economy",
    ),
    Measure(
        "levy_low",
        message("Levy window, from"),
        message(
            "the smallest levy on migrants' earnings with which neither closes and neither loses, all else as in the "
            "run; empty where none is enough"
        ),
        LEVY_UNIT,
        "economy",
    ),
    Measure(
        "levy_high",
        message("Levy window, to"),
        message("the largest such levy"),
        LEVY_UNIT,
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
        message(
            "the largest openness at which neither closes and neither loses; 0 where there is none, empty where "
            "today's number of people is the ceiling and `limit_self_enforcing` says it"
        ),
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
        "arrivals.PARTY",
        message("Share of arrivals"),
        message("people who come to a country when both open, those of today included"),
        message("% of its workers"),
        "economy",
    ),
    Measure(
        "reciprocity",
        message("Balance of the two flows"),
        message("balance of the two flows when both open: 0 where all move one way, 1 where as many come as go"),
        PART,
        "economy",
    ),
    _money(
        "account.ACCOUNT",
        message("Account in money"),
        message("what one population gets in money when both open, private and public"),
    ),
    _money(
        "account_private.ACCOUNT",
        message("Private part of an account"),
        message("the private part of `account`: pay, capital income, money sent and received"),
    ),
    _money(
        "account_public.ACCOUNT",
        message("Public part of an account"),
        message("the public part of `account`: taxes, public services, crowding, training, the public budget"),
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
        message("Largest welfare of a package"),
        message("the largest sum of the accounts of a package; where they are money, less the cost of moving"),
        POINTS_OR_MONEY,
        "agenda",
    ),
)
"""The measures of `analyse`, by stem."""

NET_OF: Mapping[str, str] = MappingProxyType(
    {
        "gain": "welfare",
        "potential_gross": "potential_net",
        "signed_gross": "signed_net",
        "share_gross": "share_net",
    }
)
"""The net measure of every gross one; a gross gain alone says little, because opening has costs."""


RENAMED: Mapping[str, str] = MappingProxyType({"potential_gain": "potential_gross", "signed_gain": "signed_gross"})
"""Names of the first version that did not say gross, and the names that do."""


def measures_by_kind(kind: str) -> Mapping[str, Measure]:
    """Return the measures (quantities) that a kind of run gives, by their names up to the first dot.

    They are those of `winset analyse` for the kind "analyse", else those of `winset simulate`.
    """
    return ANALYSE_MEASURES if kind == "analyse" else SIMULATE_MEASURES
