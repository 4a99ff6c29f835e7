"""The data of the page Explore, computed from one state: game, groups, accounts, flows.

The page renders what these functions return and computes nothing itself. So all figures of a page use the same
numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from economy.accounts.documents import (
    AccountDocument,
    AccountSumsDocument,
    account_documents,
    account_sums,
)
from economy.accounts.rows import AccountRow, account_rows
from economy.corridors.fitting import corridor
from economy.model.accounts import LABELS, positions
from economy.model.group_gains import GROUPS
from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import Stakes, game, reciprocity_index
from economy.parameters import Parameters
from economy.policy.largest_openness import TIE, agreement_margins, conditions_hold
from games.bimatrix import Bimatrix, Cell, Pair
from games.canon import canon
from games.display import join_with_and
from games.summary import GameSummary, summarise_game
from views.explore.dials import INVENTED, CountryPair, ExploreDial, Settings, base, values_by_key
from views.explore.gains import GainSummary, LevelGains
from views.figures.level_curve import LevelLines
from views.figures.paradox_curve import ParadoxGains
from views.figures.payoffs import NEAR, PayoffPolygon, Point
from views.style.group_table import Change, GainBlock, GroupGain
from views.style.html import SIDES, MatrixView
from views.wording import screen
from views.wording.weights import weigh_gains

SWITCH = 2.0
"""From this productivity gap on, the printed table shown is the one of unlike countries."""

TICKS = 5
"""Number of ticks on the axis of a dial that begins at 0."""

OPENED = (0, 0)
"""The cell in which both open."""

CLOSED = (1, 1)
"""The cell in which neither opens: the disagreement point."""

ALONE = ((0, 1), (1, 0))
"""The cell in which the host opens alone, and that in which the origin does."""

LABOUR = ("scarce_labour", "abundant_labour")
OTHERS = {"capital": ("capital",), "consumers": ("residents", "families"), "treasury": ("treasury",)}
"""Groups of a country, and the groups of the model that each contains; the treasury has no position in the tables."""
TABLE_ORDER = ("scarce_U", "skilled_S", "capital", "residents")
"""The groups of Tables 6.A1 and 6.A3 in the order of `economy.model.accounts.positions`."""


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
    """Return how each group's money changes when its country opens alone and when both open: host, then origin.

    The positions are those of Tables 6.A1 and 6.A3, with both rows of the tables.

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
        Two blocks of lines: groups of the host, groups of the origin.
    """
    return tuple(_country(pair, economy, stakes, country) for country in (0, 1))


def _country(pair: CountryPair, economy: Parameters, stakes: Stakes, country: int) -> GainBlock:
    """Return the groups of a country; scarce labour is the skill of which it has less than the other country."""
    role, cells = SIDES[country], (ALONE[country], OPENED)
    shares = float(economy.u0), float(economy.u1)
    labour = ("scarce_U", "skilled_S") if shares[country] <= shares[1 - country] else ("skilled_S", "scarce_U")
    members = {**dict(zip(LABOUR, ((name,) for name in labour), strict=True)), **OTHERS}
    order = [TABLE_ORDER.index(names[0]) for names in members.values() if names[0] in TABLE_ORDER]
    stands = [positions(stakes, country, reciprocity=both).labels[order] for both in (False, True)]
    rows: list[GroupGain] = []
    for number, (key, names) in enumerate(members.items()):
        columns = [GROUPS.index(name) for name in names]
        alone, both = (
            Change(
                float(stakes.groups[(country, *cell, columns)].sum()),
                _stance(str(labels[number])) if number < len(labels) else "",
            )
            for cell, labels in zip(cells, stands, strict=True)
        )
        rows.append(GroupGain(screen.TABLE_GROUPS[key], alone, both, role))
    heading = screen.country(pair.names[country], role if float(economy.gap) > 1 else "")
    found = weigh_gains(economy, stakes, country)
    money, payoff = (float(values[(country, *cells[0])].sum()) for values in (stakes.groups, stakes.payoffs))
    sums = Change(money), Change(payoff)
    return GainBlock(heading, role, tuple(rows), found, sums, screen.emigrants(found.emigrants))


def _stance(label: str) -> str:
    """Return the word for a label of `economy.model.accounts.LABELS`."""
    return screen.POSITIONS[LABELS.index(label)]


@dataclass(frozen=True, slots=True)
class AccountsView:
    """The money accounts of both opening, as every face shows them."""

    accounts: Mapping[str, AccountDocument]
    """The four accounts by name."""
    sums: AccountSumsDocument
    """Income, cost of moving, welfare and gross gain of GDP."""

    @property
    def rows(self) -> tuple[AccountRow, ...]:
        """Return the rows of the table of accounts."""
        return account_rows(self.accounts, self.sums)


def view_accounts(accounts: MoneyAccounts) -> AccountsView:
    """Return the money accounts of the cell in which both open; `accounts` has all four cells of one economy."""
    both = accounts.cell(*OPENED)
    return AccountsView(account_documents(both), account_sums(both))


@dataclass(frozen=True, slots=True)
class FlowBalance:
    """The two flows of a pair when both open, and their balance."""

    index: float
    """Reciprocity index: 0 where all move one way, 1 where as many go as come."""
    there: float
    """Migrants from the origin in the host: people, or a share of the host's workers where the pair is invented."""
    back: float
    """Migrants from the host in the origin, in the same unit."""
    people: bool
    """Whether the two flows are people."""
    today: tuple[float, float] | None
    """The same two flows today; None where there are none."""


def balance_flows(pair: CountryPair, stakes: Stakes) -> FlowBalance:
    """Return the two flows of a pair when both open, with the reciprocity index."""
    unit = host_workers(pair)
    now, before = (
        (float(flows[1, 0].sum()), float(flows[0, 1].sum())) for flows in (stakes.flows[0, 0], stakes.flows[1, 1])
    )
    return FlowBalance(
        index=float(reciprocity_index(stakes.flows[0, 0])),
        there=now[0] * (unit or 1.0),
        back=now[1] * (unit or 1.0),
        people=unit is not None,
        today=(before[0] * (unit or 1.0), before[1] * (unit or 1.0)) if sum(before) else None,
    )


def host_workers(pair: CountryPair) -> float | None:
    """Return the number of workers of the host of a real corridor; None for an invented pair."""
    if not pair.has_data:
        return None
    known = corridor(pair.start)
    return known.migrants[0] / known.stock[0]


def answer_difference(pair: CountryPair, stakes: Stakes, settings: Settings, best: float | None) -> str:
    """Return the sentence that explains why the answer of the page differs from its curve; "" where they agree.

    The answer is for the level on the dial, openness or people beyond today's number; the curve knows all levels.

    Parameters
    ----------
    pair
        The pair of countries, host first.
    stakes
        Gains of both countries at the settings.
    settings
        Shown values of all dials.
    best
        Largest level that is self-enforcing and leaves neither country worse off; None where there is none.

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
    return screen.answer_difference_sentences(
        dial_level(pair, settings), best, losers, opens=opens, people=pair.kind == "today"
    )


def dial_level(pair: CountryPair, settings: Settings) -> float:
    """Return how far both open on the dial: openness, between 0 and 1, or people beyond today's number as a share."""
    return values_by_key(pair, settings)[pair.level.key] * pair.level.scale


def note_on_parameters(pair: CountryPair) -> str:
    """Return a text for the reader with the parameters of a pair of countries that no dial (slider) can set."""
    economy = base(pair)
    return screen.more_note(pair.names[1], float(economy.size), (float(economy.u0), float(economy.u1)))


def build_paradox(steps: Sequence[float], summaries: Sequence[GainSummary]) -> ParadoxGains:
    """Return the lines of the figure from alike to unlike: gains in short at each step of the first dial."""
    return ParadoxGains(
        steps=tuple(steps),
        possible=tuple(each.possible for each in summaries),
        signed_gross=tuple(each.signed_gross for each in summaries),
        full_net=tuple(each.full_net for each in summaries),
        best_net=tuple(each.best_net for each in summaries),
        signed_net=tuple(each.signed_net for each in summaries),
    )


def build_levels(pair: CountryPair, found: LevelGains) -> LevelLines:
    """Return the lines of the figure of levels, in the unit of the pair's dial; without levels below its low end."""
    dial = pair.level
    first = next(at for at, level in enumerate(found.levels) if level / dial.scale >= dial.low - 1e-9)
    return LevelLines(
        levels=tuple(level / dial.scale for level in found.levels[first:]),
        gross=found.gross[first:],
        net=found.net[first:],
        signed=found.signed[first:],
        ends=(dial.low, dial.high),
        pool=None if found.pool is None else found.pool / dial.scale,
    )


def dial_ticks(dial: ExploreDial) -> list[tuple[float, str]]:
    """Return value and label of each tick of the axis of a dial, from its low end to its high end."""
    between = np.linspace(dial.low, dial.high, TICKS) if dial.low == 0 else _round_values(dial)
    return [(float(value), dial.format_value(float(value))) for value in between]


def _round_values(dial: ExploreDial) -> list[float]:
    """Return the ends of a dial and round values between them: whole numbers, or quarters of a long range."""
    step = 1.0 if dial.high - dial.low <= 2 * TICKS else dial.high / 4
    inner = np.arange(step, dial.high, step)
    return [dial.low, *(float(value) for value in inner if value > dial.low), dial.high]
