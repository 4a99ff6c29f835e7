"""JSON documents: the object and the schema follow from the fields of a dataclass."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

import jsonschema
import numpy as np
import pytest

from games.documents import (
    Document,
    Length,
    Limits,
    TextPattern,
    document_schema,
    field_docstrings,
    optional_field,
    plain_field,
)
from games.messages import Message, message

Share: TypeAlias = Annotated[float, Limits(minimum=0, maximum=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Document):
    """A part.

    Its second paragraph stays in the code.
    """

    at: tuple[int, float]
    """Where it is,
    on two lines."""
    inner: Leaf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Document):
    """Another whole document."""

    NAME = "other"

    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Base(Document):
    """What all have."""

    schema: Literal["winset/every/1"] = "winset/every/1"
    """Name and version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Every(Base):
    """A document of every type."""

    NAME = "every-kind"

    class_: Literal["a", "b", 3]
    """A word with an underscore at its end."""
    text: str
    note: Message | None
    code: Annotated[str, TextPattern("^[a-z]+$"), "a mark without a meaning here"]
    truth: bool
    whole: Annotated[int, Limits(minimum=1)]
    share: Share
    exact: Fraction
    nothing: None
    anything: Any
    either: int | None
    part: Leaf
    parts: tuple[Leaf, ...]
    listed: list[str]
    by_name: Mapping[str, Leaf]
    numbers: Annotated[tuple[Share, ...], Length(minimum=1)] = plain_field()
    other: Other | None
    left_out: Annotated[int, Limits(maximum=9)] | None = optional_field()
    plain: Leaf | str | None = optional_field()


LEAF = Leaf(at=(1, 0.1 + 0.2), inner=Leaf(at=(2, -0.0)))
EVERY = Every(
    class_="a",
    text="text",
    note=message("{number} notes", number=2),
    code="abc",
    truth=True,
    whole=1,
    share=1 / 3,
    exact=Fraction(6, 3),
    nothing=None,
    anything=np.array([1, 2]),
    either=None,
    part=LEAF,
    parts=(LEAF,),
    listed=["x"],
    by_name={"x": LEAF},
    numbers=(0.5, 1),
    other=Other(value=1),
)
LEAF_OBJECT = {"at": [1, 0.3], "inner": {"at": [2, 0.0], "inner": None}}


def test_the_object_has_the_fields_in_their_order_as_plain_values():
    found = EVERY.to_dict()
    assert list(found.items()) == [
        ("schema", "winset/every/1"),
        ("class", "a"),
        ("text", "text"),
        ("note", "2 notes"),
        ("code", "abc"),
        ("truth", True),
        ("whole", 1),
        ("share", 0.333333333333),
        ("exact", 2),
        ("nothing", None),
        ("anything", [1, 2]),
        ("either", None),
        ("part", LEAF_OBJECT),
        ("parts", [LEAF_OBJECT]),
        ("listed", ["x"]),
        ("by_name", {"x": LEAF_OBJECT}),
        ("numbers", [0.5, 1]),
        ("other", {"value": 1}),
    ]
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_each_document_has_lists_of_its_own():
    found = EVERY.to_dict()
    found["numbers"].append(7)
    assert EVERY.to_dict()["numbers"] == [0.5, 1]


def schema_of(name):
    return document_schema(Every)["properties"][name]


LEAF_REFERENCE = {"$ref": "#/$defs/Leaf"}


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("schema", {"const": "winset/every/1", "description": "Name and version."}),
        ("class", {"enum": ["a", "b", 3], "description": "A word with an underscore at its end."}),
        ("text", {"type": "string"}),
        ("note", {"type": ["string", "null"]}),
        ("code", {"type": "string", "pattern": "^[a-z]+$"}),
        ("truth", {"type": "boolean"}),
        ("whole", {"type": "integer", "minimum": 1}),
        ("share", {"type": "number", "minimum": 0, "maximum": 1}),
        ("exact", {"type": "number"}),
        ("nothing", {"type": "null"}),
        ("anything", {}),
        ("either", {"type": ["integer", "null"]}),
        ("part", LEAF_REFERENCE),
        ("parts", {"type": "array", "items": LEAF_REFERENCE}),
        ("listed", {"type": "array", "items": {"type": "string"}}),
        ("by_name", {"type": "object", "additionalProperties": LEAF_REFERENCE}),
        ("numbers", {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "minItems": 1}),
        ("other", {"anyOf": [{"$ref": "urn:winset:other:1"}, {"type": "null"}]}),
        ("left_out", {"type": "integer", "maximum": 9}),
        ("plain", {"anyOf": [LEAF_REFERENCE, {"type": "string"}]}),
    ],
)
def test_every_type_has_its_schema(name, schema):
    assert schema_of(name) == schema


def test_a_whole_document_names_itself_and_holds_its_parts():
    found = document_schema(Every)
    assert (found["$id"], found["title"]) == ("urn:winset:every-kind:1", "winset every kind --json")
    assert found["description"] == "A document of every type."
    assert found["additionalProperties"] is False
    assert found["required"] == list(EVERY.to_dict())
    assert found["$defs"] == {
        "Leaf": {
            "description": "A part.",
            "type": "object",
            "required": ["at", "inner"],
            "additionalProperties": False,
            "properties": {
                "at": {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 2,
                    "prefixItems": [{"type": "integer"}, {"type": "number"}],
                    "description": "Where it is, on two lines.",
                },
                "inner": {"anyOf": [LEAF_REFERENCE, {"type": "null"}]},
            },
        }
    }
    assert "$defs" not in document_schema(Other)


def test_a_document_agrees_with_its_schema_and_a_wrong_one_does_not():
    schema = document_schema(Every)
    schema["properties"]["other"] = {}
    check = jsonschema.Draft202012Validator(schema)
    whole = EVERY.to_dict()
    assert check.is_valid(whole)
    for wrong in ({"share": 1.5}, {"numbers": []}, {"code": "ABC"}, {"part": {"at": [1]}}, {"more": 1}, {"class": "c"}):
        assert not check.is_valid(whole | wrong), wrong


def test_docstrings_of_bases_count_and_fields_without_one_have_none():
    assert field_docstrings(Every) == {
        "schema": "Name and version.",
        "class_": "A word with an underscore at its end.",
    }


def test_a_type_without_a_form_is_refused():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Wrong(Document):
        """It holds what JSON does not know."""

        value: bytes

    with pytest.raises(TypeError, match="has no JSON Schema"):
        document_schema(Wrong)


@pytest.mark.parametrize(("value", "error"), [(object(), TypeError), (float("nan"), ValueError)])
def test_a_value_without_a_form_is_refused(value, error):
    with pytest.raises(error):
        Leaf(at=(1, value)).to_dict()
