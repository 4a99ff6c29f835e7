"""The review of a case for `winset scenarios check`: counts over all packages, and checks of its design.

A scored case has the design checks a to d. A case whose values come from the economy has a, b and d, and where its
packages are signed texts the checks of the lines h to j (`negotiation.outcome.line_checks`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias, cast

import numpy as np

from games.display import sentences_html, table_html
from games.documents import Document, JsonObject, Limits
from games.errors import Problem
from games.visible_text import visible
from negotiation.agenda.package_grid import Agenda
from negotiation.outcome.design_checks import DesignCheck, PackageCounts, count_packages, design_checks
from negotiation.outcome.line_checks import check_lines
from negotiation.preferences.mandates import within_red_lines
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import mutually_preferred
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario
from scenarios.valuation import preferences, require_agenda

HINT = 'change the points, or write why the case is exempt: [teaching] demonstration = {{ {letter} = "..." }}'
LINES_HINT = "take the line out of agenda.ladders, with its level in [agenda.fixed], or change agenda.stake"
STRUCTURAL_CHECKS = ("a", "b", "d")
"""The design checks of a case whose values come from the economy: its Nash package may lie at the ends of its lines."""


CheckLetter: TypeAlias = Literal["a", "b", "c", "d", "h", "i", "j"]
Count = Annotated[int, Limits(minimum=0)]
PackageLevels = tuple[tuple[Annotated[int, Limits(minimum=0)], ...], ...]
"""Packages, each as one level a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedCheck(Document):
    """One of the design checks."""

    check: CheckLetter
    """Its letter."""
    passed: bool
    """Whether the check holds; under an exemption, whether it fails as the exemption states."""
    measured: float
    """The number that was compared with the limit of the check."""
    text: str
    """What was measured, in words."""
    exempt: str | None
    """Why the case is exempt from the check; null where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDocument(Document):
    """The counts of a case over all its packages, and the results of the checks of its design."""

    ok: bool
    """Whether every check holds, or fails as its exemption states."""
    count: Annotated[int, Limits(minimum=1)]
    """Number of packages."""
    beat_walk_away: Count
    """Packages that are worth more than its walk-away value to every seat."""
    beat_without_side_payments: Count
    """Those among them that contain no side payment."""
    within_mandates: Count
    """Packages that beat every walk-away value and cross no red line of any seat."""
    ratifiable: Count
    """Packages that beat every walk-away value and that every country ratifies."""
    nash: PackageLevels
    """The packages with the largest product of gains among those that beat the walk-away, all ties."""
    best_ratifiable: PackageLevels
    """The same, among those that every country ratifies."""
    largest_total: float
    """The largest sum of seats and migrants over all packages."""
    design_checks: tuple[ReviewedCheck, ...]
    """Results of the design checks, a to d, and of the lines, h to j."""


@dataclass(frozen=True, slots=True)
class Review:
    """The counts of a case over all packages, and the results of the checks of its design."""

    scenario: Scenario
    tally: PackageCounts
    """Counts over all packages."""
    within_mandates: int
    """Packages that beat every walk-away value and cross no red line of any seat."""
    checks: tuple[DesignCheck, ...]
    """Results of the design checks, a to d, and of the lines, h to j."""

    @property
    def ok(self) -> bool:
        """Whether every check holds, or fails as its exemption states."""
        return all(check.passed for check in self.checks)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The checks that do not hold, each as a problem of the file's agenda."""
        place = f"{self.scenario.path or self.scenario.name}:agenda"
        return tuple(
            Problem(place, f"design check {check.letter}: {check.text}", self._hint(check.letter))
            for check in self.checks
            if not check.passed
        )

    def __repr__(self) -> str:
        """The counts, and whether each check holds."""
        counted = self.tally
        told = ", ".join(f"{check.letter} {'holds' if check.passed else 'fails'}" for check in self.checks)
        numbers = f"{counted.packages:,} packages, {counted.beat_walk_away:,} beat every walk-away"
        return (
            f"Review of {visible(self.scenario.name)}: {numbers}, {counted.ratifiable:,} ratifiable\n  checks: {told}"
        )

    def _repr_html_(self) -> str:
        """The checks as a table."""
        rows = [(check.letter, "holds" if check.passed else "fails", check.text) for check in self.checks]
        return sentences_html(repr(self).splitlines()[:1]) + table_html("Design checks", ("Check", "", "Why"), rows)

    def document(self) -> ReviewDocument:
        """Return the review as it stands in `winset scenarios check --json`."""
        agenda, counted = require_agenda(self.scenario), self.tally
        return ReviewDocument(
            ok=self.ok,
            count=counted.packages,
            beat_walk_away=counted.beat_walk_away,
            beat_without_side_payments=counted.beat_without_side_payments,
            within_mandates=self.within_mandates,
            ratifiable=counted.ratifiable,
            nash=tuple(agenda.levels(package) for package in counted.nash),
            best_ratifiable=tuple(agenda.levels(package) for package in counted.best_ratifiable),
            largest_total=counted.largest_total,
            design_checks=tuple(self._checks()),
        )

    def to_dict(self) -> JsonObject:
        """Return the review as plain JSON values."""
        return self.document().to_dict()

    def _hint(self, letter: str) -> str:
        return HINT.format(letter=letter) if self.scenario.has_points else LINES_HINT

    def _checks(self) -> Iterator[ReviewedCheck]:
        """The checks, each with the reason of an exemption."""
        reasons = dict(self.scenario.teaching.demonstration if self.scenario.teaching else ())
        for check in self.checks:
            yield ReviewedCheck(
                check=cast("CheckLetter", check.letter),
                passed=check.passed,
                measured=check.measured,
                text=check.text,
                exempt=reasons.get(check.letter),
            )


def review(scenario: Scenario | ScenarioSource) -> Review | None:
    """Count the packages of a case and run the checks of its design.

    Parameters
    ----------
    scenario
        A scenario, or what `read` accepts.

    Returns
    -------
    Review or None
        None for a case without an agenda.

    Raises
    ------
    InputError
        If the scenario cannot be read.
    """
    scenario = as_scenario(scenario)
    if scenario.agenda is None:
        return None
    agenda, worth = require_agenda(scenario), preferences(scenario)
    checks = design_checks if scenario.has_points else _structural_checks
    exempt = [letter for letter, _ in scenario.teaching.demonstration] if scenario.teaching else []
    return Review(
        scenario=scenario,
        tally=count_packages(agenda, worth),
        within_mandates=_within_mandates(scenario, agenda, worth),
        checks=checks(agenda, worth, exempt),
    )


def _structural_checks(agenda: Agenda, worth: Preferences, exempt: Collection[str]) -> tuple[DesignCheck, ...]:
    """The design checks of a case whose values come from the economy, and those of the lines of a signed text."""
    checks = tuple(check for check in design_checks(agenda, worth, exempt) if check.letter in STRUCTURAL_CHECKS)
    return checks if worth.status_quo is not None else (*checks, *check_lines(agenda, worth))


def _within_mandates(scenario: Scenario, agenda: Agenda, worth: Preferences) -> int:
    """Number of packages that beat every walk-away value and cross no red line."""
    lines = [line for seat in scenario.seats for line in seat.red_lines]
    return int(np.count_nonzero(mutually_preferred(worth) & within_red_lines(agenda, lines)))
