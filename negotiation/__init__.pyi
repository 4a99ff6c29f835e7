from .agenda.ladders import Ladder, ladder, ladders
from .agenda.package_grid import Agenda, legal_conflicts
from .agenda.rights_floor import RIGHTS_FLOOR
from .outcome.outcome import Outcome
from .preferences.values import Preferences, structural_preferences
from .protocols.engine import IllegalMove, advance, legal, replay_talks
from .protocols.state import Rules, Talks, open_talks, view

__all__ = [
    "RIGHTS_FLOOR",
    "Agenda",
    "IllegalMove",
    "Ladder",
    "Outcome",
    "Preferences",
    "Rules",
    "Talks",
    "advance",
    "ladder",
    "ladders",
    "legal",
    "legal_conflicts",
    "open_talks",
    "replay_talks",
    "structural_preferences",
    "view",
]
