"""What came of a talk: the deal or the breakdown, the votes, who gained, and how good it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from economy.incidence import ACCOUNTS
from games.plain import plain
from negotiation.deal import STATUS_QUO, Agenda
from negotiation.metrics import Metrics, metrics
from negotiation.moves import CHOICES, Offer, spoken
from negotiation.preferences import Preferences
from negotiation.protocols import passes
from negotiation.ratification import blocker
from negotiation.schedule import schedules, side_payments
from negotiation.talks import Ending, Talks


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a talk, with everything that a debrief or a researcher asks about it."""

    scenario: str
    seed: int
    replicate: int
    agenda: Agenda
    preferences: Preferences
    roles: dict[str, str]
    """Each party's name to `host` or `origin`, in the order of the seats."""
    talks: Talks

    @property
    def ending(self) -> Ending:
        """How the talks ended; ValueError while they go on."""
        if self.talks.ending is None:
            raise ValueError("these talks are not over")
        return self.talks.ending

    @property
    def package(self) -> int:
        """The package in force afterwards: the deal, or the status quo."""
        return STATUS_QUO if self.talks.deal is None else self.talks.deal

    @property
    def metrics(self) -> Metrics:
        """The deal against everything that was possible."""
        return metrics(self.preferences, self.package)

    @property
    def blocking_group(self) -> str | None:
        """Who stood between the last proposal and the country that refused it; None after an agreement."""
        last = next((move.package for move in reversed(self.talks.moves) if isinstance(move, Offer)), None)
        if last is None or self.ending.party is None:
            return None
        return blocker(self.preferences, self.ending.party, last)

    def to_dict(self) -> dict[str, Any]:
        """The outcome as `winset simulate --json` prints it."""
        ended = self.ending
        return plain({
            "schema": "winset/simulate/1",
            "scenario": self.scenario,
            "seed": self.seed,
            "replicate": self.replicate,
            "outcome": ended.outcome,
            "ended_by": None if ended.outcome == "agreement" else self._ended_by(),
            "rounds": ended.round,
            "deal": None if self.talks.deal is None else self._deal(),
            "values": dict(zip(self.preferences.parties, self.preferences.values[self.package], strict=True)),
            "groups": self._groups(),
            "accounts": self._accounts(),
            "votes": self._votes(),
            "metrics": self.metrics.to_dict(),
            "transcript": [self._told(number) for number in range(len(self.talks.moves))],
            "value_unit": self.preferences.unit,
            "notes": list(self.preferences.notes),
        })  # fmt: skip

    def _ended_by(self) -> dict[str, Any]:
        ended = self.ending
        party = None if ended.party is None else self.preferences.parties[ended.party]
        return {"party": party, "group": self.blocking_group, "reason": ended.reason, "round": ended.round}

    def _deal(self) -> dict[str, Any]:
        lists = schedules(self.agenda, self.package, self.roles)
        return {
            "package": list(self.agenda.levels(self.package)),
            "schedules": {party: [line.to_dict() for line in lines] for party, lines in lists.items()},
            "side_payments": [payment.to_dict() for payment in side_payments(self.agenda, self.package, self.roles)],
        }

    def _groups(self) -> dict[str, dict[str, float]]:
        stakes = [table[self.package] for table in self.preferences.stakes]
        return {
            party: dict(zip(groups, row, strict=True))
            for party, groups, row in zip(self.preferences.parties, self.preferences.groups, stakes, strict=True)
        }

    def _accounts(self) -> dict[str, float | None]:
        amounts = self.preferences.accounts[self.package]
        known: dict[str, float] = dict(zip(self.preferences.accounts_of, amounts, strict=True))
        return {account: known.get(account) for account in ACCOUNTS}

    def _votes(self) -> dict[str, Any] | None:
        """The last vote at home; None when no package got so far."""
        if not self.talks.ballots:
            return None
        return {party: self._ballot(at) for at, party in enumerate(self.preferences.parties)}

    def _ballot(self, party: int) -> dict[str, Any]:
        weights, ballot = self.talks.rules.votes[party], self.talks.ballots[party]
        cast = [choice or 0 for choice in ballot]
        return {
            "passed": passes(weights, ballot),
            "support": sum(weight * choice for weight, choice in zip(weights, cast, strict=True)),
            "by_group": dict(zip(self.preferences.groups[party], (CHOICES[choice] for choice in cast), strict=True)),
        }

    def _told(self, number: int) -> dict[str, Any]:
        move = self.talks.moves[number]
        line = spoken(move, self.preferences.parties, self.preferences.groups)
        if isinstance(move, Offer):
            line["levels"] = list(self.agenda.levels(move.package))
        return line
