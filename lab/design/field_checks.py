"""Read the tables of a design file value by value. A problem is recorded with its place, and reading continues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from games.display import join_with_or
from games.errors import Problem, input_error
from games.exact_numbers import is_finite
from games.text.spelling import closest_words
from games.text.toml_scalars import suggest_number
from lab.design.factors import EXACT, SPREADS, Arm, Factor, Spread, normalise_value, round_level
from scenarios.reading.checks.misplaced_keys import Shape, correct_keys
from scenarios.reading.overlay import Loc, Tree, as_toml_value, list_or_empty
from scenarios.reading.overlay import dict_or_empty as as_table
from scenarios.reading.phrases import describe_value

LONGEST = 200
"""Largest number of characters of a name or a key."""
FINEST = 100_000
"""Largest number of levels of one factor."""

SHAPE: Shape = {
    (): {
        **dict.fromkeys(("schema", "scenario", "kind", "design", "points", "replicates", "seed", "trace"), "value"),
        **dict.fromkeys(("factor", "arm"), "tables"),
        "measure": "list",
    },
    ("factor",): {
        **dict.fromkeys(("key", "name", "whole", "distribution", "mean", "deviation", "peak"), "value"),
        **dict.fromkeys(("values", "range"), "list"),
        "grid": "table",
    },
    ("factor", "grid"): dict.fromkeys(("low", "high", "count", "spacing"), "value"),
    ("arm",): {"name": "value", "set": "table"},
}
"""The keys of every table of a design file."""

SETTINGS = frozenset({*SHAPE[()], *SHAPE["factor",], *SHAPE["factor", "grid"], "name", "set"}) - {
    *("scenario", "kind", "design", "factor", "arm", "replicates", "measure", "trace")
}
"""Keys of a design file that may also be keys of a scenario, and so may stand in an arm's `set`."""

UNQUOTED = ", without quotation marks"
LEVELS = "grid = {low = 1, high = 8, count = 15}, values = [1, 2, 4] or range = [1, 8]"


@dataclass(frozen=True, slots=True)
class DesignTable:
    """One table of a design file, with the list that collects the problems of the whole file.

    Its methods read one value each. A wrong value is recorded as a problem, and reading continues.
    """

    cells: dict[str, Any]
    place: str
    """The text before a key in messages: `file.toml:` or `file.toml:factor.gap.`."""
    problems: list[Problem]
    lost: AbstractSet[str] = frozenset()
    """Keys that stand in the wrong place of the file. They are not reported as missing."""

    def has_problem(self, key: str) -> bool:
        """Return whether a problem is recorded at a key of this table; what follows from its value is not reported."""
        return any(problem.place == f"{self.place}{key}" for problem in self.problems)

    def add_problem(self, key: str, reason: str, hint: str) -> None:
        """Record a problem at one key of this table of a design file.

        Parameters
        ----------
        key
            The key; "" for the table itself.
        reason
            What is wrong, in words that follow the place.
        hint
            What to write instead.
        """
        self.problems.append(Problem(f"{self.place}{key}".rstrip(".:"), reason, hint))

    def word(self, key: str, default: str | None = None, example: str = '"..."') -> str:
        """Return the text at a key of this table, without spaces at its ends; record any other value as a problem.

        Parameters
        ----------
        key
            The key.
        default
            The text if the key is not written; None if it must be written.
        example
            The value as TOML, for the hint.

        Returns
        -------
        str
            The text, of 1 to `LONGEST` characters; "" after a problem.
        """
        value = self.cells.get(key, default)
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST:
            return value.strip()
        return cast("str", self._refused(key, value, f"a text of at most {LONGEST} characters", example, ""))

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """Return the word at a key of this table, which must be one of `choices`; record any other value as a problem.

        Parameters
        ----------
        key
            The key.
        choices
            The allowed words.
        default
            The word if the key is not written; None if it must be written.

        Returns
        -------
        str
            The word; after a problem, the most similar one, or the first.
        """
        value, known = self.cells.get(key, default), list(choices)
        if value in known:
            return cast("str", value)
        near = (closest_words(value, known) if isinstance(value, str) else []) or known
        example = join_with_or(f'"{each}"' for each in near)
        return cast("str", self._refused(key, value, "one of its words", example, near[0]))

    def whole(self, key: str, default: int | None, low: int, high: int) -> int:
        """Return the whole number between two limits at a key of this table; record any other value as a problem.

        Parameters
        ----------
        key
            The key.
        default
            The number if the key is not written; None if it must be written.
        low
            Smallest number allowed; the result after a problem.
        high
            Largest number allowed.

        Returns
        -------
        int
            The number, from `low` to `high`.
        """
        value = self.cells.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        meant = suggest_number(value, whole=True)
        example = str(max(low, 1)) if meant is None else f"{meant}{UNQUOTED}"
        return cast("int", self._refused(key, value, f"a whole number from {low} to {high:,}", example, low))

    def number(self, key: str, default: float) -> float:
        """Return the finite number at a key of this table as a float, or `default` if the key is not written.

        Any other value is recorded as a problem, and `default` is returned.
        """
        value = self.cells.get(key, default)
        if is_finite(value):
            return float(value)
        meant = suggest_number(value, whole=False)
        example = "0.5" if meant is None else f"{meant}{UNQUOTED}"
        return cast("float", self._refused(key, value, "a number", example, default))

    def truth(self, key: str) -> bool:
        """Return the value at a key of this table, which must be true or false; record any other value as a problem.

        The result is False if the key is not written, and after a problem.
        """
        value = self.cells.get(key, False)
        return bool(value if isinstance(value, bool) else self._refused(key, value, "true or false", "true", None))

    def words(self, key: str, example: str) -> tuple[str, ...]:
        """Return the list of texts at a key of this table as a tuple.

        An empty list, or a value that is no list of texts, is recorded as a problem, and () is returned. A text that is
        listed twice is a problem, too; the result holds it once. `example` is a correct value as TOML, for the message.
        """
        value = self.cells.get(key)
        listed = cast("list[Any]", value) if isinstance(value, list) else []
        if not listed or not all(isinstance(item, str) for item in listed):
            self._refused(key, value, "a list of names", example, None)
            return ()
        for name in sorted({name for name in listed if listed.count(name) > 1}):
            self.add_problem(key, f"{name!r} is listed twice", "list it once")
        return tuple(dict.fromkeys(listed))

    def tables(self, key: str, named: str) -> list[DesignTable]:
        """Return the tables under the header `[[key]]` of the design file, in its order, each as a `DesignTable`.

        Messages call each table by its `name`, else by its value of the key `named`, else by its number from 1. If one
        item is no table, this is recorded as a problem, and the list is empty.
        """
        value = self.cells.get(key, [])
        listed = cast("list[Any]", value) if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in listed):
            self.add_problem(
                key, f"should be tables, but is {describe_value(value)}", f"write each under a header [[{key}]]"
            )
            return []
        found: list[DesignTable] = []
        for place, item in enumerate(cast("list[dict[str, Any]]", listed), start=1):
            name = item.get("name", item.get(named, place))
            found.append(DesignTable(item, f"{self.place}{key}.{name}.", self.problems, self.lost))
        return found

    def _refused(self, key: str, value: Any, expected: str, example: str, instead: Any) -> Any:
        """Record a problem with a value and return `instead`; a key in `lost` is not reported as missing."""
        reason = "is missing" if value is None else f"should be {expected}, but is {describe_value(value)}"
        if value is not None or key not in self.lost:
            self.add_problem(key, reason, f"write {key} = {example}")
        return instead


class DesignTree(Tree):
    """All tables of a design file. The place of a problem in a factor or arm contains its name or key."""

    def place(self, loc: Loc) -> str:
        """Return the place of the value at the path `loc` as a text for messages, such as `FILE:factor.gap.values`.

        An item of a list is called by its `name`, else its `key`, else its number from 1.
        """
        steps: list[str] = []
        node: Any = self.values
        for step in loc:
            node = as_table(node).get(step) if isinstance(step, str) else list_or_empty(node)[step]
            own = as_table(node)
            steps.append(step if isinstance(step, str) else str(own.get("name", own.get("key", step + 1))))
        return f"{self.label}:{'.'.join(steps)}"


def parse_tables(cells: Mapping[str, Any], label: str) -> DesignTable:
    """Return the tables of a design, which are given as a dictionary, as a `DesignTable` that reads and checks values.

    A key in a wrong place is recorded as a problem and corrected in the result; `cells` stay unchanged. `label` begins
    the place of every problem. Raises InputError for a key that is not text, and for a value that TOML cannot hold.
    """
    strange = [key for key in cast("Mapping[Any, Any]", cells) if not isinstance(key, str)]
    if strange:
        raise input_error(label, f"has the key {str(strange[0])[:40]}", "keys are texts, as in a design file")
    try:
        values = cast("dict[str, Any]", as_toml_value(cells))
    except TypeError as wrong:
        hint = "write numbers, texts, lists and tables, as in a design file"
        raise input_error(label, f"holds a value that {wrong}", hint) from None
    values |= {key: [values[key]] for key in ("factor", "arm") if isinstance(values.get(key), dict)}
    tree = DesignTree(label, values)
    correct_keys(tree, SHAPE, SETTINGS)
    return DesignTable(tree.values, f"{label}:", tree.problems, tree.lost)


def read_factors(sheet: DesignTable) -> tuple[Factor, ...]:
    """Return the factors (quantities that the sweep varies) under `[[factor]]` of a design file, in its order.

    Problems are recorded in `sheet`. A factor with a wrong list, grid or range of values is left out.
    """
    found = (_factor(table) for table in sheet.tables("factor", "key"))
    return tuple(factor for factor in found if factor is not None)


def read_arms(sheet: DesignTable) -> tuple[Arm, ...]:
    """Return the arms under `[[arm]]` of a design file, in its order; record problems in `sheet`.

    An arm is a variant of the case that is compared with others, such as "levy". Its settings have dotted keys, such
    as `economy.tax`.
    """
    found: list[Arm] = []
    for table in sheet.tables("arm", "name"):
        settings = table.cells.get("set", {})
        if not isinstance(settings, dict):
            table.add_problem(
                "set", f"should be a table, but is {describe_value(settings)}", 'write set = {"economy.tax" = 0.1}'
            )
            settings = {}
        flat = dict(_flat(cast("dict[str, Any]", settings), ""))
        found.append(Arm(table.word("name", example='"levy"'), tuple(flat.items())))
    return tuple(found)


def _flat(table: dict[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Dotted keys and their values: `{economy = {tax = .1}}` and `{"economy.tax" = .1}` give the same."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, Any]", value), f"{before}{key}.")
        else:
            yield before + key, normalise_value(value)


def _factor(table: DesignTable) -> Factor | None:
    key = table.word("key", example='"economy.gap"')
    name = table.word("name", key)
    kinds = [kind for kind in ("grid", "values", "range") if kind in table.cells]
    if len(kinds) != 1:
        table.add_problem(
            "", f"has {'none' if not kinds else join_with_or(kinds)} to say what it takes", f"write one of: {LEVELS}"
        )
        return None
    if kinds == ["range"]:
        return _range(table, key, name)
    extra = sorted({"whole", "distribution", "mean", "deviation", "peak"} & table.cells.keys())
    if extra:
        table.add_problem(
            extra[0], f"says how a range is drawn, and here is {kinds[0]}", "leave it out, or write a range"
        )
    levels = _grid(table) if kinds == ["grid"] else _values(table)
    return Factor(key, name, levels) if levels else None


def _values(table: DesignTable) -> tuple[Any, ...]:
    value = table.cells["values"]
    if not isinstance(value, list) or not value or len(cast("list[Any]", value)) > FINEST:
        table.add_problem(
            "values", f"should be a list of 1 to {FINEST:,} values, but is {describe_value(value)}", "as in [1, 2, 4]"
        )
        return ()
    return tuple(normalise_value(item) for item in cast("list[Any]", value))


def _grid(table: DesignTable) -> tuple[Any, ...]:
    cells = table.cells["grid"]
    if not isinstance(cells, dict):
        table.add_problem(
            "grid", f"should be a table, but is {describe_value(cells)}", "write grid = {low = 1, high = 8, count = 15}"
        )
        return ()
    inside = cast("dict[str, Any]", cells)
    grid = DesignTable(inside, f"{table.place}grid.", table.problems, table.lost)
    before = len(table.problems)
    low, high = _ends(grid, inside.get("low"), inside.get("high"))
    count = grid.whole("count", None, 2, FINEST)
    logarithmic = grid.choice("spacing", ("linear", "log"), "linear") == "log"
    if logarithmic and low <= 0:
        grid.add_problem("low", f"is {low:g}, and equal ratios begin above 0", "raise it, or leave spacing out")
    if len(table.problems) > before:
        return ()
    steps = np.geomspace(low, high, count) if logarithmic else np.linspace(low, high, count)
    return tuple(normalise_value(round_level(step)) for step in steps.tolist())


def _ends(table: DesignTable, low: Any, high: Any) -> tuple[float, float]:
    """Two rising numbers, both below `EXACT` in size; 0 and 1 after a problem."""
    if not (is_finite(low) and is_finite(high) and low < high and max(abs(low), abs(high)) < EXACT):
        table.add_problem(
            "", f"should rise from one number to another, but goes from {low} to {high}", f"as in {LEVELS}"
        )
        return 0.0, 1.0
    return float(low), float(high)


def _range(table: DesignTable, key: str, name: str) -> Factor | None:
    before, value = len(table.problems), table.cells["range"]
    pair = cast("list[Any]", value) if isinstance(value, list) else []
    spot = DesignTable({}, f"{table.place}range", table.problems)
    low, high = _ends(spot, *pair) if len(pair) == 2 else _ends(spot, None, None)
    spread = cast("Spread", table.choice("distribution", SPREADS, SPREADS[0]))
    whole = table.truth("whole")
    if whole and not (low.is_integer() and high.is_integer()):
        table.add_problem("range", "has ends that are no whole numbers", "write whole ends, or leave `whole` out")
    if spread == "log-uniform" and low - whole / 2 <= 0:
        table.add_problem(
            "range", f"begins at {low:g}, and ratios begin above 0", 'raise it, or take distribution = "uniform"'
        )
    centre = "peak" if spread == "triangular" else "mean"
    middle = table.number(centre, (low + high) / 2)
    deviation = table.number("deviation", (high - low) / 4)
    _fits(table, spread, centre, (low, middle, high), deviation)
    if len(table.problems) > before:
        return None
    return Factor(key, name, (), low, high, spread, middle, deviation, whole)


def _fits(table: DesignTable, spread: Spread, centre: str, ends: tuple[float, float, float], deviation: float) -> None:
    """Record keys of another distribution, a mean or peak outside the range, and a deviation of 0 or less."""
    own = {"normal": {"mean", "deviation"}, "triangular": {"peak"}}.get(spread, set[str]())
    for key in sorted(({"mean", "deviation", "peak"} - own) & table.cells.keys()):
        table.add_problem(
            key, f"is no part of the distribution {spread!r}", "leave it out, or write another distribution"
        )
    low, middle, high = ends
    if own and not low <= middle <= high:
        table.add_problem(centre, f"is {middle:g}, outside the range", f"write a number from {low:g} to {high:g}")
    if deviation <= 0:
        table.add_problem("deviation", f"is {deviation:g}", "write a number above 0")


def keys_overlap(one: str, other: str) -> bool:
    """Return whether two dotted keys are equal or one begins the other, such as `economy` and `economy.gap`.

    Upper and lower case count as equal.
    """
    mine, theirs = one.split("."), other.split(".")
    return all(a.strip().casefold() == b.strip().casefold() for a, b in zip(mine, theirs, strict=False))
