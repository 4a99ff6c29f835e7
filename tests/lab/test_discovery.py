"""PRIM finds boxes that were planted, tells when there is none, and never claims more than it holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

from lab.analysis.scenario_discovery import find_boxes


def cloud(n=2000, factors=4, seed=1):
    cube = np.random.default_rng(seed).random((n, factors))
    return {f"x{at}": cube[:, at] for at in range(factors)}


def test_a_planted_box_is_found_with_its_two_sides_and_no_other():
    points = cloud()
    wanted = (points["x0"] > 0.6) & (points["x2"] < 0.4)
    box = next(find_boxes(points, wanted))
    assert {side.factor for side in box.sides} == {"x0", "x2"}
    sides = {side.factor: side for side in box.sides}
    assert sides["x0"].low == pytest.approx(0.6, abs=0.02)
    assert sides["x0"].high is None
    assert sides["x2"].high == pytest.approx(0.4, abs=0.02)
    assert box.coverage > 0.95
    assert box.density > 0.95


def test_a_planted_box_is_found_through_noise():
    points = cloud()
    inside = (points["x0"] > 0.6) & (points["x2"] < 0.4)
    wanted = np.random.default_rng(2).random(2000) < np.where(inside, 0.9, 0.1)
    box = next(find_boxes(points, wanted))
    assert {"x0", "x2"} <= {side.factor for side in box.sides}
    assert box.density > 0.8


def test_two_planted_boxes_are_found_one_after_the_other():
    points = cloud()
    wanted = (points["x0"] > 0.8) | (points["x1"] < 0.15)
    first, second, *_ = find_boxes(points, wanted)
    assert {side.factor for side in (*first.sides, *second.sides)} == {"x0", "x1"}
    assert first.coverage + second.coverage > 0.9


def test_levels_without_an_order_are_told_by_name():
    chance = np.random.default_rng(3)
    points = {"policy": chance.integers(4, size=800).astype(float), "x": chance.random(800)}
    box = next(find_boxes(points, np.isin(points["policy"], [1, 3]), frozenset({"policy"})))
    assert {side.factor: side.levels for side in box.sides} == {"policy": (1.0, 3.0)}
    assert (box.coverage, box.density) == (1, 1)


def test_a_tree_cuts_where_the_box_ends():
    """scikit-learn's CART on the same points, as a judge that shares no line with ours."""
    points = cloud(factors=2)
    wanted = points["x0"] > 0.7
    tree = DecisionTreeClassifier(max_depth=1).fit(np.stack(list(points.values()), axis=1), wanted)
    box = next(find_boxes(points, wanted))
    assert [side.factor for side in box.sides] == ["x0"]
    assert box.sides[0].low == pytest.approx(tree.tree_.threshold[0], abs=0.02)


def test_pure_noise_makes_no_box_that_is_much_denser():
    points = cloud(n=400)
    wanted = np.random.default_rng(5).random(400) < 0.3
    for box in find_boxes(points, wanted):
        assert box.density < 0.7


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95))
def test_what_a_box_tells_is_what_it_holds(seed, share):
    chance = np.random.default_rng(seed)
    points = {"a": chance.random(150), "b": chance.integers(5, size=150).astype(float)}
    wanted = chance.random(150) < share * (1 + (points["a"] > 0.5)) / 2
    rest = np.ones(150, dtype=bool)
    for box in find_boxes(points, wanted):
        inside = rest & np.all([side.holds(points[side.factor]) for side in box.sides], axis=0)
        assert box.n == inside.sum()
        assert box.of_interest == wanted[inside].sum()
        assert box.density == pytest.approx(wanted[inside].mean())
        assert box.coverage == pytest.approx(wanted[inside].sum() / wanted.sum())
        assert box.density >= wanted.mean()
        assert all(side.p <= 0.05 for side in box.sides)
        rest &= ~inside
