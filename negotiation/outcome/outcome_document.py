"""The document that `winset simulate` prints: the outcome of talks as facts for JSON and for every screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from economy.account_names import AccountValues
from economy.accounts.documents import AccountDocuments, AccountSumsDocument
from games.documents import Document, Limits, optional_field
from negotiation.agenda.schedule import PaymentLine, ScheduleLine
from negotiation.outcome.metrics import Metrics
from negotiation.preferences.mandates import Faithfulness
from negotiation.protocols.moves import Choice
from negotiation.protocols.state import Result

Count = Annotated[int, Limits(minimum=0)]
LevelNumbers = tuple[Annotated[int, Limits(minimum=0)], ...]
Amount = Annotated[float, Limits(minimum=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCompensation(Document):
    """The least that a country would have had to pay its opposed groups so that a package passed at home."""

    payments: Mapping[str, Amount]
    """The loss of each group that is paid, in value_unit."""
    total: Amount
    """The sum of the payments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedBy(Document):
    """Who ended talks without a deal, and why."""

    party: str | None
    """The party that ended the talks; null where no party is responsible."""
    group: str | None
    """The marginal group of the last proposal, in the country that refused it."""
    reason: str
    """Why the talks ended."""
    round: Count
    """Number of the last round."""
    compensation: HomeCompensation | None
    """The least, in value_unit, that this country would have had to pay its opposed groups so that the last proposal
    passed at home; null where it passes anyway, and where nobody is opposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDeal(Document):
    """The deal: its levels, the schedules and the side payments."""

    package: LevelNumbers
    """A level a ladder."""
    schedules: Mapping[str, tuple[ScheduleLine, ...]]
    """By conceding party: what it binds itself to; what is not written is not conceded."""
    side_payments: tuple[PaymentLine, ...]
    """The payments of the deal, in the order of the agenda."""
    warnings: tuple[str, ...]
    """Lines that may not lawfully stand together, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryVote(Document):
    """The vote of one country on a package."""

    passed: bool
    """Whether the country ratified."""
    support: float
    """Votes for minus votes against."""
    by_group: Mapping[str, Choice]
    """The vote of each group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine(Document):
    """One move of the talks, with names instead of numbers."""

    move: str
    """Kind of move."""
    party: str | None = optional_field()
    """Who made the move."""
    package: Count | None = optional_field()
    """Of an offer: number of the package."""
    levels: LevelNumbers | None = optional_field()
    """Of an offer: a level a ladder."""
    asks: Mapping[str, Annotated[int, Limits(minimum=1)]] | None = optional_field()
    """Of a request: the least level asked for, by ladder."""
    name: str | None = optional_field()
    """Of a shock: what has struck from outside, before the move that follows."""
    text: str | None = optional_field()
    """Of a shock: what everybody is told."""
    group: str | None = optional_field()
    """Of a vote: the group."""
    choice: Choice | None = optional_field()
    """Of a vote: the choice of the group."""
    reason: str | None = optional_field()
    """Why a party walked away, or why the chair closed the phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDocument(Document):
    """How the talks went; the same case, seed and replicate print the same bytes."""

    NAME = "simulate"

    schema: Literal["winset/simulate/2"] = "winset/simulate/2"
    scenario: str
    """Name of the case."""
    seed: Count
    """Seed of every random number."""
    replicate: Count
    """Number of the run with this seed, from 0."""
    outcome: Result
    """How the talks ended; a breakdown and a failed vote are results too."""
    ended_by: EndedBy | None
    """Null after an agreement."""
    rounds: Count
    """Number of the last round."""
    deal: SignedDeal | None
    """Null without a deal."""
    values: Mapping[str, float]
    """By party, in value_unit; a deal less what its delay has cost."""
    groups: Mapping[str, Mapping[str, float]]
    """Change for every voting group, by party, in value_unit."""
    accounts: AccountDocuments | None
    """Money accounts of the signed package, in % of the pair's GDP of the status quo; all 0 without a deal, null where
    the values are points."""
    sums: AccountSumsDocument | None
    """Sum of the accounts, the cost of moving, and what it leaves; all 0 without a deal, null where the values are
    points."""
    points: AccountValues | None
    """Points of the populations in the signed package, null for one without points; all 0 without a deal. Null as a
    whole where the accounts are money."""
    votes: Mapping[str, CountryVote] | None
    """The last vote at home, by country; null when no package got so far."""
    metrics: Metrics
    """The deal against everything that was possible; null where nothing was."""
    transcript: tuple[TranscriptLine, ...]
    """Every move in order."""
    value_unit: str
    """Unit of the values."""
    notes: tuple[str, ...]
    """What belongs beside the figures."""
    faithfulness: Mapping[str, Faithfulness] | None
    """By party: the share of its red lines that it kept in everything it offered or signed, and of its priorities that
    it requested; null where its mandate says nothing."""
