"""What a seat's screen shows, computed from the talks as one side sees them.

Nothing here reads the other side's values, groups or win-set: `Side` is one party's eye on the table, and every
number on a seat's screen comes through it. All cards lie open in `views.negotiate.debrief` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.table import Table
from negotiation.preferences.mandates import kept
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Offer
from negotiation.protocols.shared import count_votes
from negotiation.protocols.state import Phase, Talks
from negotiation.ratification.compensation import compensation
from negotiation.ratification.win_sets import marginal_group, win_set
from scenarios.scenario import ROLES
from views.figures.offers import Track
from views.negotiate import link
from views.negotiate.board_html import Choice, Row, Section, Share, Voice, Weight
from views.style.html import SIDES
from views.wording import endings, negotiate, screen
from views.wording.shocks import Change

ALONE = ("better for you, passes at home", "only passes at home", "only better for you", "neither")
"""The parts of all packages that one side can tell apart and that its red lines allow."""
BARRED = "crosses a red line"
"""The part that it may not sign, whatever it is worth."""


@dataclass(frozen=True, slots=True)
class Side:
    """One party's eye on the table: its own values and its own country, and the talks as it sees them."""

    table: Table
    party: int
    talks: Talks

    @property
    def names(self) -> tuple[str, str]:
        """Own country, then the other's."""
        parties = self.table.preferences.parties
        return parties[self.party], parties[1 - self.party]

    @property
    def digits(self) -> int:
        """Decimals of own values."""
        return negotiate.decimals(float(np.ptp(self.table.preferences.values[:, self.party])))

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most that any package is worth above walking away: one scale for all rounds."""
        values = self.table.preferences.values[:, self.party] - self.table.preferences.walk_away[self.party]
        return float(values.min()), float(values.max())

    def gain(self, package: int | None) -> float | None:
        """Own value of a package above walking away."""
        if package is None:
            return None
        preferences = self.table.preferences
        return float(preferences.values[package, self.party] - preferences.walk_away[self.party])

    def passes(self, package: int) -> bool:
        """Whether the own groups would let a package pass."""
        return bool(win_set(self.table.preferences, self.party)[package])

    def tracks(self) -> tuple[Track, ...]:
        """Every offer so far, in own values."""
        said = link.offers(self.talks)
        return tuple(
            Track(
                party,
                negotiate.proposes(name),
                tuple((float(each.round), self.gain(each.package) or 0.0) for each in said if each.party == party),
            )
            for party, name in enumerate(self.table.preferences.parties)
        )

    def weights(self, draft: int | None) -> tuple[Weight, ...]:
        """What lies on the table and the own draft, on one balance."""
        other = 1 - self.party
        facing = self.gain(link.facing(self.talks, self.party))
        theirs = Weight(negotiate.proposes(self.names[1]), facing, SIDES[other])
        return (theirs, Weight(negotiate.PROPOSE, self.gain(draft), SIDES[self.party]))

    def voices(self, packages: Sequence[int | None]) -> tuple[Voice, ...]:
        """How the own groups stand on some packages."""
        return voices(self.table, self.party, packages)

    def sums(self, packages: Sequence[int | None]) -> tuple[str, ...]:
        """Whether each package would pass, with the votes."""
        return tuple("–" if package is None else self._sum(package) for package in packages)

    def _sum(self, package: int) -> str:
        return negotiate.verdict_at_home(self.passes(package), *self._count(package))

    def _count(self, package: int) -> tuple[int, int]:
        """The votes for and against a package at home."""
        preferences = self.table.preferences
        return count_votes(preferences.weights[self.party], preferences.votes[self.party][package].tolist())

    def forecast(self) -> str:
        """How the own groups would vote on the package that this side faces; "" where it faces none."""
        package = link.facing(self.talks, self.party)
        if package is None:
            return ""
        return endings.forecast(
            *self._count(package),
            self.names[1],
            passes=self.passes(package),
            left=self.talks.rules.returns - len(self.talks.rejected),
            failed=len(self.talks.rejected),
            is_last=link.is_last_move(self.talks),
        )

    def failed_vote(self) -> str:
        """The vote at home that has failed since this side's last move, in words; "" when there was none."""
        found = link.failed_vote(self.talks, self.party)
        if found is None:
            return ""
        names = [None if at == self.party else name for at, name in enumerate(self.table.preferences.parties)]
        counts = [endings.Count(names[at], *found.counts[at]) for at in found.refusing]
        return endings.failed_vote(names[found.signer], counts, self.talks.rules.returns + 1)

    def turning(self, package: int | None) -> str:
        """What would turn the vote on a package that fails at home; nothing to say of one that passes."""
        if package is None or package == 0 or self.passes(package):
            return ""
        preferences = self.table.preferences
        found = compensation(preferences, self.party, package)
        group = marginal_group(preferences, self.party, package)
        paid = tuple((negotiate.group(name), loss) for name, loss in found.payments or ())
        return negotiate.turning(group and negotiate.group(group), paid, found.reason, self.digits)

    def crossed(self, package: int | None) -> tuple[str, ...]:
        """The red lines of the own mandate that a package crosses, in words."""
        if package is None:
            return ()
        lines = self.table.scenario.seats[self.party].red_lines
        return tuple(line.text for line in lines if not kept(self.table.agenda, (line,))[package])

    def shares(self) -> tuple[Share, ...]:
        """All packages by what this side alone can tell: better than walking away, passing at home, within its limits.

        What crosses a red line is a part of its own: it cannot be signed, even where it is better and passes.
        """
        preferences, red_lines = self.table.preferences, self.table.scenario.seats[self.party].red_lines
        wanted = preferences.values[:, self.party] > preferences.walk_away[self.party] + 1e-9
        home, allowed = win_set(preferences, self.party), kept(self.table.agenda, red_lines)
        counts = (wanted & home, home & ~wanted, wanted & ~home, ~wanted & ~home)
        looks = ("agreement", SIDES[self.party], "own", "neither")
        shares = tuple(
            Share(name, int((count & allowed).sum()), look)
            for name, count, look in zip(ALONE, counts, looks, strict=True)
        )
        return (*shares, Share(BARRED, int((~allowed).sum()), "barred")) if red_lines else shares


def change(table: Table, party: int, talks: Talks, seen: int) -> Change:
    """What the shocks after the first `seen` have changed for a side; `table` is the one before any shock."""
    before, now = (Side(table.after(shocks), party, talks) for shocks in (talks.shocks[:seen], talks.shocks))
    facing = link.facing(talks, party)
    return Change(
        scored=table.scenario.scored,
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


def voices(table: Table, party: int, packages: Sequence[int | None]) -> tuple[Voice, ...]:
    """How the groups of a country stand on some packages, and what they gain by them."""
    preferences = table.preferences
    return tuple(
        Voice(
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


def sections(table: Table, rows: Sequence[Row]) -> tuple[Section, ...]:
    """Lines under the party that concedes them; those of both, and of a country that is both, stand last."""
    agenda, countries = table.agenda, table.scenario.countries
    sole = [country.role if country.role in ROLES else None for country in countries]
    mine = [[row for row in rows if agenda.ladders[row.place].conceded_by == role] for role in sole]
    ours = [row for row in rows if not any(row in own for own in mine)]
    found = [
        Section(negotiate.commits(country.name), SIDES[at], tuple(own))
        for at, (country, own) in enumerate(zip(countries, mine, strict=True))
    ]
    return tuple(section for section in (*found, Section(negotiate.BOTH_COMMIT, "ink", tuple(ours))) if section.rows)


def request_rows(side: Side, asked: Sequence[int]) -> tuple[Row, ...]:
    """The board while requests are written: what to ask for, at least."""
    rows: list[Row] = []
    for at, item in enumerate(side.table.agenda.ladders):
        size = side.table.agenda.shape[at]
        choices = [Choice(0, negotiate.NOTHING)]
        choices += [Choice(level, f"at least: {item.levels[level]}") for level in range(1, size)]
        yours = negotiate.level(item, asked[at]) if asked[at] else negotiate.NOTHING
        rows.append(
            Row(
                at,
                negotiate.line(item),
                negotiate.level(item, 0),
                negotiate.UNDER_SEAL,
                yours,
                level=asked[at],
                choices=tuple(choices),
            )
        )
    return tuple(rows)


def draft_rows(side: Side, draft: Sequence[int]) -> tuple[Row, ...]:
    """The board while drafts are written and bargained over."""
    talks, party, agenda = side.talks, side.party, side.table.agenda
    theirs, before = _their_side(side)
    mine = link.last(talks, party)
    said = None if mine is None else agenda.levels(mine)
    least = link.least(talks, party)
    facing = link.facing(talks, party)
    able = Offer in legal(talks, party)
    rows: list[Row] = []
    for at, item in enumerate(agenda.ladders):
        rows.append(
            Row(
                place=at,
                name=negotiate.line(item),
                today=negotiate.level(item, 0),
                theirs=_short(item, theirs, at),
                yours=negotiate.level(item, draft[at]),
                theirs_before=_short(item, before, at),
                yours_before=None if said is None else negotiate.level(item, said[at]),
                level=draft[at],
                choices=_choices(side, draft, at, least.get(at, 0)) if able else (),
                agreed=facing is not None and theirs is not None and theirs[at] == draft[at] > 0,
            )
        )
    return tuple(rows)


def _short(item: Any, levels: Sequence[int | None] | None, at: int) -> str | None:
    level = None if levels is None else levels[at]
    return None if level is None else negotiate.level(item, level)


def _their_side(side: Side) -> tuple[Sequence[int | None] | None, Sequence[int | None] | None]:
    """What the other side offers and what that replaces; before drafts are opened, what it asks for."""
    talks, other, agenda = side.talks, 1 - side.party, side.table.agenda
    if talks.phase is Phase.OFFER:
        asked = dict(talks.requests[other] or ()) if talks.requests else {}
        return [asked.get(at) for at in range(len(agenda.ladders))], None
    package = link.facing(talks, side.party)
    if package is None:
        return None, None
    before = link.last(talks, other, back=1)
    return agenda.levels(package), None if before is None else agenda.levels(before)


def _choices(side: Side, draft: Sequence[int], at: int, least: int) -> tuple[Choice, ...]:
    """The levels of one line in full words, each with what the whole draft would be worth with it."""
    agenda = side.table.agenda
    item = agenda.ladders[at]
    found: list[Choice] = []
    for level in range(agenda.shape[at]):
        levels = [*draft[:at], level, *draft[at + 1 :]]
        worth = screen.number(side.gain(agenda.package(levels)) or 0.0, side.digits, plus=True)
        found.append(Choice(level, f"{item.levels[level]} (draft {worth})", level >= least))
    return tuple(found)


def watch_rows(table: Table, talks: Talks) -> tuple[Row, ...]:
    """The board for somebody who watches: the last offer of either side, and what it replaced."""
    agenda = table.agenda
    sides = [[_levels(table, link.last(talks, party, back)) for back in (0, 1)] for party in (0, 1)]
    rows: list[Row] = []
    for at, item in enumerate(agenda.ladders):
        (host, host_before), (origin, origin_before) = ([_short(item, levels, at) for levels in each] for each in sides)
        (now, _), (also, _) = sides
        agreed = now is not None and also is not None and now[at] == also[at] > 0
        rows.append(
            Row(
                at,
                negotiate.line(item),
                negotiate.level(item, 0),
                host,
                origin,
                host_before,
                origin_before,
                agreed=agreed,
            )
        )
    return tuple(rows)


def _levels(table: Table, package: int | None) -> tuple[int, ...] | None:
    return None if package is None else table.agenda.levels(package)


def brief(table: Table, party: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a delegation reads before it speaks: what everybody knows, and what is for its eyes only."""
    seat, countries = table.scenario.seats[party], table.scenario.countries
    names = {item.key: item.name for item in table.agenda.ladders}
    walk = screen.number(float(table.preferences.walk_away[party]), 1)
    public = [f"{country.name}: {country.public.strip()}" for country in countries if country.public]
    return (
        (negotiate.PUBLIC, tuple(public) or (table.scenario.summary.strip(),)),
        (negotiate.CONFIDENTIAL, (seat.confidential.strip(),) if seat.confidential.strip() else ()),
        (negotiate.LIMITS, tuple(line.text for line in seat.red_lines)),
        (negotiate.WANTED, tuple(names[key] for key in seat.priorities)),
        (negotiate.WITHOUT, (f"{seat.reason.capitalize()}: {walk} {negotiate.unit(table.preferences.unit)}.",)),
    )
