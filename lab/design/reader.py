"""Read a design file and check it, as far as is possible before anything runs.

    schema = 1
    scenario = "morocco-spain"        # a library name, a corridor, or a path beside this file
    kind = "simulate"                 # or "analyse"
    design = "grid"                   # all levels crossed; "list": side by side; "lhs", "sobol", "morris": drawn
    points = 64                       # drawn designs: points, base points (a power of two), trajectories
    replicates = 100                  # simulate: seeds, the same for every point and arm
    seed = 0
    measure = ["outcome", "value.Spain"]    # names in lab.design.measure_catalogue; they become columns
    trace = false                     # simulate: keep every move
    [[factor]]                        # name = "..." names its column, else the key does
    key = "economy.gap"               # any key of the scenario, as for --set; and one of
    grid = { low = 1, high = 8, count = 15, spacing = "linear" }    # or "log"
    values = [1, 2, 4]                # numbers, words, lists
    range = [1, 8]                    # for drawn designs; whole = true for whole numbers; distribution = "uniform",
                                      # "log-uniform", "normal" (mean, deviation), "triangular" (peak)
    [[arm]]                           # a policy: every arm has the same points and the same random numbers
    name = "levy"
    set = { "economy.tax" = 0.1 }

All problems of a file are raised at once. `lab.design.field_checks` checks each table alone, and this module checks the
tables against each other. `lab.design.scenario_checks` then reads the scenario for every arm with every factor at its
ends, so that an unknown key, or a value outside its limits, is reported before the sweep starts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product
from os import PathLike, fspath
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias, cast

from games.display import join_with_or
from games.errors import InputError, input_error
from games.exact_numbers import DIGITS, long_number
from games.text.toml_text import parse_toml
from lab.design.cases import KINDS, RESERVED, Design, Kind
from lab.design.factors import BASE, Factor
from lab.design.field_checks import DesignTable, keys_overlap, parse_tables, read_arms, read_factors
from lab.design.library import design_path, library_designs
from lab.design.sampling import DRAWING_METHODS, METHODS, Method, draw_points, sample_size
from lab.design.scenario_checks import scenario_problems
from scenarios.reading.draft import Draft, draft
from scenarios.reading.phrases import describe_value
from scenarios.reading.source import CORRIDOR, is_case_file, library_paths

LARGEST = 1_000_000
"""Largest size of a design file, in bytes (1 MB)."""
MOST = 10_000_000
"""Largest number of cases of a design."""
POINTS = 1_000_000
"""Largest number of points, base points or trajectories."""
SCHEMA = 1
"""Version of the format of design files."""
DesignSource: TypeAlias = str | PathLike[str] | Mapping[str, Any]
"""What a design is read from: a file, the name of a shipped design, or a dictionary of tables."""

ADVICE = (
    'pass a design file, one of ours such as "paradox", or a dictionary, as in '
    '{"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"]}'
)
EMPTY_DRAFT = Draft.of({}, "")
"""Placeholder for the scenario until the tables are checked."""


def plan(path: DesignSource, changes: Mapping[str, Any] = MappingProxyType({})) -> Design:
    """Read and check a design, which describes the runs of a sweep.

    It is read from a TOML file, from the designs that come with Winset, or from a dictionary.

    Parameters
    ----------
    path
        A path, a name in `lab.design.library`, or the tables of such a file as a dictionary.
    changes
        Top-level keys of the file with new values, such as {"replicates": 10}.

    Returns
    -------
    Design
        The checked design.

    Raises
    ------
    InputError
        With every problem of the file, and of its scenario under this design, at once.
    """
    if isinstance(path, Mapping):
        return parse_design(path | dict(changes) if isinstance(path, dict) else {**path, **changes})
    given: Any = path
    if not isinstance(given, str | PathLike) or not isinstance(fspath(cast("Any", given)), str):
        raise input_error("design", f"is {describe_value(path)}, which is no design", ADVICE)
    file = design_path(path)
    return parse_design(_cells(file) | dict(changes), file.stem, str(path), file.parent)


def parse_design(cells: DesignSource, name: str = "design", label: str = "design", home: Path | None = None) -> Design:
    """Check the tables of a design file, given as a dictionary, and return the design of a sweep that they describe.

    Parameters
    ----------
    cells
        The tables of a design file as a dictionary; a name or a path is passed to `plan`.
    name
        The name of the design.
    label
        The text before keys in messages.
    home
        The folder at which a relative path of a scenario begins; None leaves the path as it is.

    Returns
    -------
    Design
        The design, checked as far as is possible before anything runs.

    Raises
    ------
    InputError
        With every problem at once, as for a file.
    """
    if not isinstance(cells, Mapping):
        return plan(cells)
    long = long_number(cells)
    if long is not None:
        raise input_error(f"{label}:{'.'.join(long)}", *DIGITS)
    tables = parse_tables(cells, label)
    design = _drafted(tables, name, home)
    if tables.problems:
        raise InputError(*dict.fromkeys(tables.problems))
    design = replace(
        design,
        draft=draft(design.scenario),
        places=draw_points(design.method, design.points, design.factors, design.seed),
    )
    problems = list(dict.fromkeys(scenario_problems(design, label)))
    if problems:
        raise InputError(*problems)
    return design


def _drafted(sheet: DesignTable, name: str, home: Path | None) -> Design:
    """The design of the tables, without scenario and points. Problems are recorded in `sheet`."""
    sheet.whole("schema", None, SCHEMA, SCHEMA)
    method = cast("Method", sheet.choice("design", METHODS, "grid"))
    design = Design(
        name=name,
        scenario=_located(sheet.word("scenario", example='"morocco-spain"'), home),
        draft=EMPTY_DRAFT,
        kind=cast("Kind", sheet.choice("kind", KINDS)),
        method=method,
        factors=read_factors(sheet),
        arms=read_arms(sheet) or (BASE,),
        replicates=sheet.whole("replicates", 1, 1, MOST),
        seed=sheet.whole("seed", 0, 0, 2**63 - 1),
        measures=sheet.words("measure", '["class", "gain"]'),
        points=_points(sheet, method),
        places=None,
        trace=sheet.truth("trace"),
    )
    _check_names(sheet, design)
    _check_keys(sheet, design)
    _check_arms(sheet, design)
    _check_method(sheet, design)
    _check_chance(sheet, design)
    return design


def _cells(file: Path) -> dict[str, Any]:
    """The tables of a TOML file; InputError for a file that is missing, larger than 1 MB, or not TOML in UTF-8."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        hint = f"name a design file, like sweep.toml, or one of ours: {', '.join(library_designs())}"
        raise input_error(str(file), reason, hint) from None
    if len(content) > LARGEST:
        raise input_error(
            str(file), "is larger than 1 MB", "a design is a few lines of text; is this the file you meant?"
        )
    try:
        return parse_toml(content.decode("utf-8-sig"), str(file))
    except UnicodeDecodeError:
        raise input_error(
            str(file), "is not text in UTF-8", "save it as plain text; is this the file you meant?"
        ) from None
    except RecursionError:
        raise input_error(str(file), "its lists or tables lie too deep in each other", "a design needs three") from None


def _located(scenario: str, home: Path | None) -> str:
    """A scenario's name as on the command line: a relative path in a design begins at the design's folder."""
    if home is None or scenario in library_paths() or scenario.startswith(CORRIDOR) or Path(scenario).is_absolute():
        return scenario
    looks_like_path = is_case_file(scenario) or "/" in scenario or "\\" in scenario
    return str(home / scenario) if looks_like_path else scenario


def _points(sheet: DesignTable, method: Method) -> int:
    """The number of points to draw; 0 for methods that draw none."""
    if method in DRAWING_METHODS:
        points = sheet.whole("points", None, 1, POINTS)
        if method == "sobol" and points & (points - 1):
            near = 1 << (points.bit_length() - 1)
            sheet.add_problem(
                "points",
                f"is {points}; Sobol points keep their balance in powers of two",
                f"write {near} or {2 * near}",
            )
        return points
    if "points" in sheet.cells and not sheet.has_problem("design"):
        hint = f"leave it out, or take a design that draws: {join_with_or(DRAWING_METHODS)}"
        sheet.add_problem("points", f"says how many points are drawn, and design = {method!r} draws none", hint)
    return 0


def _check_names(sheet: DesignTable, design: Design) -> None:
    """Every column of the table of rows needs a name of its own."""
    names = [factor.name for factor in design.factors]
    for name, times in Counter([*names, *design.measures]).items():
        if name in RESERVED:
            sheet.add_problem(
                _spot(design, name), f"{name!r} is a column of every table of rows", "give it another name"
            )
        elif times > 1:
            sheet.add_problem(
                _spot(design, name), f"{name!r} is the name of two columns", 'write name = "..." at one of them'
            )


def _spot(design: Design, name: str) -> str:
    """The key at which a problem with a column's name is reported."""
    return f"factor.{name}" if any(factor.name == name for factor in design.factors) else "measure"


def _check_keys(sheet: DesignTable, design: Design) -> None:
    """No key may be set twice in one run: one value would hide the other, and two cases would be the same run."""
    for one, other in combinations(design.factors, 2):
        if keys_overlap(one.key, other.key):
            sheet.add_problem(
                f"factor.{other.name}", f"sets {other.key}, and so does {one.name}", "keep one of the two"
            )
    for arm in design.arms:
        for (key, _), factor in product(arm.settings, design.factors):
            if keys_overlap(key, factor.key):
                hint = "take it out of the arm, or drop the factor"
                sheet.add_problem(f"arm.{arm.name}.set.{key}", f"is varied by the factor {factor.name}", hint)


def _check_arms(sheet: DesignTable, design: Design) -> None:
    """Arms must differ in name and in what they set."""
    for one, other in combinations(design.arms, 2):
        if one.name == other.name:
            sheet.add_problem(f"arm.{other.name}", "is the name of two arms", "give each its own name")
        elif sorted(map(repr, one.settings)) == sorted(map(repr, other.settings)):
            reason = f"sets the same as the arm {one.name}: their runs would be the same runs"
            sheet.add_problem(f"arm.{other.name}", reason, "drop one of the two, or set something else")


def _check_method(sheet: DesignTable, design: Design) -> None:
    """Grids and lists need levels that differ, lists of equal length; drawn designs need factors; sizes are limited."""
    if sheet.has_problem("design"):
        return
    if design.method in DRAWING_METHODS:
        if not design.factors:
            if not sheet.cells.get("factor") and "factor" not in sheet.lost:
                reason = f"is missing, and design = {design.method!r} varies factors"
                sheet.add_problem("factor", reason, "write a [[factor]]")
            return
        count = sample_size(design.method, design.points, len(design.factors)) * len(design.arms) * design.replicates
    else:
        for factor in design.factors:
            _check_levels(sheet, design.method, factor)
        if design.method == "list":
            _check_list(sheet, design)
        count = 0 if any(not factor.levels for factor in design.factors) else design.count
    if count > MOST:
        sheet.add_problem("", f"has {count:,} runs", f"stay below {MOST:,}: fewer levels, points, arms or replicates")


def _check_levels(sheet: DesignTable, method: Method, factor: Factor) -> None:
    spot = f"factor.{factor.name}"
    if not factor.levels:
        hint = 'write grid = {low = 1, high = 8, count = 15}, or draw points with design = "lhs"'
        sheet.add_problem(spot, f"has a range, and design = {method!r} takes levels", hint)
    told = [repr(level) for level in factor.levels]
    if method == "grid" and len(set(told)) < len(told):
        sheet.add_problem(spot, "takes a value twice: its runs would be the same runs", "write every value once")


def _check_list(sheet: DesignTable, design: Design) -> None:
    """In a list, all factors must have the same number of levels, and no row may be repeated."""
    lengths = {factor.name: len(factor.levels) for factor in design.factors}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} {length}" for name, length in lengths.items())
        sheet.add_problem("factor", f"should have one length in a list, but has: {told}", "write a value for every row")
    rows = [repr(row) for row in zip(*(factor.levels for factor in design.factors), strict=False)]
    if len(set(rows)) < len(rows):
        sheet.add_problem(
            "factor", "says the same in two rows: their runs would be the same runs", "write every row once"
        )


def _check_chance(sheet: DesignTable, design: Design) -> None:
    """Replicates and traces are for simulate only: analyse has no random numbers and no moves."""
    if design.kind != "analyse" or sheet.has_problem("kind"):
        return
    if design.replicates > 1:
        sheet.add_problem(
            "replicates", f"is {design.replicates}, and analyse gives the same every time", "leave it out"
        )
    if design.trace:
        sheet.add_problem(
            "trace", "keeps the moves of talks, and analyse has none", 'leave it out, or kind = "simulate"'
        )
