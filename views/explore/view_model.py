"""The data of the page Explore, computed from one state: game, stakes, paradox curve.

The page renders what these functions return and computes nothing itself. So all figures of a page use the same
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economy.model.accounts import NEUTRAL, WEAK
from economy.model.group_gains import GROUPS
from economy.model.payoffs import Stakes, game
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import TIE, agreement_margins, conditions_hold, largest_openness
from games.bimatrix import Bimatrix, Cell, Pair
from games.canon import canon
from games.display import join_with_and
from games.summary import GameSummary, summarise_game
from negotiation.preferences.values import relative_positions, sum_by_voting_group, voting_groups
from views.explore.dials import DIALS, GAP, INVENTED, OPEN, CountryPair, Settings, base
from views.figures.paradox_curve import ParadoxGains
from views.figures.payoffs import NEAR, PayoffPolygon, Point
from views.style.html import SIDES, GainBlock, GroupGain, MatrixView
from views.wording import screen
from views.wording.weights import weigh_gains

SWITCH = 2.0
"""From this productivity gap on, the printed table shown is the one of unlike countries."""

STEPS = 51
"""Number of points of the paradox curve: one per tenth of the gap."""

OPENNESS: Array = np.concatenate([np.arange(1, 40) / 400, np.arange(20, 50) / 200, np.arange(25, 101) / 100])
"""Levels of openness, in (0, 1], that are searched for the largest that holds: the feasible set need not begin at 0."""

OPENED = (0, 0)
"""The cell in which both open."""

CLOSED = (1, 1)
"""The cell in which neither opens: the disagreement point."""

PEOPLE = [GROUPS.index("movers"), GROUPS.index("families")]
"""Indices of the groups of those who move and their families."""


@dataclass(frozen=True, slots=True)
class AnalysedGame:
    """A game of two countries (each opens or closes its border) and the result of its analysis."""

    game: Bimatrix
    summary: GameSummary
    """The analysis, as `winset solve` prints it."""

    @property
    def stable(self) -> frozenset[Cell]:
        """Return the cells of the payoff table that are equilibria in pure strategies, as (row, column)."""
        pure = (point for point in self.summary.equilibria.equilibria if point.kind == "pure")
        return frozenset((point.row.index(1), point.column.index(1)) for point in pure)

    @property
    def kind(self) -> str:
        """Return the name of the class of the game, such as the prisoner's dilemma."""
        return self.summary.kind.name

    @property
    def ordinal(self) -> bool:
        """Return whether the payoffs are ranks, so that only their order has a meaning."""
        return self.game.scale == "ordinal"


def model_game(pair: CountryPair, stakes: Stakes) -> AnalysedGame:
    """Return the game that the model of the economy gives for a pair of countries, with its analysis.

    `stakes` holds the gains of both countries in each of the four cells (each country opens or closes its border).
    """
    shown = game(stakes, pair.names)
    return AnalysedGame(shown, summarise_game(shown, disagreement=shown.at(CLOSED)))


def printed_game(gap: float) -> AnalysedGame:
    """Return the payoff table of the literature for a productivity gap, as an analysed game.

    The gap is the productivity of the host over that of the origin. Below `SWITCH` the result is the table of alike
    countries, from it on that of unlike ones. The players have invented names, since the table is about no real
    country.
    """
    table = canon("cooperative" if gap < SWITCH else "bully")
    shown = Bimatrix(table.payoffs, INVENTED, table.actions, table.scale, table.name)
    return AnalysedGame(shown, summarise_game(shown))


def build_matrix(play: AnalysedGame) -> MatrixView:
    """Return the data of the payoff matrix of a game: payoffs, best replies, equilibria, names and unit.

    Payoffs that the analysis treats as ties are ties here too, so that the best replies agree with its equilibria.
    """
    A, B = play.game.with_exact_ties().payoffs
    rows, columns = ([[float(value) for value in row] for row in side] for side in play.game.payoffs)
    return MatrixView(
        payoffs=(rows, columns),
        best=(
            [[A[i][j] == max(A[0][j], A[1][j]) for j in (0, 1)] for i in (0, 1)],
            [[B[i][j] == max(B[i]) for j in (0, 1)] for i in (0, 1)],
        ),
        stable=play.stable,
        names=play.game.players,
        unit=screen.RANKS if play.ordinal else screen.UNIT,
        note=screen.OUTLINED if play.stable else "",
        ordinal=play.ordinal,
    )


def build_polygon(play: AnalysedGame) -> PayoffPolygon:
    """Return the data of the payoff polygon of a game: its four cells as points, and its equilibria.

    A game with numerical payoffs also has the Nash and Kalai-Smorodinsky solutions, where they are not cells.
    """
    cells = {cell: _pair(play.game.at(cell)) for cell in play.game.cells()}
    return PayoffPolygon(
        cells=cells,
        stable=play.stable,
        names=play.game.players,
        unit=screen.RANKS_AXIS if play.ordinal else screen.UNIT_AXIS,
        solutions=() if play.ordinal else _solutions(play, tuple(cells.values())),
        whole=play.ordinal,
    )


def _pair(values: Pair) -> Point:
    return float(values[0]), float(values[1])


def _solutions(play: AnalysedGame, cells: tuple[Point, ...]) -> tuple[tuple[str, Point], ...]:
    """Return the Nash and Kalai-Smorodinsky points that are not cells; one with both names where they coincide."""
    found = play.summary.solutions
    if found is None:
        return ()
    named = ((screen.NASH, found.nash), (screen.KALAI_SMORODINSKY, found.kalai_smorodinsky))
    points = [(name, _pair(point)) for name, point in named if point is not None]
    apart = [(name, point) for name, point in points if not any(_near(point, cell, cells) for cell in cells)]
    if len(apart) == 2 and _near(apart[0][1], apart[1][1], cells):
        return ((join_with_and([name for name, _ in apart]), apart[0][1]),)
    return tuple(apart)


def _near(one: Point, other: Point, cells: tuple[Point, ...]) -> bool:
    spans = np.maximum(np.ptp(np.array(cells), axis=0), 1e-9)
    return bool((np.abs(np.subtract(one, other)) < NEAR * spans).all())


def group_blocks(pair: CountryPair, economy: Parameters, stakes: Stakes) -> tuple[GainBlock, ...]:
    """Return how the welfare of each group changes when both countries open: host, origin, then the migrants.

    The groups of a country are those that vote. The migrants have no vote in the talks.

    Parameters
    ----------
    pair
        The pair of countries, host first.
    economy
        The economy that is shown.
    stakes
        Gains of that economy, by group.

    Returns
    -------
    tuple[GainBlock, ...]
        Three blocks of lines: groups of the host, groups of the origin, migrants.
    """
    countries = tuple(_country(pair, economy, stakes, country) for country in (0, 1))
    return (*countries, GainBlock(screen.NO_SEAT, "migrants", _migrants(stakes)))


def _country(pair: CountryPair, economy: Parameters, stakes: Stakes, country: int) -> GainBlock:
    """Return the voting groups of a country, as in Tables 6.A1 and 6.A3.

    The origin's families stand with its migrants.
    """
    groups = voting_groups(economy, country)
    changes = sum_by_voting_group(stakes.groups[country, 0, 0], groups)
    shares = relative_positions(sum_by_voting_group(stakes.relative[country, 0, 0], groups))
    role = SIDES[country]
    rows = tuple(
        GroupGain(screen.GROUPS[group.key], float(change), _stance(float(share)), role)
        for group, change, share in zip(groups, changes, shares, strict=True)
        if group.key in screen.GROUPS
    )
    heading = screen.country(pair.names[country], role if float(economy.gap) > 1 else "")
    found = weigh_gains(economy, stakes, country)
    return GainBlock(heading, role, rows, found, screen.WITH_MIGRANTS if country else screen.emigrants(found.emigrants))


def _migrants(stakes: Stakes) -> tuple[GroupGain, ...]:
    """Return the change of those who leave the origin and their families, in % of the origin's GDP."""
    change = float(stakes.groups[1, 0, 0, PEOPLE].sum())
    stance = _stance(float(np.sign(change)))
    return (GroupGain(screen.MIGRANTS, change, stance, "migrants", votes=False),)


def answer_difference(pair: CountryPair, stakes: Stakes, settings: Settings, best: float) -> str:
    """Return the sentence that explains why the answer of the page differs from its paradox curve; "" where they agree.

    The answer is for the openness (share of the willing who are admitted) on the dial, the curve for the best openness.

    Parameters
    ----------
    pair
        The pair of countries, host first.
    stakes
        Gains of both countries at the settings.
    settings
        Shown values of all dials.
    best
        Largest openness, in [0, 1], that is self-enforcing and leaves neither country worse off; 0 where there is none.

    Returns
    -------
    str
        The sentence; an empty text where no explanation is needed.
    """
    opens = OPENED in model_game(pair, stakes).stable
    if opens and conditions_hold(agreement_margins(stakes)):
        return ""
    both = stakes.payoffs[:, 0, 0]
    losers = [name for name, payoff in zip(pair.names, both, strict=True) if payoff < -TIE]
    return screen.answer_difference_sentences(dial_openness(settings), best, losers, opens=opens)


def dial_openness(settings: Settings) -> float:
    """Return the openness (share of the willing migrants who are admitted) to which the dial is set, between 0 and 1.

    `settings` holds the shown values of all dials, in the order of `DIALS`.
    """
    return settings[DIALS.index(OPEN)] * OPEN.scale


def _stance(share: float) -> str:
    """Return the word for a stake in [-1, 1], as in Tables 6.A1 and 6.A3."""
    return screen.POSITIONS[2 + (share > NEUTRAL) + (share > WEAK) - (share < -NEUTRAL) - (share < -WEAK)]


def note_on_parameters(pair: CountryPair) -> str:
    """Return a text for the reader with the parameters of a pair of countries that no dial (slider) can set."""
    economy = base(pair)
    return screen.more_note(pair.names[1], float(economy.size), (float(economy.u0), float(economy.u1)))


@dataclass(frozen=True, slots=True)
class OpennessCurve:
    """The paradox curve of one economy, with the largest openness that holds at each point.

    The curve shows the possible gain and the gain that both countries would sign, by productivity gap. Openness is the
    share of the willing migrants who are admitted.
    """

    paradox: ParadoxGains
    openness: tuple[float, ...]
    """Largest openness, in [0, 1], that is self-enforcing and leaves neither worse off, by gap; 0 if there is none."""

    def openness_at(self, gap: float) -> float:
        """Return the openness (0 to 1) at the point of the curve whose productivity gap is nearest to the given gap."""
        return self.openness[int(np.abs(np.array(self.paradox.gap) - gap).argmin())]

    @property
    def full(self) -> tuple[bool, ...]:
        """Return one boolean for each productivity gap of the curve: whether full opening holds at that gap.

        Full opening admits everybody who wants to come. It holds when neither country gains by closing alone and
        neither government is worse off than with closed borders.
        """
        return tuple(share >= 1 for share in self.openness)


def compute_openness_curve(economy: Parameters) -> OpennessCurve:
    """Compute the paradox curve of an economy: gains and largest openness that holds, for each productivity gap.

    The economy's own gap and openness have no effect, since the curve runs through all of them. All its other
    parameters count.
    """
    gap = np.round(np.linspace(GAP.low, GAP.high, STEPS), 3)
    found = largest_openness(economy.replace(gap=gap), OPENNESS)
    possible, signed = (tuple(float(100 * gain) for gain in gains) for gains in (found.full, found.gain))
    return OpennessCurve(ParadoxGains(tuple(gap.tolist()), possible, signed), tuple(found.level.tolist()))
