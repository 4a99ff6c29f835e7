"""Solo play: talks of one person against software. Mesa is not imported."""

from __future__ import annotations

from collections.abc import Sequence

from agents.table import NegotiationTable, make_movers
from negotiation.protocols.engine import advance, legal
from negotiation.protocols.moves import Move
from negotiation.protocols.playout import apply_moves, next_moves
from negotiation.protocols.state import Mover, Phase, Talks, View, open_talks


def run_solo_talks(table: NegotiationTable, party: int, seed: int, said: Sequence[Move]) -> Talks:
    """Run talks between a person and software, up to the person's next move.

    The software draws from the streams of `seed` anew in every call, so that the same moves always get the same
    answers: the person's moves and the seed are the whole state of the talks. When the rounds are used up, the chair
    waits until the person has answered an offer of the other side.

    Parameters
    ----------
    table
        The case, prepared for talks.
    party
        Number of the person's party, from 0; software moves for the others.
    seed
        Seed of the random streams; a whole number from 0.
    said
        The person's moves so far, in their order.

    Returns
    -------
    Talks
        The talks up to the point where the person has to move, or to their end.

    Raises
    ------
    Illegal
        When one of the person's moves cannot be made at its place.
    InputError
        When a seat has no valid tactic.
    """
    words = iter(said)
    seats, voters, events, talks = list(make_movers(table, seed)), table.voters, table.events, open_talks(table.rules)
    while not talks.over:
        if is_waiting_for(talks, party) and not events(talks):
            word = next(words, None)
            if word is None:
                break
            if talks.can_close:
                talks = advance(talks, word)
                continue
            seats[party] = _saying(word)
        talks = apply_moves(talks, next_moves(talks, seats, voters, events))
    return talks


def is_waiting_for(talks: Talks, party: int) -> bool:
    """Return whether the talks wait for a move of a party's delegation.

    Parameters
    ----------
    talks
        The talks so far.
    party
        Number of the party, from 0.

    Returns
    -------
    bool
        False during the votes at home, which are cast by groups.
    """
    if talks.phase is Phase.BARGAIN:
        return bool(legal(talks, party))
    return talks.phase in (Phase.REQUEST, Phase.OFFER) and talks.pending[party] > 0


def _saying(word: Move) -> Mover:
    def move(_seen: View) -> Move:
        return word

    return move
