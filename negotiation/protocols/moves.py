"""The moves of a negotiation. The talks are the list of their moves.

Parties and groups are given by number (party 0 is the host), packages by their number in the grid, so that a move is
cheap to make. `transcript_line` describes a move with names, for a transcript; `encode` and `decode` write a move with
its numbers as a JSON object and read it back. Moves are named tuples, but only moves of one kind can be equal:
`Hold(0) != Accept(0)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import index
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, cast

from games.errors import InputError, Problem
from games.messages import message
from games.text.spelling import closest_words

RequestedLevels: TypeAlias = tuple[tuple[int, int], ...]
"""Issues by their place on the agenda, each with the least level requested."""

_Kind = TypeVar("_Kind", bound="type[tuple[Any, ...]]")


_equal_fields: Callable[[Any, Any], bool] = tuple[Any, ...].__eq__


def _is_equal(move: object, other: object) -> bool:
    return type(move) is type(other) and _equal_fields(move, other)


def _differs(move: object, other: object) -> bool:
    return not _is_equal(move, other)


def _equal_within_kind(kind: _Kind) -> _Kind:
    """Let a kind of move equal only moves of the same kind; a plain tuple of the same values is not equal either."""
    for name, method in (("__eq__", _is_equal), ("__ne__", _differs)):
        setattr(kind, name, method)  # set after the class exists, so that it keeps the hash of a tuple
    return kind


@_equal_within_kind
class Request(NamedTuple):
    """What a party requests from the others; it binds nobody."""

    party: int
    asks: RequestedLevels


@_equal_within_kind
class Offer(NamedTuple):
    """A package that a party offers; it stands until it is answered, revised or withdrawn."""

    party: int
    package: int


@_equal_within_kind
class Accept(NamedTuple):
    """Acceptance of the standing package."""

    party: int


@_equal_within_kind
class Reject(NamedTuple):
    """Rejection of the standing package, which is then no longer on offer."""

    party: int


@_equal_within_kind
class Withdraw(NamedTuple):
    """Withdrawal of the party's own offer; only after it may the party offer less."""

    party: int


@_equal_within_kind
class Hold(NamedTuple):
    """A turn without an offer, an answer or a withdrawal."""

    party: int


@_equal_within_kind
class Walk(NamedTuple):
    """A party leaves, and the talks end."""

    party: int
    reason: str


@_equal_within_kind
class Vote(NamedTuple):
    """A group's vote at home on the initialled package: 1 for, -1 against, 0 abstains."""

    party: int
    group: int
    choice: int


@_equal_within_kind
class PhaseEnd(NamedTuple):
    """The chair closes the phase: sealed moves are opened, or the time for bargaining is over."""

    reason: str


@_equal_within_kind
class Shock(NamedTuple):
    """An outside event between two rounds. No party makes it, and every party sees it."""

    name: str


Move: TypeAlias = Request | Offer | Accept | Reject | Withdraw | Hold | Walk | Vote | PhaseEnd | Shock
"""The moves that `advance` accepts."""

Kinds: TypeAlias = frozenset[type[Move]]
"""Kinds of move, as `legal` returns them."""

TIME_IS_OVER = message("the time for bargaining is over")
"""The reason for which the chair ends the talks."""

Choice: TypeAlias = Literal["for", "against", "abstains"]

CHOICES: Mapping[int, Choice] = {1: "for", -1: "against", 0: "abstains"}
"""The words for a vote, as documents write them."""

CHOICE_LABELS: Mapping[Choice, str] = {
    "for": message("for"),
    "against": message("against"),
    "abstains": message("abstains"),
}
"""The words for a vote, as a screen shows them."""


KINDS: Mapping[str, type[Move]] = {
    "request": Request,
    "offer": Offer,
    "accept": Accept,
    "reject": Reject,
    "withdraw": Withdraw,
    "hold": Hold,
    "walk": Walk,
    "vote": Vote,
    "phase end": PhaseEnd,
    "shock": Shock,
}
"""The kinds of move by the name that documents and transcripts write."""

NAMES: Mapping[type[Move], str] = {kind: name for name, kind in KINDS.items()}
"""The name of every kind of move."""


def transcript_line(move: Move, parties: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Describe a move with names instead of numbers, as a line of a transcript.

    Parameters
    ----------
    move
        Any move.
    parties
        Names of the parties, in their order.
    groups
        Names of the voting groups of every party.

    Returns
    -------
    dict
        The key `move` with its kind, and the further fields of that kind, for JSON.
    """
    line: dict[str, Any] = {"move": NAMES[type(move)]}
    match move:
        case PhaseEnd(reason):
            line["reason"] = reason
        case Shock(name):
            line["name"] = name
        case Request(party, asks):
            line |= {"party": parties[party], "asks": [list(ask) for ask in asks]}
        case Offer(party, package):
            line |= {"party": parties[party], "package": package}
        case Walk(party, reason):
            line |= {"party": parties[party], "reason": reason}
        case Vote(party, group, choice):
            line |= {"party": parties[party], "group": groups[party][group], "choice": CHOICES[choice]}
        case Accept(party) | Reject(party) | Withdraw(party) | Hold(party):
            line |= {"party": parties[party]}
    return line


def encode(move: Move) -> dict[str, Any]:
    """Return a move as a JSON object: the key `kind`, and the fields of that kind with their numbers.

    An offer is `{"kind": "offer", "party": 0, "package": 7}`; the requests of a party are pairs of place and level.
    `decode` is the inverse.
    """
    document: dict[str, Any] = {"kind": NAMES[type(move)]}
    for name, value in zip(type(move)._fields, move, strict=True):
        document[name] = _json_value(value)
    return document


def _json_value(value: Any) -> Any:
    """The value of a field for JSON; an integer of any type, such as NumPy's, becomes `int`."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [_json_value(each) for each in cast("tuple[Any, ...]", value)]
    return int(index(value))


def decode(document: object) -> Move:
    """Return the move that a JSON object describes.

    The form is checked, not whether the move is legal in some talks: `negotiation.protocols.engine.advance` does that.

    Parameters
    ----------
    document
        A JSON object as `encode` returns it, after `json.loads`.

    Returns
    -------
    Move
        The move, equal to the one that was encoded.

    Raises
    ------
    InputError
        When the document is not an object, has no known kind, lacks a key, has a key too many or a value of the wrong
        form. It names the key, the reason and what to write.
    """
    if not isinstance(document, Mapping):
        raise InputError(Problem("move", "is not an object", """write an object, as in {"kind": "hold", "party": 0}"""))
    entries = cast("Mapping[Any, Any]", document)
    kind = _find_kind(entries)
    problems = [*_key_problems(entries, kind), *_value_problems(entries, kind)]
    if problems:
        raise InputError(*problems)
    return kind(**{name: _FIELDS[name].read(entries[name]) for name in kind._fields})


def _find_kind(document: Mapping[Any, Any]) -> type[Move]:
    """The kind of move that a document names; InputError when there is none."""
    name = document.get("kind")
    hint = f"write one of: {', '.join(KINDS)}"
    if not isinstance(name, str):
        raise InputError(Problem("kind", "is missing" if "kind" not in document else "is not a text", hint))
    if name not in KINDS:
        near = closest_words(name[:_SHOWN], KINDS)
        raise InputError(
            Problem("kind", f"there is no move {name[:_SHOWN]!r}", f"write {' or '.join(near)}" if near else hint)
        )
    return KINDS[name]


def _key_problems(document: Mapping[Any, Any], kind: type[Move]) -> Iterator[Problem]:
    """Every key that is missing, and every key that this kind of move does not have."""
    keys = ("kind", *kind._fields)
    for name in kind._fields:
        if name not in document:
            yield Problem(name, f"is missing from the move {NAMES[kind]!r}", f"write {_FIELDS[name].form}")
    for key in document:
        if key not in keys:
            yield Problem(str(key)[:_SHOWN], f"is no key of the move {NAMES[kind]!r}", f"write only: {', '.join(keys)}")


def _value_problems(document: Mapping[Any, Any], kind: type[Move]) -> Iterator[Problem]:
    """Every value that is not of the form that its key needs."""
    for name in kind._fields:
        if name in document and not _FIELDS[name].fits(document[name]):
            yield Problem(name, f"is not {_FIELDS[name].form}", f"write {_FIELDS[name].form}{_FIELDS[name].example}")


_SHOWN = 40
"""Number of characters of a wrong word that a message shows."""


class _Field(NamedTuple):
    """The form of a field in a document, and how its value is read."""

    form: str
    fits: Callable[[Any], bool]
    example: str
    read: Callable[[Any], Any] = lambda value: value


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_choice(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in CHOICES


def _is_requests(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_pair, cast("list[object]", value)))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(pair := cast("list[object]", value)) == 2 and all(map(_is_count, pair))


def _read_requests(value: list[list[int]]) -> RequestedLevels:
    return tuple((place, level) for place, level in value)


_COUNT = "a whole number of at least 0"
_FIELDS: Mapping[str, _Field] = {
    "party": _Field(_COUNT, _is_count, ", as in 0 for the host"),
    "package": _Field(_COUNT, _is_count, ", as in 7"),
    "group": _Field(_COUNT, _is_count, ", as in 0 for the first group"),
    "choice": _Field("1, -1 or 0", _is_choice, ": for, against, abstains"),
    "reason": _Field("a text", _is_text, ' in quotation marks, as in "the rounds are used up"'),
    "name": _Field("a text", _is_text, ' in quotation marks, as in "recession"'),
    "asks": _Field("a list of pairs of place and level", _is_requests, ", as in [[0, 2], [3, 1]]", _read_requests),
}
"""The form of every field, by its name."""
