"""How software negotiates: pure functions from what a party sees to its next move.

A tactic has parts that are kept apart (Baarslag et al. 2014), so that each can be read, tested and swapped alone:

    what it may sign               `Brief.signable`, `Brief.ratifiable`    negotiation.tactics.brief
    how much it asks for by now    an `Ask`                                negotiation.tactics.bidding
    which package it offers        a `Bid`                                 negotiation.tactics.bidding
    when it says yes               an `Acceptance`                         negotiation.tactics.acceptance
    what the others seem to want   a model that a `Bid` may consult        negotiation.tactics.opponent_model

A mover closes over its own brief and its own random stream; it never sees another's values, and it remembers
nothing: what it says follows from the talks as it sees them.

Sources: Faratin, Sierra and Jennings, Robotics and Autonomous Systems 24 (1998) for concessions in time and in kind
and Artificial Intelligence 142 (2002) for trade-offs; de Jonge, IJCAI (2022) for MiCRO; Baarslag, Hindriks and
Jonker, PRIMA (2011) for the hardliner and Complex Automated Negotiations (2013) for acceptance; van Krimpen, Looije
and Hajizadeh in the same volume for the opponent model; Gode and Sunder, Journal of Political Economy 101 (1993) for
zero intelligence; Putnam, International Organization 42 (1988) for the mandate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from negotiation.protocols.moves import Accept, Hold, Move, Offer, Request, Walk, Withdraw
from negotiation.protocols.state import Mover, Phase, View
from negotiation.tactics.acceptance import Acceptance, Prospect, aspired, combined, either, planned, pressed
from negotiation.tactics.bidding import (
    Ask,
    Bid,
    blind,
    conceding,
    content,
    counted,
    firm,
    kindest,
    nearest,
    reciprocal,
    stepwise,
    wishes,
)
from negotiation.tactics.brief import Brief, Mask, Turn, offerable, ranked

__all__ = ["PARTS", "TACTICS", "Brief", "Mover", "Parts", "tactic"]


class Parts(NamedTuple):
    """What a tactic is made of."""

    ask: Ask
    bid: Bid
    accept: Acceptance
    source: str
    """Where it was published."""
    may_sign: Callable[[Brief], Mask] = Brief.signable


FARATIN = "Faratin, Sierra and Jennings (1998, 2002)"

PARTS: Mapping[str, Parts] = {
    # Concede with time to the worst acceptable package: late, evenly or early.
    "boulware": Parts(conceding(0.2), nearest, aspired, FARATIN),
    "linear": Parts(conceding(1.0), nearest, aspired, FARATIN),
    "conceder": Parts(conceding(5.0), nearest, aspired, FARATIN),
    # Concede as the other side does: by the same share of the own demand, or package for package.
    "tit-for-tat": Parts(reciprocal, nearest, either(aspired, pressed), FARATIN),
    "micro": Parts(counted, stepwise, aspired, "de Jonge (2022)"),
    # Two ends to measure the others by: no concession, and no thought.
    "hardliner": Parts(firm, nearest, aspired, "Baarslag, Hindriks and Jonker (2011)"),
    "random": Parts(content, blind, either(planned, pressed), "Gode and Sunder (1993)"),
    # Concede evenly, but never to what would fail at home, whatever the capital has allowed.
    "mandate-bound": Parts(conceding(1.0), nearest, aspired, "Putnam (1988)", Brief.ratifiable),
    # Concede evenly, and pay in the coin that the other side is believed to value most.
    "logrolling": Parts(conceding(1.0), kindest, combined, "van Krimpen, Looije and Hajizadeh (2013)"),
}
"""Every tactic by name: what it asks for, what it offers, when it says yes, and where it was published."""

TACTICS = tuple(PARTS)
"""Names that a scenario may write for a seat."""


def tactic(name: str, brief: Brief, random: np.random.Generator) -> Mover:
    """The mover of that name over a brief and its own random stream."""
    parts = PARTS[name]
    may_sign = parts.may_sign(brief)
    full = ranked(brief.values, may_sign)

    def move(seen: View) -> Move:
        talks, party = seen
        if talks.phase is Phase.REQUEST:
            return Request(party, wishes(brief, full, talks.rules, party))
        turn = Turn(brief, full, offerable(brief, full, seen), talks, party, random)
        if not turn.open.size:
            return _stuck(turn)
        asked = parts.ask(turn)
        package = parts.bid(turn, asked)
        theirs = turn.theirs
        if theirs is not None and may_sign[theirs]:
            prospect = Prospect(float(brief.values[theirs]), asked, float(brief.values[package]))
            if parts.accept(turn, prospect):
                return Accept(party)
        return Offer(party, package)

    return move


def _stuck(turn: Turn) -> Move:
    """What is left to say when there is nothing to offer.

    With nothing acceptable on the whole agenda it hears one proposal and walks. When all that it could sign has
    failed at home it walks as well. Otherwise only its own promises are in the way: it takes them back.
    """
    party = turn.party
    if not turn.full.size:
        if turn.theirs is None:
            return Hold(party)
        return Walk(party, "nothing on this agenda is better than no deal")
    if np.isin(turn.full.packages, turn.talks.rejected).all():
        return Walk(party, "every acceptable package has failed at home")
    return Withdraw(party)
