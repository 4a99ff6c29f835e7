"""Notes of an analysis: what a reader of the figures must know."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from economy.corridors.fitting import Corridor
from economy.model.payoffs import game as derived
from economy.model.payoffs import solve_bilateral
from economy.parameters import Parameters
from games.messages import join_messages, message
from games.two_by_two.taxonomy import classify
from negotiation.preferences.values import MIGRANTS_NOTE, Preferences
from negotiation.preferences.values import VALUE_UNIT as ECONOMY_UNIT
from scenarios.analysis.after_shocks import NO_EFFECT_NOTE, ShockEffect
from scenarios.analysis.opening_effects import ECONOMY
from scenarios.scenario import Scenario

READINGS = (
    (message("{game} at kappa 0"), "kappa 0", ("kappa",)),
    (message("{game} at kappa 1"), "kappa 1", ("kappa",)),
    (message("{game} with covered .5"), "covered .5", ("covered",)),
    (message("{game} with covered 0"), "covered 0", ("covered",)),
    (message("{game} with earlier migrants of other origins"), "earlier migrants", ("old_stock", "old_stock_origin")),
)
"""Other assumptions for a corridor: text, name in `Corridor.variants`, and the parameters that the assumption sets.

A note gives the class of the game under each.
"""
COVERED_NOTE = message(
    "That all who are there already get the terms of the treaty (covered 1) is an assumption, and the most important "
    "one: it decides how many more people both would sign."
)
REMOTE_NOTE = message("Beyond five times today's number do not read: the figures are an extrapolation.")
SIGN_NOTE = message(
    "Read the sign of an origin's payoff, not its size: many of its workers are abroad and earn several times their "
    "pay at home."
)
NO_LIMIT_NOTE = message(
    "Both gain from every number of people that was tried. No such treaty exists: here the model fails. It has no "
    "politics of quotas, one labour market, and skills read off an index."
)

OPENING_NOTES = (
    message(
        "position and change_alone_pct_gdp are a group's stand when its own country opens alone; position_reciprocal "
        "and the other figures are those of both opening."
    ),
    message("The groups of the origin are ours: the source tabulates the host's."),
    message(
        "New migrants are counted in money: their pay abroad less their pay at home, after fees, taxes and levies. "
        "What they send home is in the accounts of those who receive it. What moving costs them is in no account: it "
        "is the line below the sum."
    ),
    message(
        "Old migrants are those who are there today; earlier migrants of other origins are among them only where "
        "old_stock is above 0. Without either the account is 0."
    ),
    message(
        "The net gain is welfare: the sum of the accounts less the cost of moving. Remittances, levies and taxes are "
        "not in it, they cancel."
    ),
    message(
        "largest_self_enforcing_openness is 0 where no opening holds by itself, and null where numbers of people bind: "
        "expansion then says how many."
    ),
    message(
        "remedies: window and needed are enough for an opening that enforces itself, both_gain for one that a treaty "
        "binds."
    ),
    message(
        "remedies: each stands alone, or beside those named in `with`, every other one off; "
        "their doses are assumptions."
    ),
    message("A levy is paid out of the migrants' gain; it works because those who pay carry little political weight."),
    message(
        "remedies: phasing costs what the delay costs; reciprocity and a change of weights cost nobody anything in the "
        "model. Elsewhere they would."
    ),
)
ILLUSTRATED = message(
    "Two separate readings: {blocks} come from an economy that illustrates the case, in {unit}; "
    "packages, win_sets and zopa come from its points. Neither is the other in another unit."
)
PRINTED = message(
    "Two separate readings: game is a printed matrix that illustrates the case; "
    "packages, win_sets and zopa come from its points."
)
MARGINAL_NOTE = message(
    "The marginal group is the one whose turning would let most of the packages through that fail at home."
)
STATUS_QUO_NOTES = {
    True: message("Bargaining points take walking away as their disagreement; zopa includes the status quo."),
    False: message(
        "Every package is a signed text. Walking away is none of them: bargaining points take it as their "
        "disagreement, and zopa does not include it."
    ),
}
"""Notes for an agenda with and without the status quo among its packages."""


def case_notes(scenario: Scenario) -> Iterator[str]:
    """The notes of the case, of its opening and of its agenda."""
    yield from scenario.notes
    yield from _scored_notes(scenario) if scenario.has_points else _bare_notes(scenario)
    if scenario.parameters is not None:
        if scenario.corridor is not None:
            variants = join_messages(", ", _variants(scenario, scenario.corridor, scenario.parameters))
            yield message("The class of the game depends on assumptions: {variants}.", variants=variants)
            yield from (COVERED_NOTE, REMOTE_NOTE, SIGN_NOTE) if scenario.corridor.kind == "today" else ()
        yield from OPENING_NOTES
    if scenario.agenda is None:
        yield message("packages, win_sets and zopa are null: the case has no [agenda].")


def agenda_notes(worth: Preferences) -> Iterator[str]:
    """The notes of the agenda and of its values; `OPENING_NOTES` say what the account of migrants is."""
    yield STATUS_QUO_NOTES[worth.status_quo is not None]
    yield MARGINAL_NOTE
    yield from (note for note in worth.notes if note != MIGRANTS_NOTE)


def _bare_notes(scenario: Scenario) -> Iterator[str]:
    """The blocks that a printed game does not have."""
    if scenario.parameters is None:
        blocks = ", ".join(ECONOMY)
        yield message("{blocks} are null: a printed game has no economy behind it.", blocks=blocks)


def _scored_notes(scenario: Scenario) -> Iterator[str]:
    """A reminder that points and the economy or game beside them are separate readings."""
    blocks = [key for key in ECONOMY if key != "value_unit"]
    if scenario.parameters is not None:
        yield ILLUSTRATED.format(blocks=", ".join(["game", *blocks]), unit=ECONOMY_UNIT)
    elif scenario.game is not None:
        yield PRINTED
        yield message(
            "{blocks} are null: neither points nor a printed game have an economy behind them.",
            blocks=", ".join(blocks),
        )
    else:
        yield message(
            "{blocks} are null: the case has points, and neither [game] nor [economy].",
            blocks=", ".join(["game", *blocks]),
        )
    if scenario.migrants is None:
        yield message("Those who move have no points in this case, and no total counts them.")


def shock_notes(scenario: Scenario, shocks: tuple[ShockEffect, ...]) -> Iterator[str]:
    """What each shock changes, or that shocks change nothing here."""
    if scenario.shocks and not shocks:
        yield NO_EFFECT_NOTE
    for each in shocks:
        yield each.sentence()
        yield from each.notes


def _variants(scenario: Scenario, corridor: Corridor, parameters: Parameters) -> Iterator[str]:
    """The class of the game under each of `READINGS`: it can differ from the class under the case's own assumptions.

    What the case changes in its corridor is changed in the variant too, except for what the variant sets. `covered`
    has no effect under a treaty that is in force.
    """
    ours, fitted = parameters.items(), corridor.parameters.items()
    changes = {name: value for name, value in ours.items() if not np.array_equal(value, fitted[name])}
    variants = corridor.variants
    for text, name, own in READINGS:
        if corridor.kind != "today" and name.startswith("covered"):
            continue
        kept = {each: value for each, value in changes.items() if each not in own}
        game = derived(solve_bilateral(variants[name].replace(**kept)), scenario.parties)
        yield text.format(game=classify(game).name)
