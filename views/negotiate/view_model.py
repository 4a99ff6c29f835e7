"""The screen of a seat: what `agents.seat_view` lets it know, as rows, bars and sentences.

Nothing here reads values, votes or win-sets: the numbers come from `SeatView`, which holds one party's view. Only
`views.negotiate.debrief` shows both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agents.seat_view import SeatView, is_same_for_party, positions_around_shocks
from agents.table import NegotiationTable
from games.messages import join_messages, message
from negotiation.agenda.ladders import Ladder
from negotiation.protocols import history
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Offer
from negotiation.protocols.state import Phase, Talks
from scenarios.scenario import ROLES
from views.figures.offers import OfferTrack
from views.negotiate.board_html import (
    NO_RESULT,
    BalanceBar,
    BoardRow,
    BoardSection,
    GroupVote,
    LevelOption,
    PackageShare,
    VoteResult,
)
from views.style.html import SIDES
from views.wording import endings, negotiate, screen
from views.wording.shocks import ShockChange

SIGNABLE = message("better for you, passes at home")
PASSING = message("only passes at home")
BETTER = message("only better for you")
NEITHER = message("neither")
"""The parts of all packages that one side can distinguish and that cross none of its red lines."""
BARRED = message("crosses a red line")
"""The part of all packages that cross a red line of this side."""


@dataclass(frozen=True, slots=True)
class OwnView(SeatView):
    """What one party may know of the talks, as texts, bars and rows for the page Negotiate.

    It uses no value or vote of the other side.
    """

    @property
    def digits(self) -> int:
        """Return the number of decimals with which the page shows this party's values."""
        low, high = self.range
        return negotiate.value_decimals(high - low)

    def tracks(self) -> tuple[OfferTrack, ...]:
        """Return the offers of both parties so far, one track for each party, with their values for this party."""
        offers = self.offer_values()
        return tuple(
            OfferTrack(
                party,
                negotiate.proposal_heading(name),
                tuple((float(each.round), each.gain) for each in offers if each.party == party),
            )
            for party, name in enumerate(self.table.preferences.parties)
        )

    def package_to_vote(self, draft: int) -> int | None:
        """Return the package of the own draft; None for the status quo, which needs no vote."""
        return None if draft == self.table.preferences.status_quo else draft

    def weights(self, draft: int | None) -> tuple[BalanceBar, ...]:
        """Return two bars with values for this party: of the other side's package on the table, and of its own draft.

        `draft` is the number of the package of the own draft; None when there is none.
        """
        other = 1 - self.party
        facing = self.gain(history.find_facing_offer(self.talks, self.party))
        theirs = BalanceBar(negotiate.proposal_heading(self.names[1]), facing, SIDES[other])
        return (theirs, BalanceBar(negotiate.PROPOSE, self.gain(draft), SIDES[self.party]))

    def own_group_votes(self, packages: Sequence[int | None]) -> tuple[GroupVote, ...]:
        """Return how each group of this party's own country would vote on some packages. None stands for no package."""
        return tuple(
            GroupVote(negotiate.group(group.key), group.votes, group.positions) for group in self.own_groups(packages)
        )

    def vote_results(self, packages: Sequence[int | None]) -> tuple[VoteResult, ...]:
        """Return for each package whether it would pass the vote in this party's own country, with the votes.

        The result of None (no package) is a dash.
        """
        return tuple(NO_RESULT if package is None else self._result(package) for package in packages)

    def _result(self, package: int) -> VoteResult:
        vote = self.home_vote(package)
        return VoteResult(negotiate.verdict_at_home(vote.passes, vote.yes, vote.no), vote.passes)

    def forecast(self) -> str:
        """Return a text on how this party's own country would vote on the other side's package on the table.

        The text is empty when no package of the other side is on the table.
        """
        found = self.vote_forecast()
        if found is None:
            return ""
        return endings.vote_forecast(
            found.vote.yes,
            found.vote.no,
            self.names[1],
            passes=found.vote.passes,
            left=found.left,
            failed=found.failed,
            is_last=found.is_last,
        )

    def vote_failure(self) -> str:
        """Return the sentences on the vote at home that failed since this party's last move.

        The text is empty when no vote failed.
        """
        found = history.find_failed_vote(self.talks, self.party)
        if found is None:
            return ""
        names = [None if at == self.party else name for at, name in enumerate(self.table.preferences.parties)]
        counts = [endings.VoteCount(names[at], *found.counts[at]) for at in found.refusing]
        return endings.vote_failure_sentences(names[found.signer], counts, self.talks.rules.returns + 1)

    def vote_turning_note(self, package: int | None) -> str:
        """Return the sentences on what would make a package pass the vote at home, such as payments to groups.

        The text is empty for a package that passes, for walking away, and for None.
        """
        found = self.vote_turning(package)
        if found is None:
            return ""
        paid = tuple((negotiate.group(key), loss) for key, loss in found.payments)
        return negotiate.turning_sentences(
            found.group and negotiate.group(found.group), paid, found.reason, self.digits
        )

    def shares(self) -> tuple[PackageShare, ...]:
        """Return how all possible packages divide for this party: better than no deal or not, ratified at home or not.

        Packages that cross a red line of this party are a part of their own, in a case with red lines.
        """
        counts = self.package_split()
        shares = (
            PackageShare(SIGNABLE, counts.signable, "agreement"),
            PackageShare(PASSING, counts.passing, SIDES[self.party]),
            PackageShare(BETTER, counts.better, "own"),
            PackageShare(NEITHER, counts.neither, "neither"),
        )
        return (*shares, PackageShare(BARRED, counts.barred, "barred")) if self.seat.red_lines else shares


def shock_change(table: NegotiationTable, party: int, talks: Talks, seen: int) -> ShockChange:
    """Return what shocks (events during the talks) have changed for one party: the values before and after them.

    Parameters
    ----------
    table
        The table before any shock.
    party
        Number of the party.
    talks
        The talks, with their shocks.
    seen
        Number of shocks that the reader has acknowledged; the later ones are compared with these.

    Returns
    -------
    ShockChange
        Values before and now.
    """
    before, now = positions_around_shocks(table, party, talks, seen)
    return ShockChange(
        scored=table.scenario.has_points,
        packages=table.agenda.count,
        digits=OwnView(table.after(talks.shocks[:seen]), party, talks).digits,
        could_sign_before=before.signable,
        could_sign=now.signable,
        best_before=before.best,
        best=now.best,
        facing_before=before.facing,
        facing=now.facing,
        passed_before=before.passes,
        passes=now.passes,
        same=is_same_for_party(table, party, talks, seen),
    )


def sections(table: NegotiationTable, rows: Sequence[BoardRow]) -> tuple[BoardSection, ...]:
    """Return the rows of the schedule board, grouped by the party that concedes them: host, origin, then both.

    Rows of a country with both roles stand in the group of both. A group without rows is left out.
    """
    agenda, countries = table.agenda, table.scenario.countries
    sole = [country.role if country.role in ROLES else None for country in countries]
    mine = [[row for row in rows if agenda.ladders[row.place].conceded_by == role] for role in sole]
    ours = [row for row in rows if not any(row in own for own in mine)]
    found = [
        BoardSection(negotiate.commitment_heading(country.name), SIDES[at], tuple(own))
        for at, (country, own) in enumerate(zip(countries, mine, strict=True))
    ]
    return tuple(
        section for section in (*found, BoardSection(negotiate.BOTH_COMMIT, "ink", tuple(ours))) if section.rows
    )


def text_notes(table: NegotiationTable) -> tuple[str, ...]:
    """Return what every text of the case says whatever is negotiated: the people it admits, and the fixed lines.

    Empty where places are a line, and for points.
    """
    case, agenda = table.scenario, table.agenda
    if table.preferences.status_quo is not None or case.corridor is None or case.parameters is None:
        return ()
    if case.corridor.kind == "in force":
        stake = negotiate.IN_FORCE
    else:
        stake = negotiate.stake_sentence(float(case.parameters.expansion), case.corridor.migrants[0])
    lines = [(negotiate.line(item), negotiate.short_level(item, level)) for item, level in agenda.fixed]
    return (stake, negotiate.lines_in_every_text(lines)) if lines else (stake,)


def request_rows(side: OwnView, asked: Sequence[int]) -> tuple[BoardRow, ...]:
    """Return the rows of the schedule board while the parties write sealed requests, one for each line of the agenda.

    `asked` is the lowest level that this party requests on each line, in the order of the agenda; 0 for no request.
    """
    rows: list[BoardRow] = []
    for at, item in enumerate(side.table.agenda.ladders):
        size = side.table.agenda.shape[at]
        choices = [LevelOption(0, negotiate.NOTHING)]
        choices += [
            LevelOption(level, message("at least: {level}", level=item.levels[level])) for level in range(1, size)
        ]
        yours = negotiate.short_level(item, asked[at]) if asked[at] else negotiate.NOTHING
        rows.append(
            BoardRow(
                at,
                negotiate.line(item),
                negotiate.short_level(item, 0),
                negotiate.UNDER_SEAL,
                yours,
                level=asked[at],
                choices=tuple(choices),
            )
        )
    return tuple(rows)


def draft_rows(side: OwnView, draft: Sequence[int]) -> tuple[BoardRow, ...]:
    """Return the rows of the schedule board while this party drafts an offer, one for each line of the agenda.

    `draft` is the own draft: the level of every line, counted from 0.
    """
    talks, party, agenda = side.talks, side.party, side.table.agenda
    theirs, before = _their_side(side)
    mine = history.find_last_offer(talks, party)
    said = None if mine is None else agenda.levels(mine)
    least = history.pledge_levels(talks, party)
    facing = history.find_facing_offer(talks, party)
    able = Offer in legal(talks, party)
    rows: list[BoardRow] = []
    for at, item in enumerate(agenda.ladders):
        rows.append(
            BoardRow(
                place=at,
                name=negotiate.line(item),
                today=negotiate.short_level(item, 0),
                theirs=_short(item, theirs, at),
                yours=negotiate.short_level(item, draft[at]),
                theirs_before=_short(item, before, at),
                yours_before=None if said is None else negotiate.short_level(item, said[at]),
                level=draft[at],
                choices=_choices(side, draft, at, least.get(at, 0)) if able else (),
                agreed=facing is not None and theirs is not None and theirs[at] == draft[at] > 0,
            )
        )
    return tuple(rows)


def _short(item: Ladder, levels: Sequence[int | None] | None, at: int) -> str | None:
    level = None if levels is None else levels[at]
    return None if level is None else negotiate.short_level(item, level)


def _their_side(side: OwnView) -> tuple[Sequence[int | None] | None, Sequence[int | None] | None]:
    """Return the levels that the other side offers and those they replace; before drafts are opened, its requests."""
    talks, other, agenda = side.talks, 1 - side.party, side.table.agenda
    if talks.phase is Phase.OFFER:
        asked = dict(talks.requests[other] or ()) if talks.requests else {}
        return [asked.get(at) for at in range(len(agenda.ladders))], None
    package = history.find_facing_offer(talks, side.party)
    if package is None:
        return None, None
    before = history.find_last_offer(talks, other, back=1)
    return agenda.levels(package), None if before is None else agenda.levels(before)


def _choices(side: OwnView, draft: Sequence[int], at: int, least: int) -> tuple[LevelOption, ...]:
    """Return the levels of one line, each with its full text and the value of the whole draft with that level."""
    agenda = side.table.agenda
    item = agenda.ladders[at]
    found: list[LevelOption] = []
    for level in range(agenda.shape[at]):
        levels = [*draft[:at], level, *draft[at + 1 :]]
        worth = screen.number(side.gain(agenda.package(levels)) or 0.0, side.digits, plus=True)
        text = message("{level} (draft {value})", level=item.levels[level], value=worth)
        found.append(LevelOption(level, text, level >= least))
    return tuple(found)


def watch_rows(table: NegotiationTable, talks: Talks) -> tuple[BoardRow, ...]:
    """Return the rows of the schedule board for talks of two tactics, one for each line of the agenda.

    Each row holds the level in the last offer of each party, and the level in its offer before that.
    """
    agenda = table.agenda
    sides = [[_levels(table, history.find_last_offer(talks, party, back)) for back in (0, 1)] for party in (0, 1)]
    rows: list[BoardRow] = []
    for at, item in enumerate(agenda.ladders):
        (host, host_before), (origin, origin_before) = ([_short(item, levels, at) for levels in each] for each in sides)
        (now, _), (also, _) = sides
        agreed = now is not None and also is not None and now[at] == also[at] > 0
        rows.append(
            BoardRow(
                at,
                negotiate.line(item),
                negotiate.short_level(item, 0),
                host,
                origin,
                host_before,
                origin_before,
                agreed=agreed,
            )
        )
    return tuple(rows)


def _levels(table: NegotiationTable, package: int | None) -> tuple[int, ...] | None:
    return None if package is None else table.agenda.levels(package)


def seat_brief(side: SeatView) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the brief of a delegation as (heading, sentences).

    Public information comes first, then what is confidential: instructions, red lines, priorities and the value without
    a deal.
    """
    seat, scenario = side.seat, side.table.scenario
    names = {item.key: item.name for item in side.table.agenda.ladders}
    public = [join_messages(": ", [each.name, each.public.strip()]) for each in scenario.countries if each.public]
    without = message(
        "{reason}: {value} {unit}.",
        reason=seat.reason.capitalize(),
        value=screen.number(side.walk_away, 1),
        unit=negotiate.unit_text(side.unit),
    )
    return (
        (negotiate.PUBLIC, tuple(public) or (scenario.summary.strip(),)),
        (negotiate.CONFIDENTIAL, (seat.confidential.strip(),) if seat.confidential.strip() else ()),
        (negotiate.LIMITS, tuple(line.text for line in seat.red_lines)),
        (negotiate.WANTED, tuple(names[key] for key in seat.priorities)),
        (negotiate.WITHOUT, (without,)),
    )
