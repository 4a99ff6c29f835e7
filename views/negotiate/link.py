"""A rehearsal: one seat for a person against software, or two tactics watched. Its address is its whole state.

    case, seat, seed, tactic      who sits where, and what the software draws
    moves                         what the person has said so far, each move a letter and its levels
    draft                         the levels picked and not yet sent
    seen                          how many shocks the person has acknowledged
    step, reveal                  how far somebody who watches has come; whether the debrief shows its last point

Everything here is pure: an address and a table give the talks, and the talks give whatever the page shows. The
software draws anew from the seed each time, so the same address always meets the same answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from agents.table import Table, awaits, movers, sit
from negotiation.protocols.engine import advance
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Request, Vote, Walk, Withdraw
from negotiation.protocols.playout import heard, upcoming
from negotiation.protocols.shared import count_votes, passes
from negotiation.protocols.state import Illegal, Talks, opening, view
from negotiation.tactics.registry import TACTICS
from views.wording import link_problems

VERSION = link_problems.VERSION
WATCH = "watch"
"""The seat of somebody who watches two tactics."""

KEYS = frozenset({"v", "case", "seat", "seed", "tactic", "moves", "draft", "seen", "step", "reveal"})
"""Every key that the address may hold."""

WHY: Mapping[str, str] = {
    "v": link_problems.OTHER,
    "case": "there is no such case",
    "seat": "this case has no such seat",
    "seed": "it is a whole number of at most nine digits",
    "tactic": "it names one tactic or two, with a dot between them",
    "moves": "no such move can be made there",
    "draft": "this agenda has other lines, or other levels",
    "step": "it is a whole number, no larger than the talks are long",
    "reveal": "it is 1, after the talks",
    "seen": "so many events have not struck yet",
}
"""Why the value of a key is left out."""
LAST = f"{link_problems.TWICE}, and the last counts"

LONGEST = 1500
"""Characters of an address that mail and chat programs carry without a break."""

REASONS = (
    "walked away",
    "nothing on offer was better than no deal",
    "it would not have passed at home",
    "it crossed a red line",
)
"""Why a person leaves; the move `x` carries the place of one of them."""

WORD = re.compile(r"[qo][0-9a-z]+|x[0-3]|[arwh]")
PLAIN = {"a": Accept, "r": Reject, "w": Withdraw, "h": Hold}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Words = tuple[str, ...]
"""A person's moves as the address writes them."""


class Address(NamedTuple):
    """The whole state of the page; what equals the default is left out of the link."""

    case: str
    seat: str = ""
    """A country's name in small letters, `watch`, or nothing for the first seat."""
    seed: int | None = None
    """None for the seed of the case."""
    tactics: Words = ()
    """Of the software, in the order of the seats; empty for the tactics of the case."""
    moves: Words = ()
    draft: str = ""
    seen: int = 0
    step: int = 0
    reveal: bool = False

    def query(self) -> dict[str, str]:
        """The address as keys and values of a link."""
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
        """Characters of the link behind the name of the page."""
        return sum(len(key) + len(value) + 2 for key, value in self.query().items())


def address(link: Mapping[str, str], cases: Sequence[str]) -> tuple[Address, tuple[str, ...]]:
    """The address that a link holds, and what was left out of it: unknown keys, and values that cannot be."""
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


def left_out(link: Mapping[str, Sequence[str]], keys: Iterable[str], said: Words) -> str:
    """The note on a link: which values of these keys were left out, and why; empty where nothing was.

    Of the moves only those that were not `said` are.
    """
    found = [link_problems.Left(key, ", ".join(values[:-1]), LAST) for key, values in link.items() if len(values) > 1]
    for key in keys:
        value = link[key][-1]
        rest = value.removeprefix(".".join(said)).removeprefix(".") if key == "moves" else value
        found.append(link_problems.Left(key, rest, WHY.get(key, link_problems.UNKNOWN)))
    return link_problems.note(found) if found else ""


def _fits(key: str, value: str, cases: Collection[str]) -> bool:
    """Whether a value can stand at its key, as far as that can be said without the case."""
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
    """The moves up to the first that cannot be read, and whether there was such a one."""
    words = text.split(".") if text else []
    readable = next((at for at, word in enumerate(words) if not WORD.fullmatch(word)), len(words))
    return tuple(words[:readable]), readable < len(words)


def slug(name: str) -> str:
    """A country's name as the address writes it."""
    return name.casefold().replace(" ", "-")


def seat(table: Table, name: str) -> int | None:
    """The party of a seat by its name in the address; None for whoever watches, the first seat for nobody's name."""
    names = [slug(party) for party in table.preferences.parties]
    return None if name == WATCH else names.index(name) if name in names else 0


def strangers(here: Address, table: Table) -> tuple[str, ...]:
    """The keys of an address whose values this case does not know: another seat, another agenda's draft."""
    seats = {"", WATCH, *(slug(party) for party in table.preferences.parties)}
    wrong = {"seat": here.seat not in seats, "draft": bool(here.draft) and numbers(here.draft, table) is None}
    return tuple(key for key, is_wrong in wrong.items() if is_wrong)


def with_tactics(table: Table, party: int | None, tactics: Words) -> Table:
    """The table with other software on its seats: on both for whoever watches, else opposite the person.

    One name alone is the second seat's while somebody watches.
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


def spoken(word: str, table: Table, party: int) -> Move:
    """The move that a word of the address stands for; Illegal when the agenda has no such levels."""
    letter, rest = word[0], word[1:]
    if letter in PLAIN:
        return PLAIN[letter](party)
    if letter == "x":
        return Walk(party, REASONS[int(rest)])
    levels = numbers(rest, table)
    if levels is None:
        raise Illegal(f"{word}: the agenda has other lines, or other levels")
    if letter == "q":
        return Request(party, tuple((place, level) for place, level in enumerate(levels) if level))
    return Offer(party, table.agenda.package(levels))


def digits(levels: Sequence[int]) -> str:
    """Levels as one letter or digit each."""
    return "".join(DIGITS[level] for level in levels)


def numbers(text: str, table: Table) -> tuple[int, ...] | None:
    """The levels that such a text stands for; None when the agenda has other lines, or other levels."""
    levels = tuple(DIGITS.index(letter) for letter in text)
    shape = table.agenda.shape
    fits = len(levels) == len(shape) and all(level < size for level, size in zip(levels, shape, strict=True))
    return levels if fits else None


def sat(table: Table, party: int, seed: int, words: Words) -> tuple[Talks, Words]:
    """The talks as far as these words can be said, as the person sees them, and the words that were.

    A word that is illegal where it stands ends them, and so do words after the end of the talks.
    """
    talks = _try(table, party, seed, words)
    if talks is None:  # more words are never legal where fewer are not: halve until the last legal one is found
        able = bisect_left(range(1, len(words) + 1), True, key=lambda n: _try(table, party, seed, words[:n]) is None)
        words = words[:able]
        talks = sit(table, party, seed, [spoken(word, table, party) for word in words])
    return view(talks, party).talks, words[: sum(_is_own(move, party) for move in talks.moves)]


def _is_own(move: Move, party: int) -> bool:
    """Whether a delegation has made a move; votes are those of its groups."""
    return not isinstance(move, Vote) and getattr(move, "party", None) == party


def _try(table: Table, party: int, seed: int, words: Words) -> Talks | None:
    try:
        return sit(table, party, seed, [spoken(word, table, party) for word in words])
    except Illegal:
        return None


def moments(table: Table, seed: int) -> tuple[Talks, ...]:
    """Two tactics step by step: the talks after every moment, from before the first word to the end."""
    seats, voters, events = movers(table, seed), table.voters, table.events
    found = [opening(table.rules)]
    while not found[-1].over:
        found.append(heard(found[-1], upcoming(found[-1], seats, voters, events)))
    return tuple(found)


class Said(NamedTuple):
    """An offer that was made: by whom, in which round (0 for a sealed first draft), and the package."""

    party: int
    round: int
    package: int


def offers(talks: Talks) -> tuple[Said, ...]:
    """Every offer of the talks in its order, as far as it may be seen."""
    return tuple(_offers(talks))


def _offers(talks: Talks) -> Iterator[Said]:
    state = opening(talks.rules)
    for move in talks.moves:
        if isinstance(move, Offer):
            number = 0 if state.sealed_from is not None else state.round + 1
            yield Said(move.party, number, move.package)
        state = advance(state, move)


def last(talks: Talks, party: int, back: int = 0) -> int | None:
    """The last package that a party has offered, or the one `back` offers before; None when there is none."""
    own = [said.package for said in offers(talks) if said.party == party]
    return own[-1 - back] if len(own) > back else None


def facing(talks: Talks, party: int) -> int | None:
    """The package of the other side that lies on the table."""
    return talks.standing if talks.proposer == 1 - party and not talks.over else None


def left_lying(talks: Talks, party: int) -> int | None:
    """The package of the other side that lay on the table when the talks ended."""
    if talks.drafts:
        return talks.drafts[1 - party]
    return talks.standing if talks.proposer == 1 - party else None


def refused(talks: Talks, party: int) -> int | None:
    """The last offer of the last round, when the party has refused it and with that the talks have ended."""
    match talks.moves[-2:]:
        case (Reject(by), PhaseEnd()) if by == party:
            return last(talks, 1 - party)
        case _:
            return None


def manner(talks: Talks) -> str:
    """How talks without a deal have ended: by a `walk`, by a `vote` when no round was left, or by `time`."""
    match talks.moves[-2:]:
        case (*_, Walk()):
            return "walk"
        case (Vote(), PhaseEnd()):
            return "vote"
        case _:
            return "time"


class FailedVote(NamedTuple):
    """A package that was signed and voted down, in talks that go on."""

    signer: int
    """The party that accepted the other's offer."""
    counts: tuple[tuple[int, int], ...]
    """The votes for and against, by party."""
    refusing: tuple[int, ...]
    """The parties whose groups have voted it down."""


def failed_vote(talks: Talks, party: int) -> FailedVote | None:
    """The vote at home that has failed since this party's last move; None when there was none."""
    since = next((at for at in reversed(range(len(talks.moves))) if _is_own(talks.moves[at], party)), 0)
    moves = talks.moves[since:]
    if talks.over or not any(isinstance(move, Vote) for move in moves):
        return None
    cast = list(zip(talks.rules.votes, talks.ballots, strict=True))
    return FailedVote(
        signer=next(move.party for move in reversed(moves) if isinstance(move, Accept)),
        counts=tuple(count_votes(weights, ballot) for weights, ballot in cast),
        refusing=tuple(at for at, (weights, ballot) in enumerate(cast) if not passes(weights, ballot)),
    )


def is_last_move(talks: Talks) -> bool:
    """Whether no turn is left after this one: what fails at home now cannot come back to the table."""
    return talks.round + (talks.turn == talks.rules.parties - 1) >= talks.rules.rounds


def speaks_last(talks: Talks, party: int) -> bool:
    """Whether this is the last turn of the talks: nobody will answer what is offered now."""
    rules = talks.rules
    return talks.turn == party == rules.parties - 1 and talks.round == rules.rounds - 1


def waits(talks: Talks, party: int) -> bool:
    """Whether the talks wait for the person."""
    return awaits(talks, party)


def least(talks: Talks, party: int) -> dict[int, int]:
    """The lines that stand in a promise of this party: their place, and the level below which they may not sink."""
    pledge = talks.pledges[party] if talks.pledges else None
    if pledge is None:
        return {}
    levels = talks.rules.levels(pledge)
    return {place: levels[place] for place in talks.rules.own(party)}


def begun(talks: Talks, party: int) -> tuple[int, ...]:
    """The draft that lies ready: the party's last offer, before that what it has asked for, else today's practice."""
    mine = last(talks, party)
    if mine is not None:
        return talks.rules.levels(mine)
    asked = dict(talks.requests[party] or ()) if talks.requests else {}
    return tuple(asked.get(place, 0) for place in range(len(talks.rules.shape)))


def fault(talks: Talks, party: int, levels: Sequence[int], package: int) -> str | None:
    """What keeps these levels from being offered: `today`, `failed`, `promised`, or nothing."""
    if package == 0:
        return "today"
    if package in talks.rejected:
        return "failed"
    return "promised" if any(levels[place] < low for place, low in least(talks, party).items()) else None
