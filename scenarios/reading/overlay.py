"""Merge the tables of a file, its bases and the changes of the command line; record where every key was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, cast

from games.errors import Problem, input_error
from games.exact_numbers import DIGITS, long_number, parse_integer
from games.text.spelling import closest_words
from scenarios.reading.phrases import describe_value
from scenarios.scenario import BOTH

Loc: TypeAlias = tuple[str | int, ...]
"""The path to a value: keys of tables and indices in lists."""

At: TypeAlias = tuple[str, ...]
"""The position of a table without indices in lists: the same for every item of a list."""

Change: TypeAlias = str | tuple[str, Any]
"""`KEY=VALUE` as on the command line, or a pair of key and value. Text is parsed as TOML if it is TOML."""

Changes: TypeAlias = Mapping[str, Any] | Iterable[Change] | str
"""A dictionary, several changes, or one."""

LISTS = {"countries": "name", "seats": "country"}
"""The lists of tables, with the key that names their items."""

ALIASES = ("name", "country", "role", "iso3")
"""The keys of an item by whose values a dotted key may name it."""

CHANGE = 'pass {"economy.kappa": 0.5}, [("economy.kappa", 0.5)] or ["economy.kappa=0.5"]'
"""What changes look like, as a hint."""

NO_ZERO = re.compile(r"[+-]?\.[0-9]+")
"""A number without a digit before its point, which TOML does not allow."""

CHANGE_LABEL = "--set "
"""The label of a change begins with this."""


@dataclass(slots=True)
class Tree:
    """The tables of a scenario, merged so far."""

    label: str
    """The file that was asked for. Problems with keys that no file contains are placed there."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    """The merged tables."""
    written: dict[Loc, str] = field(default_factory=dict[Loc, str])
    """Where a value was written last: the label of a file, or `--set KEY`."""
    problems: list[Problem] = field(default_factory=list[Problem])
    """The problems found so far."""
    lost: set[str] = field(default_factory=set[str])
    """Keys that may stand in the file under another name or in another place. They are not reported as missing."""
    whole: bool = True
    """False if a base was not found: missing keys may stand in it."""

    def merge(self, layer: dict[str, Any], label: str) -> None:
        """Merge a file over the tables: tables are merged key by key, every other value and every list is replaced."""
        self._lay(self.values, layer, (), label)

    def change(self, change: Change) -> None:
        """Apply one `--set`. A key that does not exist becomes a problem at `--set KEY`."""
        key, equals, value = change.partition("=") if isinstance(change, str) else (change[0], "=", change[1])
        steps = [step.strip() for step in key.split(".")]
        label = CHANGE_LABEL + ".".join(steps)
        if not equals or not all(steps):
            self.problems.append(Problem(label, "is not KEY=VALUE", "write it like --set economy.gap=2"))
            return
        value = parse_value(value) if isinstance(value, str) else value
        if long_number(value) is not None:
            self.problems.append(Problem(label, *DIGITS))
            return
        try:
            self._put(steps, as_toml_value(value), label)
        except TypeError as wrong:
            self.problems.append(Problem(label, str(wrong), "write a number, a text, a list or a table"))
        except LookupError as lost:
            self.problems.append(Problem(label, str(lost.args[0]), "see the keys with `winset scenarios show`"))

    def place(self, loc: Loc) -> str:
        """Return where a problem with the value at `loc` is: `FILE:KEY`, or `--set KEY`."""
        label = next((self.written[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in self.written), "")
        return label if label.startswith(CHANGE_LABEL) else f"{label or self.label}:{'.'.join(self._spoken(loc))}"

    def _lay(self, under: dict[str, Any], over: dict[str, Any], at: Loc, label: str) -> None:
        for key, value in over.items():
            loc = (*at, key)
            if isinstance(value, dict) and isinstance(under.get(key), dict):
                self._lay(under[key], dict_or_empty(value), loc, label)
            else:
                under[key] = value
                self._mark(loc, label)

    def _mark(self, loc: Loc, label: str) -> None:
        """Record where a value was written; records of the values inside it are removed."""
        self.written = {key: value for key, value in self.written.items() if key[: len(loc)] != loc}
        self.written[loc] = label

    def _spoken(self, loc: Loc) -> Iterator[str]:
        """The steps of `loc` for messages: items of a list by name, else by number from 1."""
        node: Any = self.values
        for step in loc:
            inside = isinstance(node, dict | list)
            try:
                node = node[step] if inside else None
            except LookupError:
                node = None
            yield step if isinstance(step, str) else next(iter(item_names(node)), str(step + 1))

    def _put(self, steps: list[str], value: Any, label: str) -> None:
        """Write a value at a dotted key; LookupError, with the reason, if that is not possible."""
        node: Any = self.values
        loc: Loc = ()
        for number, word in enumerate(steps, start=1):
            step = self._step(node, word, loc, label)
            loc = (*loc, step)
            if number == len(steps):
                node[step] = value
                self._mark(loc, label)
            elif step not in dict_or_empty(node) and isinstance(step, str):
                node[step] = [] if step in LISTS else {}
                self._mark(loc, label)
            node = node[step]

    def _step(self, node: Any, word: str, loc: Loc, label: str) -> str | int:
        """The key or the list index that a word of a dotted key stands for."""
        if isinstance(node, dict):
            return word
        if isinstance(node, list):
            return self._item(list_or_empty(node), word, loc, label)
        raise LookupError(f"{'.'.join(self._spoken(loc))} is a value and has no keys of its own")

    def _item(self, listed: list[Any], word: str, loc: Loc, label: str) -> int:
        """The index of the item called `word`. A seat, or a country of a corridor, that is not listed is appended."""
        called = self._called(word)
        for place, item in enumerate(listed):
            if called & {name.casefold() for name in item_names(item)}:
                return place
        number = parse_integer(word)
        if number is not None and 0 < number <= len(listed):
            return number - 1
        kind = str(loc[-1])
        if kind == "seats" or (kind in LISTS and not listed):
            listed.append({LISTS[kind]: word})
            self._mark((*loc, len(listed) - 1), label)
            return len(listed) - 1
        known = [own[0] for own in map(item_names, listed) if own]
        if not known:
            raise LookupError("is a list of single values; set the whole list at once")
        near = closest_words(word, known, 1)
        raise LookupError(f"there is no {word!r} among {', '.join(known)}" + (f": meant {near[0]!r}?" if near else ""))

    def _called(self, word: str) -> set[str]:
        """Every word, case-folded, for the country that `word` names: its name, role and code."""
        folded = [
            {name.casefold() for name in item_names(item)} for item in list_or_empty(self.values.get("countries"))
        ]
        return {word.casefold()}.union(*(own for own in folded if word.casefold() in own))


def as_changes(changes: Any) -> list[Change]:
    """Return changes as a list of single changes.

    Parameters
    ----------
    changes
        A dictionary, whose tables are merged into the case key by key; several changes; or one text.

    Returns
    -------
    list[Change]
        Texts `KEY=VALUE`, or pairs of a dotted key and a value.

    Raises
    ------
    InputError
        For a value that is not a change.
    """
    if isinstance(changes, str):
        return [changes]
    if isinstance(changes, Mapping):
        return list(_pairs(cast("Mapping[Any, Any]", changes), ""))
    if not isinstance(changes, Iterable):
        raise input_error("changes", f"is of the type {type(changes).__name__}", CHANGE)
    listed = list(cast("Iterable[Any]", changes))
    wrong = next((each for each in listed if not _is_change(each)), None)
    if wrong is not None:
        raise input_error("changes", f"holds {str(wrong)[:40]!r}, which is no change", CHANGE)
    return listed


def _pairs(changes: Mapping[Any, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Dotted keys and values of a nested dictionary; an empty table is a value."""
    for key, value in changes.items():
        if not isinstance(key, str):
            raise input_error("changes", f"has the key {str(key)[:40]}, which is no text", CHANGE)
        if isinstance(value, Mapping) and value:
            yield from _pairs(cast("Mapping[Any, Any]", value), f"{before}{key}.")
        else:
            yield before + key, value


def _is_change(value: Any) -> bool:
    """Whether a value is a text, or a pair that begins with a text."""
    pair = cast("tuple[Any, ...]", value) if isinstance(value, tuple) else ()
    return isinstance(value, str) or (len(pair) == 2 and isinstance(pair[0], str))


def as_toml_value(value: Any) -> Any:
    """Return a Python value as a TOML file would hold it; TypeError for one that TOML cannot hold."""
    if isinstance(value, Mapping):
        return {key: as_toml_value(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [as_toml_value(item) for item in cast("list[Any]", value)]
    if hasattr(value, "tolist"):  # numbers and arrays of NumPy
        return as_toml_value(value.tolist())
    if isinstance(value, Fraction | Decimal):
        return float(value)
    if not isinstance(value, str | bool | int | float | date | time):
        raise TypeError(f"is {describe_value(value)}, which no case can hold")
    return value


def parse_value(text: str) -> Any:
    """Return the value of a TOML expression, or the text itself if it is not TOML; `.1` is the number 0.1."""
    if NO_ZERO.fullmatch(text):
        return float(text)
    try:
        line = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return line["value"] if len(line) == 1 else text


def dict_or_empty(value: Any) -> dict[str, Any]:
    """Return the value if it is a table, else an empty table."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def list_or_empty(value: Any) -> list[Any]:
    """Return the value if it is a list, else an empty list."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def item_names(item: Any) -> list[str]:
    """Return the words that name an item of a list, the most common first. The role `both` names no single country."""
    own = dict_or_empty(item)
    return [str(own[alias]) for alias in ALIASES if alias in own and own[alias] != BOTH]
