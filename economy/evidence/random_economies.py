"""Boxes of dials and random draws from them: how often a result holds inside ranges that are assumed.

A draw is no datum. The ranges are wide where little is known, and every share that is counted over them says
how robust a result is to our ignorance, not how likely it is in the world.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from economy.parameters import Array


class Span(NamedTuple):
    """The range of one dial, or of several that move together."""

    names: str
    """The parameter, or several with blanks between them: they get the same value."""
    low: float
    high: float
    wide: bool = False
    """Drawn uniformly in logs: for dials known only by their order of magnitude."""


Box: TypeAlias = tuple[Span, ...]
"""Ranges in the order in which they are drawn, which is part of what makes a draw repeatable."""

BEHAVIOUR: Box = (
    Span("sigma", 1.3, 2.2),
    Span("slack", 0.3, 0.7),
    Span("chi", 0.2, 4, wide=True),
    Span("unmanaged", 0.3, 2),
    Span("cost", 1.8, 2.9),
    Span("nu", 0.35, 0.7),
    Span("rho", 0.1, 0.35),
    Span("c_fix", 1e-4, 2e-3, wide=True),
    Span("loss", 1, 1.5),
    Span("w_M", 0.2, 0.8),
)
"""What people and governments are like, whatever their countries; every range is an assumption."""

POLITICS: Box = (
    Span("w_K", 0.8, 1.3),
    Span("w_U", 0.8, 1.3),
    Span("phi_U phi_S", 0.6, 0.9),
    Span("fee", 0.1, 0.4),
)
"""More of it: two lobbies, and what goes wrong without cooperation; every range is an assumption."""

ALIKE: Box = (Span("u0", 0.36, 0.46),)
"""Two mirrored countries: the origin's share of U is what the host's leaves."""

UNLIKE: Box = (
    Span("u0", 0.15, 0.3),
    Span("gap", 2.5, 7),
    Span("size", 0.5, 5, wide=True),
    Span("u1", 0.5, 0.75),
    Span("openness", 0.02, 0.5, wide=True),
)
"""A rich and a poor country."""

WORLDS: Box = (
    Span("loss", 1, 1.5),
    Span("chi", 0.2, 5, wide=True),
    Span("w_M", 0.2, 0.8),
    Span("w_K", 0.8, 1.3),
    Span("w_U", 0.8, 1.3),
    Span("kappa", 0, 1),
    Span("unmanaged", 0.3, 2),
    Span("c_fix", 1e-4, 2e-3, wide=True),
    Span("sigma", 1.3, 2.2),
    Span("cost", 1.8, 2.9),
    Span("nu", 0.35, 0.7),
    Span("slack", 0.2, 0.7),
    Span("rho", 0.1, 0.35),
    Span("phi_U phi_S", 0.6, 0.9),
    Span("fee", 0.1, 0.4),
)
"""The worlds in which the paradox is looked for; every range is an assumption."""


def draw(box: Box, count: int, rng: np.random.Generator) -> dict[str, Array]:
    """Values by parameter, (count) each: all of the first span, then all of the second, and so on."""
    values: dict[str, Array] = {}
    for span in box:
        if span.wide:
            drawn = np.exp(rng.uniform(np.log(span.low), np.log(span.high), count))
        else:
            drawn = rng.uniform(span.low, span.high, count)
        values.update(dict.fromkeys(span.names.split(), drawn))
    return values
