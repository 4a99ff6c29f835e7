"""The dials of the model: their values in one frozen record, their limits and sources in parameters.toml."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError, Problem, refuse
from games.short_repr import short_repr

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
"""One number, or one for each of many economies; any shapes that broadcast together are a batch."""

CATALOGUE = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One economy of two countries, or a batch of them when fields are arrays that broadcast together.

    Country 0 is the host by convention, country 1 the origin. U are less skilled workers, S skilled ones.
    Units, limits and sources stand in parameters.toml; `defaults()` and `preset()` make these, `replace`
    changes some of their fields.
    """

    __repr__ = short_repr

    gap: Real
    """Labour productivity, host over origin."""
    size: Real
    """Labour force, origin over host."""
    u0: Real
    """Share of U in the host's labour force."""
    u1: Real
    """Share of U in the origin's labour force."""
    theta: Real
    """Weight of S in the labour aggregate; U weighs the rest."""
    sigma: Real
    """Elasticity of substitution between U and S."""
    alpha: Real
    """Capital's share of income."""
    kappa: Real
    """Capital mobility: 0 fixed stocks, 1 fixed returns."""
    eta: Real
    """Elasticity of productivity in the share of S."""
    slack: Real
    """Share of the usual productivity and pay that movers lacked at home."""
    cost: Real
    """Mean cost of moving, log points of income."""
    nu: Real
    """Dispersion of that cost, log points of income."""
    openness: Real
    """Share of the willing whom a liberalising country admits."""
    skilled_openness: Real
    """Openness to S over that to U; nobody's exceeds 1."""
    leak: Real
    """Share of those without a place who come without papers if they are willing."""
    leak_managed: Real
    """What is left of the leak, both states cooperating."""
    control: Real
    """Share of the attempts to come without papers that joint control stops, both states cooperating."""
    risk: Real
    """Extra cost of coming without papers, log points of income."""
    old_stock: Real
    """Earlier migrants, share of the host's labour force."""
    old_stock_origin: Real
    """Earlier migrants, share of the origin's labour force."""
    old_sigma: Real
    """Elasticity of substitution between migrants and natives of one skill."""
    match: Real
    """Extra productivity of movers, who fill shortages."""
    phi_U: Real
    """Skill that U movers can use, without cooperation."""
    phi_U_managed: Real
    """Skill that U movers can use, both states cooperating."""
    phi_S: Real
    """Skill that S movers can use, without cooperation."""
    phi_S_managed: Real
    """Skill that S movers can use, both states cooperating."""
    fee: Real
    """Cost of recruitment without cooperation, share of earnings abroad."""
    fee_managed: Real
    """Cost of recruitment, both states cooperating, share of earnings abroad."""
    recip: Real
    """Cut in the cost of moving from host to origin under cooperation, log points."""
    tax: Real
    """Levy on earnings abroad under cooperation, share of them."""
    gsp: Real
    """Share of U movers whom a skill partnership turns into S, trained at the host's cost."""
    rho: Real
    """Share of their gain in income that movers send home."""
    chi: Real
    """Scale of the externality."""
    gamma: Real
    """Convexity of the externality in the inflow."""
    unmanaged: Real
    """Extra externality of a migrant whose origin does not cooperate."""
    years: Real
    """Periods over which the opening is phased in."""
    tau: Real
    """Taxes, share of labour income."""
    services: Real
    """Public services used by one more resident, share of GDP per worker."""
    train: Real
    """Yearly public cost of training that an S emigrant takes along, share of the S wage."""
    c_fix: Real
    """Cost of the apparatus of a liberalising country, share of own GDP."""
    c_var: Real
    """Cost of managing one's own emigrants, share of their wage at home."""
    c_control: Real
    """Cost of a joint control that stops every attempt, share of own GDP."""
    tax_host: Real
    """Share of the levy that the host keeps."""
    side: Real
    """Lump sum from origin to host when both liberalise, share of the host's GDP."""
    w_U: Real
    """Political weight of U."""
    w_S: Real
    """Political weight of S."""
    w_K: Real
    """Political weight of capital."""
    w_R: Real
    """Political weight of residents."""
    w_M: Real
    """Political weight of own movers."""
    w_F: Real
    """Political weight of the movers' families."""
    w_T: Real
    """Political weight of the treasury."""
    w_X: Real
    """Political weight of the other country's movers and families."""
    w_O: Real
    """Political weight of earlier migrants in their host."""
    loss: Real
    """Weight of a loss over a gain of the same size."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The batch: () for one economy. Raises ValueError when the fields' shapes do not broadcast."""
        return np.broadcast_shapes(
            *(np.shape(value) for value in self.items().values() if not isinstance(value, float))
        )

    def items(self) -> dict[str, Real]:
        """The values by name, in the order of parameters.toml."""
        return {name: getattr(self, name) for name in NAMES}

    def replace(self, **changes: Real) -> Parameters:
        """The same economy with some dials moved; TypeError for a name that does not exist."""
        return dataclasses.replace(self, **changes)


NAMES = tuple(field.name for field in fields(Parameters))
"""Every parameter by name, in the order of parameters.toml."""


class Entry(NamedTuple):
    """What is known about one parameter; the source holds the word *assumption* where there is none."""

    name: str
    symbol: str
    default: float
    unit: str
    low: float
    high: float
    source: str
    confidence: Literal["high", "medium", "low"]
    touches: Literal["market", "accounts", "politics"]
    meaning: str


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


@cache
def entries() -> Mapping[str, Entry]:
    """The catalogue of parameters by name, in the order in which the model needs them."""
    return MappingProxyType({name: Entry(name=name, **facts) for name, facts in _catalogue()["parameters"].items()})


@cache
def defaults() -> Parameters:
    """Two equal countries with mirrored endowments: the defaults of parameters.toml."""
    return Parameters(**{name: entry.default for name, entry in entries().items()})


def preset(name: str) -> Parameters:
    """One of the two pairs of the source's annex: "symmetric" (Table 6.A1) or "asymmetric" (Table 6.A3).

    Raises InputError for another name.
    """
    presets = _catalogue()["presets"]
    if name not in presets:
        raise refuse("preset", f"there is no preset called {name!r}", f"write one of: {', '.join(presets)}")
    return defaults().replace(**presets[name])


def touching(*parts: str) -> tuple[str, ...]:
    """Names of the parameters that touch the market, the accounts or the politics."""
    return tuple(name for name, entry in entries().items() if entry.touches in parts)


def check(parameters: Parameters, place: str = "parameters") -> None:
    """Raise one InputError that names every parameter outside its limits, with the range to stay in.

    `place` is what stands before the parameter's name, as in "case.toml:economy".
    """
    problems = [_outside(entry, place) for entry in entries().values() if not _within(parameters, entry)]
    if problems:
        raise InputError(*problems)
    try:
        _ = parameters.shape
    except ValueError:
        raise refuse(place, "the parameters' shapes do not go together", "give arrays of one length") from None


def _within(parameters: Parameters, entry: Entry) -> bool:
    value = getattr(parameters, entry.name)
    if isinstance(value, int | float):
        return entry.low <= value <= entry.high
    many = np.asarray(value, dtype=float)
    # Written so that a NaN, which compares false with everything, is outside.
    return not many.size or bool(many.min() >= entry.low and many.max() <= entry.high)


def _outside(entry: Entry, place: str) -> Problem:
    reason = f"lies outside its limits (unit: {entry.unit})"
    return Problem(f"{place}.{entry.name}", reason, f"write a number from {entry.low:g} to {entry.high:g}")
