"""What could be gained by opening, gross and net, and what of it two governments sign.

The gross gain is that of GDP. The net gain is welfare: the sum of the money accounts less the cost of moving. Every
level of openness, or of expansion beyond today's number, is tried: with a bounded public cost neither the best nor the
self-enforcing levels are an interval.

References
----------
Alonso and Santos Arteaga (2020), "International migratory agreements: the paradox of adverse interest", IZA Journal of
Development and Migration 11(1).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from economy.model.payoffs import solve_with_accounts
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import BINDING, add_level_axis, agreement_margins, conditions_hold

FINE = np.concatenate([[0.005, 0.01, 0.02, 0.03, 0.05, 0.075], np.linspace(0.1, 1.0, 37)])
"""Levels of openness that are tried by default."""
NOTHING = 1e-9
"""A gain up to this, % of GDP, is none; a share of it is 0."""


@dataclass(frozen=True, slots=True)
class NetGains:
    """Gains of mutual openings of many levels, % of the pair's GDP, for a batch of shape B."""

    levels: Array
    """(level) levels that were tried, rising."""
    gross: Array
    """(*B, level) gross gain of GDP."""
    net: Array
    """(*B, level) welfare."""
    income: Array
    """(*B, level) sum of the money accounts."""
    rational: NDArray[np.bool_]
    """(*B, level) whether neither government is below the status quo, in a binding treaty."""
    signed: NDArray[np.bool_]
    """(*B, level) whether the opening is self-enforcing as well."""

    @property
    def potential_gross(self) -> Array:
        """(*B) gross gain at the last level."""
        return self.gross[..., -1]

    @property
    def best_net(self) -> Array:
        """(*B) largest net gain, at least 0."""
        return np.maximum(self.net.max(axis=-1), 0.0)

    @property
    def best_level(self) -> Array:
        """(*B) level with the largest net gain."""
        return self.levels[self.net.argmax(axis=-1)]

    @property
    def best_income(self) -> Array:
        """(*B) largest gain of income, at least 0."""
        return np.maximum(self.income.max(axis=-1), 0.0)

    @property
    def level_signed(self) -> Array:
        """(*B) largest self-enforcing level; NaN without any."""
        return largest_level(self.signed, self.levels)

    @property
    def rational_level(self) -> Array:
        """(*B) largest level at which neither government is below the status quo; NaN without any."""
        return largest_level(self.rational, self.levels)

    @property
    def gross_signed(self) -> Array:
        """(*B) gross gain at `level_signed`; 0 without an agreement."""
        return self._at_signed(self.gross)

    @property
    def net_signed(self) -> Array:
        """(*B) net gain at `level_signed`; 0 without an agreement."""
        return self._at_signed(self.net)

    @property
    def income_signed(self) -> Array:
        """(*B) gain of income at `level_signed`; 0 without an agreement."""
        return self._at_signed(self.income)

    @property
    def best_signed(self) -> Array:
        """(*B) largest net gain of the self-enforcing levels, at least 0."""
        return np.where(self.signed, self.net, 0.0).max(axis=-1)

    @property
    def share_gross(self) -> Array:
        """(*B) part of the potential gross gain that is signed."""
        return _share(self.gross_signed, self.potential_gross)

    @property
    def share_net(self) -> Array:
        """(*B) part of the best net gain that is signed."""
        return _share(self.net_signed, self.best_net)

    @property
    def share_income(self) -> Array:
        """(*B) part of the best gain of income that is signed."""
        return _share(self.income_signed, self.best_income)

    def __getitem__(self, index: Any) -> NetGains:
        """Gains of some economies of the batch."""
        parts = {field.name: getattr(self, field.name)[index] for field in fields(self) if field.name != "levels"}
        return NetGains(levels=self.levels, **parts)

    def _at_signed(self, values: Array) -> Array:
        last = self.levels.size - 1 - np.argmax(self.signed[..., ::-1], axis=-1)
        found = np.take_along_axis(values, last[..., None], axis=-1)[..., 0]
        return np.where(self.signed.any(axis=-1), found, 0.0)


def largest_level(holds: NDArray[np.bool_], levels: Array) -> Array:
    """(*B) the largest of `levels` (level) where `holds` (*B, level) is true; NaN where it is true nowhere."""
    last = levels.size - 1 - np.argmax(holds[..., ::-1], axis=-1)
    return np.where(holds.any(axis=-1), levels[last], np.nan)


def _share(part: Array, whole: Array) -> Array:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > NOTHING)


def net_gains(
    parameters: Parameters, levels: Array | None = None, dial: Literal["openness", "expansion"] = "openness"
) -> NetGains:
    """Solve mutual openings of many levels.

    Parameters
    ----------
    parameters
        Economies of shape B. The dial is not read.
    levels
        (level) levels of the dial, rising. None: FINE, for openness.
    dial
        "openness", share of the willing, or "expansion", people beyond today's number as a share of it.

    Returns
    -------
    NetGains
        Gains and agreements at every level.

    Raises
    ------
    InputError
        A parameter or a level is outside its limits.
    """
    tried = FINE if levels is None else np.asarray(levels, dtype=float)
    stakes, accounts = solve_with_accounts(add_level_axis(parameters).replace(**{dial: tried}))
    room = agreement_margins(stakes)
    both = accounts.cell(0, 0)
    return NetGains(
        levels=tried,
        gross=both.gdp,
        net=both.welfare,
        income=both.income,
        rational=conditions_hold(room[..., BINDING]),
        signed=conditions_hold(room),
    )
