"""What is at stake: from the fundamentals of two countries to the payoffs of their governments.

    parameters -> market (wages and flows) -> accounts (money by group) -> politics (payoffs)

The bilateral model of the project's specification; the nearest published model is Alonso and Santos Arteaga
(2020), "International migratory agreements: the paradox of adverse interest". Its defaults are a fit to the
tables of Alonso, "Managing Labor Mobility"; it claims no prediction.

Names are loaded when they are first asked for, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from economy.corridors import Corridor, corridor, corridor_names
    from economy.incidence import Accounts, Positions, accounts, positions
    from economy.ledger import GROUPS
    from economy.parameters import Entry, Parameters, check, defaults, entries, preset
    from economy.remedies import Openness, largest_openness
    from economy.stakes import Cell, Stakes, agreement, game, solve
    from economy.terms import Terms, applied

__all__ = [
    "GROUPS",
    "Accounts",
    "Cell",
    "Corridor",
    "Entry",
    "Openness",
    "Parameters",
    "Positions",
    "Stakes",
    "Terms",
    "accounts",
    "agreement",
    "applied",
    "check",
    "corridor",
    "corridor_names",
    "defaults",
    "entries",
    "game",
    "largest_openness",
    "positions",
    "preset",
    "solve",
]

_ROOMS = {
    "Corridor": "economy.corridors",
    "corridor": "economy.corridors",
    "corridor_names": "economy.corridors",
    "Accounts": "economy.incidence",
    "Positions": "economy.incidence",
    "accounts": "economy.incidence",
    "positions": "economy.incidence",
    "GROUPS": "economy.ledger",
    "Entry": "economy.parameters",
    "Parameters": "economy.parameters",
    "check": "economy.parameters",
    "defaults": "economy.parameters",
    "entries": "economy.parameters",
    "preset": "economy.parameters",
    "Openness": "economy.remedies",
    "largest_openness": "economy.remedies",
    "Cell": "economy.stakes",
    "Stakes": "economy.stakes",
    "agreement": "economy.stakes",
    "game": "economy.stakes",
    "solve": "economy.stakes",
    "Terms": "economy.terms",
    "applied": "economy.terms",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
