from .agenda.ladders import Ladder, ladder, ladders
from .agenda.package_grid import Agenda, warnings
from .agenda.rights_floor import RIGHTS_FLOOR
from .outcome.outcome import Outcome
from .preferences.values import Preferences, structural
from .protocols.engine import Illegal, advance, legal, replay
from .protocols.state import Rules, Talks, opening, view

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
    "ladder",
    "ladders",
    "legal",
    "opening",
    "replay",
    "structural",
    "view",
    "warnings",
]
