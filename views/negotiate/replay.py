"""The talks behind an address: replay of the person's moves, and the states of watched talks."""

from __future__ import annotations

from bisect import bisect_left

from agents.solo_play import run_solo_talks
from agents.table import NegotiationTable, make_movers
from negotiation.protocols.history import is_made_by
from negotiation.protocols.playout import apply_moves, next_moves
from negotiation.protocols.state import IllegalMove, Talks, open_talks, view
from views.negotiate.link import Words, parse_move


def replay_words(table: NegotiationTable, party: int, seed: int, words: Words) -> tuple[Talks, Words]:
    """Replay a person's moves from the page's address against the software, which answers from the seed.

    Parameters
    ----------
    table
        Case, parties, preferences and tactics.
    party
        Number of the person's party, 0 or 1.
    seed
        Seed of the software and of events.
    words
        The person's moves, as in the address.

    Returns
    -------
    tuple[Talks, Words]
        The talks as the person may see them, and the moves that were made.
    """
    talks = _try(table, party, seed, words)
    if talks is None:  # if n moves are illegal, so are n + 1: bisection finds the last legal one
        able = bisect_left(range(1, len(words) + 1), True, key=lambda n: _try(table, party, seed, words[:n]) is None)
        words = words[:able]
        talks = run_solo_talks(table, party, seed, [parse_move(word, table, party) for word in words])
    return view(talks, party).talks, words[: sum(is_made_by(move, party) for move in talks.moves)]


def _try(table: NegotiationTable, party: int, seed: int, words: Words) -> Talks | None:
    try:
        return run_solo_talks(table, party, seed, [parse_move(word, table, party) for word in words])
    except IllegalMove:
        return None


def list_states(table: NegotiationTable, seed: int) -> tuple[Talks, ...]:
    """Play the talks of two tactics to the end. Return their state after every event, from the opening to the end."""
    seats, voters, events = make_movers(table, seed), table.voters, table.events
    found = [open_talks(table.rules)]
    while not found[-1].over:
        found.append(apply_moves(found[-1], next_moves(found[-1], seats, voters, events)))
    return tuple(found)
