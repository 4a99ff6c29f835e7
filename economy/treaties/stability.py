"""Which treaties last, which are signed one after the other, and whom they touch who did not sign.

A set of treaties is pairwise stable when no country gains by ending one of its own and no two gain by signing
another, one of them strictly and the other at least not losing (Jackson and Wolinsky 1996, "A strategic model of
social and economic networks", Journal of Economic Theory 71). Ending takes one country, signing two, and a treaty
that ends closes both borders. From any graph a path of such improvements leads to a stable one or into a cycle
(Jackson and Watts 2002). Gains are those of governments, % of their own baseline GDP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy.parameters import Array
from economy.region.cells import openings
from economy.region.countries import Region
from economy.region.payoffs import solve_region
from economy.treaties.graph import Mask, neighbours, none, openings_of, pairs, signed
from games.errors import refuse
from games.json_values import plain

TIE = 1e-9
"""% of own GDP below which a government does not mind."""
MOST = 6
"""Countries up to which every graph is tried: six have 32,768."""
LONGEST = 1000
"""Steps after which a path is left unfinished."""

Treaties: TypeAlias = nx.Graph | ArrayLike
"""Treaties as a graph on the countries' names, or as a symmetric (country, partner) array."""
Pair: TypeAlias = tuple[str, str]


class Change(NamedTuple):
    """One treaty more or less, and what the two who share it gain by that."""

    verb: Literal["sign", "end"]
    pair: Pair
    gains: tuple[float, float]
    """% of own baseline GDP, in the order of the pair."""

    @property
    def wanted_by(self) -> tuple[str, ...]:
        """Those who bring it about: both sign, and whoever gains by it ends."""
        if self.verb == "sign":
            return self.pair if min(self.gains) >= -TIE and max(self.gains) > TIE else ()
        return tuple(country for country, gain in zip(self.pair, self.gains, strict=True) if gain > TIE)

    @property
    def pull(self) -> float:
        """What moves it: the gain of the one who decides, for a signature that of the more reluctant of the two.

        Changes are compared by this share of GDP, whatever the country's size: a convention.
        """
        return min(self.gains) if self.verb == "sign" else max(self.gains)

    def to_dict(self) -> dict[str, Any]:
        """The change as plain JSON values."""
        return plain({"verb": self.verb, "pair": self.pair, "gains": self.gains, "wanted_by": self.wanted_by})


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether treaties last, and who would change which."""

    names: tuple[str, ...]
    treaties: tuple[Pair, ...]
    payoffs: Array
    """(country) governments' payoffs, % of own baseline GDP."""
    changes: tuple[Change, ...]
    """Every change that someone brings about, by the order of the pairs."""

    @property
    def holds(self) -> bool:
        """Whether nobody changes anything: the treaties are pairwise stable."""
        return not self.changes

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return {
            "schema": "winset/stability/1",
            "stable": self.holds,
            "countries": list(self.names),
            "treaties": plain(self.treaties),
            "payoffs": plain(self.payoffs),
            "changes": [change.to_dict() for change in self.changes],
        }


class Step(NamedTuple):
    """A change that was made."""

    change: Change
    drawn_from: int
    """How many changes pulled as much; above 1 the generator chose among them."""


@dataclass(frozen=True, slots=True)
class Path:
    """Treaties signed and ended one after the other, each to the liking of those who decide."""

    start: tuple[Pair, ...]
    steps: tuple[Step, ...]
    end: Stability
    """The last graph; where the path closed into a cycle, the first of it that came back."""
    ended: Literal["stable", "cycle", "unfinished"]

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        steps = [{**change.to_dict(), "drawn_from": drawn_from} for change, drawn_from in self.steps]
        return {
            "schema": "winset/path/1",
            "ended": self.ended,
            "start": plain(self.start),
            "steps": steps,
            "end": self.end.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Diversion:
    """What one treaty does to everybody: the region with it against the region without it."""

    names: tuple[str, ...]
    pair: Pair
    payoffs: Array
    """(country) change of the government's payoff, % of own baseline GDP."""
    inflow: Array
    """(country) change of arrivals, share of own labour force."""
    flows: Array
    """(origin, host) change of movers, in the unit of the countries' sizes."""

    @property
    def drawn(self) -> float:
        """Movers in the treaty's own corridor, both ways."""
        i, j = (self.names.index(country) for country in self.pair)
        return float(self.flows[i, j] + self.flows[j, i])

    @property
    def diverted(self) -> float:
        """How many of the two countries' people go to third hosts no more; below 0 where more of them do."""
        i, j = (self.names.index(country) for country in self.pair)
        return self.drawn - float(self.flows[i].sum() + self.flows[j].sum())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values; `diverted_share` is null where nobody moves in the corridor."""
        return {
            "schema": "winset/diversion/1",
            "countries": list(self.names),
            "pair": list(self.pair),
            "payoffs": plain(self.payoffs),
            "inflow": plain(self.inflow),
            "flows": plain(self.flows),
            "drawn": plain(self.drawn),
            "diverted": plain(self.diverted),
            "diverted_share": plain(self.diverted / self.drawn) if self.drawn > 0 else None,
        }


def stable(region: Region, treaties: Treaties) -> Stability:
    """Whether these treaties are pairwise stable, and who would change which.

    Raises InputError for a batch of regions and for openings that are not returned.
    """
    return _weighed(region, _agreed(region, treaties))


def improving_path(
    region: Region, rng: np.random.Generator, treaties: Treaties | None = None, longest: int = LONGEST
) -> Path:
    """The improving path from these treaties, from closed borders when none are given.

    Each step makes the change that pulls most; among equals the generator draws, and only then. The path ends at
    a stable graph, where a graph comes back, or unfinished after the longest number of steps. Raises InputError as
    `stable` does.
    """
    graph = none(region.names) if treaties is None else _agreed(region, treaties)
    start = _pairs(region, graph)
    seen: set[bytes] = set()
    steps: list[Step] = []
    while True:
        now = _weighed(region, graph)
        back = graph.tobytes() in seen
        if now.holds or back or len(steps) == longest:
            ended = "stable" if now.holds else "cycle" if back else "unfinished"
            return Path(start, tuple(steps), now, ended)
        seen.add(graph.tobytes())
        steps.append(_strongest(now.changes, rng))
        i, j = (region.names.index(country) for country in steps[-1].change.pair)
        graph = graph.copy()
        graph[i, j] = graph[j, i] = not graph[i, j]


def stable_graphs(region: Region) -> tuple[Stability, ...]:
    """Every pairwise stable graph of a region of up to six countries, those with fewer treaties first.

    Raises InputError for a larger region and for a batch.
    """
    count = len(region.names)
    if count > MOST:
        reason = f"{count} countries have too many graphs to try"
        raise refuse("region.names", reason, f"give at most {MOST}, or take an improving path")
    graphs = _every(count)
    payoffs, number = _payoffs(region, graphs), np.arange(len(graphs), dtype=np.intp)
    lasting = np.ones(len(graphs), dtype=bool)
    for edge, (i, j) in enumerate(pairs(count)):
        gains = (payoffs[number ^ (1 << edge)] - payoffs)[:, [i, j]]
        wanted = (gains > TIE).any(axis=-1)
        lasting &= ~np.where(graphs[:, i, j], wanted, wanted & (gains >= -TIE).all(axis=-1))
    found = sorted((int(graph).bit_count(), int(graph)) for graph in np.flatnonzero(lasting))
    return tuple(Stability(region.names, _pairs(region, graphs[graph]), payoffs[graph], ()) for _, graph in found)


def diversion(region: Region, treaties: Treaties, pair: Pair) -> Diversion:
    """What the pair's treaty does to everybody beside these treaties, whether it is among them or not.

    Workers who would have gone elsewhere now go where the treaty leads, and wages move everywhere. The nearest
    published channel between hosts is Giordani and Ruta (2011). Raises InputError as `stable` does.
    """
    graph = _agreed(region, treaties) | openings_of(nx.Graph([pair]), region.names)
    i, j = (region.names.index(country) for country in pair)
    without = graph.copy()
    without[i, j] = without[j, i] = False
    _single(region)
    found = solve_region(region, np.stack([graph, without]))
    return Diversion(
        names=region.names,
        pair=pair,
        payoffs=found.payoffs[0] - found.payoffs[1],
        inflow=found.inflow[0] - found.inflow[1],
        flows=(found.flows[0] - found.flows[1]).sum(axis=-1),
    )


def alike(region: Region, count: int) -> tuple[str, ...]:
    """The so many countries whose productivities lie closest together, poorest first: a regional club's members.

    Closest by the ratio of the largest to the smallest. Raises InputError for a batch of regions and for a count
    that does not fit.
    """
    _single(region)
    if not 2 <= count <= len(region.names):
        raise refuse("count", f"got {count}", f"write a number from 2 to {len(region.names)}")
    order = [int(country) for country in np.argsort(region.gap, kind="stable")]
    gap = region.gap[order]
    first = int(np.argmin(gap[count - 1 :] / gap[: gap.size - count + 1]))
    return tuple(region.names[country] for country in order[first : first + count])


def _weighed(region: Region, graph: Mask) -> Stability:
    """The graph and all its neighbours in one batch."""
    payoffs = _payoffs(region, np.concatenate([graph[None], neighbours(graph)]))
    near = zip(pairs(len(graph)), payoffs[1:] - payoffs[0], strict=True)
    changes = [_change(region, graph, pair, gain) for pair, gain in near]
    wanted = tuple(change for change in changes if change.wanted_by)
    return Stability(region.names, _pairs(region, graph), payoffs[0], wanted)


def _every(count: int) -> Mask:
    """(graph, country, partner) all graphs; bit e of a graph's number tells of the treaty of pair e."""
    number = np.arange(1 << len(pairs(count)))
    graphs = np.zeros((number.size, count, count), dtype=bool)
    for edge, (i, j) in enumerate(pairs(count)):
        graphs[:, i, j] = graphs[:, j, i] = (number >> edge) & 1
    return graphs


def _change(region: Region, graph: Mask, pair: tuple[int, int], gain: Array) -> Change:
    i, j = pair
    verb = "end" if graph[i, j] else "sign"
    return Change(verb, (region.names[i], region.names[j]), (float(gain[i]), float(gain[j])))


def _strongest(changes: tuple[Change, ...], rng: np.random.Generator) -> Step:
    most = max(change.pull for change in changes)
    equals = [change for change in changes if change.pull >= most - TIE]
    chosen = equals[int(rng.integers(len(equals)))] if len(equals) > 1 else equals[0]
    return Step(chosen, len(equals))


def _payoffs(region: Region, graphs: Mask) -> Array:
    """(graph, country) governments' payoffs."""
    _single(region)
    return solve_region(region, graphs).payoffs


def _single(region: Region) -> None:
    if region.shape:
        raise refuse("region", f"there are {region.shape} regions here", "give one region: one number for every dial")


def _pairs(region: Region, graph: NDArray[np.bool_]) -> tuple[Pair, ...]:
    return tuple((region.names[i], region.names[j]) for i, j in signed(graph))


def _agreed(region: Region, treaties: Treaties) -> Mask:
    """The treaties as an array; InputError for an opening that is not returned."""
    given = openings_of(treaties, region.names) if isinstance(treaties, nx.Graph) else treaties
    graph = openings(region, given)
    if graph.ndim != 2 or (graph != graph.T).any():
        raise refuse("treaties", "these are no treaties of one region", "open both ways or not at all")
    return graph
