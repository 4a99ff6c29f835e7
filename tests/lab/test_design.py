"""Designs: which runs there are, in which order, drawn how; and what is refused before any of them is made."""

import json
import tracemalloc
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lab.design.factors
from games.errors import InputError
from lab import case, parse_design, plan, rerun_command
from lab.design.cases import factor_columns, format_setting
from lab.design.factors import Factor, normalise_value
from lab.design.sampling import unit_points
from scenarios.reading.overlay import parse_value

TALK = {"schema": 1, "scenario": "one-way-flow", "kind": "simulate", "measure": ["outcome", "rounds"]}
THEORY = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["class", "gain"]}


def factor(key, **how):
    return {"key": key, **how}


def cases(design):
    return [case(design, number) for number in range(design.count)]


# -- which runs there are


def test_points_times_arms_times_replicates_and_the_replicate_turns_fastest():
    design = parse_design(
        TALK
        | {
            "factor": [factor("agenda.rounds", values=[5, 9]), factor("agenda.returns", values=[0, 1, 2])],
            "arm": [{"name": "as it is"}, {"name": "costly", "set": {"agenda": {"discount": 0.9}}}],
            "replicates": 4,
        }
    )
    made = cases(design)
    assert design.count == len(made) == 2 * 3 * 2 * 4
    assert [each.replicate for each in made[:5]] == [0, 1, 2, 3, 0]
    assert [each.arm for each in made[::4]][:3] == ["as it is", "costly", "as it is"]
    assert made[0].settings == {"agenda.rounds": 5, "agenda.returns": 0}
    assert made[-1].settings == {"agenda.rounds": 9, "agenda.returns": 2, "agenda.discount": 0.9}
    assert len({(str(each.settings), each.replicate) for each in made}) == len(made)


def test_arms_meet_the_same_points():
    policies = [{"name": "off"}, {"name": "on", "set": {"economy.tax": 0.1}}]
    drawn = {"design": "lhs", "points": 9, "factor": [factor("economy.gap", range=[1, 8])], "arm": policies}
    design = parse_design(THEORY | drawn)
    for off, on in np.reshape(np.arange(18), (9, 2)).tolist():
        assert case(design, on).settings == case(design, off).settings | {"economy.tax": 0.1}


def test_a_list_goes_through_its_factors_side_by_side():
    rows = {
        "design": "list",
        "factor": [factor("economy.gap", values=[1, 4]), factor("economy.kappa", values=[0, 0.5])],
    }
    made = cases(parse_design(THEORY | rows))
    assert [each.settings for each in made] == [
        {"economy.gap": 1, "economy.kappa": 0},
        {"economy.gap": 4, "economy.kappa": 0.5},
    ]


def test_a_design_without_factors_is_its_arms_and_replicates():
    assert [each.settings for each in cases(parse_design(TALK | {"replicates": 3}))] == [{}, {}, {}]


LEVELS = st.lists(st.integers(5, 40), min_size=1, max_size=4, unique=True)


@settings(max_examples=25)
@given(first=LEVELS, second=LEVELS, replicates=st.integers(1, 3), arms=st.integers(1, 3))
def test_columns_of_many_cases_are_the_cases_one_by_one(first, second, replicates, arms):
    design = parse_design(
        TALK
        | {
            "factor": [factor("agenda.rounds", name="r", values=first), factor("agenda.returns", values=second)],
            "replicates": replicates,
            "arm": [{"name": str(each), "set": {"agenda.discount": 1 - each / 10}} for each in range(arms)],
        }
    )
    numbers = np.arange(design.count)[::-1]
    told = factor_columns(design, numbers)
    for at, number in enumerate(numbers.tolist()):
        each = case(design, number)
        assert told["r"][at] == each.settings["agenda.rounds"]
        assert told["agenda.returns"][at] == each.settings["agenda.returns"]
        assert (told["arm"][at], told["replicate"][at]) == (each.arm, each.replicate)


def test_there_is_no_case_outside_a_design():
    design = parse_design(TALK)
    for number in (-1, design.count):
        with pytest.raises(IndexError):
            case(design, number)


def test_a_million_runs_take_no_memory_until_they_are_asked_for():
    design = parse_design(TALK | {"factor": [factor("agenda.rounds", values=[5, 10])], "replicates": 500_000})
    tracemalloc.start()
    assert case(design, 0).replicate == 0
    assert case(design, design.count - 1).replicate == 499_999
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert design.count == 1_000_000
    assert peak < 50_000


# -- how points are drawn


def test_a_latin_hypercube_has_one_point_in_every_row_and_column():
    cube = unit_points("lhs", 40, 3, seed=5)
    for axis in cube.T:
        assert sorted(np.floor(axis * 40).astype(int)) == list(range(40))


def test_sobol_points_give_the_published_indices_of_the_ishigami_function():
    """S1 of (x1, x2, x3) is .3139, .4424, 0 and ST of x3 is .2437 (Saltelli et al. 2008, p. 196)."""
    sobol = pytest.importorskip("SALib.analyze.sobol")
    x = np.pi * (2 * unit_points("sobol", 2048, 3, seed=1) - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
    found = sobol.analyze(problem, y, calc_second_order=False, num_resamples=2, seed=1)
    assert found["S1"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found["ST"][2] == pytest.approx(0.2437, abs=0.02)


def test_sobol_points_lie_a_then_one_column_of_b_each_then_b():
    blocks = unit_points("sobol", 8, 3, seed=2).reshape(8, 5, 3)
    for block in blocks:
        for column in range(3):
            assert np.flatnonzero(block[0] != block[1 + column]).tolist() == [column]
            assert block[1 + column, column] == block[-1, column]


def test_a_morris_trajectory_moves_every_factor_once_by_two_thirds():
    for walk in unit_points("morris", 20, 4, seed=3).reshape(20, 5, 4):
        steps = np.diff(walk, axis=0)
        assert sorted(np.flatnonzero(steps)) == sorted(4 * leg + int(np.flatnonzero(steps[leg])[0]) for leg in range(4))
        assert np.allclose(np.abs(steps).sum(axis=0), 2 / 3)
        assert set(np.round(walk * 3, 9).ravel()) <= {0.0, 1.0, 2.0, 3.0}


def test_the_effects_of_a_straight_line_are_its_slopes():
    morris = pytest.importorskip("SALib.analyze.morris")
    x = unit_points("morris", 10, 3, seed=0)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    found = morris.analyze(problem, x, x @ np.array([3.0, -2.0, 0.0]), num_levels=4, num_resamples=10)
    assert np.asarray(found["mu"]) == pytest.approx([3, -2, 0])
    assert np.asarray(found["sigma"]) == pytest.approx([0, 0, 0])


def test_the_seed_decides_what_is_drawn():
    drawn = THEORY | {"design": "lhs", "points": 8, "factor": [factor("economy.gap", range=[1, 8])]}
    first, again, other = parse_design(drawn), parse_design(drawn), parse_design(drawn | {"seed": 1})
    assert [each.settings for each in cases(first)] == [each.settings for each in cases(again)]
    assert [each.settings for each in cases(first)] != [each.settings for each in cases(other)]


SPREADS = [
    Factor("k", "k", low=2, high=32),
    Factor("k", "k", low=2, high=32, spread="log-uniform"),
    Factor("k", "k", low=2, high=32, spread="normal", mean=17, deviation=5),
    Factor("k", "k", low=2, high=32, spread="triangular", mean=8),
]


def test_the_words_of_spreads_are_all_known():
    assert {factor.spread for factor in SPREADS} == set(lab.design.factors.SPREADS)


@pytest.mark.parametrize("factor", SPREADS, ids=lambda factor: factor.spread)
def test_quantiles_rise_from_one_end_to_the_other(factor):
    places = factor.places(np.linspace(0, 1, 101))
    assert (np.diff(places) >= 0).all()
    assert places[[0, -1]] == pytest.approx([2, 32])


def test_medians_stand_where_they_are_known_to():
    medians = {factor.spread: float(factor.places(np.array([0.5]))[0]) for factor in SPREADS}
    assert medians["uniform"] == pytest.approx(17)
    assert medians["log-uniform"] == pytest.approx(8)  # the geometric mean of the ends
    assert medians["normal"] == pytest.approx(17)
    assert medians["triangular"] == pytest.approx(32 - np.sqrt(30 * 24 / 2))


def test_the_middle_of_a_normal_spread_is_as_dense_as_tables_say():
    """68.27 % lie within one deviation of the mean; the ends are six of them away."""
    factor = Factor("k", "k", low=-6, high=6, spread="normal", mean=0, deviation=1)
    places = factor.places((np.arange(10_000) + 0.5) / 10_000)
    assert np.mean(np.abs(places) < 1) == pytest.approx(0.6827, abs=2e-4)


def test_whole_numbers_and_levels_come_equally_often():
    even = (np.arange(1200) + 0.5) / 1200
    dice = Factor("k", "k", low=1, high=6, whole=True)
    assert set(Counter(dice.values(dice.places(even))).values()) == {200}
    words = Factor("k", "k", levels=("a", "b", "c"))
    assert Counter(words.values(words.places(even))) == {"a": 400, "b": 400, "c": 400}


# -- one spelling


@pytest.mark.parametrize("same", [(2, 2.0, "2", "2.0"), (0.5, "0.5", "5e-1"), (True, "true"), ("word", '"word"')])
def test_what_means_the_same_is_one_value(same):
    assert len({json.dumps(normalise_value(value)) for value in same}) == 1


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inside: st.lists(inside, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_a_value_is_read_back_as_it_is_written(value):
    told = normalise_value(value)
    seen = parse_value(told) if isinstance(told, str) else told
    assert parse_value(format_setting(told)) == seen
    assert normalise_value(told) == told


def test_a_grid_has_the_steps_that_people_write():
    design = parse_design(THEORY | {"factor": [factor("economy.kappa", grid={"low": 0, "high": 1, "count": 11})]})
    assert design.factors[0].levels == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
    ratios = parse_design(
        THEORY | {"factor": [factor("economy.gap", grid={"low": 1, "high": 8, "count": 4, "spacing": "log"})]}
    )
    assert ratios.factors[0].levels == (1, 2, 4, 8)


def test_the_command_of_a_case_is_what_one_would_type():
    design = parse_design(
        TALK
        | {
            "factor": [factor("agenda.seats.Sudora.tactic", values=["conceder", "tit-for-tat"])],
            "arm": [{"name": "short", "set": {"agenda": {"rounds": 7, "without": ["side payments"]}}}],
            "replicates": 2,
            "seed": 11,
        }
    )
    assert rerun_command(design, case(design, 3)) == (
        "winset simulate one-way-flow --seed 11 --replicate 1 --set agenda.seats.Sudora.tactic=tit-for-tat "
        "--set agenda.rounds=7 --set 'agenda.without=[\"side payments\"]'"
    )


# -- files


DESIGN = """
schema = 1
scenario = "nurses.toml"
kind = "simulate"
measure = ["outcome"]

[[factor]]
key = "agenda.rounds"
name = "time"
grid = { low = 5, high = 25, count = 3 }
"""


def test_a_scenario_lies_beside_its_design(tmp_path):
    from scenarios import template

    (tmp_path / "nurses.toml").write_text(template(), encoding="utf-8")
    (tmp_path / "times.toml").write_text(DESIGN, encoding="utf-8")
    design = plan(tmp_path / "times.toml")
    assert (design.name, design.scenario) == ("times", str(tmp_path / "nurses.toml"))
    assert design.factors[0].name == "time"
    assert [each.settings["agenda.rounds"] for each in cases(design)] == [5, 15, 25]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "schema: is missing"),
        (b"x = [", "the list x, which begins in line 1, is not closed"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b"a = " + b"[" * 5000, "too deep"),
        (b"a = " + b"9" * 6000, "thousands of digits"),
    ],
)
def test_what_is_no_design_is_told(tmp_path, content, reason):
    file = tmp_path / "design.toml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=reason):
        plan(file)
    with pytest.raises(InputError, match="cannot be read"):
        plan(tmp_path / "nothing.toml")
    with pytest.raises(InputError, match="cannot be read"):
        plan(tmp_path)


def test_whole_numbers_of_a_range_are_integers_one_by_one_and_in_columns():
    """Else two sweeps with the same points would not be compared at them."""
    found = Factor(name="gap", key="economy.gap", levels=(), low=1.0, high=4.0)
    places = np.array([1.0, 2.5, 4.0])
    assert [repr(each) for each in found.values(places)] == [repr(found.value(place)) for place in places.tolist()]
    assert [repr(each) for each in found.values(places)] == ["1", "2.5", "4"]
