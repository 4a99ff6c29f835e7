"""The JSON document of `winset solve`, and of the game inside other documents.

Numbers are rounded to what JSON prints; the field `exact` has them as exact text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias, TypeVar

from games.bargaining.side_payments import SidePayment
from games.bargaining.solutions import Solutions
from games.bimatrix import Bimatrix, Cell, Index, Matrix, Pair, Scale
from games.documents import Document, Length, Limits, TextPattern, optional_field, plain_field
from games.equilibria.enumeration import Mixture
from games.equilibria.equilibrium import Equilibria, Subset
from games.exact_numbers import format_exact
from games.json_values import to_json_value
from games.two_by_two.taxonomy import ClassName
from games.two_by_two.topology import Topology

Names: TypeAlias = Annotated[tuple[str, ...], Length(minimum=1)]
Payoffs: TypeAlias = Annotated[
    tuple[Annotated[tuple[float, ...], Length(minimum=1)], ...],
    Length(minimum=1),
]
"""Payoffs of one player by row and column."""
Point: TypeAlias = tuple[float, float]
"""A payoff of the row player and one of the column player."""
Shares: TypeAlias = Annotated[tuple[Annotated[float, Limits(minimum=0, maximum=1)], ...], Length(minimum=1)]
Indices: TypeAlias = Annotated[tuple[Index, ...], Length(minimum=1)]
TopologyKey: TypeAlias = Annotated[str, TextPattern("^[RT][PRST]{3}-[RT][PRST]{3}$")]
Numeral: TypeAlias = Annotated[str, TextPattern(r"^-?[0-9]+(/[0-9]+|(\.[0-9]+)?(e[+-]?[0-9]+)?)$")]
"""A number as text that loses nothing, such as 3, 0.25 or 1/3."""
Numerals: TypeAlias = Annotated[tuple[Numeral, ...], Length(minimum=1)]
ExactPayoffs: TypeAlias = Annotated[tuple[Numerals, ...], Length(minimum=1)]

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True, kw_only=True)
class EquilibriumDocument(Document):
    """An extreme equilibrium: a probability for every action of both players."""

    row: Shares = plain_field()
    """Probability of every row."""
    column: Shares = plain_field()
    """Probability of every column."""
    payoffs: Point = plain_field()
    """Expected payoffs of the row player and of the column player."""
    kind: Literal["pure", "mixed"]
    """Whether each player plays one action only."""
    strict: bool
    """Whether every deviation of every player costs something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionsDocument(Document):
    """The disagreement point and the bargaining solutions; null where no agreement is possible."""

    disagreement: Point
    """Payoffs without an agreement."""
    nash: Point | None
    """Nash solution."""
    kalai_smorodinsky: Point | None
    """Kalai-Smorodinsky solution."""
    egalitarian: Point | None
    """Egalitarian solution."""
    utilitarian: Point | None
    """Utilitarian solution."""
    coco: Point
    """Coco value (Kalai and Kalai 2013)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourDocument(Document):
    """A neighbouring strict game."""

    key: TopologyKey
    """Its place: the row player's order and the column player's."""
    class_: ClassName
    """Its class with the same order of actions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyDocument(Document):
    """The place among the strict 2x2 games (after Robinson and Goforth 2005)."""

    key: TopologyKey | None
    """The row player's order and the column player's; null when a player has ties."""
    strict: bool
    """Whether no player has ties."""
    neighbours: Annotated[tuple[NeighbourDocument, ...], Length(minimum=1)]
    """Of a strict game: one swap of adjacent ranks away. Of a tied one: every strict game that breaks its ties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactEquilibrium(Document):
    """An equilibrium as exact text."""

    row: Numerals
    """Probability of every row."""
    column: Numerals
    """Probability of every column."""
    payoffs: Numerals
    """Expected payoffs of the row player and of the column player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactNumbers(Document):
    """Numbers as text that loses nothing, such as "3", "0.25" and "1/3"."""

    payoffs: tuple[ExactPayoffs, ExactPayoffs]
    """Payoffs by player, row and column."""
    tolerance: Numeral
    """Share of a player's payoff range below which payoffs tie."""
    equilibria: tuple[ExactEquilibrium, ...]
    """The equilibria, in the order of `equilibria`."""
    security: Numerals | None
    """The payoff that each player can guarantee alone."""
    disagreement: Numerals | None
    """Payoffs without an agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GameDocument(Document):
    """A game of two players: every extreme equilibrium, the class, bargaining points and a side payment."""

    NAME = "solve"

    schema: Literal["winset/solve/1"] = "winset/solve/1"
    """Name and version of this document."""
    game: str | None
    """The game's name, when it has one."""
    players: tuple[str, str]
    """Names of the row player and of the column player."""
    actions: tuple[Names, Names]
    """Names of the rows, names of the columns."""
    payoffs: tuple[Payoffs, Payoffs]
    """Payoffs by player, row and column."""
    scale: Scale
    """`ordinal`: only the order of payoffs has a meaning; `cardinal`: their differences have one too."""
    class_: ClassName
    """Class of the game; `unnamed` for every game that is not 2x2."""
    class_player: str | None
    """The dominant side of a bully game."""
    tolerance: Annotated[float, Limits(minimum=0)]
    """Share of a player's payoff range below which payoffs tie."""
    equilibria: tuple[EquilibriumDocument, ...]
    """Every extreme equilibrium, each once."""
    subsets: tuple[Subset, ...]
    """Maximal Nash subsets, as indices into equilibria."""
    components: tuple[Indices, ...]
    """Connected unions of subsets, as indices into subsets."""
    complete: bool
    """Whether the list of equilibria is complete."""
    degenerate: bool | None
    """Whether some mixed strategy has more best replies than actions in use; null when time ran out."""
    method: str
    """How the equilibria were found."""
    security: Point | None
    """The payoff that each player can guarantee alone; null when time ran out."""
    efficient_cells: tuple[Cell, ...]
    """The cells, as row and column from 0, that no other cell dominates."""
    disagreement: Point | None
    """Payoffs without an agreement."""
    payoff_dominant: Index | None
    """The equilibrium that both prefer to every other, as an index into equilibria."""
    risk_dominant: Index | None
    """The risk-dominant equilibrium, as an index into equilibria."""
    solutions: SolutionsDocument | None
    """Bargaining solutions; null when time ran out."""
    side_payment: SidePayment | None
    """The side payment for the target cell; null without a target cell."""
    note: str | None
    """Why something is missing, tied or to be read with care."""
    topology: TopologyDocument | None
    """The place among the strict 2x2 games (after Robinson and Goforth 2005); null for other sizes."""
    exact: ExactNumbers | None = optional_field()
    """Only with --exact: numbers as exact text."""


def plain_payoffs(matrix: Matrix) -> Payoffs:
    """Return the payoffs of one player as JSON prints them."""
    return tuple(plain_numbers(row) for row in matrix)


def plain_numbers(numbers: Iterable[Fraction]) -> tuple[float, ...]:
    """Return numbers as JSON prints them: integers where they are whole, otherwise rounded floats."""
    return tuple(number.numerator if number.denominator == 1 else to_json_value(number) for number in numbers)


def plain_point(point: Pair) -> Point:
    """Return a payoff of each player as JSON prints them."""
    row, column = plain_numbers(point)
    return row, column


def equilibrium_documents(found: Equilibria) -> tuple[EquilibriumDocument, ...]:
    """Return the equilibria as parts of the document."""
    shares = _convert_strategies(found, plain_numbers)
    return tuple(
        EquilibriumDocument(
            row=shares[id(one.row)],
            column=shares[id(one.column)],
            payoffs=plain_point(one.payoffs),
            kind=one.kind,
            strict=one.strict,
        )
        for one in found.equilibria
    )


def _convert_strategies(found: Equilibria, form: Callable[[Mixture], Form]) -> dict[int, Form]:
    """Return every mixed strategy in another form, by its `id`.

    There may be ten thousand equilibria of a few strategies, so each strategy is converted once.
    """
    strategies = {id(mixture): mixture for one in found.equilibria for mixture in (one.row, one.column)}
    return {key: form(mixture) for key, mixture in strategies.items()}


def solutions_document(found: Solutions) -> SolutionsDocument:
    """Return the bargaining solutions as a part of the document."""
    return SolutionsDocument(
        disagreement=plain_point(found.disagreement),
        nash=found.nash and plain_point(found.nash),
        kalai_smorodinsky=found.kalai_smorodinsky and plain_point(found.kalai_smorodinsky),
        egalitarian=found.egalitarian and plain_point(found.egalitarian),
        utilitarian=found.utilitarian and plain_point(found.utilitarian),
        coco=plain_point(found.coco),
    )


def topology_document(found: Topology) -> TopologyDocument:
    """Return the place among the 2x2 games as a part of the document."""
    return TopologyDocument(
        key=found.place and found.place.key,
        strict=found.strict,
        neighbours=tuple(NeighbourDocument(key=key, class_=kind) for key, kind in found.neighbours),
    )


def exact_numbers(game: Bimatrix, found: Equilibria, security: Pair | None, disagreement: Pair | None) -> ExactNumbers:
    """Return payoffs, tolerance, equilibria and points as exact text: 3, 0.25 or 1/3.

    Parameters
    ----------
    game
        The game.
    found
        Its equilibria.
    security
        The payoff that each player can guarantee alone; None when it is not known.
    disagreement
        Payoffs without an agreement; None when they are not known.

    Returns
    -------
    ExactNumbers
        Every number as text.
    """
    strategies = _convert_strategies(found, format_numbers)
    first, second = (tuple(format_numbers(row) for row in matrix) for matrix in game.payoffs)
    return ExactNumbers(
        payoffs=(first, second),
        tolerance=format_exact(game.tolerance),
        equilibria=tuple(
            ExactEquilibrium(
                row=strategies[id(one.row)],
                column=strategies[id(one.column)],
                payoffs=format_numbers(one.payoffs),
            )
            for one in found.equilibria
        ),
        security=security and format_numbers(security),
        disagreement=disagreement and format_numbers(disagreement),
    )


def format_numbers(numbers: Iterable[Fraction]) -> tuple[str, ...]:
    """Return numbers as exact text."""
    return tuple(map(format_exact, numbers))
