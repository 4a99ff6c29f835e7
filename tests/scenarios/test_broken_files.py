"""Files that cannot be read: each says where, why, and what to write instead; all faults at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from games.errors import InputError, Problem
from scenarios import read

Broken = Callable[..., tuple[Problem, ...]]

HEAD = 'schema = 1\ntitle = "A case"\n'
CORRIDOR = HEAD + '[economy]\ncorridor = "MAR-ESP"\n'

SEAT = '[[agenda.seats]]\ncountry = "Spain"\n'
HOST = '[[countries]]\nname = "A"\nrole = "host"\n'
ORIGIN = '[[countries]]\nname = "B"\nrole = "origin"\n'

# name, file, where, a piece of the reason, a piece of the hint
CASES = [
    ("missing key", 'schema = 1\n[economy]\ncorridor = "MAR-ESP"\n', "title", "missing", "title ="),
    ("wrong type", CORRIDOR + "gap = [1, 2]\n", "economy.gap", "should be a number", "0.1 to 100"),
    ("text for a number", CORRIDOR + 'gap = "4"\n', "economy.gap", "the text '4'", "write 4, without quotation marks"),
    ("a truth value for a number", CORRIDOR + "gap = true\n", "economy.gap", "is true", "0.1 to 100"),
    ("NaN", CORRIDOR + "gap = nan\n", "economy.gap", "nan", "0.1 to 100"),
    ("infinity", CORRIDOR + "gap = inf\n", "economy.gap", "inf", "0.1 to 100"),
    ("outside the range", CORRIDOR + "gap = 200\n", "economy.gap", "outside 0.1 to 100", "0.1 to 100"),
    ("unknown corridor", HEAD + '[economy]\ncorridor = "MAR-ESQ"\n', "economy.corridor", "'MAR-ESQ'", "MAR-ESP"),
    (
        "unknown country",
        CORRIDOR + '[[agenda.seats]]\ncountry = "Spian"\n',
        "agenda.seats.Spian.country",
        "no country",
        "Spain",
    ),
    (
        "country of another corridor",
        CORRIDOR + '[[countries]]\nname = "Atlantis"\n',
        "countries.Atlantis.name",
        "no country",
        "Morocco",
    ),
    ("share as per cent", CORRIDOR + "openness = 3\n", "economy.openness", "outside 0 to 1", "write 0.03 "),
    ("share as text", CORRIDOR + 'openness = "3 %"\n', "economy.openness", "'3 %'", "write 0.03 "),
    ("unknown ladder", CORRIDOR + '[agenda]\nladders = ["places", "levi"]\n', "agenda.ladders.2", "no ladder", "levy"),
    ("empty agenda", CORRIDOR + "[agenda]\nladders = []\n", "agenda.ladders", "empty", "at least one"),
    ("ladder twice", CORRIDOR + '[agenda]\nladders = ["fee", "fee"]\n', "agenda.ladders", "twice", "once"),
    (
        "ladder that is not on the agenda",
        CORRIDOR + '[agenda]\nladders = ["stay"]\nwithout = ["fee"]\n',
        "agenda.without",
        "'fee'",
        "stay",
    ),
    (
        "places of a corridor",
        CORRIDOR + '[agenda]\nladders = ["fee", "places"]\n',
        "agenda.ladders.2",
        "those of a corridor are its stake",
        "agenda.stake",
    ),
    (
        "fixed line at a level that it does not have",
        CORRIDOR + '[agenda]\nladders = ["fee"]\nfixed = { levy = 4 }\n',
        "agenda.fixed.levy",
        "the number 4",
        "0 to 3",
    ),
    (
        "convention of votes that nobody knows",
        CORRIDOR + '[agenda]\nstands = "incom"\n',
        "agenda.stands",
        "no convention",
        "income",
    ),
    ("unknown dial", CORRIDOR + "kapa = 1\n", "economy.kapa", "not a known key", "kappa"),
    ("dial out of place", "gap = 3\n" + CORRIDOR, "gap", "not a known key here", "[economy]"),
    ("unknown table", HEAD + '[econmy]\ncorridor = "MAR-ESP"\n', "econmy", "not a known key", "economy"),
    ("unknown tactic", CORRIDOR + SEAT + 'tactic = "linea"\n', "agenda.seats.Spain.tactic", "no tactic", "linear"),
    (
        "unknown group",
        CORRIDOR + SEAT + "votes = { families = 2 }\n",
        "agenda.seats.Spain.votes.families",
        "no group",
        "consumers",
    ),
    (
        "half a vote",
        CORRIDOR + SEAT + "votes = { capital = 0.5 }\n",
        "agenda.seats.Spain.votes.capital",
        "whole number",
        "capital = 1",
    ),
    (
        "two seats for one",
        CORRIDOR + SEAT + SEAT.replace("Spain", "host"),
        "agenda.seats.host.country",
        "a seat already",
        "one seat",
    ),
    ("no game at all", HEAD, "economy", "missing", "[game]"),
    ("two games", CORRIDOR + '[game]\ncanon = "bully"\n', "game", "one matrix", "keep one"),
    ("agenda without economy", HEAD + '[game]\ncanon = "bully"\n[agenda]\n', "agenda", "needs an economy", "[economy]"),
    ("unknown printed game", HEAD + '[game]\ncanon = "buly"\n', "game.canon", "no printed game", "bully"),
    (
        "matrix without numbers",
        HEAD + "[game]\npayoffs = [[[1, nan], [2, 2]], [[3, 2], [1, 2]]]\n",
        "game.payoffs[0][0][1]",
        "nan",
        "finite",
    ),
    (
        "uneven matrix",
        HEAD + "[game]\npayoffs = [[[1, 0], [2]], [[3, 2], [1, 2]]]\n",
        "game.payoffs[0]",
        "rows",
        "same length",
    ),
    ("nothing fitted", HEAD + '[economy]\nopenness = "fitted"\n', "economy.openness", "should be a number", "0.25"),
    (
        "stake beside an expansion",
        HEAD + '[economy]\ncorridor = "MAR-ESP"\nexpansion = 0.5\n[agenda]\nstake = 1.0\n',
        "agenda.stake",
        "is 1, but economy.expansion is 0.5",
        "keep one",
    ),
    (
        "stake of a treaty",
        HEAD + '[economy]\ncorridor = "DEU-FRA"\n[agenda]\nstake = 1.0\n',
        "agenda.stake",
        "free movement is in force",
        "leave it out",
    ),
    (
        "stake without a corridor",
        HEAD + '[economy]\npreset = "symmetric"\n[agenda]\nstake = 1.0\n',
        "agenda.stake",
        "only a corridor has one",
        "leave it out, or write",
    ),
    (
        "stake too large",
        HEAD + '[economy]\ncorridor = "MAR-ESP"\n[agenda]\nstake = 5\n',
        "agenda.stake",
        "outside 0 to 4",
        "write a number from 0 to 4",
    ),
    (
        "said twice",
        HEAD + "[economy]\ngap = 2\n" + HOST + "gap = 3\n" + ORIGIN,
        "countries.A.gap",
        "economy.gap",
        "keep one",
    ),
    (
        "gap of the origin",
        HEAD + "[economy]\n" + HOST + ORIGIN + "gap = 3\n",
        "countries.B.gap",
        "belongs to the host",
        "move it",
    ),
    ("one country", HEAD + "[economy]\n" + HOST, "countries", "one host and one origin", "role ="),
    ("a date", HEAD + "[economy]\ngap = 1979-05-27\n", "economy.gap", "date", "0.1 to 100"),
    ("no schema", 'title = "A"\n[game]\ncanon = "bully"\n', "schema", "missing", "schema = 1"),
    ("schema as text", 'schema = "1"\ntitle = "A"\n[game]\ncanon = "bully"\n', "schema", "'1'", "schema = 1"),
    ("a later schema", HEAD.replace("1", "2", 1), "schema", "newer", "update"),
    (
        "long name",
        f'schema = 1\ntitle = "{"x" * 201}"\n[game]\ncanon = "bully"\n',
        "title",
        "longer than 200",
        "at most 200",
    ),
    ("unknown base", HEAD + 'extends = "coridor"\n', "extends", "no 'coridor'", "corridor"),
]


@pytest.mark.parametrize(
    ("text", "place", "reason", "hint"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_says_where_why_and_what_instead(broken: Broken, text: str, place: str, reason: str, hint: str):
    (problem,) = broken(text)
    assert problem.place == f"case.toml:{place}"
    assert reason in problem.reason
    assert hint in problem.hint


WHOLE = [
    ("two megabytes", b"a = 1\n" * 333_334, "1 MB", "is this the file"),
    ("binary", bytes(range(256)) * 8, "UTF-8", "plain text"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00", "UTF-8", "plain text"),
    ("zero bytes", b"schema = 1\x00", "binary", "plain text"),
    ("empty", b"", "empty", "schema = 1"),
    ("blank", b" \n\t\n", "empty", "schema = 1"),
    ("no TOML", b"schema = 1\ntitle = Morocco\n", "line 2", 'write title = "Morocco"'),
    ("a well of brackets", b"a = " + b"[" * 50_000, "too deep", "four levels"),
    ("a number without end", b"a = " + b"9" * 50_000, "digits", "twenty"),
]


@pytest.mark.parametrize(("content", "reason", "hint"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_refuses_before_looking_inside(broken: Broken, content: bytes, reason: str, hint: str):
    (problem,) = broken(content)
    assert problem.place == "case.toml"
    assert reason in problem.reason
    assert hint in problem.hint


def test_a_circle_is_named_as_the_loop(broken: Broken):
    Path("b.toml").write_text('schema = 1\nextends = "a.toml"\n')
    (problem,) = broken('schema = 1\nextends = "b.toml"\n[game]\ncanon = "bully"\n', name="a.toml")
    assert problem.place == "b.toml:extends"
    assert "a -> b -> a" in problem.reason


def test_bases_may_lie_five_deep_and_no_deeper(broken: Broken):
    Path("0.toml").write_text(HEAD + '[game]\ncanon = "bully"\n')
    for number in range(1, 6):
        Path(f"{number}.toml").write_text(f'schema = 1\nextends = "{number - 1}.toml"\n')
    assert read("5.toml").title == "A case"
    (problem,) = broken('schema = 1\nextends = "5.toml"\n', name="6.toml")
    assert "more than 5" in problem.reason


def test_all_faults_of_a_file_are_told_at_once(broken: Broken):
    text = (
        'schema = 1\nextends = "nowhere"\nsumary = "x"\nseed = -1\n[economy]\ncorridor = "MAR-ESP"\ngap = nan\n'
        'openness = 20\n[agenda]\nladders = ["plces"]\nrounds = 0\n[[agenda.seats]]\ncountry = "Atlantis"\n'
    )
    places = [problem.place.removeprefix("case.toml:") for problem in broken(text)]
    assert sorted(places) == [
        "agenda.ladders.1",
        "agenda.rounds",
        "agenda.seats.Atlantis.country",
        "economy.gap",
        "economy.openness",
        "extends",
        "seed",
        "sumary",
    ]


def test_every_fault_has_a_hint_in_plain_words(broken: Broken):
    jargon = ("pydantic", "Input should", "validation", "NoneType", "dict", "Traceback")
    for case in CASES:
        for problem in broken(case[1]):
            assert problem.hint
            assert not any(word in problem.reason + problem.hint for word in jargon)


def test_a_fault_is_placed_in_the_base_that_holds_it(broken: Broken):
    Path("base.toml").write_text("schema = 1\n[economy]\ngap = nan\n")
    (problem,) = broken(HEAD + 'extends = "base"\n[economy]\nkappa = 0.5\n')
    assert problem.place == "base.toml:economy.gap"


@pytest.mark.parametrize(
    ("name", "reason", "hint"),
    [
        ("moroco-spain", "no scenario", "morocco-spain"),
        ("nowhere/case.toml", "no such file", ".toml"),
        ("corridor:MAR-XXX", "'MAR-XXX'", "corridor:MAR-ESP"),
        ("_corridor", "no scenario", "corridor:MAR-ESP"),
        ("", "no scenario", ".toml"),
        ("x" * 201, "too long", "200"),
        ("\0.toml", "cannot be read", "path"),
    ],
)
def test_names_that_lead_nowhere(name: str, reason: str, hint: str):
    with pytest.raises(InputError) as caught:
        read(name)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert hint in problem.hint


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)
