"""Positions of groups, and the game that follows from payoffs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model.accounts import LABELS, positions
from economy.model.payoffs import game, solve_bilateral
from economy.parameters import preset
from games.errors import InputError

ASYMMETRIC = solve_bilateral(preset("asymmetric"))


def test_the_words_follow_the_share_of_the_largest_stake():
    #                            U     S   capital  residents, movers, families, treasury, old migrants
    found = positions(np.array([-10.0, 4.5, 4.6, 0.3, 99.0, 0.2, 99.0, 99.0]))
    assert found.z == pytest.approx([-1.0, 0.45, 0.46, 0.05])
    assert list(found.labels) == ["opposed", "weakly in favour", "in favour", "neutral"]
    assert list(positions(np.array([1.0, -0.06, -0.46, 0, 0, 0, 0, 0])).labels) == [
        "in favour",
        "weakly opposed",
        "opposed",
        "neutral",
    ]


def test_a_loss_at_a_limit_has_the_weaker_label_as_a_gain_has():
    """Shares of the largest change: 1, -.45, -.46 and -(.3 + .2) / 10 = -.05."""
    found = positions(np.array([10.0, -4.5, -4.6, -0.3, 0.0, -0.2, 0.0, 0.0]))
    assert list(found.labels) == ["in favour", "weakly opposed", "opposed", "neutral"]


def test_where_nothing_changes_everybody_is_neutral():
    assert set(positions(ASYMMETRIC.cell(1, 1)).labels) == {"neutral"}


@given(st.floats(0.01, 100))
def test_positions_do_not_depend_on_the_unit(unit):
    relative = ASYMMETRIC.relative[0, 0, 0]
    assert positions(unit * relative).z == pytest.approx(positions(relative).z)


def test_positions_of_stakes_of_a_cell_and_of_changes_agree():
    for country, alone in ((0, (0, 1)), (1, (1, 0))):
        by_stakes = positions(ASYMMETRIC, country, reciprocity=False)
        by_cell = positions(ASYMMETRIC.cell(*alone), country)
        by_change = positions(ASYMMETRIC.relative[country, *alone])
        assert np.array_equal(by_stakes.z, by_cell.z)
        assert np.array_equal(by_stakes.z, by_change.z)


def test_mirror_countries_have_mirrored_positions():
    stakes = solve_bilateral(preset("symmetric"))
    host, origin = positions(stakes, 0).change, positions(stakes, 1).change
    assert host == pytest.approx(origin[[1, 0, 2, 3]])


def test_a_batch_of_positions_has_a_label_each():
    many = positions(solve_bilateral(preset("asymmetric").replace(openness=np.linspace(0.01, 1, 5))))
    assert many.labels.shape == many.z.shape == (5, 4)
    assert set(many.labels.ravel()) <= set(LABELS)


def test_a_game_has_one_economy():
    with pytest.raises(InputError, match="economies"):
        game(solve_bilateral(preset("asymmetric").replace(openness=np.array([0.1, 0.2]))))


def test_the_game_carries_names_actions_and_ties():
    drawn = game(ASYMMETRIC, ("Spain", "Morocco"))
    assert drawn.players == ("Spain", "Morocco")
    assert drawn.actions == (("Liberalize", "Defect"),) * 2
    assert drawn.scale == "cardinal"
    assert float(drawn.tolerance) == 1e-6
    assert np.allclose(drawn.array(), ASYMMETRIC.payoffs)
