"""The one function that turns parameters into payoffs, for one economy or many: market, accounts, politics.

A cell of the game is a pair of moves, Liberalize (0) or Defect (1): the row is country 0's, the column
country 1's. Everything is measured from (Defect, Defect), whose payoffs are 0 by construction.

The law of a batch: solve(many)[i] equals solve(many[i]) bit for bit, whatever else is in the batch, whatever
its order and size. Economies that share a market share its fixed point: moving only dials of accounts and
politics costs no new one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from economy.model.cells import AGREED, CELL_AXIS, EVERY, evaluate
from economy.parameters import Array, Parameters, Real
from games.bimatrix import Bimatrix
from games.errors import refuse

ACTIONS = ("Liberalize", "Defect")
TIE = 1e-6
"""Share of the payoff range below which two payoffs of a derived game are a tie."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the game for a batch of shape B, () for one economy; all changes are from (D,D).

    The fields of `Stakes` without the axes row and column.
    """

    payoffs: Array
    """(*B, player) governments' payoffs, % of own baseline GDP."""
    groups: Array
    """(*B, country, group) money by group in the order of GROUPS, % of own baseline GDP."""
    flows: Array
    """(*B, origin, host, skill) people per host worker, on whatever route."""
    irregular: Array
    """(*B, origin, host, skill) those of them who move without papers."""
    inflow: Array
    """(*B, country) arrivals, share of own labour force."""
    gdp_gain: Array
    """(*B) gross gain of world GDP, share of the baseline."""
    welfare: Array
    """(*B) sum of all groups' gains, net of moving costs, fees and externality, share of baseline world GDP."""
    residual: Array
    """(*B) how far log wages are from their fixed point."""
    identity: Array
    """(*B) what the accounts fail to add up to, share of world GDP."""
    gdp: Array
    """(*B, country) baseline GDP, in the model's unit."""
    incomes: Array
    """(*B, country, group) baseline income of each group, % of own baseline GDP."""

    @property
    def relative(self) -> Array:
        """(*B, country, group) change of each group's income, % of that income before; 0 for a group of nobody."""
        return _relative(self.groups, self.incomes)

    def __getitem__(self, index: Any) -> Cell:
        """The same cell of some economies of the batch."""
        return Cell(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is at stake in every cell, for a batch of economies of shape B, () for one; changes from (D,D)."""

    payoffs: Array
    """(*B, player, row, column) governments' payoffs, % of own baseline GDP; (D,D) is 0."""
    groups: Array
    """(*B, country, row, column, group) money by group in the order of GROUPS, % of own baseline GDP."""
    flows: Array
    """(*B, row, column, origin, host, skill) people per host worker, on whatever route."""
    irregular: Array
    """(*B, row, column, origin, host, skill) those of them who move without papers."""
    inflow: Array
    """(*B, country, row, column) arrivals, share of own labour force."""
    gdp_gain: Array
    """(*B, row, column) gross gain of world GDP, share of the baseline."""
    welfare: Array
    """(*B, row, column) sum of all groups' gains, share of baseline world GDP."""
    residual: Array
    """(*B, row, column) how far log wages are from their fixed point."""
    identity: Array
    """(*B, row, column) what the accounts fail to add up to, share of world GDP."""
    gdp: Array
    """(*B, country) baseline GDP, in the model's unit."""
    incomes: Array
    """(*B, country, group) baseline income of each group, % of own baseline GDP."""

    @property
    def relative(self) -> Array:
        """(*B, country, row, column, group) change of each group's income, % of it before; 0 for a group of nobody."""
        return _relative(self.groups, self.incomes[..., None, None, :])

    @property
    def shape(self) -> tuple[int, ...]:
        """The batch B."""
        return self.gdp.shape[:-1]

    def __getitem__(self, index: Any) -> Stakes:
        """The stakes of some economies of the batch."""
        return Stakes(**{field.name: getattr(self, field.name)[index] for field in fields(self)})

    def cell(self, row: int, column: int) -> Cell:
        """One cell: 0 is Liberalize, 1 Defect; the row is country 0's move."""
        return Cell(
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


def _relative(groups: Array, incomes: Array) -> Array:
    """Changes in % of incomes; a group without income, earlier migrants where there are none, changes by nothing."""
    return np.divide(100 * groups, incomes, out=np.zeros_like(groups), where=incomes > 0)


def solve(parameters: Parameters, start: Real = 0.0) -> Stakes:
    """The stakes of every economy in the batch.

    `start` is where log wage changes begin, (country, skill, 1) or one number: to be varied by those who
    doubt that the fixed point is unique. Raises InputError when a parameter is outside its limits.
    """
    shape, found = evaluate(parameters, EVERY, start)
    for name, axis in CELL_AXIS.items():
        axes = found[name].shape
        found[name] = found[name].reshape((*axes[:axis], 2, 2, *axes[axis + 1 :]))
    return Stakes(**{name: values.reshape((*shape, *values.shape[1:])) for name, values in found.items()})


def agreement(parameters: Parameters, start: Real = 0.0) -> Cell:
    """The cell (L,L) alone, equal to `solve(parameters).cell(0, 0)` bit for bit, in half the time.

    This is what a package of terms is worth; tens of thousands take well below a second.
    """
    shape, found = evaluate(parameters, AGREED, start)
    for name, axis in CELL_AXIS.items():
        found[name] = found[name].squeeze(axis)
    return Cell(**{name: values.reshape((*shape, *values.shape[1:])) for name, values in found.items()})


def game(stakes: Stakes, players: tuple[str, str] = ("Host", "Origin")) -> Bimatrix:
    """The 2x2 game of one economy; differences below a millionth of the payoff range are ties.

    Raises InputError for a batch: a game has one pair of payoffs a cell.
    """
    if stakes.shape:
        raise refuse("stakes", f"there are {stakes.shape} economies here", "pick one: game(stakes[0], players)")
    host, origin = stakes.payoffs
    return Bimatrix((host, origin), players=players, actions=(ACTIONS, ACTIONS), scale="cardinal", tolerance=TIE)
