"""Delegations: who sits at the table for a country. Each wraps a tactic and has no rule of its own."""

from __future__ import annotations

import mesa

from negotiation.protocols.moves import Move
from negotiation.protocols.state import Mover, View


class Delegation(mesa.Agent):
    """A country's seat at the table, moved by a tactic."""

    def __init__(self, model: mesa.Model, party: int, mover: Mover) -> None:
        """Seat `mover` for the party with that place at the table."""
        super().__init__(model)
        self.party = party
        self.mover = mover

    def speak(self, seen: View) -> Move:
        """The delegation's next move, from what it sees of the talks."""
        return self.mover(seen)
