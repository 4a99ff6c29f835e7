"""Efficient deals and bargaining solutions among finitely many deals: arrays in, row indices out.

A row is one possible deal, a column one party's value of it. There may be two million rows, so rows are sorted and
scanned; with two parties no pairwise comparison is needed. All ties are returned: a solution is a tuple of every row
that attains it.

- Nash: the largest product of gains over the disagreement point (Nash 1950).
- Kalai-Smorodinsky: the largest smallest share of each party's best possible gain (Kalai and Smorodinsky 1975).
- Egalitarian: the largest smallest gain (Kalai 1977).
- Utilitarian: the largest sum of values.

Kalai-Smorodinsky and egalitarian ties are broken by the next smallest share or gain, and so on (leximin), so that no
solution is dominated. Only individually rational rows are considered: at or above the disagreement point for every
party, and above it for at least one.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.errors import input_error
from games.exact_numbers import check_slack

TOLERANCE = 1e-9
"""Values closer than this are equal; in the unit of the values."""

Values: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]


class BargainingPoints(NamedTuple):
    """Row indices of each solution, all ties, in rising order; empty when no row is better than disagreement."""

    nash: tuple[int, ...]
    kalai_smorodinsky: tuple[int, ...]
    egalitarian: tuple[int, ...]
    utilitarian: tuple[int, ...]


def individually_rational(values: ArrayLike, disagreement: ArrayLike, tolerance: float = TOLERANCE) -> Mask:
    """Return the rows at or above the disagreement point for every party and above it for at least one.

    Parameters
    ----------
    values
        (n, parties): value of each deal for each party, finite.
    disagreement
        (parties,): value of no agreement for each party.
    tolerance
        Differences up to this count as none; at least 0, in the unit of the values.

    Returns
    -------
    array of bool
        (n,): true for individually rational rows.

    Raises
    ------
    InputError
            For another shape, for values that are not finite, and for a tolerance that is not a finite number of at
        least 0.
    """
    check_slack(tolerance)
    deals = _deals(values)
    gains = deals - _disagreement(disagreement, deals)
    return np.logical_and((gains >= -tolerance).all(axis=1), (gains > tolerance).any(axis=1))


def pareto_efficient(values: ArrayLike, tolerance: float = TOLERANCE) -> Mask:
    """Return the rows that no other row dominates; equal rows are all kept.

    A row dominates another when it is nowhere lower and somewhere higher, after all values are rounded to multiples of
    the tolerance. With two parties the cost is one sort; with more it is the number of rows times the size of the
    frontier.

    Parameters
    ----------
    values
        (n, parties): value of each deal for each party, finite.
    tolerance
        Unit to which values are rounded; 0 compares exactly.

    Returns
    -------
    array of bool
        (n,): true for efficient rows.

    Raises
    ------
    InputError
            For another shape, for values that are not finite, and for a tolerance that is not a finite number of at
        least 0.
    """
    check_slack(tolerance)
    deals = _deals(values)
    if not len(deals):
        return np.zeros(0, np.bool_)
    # Adding 0 turns -0.0 into 0.0.
    steps = (np.rint(deals / tolerance) if tolerance else deals) + 0.0
    rows = np.flatnonzero(_unbeaten(steps, steps[_balanced(steps)]))
    mask = np.zeros(len(steps), np.bool_)
    mask[rows] = _efficient_pairs(steps[rows]) if steps.shape[1] == 2 else _efficient_rows(steps[rows])
    return mask


def bargaining_points(values: ArrayLike, disagreement: ArrayLike, tolerance: float = TOLERANCE) -> BargainingPoints:
    """Return the bargaining solutions among the rows, as indices.

    Parameters
    ----------
    values
        (n, parties): value of each deal for each party, finite.
    disagreement
        (parties,): value of no agreement for each party.
    tolerance
            Gains and shares that differ by at most this are ties; products and sums tie when they differ by at most
        this share of the best.

    Returns
    -------
    BargainingPoints
        Row indices of the Nash, Kalai-Smorodinsky, egalitarian and utilitarian solutions.

    Raises
    ------
    InputError
            For another shape, for values that are not finite, and for a tolerance that is not a finite number of at
        least 0.

    References
    ----------
    Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977.
    """
    deals = _deals(values)
    origin = _disagreement(disagreement, deals)
    rows = np.flatnonzero(individually_rational(deals, origin, tolerance))
    if not rows.size:
        return BargainingPoints((), (), (), ())
    gains = np.maximum(deals[rows] - origin, 0.0)
    ideal = gains.max(axis=0)
    found = (
        _largest_product(gains, tolerance),
        _fairest(gains / np.where(ideal > tolerance, ideal, 1.0), tolerance),
        _fairest(gains, tolerance),
        _largest(gains.sum(axis=1), tolerance),
    )
    return BargainingPoints(*(tuple(rows[positions].tolist()) for positions in found))


def _deals(values: ArrayLike) -> Values:
    deals = np.asarray(values, dtype=np.float64)
    if deals.ndim != 2 or not deals.shape[1]:
        raise input_error("values", f"has shape {deals.shape}", "give (n, parties): one row a deal, one column a party")
    if not np.isfinite(deals).all():
        raise input_error("values", "holds NaN or infinity", "leave out deals that have no value")
    return deals


def _disagreement(point: ArrayLike, deals: Values) -> Values:
    origin = np.asarray(point, dtype=np.float64)
    if origin.shape != deals.shape[1:] or not np.isfinite(origin).all():
        raise input_error("disagreement", "needs one finite number for each party", f"give {deals.shape[1]} numbers")
    return origin


def _balanced(steps: Values) -> int:
    """Return a row that is good for all parties together.

    On most data it dominates nearly all rows, so that one scan removes them.
    """
    low = steps.min(axis=0)
    span = np.maximum(steps.max(axis=0) - low, 1.0)
    return int(((steps - low) / span).sum(axis=1).argmax())


def _unbeaten(steps: Values, by: Values) -> Mask:
    return (steps > by).any(axis=1) | (steps == by).all(axis=1)


def _efficient_pairs(steps: Values) -> Mask:
    """Return the efficient rows of two parties: sorted by the first value, the second must exceed all values before."""
    order = np.lexsort((-steps[:, 1], -steps[:, 0]))
    first, second = steps[order, 0], steps[order, 1]
    starts = np.flatnonzero(np.r_[True, first[1:] != first[:-1]])
    # Rows of equal first value are sorted too: the first row of the group is its best.
    head = second[starts]
    record = head > np.r_[-np.inf, np.maximum.accumulate(head)[:-1]]
    group = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(order)]))
    mask = np.empty(len(steps), np.bool_)
    mask[order] = record[group] & (second == head[group])
    return mask


def _efficient_rows(steps: Values) -> Mask:
    """Return the efficient rows: take the row with the largest sum, drop the rows that it dominates, and repeat."""
    order = np.lexsort((*steps.T, steps.sum(axis=1)))[::-1]
    mask = np.zeros(len(steps), np.bool_)
    left = steps[order]
    while order.size:
        best = left[0]
        same = (left == best).all(axis=1)
        mask[order[same]] = True
        stays = (left > best).any(axis=1)
        order, left = order[stays], left[stays]
    return mask


def _largest(scores: Values, slack: float) -> NDArray[np.intp]:
    best = scores.max()
    return np.flatnonzero(scores >= best - slack * abs(best))


def _largest_product(gains: Values, tolerance: float) -> NDArray[np.intp]:
    products = np.where(gains > tolerance, gains, 0.0).prod(axis=1)
    if products.max() > 0:
        return _largest(products, tolerance)
    # No row gives every party a gain, so every product is 0; the efficient rows are returned instead.
    return np.flatnonzero(pareto_efficient(gains, tolerance))


def _fairest(gains: Values, tolerance: float) -> NDArray[np.intp]:
    """Return the leximin rows: the largest smallest entry, among these the largest second smallest, and so on."""
    left = np.arange(len(gains))
    for column in np.sort(gains, axis=1).T:
        left = left[column[left] >= column[left].max() - tolerance]
    return left
