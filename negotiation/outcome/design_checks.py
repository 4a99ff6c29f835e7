"""Counts and design checks of a preset before anybody negotiates it.

The counting rule: a package beats the walk-away when every seat scores more than its walk-away value; the status quo
does not count. The checks show whether an agenda leaves something to negotiate:

    a  to concede everything is not the Nash package
    b  no uniform package, every line at the same level, reaches more than 90 % of the largest joint gain
    c  at least a third of the lines of the Nash package stand between the bottom and the top of their ladders
    d  every line is used in some efficient package that beats the walk-away

Lines that the agenda fixes at level 0 are left out of the checks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.account_names import ACCOUNTS
from games.bargaining.frontier import TOLERANCE, bargaining_points, pareto_efficient
from games.documents import Document
from games.errors import input_error
from games.messages import join_messages, message
from negotiation.agenda.package_grid import Agenda
from negotiation.preferences.values import Floats, Preferences
from negotiation.ratification.win_sets import Mask, mutually_preferred, win_sets

LETTERS = ("a", "b", "c", "d")

MAX_UNIFORM_SHARE = 0.9
"""The largest share of the joint gain that a uniform package may reach."""

EXEMPT = message("exempt")
NOT_NEEDED = message("needs no exemption: take it out")

MIGRANTS = ACCOUNTS[-1]


@dataclass(frozen=True, slots=True)
class UniformPackage:
    """The best package with every line at the same level; lines with fewer levels stand at their top."""

    level: int | None
    """The level; None when no uniform package beats the walk-away."""
    share: float
    """Its joint gain over the walk-away values, as a share of the largest, 0 to 1; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class PackageCounts:
    """The counts of a preset over its whole grid; packages are given by their number in the grid."""

    packages: int
    beat_walk_away: int
    beat_without_side_payments: int
    ratifiable: int
    nash: tuple[int, ...]
    """The packages with the largest product of gains among those that beat the walk-away, all ties."""
    best_ratifiable: tuple[int, ...]
    """The same, among those that every country ratifies."""
    uniform: UniformPackage
    largest_total: float
    """The largest sum of seats and migrants over the whole grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignCheck(Document):
    """One check of a preset's design."""

    check: str
    """Letter of the check."""
    passed: bool
    """Whether the check holds; under an exemption, whether it fails as the exemption states."""
    measured: float
    """What the check compares with its limit."""
    text: str
    """What was measured, in words."""

    @property
    def letter(self) -> str:
        """Letter of the check."""
        return self.check


def nash_packages(preferences: Preferences, among: Mask) -> tuple[int, ...]:
    """The packages with the largest product of gains among those in the mask `among`, all ties.

    Empty when none of them gives every seat its walk-away value.
    """
    rows = np.flatnonzero(among)
    found = bargaining_points(preferences.values[rows], preferences.walk_away).nash
    return tuple(int(rows[at]) for at in found)


def count_packages(agenda: Agenda, preferences: Preferences) -> PackageCounts:
    """Apply the counting rule to a whole grid."""
    beat = mutually_preferred(preferences)
    ratified = beat & win_sets(preferences).all(axis=1)
    return PackageCounts(
        packages=agenda.count,
        beat_walk_away=int(beat.sum()),
        beat_without_side_payments=int((beat & ~agenda.side_payments()).sum()),
        ratifiable=int(ratified.sum()),
        nash=nash_packages(preferences, beat),
        best_ratifiable=nash_packages(preferences, ratified),
        uniform=best_uniform_package(agenda, preferences),
        largest_total=float(_totals(preferences).max()),
    )


def best_uniform_package(agenda: Agenda, preferences: Preferences) -> UniformPackage:
    """The best of the packages with every line at level 1, every line at level 2, and so on."""
    gains = np.where(mutually_preferred(preferences), _gains(preferences), -np.inf)
    largest = gains.max()
    if not np.isfinite(largest):
        return UniformPackage(None, 0.0)
    found = {step: float(gains[_level(agenda, step)] / largest) for step in range(1, max(agenda.shape))}
    best = max(found, key=lambda step: found[step], default=0)
    return UniformPackage(best, found[best]) if found and np.isfinite(found[best]) else UniformPackage(None, 0.0)


def design_checks(agenda: Agenda, preferences: Preferences, exempt: Collection[str] = ()) -> tuple[DesignCheck, ...]:
    """Run the four design checks.

    A preset that demonstrates a failure can be exempt from a check. Then the check passes when it fails, and does not
    pass when it holds, because the exemption is not needed.

    Parameters
    ----------
    agenda
        Agenda of the preset.
    preferences
        Preferences over that agenda.
    exempt
        Letters of the checks that the preset is exempt from.

    Returns
    -------
    tuple[DesignCheck, ...]
        The four checks in the order of their letters.

    Raises
    ------
    InputError
        For a letter in `exempt` that is not a check.
    """
    strangers = sorted(set(exempt) - set(LETTERS))
    if strangers:
        raise input_error("exempt", f"there is no check {strangers[0]!r}", f"write some of: {', '.join(LETTERS)}")
    settled = [agenda.levels(package) for package in nash_packages(preferences, mutually_preferred(preferences))]
    findings = (
        _conceded(agenda, settled),
        _effortless(best_uniform_package(agenda, preferences)),
        _in_between(agenda, settled),
        _unused(agenda, preferences),
    )
    return tuple(
        _check(letter, finding, exempt=letter in exempt) for letter, finding in zip(LETTERS, findings, strict=True)
    )


class _Finding(NamedTuple):
    holds: bool
    measured: float
    text: str


def _check(letter: str, finding: _Finding, *, exempt: bool) -> DesignCheck:
    passed = finding.holds is not exempt
    verdicts = [EXEMPT if passed else NOT_NEEDED] if exempt else []
    return DesignCheck(
        check=letter, passed=passed, measured=finding.measured, text=join_messages("; ", [finding.text, *verdicts])
    )


def _conceded(agenda: Agenda, settled: list[tuple[int, ...]]) -> _Finding:
    lines = _open_lines(agenda)
    below = min((sum(levels[at] < _top(agenda, at) for at in lines) for levels in settled), default=len(lines))
    text = message("{below} of {lines} lines of the Nash package stand below their top", below=below, lines=len(lines))
    return _Finding(below > 0, below, text)


def _effortless(best: UniformPackage) -> _Finding:
    holds = best.share <= MAX_UNIFORM_SHARE + TOLERANCE
    if best.level is None:
        return _Finding(holds, best.share, message("no uniform package beats the walk-away"))
    text = message(
        "every line at level {level} reaches {share} % of the largest joint gain; the most is {most} %",
        level=best.level,
        share=f"{100 * best.share:.0f}",
        most=f"{100 * MAX_UNIFORM_SHARE:.0f}",
    )
    return _Finding(holds, best.share, text)


def _in_between(agenda: Agenda, settled: list[tuple[int, ...]]) -> _Finding:
    lines = _open_lines(agenda)
    between = min((sum(0 < levels[at] < _top(agenda, at) for at in lines) for levels in settled), default=0)
    text = message(
        "{between} of {lines} lines of the Nash package stand between bottom and top; the least is a third",
        between=between,
        lines=len(lines),
    )
    return _Finding(3 * between >= len(lines), between / max(len(lines), 1), text)


def _unused(agenda: Agenda, preferences: Preferences) -> _Finding:
    rows = np.flatnonzero(mutually_preferred(preferences))
    grid = agenda.grid()[rows[pareto_efficient(preferences.values[rows])]]
    never = [agenda.ladders[at].key for at in _open_lines(agenda) if not grid[:, at].any()]
    if not never:
        return _Finding(holds=True, measured=0, text=message("every line is used somewhere"))
    text = message("at level 0 in every efficient package: {lines}", lines=", ".join(never))
    return _Finding(holds=False, measured=len(never), text=text)


def _open_lines(agenda: Agenda) -> list[int]:
    """The places of the lines that can leave level 0."""
    return [at for at, size in enumerate(agenda.shape) if size > 1]


def _top(agenda: Agenda, at: int) -> int:
    return agenda.shape[at] - 1


def _level(agenda: Agenda, step: int) -> int:
    """The package with every line at one level, or at its top where that is lower."""
    return agenda.package([min(step, size - 1) for size in agenda.shape])


def _gains(preferences: Preferences) -> Floats:
    """The joint gain of the seats over their walk-away values, (packages,)."""
    return np.asarray((preferences.values - preferences.walk_away) @ preferences.worth)


def _totals(preferences: Preferences) -> Floats:
    """The sum of the seats and the migrants, (packages,)."""
    seats = np.asarray(preferences.values @ preferences.worth)
    if MIGRANTS not in preferences.accounts_of:
        return seats
    return seats + preferences.accounts[:, preferences.accounts_of.index(MIGRANTS)]
