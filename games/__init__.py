"""Pure game theory: games of two players, every equilibrium of them, their names, and what could be agreed.

    from games import Bimatrix, canon, solve
    solve(canon("bully")).equilibria

Names are looked up when they are first used, so that importing this room costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from games.bimatrix import Bimatrix
    from games.canon import canon, canon_names
    from games.equilibria import Equilibria, Equilibrium, solve
    from games.errors import InputError, Problem, refuse
    from games.files import read_game, write_game
    from games.frontier import Points, efficient, points, rational
    from games.portrait import Portrait, portrait
    from games.taxonomy import CLASSES, Kind, classify
    from games.two_by_two import Many, solve_many

_HOME = {
    "CLASSES": "games.taxonomy",
    "Bimatrix": "games.bimatrix",
    "Equilibria": "games.equilibria",
    "Equilibrium": "games.equilibria",
    "InputError": "games.errors",
    "Kind": "games.taxonomy",
    "Many": "games.two_by_two",
    "Points": "games.frontier",
    "Portrait": "games.portrait",
    "Problem": "games.errors",
    "canon": "games.canon",
    "canon_names": "games.canon",
    "classify": "games.taxonomy",
    "efficient": "games.frontier",
    "points": "games.frontier",
    "portrait": "games.portrait",
    "rational": "games.frontier",
    "read_game": "games.files",
    "refuse": "games.errors",
    "solve": "games.equilibria",
    "solve_many": "games.two_by_two",
    "write_game": "games.files",
}

__all__ = [
    "CLASSES",
    "Bimatrix",
    "Equilibria",
    "Equilibrium",
    "InputError",
    "Kind",
    "Many",
    "Points",
    "Portrait",
    "Problem",
    "canon",
    "canon_names",
    "classify",
    "efficient",
    "points",
    "portrait",
    "rational",
    "read_game",
    "refuse",
    "solve",
    "solve_many",
    "write_game",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"games has no {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__


class _Face(ModuleType):
    """Keeps the functions `canon` and `portrait` in view, although modules of the same names hold them."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
