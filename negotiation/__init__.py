"""Negotiation: agendas, preferences, protocols, tactics, ratification and outcomes.

agenda         what can be agreed: ladders, packages, schedules, the rights floor
preferences    the value of a package to governments and groups, and mandates
protocols      moves, the state of the talks (a fold of the moves), and the rules
tactics        how software negotiates
ratification   the vote at home: win-sets and compensation
outcome        the result and its quality; checks of a case's design
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
