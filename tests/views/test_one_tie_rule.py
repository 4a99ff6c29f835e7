"""`self_enforcing` and `both_gain` at the edges of a tie: every face gives the same answer as the game that is shown.

Two payoffs of a derived game that differ by less than 1e-6 of the player's payoff range are a tie. A levy is found
at which the host's gain lies a given share of that limit above or below 0; so small a gain is a tie at half of the
limit, and none at one and a half.
"""

import json
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from economy.model.payoffs import TIE, solve_bilateral
from economy.parameters import preset
from economy.policy.largest_openness import LEVELS
from games.two_by_two.explanation import explain
from lab import parse_design
from lab.atlas.axes import AtlasAxis
from lab.atlas.base_economy import read_base_economy
from lab.atlas.grid import define_atlas, solve_pages
from lab.runs.single_run import SingleRunner
from lab.runs.vectorised import ArrayRunner, is_vectorisable
from scenarios import analyse, read
from views.cli.commands import demo
from views.explore import view_model
from views.explore.dials import PAIRS
from views.text.analysis import analysis
from views.text.layout import Screen
from views.wording import games

OPENNESS = float(LEVELS[4])
"""0.05, as the search for the largest openness writes it."""
BOTH, CLOSES, NEITHER = (0, 0), (1, 0), (1, 1)


class Edge(NamedTuple):
    """Where the host stands between two cells, in shares of the limit below which it finds them equal."""

    other: tuple[int, int]
    """The cell that is compared with both open: the host closes alone, or neither opens."""
    share: float

    @property
    def name(self):
        return "stays" if self.other == CLOSES else "gains"


EDGES = [
    *(Edge(CLOSES, share) for share in (-1.5, -0.5, 0.5)),
    *(Edge(NEITHER, share) for share in (-1.5, -0.5, 0.5, 1.5)),
]


def shares(tax, other):
    """The host's gain by both opening, against another cell, in shares of its limit."""
    host = solve_bilateral(preset("asymmetric").replace(openness=OPENNESS, tax=tax)).payoffs[0]
    return float((host[BOTH] - host[other]) / (TIE * (host.max() - host.min())))


@cache
def levy(edge):
    """The levy at which the host stands at the edge."""
    low, high = 0.1, 0.2
    assert shares(low, edge.other) < -2
    assert shares(high, edge.other) > 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if shares(middle, edge.other) < edge.share else (low, middle)
    assert shares(high, edge.other) == pytest.approx(edge.share, abs=0.01)
    return high


@pytest.fixture(scope="module", params=EDGES, ids=lambda edge: f"{edge.name}-{edge.share}")
def edge(request):
    return request.param


@pytest.fixture(scope="module")
def case(edge, tmp_path_factory):
    path = tmp_path_factory.mktemp("edge") / "near.toml"
    lines = ['schema = 1\ntitle = "Near a tie"\n[economy]\npreset = "asymmetric"', f"openness = {OPENNESS!r}"]
    path.write_text("\n".join([*lines, f"tax = {levy(edge)!r}", ""]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(case):
    """The analysis of the case; it keeps what its searches have found."""
    return analyse(read(str(case)))


class Right(NamedTuple):
    """What is true at an edge.

    Closing alone leaves the host just below the status quo. So where both open is all but as good as closing alone it
    is no gain, and where it is all but as good as the status quo it is better than closing alone.
    """

    enforces: bool
    both_gain: bool
    unharmed: bool
    """Neither side is below the status quo."""


def right(edge):
    if edge.other == CLOSES:
        return Right(enforces=edge.share > -1, both_gain=False, unharmed=False)
    return Right(enforces=True, both_gain=edge.share > 1, unharmed=edge.share > -1)


def answers(told):
    """Both answers of one face, as truth values."""
    return bool(told["self_enforcing"]), bool(told["both_gain"])


def stable(game):
    """Whether a game as JSON prints it lists both open among its pure equilibria."""
    return any((one["row"], one["column"]) == ([1, 0], [1, 0]) for one in game["equilibria"])


def test_analyse_says_of_the_agreement_what_it_says_of_the_equilibria(edge, found):
    enforces, gain, _ = right(edge)
    told = json.loads(json.dumps(found.to_dict()))
    assert answers(told["agreement"]) == (enforces, gain)
    assert stable(told["game"]) == enforces
    assert told["game"]["tolerance"] == TIE
    payment = told["game"]["side_payment"]
    assert (payment["payer"] is None, payment["outside_money"] == 0) == (enforces, enforces)
    assert ("is an equilibrium without any transfer" in payment["note"]) == enforces
    lines = " ".join("\n".join(analysis(Screen(), found)).split())
    assert f"Opening of both enforces itself {'yes' if enforces else 'no'}" in lines
    assert f"Both governments gain by it {'yes' if gain else 'no'}" in lines


def test_an_atlas_says_the_same_of_its_point(edge):
    atlas = define_atlas(
        read_base_economy("asymmetric"),
        [AtlasAxis("openness", np.array([OPENNESS])), AtlasAxis("tax", np.array([levy(edge)]))],
    )
    (page,) = solve_pages(atlas)
    assert answers({name: page[name][0] for name in ("self_enforcing", "both_gain")}) == right(edge)[:2]


def test_a_sweep_says_the_same_in_arrays_and_by_the_slow_route(edge, case):
    cells = {"schema": 1, "scenario": str(case), "kind": "analyse", "measure": ["self_enforcing", "both_gain"]}
    design = parse_design(cells | {"factor": [{"key": "economy.tax", "values": [levy(edge), 0.5]}]})
    assert is_vectorisable(design)
    arrays, alone = ArrayRunner(design).batch(np.array([0]))[0], SingleRunner(design).run(0)
    for row in (arrays, alone):
        assert answers(dict(zip(design.measures, row.measures, strict=True))) == right(edge)[:2]


def test_explore_and_demo_show_the_same_game(edge, found):
    enforces, gain, unharmed = right(edge)
    stakes = solve_bilateral(preset("asymmetric").replace(openness=OPENNESS, tax=levy(edge)))
    play = view_model.model_game(PAIRS["One rich, one poor"], stakes)
    assert (BOTH in play.stable) == enforces
    assert view_model.build_matrix(play).best[0][0][0] == enforces
    answer = games.signing_answer(play.game)
    assert answer.startswith("Yes") == (enforces and unharmed)
    assert answer.startswith("Opening is stable, but Northmark") == (enforces and not unharmed)
    facts = explain(play.game)
    assert (BOTH in facts.equilibria, facts.opening == (1, 1)) == (enforces, gain)
    lines = "\n".join(demo.render_derived_game(Screen(), found, found.document()))
    assert ("Host: Liberalize · Origin: Liberalize" in lines) == enforces


def test_a_remedy_holds_and_an_opening_is_the_largest_where_the_agreement_holds(edge, found):
    """The remedies ask for one thing more: that neither side loses."""
    enforces, _, unharmed = right(edge)
    assert (found.opening.largest_openness == OPENNESS) == (enforces and unharmed)
    assert found.opening.holds == (enforces and unharmed)
