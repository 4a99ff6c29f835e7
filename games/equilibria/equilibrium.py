"""The answer of `solve`: extreme equilibria, maximal Nash subsets and components, with their text and HTML forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from games.bimatrix import Bimatrix, Index, Pair
from games.display import format_count, format_profile, join_numbers, join_with_and, sentences_html, table_html
from games.documents import Document, Length
from games.equilibria.enumeration import Mixture

_SHOWN = 20
"""Equilibria that a text or a table lists; the rest are counted."""


@dataclass(frozen=True, slots=True, repr=False)
class Equilibrium:
    """One extreme equilibrium: a probability for every action of both players."""

    row: Mixture
    column: Mixture
    payoffs: Pair
    """Expected payoffs of the row player and of the column player, in the game's own unit."""
    kind: Literal["pure", "mixed"]
    strict: bool
    """Whether every deviation of every player costs something."""
    game: Bimatrix | None = field(default=None, compare=False)
    """The game, for the names of players and actions; it does not count when two equilibria are compared."""

    def __repr__(self) -> str:
        """Return the strategies and the payoffs in one line."""
        return f"{_plays(self)}, worth {join_numbers(self.payoffs)} ({_sort(self)})"

    def _repr_html_(self) -> str:
        return sentences_html([repr(self)])


def _plays(one: Equilibrium) -> str:
    game = one.game
    return format_profile(game and game.players, game and game.actions, (one.row, one.column))


def _sort(one: Equilibrium) -> str:
    return f"{one.kind}, {'strict' if one.strict else 'weak'}"


@dataclass(frozen=True, slots=True)
class Subset(Document):
    """A maximal Nash subset: all combinations of its row and column strategies, also mixed, are equilibria."""

    vertices: Annotated[tuple[Index, ...], Length(minimum=1)]
    """Its extreme equilibria, as indices into the list of equilibria."""
    kind: Literal["point", "continuum"]


@dataclass(frozen=True, slots=True, repr=False)
class Equilibria:
    """The answer of `solve`.

    Pure equilibria come first. Each kind is sorted by falling probability of the first actions.
    """

    equilibria: tuple[Equilibrium, ...]
    subsets: tuple[Subset, ...]
    """Maximal Nash subsets; empty, like `components`, when the list of equilibria is not complete."""
    components: tuple[tuple[int, ...], ...]
    """Connected parts of the equilibrium set, as indices into `subsets`."""
    complete: bool
    degenerate: bool | None
    """Whether some mixed strategy has more best replies than actions in use; None when time ran out before this was
    known.
    """
    method: str
    note: str | None

    def __repr__(self) -> str:
        """Return the number of equilibria, one equilibrium per line, then the continua and the note."""
        lines = (f"{number:>3}  {one!r}" for number, one in enumerate(self.equilibria[:_SHOWN], 1))
        return "\n".join([self._headline(), *lines, *self._remarks()])

    def _repr_html_(self) -> str:
        shown = enumerate(self.equilibria[:_SHOWN], 1)
        rows = [(str(number), _plays(one), join_numbers(one.payoffs), _sort(one)) for number, one in shown]
        table = table_html(self._headline(), ("Number", "Who plays what", "Worth", "Sort"), rows)
        return table + sentences_html(self._remarks())

    def _headline(self) -> str:
        known = {True: "degenerate", False: "not degenerate", None: "not known whether degenerate"}[self.degenerate]
        extreme = format_count(len(self.equilibria), "extreme equilibrium", "extreme equilibria")
        return f"{extreme}, {'complete' if self.complete else 'not complete'}, {known}"

    def _remarks(self) -> list[str]:
        rest = len(self.equilibria) - _SHOWN
        continua = [one.vertices for one in self.subsets if one.kind == "continuum" and max(one.vertices) < _SHOWN]
        ends = [join_with_and([str(vertex + 1) for vertex in vertices]) for vertices in continua]
        between = [f"Every mixture of {joined} is an equilibrium too." for joined in ends[:_SHOWN]]
        return [*([f"and {rest} more"] if rest > 0 else []), *between, *([self.note] if self.note else [])]
