"""Texts are found in Python files and in data files, in the form that Babel expects."""

from io import BytesIO

from babel.messages.extract import extract

FROM_PYTHON = "views.wording.extraction.python_messages:extract_python_messages"
FROM_TOML = "views.wording.extraction.toml_texts:extract_toml_texts"
CODE = b"""
TITLE = message("Talks " "and votes")
told = message("{a} and {b}", a=join(" ", [message("one"), other("two")]), b=plural_message("day", "days", n))
found = games.message(text)
"""
DATA = b"""
# The fee of a recruiter
[fee]
name = "Fee"
levels = ["None", "At most 5 %", 3]
source = "Martin 2016"
[fee.moves]
name = "Inner"
plain = ""
[[lists]]
name = "In a list"
"""


def test_messages_inside_other_calls_are_found():
    found = list(extract(FROM_PYTHON, BytesIO(CODE), {"message": None, "plural_message": (1, 2)}))
    assert {text for _, text, _, _ in found} == {"Talks and votes", "{a} and {b}", "one", ("day", "days")}
    assert {text: line for line, text, _, _ in found}["one"] == 3


def test_texts_of_the_chosen_keys_are_found_in_any_table():
    found = list(extract(FROM_TOML, BytesIO(DATA), options={"keys": ["name", "levels", "plain"]}))
    assert [text for _, text, _, _ in found] == ["Fee", "None", "At most 5 %", "Inner", "In a list"]
    assert {text: line for line, text, _, _ in found}["At most 5 %"] == 5
