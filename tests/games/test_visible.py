"""Text of other people's files as it may be shown: what cannot be seen is written out, letters stay as they are."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError, input_error
from games.visible_text import escape, json_safe, visible

SEEN = {"\u0600", "\u0605", "\u06dd", "\u070f", "\u0891", "\u08e2", "\U000110bd", "\U000110cd"}
"""Format characters that have a shape of their own: marks that stand before or around numbers."""
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
WORDS = ["می‌خواهم", "क्‍ष", "ക്‍", "Québec", "北朝鮮", "ไทย", "עברית", "é", "été", FAMILY, "👩🏽‍🚀", "❤️‍🔥"]


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028"]
)
def test_what_cannot_be_seen_is_written_out(character: str):
    told = visible(f"a{character}b")
    assert told == f"a\\u{ord(character):04x}b"
    assert visible(told) == told


def test_every_control_direction_and_zero_width_character_is_known():
    """The table is written by hand, so that it costs nothing to load; here it is held against Python's own."""
    missed = []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            continue
        shaped = "ARABIC" in unicodedata.name(character, "") or 0x13430 <= code <= 0x1345F or character in SEEN
        if not (shaped and character != "\u061c") and visible(character) == character:
            missed.append(f"{code:x}")
    assert missed == []


@pytest.mark.parametrize("word", WORDS)
def test_letters_of_all_scripts_and_their_joiners_stay(word: str):
    assert visible(word) == word
    assert escape(word) == word


@pytest.mark.parametrize(
    "text", ["No\u200drthmark", "No\u200crthmark", "\u200cA", "A\u200d", " \u200d ", "ا\u200c\u200c"]
)
def test_a_joiner_that_no_script_needs_is_written_out(text: str):
    assert "\\u200" in visible(text)


def test_line_feeds_stay_only_where_lines_are_meant():
    assert visible("one\ntwo\tthree\r") == "one\\ntwo\\tthree\\r"
    assert visible("one\ntwo\tthree", breaks=True) == "one\ntwo\tthree"


def test_html_is_escaped_and_made_visible_at_once():
    assert escape('<b title="x">\u202e&\n') == "&lt;b title=&quot;x&quot;&gt;\\u202e&amp;\n"


@given(st.text())
def test_json_means_the_same_and_hides_nothing(text: str):
    shown = json_safe(json.dumps({"a": text}, ensure_ascii=False, indent=2))
    assert json.loads(shown) == {"a": text}
    assert visible(shown, breaks=True) == shown


def test_an_error_shows_its_places_and_reasons_visibly():
    wrong = input_error("case\x1b[2J.toml:title", "is \u202e, which\nis no title", "write \x9bplain text")
    assert wrong.problems[0] == (
        "case\\u001b[2J.toml:title",
        "is \\u202e, which\\nis no title",
        "write \\u009bplain text",
    )
    assert not {"\x1b", "\u202e", "\x9b"} & set(str(wrong))
    assert isinstance(wrong, InputError)
