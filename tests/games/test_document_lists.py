"""Documents that are lists, and constraints whose words are constants elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import jsonschema
import pytest

from games.display import join_with_and, join_with_or
from games.documents import Choices, Document, Keys, Length, ListDocument, document_schema

WORDS, NAMES = ("for", "against"), ("north", "south")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Document):
    """One answer."""

    word: Annotated[str, Choices(WORDS)]
    by_side: Annotated[Mapping[str, int], Keys(NAMES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(ListDocument):
    """All answers."""

    entries: Annotated[tuple[Answer, ...], Length(minimum=1)]


GOOD = Answers(entries=(Answer(word="for", by_side={"north": 1, "south": 2}),)).to_dict()


def test_a_list_document_is_the_list_of_its_entries():
    assert GOOD == [{"word": "for", "by_side": {"north": 1, "south": 2}}]
    schema = document_schema(Answers)
    assert (schema["type"], schema["description"]) == ("array", "All answers.")
    jsonschema.Draft202012Validator(schema).validate(GOOD)


@pytest.mark.parametrize(
    "wrong",
    [[], [{"word": "perhaps", "by_side": {"north": 1, "south": 2}}], [{"word": "for", "by_side": {"north": 1}}]],
)
def test_other_words_other_keys_and_no_entries_are_refused(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(document_schema(Answers)).validate(wrong)


def test_lists_in_sentences():
    assert [join_with_and("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [join_with_or("abc"[:count]) for count in range(4)] == ["", "a", "a or b", "a, b or c"]
