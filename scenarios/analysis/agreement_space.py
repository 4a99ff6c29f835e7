"""Which packages can be agreed: counts over the whole grid, bargaining solutions, and the win-set of each country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from games.bargaining.frontier import bargaining_points
from games.documents import Document, Limits
from games.short_repr import short_repr
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import (
    VALUE_TOLERANCE,
    marginal_groups,
    mutually_preferred,
    ratifiable,
    win_set,
    zone_of_agreement,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One package of the grid and its values."""

    levels: tuple[int, ...]
    """One level for every ladder of the agenda."""
    values: tuple[float, ...]
    """Values for the governments, in the order of the parties."""
    total: float
    """The sum of the welfare accounts, migrants included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageValuesDocument(Document):
    """One package of the grid and its values."""

    package: tuple[Annotated[int, Limits(minimum=0)], ...]
    """A level for every ladder."""
    values: Mapping[str, float]
    """Values for the governments, by party."""
    total: float
    """Sum of the welfare accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSpaceDocument(Document):
    """Numbers of packages, and bargaining solutions with all their ties."""

    count: Annotated[int, Limits(minimum=1)]
    """Packages of the grid."""
    beat_walk_away: Annotated[int, Limits(minimum=0)]
    """Packages that every government strictly prefers to walking away."""
    beat_without_side_payments: Annotated[int, Limits(minimum=0)]
    """Those of them that have every side-payment ladder at level 0."""
    ratifiable: Annotated[int, Limits(minimum=0)]
    """Those of `beat_walk_away` that every country would ratify."""
    nash: tuple[PackageValuesDocument, ...]
    """Largest product of gains."""
    kalai_smorodinsky: tuple[PackageValuesDocument, ...]
    """Equal shares of each party's largest gain, as far as the grid allows."""
    egalitarian: tuple[PackageValuesDocument, ...]
    """Equal gains, as far as the grid allows."""
    largest_total: tuple[PackageValuesDocument, ...]
    """Largest sum of the welfare accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WinSet(Document):
    """The packages that one country would ratify."""

    size: Annotated[int, Limits(minimum=0)]
    """Number of packages."""
    share: Annotated[float, Limits(minimum=0, maximum=1)]
    """Share of the whole grid, from 0 to 1."""
    marginal_group: str | None
    """The group that is marginal for most of the packages that fail; null if no single group's vote would pass any."""


@dataclass(frozen=True, slots=True)
class AgreementSpace:
    """Figures of an agenda's grid. Bargaining solutions list all ties; their disagreement point is walking away."""

    __repr__ = short_repr

    parties: tuple[str, ...]
    count: int
    """Number of packages of the grid."""
    beat_walk_away: int
    """Packages that every government strictly prefers to walking away; the status quo is never one of them."""
    beat_without_side_payments: int
    """Those of them that have every side-payment ladder at level 0."""
    ratifiable: int
    """Those of `beat_walk_away` that every country would ratify."""
    nash: tuple[Proposal, ...]
    """Largest product of gains."""
    kalai_smorodinsky: tuple[Proposal, ...]
    """Equal shares of each party's largest gain, as far as the grid allows (the smallest share is largest)."""
    egalitarian: tuple[Proposal, ...]
    """Equal gains, as far as the grid allows (the smallest gain is largest)."""
    largest_total: tuple[Proposal, ...]
    """Largest sum of the welfare accounts, whether or not a government would refuse it."""
    win_sets: dict[str, WinSet]
    """By party."""
    zone: int
    """Packages at or above every walk-away value and ratified everywhere. The status quo needs no vote."""

    def document(self) -> AgreementSpaceDocument:
        """Return the block `packages` of `winset analyse --json`."""
        return AgreementSpaceDocument(
            count=self.count,
            beat_walk_away=self.beat_walk_away,
            beat_without_side_payments=self.beat_without_side_payments,
            ratifiable=self.ratifiable,
            nash=self._documents(self.nash),
            kalai_smorodinsky=self._documents(self.kalai_smorodinsky),
            egalitarian=self._documents(self.egalitarian),
            largest_total=self._documents(self.largest_total),
        )

    def _documents(self, proposals: Iterable[Proposal]) -> tuple[PackageValuesDocument, ...]:
        return tuple(
            PackageValuesDocument(
                package=each.levels, values=dict(zip(self.parties, each.values, strict=True)), total=each.total
            )
            for each in proposals
        )


def summarise_packages(agenda: Agenda, preferences: Preferences) -> AgreementSpace:
    """Return the figures of an agenda under these preferences."""
    beaten = mutually_preferred(preferences)
    found = bargaining_points(preferences.values, preferences.walk_away)
    totals = preferences.totals

    def proposals(rows: Iterable[int]) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(agenda.levels(row), tuple(preferences.values[row].tolist()), float(totals[row])) for row in rows
        )

    return AgreementSpace(
        parties=preferences.parties,
        count=agenda.count,
        beat_walk_away=int(beaten.sum()),
        beat_without_side_payments=int((beaten & ~agenda.side_payments()).sum()),
        ratifiable=int(ratifiable(preferences).sum()),
        nash=proposals(found.nash),
        kalai_smorodinsky=proposals(found.kalai_smorodinsky),
        egalitarian=proposals(found.egalitarian),
        largest_total=proposals(np.flatnonzero(totals >= totals.max() - VALUE_TOLERANCE).tolist()),
        win_sets={name: _win_set(preferences, party) for party, name in enumerate(preferences.parties)},
        zone=int(zone_of_agreement(preferences).sum()),
    )


def _win_set(preferences: Preferences, party: int) -> WinSet:
    """The win-set of one country, and the group that is marginal most often."""
    inside, groups = win_set(preferences, party), marginal_groups(preferences, party)
    turning = groups[groups >= 0]
    most = preferences.groups[party][int(np.bincount(turning).argmax())] if turning.size else None
    return WinSet(size=int(inside.sum()), share=float(inside.mean()), marginal_group=most)
