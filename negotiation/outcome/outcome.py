"""What came of a talk: the deal or the breakdown, the votes, who gained, and how good it was.

Time may cost: under `Rules.discount` below 1 a deal is worth less to the governments with every round that was
completed before the one in which it was reached. Groups, accounts and metrics are measured on the package itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from economy.model.accounts import ACCOUNTS
from games.display import counted, sentences_html, table_html
from games.json_values import plain
from games.visible_text import visible
from negotiation.agenda.package_grid import STATUS_QUO, Agenda, warnings
from negotiation.agenda.schedule import Paper, paper, schedules, side_payments
from negotiation.outcome.metrics import Metrics, WholeGain, metrics, whole_gain
from negotiation.preferences.mandates import Mandate, faithfulness
from negotiation.preferences.values import Preferences
from negotiation.protocols.engine import passes
from negotiation.protocols.moves import CHOICES, Offer, Request, Shock, spoken
from negotiation.protocols.playout import strikes
from negotiation.protocols.state import Ending, Talks
from negotiation.ratification.compensation import MOST_GROUPS, compensation
from negotiation.ratification.win_sets import blocker


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a talk, with everything that a debrief or a researcher asks about it."""

    scenario: str
    seed: int
    replicate: int
    agenda: Agenda
    preferences: Preferences
    roles: dict[str, str]
    """Each party's name to `host`, `origin` or `both`, in the order of the seats."""
    talks: Talks
    mandates: tuple[Mandate, ...] = ()
    """What each delegation was sent with, in the order of the seats; () when nobody has said."""
    shock_texts: tuple[tuple[str, str], ...] = ()
    """Every shock of the case by its name, with what everybody is told when it strikes."""
    remarks: tuple[str, ...] = ()
    """What else a reader of the result should know."""

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
    def whole(self) -> WholeGain | None:
        """What came of the gain of everybody, those who move included; None where it is not known."""
        return whole_gain(self.preferences, self.package)

    @property
    def struck(self) -> tuple[tuple[int, str, str], ...]:
        """What has struck from outside: before which round, its name, and what everybody was told."""
        texts = dict(self.shock_texts)
        return tuple((number, name, texts.get(name, "")) for number, name in strikes(self.talks))

    @property
    def paper(self) -> Paper | None:
        """The deal as schedules and side payments; None without one."""
        return None if self.talks.deal is None else paper(self.agenda, self.talks.deal, self.roles)

    @property
    def proposal(self) -> int | None:
        """The last package that anybody proposed."""
        return next((move.package for move in reversed(self.talks.moves) if isinstance(move, Offer)), None)

    @property
    def blocking_group(self) -> str | None:
        """Who stood between the last proposal and the country that refused it; None after an agreement."""
        if self.proposal is None or self.ending.party is None:
            return None
        return blocker(self.preferences, self.ending.party, self.proposal)

    @property
    def delay(self) -> int:
        """Rounds that were completed before the one in which the deal was reached; 0 without a deal."""
        return 0 if self.talks.deal is None else max(self.ending.round - 1, 0)

    @property
    def values(self) -> tuple[float, ...]:
        """What each government has in the end: the deal, less what its delay has cost, or the status quo."""
        kept = self.talks.rules.discount**self.delay
        return tuple(kept * float(value) for value in self.preferences.values[self.package])

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said beside the figures."""
        return (*self.preferences.notes, *self._waited(), *self.remarks)

    def __repr__(self) -> str:
        """How the talks ended, and what everybody has of it."""
        return visible("\n".join([self._headline(), *(f"  {line}" for line in self._worths())]), breaks=True)

    def _repr_html_(self) -> str:
        """The same, and the deal line by line."""
        rows = [
            (party, line.name or line.issue, line.words)
            for party, lines in schedules(self.agenda, self.package, self.roles).items()
            for line in lines
            if line.level
        ]
        deal = table_html("The deal", ("Party", "Line", "What it commits to"), rows) if rows else ""
        return sentences_html([self._headline(), *self._worths()]) + deal + sentences_html(self.notes)

    def _headline(self) -> str:
        run = f"{self.scenario}, seed {self.seed}" + f", replicate {self.replicate}" * bool(self.replicate)
        ended = self.talks.ending
        if ended is None:
            return f"{run}: the talks go on, {counted(len(self.talks.moves), 'move', 'moves')} so far"
        reason = f": {ended.reason}" * (ended.outcome != "agreement")
        return f"{run}: {ended.outcome} in round {ended.round}{reason}"

    def _worths(self) -> list[str]:
        """What each government has; nothing while the talks go on."""
        if self.talks.ending is None:
            return []
        parties = zip(self.preferences.parties, self.values, strict=True)
        return [f"{', '.join(f'{party} {value:.4g}' for party, value in parties)} ({self.preferences.unit})"]

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
            "values": dict(zip(self.preferences.parties, self.values, strict=True)),
            "groups": self._groups(),
            "accounts": self._accounts(),
            "votes": self._votes(),
            "metrics": self.metrics.to_dict(),
            "transcript": [self._told(number) for number in range(len(self.talks.moves))],
            "value_unit": self.preferences.unit,
            "notes": self.notes,
            "faithfulness": self._faithfulness(),
        })  # fmt: skip

    def _ended_by(self) -> dict[str, Any]:
        ended = self.ending
        party = None if ended.party is None else self.preferences.parties[ended.party]
        return {
            "party": party,
            "group": self.blocking_group,
            "reason": ended.reason,
            "round": ended.round,
            "compensation": self._compensation(),
        }

    def _compensation(self) -> dict[str, Any] | None:
        """The least that the refusing country would have had to pay its groups to pass the last proposal."""
        party = self.ending.party
        if self.proposal is None or party is None or len(self.preferences.groups[party]) > MOST_GROUPS:
            return None
        found = compensation(self.preferences, party, self.proposal)
        return None if found.payments is None else {"payments": dict(found.payments), "total": found.total}

    def _deal(self) -> dict[str, Any]:
        lists = schedules(self.agenda, self.package, self.roles)
        return {
            "package": list(self.agenda.levels(self.package)),
            "schedules": {party: [line.to_dict() for line in lines] for party, lines in lists.items()},
            "side_payments": [payment.to_dict() for payment in side_payments(self.agenda, self.package, self.roles)],
            "warnings": warnings(self.agenda, self.package),
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
        if isinstance(move, Shock):
            line["text"] = dict(self.shock_texts).get(move.name, "")
        if isinstance(move, Request):
            line["asks"] = {self.agenda.ladders[place].key: level for place, level in move.asks}
        return line

    def _faithfulness(self) -> dict[str, Any] | None:
        """How far each delegation did what it was sent to do; None when nobody has said what that was."""
        if not self.mandates:
            return None
        moves = self.talks.moves
        return {
            party: faithfulness(self.agenda, mandate, at, moves).to_dict()
            for at, (party, mandate) in enumerate(zip(self.preferences.parties, self.mandates, strict=True))
        }

    def _waited(self) -> tuple[str, ...]:
        """The note on what time costs; none where it costs nothing."""
        rules = self.talks.rules
        if rules.discount == 1:
            return ()
        told = f"A deal keeps {rules.discount:g} of its value to the governments with every round completed before it"
        return (f"{told}: values are after {self.delay} of them; groups, accounts and metrics are not discounted.",)
