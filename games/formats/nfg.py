"""Gambit's strategic game files, `.nfg`: both versions are read, the payoff version is written.

    NFG 1 R "title" { "player" "player" } { { "row" "row" } { "column" "column" } }   or   ... { 2 2 }
    "comment"
    payoffs of each player, cell after cell, the row player's action changing fastest        (payoff version)
    { { "outcome" 5, 5 } { "" 1, 3 } } 1 2 0 1: the outcome of each cell, 0 for no payoff    (outcome version)

Source: the file format reference of Gambit 16 (Savani and Turocy 2024). Numbers may be whole, decimal or p/q.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any, NamedTuple

from games.bimatrix import MOST_CELLS, Bimatrix
from games.errors import input_error
from games.exact_numbers import exact, format_exact
from games.labels import NameChange, clean_name_with_changes, describe_changes, labels

_TOKEN = re.compile(r'\s*(?:,\s*)*(?:"((?:\\.|[^"\\])*)"|([{}])|([^\s{},"]+))', re.DOTALL)
UNNAMED = "; unnamed"
"""The end of the comment in a written file when the game has no name."""
_SHAPE = 'write NFG 1 R "title" { "A" "B" } { 2 2 } and then the payoffs'


class Quoted(str):
    """A token that was in quotation marks."""

    __slots__ = ()


class Brace(str):
    """A token that opens or closes a group; only `OPEN` and `CLOSE` exist."""

    __slots__ = ()


OPEN, CLOSE = Brace("{"), Brace("}")


class _Tokens:
    """The tokens of a file, read from the front."""

    def __init__(self, text: str) -> None:
        self.text, self.position = text.rstrip(" \t\r\n,"), 0

    def peek(self) -> str | None:
        """Return the next token without consuming it; None at the end."""
        match = _TOKEN.match(self.text, self.position)
        return _token(match) if match else None

    def take(self, what: str) -> str:
        """Consume and return the next token; InputError where the file ends or the text is not a token."""
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            line = self.text.count("\n", 0, self.position) + 1
            raise input_error(f"line {line}", f"ends where {what} should stand", _SHAPE)
        self.position = match.end()
        return _token(match)

    def expect(self, token: str, what: str) -> None:
        """Consume the next token; InputError where it is another one than expected."""
        found = self.take(what)
        if found != token or type(found) is not type(token):
            raise input_error(what, f"{found[:40]!r} stands where {token} should", _SHAPE)


def _token(match: re.Match[str]) -> str:
    quoted, brace, word = match.groups()
    if brace:
        return OPEN if brace == OPEN else CLOSE
    return word if quoted is None else Quoted(re.sub(r'\\(["\\])', r"\1", quoted))


class _Head(NamedTuple):
    title: str
    players: list[str]
    actions: list[list[str]]
    comment: str
    changes: list[NameChange]
    """Names that were changed."""


def parse_nfg(text: str) -> Mapping[str, Any]:
    """Return the arguments of a `Bimatrix` from the text of a file; InputError, also for other than two players."""
    tokens = _Tokens(text)
    head = _head(tokens)
    shape = [len(names) for names in head.actions]
    cells = _outcomes(tokens, prod(shape)) if tokens.peek() is OPEN else _numbers(tokens, prod(shape))
    if tokens.peek() is not None:
        raise input_error(
            "payoffs",
            f"the file goes on after {prod(shape)} cells",
            "remove what follows, or correct the numbers of actions",
        )
    rows, columns = shape
    payoffs = [[[cells[j * rows + i][player] for j in range(columns)] for i in range(rows)] for player in (0, 1)]
    named = {"name": head.title} if head.title else {}
    remarks = {"remarks": describe_changes(head.changes)}
    named |= {"players": head.players, "actions": head.actions, "payoffs": payoffs}
    return {**named, **remarks, **_remembered(head.comment)}


def _head(tokens: _Tokens) -> _Head:
    tokens.expect("NFG", "first word")
    tokens.expect("1", "version")
    if tokens.take("number format") not in {"R", "D"}:
        raise input_error("number format", "is neither R nor D", _SHAPE)
    title, changed = clean_name_with_changes(tokens.take("title"))
    players = [name for name in _group(tokens, "players") if isinstance(name, str)]
    if len(players) != 2:
        raise input_error(
            "players",
            f"the game has {len(players)} players; two are solved here",
            "use a game of two players, or reduce it to one",
        )
    players, renamed_players = labels(players, "Player")
    actions, renamed_actions = _action_names(_group(tokens, "actions"))
    comment = tokens.take("comment") if isinstance(tokens.peek(), Quoted) else ""
    return _Head(title, players, actions, comment, [*changed, *renamed_players, *renamed_actions])


def _group(tokens: _Tokens, what: str) -> list[str | list[str]]:
    """Return everything between two braces; inner groups become lists, deeper ones are refused."""
    tokens.expect(OPEN, what)
    items: list[str | list[str]] = []
    while (word := tokens.take(what)) is not CLOSE:
        items.append(_flat(tokens, what) if word is OPEN else word)
    return items


def _flat(tokens: _Tokens, what: str) -> list[str]:
    items: list[str] = []
    while (word := tokens.take(what)) is not CLOSE:
        if word is OPEN:
            raise input_error(what, "braces are nested too deeply", _SHAPE)
        items.append(word)
    return items


def _action_names(groups: list[str | list[str]]) -> tuple[list[list[str]], list[NameChange]]:
    if len(groups) != 2:
        raise input_error(
            "actions", f"are given for {len(groups)} players", "give them for both, as { 2 2 } or by names"
        )
    sizes = [len(group) if isinstance(group, list) else _count(group, "actions") for group in groups]
    # Checked before a list of that length is made.
    if not 0 < prod(sizes) <= MOST_CELLS:
        reason = f"make {prod(sizes)} cells, not 1 to {MOST_CELLS}"
        raise input_error("actions", reason, "give each player an action, and leave out those that nobody would choose")
    sides = zip(groups, sizes, strict=True)
    named = [labels(group if isinstance(group, list) else [""] * size) for group, size in sides]
    return [names for names, _ in named], [change for _, changes in named for change in changes]


def _count(word: str, place: str) -> int:
    if not re.fullmatch(r"\d{1,6}", word):
        raise input_error(place, f"{word[:40]!r} is not a whole number", _SHAPE)
    return int(word)


def _numbers(tokens: _Tokens, count: int) -> list[list[Fraction]]:
    return [[exact(tokens.take("a payoff"), f"payoffs, cell {cell}") for _ in (0, 1)] for cell in range(1, count + 1)]


def _outcomes(tokens: _Tokens, count: int) -> list[list[Fraction]]:
    nothing = [Fraction(0), Fraction(0)]
    outcomes = [nothing, *(_outcome(group) for group in _group(tokens, "outcomes"))]
    numbers = [_count(tokens.take("the outcome of a cell"), "outcomes") for _ in range(count)]
    if max(numbers) >= len(outcomes):
        raise input_error(
            "outcomes", f"number {max(numbers)} is not in the list", f"use 1 to {len(outcomes) - 1}, or 0 for no payoff"
        )
    return [outcomes[number] for number in numbers]


def _outcome(group: str | list[str]) -> list[Fraction]:
    words = group[1:] if isinstance(group, list) and group and isinstance(group[0], Quoted) else []
    if len(words) != 2:
        raise input_error("outcomes", "an outcome needs a name and a payoff for each player", 'write { "name" 5, 3 }')
    return [exact(word, "outcomes") for word in words]


def nfg_text(game: Bimatrix) -> str:
    """Return the game as text in the payoff version; scale and tolerance are stored in the comment."""
    rows, columns = game.shape
    names = " ".join(_braces(map(_quoted, side)) for side in game.actions)
    head = f"NFG 1 R {_quoted(game.name or '')} {_braces(map(_quoted, game.players))} {{ {names} }}"
    unnamed = "" if game.name else UNNAMED
    comment = _quoted(f"scale: {game.scale}; tolerance: {format_exact(game.tolerance)}{unnamed}")
    lines = [" ".join(format_exact(x) for i in range(rows) for x in game.at((i, j))) for j in range(columns)]
    return "\n".join([head, comment, "", *lines, ""])


def _remembered(comment: str) -> dict[str, Any]:
    """Return scale, tolerance and a missing name, where the comment has the form that `nfg_text` writes."""
    found = re.fullmatch(rf"scale: (ordinal|cardinal); tolerance: ([^\s;]+)({UNNAMED})?", comment)
    if found is None:
        return {}
    return {"scale": found[1], "tolerance": found[2], **({"name": None} if found[3] else {})}


def _quoted(text: str) -> str:
    # Gambit reads a backslash literally, except before a quotation mark, a backslash or the end.
    escaped = re.sub(r'\\(?=["\\]|\Z)', r"\\\\", text).replace('"', '\\"')
    return f'"{escaped}"'


def _braces(words: Any) -> str:
    return f"{{ {' '.join(words)} }}"
