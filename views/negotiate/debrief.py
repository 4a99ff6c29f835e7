"""After the talks, or while somebody watches: all cards are open, and everything that was possible is shown.

Here, and only here, stand the values of both sides; while a person negotiates the page asks
`views.negotiate.view_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.table import Table
from games.bargaining.frontier import efficient, points, rational
from negotiation.agenda.schedule import Line, Payment, schedules, side_payments
from negotiation.outcome.outcome import Outcome
from negotiation.preferences import mandates
from negotiation.preferences.mandates import faithfulness, kept
from negotiation.protocols.shared import count_votes
from negotiation.protocols.state import Talks
from negotiation.ratification.win_sets import ratifiable, win_sets
from views.figures.offers import Point, Space
from views.negotiate import link
from views.negotiate.board_html import Account, Share, Voice
from views.negotiate.view_model import Side, voices
from views.style.html import SIDES
from views.wording import endings, negotiate, screen


def space(table: Table, talks: Talks, *, shown: bool) -> Space:
    """Payoff space with every offer and the efficient edge; `shown` marks where the talks ended."""
    preferences = table.preferences
    gains = preferences.values - preferences.walk_away
    edge = gains[efficient(preferences.values) & rational(preferences.values, preferences.walk_away)]
    frontier = tuple((float(x), float(y)) for x, y in np.unique(np.round(edge, 9), axis=0))
    nash = points(preferences.values, preferences.walk_away).nash
    return Space(
        names=(preferences.parties[0], preferences.parties[1]),
        unit=negotiate.unit(preferences.unit),
        frontier=frontier,
        nash=_point(gains, nash[0]) if nash else None,
        offers=tuple((said.party, said.round, _point(gains, said.package)) for said in link.offers(talks)),
        deal=_point(gains, talks.deal) if shown and talks.deal is not None else None,
        ended=shown and talks.over,
    )


def _point(gains: np.ndarray, package: int) -> Point:
    return float(gains[package, 0]), float(gains[package, 1])


def both_shares(table: Table) -> tuple[Share, ...]:
    """All packages by who would ratify them: a Venn diagram in one dimension."""
    sets = win_sets(table.preferences)
    host, origin = sets[:, 0], sets[:, 1]
    one, other = table.preferences.parties
    counts = (host & ~origin, host & origin, origin & ~host, ~host & ~origin)
    names = (f"{one} only", "both", f"{other} only", "neither")
    return tuple(
        Share(name, int(count.sum()), look)
        for name, count, look in zip(names, counts, ("host", "agreement", "origin", "neither"), strict=True)
    )


class Signable(NamedTuple):
    """How many packages were better for both and would have passed in both countries."""

    ratified: int
    within: int
    """Those of them that cross no red line of either delegation."""


def signable(table: Table) -> Signable:
    """What there was to sign."""
    passing = ratifiable(table.preferences)
    allowed = kept(table.agenda, [line for seat in table.scenario.seats for line in seat.red_lines])
    return Signable(int(passing.sum()), int((passing & allowed).sum()))


def ballots(table: Table, talks: Talks) -> tuple[tuple[str, tuple[Voice, ...], str], ...]:
    """The last vote at home in each country: its name, its groups, and the result; empty when there was none."""
    if not talks.ballots:
        return ()
    package = talks.rejected[-1] if talks.deal is None else talks.deal
    found: list[tuple[str, tuple[Voice, ...], str]] = []
    for party, name in enumerate(table.preferences.parties):
        yes, no = count_votes(talks.rules.votes[party], talks.ballots[party])
        told = f"passed by {yes - no}" if yes > no else f"failed by {no - yes}"
        found.append((name, _cast(voices(table, party, (package,)), talks.ballots[party]), told))
    return tuple(found)


def _cast(stands: Sequence[Voice], ballot: Sequence[int | None]) -> tuple[Voice, ...]:
    """Groups with the votes that they have cast: what they would vote may have changed since."""
    return tuple(
        voice._replace(stands=tuple(None if stand is None else (choice or 0, stand[1]) for stand in voice.stands))
        for voice, choice in zip(stands, ballot, strict=True)
    )


def whole(outcome: Outcome, *, watched: bool) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """The gain of everybody, those who move included: as facts where the debrief leads with it, and as a sentence.

    It leads where less than half of it could be signed: there the payoff space of the two governments shows the
    small part. Nothing where nobody knows what movers gain.
    """
    found = outcome.whole
    if found is None:
        return (), ""
    who = negotiate.THEY if watched else negotiate.YOU
    unit = negotiate.account_unit(negotiate.unit(outcome.preferences.unit))
    told = negotiate.whole_gain(found, who, unit)
    return (negotiate.whole_facts(found, who, unit) if found.out_of_reach else ()), told


def accounts(table: Table, package: int) -> tuple[Account, ...]:
    """What the result brought to natives and to those without a seat."""
    preferences = table.preferences
    roles = {"host natives": "host", "origin natives": "origin"}
    return tuple(
        Account(name.capitalize(), float(change), roles.get(name, "migrants"), name in roles)
        for name, change in zip(preferences.accounts_of, preferences.accounts[package], strict=True)
    )


def paper(
    outcome: Outcome,
) -> tuple[list[tuple[str, str, list[tuple[str, Line]]]], list[tuple[str, Payment]]]:
    """The signed schedules by party, and the payments, each line with its name."""
    names = {item.key: item.name for item in outcome.agenda.ladders}
    lists = schedules(outcome.agenda, outcome.package, outcome.roles)
    signed = [
        (party, SIDES[at], [(names[line.issue], line) for line in lines])
        for at, (party, lines) in enumerate(lists.items())
    ]
    paid = side_payments(outcome.agenda, outcome.package, outcome.roles)
    return signed, [(names[payment.line.issue], payment) for payment in paid]


def faith(table: Table, party: int, talks: Talks) -> tuple[tuple[str, str, str], ...]:
    """The faithfulness of a delegation to its mandate, as facts."""
    mandate = table.scenario.seats[party].instructions
    found = faithfulness(table.agenda, mandate, party, talks.moves)
    return (
        ("Red lines kept", negotiate.share(found.red_lines), ""),
        ("Priorities raised", negotiate.share(found.priorities), ""),
    )


def crossed(table: Table, party: int, talks: Talks) -> str:
    """The red lines that a delegation has crossed in what it offered or signed; nothing where there are none."""
    lines = mandates.crossed(table.agenda, table.scenario.seats[party].instructions, party, talks.moves)
    return endings.crossed([line.text for line in lines]) if lines else ""


def questions(table: Table, party: int | None, talks: Talks) -> tuple[str, ...]:
    """Three questions for afterwards: one from these talks, the others of the case, or of any."""
    teaching = table.scenario.teaching
    party = 0 if party is None else party
    other = table.preferences.parties[1 - party]
    own = teaching.debrief if teaching else ()
    usual = tuple(question.format(other=other) for question in negotiate.QUESTIONS)
    return (*_moved(table, party, talks), *own, *usual)[:3]


def at_nash(table: Table) -> str:
    """What those without a seat would have had at the Nash point; nothing where there is none, or they are seated."""
    preferences = table.preferences
    nash = points(preferences.values, preferences.walk_away).nash
    if not nash or "new migrants" not in preferences.accounts_of:
        return ""
    column = preferences.accounts[:, preferences.accounts_of.index("new migrants")]
    digits = negotiate.decimals(float(np.ptp(column)))
    return negotiate.absent(screen.number(float(column[nash[0]]), digits, plus=True))


def _moved(table: Table, party: int, talks: Talks) -> tuple[str, ...]:
    """Who moved how far, in one side's values; nothing when one of them never made a second offer."""
    side = Side(table, party, talks)
    ways = [[value for _, value in track.offers] for track in side.tracks()]
    mine, theirs = ways[party], ways[1 - party]
    if not mine or not theirs:
        return ()
    return (
        negotiate.first_question(side.names[0], mine[0] - mine[-1], side.names[1], theirs[-1] - theirs[0], side.digits),
    )


def ending(side: Side) -> tuple[str, str]:
    """How the talks ended for a person, and what to know about it: what lay there, what could have been signed."""
    talks, party, ended = side.talks, side.party, side.talks.ending
    if ended is None:
        return "", ""
    you, how = ended.party == party, link.manner(talks)
    who = None if you or ended.party is None else side.names[1]
    told = endings.ending(ended, who, how, side.gain(talks.deal) or 0.0, side.digits)
    if ended.outcome != "breakdown":
        return told, ""
    refused = link.refused(talks, party)
    if refused is not None:
        return told, endings.refused(side.gain(refused) or 0.0, side.digits)
    gain = side.gain(link.left_lying(talks, party))
    return told, endings.justified(gain, signable(side.table).within, side.digits, left=you and how == "walk")
