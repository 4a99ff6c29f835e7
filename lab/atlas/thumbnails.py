"""Pictures of an atlas that fit a small page: the class of the game over its first two dials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

import numpy as np

from lab.atlas.axes import Dial
from lab.atlas.grid import Atlas, page

Kind: TypeAlias = tuple[str, int]
"""A class; and 0 or 1 for the dominant player of a bully, -1 elsewhere."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A map of two dials while the others stand still; of one dial it is a strip."""

    across: Dial
    upward: Dial | None
    still: tuple[tuple[str, float], ...]
    """Where the atlas's other dials stand."""
    kinds: tuple[tuple[Kind, ...], ...]
    """(place of `upward`, place of `across`) what the game there is; one row for a strip."""


def slices(atlas: Atlas, wide: int, tall: int) -> Iterator[Slice]:
    """Maps of the first two dials, at most `wide` by `tall` places; further dials stand at either end in turn.

    Where a dial has more places than fit, they are picked at equal steps, both ends among them. The few games of
    a picture are solved again, so that a map of millions of points need not be kept.
    """
    across, *others = atlas.dials
    seen = [_thinned(across, wide), *(_thinned(dial, tall) for dial in others[:1])]
    for ends in product(*(np.unique(dial.values[[0, -1]]) for dial in others[1:])):
        still = [Dial(dial.name, np.array([end])) for dial, end in zip(others[1:], ends, strict=True)]
        yield Slice(
            across=seen[0],
            upward=seen[1] if len(seen) > 1 else None,
            still=tuple((dial.name, float(dial.values[0])) for dial in still),
            kinds=_kinds(replace(atlas, dials=(*reversed(seen), *still), measures=("class",)), seen[0].values.size),
        )


def _thinned(dial: Dial, most: int) -> Dial:
    picked = np.unique(np.linspace(0, dial.values.size - 1, min(most, dial.values.size)).round().astype(np.intp))
    return Dial(dial.name, dial.values[picked])


def _kinds(small: Atlas, width: int) -> tuple[tuple[Kind, ...], ...]:
    """The kinds of a small atlas, `width` a row."""
    games, classes = page(small, 0, small.points), small.words("class")
    pairs = zip(games["class"].tolist(), games["class_player"].tolist(), strict=True)
    found: list[Kind] = [(classes[code], player) for code, player in pairs]
    return tuple(tuple(found[start : start + width]) for start in range(0, len(found), width))
