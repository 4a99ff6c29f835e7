"""Software plays talks to their end: who is asked when, and what each has seen by then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.protocols.engine import PROTOCOLS, IllegalMove, legal, replay_talks
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Request, Vote, Walk, Withdraw
from negotiation.protocols.playout import run_talks
from negotiation.protocols.state import CHAIR, Mover, Phase, Rules, View

HOST, ORIGIN = 0, 1
RULES = Rules("request_offer", 12, ((1, 1), (1,)), rounds=3, shape=(3, 2, 2), concedes=((0,), (1,)))
CONTENT = [[lambda _: 1] * 2, [lambda _: 1]]


def scripted(*moves: Move) -> Mover:
    """A mover that says its lines whatever it sees."""
    lines: Iterator[Move] = iter(moves)
    return lambda _: next(lines)


def test_a_script_plays_as_it_was_written():
    host = scripted(Request(HOST, ((1, 1),)), Offer(HOST, 4), Hold(HOST))
    origin = scripted(Request(ORIGIN, ((0, 2),)), Offer(ORIGIN, 10), Accept(ORIGIN))
    talks = run_talks(RULES, (host, origin), CONTENT)
    assert talks.moves == (
        Request(HOST, ((1, 1),)),
        Request(ORIGIN, ((0, 2),)),
        PhaseEnd("all requests are in"),
        Offer(HOST, 4),
        Offer(ORIGIN, 10),
        PhaseEnd("all first offers are in"),
        Hold(HOST),
        Accept(ORIGIN),
        Vote(HOST, 0, 1),
        Vote(HOST, 1, 1),
        Vote(ORIGIN, 0, 1),
    )
    assert talks.deal == 4


def test_software_is_not_asked_after_the_last_round_and_the_chair_closes_at_once():
    rules = RULES._replace(protocol="alternating", rounds=1)
    talks = run_talks(rules, (scripted(Hold(HOST)), scripted(Offer(ORIGIN, 3))), CONTENT)
    assert talks.moves == (Hold(HOST), Offer(ORIGIN, 3), PhaseEnd("the time for bargaining is over"))


def test_in_a_sealed_phase_all_views_are_taken_before_anyone_moves():
    seen: list[View] = []

    def watching(view: View) -> Move:
        seen.append(view)
        return Hold(view.party)

    talks = run_talks(RULES, (watching, watching), CONTENT)
    first, second = seen[:2]
    assert first.talks == second.talks
    assert first.talks.moves == ()
    assert [view.party for view in seen[:6]] == [HOST, ORIGIN] * 3
    assert talks.ending == ("breakdown", None, "the time for bargaining is over", 3)


def test_a_hesitant_party_is_asked_again_while_patience_lasts():
    host = scripted(Hold(HOST), Request(HOST, ()), Hold(HOST), Hold(HOST), Walk(HOST, "enough"))
    origin = scripted(Request(ORIGIN, ()), Offer(ORIGIN, 10))
    talks = run_talks(RULES._replace(patience=2), (host, origin), CONTENT)
    assert talks.requests == ((), ())
    assert talks.drafts == (None, 10)


def test_what_is_said_after_a_walk_out_goes_unheard():
    talks = run_talks(RULES, (scripted(Walk(HOST, "no mandate")), scripted(Request(ORIGIN, ()))), CONTENT)
    assert talks.moves == (Walk(HOST, "no mandate"),)


def test_groups_vote_without_hearing_each_other():
    rules = Rules("alternating", 4, ((1, 1), (1,)), rounds=2, returns=0)
    voters = [[lambda talks: 1 if talks.standing > 1 else -1, lambda _: 0], [lambda _: 1]]
    failed = run_talks(rules, (scripted(Offer(HOST, 1)), scripted(Accept(ORIGIN))), voters)
    assert failed.ballots == ((-1, 0), (1,))
    assert failed.ending is not None
    assert failed.ending.party == HOST
    assert run_talks(rules, (scripted(Offer(HOST, 2)), scripted(Accept(ORIGIN))), voters).deal == 2


def test_a_mover_that_breaks_the_rules_is_told():
    with pytest.raises(IllegalMove):
        run_talks(RULES, (scripted(Accept(HOST)), scripted(Hold(ORIGIN))), CONTENT)


def wild(seed: int) -> Mover:
    """A mover that says anything legal, except that it walks out."""
    random = np.random.default_rng(seed)

    def move(view: View) -> Move:
        talks, party = view
        kinds: list[Any] = sorted(legal(talks, party) - {Walk}, key=lambda kind: kind.__name__)
        kind = kinds[random.integers(len(kinds))]
        pledge = talks.pledges[party] if talks.pledges else None
        open_ = [each for each in range(1, talks.rules.packages) if each not in talks.rejected]
        if kind is Offer and pledge not in talks.rejected:
            return Offer(party, pledge or open_[random.integers(len(open_))])
        if kind is Request:
            return Request(party, ((int(random.integers(3)), 1),))
        return kind(party) if kind in {Accept, Reject, Withdraw} else Hold(party)

    return move


@given(st.sampled_from(PROTOCOLS), st.integers(0, 10_000), st.integers(1, 3))
def test_the_same_movers_give_the_same_talks_and_replay_repeats_them(protocol: str, seed: int, patience: int):
    rules = RULES._replace(protocol=protocol, patience=patience)
    voters = [[lambda talks: 1 if talks.standing % 3 else -1] * 2, [lambda _: 1]]
    once, again = (run_talks(rules, (wild(seed), wild(seed + 1)), voters) for _ in range(2))
    assert repr(once) == repr(again) == repr(replay_talks(rules, once.moves))
    assert once.phase is Phase.OVER
    assert legal(once, CHAIR) == frozenset()
