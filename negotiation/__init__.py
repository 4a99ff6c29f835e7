"""Negotiation: paper, talk, home, result.

ladders -> agenda -> package        what can be put on a list          ladders.py, deal.py, schedule.py
preferences                         what it is worth, and to whom      preferences.py
moves -> talks (a fold)             what is said, under which rules    moves.py, protocols.py, talks.py
tactics                             how software speaks                tactics.py
ratification                        what passes at home                ratification.py
outcome, metrics                    what came of it                    outcome.py, metrics.py
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from negotiation.deal import Agenda, agenda, warnings
    from negotiation.ladders import Ladder, ladder, ladders
    from negotiation.outcome import Outcome
    from negotiation.preferences import Preferences, structural
    from negotiation.protocols import Illegal, advance, legal, replay
    from negotiation.rights import RIGHTS_FLOOR
    from negotiation.talks import Rules, Talks, opening, view

__all__ = [
    "RIGHTS_FLOOR",
    "Agenda",
    "Illegal",
    "Ladder",
    "Outcome",
    "Preferences",
    "Rules",
    "Talks",
    "advance",
    "agenda",
    "ladder",
    "ladders",
    "legal",
    "opening",
    "replay",
    "structural",
    "view",
    "warnings",
]

_ROOMS = {
    "Agenda": "negotiation.deal",
    "agenda": "negotiation.deal",
    "warnings": "negotiation.deal",
    "Ladder": "negotiation.ladders",
    "ladder": "negotiation.ladders",
    "ladders": "negotiation.ladders",
    "Outcome": "negotiation.outcome",
    "Preferences": "negotiation.preferences",
    "structural": "negotiation.preferences",
    "Illegal": "negotiation.protocols",
    "advance": "negotiation.protocols",
    "legal": "negotiation.protocols",
    "replay": "negotiation.protocols",
    "RIGHTS_FLOOR": "negotiation.rights",
    "Rules": "negotiation.talks",
    "Talks": "negotiation.talks",
    "opening": "negotiation.talks",
    "view": "negotiation.talks",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
