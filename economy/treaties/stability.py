"""Pairwise stability of treaties among N countries, and improving paths to stable graphs.

A graph of treaties is pairwise stable when no country gains by ending one of its treaties, and no two countries without
a treaty gain by signing one, one of them strictly and the other without a loss. One country can end a treaty; two are
needed to sign. When a treaty ends, today's migrants come as before, unmanaged. An improving path of such changes leads
from any graph to a stable graph or into a cycle. Gains are those of governments, % of their own GDP of the status quo.

References
----------
Jackson and Wolinsky (1996), "A strategic model of social and economic networks", Journal of Economic Theory 71.

Jackson and Watts (2002), "The evolution of social and economic networks", Journal of Economic Theory 106.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array
from economy.treaties.graph import Mask, Pair, Treaties, neighbours, no_openings, pairs, treaty_pairs
from economy.treaties.payoffs import solve_region
from economy.treaties.region import Region
from economy.treaties.validation import require_single, treaty_array
from games.errors import input_error
from games.json_values import to_json_value

TIE = 1e-9
"""Changes of payoff up to this, % of own GDP, count as no change."""
MOST = 6
"""Largest number of countries for which every graph is tried: six countries have 32,768 graphs."""
LONGEST = 1000
"""Most steps of an improving path."""


class TreatyChange(NamedTuple):
    """One treaty signed or ended, and the gains of its two countries."""

    verb: Literal["sign", "end"]
    pair: Pair
    """The two countries."""
    gains: tuple[float, float]
    """Gains of the two countries, % of own GDP of the status quo."""

    @property
    def initiators(self) -> tuple[str, ...]:
        """Countries that make the change: both to sign; each that gains to end. Empty when nobody makes it."""
        if self.verb == "sign":
            return self.pair if min(self.gains) >= -TIE and max(self.gains) > TIE else ()
        return tuple(country for country, gain in zip(self.pair, self.gains, strict=True) if gain > TIE)

    @property
    def pull(self) -> float:
        """Gain that decides the change: the smaller of the two for a signature, the larger for an end.

        Changes are compared by this share of own GDP, whatever the size of the country (a convention).
        """
        return min(self.gains) if self.verb == "sign" else max(self.gains)

    def to_dict(self) -> dict[str, Any]:
        """The change as plain JSON values."""
        return to_json_value({"verb": self.verb, "pair": self.pair, "gains": self.gains, "wanted_by": self.initiators})


@dataclass(frozen=True, slots=True)
class TreatyStability:
    """Whether a graph of treaties is pairwise stable, and the changes that countries would make."""

    names: tuple[str, ...]
    """Countries, in the order of `payoffs`."""
    treaties: tuple[Pair, ...]
    """Treaties in force."""
    payoffs: Array
    """(country) governments' payoffs, % of own GDP of the status quo."""
    changes: tuple[TreatyChange, ...]
    """All changes that some country or pair makes, in the order of the pairs."""

    @property
    def holds(self) -> bool:
        """Whether the graph is pairwise stable: there are no changes."""
        return not self.changes

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return {
            "schema": "winset/stability/1",
            "stable": self.holds,
            "countries": list(self.names),
            "treaties": to_json_value(self.treaties),
            "payoffs": to_json_value(self.payoffs),
            "changes": [change.to_dict() for change in self.changes],
        }


class Step(NamedTuple):
    """One step of an improving path."""

    change: TreatyChange
    """The change that was made."""
    drawn_from: int
    """Number of changes with equal gain; above 1 the generator chose among them."""


@dataclass(frozen=True, slots=True)
class Path:
    """An improving path: a sequence of changes, each wanted by the countries that decide on it."""

    start: tuple[Pair, ...]
    """Treaties at the start."""
    steps: tuple[Step, ...]
    """Changes in order."""
    end: TreatyStability
    """The last graph; in a cycle, the first graph that was reached twice."""
    ended: Literal["stable", "cycle", "unfinished"]
    """Why the path ended."""

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        steps = [{**change.to_dict(), "drawn_from": drawn_from} for change, drawn_from in self.steps]
        return {
            "schema": "winset/path/1",
            "ended": self.ended,
            "start": to_json_value(self.start),
            "steps": steps,
            "end": self.end.to_dict(),
        }


def check_stability(region: Region, treaties: Treaties) -> TreatyStability:
    """Test whether treaties are pairwise stable.

    Parameters
    ----------
    region
        One region, shape ().
    treaties
        Undirected graph on the names of the countries, or a symmetric array (country, partner).

    Returns
    -------
    TreatyStability
        Payoffs, and the changes that countries would make.

    Raises
    ------
    InputError
        `region` is a batch, a country is unknown, or an opening is in one direction only.

    References
    ----------
    Jackson and Wolinsky (1996), Journal of Economic Theory 71.
    """
    return _weighed(region, treaty_array(region, treaties))


def improving_path(
    region: Region, rng: np.random.Generator, treaties: Treaties | None = None, longest: int = LONGEST
) -> Path:
    """Follow an improving path from a graph of treaties.

    Each step makes the change with the largest deciding gain (`Change.pull`); the generator is used only to choose
    among equal ones. The path ends

    - "stable": at a pairwise stable graph,
    - "cycle": when a graph is reached for the second time,
    - "unfinished": after `longest` steps.

    Parameters
    ----------
    region
        One region, shape ().
    rng
        Random generator for choices among equal changes.
    treaties
        Treaties at the start; None means none.
    longest
        Most steps.

    Returns
    -------
    Path
        Steps, last graph, and why the path ended.

    Raises
    ------
    InputError
        As in `check_stability`.

    References
    ----------
    Jackson and Watts (2002), Journal of Economic Theory 106.
    """
    graph = no_openings(region.names) if treaties is None else treaty_array(region, treaties)
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


def stable_graphs(region: Region) -> tuple[TreatyStability, ...]:
    """Find every pairwise stable graph of a region of up to six countries.

    Parameters
    ----------
    region
        One region, shape ().

    Returns
    -------
    tuple[TreatyStability, ...]
        Stable graphs, those with fewer treaties first.

    Raises
    ------
    InputError
        `region` is a batch or has more than MOST countries.
    """
    count = len(region.names)
    if count > MOST:
        reason = f"{count} countries have too many graphs to try"
        raise input_error("region.names", reason, f"give at most {MOST}, or take an improving path")
    graphs = _every(count)
    payoffs, number = _payoffs(region, graphs), np.arange(len(graphs), dtype=np.intp)
    lasting = np.ones(len(graphs), dtype=bool)
    for edge, (i, j) in enumerate(pairs(count)):
        gains = (payoffs[number ^ (1 << edge)] - payoffs)[:, [i, j]]
        wanted = (gains > TIE).any(axis=-1)
        lasting &= ~np.where(graphs[:, i, j], wanted, wanted & (gains >= -TIE).all(axis=-1))
    found = sorted((int(graph).bit_count(), int(graph)) for graph in np.flatnonzero(lasting))
    return tuple(TreatyStability(region.names, _pairs(region, graphs[graph]), payoffs[graph], ()) for _, graph in found)


def closest_countries(region: Region, count: int) -> tuple[str, ...]:
    """The countries whose productivities are closest together, as members of a regional club.

    Closeness is the ratio of the largest to the smallest productivity.

    Parameters
    ----------
    region
        One region, shape ().
    count
        Number of countries, 2 to the number in the region.

    Returns
    -------
    tuple[str, ...]
        Names, poorest first.

    Raises
    ------
    InputError
        `region` is a batch, or `count` is out of range.
    """
    require_single(region)
    if not 2 <= count <= len(region.names):
        raise input_error("count", f"got {count}", f"write a number from 2 to {len(region.names)}")
    order = [int(country) for country in np.argsort(region.gap, kind="stable")]
    gap = region.gap[order]
    first = int(np.argmin(gap[count - 1 :] / gap[: gap.size - count + 1]))
    return tuple(region.names[country] for country in order[first : first + count])


def _weighed(region: Region, graph: Mask) -> TreatyStability:
    """Solve the graph and all its neighbours in one batch."""
    payoffs = _payoffs(region, np.concatenate([graph[None], neighbours(graph)]))
    near = zip(pairs(len(graph)), payoffs[1:] - payoffs[0], strict=True)
    changes = [_change(region, graph, pair, gain) for pair, gain in near]
    wanted = tuple(change for change in changes if change.initiators)
    return TreatyStability(region.names, _pairs(region, graph), payoffs[0], wanted)


def _every(count: int) -> Mask:
    """(graph, country, partner) all graphs; bit e of the graph's number is 1 when pair e has a treaty."""
    number = np.arange(1 << len(pairs(count)))
    graphs = np.zeros((number.size, count, count), dtype=bool)
    for edge, (i, j) in enumerate(pairs(count)):
        graphs[:, i, j] = graphs[:, j, i] = (number >> edge) & 1
    return graphs


def _change(region: Region, graph: Mask, pair: tuple[int, int], gain: Array) -> TreatyChange:
    i, j = pair
    verb = "end" if graph[i, j] else "sign"
    return TreatyChange(verb, (region.names[i], region.names[j]), (float(gain[i]), float(gain[j])))


def _strongest(changes: tuple[TreatyChange, ...], rng: np.random.Generator) -> Step:
    most = max(change.pull for change in changes)
    equals = [change for change in changes if change.pull >= most - TIE]
    chosen = equals[int(rng.integers(len(equals)))] if len(equals) > 1 else equals[0]
    return Step(chosen, len(equals))


def _payoffs(region: Region, graphs: Mask) -> Array:
    """(graph, country) governments' payoffs."""
    require_single(region)
    return solve_region(region, graphs).payoffs


def _pairs(region: Region, graph: NDArray[np.bool_]) -> tuple[Pair, ...]:
    return tuple((region.names[i], region.names[j]) for i, j in treaty_pairs(graph))
