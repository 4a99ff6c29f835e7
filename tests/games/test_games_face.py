"""The face of the room: every name is there, and nothing heavy comes with it."""

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

import games
from games import canon


def test_every_name_of_the_face_is_found_though_modules_share_some():
    for module in ("games.canon", "games.portrait"):
        import_module(module)
    for name in games.__all__:
        assert not isinstance(getattr(games, name), ModuleType)
    name = "portrait"  # a type checker sees the module of that name
    assert getattr(games, name)(canon("bully")).kind.name == "bully"
    assert dir(games) == sorted(games.__all__)


def test_other_names_are_not():
    with pytest.raises(AttributeError):
        games.poker  # noqa: B018 - looking is the test


def test_the_face_and_the_table_of_a_game_load_neither_nashpy_nor_numpy():
    heavy = "{'numpy', 'scipy', 'nashpy'} & set(sys.modules)"
    code = f"import sys, games; games.classify(games.canon('bully')); sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_solving_without_a_second_opinion_loads_no_nashpy():
    code = "import sys, games; games.solve(games.canon('bully'), opinion=False); sys.exit('nashpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
