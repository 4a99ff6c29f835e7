"""The summary of one game: class, equilibria, bargaining solutions and side payment, the answer of `winset solve`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from games.bargaining.side_payments import ORDINAL, SidePayment, side_payment
from games.bargaining.solutions import Solutions, efficient_cells, solutions
from games.bimatrix import Bimatrix, Cell, Pair
from games.display import join_numbers, sentences_html, table_html
from games.equilibria.equilibrium import Equilibria
from games.equilibria.security import security
from games.equilibria.selection import EquilibriumChoice, payoff_dominant, risk_dominant
from games.equilibria.solve import solve
from games.errors import input_error
from games.exact_numbers import exact, format_rounded, format_value
from games.formats.game_argument import as_game
from games.game_document import (
    ExactNumbers,
    GameDocument,
    equilibrium_documents,
    exact_numbers,
    plain_payoffs,
    plain_point,
    solutions_document,
    topology_document,
)
from games.json_values import to_json_value
from games.messages import join_messages, message
from games.two_by_two.taxonomy import ALIASES, GameClass, classify
from games.two_by_two.topology import Topology, topology
from games.visible_text import visible

NO_TARGET = message("No side payment: no target cell is named.")
NOT_IN_TIME = message("Security levels or solutions did not finish in time.")
NO_AGREEMENT = message(
    "No agreement: nothing that the two can do together is at or above the disagreement point for both."
)
TIED_SUM = message(
    "Utilitarian: every point from ({x}, {y}) to ({other_x}, {other_y}) has the largest sum; the one closest to equal "
    "gains is shown."
)

_LEVELS_SHARE, _TALK_SHARE, _LAST_SHARE = 0.2, 0.35, 0.8

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, repr=False)
class GameSummary:
    """A game with its class, equilibria, bargaining solutions, side payment and place among the 2x2 games."""

    game: Bimatrix
    kind: GameClass
    equilibria: Equilibria
    security: Pair | None
    """The payoff that each player can guarantee alone; None when time ran out."""
    efficient_cells: tuple[Cell, ...]
    disagreement: Pair | None
    payoff_dominant: EquilibriumChoice
    risk_dominant: EquilibriumChoice
    solutions: Solutions | None
    side_payment: SidePayment | None
    notes: tuple[str, ...]
    """Why something is missing, tied or to be read with care: one or two sentences each."""
    topology: Topology | None
    """None for games that are not 2x2."""
    exact: bool = False
    """Whether the document also has payoffs and equilibria as exact text."""

    def document(self) -> GameDocument:
        """Return the document of `winset solve --json`; its part `exact` is there only where the field is set."""
        game, found = self.game, self.equilibria
        first, second = game.payoffs
        return GameDocument(
            game=game.name,
            players=game.players,
            actions=game.actions,
            payoffs=(plain_payoffs(first), plain_payoffs(second)),
            scale=game.scale,
            class_=self.kind.name,
            class_player=self.kind.player,
            tolerance=to_json_value(game.tolerance),
            equilibria=equilibrium_documents(found),
            subsets=found.subsets,
            components=found.components,
            complete=found.complete,
            degenerate=found.degenerate,
            method=found.method,
            security=self.security and plain_point(self.security),
            efficient_cells=self.efficient_cells,
            disagreement=self.disagreement and plain_point(self.disagreement),
            payoff_dominant=self.payoff_dominant.equilibrium,
            risk_dominant=self.risk_dominant.equilibrium,
            solutions=self.solutions and solutions_document(self.solutions),
            side_payment=self.side_payment,
            note=join_messages(" ", self.notes) if self.notes else None,
            topology=self.topology and topology_document(self.topology),
            exact=self.exact_numbers() if self.exact else None,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of `winset solve --json`."""
        return self.document().to_dict()

    def exact_numbers(self) -> ExactNumbers:
        """Return payoffs, tolerance, equilibria, security levels and disagreement as exact text: 3, 0.25 or 1/3."""
        return exact_numbers(self.game, self.equilibria, self.security, self.disagreement)

    def __repr__(self) -> str:
        """Return the game, its class, its equilibria, the bargaining points and the notes, as lines of text."""
        points = [f"  {name}: {_point(point)}" for name, point in _points(self)]
        lines = ["Payoffs of a bargain", *points, *_sentences(self)]
        return visible("\n".join([repr(self.game), _story(self), repr(self.equilibria), *lines]), breaks=True)

    def _repr_html_(self) -> str:
        points = [(name, _point(point)) for name, point in _points(self)]
        bargain = table_html("Payoffs of a bargain", ("Point", _both_named(self.game.players)), points)
        # The HTML of the game and of the equilibria, one below the other.
        parts: list[Any] = [self.game, self.equilibria]
        matrix, found = (part._repr_html_() for part in parts)
        return f"{matrix}{sentences_html([_story(self)])}{found}{bargain}{sentences_html(_sentences(self))}"


_NAMES = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
    "coco": "Coco",
}


def _both_named(players: tuple[str, str]) -> str:
    return " and ".join(players)


def _story(portrait: GameSummary) -> str:
    """Return the class of the game as a sentence, with its place when it is a strict 2x2 game."""
    name, player = portrait.kind
    alias = f" (also: {ALIASES[name]})" if name in ALIASES else ""
    dominant = f", {player} dominant" if player else ""
    place = portrait.topology and portrait.topology.place
    return f"Class: {name}{alias}{dominant}.{f' Place: {place.key}, {place.name}.' if place else ''}"


def _points(portrait: GameSummary) -> list[tuple[str, Pair | None]]:
    points = [("Security levels", portrait.security), ("Disagreement", portrait.disagreement)]
    return points + [(name, getattr(portrait.solutions, key, None)) for key, name in _NAMES.items()]


def _point(point: Pair | None) -> str:
    return "none" if point is None else join_numbers(point)


def _sentences(portrait: GameSummary) -> list[str]:
    """Return the note of the side payment, then the other notes.

    A note that is already part of that note, or of the note on equilibria, is left out.
    """
    payment = portrait.side_payment.note if portrait.side_payment else ""
    said = f"{payment} {portrait.equilibria.note or ''}"
    return [text for text in (payment, *(note for note in portrait.notes if note not in said)) if text]


def summarise_game(game: Any, target: Any = None, disagreement: Any = None, timeout: float = 10.0) -> GameSummary:
    """Solve, classify and bargain over one game, in about `timeout` seconds.

    Parameters
    ----------
    game
            As for `solve`: a `Bimatrix`, two matrices, the name of a printed game, the path of a game file, or an
        object with a game.
    target
            The cell (row, column), counted from 0, that side payments are to support. None: (Liberalize, Liberalize)
        where a 2x2 game begins with these actions, otherwise no side payment.
    disagreement
        Payoffs (row, column) if no agreement is reached; None for the security levels.
    timeout
        Time limit in seconds, above 0.

    Returns
    -------
    GameSummary
        Parts for which the time was too short are None, with a note.

    Raises
    ------
    InputError
            When there is no game, for a target that is not a cell, for payoffs that are not numbers, and for a timeout
        that is not a number of seconds above 0.
    """
    start, game = time.perf_counter(), as_game(game)
    aim = _target(game, target)
    given = None if disagreement is None else _pair(disagreement)
    # Steps that are usually fast come first, with a part of the time; the equilibria may take all the rest.
    talk = _talk(game, aim, given, (start + _LEVELS_SHARE * timeout, start + _TALK_SHARE * timeout))
    cells, place = efficient_cells(game), topology(game)
    found = solve(game, timeout, spent=time.perf_counter() - start)
    if talk.solutions is None and time.perf_counter() < start + _LAST_SHARE * timeout:
        talk = _talk(game, aim, given, (start + timeout, start + timeout))
    choices = payoff_dominant(game, found), risk_dominant(game, found)
    notes = _notes(game, found, choices, talk.solutions, talk.payment)
    kind, (levels, origin, bargains, payment) = classify(game), talk
    return GameSummary(game, kind, found, levels, cells, origin, *choices, bargains, payment, notes, place)


class _Talk(NamedTuple):
    """The bargaining part of the summary; None where time ran out, or where an input of that part is missing."""

    levels: Pair | None
    origin: Pair | None
    solutions: Solutions | None
    payment: SidePayment | None


def _talk(game: Bimatrix, aim: Cell | None, given: Pair | None, deadlines: tuple[float, float]) -> _Talk:
    """Return security levels, computed until the first deadline, and the solutions, until the second."""
    levels = _in_time(lambda: security(game, deadlines[0]))
    origin = given or levels
    bargains = _in_time(lambda: solutions(game, origin, deadlines[1])) if origin else None
    return _Talk(levels, origin, bargains, side_payment(game, aim, origin) if aim and origin else None)


def _in_time(compute: Callable[[], Found]) -> Found | None:
    try:
        return compute()
    except TimeoutError:
        return None


def has_liberalize_first(game: Bimatrix) -> bool:
    """Return whether the game is 2x2 and the first action of both players is `Liberalize`."""
    return game.shape == (2, 2) and [names[0] for names in game.actions] == ["Liberalize", "Liberalize"]


def _target(game: Bimatrix, target: Any) -> Cell | None:
    if target is None:
        return (0, 0) if has_liberalize_first(game) else None
    row, column = _two(target, "target", "write a cell as row,column counted from 0, such as 0,0")
    if not all(isinstance(action, int) for action in (row, column)):
        raise input_error(
            "target", f"{format_value(target)} is not a cell", "write whole numbers counted from 0, such as 0,0"
        )
    return row, column


def _pair(disagreement: Any) -> Pair:
    row, column = _two(disagreement, "disagreement", "write one payoff for each player, such as 2,2")
    return exact(row, "disagreement"), exact(column, "disagreement")


def _two(value: Any, place: str, hint: str) -> tuple[Any, Any]:
    items = list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
    if len(items) != 2:
        raise input_error(place, f"{format_value(value)} is not a pair", hint)
    return items[0], items[1]


def _notes(
    game: Bimatrix,
    found: Equilibria,
    choices: tuple[EquilibriumChoice, EquilibriumChoice],
    bargains: Solutions | None,
    payment: SidePayment | None,
) -> tuple[str, ...]:
    notes = [
        found.note,
        *(choice.note for choice in choices),
        _bargaining_note(bargains),
    ]
    if payment is None and bargains is not None:
        notes.append(NO_TARGET)
    if game.scale == "ordinal":
        notes.append(ORDINAL)
    notes += game.remarks
    return tuple(note for note in notes if note)


def _bargaining_note(bargains: Solutions | None) -> str | None:
    if bargains is None:
        return NOT_IN_TIME
    if bargains.nash is None:
        return NO_AGREEMENT
    if bargains.utilitarian_tie:
        (x, y), (other_x, other_y) = (tuple(map(format_rounded, end)) for end in bargains.utilitarian_tie)
        return TIED_SUM.format(x=x, y=y, other_x=other_x, other_y=other_y)
    return None
