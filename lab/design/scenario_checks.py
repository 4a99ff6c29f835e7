"""Check a design against its scenario: read the scenario for every arm with every factor at its ends.

A problem of the scenario is reported at the factor or the arm that causes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from games.errors import InputError, Problem
from lab.design.cases import Design
from lab.design.factors import Settings
from lab.design.measure_columns import find_measure
from scenarios.reading.overlay import CHANGE_LABEL
from scenarios.scenario import Scenario


def scenario_problems(design: Design, label: str) -> Iterator[Problem]:
    """Yield the problems of the scenario when the settings of a design are applied to it.

    The scenario is read for every arm (variant that is compared), with every factor at its ends, and the names of the
    measures are looked up. A problem is placed at the factor or arm that causes it; `label` begins such places.
    """
    first = {factor.key: factor.values_to_check[0] for factor in design.factors}
    for arm in design.arms:
        fixed = dict(arm.settings)
        yield from _read(design, label, first | fixed)
        for factor in design.factors:
            for value in factor.values_to_check[1:]:
                yield from _read(design, label, first | {factor.key: value} | fixed)
    # If a setting fails (reported above), the scenario without settings may still be read to check the measures.
    scenario = _readable(design, first | dict(design.arms[0].settings)) or _readable(design, {})
    if scenario is None:
        return
    for name in design.measures:
        yield from _unmeasured(design, label, name, scenario)


def _read(design: Design, label: str, settings: Settings) -> Iterator[Problem]:
    try:
        design.draft.read(settings.items())
    except InputError as error:
        for problem in error.problems:
            # The scenario's messages name `--set KEY`; here they must name the key of a factor or an arm.
            hint = problem.hint.replace(CHANGE_LABEL, "").replace("=...", "")
            yield _blamed(
                design, label, settings, Problem(_replaced(design, label, problem.place), problem.reason, hint)
            )


def _blamed(design: Design, label: str, settings: Settings, problem: Problem) -> Problem:
    """The problem moved to the factor or arm that causes it, unless the scenario's own file is wrong.

    A setting is the cause if the problem disappears without it.
    """
    place, reason, hint = problem
    if place.startswith(label) or (place, reason) in _problems(design, {}):
        return problem
    for key, value in settings.items():
        if (place, reason) in _problems(design, {other: settings[other] for other in settings if other != key}):
            continue
        spelt = json.dumps(value, ensure_ascii=False)
        instead = f", or {hint} there (an arm's set, or a case of your own)" if hint else ""
        return Problem(
            _replaced(design, label, f"{CHANGE_LABEL}{key}"),
            f"with {key} = {spelt}, {place} {reason}",
            f"leave {spelt} out{instead}",
        )
    return problem


def _problems(design: Design, settings: Settings) -> frozenset[tuple[str, str]]:
    """Place and reason of every problem of the scenario with these settings."""
    try:
        design.draft.read(settings.items())
    except InputError as error:
        return frozenset((place, reason) for place, reason, _ in error.problems)
    return frozenset()


def _readable(design: Design, settings: Settings) -> Scenario | None:
    try:
        return design.draft.read(settings.items())
    except InputError:
        return None


def _replaced(design: Design, label: str, place: str) -> str:
    """The place in the design file that corresponds to `--set KEY` in a problem of the scenario."""
    if not place.startswith(CHANGE_LABEL):
        return place
    key = place.removeprefix(CHANGE_LABEL)
    varied = next((factor for factor in design.factors if factor.key == key), None)
    if varied is not None:
        return f"{label}:factor.{varied.name}"
    arm = next((arm for arm in design.arms if key in dict(arm.settings)), None)
    return place if arm is None else f"{label}:arm.{arm.name}.set.{key}"


def _unmeasured(design: Design, label: str, name: str, scenario: Scenario) -> Iterator[Problem]:
    try:
        find_measure(design.kind, name, scenario)
    except InputError as error:
        yield from (Problem(f"{label}:measure", f"{name} {reason}", hint) for _, reason, hint in error.problems)
