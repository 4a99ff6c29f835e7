from .bargaining.clubs import club_members, club_sizes
from .bargaining.coalitions import (
    Coalitions,
    core,
    in_core,
    least_core,
    shapley,
    strongest_complaint,
)
from .bargaining.frontier import Points, efficient, points, rational
from .bargaining.repeated import grim_trigger, reach, tit_for_tat
from .bimatrix import Bimatrix
from .canon import canon_names
from .equilibria.equilibrium import Equilibria, Equilibrium
from .equilibria.solve import solve
from .errors import InputError, Problem, refuse
from .formats.game_files import read_game, write_game
from .summary import Portrait
from .two_by_two.basins import basins, rests
from .two_by_two.batch import Many, solve_many
from .two_by_two.dynamics import fictitious_play, field, orbit, velocity
from .two_by_two.promises import Promises
from .two_by_two.taxonomy import CLASSES, Kind, classify
from .two_by_two.topology import Place, Topology

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
