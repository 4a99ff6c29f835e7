"""How each measure is read from a result: from an `Analysis`, or from the outcome of talks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from economy.corridors.opening_searches import OpeningGains, OpeningLimits
from economy.parameters import Parameters
from economy.policy.remedies import LEVY
from lab.design.array_readers import ARRAY_READERS, SINGLE_REMEDIES, EconomyBatch
from lab.design.measure import MeasureValue
from negotiation.outcome.metrics import Metrics
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.engine import passes
from negotiation.protocols.moves import Offer
from scenarios.analysis.agreement_space import AgreementSpace
from scenarios.analysis.analysis import Analysis
from scenarios.analysis.opening_effects import OpeningEffects
from scenarios.analysis.remedies import RemedyNeed, remedy_needs


class TalkResult:
    """The outcome of one simulated negotiation, with its metrics, which are computed at most once."""

    def __init__(self, outcome: Outcome) -> None:
        """Keep the outcome. Nothing is computed yet."""
        self.outcome = outcome

    @cached_property
    def metrics(self) -> Metrics:
        """Return the metrics of the negotiation's outcome, which compare it with all packages of the grid.

        A package is one possible agreement, with a level for every issue.
        """
        return self.outcome.metrics


ResultReader: TypeAlias = Callable[[Any, Any], MeasureValue]
"""Reads a value from an `Analysis` or a `TalkResult`; the second argument is the resolved ending of the name."""


def _opening(found: Analysis) -> OpeningEffects:
    if found.opening is None:
        raise ValueError(f"{found.scenario.name} has no economy in this run")
    return found.opening


def _packages(found: Analysis) -> AgreementSpace:
    if found.packages is None:
        raise ValueError(f"{found.scenario.name} has no agenda in this run")
    return found.packages


@lru_cache(maxsize=1)
def _batch_of_one(parameters: Parameters) -> EconomyBatch:
    """Return one economy as a batch, so that its measures share the searches."""
    return EconomyBatch(parameters.replace(gap=np.array([parameters.gap])), 1, parameters)


def _from_arrays(stem: str) -> ResultReader:
    """Return the reader of a measure that is read from arrays: the analysis of a case is a batch of one economy."""

    def read(found: Analysis, at: Any) -> MeasureValue:
        value = float(ARRAY_READERS[stem](_batch_of_one(_opening(found).parameters), at)[0])
        return None if np.isnan(value) else value

    return read


FROM_ARRAYS = (
    *("income", "cost_of_moving", "sent_home", "account_private", "account_public"),
    *OpeningGains._fields,
    *(f"limit_{field}" for field in OpeningLimits._fields),
    *("levy_low", "levy_high", "largest_openness", "arrivals", "reciprocity"),
)
"""Stems of the measures of `analyse` that are read from arrays."""


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
    """What one remedy alone needs; no other remedy is computed. That of a levy is the low end of its window."""
    plan = SINGLE_REMEDIES[remedy]
    return remedy_needs(_opening(found).parameters, [plan], joint=plan.remedy is LEVY)[0]


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
    deal = played.outcome.talks.deal
    return 0.0 if deal is None else float(found.stakes[party][deal, found.groups[party].index(group)])


def _account(played: TalkResult, name: str) -> MeasureValue:
    """No agreement is the status quo, in which nothing changes: 0, and not the first package of the grid."""
    found, deal = played.outcome.preferences, played.outcome.talks.deal
    if name not in found.accounts_of:
        return None
    return 0.0 if deal is None else float(found.accounts[deal, found.accounts_of.index(name)])


def _money(field: str) -> ResultReader:
    """Return the reader of a sum of the money accounts of the package that was signed; None where values are points."""

    def read(played: TalkResult, _: None) -> MeasureValue:
        money, deal = played.outcome.preferences.money, played.outcome.talks.deal
        if money is None:
            return None
        return 0.0 if deal is None else float(getattr(money, field)[deal])

    return read


def _package(played: TalkResult, _: None) -> MeasureValue:
    deal = played.outcome.talks.deal
    return None if deal is None else float(deal)


def _ratified(played: TalkResult, party: int) -> MeasureValue:
    talks = played.outcome.talks
    return float(passes(talks.rules.votes[party], talks.ballots[party])) if talks.ballots else None


ANALYSE_READERS: Mapping[str, ResultReader] = MappingProxyType(
    {
        "class": _class,
        "class_player": _class_player,
        "gain": _gain,
        "welfare": _welfare,
        **{stem: _from_arrays(stem) for stem in FROM_ARRAYS},
        "self_enforcing": lambda found, _: float(_opening(found).self_enforcing),
        "both_gain": lambda found, _: float(_opening(found).both_gain),
        "payoff": _payoff,
        "change": _change,
        "flow": _flow,
        "account": lambda found, name: _opening(found).accounts[name].total,
        "remedy": lambda found, remedy: _cure(found, remedy).needed,
        "treaty": lambda found, remedy: _cure(found, remedy).treaty,
        "packages": lambda found, _: float(_packages(found).count),
        "beat_walk_away": lambda found, _: float(_packages(found).beat_walk_away),
        "ratifiable": lambda found, _: float(_packages(found).ratifiable),
        "zopa": lambda found, _: float(_packages(found).zone),
        "win_set": _share,
        "nash": _nash,
        "largest_total": lambda found, _: _packages(found).largest_total[0].total,
    }
)
"""Readers of the measures of `analyse`, by stem."""

SIMULATE_READERS: Mapping[str, ResultReader] = MappingProxyType(
    {
        "outcome": lambda played, _: played.outcome.ending.outcome,
        "agreement": lambda played, _: float(played.outcome.talks.deal is not None),
        "ended_by": _ended_by,
        "reason": lambda played, _: played.outcome.ending.reason,
        "blocking_group": lambda played, _: played.outcome.blocking_group,
        "rounds": lambda played, _: float(played.outcome.ending.round),
        "moves": lambda played, _: float(len(played.outcome.talks.moves)),
        "offers": _offers,
        "package": _package,
        "share_of_joint_maximum": lambda played, _: played.metrics.share_of_joint_maximum,
        "distance_to_frontier": lambda played, _: played.metrics.distance_to_frontier,
        "distance_to_nash": lambda played, _: played.metrics.distance_to_nash,
        "equity": lambda played, _: played.metrics.equity,
        "value": lambda played, party: played.outcome.values[party],
        "gain": _above,
        "change": _felt,
        "account": _account,
        "income": _money("income"),
        "cost_of_moving": _money("cost_of_moving"),
        "sent_home": _money("sent_home"),
        "welfare": _money("welfare"),
        "ratified": _ratified,
    }
)
"""Readers of the measures of `simulate`, by stem."""


def readers_by_kind(kind: str) -> Mapping[str, ResultReader]:
    """Return the functions that read the measures of a kind of run from its result.

    The keys are the names of the measures up to the first dot. The functions are those of `winset analyse` for the kind
    "analyse", else those of `winset simulate`.
    """
    return ANALYSE_READERS if kind == "analyse" else SIMULATE_READERS
