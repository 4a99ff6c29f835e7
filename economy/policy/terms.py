"""Terms: the clauses of an agreement as numbers with units.

Other packages turn the levels of an agenda into terms (negotiation/ladders.toml); this package does not use ladders or
schedules. The docstring of each field gives the parameters that it changes and the formula; x is the value of the
field. No formula moves a parameter outside its limits. It is an assumption that a clause works through these parameters
and no others. A source is evidence for the effect, not for its size; sizes are assumptions, except prices and limits
that states have agreed on.

Terms describe an agreement in force, the cell (L,L). In the other cells no agreement is signed, so results for them
under changed parameters have no meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array, Parameters, Real, entries
from economy.policy.quotas import openness_for_places
from economy.policy.treasury_costs import add_arrival_costs
from games.errors import input_error

REMITTANCE_PRICE = 0.0618
"""Cost of sending money home, share of the sum: world average in the third quarter of 2023 (World Bank, Remittance
Prices Worldwide 47)."""
ACCESS_TODAY = 0.7
"""Share of a resident's public services that migrants may use today, where a text is about access (assumption)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of an agreement, or of many when fields are arrays that broadcast; None leaves a matter as it is."""

    # Who may come, and for how long.

    places: Real | None = None
    """Places, share of the openness in the parameters, 0 to 1. openness · x."""
    places_U: Real | None = None
    """Places for less skilled workers, people as a share of the host's labour force; 0 where only `places_S` is set.
    A ceiling: openness and skilled_openness are solved so that min(places, willing) come. The partner opens by
    the same shares of the willing. Not together with `places`."""
    places_S: Real | None = None
    """Places for skilled workers, as `places_U`: openness and skilled_openness."""
    expansion: Real | None = None
    """People beyond today's number whom both countries admit, share of that number, 0 or more. expansion = x. Read
    where somebody moves today."""
    phasing: Real | None = None
    """Periods over which the opening is phased in, 1 or more. years = x."""
    stay: Real | None = None
    """Years that workers may stay beyond one season, 0 or more. With s = x / (x + 5): stay_worth = .25 s (1 − .4 s),
    because the cost of moving is paid once and the first years are worth most; access_managed + .15 s, because people
    who settle use more services; rho · (1 − .25 s), because they send less (assumptions). How many are willing to come
    does not change (assumption: places bind)."""
    re_entry: Real | None = None
    """Right to leave and come back, 0 none to 1 full. cost − .1 x and rho · (1 + .1 x) (assumptions); leak_managed ·
    (1 − .25 x), because people who may come back need not overstay (Massey, Durand and Pren 2015, Journal of
    Ethnic and Migration Studies 41: people with papers circulate; the size is an assumption)."""

    # What workers can do, and what they must pay for it.

    recognition: Real | None = None
    """Share of their skill that movers can use, 0 to 1. phi_U_managed = phi_S_managed = x. Each country pays
    c_recognition: 0 up to .80, .0002 at .85, .0008 at .90, .0025 at .95 and straight lines between (assumptions)."""
    preparation: Real | None = None
    """Courses before departure, 0 none to 1 full. phi_U_managed and phi_S_managed + .05 x; the origin pays: c_var +
    .01 x (assumptions)."""
    fee: Real | None = None
    """Recruitment cost, share of earnings abroad. fee_managed = x. Employers pay a part of what it is below `fee`:
    fee_employer = .4 + fee − x, from 45 % of a small cut to 55 % of a large one (assumption)."""
    partnership: Real | None = None
    """Skill partnership for a fifth of the less skilled movers: 0 none, otherwise 1 plus the host's share of the bill.
    From 1 on gsp = .2, gsp_host = x − 1 and gsp_cost = 3, three years of public training (assumptions)."""
    training: Real | None = None
    """Share of the origin's public training cost of its skilled emigrants that the host refunds, 0 to 1. Money only:
    x · train of their wage at home goes from the host's treasury to the origin's."""

    # How they are treated.

    access: Real | None = None
    """Share of a resident's public services that migrants may use, 0 to 1. access_managed = x, and without a treaty
    access = .7. access_worth = .20 at x = .8, .32 at .9, .40 at 1, straight lines between: the first steps, as
    treatment after an accident, are worth twice their cost, the last less than it (assumptions)."""
    equal_pay: Real | None = None
    """Equal pay, 0 as today, 1 inspected. In the model everybody gets the wage of their skill, so the clause lowers
    what others take of it: fee_managed · (1 − .25 x). Inspection costs the host's treasury .002 x of its GDP per
    worker for each arrival (assumptions)."""
    social_protection: Real | None = None
    """Social protection beyond emergencies, 0 none to 1 equal to nationals'. The host's treasury pays .05 x of its
    GDP per worker for each arrival, and movers value it at that amount: cost − ln(1 + .05 x / (1 − alpha))
    (assumptions)."""
    portability: Real | None = None
    """Share of earned benefits that can be taken home, 0 to 1. The host's treasury pays .03 x of its GDP per worker
    for each arrival, and movers value it as they do social protection. recip + .05 x, for workers of the host who
    are posted abroad (assumptions)."""
    reintegration: Real | None = None
    """Help to return and resettle, the host's GDP per worker for each arrival and period. The host's treasury pays
    x, and movers value it as they do social protection; leak_managed / (1 + 25 x), because fewer people overstay
    (assumption)."""
    remittance_cost: Real | None = None
    """Cost of sending money home, share of the sum. rho · (1 − x) / (1 − .0618); .0618 is the world average today
    (`REMITTANCE_PRICE`). The families get what arrives. Savings of the senders are not counted."""

    # Money.

    levy: Real | None = None
    """Levy on movers' earnings abroad, share of them. tax = x."""
    levy_host: Real | None = None
    """The host's share of the levy; the origin gets the rest. tax_host = x."""
    transfer: Real | None = None
    """Yearly sum from the origin's treasury to the host's, share of the host's GDP; negative in the other direction.
    side + x."""
    integration_fund: Real | None = None
    """Spending of the host on courses and local services, its GDP per worker for each arrival. The host's treasury
    pays x; chi · 2^(−x / .02): the first 2 % halve the congestion (assumption)."""

    # Safeguards, monitoring and control.

    safeguard: Real | None = None
    """Right to suspend or slow down the opening, 0 none to 1 at will. loss moves x / 2 of the way to 1, because a
    government that can go back fears losses less; cost + .05 x, because workers who may be sent back are less
    willing (assumptions)."""
    monitoring: Real | None = None
    """Joint monitoring, 0 none to 1 by unions, employers and an independent body. fee_managed and leak_managed · (1
    − .25 x); both states pay c_fix + .0001 x (assumptions)."""
    readmission: Real | None = None
    """Readmission by the origin, from 0 case by case to 1 of everybody who came through its territory. leak_managed
    · (1 − .5 x); chi_managed · (1 − .36 x), because order at the border costs residents less; the origin pays c_var +
    .045 x² (assumptions; the trade of places for control is from Fernandez-Huertas Moraga 2008)."""
    control: Real | None = None
    """Joint control: share of the attempts to come without papers, of those not stopped today, that are stopped, 0
    to 1. control + (1 − control) · x; the cost of control to both states grows with its square."""


@dataclass(frozen=True, slots=True)
class ClauseEffect:
    """Effect of a clause on one parameter."""

    parameter: str
    """Name of the parameter."""
    rule: Callable[[Parameters, Real], Real]
    """Function of the parameters so far and the value x of the clause; returns the new value of the parameter."""
    outright: bool = False
    """True: the value is not clipped, so a value outside the limits is refused when the economy is solved. False:
    the value is clipped to the limits."""

    def apply(self, p: Parameters, x: Real) -> Real:
        """New value of the parameter when the clause has the value `x`."""
        value, limits = self.rule(p, x), entries()[self.parameter]
        return value if self.outright else np.clip(value, limits.low, limits.high)


def _is(parameter: str) -> ClauseEffect:
    return ClauseEffect(parameter, lambda _, x: x, outright=True)


def _plus(parameter: str, amount: float) -> ClauseEffect:
    return ClauseEffect(parameter, lambda p, x: getattr(p, parameter) + amount * np.asarray(x))


def _times(parameter: str, growth: float) -> ClauseEffect:
    return ClauseEffect(parameter, lambda p, x: getattr(p, parameter) * (1 + growth * np.asarray(x)))


def _valued(clause: str) -> ClauseEffect:
    """Movers value what is spent on them at its cost, relative to pay, which is 1 − α of GDP per worker."""
    amount = COST_PER_ARRIVAL[clause]
    return ClauseEffect("cost", lambda p, x: p.cost - np.log1p(amount * np.asarray(x) / (1 - p.alpha)))


def _settled(x: Real) -> Array:
    """Degree of settlement of workers who may stay x years: one half after five years."""
    return np.asarray(x) / (np.asarray(x) + 5)


def _stay_worth(x: Real) -> Array:
    s = _settled(x)
    return 0.25 * s * (1 - 0.4 * s)


def _between(nodes: tuple[float, ...], values: tuple[float, ...]) -> Callable[[Real], Real]:
    """Straight lines between some points, and level outside."""
    return lambda x: np.interp(x, nodes, values)


_recognition_cost = _between((0.80, 0.85, 0.90, 0.95), (0.0, 0.0002, 0.0008, 0.0025))
_access_worth = _between((ACCESS_TODAY, 0.8, 0.9, 1.0), (0.0, 0.20, 0.32, 0.40))

COST_PER_ARRIVAL: Mapping[str, float] = {
    "equal_pay": 0.002,
    "social_protection": 0.05,
    "portability": 0.03,
    "reintegration": 1.0,
    "integration_fund": 1.0,
}
"""What a host's treasury pays for each arrival at x = 1, share of its GDP per worker."""

CLAUSES: Mapping[str, tuple[ClauseEffect, ...]] = {
    "places": (ClauseEffect("openness", lambda p, x: np.multiply(p.openness, x), outright=True),),
    "expansion": (_is("expansion"),),
    "phasing": (_is("years"),),
    "access": (
        ClauseEffect("access", lambda _p, _x: ACCESS_TODAY),
        _is("access_managed"),
        ClauseEffect("access_worth", lambda _, x: _access_worth(x)),
    ),
    "stay": (
        ClauseEffect("stay_worth", lambda _, x: _stay_worth(x)),
        ClauseEffect("access_managed", lambda p, x: p.access_managed + 0.15 * _settled(x)),
        ClauseEffect("rho", lambda p, x: p.rho * (1 - 0.25 * _settled(x))),
    ),
    "re_entry": (_plus("cost", -0.1), _times("rho", 0.1), _times("leak_managed", -0.25)),
    "recognition": (
        _is("phi_U_managed"),
        _is("phi_S_managed"),
        ClauseEffect("c_recognition", lambda _, x: _recognition_cost(x)),
    ),
    "preparation": (_plus("phi_U_managed", 0.05), _plus("phi_S_managed", 0.05), _plus("c_var", 0.01)),
    "fee": (
        _is("fee_managed"),
        ClauseEffect("fee_employer", lambda p, x: 0.4 + p.fee - np.asarray(x)),
    ),
    "partnership": (
        ClauseEffect("gsp", lambda p, x: np.where(np.asarray(x) >= 1, 0.2, p.gsp)),
        ClauseEffect("gsp_cost", lambda p, x: np.where(np.asarray(x) >= 1, 3.0, p.gsp_cost)),
        ClauseEffect("gsp_host", lambda p, x: np.where(np.asarray(x) >= 1, np.asarray(x) - 1, p.gsp_host)),
    ),
    "training": (),
    "equal_pay": (_times("fee_managed", -0.25),),
    "social_protection": (_valued("social_protection"),),
    "portability": (_valued("portability"), _plus("recip", 0.05)),
    "reintegration": (
        _valued("reintegration"),
        ClauseEffect("leak_managed", lambda p, x: p.leak_managed / (1 + 25 * np.asarray(x))),
    ),
    "remittance_cost": (ClauseEffect("rho", lambda p, x: p.rho * ((1 - np.asarray(x)) / (1 - REMITTANCE_PRICE))),),
    "levy": (_is("tax"),),
    "levy_host": (_is("tax_host"),),
    "transfer": (ClauseEffect("side", lambda p, x: p.side + np.asarray(x), outright=True),),
    "integration_fund": (ClauseEffect("chi", lambda p, x: p.chi * np.exp2(-np.asarray(x) / 0.02)),),
    "safeguard": (ClauseEffect("loss", lambda p, x: p.loss + (1 - p.loss) * np.asarray(x) / 2), _plus("cost", 0.05)),
    "monitoring": (_times("fee_managed", -0.25), _times("leak_managed", -0.25), _plus("c_fix", 0.0001)),
    "readmission": (
        _times("leak_managed", -0.5),
        _times("chi_managed", -0.36),
        ClauseEffect("c_var", lambda p, x: p.c_var + 0.045 * np.square(x)),
    ),
    "control": (ClauseEffect("control", lambda p, x: p.control + (1 - p.control) * np.asarray(x)),),
}
"""Effects of each clause, in the order in which they are applied; places in people and treasury bills come after
them."""

QUOTAS = ("places_U", "places_S")
"""Clauses that give places as numbers of people."""
PLACES = ("places", "expansion", *QUOTAS)
"""Clauses that give places."""
GRANTS = (*PLACES, "readmission", "control")
"""Clauses that open a border or manage one; a package without any of them is no agreement on migration."""

Mask: TypeAlias = NDArray[np.bool_]


def apply_terms(parameters: Parameters, terms: Terms) -> Parameters:
    """Apply terms to parameters: the economy with the agreement in force.

    Quotas and the bills that depend on the number of arrivals are solved for. Limits of the other parameters are
    checked when the economy is solved.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    terms
        The terms; arrays broadcast with B.

    Returns
    -------
    changed : Parameters
        The parameters under the terms.

    Raises
    ------
    InputError
        Both `places` and a quota are given, or a parameter is outside its limits when quotas or bills are solved.
    """
    moved = parameters
    for name, effects in CLAUSES.items():
        x = getattr(terms, name)
        if x is not None:
            moved = moved.replace(**{effect.parameter: effect.apply(moved, x) for effect in effects})
    return _charged(_admitted(moved, terms), terms)


def apply_positive_list(parameters: Parameters, terms: Terms) -> Parameters:
    """Apply terms as a positive list: without a clause on places, no places are given.

    Where the terms grant nothing (`is_migration_agreement` is False), there is no apparatus and no joint control: a
    package that only transfers a sum pays that sum.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    terms
        The terms; arrays broadcast with B.

    Returns
    -------
    changed : Parameters
        The parameters under the terms.

    Raises
    ------
    InputError
        As in `apply_terms`.
    """
    if all(getattr(terms, name) is None for name in PLACES):
        terms = replace(terms, places=0.0)
    moved, idle = apply_terms(parameters, terms), ~is_migration_agreement(terms)
    if not idle.any():
        return moved
    today = {"c_fix": 0.0, "control": 0.0, "leak_managed": 1.0}
    return moved.replace(**{name: np.where(idle, value, getattr(moved, name)) for name, value in today.items()})


def has_effect(terms: Terms) -> Mask:
    """(terms) Boolean: where the terms grant something or transfer a sum."""
    return is_migration_agreement(terms) | _any(terms, ("transfer",))


def parameters_moved_by(name: str) -> tuple[str, ...]:
    """The parameters that a field of `Terms` changes; KeyError for an unknown name."""
    if name in QUOTAS:
        return ("openness", "skilled_openness")
    own = tuple(effect.parameter for effect in CLAUSES[name])
    return (*own, "c_fix", "side") if name in (*COST_PER_ARRIVAL, "training") else own


def is_migration_agreement(terms: Terms) -> Mask:
    """(terms) Boolean: where the terms open a border or manage one; elsewhere no agreement takes effect."""
    return _any(terms, GRANTS)


def _any(terms: Terms, names: Iterable[str]) -> Mask:
    given = (getattr(terms, name) for name in names)
    return reduce(np.logical_or, (np.asarray(x) != 0 for x in given if x is not None), np.zeros((), dtype=bool))


def _admitted(p: Parameters, terms: Terms) -> Parameters:
    """Set the openness that admits as many people as there are places."""
    if terms.places_U is None and terms.places_S is None:
        return p
    if terms.places is not None:
        reason = "a share of today's openness stands beside a number of people"
        raise input_error("terms.places", reason, "keep places, or places_U and places_S")
    less_skilled, skilled = (0.0 if x is None else x for x in (terms.places_U, terms.places_S))
    return openness_for_places(p, less_skilled, skilled)


def _charged(p: Parameters, terms: Terms) -> Parameters:
    """Add what the treasuries pay for arrivals."""
    each = [
        amount * np.asarray(x) for name, amount in COST_PER_ARRIVAL.items() if (x := getattr(terms, name)) is not None
    ]
    if not each and terms.training is None:
        return p
    return add_arrival_costs(p, sum(each, np.zeros(())), 0.0 if terms.training is None else terms.training)
