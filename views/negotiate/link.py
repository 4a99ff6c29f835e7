"""The address of the page Negotiate, which holds its whole state: one person against software, or two tactics watched.

    case, seat, seed, tactic      the case, the person's seat, the seed, the tactics of the software
    moves                         the person's moves, each a letter and its levels
    draft                         the levels chosen but not yet offered
    seen                          number of shocks that the person has acknowledged
    step, reveal                  the event that is shown of watched talks; whether the debrief marks the result

All functions are pure: an address and a table determine the talks, and the talks determine the page. The software is
run again from the seed each time, so that the same address always gives the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from agents.table import NegotiationTable
from games.messages import message
from negotiation.protocols.moves import Accept, Hold, Move, Offer, Reject, Request, Walk, Withdraw
from negotiation.protocols.state import IllegalMove
from negotiation.tactics.registry import TACTICS
from views.wording import link_problems

VERSION = link_problems.VERSION
WATCH = "watch"
"""The seat of a reader who watches two tactics."""

KEYS = frozenset({"v", "case", "seat", "seed", "tactic", "moves", "draft", "seen", "step", "reveal"})
"""All keys that the address may hold."""

IGNORED_REASONS: Mapping[str, str] = {
    "v": link_problems.OTHER,
    "case": message("there is no such case"),
    "seat": message("this case has no such seat"),
    "seed": message("it is a whole number of at most nine digits"),
    "tactic": message("it names one tactic or two, with a dot between them"),
    "moves": message("no such move can be made there"),
    "draft": message("this agenda has other lines, or other levels"),
    "step": message("it is a whole number, no larger than the talks are long"),
    "reveal": message("it is 1, after the talks"),
    "seen": message("so many events have not struck yet"),
}
"""Why the value of a key is ignored."""
LAST = message("given more than once, and the last counts")

LONGEST = 1500
"""Length of an address, in characters, that mail and chat programs do not break."""

REASONS = (
    message("walked away"),
    message("nothing on offer was better than no deal"),
    message("it would not have passed at home"),
    message("it crossed a red line"),
)
"""Reasons to walk away; the move `x` holds the index of one of them."""

MOVE_PATTERN = re.compile(r"[qo][0-9a-z]+|x[0-3]|[arwh]")
PLAIN = {"a": Accept, "r": Reject, "w": Withdraw, "h": Hold}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Words = tuple[str, ...]
"""A person's moves, as in the address."""


class Address(NamedTuple):
    """The whole state of the page Negotiate, as its address holds it.

    Values that equal the default are left out of the link.
    """

    case: str
    seat: str = ""
    """A country's name in small letters, `watch`, or "" for the first seat."""
    seed: int | None = None
    """None for the seed of the case."""
    tactics: Words = ()
    """Tactics of the software, in the order of the seats; empty for those of the case."""
    moves: Words = ()
    draft: str = ""
    seen: int = 0
    step: int = 0
    reveal: bool = False

    def query(self) -> dict[str, str]:
        """Return the state of the page Negotiate as the keys and values of its link, without those that are empty."""
        told = {
            "v": VERSION,
            "case": self.case,
            "seat": self.seat,
            "seed": "" if self.seed is None else str(self.seed),
            "tactic": ".".join(self.tactics),
            "moves": ".".join(self.moves),
            "draft": self.draft,
            "seen": str(self.seen) if self.seen else "",
            "step": str(self.step) if self.step else "",
            "reveal": "1" if self.reveal else "",
        }
        return {key: value for key, value in told.items() if value}

    @property
    def length(self) -> int:
        """Return the number of characters of the query part of the link to the page."""
        return sum(len(key) + len(value) + 2 for key, value in self.query().items())


def parse_address(link: Mapping[str, str], cases: Sequence[str]) -> tuple[Address, tuple[str, ...]]:
    """Parse a link to the page Negotiate. Return its state, and the keys of the link that were ignored.

    Ignored are unknown keys, and keys whose value is not valid. `cases` holds the names of the cases; the first is the
    default.
    """
    left = [key for key in link if key not in KEYS]
    read = {key: value for key, value in link.items() if key in KEYS and value}
    wrong = [key for key, value in read.items() if not _fits(key, value, cases)]
    told = {key: value for key, value in read.items() if key not in wrong}
    words, spoilt = _words(told.get("moves", ""))
    left += [*wrong, *(["moves"] if spoilt else [])]
    found = Address(
        case=told.get("case", cases[0]),
        seat=told.get("seat", ""),
        seed=int(told["seed"]) if "seed" in told else None,
        tactics=tuple(told["tactic"].split(".")) if "tactic" in told else (),
        moves=words,
        draft=told.get("draft", ""),
        seen=int(told.get("seen", "0")),
        step=int(told.get("step", "0")),
        reveal="reveal" in told,
    )
    return found, tuple(left)


def render_ignored_note(link: Mapping[str, Sequence[str]], keys: Iterable[str], said: Words) -> str:
    """Return the text of a note on the parts of a link that the page Negotiate ignores.

    Parameters
    ----------
    link
        Values by key.
    keys
        Keys whose value is ignored. Of a key that is given more than once the last value counts, which the note states
        as well.
    said
        The person's moves that are used; the note shows the rest of `moves` only.

    Returns
    -------
    str
        The note; an empty text when nothing is ignored.
    """
    found = [
        link_problems.IgnoredEntry(key, ", ".join(values[:-1]), LAST) for key, values in link.items() if len(values) > 1
    ]
    for key in keys:
        value = link[key][-1]
        rest = value.removeprefix(".".join(said)).removeprefix(".") if key == "moves" else value
        found.append(link_problems.IgnoredEntry(key, rest, IGNORED_REASONS.get(key, link_problems.UNKNOWN)))
    return link_problems.note_on_ignored_entries(found) if found else ""


def _fits(key: str, value: str, cases: Collection[str]) -> bool:
    """Return whether a value is valid for its key, as far as that does not depend on the case."""
    whole = re.fullmatch(r"\d{1,9}", value) is not None and value.isascii()
    known = {
        "v": value == VERSION,
        "case": value in cases,
        "seed": whole,
        "seen": whole,
        "step": whole,
        "reveal": value == "1",
        "tactic": len(value.split(".")) <= 2 and all(name in TACTICS for name in value.split(".")),
        "draft": re.fullmatch(r"[0-9a-z]+", value) is not None,
    }
    return known.get(key, True)


def _words(text: str) -> tuple[Words, bool]:
    """Return the moves up to the first that cannot be parsed, and whether there is such a move."""
    words = text.split(".") if text else []
    readable = next((at for at, word in enumerate(words) if not MOVE_PATTERN.fullmatch(word)), len(words))
    return tuple(words[:readable]), readable < len(words)


def slug(name: str) -> str:
    """Return a country's name as the page's address writes it: in small letters, with hyphens for spaces."""
    return name.casefold().replace(" ", "-")


def party_of_seat(table: NegotiationTable, name: str) -> int | None:
    """Return the number of the party (0 or 1) whose country has the given name in the page's address.

    The result is None for `watch`, the seat of a reader who watches two tactics, and 0 for an unknown name.
    """
    names = [slug(party) for party in table.preferences.parties]
    return None if name == WATCH else names.index(name) if name in names else 0


def unknown_keys(here: Address, table: NegotiationTable) -> tuple[str, ...]:
    """Return the keys of an address whose values do not fit its case.

    These are "seat" for a country that is not in the case, and "draft" for the levels of another agenda.
    """
    seats = {"", WATCH, *(slug(party) for party in table.preferences.parties)}
    wrong = {"seat": here.seat not in seats, "draft": bool(here.draft) and parse_levels(here.draft, table) is None}
    return tuple(key for key, is_wrong in wrong.items() if is_wrong)


def with_tactics(table: NegotiationTable, party: int | None, tactics: Words) -> NegotiationTable:
    """Return the prepared negotiation of a case with other tactics for the seats that software plays.

    Parameters
    ----------
    table
        The table of the case.
    party
        Number of the person's party; None when two tactics are watched.
    tactics
        Names of the tactics. With a person, the last one is the opponent's. Without, a single one is the second
        seat's. Empty keeps those of the case.

    Returns
    -------
    NegotiationTable
        A new table; the same one when `tactics` is empty.
    """
    if not tactics:
        return table
    seats = list(table.scenario.seats)
    if party is None:
        for at, name in zip((1, 0), reversed(tactics), strict=False):
            seats[at] = replace(seats[at], tactic=name)
    else:
        seats[1 - party] = replace(seats[1 - party], tactic=tactics[-1])
    return replace(table, scenario=replace(table.scenario, seats=tuple(seats)))


def parse_move(word: str, table: NegotiationTable, party: int) -> Move:
    """Parse the text of one move of a person, as the address of the page Negotiate holds it.

    Parameters
    ----------
    word
        A letter, and for requests and offers one character for the level of each line of the agenda.
    table
        The table of the case.
    party
        Number of the person's party.

    Returns
    -------
    Move
        The move.

    Raises
    ------
    IllegalMove
        If the agenda has no such levels.
    """
    letter, rest = word[0], word[1:]
    if letter in PLAIN:
        return PLAIN[letter](party)
    if letter == "x":
        return Walk(party, REASONS[int(rest)])
    levels = parse_levels(rest, table)
    if levels is None:
        raise IllegalMove(f"{word}: the agenda has other lines, or other levels")
    if letter == "q":
        return Request(party, tuple((place, level) for place, level in enumerate(levels) if level))
    return Offer(party, table.agenda.package(levels))


def format_levels(levels: Sequence[int]) -> str:
    """Format levels of the lines of an agenda as a text with one character for each level, from `DIGITS`."""
    return "".join(DIGITS[level] for level in levels)


def parse_levels(text: str, table: NegotiationTable) -> tuple[int, ...] | None:
    """Parse a text with one character for the level of each line of an agenda.

    Return the levels in that order. The result is None when the number of lines or a level does not fit the agenda of
    the case.
    """
    levels = tuple(DIGITS.index(letter) for letter in text)
    shape = table.agenda.shape
    fits = len(levels) == len(shape) and all(level < size for level, size in zip(levels, shape, strict=True))
    return levels if fits else None
