"""Interest groups: the agents that vote at home on an initialled package."""

from __future__ import annotations

import mesa

from negotiation.protocols.playout import Voter
from negotiation.protocols.state import Talks


class InterestGroup(mesa.Agent):
    """People of one country with a common stake; they vote for a package with gains and against one with losses."""

    def __init__(self, model: mesa.Model, party: int, name: str, opinion: Voter) -> None:
        """Create a voting group of a party's country.

        Parameters
        ----------
        model
            The Mesa model that the agent belongs to.
        party
            Number of the party, from 0.
        name
            Name of the group.
        opinion
            Function from talks with an initialled package to the group's vote on it.
        """
        super().__init__(model)
        self.party = party
        self.name = name
        self.opinion = opinion

    def vote(self, talks: Talks) -> int:
        """Return the group's vote on the initialled package: 1 for, -1 against, 0 abstains."""
        return self.opinion(talks)
