"""Dials show what the economy is given, and pairs are what the literature and the data say."""

import pytest

from economy.model.payoffs import solve_bilateral
from economy.parameters import entries
from games.errors import InputError
from views.explore import view_model
from views.explore.dials import DIALS, FIRST, GAP, PAIRS, base, parameters, start_settings

FIRST_PAIR = next(iter(PAIRS.values()))


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.key)
def test_every_dial_moves_a_parameter_within_its_limits(dial):
    entry = entries()[dial.field]
    assert entry.low <= dial.low * dial.scale < dial.high * dial.scale <= entry.high


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_a_pair_sets_every_dial_to_its_nearest_step(pair):
    economy, settings = base(pair), start_settings(pair)
    for dial, value in zip(DIALS, settings, strict=True):
        assert dial.low <= value <= dial.high
        assert abs(value * dial.scale - float(getattr(economy, dial.field))) <= dial.step * dial.scale / 2 + 1e-9


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Two alike neighbours", "stag-hunt"),
        ("One rich, one poor", "bully"),
        ("Morocco and Spain", "bully"),
        ("Germany and France", "prisoners-dilemma"),
        ("Mexico and the US", "stag-hunt"),
    ],
)
def test_the_dials_steps_do_not_change_the_class_of_a_pair(title, kind):
    pair = PAIRS[title]
    for economy in (base(pair), parameters(pair, start_settings(pair))):
        assert view_model.model_game(pair, solve_bilateral(economy)).kind == kind


def test_two_alike_neighbours_turn_from_a_stag_hunt_into_a_bully_game_well_inside_the_dial():
    """The switch at openness .25 lies at 2.43 with immobile capital."""
    kinds = {}
    for gap in (2.4, 2.5):
        settings = (gap, *start_settings(FIRST_PAIR)[1:])
        kinds[gap] = view_model.model_game(FIRST_PAIR, solve_bilateral(parameters(FIRST_PAIR, settings))).kind
    assert kinds == {2.4: "stag-hunt", 2.5: "bully"}
    assert all(GAP.low < gap < GAP.high for gap in kinds)


def test_settings_that_do_not_fit_the_dials_are_refused():
    with pytest.raises(InputError, match="3 settings for"):
        parameters(FIRST_PAIR, (1.0, 25.0, 0.0))


def test_keys_are_one_to_one():
    assert len({dial.key for dial in DIALS}) == len({dial.field for dial in DIALS}) == len(DIALS)
    assert GAP in FIRST
