"""Coalitions: published values and cores, the axioms, and clubs whose stable size is known."""

from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.bargaining.clubs import club_members, club_sizes
from games.bargaining.coalitions import Coalitions, core, in_core, largest_excess, least_core, shapley
from games.errors import InputError

GLOVES = Coalitions(
    {("left", "right"): 1, ("other left", "right"): 1, ("left", "other left", "right"): 1},
    ("left", "other left", "right"),
)
MAJORITY = Coalitions([0, 0, 0, 1, 0, 1, 1, 1])
THIRD = Fraction(1, 3)


# --- Published answers ---


def test_the_right_glove_is_worth_four_times_a_left_one():
    """Shapley and Shubik 1969, J. Political Economy 77: in the core the scarce side takes all."""
    assert shapley(GLOVES) == (Fraction(1, 6), Fraction(1, 6), Fraction(2, 3))
    assert core(GLOVES).split == (0, 0, 1)
    assert in_core(GLOVES, (0, 0, 1))
    assert not in_core(GLOVES, shapley(GLOVES))
    assert largest_excess(GLOVES, shapley(GLOVES)) == (0b101, Fraction(1, 6))
    assert GLOVES.members(0b101) == ("left", "right")


def test_a_majority_can_always_be_tempted():
    """von Neumann and Morgenstern 1944, chapter 5: three players, any two of whom take all."""
    found = core(MAJORITY)
    assert found.empty
    assert found.price == Fraction(3, 2)
    assert found.balanced == {0b011: Fraction(1, 2), 0b101: Fraction(1, 2), 0b110: Fraction(1, 2)}
    assert shapley(MAJORITY) == (THIRD, THIRD, THIRD)
    assert least_core(MAJORITY) == (THIRD, (THIRD, THIRD, THIRD))
    assert MAJORITY.players == ("1", "2", "3")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_unanimity_is_shared_evenly(count):
    game = Coalitions({(1 << count) - 1: 1})
    assert shapley(game) == (Fraction(1, count),) * count
    assert in_core(game, shapley(game))
    assert not core(game).empty


def test_who_needs_the_longer_runway_pays_for_the_rest_of_it():
    """Littlechild and Owen 1973, Management Science 20: each stretch is shared by those who need it."""
    costs = 8, 11, 13, 18
    game = Coalitions([-max((c for i, c in enumerate(costs) if mask >> i & 1), default=0) for mask in range(16)])
    assert shapley(game) == (-2, -3, -4, -9)
    assert in_core(game, shapley(game))


def test_the_security_council():
    """Fifteen members, five with a veto, nine votes to pass (Taylor and Pacelli 2008): 421 and 4 of 2145."""
    passes = [int(mask & 31 == 31 and mask.bit_count() >= 9) for mask in range(1 << 15)]
    value = shapley(Coalitions(passes))
    assert value == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10


def test_the_least_core_may_be_better_than_fair():
    """A worth above the sum of all parts leaves everyone something: a negative excess."""
    assert least_core(Coalitions([0, 0, 0, 1])) == (Fraction(-1, 2), (Fraction(1, 2), Fraction(1, 2)))
    assert least_core(Coalitions([0, 7])) == (0, (7,))
    assert core(Coalitions([0, 7])).split == (7,)


# --- Reading ---


def test_worths_are_read_by_bitmask_by_number_and_by_name():
    names = "A", "B"
    read = [
        Coalitions(worth, names)
        for worth in (
            [0, "0.1", 2, 3],
            np.array([0, 0.1, 2, 3]),
            {1: 0.1, np.int64(2): 2, 3: 3},
            {(0,): 0.1, (1,): 2, (0, 1): 3},
            {"A": 0.1, "B": 2, frozenset("AB"): 3},
        )
    ]
    assert len(set(read)) == 1
    assert read[0].worth == (0, Fraction(1, 10), 2, 3)
    assert read[0].members(read[0].grand_coalition) == names


@pytest.mark.parametrize(
    ("worth", "players", "place"),
    [
        ([], None, "worth"),
        ([0], None, "worth"),
        ([0, 1, 2], None, "worth"),
        ([0] * (1 << 17), None, "worth"),
        ([1, 1], None, "worth[0]"),
        ([0, float("nan")], None, "worth[1]"),
        ([0, *(Fraction(1, 10**290 + k) for k in range(15))], None, "worth"),
        ([0, 1], ["A", "B"], "players"),
        ([0, 1, 1, 1], ["A", "A"], "players"),
        ({}, None, "worth"),
        ({-1: 1, 3: 1}, None, "worth"),
        ({4: 1}, ["A", "B"], "worth"),
        ({("A", "C"): 1}, ["A", "B"], "worth"),
        ({(0, 16): 1}, None, "worth"),
        ({1 << 16: 1}, None, "worth"),
        ({("A", "B"): 1, ("B", "A"): 2}, ["A", "B"], "worth"),
        ({("A", "B"): 1, ("B", "A"): 1}, ["A", "B"], "worth"),
        ({3: 1, frozenset("AB"): 1}, ["A", "B"], "worth"),
        ({"A": 1, (0,): 1}, ["A", "B"], "worth"),
        ({(): 0, 0: 0, "A": 1}, ["A", "B"], "worth"),
        ({4: 1, (2,): 1}, ["A", "B"], "worth"),
        ({1.5: 1}, ["A", "B"], "worth"),
    ],
)
def test_what_is_no_game_is_refused(worth, players, place):
    with pytest.raises(InputError) as refusal:
        Coalitions(worth, players)
    assert refusal.value.problems[0].place == place


def test_a_coalition_that_stands_twice_is_named():
    with pytest.raises(InputError, match=r"\(A, B\) stands twice"):
        Coalitions({("A", "B"): 1, ("B", "A"): 2}, ["A", "B"])
    with pytest.raises(InputError, match=r"\(1, 2\) stands twice"):
        Coalitions({3: 1, (0, 1): 2})


def test_a_split_has_a_part_for_everyone():
    with pytest.raises(InputError) as refusal:
        in_core(MAJORITY, (1, 0))
    assert refusal.value.problems[0].place == "split"
    assert not in_core(MAJORITY, (1, 1, 1))
    assert largest_excess(Coalitions([0, 7]), (5,)) == (1, 2)


# --- Laws ---


@st.composite
def worths(draw, most=4):
    count = draw(st.integers(1, most))
    return [0, *draw(st.lists(st.fractions(-5, 5, max_denominator=6), min_size=2**count - 1, max_size=2**count - 1))]


@given(worths())
def test_the_value_is_what_players_add_on_average_over_all_orders(worth):
    game = Coalitions(worth)
    count = len(game.players)
    added = [Fraction(0)] * count
    for order in permutations(range(count)):
        there = 0
        for player in order:
            added[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    assert shapley(game) == tuple(total / factorial(count) for total in added)


@given(worths())
def test_efficiency(worth):
    assert sum(shapley(Coalitions(worth))) == worth[-1]


@given(worths(3), st.data())
def test_symmetry(worth, data):
    count = len(Coalitions(worth).players)
    order = data.draw(st.permutations(range(count)))

    def renamed(mask):
        return sum(1 << order[player] for player in range(count) if mask >> player & 1)

    turned = [Fraction(0)] * len(worth)
    for mask, value in enumerate(worth):
        turned[renamed(mask)] = value
    before, after = shapley(Coalitions(worth)), shapley(Coalitions(turned))
    assert all(after[order[player]] == before[player] for player in range(count))
    assert core(Coalitions(turned)).price == core(Coalitions(worth)).price


@given(worths(3), st.fractions(-5, 5, max_denominator=6))
def test_a_dummy_gets_what_it_has_alone(worth, alone):
    value = shapley(Coalitions([*worth, *(x + alone for x in worth)]))
    assert value == (*shapley(Coalitions(worth)), alone)


@given(
    st.integers(1, 3).flatmap(lambda n: st.tuples(*[st.lists(st.integers(-9, 9), min_size=2**n, max_size=2**n)] * 2))
)
def test_additivity(pair):
    one, other = ([0, *worth[1:]] for worth in pair)
    both = shapley(Coalitions([x + y for x, y in zip(one, other, strict=True)]))
    parts = zip(shapley(Coalitions(one)), shapley(Coalitions(other)), strict=True)
    assert both == tuple(x + y for x, y in parts)


@given(worths())
def test_the_core_comes_with_its_proof(worth):
    game = Coalitions(worth)
    found, count = core(game), len(game.players)
    for player in range(count):
        assert sum(weight for mask, weight in found.balanced.items() if mask >> player & 1) == 1
    assert min(found.balanced.values()) > 0
    assert sum(weight * worth[mask] for mask, weight in found.balanced.items()) == found.price
    assert found.empty == (found.price > worth[-1])
    assert found.split is None or in_core(game, found.split)


@given(worths())
def test_the_least_core_is_the_core_of_the_game_in_which_all_but_everybody_give_up_the_excess(worth):
    game = Coalitions(worth)
    found = least_core(game)
    assert sum(found.split) == worth[-1]
    if len(game.players) == 1:
        return
    assert largest_excess(game, found.split).excess == found.excess

    def eased(excess):
        return core(Coalitions([0, *(value - excess for value in worth[1:-1]), worth[-1]]))

    assert not eased(found.excess).empty
    assert eased(found.excess - Fraction(1, 1000)).empty
    assert (found.excess > 0) == core(game).empty


@given(st.lists(st.integers(0, 1), min_size=31, max_size=31))
def test_ties_do_not_make_the_search_walk_in_circles(worth):
    found = core(Coalitions([0, *worth]))
    assert found.price >= max(worth[:-1])


@given(st.lists(st.fractions(0, 3, max_denominator=4), min_size=4, max_size=4))
def test_convex_games_have_the_value_in_the_core(sizes):
    """Shapley 1971, Int. J. Game Theory 1: where joining pays more the larger the coalition."""
    worth = [sum(x for i, x in enumerate(sizes) if mask >> i & 1) ** 2 for mask in range(16)]
    assert in_core(Coalitions(worth), shapley(Coalitions(worth)))


# --- Clubs ---


def abatement(countries, k, a, b, c):
    """The model of Barrett 1994: benefits b (aQ - Q^2 / 2) / N, costs c q^2 / 2, the club moves first.

    What a member and an outsider get where k countries have signed, as exact numbers.
    """
    ratio = c / b
    rest = ratio * countries / (ratio * countries + countries - k)
    club = a * k**2 * rest**2 / countries / (ratio + k**2 * rest**2 / countries)
    others = (countries - k) * (a - club) / (ratio * countries + countries - k)
    benefit = b * (a * (club + others) - (club + others) ** 2 / 2) / countries
    member = benefit - c * (club / k) ** 2 / 2 if k else Fraction(0)
    outsider = benefit - c * (others / (countries - k)) ** 2 / 2 if k < countries else Fraction(0)
    return member, outsider


def test_barrett_s_ten_countries_sign_in_fours():
    """The example of Barrett 1994, Oxford Economic Papers 46: N = 10, a = 100, b = 1, c = 0.25."""
    case = Fraction(100), Fraction(1), Fraction(1, 4)
    payoffs = [abatement(10, k, *case) for k in range(11)]
    assert [round(float(x), 1) for x in (*payoffs[4], payoffs[3][1], payoffs[5][0])] == [472.2, 474.9, 468.9, 473.7]
    assert club_sizes(lambda k: float(payoffs[k][0]), lambda k: float(payoffs[k][1]), countries=10).stable == (4,)


@pytest.mark.parametrize("countries", [4, 10, 100])
def test_with_constant_marginal_benefits_no_club_is_larger_than_three(countries):
    """Carraro and Siniscalco 1993, J. Public Economics 52; Barrett 1994. In units of b^2 / c; two and three tie."""
    k = np.arange(countries + 1)
    found = club_sizes(countries - k + k**2 / 2, countries - k + k**2 - 0.5)
    assert [size for size in found.stable if size > 1] == [2, 3]
    assert not found.internal[4:].any()
    assert not found.external[1]


def test_a_tolerance_keeps_countries_where_they_are():
    members, outsiders = [0, 1, 1.001, 0], [1, 1, 1, 0]
    assert club_sizes(members, outsiders).stable == (0, 2)
    assert club_sizes(members, outsiders, tolerance=0.01).stable == (0, 1, 2)


def test_unlike_countries_are_looked_at_one_by_one():
    """Only the coast gains from the club, and only the port is needed for it."""
    coast, port = 1, 2
    payoffs = np.zeros((8, 3))
    payoffs[[3, 7], 0] = payoffs[[3, 7], 1] = 2
    payoffs[:, 2] = [-1 if mask & 4 else 0 for mask in range(8)]
    found = club_members(payoffs)
    assert found.stable == (0, coast | port)
    assert not found.internal[4:].any()
    assert found.external.tolist() == [True, False, False, True, True, False, False, True]


@given(st.integers(1, 4), st.data())
def test_for_identical_countries_both_readings_agree(countries, data):
    pay = st.lists(st.integers(0, 4), min_size=countries + 1, max_size=countries + 1)
    members, outsiders = data.draw(pay), data.draw(pay)
    sizes = club_sizes(members, outsiders)
    by_mask = [
        [(members if mask >> i & 1 else outsiders)[mask.bit_count()] for i in range(countries)]
        for mask in range(1 << countries)
    ]
    stable = club_members(by_mask).stable
    assert {mask.bit_count() for mask in stable} == set(sizes.stable)
    assert all((mask in stable) == (mask.bit_count() in sizes.stable) for mask in range(1 << countries))


@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda: club_sizes([1, 2], [1, 2, 3]), "members"),
        (lambda: club_sizes([1], [1]), "members"),
        (lambda: club_sizes([[1, 2]], [[1, 2]]), "members"),
        (lambda: club_sizes([0, float("nan")], [0, 0]), "members"),
        (lambda: club_sizes(float, float), "countries"),
        (lambda: club_sizes(float, float, countries=0), "countries"),
        (lambda: club_members([[0, 0], [1, 1]]), "payoffs"),
        (lambda: club_members([0, 1]), "payoffs"),
        (lambda: club_members([[0], [float("inf")]]), "payoffs"),
        (lambda: club_sizes([0, 1], [0, 1], tolerance=float("nan")), "tolerance"),
        (lambda: club_sizes([0, 1], [0, 1], tolerance=-1), "tolerance"),
        (lambda: club_members([[0], [1]], tolerance=float("nan")), "tolerance"),
        (lambda: club_members([[0], [1]], tolerance=float("inf")), "tolerance"),
    ],
)
def test_what_is_no_club_is_refused(ask, place):
    with pytest.raises(InputError) as refusal:
        ask()
    assert refusal.value.problems[0].place == place
