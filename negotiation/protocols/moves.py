"""Everything that can happen in a talk. A talk is nothing but the list of its moves.

Parties and groups are named by their place (0 is the host), packages by their place in the grid, so that a
move costs next to nothing; `spoken` turns one into words for a transcript. Being tuples, moves of two kinds may
be equal (`Hold(0) == Accept(0)`): ask for the kind first, and compare transcripts in print.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Asks: TypeAlias = tuple[tuple[int, int], ...]
"""Issues by their place in the agenda, each with the least level asked for."""


class Request(NamedTuple):
    """What a party asks the others to put on their lists; it binds nobody."""

    party: int
    asks: Asks


class Offer(NamedTuple):
    """A package put on the table; it stays there until it is answered, revised or withdrawn."""

    party: int
    package: int


class Accept(NamedTuple):
    """Agreement to the package on the table."""

    party: int


class Reject(NamedTuple):
    """A spoken no: the package is taken off the table."""

    party: int


class Withdraw(NamedTuple):
    """The maker takes its own offer back; only then may it offer less."""

    party: int


class Hold(NamedTuple):
    """A turn let pass: nothing is offered and nothing is taken back."""

    party: int


class Walk(NamedTuple):
    """The end of the talks by one party's choice."""

    party: int
    reason: str


class Vote(NamedTuple):
    """A group's vote at home on the package that was initialled: 1 for, -1 against, 0 abstains."""

    party: int
    group: int
    choice: int


class PhaseEnd(NamedTuple):
    """The chair closes the phase: what was sealed is opened, or the time for bargaining is over."""

    reason: str


class Shock(NamedTuple):
    """Something from outside strikes, between two rounds: nobody at the table makes it, and everybody hears of it."""

    name: str


Move: TypeAlias = Request | Offer | Accept | Reject | Withdraw | Hold | Walk | Vote | PhaseEnd | Shock
"""What `advance` takes."""

Kinds: TypeAlias = frozenset[type[Move]]
"""Kinds of move, as `legal` lists them."""

CHOICES = {1: "for", -1: "against", 0: "abstains"}


def spoken(move: Move, parties: tuple[str, ...], groups: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """The move in names instead of numbers, as it stands in a transcript."""
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
