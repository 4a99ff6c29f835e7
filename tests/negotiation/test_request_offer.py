"""Requests and offers as transcripts: what is under seal, what is on the table, and what binds its maker."""

from __future__ import annotations

import pytest

from negotiation.protocols.engine import IllegalMove, advance, legal, replay_talks
from negotiation.protocols.moves import (
    Accept,
    Hold,
    Move,
    Offer,
    PhaseEnd,
    Reject,
    Request,
    Vote,
    Walk,
    Withdraw,
    transcript_line,
)
from negotiation.protocols.rules.request_offer import lines_lowered
from negotiation.protocols.state import CHAIR, Phase, Rules, Talks, open_talks, view

HOST, ORIGIN = 0, 1
PLACES, READMISSION, FUND = 0, 1, 2
"""An agenda of three ladders: the host concedes places, the origin readmission, both together a fund."""

RULES = Rules(
    "request_offer",
    packages=32,
    votes=((1, 1), (1,)),
    rounds=4,
    returns=1,
    shape=(4, 4, 2),
    concedes=((PLACES,), (READMISSION,)),
)


def package(places: int, readmission: int, fund: int) -> int:
    """The place in the grid of a package of the three ladders."""
    return (places * 4 + readmission) * 2 + fund


LITTLE, MORE, MUCH = package(1, 3, 1), package(2, 2, 1), package(3, 1, 1)
WANTED = ((READMISSION, 2), (FUND, 1))
ASKED: list[Move] = [Request(HOST, WANTED), Request(ORIGIN, ((PLACES, 3),)), PhaseEnd("all requests are in")]
DRAFTED: list[Move] = [*ASKED, Offer(ORIGIN, MUCH), Offer(HOST, LITTLE), PhaseEnd("all first offers are in")]
YES: list[Move] = [Vote(HOST, 0, 1), Vote(HOST, 1, 0), Vote(ORIGIN, 0, 1)]
NO: list[Move] = [Vote(HOST, 0, 1), Vote(HOST, 1, 0), Vote(ORIGIN, 0, -1)]


def test_requests_drafts_bargaining_and_votes_make_an_agreement():
    talks = replay_talks(RULES, [*DRAFTED, Offer(HOST, MORE), Accept(ORIGIN), *YES])
    assert (talks.deal, talks.phase) == (MORE, Phase.OVER)
    assert talks.ending == ("agreement", None, "ratified by all", 1)


def test_requests_are_opened_together():
    talks = replay_talks(RULES, ASKED[:2])
    assert (talks.phase, talks.requests, talks.pending) == (Phase.REQUEST, (), (0, 0))
    assert talks.sealed_moves == tuple(ASKED[:2])
    talks = advance(talks, PhaseEnd("all requests are in"))
    assert (talks.phase, talks.requests, talks.pending) == (Phase.OFFER, (WANTED, ((PLACES, 3),)), (1, 1))
    assert talks.sealed_moves == ()


def test_drafts_are_opened_together_and_the_host_begins_facing_the_other_s():
    talks = replay_talks(RULES, DRAFTED)
    assert (talks.phase, talks.drafts, talks.pledges) == (Phase.BARGAIN, (LITTLE, MUCH), (LITTLE, MUCH))
    assert (talks.turn, talks.round, talks.standing, talks.proposer) == (HOST, 0, MUCH, ORIGIN)
    assert (talks.sealed_from, talks.pending) == (None, ())


def test_both_drafts_stay_on_the_table_and_each_side_may_take_the_other_s():
    held = [*DRAFTED, Hold(HOST)]
    assert replay_talks(RULES, [*DRAFTED, Accept(HOST)]).standing == MUCH
    assert replay_talks(RULES, [*held, Accept(ORIGIN)]).standing == LITTLE
    talks = replay_talks(RULES, [*held, Offer(ORIGIN, MORE)])
    assert (talks.drafts, talks.standing) == ((LITTLE, MORE), MORE)


def test_the_order_under_seal_does_not_matter():
    first, second, end = ASKED
    turned, straight = replay_talks(RULES, [second, first, end]), replay_talks(RULES, ASKED)
    assert turned._replace(moves=()) == straight._replace(moves=())


@pytest.mark.parametrize("before", [[], ASKED], ids=["requests", "drafts"])
def test_a_party_that_lets_its_time_pass_has_nothing_to_say(before: list[Move]):
    talks = replay_talks(RULES, [*before, Hold(ORIGIN)])
    assert (talks.pending, talks.can_close) == ((1, 0), False)
    talks = replay_talks(RULES, [*before, Hold(ORIGIN), Hold(HOST), PhaseEnd("time")])
    assert (talks.drafts if before else talks.requests) == (None, None)


def test_the_chair_waits_as_long_as_patience_lasts():
    patient = RULES._replace(patience=2)
    talks = replay_talks(patient, [Hold(HOST), Request(ORIGIN, ())])
    assert (talks.pending, legal(talks, CHAIR)) == ((1, 0), frozenset())
    assert replay_talks(patient, [Hold(HOST), Request(ORIGIN, ()), Request(HOST, WANTED)]).can_close
    assert replay_talks(patient, [Hold(HOST), Request(ORIGIN, ()), Hold(HOST)]).can_close


def test_without_drafts_the_table_is_empty():
    talks = replay_talks(RULES, [*ASKED, Hold(HOST), Hold(ORIGIN), PhaseEnd("time")])
    assert (talks.standing, talks.proposer) == (None, None)
    assert legal(talks, HOST) == {Offer, Hold, Walk}


# --- What each side sees ---


def test_a_seat_sees_its_own_sealed_request_and_not_the_other_s():
    talks = replay_talks(RULES, ASKED[:2])
    assert view(talks, HOST).talks.moves == (ASKED[0],)
    assert view(talks, ORIGIN).talks.moves == (ASKED[1],)
    assert view(talks, CHAIR).talks.moves == ()
    assert view(talks, HOST).talks.pending == (0, 0)


def test_a_draft_under_seal_is_hidden_though_the_requests_are_open():
    talks = replay_talks(RULES, DRAFTED[:5])
    assert view(talks, HOST).talks.moves == (*ASKED, Offer(HOST, LITTLE))
    assert view(talks, HOST).talks.requests == (WANTED, ((PLACES, 3),))
    assert view(talks, ORIGIN).talks.moves == (*ASKED, Offer(ORIGIN, MUCH))


def test_once_opened_everybody_sees_everything():
    for moves in (ASKED, DRAFTED, [*DRAFTED, Hold(HOST)]):
        talks = replay_talks(RULES, moves)
        assert view(talks, HOST) == (talks, HOST)
        assert view(talks, ORIGIN) == (talks, ORIGIN)


def test_an_envelope_left_behind_by_a_walk_out_stays_closed():
    talks = replay_talks(RULES, [ASKED[0], Walk(ORIGIN, "no mandate")])
    assert talks.ending == ("breakdown", ORIGIN, "no mandate", 1)
    assert view(talks, ORIGIN).talks.moves == (Walk(ORIGIN, "no mandate"),)
    assert view(talks, HOST).talks.moves == talks.moves


# --- What binds ---


@pytest.mark.parametrize(
    ("after", "lower"),
    [
        (package(2, 0, 0), ()),
        (package(3, 3, 1), ()),
        (package(1, 2, 1), (PLACES,)),
        (package(0, 3, 1), (PLACES,)),
    ],
)
def test_only_lines_of_its_own_bind_a_party(after: int, lower: tuple[int, ...]):
    assert lines_lowered(RULES, HOST, MORE, after) == lower


def test_what_was_offered_cannot_sink_unless_withdrawn_and_that_takes_a_turn():
    before = [*DRAFTED, Offer(HOST, MORE), Hold(ORIGIN)]
    with pytest.raises(IllegalMove, match="withdraw that first"):
        replay_talks(RULES, [*before, Offer(HOST, LITTLE)])
    talks = replay_talks(RULES, [*before, Withdraw(HOST)])
    assert (talks.drafts, talks.pledges, talks.turn) == ((None, MUCH), (None, MUCH), ORIGIN)
    assert replay_talks(RULES, [*before, Withdraw(HOST), Hold(ORIGIN), Offer(HOST, LITTLE)]).drafts == (LITTLE, MUCH)


def test_a_rejected_draft_is_off_the_table_but_still_binds_its_maker():
    talks = replay_talks(RULES, [*DRAFTED, Reject(HOST)])
    assert (talks.drafts, talks.pledges) == ((LITTLE, None), (LITTLE, MUCH))
    assert legal(talks, ORIGIN) == {Offer, Accept, Reject, Withdraw, Hold, Walk}
    less = package(3, 0, 0)
    with pytest.raises(IllegalMove):
        advance(talks, Offer(ORIGIN, less))
    assert (
        replay_talks(RULES, [*DRAFTED, Reject(HOST), Withdraw(ORIGIN), Hold(HOST), Offer(ORIGIN, less)]).standing
        == less
    )


def test_a_failed_vote_clears_the_table_and_frees_nobody_of_a_promise():
    talks = replay_talks(RULES, [*DRAFTED, Accept(HOST), *NO])
    assert (talks.phase, talks.drafts, talks.standing) == (Phase.BARGAIN, (None, None), None)
    assert (talks.pledges, talks.rejected, talks.turn) == ((LITTLE, MUCH), (MUCH,), ORIGIN)
    assert legal(talks, ORIGIN) == {Offer, Withdraw, Hold, Walk}
    with pytest.raises(IllegalMove, match="failed at home"):
        advance(talks, Offer(ORIGIN, MUCH))
    again = [*DRAFTED, Accept(HOST), *NO, Offer(ORIGIN, package(3, 2, 1)), Accept(HOST), *NO]
    assert replay_talks(RULES, again).ending == ("not ratified", ORIGIN, "the vote at home failed", 2)


def test_the_deadline_counts_rounds_of_bargaining_alone():
    talks = replay_talks(RULES, [*DRAFTED, *[Hold(HOST), Hold(ORIGIN)] * 4])
    assert (legal(talks, HOST), legal(talks, ORIGIN)) == ({Accept, Reject, Walk}, frozenset())
    assert advance(talks, PhaseEnd("time")).ending == ("breakdown", ORIGIN, "time", 4)


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ([], Offer(HOST, LITTLE)),
        ([], Accept(HOST)),
        ([], PhaseEnd("too early")),
        ([], Request(HOST, ((PLACES, 0),))),
        ([], Request(HOST, ((PLACES, 4),))),
        ([], Request(HOST, ((3, 1),))),
        ([], Request(HOST, ((PLACES, 1), (PLACES, 2)))),
        (ASKED[:1], Request(HOST, WANTED)),
        (ASKED[:1], Walk(HOST, "after having spoken")),
        (ASKED[:1], PhaseEnd("the other has still to speak")),
        (ASKED, Request(HOST, WANTED)),
        (ASKED, Offer(HOST, 0)),
        (ASKED, Offer(HOST, 32)),
        (DRAFTED, Offer(ORIGIN, MUCH)),
        (DRAFTED, PhaseEnd("too early")),
        ([*DRAFTED, Withdraw(HOST), Hold(ORIGIN)], Withdraw(HOST)),
        ([*DRAFTED, Withdraw(HOST), Withdraw(ORIGIN)], Accept(HOST)),
        ([*DRAFTED, Accept(HOST)], Offer(ORIGIN, MUCH)),
    ],
)
def test_illegal_moves_are_refused(before: list[Move], move: Move):
    talks = replay_talks(RULES, before)
    with pytest.raises(IllegalMove):
        advance(talks, move)


def test_every_move_is_told_in_names():
    parties, groups = ("Northmark", "Sudora"), (("unions", "employers"), ("families",))
    told = [transcript_line(move, parties, groups) for move in [*DRAFTED, Reject(HOST), Withdraw(ORIGIN)]]
    assert told[0] == {"move": "request", "party": "Northmark", "asks": [[READMISSION, 2], [FUND, 1]]}
    assert told[2] == {"move": "phase end", "reason": "all requests are in"}
    assert told[-2:] == [{"move": "reject", "party": "Northmark"}, {"move": "withdraw", "party": "Sudora"}]


def test_undo_is_replay_of_less():
    talks = replay_talks(RULES, DRAFTED)
    undone: Talks = open_talks(RULES)
    for move in talks.moves[:-1]:
        undone = advance(undone, move)
    assert advance(undone, talks.moves[-1]) == talks
