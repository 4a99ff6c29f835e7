from .model import Negotiation, simulate
from .random_streams import stream
from .solo_play import awaits, sit
from .table import Table, briefed, concluded, laid, movers

__all__ = [
    "Negotiation",
    "Table",
    "awaits",
    "briefed",
    "concluded",
    "laid",
    "movers",
    "simulate",
    "sit",
    "stream",
]
