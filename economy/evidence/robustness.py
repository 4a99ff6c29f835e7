"""Results over many random economies: robustness of the two games, and identification of the parameters.

The same count and seed give the same draws and the same results.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.evidence.random_economies import ALIKE, BEHAVIOUR, POLITICS, UNLIKE, Box, draw
from economy.model.accounts import positions
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import GameCell, Stakes, agreement_with_accounts, classify_games, solve_bilateral
from economy.parameters import Array, Parameters, preset

Truth = NDArray[np.bool_]

DIALS: Box = BEHAVIOUR + POLITICS
"""Parameters that are drawn to test which of them the tables identify: behaviour of people and governments."""

OPPOSED = ("opposed",)
ANY_DOUBT = ("neutral", "weakly opposed", "opposed")
TABLES = {
    "6.A1": {
        False: (OPPOSED, ("weakly in favour",), ("in favour",), ("neutral",)),
        True: (OPPOSED, ("weakly in favour",), ("in favour",), ("neutral", "weakly in favour")),
    },
    "6.A3": {
        False: (OPPOSED, ("weakly in favour",), ("neutral",), ANY_DOUBT),
        True: (OPPOSED, ("weakly in favour",), ("neutral",), ANY_DOUBT),
    },
}
"""Labels that each of the four groups may have in Alonso's tables, by table and reciprocity.

"neutral or opposed" in a table allows the labels in between as well.
"""


def matches(stakes: Stakes, table: str) -> Truth:
    """(*B, 8) whether each position of the host's groups equals the table: four without, then four with reciprocity."""
    found = [positions(stakes, reciprocity=row).labels for row in (False, True)]
    cells = [
        np.isin(labels[..., group], allowed)
        for row, labels in zip((False, True), found, strict=True)
        for group, allowed in enumerate(TABLES[table][row])
    ]
    return np.stack(cells, axis=-1)


def shares_by_name(names: NDArray[np.str_]) -> dict[str, float]:
    """Share of each name that occurs, in alphabetical order."""
    found, count = np.unique(names, return_counts=True)
    return {str(name): float(number) / names.size for name, number in zip(found, count, strict=True)}


# ---- robustness of the two games


class GameRobustness(NamedTuple):
    """Shares over random draws for pairs of equals (`alike`) and pairs of unequals (`unlike`)."""

    alike: dict[str, float]
    """Share of each class of game among equals."""
    unlike: dict[str, float]
    """Share of each class of game among unequals."""
    alike_matches: Array
    """(8) share of draws in which the position equals Table 6.A1."""
    unlike_matches: Array
    """(8) share of draws in which the position equals Table 6.A3."""


def game_robustness(count: int = 2000, seed: int = 11) -> GameRobustness:
    """Count how often equals play a stag hunt and unequals a bully game, over random behaviour.

    Parameters
    ----------
    count
        Number of draws.
    seed
        Seed of the random generator.

    Returns
    -------
    GameRobustness
        Shares of classes and of matching positions.
    """
    rng = np.random.default_rng(seed)
    behaviour, alike, unlike = (draw(box, count, rng) for box in (BEHAVIOUR, ALIKE, UNLIKE))
    equals = solve_bilateral(preset("symmetric").replace(**behaviour, **alike, u1=1 - alike["u0"]))
    others = solve_bilateral(preset("asymmetric").replace(**behaviour, **unlike))
    return GameRobustness(
        shares_by_name(classify_games(equals)),
        shares_by_name(classify_games(others)),
        matches(equals, "6.A1").mean(axis=0),
        matches(others, "6.A3").mean(axis=0),
    )


# ---- identification: what a fit to the tables implies for the parameters


class ParameterIdentification(NamedTuple):
    """Identification of one parameter: how the draws that match the tables differ from the others."""

    pull: float
    """Probability that a matching draw has a larger value than another draw; 0.5 where the tables have no
    information."""
    low: float
    """5 % quantile of the matching draws."""
    high: float
    """95 % quantile of the matching draws."""


class Identification(NamedTuple):
    """Share of the box that matches Alonso's tables: positions of all groups and the class of the game."""

    equals: float
    """Share of draws with every position of Table 6.A1 and a stag hunt."""
    unequals: float
    """Share of draws with every position of Table 6.A3 and a bully game."""
    both: float
    """Share of draws with both."""
    error: float
    """Standard error of `both`."""
    cells: Array
    """(2, 8) share of draws that match each position of Tables 6.A1 and 6.A3."""
    dials: dict[str, ParameterIdentification]
    """Identification of each parameter."""


def identify_parameters(count: int = 20_000, seed: int = 17, box: Box = DIALS) -> Identification:
    """Draw parameters from a box and count the draws that match Alonso's tables.

    The countries themselves are those of the two presets; the asymmetric pair has openness .05.

    Parameters
    ----------
    count
        Number of draws.
    seed
        Seed of the random generator.
    box
        Ranges of the parameters that are drawn.

    Returns
    -------
    Identification
        Shares of matching draws, and the identification of each parameter.

    References
    ----------
    Alonso, "Managing Labor Mobility", Tables 6.A1 and 6.A3.
    """
    dials = draw(box, count, np.random.default_rng(seed))
    equals = solve_bilateral(preset("symmetric").replace(**dials))
    others = solve_bilateral(preset("asymmetric").replace(**{"openness": 0.05, **dials}))
    alike, unlike = matches(equals, "6.A1"), matches(others, "6.A3")
    first = alike.all(axis=-1) & (classify_games(equals) == "stag-hunt")
    second = unlike.all(axis=-1) & (classify_games(others) == "bully")
    both = first & second
    share = float(both.mean())
    return Identification(
        equals=float(first.mean()),
        unequals=float(second.mean()),
        both=share,
        error=float(np.sqrt(share * (1 - share) / count)),
        cells=np.stack([alike.mean(axis=0), unlike.mean(axis=0)]),
        dials={name: _weighed(values, both) for name, values in dials.items()},
    )


def _weighed(values: Array, chosen: Truth) -> ParameterIdentification:
    """The rank-sum statistic of the matching draws against the others, and the central 90 % of the matching draws."""
    picked = int(chosen.sum())
    if picked in {0, values.size}:
        return ParameterIdentification(0.5, float(values.min()), float(values.max()))
    rank = np.argsort(np.argsort(values))[chosen].sum() - picked * (picked - 1) / 2
    low, high = np.quantile(values[chosen], (0.05, 0.95))
    return ParameterIdentification(float(rank / (picked * (values.size - picked))), float(low), float(high))


# ---- a fixed inflow


def agreement_at_inflow(parameters: Parameters, inflow: float = 0.03) -> tuple[GameCell, MoneyAccounts]:
    """Solve the mutual opening whose arrivals are nearest to a given share of the host's labour force.

    400 levels of openness from .001 to .3 are tried, as in the figures to which the result is compared.

    Parameters
    ----------
    parameters
        One economy.
    inflow
        Arrivals, share of the host's labour force.

    Returns
    -------
    tuple[GameCell, MoneyAccounts]
        The cell (L,L) and its money accounts, gross and net, of one economy.
    """
    tried, accounts = agreement_with_accounts(parameters.replace(openness=np.geomspace(0.001, 0.3, 400)))
    at = int(np.argmin(np.abs(tried.inflow[:, 0] - inflow)))
    return tried[at], accounts[at]
