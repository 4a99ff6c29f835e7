"""Measures of an atlas: what is computed at every point, and the columns that hold it.

class      the class of the game, and the dominant side of a bully game
gains      gains of an agreement for the world and both governments, and whether it is self-enforcing
openness   the largest self-enforcing opening (about a hundred games for each point)
tax        the smallest levy on migrants' earnings that makes the agreement hold (some four hundred games for each
           point)
accounts   the four welfare accounts of Alonso, Table 6.2
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from economy.model.accounts import ACCOUNTS, accounts
from economy.model.payoffs import TIE, Stakes, solve_bilateral
from economy.parameters import Parameters
from economy.policy.largest_openness import both_gain, largest_openness, self_enforcing
from economy.policy.remedies import LEVY, least_amount
from games.two_by_two.batch import BatchSolutions, solve_many

Values: TypeAlias = NDArray[Any]
"""(point) floats, NaN where there is no answer; booleans; or codes of words, -1 where there is none."""

WORLD, OWN = "% of the world's baseline GDP", "weighted % of own baseline GDP"
"""Units of gains: of the world, and of one government."""


class AtlasColumn(NamedTuple):
    """Name, type, meaning and unit of one column."""

    name: str
    kind: Literal["number", "truth", "word"]
    """Type of the values: a float, a boolean, or the code of a word."""
    meaning: str
    unit: str | None = None
    """None where the values have no unit."""


class Piece(NamedTuple):
    """Solved points of an atlas; all arrays have the shape (point, ...)."""

    parameters: Parameters
    stakes: Stakes
    """Payoffs, gains and welfare of both countries."""
    games: BatchSolutions
    """Classes and equilibria of the games."""


class AtlasMeasure(NamedTuple):
    """One measure of an atlas: its columns, and the function that reads them."""

    columns: tuple[AtlasColumn, ...]
    read: Callable[[Piece], tuple[Values, ...]]
    """Returns the values of the columns, in order."""


def solve_economies(parameters: Parameters) -> Piece:
    """Solve the economies and classify the games that they form."""
    stakes = solve_bilateral(parameters)
    return Piece(parameters, stakes, solve_many(stakes.payoffs, TIE))


def _class(piece: Piece) -> tuple[Values, ...]:
    """Return the class and the dominant player."""
    return piece.games.code, piece.games.player


def _gains(piece: Piece) -> tuple[Values, ...]:
    """Return the gains when both open, and whether both gain and the agreement is self-enforcing."""
    both = piece.stakes.payoffs[..., 0, 0]
    world, welfare = 100 * piece.stakes.gdp_gain[:, 0, 0], 100 * piece.stakes.welfare[:, 0, 0]
    return world, welfare, both[:, 0], both[:, 1], both_gain(piece.stakes), self_enforcing(piece.stakes)


def _openness(piece: Piece) -> tuple[Values, ...]:
    """Return the largest opening and the gains of the world at it and at full opening."""
    found = largest_openness(piece.parameters)
    return found.level, 100 * found.gain, 100 * found.full


def _tax(piece: Piece) -> tuple[Values, ...]:
    """Return the smallest levy."""
    return (least_amount(piece.parameters, LEVY).needed,)


def _accounts(piece: Piece) -> tuple[Values, ...]:
    """Return the four welfare accounts."""
    totals, unknown = accounts(piece.stakes).totals, np.full(piece.stakes.shape, np.nan)
    settled = (piece.parameters.old_stock > 0) | (piece.parameters.old_stock_origin > 0)
    # Null is decided for each point: it must not depend on the other points of the batch.
    known = {name: unknown if total is None else total for name, total in totals.items()}
    known["old migrants"] = np.where(settled, known["old migrants"], unknown)
    return tuple(known[name] for name in ACCOUNTS)


ATLAS_MEASURES: Mapping[str, AtlasMeasure] = MappingProxyType(
    {
        "class": AtlasMeasure(
            (
                AtlasColumn("class", "word", "class of the game; differences below 1e-6 of the payoff range are ties"),
                AtlasColumn("class_player", "word", "the dominant side of a bully game"),
            ),
            _class,
        ),
        "gains": AtlasMeasure(
            (
                AtlasColumn("gdp_gain", "number", "gross gain of world GDP when both open", WORLD),
                AtlasColumn("welfare", "number", "the sum of all groups' gains when both open", WORLD),
                AtlasColumn("payoff_host", "number", "what the host's government makes of both opening", OWN),
                AtlasColumn("payoff_origin", "number", "what the origin's government makes of both opening", OWN),
                AtlasColumn("both_gain", "truth", "both governments prefer both open to both closed; ties are no gain"),
                AtlasColumn(
                    "self_enforcing", "truth", "neither gains by closing alone when both are open; ties are no gain"
                ),
            ),
            _gains,
        ),
        "openness": AtlasMeasure(
            (
                AtlasColumn(
                    "largest_openness",
                    "number",
                    "the largest opening at which neither closes and neither loses; 0 where there is none",
                    "share of the willing who are admitted",
                ),
                AtlasColumn("signed_gain", "number", "gross gain of world GDP at that opening", WORLD),
                AtlasColumn("possible_gain", "number", "gross gain of world GDP at full opening", WORLD),
            ),
            _openness,
        ),
        "tax": AtlasMeasure(
            (
                AtlasColumn(
                    "smallest_levy",
                    "number",
                    "the smallest levy at which neither closes and neither loses; null where none does",
                    "share of earnings abroad",
                ),
            ),
            _tax,
        ),
        "accounts": AtlasMeasure(
            tuple(
                AtlasColumn(name.replace(" ", "_"), "number", f"the account of {name} when both open", WORLD)
                for name in ACCOUNTS
            ),
            _accounts,
        ),
    }
)
"""Measures by the names that `--measure` takes."""
