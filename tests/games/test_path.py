"""Lemke and Howson's paths end at equilibria, on ties as well."""

import time

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.equilibria.enumeration import enumerate_equilibria
from games.equilibria.lemke_howson import paths
from games.equilibria.solve import profile_regret


@pytest.mark.parametrize("seed", range(12))
def test_every_label_leads_to_an_equilibrium(seed):
    generator = np.random.default_rng(seed)
    shape = tuple(generator.integers(1, 7, 2))
    game = Bimatrix(generator.integers(0, 4, (2, *shape)))
    ends = list(paths(*game.payoffs, time.perf_counter() + 10))
    assert len(ends) == sum(shape)
    assert {profile_regret(game, end) for end in ends} == {(0, 0)}


def test_ends_are_among_all_extreme_equilibria():
    game = Bimatrix([[[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]])
    everything = enumerate_equilibria(*game.payoffs, time.perf_counter() + 10).pairs
    assert set(paths(*game.payoffs, time.perf_counter() + 10)) <= set(everything)


def test_no_path_is_walked_after_the_deadline():
    assert list(paths(*Bimatrix(np.eye(3)[None].repeat(2, 0)).payoffs, time.perf_counter() - 1)) == []
