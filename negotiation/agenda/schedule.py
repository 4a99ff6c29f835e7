"""Schedules: a package as positive lists, one for each party that concedes something, and what a revision changes.

GATS is borrowed as method only (a labour quota is not a Mode 4 commitment): what is not written is not
conceded, and every line stands in the list of the party that gives it. Side payments are printed apart.
`negotiation.agenda.schedule_layout` puts all of it on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from games.short_repr import short_repr
from negotiation.agenda.ladders import Ladder
from negotiation.agenda.package_grid import Agenda

STATED = "as the scenario says"
"""Who pays or receives, where the catalogue leaves it to the scenario."""


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment or side payment of an agreement."""

    issue: str
    level: int
    words: str
    """The level as a schedule says it."""
    plain: str
    """The level as people say it."""
    value: float | None
    """What the level sets a term of the economy to; None where the ladder sets none."""
    unit: str | None
    name: str = ""
    """The issue as a schedule calls it."""

    def to_dict(self) -> dict[str, Any]:
        """The line as it stands in JSON."""
        return {
            "issue": self.issue,
            "level": self.level,
            "words": self.words,
            "plain": self.plain,
            "value": self.value,
            "unit": self.unit,
            "name": self.name,
        }


@dataclass(frozen=True, slots=True)
class Payment:
    """A line that is a payment: who pays whom, on what base and on what condition."""

    line: Line
    kind: str
    payer: str
    payee: str
    base: str
    condition: str

    def to_dict(self) -> dict[str, Any]:
        """The payment as it stands in JSON."""
        return {
            **self.line.to_dict(),
            "kind": self.kind,
            "payer": self.payer,
            "payee": self.payee,
            "base": self.base,
            "condition": self.condition,
        }


Entry = TypeVar("Entry", Line, Payment)


class Change(NamedTuple, Generic[Entry]):
    """One line before and after a revision; None where it is not on the list."""

    before: Entry | None
    after: Entry | None

    @property
    def kind(self) -> Literal["kept", "added", "removed", "changed"]:
        """What became of the line."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "kept" if self.before == self.after else "changed"


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement on paper, line by line in the order of the agenda, with what a revision made of each line."""

    __repr__ = short_repr

    schedules: Mapping[str, tuple[Change[Line], ...]]
    """By the party that concedes."""
    side_payments: tuple[Change[Payment], ...]


def paper(agenda: Agenda, package: int, roles: Mapping[str, str]) -> Paper:
    """A package on paper: every line is kept, for nothing is revised."""
    return diff(agenda, package, package, roles)


def diff(agenda: Agenda, before: int, after: int, roles: Mapping[str, str]) -> Paper:
    """What a revision makes of a package, as members table it: each line of either, added, removed, changed or kept."""
    order = [item.key for item in agenda.ladders]
    old, new = schedules(agenda, before, roles), schedules(agenda, after, roles)
    paid, due = side_payments(agenda, before, roles), side_payments(agenda, after, roles)
    return Paper(
        {party: _compared(order, old[party], new[party], lambda line: line.issue) for party in roles},
        _compared(order, paid, due, lambda payment: payment.line.issue),
    )


def schedules(agenda: Agenda, package: int, roles: Mapping[str, str]) -> dict[str, tuple[Line, ...]]:
    """The commitments of a package by the party that makes them.

    `roles` maps each party's name to `host`, `origin` or `both`; a line conceded by both stands in both lists,
    and a country that is both host and origin concedes every line.
    """
    lines = [
        (item, _line(agenda, at, level))
        for at, (item, level) in enumerate(zip(agenda.ladders, agenda.levels(package), strict=True))
        if level and item.is_commitment
    ]
    return {
        party: tuple(line for item, line in lines if "both" in (item.conceded_by, role) or item.conceded_by == role)
        for party, role in roles.items()
    }


def side_payments(agenda: Agenda, package: int, roles: Mapping[str, str]) -> tuple[Payment, ...]:
    """The payments of a package, each with payer, payee, base and condition; compensation at home is one, too."""
    names = {role: _called(role, roles) for role in ("host", "origin")}
    levels = agenda.levels(package)
    due = [(at, agenda.ladders[at]) for at in agenda.pays(package)]
    return tuple(
        Payment(
            line=_line(agenda, at, levels[at]),
            kind=item.kind,
            payer=names.get(item.payer, item.payer) or STATED,
            payee=_payee(item, [other for _, other in due]).format(**names) or STATED,
            base=item.base,
            condition=item.condition,
        )
        for at, item in due
    )


def _line(agenda: Agenda, at: int, level: int) -> Line:
    item = agenda.ladders[at]
    value, unit = (item.values[level], item.unit) if item.field else (None, None)
    return Line(item.key, level, item.levels[level], item.plain[level], value, unit, item.name)


def _compared(
    order: Iterable[str], before: Iterable[Entry], after: Iterable[Entry], issue: Callable[[Entry], str]
) -> tuple[Change[Entry], ...]:
    """The entries of two lists side by side, by issue."""
    old, new = {issue(entry): entry for entry in before}, {issue(entry): entry for entry in after}
    return tuple(Change(old.get(key), new.get(key)) for key in order if key in old or key in new)


def _called(role: str, roles: Mapping[str, str]) -> str:
    """The parties in a role by name; a talk without any still has the role."""
    return " and ".join(party for party, own in roles.items() if own in (role, "both")) or f"the {role}"


def _payee(item: Ladder, due: list[Ladder]) -> str:
    """Who receives a payment: whoever the ladder names, and those to whom a line that lives on it gives a share."""
    return " and ".join([item.payee, *(other.payee for other in due if other.lives_on == item.key)])
