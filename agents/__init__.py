"""Agents: the negotiation as a Mesa model. Delegations negotiate, interest groups vote, one step is one round.

`agents.table` prepares the talks for software and people and does not import Mesa; `agents.model` is the Mesa model.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
