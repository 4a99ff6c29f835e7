"""Pure game theory: games of two players, every equilibrium of them, their names, and what could be agreed.

    from games import Bimatrix, solve
    solve(Bimatrix(([[5, 1], [3, 3]], [[5, 3], [1, 3]]))).equilibria

Names are looked up when they are first used, so that importing this room costs nothing. `games.canon.canon` and
`games.portrait.portrait` are not among them: a module of the same name would stand in their light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from games.bimatrix import Bimatrix
    from games.canon import canon_names
    from games.equilibria import Equilibria, Equilibrium, solve
    from games.errors import InputError, Problem, refuse
    from games.files import read_game, write_game
    from games.frontier import Points, efficient, points, rational
    from games.portrait import Portrait
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
    "canon_names": "games.canon",
    "classify": "games.taxonomy",
    "efficient": "games.frontier",
    "points": "games.frontier",
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
    "canon_names",
    "classify",
    "efficient",
    "points",
    "rational",
    "read_game",
    "refuse",
    "solve",
    "solve_many",
    "write_game",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"games has no {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
