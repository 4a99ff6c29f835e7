"""Notes on conventions that differ from the standard, for the reader of a result."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from economy.parameters import Parameters, entries
from games.messages import message

EQUIVALENT_NOTE = message(
    "Another convention than the standard: the gain of a mover is what would make up for staying (equivalent "
    "variation), and not what the mover could lose and still go (compensating variation)."
)
EVERYBODY_NOTE = message(
    "Another convention than the standard: the public cost counts everybody who comes, and not only people beyond "
    "today's number."
)
LARGEST_COST_NOTE = message(
    "Another bound than the standard: the public cost is at most {share:g} % of GDP, and not {standard:g} %."
)


def convention_notes(parameters: Parameters) -> Iterator[str]:
    """Notes on every convention, and on the bound of the public cost, that differs from the standard.

    The bound is compared only where it is one number for all economies.
    """
    if parameters.conventions.surplus == "equivalent":
        yield EQUIVALENT_NOTE
    if parameters.conventions.crowding == "everybody":
        yield EVERYBODY_NOTE
    standard = entries()["xmax"].default
    if not np.ndim(parameters.xmax) and parameters.xmax != standard:
        yield LARGEST_COST_NOTE.format(share=100 * float(parameters.xmax), standard=100 * standard)
