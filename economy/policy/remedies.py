"""Remedies: the smallest amount of a remedy that makes two governments open and stay open.

A remedy changes one parameter, from the amount that has no effect to the largest amount.

1. LEVELS amounts are tried. There is no bisection, because the amounts that are enough need not be an interval:
   with a small levy the host gains too little, with a large one nobody moves.
2. If an amount is enough, finer amounts between the first such amount and the one before it are tried. The answer
   is good to a thousandth.
3. If none is enough, finer amounts near the best one are tried.

There are two answers. An opening is *self-enforcing* when neither country is below the status quo and neither gains by
closing alone. In a *binding treaty* the first condition is enough.

References
----------
Alonso, "Managing Labor Mobility", section 6.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.batching import Index, flatten_batch, take_columns
from economy.model.payoffs import solve_bilateral
from economy.parameters import Array, Parameters, Real, entries
from economy.policy.largest_openness import (
    AT_ONCE,
    BINDING,
    CONDITIONS,
    add_level_axis,
    agreement_margins,
    conditions_hold,
)
from games.messages import message

LEVELS = 200
"""Number of amounts of a remedy that are tried first."""
FINER, PASSES = 40, 2
"""Amounts tried between two levels, and number of refinements: the range is divided into about 320,000 steps."""
SMALL = 1e-5
"""Smallest lump sum that is tried, share of the host's GDP."""


class Remedy(NamedTuple):
    """A remedy: a parameter and the range of its amount."""

    name: str
    """Name, as in "levy"."""
    field: str
    """Parameter that the remedy sets."""
    unit: str
    """Unit of the amount."""
    first: float
    """Amount that has no effect."""
    last: float
    """Largest amount."""
    dose: float = 0.0
    """Standard amount when this remedy is combined with another one (assumption; shown with every answer)."""
    payer: str | None = None
    """Who pays: "host", "origin" or "migrants"; None where the model charges nobody."""
    payee: str | None = None
    """Who receives; a levy is divided between both countries where `tax_host` is below 1."""
    of: str = ""
    """Parameter of which the amount is a share; empty where the amount is the value of the parameter itself."""
    floor: float = 0.0
    """Smallest value of the parameter `of`; the amount is a share of the part above it."""

    def levels(self) -> Array:
        """(LEVELS) amounts tried first, from `first` to `last`; lump sums are on a geometric grid."""
        if self.field == "side":
            return np.concatenate([[0.0], np.copysign(np.geomspace(SMALL, 1.0, LEVELS - 1), self.last)])
        return np.linspace(self.first, self.last, LEVELS)

    def apply(self, parameters: Parameters, amount: Real) -> Parameters:
        """Apply the remedy.

        Parameters
        ----------
        parameters
            Economies of shape B.
        amount
            Amount of the remedy; broadcasts with B.

        Returns
        -------
        changed : Parameters
            The economies with the new value. A share of another parameter is kept below the upper limit of `field`.
        """
        if self.of:
            whole = getattr(parameters, self.of) - self.floor
            amount = np.minimum(self.floor + amount * whole, entries()[self.field].high)
        return parameters.replace(**{self.field: amount})


LEVY = Remedy("levy", "tax", message("share of earnings abroad"), 0.0, 1.0, 0.10, "migrants", "host")
"""Levy on migrants' earnings abroad."""
LUMP_SUM = Remedy("lump sum", "side", message("share of the host's GDP"), 0.0, 1.0, payer="origin", payee="host")
"""Lump sum from the origin's treasury to the host's."""
COMPENSATION = Remedy(
    "lump sum from the host", "side", message("share of the host's GDP"), 0.0, -1.0, payer="host", payee="origin"
)
"""Lump sum from the host's treasury to the origin's."""
PHASING = Remedy("phasing", "years", message("periods"), 1.0, 100.0, 5.0)
"""Opening phased in over several periods."""
PARTNERSHIP = Remedy(
    "skill partnership", "gsp", message("share of less skilled movers"), 0.0, 1.0, 0.5, "host", "migrants"
)
"""Skill partnership: less skilled movers are trained at the host's cost."""
RECIPROCITY = Remedy("reciprocity", "recip", message("share of the cost of moving, cut"), 0.0, 1.0, 0.5, of="cost")
"""Lower cost of moving from host to origin."""
QUOTA = Remedy(
    "quota", "openness", message("share of the openness kept"), 1.0, 1 / LEVELS, 0.5, "migrants", of="openness"
)
"""Smaller openness."""
WEIGHT = Remedy("weight", "w_X", message("weight of a foreign migrant"), 0.0, 10.0)
"""Political weight of foreign migrants."""
LOSS_AVERSION = Remedy("loss", "loss", message("share of the fear of loss left"), 1.0, 0.0, of="loss", floor=1.0)
"""Lower loss aversion of the governments."""

REMEDIES = (LEVY, LUMP_SUM, COMPENSATION, PHASING, PARTNERSHIP, RECIPROCITY, QUOTA, WEIGHT, LOSS_AVERSION)
"""All remedies that are searched alone."""

NO_EFFECT_VALUES = {remedy.field: remedy.first for remedy in REMEDIES if remedy.of != remedy.field}
"""Value at which the remedy has no effect, by parameter; remedies that are a share of their own parameter are left
out."""

SHARING = Remedy("shared levy", "tax_host", message("host's share of the levy"), 1.0, 0.0, 0.5)
"""Not a remedy alone: it lowers the host's share of a levy and the origin's loss from it."""
FIXED_CAPITAL = Remedy("immobile capital", "kappa", message("mobility of capital"), 1.0, 0.0, 0.0)
"""Not a remedy, because no treaty fixes capital. It is a comparison that shows the effect of mobile capital."""


class Plan(NamedTuple):
    """A remedy whose smallest amount is searched, with other remedies at their standard amounts."""

    remedy: Remedy
    """The remedy whose smallest amount is searched."""
    beside: tuple[Remedy, ...] = ()
    """Other remedies at their standard amounts."""

    def apply_others(self, parameters: Parameters) -> Parameters:
        """The economies with the other remedies at their standard amounts and every remedy else removed."""
        parameters = remove_remedies(parameters)
        for other in self.beside:
            parameters = other.apply(parameters, other.dose)
        return parameters


def remove_remedies(parameters: Parameters) -> Parameters:
    """The economies with every remedy of OFF removed."""
    shapes = {field: np.shape(getattr(parameters, field)) for field in NO_EFFECT_VALUES}
    return parameters.replace(**{field: np.full(shape, NO_EFFECT_VALUES[field])[()] for field, shape in shapes.items()})


PLANS = (
    *(Plan(remedy) for remedy in REMEDIES),
    *(Plan(LEVY, (other,)) for other in (PHASING, PARTNERSHIP, QUOTA, RECIPROCITY, SHARING, FIXED_CAPITAL)),
    *(Plan(remedy, (LEVY,)) for remedy in (PHASING, PARTNERSHIP, QUOTA)),
    *(Plan(LUMP_SUM, (other,)) for other in (PHASING, PARTNERSHIP, FIXED_CAPITAL)),
    Plan(PHASING, (PARTNERSHIP,)),
    *(Plan(remedy, (PHASING, PARTNERSHIP)) for remedy in (LEVY, LUMP_SUM)),
    *(Plan(remedy, (PHASING, PARTNERSHIP, FIXED_CAPITAL)) for remedy in (LEVY, LUMP_SUM)),
)
"""Combinations of remedies that are searched by default."""

DOSES = (
    (PHASING, (1.0, 2.0, 3.0, 5.0, 10.0)),
    (PARTNERSHIP, (0.0, 0.25, 0.5, 0.75, 1.0)),
    (QUOTA, (1.0, 0.75, 0.5, 0.25)),
    (RECIPROCITY, (0.0, 0.25, 0.5, 0.75, 1.0)),
    (SHARING, (1.0, 0.75, 0.5, 0.25, 0.0)),
)
"""Other remedies and their amounts for which the smallest levy is searched: the joint frontiers."""


@dataclass(frozen=True, slots=True)
class LeastAmount:
    """Smallest sufficient amounts of a remedy, for a batch of shape B; NaN where no amount is enough.

    Every amount given was tried and is enough. The smallest sufficient amount is less than a thousandth below it.
    """

    needed: Array
    """(*B) smallest amount at which the opening is self-enforcing."""
    treaty: Array
    """(*B) smallest amount at which neither country is below the status quo: enough in a binding treaty."""
    nearest: Array
    """(*B) amount at which the smallest margin is largest; among the first levels, where one of them is enough."""
    failing: Index
    """(*B) index in `economy.policy.largest_openness.CONDITIONS` of the condition with the smallest margin there."""
    short: Array
    """(*B) that margin with its sign changed, % of the country's GDP: positive where the condition fails."""
    reachable: NDArray[np.bool_]
    """(*B, condition) whether the condition holds at some amount, whatever the other conditions."""


def least_amount(parameters: Parameters, remedy: Remedy) -> LeastAmount:
    """Search the smallest amount of a remedy that is enough, for every economy of the batch.

    The search sets the parameter of the remedy itself, so its value in `parameters` has no effect unless the remedy is
    a share of it. All other parameters stay as they are.

    Parameters
    ----------
    parameters
        Economies of shape B.
    remedy
        The remedy.

    Returns
    -------
    LeastAmount
        Smallest amounts for a self-enforcing opening and for a binding treaty.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    p, shape, count = flatten_batch(parameters)
    stride = AT_ONCE // LEVELS
    firsts = range(0, max(count, 1), stride)
    parts = [_least(take_columns(p, slice(at, at + stride)), min(stride, count - at), remedy) for at in firsts]
    many = {field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(LeastAmount)}
    return LeastAmount(**{name: values.reshape((*shape, *values.shape[1:])) for name, values in many.items()})


def frontier(parameters: Parameters, remedy: Remedy, other: Remedy, doses: Sequence[float]) -> LeastAmount:
    """Joint frontier of two remedies: the smallest amount of one for each amount of the other.

    Parameters
    ----------
    parameters
        Economies of shape B.
    remedy
        The remedy whose smallest amount is searched.
    other
        The other remedy.
    doses
        Amounts of the other remedy, in its unit.

    Returns
    -------
    LeastAmount
        Results of shape (*B, dose).

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    return least_amount(other.apply(add_level_axis(parameters), np.asarray(doses, dtype=float)), remedy)


class Search(NamedTuple):
    """Economies in which a remedy is searched, one row each."""

    remedy: Remedy
    """The remedy."""
    p: Parameters
    """Flat parameters."""
    counts: NDArray[np.bool_]
    """(row, condition) conditions that count."""

    def room(self, levels: Array) -> Array:
        """(row, level, condition) margins at the amounts `levels` (row, level); infinite where not counted."""
        found = agreement_margins(solve_bilateral(self.remedy.apply(add_level_axis(self.p), levels)))
        return np.where(self.counts[:, None], found, np.inf)

    def rows(self, some: Index) -> Search:
        """The search for some of the rows."""
        return Search(self.remedy, take_columns(self.p, some), self.counts[some])


class Peak(NamedTuple):
    """For each row, the amount at which the smallest margin of the counted conditions is largest."""

    level: Array
    """(row) the amount."""
    before: Array
    """(row) the amount before it among those tried first."""
    room: Array
    """(row, condition) margins at the amount."""


def _least(p: Parameters, count: int, remedy: Remedy) -> LeastAmount:
    """Search one block of a flat batch for both answers at once: each economy has one row for each answer."""
    every = np.ones((count, len(CONDITIONS)), dtype=bool)
    first = Search(remedy, p, every).room(np.broadcast_to(remedy.levels(), (count, LEVELS)))
    binding = np.broadcast_to(BINDING, every.shape)
    search = Search(remedy, take_columns(p, np.tile(np.arange(count), 2)), np.concatenate([every, binding]))
    room = np.where(search.counts[:, None], np.concatenate([first, first]), np.inf)
    levels = np.broadcast_to(remedy.levels(), (2 * count, LEVELS))
    peak = _peak(search, levels, room)
    needed, treaty = _smallest(search, levels, room, peak).reshape(2, count)
    return LeastAmount(
        needed=needed,
        treaty=treaty,
        nearest=peak.level[:count],
        failing=peak.room[:count].argmin(axis=-1),
        short=-peak.room[:count].min(axis=-1),
        reachable=np.asarray(first.max(axis=1) >= 0),
    )


def _peak(search: Search, levels: Array, room: Array) -> Peak:
    """The best amount of each row; `room` is (row, level, condition).

    Where no amount is enough, finer amounts between its neighbours are tried: the sufficient amounts may be an interval
    that is narrower than the distance of two levels.
    """
    rows, best = np.arange(len(levels)), room.min(axis=-1).argmax(axis=-1)
    found = Peak(levels[rows, best], levels[rows, np.maximum(best - 1, 0)], room[rows, best])
    some = np.flatnonzero(~conditions_hold(room).any(axis=-1))
    if some.size:
        after = levels[rows, np.minimum(best + 1, LEVELS - 1)]
        top = found.level[some], found.room[some]
        found.level[some], found.room[some] = _ascended(search.rows(some), found.before[some], after[some], top)
    return found


def _smallest(search: Search, levels: Array, room: Array, peak: Peak) -> Array:
    """For each row, the first amount that is enough, refined by finer amounts below it.

    Where no level is enough but the refined peak is, the search goes on below the peak; NaN without either.
    """
    holds, narrow = conditions_hold(room), conditions_hold(peak.room)
    rows, first = np.arange(len(levels)), holds.argmax(axis=-1)
    wide = holds[rows, first]
    low = np.where(wide, levels[rows, np.maximum(first - 1, 0)], peak.before)
    high = np.where(wide, levels[rows, first], np.where(narrow, peak.level, np.nan))
    some = np.flatnonzero((wide | narrow) & (low != high))
    if some.size:
        high[some] = _descended(search.rows(some), low[some], high[some])
    return high


def _ascended(search: Search, low: Array, high: Array, top: tuple[Array, Array]) -> tuple[Array, Array]:
    """Refine the best amount between `low` and `high`; returns it with its margins, never worse than `top`."""
    rows, (level, room) = np.arange(len(low)), top
    for _ in range(PASSES):
        levels = np.linspace(low, high, 2 * FINER, axis=-1)
        tried = search.room(levels)
        best = tried.min(axis=-1).argmax(axis=-1)
        low, high = levels[rows, np.maximum(best - 1, 0)], levels[rows, np.minimum(best + 1, 2 * FINER - 1)]
        better = tried[rows, best].min(axis=-1) > room.min(axis=-1)
        level = np.where(better, levels[rows, best], level)
        room = np.where(better[:, None], tried[rows, best], room)
    return level, room


def _descended(search: Search, low: Array, high: Array) -> Array:
    """Refine the first sufficient amount between `low`, which may not be enough, and `high`, which is."""
    rows = np.arange(len(low))
    for _ in range(PASSES):
        levels = np.linspace(low, high, FINER + 1, axis=-1)
        first = conditions_hold(search.room(levels)).argmax(axis=-1)
        low, high = levels[rows, np.maximum(first - 1, 0)], levels[rows, first]
    return high
