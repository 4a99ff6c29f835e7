from .model import Negotiation, simulate
from .random_streams import stream
from .solo_play import is_waiting_for, run_solo_talks
from .table import NegotiationTable, make_movers, make_outcome, mover_from_brief, prepare_table

__all__ = [
    "Negotiation",
    "NegotiationTable",
    "is_waiting_for",
    "make_movers",
    "make_outcome",
    "mover_from_brief",
    "prepare_table",
    "run_solo_talks",
    "simulate",
    "stream",
]
