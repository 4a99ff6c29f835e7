"""Slips in scenario files: each is one error with its reason and the right spelling, and no false one follows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from games.errors import Problem
from scenarios import read

Broken = Callable[..., tuple[Problem, ...]]

SOUND = (Path(__file__).with_name("broken") / "sound.toml").read_text(encoding="utf-8")
CORRIDOR = """schema = 1
title = "A corridor"

[economy]
corridor = "MAR-ESP"
kappa = 0.4

[[countries]]
name = "Morocco"
role = "origin"

[agenda]
rounds = 12

[[agenda.seats]]
country = "Spain"
votes = { capital = 2 }
"""
PLAIN = """schema = 1
title = "Two countries"

[economy]
openness = 0.2
[economy.sources]
openness = "assumption"

[[countries]]
name = "Spain"
role = "host"

[[countries]]
name = "Morocco"
role = "origin"

[agenda]
rounds = 12

[[agenda.seats]]
country = "Spain"

[[shocks]]
name = "ageing"
round = 3
"""

ABOVE = "put it above the first [table]"

# name, base, edits, the problems: place, a piece of the reason, a piece of the hint
SLIPS = [
    # a key below the wrong table
    (
        "a title at the end",
        CORRIDOR,
        [('title = "A corridor"\n', ""), ("capital = 2 }\n", 'capital = 2 }\ntitle = "A corridor"\n')],
        [("agenda.seats.Spain.title", "not a known key here", ABOVE)],
    ),
    (
        "a list of sources below [agenda]",
        CORRIDOR,
        [("rounds = 12", 'rounds = 12\nsources = ["Penn World Table"]')],
        [("agenda.sources", "not a known key here", ABOVE)],
    ),
    (
        "the schema at the end",
        CORRIDOR,
        [("schema = 1\n", ""), ("rounds = 12", "rounds = 12\nschema = 1")],
        [("agenda.schema", "not a known key here", ABOVE)],
    ),
    (
        "the base below a table",
        CORRIDOR,
        [("rounds = 12", 'rounds = 12\nextends = "corridor"')],
        [("agenda.extends", "not a known key here", ABOVE)],
    ),
    (
        "a dial above the first table",
        PLAIN.replace("openness = 0.2\n", "", 1),
        [("[economy]", "openness = 0.2\n[economy]"), ('[economy.sources]\nopenness = "assumption"\n', "")],
        [("openness", "not a known key here", "put it under [economy]")],
    ),
    (
        "a dial below a country",
        CORRIDOR,
        [('role = "origin"', 'role = "origin"\nkappa = 0.2'), ("kappa = 0.4\n", "")],
        [("countries.Morocco.kappa", "not a known key here", "put it under [economy]")],
    ),
    (
        "a dial below its sources",
        PLAIN,
        [('openness = "assumption"', 'openness = "assumption"\nkappa = 0.5')],
        [("economy.sources.kappa", "not a known key here", "put it above [economy.sources]")],
    ),
    (
        "a key of a seat below its points",
        SOUND.replace("points = { I01 = [1, 2, 3], I21 = [-1, -1, -1], linkage = [0, -1, -2] }\n", "", 1),
        [
            (
                'country = "Borvia"\n',
                (
                    'country = "Borvia"\n[agenda.seats.points]\nI01 = [1, 2, 3]\nI21 = [-1, -1, -1]\n'
                    "linkage = [0, -1, -2]\nwalk_away = 1\n"
                ),
            )
        ],
        [("agenda.seats.Borvia.points.walk_away", "not a known key here", "put it above [agenda.seats.points]")],
    ),
    (
        "rounds below the payers",
        SOUND,
        [("rounds = 10\n", ""), ('linkage = "Borvia"\n', 'linkage = "Borvia"\nrounds = 10\n')],
        [("agenda.payers.rounds", "not a known key here", "put it above [agenda.payers]")],
    ),
    (
        "votes in the agenda",
        SOUND,
        [("rounds = 10", "rounds = 10\nwalk_away = 3")],
        [("agenda.walk_away", "not a known key here", "put it under [[agenda.seats]]")],
    ),
    # a table in the wrong place
    (
        "groups beside the seats",
        SOUND,
        [('[[agenda.seats.groups]]\nname = "Treasury"', '[[agenda.groups]]\nname = "Treasury"')],
        [("agenda.groups", "not a known key here", "write [[agenda.seats.groups]] below its [[agenda.seats]]")],
    ),
    (
        "seats outside the agenda",
        SOUND.replace("[[agenda.seats", "[[seats"),
        [],
        [("seats", "not a known key here", "write [[agenda.seats]]")],
    ),
    (
        "shocks inside the agenda",
        PLAIN,
        [("[[shocks]]", "[[agenda.shocks]]")],
        [("agenda.shocks", "not a known key here", "write [[shocks]]")],
    ),
    # brackets
    (
        "a list of tables in single brackets",
        PLAIN.replace('[[countries]]\nname = "Morocco"\nrole = "origin"\n', ""),
        [("[[countries]]", "[countries]"), ("openness = 0.2", 'corridor = "MAR-ESP"')],
        [("countries", "single brackets", "write [[countries]]")],
    ),
    (
        "groups in single brackets",
        SOUND,
        [('[[agenda.seats.groups]]\nname = "Families"', '[agenda.seats.groups]\nname = "Families"')],
        [("agenda.seats.Borvia.groups", "single brackets", "write [[agenda.seats.groups]]")],
    ),
    (
        "one table in double brackets",
        CORRIDOR,
        [("[economy]", "[[economy]]")],
        [("economy", "double brackets", "write [economy]")],
    ),
    # misspelt keys and tables
    (
        "a misspelt table",
        CORRIDOR,
        [("[economy]", "[econmy]")],
        [("econmy", "not a known key", "write economy")],
    ),
    (
        "a misspelt key with a value that is wrong, too",
        CORRIDOR,
        [("kappa = 0.4", "kapa = 4")],
        [("economy.kapa", "not a known key", "write kappa"), ("economy.kappa", "is 4, outside", "0.04")],
    ),
    (
        "misspelt preferences",
        SOUND,
        [("preferences =", "prefrences =")],
        [("agenda.prefrences", "not a known key", "write preferences")],
    ),
    (
        "misspelt points",
        SOUND,
        [("points = { I01 = [1, 2, 3], I21", "pionts = { I01 = [1, 2, 3], I21")],
        [("agenda.seats.Borvia.pionts", "not a known key", "write points")],
    ),
    (
        "misspelt groups",
        SOUND,
        [('[[agenda.seats.groups]]\nname = "Families"', '[[agenda.seats.group]]\nname = "Families"')],
        [("agenda.seats.Borvia.group", "not a known key", "write groups")],
    ),
    (
        "a misspelt country of a seat",
        SOUND,
        [('country = "Borvia"\n', 'contry = "Borvia"\n')],
        [("agenda.seats.2.contry", "not a known key", "write country")],
    ),
    (
        "a misspelt name",
        SOUND,
        [('name = "Ardia"', 'nmae = "Ardia"')],
        [("countries.host.nmae", "not a known key", "write name")],
    ),
    (
        "a misspelt base",
        CORRIDOR,
        [("title", 'extend = "corridor"\ntitle')],
        [("extend", "not a known key", "write extends")],
    ),
    ("a misspelt schema", CORRIDOR, [("schema", "shema")], [("shema", "not a known key", "write schema")]),
    ("a capital letter", CORRIDOR, [("rounds", "Rounds")], [("agenda.Rounds", "not a known key", "write rounds")]),
    (
        "a hyphen",
        SOUND,
        [("priorities =", "walk-away = 1\npriorities =")],
        [("agenda.seats.Ardia.walk-away", "not a known key", "write walk_away")],
    ),
    (
        "a key that is like no other",
        CORRIDOR,
        [("rounds = 12", "rounds = 12\nmediator = true")],
        [("agenda.mediator", "not a known key", "keys here are ladders")],
    ),
    # words
    (
        "a role with a capital",
        SOUND,
        [('role = "host"', 'role = "Host"')],
        [("countries.Ardia.role", "'Host'", "write host")],
    ),
    (
        "a role that is none",
        SOUND,
        [('role = "host"', 'role = "chair"')],
        [("countries.Ardia.role", "'chair'", "host, origin or both")],
    ),
    ("a missing role", SOUND, [('role = "host"\n', "")], [("countries", "one host and one origin", "role")]),
    (
        "a seat by a misspelt role",
        SOUND.replace('country = "Ardia"', 'country = "host"'),
        [('role = "host"', 'role = "hots"')],
        [("countries.Ardia.role", "'hots'", "write host")],
    ),
    ("a missing name", SOUND.replace('name = "Ardia"\n', "", 1), [], [("countries.host.name", "missing", "name =")]),
    (
        "a swapped corridor",
        CORRIDOR,
        [("MAR-ESP", "ESP-MAR")],
        [("economy.corridor", "no corridor called 'ESP-MAR'", "write MAR-ESP; the origin comes first")],
    ),
    (
        "a corridor that nobody knows",
        CORRIDOR.replace('[[countries]]\nname = "Morocco"\nrole = "origin"\n', ""),
        [("MAR-ESP", "MAR-ESX")],
        [("economy.corridor", "no corridor", "write MAR-ESP")],
    ),
    (
        "preferences with a capital",
        CORRIDOR,
        [("rounds = 12", 'preferences = "Structural"')],
        [("agenda.preferences", "'Structural'", "write structural")],
    ),
    (
        "preferences that are none",
        SOUND,
        [('"scored"', '"points"')],
        [("agenda.preferences", "'points'", "structural or scored")],
    ),
    (
        "points that are not written",
        CORRIDOR,
        [("rounds = 12", 'preferences = "scored"\nladders = ["stay", "fee"]'), ("votes = { capital = 2 }\n", "")],
        [("agenda.preferences", "no seat has points", "[[agenda.seats]]")],
    ),
    (
        "points that are not written, on a base",
        CORRIDOR,
        [
            ("title", 'extends = "corridor"\ntitle'),
            ("rounds = 12", 'preferences = "scored"'),
            ("votes = { capital = 2 }\n", ""),
        ],
        [("agenda.preferences", "no seat has points", 'preferences = "structural"')],
    ),
    # numbers
    (
        "negative rounds",
        PLAIN,
        [("rounds = 12", "rounds = -1")],
        [("agenda.rounds", "is -1, which is too small", "write 1 or more")],
    ),
    ("no rounds", PLAIN, [("rounds = 12", "rounds = 0")], [("agenda.rounds", "too small", "write 1 or more")]),
    ("half a round", PLAIN, [("rounds = 12", "rounds = 12.5")], [("agenda.rounds", "whole number", "rounds = 12")]),
    (
        "rounds with a point",
        PLAIN,
        [("rounds = 12", "rounds = 12.0")],
        [("agenda.rounds", "whole number", "rounds = 12")],
    ),
    (
        "a number as text",
        PLAIN,
        [("rounds = 12", 'rounds = "12"')],
        [("agenda.rounds", "the text '12'", "write rounds = 12, without quotation marks")],
    ),
    (
        "a number with a unit as text",
        PLAIN,
        [("rounds = 12", 'rounds = "12 rounds"')],
        [("agenda.rounds", "'12 rounds'", "write rounds = 12")],
    ),
    (
        "a discount of 98",
        SOUND,
        [("rounds = 10", "discount = 98")],
        [("agenda.discount", "is 98, which is too large", "write 0.98 if 98 per cent is meant")],
    ),
    (
        "a discount as per cent",
        SOUND,
        [("rounds = 10", 'discount = "98 %"')],
        [("agenda.discount", "'98 %'", "write discount = 0.98")],
    ),
    (
        "a discount with a comma",
        SOUND,
        [("rounds = 10", 'discount = "0,98"')],
        [("agenda.discount", "'0,98'", "write discount = 0.98")],
    ),
    (
        "a number for a title",
        PLAIN,
        [('title = "Two countries"', "title = 2030")],
        [("title", "number 2030", 'write text in quotation marks: title = "2030"')],
    ),
    (
        "one word for a list",
        CORRIDOR,
        [("rounds = 12", 'ladders = "places"')],
        [("agenda.ladders", "should be a list", 'ladders = ["places"]')],
    ),
    (
        "names for tables",
        PLAIN.split("[[countries]]", maxsplit=1)[0],
        [("[economy]", 'countries = ["Spain"]\n[economy]')],
        [("countries.1", "should be a table", "[[countries]]")],
    ),
]


@pytest.mark.parametrize(("base", "edits", "told"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_told_once_with_its_remedy(broken: Broken, base: str, edits: list, told: list):
    text = base
    for written, instead in edits:
        assert written in text
        text = text.replace(written, instead, 1)
    problems = broken(text)
    assert [problem.place for problem in problems] == [f"case.toml:{place}" for place, _, _ in told], problems
    for problem, (_, reason, hint) in zip(problems, told, strict=True):
        assert reason in problem.reason
        assert hint in problem.hint


@pytest.mark.parametrize("base", [SOUND, CORRIDOR, PLAIN])
def test_the_bases_are_sound(tmp_path: Path, base: str):
    (tmp_path / "case.toml").write_text(base, encoding="utf-8")
    assert read(tmp_path / "case.toml")


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ("gap=3", "write --set economy.gap=..."),
        ("agenda.seats.spain.rounds=3", "write --set agenda.rounds=..."),
        ("walk_away=3", "write --set agenda.seats.NAME.walk_away=..."),
        ("agenda.Rounds=3", "write --set agenda.rounds=..."),
    ],
)
def test_a_change_at_the_wrong_key_is_told_the_right_one(broken: Broken, change: str, hint: str):
    (problem,) = broken(CORRIDOR, change)
    assert problem.place == f"--set {change.partition('=')[0]}"
    assert hint in problem.hint


def test_a_line_with_the_name_of_a_dial_is_no_stray(tmp_path: Path):
    text = CORRIDOR.replace("rounds = 12", 'ladders = ["stay", "fee"]').replace(
        "votes = { capital = 2 }",
        '[[agenda.seats.red_lines]]\nladder = "stay"\nhigh = 0\nunless = { fee = 1 }\ntext = "No fee, no stay."',
    )
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    assert read(tmp_path / "case.toml").seats[0].red_lines[0].unless == (("fee", 1),)
