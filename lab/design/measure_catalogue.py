"""All measures of a run: their names, what they mean, and how they are read from a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from economy.policy.remedies import PLANS
from negotiation.outcome.metrics import Metrics
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.engine import passes
from negotiation.protocols.moves import Offer
from scenarios.analysis.agreement_space import AgreementSpace
from scenarios.analysis.analysis import Analysis
from scenarios.analysis.opening_effects import OpeningEffects
from scenarios.analysis.remedies import RemedyNeed, remedy_needs

MeasureValue: TypeAlias = float | str | None
"""The value of a measure: a number, never NaN or infinite; a word; None where there is nothing to measure."""

Form = Literal["number", "word"]
Block = Literal["game", "economy", "agenda"]

SINGLE_REMEDIES = {plan.remedy.name: plan for plan in PLANS if not plan.beside}
"""The remedies of `economy.policy.remedies`, each alone, by name. Combinations are arms of a design."""


class TalkResult:
    """The outcome of a talk, with its metrics computed once."""

    def __init__(self, outcome: Outcome) -> None:
        """Keep the outcome. Nothing is computed yet."""
        self.outcome = outcome

    @cached_property
    def metrics(self) -> Metrics:
        """The metrics of the outcome: the deal compared with all packages of the grid."""
        return self.outcome.metrics


TRUTH = "whether "
"""The meaning of a measure that is 1 or 0 begins with this word."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One entry of the catalogue."""

    name: str
    """As in `value.PARTY`: the word in capitals is replaced in the design."""
    meaning: str
    of: Callable[[Any, Any], MeasureValue]
    """Reads the value from an Analysis or a Played; the second argument is the resolved ending of the name."""
    needs: Block
    """The block that the scenario must have."""
    form: Form = "number"

    @property
    def truth(self) -> bool:
        """Whether it is 1 where something holds and 0 where it does not, so that its mean is a share."""
        return self.meaning.startswith(TRUTH)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.partition(".")[0]

    @property
    def ending(self) -> str:
        """The part after the first dot, to be replaced in the design; empty for most measures."""
        return self.name.partition(".")[2]


def _opening(found: Analysis) -> OpeningEffects:
    if found.opening is None:
        raise ValueError(f"{found.scenario.name} has no economy in this run")
    return found.opening


def _packages(found: Analysis) -> AgreementSpace:
    if found.packages is None:
        raise ValueError(f"{found.scenario.name} has no agenda in this run")
    return found.packages


def _class(found: Analysis, _: None) -> MeasureValue:
    return None if found.game is None else found.game.kind.name


def _class_player(found: Analysis, _: None) -> MeasureValue:
    return None if found.game is None else found.game.kind.player


def _gain(found: Analysis, _: None) -> MeasureValue:
    return 100 * float(_opening(found).stakes.gdp_gain[0, 0])


def _welfare(found: Analysis, _: None) -> MeasureValue:
    return 100 * float(_opening(found).stakes.welfare[0, 0])


def _payoff(found: Analysis, party: int) -> MeasureValue:
    return float(_opening(found).stakes.payoffs[party, 0, 0])


def _change(found: Analysis, at: tuple[int, str]) -> MeasureValue:
    party, group = at
    return _opening(found).groups[found.scenario.parties[party]][group].change


def _flow(found: Analysis, party: int) -> MeasureValue:
    host = found.scenario.parties[party]
    return sum(flow.less_skilled + flow.skilled for flow in _opening(found).flows if flow.host == host)


def _cure(found: Analysis, remedy: str) -> RemedyNeed:
    """What one remedy alone needs; no other remedy is computed."""
    return remedy_needs(_opening(found).parameters, [SINGLE_REMEDIES[remedy]], joint=False)[0]


def _nash(found: Analysis, party: int) -> MeasureValue:
    return next((proposal.values[party] for proposal in _packages(found).nash), None)


def _share(found: Analysis, party: int) -> MeasureValue:
    return _packages(found).win_sets[found.scenario.parties[party]].share


def _offers(played: TalkResult, _: None) -> MeasureValue:
    return float(sum(isinstance(move, Offer) for move in played.outcome.talks.moves))


def _ended_by(played: TalkResult, _: None) -> MeasureValue:
    party = played.outcome.ending.party
    return None if party is None else played.outcome.preferences.parties[party]


def _above(played: TalkResult, party: int) -> MeasureValue:
    return played.outcome.values[party] - float(played.outcome.preferences.walk_away[party])


def _felt(played: TalkResult, at: tuple[int, str]) -> MeasureValue:
    found, (party, group) = played.outcome.preferences, at
    return float(found.stakes[party][played.outcome.package, found.groups[party].index(group)])


def _account(played: TalkResult, name: str) -> MeasureValue:
    found = played.outcome.preferences
    if name not in found.accounts_of:
        return None
    return float(found.accounts[played.outcome.package, found.accounts_of.index(name)])


def _ratified(played: TalkResult, party: int) -> MeasureValue:
    talks = played.outcome.talks
    return float(passes(talks.rules.votes[party], talks.ballots[party])) if talks.ballots else None


def _by_stem(*entries: Measure) -> dict[str, Measure]:
    return {entry.stem: entry for entry in entries}


ANALYSE_MEASURES = _by_stem(
    Measure("class", "class of the 2 x 2 game", _class, "game", "word"),
    Measure("class_player", "who dominates a bully game", _class_player, "game", "word"),
    Measure("gain", "world GDP gained when both open, % of the pair's baseline", _gain, "economy"),
    Measure("welfare", "all groups' gains when both open, % of the pair's baseline GDP", _welfare, "economy"),
    Measure(
        "potential_gain",
        "world GDP gained at openness 1, % of the pair's baseline",
        lambda found, _: _opening(found).potential_gain,
        "economy",
    ),
    Measure(
        "self_enforcing",
        "whether neither gains by closing alone when both are open; a tie is no gain",
        lambda found, _: float(_opening(found).self_enforcing),
        "economy",
    ),
    Measure(
        "both_gain",
        "whether both governments are better off when both open; a tie is no gain",
        lambda found, _: float(_opening(found).both_gain),
        "economy",
    ),
    Measure(
        "largest_openness",
        "the largest openness that holds by itself",
        lambda found, _: _opening(found).largest_openness,
        "economy",
    ),
    Measure("payoff.PARTY", "a government's payoff when both open, weighted % of own baseline GDP", _payoff, "economy"),
    Measure("change.PARTY.GROUP", "a group's income when both open, % of own baseline GDP", _change, "economy"),
    Measure("flow.PARTY", "people who move there when both open, in the unit of the flows", _flow, "economy"),
    Measure(
        "account.ACCOUNT",
        "a welfare account when both open, % of the pair's baseline GDP",
        lambda found, name: _opening(found).accounts[name],
        "economy",
    ),
    Measure(
        "remedy.REMEDY",
        "smallest amount of a remedy at which opening holds by itself; empty where none is enough",
        lambda found, remedy: _cure(found, remedy).needed,
        "economy",
    ),
    Measure(
        "treaty.REMEDY",
        "smallest amount at which neither government loses: enough where a treaty binds; empty where none is",
        lambda found, remedy: _cure(found, remedy).treaty,
        "economy",
    ),
    Measure("packages", "size of the grid", lambda found, _: float(_packages(found).count), "agenda"),
    Measure(
        "beat_walk_away",
        "packages that both governments prefer to walking away",
        lambda found, _: float(_packages(found).beat_walk_away),
        "agenda",
    ),
    Measure(
        "ratifiable",
        "those of them that both countries would ratify",
        lambda found, _: float(_packages(found).ratifiable),
        "agenda",
    ),
    Measure(
        "zopa",
        "packages at or above walking away that pass everywhere, status quo included",
        lambda found, _: float(_packages(found).zone),
        "agenda",
    ),
    Measure("win_set.PARTY", "share of the grid that a country would ratify", _share, "agenda"),
    Measure("nash.PARTY", "a government's value in the Nash package, the first of several", _nash, "agenda"),
    Measure(
        "largest_total",
        "the largest sum of the welfare accounts",
        lambda found, _: _packages(found).largest_total[0].total,
        "agenda",
    ),
)
"""The measures of `analyse`, by stem."""

SIMULATE_MEASURES = _by_stem(
    Measure("outcome", "agreement, breakdown or not ratified", lambda p, _: p.outcome.ending.outcome, "agenda", "word"),
    Measure(
        "agreement",
        "whether a deal was signed and ratified",
        lambda played, _: float(played.outcome.talks.deal is not None),
        "agenda",
    ),
    Measure("ended_by", "the party that ended the talks without a deal", _ended_by, "agenda", "word"),
    Measure("reason", "why the talks ended", lambda played, _: played.outcome.ending.reason, "agenda", "word"),
    Measure(
        "blocking_group",
        "the group between the last proposal and the country that refused it",
        lambda played, _: played.outcome.blocking_group,
        "agenda",
        "word",
    ),
    Measure("rounds", "rounds until the end", lambda played, _: float(played.outcome.ending.round), "agenda"),
    Measure("moves", "length of the transcript", lambda played, _: float(len(played.outcome.talks.moves)), "agenda"),
    Measure("offers", "packages put on the table", _offers, "agenda"),
    Measure(
        "package",
        "number of the deal in the grid; 0 is the status quo",
        lambda played, _: float(played.outcome.package),
        "agenda",
    ),
    Measure(
        "share_of_joint_maximum",
        "total gain over walking away, share of the largest that nobody would refuse",
        lambda played, _: played.metrics.share_of_joint_maximum,
        "agenda",
    ),
    Measure(
        "distance_to_frontier",
        "to the nearest efficient package, in normalised gains",
        lambda played, _: played.metrics.distance_to_frontier,
        "agenda",
    ),
    Measure(
        "distance_to_nash",
        "to the nearest Nash package, in normalised gains",
        lambda played, _: played.metrics.distance_to_nash,
        "agenda",
    ),
    Measure(
        "equity",
        "smallest normalised gain over the largest",
        lambda played, _: played.metrics.equity,
        "agenda",
    ),
    Measure(
        "value.PARTY",
        "what a government has in the end, in the unit of the values",
        lambda played, party: played.outcome.values[party],
        "agenda",
    ),
    Measure("gain.PARTY", "the same, less what walking away is worth", _above, "agenda"),
    Measure("change.PARTY.GROUP", "what a group has in the end, in the unit of the values", _felt, "agenda"),
    Measure("account.ACCOUNT", "a welfare account in the end: points, or % of the pair's GDP", _account, "agenda"),
    Measure("ratified.PARTY", "whether a country passed the last vote; empty where none was held", _ratified, "agenda"),
)
"""The measures of `simulate`, by stem."""


def measures_by_kind(kind: str) -> Mapping[str, Measure]:
    """Return the measures of a kind of run, by stem: those of `analyse` for "analyse", else those of `simulate`."""
    return MappingProxyType(ANALYSE_MEASURES if kind == "analyse" else SIMULATE_MEASURES)
