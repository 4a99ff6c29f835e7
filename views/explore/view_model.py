"""Everything that one page of Explore shows, computed from one state: game, stakes, paradox.

The screen asks for a scene and draws it; it computes nothing of its own. So no two pictures of a page can stand
on different numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from economy.model.accounts import LABELS, NEUTRAL, WEAK
from economy.model.group_gains import GROUPS
from economy.model.payoffs import Stakes, game
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import TIE, largest_openness, margins, met
from games.bimatrix import Bimatrix, Cell
from games.canon import canon
from games.summary import portrait
from negotiation.preferences.values import interests, pooled, positions
from views.explore.dials import DIALS, GAP, INVENTED, OPEN, Pair, Settings, base
from views.figures.paradox_curve import Paradox
from views.figures.payoffs import NEAR, Point, Reach
from views.style.html import SIDES, Block, Gain, Matrix
from views.wording import screen
from views.wording.weights import weighed

SWITCH = 2.0
"""From this gap on the printed table shown is the one of unlike countries."""

STEPS = 51
"""Points of the paradox curve: one every tenth of the gap."""

OPENNESS: Array = np.concatenate([np.arange(1, 40) / 400, np.arange(20, 50) / 200, np.arange(25, 101) / 100])
"""The levels of openness among which the largest that holds is sought: a feasible range need not begin at 0."""

OPENED = (0, 0)
"""The cell in which both open."""

CLOSED = (1, 1)
"""The cell in which neither opens: what is left to both when talks fail."""

PEOPLE = [GROUPS.index("movers"), GROUPS.index("families")]
"""The money groups of those who move."""


@dataclass(frozen=True, slots=True)
class Play:
    """A game and what theory reads in it."""

    game: Bimatrix
    told: dict[str, Any]
    """What `winset solve --json` prints for it."""

    @property
    def stable(self) -> frozenset[Cell]:
        """The cells that are pure equilibria."""
        pure = (point for point in self.told["equilibria"] if point["kind"] == "pure")
        return frozenset((point["row"].index(1), point["column"].index(1)) for point in pure)

    @property
    def kind(self) -> str:
        """The class of the game."""
        return self.told["class"]

    @property
    def ordinal(self) -> bool:
        """Whether only the order of the payoffs means something."""
        return self.game.scale == "ordinal"


def model_play(pair: Pair, stakes: Stakes) -> Play:
    """The game that the economy derives for a pair."""
    shown = game(stakes, pair.names)
    return Play(shown, portrait(shown, disagreement=shown.at(CLOSED)).to_dict())


def printed_play(gap: float) -> Play:
    """The printed table nearer to the gap, with invented names on its sides: it is about no real country."""
    table = canon("cooperative" if gap < SWITCH else "bully")
    shown = Bimatrix(table.payoffs, INVENTED, table.actions, table.scale, table.name)
    return Play(shown, portrait(shown).to_dict())


def shown_matrix(play: Play) -> Matrix:
    """The game as a table, with best replies as its players compare them."""
    A, B = play.game.settled().payoffs
    rows, columns = ([[float(value) for value in row] for row in side] for side in play.game.payoffs)
    return Matrix(
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


def shown_reach(play: Play) -> Reach:
    """The game as a polygon, with the solutions that differ from its cells."""
    cells = {cell: _pair(play.game.at(cell)) for cell in play.game.cells()}
    return Reach(
        cells=cells,
        stable=play.stable,
        names=play.game.players,
        unit=screen.RANKS_AXIS if play.ordinal else screen.UNIT_AXIS,
        solutions=() if play.ordinal else _solutions(play, tuple(cells.values())),
        whole=play.ordinal,
    )


def _pair(values: Any) -> tuple[float, float]:
    return float(values[0]), float(values[1])


def _solutions(play: Play, cells: tuple[Point, ...]) -> tuple[tuple[str, Point], ...]:
    """The Nash and Kalai-Smorodinsky points where they lie off every cell; one name where they coincide."""
    found = play.told["solutions"]
    points = [(name, _pair(found[key])) for name, key in screen.SOLUTIONS if found[key] is not None]
    apart = [(name, point) for name, point in points if not any(_near(point, cell, cells) for cell in cells)]
    if len(apart) == 2 and _near(apart[0][1], apart[1][1], cells):
        return ((" and ".join(name for name, _ in apart), apart[0][1]),)
    return tuple(apart)


def _near(one: Point, other: Point, cells: tuple[Point, ...]) -> bool:
    spans = np.maximum(np.ptp(np.array(cells), axis=0), 1e-9)
    return bool((np.abs(np.subtract(one, other)) < NEAR * spans).all())


def blocks(pair: Pair, economy: Parameters, stakes: Stakes) -> tuple[Block, ...]:
    """Who gains when both open, by voting group of each country, and the migrants who have no vote."""
    countries = tuple(_country(pair, economy, stakes, country) for country in (0, 1))
    return (*countries, Block(screen.NO_SEAT, "migrants", _migrants(stakes)))


def _country(pair: Pair, economy: Parameters, stakes: Stakes, country: int) -> Block:
    """The four groups of Tables 6.A1 and 6.A3; the origin's families stand with their migrants."""
    groups = interests(economy, country)
    changes = pooled(stakes.groups[country, 0, 0], groups)
    shares = positions(pooled(stakes.relative[country, 0, 0], groups))
    role = SIDES[country]
    rows = tuple(
        Gain(screen.GROUPS[group.key], float(change), _stance(float(share)), role)
        for group, change, share in zip(groups, changes, shares, strict=True)
        if group.key in screen.GROUPS
    )
    heading = screen.country(pair.names[country], role if float(economy.gap) > 1 else "")
    found = weighed(economy, stakes, country)
    return Block(heading, role, rows, found, screen.WITH_MIGRANTS if country else screen.emigrants(found.emigrants))


def _migrants(stakes: Stakes) -> tuple[Gain, ...]:
    """Those who leave the origin, with their families: their gain in % of its GDP."""
    change = float(stakes.groups[1, 0, 0, PEOPLE].sum())
    stance = _stance(float(np.sign(change)))
    return (Gain(screen.MIGRANTS, change, stance, "migrants", votes=False),)


def beside_answer(pair: Pair, stakes: Stakes, settings: Settings, best: float) -> str:
    """The sentence that stands between answer and curve where they differ; empty where they agree.

    The answer says what is stable at the openness on the dial, the curve what both would sign at the best openness.
    """
    opens = OPENED in model_play(pair, stakes).stable
    if opens and met(margins(stakes)):
        return ""
    both = stakes.payoffs[:, 0, 0]
    losers = [name for name, payoff in zip(pair.names, both, strict=True) if payoff < -TIE]
    return screen.beside_answer(opened(settings), best, losers, opens=opens)


def opened(settings: Settings) -> float:
    """The share of the willing who are admitted, as the dials stand."""
    return settings[DIALS.index(OPEN)] * OPEN.scale


def _stance(share: float) -> str:
    """The word for a stake of -1 to 1, as Tables 6.A1 and 6.A3 have it."""
    return LABELS[2 + (share > NEUTRAL) + (share > WEAK) - (share < -NEUTRAL) - (share < -WEAK)]


def fixed(pair: Pair) -> str:
    """What the pair sets that no dial moves, in a sentence."""
    economy = base(pair)
    return screen.more_note(pair.names[1], float(economy.size), (float(economy.u0), float(economy.u1)))


@dataclass(frozen=True, slots=True)
class Regime:
    """The paradox of adverse interest for one pair along the productivity gap."""

    paradox: Paradox
    openness: tuple[float, ...]
    """The largest openness that both keep of their own accord, by gap; 0 where there is none."""

    def openness_at(self, gap: float) -> float:
        """The largest openness at the point of the curve nearest to a gap."""
        return self.openness[int(np.abs(np.array(self.paradox.gap) - gap).argmin())]

    @property
    def full(self) -> tuple[bool, ...]:
        """Whether full opening holds of its own accord, by gap."""
        return tuple(share >= 1 for share in self.openness)


def regime(economy: Parameters) -> Regime:
    """The paradox curve of an economy: its own gap and openness play no part, every other dial does."""
    gap = np.round(np.linspace(GAP.low, GAP.high, STEPS), 3)
    found = largest_openness(economy.replace(gap=gap), OPENNESS)
    possible, signed = (tuple(float(100 * gain) for gain in gains) for gains in (found.full, found.gain))
    return Regime(Paradox(tuple(gap.tolist()), possible, signed), tuple(found.level.tolist()))
