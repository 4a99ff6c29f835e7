"""The data of the debrief, and of talks that are watched: values of both sides, and what was possible.

Only this module shows the values of both sides. While a person negotiates, the page uses `views.negotiate.view_model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.table import NegotiationTable
from economy.account_names import ACCOUNT_LABELS, HOST_NATIVES, NEW_MIGRANTS, ORIGIN_NATIVES
from economy.accounts.documents import account_documents, account_sums
from economy.accounts.rows import ROLES_OF_ACCOUNTS, AccountRow, account_rows
from games.bargaining.frontier import bargaining_points, individually_rational, pareto_efficient
from games.messages import message
from negotiation.agenda.schedule import PaymentLine, ScheduleLine, schedules, side_payments
from negotiation.outcome.outcome import Outcome
from negotiation.preferences import mandates
from negotiation.preferences.mandates import faithfulness, within_red_lines
from negotiation.protocols import history
from negotiation.protocols.home_vote import count_votes, is_majority
from negotiation.protocols.state import Talks
from negotiation.ratification.win_sets import ratifiable, win_sets
from views.figures.offers import PayoffSpace, Point
from views.negotiate.board_html import AccountChange, GroupVote, PackageShare, VoteResult
from views.negotiate.view_model import OwnView
from views.style.html import SIDES
from views.style.money_accounts import DECIMALS
from views.wording import debrief_sentences, endings, negotiate, screen

SEATED = (HOST_NATIVES, ORIGIN_NATIVES)
"""The populations with a seat at the table."""


def payoff_space(table: NegotiationTable, talks: Talks, *, shown: bool) -> PayoffSpace:
    """Return the points of the payoff space of some talks: offers, efficient packages, Nash point and deal.

    A point is the value of a package for the host and for the origin, above the value of walking away.

    Parameters
    ----------
    table
        Case, parties and their preferences.
    talks
        The talks.
    shown
        Whether to mark the deal and the end of the talks.

    Returns
    -------
    PayoffSpace
        Points as (host, origin), in values above walking away.
    """
    preferences = table.preferences
    gains = preferences.values - preferences.walk_away
    edge = gains[
        pareto_efficient(preferences.values) & individually_rational(preferences.values, preferences.walk_away)
    ]
    frontier = tuple((float(x), float(y)) for x, y in np.unique(np.round(edge, 9), axis=0))
    nash = bargaining_points(preferences.values, preferences.walk_away).nash
    return PayoffSpace(
        names=(preferences.parties[0], preferences.parties[1]),
        unit=negotiate.unit_text(preferences.unit),
        frontier=frontier,
        nash=_point(gains, nash[0]) if nash else None,
        offers=tuple((said.party, said.round, _point(gains, said.package)) for said in history.list_offers(talks)),
        deal=_point(gains, talks.deal) if shown and talks.deal is not None else None,
        ended=shown and talks.over,
    )


def _point(gains: np.ndarray, package: int) -> Point:
    return float(gains[package, 0]), float(gains[package, 1])


def ratification_shares(table: NegotiationTable) -> tuple[PackageShare, ...]:
    """Return how all possible packages divide by the countries whose groups would ratify them.

    There are four parts, in this order: host only, both, origin only, neither.
    """
    sets = win_sets(table.preferences)
    host, origin = sets[:, 0], sets[:, 1]
    one, other = table.preferences.parties
    counts = (host & ~origin, host & origin, origin & ~host, ~host & ~origin)
    only = [message("{country} only", country=name) for name in (one, other)]
    names = (only[0], message("both"), only[1], message("neither"))
    return tuple(
        PackageShare(name, int(count.sum()), look)
        for name, count, look in zip(names, counts, ("host", "agreement", "origin", "neither"), strict=True)
    )


class SignableCount(NamedTuple):
    """How many packages could have been signed: those better for both sides that would have passed in both countries.

    A package is one level for each line of the agenda.
    """

    ratified: int
    within: int
    """Number of those that cross no red line of either delegation."""


def count_signable(table: NegotiationTable) -> SignableCount:
    """Count the packages that both countries could have signed, and those of them that cross no red line."""
    passing = ratifiable(table.preferences)
    allowed = within_red_lines(table.agenda, [line for seat in table.scenario.seats for line in seat.red_lines])
    return SignableCount(int(passing.sum()), int((passing & allowed).sum()))


class CountryBallot(NamedTuple):
    """The vote at home of one country on one package: its name, the votes of its groups, and the result."""

    country: str
    groups: tuple[GroupVote, ...]
    result: VoteResult


def last_ballots(table: NegotiationTable, talks: Talks) -> tuple[CountryBallot, ...]:
    """Return the last vote at home of each country, host first; an empty tuple when there was no vote."""
    if not talks.ballots:
        return ()
    package = talks.rejected[-1] if talks.deal is None else talks.deal
    found: list[CountryBallot] = []
    for party, name in enumerate(table.preferences.parties):
        yes, no = count_votes(talks.rules.votes[party], talks.ballots[party])
        votes = OwnView(table, party, talks).own_group_votes((package,))
        found.append(CountryBallot(name, _cast(votes, talks.ballots[party]), _result(yes - no)))
    return tuple(found)


def _result(margin: int) -> VoteResult:
    if is_majority(margin):
        return VoteResult(message("passed by {votes}", votes=f"{margin}"), passes=True)
    return VoteResult(message("failed by {votes}", votes=f"{-margin}"), passes=False)


def _cast(stands: Sequence[GroupVote], ballot: Sequence[int | None]) -> tuple[GroupVote, ...]:
    """Return the groups with the votes that they cast: their present preferences may differ after a shock."""
    return tuple(
        voice._replace(stands=tuple(stand and stand._replace(vote=choice or 0) for stand in voice.stands))
        for voice, choice in zip(stands, ballot, strict=True)
    )


def total_gain_texts(outcome: Outcome, *, watched: bool) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Return how much everybody gains from the result of the talks, movers included: as facts and as sentences.

    A fact is (term, value, role). The facts are given only where less than half of the possible gain could be signed,
    since the payoff space of the two governments then shows the small part. Both are empty where the movers' gain is
    not known. `watched` says whether the reader watched two tactics.
    """
    found = outcome.whole
    if found is None:
        return (), ""
    who = negotiate.THEY if watched else negotiate.YOU
    unit = debrief_sentences.account_unit(negotiate.unit_text(outcome.preferences.unit))
    told = debrief_sentences.total_gain_sentences(found, who, unit)
    return (debrief_sentences.total_gain_facts(found, who, unit) if found.out_of_reach else ()), told


def account_rows_of_deal(outcome: Outcome) -> tuple[AccountRow, ...]:
    """Return the rows of the money accounts of what was signed, all 0 without a deal; empty where values are points."""
    money = outcome.money
    return () if money is None else account_rows(account_documents(money), account_sums(money))


def points_of_deal(outcome: Outcome) -> tuple[AccountChange, ...]:
    """Return the points of every population in what was signed; empty where the accounts are money.

    The natives of both countries have a seat, others none. A population without points is left out.
    """
    return tuple(
        AccountChange(ACCOUNT_LABELS[name], change, ROLES_OF_ACCOUNTS[name], name in SEATED)
        for name, change in (outcome.points or {}).items()
        if change is not None
    )


def schedules_by_party(
    outcome: Outcome,
) -> tuple[list[tuple[str, str, list[tuple[str, ScheduleLine]]]], list[tuple[str, PaymentLine]]]:
    """Return what was signed: the schedules of both parties, and the payments between them; empty without a deal.

    A schedule is (name of the party, role, lines), and each line and each payment stands with the name of its agenda
    line.
    """
    if outcome.package is None:
        return [], []
    names = {item.key: item.name for item, _ in outcome.agenda.lines(outcome.package)}
    lists = schedules(outcome.agenda, outcome.package, outcome.roles)
    signed = [
        (party, SIDES[at], [(names[line.issue], line) for line in lines])
        for at, (party, lines) in enumerate(lists.items())
    ]
    paid = side_payments(outcome.agenda, outcome.package, outcome.roles)
    return signed, [(names[payment.line.issue], payment) for payment in paid]


def mandate_facts(table: NegotiationTable, party: int, talks: Talks) -> tuple[tuple[str, str, str], ...]:
    """Return two facts on how faithful a delegation was to its mandate: red lines kept, and priorities raised.

    Parameters
    ----------
    table
        Case, parties and their preferences.
    party
        Number of the party, 0 or 1.
    talks
        The talks.

    Returns
    -------
    tuple[tuple[str, str, str], ...]
        (term, value, role) for the red lines, then for the priorities; the role is empty.
    """
    mandate = table.scenario.seats[party].instructions
    found = faithfulness(table.agenda, mandate, party, talks.moves)
    return (
        (message("Red lines kept"), debrief_sentences.share_text(found.red_lines), ""),
        (message("Priorities raised"), debrief_sentences.share_text(found.priorities), ""),
    )


def red_lines_crossed(table: NegotiationTable, party: int, talks: Talks) -> str:
    """Return the sentence on the red lines that a delegation crossed in its offers or by signing.

    A red line is a limit in the delegation's instructions that it must not cross.

    Parameters
    ----------
    table
        Case, parties and their preferences.
    party
        Number of the party, 0 or 1.
    talks
        The talks.

    Returns
    -------
    str
        The sentence; an empty text when none was crossed.
    """
    lines = mandates.red_lines_crossed_by(table.agenda, table.scenario.seats[party].instructions, party, talks.moves)
    return endings.red_lines_crossed_sentence([line.text for line in lines]) if lines else ""


def debrief_questions(table: NegotiationTable, party: int | None, talks: Talks) -> tuple[str, ...]:
    """Return questions to discuss after the talks: first one on these talks, then those of the case, then general ones.

    Parameters
    ----------
    table
        Case, parties and their preferences.
    party
        Number of the reader's party; None for talks that were watched.
    talks
        The talks.

    Returns
    -------
    tuple[str, ...]
        At most three questions.
    """
    teaching = table.scenario.teaching
    party = 0 if party is None else party
    other = table.preferences.parties[1 - party]
    own = teaching.debrief if teaching else ()
    usual = tuple(question.format(other=other) for question in debrief_sentences.QUESTIONS)
    return (*_moved(table, party, talks), *own, *usual)[:3]


def migrants_at_nash(table: NegotiationTable) -> str:
    """Return the sentence on what new migrants would have had at the Nash point, the Nash bargaining solution.

    Where the accounts are money it says too what they would have sent home. The text is empty when there is no such
    point, or when the case has no account of new migrants.
    """
    preferences = table.preferences
    nash = bargaining_points(preferences.values, preferences.walk_away).nash
    if not nash or NEW_MIGRANTS not in preferences.accounts_of:
        return ""
    column = preferences.accounts[:, preferences.accounts_of.index(NEW_MIGRANTS)]
    change = float(column[nash[0]])
    if preferences.money is None:
        digits = negotiate.value_decimals(float(np.ptp(column)))
        return debrief_sentences.absent_sentence(screen.number(change, digits, plus=True), None)
    amounts = screen.numbers([change, float(preferences.money.sent_home[nash[0]])], DECIMALS, plus=True)
    return debrief_sentences.absent_sentence(amounts[0], amounts[1].removeprefix("+"))


def _moved(table: NegotiationTable, party: int, talks: Talks) -> tuple[str, ...]:
    """Return the question on how far each side moved, in one side's values; empty when a side made no offer."""
    side = OwnView(table, party, talks)
    ways = [[value for _, value in track.offers] for track in side.tracks()]
    mine, theirs = ways[party], ways[1 - party]
    if not mine or not theirs:
        return ()
    return (
        debrief_sentences.first_question(
            side.names[0], mine[0] - mine[-1], side.names[1], theirs[-1] - theirs[0], side.digits
        ),
    )


def own_ending(side: OwnView) -> tuple[str, str]:
    """Return two texts for a person after the talks: how they ended, and a note on what was possible.

    The note tells the value of the offer that the person refused, or what could have been signed; it is empty after a
    deal. Both texts are empty while the talks go on.
    """
    talks, party, ended = side.talks, side.party, side.talks.ending
    if ended is None:
        return "", ""
    you, how = ended.party == party, history.ending_kind(talks)
    who = None if you or ended.party is None else side.names[1]
    told = endings.ending_sentences(ended, who, how, side.gain(talks.deal) or 0.0, side.digits)
    if ended.outcome != "breakdown":
        return told, ""
    refused = history.find_refused_offer(talks, party)
    if refused is not None:
        return told, endings.refusal_sentence(side.gain(refused) or 0.0, side.digits)
    gain = side.gain(history.find_offer_at_end(talks, party))
    return told, endings.breakdown_sentence(
        gain, count_signable(side.table).within, side.digits, left=you and how == "walk"
    )
