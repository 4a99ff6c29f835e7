"""From parameters to payoffs, for one economy or a batch: market, accounts, politics.

A cell of the game is a pair of moves, Liberalize (0) or Defect (1): the row is the move of country 0, the column the
move of country 1. Everything is measured from (Defect, Defect), the status quo with today's migrants, whose payoffs are
0.

For a batch, solve(many)[i] equals solve(many[i]) bit for bit, whatever the size and order of the batch. Economies with
equal market parameters share one fixed point: changes of account and political parameters need no new fixed point.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from economy.model.cells import AGREED, CELL_AXIS, EVERY, evaluate
from economy.model.money_accounts import MoneyAccounts
from economy.parameters import Array, Parameters, Real
from games.bimatrix import Bimatrix
from games.errors import input_error
from games.two_by_two.batch import CLASSES, solve_many

ACTIONS = ("Liberalize", "Defect")
"""Names of the moves, in the order of rows and columns."""
TIE = 1e-6
"""Two payoffs of a derived game are a tie when they differ by less than this share of the payoff range."""


@dataclass(frozen=True, slots=True)
class GameCell:
    """One cell of the game for a batch of shape B, () for one economy; all changes are from (D,D).

    The fields are those of `Stakes` without the axes row and column.
    """

    payoffs: Array
    """(*B, player) governments' payoffs, % of own GDP of the status quo."""
    groups: Array
    """(*B, country, group) money by group in the order of GROUPS, % of own GDP of the status quo."""
    flows: Array
    """(*B, origin, host, skill) people per host worker, on either route."""
    irregular: Array
    """(*B, origin, host, skill) those of them who move without papers."""
    inflow: Array
    """(*B, country) arrivals, share of the country's labour force."""
    gdp_gain: Array
    """(*B) gross gain of world GDP, share of that of the status quo."""
    welfare: Array
    """(*B) sum of the money accounts less the cost of moving, share of the world's GDP."""
    residual: Array
    """(*B) error of the fixed point of log wages."""
    identity: Array
    """(*B) error of the accounting identity, share of world GDP."""
    gdp: Array
    """(*B, country) GDP of the status quo, in the model's unit."""
    incomes: Array
    """(*B, country, group) income of each group in the status quo, % of own GDP of the status quo."""

    @property
    def relative(self) -> Array:
        """(*B, country, group) change, % of the group's income in the status quo; 0 without income."""
        return _relative(self.groups, self.incomes)

    def __getitem__(self, index: Any) -> GameCell:
        """The same cell of some economies of the batch."""
        return GameCell(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Stakes:
    """Payoffs, groups' gains and flows in every cell of the game, for a batch of shape B; changes from (D,D)."""

    payoffs: Array
    """(*B, player, row, column) governments' payoffs, % of own GDP of the status quo; (D,D) is 0."""
    groups: Array
    """(*B, country, row, column, group) money by group in the order of GROUPS, % of own GDP of the status quo."""
    flows: Array
    """(*B, row, column, origin, host, skill) people per host worker, on either route."""
    irregular: Array
    """(*B, row, column, origin, host, skill) those of them who move without papers."""
    inflow: Array
    """(*B, country, row, column) arrivals, share of the country's labour force."""
    gdp_gain: Array
    """(*B, row, column) gross gain of world GDP, share of that of the status quo."""
    welfare: Array
    """(*B, row, column) sum of the money accounts less the cost of moving, share of the world's GDP."""
    residual: Array
    """(*B, row, column) error of the fixed point of log wages."""
    identity: Array
    """(*B, row, column) error of the accounting identity, share of world GDP."""
    gdp: Array
    """(*B, country) GDP of the status quo, in the model's unit."""
    incomes: Array
    """(*B, country, group) income of each group in the status quo, % of own GDP of the status quo."""

    @property
    def relative(self) -> Array:
        """(*B, country, row, column, group) change, % of the group's income in the status quo; 0 without income."""
        return _relative(self.groups, self.incomes[..., None, None, :])

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape B of the batch."""
        return self.gdp.shape[:-1]

    def __getitem__(self, index: Any) -> Stakes:
        """Stakes of some economies of the batch."""
        return Stakes(**{field.name: getattr(self, field.name)[index] for field in fields(self)})

    def cell(self, row: int, column: int) -> GameCell:
        """One cell: 0 is Liberalize, 1 Defect; the row is the move of country 0."""
        return GameCell(
            payoffs=self.payoffs[..., row, column],
            groups=self.groups[..., row, column, :],
            flows=self.flows[..., row, column, :, :, :],
            irregular=self.irregular[..., row, column, :, :, :],
            inflow=self.inflow[..., row, column],
            gdp_gain=self.gdp_gain[..., row, column],
            welfare=self.welfare[..., row, column],
            residual=self.residual[..., row, column],
            identity=self.identity[..., row, column],
            gdp=self.gdp,
            incomes=self.incomes,
        )


def reciprocity_index(flows: Array) -> Array:
    """Balance of the two flows of a pair, 0 where all move one way, 1 where as many go as come; 0 where nobody moves.

    Parameters
    ----------
    flows
        (..., origin, host, skill) people, as in `Stakes.flows`.

    Returns
    -------
    Array
        (...) 1 − |a − b|/(a + b), with a and b the people who move in each direction.

    References
    ----------
    Grubel and Lloyd (1971), "The empirical measurement of intra-industry trade", Economic Record 47(4).
    """
    there, back = (flows[..., origin, 1 - origin, :].sum(axis=-1) for origin in (1, 0))
    both = there + back
    return np.divide(both - np.abs(there - back), both, out=np.zeros_like(both), where=both > 0)


FIELDS = tuple(field.name for field in fields(GameCell))
"""Names of the results in `GameCell` and in `Stakes`."""


def _relative(groups: Array, incomes: Array) -> Array:
    """Changes in % of incomes; 0 for a group without income (earlier migrants where there are none)."""
    return np.divide(100 * groups, incomes, out=np.zeros_like(groups), where=incomes > 0)


def solve_bilateral(parameters: Parameters, start: Real = 0.0) -> Stakes:
    """Solve the game of every economy in the batch: payoffs, groups' gains and flows in the four cells.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    start
        Log wage changes at which the solver starts: a number or (country, skill, 1). Use several values to test that
        the fixed point is unique.

    Returns
    -------
    Stakes
        Results of shape B.

    Raises
    ------
    InputError
        A parameter is outside its limits, or the shapes do not broadcast.
    """
    found = _every_cell(parameters, start, accounts=False)
    return Stakes(**{name: found[name] for name in FIELDS})


def solve_accounts(parameters: Parameters, start: Real = 0.0) -> MoneyAccounts:
    """Solve the money accounts of every economy in the batch in the four cells.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    start
        Log wage changes at which the solver starts, as in `solve_bilateral`.

    Returns
    -------
    MoneyAccounts
        Results of shape B.

    Raises
    ------
    InputError
        A parameter is outside its limits, or the shapes do not broadcast.

    References
    ----------
    Alonso, "Managing Labor Mobility", Table 6.2.
    """
    return solve_with_accounts(parameters, start)[1]


def solve_with_accounts(parameters: Parameters, start: Real = 0.0) -> tuple[Stakes, MoneyAccounts]:
    """Solve the game and the money accounts of every economy in the batch at once.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    start
        Log wage changes at which the solver starts, as in `solve_bilateral`.

    Returns
    -------
    tuple[Stakes, MoneyAccounts]
        Results of shape B.

    Raises
    ------
    InputError
        As in `solve_accounts`.
    """
    found = _every_cell(parameters, start, accounts=True)
    stakes = Stakes(**{name: found[name] for name in FIELDS})
    found["gdp"] = found["gdp_change"]
    return stakes, MoneyAccounts(**{field.name: found[field.name] for field in fields(MoneyAccounts)})


def _every_cell(parameters: Parameters, start: Real, *, accounts: bool) -> dict[str, Array]:
    """Results of the four cells by name, with the axes row and column."""
    shape, found = evaluate(parameters, EVERY, start, accounts=accounts)
    for name, axis in CELL_AXIS.items():
        if name in found:
            axes = found[name].shape
            found[name] = found[name].reshape((*axes[:axis], 2, 2, *axes[axis + 1 :]))
    return {name: values.reshape((*shape, *values.shape[1:])) for name, values in found.items()}


def agreement(parameters: Parameters, start: Real = 0.0) -> GameCell:
    """Solve the cell (L,L) alone: equal to `solve(parameters).cell(0, 0)` bit for bit, in half the time.

    This is the value of a package of terms. Tens of thousands of packages take well below a second.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    start
        Log wage changes at which the solver starts, as in `solve_bilateral`.

    Returns
    -------
    GameCell
        Results of shape B.

    Raises
    ------
    InputError
        A parameter is outside its limits, or the shapes do not broadcast.
    """
    found = _agreed_cell(parameters, start, accounts=False)
    return GameCell(**{name: found[name] for name in FIELDS})


def agreement_with_accounts(parameters: Parameters, start: Real = 0.0) -> tuple[GameCell, MoneyAccounts]:
    """Solve the cell (L,L) alone with its money accounts; as `agreement`.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    start
        Log wage changes at which the solver starts, as in `solve_bilateral`.

    Returns
    -------
    tuple[GameCell, MoneyAccounts]
        Results of shape B; the accounts have no axes for the cell.

    Raises
    ------
    InputError
        As in `agreement`.
    """
    found = _agreed_cell(parameters, start, accounts=True)
    cell = GameCell(**{name: found[name] for name in FIELDS})
    found["gdp"] = found["gdp_change"]
    return cell, MoneyAccounts(**{field.name: found[field.name] for field in fields(MoneyAccounts)})


def _agreed_cell(parameters: Parameters, start: Real, *, accounts: bool) -> dict[str, Array]:
    """Results of the cell (L,L) by name."""
    shape, found = evaluate(parameters, AGREED, start, accounts=accounts)
    for name, axis in CELL_AXIS.items():
        if name in found:
            found[name] = found[name].squeeze(axis)
    return {name: values.reshape((*shape, *values.shape[1:])) for name, values in found.items()}


def game(stakes: Stakes, players: tuple[str, str] = ("Host", "Origin")) -> Bimatrix:
    """The 2x2 game of one economy; payoffs that differ by less than TIE of the payoff range are ties.

    Parameters
    ----------
    stakes
        Results for one economy.
    players
        Names of country 0 and country 1.

    Returns
    -------
    Bimatrix
        Payoffs of (2, 2) for each player, with the actions Liberalize and Defect.

    Raises
    ------
    InputError
        `stakes` is a batch.
    """
    if stakes.shape:
        raise input_error("stakes", f"there are {stakes.shape} economies here", "pick one: game(stakes[0], players)")
    host, origin = stakes.payoffs
    return Bimatrix((host, origin), players=players, actions=(ACTIONS, ACTIONS), scale="cardinal", tolerance=TIE)


def classify_games(stakes: Stakes) -> NDArray[np.str_]:
    """(*B) class of every game of a batch, by the names of `games.two_by_two.taxonomy`."""
    found = solve_many(stakes.payoffs.reshape(-1, 2, 2, 2), TIE)
    return np.array(CLASSES)[found.code].reshape(stakes.shape)
