"""Limits of lists and mappings with known keys in the JSON Schema of a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import jsonschema
import pytest

from games.documents import Document, Length, Limits, document_schema

Count = Annotated[int, Limits(minimum=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot(Document):
    """Votes by answer."""

    NAME: ClassVar[str] = ""

    voters: Annotated[tuple[str, ...], Length(minimum=1, maximum=2)]
    votes: Mapping[Literal["yes", "no"], Count]
    notes: Mapping[str, Count]


GOOD = Ballot(voters=("a",), votes={"yes": 1, "no": 0}, notes={"any": 3}).to_dict()


def test_a_document_within_its_limits_is_accepted():
    jsonschema.Draft202012Validator(document_schema(Ballot)).validate(GOOD)


@pytest.mark.parametrize(
    "wrong",
    [
        {"voters": []},
        {"voters": ["a", "b", "c"]},
        {"votes": {"yes": 1}},
        {"votes": {"yes": 1, "no": 0, "perhaps": 0}},
        {"votes": {"yes": 1, "no": -1}},
        {"notes": {"any": -3}},
    ],
)
def test_a_list_of_another_length_and_a_mapping_with_other_keys_are_refused(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(document_schema(Ballot)).validate(GOOD | wrong)
