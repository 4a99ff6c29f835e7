"""JSON documents as dataclasses: the JSON object, and the JSON Schema, both from the fields.

A result that a command prints with `--json` is a subclass of `Document`:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class GameDocument(Document):
        \"\"\"The answer of `winset solve`.\"\"\"

        NAME = "solve"

        schema: Literal["winset/solve/1"] = "winset/solve/1"
        class_: str
        \"\"\"Class of the game.\"\"\"

The keys of the JSON object are the names of the fields, in their order; a trailing underscore is dropped (`class_`).
The descriptions in the schema are the docstrings of classes and fields.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, is_dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Union, cast, get_args, get_origin, get_type_hints

from games.json_values import to_json_value

JsonObject = dict[str, Any]

_OMITTED = "omitted when None"
_PLAIN = "holds plain numbers"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a number, for `Annotated[float, Limits(minimum=0)]`."""

    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """Smallest and largest number of items of a list, for `Annotated[tuple[int, ...], Length(minimum=1)]`."""

    minimum: int
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class TextPattern:
    """Regular expression of a text, for `Annotated[str, TextPattern("^[a-z]+$")]`."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The only values of a text, for `Annotated[str, Choices(LABELS)]` where the list is a constant elsewhere."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """The only keys of a mapping, all of them there, for `Annotated[Mapping[str, float], Keys(ACCOUNTS)]`."""

    names: tuple[str, ...]


class Document:
    """A dataclass that is printed as a JSON object."""

    __slots__ = ()

    NAME: ClassVar[str] = ""
    """Name of the schema file of a whole document; empty for a part of one."""

    def to_dict(self) -> JsonObject:
        """Return the document as plain JSON values, keys in the order of the fields."""
        return to_json_object(self)


class ListDocument(Document):
    """A dataclass with the one field `entries` that is printed as a JSON array of them."""

    __slots__ = ()

    def to_dict(self) -> Any:
        """Return the list of the entries as plain JSON values."""
        return to_json_object(self)["entries"]


def optional_field() -> Any:
    """Return a field that is None by default; its key is left out of the JSON object while it is None."""
    return field(default=None, metadata={_OMITTED: True})


def plain_field() -> Any:
    """Return a field for a list of numbers that are plain already: the JSON object gets a copy, without conversion."""
    return field(metadata={_PLAIN: True})


def to_json_object(document: Any) -> JsonObject:
    """Return a dataclass as plain JSON values; nested dataclasses become objects too.

    Raises ValueError for NaN and infinity, and TypeError for a value that has no JSON form.
    """
    found: JsonObject = {}
    for each in fields(document):
        value = getattr(document, each.name)
        if value is not None or not each.metadata.get(_OMITTED):
            found[_key(each)] = _copied(value) if each.metadata.get(_PLAIN) else _json_value(value)
    return found


def _copied(numbers: Any) -> list[Any]:
    return list(numbers)


def _key(each: Field[Any]) -> str:
    return each.name.removesuffix("_")


def _json_value(value: Any) -> Any:
    if is_dataclass(value):
        return to_json_object(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {str(key): _json_value(item) for key, item in pairs.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in cast("Sequence[object]", value)]
    return to_json_value(value)


# -- schemas


def document_schema(document: type[Document]) -> JsonObject:
    """Return the JSON Schema (draft 2020-12) of a whole document.

    A field whose type is another whole document refers to it by `urn:winset:NAME:1`. Parts stand in `$defs`.
    """
    parts: JsonObject = {}
    described = _object_schema(document, parts)
    if issubclass(document, ListDocument):
        described = _described(described["properties"]["entries"], described["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:winset:{document.NAME}:1",
        "title": f"winset {document.NAME.replace('-', ' ')} --json",
        **described,
        **({"$defs": dict(sorted(parts.items()))} if parts else {}),
    }


def _object_schema(kind: type, parts: JsonObject) -> JsonObject:
    hints, told = get_type_hints(kind, include_extras=True), field_docstrings(kind)
    properties: JsonObject = {}
    required: list[str] = []
    for each in fields(kind):
        omitted = bool(each.metadata.get(_OMITTED))
        properties[_key(each)] = _described(
            _type_schema(hints[each.name], parts, omitted=omitted), told.get(each.name, "")
        )
        required += [] if omitted else [_key(each)]
    summary = inspect.cleandoc(kind.__doc__ or "").split("\n\n", 1)[0].replace("\n", " ")
    return {
        "description": summary,
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _described(schema: JsonObject, text: str) -> JsonObject:
    return {**schema, "description": text} if text else schema


def _type_schema(hint: Any, parts: JsonObject, *, omitted: bool = False) -> JsonObject:
    """Return the schema of one type; `omitted` drops None from a union."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _constrained(_type_schema(arguments[0], parts, omitted=omitted), arguments[1:])
    if origin in (Union, types.UnionType):
        kept = [each for each in arguments if not (omitted and each is type(None))]
        return _union([_type_schema(each, parts) for each in kept])
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_schema(arguments[0], _type_schema(arguments[1], parts))
    if origin is tuple and Ellipsis not in arguments:
        return _fixed_array([_type_schema(each, parts) for each in arguments])
    if origin is not None:
        return {"type": "array", "items": _type_schema(arguments[0], parts)}
    return _plain_type(hint, parts)


_PLAIN_TYPES: Mapping[Any, JsonObject] = {
    Any: {},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Fraction: {"type": "number"},
    type(None): {"type": "null"},
}


def _plain_type(hint: Any, parts: JsonObject) -> JsonObject:
    if hint in _PLAIN_TYPES:
        return dict(_PLAIN_TYPES[hint])
    if not is_dataclass(hint):
        if isinstance(hint, type) and issubclass(hint, str):
            return {"type": "string"}
        raise TypeError(f"{hint} has no JSON Schema")
    kind = cast("type", hint)
    name = cast("str", getattr(kind, "NAME", ""))
    if name:
        return {"$ref": f"urn:winset:{name}:1"}
    if kind.__name__ not in parts:
        parts[kind.__name__] = {}  # a part may hold itself
        parts[kind.__name__] = _object_schema(kind, parts)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _mapping_schema(key: Any, value: JsonObject) -> JsonObject:
    """Return the schema of a mapping; with `Literal` keys every one of them must be there, and no other."""
    if get_origin(key) is not Literal:
        return {"type": "object", "additionalProperties": value}
    return _with_keys(get_args(key), value)


def _with_keys(names: Sequence[str], value: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "required": list(names),
        "additionalProperties": False,
        "properties": dict.fromkeys(names, value),
    }


def _union(schemas: list[JsonObject]) -> JsonObject:
    """Return one schema for several; types without other keys become one list of types."""
    if len(schemas) == 1:
        return schemas[0]
    if all(list(each) == ["type"] for each in schemas):
        return {"type": [each["type"] for each in schemas]}
    return {"anyOf": schemas}


def _fixed_array(items: list[JsonObject]) -> JsonObject:
    return {"type": "array", "minItems": len(items), "maxItems": len(items), "prefixItems": items}


def _constrained(schema: JsonObject, marks: tuple[Any, ...]) -> JsonObject:
    for mark in marks:
        if isinstance(mark, Keys):
            return _with_keys(mark.names, schema["additionalProperties"])
    return {**schema, **_constraints(marks)}


def _constraints(marks: tuple[Any, ...]) -> JsonObject:
    found: JsonObject = {}
    for mark in marks:
        if isinstance(mark, Limits):
            found |= {key: getattr(mark, key) for key in ("minimum", "maximum") if getattr(mark, key) is not None}
        if isinstance(mark, Length):
            found |= {"minItems": mark.minimum} | ({} if mark.maximum is None else {"maxItems": mark.maximum})
        if isinstance(mark, TextPattern):
            found["pattern"] = mark.pattern
        if isinstance(mark, Choices):
            found["enum"] = list(mark.values)
    return found


def field_docstrings(kind: type) -> dict[str, str]:
    """Return the docstring of every field of a class and its bases, by name, on one line."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if is_dataclass(base):
            body = cast("ast.ClassDef", ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]).body
            found |= dict(_documented(body))
    return found


def _documented(body: list[ast.stmt]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for line, below in pairwise(body):
        match line, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                pairs.append((name, " ".join(inspect.cleandoc(text).split())))
            case _:
                pass
    return pairs
