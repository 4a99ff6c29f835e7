"""The remedies bench: how little of a remedy would make two governments open, and keep to it.

A remedy moves one dial of the model from where it does nothing to as far as it goes. Every level on the way is
tried, never by halving: what holds is no interval. A levy that is too small leaves the host unpaid, one that is
too large leaves nobody to pay it. From the first level that holds the search goes on between it and the level
before, until the answer is good to a thousandth; where none holds, it goes on around the best of them.

Two readings are kept apart. An opening *enforces itself* when neither side is below the status quo and neither
gains by closing alone; where a treaty binds, the first is enough. What the remedies are: Alonso, section 6.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.batching import Index, flat, take
from economy.model.payoffs import solve
from economy.parameters import Array, Parameters, Real, entries
from economy.policy.largest_openness import AT_ONCE, BINDING, CONDITIONS, margins, met, upright

LEVELS = 200
"""Amounts of a remedy that are tried at first."""
FINER, PASSES = 40, 2
"""Amounts tried between two levels of the search before, and how often: a range is cut into 1/320,000."""
SMALL = 1e-5
"""The smallest lump sum that is tried, share of the host's GDP."""


class Remedy(NamedTuple):
    """One way to turn the game: a dial, and how far it goes."""

    name: str
    field: str
    """The parameter that it sets."""
    unit: str
    """Of its amount."""
    first: float
    """The amount that does nothing."""
    last: float
    """The largest amount."""
    dose: float = 0.0
    """The standard amount at which it stands beside another remedy: an assumption, told with every answer."""
    payer: str | None = None
    """Who pays: "host", "origin" or "migrants"; None where the model charges nobody for it."""
    payee: str | None = None
    """Who receives; a levy goes to both sides where its split says so."""
    of: str = ""
    """The parameter of which the amount is a share; empty where the amount is the parameter itself."""
    floor: float = 0.0
    """The least that this parameter can be; the amount is a share of what it is above."""

    def levels(self) -> Array:
        """The amounts tried at first, from the least to the most; lump sums lie the closer the smaller they are."""
        if self.field == "side":
            return np.concatenate([[0.0], np.copysign(np.geomspace(SMALL, 1.0, LEVELS - 1), self.last)])
        return np.linspace(self.first, self.last, LEVELS)

    def on(self, parameters: Parameters, amount: Real) -> Parameters:
        """The economies with this much of the remedy, within its parameter's limits; arrays must broadcast."""
        if self.of:
            whole = getattr(parameters, self.of) - self.floor
            amount = np.minimum(self.floor + amount * whole, entries()[self.field].high)
        return parameters.replace(**{self.field: amount})


LEVY = Remedy("levy", "tax", "share of earnings abroad", 0.0, 1.0, 0.10, "migrants", "host")
LUMP_SUM = Remedy("lump sum", "side", "share of the host's GDP", 0.0, 1.0, payer="origin", payee="host")
COMPENSATION = Remedy(
    "lump sum from the host", "side", "share of the host's GDP", 0.0, -1.0, payer="host", payee="origin"
)
PHASING = Remedy("phasing", "years", "periods", 1.0, 100.0, 5.0)
PARTNERSHIP = Remedy("skill partnership", "gsp", "share of less skilled movers", 0.0, 1.0, 0.5, "host", "migrants")
RECIPROCITY = Remedy("reciprocity", "recip", "share of the cost of moving, cut", 0.0, 1.0, 0.5, of="cost")
QUOTA = Remedy("quota", "openness", "share of the openness kept", 1.0, 1 / LEVELS, 0.5, "migrants", of="openness")
WEIGHT = Remedy("weight", "w_X", "weight of a foreign migrant", 0.0, 10.0)
CALM = Remedy("loss", "loss", "share of the fear of loss left", 1.0, 0.0, of="loss", floor=1.0)

REMEDIES = (LEVY, LUMP_SUM, COMPENSATION, PHASING, PARTNERSHIP, RECIPROCITY, QUOTA, WEIGHT, CALM)
"""Every remedy that is sought alone."""

OFF = {remedy.field: remedy.first for remedy in REMEDIES if remedy.of != remedy.field}
"""Each parameter that a remedy sets, where the remedy does nothing; a share of a parameter has no amount of its own."""

SHARING = Remedy("shared levy", "tax_host", "host's share of the levy", 1.0, 0.0, 0.5)
"""No remedy alone: it lowers what the host has of a levy, and what the origin loses by it."""
FIXED_CAPITAL = Remedy("immobile capital", "kappa", "mobility of capital", 1.0, 0.0, 0.0)
"""No remedy, as no treaty ties capital down; a comparison that shows what its mobility costs."""


class Plan(NamedTuple):
    """A remedy to be made as small as can be, with others at their standard doses."""

    remedy: Remedy
    beside: tuple[Remedy, ...] = ()

    def laid(self, parameters: Parameters) -> Parameters:
        """The economies with the others in place, and nothing else: whatever else they hold is taken off."""
        parameters = bare(parameters)
        for other in self.beside:
            parameters = other.on(parameters, other.dose)
        return parameters


def bare(parameters: Parameters) -> Parameters:
    """The economies without any remedy: a remedy that stands alone is sought with all others off."""
    shapes = {field: np.shape(getattr(parameters, field)) for field in OFF}
    return parameters.replace(**{field: np.full(shape, OFF[field])[()] for field, shape in shapes.items()})


PLANS = (
    *(Plan(remedy) for remedy in REMEDIES),
    *(Plan(LEVY, (other,)) for other in (PHASING, PARTNERSHIP, QUOTA, RECIPROCITY, SHARING, FIXED_CAPITAL)),
    *(Plan(remedy, (LEVY,)) for remedy in (PHASING, PARTNERSHIP, QUOTA)),
    *(Plan(LUMP_SUM, (other,)) for other in (PHASING, PARTNERSHIP, FIXED_CAPITAL)),
    Plan(PHASING, (PARTNERSHIP,)),
    *(Plan(remedy, (PHASING, PARTNERSHIP)) for remedy in (LEVY, LUMP_SUM)),
    *(Plan(remedy, (PHASING, PARTNERSHIP, FIXED_CAPITAL)) for remedy in (LEVY, LUMP_SUM)),
)
"""The remedies alone, in pairs, and in threes and fours."""

DOSES = (
    (PHASING, (1.0, 2.0, 3.0, 5.0, 10.0)),
    (PARTNERSHIP, (0.0, 0.25, 0.5, 0.75, 1.0)),
    (QUOTA, (1.0, 0.75, 0.5, 0.25)),
    (RECIPROCITY, (0.0, 0.25, 0.5, 0.75, 1.0)),
    (SHARING, (1.0, 0.75, 0.5, 0.25, 0.0)),
)
"""The amounts of other remedies for which the smallest levy is sought: the joint frontiers."""


@dataclass(frozen=True, slots=True)
class Least:
    """How little of a remedy is enough, for a batch of economies of shape B; NaN where no amount is.

    Every amount given has been tried and holds; the least that would hold lies less than a thousandth below it.
    """

    needed: Array
    """(*B) smallest amount at which opening enforces itself."""
    treaty: Array
    """(*B) smallest amount at which neither side is below the status quo: enough where a treaty binds."""
    nearest: Array
    """(*B) the amount at which the worst of the conditions is best, of the first levels where one holds."""
    failing: Index
    """(*B) which of `economy.policy.largest_openness.CONDITIONS` is the worst there."""
    short: Array
    """(*B) by how much it fails, % of that country's GDP; negative where nothing fails."""
    reachable: NDArray[np.bool_]
    """(*B, condition) whether it holds at any amount, whatever becomes of the others."""


def least(parameters: Parameters, remedy: Remedy) -> Least:
    """Search the smallest amount of a remedy that is enough, for every economy of the batch.

    The remedy begins at nothing, whatever the parameters hold of it; all other dials stay where they are.
    """
    p, shape, count = flat(parameters)
    stride = AT_ONCE // LEVELS
    firsts = range(0, max(count, 1), stride)
    parts = [_least(take(p, slice(at, at + stride)), min(stride, count - at), remedy) for at in firsts]
    many = {field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Least)}
    return Least(**{name: values.reshape((*shape, *values.shape[1:])) for name, values in many.items()})


def frontier(parameters: Parameters, remedy: Remedy, other: Remedy, doses: Sequence[float]) -> Least:
    """The joint frontier of two remedies: the least of one for each dose of the other, shape (*B, dose)."""
    return least(other.on(upright(parameters), np.asarray(doses, dtype=float)), remedy)


class Search(NamedTuple):
    """Economies in which a remedy is sought, one row each."""

    remedy: Remedy
    p: Parameters
    """Flat."""
    counts: NDArray[np.bool_]
    """(row, condition) which of the conditions count."""

    def room(self, levels: Array) -> Array:
        """(row, level, condition) by how much the conditions hold at these amounts, (row, level)."""
        found = margins(solve(self.remedy.on(upright(self.p), levels)))
        return np.where(self.counts[:, None], found, np.inf)

    def rows(self, some: Index) -> Search:
        """The search in some of the economies."""
        return Search(self.remedy, take(self.p, some), self.counts[some])


class Peak(NamedTuple):
    """Where the worst of the conditions that count is best; one entry a row."""

    level: Array
    before: Array
    """The level before it among those tried at first."""
    room: Array
    """(row, condition) by how much the conditions hold there."""


def _least(p: Parameters, count: int, remedy: Remedy) -> Least:
    """The search on one portion of a flat batch, both readings at once: each economy has a row in either."""
    every = np.ones((count, len(CONDITIONS)), dtype=bool)
    first = Search(remedy, p, every).room(np.broadcast_to(remedy.levels(), (count, LEVELS)))
    binding = np.broadcast_to(BINDING, every.shape)
    search = Search(remedy, take(p, np.tile(np.arange(count), 2)), np.concatenate([every, binding]))
    room = np.where(search.counts[:, None], np.concatenate([first, first]), np.inf)
    levels = np.broadcast_to(remedy.levels(), (2 * count, LEVELS))
    peak = _peak(search, levels, room)
    needed, treaty = _smallest(search, levels, room, peak).reshape(2, count)
    return Least(
        needed=needed,
        treaty=treaty,
        nearest=peak.level[:count],
        failing=peak.room[:count].argmin(axis=-1),
        short=-peak.room[:count].min(axis=-1),
        reachable=np.asarray(first.max(axis=1) >= 0),
    )


def _peak(search: Search, levels: Array, room: Array) -> Peak:
    """The best level of each row; `room` is (row, level, condition).

    Where no level holds it is sought again between its neighbours: what holds may be a window narrower than the
    distance of two levels.
    """
    rows, best = np.arange(len(levels)), room.min(axis=-1).argmax(axis=-1)
    found = Peak(levels[rows, best], levels[rows, np.maximum(best - 1, 0)], room[rows, best])
    some = np.flatnonzero(~met(room).any(axis=-1))
    if some.size:
        after = levels[rows, np.minimum(best + 1, LEVELS - 1)]
        top = found.level[some], found.room[some]
        found.level[some], found.room[some] = _ascended(search.rows(some), found.before[some], after[some], top)
    return found


def _smallest(search: Search, levels: Array, room: Array, peak: Peak) -> Array:
    """The first level of each row at which the conditions hold, then the first of finer levels below it.

    Where no level holds, but the peak between two of them does, it is sought below the peak; NaN without either.
    """
    holds, narrow = met(room), met(peak.room)
    rows, first = np.arange(len(levels)), holds.argmax(axis=-1)
    wide = holds[rows, first]
    low = np.where(wide, levels[rows, np.maximum(first - 1, 0)], peak.before)
    high = np.where(wide, levels[rows, first], np.where(narrow, peak.level, np.nan))
    some = np.flatnonzero((wide | narrow) & (low != high))
    if some.size:
        high[some] = _descended(search.rows(some), low[some], high[some])
    return high


def _ascended(search: Search, low: Array, high: Array, top: tuple[Array, Array]) -> tuple[Array, Array]:
    """The best amount between two others, and by how much the conditions hold there; never worse than `top`."""
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
    """The first amount that is enough between two others: `low`, which may not be, and `high`, which is."""
    rows = np.arange(len(low))
    for _ in range(PASSES):
        levels = np.linspace(low, high, FINER + 1, axis=-1)
        first = met(search.room(levels)).argmax(axis=-1)
        low, high = levels[rows, np.maximum(first - 1, 0)], levels[rows, first]
    return high
