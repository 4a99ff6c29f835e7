"""The data of a seat's screen, computed from the talks as that side sees them.

Nothing here uses the other side's values, groups or win-set: all numbers of a seat's screen come from `OwnView`, which
holds one party's view. Only `views.negotiate.debrief` shows both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.table import NegotiationTable
from negotiation.preferences.mandates import within_red_lines
from negotiation.protocols import history
from negotiation.protocols.engine import legal
from negotiation.protocols.home_vote import count_votes
from negotiation.protocols.moves import Offer
from negotiation.protocols.state import Phase, Talks
from negotiation.ratification.compensation import compensation
from negotiation.ratification.win_sets import marginal_group, win_set
from scenarios.scenario import ROLES
from views.figures.offers import OfferTrack
from views.negotiate.board_html import BalanceBar, BoardRow, BoardSection, GroupVote, LevelOption, PackageShare
from views.style.html import SIDES
from views.wording import endings, negotiate, screen
from views.wording.shocks import ShockChange

ALONE = ("better for you, passes at home", "only passes at home", "only better for you", "neither")
"""The parts of all packages that one side can distinguish and that cross none of its red lines."""
BARRED = "crosses a red line"
"""The part of all packages that cross a red line of this side."""


@dataclass(frozen=True, slots=True)
class OwnView:
    """One party's view: its own values and its own country, and the talks as it sees them."""

    table: NegotiationTable
    party: int
    talks: Talks

    @property
    def names(self) -> tuple[str, str]:
        """Name of the own country, then of the other."""
        parties = self.table.preferences.parties
        return parties[self.party], parties[1 - self.party]

    @property
    def digits(self) -> int:
        """Decimals of own values."""
        return negotiate.value_decimals(float(np.ptp(self.table.preferences.values[:, self.party])))

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest value of any package above walking away: one scale for all rounds."""
        values = self.table.preferences.values[:, self.party] - self.table.preferences.walk_away[self.party]
        return float(values.min()), float(values.max())

    def gain(self, package: int | None) -> float | None:
        """Return the own value of a package above walking away; None for None."""
        if package is None:
            return None
        preferences = self.table.preferences
        return float(preferences.values[package, self.party] - preferences.walk_away[self.party])

    def passes(self, package: int) -> bool:
        """Return whether the own groups would ratify a package."""
        return bool(win_set(self.table.preferences, self.party)[package])

    def tracks(self) -> tuple[OfferTrack, ...]:
        """Return all offers so far, in own values."""
        said = history.list_offers(self.talks)
        return tuple(
            OfferTrack(
                party,
                negotiate.proposal_heading(name),
                tuple((float(each.round), self.gain(each.package) or 0.0) for each in said if each.party == party),
            )
            for party, name in enumerate(self.table.preferences.parties)
        )

    def weights(self, draft: int | None) -> tuple[BalanceBar, ...]:
        """Return the values of the package on the table and of the own draft."""
        other = 1 - self.party
        facing = self.gain(history.find_facing_offer(self.talks, self.party))
        theirs = BalanceBar(negotiate.proposal_heading(self.names[1]), facing, SIDES[other])
        return (theirs, BalanceBar(negotiate.PROPOSE, self.gain(draft), SIDES[self.party]))

    def own_group_votes(self, packages: Sequence[int | None]) -> tuple[GroupVote, ...]:
        """Return how the own groups would vote on some packages."""
        return group_votes(self.table, self.party, packages)

    def vote_results(self, packages: Sequence[int | None]) -> tuple[str, ...]:
        """Return whether each package would pass, with the votes; a dash for None."""
        return tuple("–" if package is None else self._sum(package) for package in packages)

    def _sum(self, package: int) -> str:
        return negotiate.verdict_at_home(self.passes(package), *self._count(package))

    def _count(self, package: int) -> tuple[int, int]:
        """Return the votes for and against a package at home."""
        preferences = self.table.preferences
        return count_votes(preferences.weights[self.party], preferences.votes[self.party][package].tolist())

    def forecast(self) -> str:
        """Return how the own groups would vote on the package on the table; "" when there is none."""
        package = history.find_facing_offer(self.talks, self.party)
        if package is None:
            return ""
        return endings.vote_forecast(
            *self._count(package),
            self.names[1],
            passes=self.passes(package),
            left=self.talks.rules.returns - len(self.talks.rejected),
            failed=len(self.talks.rejected),
            is_last=history.is_last_move(self.talks),
        )

    def vote_failure(self) -> str:
        """Return the sentences on the vote at home that failed since this side's last move; "" when there was none."""
        found = history.find_failed_vote(self.talks, self.party)
        if found is None:
            return ""
        names = [None if at == self.party else name for at, name in enumerate(self.table.preferences.parties)]
        counts = [endings.VoteCount(names[at], *found.counts[at]) for at in found.refusing]
        return endings.vote_failure_sentences(names[found.signer], counts, self.talks.rules.returns + 1)

    def vote_turning_note(self, package: int | None) -> str:
        """Return what would turn the vote on a package that fails at home; "" for a package that passes."""
        if package is None or package == 0 or self.passes(package):
            return ""
        preferences = self.table.preferences
        found = compensation(preferences, self.party, package)
        group = marginal_group(preferences, self.party, package)
        paid = tuple((negotiate.group(name), loss) for name, loss in found.payments or ())
        return negotiate.turning_sentences(group and negotiate.group(group), paid, found.reason, self.digits)

    def red_lines_crossed(self, package: int | None) -> tuple[str, ...]:
        """Return the texts of the own red lines that a package crosses."""
        if package is None:
            return ()
        lines = self.table.scenario.seats[self.party].red_lines
        return tuple(line.text for line in lines if not within_red_lines(self.table.agenda, (line,))[package])

    def shares(self) -> tuple[PackageShare, ...]:
        """Return all packages by what this side can tell: better than no deal, ratified at home, within its red lines.

        Packages that cross a red line are a part of their own: they cannot be signed, even if they are better and
        would pass.
        """
        preferences, red_lines = self.table.preferences, self.table.scenario.seats[self.party].red_lines
        wanted = preferences.values[:, self.party] > preferences.walk_away[self.party] + 1e-9
        home, allowed = win_set(preferences, self.party), within_red_lines(self.table.agenda, red_lines)
        counts = (wanted & home, home & ~wanted, wanted & ~home, ~wanted & ~home)
        looks = ("agreement", SIDES[self.party], "own", "neither")
        shares = tuple(
            PackageShare(name, int((count & allowed).sum()), look)
            for name, count, look in zip(ALONE, counts, looks, strict=True)
        )
        return (*shares, PackageShare(BARRED, int((~allowed).sum()), "barred")) if red_lines else shares


def shock_change(table: NegotiationTable, party: int, talks: Talks, seen: int) -> ShockChange:
    """Return what shocks have changed for a side.

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
    before, now = (OwnView(table.after(shocks), party, talks) for shocks in (talks.shocks[:seen], talks.shocks))
    facing = history.find_facing_offer(talks, party)
    return ShockChange(
        scored=table.scenario.has_points,
        packages=table.agenda.count,
        digits=before.digits,
        could_sign_before=before.shares()[0].packages,
        could_sign=now.shares()[0].packages,
        best_before=before.range[1],
        best=now.range[1],
        facing_before=before.gain(facing),
        facing=now.gain(facing),
        passed_before=facing is not None and before.passes(facing),
        passes=facing is not None and now.passes(facing),
    )


def group_votes(table: NegotiationTable, party: int, packages: Sequence[int | None]) -> tuple[GroupVote, ...]:
    """Return how the groups of a country would vote on some packages, and their changes.

    Parameters
    ----------
    table
        Case, parties and their preferences.
    party
        Number of the party.
    packages
        Packages; None where there is none.

    Returns
    -------
    tuple[GroupVote, ...]
        One entry per group, with one position per package.
    """
    preferences = table.preferences
    return tuple(
        GroupVote(
            negotiate.group(name),
            preferences.weights[party][at],
            tuple(
                None
                if package is None
                else (int(preferences.votes[party][package, at]), float(preferences.stakes[party][package, at]))
                for package in packages
            ),
        )
        for at, name in enumerate(preferences.groups[party])
    )


def sections(table: NegotiationTable, rows: Sequence[BoardRow]) -> tuple[BoardSection, ...]:
    """Return the rows by the party that concedes them. Rows of both, and of a country with both roles, come last."""
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


def request_rows(side: OwnView, asked: Sequence[int]) -> tuple[BoardRow, ...]:
    """Return the rows of the board while requests are written: the lowest level to request."""
    rows: list[BoardRow] = []
    for at, item in enumerate(side.table.agenda.ladders):
        size = side.table.agenda.shape[at]
        choices = [LevelOption(0, negotiate.NOTHING)]
        choices += [LevelOption(level, f"at least: {item.levels[level]}") for level in range(1, size)]
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
    """Return the rows of the schedule board, one for each line, while no offer stands.

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


def _short(item: Any, levels: Sequence[int | None] | None, at: int) -> str | None:
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
        found.append(LevelOption(level, f"{item.levels[level]} (draft {worth})", level >= least))
    return tuple(found)


def watch_rows(table: NegotiationTable, talks: Talks) -> tuple[BoardRow, ...]:
    """Return the rows of the board for watched talks: the last offer of each side, and what it replaced."""
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


def seat_brief(table: NegotiationTable, party: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the brief of a delegation as (heading, sentences): public information, then what is confidential."""
    seat, countries = table.scenario.seats[party], table.scenario.countries
    names = {item.key: item.name for item in table.agenda.ladders}
    walk = screen.number(float(table.preferences.walk_away[party]), 1)
    public = [f"{country.name}: {country.public.strip()}" for country in countries if country.public]
    return (
        (negotiate.PUBLIC, tuple(public) or (table.scenario.summary.strip(),)),
        (negotiate.CONFIDENTIAL, (seat.confidential.strip(),) if seat.confidential.strip() else ()),
        (negotiate.LIMITS, tuple(line.text for line in seat.red_lines)),
        (negotiate.WANTED, tuple(names[key] for key in seat.priorities)),
        (negotiate.WITHOUT, (f"{seat.reason.capitalize()}: {walk} {negotiate.unit_text(table.preferences.unit)}.",)),
    )
