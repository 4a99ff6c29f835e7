"""Everything that can be said about one game, together: the answer of `winset solve`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from games.bargaining import Solutions, efficient_cells, solutions
from games.bimatrix import Bimatrix, Cell, Pair
from games.equilibria import Equilibria, solve
from games.errors import refuse
from games.numerals import exact, glance
from games.plain import plain
from games.security import security
from games.selection import Choice, payoff_dominant, risk_dominant
from games.taxonomy import Kind, classify
from games.transfers import ORDINAL, SidePayment, side_payment

SCHEMA = "winset/solve/1"

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Portrait:
    """A game with its class, equilibria, bargaining solutions and side payment."""

    game: Bimatrix
    kind: Kind
    equilibria: Equilibria
    security: Pair | None
    """What each player can make sure of alone; None when time ran out."""
    efficient_cells: tuple[Cell, ...]
    disagreement: Pair | None
    payoff_dominant: Choice
    risk_dominant: Choice
    solutions: Solutions | None
    side_payment: SidePayment | None
    notes: tuple[str, ...]
    """Why something is missing, tied or to be read with care, one sentence or two each."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `winset solve --json`, keys in its documented order."""
        game, found, kind = self.game, self.equilibria, self.kind
        described: dict[str, Any] = {
            "schema": SCHEMA,
            "game": game.name,
            "players": game.players,
            "actions": game.actions,
            "payoffs": game.payoffs,
            "scale": game.scale,
            "class": kind.name,
            "class_player": kind.player,
            "tolerance": game.tolerance,
            "equilibria": [_fields(one, "row", "column", "payoffs", "kind", "strict") for one in found.equilibria],
            "subsets": [_fields(subset, "vertices", "kind") for subset in found.subsets],
            "components": found.components,
            "complete": found.complete,
            "degenerate": found.degenerate,
            "method": found.method,
            "security": self.security,
            "efficient_cells": self.efficient_cells,
            "disagreement": self.disagreement,
            "payoff_dominant": self.payoff_dominant.equilibrium,
            "risk_dominant": self.risk_dominant.equilibrium,
            "solutions": self.solutions and _fields(self.solutions, *_SOLUTIONS),
            "side_payment": self.side_payment and _fields(self.side_payment, *_SIDE_PAYMENT),
            "note": " ".join(self.notes) or None,
        }
        return plain(described)


_SOLUTIONS = ("disagreement", "nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "coco")
_SIDE_PAYMENT = ("target", "payer", "payee", "window", "weak", "surplus", "outside_money", "note")


def _fields(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def portrait(game: Bimatrix, target: Any = None, disagreement: Any = None, timeout: float = 10.0) -> Portrait:
    """Solve, classify and bargain over one game, in about `timeout` seconds.

    `target`: the cell (row, column) that side payments are to support; by default (Liberalize, Liberalize)
    where a 2x2 game begins with these actions. `disagreement`: payoffs (row, column) if talks fail, by default
    the security levels. Raises InputError for a cell that is none and for payoffs that are no numbers.
    """
    start = time.perf_counter()
    aim = _target(game, target)
    given = None if disagreement is None else _pair(disagreement)
    found = solve(game, timeout)
    deadline = max(start + timeout, time.perf_counter() + timeout / 10)
    levels = _in_time(lambda: security(game, deadline))
    origin = given or levels
    bargains = _in_time(lambda: solutions(game, origin, deadline)) if origin else None
    payment = side_payment(game, aim, origin) if aim and origin else None
    choices = payoff_dominant(game, found), risk_dominant(game, found)
    notes = _notes(game, found, choices, bargains, payment)
    return Portrait(
        game, classify(game), found, levels, efficient_cells(game), origin, *choices, bargains, payment, notes
    )


def _in_time(compute: Callable[[], Found]) -> Found | None:
    try:
        return compute()
    except TimeoutError:
        return None


def _target(game: Bimatrix, target: Any) -> Cell | None:
    if target is None:
        opening = [names[0] for names in game.actions] == ["Liberalize", "Liberalize"]
        return (0, 0) if opening and game.shape == (2, 2) else None
    row, column = _two(target, "target", "write a cell as row,column counted from 0, such as 0,0")
    if not all(isinstance(action, int) for action in (row, column)):
        raise refuse("target", f"{target} is not a cell", "write whole numbers counted from 0, such as 0,0")
    return row, column


def _pair(disagreement: Any) -> Pair:
    row, column = _two(disagreement, "disagreement", "write one payoff for each player, such as 2,2")
    return exact(row, "disagreement"), exact(column, "disagreement")


def _two(value: Any, place: str, hint: str) -> tuple[Any, Any]:
    items = list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
    if len(items) != 2:
        raise refuse(place, f"{value!r} is not a pair", hint)
    return items[0], items[1]


def _notes(
    game: Bimatrix,
    found: Equilibria,
    choices: tuple[Choice, Choice],
    bargains: Solutions | None,
    payment: SidePayment | None,
) -> tuple[str, ...]:
    notes = [
        found.note and found.note.rstrip(".") + ".",
        *(choice.note for choice in choices),
        _bargaining_note(bargains),
    ]
    if payment is None and bargains is not None:
        notes.append("No side payment: no target cell is named.")
    if game.scale == "ordinal":
        notes.append(ORDINAL)
    return tuple(note for note in notes if note)


def _bargaining_note(bargains: Solutions | None) -> str | None:
    if bargains is None:
        return "Security levels or solutions did not finish in time."
    if bargains.nash is None:
        return "No agreement: nothing that the two can do together is at or above the disagreement point for both."
    if bargains.utilitarian_tie:
        ends = " to ".join(f"({glance(x)}, {glance(y)})" for x, y in bargains.utilitarian_tie)
        return f"Utilitarian: every point from {ends} has the largest sum; the one closest to equal gains is shown."
    return None
