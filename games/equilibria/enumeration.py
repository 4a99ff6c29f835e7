"""Every equilibrium of a two-player game, in integers: nothing is rounded, and the answer is complete.

A player's mixed strategy x and the payoff t that it leaves to a best-replying opponent form a polyhedron,
    {(x, t): x >= 0, t >= what each action of the opponent pays against x},
which is a cone as long as x is not divided by its sum. An equilibrium at a corner of both players' polyhedra is called
extreme. Every equilibrium is a mixture of extreme ones. Three steps find them all:

1. *Corners* of both cones by double description: start from a cone with known rays, add the inequalities one by one,
   and put a new ray on each edge that the new inequality cuts (Motzkin, Raiffa, Thompson and Thrall 1953). Integers are
   divided by their common factor, so rays are unique. Each ray has *labels*, stored as bits: own action i is unused
   (bit i), or action j of the opponent is a best reply (bit m + j).
2. *Extreme equilibria* are the pairs of corners whose labels together are complete: each action of each player is
   unused or a best reply (Mangasarian 1964).
3. *Maximal Nash subsets*, the continua, are the maximal sets X x Y of corners in which every pair is an equilibrium:
   maximal bicliques of the graph of step 2 (Avis, Rosenberg, Savani and von Stengel 2010, Economic Theory 42).
   Connected components of the equilibrium set are connected unions of such subsets.

A game is degenerate exactly when some corner has more labels than its player has actions: then a mixed strategy has
more best replies than actions in use (von Stengel 2002). The work grows exponentially with the number of actions, so
every inner loop checks the deadline. A game that would fill the memory before any deadline raises `GameTooLarge`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import gcd, inf
from operator import mul
from typing import NamedTuple, TypeAlias

from games.bimatrix import Matrix
from games.exact_numbers import common_denominator

Mixture: TypeAlias = tuple[Fraction, ...]
"""Probability of each action of one player; the sum is 1."""
Whole: TypeAlias = tuple[tuple[int, ...], ...]
"""A matrix of integers."""

LONGEST_ANSWER = 2_000_000
"""Largest number of probabilities in a list of equilibria; longer lists would fill the memory."""
NEVER, ALWAYS = Fraction(0), Fraction(1)
"""The two most frequent probabilities, shared objects: most comparisons can use identity, which is fast."""


class GameTooLarge(TimeoutError):
    """Numbers or answers are too long for the exact solver, whatever the time limit."""


Weights: TypeAlias = tuple[int, ...]
"""A mixed strategy in integers: divided by their sum they are probabilities."""
Graph: TypeAlias = dict[int, set[int]]
"""Rank of a row strategy -> ranks of the column strategies with which it is an equilibrium."""


class Corner(NamedTuple):
    """A mixed strategy at a corner of the polyhedron, and its labels as bits."""

    weights: Weights
    labels: int


class ExtremeEquilibria(NamedTuple):
    """The complete answer: extreme equilibria, maximal Nash subsets and components, linked by indices."""

    pairs: list[tuple[Mixture, Mixture]]
    """Each extreme equilibrium once: pure ones first, then in falling order of the probabilities."""
    subsets: list[tuple[int, ...]]
    """Maximal Nash subsets: indices of extreme equilibria whose row and column strategies can be mixed freely."""
    components: list[tuple[int, ...]]
    """Connected parts of the equilibrium set: indices of subsets."""
    degenerate: bool


def enumerate_equilibria(A: Matrix, B: Matrix, deadline: float) -> ExtremeEquilibria:
    """Return all extreme equilibria, maximal Nash subsets and components of a game.

    Parameters
    ----------
    A
        (m, n): payoffs of the row player.
    B
        (m, n): payoffs of the column player.
    deadline
        A reading of `time.perf_counter()`.

    Returns
    -------
    ExtremeEquilibria
        The complete answer.

    Raises
    ------
    TooLarge
        When the numbers or the answer are too long, whatever the time limit.
    TimeoutError
        When the deadline has passed.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel 2010, Economic Theory 42.
    """
    rows, columns = len(A), len(A[0])
    replies_to_rows, replies_to_columns = to_integers(B, deadline), to_integers(tuple(zip(*A, strict=True)), deadline)
    left = corners(replies_to_rows, deadline)
    right = [_turned(corner, columns, rows) for corner in corners(replies_to_columns, deadline)]
    partners = _complete(left, right, (1 << (rows + columns)) - 1, deadline)
    if sum(map(len, partners.values())) * (rows + columns) > LONGEST_ANSWER:
        raise GameTooLarge
    xs, ys = _falling(partners, deadline), _falling(set[Weights]().union(*partners.values()), deadline)
    row_rank, column_rank = ({weights: rank for rank, (_, weights) in enumerate(side)} for side in (xs, ys))
    graph = {row_rank[x]: {column_rank[y] for y in found} for x, found in partners.items()}
    # Pure equilibria sort first: only a mixed strategy has no probability of 1.
    x_mixes, y_mixes = ([max(mixture) < 1 for mixture, _ in side] for side in (xs, ys))
    order = sorted((x_mixes[x] or y_mixes[y], x, y) for x, found in graph.items() for y in found)
    index = {(x, y): position for position, (_, x, y) in enumerate(order)}
    subsets = sorted(_subsets(graph, index, deadline))
    crowded = _crowded(left, rows) or _crowded(right, columns)
    pairs = [(xs[x][0], ys[y][0]) for _, x, y in order]
    return ExtremeEquilibria(pairs, subsets, _connected(subsets, deadline), crowded)


def to_integers(payoffs: Matrix, deadline: float = inf) -> Whole:
    """Return payoffs as integers of at least 1 in the largest unit that fits; best replies do not change.

    Raises TimeoutError after the deadline, and `GameTooLarge` when the common denominator has more than 10,000 bits.
    """
    scale = common_denominator(x for row in payoffs for x in row)
    if scale is None:
        raise GameTooLarge
    scaled: list[list[int]] = []
    for row in payoffs:
        _watch(deadline)
        scaled.append([x.numerator * (scale // x.denominator) for x in row])
    lowest, factor = min(map(min, scaled)), 0
    for row in scaled:
        _watch(deadline)
        factor = gcd(factor, *(x - lowest for x in row))
    return tuple(tuple((x - lowest) // (factor or 1) + 1 for x in row) for row in scaled)


def corners(replies: Whole, deadline: float) -> list[Corner]:
    """Return the corners of {(x, t): x >= 0, t >= sum of x[i] * replies[i][j] for every j}, without the apex.

    `replies` is positive, (own action, action of the opponent): the payoff of the opponent. Labels: bit i for x[i] = 0,
    bit len(replies) + j where inequality j holds with equality. Raises TimeoutError after the deadline.
    """
    size = len(replies)
    rays = _simplex_cone([row[0] for row in replies])
    for j in range(1, len(replies[0])):
        prices = (*(-row[j] for row in replies), 1)
        rays = _cut(rays, prices, 1 << (size + j), deadline)
    found: list[Corner] = []
    for ray, labels in rays:
        _watch(deadline)
        if any(ray[:-1]):
            found.append(Corner(ray[:-1], labels))
    return found


def _simplex_cone(first: Sequence[int]) -> list[Corner]:
    """Return the rays of the cone for an opponent with one action: the apex ray, and each pure strategy."""
    size = len(first)
    unused = (1 << size) - 1
    rays = [Corner((0,) * size + (1,), unused)]
    for i, pay in enumerate(first):
        pure = tuple(int(i == k) for k in range(size))
        rays.append(Corner((*pure, pay), unused ^ (1 << i) | 1 << size))
    return rays


def _cut(rays: list[Corner], prices: tuple[int, ...], label: int, deadline: float) -> list[Corner]:
    """Return the cone cut by one more inequality.

    Rays that violate the inequality are dropped, and each edge that it cuts gives a new ray. Two rays span an edge when
    no third ray has all the labels that they share. If one of them has no more labels than it needs, its labels are
    independent, and it is enough that the two share all but one.
    """
    shared_by_edge = len(prices) - 2
    kept: list[Corner] = []
    inside: list[tuple[int, tuple[int, ...], int]] = []
    beyond: list[tuple[int, tuple[int, ...], int]] = []
    for corner in rays:
        _watch(deadline)
        weights, labels = corner
        slack = sum(map(mul, prices, weights))
        if slack:
            (inside if slack > 0 else beyond).append((labels, weights, abs(slack)))
        if slack >= 0:
            kept.append(corner if slack else Corner(weights, labels | label))
    masks = [labels for _, labels in rays]
    for outer, outer_weights, excess in beyond:
        _watch(deadline)
        lean = outer.bit_count() == shared_by_edge + 1
        for inner, inner_weights, slack in [ray for ray in inside if (outer & ray[0]).bit_count() >= shared_by_edge]:
            _watch(deadline)
            shared = outer & inner
            independent = lean or inner.bit_count() == shared_by_edge + 1
            if (independent and shared.bit_count() == shared_by_edge) or _only_two(masks, shared):
                kept.append(Corner(_between(outer_weights, slack, inner_weights, excess), shared | label))
    return kept


def _only_two(masks: list[int], shared: int) -> bool:
    return sum(mask & shared == shared for mask in masks) == 2


def _between(outer: tuple[int, ...], slack: int, inner: tuple[int, ...], excess: int) -> tuple[int, ...]:
    """Return the point of the edge at which the inequality holds with equality, in the smallest integers."""
    point = [slack * a + excess * b for a, b in zip(outer, inner, strict=True)]
    factor = gcd(*point)
    return tuple(x // factor for x in point)


def _turned(corner: Corner, own: int, other: int) -> Corner:
    """Return the corner of the column player with the row player's labels in the lower bits."""
    low, high = corner.labels & ((1 << own) - 1), corner.labels >> own
    return Corner(corner.weights, low << other | high)


def _complete(left: list[Corner], right: list[Corner], everything: int, deadline: float) -> dict[Weights, set[Weights]]:
    """Return for every row strategy the column strategies with which it is an equilibrium."""
    having: dict[int, list[Corner]] = {}
    for corner in right:
        _watch(deadline)
        for bit in _bits(corner.labels):
            having.setdefault(bit, []).append(corner)
    graph: dict[Weights, set[Weights]] = {}
    for weights, labels in left:
        _watch(deadline)
        missing = everything & ~labels
        # Every left corner uses some action, so some label is missing. The rarest one leaves the fewest candidates.
        candidates = min((having.get(bit, []) for bit in _bits(missing)), key=len)
        partners = {corner.weights for corner in candidates if corner.labels & missing == missing}
        if partners:
            graph[weights] = partners
    return graph


def _bits(labels: int) -> Iterable[int]:
    while labels:
        lowest = labels & -labels
        yield lowest
        labels ^= lowest


def _falling(side: Iterable[Weights], deadline: float) -> list[tuple[Mixture, Weights]]:
    """Return the strategies with the larger probabilities of the first actions first."""
    mixtures: list[tuple[Mixture, Weights]] = []
    for weights in side:
        _watch(deadline)
        mixtures.append((_mixture(weights), weights))
    return sorted(mixtures, reverse=True)


def _subsets(graph: Graph, index: dict[tuple[int, int], int], deadline: float) -> Iterator[tuple[int, ...]]:
    """Yield the maximal X x Y inside the graph: the sets Y are the neighbourhoods, closed under intersection."""
    neighbourhoods = {frozenset(partners) for partners in graph.values()}
    closed, fresh = set(neighbourhoods), set(neighbourhoods)
    while fresh:
        met: set[frozenset[int]] = set()
        for one in fresh:
            _watch(deadline)
            met.update(both for other in neighbourhoods if (both := one & other))
        fresh = met - closed
        closed |= fresh
    for Y in closed:
        _watch(deadline)
        yield tuple(sorted(index[x, y] for x, partners in graph.items() if partners >= Y for y in Y))


def _connected(subsets: list[tuple[int, ...]], deadline: float) -> list[tuple[int, ...]]:
    """Return the components: subsets that share an extreme equilibrium, directly or through others."""
    components: list[tuple[set[int], list[int]]] = []
    for position, subset in enumerate(subsets):
        _watch(deadline)
        vertices, members = set(subset), [position]
        apart: list[tuple[set[int], list[int]]] = []
        for component in components:
            if vertices.isdisjoint(component[0]):
                apart.append(component)
            else:
                vertices |= component[0]
                members += component[1]
        components = [*apart, (vertices, members)]
    return sorted(tuple(sorted(members)) for _, members in components)


def _crowded(found: list[Corner], size: int) -> bool:
    return any(corner.labels.bit_count() > size for corner in found)


def _mixture(weights: Weights) -> Mixture:
    total = sum(weights)
    return tuple(ALWAYS if weight == total else Fraction(weight, total) if weight else NEVER for weight in weights)


def _watch(deadline: float) -> None:
    if time.perf_counter() > deadline:
        raise TimeoutError
