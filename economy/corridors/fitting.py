"""The sixteen corridors: today's migrants are the status quo, or a treaty is in force.

*Without free movement* the openness of both countries is fitted so that the status quo, unmanaged, has today's migrants
in both directions. Where more than half of the willing would have to be there already, the openness of the host is .5
and the mean cost of moving is fitted instead: no host without free movement has let in more than half of the willing,
and networks make moving cheaper (assumption).

*With free movement* the treaty is in force, so the game is whether it holds. The status quo has no migrants, the host
admits everybody who is willing, and the mean cost of moving is fitted to the migrants of one direction and the openness
of the origin to those of the other.

*Without papers*: where the share of a corridor's migrants who have no papers is known, a variant of the corridor has
them in its status quo. Of the willing who find no place a share, the leak, comes anyway: they pay what recruiters take
without cooperation, use less of their skill, bear a risk, and count in the public cost as people from a corridor that
nobody manages. UN DESA counts them with the others, so the two numbers add up to its figure (assumption).

Country 0 is the richer one, so Australia and New Zealand are turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

import numpy as np

from economy.corridors.data import (
    KAPPA,
    SOURCES,
    THETA,
    TURNED,
    CorridorCountry,
    corridor_names,
    less_skilled_share,
    network,
    others_share,
    shares_without_papers,
    unknown_corridor_error,
)
from economy.model.baseline import baseline, two_countries
from economy.model.batching import flatten_batch
from economy.model.money.places import Ceiling, solve_levels
from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import Array, Parameters, Real, defaults, entries
from games.messages import message
from games.short_repr import short_repr

FREE_MOVEMENT = {
    "POL-GBR": "European Union, until 2020; the data are of 2019",
    "BFA-CIV": "ECOWAS Protocol on free movement, 1979",
    "DEU-FRA": "European Union",
    "NZL-AUS": "Trans-Tasman Travel Arrangement, 1973",
}
"""Corridors of the data with free movement of workers, and the treaty; the other twelve have none."""
MOST_TODAY = 0.5
"""Largest share of the willing who are in the host today, without free movement (assumption)."""
COSTS = (0.0, 8.0)
"""Range in which the mean cost of moving is fitted, log points."""
CUTS, ROUNDS = 33, 9
"""Search for the cost: costs tried in each round, and number of rounds."""
TREATY_ROUNDS = 12
"""Most rounds in which cost and reverse openness of a treaty in force are fitted in turn."""
COMMITMENT = 0.001
"""What a government loses by binding itself, in the variant "commitment", share of own GDP (assumption)."""
CLOSE = 1e-10
"""The reverse openness is fitted when it changes by less."""
SKILLS_NOTE = message("skills are read off the index of human capital, u = 1 - (hc - 1)/3: an assumption")
TODAY_NOTE = message("{share} of the willing are in the host")
COST_NOTE = message("the mean cost of moving, {cost}, is fitted: half of the willing are in the host today")
CLIPPED_NOTES = (
    message("more people live in the host than are willing"),
    message("more people live in the origin than are willing"),
)
TREATY_NOTE = message("free movement is in force: the mean cost of moving, {cost}, is fitted to the migrants")
BACK_NOTE = message("the origin admits {share} of the willing")
LEAK_NOTE = message("nobody comes without papers; the variant “without papers” has {share} of the migrants come so")
NO_LEAK_NOTE = message("nobody comes without papers, for want of a figure")
FIRST_LEAK, LEAK_ROUNDS = 0.05, 100
"""Leak at which its fit starts, and most rounds in which leak and openness are fitted in turn."""


@dataclass(frozen=True, slots=True)
class Corridor:
    """A real pair of countries with today's migrants."""

    __repr__ = short_repr

    code: str
    """ISO codes of origin and host, as in "MAR-ESP"."""
    host: CorridorCountry
    """Country 0 of the model, the richer one."""
    origin: CorridorCountry
    """Country 1 of the model."""
    kind: Literal["today", "in force"]
    """Whether today's migrants are the status quo, or free movement is in force."""
    parameters: Parameters
    """Parameters of the pair, with the fitted flows and no expansion."""
    migrants: tuple[int, int]
    """People from the origin who live in the host, and people from the host who live in the origin, UN DESA 2020."""
    stock: tuple[float, float]
    """The same as shares of the workers of the country where they live."""
    notes: tuple[str, ...]
    """Assumptions and remarks to show with the results."""
    earlier: tuple[float, float]
    """Migrants from other origins in host and origin, share of the population; used as the share of workers
    (assumption)."""
    sources: tuple[str, ...] = SOURCES
    """Sources of the data."""

    @property
    def variants(self) -> Mapping[str, Parameters]:
        """The corridor under other assumptions, by name, with its flows fitted again where they depend on them."""
        old, old_origin = self.earlier
        refitted: dict[str, dict[str, Real]] = {
            "kappa 0": {"kappa": 0.0},
            "kappa 1": {"kappa": 1.0},
            "earlier migrants": {"old_stock": old, "old_stock_origin": old_origin},
        }
        p = self.parameters
        as_it_is: dict[str, dict[str, Real]] = {
            "covered .5": {"covered": 0.5},
            "covered 0": {"covered": 0.0},
            "commitment": {"commitment": COMMITMENT},
        }
        share = shares_without_papers().get(self.code)
        irregular = {} if share is None else {"without papers": fit_leak(p, self.stock, share)}
        return MappingProxyType(
            {name: p.replace(**changes) for name, changes in as_it_is.items()}
            | {name: refit_corridor(self.code, **changes) for name, changes in refitted.items()}
            | irregular
        )


@cache
def corridor(code: str) -> Corridor:
    """Return the corridor of this code with today's migrants.

    Parameters
    ----------
    code
        ISO codes of origin and host, as in "MAR-ESP", in upper or lower case.

    Returns
    -------
    Corridor
        Parameters, data and notes.

    Raises
    ------
    InputError
        The corridor has no fundamentals, or the code is unknown.
    """
    code = TURNED.get(code.upper(), code.upper())
    if code not in corridor_names():
        raise unknown_corridor_error(code)
    graph, (left, right) = network(), code.split("-")
    origin, host = (CorridorCountry(iso3, graph.nodes[iso3]["name"]) for iso3 in (left, right))
    people = graph.edges[left, right]["migrants"], graph.edges[right, left]["migrants"]
    workers = (1e6 * graph.nodes[iso3]["emp_m"] for iso3 in (right, left))
    stock = people[0] / next(workers), people[1] / next(workers)
    kind = "in force" if code in FREE_MOVEMENT else "today"
    p, notes = (fit_treaty if kind == "in force" else fit_today)(_fundamentals(code), stock)
    earlier = others_share(graph, right, left), others_share(graph, left, right)
    share = shares_without_papers().get(code)
    leak = NO_LEAK_NOTE if share is None else LEAK_NOTE.format(share=f"{share:.2f}")
    return Corridor(code, host, origin, kind, p, people, stock, (*notes, leak, SKILLS_NOTE), earlier)


def refit_corridor(code: str, **changes: Real) -> Parameters:
    """The corridor of this code with some parameters changed before its flows are fitted.

    Parameters
    ----------
    code
        ISO codes of origin and host, as in "MAR-ESP".
    **changes
        Parameters by name.

    Returns
    -------
    economy : Parameters
        The corridor with fitted flows.

    Raises
    ------
    InputError
        As in `corridor`, or a parameter is outside its limits.
    """
    known = corridor(code)
    fit = fit_treaty if known.kind == "in force" else fit_today
    return fit(_fundamentals(known.code).replace(**changes), known.stock)[0]


def _fundamentals(code: str) -> Parameters:
    """Gap, size and skills of a corridor; all else has its default."""
    graph, (origin, host) = network(), code.split("-")
    turned = code in TURNED.values()
    edge = graph.edges[(host, origin) if turned else (origin, host)]
    gap, size = (1 / edge[name] if turned else edge[name] for name in ("gap", "size"))
    less_skilled = {f"u{number}": less_skilled_share(graph.nodes[iso3]) for number, iso3 in enumerate((host, origin))}
    given = {"gap": gap, "size": size, "theta": THETA, "kappa": KAPPA, **less_skilled}
    return defaults().replace(**given)


def fit_today(p: Parameters, stock: tuple[float, float]) -> tuple[Parameters, tuple[str, ...]]:
    """Fit today's openness of both countries to their migrants, and the cost of moving where that exceeds MOST_TODAY.

    Parameters
    ----------
    p
        One economy with nobody abroad.
    stock
        Migrants in the host and in the origin, shares of the workers of the country where they live.

    Returns
    -------
    tuple[Parameters, tuple[str, ...]]
        The economy with today's flows, and notes on what was fitted.
    """
    today = _levels_today(p, stock)
    notes: list[str] = []
    if today[0] > MOST_TODAY:

        def inflow(costs: Array) -> Array:
            tried = p.replace(cost=costs, openness=MOST_TODAY, openness_origin=today[1] / MOST_TODAY)
            return agreement(_unmanaged(tried)).inflow[:, 0]

        cost = _fitted_cost(inflow, stock[0])
        p = p.replace(cost=cost)
        today = _levels_today(p, stock)
        notes.append(COST_NOTE.format(cost=f"{cost:.3f}"))
    notes += [note for note, level in zip(CLIPPED_NOTES, today, strict=True) if level >= 1]
    return _with_levels(p, today), (TODAY_NOTE.format(share=f"{today[0]:.3f}"), *notes)


def openness_today(p: Parameters, stock: tuple[float, float]) -> Parameters:
    """Fit today's openness of both countries to migrants with papers; the cost of moving stays as it is.

    Parameters
    ----------
    p
        One economy.
    stock
        Migrants with papers in the host and in the origin, shares of the workers of the country where they live.

    Returns
    -------
    economy : Parameters
        The economy with today's flows.
    """
    return _with_levels(p, _levels_today(p, stock))


def fit_leak(p: Parameters, stock: tuple[float, float], share: float) -> Parameters:
    """Fit the leak so that a share of the host's migrants has no papers, and today's openness to the others.

    The same leak holds in the other direction (assumption).

    Parameters
    ----------
    p
        One economy with migrants today.
    stock
        Migrants in the host and in the origin, shares of the workers of the country where they live.
    share
        Share of the migrants in the host who have no papers, above 0 and below 1.

    Returns
    -------
    economy : Parameters
        The economy with a leak; at most its upper limit, where fewer have no papers than `share` says.
    """
    leak, most = FIRST_LEAK, entries()["leak"].high
    irregular = share * stock[0], 0.0
    for _ in range(LEAK_ROUNDS):
        p = openness_today(p.replace(leak=leak), (stock[0] - irregular[0], stock[1] - irregular[1]))
        closed = solve_bilateral(p).cell(1, 1).irregular.sum(axis=-1)
        irregular = float(closed[1, 0]), float(closed[0, 1] / p.size)
        before, leak = leak, min(leak * share * stock[0] / irregular[0], most)
        if abs(leak - before) <= CLOSE * before:
            break
    return p


def _with_levels(p: Parameters, today: tuple[float, float]) -> Parameters:
    """The economy with these shares of the willing abroad today, to the host and to the origin."""
    ratio = today[1] / today[0] if today[0] else 1.0
    return p.replace(today=today[0], today_origin=today[1], openness=today[0], openness_origin=ratio)


def _unmanaged(p: Parameters) -> Parameters:
    """The economy in which a mutual opening brings no management: (L,L) is then the flow of the status quo."""
    return p.replace(phi_U_managed=p.phi_U, phi_S_managed=p.phi_S, fee_managed=p.fee)


def _levels_today(p: Parameters, stock: tuple[float, float]) -> tuple[float, float]:
    """Shares of the willing who are abroad today, to the host and to the origin; at most 1."""
    flat, _, _ = flatten_batch(p)
    base = baseline(flat, two_countries(flat, 1))
    people = np.array([stock[1] * float(flat.size), stock[0]]).reshape(2, 1, 1)
    closed, everybody = np.zeros((2, 1, 1)), np.ones((2, 1, 1))
    levels, _ = solve_levels(Ceiling(flat, base, closed, people, everybody), np.where(people > 0, 0.05, 0.0), 0.0)
    return float(levels[1, 0, 0]), float(levels[0, 0, 0])


def fit_treaty(p: Parameters, stock: tuple[float, float]) -> tuple[Parameters, tuple[str, ...]]:
    """Fit the mean cost of moving and the openness of the origin to a treaty of free movement that is in force.

    Parameters
    ----------
    p
        One economy with nobody abroad.
    stock
        Migrants in the host and in the origin, shares of the workers of the country where they live.

    Returns
    -------
    tuple[Parameters, tuple[str, ...]]
        The economy with openness 1, and notes on what was fitted.
    """
    ratio, cost = 1.0, COSTS[0]
    for _ in range(TREATY_ROUNDS):
        tried = p.replace(openness=1.0, openness_origin=ratio)
        cost = _fitted_cost(lambda costs, q=tried: agreement(q.replace(cost=costs)).inflow[:, 0], stock[0])
        before, back = ratio, float(agreement(tried.replace(cost=cost)).inflow[1])
        ratio = min(1.0, ratio * stock[1] / back)
        if abs(ratio - before) < CLOSE:
            break
    fitted = p.replace(openness=1.0, openness_origin=ratio, cost=cost)
    return fitted, (TREATY_NOTE.format(cost=f"{cost:.3f}"), BACK_NOTE.format(share=f"{ratio:.3f}"))


def _fitted_cost(inflow: Callable[[Array], Array], stock: float) -> float:
    """The mean cost of moving at which the inflow, which falls in the cost, is `stock`."""
    low, high = COSTS
    for _ in range(ROUNDS):
        costs = np.linspace(low, high, CUTS)
        above = int(np.count_nonzero(inflow(costs) > stock))
        low, high = float(costs[max(above - 1, 0)]), float(costs[min(above, CUTS - 1)])
    return (low + high) / 2
