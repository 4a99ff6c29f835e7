"""Ranges of parameters and random draws from them: how often a result holds inside assumed ranges.

Draws are not data. Ranges are wide where little is known. A share of draws measures how robust a result is to unknown
parameters, not how likely the result is in the world.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from economy.parameters import Array


class Span(NamedTuple):
    """Range of one parameter, or of several that have the same value."""

    names: str
    """Name of the parameter, or several names separated by blanks."""
    low: float
    """Smallest value."""
    high: float
    """Largest value."""
    wide: bool = False
    """True: drawn uniformly in logs, for parameters of which only the order of magnitude is known."""


Box: TypeAlias = tuple[Span, ...]
"""Ranges in the order in which they are drawn; the order is needed to repeat a draw."""

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
"""Behaviour of people and governments, for any countries; every range is an assumption."""

POLITICS: Box = (
    Span("w_K", 0.8, 1.3),
    Span("w_U", 0.8, 1.3),
    Span("phi_U phi_S", 0.6, 0.9),
    Span("fee", 0.1, 0.4),
)
"""More behaviour: weights of two groups, and frictions without cooperation; every range is an assumption."""

ALIKE: Box = (Span("u0", 0.36, 0.46),)
"""Two mirrored countries: u1 = 1 − u0."""

UNLIKE: Box = (
    Span("u0", 0.15, 0.3),
    Span("gap", 2.5, 7),
    Span("size", 0.5, 5, wide=True),
    Span("u1", 0.5, 0.75),
    Span("openness", 0.02, 0.5, wide=True),
)
"""A rich host and a poor origin."""

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
"""Ranges in which the paradox of adverse interest is tested; every range is an assumption."""


def draw(box: Box, count: int, rng: np.random.Generator) -> dict[str, Array]:
    """Draw random values for the parameters of a box.

    All values of the first span are drawn first, then all of the second, and so on.

    Parameters
    ----------
    box
        Ranges, in the order of the draws.
    count
        Number of draws.
    rng
        Random generator.

    Returns
    -------
    dict[str, Array]
        (count) values by parameter name.
    """
    values: dict[str, Array] = {}
    for span in box:
        if span.wide:
            drawn = np.exp(rng.uniform(np.log(span.low), np.log(span.high), count))
        else:
            drawn = rng.uniform(span.low, span.high, count)
        values.update(dict.fromkeys(span.names.split(), drawn))
    return values
