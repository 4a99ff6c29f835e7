"""Tables laid over each other: the bases of a file, the file, the changes. Every key knows where it was written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias, cast

from games.errors import Problem, refuse
from games.exact_numbers import DIGITS, long_number, whole
from games.text.spelling import nearest
from scenarios.reading.phrases import shown
from scenarios.scenario import BOTH

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables and places in lists."""

At: TypeAlias = tuple[str, ...]
"""Where a table stands, without places in lists: the same for every item of a list."""

Change: TypeAlias = str | tuple[str, Any]
"""`KEY=VALUE` as typed, or the key and the value apart; text is read as TOML where it is TOML."""

Changes: TypeAlias = Mapping[str, Any] | Iterable[Change] | str
"""A dictionary, some changes, or one."""

LISTS = {"countries": "name", "seats": "country"}
"""The lists of tables, and the key by which their items are called."""

ALIASES = ("name", "country", "role", "iso3")
"""The keys of an item that may stand for it in a dotted key."""

CHANGE = 'pass {"economy.kappa": 0.5}, [("economy.kappa", 0.5)] or ["economy.kappa=0.5"]'
"""What changes look like."""

CHANGED = "--set "
"""How the label of a change begins."""


@dataclass(slots=True)
class Tree:
    """What a scenario says so far."""

    label: str
    """The file that was asked for; problems with keys that nobody wrote are placed there."""
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    written: dict[Loc, str] = field(default_factory=dict[Loc, str])
    """Where a value was written last: the label of a file, or `--set KEY`."""
    problems: list[Problem] = field(default_factory=list[Problem])
    lost: set[str] = field(default_factory=set[str])
    """Keys that may stand in the file under another name or in another place: nobody can say that they are missing."""
    whole: bool = True
    """False when a base could not be found: keys that are missing then may stand in it."""

    def lay(self, layer: dict[str, Any], label: str) -> None:
        """Lay a file's tables over what is there: tables merge, everything else is replaced, lists as a whole."""
        self._lay(self.values, layer, (), label)

    def change(self, change: Change) -> None:
        """Lay one `--set` over everything; a key that leads nowhere becomes a problem at `--set KEY`."""
        key, equals, value = change.partition("=") if isinstance(change, str) else (change[0], "=", change[1])
        steps = [step.strip() for step in key.split(".")]
        label = CHANGED + ".".join(steps)
        if not equals or not all(steps):
            self.problems.append(Problem(label, "is not KEY=VALUE", "write it like --set economy.gap=2"))
            return
        value = parsed(value) if isinstance(value, str) else value
        if long_number(value) is not None:
            self.problems.append(Problem(label, *DIGITS))
            return
        try:
            self._put(steps, plain(value), label)
        except TypeError as wrong:
            self.problems.append(Problem(label, str(wrong), "write a number, a text, a list or a table"))
        except LookupError as lost:
            self.problems.append(Problem(label, str(lost.args[0]), "see the keys with `winset scenarios show`"))

    def place(self, loc: Loc) -> str:
        """Where a problem with the value at `loc` is: `FILE:KEY`, or `--set KEY`."""
        label = next((self.written[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in self.written), "")
        return label if label.startswith(CHANGED) else f"{label or self.label}:{'.'.join(self._spoken(loc))}"

    def _lay(self, under: dict[str, Any], over: dict[str, Any], at: Loc, label: str) -> None:
        for key, value in over.items():
            loc = (*at, key)
            if isinstance(value, dict) and isinstance(under.get(key), dict):
                self._lay(under[key], table(value), loc, label)
            else:
                under[key] = value
                self._mark(loc, label)

    def _mark(self, loc: Loc, label: str) -> None:
        self.written = {key: value for key, value in self.written.items() if key[: len(loc)] != loc}
        self.written[loc] = label

    def _spoken(self, loc: Loc) -> Iterator[str]:
        """The steps of `loc` as one says them: items of a list by name, else by number from 1."""
        node: Any = self.values
        for step in loc:
            inside = isinstance(node, dict | list)
            try:
                node = node[step] if inside else None
            except LookupError:
                node = None
            yield step if isinstance(step, str) else next(iter(names(node)), str(step + 1))

    def _put(self, steps: list[str], value: Any, label: str) -> None:
        """Write a value at the end of a dotted key; LookupError says why that cannot be."""
        node: Any = self.values
        loc: Loc = ()
        for number, word in enumerate(steps, start=1):
            step = self._step(node, word, loc, label)
            loc = (*loc, step)
            if number == len(steps):
                node[step] = value
                self._mark(loc, label)
            elif step not in table(node) and isinstance(step, str):
                node[step] = [] if step in LISTS else {}
                self._mark(loc, label)
            node = node[step]

    def _step(self, node: Any, word: str, loc: Loc, label: str) -> str | int:
        """The key or place that a word of a dotted key stands for."""
        if isinstance(node, dict):
            return word
        if isinstance(node, list):
            return self._item(items(node), word, loc, label)
        raise LookupError(f"{'.'.join(self._spoken(loc))} is a value and has no keys of its own")

    def _item(self, listed: list[Any], word: str, loc: Loc, label: str) -> int:
        """The place of the item called `word`; seats, and the countries of a corridor, join when first named."""
        called = self._called(word)
        for place, item in enumerate(listed):
            if called & {name.casefold() for name in names(item)}:
                return place
        number = whole(word)
        if number is not None and 0 < number <= len(listed):
            return number - 1
        kind = str(loc[-1])
        if kind == "seats" or (kind in LISTS and not listed):
            listed.append({LISTS[kind]: word})
            self._mark((*loc, len(listed) - 1), label)
            return len(listed) - 1
        known = [own[0] for own in map(names, listed) if own]
        if not known:
            raise LookupError("is a list of single values; set the whole list at once")
        near = nearest(word, known, 1)
        raise LookupError(f"there is no {word!r} among {', '.join(known)}" + (f": meant {near[0]!r}?" if near else ""))

    def _called(self, word: str) -> set[str]:
        """Every word for the country that `word` names, folded: its name, role and code."""
        folded = [{name.casefold() for name in names(item)} for item in items(self.values.get("countries"))]
        return {word.casefold()}.union(*(own for own in folded if word.casefold() in own))


def as_changes(changes: Any) -> list[Change]:
    """The changes one by one; a table in a dictionary is laid over the case key by key."""
    if isinstance(changes, str):
        return [changes]
    if isinstance(changes, Mapping):
        return list(_pairs(cast("Mapping[Any, Any]", changes), ""))
    if not isinstance(changes, Iterable):
        raise refuse("changes", f"is of the type {type(changes).__name__}", CHANGE)
    listed = list(cast("Iterable[Any]", changes))
    wrong = next((each for each in listed if not _is_change(each)), None)
    if wrong is not None:
        raise refuse("changes", f"holds {str(wrong)[:40]!r}, which is no change", CHANGE)
    return listed


def _pairs(changes: Mapping[Any, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in changes.items():
        if not isinstance(key, str):
            raise refuse("changes", f"has the key {str(key)[:40]}, which is no text", CHANGE)
        if isinstance(value, Mapping) and value:
            yield from _pairs(cast("Mapping[Any, Any]", value), f"{before}{key}.")
        else:
            yield before + key, value


def _is_change(value: Any) -> bool:
    pair = cast("tuple[Any, ...]", value) if isinstance(value, tuple) else ()
    return isinstance(value, str) or (len(pair) == 2 and isinstance(pair[0], str))


def plain(value: Any) -> Any:
    """A value of Python as a TOML file would hold it; TypeError for one that none can hold."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[Any]", value)]
    if hasattr(value, "tolist"):  # the numbers and arrays of NumPy
        return plain(value.tolist())
    if isinstance(value, Fraction | Decimal):
        return float(value)
    if not isinstance(value, str | bool | int | float | date | time):
        raise TypeError(f"is {shown(value)}, which no case can hold")
    return value


def parsed(text: str) -> Any:
    """The value of a TOML expression; the text itself when it is none."""
    try:
        line = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return line["value"] if len(line) == 1 else text


def table(value: Any) -> dict[str, Any]:
    """The value where it is a table, else an empty one."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The value where it is a list, else an empty one."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def names(item: Any) -> list[str]:
    """What an item of a list may be called, the plainest first; a role that two countries share names neither."""
    own = table(item)
    return [str(own[alias]) for alias in ALIASES if alias in own and own[alias] != BOTH]
