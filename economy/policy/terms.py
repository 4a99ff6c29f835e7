"""The neutral word between paper and numbers: what an agreement's clauses say, as numbers with units.

Whoever writes paper turns its clauses into terms; the economy never hears of ladders or schedules. Each field says
which parameters it moves and by which formula, x being the field's own value; no formula leads beyond a parameter's
limits. That a clause works through these channels and no others is an assumption throughout; a source, where one is
named, is evidence of the channel and not of the size, which is an assumption wherever it is not a price or a limit
that people have agreed on.

Terms describe an agreement in force, the cell (L,L). In the other cells nobody has signed anything, and what
parameters moved by terms say about these cells means nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array, Parameters, Real, entries
from economy.policy.quotas import admitting
from economy.policy.treasury_costs import billed
from games.errors import refuse

PRICE = 0.0618
"""What it costs to send money home, share of the sum: the world's average in the third quarter of 2023 (World Bank,
Remittance Prices Worldwide 47)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an agreement, or of many at once when fields are arrays; None leaves a matter as it is."""

    # Who may come, and for how long.

    places: Real | None = None
    """Places, share of the openness in the parameters, 0 to 1. openness · x."""
    places_U: Real | None = None
    """Places for less skilled workers, people as a share of the host's labour force; nobody where only `places_S` is
    set. A ceiling: openness and skilled_openness are solved so that min(places, willing) come. The partner opens
    as wide. Not beside `places`."""
    places_S: Real | None = None
    """Places for skilled workers, as `places_U`."""
    phasing: Real | None = None
    """Periods over which the opening is phased in, 1 or more. years = x."""
    stay: Real | None = None
    """Years that workers may stay beyond one season, 0 or more. With s = x / (x + 5): cost − .2 s, for the move is
    paid for once; rho · (1 − .25 s), for those who settle send less (assumptions)."""
    re_entry: Real | None = None
    """Freedom to leave and come back, 0 none to 1 full. cost − .1 x and rho · (1 + .1 x) (assumptions);
    leak_managed · (1 − .25 x): who may come back need not overstay (Massey, Durand and Pren 2015, Journal of Ethnic
    and Migration Studies 41: those with papers circulate; the size is an assumption)."""

    # What workers can do, and what they must pay for it.

    recognition: Real | None = None
    """Share of their skill that movers can use, 0 to 1. phi_U_managed = phi_S_managed = x."""
    preparation: Real | None = None
    """Courses before departure, 0 none to 1 full. phi_U_managed and phi_S_managed + .05 x; the origin pays:
    c_var + .01 x (assumptions)."""
    fee: Real | None = None
    """Recruitment cost, share of earnings abroad. fee_managed = x."""
    partnership: Real | None = None
    """Skill partnership, share of less skilled movers trained before they leave, at the host's cost. gsp = x."""
    training: Real | None = None
    """The host's share of what public training has cost the origin of its skilled migrants, 0 to 1. Moves money:
    x · train of their wage at home goes from the host's treasury to the origin's."""

    # How they are treated.

    equal_pay: Real | None = None
    """Equal pay, 0 as today, 1 inspected. The model pays everybody the wage of their skill: what moves is what others
    keep of it, fee_managed · (1 − .25 x); inspection costs the host's treasury .002 x of its GDP per worker for
    each arrival (assumptions)."""
    social_protection: Real | None = None
    """Cover beyond emergencies, 0 none to 1 equal to nationals'. The host's treasury pays .05 x of its GDP per worker
    for each arrival, and movers value it at that: cost − ln(1 + .05 x / (1 − alpha)) (assumptions)."""
    portability: Real | None = None
    """Share of earned benefits that can be taken home, 0 to 1. The host's treasury pays .03 x of its GDP per worker
    for each arrival, and movers value it as they do social protection; recip + .05 x, for workers of the host who
    are posted abroad (assumptions)."""
    reintegration: Real | None = None
    """Help to return and settle again, the host's GDP per worker for each arrival and period. Its treasury pays x,
    movers value it at that as with social protection; leak_managed / (1 + 25 x): fewer overstay (assumption)."""
    remittance_cost: Real | None = None
    """What sending money home costs, share of the sum. rho · (1 − x) / (1 − .0618), .0618 being the world's average
    today (`PRICE`): the families get what arrives. What the senders save is not counted."""

    # Money.

    levy: Real | None = None
    """Levy on movers' earnings abroad, share of them. tax = x."""
    levy_host: Real | None = None
    """The host's share of the levy, the origin has the rest. tax_host = x."""
    transfer: Real | None = None
    """Yearly sum from the origin's treasury to the host's, share of the host's GDP; below 0 it goes the other way.
    side + x."""
    integration_fund: Real | None = None
    """What the host spends on courses and local services, its GDP per worker for each arrival. Its treasury pays x;
    chi · 2^(−x / .02): the first 2 % halve the congestion (assumption)."""

    # Brakes, checks and control.

    safeguard: Real | None = None
    """Freedom to slow down, 0 none to 1 at will. Who can go back fears less: loss moves x / 2 of the way to 1; who
    may be sent back comes less gladly: cost + .05 x (assumptions)."""
    monitoring: Real | None = None
    """Joint monitoring, 0 none to 1 by unions, employers and an outsider. fee_managed and leak_managed · (1 − .25 x);
    both states pay c_fix + .0001 x (assumptions)."""
    readmission: Real | None = None
    """Readmission by the origin, 0 case by case to 1 whoever came through it. leak_managed · (1 − .5 x); the origin
    pays c_var + .01 x (assumptions; the trade of places for control is Fernandez-Huertas Moraga's, 2008)."""
    control: Real | None = None
    """Share of the attempts to come without papers that joint control stops over what is stopped today, 0 to 1.
    control + (1 − control) · x, which both states pay for by its square."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a clause does to one parameter."""

    parameter: str
    rule: Callable[[Parameters, Real], Real]
    """The parameters so far and the clause's x, to the new value of this one."""
    outright: bool = False
    """Whether the clause states the value, which is refused beyond the parameter's limits; others stop there."""

    def on(self, p: Parameters, x: Real) -> Real:
        """The parameter's value under the clause."""
        value, limits = self.rule(p, x), entries()[self.parameter]
        return value if self.outright else np.clip(value, limits.low, limits.high)


def _is(parameter: str) -> Effect:
    return Effect(parameter, lambda _, x: x, outright=True)


def _plus(parameter: str, amount: float) -> Effect:
    return Effect(parameter, lambda p, x: getattr(p, parameter) + amount * np.asarray(x))


def _times(parameter: str, growth: float) -> Effect:
    return Effect(parameter, lambda p, x: getattr(p, parameter) * (1 + growth * np.asarray(x)))


def _valued(clause: str) -> Effect:
    """Movers value what is spent on them at what it costs, beside pay that is 1 − α of GDP per worker."""
    amount = SPENT[clause]
    return Effect("cost", lambda p, x: p.cost - np.log1p(amount * np.asarray(x) / (1 - p.alpha)))


def _settled(x: Real) -> Array:
    """How far those have settled who may stay x years: half of the way after five."""
    return np.asarray(x) / (np.asarray(x) + 5)


SPENT: Mapping[str, float] = {
    "equal_pay": 0.002,
    "social_protection": 0.05,
    "portability": 0.03,
    "reintegration": 1.0,
    "integration_fund": 1.0,
}
"""What a host's treasury pays for each arrival where x is 1, share of its GDP per worker."""

CLAUSES: Mapping[str, tuple[Effect, ...]] = {
    "places": (Effect("openness", lambda p, x: np.multiply(p.openness, x), outright=True),),
    "phasing": (_is("years"),),
    "stay": (
        Effect("cost", lambda p, x: p.cost - 0.2 * _settled(x)),
        Effect("rho", lambda p, x: p.rho * (1 - 0.25 * _settled(x))),
    ),
    "re_entry": (_plus("cost", -0.1), _times("rho", 0.1), _times("leak_managed", -0.25)),
    "recognition": (_is("phi_U_managed"), _is("phi_S_managed")),
    "preparation": (_plus("phi_U_managed", 0.05), _plus("phi_S_managed", 0.05), _plus("c_var", 0.01)),
    "fee": (_is("fee_managed"),),
    "partnership": (_is("gsp"),),
    "training": (),
    "equal_pay": (_times("fee_managed", -0.25),),
    "social_protection": (_valued("social_protection"),),
    "portability": (_valued("portability"), _plus("recip", 0.05)),
    "reintegration": (
        _valued("reintegration"),
        Effect("leak_managed", lambda p, x: p.leak_managed / (1 + 25 * np.asarray(x))),
    ),
    "remittance_cost": (Effect("rho", lambda p, x: p.rho * ((1 - np.asarray(x)) / (1 - PRICE))),),
    "levy": (_is("tax"),),
    "levy_host": (_is("tax_host"),),
    "transfer": (Effect("side", lambda p, x: p.side + np.asarray(x), outright=True),),
    "integration_fund": (Effect("chi", lambda p, x: p.chi * np.exp2(-np.asarray(x) / 0.02)),),
    "safeguard": (Effect("loss", lambda p, x: p.loss + (1 - p.loss) * np.asarray(x) / 2), _plus("cost", 0.05)),
    "monitoring": (_times("fee_managed", -0.25), _times("leak_managed", -0.25), _plus("c_fix", 0.0001)),
    "readmission": (_times("leak_managed", -0.5), _plus("c_var", 0.01)),
    "control": (Effect("control", lambda p, x: p.control + (1 - p.control) * np.asarray(x)),),
}
"""What each clause does, in the order in which they are applied; places in people and bills come after them."""

QUOTAS = ("places_U", "places_S")
PLACES = ("places", *QUOTAS)
GRANTS = (*PLACES, "readmission", "control")
"""Clauses that open a border or manage one; a package without any of them is no agreement on migration."""

Mask: TypeAlias = NDArray[np.bool_]


def applied(parameters: Parameters, terms: Terms) -> Parameters:
    """The parameters under these terms; arrays in both must broadcast. Limits are checked by whoever solves.

    Places in people are solved for, and so is a bill that depends on how many come. InputError for places told twice.
    """
    moved = parameters
    for name, effects in CLAUSES.items():
        x = getattr(terms, name)
        if x is not None:
            moved = moved.replace(**{effect.parameter: effect.on(moved, x) for effect in effects})
    return _charged(_admitted(moved, terms), terms)


def signed(parameters: Parameters, terms: Terms) -> Parameters:
    """The parameters of packages as a positive list: no places are given but those that stand there.

    A package that only transfers a sum is paid and needs no apparatus. Shapes and errors as in `applied`.
    """
    if all(getattr(terms, name) is None for name in PLACES):
        terms = replace(terms, places=0.0)
    moved, idle = applied(parameters, terms), ~granted(terms)
    if not idle.any():
        return moved
    today = {"c_fix": 0.0, "control": 0.0, "leak_managed": 1.0}
    return moved.replace(**{name: np.where(idle, value, getattr(moved, name)) for name, value in today.items()})


def effective(terms: Terms) -> Mask:
    """Where the terms come to anything: they grant something, or they transfer a sum whatever else they say."""
    return granted(terms) | _any(terms, ("transfer",))


def moves(name: str) -> tuple[str, ...]:
    """The parameters that a field of `Terms` moves; KeyError for a name that is no field."""
    if name in QUOTAS:
        return ("openness", "skilled_openness")
    own = tuple(effect.parameter for effect in CLAUSES[name])
    return (*own, "c_fix", "side") if name in (*SPENT, "training") else own


def granted(terms: Terms) -> Mask:
    """Where the terms open a border or manage one; elsewhere nothing is agreed that could take effect."""
    return _any(terms, GRANTS)


def _any(terms: Terms, names: Iterable[str]) -> Mask:
    given = (getattr(terms, name) for name in names)
    return reduce(np.logical_or, (np.asarray(x) != 0 for x in given if x is not None), np.zeros((), dtype=bool))


def _admitted(p: Parameters, terms: Terms) -> Parameters:
    """The openness that lets in as many as there are places for."""
    if terms.places_U is None and terms.places_S is None:
        return p
    if terms.places is not None:
        reason = "a share of today's openness stands beside a number of people"
        raise refuse("terms.places", reason, "keep places, or places_U and places_S")
    less_skilled, skilled = (0.0 if x is None else x for x in (terms.places_U, terms.places_S))
    return admitting(p, less_skilled, skilled)


def _charged(p: Parameters, terms: Terms) -> Parameters:
    """What the treasuries pay for those who come."""
    each = [amount * np.asarray(x) for name, amount in SPENT.items() if (x := getattr(terms, name)) is not None]
    if not each and terms.training is None:
        return p
    return billed(p, sum(each, np.zeros(())), 0.0 if terms.training is None else terms.training)
