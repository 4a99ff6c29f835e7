"""The offers of a talk as text: a timeline with what each offer was worth to both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from games.messages import join_messages, message, plural_message
from negotiation.protocols.moves import Accept, Move, Offer, PhaseEnd, Reject, Shock, Vote, Withdraw
from views.text.charts import ROLES, gauge
from views.text.layout import Screen, notes, pad, render_table
from views.wording.screen import numbers
from views.wording.translation import translate

if TYPE_CHECKING:
    from negotiation.outcome.outcome import Outcome

POINTS = "points"
"""Unit of scored cases: all values are whole numbers, and the accounts are no share of a GDP."""
SHOCK_PREFIX = "shock:"
"""Prefix of the label of a shock."""


class TimelineEntry(NamedTuple):
    """One entry in the timeline of simulated talks: an offer, an answer to it, or another event."""

    label: str
    """The number of an offer among all offers, from 1, or the kind of another event."""
    party: int | None
    """Index of the party that moved; None for the groups at home and for shocks."""
    package: int | None
    """The package that was offered or accepted; None for all else."""


def build_timeline(outcome: Outcome) -> list[TimelineEntry]:
    """Return the events of simulated talks in their order: offers, answers, shocks, failed votes.

    An offer that only repeats the party's last one is left out.
    """
    moves = outcome.talks.moves
    last: dict[int, int] = {}
    kept: list[TimelineEntry] = []
    for at, move in enumerate(moves):
        match move:
            case Offer(party, package):
                if last.get(party) != package:
                    kept.append(TimelineEntry(_label(outcome, at), party, package))
                last[party] = package
            case Accept(party):
                kept.append(TimelineEntry(message("accepts"), party, last.get(1 - party)))
            case Reject(party):
                kept.append(TimelineEntry(message("rejects"), party, None))
            case Withdraw(party):
                last.pop(party, None)
                kept.append(TimelineEntry(message("withdraws"), party, None))
            case Shock(name):
                kept.append(TimelineEntry(message("shock: {name}", name=name), None, None))
            case _:
                kept += [TimelineEntry(message("voted down"), None, None)] if _sent_back(moves, at) else []
    return kept


def _label(outcome: Outcome, at: int) -> str:
    """The number of an offer among all offers, from 1; `draft` for the sealed first drafts."""
    before = outcome.talks.moves[:at]
    sealed = outcome.talks.rules.protocol == "request_offer"
    if sealed and sum(isinstance(move, PhaseEnd) for move in before) < 2:
        return message("draft")
    return str(1 + sum(isinstance(move, Offer) for move in before))


def _sent_back(moves: Sequence[Move], at: int) -> bool:
    """Whether this is the last vote of a country's groups and the talks continue after it."""
    return isinstance(moves[at], Vote) and at + 1 < len(moves) and not isinstance(moves[at + 1], Vote)


def sample_entries(items: Sequence[TimelineEntry], most: int) -> list[TimelineEntry]:
    """Return at most `most` of the entries of a timeline: the first, the last, and others at even distances."""
    if len(items) <= most:
        return list(items)
    return [items[round(at * (len(items) - 1) / (most - 1))] for at in range(most)]


def render_offers(screen: Screen, outcome: Outcome, most: int = 12) -> list[str]:
    """Return the offers of simulated talks as a table in lines of text, in their order.

    Each offer shows its worth to both sides as a number and as a bar.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    outcome
        Outcome of the talks.
    most
        Maximum number of entries, at least 2.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    spoken = build_timeline(outcome)
    if not any(each.package is not None for each in spoken):
        return [translate(message("Nobody proposed anything."))]
    parties = outcome.preferences.parties
    shown = sample_entries(spoken, most)
    rows = [
        (
            each.label,
            _speaker(screen, each, parties),
            *worth,
            "" if each.package is None else "".join(map(str, outcome.agenda.levels(each.package))),
        )
        for each, *worth in zip(shown, *(_worth(screen, outcome, shown, side) for side in (0, 1)), strict=True)
    ]
    worth = [message("to {country}", country=party) for party in parties[:2]]
    head = (message("offer"), message("by"), *worth, message("levels"))
    caption = join_messages(" ", [*_caption(outcome), *_skipped(len(spoken) - len(shown))])
    return [*render_table(screen, head, rows, "><<<<"), *notes(screen, [caption])]


def _caption(outcome: Outcome) -> list[str]:
    names = join_messages("; ", [item.board_name for item in outcome.agenda.ladders])
    return [
        message("Worth in {unit}.", unit=outcome.preferences.unit),
        message("Levels from 0, today's practice: {lines}.", lines=names),
    ]


def _skipped(count: int) -> list[str]:
    """The sentence on entries that are not shown; none when all are."""
    if not count:
        return []
    return [plural_message("{number} more move lies between these.", "{number} more moves lie between these.", count)]


def _speaker(screen: Screen, each: TimelineEntry, parties: Sequence[str]) -> str:
    if each.party is not None:
        return screen.ink(parties[each.party], ROLES[each.party])
    return message("outside") if each.label.startswith(SHOCK_PREFIX) else message("at home")


def _worth(screen: Screen, outcome: Outcome, shown: Sequence[TimelineEntry], side: int) -> list[str]:
    """The worth of every offer to one side, with bars scaled to the largest gain among the offers shown."""
    wide = 8 if screen.width >= 72 else 4 if screen.width >= 52 else 0
    places = _places(outcome.preferences.unit)
    values = outcome.preferences.values[:, side]
    worth = [None if each.package is None else float(values[each.package]) for each in shown]
    top = max((value for value in worth if value is not None), default=0.0)

    texts = numbers(worth, places, plus=True)
    figures = max(6 if places else 4, *map(len, texts))

    def told(value: float | None, text: str) -> str:
        if value is None:
            return ""
        bar = screen.ink(gauge(value / top if top > 0 else 0.0, wide).rstrip(), ROLES[side])
        return f"{pad(text, figures, '>')} {bar}".rstrip()

    return [told(*each) for each in zip(worth, texts, strict=True)]


def _places(unit: str) -> int:
    return 0 if unit == POINTS else 2
