"""The figures of `winset demo`: a corridor at today's number of migrants, with half as many again, and twice as many.

All are computed from the corridor itself. They do not depend on the agenda of a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from economy.accounts.documents import (
    AccountDocuments,
    AccountSumsDocument,
    account_documents,
    account_sums,
)
from economy.corridors.fitting import Corridor
from economy.corridors.limits import LEVIES, limits_if_covered
from economy.evidence.unlikeness import trace_unlikeness
from economy.model.payoffs import classify_games, solve_with_accounts
from economy.parameters import Parameters
from economy.policy.windows import remedy_window
from games.documents import Document
from games.two_by_two.taxonomy import ClassName
from negotiation.preferences.values import sum_by_voting_group, voting_groups

EXPANSIONS = np.array([0.0, 0.5, 1.0])
"""The steps of the story: today's number, half as many again, twice as many."""
LEVY = 0.10
"""The levy for which the accounts are shown, share of earnings abroad; the host keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDocument(Document):
    """A treaty about one number of migrants, managed by both governments; changes are from today."""

    expansion: float
    """People beyond today's number, share of that number."""
    people: float
    """People beyond today's number."""
    class_: ClassName
    """Class of the game about this number."""
    payoffs: tuple[float, float]
    """Payoffs of the host's and the origin's government, % of own GDP."""
    host_alone: float
    """Payoff of the host's government if it alone admits this number, % of its GDP."""
    host_prefers_today: bool
    """Whether the host's government is better off with today's number, whatever the origin does."""
    levy_window: tuple[float, float] | None
    """Smallest and largest levy at which the treaty enforces itself, share of earnings abroad; null if none does."""
    accounts: AccountDocuments
    """The money accounts, in % of the pair's GDP."""
    sums: AccountSumsDocument
    """Their sum, and what it leaves after the cost of moving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyDocument(Document):
    """Twice today's number with a levy on earnings abroad that the host keeps."""

    share: float
    """The levy, share of earnings abroad."""
    payoffs: tuple[float, float]
    """Payoffs of the host's and the origin's government, % of own GDP."""
    accounts: AccountDocuments
    """The money accounts, in % of the pair's GDP."""
    sums: AccountSumsDocument
    """Their sum, and what it leaves after the cost of moving."""
    below_today: tuple[Mapping[str, float], Mapping[str, float]]
    """Groups of the host and of the origin that are below today, by name, % of own GDP; the largest loss first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsDocument(Document):
    """For how many people beyond today's number a treaty holds, share of that number; null if for none."""

    covered: float
    """Share of today's migrants whom the treaty reaches."""
    without_levy: float | None
    """Largest number without a payment."""
    with_levy: float | None
    """Largest number with the best levy up to `largest_levy`."""
    largest_levy: float
    """Largest levy that is tried, share of earnings abroad."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDocument(Document):
    """A corridor at today's number of migrants and beyond."""

    corridor: str
    """ISO codes of origin and host."""
    people_today: int
    """People from the origin who live in the host."""
    share_of_workers: float
    """The same, share of the host's workers."""
    share_of_willing: float
    """The same, share of those who would come if the border were open and nobody managed it."""
    steps: tuple[StepDocument, ...]
    """Today's number, half as many again, twice as many."""
    levy: LevyDocument
    """Twice as many, with a levy."""
    limits: LimitsDocument
    """How far a treaty holds that reaches all."""
    newcomers_only: LimitsDocument
    """How far a treaty holds that reaches newcomers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlikeDocument(Document):
    """Two countries, from alike to as unlike as Alonso's rich and poor pair; % of the pair's GDP."""

    degrees: tuple[float, ...]
    """How unlike they are: 0 is the symmetric pair of the annex, 1 the asymmetric one."""
    potential_gross: tuple[float, ...]
    """Gross gain of GDP at full opening."""
    full_net: tuple[float, ...]
    """Welfare at full opening."""
    best_net: tuple[float, ...]
    """Largest net gain of any opening."""
    share_net: tuple[float, ...]
    """Part of it that both sign."""


def compare_pairs() -> UnlikeDocument:
    """Solve pairs of countries from alike to unlike: what could be gained, and the part that both sign."""
    curve = trace_unlikeness()
    gains = curve.gains
    return UnlikeDocument(
        degrees=tuple(round(float(degree), 3) for degree in curve.degrees),
        potential_gross=tuple(gains.potential_gross.tolist()),
        full_net=tuple(gains.net[:, -1].tolist()),
        best_net=tuple(gains.best_net.tolist()),
        share_net=tuple(gains.share_net.tolist()),
    )


def tell_corridor(found: Corridor) -> StoryDocument:
    """Solve a corridor with migrants today at the numbers of the story.

    Parameters
    ----------
    found
        A corridor of the kind "today".

    Returns
    -------
    StoryDocument
        All figures of the story.
    """
    p, people = found.parameters, found.migrants[0]
    return StoryDocument(
        corridor=found.code,
        people_today=people,
        share_of_workers=found.stock[0],
        share_of_willing=float(np.asarray(p.today)),
        steps=_steps(p, people),
        levy=_levy(p.replace(expansion=float(EXPANSIONS[-1]), tax=LEVY)),
        limits=_limits(p, 1.0),
        newcomers_only=_limits(p, 0.0),
    )


def _steps(p: Parameters, people: int) -> tuple[StepDocument, ...]:
    """Treaties about each of `EXPANSIONS`."""
    moved = p.replace(expansion=EXPANSIONS)
    stakes, accounts = solve_with_accounts(moved)
    window, classes, host = remedy_window(moved), classify_games(stakes), stakes.payoffs[:, 0]
    open_, closed = host[:, 0], host[:, 1]
    return tuple(
        StepDocument(
            expansion=float(level),
            people=float(level) * people,
            class_=cast("ClassName", str(classes[at])),
            payoffs=_pair(stakes.payoffs[at, :, 0, 0]),
            host_alone=float(host[at, 0, 1]),
            host_prefers_today=bool((closed[at] > open_[at]).all()),
            levy_window=None if np.isnan(window.low[at]) else (float(window.low[at]), float(window.high[at])),
            accounts=account_documents(accounts[at].cell(0, 0)),
            sums=account_sums(accounts[at].cell(0, 0)),
        )
        for at, level in enumerate(EXPANSIONS)
    )


def _pair(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _levy(p: Parameters) -> LevyDocument:
    stakes, accounts = solve_with_accounts(p)
    cell = accounts.cell(0, 0)
    groups = stakes.cell(0, 0).groups
    return LevyDocument(
        share=float(np.asarray(p.tax)),
        payoffs=_pair(stakes.payoffs[:, 0, 0]),
        accounts=account_documents(cell),
        sums=account_sums(cell),
        below_today=(_below(p, 0, groups[0]), _below(p, 1, groups[1])),
    )


def _below(p: Parameters, country: int, groups: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> dict[str, float]:
    """Voting groups of a country that lose, the largest loss first; workers by their skill."""
    voting = voting_groups(p, country)
    changes = zip(voting, sum_by_voting_group(groups, voting).tolist(), strict=True)
    lost = sorted((change, group.members[0] if "labour" in group.key else group.key) for group, change in changes)
    return {name: change for change, name in lost if change < 0}


def _limits(p: Parameters, covered: float) -> LimitsDocument:
    limits = limits_if_covered(p, covered)
    return LimitsDocument(
        covered=covered,
        without_levy=_number(limits.self_enforcing),
        with_levy=_number(limits.self_enforcing_with_levy),
        largest_levy=float(LEVIES.max()),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
