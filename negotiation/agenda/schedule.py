"""Schedules: a package as positive lists, one for each conceding party, and the changes of a revision.

GATS is used as a method only: a labour quota is not a Mode 4 commitment. What is not written is not conceded, and every
line stands in the list of the party that concedes it. Side payments are listed separately.
`negotiation.agenda.schedule_layout` formats all of it as text, Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar, cast

from games.documents import Document, Limits
from games.messages import message
from games.short_repr import short_repr
from negotiation.agenda.ladders import Ladder
from negotiation.agenda.package_grid import Agenda

STATED = message("as the scenario says")
"""Payer or payee where the catalogue leaves it to the scenario."""

NOBODY = {"host": message("the host"), "origin": message("the origin")}
"""Names of the roles, where no party has one."""

PaymentKind = Literal["cash", "linkage", "gain_tax", "skill_partnership", "compensation"]


@dataclass(frozen=True, slots=True)
class ScheduleLine(Document):
    """One commitment or side payment of an agreement."""

    issue: str
    """Key of the ladder."""
    level: Annotated[int, Limits(minimum=1)]
    """Level of the ladder; level 0 stands in no schedule."""
    words: str
    """The level as a schedule says it."""
    plain: str
    """The level as people say it."""
    value: float | None
    """The value that the level gives to a term of the economy; null where the ladder sets no term."""
    unit: str | None
    """Unit of the value."""
    name: str = ""
    """The issue as a schedule calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine(ScheduleLine):
    """A line that is a payment: who pays whom, on what base and on what condition."""

    kind: PaymentKind
    """Kind of payment."""
    payer: str
    """Who pays."""
    payee: str
    """Who receives."""
    base: str
    """The quantity on which the payment is computed."""
    condition: str
    """When the payment is due."""

    @property
    def line(self) -> ScheduleLine:
        """The payment as a line of the agreement."""
        return self


ScheduleEntry = TypeVar("ScheduleEntry", ScheduleLine, PaymentLine)


class ScheduleChange(NamedTuple, Generic[ScheduleEntry]):
    """One line before and after a revision; None where it is not on the list."""

    before: ScheduleEntry | None
    after: ScheduleEntry | None

    @property
    def kind(self) -> Literal["kept", "added", "removed", "changed"]:
        """Whether the line was kept, added, removed or changed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "kept" if self.before == self.after else "changed"


@dataclass(frozen=True, slots=True)
class AgreementDocument:
    """An agreement as schedules and side payments in the order of the agenda, each line with its change."""

    __repr__ = short_repr

    schedules: Mapping[str, tuple[ScheduleChange[ScheduleLine], ...]]
    """The lines by the party that concedes them."""
    side_payments: tuple[ScheduleChange[PaymentLine], ...]


def agreement_document(agenda: Agenda, package: int, roles: Mapping[str, str]) -> AgreementDocument:
    """Return a package as schedules and side payments, without changes.

    Parameters
    ----------
    agenda
        Agenda of the package.
    package
        Number of the package in the grid.
    roles
        Party name to `host`, `origin` or `both`.

    Returns
    -------
    AgreementDocument
        Every line of the package, each of the kind `kept`.
    """
    return compare_packages(agenda, package, package, roles)


def compare_packages(agenda: Agenda, before: int, after: int, roles: Mapping[str, str]) -> AgreementDocument:
    """Compare two packages line by line, as members publish a revision.

    Parameters
    ----------
    agenda
        Agenda of both packages.
    before
        Number of the earlier package in the grid.
    after
        Number of the later package in the grid.
    roles
        Party name to `host`, `origin` or `both`.

    Returns
    -------
    AgreementDocument
        Each line of either package, with its change: added, removed, changed or kept.
    """
    order = [item.key for item, _ in agenda.lines(0)]
    old, new = schedules(agenda, before, roles), schedules(agenda, after, roles)
    paid, due = side_payments(agenda, before, roles), side_payments(agenda, after, roles)
    return AgreementDocument(
        {party: _compared(order, old[party], new[party], lambda line: line.issue) for party in roles},
        _compared(order, paid, due, lambda payment: payment.issue),
    )


def schedules(agenda: Agenda, package: int, roles: Mapping[str, str]) -> dict[str, tuple[ScheduleLine, ...]]:
    """List the commitments of a package by the party that makes them.

    Parameters
    ----------
    agenda
        Agenda of the package.
    package
        Number of the package in the grid.
    roles
        Party name to `host`, `origin` or `both`. A party with the role `both` concedes every line.

    Returns
    -------
    dict of str to tuple of Line
        Lines above level 0 by party. A line that both roles concede stands in both lists.
    """
    lines = [
        (item, ScheduleLine(**_line_fields(item, level)))
        for item, level in agenda.lines(package)
        if level and item.is_commitment
    ]
    return {
        party: tuple(line for item, line in lines if "both" in (item.conceded_by, role) or item.conceded_by == role)
        for party, role in roles.items()
    }


def side_payments(agenda: Agenda, package: int, roles: Mapping[str, str]) -> tuple[PaymentLine, ...]:
    """List the payments of a package, compensation at home included.

    Parameters
    ----------
    agenda
        Agenda of the package.
    package
        Number of the package in the grid.
    roles
        Party name to `host`, `origin` or `both`; gives the names of payers and payees.

    Returns
    -------
    tuple[PaymentLine, ...]
        Each with payer, payee, base and condition, in the order of the agenda.
    """
    names = {role: _called(role, roles) for role in ("host", "origin")}
    due = agenda.payments(package)
    return tuple(
        PaymentLine(
            **_line_fields(item, level),
            kind=cast("PaymentKind", item.kind),
            payer=names.get(item.payer, item.payer) or STATED,
            payee=_payee(item, [other for other, _ in due], names) or STATED,
            base=item.base,
            condition=item.condition,
        )
        for item, level in due
    )


def _line_fields(item: Ladder, level: int) -> dict[str, Any]:
    return {
        "issue": item.key,
        "level": level,
        "words": item.levels[level],
        "plain": item.plain[level],
        "value": item.values[level] if item.field else None,
        "unit": item.unit if item.field else None,
        "name": item.name,
    }


def _compared(
    order: Iterable[str],
    before: Iterable[ScheduleEntry],
    after: Iterable[ScheduleEntry],
    issue: Callable[[ScheduleEntry], str],
) -> tuple[ScheduleChange[ScheduleEntry], ...]:
    """Pair the entries of two lists by issue, in the order of the agenda."""
    old, new = {issue(entry): entry for entry in before}, {issue(entry): entry for entry in after}
    return tuple(ScheduleChange(old.get(key), new.get(key)) for key in order if key in old or key in new)


def _called(role: str, roles: Mapping[str, str]) -> str:
    """The names of the parties in a role, joined; the role itself where no party has it."""
    names = [party for party, own in roles.items() if own in (role, "both")]
    return reduce(_and, names) if names else NOBODY[role]


def _payee(item: Ladder, due: list[Ladder], names: Mapping[str, str]) -> str:
    """Who receives a payment: the ladder's payee, and the payees of lines that depend on it."""
    payees = [item.payee, *(other.payee for other in due if other.lives_on == item.key)]
    return reduce(_and, (payee.format(**names) for payee in payees))


def _and(one: str, other: str) -> str:
    return message("{one} and {other}", one=one, other=other)
