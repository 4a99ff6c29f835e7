"""`winset atlas`: parse dials and measures, compute the map, and draw it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from games.errors import input_error
from lab.atlas.axes import parse_axis
from lab.atlas.base_economy import TABLE, read_base_economy
from lab.atlas.grid import DEFAULT, Atlas, define_atlas
from lab.atlas.statistics import solve_atlas
from lab.atlas.thumbnails import atlas_slices
from views.cli.progress import progress
from views.results.atlas_map import AtlasResult

DIALS = ("gap=1:8:57", "kappa=0:1:11")
"""The default dials: the paradox map."""
WIDE, TALL = 64, 16
"""Largest width and height of a picture in the terminal, in points."""


def run_atlas(
    vary: Sequence[str], name: str, changes: Sequence[str], measures: str | None, file: Path | None
) -> AtlasResult:
    """Compute a map of games: solve the game at every combination of the values of one to four dials.

    A dial is a parameter of the economy.

    Parameters
    ----------
    vary
        Dials to move, each as `gap=1:8:57`; empty for the paradox map (`DIALS`).
    name
        Preset economy or a case with an economy.
    changes
        Dials to fix, each as `KEY=VALUE`.
    measures
        Measures, separated by commas; None for the defaults.
    file
        Parquet file to which every point is written; None for no file.

    Returns
    -------
    AtlasResult
        The statistics; also pictures, where the class is measured and no file is written.

    Raises
    ------
    InputError
        When a dial, a name or a measure cannot be read, or the file cannot be written.
    """
    wanted = DEFAULT if measures is None else [part.strip() for part in measures.split(",") if part.strip()]
    dials = [parse_axis(text) for text in vary or DIALS]
    _undisputed([each.name for each in dials], changes)
    atlas = define_atlas(read_base_economy(name, changes), dials, wanted)
    with progress(atlas.points, "points") as tick:
        survey = solve_atlas(atlas, file, tick, _command(name, vary or DIALS, atlas))
    pictured = file is None and "class" in atlas.measures
    return AtlasResult(survey, tuple(atlas_slices(atlas, WIDE, TALL)) if pictured else ())


def _command(name: str, vary: Sequence[str], atlas: Atlas) -> str:
    """The command line that reproduces this map, with every default written out."""
    dials = [f"--vary={text}" for text in vary]
    changes = [f"--set={text}" for text in atlas.ground.changes]
    measures = f"--measure={','.join(atlas.measures)}"
    return shlex.join(["winset", "atlas", f"--scenario={name}", *dials, *changes, measures])


def _undisputed(moved: Sequence[str], changes: Sequence[str]) -> None:
    """Raise InputError for a dial that is both moved and fixed."""
    for change in changes:
        key = change.partition("=")[0].strip().removeprefix(TABLE)
        if key in moved:
            raise input_error(f"--set {key}", "is moved by --vary too", "keep one of the two")
