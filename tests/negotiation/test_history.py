"""Queries on talks, by value, on talks that are written out."""

from __future__ import annotations

from negotiation.protocols import history
from negotiation.protocols.engine import advance, replay_talks
from negotiation.protocols.history import FailedVote, OfferMade
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk
from negotiation.protocols.state import Rules, open_talks

RULES = Rules("alternating", packages=8, votes=((2, 1), (1,)), rounds=2, shape=(2, 4))
FAILED = [Offer(0, 3), Accept(1), Vote(0, 0, -1), Vote(0, 1, 1), Vote(1, 0, 1)]
"""A package that the first party's groups vote down."""


def test_offers_are_listed_with_party_and_round():
    talks = replay_talks(RULES, [Offer(0, 3), Offer(1, 5), Offer(0, 4)])
    assert history.list_offers(talks) == (OfferMade(0, 1, 3), OfferMade(1, 1, 5), OfferMade(0, 2, 4))
    assert [history.find_last_offer(talks, 0, back) for back in (0, 1, 2)] == [4, 3, None]
    assert [history.find_last_offer(talks, 1, back) for back in (0, 1)] == [5, None]


def test_a_sealed_first_draft_has_round_0():
    rules = RULES._replace(protocol="request_offer")
    opened = [
        Hold(0),
        Hold(1),
        PhaseEnd("opened"),
        Offer(0, 3),
        Offer(1, 5),
        PhaseEnd("opened"),
    ]
    talks = replay_talks(rules, opened)
    assert history.list_offers(talks) == (OfferMade(0, 0, 3), OfferMade(1, 0, 5))


def test_the_offer_of_the_other_side_is_on_the_table_until_the_talks_are_over():
    talks = replay_talks(RULES, [Offer(0, 3)])
    assert [history.find_facing_offer(talks, party) for party in (0, 1)] == [None, 3]
    talks = advance(talks, Walk(1, "no"))
    assert [history.find_facing_offer(talks, party) for party in (0, 1)] == [None, None]
    assert [history.find_offer_at_end(talks, party) for party in (0, 1)] == [None, 3]


def test_the_last_offer_may_be_refused():
    refused = replay_talks(RULES, [Hold(0), Hold(1), Hold(0), Offer(1, 5), Reject(0), PhaseEnd("time")])
    assert [history.find_refused_offer(refused, party) for party in (0, 1)] == [5, None]
    assert history.ending_kind(refused) == "time"


def test_a_failed_vote_is_found_until_the_party_has_moved():
    talks = replay_talks(RULES, FAILED)
    found = FailedVote(signer=1, counts=((1, 2), (1, 0)), refusing=(0,))
    assert not talks.over
    assert history.find_failed_vote(talks, 0) == history.find_failed_vote(talks, 1) == found
    mover = talks.turn
    talks = advance(talks, Hold(mover))
    assert history.find_failed_vote(talks, mover) is None
    assert history.find_failed_vote(talks, 1 - mover) == found


def test_endings_have_three_kinds():
    assert history.ending_kind(replay_talks(RULES, [Walk(0, "no")])) == "walk"
    held: list[Move] = [Hold(0), Hold(1), Hold(0), Hold(1), PhaseEnd("time")]
    assert history.ending_kind(replay_talks(RULES, held)) == "time"


def test_the_last_turn_belongs_to_the_last_party():
    talks, found = open_talks(RULES), []
    for party in (0, 1, 0, 1):
        found.append([history.has_last_turn(talks, seat) for seat in (0, 1)])
        talks = advance(talks, Hold(party))
    assert found == [[False, False]] * 3 + [[False, True]]


def test_a_levels_draft_that_cannot_be_offered_has_a_reason():
    talks = replay_talks(RULES, FAILED)
    assert history.find_offer_fault(talks, 0, (0, 0), 0) == "today"
    assert history.find_offer_fault(talks, 0, (0, 3), 3) == "failed"
    assert history.find_offer_fault(talks, 0, (1, 0), 4) is None
    assert history.default_draft(talks, 0) == (0, 3)
    assert history.default_draft(talks, 1) == (0, 0)


def test_a_vote_and_a_shock_are_not_moves_of_a_delegation():
    assert [history.is_made_by(move, 0) for move in (Offer(0, 1), Vote(0, 0, 1), Shock("x"), PhaseEnd("x"))] == [
        True,
        False,
        False,
        False,
    ]
