"""Find keys in a wrong place, misspelt keys and wrong brackets; report them, and correct the tables for later checks.

A key below the wrong header, or a misspelt one, would make later checks report errors that do not exist: that it is
missing, or that points do not add up. So it is moved or renamed in the tables as soon as it is reported, if there is
exactly one place for it. Otherwise it is removed, and `Tree.lost` records which keys it may have been.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from games.display import join_with_or
from games.errors import Problem
from games.text.spelling import closest_words
from scenarios.reading.overlay import CHANGE_LABEL, At, Loc, Tree, dict_or_empty, list_or_empty

Kind: TypeAlias = Literal["value", "list", "table", "tables", "any"]
Shape: TypeAlias = Mapping[At, Mapping[str, Kind]]
"""The keys of every table, by the table's position, and the kind of value that each holds."""

PASSES = 6
"""Number of passes over the tables: a table that was moved is checked in the next pass."""

DEEPEST = 8
"""Largest depth of nested tables that is checked; no scenario needs more than five."""

SOURCES = ("sources",)
"""The table whose keys are parameters of the economy, each with a text."""

ABOVE = "put it above the first [table]: a key below a header belongs to that header's table"


class TableNode(NamedTuple):
    """A table of the file: its position, the path to it, and its content."""

    at: At
    loc: Loc
    node: dict[str, Any]


class MisplacedKey(NamedTuple):
    """A key that is wrong where it stands."""

    key: str
    trail: tuple[TableNode, ...]
    """The tables from the root of the file down to the one that holds the key."""
    place: str
    """Its place as messages write it."""

    @property
    def at(self) -> At:
        """The position of the table that holds the key."""
        return self.trail[-1].at

    @property
    def value(self) -> Any:
        """The value of the key."""
        return self.trail[-1].node[self.key]

    @property
    def is_change(self) -> bool:
        """Whether it was written on the command line."""
        return self.place.startswith(CHANGE_LABEL)


def correct_keys(tree: Tree, shape: Shape, free: Container[str] = ()) -> bool:
    """Report every key in a wrong place and correct the tables.

    Parameters
    ----------
    tree
        The tables. Problems and lost keys are added to it, and its values are changed.
    shape
        The keys of every table and what they hold.
    free
        Keys that are allowed in every table that is not in `shape`, even if they are known elsewhere.

    Returns
    -------
    bool
        Whether any key was in a wrong place.
    """
    found = False
    for _ in range(PASSES):
        strays = list(_strays(tree, (TableNode((), (), tree.values),), shape, free))
        for stray in strays:
            _mend(tree, shape, stray)
        found = found or bool(strays)
        if not strays:
            break
    return found


def _strays(tree: Tree, trail: tuple[TableNode, ...], shape: Shape, free: Container[str]) -> Iterator[MisplacedKey]:
    """Every key in a wrong place, outer tables first."""
    at, loc, node = trail[-1]
    for key, value in node.items():
        place = tree.place((*loc, key))
        if not (_fits(at, key, value, shape) or (at not in shape and key in free and at[-1:] != SOURCES)):
            yield MisplacedKey(key, trail, place)
            continue
        inner = (*at, key)
        below = [
            ((*loc, key), value),
            *(((*loc, key, number), item) for number, item in enumerate(list_or_empty(value))),
        ]
        for way, item in below if len(trail) < DEEPEST else ():
            if isinstance(item, dict) and (item is value or inner in shape):
                yield from _strays(tree, (*trail, TableNode(inner, way, dict_or_empty(item))), shape, free)


def _fits(at: At, key: str, value: Any, shape: Shape) -> bool:
    """Whether a key may stand in this table, with this kind of brackets."""
    if at in shape:
        return key in shape[at] and _kind(value) != _other_brackets(shape[at][key])
    # The table is not in the shape: its keys are names, such as lines. A parameter has a text in `sources` and a
    # number elsewhere.
    return (at[-1:] == SOURCES and isinstance(value, str)) or not _homes(shape, key, value)


def _homes(shape: Shape, key: str, value: Any) -> list[At]:
    """The tables that have a key of this name for this kind of value."""
    return [at for at, keys in shape.items() if key in keys and _holds(keys[key], value)]


def _kind(value: Any) -> Kind:
    """The kind of a value: a table, a list of tables, another list, or a single value."""
    if isinstance(value, dict):
        return "table"
    listed = list_or_empty(value)
    if listed and all(isinstance(item, dict) for item in listed):
        return "tables"
    return "list" if isinstance(value, list) else "value"


def _other_brackets(kind: Kind) -> Kind | None:
    """The kind that results from single brackets in place of double ones, or the reverse; None for other kinds."""
    return {"table": "tables", "tables": "table"}.get(kind)  # pyright: ignore[reportReturnType]


def _holds(kind: Kind, value: Any, *, loosely: bool = False) -> bool:
    """Whether a key of this kind may hold the value; with `loosely`, a list may be written as a single value."""
    found = _kind(value)
    tables = ("table", "tables")
    return kind in (found, "any") or (kind in tables and found in tables) or (loosely and kind == "list")


# -- one stray key


def _mend(tree: Tree, shape: Shape, stray: MisplacedKey) -> None:
    """Report a key, and move or rename it to where it belongs, or remove it."""
    fields = shape.get(stray.at, {})
    if stray.key in fields:
        _change_brackets(tree, shape, stray)
        return
    near = closest_words(stray.key, [name for name, kind in fields.items() if _holds(kind, stray.value, loosely=True)])
    homes = _homes(shape, stray.key, stray.value)
    ways = [*([_spelling(stray, near)] if near else ()), *([_way(shape, stray, homes)] if homes else ())]
    known = f"keys here are {', '.join(list(fields)[:12])}" + (" and more" if len(fields) > 12 else "")
    reason = "is not a known key here" if homes and not near else "is not a known key"
    tree.problems.append(Problem(stray.place, reason, ", or ".join(ways) or known))
    key = near[0] if near else stray.key
    spot = None
    if len(near) + len(homes) == 1:
        spot = stray.trail[-1] if near else _spot(shape, stray, homes[0])
    if spot is not None and key in spot.node:
        _merge(dict_or_empty(spot.node[key]), dict_or_empty(stray.value))
    if spot is None or key in spot.node:
        tree.lost.update([*near, *_keys({stray.key: stray.trail[-1].node.pop(stray.key)})])
    else:
        _move(tree, shape, stray, spot, key)


def _merge(under: dict[str, Any], over: dict[str, Any]) -> None:
    """Copy keys of one table into another that does not have them (a misspelt header can repeat a table)."""
    under.update({key: value for key, value in over.items() if key not in under})


def _move(tree: Tree, shape: Shape, stray: MisplacedKey, spot: TableNode, key: str) -> None:
    """Move the value of a key to its place."""
    here = stray.trail[-1]
    value = here.node.pop(stray.key)
    moved = spot is not here  # the hint gives its header; a misspelt table is checked again in the next pass
    wrap = moved and shape[spot.at][key] == "tables" and isinstance(value, dict)
    spot.node[key] = [value] if wrap else value
    mark = tree.written.pop((*here.loc, stray.key), None)
    if mark is not None:
        tree.written[*spot.loc, key] = mark


def _keys(value: Any, depth: int = 0) -> Iterator[str]:
    """Every key in nested tables."""
    for key, inner in dict_or_empty(value).items() if depth < DEEPEST else ():
        yield key
        for item in (inner, *list_or_empty(inner)):
            yield from _keys(item, depth + 1)


def _spot(shape: Shape, stray: MisplacedKey, home: At) -> TableNode | None:
    """The table at position `home` to which the key belongs; None if it could be one of several."""
    above = {spot.at: spot for spot in stray.trail}
    depth = next(end for end in range(len(home), -1, -1) if home[:end] in above)
    at, loc, node = above[home[:depth]]
    for step in home[depth:]:
        if shape[at].get(step) != "table" or not isinstance(node.setdefault(step, {}), dict):
            return None
        at, loc, node = (*at, step), (*loc, step), dict_or_empty(node[step])
    return TableNode(at, loc, node)


def _change_brackets(tree: Tree, shape: Shape, stray: MisplacedKey) -> None:
    """Correct a table in single brackets where double ones are needed, or the other way round."""
    node, value = stray.trail[-1].node, stray.value
    header = _header(shape, (*stray.at, stray.key))
    if _kind(value) == "table":
        reason, hint = "stands in single brackets, and it is a list of tables", f"write {header} above each of them"
        node[stray.key] = [value]
    elif len(list_or_empty(value)) == 1:
        reason, hint = "stands in double brackets, and it is one table", f"write {header}"
        node[stray.key] = list_or_empty(value)[0]
    else:
        reason, hint = f"is written {len(list_or_empty(value))} times", f"write one {header} with all its keys"
        node.pop(stray.key)
        tree.lost.add(stray.key)
    tree.problems.append(Problem(stray.place, reason, hint))


# -- words


def _spelling(stray: MisplacedKey, near: list[str]) -> str:
    """The correct spelling of a key, as a hint."""
    if stray.is_change and len(near) == 1 and stray.place.endswith(f".{stray.key}"):
        return f"write {stray.place.removesuffix(stray.key)}{near[0]}=..."
    return f"write {join_with_or(near)}"


def _way(shape: Shape, stray: MisplacedKey, homes: list[At]) -> str:
    """How to write a key in the table where it belongs, as a hint."""
    if stray.is_change:
        return f"write {join_with_or(_change(shape, home, stray.key) for home in homes)}"
    if len(homes) > 1:
        places = join_with_or(_header(shape, home) if home else "the top of the file" for home in homes)
        return f"it belongs to {places}"
    (home,) = homes
    if _kind(stray.value) in ("table", "tables"):
        whole = _whole(shape, (*home, stray.key), stray.value)
        owner = f" below its {_header(shape, whole[:-1])}" if whole[:-1] and _is_list(shape, whole[:-1]) else ""
        return f"write {_header(shape, whole)}{owner}"
    if not home:
        return ABOVE
    if home == stray.at[: len(home)]:
        return f"put it above {_header(shape, stray.at)}, to the keys of {_header(shape, home)}"
    return f"put it under {_header(shape, home)}"


def _change(shape: Shape, home: At, key: str) -> str:
    """The key as a change on the command line."""
    steps = [f"{step}.NAME" if shape[home[:end]][step] == "tables" else step for end, step in enumerate(home)]
    return f"{CHANGE_LABEL}{'.'.join([*steps, key])}=..."


def _whole(shape: Shape, at: At, value: Any) -> At:
    """The header as it was written: that of the innermost table, if the outer ones hold nothing else."""
    inner = dict_or_empty(value)
    if len(inner) == 1:
        key, below = next(iter(inner.items()))
        if (isinstance(below, dict) or _kind(below) == "tables") and key in shape.get(at, {}):
            return _whole(shape, (*at, key), below)
    return at


def _header(shape: Shape, at: At) -> str:
    """The header of a table, with single or double brackets."""
    name = ".".join(at)
    return f"[[{name}]]" if _is_list(shape, at) else f"[{name}]"


def _is_list(shape: Shape, at: At) -> bool:
    """Whether a position is a list of tables."""
    return shape.get(at[:-1], {}).get(at[-1]) == "tables"
