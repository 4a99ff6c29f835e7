"""The review of a scored case for `winset scenarios check`: counts over all packages, and the four design checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from games.display import sentences_html, table_html
from games.errors import Problem
from games.json_values import to_json_value
from games.visible_text import visible
from negotiation.agenda.package_grid import Agenda
from negotiation.outcome.design_checks import DesignCheck, PackageCounts, count_packages, design_checks
from negotiation.preferences.mandates import within_red_lines
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import mutually_preferred
from scenarios.reading import ScenarioSource, as_scenario
from scenarios.scenario import Scenario
from scenarios.valuation import preferences, require_agenda

HINT = 'change the points, or write why the case is exempt: [teaching] demonstration = {{ {letter} = "..." }}'


@dataclass(frozen=True, slots=True)
class Review:
    """The counts of a scored case over all packages, and the results of the four design checks."""

    scenario: Scenario
    tally: PackageCounts
    """Counts over all packages."""
    within_mandates: int
    """Packages that beat every walk-away value and cross no red line of any seat."""
    checks: tuple[DesignCheck, ...]
    """Results of the design checks, a to d."""

    @property
    def ok(self) -> bool:
        """Whether every check holds, or fails as its exemption states."""
        return all(check.passed for check in self.checks)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The checks that do not hold, each as a problem of the file's agenda."""
        place = f"{self.scenario.path or self.scenario.name}:agenda"
        return tuple(
            Problem(place, f"design check {check.letter}: {check.text}", HINT.format(letter=check.letter))
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

    def to_dict(self) -> dict[str, Any]:
        """Return the review as it stands in `winset scenarios check --json`."""
        agenda, counted = require_agenda(self.scenario), self.tally
        return to_json_value(
            {
                "ok": self.ok,
                "count": counted.packages,
                "beat_walk_away": counted.beat_walk_away,
                "beat_without_side_payments": counted.beat_without_side_payments,
                "within_mandates": self.within_mandates,
                "ratifiable": counted.ratifiable,
                "nash": [agenda.levels(package) for package in counted.nash],
                "best_ratifiable": [agenda.levels(package) for package in counted.best_ratifiable],
                "largest_total": counted.largest_total,
                "design_checks": [{**check.to_dict(), "exempt": self._why(check.letter)} for check in self.checks],
            }
        )

    def _why(self, letter: str) -> str | None:
        """The reason why the case is exempt from a check; None if it is not exempt."""
        return dict(self.scenario.teaching.demonstration if self.scenario.teaching else ()).get(letter)


def review(scenario: Scenario | ScenarioSource) -> Review | None:
    """Count the packages of a scored case and run its design checks.

    Parameters
    ----------
    scenario
        A scenario, or what `read` accepts.

    Returns
    -------
    Review or None
        None for a case that is not scored: the design checks do not apply to it.

    Raises
    ------
    InputError
        If the scenario cannot be read.
    """
    scenario = as_scenario(scenario)
    if not scenario.has_points:
        return None
    agenda, worth = require_agenda(scenario), preferences(scenario)
    exempt = [letter for letter, _ in scenario.teaching.demonstration] if scenario.teaching else []
    return Review(
        scenario=scenario,
        tally=count_packages(agenda, worth),
        within_mandates=_within_mandates(scenario, agenda, worth),
        checks=design_checks(agenda, worth, exempt),
    )


def _within_mandates(scenario: Scenario, agenda: Agenda, worth: Preferences) -> int:
    """Number of packages that beat every walk-away value and cross no red line."""
    lines = [line for seat in scenario.seats for line in seat.red_lines]
    return int(np.count_nonzero(mutually_preferred(worth) & within_red_lines(agenda, lines)))
