"""Talks are a fold of moves: transcripts in, states out, and laws that no sequence of moves can break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.moves import Accept, Hold, Move, Offer, PhaseEnd, Vote, Walk
from negotiation.protocols import Illegal, advance, legal, replay
from negotiation.talks import CHAIR, Phase, Rules, Talks, opening

HOST, ORIGIN = 0, 1
RULES = Rules("alternating", packages=6, votes=((1, 1, 1), (1, 1)), rounds=3, returns=1)
YES = [Vote(HOST, 0, 1), Vote(HOST, 1, 1), Vote(HOST, 2, -1), Vote(ORIGIN, 0, 1), Vote(ORIGIN, 1, 0)]
NO = [Vote(HOST, 0, 1), Vote(HOST, 1, -1), Vote(HOST, 2, 0), Vote(ORIGIN, 0, 1), Vote(ORIGIN, 1, 1)]


def test_offer_accept_and_votes_make_an_agreement():
    talks = replay(RULES, [Offer(HOST, 2), Offer(ORIGIN, 5), Accept(HOST), *YES])
    assert (talks.deal, talks.phase) == (5, Phase.OVER)
    assert talks.ending == ("agreement", None, "ratified by all", 2)


def test_a_tie_at_home_is_no_ratification_and_sends_the_talks_back_once():
    failed = [Offer(HOST, 2), Accept(ORIGIN), *NO]
    talks = replay(RULES, failed)
    assert (talks.phase, talks.rejected, talks.standing, talks.round) == (Phase.BARGAIN, (2,), None, 1)
    talks = replay(RULES, [*failed, Offer(HOST, 3), Accept(ORIGIN), *NO])
    assert talks.ending == ("not ratified", HOST, "the vote at home failed", 3)
    assert talks.deal is None


def test_what_failed_at_home_cannot_come_back_unchanged():
    talks = replay(RULES, [Offer(HOST, 2), Accept(ORIGIN), *NO])
    with pytest.raises(Illegal, match="failed at home"):
        advance(talks, Offer(HOST, 2))


def test_the_deadline_names_the_party_that_had_not_accepted():
    talks = replay(RULES, [Offer(HOST, 1), Offer(ORIGIN, 5), Hold(HOST), Hold(ORIGIN), Hold(HOST), Offer(ORIGIN, 4)])
    assert legal(talks, HOST) == legal(talks, ORIGIN) == frozenset()
    talks = advance(talks, PhaseEnd("time is up"))
    assert talks.ending == ("breakdown", HOST, "time is up", 3)


def test_walking_ends_the_talks_at_once():
    talks = replay(RULES, [Hold(HOST), Walk(ORIGIN, "no mandate")])
    assert talks.ending == ("breakdown", ORIGIN, "no mandate", 1)


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ([], Accept(HOST)),
        ([], Offer(ORIGIN, 1)),
        ([], Offer(HOST, 0)),
        ([], Offer(HOST, 6)),
        ([], Vote(HOST, 0, 1)),
        ([], PhaseEnd("too early")),
        ([Offer(HOST, 1), Hold(ORIGIN)], Accept(HOST)),
        ([Offer(HOST, 1), Accept(ORIGIN)], Offer(HOST, 2)),
        ([Offer(HOST, 1), Accept(ORIGIN), Vote(HOST, 0, 1)], Vote(HOST, 0, -1)),
        ([Offer(HOST, 1), Accept(ORIGIN)], Vote(HOST, 0, 2)),
        ([Offer(HOST, 1), Accept(ORIGIN)], Vote(HOST, 3, 1)),
        ([Walk(HOST, "")], Offer(ORIGIN, 1)),
    ],
)
def test_illegal_moves_are_refused(before: list[Move], move: Move):
    with pytest.raises(Illegal):
        advance(replay(RULES, before), move)


def moves(talks: Talks, party: int, draw: st.DrawFn) -> Move:
    """Any legal move of a party."""
    kind = draw(st.sampled_from(sorted(legal(talks, party), key=lambda kind: kind.__name__)))
    if kind is Offer:
        free = [package for package in range(1, talks.rules.packages) if package not in talks.rejected]
        return Offer(party, draw(st.sampled_from(free)))
    if kind is Vote:
        return Vote(party, talks.ballots[party].index(None), draw(st.sampled_from((-1, 0, 1))))
    if kind is Walk:
        return Walk(party, "enough")
    if kind is PhaseEnd:
        return PhaseEnd("time")
    return Accept(party) if kind is Accept else Hold(party)


@st.composite
def transcripts(draw: st.DrawFn) -> list[Talks]:
    """The states of a talk in which every move is legal and otherwise arbitrary."""
    rules = Rules(
        "alternating",
        packages=draw(st.integers(4, 8)),
        votes=((1,) * draw(st.integers(1, 3)), (2, 1)),
        rounds=draw(st.integers(1, 4)),
        returns=draw(st.integers(0, 2)),
    )
    states = [opening(rules)]
    while not states[-1].over:
        able = [party for party in (CHAIR, HOST, ORIGIN) if legal(states[-1], party)]
        states.append(advance(states[-1], moves(states[-1], draw(st.sampled_from(able)), draw)))
    return states


@given(transcripts())
def test_replay_gives_the_same_state(states: list[Talks]):
    final = states[-1]
    for length, state in enumerate(states):
        assert replay(final.rules, final.moves[:length]) == state


@given(transcripts())
def test_every_talk_ends_once_with_a_reason(states: list[Talks]):
    *before, final = states
    assert all(state.ending is None for state in before)
    assert final.ending is not None
    assert final.ending.outcome in {"agreement", "breakdown", "not ratified"}
    assert (final.deal is not None) == (final.ending.outcome == "agreement")
    assert final.ending.round <= final.rules.rounds
    assert all(legal(final, party) == frozenset() for party in (CHAIR, HOST, ORIGIN))


@given(transcripts())
def test_a_deal_was_offered_accepted_by_the_other_side_and_ratified_by_all(states: list[Talks]):
    final = states[-1]
    if final.deal is None:
        return
    offers = [(at, move) for at, move in enumerate(final.moves) if isinstance(move, Offer)]
    accepts = [(at, move) for at, move in enumerate(final.moves) if isinstance(move, Accept)]
    at, accepted = accepts[-1]
    before, offer = next((index, move) for index, move in reversed(offers) if index < at)
    assert offer.package == final.deal
    assert offer.party != accepted.party
    assert before < at
    for party, weights in enumerate(final.rules.votes):
        cast = [vote.choice for vote in final.moves[at:] if isinstance(vote, Vote) and vote.party == party]
        assert sum(weight * choice for weight, choice in zip(weights, cast, strict=True)) > 0
