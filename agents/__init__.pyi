from .model import Negotiation, simulate
from .random_streams import stream
from .table import Table, awaits, briefed, concluded, laid, movers, sit

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
