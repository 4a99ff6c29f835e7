"""What one side believes of the other, counted by hand on short transcripts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.tactics.opponent_model import fit_frequency_model

LEVELS = st.integers(0, 3)
OFFERS = st.lists(st.tuples(LEVELS, LEVELS, LEVELS), max_size=12)


def offered(*packages: tuple[int, ...]) -> np.ndarray:
    return np.array(packages, dtype=np.int8).reshape(-1, len(packages[0]) if packages else 3)


def test_before_any_offer_all_packages_look_the_same():
    wants = fit_frequency_model(offered(), 4)
    assert wants.worth(offered((0, 0, 0), (3, 1, 2))) == pytest.approx([1.0, 1.0])


def test_what_is_asked_for_often_is_liked():
    """Level 2 of the first issue was asked for three times, level 0 once: counts 4, 2 and 1 for the silent levels."""
    wants = fit_frequency_model(offered((2, 0), (2, 1), (0, 1), (2, 0)), 3)
    assert wants.liking[0] == pytest.approx([2 / 4, 1 / 4, 4 / 4])


def test_an_issue_on_which_a_party_stands_firm_matters_to_it():
    """Van Krimpen et al. (2013): a tenth of a weight for each of two issues on which it does not move.

    The first stays put once: (.5 + .1, .5) / 1.1, and then both move.
    """
    wants = fit_frequency_model(offered((2, 0), (2, 1), (1, 0)), 3)
    assert wants.weights == pytest.approx([0.6 / 1.1, 0.5 / 1.1])


def test_an_offer_repeated_at_once_tells_nothing_new():
    once = fit_frequency_model(offered((2, 0), (2, 1)), 3)
    thrice = fit_frequency_model(offered((2, 0), (2, 0), (2, 1), (2, 1), (2, 1)), 3)
    assert once.weights == pytest.approx(thrice.weights)
    assert once.liking == pytest.approx(thrice.liking)


def test_a_request_is_heard_before_any_offer():
    wants = fit_frequency_model(offered((0, 0))[:0], 4, asks=((0, 2),))
    assert wants.liking.tolist() == [[0.5, 0.5, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]]


@given(OFFERS)
def test_beliefs_are_shares(packages: list[tuple[int, int, int]]):
    wants = fit_frequency_model(offered(*packages), 4)
    assert wants.weights.sum() == pytest.approx(1.0)
    assert (wants.weights > 0).all()
    every = np.indices((4, 4, 4), dtype=np.int8).reshape(3, -1).T
    worth = wants.worth(every)
    assert worth.min() > 0.0
    assert worth.max() == pytest.approx(1.0)
