from .bargaining.clubs import club_members, club_sizes
from .bargaining.coalitions import Coalitions, core, in_core, largest_excess, least_core, shapley
from .bargaining.frontier import BargainingPoints, bargaining_points, individually_rational, pareto_efficient
from .bargaining.repeated import folk_theorem, grim_trigger, tit_for_tat
from .bimatrix import Bimatrix
from .canon import canon_names
from .equilibria.equilibrium import Equilibria, Equilibrium
from .equilibria.solve import solve
from .errors import InputError, Problem, input_error
from .formats.game_files import read_game, write_game
from .summary import GameSummary
from .two_by_two.basins import basins, rest_points
from .two_by_two.batch import BatchSolutions, solve_many
from .two_by_two.dynamics import fictitious_play, orbit, vector_field, velocity
from .two_by_two.promises import Promises
from .two_by_two.taxonomy import CLASSES, GameClass, classify
from .two_by_two.topology import Place, Topology

__all__ = [
    "CLASSES",
    "BargainingPoints",
    "BatchSolutions",
    "Bimatrix",
    "Coalitions",
    "Equilibria",
    "Equilibrium",
    "GameClass",
    "GameSummary",
    "InputError",
    "Place",
    "Problem",
    "Promises",
    "Topology",
    "bargaining_points",
    "basins",
    "canon_names",
    "classify",
    "club_members",
    "club_sizes",
    "core",
    "fictitious_play",
    "folk_theorem",
    "grim_trigger",
    "in_core",
    "individually_rational",
    "input_error",
    "largest_excess",
    "least_core",
    "orbit",
    "pareto_efficient",
    "read_game",
    "rest_points",
    "shapley",
    "solve",
    "solve_many",
    "tit_for_tat",
    "vector_field",
    "velocity",
    "write_game",
]
