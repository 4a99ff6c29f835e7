"""Compare the talks of a sweep with three baselines: the Nash package of theory, and two kinds of random play.

    Nash                 a party proposes the computed Nash package and accepts it when it is offered
    zero intelligence    a party draws any package that is better than walking away, all equally likely
                         (Gode and Sunder 1993, constrained traders)
    random mover         a party draws any package at all and accepts with probability 1/2
                         (Gode and Sunder 1993, unconstrained traders)

A baseline plays every seat of a case under the rules of the case; ratification, shocks and deadlines stay as they
are. Each baseline has its own random streams, so it changes no number of the sweep. The distance of a tactic from
the two random baselines is what its strategy adds. Its distance from the Nash baseline is what the tactic does not
reach.

References
----------
Gode, D. K. and Sunder, S. (1993). Allocative efficiency of markets with zero-intelligence traders: market as a partial
substitute for individual rationality. Journal of Political Economy 101(1), 119-137.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray

import agents
from agents.random_streams import stream
from agents.table import NegotiationTable, mover_from_brief, prepare_table
from economy.parameters import Array
from games.bargaining.frontier import bargaining_points
from games.documents import Document, Limits
from games.errors import input_error
from games.messages import Message, join_messages, message, plural_message
from lab.analysis.bootstrap import Interval, ResamplingPlan, bootstrap_interval, resampling_plan
from lab.analysis.comparison import SAME
from lab.analysis.dataset import SweepDataset
from lab.analysis.summaries import ArmSummary
from lab.design.cases import Design, case
from lab.design.measure_columns import measures
from lab.design.result_readers import TalkResult
from negotiation.protocols.engine import legal
from negotiation.protocols.moves import Accept, Move, Offer, Request, Walk, Withdraw
from negotiation.protocols.state import Mover, Phase, View
from negotiation.tactics.brief import Brief, Ranking, rank_packages, restrict_to_offerable
from negotiation.tactics.registry import make_tactic

MOST = 24
"""Default number of cases that every baseline plays, spread over the design. A case takes some tenths of a second."""
MOST_STRAYS = 3
"""Number of differing means that the warning of `describe_unrepresentative_means` lists."""
OURS = message("the sweep")
"""Value of `BaselineMean.who` for the runs of the sweep itself."""
NASH, ZERO_INTELLIGENCE, RANDOM_MOVER = message("Nash"), message("zero intelligence"), message("random mover")
"""Names of the baselines."""

BaselineFactory: TypeAlias = Callable[[NegotiationTable, int, np.random.Generator], Mover]
"""Function that makes the mover of one party. Arguments: the table, the number of the party, and a random generator of
its own.
"""


def _theorist(table: NegotiationTable, party: int, _: np.random.Generator) -> Mover:
    """Make a mover that proposes and accepts the Nash package of the current state of the world.

    The package is computed again after every shock. The mover walks away when no Nash package is left that is better
    than walking away and has not failed at home.
    """

    def made(brief: Brief) -> Mover:
        anything = _anything(brief)

        def move(seen: View) -> Move:
            talks = seen.talks
            if talks.phase is Phase.REQUEST:
                return Request(party, ())
            preferences = table.after(talks.shocks).preferences
            nash = [each for each in bargaining_points(preferences.values, preferences.walk_away).nash if each]
            fresh = [each for each in nash if each not in talks.rejected]
            if not fresh:
                return Walk(party, message("no package is better than walking away for both, or it has failed at home"))
            if talks.standing in fresh and Accept in legal(talks, party):
                return Accept(party)
            open_to_it = restrict_to_offerable(brief, anything, seen).packages
            # After a shock the party's earlier promises can forbid the new package.
            return next((Offer(party, each) for each in fresh if each in open_to_it), Withdraw(party))

        return move

    return mover_from_brief(table, party, made)


def _trader(table: NegotiationTable, party: int, chance: np.random.Generator) -> Mover:
    """Make a mover that plays the registered tactic `random`: constrained zero intelligence."""
    return mover_from_brief(table, party, partial(make_tactic, "random", random=chance))


def _drifter(table: NegotiationTable, party: int, chance: np.random.Generator) -> Mover:
    """Make a mover that draws any package that the rules allow, whatever its value."""

    def made(brief: Brief) -> Mover:
        anything = _anything(brief)

        def move(seen: View) -> Move:
            if seen.talks.phase is Phase.REQUEST:
                return Request(party, ())
            if Accept in legal(seen.talks, party) and chance.random() < 0.5:
                return Accept(party)
            allowed = restrict_to_offerable(brief, anything, seen).packages
            return Offer(party, int(chance.choice(allowed))) if allowed.size else Withdraw(party)

        return move

    return mover_from_brief(table, party, made)


def _anything(brief: Brief) -> Ranking:
    """Return the ranking of all packages except the status quo."""
    return rank_packages(brief.values, np.ones(brief.values.size, dtype=bool), brief.status_quo)


BASELINES: Mapping[str, BaselineFactory] = MappingProxyType(
    {NASH: _theorist, ZERO_INTELLIGENCE: _trader, RANDOM_MOVER: _drifter}
)
"""Makers of movers by the name of the baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineMean(Document):
    """Mean of one measure in one arm, of the sweep or of a baseline, over the same cases."""

    measure: str
    who: str
    """`OURS`, or the name of a baseline."""
    arm: str
    interval: Interval | None
    """Mean with its interval; None where no case has a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineCasesDocument(Document):
    """How many cases every baseline plays in each arm."""

    points: Annotated[int, Limits(minimum=1)]
    """Number of points that are played."""
    of_points: Annotated[int, Limits(minimum=1)]
    """Number of points in the design."""
    replicates: Annotated[int, Limits(minimum=1)]
    """Number of replicates of each of these points."""
    of_replicates: Annotated[int, Limits(minimum=1)]
    """Number of replicates in the design."""


@dataclass(frozen=True, slots=True)
class BaselineCases:
    """The cases of a sweep that every baseline (a simple rule in place of the tactics) plays, in every arm."""

    points: tuple[int, ...]
    """Numbers of the chosen points in the design."""
    of_points: int
    """Number of points in the design."""
    replicates: int
    """Number of replicates of each chosen point; the first ones are taken."""
    of_replicates: int
    """Number of replicates in the design."""

    @property
    def description(self) -> Message:
        """Return how many points and replicates of the sweep the baselines play, as a text for people."""
        return plural_message(
            "{points} of {all_points} points, {number} replicate",
            "{points} of {all_points} points, {number} replicates",
            self.replicates,
            points=f"{len(self.points):,}",
            all_points=f"{self.of_points:,}",
        )

    def document(self) -> BaselineCasesDocument:
        """Return how many points and replicates of the sweep the baselines play, for the JSON report."""
        return BaselineCasesDocument(
            points=len(self.points),
            of_points=self.of_points,
            replicates=self.replicates,
            of_replicates=self.of_replicates,
        )


def spread_cases(design: Design, most: int = MOST, among: Sequence[int] | None = None) -> BaselineCases:
    """Choose the cases of a design that the baselines (simple rules in place of the tactics) play.

    Points come first, at equal steps through the design. What is left of the budget adds replicates.

    Parameters
    ----------
    design
        Design of the sweep.
    most
        Largest number of cases over all arms. At least one point is played in every arm, even if that exceeds `most`.
    among
        Numbers of the points that may be played; None allows every point of the design.

    Returns
    -------
    BaselineCases
        Chosen points and number of replicates. It holds no point when `among` is empty.
    """
    open_to_it = np.arange(design.length) if among is None else np.array(among, dtype=np.int64)
    a_arm = max(most // len(design.arms), 1)
    wanted = min(a_arm, len(open_to_it))
    picked = np.unique(np.linspace(0, len(open_to_it) - 1, wanted).round().astype(np.int64))
    replicates = min(design.replicates, max(a_arm // max(len(picked), 1), 1))
    return BaselineCases(tuple(open_to_it[picked].tolist()), design.length, replicates, design.replicates)


def choose_baseline_cases(found: SweepDataset, most: int = MOST) -> BaselineCases | None:
    """Choose the cases of a sweep that the baselines (simple rules in place of the tactics) play.

    Only points with at least one successful run are chosen. Returns None for a sweep of theory (kind `analyse`) and
    where no point has a successful run. `most` is the largest number of cases, as for `spread_cases`.
    """
    if found.design.kind != "simulate":
        return None
    points = np.flatnonzero(found.good.any(axis=(1, 2))).tolist()
    return spread_cases(found.design, most, points) if points else None


def play_baselines(found: SweepDataset, most: int = MOST) -> tuple[BaselineMean, ...]:
    """Play the baselines (simple rules) on some cases of a sweep of talks, and return their means and the sweep's.

    Parameters
    ----------
    found
        Data of a sweep of kind `simulate`.
    most
        Largest number of cases that each baseline plays, over all arms.

    Returns
    -------
    tuple of BaselineMean
        One entry for each numeric measure, arm, and player (the sweep first, then every baseline). All of them cover
        the cases that `choose_baseline_cases` chooses, without those whose own run failed. () where there is no such
        case.

    Raises
    ------
    InputError
        The sweep is of kind `analyse` and contains no talks.
    """
    design = found.design
    if design.kind != "simulate":
        raise input_error(
            design.name, "has no talks in it, and baselines are talks", 'take a sweep of kind = "simulate"'
        )
    chosen = choose_baseline_cases(found, most)
    if chosen is None:
        return ()
    what = resampling_plan(design)
    # Chosen points no longer form complete blocks, so each is resampled alone.
    what = ResamplingPlan(min(what.block, 1), what.replicates, what.seed)
    cases = found.good[list(chosen.points), :, : chosen.replicates]
    rows = {who: _played(design, chosen, cases, who) for who in BASELINES}
    names = design.measures
    ours = {name: found.of(name)[list(chosen.points), :, : chosen.replicates] for name in found.numbers}
    return tuple(
        BaselineMean(measure=name, who=who, arm=arm, interval=bootstrap_interval(cells[:, at], what))
        for name in found.numbers
        for at, arm in enumerate(found.arms)
        for who, cells in [(OURS, ours[name]), *((who, rows[who][names.index(name)]) for who in BASELINES)]
    )


def _played(design: Design, chosen: BaselineCases, cases: NDArray[np.bool_], who: str) -> list[Array]:
    """Play one baseline on the chosen cases.

    Returns one array for each measure, of shape (point, arm, replicate). It is NaN for measures that are words, for
    runs without a number, and for cases where `cases` is False.
    """
    columns = measures(design)
    cells = [np.full(cases.shape, np.nan) for _ in columns]
    for (row, point), arm in product(enumerate(chosen.points), range(len(design.arms))):
        played_too = np.flatnonzero(cases[row, arm]).tolist()
        if not played_too:  # a case that cannot be read is already reported as a failed run
            continue
        first = (point * len(design.arms) + arm) * design.replicates
        table = prepare_table(design.draft.read(case(design, first).settings.items()))
        for replicate in played_too:
            played = play_baseline(table, who, design.seed, replicate)
            for place, column in zip(cells, columns, strict=True):
                value = column.of(played)
                place[row, arm, replicate] = np.nan if value is None or isinstance(value, str) else value
    return cells


def describe_unrepresentative_means(
    design: Design, chosen: BaselineCases, played: Sequence[BaselineMean], whole: Sequence[ArmSummary]
) -> Message | None:
    """Return a warning when the cases that the baselines play do not represent the whole sweep; None when they do.

    The mean of the sweep over these cases must lie in the interval of its mean over the whole design. Where that mean
    has no interval, the two means must be equal.

    Parameters
    ----------
    design
        Design of the sweep.
    chosen
        Cases that the baselines play.
    played
        Result of `play_baselines`; only the rows of the sweep itself (`OURS`) are read.
    whole
        Summaries of the whole sweep, for every numeric measure and arm.

    Returns
    -------
    Message or None
        A sentence that lists the first `MOST_STRAYS` differing means, or None.
    """
    known = {(each.measure, each.arm): each.interval for each in whole}
    pairs = [(each, each.interval, known.get((each.measure, each.arm))) for each in played if each.who == OURS]
    told = [
        _difference(each, here.mean, over.mean, several_arms=len(design.arms) > 1)
        for each, here, over in pairs
        if here is not None and over is not None and not _inside(here.mean, over)
    ]
    if not told:
        return None
    facts = {
        "cases": chosen.description,
        "means": join_messages("; ", told[:MOST_STRAYS]),
        "total": f"{design.count:,}",
    }
    if len(told) <= MOST_STRAYS:
        return message(
            "The cases that the baselines play ({cases}) are not like the whole sweep: {means}. With --baselines N "
            "they play N of the {total} cases.",
            **facts,
        )
    return message(
        "The cases that the baselines play ({cases}) are not like the whole sweep: {means}, and {rest} more. With "
        "--baselines N they play N of the {total} cases.",
        rest=len(told) - MOST_STRAYS,
        **facts,
    )


def _difference(each: BaselineMean, here: float, over: float, *, several_arms: bool) -> Message:
    """Return the mean over the cases of the baselines and the mean over the whole sweep, in words."""
    facts = {"measure": each.measure, "mean": f"{here:.3g}", "whole": f"{over:.3g}"}
    if several_arms:
        return message("{measure} in {arm} is {mean} there, {whole} over the whole sweep", arm=each.arm, **facts)
    return message("{measure} is {mean} there, {whole} over the whole sweep", **facts)


def _inside(mean: float, over: Interval) -> bool:
    """Return whether a mean lies in an interval, up to rounding; an interval without ends counts as its mean."""
    low, high = (over.mean if end is None else end for end in (over.low, over.high))
    room = SAME * max(1.0, abs(low), abs(high))
    return low - room <= mean <= high + room


def play_baseline(table: NegotiationTable, who: str, seed: int, replicate: int = 0) -> TalkResult:
    """Simulate one negotiation in which the same baseline (a simple rule) plays every party.

    Parameters
    ----------
    table
        Case that is set up for talks.
    who
        Name of a baseline, one of `BASELINES`.
    seed
        Root of all random streams.
    replicate
        Number of the replicate, from 0.

    Returns
    -------
    TalkResult
        The outcome of the talk with its metrics.

    Raises
    ------
    InputError
        `who` is not the name of a baseline.
    """
    if who not in BASELINES:
        raise input_error("baseline", f"{who!r} is none", f"write one of: {', '.join(BASELINES)}")
    seats = {
        seat.country: BASELINES[who](table, party, stream(seed, replicate, f"{who} on seat {party}"))
        for party, seat in enumerate(table.scenario.seats)
    }
    return TalkResult(agents.simulate(table.scenario, seed, replicate, seats))
