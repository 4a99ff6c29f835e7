"""The tactics of software: pure functions from the view of a party to its next move.

A tactic has separate parts (Baarslag et al. 2014), so that each can be read, tested and exchanged alone:

    what it may sign               `Brief.signable`, `Brief.ratifiable`    negotiation.tactics.brief
    which own value it aims at     an `TargetRule`                                negotiation.tactics.bidding
    which package it offers        a `BidRule`                                 negotiation.tactics.bidding
    when it accepts                an `Acceptance`                         negotiation.tactics.acceptance
    what the others seem to want   a model that a `BidRule` may use            negotiation.tactics.opponent_model

A mover holds its own brief and its own random stream. It never reads the values of another party, and it stores
nothing: its move depends on the visible talks and on the random stream.

Sources: Faratin, Sierra and Jennings, Robotics and Autonomous Systems 24 (1998) for time-dependent and
behaviour-dependent concessions and Artificial Intelligence 142 (2002) for trade-offs; de Jonge, IJCAI (2022) for MiCRO;
Baarslag, Hindriks and Jonker, PRIMA (2011) for the hardliner and Complex Automated Negotiations (2013) for acceptance;
van Krimpen, Looije and Hajizadeh in the same volume for the opponent model; Gode and Sunder, Journal of Political
Economy 101 (1993) for zero intelligence; Putnam, International Organization 42 (1988) for the mandate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from games.messages import message
from games.short_repr import short_repr
from negotiation.protocols.moves import Accept, Hold, Move, Offer, Request, Walk, Withdraw
from negotiation.protocols.state import Mover, Phase, View
from negotiation.tactics.acceptance import (
    Acceptance,
    AcceptanceValues,
    accept_combined,
    accept_last_round,
    accept_next,
    accept_target,
    any_condition,
)
from negotiation.tactics.bidding import (
    BidRule,
    TargetRule,
    choose_requests,
    hardliner_target,
    logrolling_bid,
    micro_bid,
    micro_target,
    minimal_target,
    random_bid,
    reciprocal_target,
    similar_bid,
    time_dependent_target,
)
from negotiation.tactics.brief import Brief, Mask, Turn, rank_packages, restrict_to_offerable

__all__ = ["REGISTRY", "TACTICS", "Brief", "Mover", "Tactic", "TacticParts", "make_tactic"]


class TacticParts(NamedTuple):
    """The parts of a tactic."""

    ask: TargetRule
    bid: BidRule
    accept: Acceptance
    may_sign: Callable[[Brief], Mask] = Brief.signable


@dataclass(frozen=True, slots=True)
class Tactic:
    """A tactic: its parts, and what a reader is told about it."""

    __repr__ = short_repr

    name: str
    """The name that a scenario writes for a seat."""
    label: str
    """Its name on a screen."""
    summary: str
    """How it concedes, in a few words that follow the label."""
    source: str
    """The publication."""
    parts: TacticParts

    @property
    def description(self) -> str:
        """Label and summary in one line, as in "Boulware: concedes late"."""
        return message("{tactic}: {summary}", tactic=self.label, summary=self.summary)


FARATIN = "Faratin, Sierra and Jennings (1998, 2002)"

_ALL = (
    # Concede with time, down to the worst acceptable package: late, evenly or early.
    Tactic(
        "boulware",
        message("Boulware"),
        message("concedes late"),
        FARATIN,
        TacticParts(time_dependent_target(0.2), similar_bid, accept_target),
    ),
    Tactic(
        "linear",
        message("Linear"),
        message("concedes evenly"),
        FARATIN,
        TacticParts(time_dependent_target(1.0), similar_bid, accept_target),
    ),
    Tactic(
        "conceder",
        message("Conceder"),
        message("concedes early"),
        FARATIN,
        TacticParts(time_dependent_target(5.0), similar_bid, accept_target),
    ),
    # Concede as the other side does: the same share of the own demand, or one new package for each of theirs.
    Tactic(
        "tit-for-tat",
        message("Tit for tat"),
        message("concedes as you do"),
        FARATIN,
        TacticParts(reciprocal_target, similar_bid, any_condition(accept_target, accept_last_round)),
    ),
    Tactic(
        "micro",
        message("MiCRO"),
        message("step for step"),
        "de Jonge (2022)",
        TacticParts(micro_target, micro_bid, accept_target),
    ),
    # Two benchmarks for the others: no concession, and random offers.
    Tactic(
        "hardliner",
        message("Hardliner"),
        message("never concedes"),
        "Baarslag, Hindriks and Jonker (2011)",
        TacticParts(hardliner_target, similar_bid, accept_target),
    ),
    Tactic(
        "random",
        message("Random"),
        message("without a thought"),
        "Gode and Sunder (1993)",
        TacticParts(minimal_target, random_bid, any_condition(accept_next, accept_last_round)),
    ),
    # Concede evenly, but never to a package that would fail at home, even where the mandate allows it.
    Tactic(
        "mandate-bound",
        message("Mandate-bound"),
        message("only what passes at home"),
        "Putnam (1988)",
        TacticParts(time_dependent_target(1.0), similar_bid, accept_target, Brief.ratifiable),
    ),
    # Concede evenly, and offer the package with the highest estimated value to the other side.
    Tactic(
        "logrolling",
        message("Logrolling"),
        message("gives where it costs least"),
        "van Krimpen, Looije and Hajizadeh (2013)",
        TacticParts(time_dependent_target(1.0), logrolling_bid, accept_combined),
    ),
)

REGISTRY: Mapping[str, Tactic] = {tactic.name: tactic for tactic in _ALL}
"""Every tactic by its name: the one list that the other packages and the screens read."""

TACTICS = tuple(REGISTRY)
"""Names that a scenario may write for a seat."""

NOTHING_BETTER = message("nothing on this agenda is better than no deal")
ALL_FAILED = message("every acceptable package has failed at home")
"""Reasons for which software walks out."""


def make_tactic(name: str, brief: Brief, random: np.random.Generator) -> Mover:
    """Make the mover of a tactic.

    Parameters
    ----------
    name
        One of `TACTICS`; KeyError for another name.
    brief
        Own values and mandate of the seat.
    random
        Generator of the seat; only this mover draws from it.

    Returns
    -------
    Mover
        Function from the view of the party to its next move.
    """
    parts = REGISTRY[name].parts
    may_sign = parts.may_sign(brief)
    full = rank_packages(brief.values, may_sign, brief.status_quo)

    def move(seen: View) -> Move:
        talks, party = seen
        if talks.phase is Phase.REQUEST:
            return Request(party, choose_requests(brief, full, talks.rules, party))
        turn = Turn(brief, full, restrict_to_offerable(brief, full, seen), talks, party, random)
        if not turn.open.size:
            return _stuck(turn)
        asked = parts.ask(turn)
        package = parts.bid(turn, asked)
        theirs = turn.theirs
        if theirs is not None and may_sign[theirs]:
            prospect = AcceptanceValues(float(brief.values[theirs]), asked, float(brief.values[package]))
            if parts.accept(turn, prospect):
                return Accept(party)
        return Offer(party, package)

    return move


def _stuck(turn: Turn) -> Move:
    """Return the move of a delegation that has nothing to offer.

    When it may sign no package of the whole agenda, it holds until the other side has made an offer, then walks out.
    When every package that it may sign has failed at home, it walks out as well. Otherwise only its own promises
    prevent an offer: it withdraws them.
    """
    party = turn.party
    if not turn.full.size:
        if turn.theirs is None:
            return Hold(party)
        return Walk(party, NOTHING_BETTER)
    if np.isin(turn.full.packages, turn.talks.rejected).all():
        return Walk(party, ALL_FAILED)
    return Withdraw(party)
