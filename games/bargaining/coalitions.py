"""Cooperative games of up to 16 players: Shapley value, core and least core.

A coalition is a bitmask: bit i stands for player i, so that coalition 5 is players 0 and 2. Its worth is the payoff
that its members can have together without the others. All numbers are exact, up to 16 players (65,536 coalitions).

- **Shapley value**: the marginal contribution of a player, on average over all orders of arrival (Shapley 1953).
- **Core**: the splits that no coalition can improve on alone (Gillies 1959). It is empty exactly when some balanced
  collection, coalitions with weights that sum to 1 for every player, is worth more than the coalition of all (Bondareva
  1963; Shapley 1967). Both answers come with their proof: a split, or such a collection.
- **Least core**: the splits that minimise the largest excess (Maschler, Peleg and Shapley 1979).

The core is found by constraint generation: compute prices, add the coalition with the largest excess, and repeat until
no coalition has a positive excess. This is the simplex method on balanced collections; each step computes the excess of
all 2^n coalitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm
from operator import index
from typing import Any, NamedTuple, TypeAlias, cast

from games.errors import input_error
from games.exact_numbers import exact

Split: TypeAlias = tuple[Fraction, ...]
"""The payoff of each player."""

MOST_PLAYERS = 16
_LONGEST = 10_000
"""Largest common denominator of the worths, in bits."""


@dataclass(frozen=True, slots=True, init=False)
class Coalitions:
    """A game in coalitional form: the worth of every group of players."""

    worth: tuple[Fraction, ...]
    """(2^n,): by bitmask; the worth of the empty coalition is 0."""
    players: tuple[str, ...]

    def __init__(self, worth: Any, players: Sequence[str] | None = None) -> None:
        """Read the worths from a sequence by bitmask, or from a mapping of groups to worths.

        Parameters
        ----------
        worth
                2^n numbers by bitmask, or a mapping. The groups of a mapping are bitmasks, or tuples or sets of players
            by name or number; groups that are left out have worth 0.
        players
            Names of the n players, 1 to 16; numbered from 1 when None.

        Raises
        ------
        InputError
                For another count of numbers, for an empty coalition with a worth other than 0, for more than 16
            players, for names that are missing or equal, and for fractions whose common denominator has more than
            10,000 bits.
        """
        names = None if players is None else tuple(players)
        mapped = isinstance(worth, Mapping)
        values = _mapped(cast("Mapping[Any, Any]", worth), names) if mapped else list(cast("Iterable[Any]", worth))
        count = len(values).bit_length() - 1
        if not 1 <= count <= MOST_PLAYERS or len(values) != 1 << count:
            hint = f"give 2^n numbers, one for each bitmask of n players, up to {MOST_PLAYERS}"
            raise input_error("worth", f"has {len(values)} coalitions", hint)
        numbers = tuple(exact(value, f"worth[{mask}]") for mask, value in enumerate(values))
        if numbers[0]:
            raise input_error("worth[0]", "nobody at all is worth something", "write 0 for the empty coalition")
        named = names or tuple(str(player + 1) for player in range(count))
        if len(named) != count or len(set(named)) != count:
            raise input_error("players", f"{len(named)} names for {count} players", "name each of them once")
        _integers(numbers)
        object.__setattr__(self, "worth", numbers)
        object.__setattr__(self, "players", named)

    @property
    def grand_coalition(self) -> int:
        """The bitmask of the coalition of all players."""
        return len(self.worth) - 1

    def members(self, coalition: int) -> tuple[str, ...]:
        """Return the names of the members of a coalition."""
        return tuple(name for player, name in enumerate(self.players) if coalition >> player & 1)


class CoalitionExcess(NamedTuple):
    """A coalition and its excess at a split."""

    coalition: int
    excess: Fraction
    """Its worth minus the sum of its members' payoffs; positive when the coalition can improve on the split."""


@dataclass(frozen=True, slots=True)
class Core:
    """Whether some split satisfies every coalition, with the proof."""

    split: Split | None
    """One split in the core: the least prices plus an equal part of what is left; None when the core is empty."""
    price: Fraction
    """The least total that satisfies every coalition but that of all; above the worth of all when the core is empty."""
    balanced: Mapping[int, Fraction]
    """Coalitions and weights, summing to 1 for each player, whose weighted worth is `price` (Bondareva 1963)."""

    @property
    def empty(self) -> bool:
        """Whether no split satisfies every coalition."""
        return self.split is None


class LeastCore(NamedTuple):
    """The smallest possible value of the largest excess, with a split."""

    excess: Fraction
    """The smallest possible largest excess; 0 or less when the core is not empty."""
    split: Split
    """One split at which no coalition has a larger excess."""


# ------------------------------------------------------------------------------------------------- Shapley and core


def shapley(game: Coalitions) -> Split:
    """Return the Shapley value of every player; the sum is the worth of the coalition of all.

    Parameters
    ----------
    game
        A game of n players in coalitional form.

    Returns
    -------
    tuple of Fraction
        (n,): the payoff of each player.

    References
    ----------
    Shapley 1953.
    """
    count = len(game.players)
    worths, unit = _integers(game.worth)
    # Orders of arrival in which exactly the members of a coalition of this size come before (or after) a given player.
    orders = [factorial(size) * factorial(count - size - 1) for size in range(count)] + [0]
    brought = [worth * (orders[(size := mask.bit_count()) - 1] + orders[size]) for mask, worth in enumerate(worths)]
    # The sum as if each player belonged to no coalition; the part as a member is added below.
    outside = sum(worth * orders[mask.bit_count()] for mask, worth in enumerate(worths))
    return tuple(
        Fraction(
            sum(value for mask, value in enumerate(brought) if mask >> player & 1) - outside, unit * factorial(count)
        )
        for player in range(count)
    )


def largest_excess(game: Coalitions, split: Sequence[Any]) -> CoalitionExcess:
    """Return the coalition with the largest excess, other than the empty one and that of all; the first of several.

    Parameters
    ----------
    game
        A game of n players in coalitional form. For one player the only coalition is that of all.
    split
        n numbers: the payoff of each player.

    Returns
    -------
    CoalitionExcess
        The coalition and its excess.

    Raises
    ------
    InputError
        For a split that does not have one number for each player.
    """
    return _strongest(game.worth, _parts(game, split))


def in_core(game: Coalitions, split: Sequence[Any]) -> bool:
    """Return whether the split distributes the worth of all and no coalition can have more alone.

    Parameters
    ----------
    game
        A game of n players in coalitional form.
    split
        n numbers: the payoff of each player.

    Returns
    -------
    bool
        Exact, without a tolerance.

    Raises
    ------
    InputError
        For a split that does not have one number for each player.

    References
    ----------
    Gillies 1959.
    """
    parts = _parts(game, split)
    return sum(parts) == game.worth[-1] and _strongest(game.worth, parts).excess <= 0


def core(game: Coalitions) -> Core:
    """Return a split that satisfies every coalition, or the balanced collection that proves that there is none.

    Parameters
    ----------
    game
        A game of n players in coalitional form.

    Returns
    -------
    Core
        A split or None, the least price, and the balanced collection.

    References
    ----------
    Bondareva 1963; Shapley 1967.
    """
    collection = _alone(len(game.players))
    prices = _cheapest(game.worth, collection)
    price = sum(prices, Fraction(0))
    left = (game.worth[-1] - price) / len(prices)
    return Core(None if left < 0 else tuple(part + left for part in prices), price, collection.balanced())


def least_core(game: Coalitions) -> LeastCore:
    """Return the smallest possible largest excess, by Newton's method on the price of satisfying all coalitions.

    The price is a piecewise linear convex function of the excess, so each Newton step takes the current piece as a
    straight line and never goes too far. The excess of a game of one player is 0.

    Parameters
    ----------
    game
        A game of n players in coalitional form.

    Returns
    -------
    LeastCore
        The excess and one split.

    References
    ----------
    Maschler, Peleg and Shapley 1979.
    """
    worth = game.worth
    if len(worth) == 2:
        return LeastCore(Fraction(0), (worth[1],))
    collection, excess = _alone(len(game.players)), Fraction(0)
    while True:
        prices = _cheapest([value - excess for value in worth], collection)
        step = (sum(prices) - worth[-1]) / sum(collection.weights)
        if not step:
            return LeastCore(excess, prices)
        excess += step


def _parts(game: Coalitions, split: Sequence[Any]) -> Split:
    parts = tuple(exact(part, "split") for part in split)
    if len(parts) != len(game.players):
        raise input_error(
            "split", f"has {len(parts)} parts for {len(game.players)} players", "give one number for each"
        )
    return parts


def _strongest(worth: Sequence[Fraction], parts: Sequence[Fraction]) -> CoalitionExcess:
    if len(parts) == 1:
        return CoalitionExcess(1, worth[1] - parts[0])
    short = _excesses(*_integers(worth), parts)
    mask = max(range(1, len(short) - 1), key=short.__getitem__)
    return CoalitionExcess(mask, worth[mask] - sum(part for player, part in enumerate(parts) if mask >> player & 1))


def _integers(worth: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return the worths as integers in a common unit, and the number of units in 1."""
    unit = 1
    for denominator in {value.denominator for value in worth}:
        unit = lcm(unit, denominator)
        if unit.bit_length() > _LONGEST:
            raise input_error("worth", "the fractions have no common unit of a usable size", "write them as decimals")
    return [value.numerator * (unit // value.denominator) for value in worth], unit


def _excesses(worth: Sequence[int], unit: int, parts: Sequence[Fraction]) -> list[int]:
    """Return the excess of every coalition as an integer in a unit common to worths and parts."""
    finer = lcm(*(part.denominator for part in parts))
    sums = [0]
    for part in parts:
        own = part.numerator * (finer // part.denominator) * unit
        sums += [others + own for others in sums]
    return [value * finer - given for value, given in zip(worth, sums, strict=True)]


class _Collection(NamedTuple):
    """As many coalitions as players, the inverse of their membership matrix, and the weights that balance them."""

    coalitions: list[int]
    inverse: list[list[Fraction]]
    weights: list[Fraction]

    def balanced(self) -> dict[int, Fraction]:
        """Return the coalitions with a weight other than 0."""
        return {mask: weight for mask, weight in sorted(zip(self.coalitions, self.weights, strict=True)) if weight}

    def prices(self, worth: Sequence[Fraction]) -> Split:
        """Return the payoffs of the players at which each coalition of the collection gets exactly its worth."""
        rows = [(worth[mask], row) for mask, row in zip(self.coalitions, self.inverse, strict=True)]
        return tuple(sum((value * row[player] for value, row in rows), Fraction(0)) for player in range(len(rows)))


def _alone(count: int) -> _Collection:
    """Return the collection of the single players."""
    unit = [[Fraction(int(i == j)) for j in range(count)] for i in range(count)]
    return _Collection([1 << player for player in range(count)], unit, [Fraction(1)] * count)


def _cheapest(worth: Sequence[Fraction], collection: _Collection) -> Split:
    """Return the least prices at which every coalition except that of all is satisfied.

    Simplex steps change the collection in place until it proves the prices: a coalition with a positive excess enters,
    another one leaves. The largest excess enters; after a step without gain the first one does (Bland 1977), which
    prevents cycles.
    """
    integers, unit = _integers(worth)
    gained = True
    while True:
        prices = collection.prices(worth)
        entering = _entering(_excesses(integers, unit, prices), strongest=gained)
        if entering is None:
            return prices
        gained = _exchanged(collection, entering)


def _entering(short: list[int], *, strongest: bool) -> int | None:
    complaining = [mask for mask in range(1, len(short) - 1) if short[mask] > 0]
    if not complaining:
        return None
    return max(complaining, key=short.__getitem__) if strongest else complaining[0]


def _exchanged(collection: _Collection, entering: int) -> bool:
    """Let one coalition enter and another leave; return whether any weight moved."""
    coalitions, inverse, weights = collection
    players = [player for player in range(len(coalitions)) if entering >> player & 1]
    uses = [sum((row[player] for player in players), Fraction(0)) for row in inverse]
    weight, _, leaving = min((weights[k] / use, coalitions[k], k) for k, use in enumerate(uses) if use > 0)
    head = [x / uses[leaving] for x in inverse[leaving]]
    for k, use in enumerate(uses):
        inverse[k] = [x - use * y for x, y in zip(inverse[k], head, strict=True)]
        weights[k] -= use * weight
    inverse[leaving], weights[leaving], coalitions[leaving] = head, weight, entering
    return weight > 0


def _mapped(worth: Mapping[Any, Any], names: tuple[str, ...] | None) -> list[Any]:
    """Return the worths of a mapping by bitmask."""
    pairs = [(_mask(group, names), value) for group, value in worth.items()]
    masks = Counter(mask for mask, _ in pairs)
    count = len(names) if names else max(masks, default=0).bit_length()
    if not 1 <= count <= MOST_PLAYERS or max(masks, default=0) >> count or min(masks, default=0) < 0:
        raise input_error("worth", "names players that do not exist, or too many", f"name 1 to {MOST_PLAYERS} players")
    if len(masks) < len(pairs):
        twice = masks.most_common(1)[0][0]
        called = names or tuple(str(player + 1) for player in range(count))
        members = ", ".join(name for player, name in enumerate(called) if twice >> player & 1)
        raise input_error("worth", f"the coalition ({members}) stands twice", "give every coalition one worth")
    found = dict(pairs)
    return [found.get(mask, 0) for mask in range(1 << count)]


def _mask(group: Any, names: tuple[str, ...] | None) -> int:
    if hasattr(group, "__index__"):
        return index(group)
    members = cast("Iterable[Any]", group) if isinstance(group, Iterable) else [group]
    players = [names.index(one) if names and one in names else one for one in members]
    if not all(isinstance(one, int) and 0 <= one < MOST_PLAYERS for one in players):
        raise input_error(
            "worth", f"{group!r} is not a group of the players", "write a tuple of their names or numbers"
        )
    return sum(1 << one for one in set(players))
