"""Small pictures of an atlas: the class of the game over its first two axes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

import numpy as np

from lab.atlas.axes import AtlasAxis
from lab.atlas.grid import Atlas, solve_points

Kind: TypeAlias = tuple[str, int]
"""A class; and 0 or 1 for the dominant player of a bully game, -1 otherwise."""


@dataclass(frozen=True, slots=True)
class AtlasSlice:
    """A small picture of an atlas (a map of games): the class of the game over two axes, the other axes being fixed.

    Over one axis it has a single row.
    """

    across: AtlasAxis
    """The horizontal axis."""
    upward: AtlasAxis | None
    """The vertical axis; None for an atlas of one axis."""
    still: tuple[tuple[str, float], ...]
    """Names and values of the other axes."""
    kinds: tuple[tuple[Kind, ...], ...]
    """(place on `upward`, place on `across`) class of the game; one row where `upward` is None."""


def atlas_slices(atlas: Atlas, wide: int, tall: int) -> Iterator[AtlasSlice]:
    """Yield small pictures of an atlas (a map of games), each with the class of the game over its first two axes.

    Every further axis is fixed at its first value and at its last value; there is one picture for every combination.
    The few points of a picture are solved again, so an atlas of millions of points need not be kept.

    Parameters
    ----------
    atlas
        Grid to show.
    wide
        Largest number of values on the first axis (horizontal). More values are thinned in equal steps, with both ends.
    tall
        Largest number of values on the second axis (vertical).

    Yields
    ------
    Iterator[AtlasSlice]
        One picture.
    """
    across, *others = atlas.dials
    seen = [_thinned(across, wide), *(_thinned(dial, tall) for dial in others[:1])]
    for ends in product(*(np.unique(dial.values[[0, -1]]) for dial in others[1:])):
        still = [AtlasAxis(dial.name, np.array([end])) for dial, end in zip(others[1:], ends, strict=True)]
        yield AtlasSlice(
            across=seen[0],
            upward=seen[1] if len(seen) > 1 else None,
            still=tuple((dial.name, float(dial.values[0])) for dial in still),
            kinds=_kinds(replace(atlas, dials=(*reversed(seen), *still), measures=("class",)), seen[0].values.size),
        )


def _thinned(dial: AtlasAxis, most: int) -> AtlasAxis:
    """Return an axis with at most `most` values, in equal steps, both ends included."""
    picked = np.unique(np.linspace(0, dial.values.size - 1, min(most, dial.values.size)).round().astype(np.intp))
    return AtlasAxis(dial.name, dial.values[picked])


def _kinds(small: Atlas, width: int) -> tuple[tuple[Kind, ...], ...]:
    """Solve a small grid and return its classes in rows of `width`."""
    games, classes = solve_points(small, 0, small.points), small.words("class")
    pairs = zip(games["class"].tolist(), games["class_player"].tolist(), strict=True)
    found: list[Kind] = [(classes[code], player) for code, player in pairs]
    return tuple(tuple(found[start : start + width]) for start in range(0, len(found), width))
