"""Interest groups: who votes at home on what the delegations have initialled."""

from __future__ import annotations

import mesa

from negotiation.protocols.playout import Voter
from negotiation.protocols.state import Talks


class InterestGroup(mesa.Agent):
    """People of one country with a common stake; they vote for what helps them and against what costs them."""

    def __init__(self, model: mesa.Model, party: int, name: str, opinion: Voter) -> None:
        """Seat a group of a party's country; `opinion` is its vote on any package, whenever it is asked."""
        super().__init__(model)
        self.party = party
        self.name = name
        self.opinion = opinion

    def vote(self, talks: Talks) -> int:
        """The group's vote on the package that is initialled in the talks: 1 for, -1 against, 0 abstains."""
        return self.opinion(talks)
