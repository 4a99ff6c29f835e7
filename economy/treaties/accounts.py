"""The money accounts of a region: natives, old and new migrants of each country."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from economy.parameters import Array

POPULATIONS = ("natives", "old migrants", "new migrants")
"""Populations of each country. Migrants are counted with the country that they come from; earlier migrants of other
origins with the country where they live."""


@dataclass(frozen=True, slots=True)
class RegionAccounts:
    """Money accounts of a region under given openings, % of the region's GDP in the status quo, for a batch of shape B.

    The axis population has the order of POPULATIONS.
    """

    private: Array
    """(*B, country, population) pay, capital income, money sent and received."""
    public: Array
    """(*B, country, population) taxes, public services, crowding, training and the public budget."""
    sent_home: Array
    """(*B) what the new migrants send to their families; it is in the accounts of the natives."""
    cost_of_moving: Array
    """(*B) what moving costs the movers, in money."""
    gdp: Array
    """(*B) gross gain of the region's GDP."""
    rent: Array
    """(*B) rent of the capital that follows labour; it belongs to nobody here."""
    fees: Array
    """(*B) fees to recruiters and smugglers."""
    crowding: Array
    """(*B) congestion and loss of social capital."""
    administration: Array
    """(*B) apparatus, joint control, management of emigrants."""
    training: Array
    """(*B) training that emigrants take along, and the bill of a skill partnership."""

    @property
    def total(self) -> Array:
        """(*B, country, population) private and public."""
        return self.private + self.public

    @property
    def income(self) -> Array:
        """(*B) sum of the accounts."""
        return self.total.sum(axis=(-1, -2))

    @property
    def welfare(self) -> Array:
        """(*B) sum of the accounts less the cost of moving."""
        return self.income - self.cost_of_moving

    @property
    def identity(self) -> Array:
        """(*B) error of the accounting identity, absolute, share of the region's GDP."""
        used = self.rent + self.fees + self.crowding + self.administration + self.training
        return np.abs(self.income - (self.gdp - used)) / 100

    def __getitem__(self, index: Any) -> RegionAccounts:
        """Accounts of some elements of the batch."""
        return RegionAccounts(**{field.name: getattr(self, field.name)[index] for field in fields(self)})
