"""Replicators and learners: textbook paths, invariants, and what is known of fictitious play."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon
from games.errors import InputError
from games.two_by_two.dynamics import fictitious_play, orbit, vector_field, velocity

PENNIES = canon("matching-pennies")
SCISSORS = Bimatrix([[[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [[0, 1, -1], [-1, 0, 1], [1, -1, 0]]])
SHAPLEY = Bimatrix([[[0, 1, 0], [0, 0, 1], [1, 0, 0]], [[0, 0, 1], [1, 0, 0], [0, 1, 0]]])


def draws(seed=0):
    return np.random.default_rng(seed)


# --- Replicator ---


def test_the_logistic_curve():
    """A strictly dominant action spreads as x / (1 - x) = e^t: one line of algebra, in units of the range."""
    game = Bimatrix([[[7, 7], [5, 5]], [[0, 0], [0, 0]]])
    course = orbit(game, (0.1, 0.9), (0.3, 0.7), duration=3, steps=300)
    odds = course.row[:, 0] / course.row[:, 1]
    assert odds == pytest.approx(np.exp(np.linspace(0, 3, 301)) / 9, rel=1e-9)
    assert course.column == pytest.approx(np.tile([0.3, 0.7], (301, 1)))


def test_paths_of_the_pennies_close():
    """x (1 - x) y (1 - y) stays what it is (Hofbauer 1996), and time averages are the equilibrium."""
    course = orbit(PENNIES, (0.2, 0.8), (0.5, 0.5), duration=400, steps=8000)
    product = course.row.prod(axis=1) * course.column.prod(axis=1)
    assert product == pytest.approx(np.full(8001, 0.04), rel=1e-6)
    assert course.row[:, 0].mean() == pytest.approx(0.5, abs=0.02)


def test_an_action_that_nobody_knows_stays_unknown():
    course = orbit(canon("prisoners-dilemma"), (1, 0), (0.5, 0.5))
    assert (course.row == [1, 0]).all()
    assert course.column[-1] == pytest.approx([0, 1], abs=1e-6)


def test_a_field_is_ready_to_be_drawn():
    drawn = vector_field(canon("coordination"), points=5)
    assert drawn.x.tolist() == drawn.y.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert (drawn.dx[[0, -1]] == 0).all()
    assert (drawn.dy[:, [0, -1]] == 0).all()
    assert (drawn.dx[1:-1, 3:] > 0).all()
    assert (drawn.dx[1:-1, :2] < 0).all()
    assert drawn.dx[1, 3] == drawn.dy[3, 1] == pytest.approx(0.25 * 0.75 * 0.5)


def test_where_nothing_matters_nothing_moves():
    assert not vector_field(Bimatrix([[[1, 1], [1, 1]], [[2, 2], [2, 2]]])).dx.any()


matrices = st.tuples(*[st.lists(st.lists(st.integers(-5, 5), min_size=3, max_size=3), min_size=2, max_size=2)] * 2)
rows = st.lists(st.integers(1, 9), min_size=2, max_size=2).map(lambda w: np.array(w) / sum(w))
columns = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any).map(lambda w: np.array(w) / sum(w))


@given(matrices, rows, columns)
def test_shares_go_on_adding_up_to_one(payoffs, row, column):
    game = Bimatrix(payoffs)
    for speeds in velocity(game, row, column):
        assert abs(speeds.sum()) < 1e-12
    course = orbit(game, row, column, duration=100, steps=20)
    for shares in course:
        assert (shares >= 0).all()
        assert shares.sum(axis=1) == pytest.approx(np.ones(21))


@given(matrices, rows, columns, st.lists(st.integers(-9, 9), min_size=3, max_size=3))
def test_what_comes_to_every_row_of_a_column_changes_nothing(payoffs, row, column, gifts):
    A, B = payoffs
    unit = Bimatrix([A, B])
    moved = Bimatrix([[[x + gift for x, gift in zip(line, gifts, strict=True)] for line in A], B])
    slow, fast = (game.array() for game in (unit, moved))
    before, after = velocity(unit, row, column)[0], velocity(moved, row, column)[0]
    units = [max(np.ptp(game[0]), np.ptp(game[1])) or 1 for game in (slow, fast)]
    assert before * units[0] == pytest.approx(after * units[1], abs=1e-9)


@settings(max_examples=50)
@given(matrices, rows, columns)
def test_a_path_sets_out_along_its_arrow(payoffs, row, column):
    game = Bimatrix(payoffs)
    course = orbit(game, row, column, duration=1e-4, steps=1)
    for shares, speeds in zip(course, velocity(game, row, column), strict=True):
        assert shares[1] - shares[0] == pytest.approx(1e-4 * speeds, abs=1e-7)


@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda: velocity(PENNIES, (1, 1), (1, 0)), "row"),
        (lambda: velocity(PENNIES, (1, 0), (2, -1)), "column"),
        (lambda: velocity(PENNIES, (1, 0), (1, 0, 0)), "column"),
        (lambda: orbit(PENNIES, (1, 0), (1, 0), duration=-1), "duration"),
        (lambda: orbit(PENNIES, (1, 0), (1, 0), duration=float("nan")), "duration"),
        (lambda: orbit(PENNIES, (1, 0), (1, 0), steps=0), "steps"),
        (lambda: orbit(PENNIES, [(1, 0)], (1, 0)), "row"),
        (lambda: orbit(PENNIES, (1, 0), [(1, 0)]), "column"),
        (lambda: vector_field(SCISSORS), "game"),
        (lambda: vector_field(PENNIES, points=1), "points"),
        (lambda: fictitious_play(PENNIES, draws(), rounds=0), "rounds"),
        (lambda: fictitious_play(PENNIES, draws(), noise=0.001), "noise"),
        (lambda: fictitious_play(PENNIES, draws(), noise=-1), "noise"),
    ],
)
def test_what_cannot_be_followed_is_refused(ask, place):
    with pytest.raises(InputError) as refusal:
        ask()
    assert refusal.value.problems[0].place == place


# --- Fictitious play ---


@pytest.mark.parametrize("game", [PENNIES, SCISSORS])
def test_beliefs_settle_in_zero_sum_games(game):
    """Robinson 1951, Annals of Mathematics 54."""
    course = fictitious_play(game, draws(), rounds=2000)
    even = 1 / game.shape[0]
    assert course.row[-1] == pytest.approx(np.full(game.shape[0], even), abs=0.05)
    assert course.column[-1] == pytest.approx(np.full(game.shape[1], even), abs=0.05)


def test_beliefs_never_settle_in_shapley_s_game():
    """Shapley 1964, Some topics in two-person games: the runs of one cell grow as fast as the past."""
    course = fictitious_play(SHAPLEY, draws(1), rounds=6000)
    late = course.row[1000:]
    assert (late.max(axis=0) - late.min(axis=0) > 0.2).all()


@pytest.mark.parametrize("name", ["bully", "prisoners-dilemma", "deadlock"])
def test_dominance_is_learnt(name):
    course = fictitious_play(canon(name), draws(), rounds=500)
    assert course.row[-1] == pytest.approx([0, 1], abs=0.02)
    assert course.column[-1] == pytest.approx([0, 1], abs=0.02)


def test_a_learner_in_a_game_without_ties_replies_to_what_was_played():
    """Heads, heads, then the transcript of the first replies: after the first round nothing is left to chance."""
    game = canon("deadlock")
    course = fictitious_play(game, draws(), rounds=4)
    played = np.diff(course.row[:, 1] * [1, 2, 3, 4])
    assert played.tolist() == [1, 1, 1]


def test_noise_makes_replies_logit():
    """Fudenberg and Levine 1998, chapter 4: against an even opponent in the pennies nobody leans to a side, and a
    dominant action worth the noise is played e times as often."""
    game = Bimatrix([[[1, 1], [0, 0]], [[1, 1], [0, 0]]])
    course = fictitious_play(game, draws(), rounds=4000, noise=1)
    assert course.row[-1, 0] == pytest.approx(np.e / (1 + np.e), abs=0.03)
    assert course.column[-1, 0] == pytest.approx(0.5, abs=0.03)
    still = fictitious_play(Bimatrix([[[2, 2]], [[2, 2]]]), draws(), rounds=10, noise=0.005)
    assert (still.row == 1).all()


def test_the_same_seed_plays_the_same_and_leaves_other_draws_alone():
    np.random.seed(5)  # noqa: NPY002, TID251 - Nashpy's source of chance must be found as it was left
    expected = np.random.random(3)  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002, TID251
    one, other = (fictitious_play(SCISSORS, draws(7), rounds=50) for _ in range(2))
    assert (np.random.random(3) == expected).all()  # noqa: NPY002
    assert (one.row == other.row).all()
    assert (one.column == other.column).all()
    third = fictitious_play(SCISSORS, draws(8), rounds=50)
    assert (one.row != third.row).any()


def test_ties_stay_ties_in_any_unit():
    thirds = Bimatrix([[["1/3", "-1/3"], ["-1/3", "1/3"]], [["-1/3", "1/3"], ["1/3", "-1/3"]]])
    huge = Bimatrix([[[1, -1], [-1, 1]], [[-1, "1e300"], [1, "-1e-9"]]])
    assert (fictitious_play(thirds, draws(3), 60).row == fictitious_play(PENNIES, draws(3), 60).row).all()
    assert fictitious_play(huge, draws(3), 60).row.shape == (60, 2)
    odd = Bimatrix([[[Fraction(1, 10**299 + k) for k in range(20)]] * 2] * 2)
    assert fictitious_play(odd, draws(3), 60).column.shape == (60, 20)
