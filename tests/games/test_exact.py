"""The exact solver against published games, and against brute force on random games full of ties."""

import time
from fractions import Fraction
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import games.equilibria.enumeration
from games.bimatrix import Bimatrix
from games.equilibria.enumeration import GameTooLarge, enumerate_equilibria


def solved(A, B, seconds=10.0):
    return enumerate_equilibria(*Bimatrix((A, B)).payoffs, time.perf_counter() + seconds)


# ------------------------------------------------- brute force: every basis of every linear system, one by one


def solution(rows, right):
    """Gauss-Jordan in fractions: the one solution of a square system, or None."""
    table = [[*map(Fraction, row), Fraction(value)] for row, value in zip(rows, right, strict=True)]
    size = len(table)
    for column in range(size):
        pivot = next((r for r in range(column, size) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [x / table[column][column] for x in table[column]]
        for r in range(size):
            if r != column:
                table[r] = [x - table[r][column] * y for x, y in zip(table[r], table[column], strict=True)]
    return tuple(row[-1] for row in table)


def brute_corners(replies):
    """Mixed strategy -> (unused own actions, best replies), for all corners of the best-reply polyhedron."""
    size, count = len(replies), len(replies[0])
    unused = [[int(i == k) for k in range(size)] + [0] for i in range(size)]
    best = [[-replies[i][j] for i in range(size)] + [1] for j in range(count)]
    corners = {}
    for chosen in combinations(range(size + count), size):
        point = solution([[1] * size + [0], *((unused + best)[label] for label in chosen)], [1, *[0] * size])
        if point is None or min(point[:-1]) < 0:
            continue
        pays = [sum(point[i] * replies[i][j] for i in range(size)) for j in range(count)]
        if max(pays) == point[-1]:
            corners[point[:-1]] = (
                {i for i in range(size) if not point[i]},
                {j for j in range(count) if pays[j] == point[-1]},
            )
    return corners


def brute(A, B):
    """Extreme equilibria, maximal Nash subsets, components and degeneracy, by trying everything."""
    rows, columns = len(A), len(A[0])
    left = brute_corners(B)
    right = brute_corners([list(column) for column in zip(*A, strict=True)])
    pairs = {
        (x, y)
        for (x, (x_unused, y_best)), (y, (y_unused, x_best)) in product(left.items(), right.items())
        if x_unused | x_best == set(range(rows)) and y_unused | y_best == set(range(columns))
    }
    subsets = brute_subsets(pairs)
    crowded = [len(u) + len(b) > rows for u, b in left.values()] + [
        len(u) + len(b) > columns for u, b in right.values()
    ]
    return pairs, subsets, joined(subsets), any(crowded)


def brute_subsets(pairs):
    xs = sorted({x for x, _ in pairs})
    found = set()
    for X in chain.from_iterable(combinations(xs, size) for size in range(1, len(xs) + 1)):
        Y = {y for _, y in pairs if all((x, y) in pairs for x in X)}
        if Y and not any(all((x, y) in pairs for y in Y) for x in set(xs) - set(X)):
            found.add(frozenset(product(X, Y)))
    return found


def joined(subsets):
    groups = [set(subset) for subset in subsets]
    for pair in {pair for subset in subsets for pair in subset}:
        touching = [group for group in groups if pair in group]
        groups = [group for group in groups if pair not in group] + [set().union(*touching)]
    return {frozenset(group) for group in groups}


def agrees(A, B):
    found = solved(A, B)
    pairs, subsets, components, degenerate = brute(A, B)
    assert len(found.pairs) == len(pairs)
    assert set(found.pairs) == pairs
    told = [frozenset(found.pairs[k] for k in subset) for subset in found.subsets]
    assert len(told) == len(subsets)
    assert set(told) == subsets
    assert {frozenset().union(*(told[k] for k in members)) for members in found.components} == components
    assert found.degenerate == degenerate


def matrices(shape, values):
    row = st.lists(values, min_size=shape[1], max_size=shape[1])
    matrix = st.lists(row, min_size=shape[0], max_size=shape[0])
    return st.tuples(matrix, matrix)


few = st.integers(0, 3)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 3)])
def test_equals_brute_force_on_games_full_of_ties(shape):
    @settings(max_examples=60, deadline=None)
    @given(matrices(shape, few))
    def law(game):
        agrees(*game)

    law()


def test_equals_brute_force_on_4_by_4_games_with_ties():
    generator = np.random.default_rng(44)
    for _ in range(6):
        agrees(*generator.integers(0, 4, (2, 4, 4)).tolist())


@pytest.mark.full
@pytest.mark.parametrize(("low", "high"), [(0, 3), (1, 4)])
@pytest.mark.parametrize(("size", "count"), [(2, 10_000), (3, 2_000), (4, 300)])
def test_equals_brute_force_thousands_of_times(size, count, low, high):
    generator = np.random.default_rng([size, low])
    for _ in range(count):
        agrees(*generator.integers(low, high + 1, (2, size, size)).tolist())


# ----------------------------------------------------------------------------------------- published answers


def thirds(*weights):
    return tuple(Fraction(weight) for weight in weights)


def test_the_textbook_game_of_three_equilibria():
    # von Stengel, Algorithmic Game Theory (2007), chapter 3.
    found = solved([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]])
    assert found.pairs == [
        (thirds(1, 0, 0), thirds(1, 0)),
        (thirds("4/5", "1/5", 0), thirds("2/3", "1/3")),
        (thirds(0, "1/3", "2/3"), thirds("1/3", "2/3")),
    ]
    assert found.components == [(0,), (1,), (2,)]
    assert not found.degenerate


def test_the_textbook_game_made_degenerate_holds_a_continuum():
    # The same with b12 = 3: against row 1 both columns are best replies (von Stengel 2007).
    found = solved([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
    assert found.degenerate
    assert found.pairs == [
        (thirds(1, 0, 0), thirds(1, 0)),
        (thirds(1, 0, 0), thirds("2/3", "1/3")),
        (thirds(0, "1/3", "2/3"), thirds("1/3", "2/3")),
    ]
    assert found.subsets == [(0, 1), (2,)]
    assert found.components == [(0,), (1,)]


def test_von_stengels_six_by_six_game_has_75_equilibria():
    # von Stengel, Discrete Comput Geom 21 (1999), with the small payoffs of Savani and von Stengel (2006):
    # more than the 2^6 - 1 = 63 that had been conjectured to be the most.
    A = [
        [-81, 36, -126, 126, -36, 90],
        [-180, 72, -333, 297, -153, 270],
        [20, -3, 42, -33, 17, -30],
        [-30, 17, -33, 42, -3, 20],
        [270, -153, 297, -333, 72, -180],
        [90, -36, 126, -126, 36, -81],
    ]
    B = [
        [72, 36, 17, -3, -36, -153],
        [-180, -81, -30, 20, 90, 270],
        [297, 126, 42, -33, -126, -333],
        [-333, -126, -33, 42, 126, 297],
        [270, 90, 20, -30, -81, -180],
        [-153, -36, -3, 17, 36, 72],
    ]
    found = solved(A, B)
    assert len(found.pairs) == 75
    assert not found.degenerate
    assert len(found.components) == 75


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pure_coordination_has_an_equilibrium_for_every_set_of_actions(size):
    # Quint and Shubik (1997): the identity game attains 2^n - 1.
    same = np.eye(size, dtype=int).tolist()
    assert len(solved(same, same).pairs) == 2**size - 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (3, 2), (5, 5)])
def test_where_nothing_matters_everything_is_one_continuum(shape):
    rows, columns = shape
    nothing = [[0] * columns for _ in range(rows)]
    found = solved(nothing, nothing)
    assert len(found.pairs) == rows * columns
    assert found.subsets == [tuple(range(rows * columns))]
    assert found.components == [(0,)]
    assert found.degenerate == (rows * columns > 1)


def test_rock_paper_scissors_is_an_even_mixture():
    wins = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    losses = [[-x for x in row] for row in wins]
    assert solved(wins, losses).pairs == [(thirds(*["1/3"] * 3), thirds(*["1/3"] * 3))]


def test_payoffs_of_any_unit_give_the_same_answer():
    A, B = [[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]
    plain = solved(A, B)
    for unit in (Fraction(1, 10**12), Fraction(10**12), Fraction(7, 3)):
        high, low = ([[x * unit - 5 for x in row] for row in matrix] for matrix in (A, B))
        assert solved(high, low) == plain


# -------------------------------------------------------------------------------------------------------- laws


def test_a_game_that_is_not_degenerate_has_an_odd_number_of_points():
    @settings(max_examples=40, deadline=None)
    @given(matrices((3, 3), st.integers(-50, 50)))
    def law(game):
        found = solved(*game)
        assert found.degenerate or len(found.pairs) % 2 == 1

    law()


def shape_of(found, seen=lambda x, y: (x, y)):
    """The whole answer without its numbering: points, maximal subsets, components, verdict."""
    pairs = [seen(x, y) for x, y in found.pairs]
    subsets = [frozenset(pairs[k] for k in subset) for subset in found.subsets]
    parts = {frozenset(subsets[k] for k in members) for members in found.components}
    return set(pairs), set(subsets), parts, found.degenerate


SHAPES = [(2, 2), (2, 3), (3, 3)]
units = st.fractions(min_value=Fraction(1, 10**12), max_value=10**12)
shifts = st.fractions(min_value=-(10**6), max_value=10**6)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_players_unit_matters_however_small_or_large(shape):
    @settings(max_examples=50, deadline=None)
    @given(matrices(shape, few), st.tuples(units, units), st.tuples(shifts, shifts))
    def law(game, scales, moves):
        A, B = (
            [[x * scale + move for x in row] for row in matrix]
            for matrix, scale, move in zip(game, scales, moves, strict=True)
        )
        assert solved(A, B) == solved(*game)

    law()


@pytest.mark.parametrize("shape", SHAPES)
def test_what_actions_are_called_does_not_matter(shape):
    @settings(max_examples=50, deadline=None)
    @given(matrices(shape, few), st.permutations(range(shape[0])), st.permutations(range(shape[1])))
    def law(game, rows, columns):
        A, B = ([[matrix[i][j] for j in columns] for i in rows] for matrix in game)
        expected = shape_of(solved(*game), lambda x, y: (tuple(x[i] for i in rows), tuple(y[j] for j in columns)))
        assert shape_of(solved(A, B)) == expected

    law()


@pytest.mark.parametrize("shape", SHAPES)
def test_who_is_called_the_row_player_does_not_matter(shape):
    @settings(max_examples=50, deadline=None)
    @given(matrices(shape, few))
    def law(game):
        A, B = ([list(column) for column in zip(*matrix, strict=True)] for matrix in game)
        assert shape_of(solved(B, A)) == shape_of(solved(*game), lambda x, y: (y, x))

    law()


@settings(max_examples=40, deadline=None)
@given(matrices((2, 3), few), st.integers(0, 1))
def test_equal_rows_share_one_anothers_part(game, which):
    """Doubling a row splits every equilibrium that uses it in two, and hides no other."""
    A, B = ([*matrix, matrix[which]] for matrix in game)
    agrees(A, B)
    merged = {((*x[:which], x[which] + x[2], *x[which + 1 : 2]), y) for x, y in solved(A, B).pairs}
    assert merged == set(solved(*game).pairs)


# ------------------------------------------------------------------------------------------------------- bounds


@pytest.mark.parametrize("shape", [(12, 12), (30, 30), (2, 400)])
def test_a_clock_that_has_run_out_stops_the_solver(shape):
    generator = np.random.default_rng(1)
    with pytest.raises(TimeoutError):
        solved(*generator.integers(0, 99, (2, *shape)).tolist(), seconds=-1.0)


def test_an_answer_that_would_fill_the_memory_is_not_begun(monkeypatch):
    monkeypatch.setattr(games.equilibria.enumeration, "LONGEST_ANSWER", 53)
    nothing = [[0] * 3 for _ in range(3)]
    with pytest.raises(GameTooLarge):
        solved(nothing, nothing)


def test_numbers_of_thousands_of_digits_are_refused_at_once():
    unlike = [[Fraction(1, 10**1600 + 7 * k + j) for j in range(2)] for k in range(2)]
    with pytest.raises(GameTooLarge):
        solved(unlike, unlike)
    assert len(solved([[Fraction(1, 10**1600), 0]], [[1, 0]]).pairs) == 1
