"""Schedules: a package printed as positive lists, one for each party that concedes something.

GATS is borrowed as method only (a labour quota is not a Mode 4 commitment): what is not written is not
conceded, and every line stands in the list of the party that gives it. Side payments are printed apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from negotiation.deal import Agenda


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment or side payment of an agreement."""

    issue: str
    level: int
    words: str
    """The level as a schedule says it."""
    plain: str
    """The level as people say it."""
    value: float
    unit: str

    def to_dict(self) -> dict[str, Any]:
        """The line as it stands in JSON."""
        return {
            "issue": self.issue,
            "level": self.level,
            "words": self.words,
            "plain": self.plain,
            "value": self.value,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Payment:
    """A line that is a side payment: who pays whom, on what base and on what condition."""

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


def schedules(agenda: Agenda, package: int, roles: Mapping[str, str]) -> dict[str, tuple[Line, ...]]:
    """The commitments of a package by the party that makes them.

    `roles` maps each party's name to `host` or `origin`; a line conceded by both stands in both lists.
    """
    lines = [
        (item, _line(agenda, at, level))
        for at, (item, level) in enumerate(zip(agenda.ladders, agenda.levels(package), strict=True))
        if level and not item.is_side_payment
    ]
    return {
        party: tuple(line for item, line in lines if item.conceded_by in ("both", role))
        for party, role in roles.items()
    }


def side_payments(agenda: Agenda, package: int, roles: Mapping[str, str]) -> tuple[Payment, ...]:
    """The side payments of a package, each with payer, payee, base and condition."""
    names = {role: party for party, role in roles.items()}
    levels = dict(zip((item.key for item in agenda.ladders), agenda.levels(package), strict=True))
    payments: list[Payment] = []
    for at in agenda.pays(package):
        item = agenda.ladders[at]
        payee, base, condition = _terms_of(item.key, names, levels)
        line = _line(agenda, at, levels[item.key])
        payments.append(Payment(line, item.kind, names.get(item.payer, item.payer), payee, base, condition))
    return tuple(payments)


def _line(agenda: Agenda, at: int, level: int) -> Line:
    item = agenda.ladders[at]
    return Line(item.key, level, item.levels[level], item.plain[level], item.values[level], item.unit)


def _terms_of(key: str, names: Mapping[str, str], levels: Mapping[str, int]) -> tuple[str, str, str]:
    """Payee, base and condition of a side-payment ladder of the corridor agenda."""
    host, origin = names["host"], names["origin"]
    if key == "partnership":
        return f"training in {origin}", "places x cost of training", "for workers who move under the agreement"
    shared = bool(levels.get("levy_split"))
    payee = origin if key == "levy_split" else f"{host} and {origin}" if shared else host
    return payee, "earnings abroad after the recruitment fee", "nothing is due without movers"
