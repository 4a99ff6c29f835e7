"""Games survive the way to a file and back; what is no game is answered, never with a traceback."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.equilibria.security import security
from games.equilibria.solve import solve
from games.errors import InputError
from games.formats.game_files import read_game, write_game

ENDINGS = (".nfg", ".toml", ".json")

names = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)


def pair_of(strategy):
    return st.lists(strategy, min_size=2, max_size=2, unique=True)


numbers = st.one_of(
    st.integers(-99, 99), st.fractions(-9, 9, max_denominator=7), st.decimals(-9, 9, places=3), st.floats(-1e9, 1e9)
)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", canon_names())
def test_printed_games_come_back_as_they_were(tmp_path, name, ending):
    write_game(canon(name), tmp_path / f"game{ending}")
    assert read_game(tmp_path / f"game{ending}") == canon(name)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_game_comes_back_exactly(tmp_path, ending):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(numbers, min_size=12, max_size=12),
        pair_of(names),
        pair_of(names),
        st.lists(names, min_size=3, max_size=3, unique=True),
        names,
        st.sampled_from(["ordinal", "cardinal"]),
        st.sampled_from([0, "1e-6"]),
    )
    def law(values, players, rows, columns, name, scale, tolerance):
        payoffs = [[values[:3], values[3:6]], [values[6:9], values[9:]]]
        game = Bimatrix(payoffs, players, [rows, columns], scale, name, tolerance)
        path = tmp_path / f"game{ending}"
        write_game(game, path)
        assert read_game(path) == game

    law()


def read(tmp_path, text, name="case.nfg"):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_game(path)


def test_the_payoff_version_of_nfg_counts_rows_fastest(tmp_path):
    game = read(tmp_path, 'NFG 1 R "bully" { "A" "B" } { 2 2 }\n\n1 3 2 1 0 2 2 2\n')
    assert game.payoffs == canon("bully").payoffs
    assert (game.name, game.players, game.actions) == ("bully", ("A", "B"), (("1", "2"), ("1", "2")))


def test_rationals_and_decimals_of_nfg_stay_exact(tmp_path):
    game = read(tmp_path, 'NFG 1 D "" { "A" "B" }\n{ { "u" "d" } { "l" } }\n"a comment"\n1/3 .1 -2.50 1e-3')
    assert game.payoffs == (((Fraction(1, 3),), (Fraction(-5, 2),)), ((Fraction(1, 10),), (Fraction(1, 1000),)))
    assert game.name == "case"


def test_the_outcome_version_of_nfg(tmp_path):
    # O'Neill's game (1987, PNAS 84): whoever plays the first card with weight 2/5 secures its value, -1.
    game = read(
        tmp_path,
        r"""NFG 1 R "O'Neill \"1987\"" { "Player 1" "Player 2" }

        { { "A1" "A2" "A3" "A4" } { "B1" "B2" "B3" "B4" } }
        "with { braces } and
        a second line"

        { { "wins" 5, -5 } { "loses" -5, 5 } }
        1 2 2 2   2 2 1 1   2 1 2 1   2 1 1 2
        """,
    )
    assert game.name == 'O\'Neill "1987"'
    assert security(game) == (-1, 1)
    (only,) = solve(game, opinion=False).equilibria
    assert only.row == only.column == (Fraction(2, 5), Fraction(1, 5), Fraction(1, 5), Fraction(1, 5))


def test_outcome_0_pays_nothing(tmp_path):
    game = read(tmp_path, 'NFG 1 R "x" { "A" "B" } { 2 1 } { { "" 4, 5 } } 1 0')
    assert game.payoffs == (((4,), (0,)), ((5,), (0,)))


def test_names_that_are_missing_or_doubled_become_numbers(tmp_path):
    game = read(tmp_path, 'NFG 1 R "" { "" "" } { { "a" "a" } { "" } } 1 2 3 4')
    assert (game.players, game.actions) == (("Player 1", "Player 2"), (("1", "2"), ("1",)))


def test_toml_and_json_by_hand(tmp_path):
    toml = read(tmp_path, 'payoffs = [[[0.1, "1/3"]], [[1, 2]]]\nplayers = ["Host", "Origin"]\n', "corridor.toml")
    json = read(
        tmp_path, '\ufeff{"payoffs": [[[0.1, "1/3"]], [[1, 2]]], "players": ["Host", "Origin"]}', "corridor.json"
    )
    assert toml == json
    assert toml.payoffs[0] == ((Fraction(1, 10), Fraction(1, 3)),)
    assert (toml.name, toml.players) == ("corridor", ("Host", "Origin"))


HEAD = 'NFG 1 R "x" { "A" "B" }'


@pytest.mark.parametrize(
    ("text", "name", "word"),
    [
        ("", "a.nfg", "ends where"),
        ("EFG 2 R", "a.nfg", "should"),
        ("NFG 2 R", "a.nfg", "version"),
        ("NFG 1 X", "a.nfg", "number format"),
        ("NFG 1 R x A", "a.nfg", "players"),
        ('NFG 1 R "x" { "A" "B" "C" } { 2 2 2 } 0 0 0', "a.nfg", "3 players"),
        (f"{HEAD} {{ 2 2 2 }} 1 2", "a.nfg", "3 players"),
        (f"{HEAD} {{ 2 x }} 1 2", "a.nfg", "whole number"),
        (f"{HEAD} {{ 0 2 }} 1 2", "a.nfg", "0 cells"),
        (f"{HEAD} {{ 101 100 }} 1 2", "a.nfg", "10100 cells"),
        (f"{HEAD} {{ 999999 999999 }} 1 2", "a.nfg", "cells"),
        (f"{HEAD} {{ 999999999 999999999 }} 1 2", "a.nfg", "whole number"),
        (f"{HEAD} {{ 1 1 }} 1", "a.nfg", "ends where"),
        (f"{HEAD} {{ 1 1 }} 1 2 3", "a.nfg", "goes on"),
        (f"{HEAD} {{ 1 1 }} 1 nan", "a.nfg", "not a number"),
        (f"{HEAD} {{ 1 1 }} 1 1e99999", "a.nfg", "not a number"),
        (f'{HEAD} {{ 1 1 }} {{ {{ "" 1 }} }} 1', "a.nfg", "outcome"),
        (f"{HEAD} {{ 1 1 }} {{ 5 }} 1", "a.nfg", "outcome"),
        (f'{HEAD} {{ 1 1 }} {{ {{ "" 1, 2 }} }} 2', "a.nfg", "not in the list"),
        (f"{HEAD} {{ 1 1 }} {{ {{ {{ 1 }} }} }} 2", "a.nfg", "nested"),
        ('NFG 1 R "unclosed', "a.nfg", "ends where"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "a.nfg", "not text"),
        (b"\x00\x01\x02", "a.json", "cannot be read"),
        ("", "a.json", "cannot be read"),
        ("", "a.toml", "missing"),
        ("[1, 2]", "a.json", "missing"),
        ("payoffs = [", "a.toml", "is not closed"),
        ('{"payoffs": [[[NaN]], [[1]]]}', "a.json", "not a number"),
        ('{"payoffs": [[[1e999999999]], [[1]]]}', "a.json", "not a number"),
        ('{"payoffs": [[[1e99999999999999999999]], [[1]]]}', "a.json", "not a number below 1e300"),
        ("payoffs = [[[1e99999999999999999999]], [[1]]]", "a.toml", "not a number below 1e300"),
        ("payoffs = [[[nan]], [[1]]]", "a.toml", "not a number"),
        ("payoffs = [[[1, 2], [3]], [[1, 2], [3, 4]]]", "a.toml", "rows of"),
        ("payoffs = [[[1]], [[1]]]\ncolour = 3", "a.toml", "not a key"),
        ("payoffs = [[[1]], [[1]]]\nplayers = 3", "a.toml", "names"),
        ('{"payoffs": ' + "[" * 100_000, "a.json", "nested too deeply"),
        ("payoffs = " + "[" * 100_000, "a.toml", "nested too deeply"),
        ('{"payoffs": [[[' + "9" * 5000 + "]], [[1]]]}", "a.json", "cannot be read"),
        ("x" * 1_000_001, "a.toml", "1 MB"),
        ("payoffs", "a.txt", "kind of game file"),
    ],
)
def test_what_is_no_game_of_two_is_refused_with_file_and_hint(tmp_path, text, name, word):
    with pytest.raises(InputError) as refusal:
        read(tmp_path, text, name)
    (problem,) = refusal.value.problems
    assert problem.place.startswith(name)
    assert word in f"{problem.place}: {problem.reason}"
    assert problem.hint


def test_a_file_without_a_name_is_named_after_itself(tmp_path):
    (tmp_path / "border.toml").write_text("payoffs = [[[1]], [[2]]]", encoding="utf-8")
    assert read_game(tmp_path / "border.toml").name == "border"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_game(tmp_path / "none.nfg")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_game(tmp_path / "folder.toml")


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_game(canon("bully"), tmp_path / "no" / "game.nfg")
    with pytest.raises(InputError, match="kind of game file"):
        write_game(canon("bully"), tmp_path / "game.xlsx")
