"""The outcome of talks: the deal or the breakdown, the votes, the gains, and the quality of the deal.

Time can have a cost. With `Rules.discount` below 1, each round that was completed before the one of the deal lowers its
value to the governments. Groups, accounts and metrics are measured without the discount.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from economy.accounts.documents import account_documents, account_sums
from economy.model.money_accounts import MoneyAccounts
from games.display import format_count, sentences_html, table_html
from games.messages import message
from games.visible_text import visible
from negotiation.agenda.package_grid import Agenda, legal_conflicts
from negotiation.agenda.schedule import AgreementDocument, ScheduleLine, agreement_document, schedules, side_payments
from negotiation.outcome.metrics import Metrics, TotalGain, measure_total_gain, metrics
from negotiation.outcome.outcome_document import (
    CountryVote,
    EndedBy,
    HomeCompensation,
    OutcomeDocument,
    SignedDeal,
    TranscriptLine,
)
from negotiation.outcome.package_accounts import money_of_package, points_of_package
from negotiation.preferences.mandates import Faithfulness, Mandate, faithfulness
from negotiation.preferences.values import Preferences
from negotiation.protocols.engine import passes
from negotiation.protocols.moves import CHOICES, Move, Offer, Request, Shock, transcript_line
from negotiation.protocols.playout import list_shocks
from negotiation.protocols.state import Ending, Talks
from negotiation.ratification.compensation import MOST_GROUPS, compensation
from negotiation.ratification.win_sets import find_blocking_group


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of the talks, with all figures that a debrief or a study needs."""

    scenario: str
    """Name of the scenario."""
    seed: int
    """Seed of the random streams."""
    replicate: int
    """Number of the replicate, from 0."""
    agenda: Agenda
    """The agenda of the talks."""
    preferences: Preferences
    """The preferences in force at the end, after all shocks."""
    roles: dict[str, str]
    """Party name to `host`, `origin` or `both`, in the order of the seats."""
    talks: Talks
    """The talks with all their moves."""
    mandates: tuple[Mandate, ...] = ()
    """The mandate of each delegation, in the order of the seats; () when the case gives none."""
    shock_texts: tuple[tuple[str, str], ...] = ()
    """Name and public text of every shock of the case."""
    remarks: tuple[str, ...] = ()
    """Further notes for a reader of the result."""

    @property
    def ending(self) -> Ending:
        """How the talks ended; raises ValueError while they continue."""
        if self.talks.ending is None:
            raise ValueError("these talks are not over")
        return self.talks.ending

    @property
    def package(self) -> int | None:
        """The package that was signed and ratified; None without an agreement, which is no package."""
        return self.talks.deal

    @property
    def metrics(self) -> Metrics:
        """The deal compared with all packages of the agenda."""
        return metrics(self.preferences, self.package)

    @property
    def whole(self) -> TotalGain | None:
        """The total gain of all accounts, new migrants included; None where it is not known."""
        return measure_total_gain(self.preferences, self.package)

    @property
    def money(self) -> MoneyAccounts | None:
        """The money accounts of the signed package, 0 without one; None where values are points."""
        return money_of_package(self.preferences, self.package)

    @property
    def points(self) -> dict[str, float | None] | None:
        """The points of every population in the signed package, 0 without one; None where the accounts are money."""
        return points_of_package(self.preferences, self.package)

    @property
    def shock_events(self) -> tuple[tuple[int, str, str], ...]:
        """The shocks that occurred: number of the round that each preceded, name and public text."""
        texts = dict(self.shock_texts)
        return tuple((number, name, texts.get(name, "")) for number, name in list_shocks(self.talks))

    @property
    def deal_document(self) -> AgreementDocument | None:
        """The deal as schedules and side payments; None without a deal."""
        return None if self.package is None else agreement_document(self.agenda, self.package, self.roles)

    @property
    def proposal(self) -> int | None:
        """The last package that a party offered; None without one."""
        return next((move.package for move in reversed(self.talks.moves) if isinstance(move, Offer)), None)

    @property
    def blocking_group(self) -> str | None:
        """The group because of which a country refused the last proposal (`find_blocking_group`); None after a deal."""
        if self.proposal is None or self.ending.party is None:
            return None
        return find_blocking_group(self.preferences, self.ending.party, self.proposal)

    @property
    def delay(self) -> int:
        """Number of rounds completed before the one of the deal; 0 without a deal."""
        return 0 if self.talks.deal is None else max(self.ending.round - 1, 0)

    @property
    def values(self) -> tuple[float, ...]:
        """The final value to each government, (parties,): the discounted deal; exactly 0 without one."""
        if self.package is None:
            return (0.0,) * len(self.preferences.parties)
        kept = self.talks.rules.discount**self.delay
        return tuple(kept * float(value) for value in self.preferences.values[self.package])

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes that belong beside the figures."""
        return (*self.preferences.notes, *self._waited(), *self.remarks)

    def __repr__(self) -> str:
        """The ending of the talks and the value to every party, as text."""
        return visible("\n".join([self._headline(), *(f"  {line}" for line in self._worths())]), breaks=True)

    def _repr_html_(self) -> str:
        """The same as HTML, with the deal line by line."""
        rows = [
            (party, line.name or line.issue, line.words)
            for party, lines in self._schedules().items()
            for line in lines
            if line.level
        ]
        deal = table_html("The deal", ("Party", "Line", "What it commits to"), rows) if rows else ""
        return sentences_html([self._headline(), *self._worths()]) + deal + sentences_html(self.notes)

    def _headline(self) -> str:
        run = f"{self.scenario}, seed {self.seed}" + f", replicate {self.replicate}" * bool(self.replicate)
        ended = self.talks.ending
        if ended is None:
            return f"{run}: the talks go on, {format_count(len(self.talks.moves), 'move', 'moves')} so far"
        reason = f": {ended.reason}" * (ended.outcome != "agreement")
        return f"{run}: {ended.outcome} in round {ended.round}{reason}"

    def _worths(self) -> list[str]:
        """The line with the value to each government; no line while the talks continue."""
        if self.talks.ending is None:
            return []
        parties = zip(self.preferences.parties, self.values, strict=True)
        return [f"{', '.join(f'{party} {value:.4g}' for party, value in parties)} ({self.preferences.unit})"]

    def _schedules(self) -> dict[str, tuple[ScheduleLine, ...]]:
        return {} if self.package is None else schedules(self.agenda, self.package, self.roles)

    def document(self) -> OutcomeDocument:
        """The outcome as the document that `winset simulate --json` prints."""
        ended, money = self.ending, self.money
        return OutcomeDocument(
            scenario=self.scenario,
            seed=self.seed,
            replicate=self.replicate,
            outcome=ended.outcome,
            ended_by=None if ended.outcome == "agreement" else self._ended_by(),
            rounds=ended.round,
            deal=None if self.package is None else self._deal(self.package),
            values=dict(zip(self.preferences.parties, self.values, strict=True)),
            groups=self._groups(),
            accounts=None if money is None else account_documents(money),
            sums=None if money is None else account_sums(money),
            points=self.points,
            votes=self._votes(),
            metrics=self.metrics,
            transcript=tuple(self._transcript_line(move) for move in self.talks.moves),
            value_unit=self.preferences.unit,
            notes=self.notes,
            faithfulness=self._faithfulness(),
        )

    def to_dict(self) -> dict[str, Any]:
        """The outcome as a dictionary, as `winset simulate --json` prints it."""
        return self.document().to_dict()

    def _ended_by(self) -> EndedBy:
        ended = self.ending
        return EndedBy(
            party=None if ended.party is None else self.preferences.parties[ended.party],
            group=self.blocking_group,
            reason=ended.reason,
            round=ended.round,
            compensation=self._compensation(),
        )

    def _compensation(self) -> HomeCompensation | None:
        """The cheapest compensation at home with which the refusing country would have ratified the last proposal."""
        party = self.ending.party
        if self.proposal is None or party is None or len(self.preferences.groups[party]) > MOST_GROUPS:
            return None
        found = compensation(self.preferences, party, self.proposal)
        if found.payments is None or found.total is None:
            return None
        return HomeCompensation(payments=dict(found.payments), total=found.total)

    def _deal(self, package: int) -> SignedDeal:
        return SignedDeal(
            package=self.agenda.levels(package),
            schedules=schedules(self.agenda, package, self.roles),
            side_payments=side_payments(self.agenda, package, self.roles),
            warnings=legal_conflicts(self.agenda, package),
        )

    def _groups(self) -> dict[str, dict[str, float]]:
        """The change for every group in the signed package; exactly 0 without one."""
        package = self.package
        stakes = [np.zeros(table.shape[1]) if package is None else table[package] for table in self.preferences.stakes]
        return {
            party: dict(zip(groups, row, strict=True))
            for party, groups, row in zip(self.preferences.parties, self.preferences.groups, stakes, strict=True)
        }

    def _votes(self) -> dict[str, CountryVote] | None:
        """The last vote at home; None when no package reached a vote."""
        if not self.talks.ballots:
            return None
        return {party: self._ballot(at) for at, party in enumerate(self.preferences.parties)}

    def _ballot(self, party: int) -> CountryVote:
        weights, ballot = self.talks.rules.votes[party], self.talks.ballots[party]
        cast = [choice or 0 for choice in ballot]
        return CountryVote(
            passed=passes(weights, ballot),
            support=sum(weight * choice for weight, choice in zip(weights, cast, strict=True)),
            by_group=dict(zip(self.preferences.groups[party], (CHOICES[choice] for choice in cast), strict=True)),
        )

    def _transcript_line(self, move: Move) -> TranscriptLine:
        line = transcript_line(move, self.preferences.parties, self.preferences.groups)
        match move:
            case Offer(_, package):
                line["levels"] = self.agenda.levels(package)
            case Shock(name):
                line["text"] = dict(self.shock_texts).get(name, "")
            case Request(_, asks):
                line["asks"] = {self.agenda.ladders[place].key: level for place, level in asks}
            case _:
                pass
        return TranscriptLine(**line)

    def _faithfulness(self) -> dict[str, Faithfulness] | None:
        """The faithfulness of each delegation to its mandate; None when the case gives no mandates."""
        if not self.mandates:
            return None
        moves = self.talks.moves
        return {
            party: faithfulness(self.agenda, mandate, at, moves)
            for at, (party, mandate) in enumerate(zip(self.preferences.parties, self.mandates, strict=True))
        }

    def _waited(self) -> tuple[str, ...]:
        """The note on the cost of time; empty where there is none."""
        rules = self.talks.rules
        if rules.discount == 1:
            return ()
        return (
            message(
                "A deal keeps {share} of its value to the governments with every round completed before it: values are "
                "after {delay} of them; groups, accounts and metrics are not discounted.",
                share=f"{rules.discount:g}",
                delay=self.delay,
            ),
        )
