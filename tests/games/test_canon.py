"""The printed games are what their sources print."""

import pytest

from games.canon import canon, canon_names, source
from games.errors import InputError


def test_table_6_a2():
    game = canon("cooperative")
    assert game.array().tolist() == [[[5, 1], [3, 3]], [[5, 3], [1, 3]]]
    assert game.scale == "ordinal"
    assert "6.A2" in source("cooperative")


def test_table_6_a4():
    game = canon("bully")
    assert game.array().tolist() == [[[1, 0], [2, 2]], [[3, 2], [1, 2]]]
    assert game.players == ("Developed", "Developing")
    assert game.actions == (("Liberalize", "Defect"),) * 2
    assert "6.A4" in source("bully")


def test_every_game_is_ordinal_and_says_where_it_is_printed():
    assert canon_names()[:2] == ("cooperative", "bully")
    for name in canon_names():
        assert (canon(name).scale, canon(name).name, canon(name).shape) == ("ordinal", name, (2, 2))
        assert any(character.isdigit() for character in source(name))


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(InputError) as refusal:
        canon("bulli")
    assert "bully" in refusal.value.problems[0].hint
