"""What one seat may know while the talks go on: its own values and votes, and the talks as it sees them.

`SeatView` is the one source of the facts that a screen, or another client, may show to a seat. It uses no value, no
vote and no win-set of the other side: with these spoilt, every answer is the same. Facts are numbers and typed
values; views turn them into texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.table import NegotiationTable
from negotiation.preferences.mandates import within_red_lines
from negotiation.protocols import history
from negotiation.protocols.home_vote import count_votes
from negotiation.protocols.state import Talks
from negotiation.ratification.compensation import compensation
from negotiation.ratification.win_sets import VALUE_TOLERANCE, marginal_group, win_set
from scenarios.scenario import Seat


class OfferValue(NamedTuple):
    """One offer of the talks, in the values of the seat."""

    party: int
    """Number of the party that made it."""
    round: int
    """Its round; 0 for a sealed first draft."""
    gain: float
    """Own value above walking away."""


class GroupPosition(NamedTuple):
    """The position of an own group on one package."""

    vote: int
    """1 for, -1 against, 0 abstention."""
    change: float
    """The group's gain or loss."""


class OwnGroup(NamedTuple):
    """A group at home, with its position on some packages."""

    key: str
    """Key of the model's group, or the name of a group of the case."""
    votes: int
    positions: tuple[GroupPosition | None, ...]
    """One per package; None where there is no package."""


class HomeVote(NamedTuple):
    """How the own country would vote on a package."""

    yes: int
    no: int
    passes: bool


class VoteForecast(NamedTuple):
    """How the own country would vote on the package on the table, and what a failed vote would lead to."""

    vote: HomeVote
    failed: int
    """Number of votes at home that have failed before."""
    left: int
    """Number of further failed votes after which the talks go on; 0 when the next failed vote ends them."""
    is_last: bool
    """Whether no turn is left after this one."""


class VoteTurning(NamedTuple):
    """What would turn a vote at home that fails."""

    group: str | None
    """Key of the group whose vote alone would turn it; None when there is none."""
    payments: tuple[tuple[str, float], ...]
    """Cheapest compensation as (key of the group, its loss); empty when there is none."""
    reason: str | None
    """Why there is no compensation; None when there is one."""


class PackageSplit(NamedTuple):
    """Numbers of packages by what the seat can tell; the first four count those that cross no own red line."""

    signable: int
    """Better than walking away, and ratified at home."""
    passing: int
    """Ratified at home, and not better than walking away."""
    better: int
    """Better than walking away, and not ratified at home."""
    neither: int
    barred: int
    """Those that cross an own red line: they cannot be signed, even if they are better and would pass."""


class SeatPosition(NamedTuple):
    """What the seat could reach after some shocks."""

    signable: int
    """Number of packages that are better than walking away, ratified at home and within the own red lines."""
    best: float
    """Largest own value of any package, above walking away."""
    facing: float | None
    """Own value of the other side's package on the table, above walking away; None when there is none."""
    passes: bool
    """Whether the own groups would ratify that package."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """One party's view: its own values and its own country, and the talks as it sees them."""

    table: NegotiationTable
    """The table after the shocks that count."""
    party: int
    """Number of the party, 0 or 1."""
    talks: Talks
    """The talks as this party sees them."""

    @property
    def names(self) -> tuple[str, str]:
        """Name of the own country, then of the other."""
        parties = self.table.preferences.parties
        return parties[self.party], parties[1 - self.party]

    @property
    def seat(self) -> Seat:
        """The own delegation: brief, red lines and priorities."""
        return self.table.scenario.seats[self.party]

    @property
    def unit(self) -> str:
        """Unit of own values."""
        return self.table.preferences.unit

    @property
    def walk_away(self) -> float:
        """Own value without a deal."""
        return float(self.table.preferences.walk_away[self.party])

    @property
    def range(self) -> tuple[float, float]:
        """Smallest and largest own value of any package above walking away."""
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

    def offer_values(self) -> tuple[OfferValue, ...]:
        """Return all offers so far, of both sides, in own values."""
        offers = history.list_offers(self.talks)
        return tuple(OfferValue(each.party, each.round, self.gain(each.package) or 0.0) for each in offers)

    def own_groups(self, packages: Sequence[int | None]) -> tuple[OwnGroup, ...]:
        """Return the own groups with their positions on some packages."""
        preferences = self.table.preferences
        votes, stakes = preferences.votes[self.party], preferences.stakes[self.party]
        return tuple(
            OwnGroup(
                key,
                preferences.weights[self.party][at],
                tuple(
                    None if package is None else GroupPosition(int(votes[package, at]), float(stakes[package, at]))
                    for package in packages
                ),
            )
            for at, key in enumerate(preferences.groups[self.party])
        )

    def home_vote(self, package: int) -> HomeVote:
        """Return how the own country would vote on a package."""
        preferences = self.table.preferences
        counts = count_votes(preferences.weights[self.party], preferences.votes[self.party][package].tolist())
        return HomeVote(*counts, self.passes(package))

    def vote_forecast(self) -> VoteForecast | None:
        """Return how the own country would vote on the package on the table; None when there is none."""
        package = history.find_facing_offer(self.talks, self.party)
        if package is None:
            return None
        failed = len(self.talks.rejected)
        left = self.talks.rules.returns - failed
        return VoteForecast(self.home_vote(package), failed, left, history.is_last_move(self.talks))

    def vote_turning(self, package: int | None) -> VoteTurning | None:
        """Return what would turn the vote on a package that fails at home; None where none is needed."""
        if package is None or package == self.table.preferences.status_quo or self.passes(package):
            return None
        preferences = self.table.preferences
        found = compensation(preferences, self.party, package)
        return VoteTurning(marginal_group(preferences, self.party, package), found.payments or (), found.reason)

    def red_lines_crossed(self, package: int | None) -> tuple[str, ...]:
        """Return the texts of the own red lines that a package crosses."""
        if package is None:
            return ()
        lines = self.seat.red_lines
        return tuple(line.text for line in lines if not within_red_lines(self.table.agenda, (line,))[package])

    def package_split(self) -> PackageSplit:
        """Return how many packages the seat could sign, and what is missing for the others."""
        preferences = self.table.preferences
        better = preferences.values[:, self.party] > preferences.walk_away[self.party] + VALUE_TOLERANCE
        home = win_set(preferences, self.party)
        allowed = within_red_lines(self.table.agenda, self.seat.red_lines)
        parts = (better & home, home & ~better, better & ~home, ~better & ~home)
        return PackageSplit(*(int((part & allowed).sum()) for part in parts), barred=int((~allowed).sum()))

    def position(self) -> SeatPosition:
        """Return what the seat could reach now."""
        facing = history.find_facing_offer(self.talks, self.party)
        return SeatPosition(
            signable=self.package_split().signable,
            best=self.range[1],
            facing=self.gain(facing),
            passes=facing is not None and self.passes(facing),
        )


def positions_around_shocks(
    table: NegotiationTable, party: int, talks: Talks, seen: int
) -> tuple[SeatPosition, SeatPosition]:
    """Return what a seat could reach before some shocks, and after them.

    Parameters
    ----------
    table
        The table before any shock.
    party
        Number of the party, 0 or 1.
    talks
        The talks, with their shocks.
    seen
        Number of shocks that count as before; the later ones are compared with these.

    Returns
    -------
    tuple[SeatPosition, SeatPosition]
        The positions after the first `seen` shocks and after all.
    """
    before, now = (SeatView(table.after(shocks), party, talks) for shocks in (talks.shocks[:seen], talks.shocks))
    return before.position(), now.position()


def is_same_for_party(table: NegotiationTable, party: int, talks: Talks, seen: int) -> bool:
    """Return whether shocks leave every package with the value and the votes of one party's own groups.

    Parameters
    ----------
    table
        The table before any shock.
    party
        Number of the party, 0 or 1.
    talks
        The talks, with their shocks.
    seen
        Number of shocks that count as before; the later ones are compared with these.

    Returns
    -------
    bool
        False if the value or a vote of one package differs.
    """
    before, now = (table.after(shocks).preferences for shocks in (talks.shocks[:seen], talks.shocks))
    same_values = np.array_equal(before.values[:, party], now.values[:, party])
    return same_values and np.array_equal(before.votes[party], now.votes[party])
