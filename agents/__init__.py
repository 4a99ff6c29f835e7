"""Agents: the room of Mesa. Delegations negotiate, interest groups vote, one step is one round.

`agents.table` lays the table for software and people alike and does without Mesa; `agents.model` is the stage.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
