"""Summary of an atlas: how often each class occurs, how often both gain, and the range of every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np

from economy.convention_notes import convention_notes
from economy.model.payoffs import TIE
from games.display import sentences_html, table_html
from games.errors import input_error
from games.messages import message
from lab.atlas.atlas_columns import AtlasColumn
from lab.atlas.axes import AtlasAxis
from lab.atlas.document import (
    AtlasDocument,
    AxisDocument,
    ClassName,
    ClassShare,
    ColumnDocument,
    GroundDocument,
    MeasureName,
    OpennessShares,
)
from lab.atlas.grid import Atlas, Page, ProgressCallback, no_progress, solve_pages
from lab.atlas.parquet import open_parquet_writer
from lab.design.array_readers import Values

GRID = message("Shares are of the points of this grid; they are no probabilities.")
ABSENT = message("{keys}: null without --measure {name}.")
"""Note of every summary."""
KEYS = {"class": "classes", "gains": "both_gain and self_enforcing", "openness": "openness"}
"""Keys of the JSON output that are null unless their measure is computed."""


@dataclass(slots=True)
class ColumnRange:
    """Smallest and largest number of one column of an atlas (a map of games), over the values that were added."""

    least: float | None = None
    """Smallest number; None, like `most`, where there is none."""
    most: float | None = None
    missing: int = 0
    """Number of points without a number."""

    def add(self, values: Values) -> None:
        """Extend this range of a column by more of its values. NaN is counted as a point without a number."""
        known = values[~np.isnan(values)]
        self.missing += values.size - known.size
        if known.size:
            low, high = float(known.min()), float(known.max())
            self.least = low if self.least is None else min(self.least, low)
            self.most = high if self.most is None else max(self.most, high)


@dataclass(slots=True)
class AtlasSummary:
    """Summary of an atlas (a map of games over parameter values): counts of classes, and ranges of its columns.

    The points are added in pages, which are parts of the table of all points. The pages are not kept.
    """

    atlas: Atlas
    file: Path | None = None
    """Parquet file with all points; None where none was written."""
    kinds: Counter[tuple[str, str | None]] = field(default_factory=Counter[tuple[str, str | None]])
    """Number of points by class and dominant player."""
    true: Counter[str] = field(default_factory=Counter[str])
    """Number of points at which a column of booleans is true."""
    spans: dict[str, ColumnRange] = field(default_factory=dict[str, ColumnRange])
    """Ranges of the columns of numbers."""
    openness: Counter[str] = field(default_factory=Counter[str])
    """Number of points at which no opening is self-enforcing ("none"), at which full opening is ("full"), and at which
    openness is not read ("not_read")."""

    def add(self, page: Page) -> None:
        """Add the points of one page (a part of the table of all points) to the counts and ranges of this summary."""
        for column in self.atlas.columns:
            if column.measure.form == "truth":
                self.true[column.name] += int(np.count_nonzero(page[column.name]))
            elif column.measure.form == "number":
                self.spans.setdefault(column.name, ColumnRange()).add(page[column.name])
        if "class" in page:
            self._sort(page["class"], page["class_player"])
        if "largest_openness" in page:
            level = page["largest_openness"]
            counts = {"none": level == 0, "full": level == 1, "not_read": np.isnan(level)}
            self.openness.update({name: int(np.count_nonzero(holds)) for name, holds in counts.items()})

    def _sort(self, codes: Values, players: Values) -> None:
        """Count the points of each class and dominant player."""
        classes, names = self.atlas.words("class"), (*self.atlas.words("class_player"), None)
        pairs = np.stack([codes.astype(np.int64), players.astype(np.int64)])
        for (code, player), count in zip(*_distinct(pairs), strict=True):
            self.kinds[classes[code], names[player]] += count

    def __repr__(self) -> str:
        """Return the size of the grid, the three most frequent classes, and the path of the file if there is one."""
        atlas = self.atlas
        dials = ", ".join(f"{dial.name} ({dial.values.size})" for dial in atlas.dials)
        told = ", ".join(f"{kind} {self.share(count):.1%}" for (kind, _), count in self.kinds.most_common(3))
        where = f"\n  in {self.file}" if self.file else ""
        return f"Map of {atlas.ground.name}: {atlas.points:,} points over {dials}" + f"; {told}" * bool(told) + where

    def _repr_html_(self) -> str:
        """Return the summary as HTML, with a table row for every class."""
        rows = [
            (kind, player or "", f"{count:,}", f"{self.share(count):.1%}")
            for (kind, player), count in self.kinds.most_common()
        ]
        heads = ("Class", "Dominant side", "Points", "Share")
        return table_html(repr(self).splitlines()[0], heads, rows) + sentences_html(self.notes)

    def share(self, count: int) -> float:
        """Return a number of points as a share of all points of the atlas."""
        return count / self.atlas.points

    def document(self) -> AtlasDocument:
        """Return the summary of the atlas as the `AtlasDocument` that `winset atlas --json` prints."""
        atlas, shares = self.atlas, {name: self.share(count) for name, count in self.true.items()}
        openness = {name: self.share(count) for name, count in self.openness.items()}
        return AtlasDocument(
            ground=_ground_document(atlas),
            dials=tuple(_axis_document(dial) for dial in atlas.dials),
            points=atlas.points,
            measures=cast("tuple[MeasureName, ...]", atlas.measures),
            tolerance=TIE,
            classes=self._classes(),
            both_gain=shares.get("both_gain"),
            self_enforcing=shares.get("self_enforcing"),
            openness=OpennessShares(**openness) if openness else None,
            columns=tuple(_column_document(column, self.spans.get(column.name)) for column in atlas.columns),
            file=None if self.file is None else str(self.file),
            notes=self.notes,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the summary of the atlas as a dictionary, the JSON object that `winset atlas --json` prints."""
        return self.document().to_dict()

    def _classes(self) -> tuple[ClassShare, ...] | None:
        """Return the counts and shares of the classes; None where the classes were not measured."""
        if not self.kinds:
            return None
        return tuple(
            ClassShare(class_=cast("ClassName", kind), class_player=player, count=count, share=self.share(count))
            for (kind, player), count in self.kinds.most_common()
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Return sentences for the reader of an atlas: what its shares are shares of, and what was not measured."""
        measured = self.atlas.measures
        absent = (ABSENT.format(keys=keys, name=name) for name, keys in KEYS.items() if name not in measured)
        return (GRID, *absent, *convention_notes(self.atlas.ground.parameters))


def _axis_document(dial: AtlasAxis) -> AxisDocument:
    """Return the range and size of an axis."""
    low, high = dial.values.min(), dial.values.max()
    return AxisDocument(name=dial.name, unit=dial.entry.unit, least=low, most=high, count=dial.values.size)


def _column_document(column: AtlasColumn, span: ColumnRange | None) -> ColumnDocument:
    """Return a column with its range."""
    return ColumnDocument(
        name=column.name,
        kind=column.measure.form,
        meaning=column.measure.definition,
        unit=column.unit or None,
        least=span and span.least,
        most=span and span.most,
        missing=span and span.missing,
    )


def _ground_document(atlas: Atlas) -> GroundDocument:
    """Return the base economy with the parameters that have no axis."""
    ground, moved = atlas.ground, {dial.name for dial in atlas.dials}
    still = {name: value for name, value in ground.parameters.items().items() if name not in moved}
    return GroundDocument(
        name=ground.name, changes=ground.changes, players=ground.players, parameters=cast("Mapping[str, float]", still)
    )


def solve_atlas(
    atlas: Any, file: Path | None = None, tick: ProgressCallback = no_progress, command: str = ""
) -> AtlasSummary:
    """Solve the games at all points of an atlas (a grid of parameter values), and count their classes.

    Parameters
    ----------
    atlas
        Grid to solve, as `define_atlas` returns it.
    file
        Parquet file for all points; None writes none.
    tick
        Called after every batch with the number of points solved in it.
    command
        Command line, for the metadata of the file.

    Returns
    -------
    AtlasSummary
        Counts and ranges over all points.

    Raises
    ------
    InputError
        `atlas` is not an `Atlas`, or the file cannot be written.

    Notes
    -----
    An interrupted call leaves no unfinished file, and an older file at `file` stays as it was.
    """
    if not isinstance(atlas, Atlas):
        hint = 'pass define_atlas("symmetric", "gap=1:8:57")'
        raise input_error("atlas", f"is of the type {type(atlas).__name__}, which is no atlas", hint)
    survey = AtlasSummary(atlas, file)
    with open_parquet_writer(file, atlas, command) as write:
        for page in solve_pages(atlas, tick):
            survey.add(page)
            write(page)
    return survey


def _distinct(pairs: Values) -> tuple[list[list[int]], list[int]]:
    """Return the distinct columns of an array, and how often each occurs."""
    found, counts = np.unique(pairs, axis=1, return_counts=True)
    return found.T.tolist(), counts.tolist()
