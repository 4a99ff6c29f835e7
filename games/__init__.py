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
    from games.coalitions import (
        Coalitions,
        club_members,
        club_sizes,
        core,
        in_core,
        least_core,
        shapley,
        strongest_complaint,
    )
    from games.dynamics import fictitious_play, field, orbit, velocity
    from games.equilibria import Equilibria, Equilibrium, solve
    from games.errors import InputError, Problem, refuse
    from games.files import read_game, write_game
    from games.frontier import Points, efficient, points, rational
    from games.portrait import Portrait
    from games.promises import Promises
    from games.repeated import grim_trigger, reach, tit_for_tat
    from games.separatrix import basins, rests
    from games.taxonomy import CLASSES, Kind, classify
    from games.topology import Place, Topology
    from games.two_by_two import Many, solve_many

_HOME = {
    "CLASSES": "games.taxonomy",
    "Bimatrix": "games.bimatrix",
    "Coalitions": "games.coalitions",
    "Equilibria": "games.equilibria",
    "Equilibrium": "games.equilibria",
    "InputError": "games.errors",
    "Kind": "games.taxonomy",
    "Many": "games.two_by_two",
    "Place": "games.topology",
    "Points": "games.frontier",
    "Portrait": "games.portrait",
    "Problem": "games.errors",
    "Promises": "games.promises",
    "Topology": "games.topology",
    "basins": "games.separatrix",
    "canon_names": "games.canon",
    "classify": "games.taxonomy",
    "club_members": "games.coalitions",
    "club_sizes": "games.coalitions",
    "core": "games.coalitions",
    "efficient": "games.frontier",
    "fictitious_play": "games.dynamics",
    "field": "games.dynamics",
    "grim_trigger": "games.repeated",
    "in_core": "games.coalitions",
    "least_core": "games.coalitions",
    "orbit": "games.dynamics",
    "points": "games.frontier",
    "rational": "games.frontier",
    "reach": "games.repeated",
    "read_game": "games.files",
    "refuse": "games.errors",
    "rests": "games.separatrix",
    "shapley": "games.coalitions",
    "solve": "games.equilibria",
    "solve_many": "games.two_by_two",
    "strongest_complaint": "games.coalitions",
    "tit_for_tat": "games.repeated",
    "velocity": "games.dynamics",
    "write_game": "games.files",
}

__all__ = [
    "CLASSES",
    "Bimatrix",
    "Coalitions",
    "Equilibria",
    "Equilibrium",
    "InputError",
    "Kind",
    "Many",
    "Place",
    "Points",
    "Portrait",
    "Problem",
    "Promises",
    "Topology",
    "basins",
    "canon_names",
    "classify",
    "club_members",
    "club_sizes",
    "core",
    "efficient",
    "fictitious_play",
    "field",
    "grim_trigger",
    "in_core",
    "least_core",
    "orbit",
    "points",
    "rational",
    "reach",
    "read_game",
    "refuse",
    "rests",
    "shapley",
    "solve",
    "solve_many",
    "strongest_complaint",
    "tit_for_tat",
    "velocity",
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
