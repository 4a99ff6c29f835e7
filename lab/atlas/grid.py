"""Solve one game at every point of a grid of parameter values, in arrays.

A row of the result is a point; the last axis changes fastest. Points are solved in small batches and returned in
larger pages, so memory does not grow with the size of the grid. The figures of a point do not depend on the other
points of its batch, so the sizes of batches and pages do not change the results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias, cast

import numpy as np

from games.errors import input_error
from games.short_repr import short_repr
from games.two_by_two.taxonomy import CLASSES
from lab.atlas.atlas_columns import ATLAS_MEASURES, AtlasColumn
from lab.atlas.axes import AtlasAxis, check_axes_are_read, parse_axes
from lab.atlas.base_economy import AtlasEconomy
from lab.atlas.base_economy import read_base_economy as ground_of
from lab.design.array_readers import EconomyBatch, Values

MOST_DIALS, MOST_POINTS = 4, 100_000_000
"""Largest numbers of axes and of points."""
DEFAULT = ("class", "gains")
"""Default measures. The measures `openness`, `net`, `limits` and `tax` take forty to four hundred times as long."""
PIECE = 8192
"""Number of points that are solved at once; they need about 10 MB."""
PAGE = 32_768
"""Number of points in a page, and in a row group of the Parquet file."""

Page: TypeAlias = dict[str, Values]
"""Columns by name, the axes first, all of the same length."""
ProgressCallback: TypeAlias = Callable[[int], object]
"""Progress callback; it is called with the number of points solved since the last call."""


def no_progress(points: int) -> None:
    """Do nothing. This progress callback takes the number of points that were solved, and reports nothing."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """An atlas (a map of games) that can be solved: its base economy, its axes, and what is measured at every point.

    The points are the grid of all combinations of the values on the axes.
    """

    __repr__ = short_repr

    ground: AtlasEconomy
    dials: tuple[AtlasAxis, ...]
    measures: tuple[str, ...] = DEFAULT

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the number of values on every axis of the atlas, in the order of the axes."""
        return tuple(dial.values.size for dial in self.dials)

    @property
    def points(self) -> int:
        """Return the number of points of the atlas: all combinations of the values on its axes. Each is one game."""
        return prod(self.shape)

    @property
    def columns(self) -> tuple[AtlasColumn, ...]:
        """Return the columns of the atlas that hold its measures, in the order of the measures, without the axes.

        A column that stands in several groups of measures is returned once.
        """
        return tuple(dict.fromkeys(column for name in self.measures for column in ATLAS_MEASURES[name]))

    def words(self, column: str) -> tuple[str, ...]:
        """Return the words for which the numbers in one column of the atlas stand; a number is a position in the tuple.

        The column is "class" (the class of the game) or "class_player" (the dominant country of a bully game).
        """
        return {"class": CLASSES, "class_player": self.ground.players}[column]


def define_atlas(ground: Any, dials: Any, measures: str | Iterable[str] = DEFAULT) -> Atlas:
    """Check the base economy, the axes and the measures of an atlas (a map of games), and return the atlas.

    It has one to four axes of different parameters, and at most 10^8 points.

    Parameters
    ----------
    ground
        An `AtlasEconomy`, or anything that `lab.read_base_economy` reads: a name, a path, a dictionary or a scenario.
    dials
        Axes as `AtlasAxis` objects or texts such as "gap=1:8:57", a single one of these, or a dictionary of values by
        name.
    measures
        Names from `ATLAS_MEASURES`, as a list or as one text with commas.

    Returns
    -------
    Atlas
        The atlas; nothing is solved yet.

    Raises
    ------
    InputError
        The base economy, an axis or a measure does not exist, a parameter has two axes or is not read in the base
        economy, or there are too many axes or points.
    """
    names: Any = measures.split(",") if isinstance(measures, str) else measures
    if not isinstance(names, Iterable):
        raise input_error(
            "--measure", f"{measures!r} names nothing to measure", f"write some of: {','.join(ATLAS_MEASURES)}"
        )
    found = ground if isinstance(ground, AtlasEconomy) else ground_of(ground)
    atlas = Atlas(
        found, parse_axes(dials), tuple(dict.fromkeys(str(name).strip() for name in cast("Iterable[Any]", names)))
    )
    names = [dial.name for dial in atlas.dials]
    if not 0 < len(names) <= MOST_DIALS:
        raise input_error("--vary", f"{len(names)} dials are moved", f"move one to {MOST_DIALS}, two make a map")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise input_error("--vary", f"{twice} is moved twice", "give all its values at once, as in gap=1,2,4")
    check_axes_are_read(atlas.dials, found.parameters)
    for measure in atlas.measures:
        if measure not in ATLAS_MEASURES:
            raise input_error("--measure", f"there is no {measure!r}", f"write some of: {','.join(ATLAS_MEASURES)}")
    if not atlas.measures:
        raise input_error("--measure", "names nothing to measure", f"write some of: {','.join(ATLAS_MEASURES)}")
    if atlas.points > MOST_POINTS:
        reason = f"{' x '.join(f'{size:,}' for size in atlas.shape)} are {atlas.points:,} points"
        raise input_error("--vary", reason, f"keep to {MOST_POINTS:,}, with fewer values a dial")
    return atlas


def solve_pages(
    atlas: Atlas, tick: ProgressCallback = no_progress, *, rows: int = PAGE, at_once: int = PIECE
) -> Iterator[Page]:
    """Solve the games at all points of an atlas (a grid of parameter values), in order, and yield them in pages.

    Parameters
    ----------
    atlas
        Grid to solve.
    tick
        Called after every batch with the number of points solved in it.
    rows
        Number of points in a page, at least 1; the last page can be shorter.
    at_once
        Number of points that are solved together, at least 1.

    Yields
    ------
    Page
        Columns of some points by name, the axes first. The points are in order. Neither `rows` nor `at_once` changes a
        figure.
    """
    for top in range(0, atlas.points, rows):
        bottom = min(top + rows, atlas.points)
        parts: list[Page] = []
        for first in range(top, bottom, at_once):
            parts.append(solve_points(atlas, first, min(first + at_once, bottom)))
            tick(min(at_once, bottom - first))
        yield {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def solve_points(atlas: Atlas, first: int, last: int) -> Page:
    """Solve the games at some points of an atlas (a grid of parameter values), in one batch.

    Parameters
    ----------
    atlas
        Grid to solve.
    first
        Number of the first point, from 0.
    last
        Number after the last point.

    Returns
    -------
    Page
        Columns of the points `first` to `last` - 1 by name, the axes first.
    """
    places = np.unravel_index(np.arange(first, last), atlas.shape)
    dials = {dial.name: dial.values[place] for dial, place in zip(atlas.dials, places, strict=True)}
    ground = atlas.ground.parameters
    batch = EconomyBatch(ground.replace(**dials), last - first, ground)
    return {**dials, **{column.name: column.read(batch) for column in atlas.columns}}
