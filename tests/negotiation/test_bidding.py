"""What is asked for and what is offered: published curves, and trade-offs at one level of value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Hold, Offer
from negotiation.protocols.state import Rules, Talks, open_talks, view
from negotiation.tactics.bidding import aspiration, choose_requests, reciprocal_target, similar_bid
from negotiation.tactics.brief import Brief, Turn, rank_packages, restrict_to_offerable

GRID = np.indices((4, 4), dtype=np.int8).reshape(2, -1).T
RULES = Rules("alternating", 16, ((1,), (1,)), 6)
VALUES = st.lists(st.floats(-1, 1), min_size=16, max_size=16).map(np.array)


def turn(values: np.ndarray, talks: Talks, party: int = 0) -> Turn:
    brief = Brief(values, np.ones(16, dtype=bool), GRID)
    full = rank_packages(values, brief.signable())
    return Turn(
        brief, full, restrict_to_offerable(brief, full, view(talks, party)), talks, party, np.random.default_rng(0)
    )


@pytest.mark.parametrize("exponent", [0.2, 1.0, 5.0])
def test_aspiration_falls_from_the_best_to_the_worst_acceptable_value(exponent: float):
    asked = [aspiration(1.0, 0.2, now, 10, exponent) for now in range(10)]
    assert (asked[0], asked[-1]) == pytest.approx((1.0, 0.2))
    assert asked == sorted(asked, reverse=True)


def test_after_the_last_round_the_aspiration_stays_at_the_worst_value():
    assert [aspiration(1.0, 0.2, now, 10, 1.0) for now in (9, 10, 14)] == pytest.approx([0.2, 0.2, 0.2])


def test_half_time_on_the_published_curves():
    """Faratin, Sierra and Jennings (1998): alpha(t) = t^(1/beta) for beta = .2, 1 and 5."""
    half = [aspiration(1.0, 0.0, 5, 11, exponent) for exponent in (0.2, 1.0, 5.0)]
    assert half == pytest.approx([1 - 0.5**5, 0.5, 1 - 0.5**0.2])


def test_the_first_bid_is_the_best_package_and_later_ones_lean_towards_the_other_side():
    values = np.where(GRID[:, 0] == 3, 1.0, 0.5) + 0.001 * GRID[:, 1]
    assert similar_bid(turn(values, open_talks(RULES)), 1.0) == 15
    assert similar_bid(turn(values, replay_talks(RULES, [Hold(0), Offer(1, 1)])), 1.0) == 13


@given(VALUES, st.floats(-2, 2))
def test_packages_alike_are_worth_the_level_or_the_best_there_is(values: np.ndarray, level: float):
    ranking = rank_packages(values, np.ones(16, dtype=bool))
    alike = ranking.alike(level)
    assert alike.size
    assert (values[alike] >= min(level, values[1:].max())).all()
    assert np.ptp(values[alike]) <= 0.05 * np.ptp(values[1:]) + 1e-12
    others = np.setdiff1d(np.arange(1, 16), alike)
    assert not ((values[others] >= level) & (values[others] < values[alike].min())).any()


@given(VALUES, st.sets(st.integers(1, 15), max_size=14))
def test_what_has_failed_at_home_is_no_longer_open_and_the_status_quo_never_is(values: np.ndarray, failed: set[int]):
    spent = open_talks(RULES)._replace(rejected=tuple(failed))
    assert set(turn(values, spent).open.packages.tolist()) == set(range(1, 16)) - failed


RISING = np.arange(16) / 15
"""Own values that rise with the number of the package; the least that may be offered is 1/15."""


@pytest.mark.parametrize(
    ("heard", "target"),
    [
        # The first offer gave everything, so there is no demand to compare with: the tenth, and nothing else.
        ([15], 1 / 15 + 0.9 * 14 / 15),
        ([15, 3], 1 / 15 + 0.9 * 14 / 15),
        # Its demand fell from 10/15 to 5/15: half of the nine tenths.
        ([5, 10], 1 / 15 + 0.45 * 14 / 15),
        # Its demand doubled; nobody aims above the best package.
        ([10, 5], 1.0),
    ],
)
def test_tit_for_tat_concedes_the_share_that_the_other_side_conceded(heard: list[int], target: float):
    talks = replay_talks(RULES, [move for package in heard for move in (Offer(0, 14), Offer(1, package))])
    assert reciprocal_target(turn(RISING, talks)) == pytest.approx(target)


def test_tit_for_tat_aims_at_no_less_than_the_worst_it_may_sign_when_offered_more_than_its_best():
    """Package 12 is the best that it may sign; it was offered 6 and then 15, a demand of 6/15 and of -3/15."""
    now = turn(RISING, replay_talks(RULES, [Offer(0, 14), Offer(1, 6), Offer(0, 14), Offer(1, 15)]))
    full = rank_packages(RISING, np.arange(16) <= 12)
    assert reciprocal_target(now._replace(full=full)) == pytest.approx(1 / 15)


def test_without_priorities_the_three_ladders_that_matter_most_are_requested():
    """The other side concedes ladders 1 to 4; the value depends on them by .2, .4, .1 and .3."""
    grid = np.indices((2,) * 5, dtype=np.int8).reshape(5, -1).T
    values = np.dot(grid.astype(np.float64), np.array([-0.1, 0.2, 0.4, 0.1, 0.3]))
    own = Brief(values, values > 0, grid)
    asked = choose_requests(
        own,
        rank_packages(values, own.signable()),
        Rules("request_offer", 32, ((1,), (1,)), 6, 1, (2,) * 5, ((0,), (1, 2, 3, 4))),
        0,
    )
    assert asked == ((2, 1), (4, 1), (1, 1))
