"""Agents: the room of Mesa. Delegations negotiate, interest groups vote, one step is one round.

`agents.seating` lays the table for software and people alike and does without Mesa; `agents.model` is the stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.model import Negotiation, simulate
    from agents.seating import Table, awaits, briefed, concluded, laid, movers, sit
    from agents.streams import stream

__all__ = ["Negotiation", "Table", "awaits", "briefed", "concluded", "laid", "movers", "simulate", "sit", "stream"]

_ROOMS = {
    "Negotiation": "agents.model",
    "simulate": "agents.model",
    "Table": "agents.seating",
    "awaits": "agents.seating",
    "briefed": "agents.seating",
    "concluded": "agents.seating",
    "laid": "agents.seating",
    "movers": "agents.seating",
    "sit": "agents.seating",
    "stream": "agents.streams",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
