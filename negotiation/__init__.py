"""Negotiation: paper, talk, home, result.

ladders -> agenda -> package        what can be put on a list          ladders.py, deal.py, schedule.py
preferences                         what it is worth, and to whom      preferences.py
moves -> talks (a fold)             what is said, under which rules    moves.py, protocols.py, talks.py
tactics                             how software speaks                tactics.py
ratification                        what passes at home                ratification.py
outcome, metrics                    what came of it                    outcome.py, metrics.py
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
