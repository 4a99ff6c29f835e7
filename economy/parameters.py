"""Parameters of the model: their values in one frozen record; limits and sources in parameters.toml."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, cast

import numpy as np

from economy.conventions import STANDARD, Array, Conventions, Real
from games.errors import InputError, Problem, input_error
from games.messages import Message
from games.short_repr import short_repr

CATALOGUE = Path(__file__).with_name("parameters.toml")
"""File of the parameters and presets, with limits and sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Parameters of one economy of two countries, or of a batch when fields are arrays that broadcast together.

    Country 0 is the host by convention, country 1 the origin. U are less skilled workers, S skilled workers. Units,
    limits and sources are in parameters.toml. `defaults()` and `preset()` return instances; `replace` changes some
    fields.
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
    """Weight of S in the labour aggregate, 0 to 1; the weight of U is the rest."""
    sigma: Real
    """Elasticity of substitution between U and S."""
    alpha: Real
    """Capital's share of income."""
    kappa: Real
    """Capital mobility: 0 fixed stocks, 1 fixed returns."""
    eta: Real
    """Elasticity of productivity in the share of S."""
    slack: Real
    """Share of the usual productivity and pay that movers lack at home."""
    cost: Real
    """Mean cost of moving, log points of income."""
    nu: Real
    """Dispersion of that cost, log points of income."""
    openness: Real
    """Share of the willing workers whom a liberalising country admits."""
    skilled_openness: Real
    """Openness to S over openness to U; the resulting share is at most 1."""
    openness_origin: Real
    """Openness of the origin over that of the host, as far as everyone is admitted; read where it is a share."""
    today: Real
    """Today's openness of the host to the origin's workers, share of the willing."""
    today_origin: Real
    """Today's openness of the origin to the host's workers, share of the willing."""
    expansion: Real
    """People beyond today's number whom a liberalising country admits, share of that number."""
    covered: Real
    """Share of today's migrants whom the terms of a treaty reach; read where people are the ceiling."""
    leak: Real
    """Share of the willing without a place who come without papers."""
    leak_managed: Real
    """Factor on the leak when both states cooperate."""
    control: Real
    """Share of the attempts to come without papers that joint control stops when both states cooperate."""
    risk: Real
    """Extra cost of coming without papers, log points of income."""
    old_stock: Real
    """Earlier migrants, share of the host's labour force."""
    old_stock_origin: Real
    """Earlier migrants, share of the origin's labour force."""
    old_sigma: Real
    """Elasticity of substitution between migrants and natives of one skill."""
    match: Real
    """Extra productivity of movers abroad, because they fill shortages."""
    phi_U: Real
    """Share of their skill that U movers can use, without cooperation."""
    phi_U_managed: Real
    """Share of their skill that U movers can use when both states cooperate."""
    phi_S: Real
    """Share of their skill that S movers can use, without cooperation."""
    phi_S_managed: Real
    """Share of their skill that S movers can use when both states cooperate."""
    fee: Real
    """Cost of recruitment without cooperation, share of earnings abroad."""
    fee_managed: Real
    """Cost of recruitment when both states cooperate, share of earnings abroad."""
    fee_employer: Real
    """Share of what a treaty takes off the recruitment cost that the employers pay instead."""
    recip: Real
    """Cut in the cost of moving from host to origin under cooperation, log points."""
    tax: Real
    """Levy on earnings abroad under cooperation, share of earnings after the fee."""
    gsp: Real
    """Share of U movers whom a skill partnership trains to work as S, at the host's cost."""
    gsp_cost: Real
    """Cost of the training of one mover of a skill partnership, over `train`."""
    gsp_host: Real
    """Share of that cost that the host pays; the origin pays the rest."""
    stay_worth: Real
    """What the length of stay in a treaty is worth to a mover, log points of income, at unchanged numbers."""
    rho: Real
    """Share of their gain in income that movers send home."""
    chi: Real
    """Scale of the externality."""
    chi_managed: Real
    """Factor on the externality of migrants in a managed corridor."""
    gamma: Real
    """Convexity of the externality in the inflow."""
    xmax: Real
    """Largest public cost, share of own GDP."""
    unmanaged: Real
    """Extra externality of a migrant whose origin does not cooperate."""
    years: Real
    """Periods over which the opening is phased in."""
    delta: Real
    """Discount factor a period."""
    tau: Real
    """Taxes, share of labour income."""
    services: Real
    """Public services used by one more resident, share of GDP per worker."""
    access: Real
    """Share of a resident's public services that migrants may use, without cooperation."""
    access_managed: Real
    """Share of a resident's public services that migrants use when both states cooperate."""
    access_worth: Real
    """What the change of access in a treaty is worth to a mover, share of a resident's public services."""
    train: Real
    """Yearly public cost of the training of an S emigrant, share of the S wage."""
    c_fix: Real
    """Cost of the apparatus of a liberalising country, share of own GDP."""
    c_var: Real
    """Cost of managing a country's own emigrants, share of their wage at home."""
    c_recognition: Real
    """Cost of the recognition of qualifications in a managed corridor, share of own GDP."""
    c_control: Real
    """Cost of joint control that stops every attempt, share of own GDP; it grows with the square of `control`."""
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
    """Weight of a loss relative to a gain of the same size."""
    commitment: Real
    """What a government loses by binding itself in a treaty, share of own GDP."""
    conventions: Conventions = STANDARD
    """Conventions of the accounts. They are no parameters and have no entries."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the batch: () for one economy. Raises ValueError when the shapes of the fields do not broadcast."""
        return np.broadcast_shapes(
            *(np.shape(value) for value in self.items().values() if not isinstance(value, float))
        )

    def items(self) -> dict[str, Real]:
        """Values by name, in the order of parameters.toml."""
        return {name: getattr(self, name) for name in NAMES}

    @property
    def by_direction(self) -> bool:
        """Whether who is admitted may differ from `openness`; the same for every part of a batch."""
        return _differs(self.today, 0.0) or _differs(self.today_origin, 0.0) or _differs(self.openness_origin, 1.0)

    def replace(self, **changes: Real | Conventions) -> Parameters:
        """Return a copy with some parameters or the conventions changed; TypeError for an unknown name."""
        return dataclasses.replace(self, **cast("dict[str, Any]", changes))


def _differs(value: Real, plain: float) -> bool:
    return bool(np.ndim(value)) or value != plain


NAMES = tuple(field.name for field in fields(Parameters) if field.name != "conventions")
"""Names of all parameters, in the order of parameters.toml."""


class Entry(NamedTuple):
    """Facts about one parameter; `source` contains the word *assumption* where there is no source."""

    name: str
    """Field of `Parameters`."""
    symbol: str
    """Symbol in the equations."""
    default: float
    unit: str
    low: float
    """Smallest allowed value."""
    high: float
    """Largest allowed value."""
    source: str
    confidence: Literal["high", "medium", "low"]
    touches: Literal["market", "accounts", "politics"]
    """First part of the model that must be computed again when the parameter changes."""
    meaning: str


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


@cache
def entries() -> Mapping[str, Entry]:
    """The facts about all parameters.

    Returns
    -------
    Mapping[str, Entry]
        Facts by name, in the order in which the model uses the parameters.
    """
    return MappingProxyType({name: _entry(name, **facts) for name, facts in _catalogue()["parameters"].items()})


def _entry(name: str, unit: str, meaning: str, **facts: Any) -> Entry:
    """Make the entry of a parameter; the texts that people read are messages."""
    return Entry(name=name, unit=Message(unit), meaning=Message(meaning), **facts)


@cache
def defaults() -> Parameters:
    """Two equal countries with mirrored endowments.

    Returns
    -------
    economy : Parameters
        The defaults of parameters.toml.
    """
    values: dict[str, Any] = {name: entry.default for name, entry in entries().items()}
    return Parameters(**values)


def preset(name: str) -> Parameters:
    """Return one of the two pairs of countries of the annex of Alonso, "Managing Labor Mobility".

    Parameters
    ----------
    name
        "symmetric" (Table 6.A1) or "asymmetric" (Table 6.A3).

    Returns
    -------
    economy : Parameters
        One economy.

    Raises
    ------
    InputError
        There is no preset of this name.
    """
    presets = _catalogue()["presets"]
    if name not in presets:
        raise input_error("preset", f"there is no preset called {name!r}", f"write one of: {', '.join(presets)}")
    return defaults().replace(**presets[name])


def unlike(a: Real) -> Parameters:
    """Two countries between the presets: how unlike they are in income, size, skills and capital, as one number.

    Parameters
    ----------
    a
        0 is the symmetric preset, 1 the asymmetric one; one number or an array of shape B.

    Returns
    -------
    economy : Parameters
        Gap 4^a, size 1.5^a, u0 .40 − .15 a, u1 .60, theta .5 + .2 a, kappa a, eta .01 a, train .2 a (assumption: all
        change together).
    """
    u0, theta = 0.4 - 0.15 * a, 0.5 + 0.2 * a
    return defaults().replace(
        gap=4**a, size=1.5**a, u0=u0, u1=0.6, theta=theta, kappa=1.0 * a, eta=0.01 * a, train=0.2 * a
    )


def touching(*parts: str) -> tuple[str, ...]:
    """Names of the parameters that touch the given parts: "market", "accounts", "politics"."""
    return tuple(name for name, entry in entries().items() if entry.touches in parts)


def check(parameters: Parameters, place: str = "parameters") -> None:
    """Raise one InputError that lists every parameter outside its limits, with the allowed range.

    Parameters
    ----------
    parameters
        One economy, or a batch.
    place
        Text before the parameter's name in the error, as in "case.toml:economy".

    Raises
    ------
    InputError
        A parameter is outside its limits (NaN is outside), or the shapes do not broadcast.
    """
    problems = [_outside(entry, place) for entry in entries().values() if not _within(parameters, entry)]
    if problems:
        raise InputError(*problems)
    try:
        _ = parameters.shape
    except ValueError:
        raise input_error(place, "the parameters' shapes do not go together", "give arrays of one length") from None


def _within(parameters: Parameters, entry: Entry) -> bool:
    value = getattr(parameters, entry.name)
    if isinstance(value, int | float):
        return entry.low <= value <= entry.high
    many: Array = np.asarray(value, dtype=float)
    # Written so that a NaN, which compares false with everything, is outside.
    return not many.size or bool(many.min() >= entry.low and many.max() <= entry.high)


def _outside(entry: Entry, place: str) -> Problem:
    reason = f"lies outside its limits (unit: {entry.unit})"
    return Problem(f"{place}.{entry.name}", reason, f"write a number from {entry.low:g} to {entry.high:g}")
