"""Slips in TOML: each is told with its line, its reason and the right spelling."""

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from games.text.toml_text import parse_toml


def refused(text):
    with pytest.raises(InputError) as caught:
        parse_toml(text, "case.toml")
    (problem,) = caught.value.problems
    assert problem.place == "case.toml"
    return problem.reason, problem.hint


BEFORE = 'schema = 1\n[economy]\nkappa = 0.5 # half\nwords = ["a, b", "c"]\n'

# line, what it should be, a piece of the reason
LINES = [
    ("openness = 5%", "openness = 0.05", "per cent: 5%"),
    ("openness = 5 %  # a small opening", "openness = 0.05", "per cent"),
    ("openness = 0,5 %", "openness = 0.005", "per cent"),
    ("openness = 12.5 per cent", "openness = 0.125", "per cent"),
    ("openness = -3 percent", "openness = -0.03", "per cent"),
    ("levels = [5%, 0.1, 20 %]", "levels = [0.05, 0.1, 0.2]", "per cent"),
    ("openness = 0,05", "openness = 0.05", "decimal comma: 0,05"),
    ("grid = { low = 0,5, high = 8, count = 3 }", "grid = { low = 0.5, high = 8, count = 3 }", "decimal comma: 0,5"),
    ("openness = .5", "openness = 0.5", "another way: .5"),
    ("openness = 5.", "openness = 5", "another way"),
    ("rounds = 007", "rounds = 7", "another way"),
    ("gap = −5", "gap = -5", "another way"),
    ("gap = 1 000", "gap = 1000", "thousands apart"),
    ("gap = 1'000", "gap = 1000", "thousands apart"),
    ("gap = 1,000,000", "gap = 1000000", "thousands apart"),
    ("gap = 10k", "gap = 10000", "with a word"),
    ("share = 1/4", "share = 0.25", "fraction: 1/4"),
    ("share = [0, 1/6, 1]", 'share = [0, "1/6", 1]', "fraction: 1/6"),
    ("walk_away = 12 points", "walk_away = 12", "unit: 12 points"),
    ("walk_away = 12pts", "walk_away = 12", "unit"),
    ("cost = €3.5", "cost = 3.5", "unit"),
    ("cost = 3,5 EUR", "cost = 3.5", "unit"),
    ("trace = True", "trace = true", "True, which is true in TOML"),
    ("trace = no", "trace = false", "no, which is false"),
    ("country = “Northmark”", 'country = "Northmark"', "not straight: “ ”"),
    ("country = ‘Northmark’", 'country = "Northmark"', "not straight"),
    ("country = „Northmark“", 'country = "Northmark"', "not straight"),
    ("names = [«a», «b»]", 'names = ["a", "b"]', "not straight"),
    ("country = Northmark", 'country = "Northmark"', "without quotation marks: Northmark"),
    ("title = Morocco and Spain", 'title = "Morocco and Spain"', "without quotation marks"),
    ("measure = [class, gain]", 'measure = ["class", "gain"]', "without quotation marks"),
    ("key = economy.gap", 'key = "economy.gap"', "without quotation marks"),
    ('title = "Three purses', 'title = "Three purses"', "not closed"),
    ("title = 'Three purses", 'title = "Three purses"', "not closed"),
    ("title = \"Three purses'", 'title = "Three purses"', "not closed"),
    ('title = "The "big" case"', "title = 'The \"big\" case'", "inside its text"),
    ("title = 'It's a case'", 'title = "It\'s a case"', "inside its text"),
    (r'path = "C:\users\me"', r"path = 'C:\users\me'", "backslash"),
    ("openness: 0.5", "openness = 0.5", "colon after its key"),
    ('title: "x",', 'title = "x"', "colon"),
    ("- title: Three purses", 'title = "Three purses"', "colon"),
    ("openness == 0.5", "openness = 0.5", "has == after"),
    ("openness := 5%", "openness = 0.05", "has := after"),
    ("openness 0.5", "openness = 0.5", "no = after its key"),
    ("walk away = 3", "walk_away = 3", "blank in it: walk away"),
    ("gap = 3;", "gap = 3", "semicolon"),
    ("gap = 3 // three", "gap = 3  # three", "begins with //"),
    ("// three", "# three", "begins with //"),
    ("gap =\u00a03", "gap = 3", "U+00A0"),
    ("gap = 3\u200b", "gap = 3", "U+200B"),
    ("[agenda", "[agenda]", "not well written"),
    ("[[agenda.seats]", "[[agenda.seats]]", "not well written"),
    ("[agenda seats]", "[agenda.seats]", "not well written"),
    ("values = [1 2 4]", "values = [1, 2, 4]", "without commas"),
    ('ladders = ["a" "b"]', 'ladders = ["a", "b"]', "without commas"),
]


@pytest.mark.parametrize(("line", "right", "reason"), LINES, ids=[line for line, *_ in LINES])
@pytest.mark.parametrize(
    "end", ["", "\n", "\n[agenda]\nreturns = 3\n", "\r\nseed = 1"], ids=["end", "line", "more", "crlf"]
)
def test_a_slip_is_told_with_its_line_and_its_right_spelling(line, right, reason, end):
    told, hint = refused(BEFORE + line + end)
    assert "line 5 " in told
    assert reason in told
    assert hint.startswith(f"write {right}")
    if "[agenda]" not in right:
        tomllib.loads(BEFORE + right + end)


# text, a piece of the reason, a piece of the hint
TEXTS = [
    ('{"schema": 1, "title": "x"}', "is JSON", "title = "),
    ('[{"schema": 1}]', "is JSON", "title = "),
    ("schema: 1\ntitle: x\n", "is YAML, not TOML: line 1", "schema = 1"),
    ("# a case\n---\nschema: 1\n", "is YAML, not TOML: line 2", "schema = 1"),
    ("```toml\nschema = 1\n```\n", "Markdown", "take the lines with ```"),
    ("a = 1\nb = None\n", "line 2 has None", "leave the line out"),
    ("a = 1\nb = [null]\n", "line 2 has null", "leave the line out"),
    ("b = NaN\n", "line 1 has NaN", "finite number"),
    ("a = 1\neconomy:\n", "line 2 has a colon after its key", "write economy = ..., or the header [economy]"),
    ("a = 1\nb =\nc = 2\n", "line 2 gives b no value", "leave the line out"),
    ("a = 1\nb\n", "line 2 gives b no value", "write b ="),
    ("rounds = 1,000\n", "a comma in a number: 1,000", "write rounds = 1000, or rounds = 1.000"),
    ("[economy] gap = 3\n", "more than its header", "write [economy], and gap = 3 on a line of its own"),
    ("país = 3\n", "other letters than a to z", "pais = 3"),
    ('a = 1\nb = """One\ntwo\n[c]\nd = 1\n', "the text of b, which begins in line 2, is not closed", 'write """'),
    ("a = 1\nb = [1, 2\n[c]\nd = 1\n", "the list b, which begins in line 2, is not closed", "write ] at its end"),
    ("a = [1, 2\n", "the list a, which begins in line 1, is not closed", "write ]"),
    ("a = [1, 2\nb = 3\nc = [4]\n", "the list a, which begins in line 1", "write ]"),
    ('"a\\q" = [1, 2\n', r"the list a\q, which begins in line 1, is not closed", "write ]"),
    ("a = { b = 1\nc = 3\n", "the table a, which begins in line 1, is not closed", "write }"),
    ("a = {\n  b = 1,\n  c = 3 }\n", "is a table in braces over several lines", "under a header [a]"),
    ('a = "One\ntwo"\n', "line 1 has a text that is not closed", ""),
    ("a = [\n  1,\n  5%,\n]\n", "line 3 has a number of per cent", "write 0.05"),
    ('a = """one\n C:\\me\n"""\n', "line 2 has a backslash", r"\\ for one"),
    # written twice
    (
        "[a]\nb = 1\nc = 2\nb = 3\n",
        "line 4 writes a.b a second time, after line 2",
        "keep one of the two: b = 1 or b = 3",
    ),
    ("b = 1\nb = 1\n", "line 2 writes b a second time, after line 1", "keep one"),
    ('b = """x\ny"""\nb = """z\n"""\n', "line 3 writes b a second time, after line 1", "keep one"),
    ("[[s]]\nx = 1\n[[s]]\nx = 2\n'x' = 3\n", "line 5 writes s.x a second time, after line 4", "keep one"),
    ("[a]\nb = 1\n[c]\n[a]\nd = 1\n", "line 4 begins the table [a] a second time, after line 1", "under one [a]"),
    (
        "[[g.s]]\n[g.s.points]\nx = 1\n[g.s.points]\ny = 1\n",
        "line 4 begins the table [g.s.points] a second time, after line 2",
        "or begin the next item with [[g.s]] above it",
    ),
    ("[[s.g]]\na = 1\n[s.g]\nb = 1\n", "line 3 has [s.g], and line 1 has [[s.g]]", "write [[s.g]] in line 3"),
    ("[s.g]\na = 1\n[[s.g]]\nb = 1\n", "line 3 has [[s.g]], and line 1 has [s.g]", "write [[s.g]] in line 1"),
    ("a = 1\n[a]\nb = 2\n", "line 2 writes a, and line 1 has written a already", "write all of a in one place"),
    ("a = { b = 1 }\na.c = 2\n", "line 2 writes a.c, and line 1 has written a already", "all of a in one place"),
    ("a = { b = 1 }\n[a.c]\nd = 2\n", "line 2 writes a.c, and line 1 has written a", "all of a in one place"),
]


@pytest.mark.parametrize(("text", "reason", "hint"), TEXTS, ids=[text[:30] for text, *_ in TEXTS])
def test_a_text_that_is_no_toml_is_told_why(text, reason, hint):
    told, instead = refused(text)
    assert reason in told
    assert hint in instead
    assert instead


def test_what_nobody_knows_has_its_line_and_the_rules():
    told, hint = refused("a = 1\n@@@\n")
    assert "line 2 is not TOML" in told
    assert "quotation marks" in hint


@pytest.mark.parametrize("comment", ["# \x00", "  # one\x7f two", "\u00a0", "\r "])
@pytest.mark.parametrize(
    "before", ["", "a = 1\n", "[s]\n\n# one\n", "[[s]]\n[[s]]\n", 'a = """\n"""\n', "[s]\na = [\n1,\n]\n"]
)
@pytest.mark.parametrize("after", ["", "\nb = 2\n", "\n\n[t]\n"])
def test_a_line_without_a_statement_that_is_no_toml_has_its_own_number(before, comment, after):
    told, hint = refused(before + comment + after)
    assert told.startswith(f"line {before.count(chr(10)) + 1} is not TOML: ")
    assert "quotation marks" in hint


def test_what_is_toml_is_read_as_tomllib_reads_it():
    text = 'a = [1, 2.50]\r\n[b]\nc = """x\n# y"""\n[[d]]\n[[d]]\ne = 1\n'
    assert parse_toml(text, "", Decimal) == tomllib.loads(text, parse_float=Decimal)
    with pytest.raises(RecursionError):
        parse_toml("a = " + "[" * 50_000, "")
    assert "thousands of digits" in refused("a = " + "9" * 5000)[0]


WHOLE = (
    BEFORE
    + """[[agenda.seats]]
country = 'Spain'
points = { a = [1, 2], "b c" = [3] }
text = '''one
two'''
[[agenda.seats.groups]]
votes = [
  1,  # one
  2,
]
"""
)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 3), st.text("\"'[]{}=,.#:%“\n \\a1", max_size=3))
def test_whatever_is_broken_is_read_or_refused_with_a_hint(place, cut, put):
    text = WHOLE[:place] + put + WHOLE[place + cut :]
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert all(refused(text))
    else:
        assert parse_toml(text, "case.toml") == whole
