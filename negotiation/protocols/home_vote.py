"""How votes at home are counted. A tie does not pass: this rule stands in `is_majority` alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

import numpy as np

Support = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@overload
def is_majority(support: int) -> bool: ...
@overload
def is_majority(support: Support) -> Mask: ...
def is_majority(support: int | Support) -> bool | Mask:
    """Whether more votes are for than against; `support` is the votes for minus the votes against, of any shape."""
    return support > 0


def passes(votes: Iterable[int], choices: Iterable[int | None]) -> bool:
    """Whether the votes for exceed the votes against; abstentions count for neither.

    Parameters
    ----------
    votes
        Number of votes of each group, (groups,).
    choices
        Vote of each group, (groups,): 1 for, -1 against, 0 or None abstains.

    Returns
    -------
    bool
        False also when votes for and against are equal.
    """
    return is_majority(sum(weight * (choice or 0) for weight, choice in zip(votes, choices, strict=True)))


def count_votes(votes: Iterable[int], choices: Iterable[int | None]) -> tuple[int, int]:
    """The votes for and the votes against."""
    cast = list(zip(votes, choices, strict=True))
    return sum(weight for weight, choice in cast if choice == 1), sum(weight for weight, choice in cast if choice == -1)
