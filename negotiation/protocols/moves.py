"""The moves of a negotiation. The talks are the list of their moves.

Parties and groups are given by number (party 0 is the host), packages by their number in the grid, so that a move is
cheap to make; `transcript_line` turns a move into names for a transcript. Moves are tuples, so two moves of different
kinds can be equal (`Hold(0) == Accept(0)`): check the type first, and compare transcripts as text.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

RequestedLevels: TypeAlias = tuple[tuple[int, int], ...]
"""Issues by their place on the agenda, each with the least level requested."""


class Request(NamedTuple):
    """What a party requests from the others; it binds nobody."""

    party: int
    asks: RequestedLevels


class Offer(NamedTuple):
    """A package that a party offers; it stands until it is answered, revised or withdrawn."""

    party: int
    package: int


class Accept(NamedTuple):
    """Acceptance of the standing package."""

    party: int


class Reject(NamedTuple):
    """Rejection of the standing package, which is then no longer on offer."""

    party: int


class Withdraw(NamedTuple):
    """Withdrawal of the party's own offer; only after it may the party offer less."""

    party: int


class Hold(NamedTuple):
    """A turn without an offer, an answer or a withdrawal."""

    party: int


class Walk(NamedTuple):
    """A party leaves, and the talks end."""

    party: int
    reason: str


class Vote(NamedTuple):
    """A group's vote at home on the initialled package: 1 for, -1 against, 0 abstains."""

    party: int
    group: int
    choice: int


class PhaseEnd(NamedTuple):
    """The chair closes the phase: sealed moves are opened, or the time for bargaining is over."""

    reason: str


class Shock(NamedTuple):
    """An outside event between two rounds. No party makes it, and every party sees it."""

    name: str


Move: TypeAlias = Request | Offer | Accept | Reject | Withdraw | Hold | Walk | Vote | PhaseEnd | Shock
"""The moves that `advance` accepts."""

Kinds: TypeAlias = frozenset[type[Move]]
"""Kinds of move, as `legal` returns them."""

CHOICES = {1: "for", -1: "against", 0: "abstains"}
"""The words for a vote."""


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
    line: dict[str, Any] = {"move": type(move).__name__.lower()}
    match move:
        case PhaseEnd(reason):
            return {"move": "phase end", "reason": reason}
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
