"""Interest groups: who votes at home on what the delegations have initialled."""

from __future__ import annotations

import mesa
import numpy as np

from negotiation.moves import Vote


class InterestGroup(mesa.Agent):
    """People of one country with a common stake; they vote for what raises their income and against what cuts it."""

    def __init__(
        self, model: mesa.Model, party: int, group: int, choices: np.ndarray[tuple[int], np.dtype[np.int8]]
    ) -> None:
        """Seat a group; `choices` holds its vote on every package, (packages,)."""
        super().__init__(model)
        self.party = party
        self.group = group
        self.choices = choices

    def vote(self, package: int) -> Vote:
        """The group's vote on the initialled package."""
        return Vote(self.party, self.group, int(self.choices[package]))
