"""The face of the room: every name is there, and nothing heavy comes with it."""

import subprocess
import sys
from importlib import import_module
from types import ModuleType

import pytest

import games


def test_no_module_stands_in_the_light_of_a_name():
    for module in ("canon", "equilibria.solve", "summary", "two_by_two.batch"):
        import_module(f"games.{module}")
    for name in games.__all__:
        assert not isinstance(getattr(games, name), ModuleType)
    assert dir(games) == sorted(games.__all__)


def test_other_names_are_not():
    with pytest.raises(AttributeError):
        getattr(games, "poker")  # noqa: B009 - the type checker knows that there is none


def test_the_face_and_the_table_of_a_game_load_neither_nashpy_nor_numpy():
    heavy = "{'numpy', 'scipy', 'nashpy'} & set(sys.modules)"
    code = f"import sys, games, games.canon as c; games.classify(c.canon('bully')); sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_solving_without_a_second_opinion_loads_no_nashpy():
    solved = "import sys, games, games.canon as c; games.solve(c.canon('bully'), opinion=False)"
    code = f"{solved}; sys.exit('nashpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
