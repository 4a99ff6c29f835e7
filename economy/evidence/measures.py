"""What a pattern is, and the measures from which its verdict follows."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from economy.evidence.robustness import Truth
from economy.parameters import Array

Verdict = Literal["pass", "partly", "fail", "silent"]
Standing = Literal["held out", "in sample", "by construction"]
"""What a verdict is worth. "held out": nothing was set with a view to the fact. "in sample": a dial or a convention was
set after the fact was known, so a pass proves nothing. "by construction": the equations leave no other result."""
NO_RANK = 0.3
"""An absolute rank correlation below this is none (assumption)."""


class Pattern(NamedTuple):
    """A stylised fact, and the result of the model."""

    name: str
    """Short name."""
    outside: str
    """The fact."""
    source: str
    """Source of the fact."""
    standing: Standing
    """Whether the verdict is a test of the model."""
    verdict: Verdict
    """Whether the model reproduces it."""
    figures: dict[str, float]
    """Figures from which the verdict follows, by label."""
    reading: str
    """Interpretation of the result."""


def correlation(first: Array, second: Array) -> float:
    """Spearman's rank correlation; ties have their mean rank. 0 where one side does not vary."""
    left, right = (rank - rank.mean() for rank in (_mean_ranks(first), _mean_ranks(second)))
    spread = float(np.sqrt((left**2).sum() * (right**2).sum()))
    return float((left * right).sum()) / spread if spread else 0.0


def area_under_roc(score: Array, chosen: Truth) -> float:
    """Probability that a chosen item scores higher than one not chosen; ties count half (area under the ROC)."""
    ahead = score[chosen][:, None] - score[~chosen]
    return float((ahead > 0).mean() + (ahead == 0).mean() / 2)


def _mean_ranks(values: Array) -> Array:
    below, up_to = (np.searchsorted(np.sort(values), values, side=side) for side in ("left", "right"))
    return (below + up_to) / 2
