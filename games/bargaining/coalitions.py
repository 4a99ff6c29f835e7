"""More than two players: what each brings to a coalition, which splits hold, and which clubs last.

A coalition is a bitmask: bit i stands for player i, so that coalition 5 is players 0 and 2. Its worth is what its
members can have together without the others. All numbers are exact, up to 16 players (65,536 coalitions).

- **Shapley value**: what a player adds to those who came before, on average over all orders (Shapley 1953).
- **Core**: the splits that no coalition can beat on its own (Gillies 1959). It is empty exactly where some balanced
  collection, coalitions with weights that give every player one unit of time, is worth more than all together
  (Bondareva 1963; Shapley 1967). Both answers come with their proof: a split, or such a collection.
- **Least core**: the splits that keep the strongest complaint as weak as can be (Maschler, Peleg and Shapley 1979).
- **Club**: internally stable where no member is better off outside, externally where no outsider is better off
  inside, each looking at one move only (d'Aspremont, Jacquemin, Gabszewicz and Weymark 1983; Barrett 1994).

The core is found from its complaints: splits are priced, the coalition that complains most enters, until none does.
This is the simplex method on balanced collections, with the 2^n coalitions looked over in one sweep per step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm
from operator import index
from typing import Any, NamedTuple, TypeAlias, cast

from games.errors import refuse
from games.exact_numbers import exact

Split: TypeAlias = tuple[Fraction, ...]
"""What each player gets."""

MOST_PLAYERS = 16
_LONGEST = 10_000


@dataclass(frozen=True, slots=True, init=False)
class Coalitions:
    """A game in coalitions: the worth of every group of players."""

    worth: tuple[Fraction, ...]
    """(2^n,): by bitmask; the empty coalition is worth 0."""
    players: tuple[str, ...]

    def __init__(self, worth: Any, players: Sequence[str] | None = None) -> None:
        """Read one number for each of the 2^n bitmasks, or a mapping from groups of players to what they are worth.

        The groups of a mapping are bitmasks, or tuples or sets of players by name or number; groups left out are
        worth 0. Players are numbered from 1 when not named. Raises InputError for another count of numbers, for an
        empty coalition that is worth something, for more than 16 players, and for fractions whose common denominator
        has more than 10,000 bits.
        """
        names = None if players is None else tuple(players)
        mapped = isinstance(worth, Mapping)
        values = _mapped(cast("Mapping[Any, Any]", worth), names) if mapped else list(cast("Iterable[Any]", worth))
        count = len(values).bit_length() - 1
        if not 1 <= count <= MOST_PLAYERS or len(values) != 1 << count:
            hint = f"give 2^n numbers, one for each bitmask of n players, up to {MOST_PLAYERS}"
            raise refuse("worth", f"has {len(values)} coalitions", hint)
        numbers = tuple(exact(value, f"worth[{mask}]") for mask, value in enumerate(values))
        if numbers[0]:
            raise refuse("worth[0]", "nobody at all is worth something", "write 0 for the empty coalition")
        named = names or tuple(str(player + 1) for player in range(count))
        if len(named) != count or len(set(named)) != count:
            raise refuse("players", f"{len(named)} names for {count} players", "name each of them once")
        _integers(numbers)
        object.__setattr__(self, "worth", numbers)
        object.__setattr__(self, "players", named)

    @property
    def everybody(self) -> int:
        """The coalition of all."""
        return len(self.worth) - 1

    def members(self, coalition: int) -> tuple[str, ...]:
        """The names of those who belong to a coalition."""
        return tuple(name for player, name in enumerate(self.players) if coalition >> player & 1)


class Complaint(NamedTuple):
    """A coalition that could have more on its own than a split gives it."""

    coalition: int
    excess: Fraction
    """Its worth less what its members get; negative where it has no reason to complain."""


@dataclass(frozen=True, slots=True)
class Core:
    """Whether some split satisfies every coalition, with the proof."""

    split: Split | None
    """One that does: equal parts of what is left over once all are satisfied as cheaply as can be; None when empty."""
    price: Fraction
    """The least that satisfies every coalition but that of all; the core is empty where it exceeds the worth of all."""
    balanced: Mapping[int, Fraction]
    """Coalitions and weights, 1 in sum for each player, whose weighted worth is `price` (Bondareva 1963)."""

    @property
    def empty(self) -> bool:
        """No split satisfies everybody."""
        return self.split is None


class LeastCore(NamedTuple):
    """The weakest strongest complaint."""

    excess: Fraction
    """The least amount by which some coalition must go short; 0 or less where the core is not empty."""
    split: Split
    """One split at which no coalition goes shorter."""


# ------------------------------------------------------------------------------------------------- Shapley and core


def shapley(game: Coalitions) -> Split:
    """The Shapley value of every player; it shares out the worth of all (Shapley 1953)."""
    count = len(game.players)
    worths, unit = _integers(game.worth)
    # In how many orders of arrival exactly those of a coalition of this size come before, or after, one given player.
    orders = [factorial(size) * factorial(count - size - 1) for size in range(count)] + [0]
    brought = [worth * (orders[(size := mask.bit_count()) - 1] + orders[size]) for mask, worth in enumerate(worths)]
    # Counted as if each player belonged to no coalition; what it brings as a member is then added.
    outside = sum(worth * orders[mask.bit_count()] for mask, worth in enumerate(worths))
    return tuple(
        Fraction(
            sum(value for mask, value in enumerate(brought) if mask >> player & 1) - outside, unit * factorial(count)
        )
        for player in range(count)
    )


def strongest_complaint(game: Coalitions, split: Sequence[Any]) -> Complaint:
    """The coalition, other than nobody and all, that a split leaves shortest; the first of several.

    Raises InputError for a split that has not one number for each player; a game of one player has no complaints
    but its own, that of all.
    """
    return _strongest(game.worth, _parts(game, split))


def in_core(game: Coalitions, split: Sequence[Any]) -> bool:
    """Whether the split shares out the worth of all, and no coalition can have more alone (Gillies 1959)."""
    parts = _parts(game, split)
    return sum(parts) == game.worth[-1] and _strongest(game.worth, parts).excess <= 0


def core(game: Coalitions) -> Core:
    """A split that satisfies every coalition, or the balanced collection that proves that there is none."""
    collection = _alone(len(game.players))
    prices = _cheapest(game.worth, collection)
    price = sum(prices, Fraction(0))
    left = (game.worth[-1] - price) / len(prices)
    return Core(None if left < 0 else tuple(part + left for part in prices), price, collection.balanced())


def least_core(game: Coalitions) -> LeastCore:
    """The smallest excess that some coalition must bear, by Newton's rule on the price of satisfying all.

    The price falls in straight pieces as every coalition gives up more; each step takes the piece at hand for the
    whole line and never goes too far. A game of one player has an excess of 0.
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
        raise refuse("split", f"has {len(parts)} parts for {len(game.players)} players", "give one number for each")
    return parts


def _strongest(worth: Sequence[Fraction], parts: Sequence[Fraction]) -> Complaint:
    if len(parts) == 1:
        return Complaint(1, worth[1] - parts[0])
    short = _excesses(*_integers(worth), parts)
    mask = max(range(1, len(short) - 1), key=short.__getitem__)
    return Complaint(mask, worth[mask] - sum(part for player, part in enumerate(parts) if mask >> player & 1))


def _integers(worth: Sequence[Fraction]) -> tuple[list[int], int]:
    """The worths in a common whole unit, and how many of it make 1."""
    unit = 1
    for denominator in {value.denominator for value in worth}:
        unit = lcm(unit, denominator)
        if unit.bit_length() > _LONGEST:
            raise refuse("worth", "the fractions have no common unit of a usable size", "write them as decimals")
    return [value.numerator * (unit // value.denominator) for value in worth], unit


def _excesses(worth: Sequence[int], unit: int, parts: Sequence[Fraction]) -> list[int]:
    """The excess of every coalition, in a whole unit common to worths and parts."""
    finer = lcm(*(part.denominator for part in parts))
    sums = [0]
    for part in parts:
        own = part.numerator * (finer // part.denominator) * unit
        sums += [others + own for others in sums]
    return [value * finer - given for value, given in zip(worth, sums, strict=True)]


class _Collection(NamedTuple):
    """As many coalitions as players, the inverse of their table of members, and the weights that balance them."""

    coalitions: list[int]
    inverse: list[list[Fraction]]
    weights: list[Fraction]

    def balanced(self) -> dict[int, Fraction]:
        """The coalitions that carry weight."""
        return {mask: weight for mask, weight in sorted(zip(self.coalitions, self.weights, strict=True)) if weight}

    def prices(self, worth: Sequence[Fraction]) -> Split:
        """What the players must get so that each coalition of the collection gets its worth."""
        rows = [(worth[mask], row) for mask, row in zip(self.coalitions, self.inverse, strict=True)]
        return tuple(sum((value * row[player] for value, row in rows), Fraction(0)) for player in range(len(rows)))


def _alone(count: int) -> _Collection:
    """Every player alone."""
    unit = [[Fraction(int(i == j)) for j in range(count)] for i in range(count)]
    return _Collection([1 << player for player in range(count)], unit, [Fraction(1)] * count)


def _cheapest(worth: Sequence[Fraction], collection: _Collection) -> Split:
    """The least prices at which every coalition but that of all is satisfied.

    Simplex steps on the collection, in place, until it proves the prices: a coalition that complains enters, another
    leaves. The strongest complaint enters; after a step that gained nothing the first does (Bland 1977), which
    forbids circles.
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
    """Let a coalition in and another out; whether that moved any weight."""
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
    """The worths by bitmask."""
    pairs = [(_mask(group, names), value) for group, value in worth.items()]
    masks = Counter(mask for mask, _ in pairs)
    count = len(names) if names else max(masks, default=0).bit_length()
    if not 1 <= count <= MOST_PLAYERS or max(masks, default=0) >> count or min(masks, default=0) < 0:
        raise refuse("worth", "names players that do not exist, or too many", f"name 1 to {MOST_PLAYERS} players")
    if len(masks) < len(pairs):
        twice = masks.most_common(1)[0][0]
        called = names or tuple(str(player + 1) for player in range(count))
        members = ", ".join(name for player, name in enumerate(called) if twice >> player & 1)
        raise refuse("worth", f"the coalition ({members}) stands twice", "give every coalition one worth")
    found = dict(pairs)
    return [found.get(mask, 0) for mask in range(1 << count)]


def _mask(group: Any, names: tuple[str, ...] | None) -> int:
    if hasattr(group, "__index__"):
        return index(group)
    members = cast("Iterable[Any]", group) if isinstance(group, Iterable) else [group]
    players = [names.index(one) if names and one in names else one for one in members]
    if not all(isinstance(one, int) and 0 <= one < MOST_PLAYERS for one in players):
        raise refuse("worth", f"{group!r} is not a group of the players", "write a tuple of their names or numbers")
    return sum(1 << one for one in set(players))
