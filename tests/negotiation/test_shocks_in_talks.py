"""Shocks in talks: moves of nobody's, made between two rounds, heard by all, and binding nobody."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.protocols.engine import PROTOCOLS, IllegalMove, advance, legal, replay_talks
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk, transcript_line
from negotiation.protocols.playout import Events, no_events, plan_shocks, run_talks
from negotiation.protocols.state import CHAIR, OUTSIDE, Mover, Phase, Rules, Talks, View, open_talks, view

HOST, ORIGIN = 0, 1
RULES = Rules("alternating", 8, ((1,), (1,)), rounds=4, shape=(2, 2, 2))
CONTENT = [[lambda _: 1], [lambda _: 1]]
QUAKE, FLOOD = Shock("quake"), Shock("flood")


def waiting(view: View) -> Move:
    return Hold(view.party)


def kinds(talks: Talks) -> list[str]:
    return [type(move).__name__ for move in talks.moves]


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ([Hold(HOST)], QUAKE),  # in the middle of a round
        ([Hold(HOST), Hold(ORIGIN)] * 4, QUAKE),  # when time is up
        ([Walk(HOST, "no")], QUAKE),
        ([Offer(HOST, 1), Accept(ORIGIN)], QUAKE),  # while groups vote
    ],
)
def test_a_shock_strikes_only_between_two_rounds(before: list[Move], move: Move):
    talks = replay_talks(RULES, before)
    assert legal(talks, OUTSIDE) == frozenset()
    with pytest.raises(IllegalMove):
        advance(talks, move)


def test_nobody_at_the_table_can_make_one():
    talks = open_talks(RULES)
    assert all(Shock not in legal(talks, party) for party in (HOST, ORIGIN, CHAIR))
    assert legal(talks, OUTSIDE) == {Shock}


def test_sealed_phases_are_no_rounds():
    talks = open_talks(RULES._replace(protocol="request_offer"))
    assert legal(talks, OUTSIDE) == frozenset()
    for reason in ("requests", "drafts"):
        talks = replay_talks(talks.rules, [*talks.moves, Hold(HOST), Hold(ORIGIN), PhaseEnd(reason)])
    assert talks.phase is Phase.BARGAIN
    assert legal(talks, OUTSIDE) == {Shock}


def test_on_the_table_everything_lies_as_it_lay():
    before = replay_talks(RULES, [Offer(HOST, 3), Hold(ORIGIN)])
    after = advance(before, QUAKE)
    assert after.shocks == ("quake",)
    assert after._replace(moves=before.moves, shocks=()) == before
    # A shock costs no time and takes no turn.
    assert legal(after, HOST) == legal(before, HOST)


def test_everybody_hears_of_it():
    talks = replay_talks(RULES, [QUAKE, FLOOD, Hold(HOST)])
    for party in (HOST, ORIGIN):
        assert view(talks, party).talks.shocks == ("quake", "flood")


def test_a_plan_strikes_each_shock_once_before_its_round_and_all_of_a_round_together():
    events = plan_shocks([(3, "flood"), (1, "quake"), (3, "fire")])
    talks = run_talks(RULES, (waiting, waiting), CONTENT, events)
    assert kinds(talks) == ["Shock", *["Hold"] * 4, "Shock", "Shock", *["Hold"] * 4, "PhaseEnd"]
    assert talks.shocks == ("quake", "flood", "fire")


def test_what_is_due_while_groups_vote_waits_until_the_talks_come_back():
    said = {HOST: iter([Hold(HOST), Offer(HOST, 1)]), ORIGIN: iter([Hold(ORIGIN), Accept(ORIGIN)])}

    def move(seen: View) -> Move:
        return next(said[seen.party], Hold(seen.party))

    talks = run_talks(RULES, (move, move), [[lambda _: -1], [lambda _: 1]], plan_shocks([(3, "quake")]))
    assert kinds(talks)[:7] == ["Hold", "Hold", "Offer", "Accept", "Vote", "Vote", "Shock"]


def test_what_is_planned_after_the_end_never_happens():
    assert run_talks(RULES, (waiting, waiting), CONTENT, plan_shocks([(5, "late")])).shocks == ()
    assert plan_shocks([]) is no_events


def test_groups_and_seats_answer_to_what_has_struck():
    def host(seen: View) -> Move:
        return Accept(HOST) if seen.talks.proposer == ORIGIN else Hold(HOST)

    def origin(seen: View) -> Move:
        wanted = 2 if seen.talks.shocks else 1
        return Hold(ORIGIN) if wanted in seen.talks.rejected else Offer(ORIGIN, wanted)

    voters = [[lambda talks: -1 if talks.shocks else 1], [lambda _: 1]]
    calm, shaken = (
        run_talks(RULES, (host, origin), voters, events) for events in (no_events, plan_shocks([(1, "quake")]))
    )
    assert calm.deal == 1
    assert Offer(ORIGIN, 2) in shaken.moves
    assert shaken.rejected == (2,)


def test_a_shock_is_told_by_its_name():
    assert transcript_line(QUAKE, ("Spain", "Morocco"), (("a",), ("b",))) == {"move": "shock", "name": "quake"}


plans = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["quake", "flood", "fire"])), max_size=5)
says = st.lists(st.sampled_from(["hold", "offer", "accept", "reject"]), min_size=1, max_size=12)


def wordy(words: list[str]) -> Mover:
    """A mover that says these things as far as they may be said, and holds otherwise."""
    said = iter(words)

    def move(seen: View) -> Move:
        talks, party = seen
        allowed = legal(talks, party)
        word = next(said, "hold")
        if word == "offer" and Offer in allowed:
            return Offer(party, next(each for each in range(1, 8) if each not in talks.rejected))
        for name, kind in (("accept", Accept), ("reject", Reject)):
            if word == name and kind in allowed:
                return kind(party)
        return Hold(party)

    return move


@given(st.sampled_from(PROTOCOLS), plans, says, says)
def test_talks_with_shocks_are_the_fold_of_their_moves(
    protocol: str, plan: list[tuple[int, str]], one: list[str], other: list[str]
):
    rules = RULES._replace(protocol=protocol)
    voters = [[lambda talks: 1 if talks.standing % 2 else -1], [lambda _: 1]]

    def played(events: Events) -> Talks:
        return run_talks(rules, (wordy(one), wordy(other)), voters, events)

    talks = played(plan_shocks(plan))
    assert repr(talks) == repr(played(plan_shocks(plan))) == repr(replay_talks(rules, talks.moves))
    # Every shock that has struck did so in its order, and before its round had begun or as soon after as it could.
    planned = [name for _, name in sorted(plan, key=lambda each: each[0])]
    assert list(talks.shocks) == planned[: len(talks.shocks)]
    states = list(accumulate(talks.moves, advance, initial=open_talks(rules)))
    for state, move in zip(states, talks.moves, strict=False):
        assert not isinstance(move, Shock) or state.between_rounds
    # To those who look at neither shocks nor values they make no difference at all.
    assert [move for move in talks.moves if not isinstance(move, Shock)] == list(played(no_events).moves)
    assert sum(isinstance(move, Vote) for move in talks.moves) % 2 == 0
