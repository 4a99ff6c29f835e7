"""Dials show what the economy is given, and pairs are what the literature and the data say."""

import pytest

from economy.corridors.fitting import corridor
from economy.model.payoffs import solve_bilateral
from economy.parameters import entries, preset, unlike
from games.errors import InputError
from views.explore import view_model
from views.explore.dials import (
    COVERED,
    EXPANSION,
    GAP,
    OPEN,
    PAIRS,
    UNLIKE,
    base,
    dials_on_page,
    parameters,
    start_settings,
    start_value,
    values_by_key,
)

FIRST_PAIR = next(iter(PAIRS.values()))
EVERY_DIAL = {dial for pair in PAIRS.values() for dial in pair.dials}
DIALS_OF_ONE_PARAMETER = sorted(EVERY_DIAL - {UNLIKE}, key=lambda dial: dial.key)


def at(pair, **changes):
    return tuple((values_by_key(pair, start_settings(pair)) | changes).values())


@pytest.mark.parametrize("dial", DIALS_OF_ONE_PARAMETER, ids=lambda dial: dial.key)
def test_every_dial_moves_a_parameter_within_its_limits(dial):
    entry = entries()[dial.field]
    assert entry.low <= dial.low * dial.scale < dial.high * dial.scale <= entry.high


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_a_pair_sets_every_dial_to_its_nearest_step(pair):
    economy, settings = base(pair), start_settings(pair)
    for dial, value in zip(pair.dials, settings, strict=True):
        assert dial.low <= value <= dial.high
        if dial is UNLIKE:
            continue
        assert abs(value * dial.scale - float(getattr(economy, dial.field))) <= dial.step * dial.scale / 2 + 1e-9


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_a_dial_that_nobody_moved_leaves_the_pairs_own_value(pair):
    """All faces show the same numbers of a pair: a gap of 3.785 is not rounded to the step 3.8."""
    assert parameters(pair, start_settings(pair)) == base(pair)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Two alike neighbours", "stag-hunt"),
        ("One rich, one poor", "bully"),
        ("From alike to unlike", "stag-hunt"),
        ("Morocco and Spain", "stag-hunt"),
        ("Mexico and the US", "stag-hunt"),
        ("Germany and France", "stag-hunt"),
        ("Two in West Africa", "bully"),
    ],
)
def test_the_class_of_a_pair_is_that_of_the_specification(title, kind):
    """Sections 4 and 5; a corridor with migrants today at half as many again, a treaty in force at full openness."""
    pair = PAIRS[title]
    assert view_model.model_game(pair, solve_bilateral(base(pair))).kind == kind


def test_a_corridor_starts_from_todays_migrants_or_from_its_treaty():
    kinds = {title: pair.kind for title, pair in PAIRS.items()}
    assert kinds == {
        "Two alike neighbours": "preset",
        "One rich, one poor": "preset",
        "From alike to unlike": "unlike",
        "Morocco and Spain": "today",
        "Mexico and the US": "today",
        "Germany and France": "in force",
        "Two in West Africa": "in force",
    }
    for pair in PAIRS.values():
        people = pair.kind == "today"
        assert (pair.level is EXPANSION, COVERED in pair.dials) == (people, people)
        assert pair.level in pair.first
        assert (OPEN in pair.dials) == (pair.kind in {"preset", "in force"})


def test_people_beyond_today_are_the_parameter_of_the_economy():
    pair = PAIRS["Morocco and Spain"]
    fitted = corridor("MAR-ESP").parameters
    assert parameters(pair, at(pair, expansion=100, covered=50)) == fitted.replace(expansion=1.0, covered=0.5)
    assert parameters(pair, at(pair, expansion=0)) == fitted.replace(expansion=0.0)
    assert EXPANSION.format_value(50) == "+50\u00a0%"
    assert (EXPANSION.low, EXPANSION.high) == (0, 400)


@pytest.mark.parametrize(("degree", "name"), [(0.0, "symmetric"), (1.0, "asymmetric")])
def test_the_ends_of_the_dial_of_unlikeness_are_the_presets(degree, name):
    pair = PAIRS["From alike to unlike"]
    assert parameters(pair, at(pair, unlike=degree)) == preset(name)
    assert parameters(pair, at(pair, unlike=0.35)) == unlike(0.35)


def test_a_printed_table_has_the_dials_of_a_preset_whatever_the_pair():
    for pair in PAIRS.values():
        dials = dials_on_page(pair, printed=True)
        assert dials[:3] == PAIRS["Two alike neighbours"].first
        for dial in dials:
            assert dial.low <= start_value(pair, dial) <= dial.high


def test_two_alike_neighbours_turn_from_a_stag_hunt_into_a_bully_game_well_inside_the_dial():
    """The switch at openness .25 lies at 2.425 with immobile capital."""
    kinds = {}
    for gap in (2.4, 2.5):
        settings = (gap, *start_settings(FIRST_PAIR)[1:])
        kinds[gap] = view_model.model_game(FIRST_PAIR, solve_bilateral(parameters(FIRST_PAIR, settings))).kind
    assert kinds == {2.4: "stag-hunt", 2.5: "bully"}
    assert all(GAP.low < gap < GAP.high for gap in kinds)


def test_settings_that_do_not_fit_the_dials_are_refused():
    with pytest.raises(InputError, match="3 settings for"):
        parameters(FIRST_PAIR, (1.0, 25.0, 0.0))


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_keys_are_one_to_one(pair):
    assert len({dial.key for dial in pair.dials}) == len({dial.field for dial in pair.dials}) == len(pair.dials)
