"""Delegations: the agents that negotiate for a country. Each wraps a mover and adds no rules."""

from __future__ import annotations

import mesa

from negotiation.protocols.moves import Move
from negotiation.protocols.state import Mover, View


class Delegation(mesa.Agent):
    """The delegation of a country, with a mover that chooses its moves."""

    def __init__(self, model: mesa.Model, party: int, mover: Mover) -> None:
        """Create the delegation of one party.

        Parameters
        ----------
        model
            The Mesa model that the agent belongs to.
        party
            Number of the party, from 0.
        mover
            Function from the view of the party to its next move.
        """
        super().__init__(model)
        self.party = party
        self.mover = mover

    def choose_move(self, seen: View) -> Move:
        """Return the delegation's next move, given its view of the talks."""
        return self.mover(seen)
