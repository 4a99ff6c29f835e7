"""A game as people hand it over: a name, a file, matrices, a dictionary or what holds a game; all else is refused."""

import os
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.errors import InputError
from games.formats.game_argument import ADVICE, DEEPEST, as_game
from games.formats.game_files import KEYS, write_game
from games.summary import summarise_game

PAYOFFS = [[[5, 1, 0], [3, 3, 2]], [[5, 3, 1], [1, 3, 4]]]
GAME = Bimatrix(PAYOFFS)


def refused(given):
    with pytest.raises(InputError) as refusal:
        as_game(given)
    (problem,) = refusal.value.problems
    assert problem.place == "game"
    return problem.reason, problem.hint


def inside(game, times):
    """A thing that holds a thing, and so on, of which the last one holds the game."""
    for _ in range(times):
        game = SimpleNamespace(game=game)
    return game


def test_a_game_is_itself():
    assert as_game(GAME) is GAME


@pytest.mark.parametrize("name", canon_names())
def test_a_name_is_the_printed_game(name):
    assert as_game(name) is canon(name)


@pytest.mark.parametrize(
    "given",
    [
        PAYOFFS,
        tuple(PAYOFFS),
        np.array(PAYOFFS),
        [np.array(PAYOFFS[0]), PAYOFFS[1]],
        {"payoffs": PAYOFFS},
        {"payoffs": np.array(PAYOFFS)},
    ],
    ids=["lists", "tuple", "array", "array and list", "dictionary", "dictionary with an array"],
)
def test_two_matrices_are_a_game_however_they_are_nested(given):
    assert as_game(given) == GAME


def test_a_dictionary_has_the_keys_of_a_game_file():
    table = {
        "name": "toll",
        "players": ("Host", "Origin"),
        "actions": (("open", "shut"), ("go", "wait", "stay")),
        "payoffs": PAYOFFS,
        "scale": "ordinal",
        "tolerance": "1/8",
    }
    assert set(table) == set(KEYS)
    game = as_game(table)
    assert (game.name, game.players, game.actions, game.scale, game.tolerance) == (
        *(table[key] for key in ("name", "players", "actions", "scale")),
        Fraction(1, 8),
    )
    assert game.payoffs == GAME.payoffs


# ------------------------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize("ending", ["toml", "json", "nfg"])
def test_a_path_is_read_as_text_or_as_a_path(tmp_path, ending):
    path = tmp_path / f"mine.{ending}"
    write_game(Bimatrix(PAYOFFS, name="mine"), path)
    assert as_game(path) == as_game(str(path)) == Bimatrix(PAYOFFS, name="mine")


def test_a_name_with_an_ending_is_a_file_of_the_folder(tmp_path, monkeypatch):
    write_game(Bimatrix(PAYOFFS, name="bully"), tmp_path / "bully.toml")
    monkeypatch.chdir(tmp_path)
    assert as_game("bully.toml") == Bimatrix(PAYOFFS, name="bully")
    assert as_game("bully") is canon("bully")


@pytest.mark.parametrize("name", ["games/bully", "bully.txt"])
def test_a_name_with_a_slash_or_an_ending_is_a_file(name):
    with pytest.raises(InputError) as refusal:
        as_game(name)
    told = "is not a kind of game file (hint: end the name in .nfg, .toml, .json)"
    assert str(refusal.value) == f"{name.removeprefix('games/')}: {told}"


def test_a_name_that_is_not_printed_is_refused_with_those_that_are():
    assert refused("buly") == ("'buly' is not a printed game", f"write one of {', '.join(canon_names())}")
    assert refused("") == ("'' is not a printed game", f"write one of {', '.join(canon_names())}")


def test_a_path_in_bytes_is_refused(tmp_path):
    write_game(GAME, tmp_path / "mine.json")
    with os.scandir(os.fsencode(tmp_path)) as folder:
        (entry,) = folder
    assert refused(entry) == ("is a path in bytes", ADVICE)


# ------------------------------------------------------------------------------------------------ what holds a game


def test_a_portrait_holds_its_game():
    assert as_game(summarise_game(canon("bully"))) is canon("bully")


@pytest.mark.parametrize("times", range(1, DEEPEST + 1))
def test_a_game_inside_other_things_is_found(times):
    assert as_game(inside(GAME, times)) is GAME


def test_what_is_held_may_be_a_name_or_two_matrices():
    assert as_game(SimpleNamespace(game="bully")) is canon("bully")
    assert as_game(SimpleNamespace(game=PAYOFFS)) == GAME


def test_a_game_too_deep_inside_other_things_is_not_looked_for():
    assert refused(inside(GAME, DEEPEST + 1)) == ("is of the type SimpleNamespace, which is no game", ADVICE)


# --------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("given", "kind"), [(None, "NoneType"), (3, "int"), (0.5, "float"), (b"bully", "bytes"), ({1, 2}, "set")]
)
def test_what_is_no_game_is_refused_by_its_type(given, kind):
    assert refused(given) == (f"is of the type {kind}, which is no game", ADVICE)


def test_what_holds_nothing_is_refused():
    assert refused(SimpleNamespace(game=None)) == ("is of the type NoneType, which is no game", ADVICE)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({}, "has no payoffs"),
        ({"name": "mine"}, "has no payoffs"),
        ({"payoffs": PAYOFFS, "colour": 1}, "has the key 'colour'"),
        ({"colour": 1}, "has the key 'colour'"),
        ({"payoffs": PAYOFFS, 3: 1}, "has the key '3'"),
        ({"k" * 100: 1}, f"has the key {'k' * 40!r}"),
        ({"remarks": ["x"], "payoffs": PAYOFFS}, "has the key 'remarks'"),
    ],
    ids=["empty", "a name alone", "another key", "another key alone", "a number", "a long key", "remarks"],
)
def test_a_dictionary_that_is_no_game_is_refused_with_the_keys_of_one(table, reason):
    assert refused(table) == (reason, "the keys of a game are name, players, actions, payoffs, scale, tolerance")


def test_numbers_that_are_no_matrices_are_refused_as_payoffs():
    with pytest.raises(InputError, match="payoffs: a game of two players needs two matrices"):
        as_game([1, 2, 3])
