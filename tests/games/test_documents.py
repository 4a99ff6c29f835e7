"""Constraints of a document's fields reach its schema."""

from dataclasses import dataclass
from typing import Annotated

from games.documents import Document, Length, document_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(Document):
    """A list that is never short."""

    values: Annotated[tuple[float, ...], Length(minimum=2)]


def test_the_smallest_length_of_a_list_stands_in_the_schema() -> None:
    described = document_schema(Levels)["properties"]["values"]
    assert described == {"type": "array", "items": {"type": "number"}, "minItems": 2}
