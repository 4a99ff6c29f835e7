"""Talks are a fold of moves: transcripts in, states out, and laws that no sequence of moves can break."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.protocols.engine import PROTOCOLS, IllegalMove, advance, legal, replay_talks
from negotiation.protocols.moves import (
    Accept,
    Hold,
    Move,
    Offer,
    PhaseEnd,
    Reject,
    Request,
    Shock,
    Vote,
    Walk,
    Withdraw,
)
from negotiation.protocols.state import CHAIR, Phase, Rules, Talks, open_talks, view

HOST, ORIGIN = 0, 1
RULES = Rules("alternating", packages=6, votes=((1, 1, 1), (1, 1)), rounds=3, returns=1)
YES = [Vote(HOST, 0, 1), Vote(HOST, 1, 1), Vote(HOST, 2, -1), Vote(ORIGIN, 0, 1), Vote(ORIGIN, 1, 0)]
NO = [Vote(HOST, 0, 1), Vote(HOST, 1, -1), Vote(HOST, 2, 0), Vote(ORIGIN, 0, 1), Vote(ORIGIN, 1, 1)]


def test_offer_accept_and_votes_make_an_agreement():
    talks = replay_talks(RULES, [Offer(HOST, 2), Offer(ORIGIN, 5), Accept(HOST), *YES])
    assert (talks.deal, talks.phase) == (5, Phase.OVER)
    assert talks.ending == ("agreement", None, "ratified by all", 2)


def test_a_tie_at_home_is_no_ratification_and_sends_the_talks_back_once():
    failed = [Offer(HOST, 2), Accept(ORIGIN), *NO]
    talks = replay_talks(RULES, failed)
    assert (talks.phase, talks.rejected, talks.standing, talks.round) == (Phase.BARGAIN, (2,), None, 1)
    talks = replay_talks(RULES, [*failed, Offer(HOST, 3), Accept(ORIGIN), *NO])
    assert talks.ending == ("not ratified", HOST, "the vote at home failed", 2)
    assert talks.deal is None


def test_what_failed_at_home_cannot_come_back_unchanged():
    talks = replay_talks(RULES, [Offer(HOST, 2), Accept(ORIGIN), *NO])
    with pytest.raises(IllegalMove, match="failed at home"):
        advance(talks, Offer(HOST, 2))


def test_the_deadline_names_the_party_that_had_not_accepted():
    talks = replay_talks(
        RULES, [Offer(HOST, 1), Offer(ORIGIN, 5), Hold(HOST), Hold(ORIGIN), Hold(HOST), Offer(ORIGIN, 4)]
    )
    assert legal(talks, ORIGIN) == frozenset()
    talks = advance(talks, PhaseEnd("time is up"))
    assert talks.ending == ("breakdown", HOST, "time is up", 3)


LAST_OFFERS = {
    "alternating": (RULES, [*[Hold(HOST), Hold(ORIGIN)] * 2, Hold(HOST), Offer(ORIGIN, 4)]),
    "request_offer": (
        RULES._replace(protocol="request_offer", shape=(2, 3)),
        [
            *[Hold(HOST), Hold(ORIGIN), PhaseEnd("asked"), Hold(HOST), Hold(ORIGIN), PhaseEnd("drafted")],
            *[Hold(HOST), Hold(ORIGIN)] * 2,
            *[Hold(HOST), Offer(ORIGIN, 4)],
        ],
    ),
}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_last_offer_of_the_last_round_can_still_be_answered_once(protocol: str):
    rules, said = LAST_OFFERS[protocol]
    talks = replay_talks(rules, said)
    assert (talks.can_close, talks.standing) == (True, 4)
    assert legal(talks, HOST) == {Accept, Reject, Walk}
    assert (legal(talks, ORIGIN), legal(talks, CHAIR)) == (frozenset(), {PhaseEnd})
    signed = replay_talks(rules, [*said, Accept(HOST), *YES])
    assert (signed.deal, signed.ending) == (4, ("agreement", None, "ratified by all", 3))
    assert advance(talks, Walk(HOST, "no")).ending == ("breakdown", HOST, "no", 3)
    for answered in ([Reject(HOST)], [Accept(HOST), *NO]):
        after = replay_talks(rules, [*said, *answered])
        assert legal(after, HOST) == legal(after, ORIGIN) == frozenset()
        assert advance(after, PhaseEnd("time")).ending == ("breakdown", HOST, "time", 3)


@pytest.mark.parametrize(
    "last", [[Offer(HOST, 2), Hold(ORIGIN)], [Hold(HOST), Hold(ORIGIN)], [Offer(HOST, 2), Reject(ORIGIN)]]
)
def test_when_nothing_of_the_other_side_lies_there_the_chair_alone_can_speak(last: list[Move]):
    talks = replay_talks(RULES, [*[Hold(HOST), Hold(ORIGIN)] * 2, *last])
    assert legal(talks, HOST) == legal(talks, ORIGIN) == frozenset()
    assert legal(talks, CHAIR) == {PhaseEnd}


def test_walking_ends_the_talks_at_once():
    talks = replay_talks(RULES, [Hold(HOST), Walk(ORIGIN, "no mandate")])
    assert talks.ending == ("breakdown", ORIGIN, "no mandate", 1)


def test_after_a_failed_vote_the_deadline_names_the_country_that_refused():
    talks = replay_talks(
        RULES, [*[Hold(HOST), Hold(ORIGIN)] * 2, Offer(HOST, 2), Accept(ORIGIN), *NO, PhaseEnd("time")]
    )
    assert talks.ending == ("breakdown", HOST, "time", 3)


def test_a_rejected_package_is_off_the_table_and_the_turn_passes():
    talks = replay_talks(RULES, [Offer(HOST, 2), Reject(ORIGIN)])
    assert (talks.standing, talks.proposer, talks.turn, talks.round) == (None, None, HOST, 1)
    assert replay_talks(RULES, [Offer(HOST, 2), Reject(ORIGIN), Offer(HOST, 2)]).standing == 2


def test_a_withdrawn_package_cannot_be_accepted_and_its_maker_bears_the_breakdown():
    before = [Offer(HOST, 2), Hold(ORIGIN), Withdraw(HOST)]
    talks = replay_talks(RULES, before)
    assert talks.standing is None
    assert Accept not in legal(talks, ORIGIN)
    talks = replay_talks(RULES, [*before, Hold(ORIGIN), Hold(HOST), Hold(ORIGIN), PhaseEnd("time")])
    assert talks.ending == ("breakdown", HOST, "time", 3)


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        ([], {Offer, Hold, Walk}),
        ([Offer(HOST, 2)], {Offer, Accept, Reject, Hold, Walk}),
        ([Offer(HOST, 2), Hold(ORIGIN)], {Offer, Withdraw, Hold, Walk}),
        ([Offer(HOST, 2), Hold(ORIGIN), Withdraw(HOST)], {Offer, Hold, Walk}),
    ],
)
def test_what_lies_on_the_table_decides_what_may_be_done(before: list[Move], kinds: set[type[Move]]):
    talks = replay_talks(RULES, before)
    assert legal(talks, talks.turn) == kinds
    assert legal(talks, 1 - talks.turn) == legal(talks, CHAIR) == frozenset()


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        (RULES._replace(protocol="shouting"), "protocol"),
        (RULES._replace(votes=((1,), (1,), (1,))), "seats"),
        (RULES._replace(protocol="request_offer"), "shape"),
        (RULES._replace(shape=(2, 2)), "shape"),
    ],
)
def test_rules_that_make_no_talks_are_refused(rules: Rules, place: str):
    with pytest.raises(InputError) as caught:
        open_talks(rules)
    assert caught.value.problems[0].place == place


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ([], Reject(HOST)),
        ([], Withdraw(HOST)),
        ([], Request(HOST, ())),
        ([Offer(HOST, 1)], Withdraw(ORIGIN)),
        ([Offer(HOST, 1), Hold(ORIGIN)], Reject(HOST)),
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
    with pytest.raises(IllegalMove):
        advance(replay_talks(RULES, before), move)


# --- Laws, under every protocol ---


@st.composite
def rulebooks(draw: st.DrawFn) -> Rules:
    """Any small agenda, whoever concedes its lines, under any protocol."""
    shape = tuple(draw(st.lists(st.integers(2, 3), min_size=2, max_size=3)))
    owners = [draw(st.sampled_from((HOST, ORIGIN, None))) for _ in shape]
    return Rules(
        draw(st.sampled_from(PROTOCOLS)),
        packages=prod(shape),
        votes=((1,) * draw(st.integers(1, 3)), (2, 1)),
        rounds=draw(st.integers(1, 5)),
        returns=draw(st.integers(0, 2)),
        shape=shape,
        concedes=tuple(tuple(at for at, owner in enumerate(owners) if owner == party) for party in (HOST, ORIGIN)),
        patience=draw(st.integers(1, 2)),
    )


def candidates(talks: Talks) -> Iterator[Move]:
    """Moves of every kind by everyone, well formed and not."""
    top = talks.rules.shape[0]
    yield PhaseEnd("time")
    for party in (-2, CHAIR, HOST, ORIGIN, 2):
        yield from (Accept(party), Reject(party), Withdraw(party), Hold(party), Walk(party, "enough"))
        yield from (Offer(party, package) for package in range(-1, talks.rules.packages + 1))
        yield from (Vote(party, group, choice) for group in (-1, 0, 1, 2, 3) for choice in (-2, -1, 0, 1))
        asks = [(), ((0, 1),), ((0, top - 1), (1, 1)), ((0, 0),), ((0, top),), ((9, 1),), ((-1, 1),), ((0, 1), (0, 1))]
        yield from (Request(party, each) for each in asks)


def promise(moves: tuple[Move, ...], party: int) -> int | None:
    """The party's last offer, unless it has withdrawn it since."""
    own = [move for move in moves if isinstance(move, Offer | Withdraw) and move.party == party]
    return own[-1].package if own and isinstance(own[-1], Offer) else None


def keeps_word(talks: Talks, offer: Offer) -> bool:
    """Whether no line that only its maker concedes sinks below what it has promised."""
    promised = promise(talks.moves, offer.party)
    if talks.rules.protocol == "alternating" or promised is None:
        return True
    before, after = (np.unravel_index(package, talks.rules.shape) for package in (promised, offer.package))
    return all(after[place] >= before[place] for place in talks.rules.concedes[offer.party])


def is_sound(talks: Talks, move: Move) -> bool:
    """Whether a move of a legal kind says something that makes sense."""
    match move:
        case Offer(_, package):
            inside = 0 < package < talks.rules.packages
            return inside and package not in talks.rejected and keeps_word(talks, move)
        case Vote(party, group, choice):
            return group in range(len(talks.rules.votes[party])) and talks.ballots[party][group] is None and choice > -2
        case Request(_, asks):
            shape = dict(enumerate(talks.rules.shape))
            return len(dict(asks)) == len(asks) and all(0 < level < shape.get(place, 0) for place, level in asks)
        case _:
            return True


def sound(talks: Talks) -> list[Move]:
    """Every move among the candidates that is legal and makes sense."""
    kinds = {party: legal(talks, party) for party in (-2, CHAIR, HOST, ORIGIN, 2)}
    made = candidates(talks)
    return [move for move in made if type(move) in kinds[getattr(move, "party", CHAIR)] and is_sound(talks, move)]


def likelihood(move: Move) -> int:
    """How often a move is tried: if all were alike, most talks would end in a walk-out and hardly any in a deal."""
    match move:
        case Walk():
            return 1
        case Accept() | Vote(_, _, 1):
            return 12
        case Vote():
            return 2
        case _:
            return 6


@st.composite
def transcripts(draw: st.DrawFn) -> list[Talks]:
    """The states of a talk in which every move is legal and otherwise arbitrary."""
    states = [open_talks(draw(rulebooks()))]
    while not states[-1].over:
        able = sound(states[-1])
        kinds = {type(move).__name__: likelihood(move) for move in able}
        kind = draw(st.sampled_from([name for name, weight in sorted(kinds.items()) for _ in range(weight)]))
        said = [move for move in able if type(move).__name__ == kind for _ in range(likelihood(move))]
        states.append(advance(states[-1], draw(st.sampled_from(said))))
    return states


@given(transcripts())
def test_replay_gives_the_same_state(states: list[Talks]):
    final = states[-1]
    for length, state in enumerate(states):
        # Moves of two kinds may be equal as tuples, but never in print.
        assert repr(replay_talks(final.rules, final.moves[:length])) == repr(state)


@given(transcripts())
@settings(max_examples=40, deadline=None)
def test_a_move_is_accepted_if_and_only_if_it_is_legal_and_makes_sense(states: list[Talks]):
    for talks in states:
        accepted: list[Move] = []
        for move in candidates(talks):
            try:
                after = advance(talks, move)
            except IllegalMove:
                continue
            accepted.append(move)
            assert after.moves[:-1] == talks.moves
            assert after.moves[-1] is move
        assert repr(accepted) == repr(sound(talks))


@given(transcripts())
def test_every_talk_ends_once_with_a_reason(states: list[Talks]):
    *before, final = states
    rules = final.rules
    assert all(state.ending is None for state in before)
    assert final.ending is not None
    assert final.ending.reason
    assert final.ending.outcome in {"agreement", "breakdown", "not ratified"}
    assert (final.deal is not None) == (final.ending.outcome == "agreement")
    assert final.ending.round <= rules.rounds
    assert all(legal(final, party) == frozenset() for party in (CHAIR, HOST, ORIGIN))
    sealed, ballots = 2 * (2 * rules.patience + 1), (rules.returns + 1) * sum(len(each) for each in rules.votes)
    # Every turn of every round, then the answer to the last offer, then the chair.
    assert len(final.moves) <= sealed + 2 * rules.rounds + 1 + ballots + 1


@given(transcripts())
def test_after_the_last_round_at_most_one_answer_is_given_and_nothing_new_is_offered(states: list[Talks]):
    late = [talks for talks in states if talks.phase is Phase.BARGAIN and talks.can_close]
    after = states[-1].moves[len(late[0].moves) :] if late else ()
    answers = [move for move in after if not isinstance(move, Vote | PhaseEnd)]
    assert len(answers) <= 1
    assert all(isinstance(move, Accept | Reject | Walk) for move in answers)


@given(transcripts())
def test_while_talks_go_on_somebody_can_speak(states: list[Talks]):
    assert all(any(legal(talks, party) for party in (CHAIR, HOST, ORIGIN)) for talks in states[:-1])


@given(transcripts())
def test_a_deal_was_offered_accepted_by_the_other_side_and_ratified_by_all(states: list[Talks]):
    final = states[-1]
    if final.deal is None:
        return
    at, accepted = next((at, move) for at, move in reversed([*enumerate(final.moves)]) if isinstance(move, Accept))
    assert promise(final.moves[:at], 1 - accepted.party) == final.deal
    assert final.deal not in final.rejected
    for party, weights in enumerate(final.rules.votes):
        cast = {vote.group: vote.choice for vote in final.moves[at:] if isinstance(vote, Vote) and vote.party == party}
        assert sum(weight * cast[group] for group, weight in enumerate(weights)) > 0


@given(transcripts())
def test_a_view_holds_no_sealed_move_of_another_and_all_the_rest(states: list[Talks]):
    for talks in states:
        for party in (HOST, ORIGIN):
            hidden = [
                move
                for move in talks.sealed_moves
                if not isinstance(move, Walk | PhaseEnd | Shock) and move.party != party
            ]
            seen = view(talks, party).talks
            assert [id(move) for move in talks.moves if not any(move is each for each in hidden)] == [
                *map(id, seen.moves)
            ]
            assert seen._replace(moves=talks.moves) == talks
            assert legal(seen, party) == legal(talks, party)


@given(transcripts())
def test_what_another_has_sealed_leaves_no_trace_in_a_view(states: list[Talks]):
    for talks in states:
        for party in (HOST, ORIGIN):
            forged = [forge(move, party, talks.rules) for move in talks.sealed_moves]
            other = replay_talks(talks.rules, [*talks.moves[: len(talks.moves) - len(forged)], *forged])
            assert repr(view(other, party)) == repr(view(talks, party))


def forge(move: Move, party: int, rules: Rules) -> Move:
    """Another content in the same envelope, unless it is the party's own."""
    match move:
        case Request(other, asks) if other != party:
            return Request(other, () if asks else ((0, 1),))
        case Offer(other, package) if other != party:
            return Offer(other, package % (rules.packages - 1) + 1)
        case _:
            return move


@given(transcripts())
def test_own_lines_never_sink_without_withdrawal(states: list[Talks]):
    final = states[-1]
    if final.rules.protocol != "request_offer":
        return
    for party, places in enumerate(final.rules.concedes):
        floor = dict.fromkeys(places, 0)
        for move in final.moves:
            if isinstance(move, Offer) and move.party == party:
                levels = np.unravel_index(move.package, final.rules.shape)
                assert all(levels[place] >= floor[place] for place in places)
                floor = {place: int(levels[place]) for place in places}
            if isinstance(move, Withdraw) and move.party == party:
                floor = dict.fromkeys(places, 0)
