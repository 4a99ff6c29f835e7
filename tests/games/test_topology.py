"""The strict 2x2 games: how many there are, who is next to whom, and where ties lie between them.

Counts: Rapoport and Guyer (1966), General Systems 11 (78 games); Robinson and Goforth (2005), The Topology of the
2x2 Games (144 with player roles, six neighbours each); 66 have one equilibrium and 12 have three.
"""

from collections import Counter
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.solve import solve
from games.two_by_two.taxonomy import classify
from games.two_by_two.topology import ORDERS, Place, all_places, find_place, rank_table, ranks, topology

ORDERINGS = [((a, b), (c, d)) for a, b, c, d in permutations((1, 2, 3, 4))]
STRICT = list(product(ORDERINGS, ORDERINGS))


def relabelled(A, B):
    """The same game under every naming of the actions, by the plain definition."""
    for rows, columns in product((1, -1), (1, -1)):
        yield tuple(tuple(tuple(row[::columns]) for row in matrix[::rows]) for matrix in (A, B))


def exchanged(A, B):
    """The same game with the players listed the other way round."""
    return tuple(zip(*B, strict=True)), tuple(zip(*A, strict=True))


def located(game):
    """The topology of a game that has one."""
    found = topology(game)
    assert found is not None
    return found


def key(game):
    """The key of a strict game."""
    found = located(game)
    assert found.strict
    assert found.place is not None
    return found.place.key


def test_there_are_144_games_with_roles_and_a_key_names_each():
    brute = {min(relabelled(A, B)) for A, B in STRICT}
    keys = {min(relabelled(A, B)): {find_place(*same).key for same in relabelled(A, B)} for A, B in STRICT}
    assert len(STRICT) == 576
    assert len(brute) == 144
    assert all(len(found) == 1 for found in keys.values())
    assert len({key for (key,) in keys.values()}) == 144
    assert {key for (key,) in keys.values()} == {one.key for one in all_places()}


def test_there_are_78_games_without_roles_and_12_of_them_are_symmetric():
    brute = {min([*relabelled(A, B), *relabelled(*exchanged(A, B))]) for A, B in STRICT}
    assert len(brute) == 78
    assert len({frozenset((one, one.mirror)) for one in all_places()}) == 78
    assert [one for one in all_places() if one == one.mirror] == [Place(order, order) for order in ORDERS]


def test_exchanging_the_players_exchanges_the_orders():
    assert all(find_place(*exchanged(A, B)) == find_place(A, B).mirror for A, B in STRICT)


def test_66_games_have_one_equilibrium_and_12_have_three():
    games = {frozenset((one, one.mirror)): Bimatrix(rank_table(one)) for one in all_places()}
    counts = Counter(len(solve(game, opinion=False).equilibria) for game in games.values())
    assert counts == {1: 66, 3: 12}


def test_a_place_can_be_written_down_again():
    assert all(find_place(*rank_table(one)) == one for one in all_places())
    assert rank_table(Place("TRPS", "TRPS")) == (((3, 1), (4, 2)), ((3, 4), (1, 2)))


@pytest.mark.parametrize(
    ("name", "place_key"),
    [
        ("prisoners-dilemma", "TRPS-TRPS"),
        ("chicken", "TRSP-TRSP"),
        ("stag-hunt", "RTPS-RTPS"),
        ("harmony", "RSTP-RSTP"),
        ("deadlock", "TPRS-TPRS"),
    ],
)
def test_familiar_games_stand_where_their_names_say(name, place_key):
    assert key(canon(name)) == place_key
    assert Place(*place_key.split("-")).name.replace("'", "").replace(" ", "-") == name


def test_a_game_of_two_orders_has_two_names():
    assert Place("TPRS", "RTPS").name == "deadlock against stag hunt"


def test_the_orders_run_round_in_two_circles_of_single_swaps():
    """In the order of Robinson and Goforth: the two lower and the two middle ranks change places in turn."""
    for first in "TR":
        circle = [order for order in ORDERS if order[0] == first]
        swaps = [
            [place for place in range(4) if one[place] != other[place]] for one, other in pairwise([*circle, circle[0]])
        ]
        assert len(circle) == 6
        assert swaps in ([[2, 3], [1, 2]] * 3, [[1, 2], [2, 3]] * 3)


def test_each_game_has_six_neighbours_and_is_one_of_theirs():
    beside = {one.key: {key for key, _ in located(Bimatrix(rank_table(one))).neighbours} for one in all_places()}
    assert {len(keys) for keys in beside.values()} == {6}
    assert all(one in beside[other] for one, keys in beside.items() for other in keys)
    assert sum(map(len, beside.values())) == 2 * 432


def test_next_to_the_prisoners_dilemma_one_side_has_chicken_deadlock_or_a_stag_hunt():
    keys = {key for key, _ in located(canon("prisoners-dilemma")).neighbours}
    assert keys == {"TRSP-TRPS", "TRPS-TRSP", "TPRS-TRPS", "TRPS-TPRS", "RTPS-TRPS", "TRPS-RTPS"}


def test_the_bully_of_table_6_a4_is_deadlock_with_a_tie_beside_a_stag_hunt():
    found = located(canon("bully"))
    assert (found.place, found.strict) == (None, False)
    assert "TPRS-RTPS" in [key for key, _ in found.neighbours]
    assert len(found.neighbours) == 4
    assert {kind for _, kind in found.neighbours} == {"bully"}


def test_breaking_ties_comes_out_in_exactly_the_games_that_agree_with_them():
    assert located(canon("cooperative")).neighbours == tuple(
        (f"{row}-{column}", "stag-hunt") for row, column in product(("RPTS", "RTPS"), repeat=2)
    )
    indifferent = located(Bimatrix([[[0, 0], [0, 0]], [[3, 4], [1, 2]]]))
    # Wherever the row player's best cell comes to lie, the column player's C is there: TRPS, or RTSP the other way up.
    assert {key for key, _ in indifferent.neighbours} == {f"{a}-{b}" for a, b in product(ORDERS, ("TRPS", "RTSP"))}
    assert {key for key, _ in located(Bimatrix([[[7] * 2] * 2] * 2)).neighbours} == {one.key for one in all_places()}


def test_one_key_has_several_classes_where_a_class_depends_on_the_listing():
    found = located(Bimatrix([[[0, 0], [0, 0]], [[0, 0], [0, 0]]])).neighbours
    assert {kind for key, kind in found if key == "TPRS-TPRS"} == {"deadlock", "harmony", "unnamed"}
    assert {kind for key, kind in found if key == "TRPS-TRPS"} == {"prisoners-dilemma"}


PAYOFFS = st.lists(
    st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2), min_size=2, max_size=2
)


@given(PAYOFFS, st.integers(1, 4), st.integers(-5, 5))
def test_the_place_does_not_depend_on_units_or_names(payoffs, scale, shift):
    A, B = payoffs
    found = located(Bimatrix(payoffs))
    moved = [[scale * x + shift for x in row] for row in A]
    assert located(Bimatrix((moved, B))) == found
    keys = {key for key, _ in found.neighbours}
    assert {key for key, _ in located(Bimatrix((A[::-1], B[::-1]))).neighbours} == keys
    other = located(Bimatrix(payoffs).transpose())
    assert {"-".join(reversed(key.split("-"))) for key, _ in other.neighbours} == keys


@given(PAYOFFS)
def test_a_class_that_needs_no_tie_is_that_of_every_strict_neighbour(payoffs):
    """Breaking ties can only make new comparisons: a strict dominance or a strict equilibrium stays."""
    game = Bimatrix(payoffs)
    if not located(game).strict and classify(game).name == "bully":
        assert {kind for _, kind in located(game).neighbours} == {"bully"}


def test_ranks_are_told_for_games_of_any_size_with_shared_places():
    game = Bimatrix([[[5, 1, 9]], [["1/3", 0, "1/3"]]])
    assert ranks(game) == (((2, 1, 3),), ((2, 1, 2),))
    assert topology(game) is None


def test_a_difference_below_the_tolerance_is_a_tie():
    payoffs = [[[3, 1], [4, "1.00001"]], [[3, 4], [1, 2]]]
    assert key(Bimatrix(payoffs)) == "TRPS-TRPS"
    assert located(Bimatrix(payoffs, tolerance="0.001")).strict is False
    assert ranks(Bimatrix(payoffs, tolerance="0.001"))[0] == ((2, 1), (3, 1))
