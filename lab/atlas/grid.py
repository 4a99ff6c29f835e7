"""The paradox map: one game at every point of a grid of dials, in arrays from end to end.

A point is a row; the last dial turns fastest. Points are solved piece by piece and handed on page by page, so
memory does not grow with the map, and since an economy's figures never depend on its company, neither do the
results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias, cast

import numpy as np

from games.errors import refuse
from games.short_repr import short_repr
from games.two_by_two.taxonomy import CLASSES
from lab.atlas.axes import Dial, dials_of
from lab.atlas.base_economy import Ground
from lab.atlas.base_economy import ground as ground_of
from lab.atlas.measures import LAYERS, Column, Values, solved

MOST_DIALS, MOST_POINTS = 4, 100_000_000
DEFAULT = ("class", "gains")
"""What is measured unless more is asked for; openness and tax cost a hundred times as much."""
PIECE = 8192
"""Points solved at a time: about 10 MB."""
PAGE = 32_768
"""Points handed on at a time; a row group of the Parquet file."""

Page: TypeAlias = dict[str, Values]
"""Columns by name, dials first, all of one length."""
Tick: TypeAlias = Callable[[int], object]
"""Is told how many more points are done."""


def silent(points: int) -> None:
    """The tick that tells nobody."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """What is to be mapped: the ground, the dials that move on it, and what is measured at every point."""

    __repr__ = short_repr

    ground: Ground
    dials: tuple[Dial, ...]
    measures: tuple[str, ...] = DEFAULT

    @property
    def shape(self) -> tuple[int, ...]:
        """Places of every dial."""
        return tuple(dial.values.size for dial in self.dials)

    @property
    def points(self) -> int:
        """How many games there are."""
        return prod(self.shape)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The measured columns, in their order."""
        return tuple(column for name in self.measures for column in LAYERS[name].columns)

    def words(self, column: str) -> tuple[str, ...]:
        """What the numbers in a column of words stand for."""
        return {"class": CLASSES, "class_player": self.ground.players}[column]


def chart(ground: Any, dials: Any, measures: str | Iterable[str] = DEFAULT) -> Atlas:
    """The atlas of these dials, checked: one to four of them, none twice, and no more than 10^8 points.

    Parameters
    ----------
    ground
        A ground, a scenario, or the name of one, as for `lab.ground`.
    dials
        Dials, texts such as "gap=1:8:57", one of these, or a dictionary of values by name.
    measures
        Names of layers, as a list or with commas between.

    Returns
    -------
    Atlas
        Nothing is solved yet.

    Raises
    ------
    InputError
        Names what is wrong, also a measure that does not exist.
    """
    names: Any = measures.split(",") if isinstance(measures, str) else measures
    if not isinstance(names, Iterable):
        raise refuse("--measure", f"{measures!r} names nothing to measure", f"write some of: {','.join(LAYERS)}")
    found = ground if isinstance(ground, Ground) else ground_of(ground)
    atlas = Atlas(
        found, dials_of(dials), tuple(dict.fromkeys(str(name).strip() for name in cast("Iterable[Any]", names)))
    )
    names = [dial.name for dial in atlas.dials]
    if not 0 < len(names) <= MOST_DIALS:
        raise refuse("--vary", f"{len(names)} dials are moved", f"move one to {MOST_DIALS}, two make a map")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise refuse("--vary", f"{twice} is moved twice", "give all its values at once, as in gap=1,2,4")
    for measure in atlas.measures:
        if measure not in LAYERS:
            raise refuse("--measure", f"there is no {measure!r}", f"write some of: {','.join(LAYERS)}")
    if not atlas.measures:
        raise refuse("--measure", "names nothing to measure", f"write some of: {','.join(LAYERS)}")
    if atlas.points > MOST_POINTS:
        reason = f"{' x '.join(f'{size:,}' for size in atlas.shape)} are {atlas.points:,} points"
        raise refuse("--vary", reason, f"keep to {MOST_POINTS:,}, with fewer values a dial")
    return atlas


def pages(atlas: Atlas, tick: Tick = silent, *, rows: int = PAGE, at_once: int = PIECE) -> Iterator[Page]:
    """All points in order, `rows` a page, `at_once` of them solved together; neither changes a figure."""
    for top in range(0, atlas.points, rows):
        bottom = min(top + rows, atlas.points)
        parts: list[Page] = []
        for first in range(top, bottom, at_once):
            parts.append(page(atlas, first, min(first + at_once, bottom)))
            tick(min(at_once, bottom - first))
        yield {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def page(atlas: Atlas, first: int, last: int) -> Page:
    """The points from `first` up to, not including, `last`, solved at once."""
    places = np.unravel_index(np.arange(first, last), atlas.shape)
    dials = {dial.name: dial.values[place] for dial, place in zip(atlas.dials, places, strict=True)}
    piece = solved(atlas.ground.parameters.replace(**dials))
    read = (values for name in atlas.measures for values in LAYERS[name].read(piece))
    return {**dials, **{column.name: values for column, values in zip(atlas.columns, read, strict=True)}}
