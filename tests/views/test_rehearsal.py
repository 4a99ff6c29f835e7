"""The address of a rehearsal is its whole state: what it says comes back, and what cannot be is left out."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.table import prepare_table
from negotiation.protocols import history
from negotiation.protocols.engine import PROTOCOLS, advance, legal, replay_talks
from negotiation.protocols.moves import Accept, Hold, Offer, PhaseEnd, Reject, Request, Vote, Walk, Withdraw
from negotiation.protocols.state import IllegalMove, Phase
from negotiation.tactics.registry import TACTICS
from scenarios.reading import read
from views.negotiate import debrief, replay, view_model
from views.negotiate import link as talk_link
from views.negotiate.view_model import OwnView
from views.wording import link_problems, negotiate

CASES = ("three-purses", "morocco-spain")
SIGNED = ("q00330003", "o30312223", "h", "h", "a")  # Northmark against a conceder: a deal that both ratify


@pytest.fixture(scope="module")
def purses(frozen_library):
    return prepare_table(read(frozen_library / "three-purses.toml"))


@pytest.fixture(scope="module")
def conceder(purses):
    return talk_link.with_tactics(purses, 0, ("conceder",))


words = st.lists(st.sampled_from(["q0123", "o3210", "a", "r", "w", "h", "x2"]), max_size=6).map(tuple)
addresses = st.builds(
    talk_link.Address,
    case=st.sampled_from(CASES),
    seat=st.sampled_from(["", "watch", "sudora"]),
    seed=st.none() | st.integers(0, 999_999_999),
    tactics=st.lists(st.sampled_from(TACTICS), max_size=2).map(tuple),
    moves=words,
    draft=st.sampled_from(["", "01230123"]),
    seen=st.integers(0, 9),
    step=st.integers(0, 99),
    reveal=st.booleans(),
)


@given(addresses)
def test_a_link_gives_back_its_address(address):
    assert talk_link.parse_address(address.query(), CASES) == (address, ())


@given(st.dictionaries(st.sampled_from([*sorted(talk_link.KEYS), "gap", "<i>"]), st.text(max_size=12)))
def test_no_link_breaks_the_page_and_what_cannot_be_is_told(link):
    address, left = talk_link.parse_address(link, CASES)
    assert address.case in CASES
    assert set(left) <= set(link)
    again, nothing = talk_link.parse_address(address.query(), CASES)
    assert (again, nothing) == (address, ())


@pytest.mark.parametrize(
    "link",
    [{"case": "../etc"}, {"seed": "-1"}, {"tactic": "bribe"}, {"moves": "a.b"}, {"reveal": "yes"}, {"trade": "7"}],
)
def test_what_is_left_out_is_named(link):
    assert talk_link.parse_address(link, CASES)[1] == tuple(link)


@pytest.mark.parametrize(
    ("link", "left", "moves", "told"),
    [
        ({"v": ["2"]}, ("v",), (), f"v=2 ({link_problems.OTHER})"),
        ({"case": ["nope"]}, ("case",), (), "case=nope (there is no such case)"),
        ({"seed": ["99999999999"]}, ("seed",), (), "seed=99999999999 (it is a whole number of at most nine digits)"),
        ({"moves": ["h.zz.a"]}, ("moves",), ("h",), "moves=zz.a (no such move can be made there)"),
        ({"moves": ["x", "h.h"]}, (), ("h", "h"), "moves=x (given more than once, and the last counts)"),
        (
            {"step": ["999999999"]},
            ("step",),
            (),
            "step=999999999 (it is a whole number, no larger than the talks are long)",
        ),
        ({"reveal": ["1"]}, ("reveal",), (), "reveal=1 (it is 1, after the talks)"),
        ({"<script>": ["1"]}, ("<script>",), (), "<script>=1 (this page has no such key)"),
        ({"case": ["a\0"]}, ("case",), (), "case=a\\u0000 (there is no such case)"),
    ],
)
def test_every_value_that_is_left_out_stands_in_the_note_with_its_key_and_the_reason(link, left, moves, told):
    assert talk_link.render_ignored_note(link, left, moves) == (
        f"This link holds something that cannot be here; it is left out: {told}."
    )


def test_nothing_left_out_needs_no_note():
    assert talk_link.render_ignored_note({"moves": ["h.h"]}, (), ("h", "h")) == ""


def test_every_key_of_the_address_has_its_reason():
    assert talk_link.IGNORED_REASONS.keys() == talk_link.KEYS


def test_the_moves_up_to_the_first_unreadable_one_are_kept():
    address, left = talk_link.parse_address({"moves": "h.h.!.a"}, CASES)
    assert address.moves == ("h", "h")
    assert left == ("moves",)


def test_a_word_is_one_move(purses):
    levels = (3, 0, 3, 2, 2, 2, 1, 2)
    told = {
        "q00300001": Request(0, ((2, 3), (7, 1))),
        f"o{talk_link.format_levels(levels)}": Offer(0, purses.agenda.package(levels)),
        "a": Accept(0),
        "r": Reject(0),
        "w": Withdraw(0),
        "h": Hold(0),
        "x2": Walk(0, talk_link.REASONS[2]),
    }
    for word, move in told.items():
        spoken = talk_link.parse_move(word, purses, 0)
        assert (type(spoken), spoken) == (type(move), move)


@pytest.mark.parametrize("word", ["o3", "o99999999", "qz"])
def test_levels_of_another_agenda_are_illegal(purses, word):
    with pytest.raises(IllegalMove):
        talk_link.parse_move(word, purses, 0)


def test_a_negotiation_to_a_signed_and_ratified_deal(conceder):
    talks, said = replay.replay_words(conceder, 0, 0, SIGNED)
    assert said == SIGNED
    assert talks.ending is not None
    assert talks.ending.outcome == "agreement"


@pytest.mark.parametrize("extra", ["a", "q00330003", "w"])
def test_words_that_cannot_be_said_end_the_talks_there(conceder, extra):
    begun = ("q00330003",)
    talks, said = replay.replay_words(conceder, 0, 0, (*begun, extra, "h"))
    assert said == begun
    assert talks == replay.replay_words(conceder, 0, 0, begun)[0]


def test_words_after_the_end_are_not_said(conceder):
    talks, said = replay.replay_words(conceder, 0, 0, (*SIGNED, "h", "o30312223"))
    assert talks.over
    assert said == SIGNED


@given(st.lists(st.sampled_from(["a", "r", "w", "h", "o30312223", "o10301123", "q00330003", "x1"]), max_size=8))
def test_any_words_lead_to_talks_that_the_rules_allow(words):
    table = talk_link.with_tactics(prepare_table(read("alike-neighbours")), 1, ("linear",))
    words = [word[:6] if word[0] in "oq" else word for word in words]
    talks, said = replay.replay_words(table, 1, 3, tuple(words))
    assert said == tuple(words[: len(said)])
    assert talks.over or legal(talks, 1)


def test_the_seat_is_a_country_or_whoever_watches(purses):
    assert [talk_link.party_of_seat(purses, name) for name in ("northmark", "sudora", "watch", "")] == [0, 1, None, 0]


def test_software_takes_the_tactics_of_the_address(purses):
    played = [
        [seat.tactic for seat in talk_link.with_tactics(purses, party, tactics).scenario.seats]
        for party, tactics in ((0, ("micro",)), (1, ("micro",)), (None, ("micro",)), (None, ("micro", "linear")))
    ]
    assert played == [
        ["boulware", "micro"],
        ["micro", "boulware"],
        ["boulware", "micro"],
        ["micro", "linear"],
    ]


def test_watched_talks_are_those_of_the_same_software_without_anybody_watching(purses):
    found = replay.list_states(purses, 0)
    assert found[0].moves == ()
    assert found[-1].over
    assert all(len(one.moves) < len(other.moves) for one, other in pairwise(found))


def test_nothing_on_a_seat_depends_on_what_the_other_side_thinks(conceder):
    """The law behind the page: with every value of the other side spoilt, the screen of a seat is the same."""
    preferences = conceder.preferences
    values = preferences.values.copy()
    values[:, 1] = np.nan
    spoilt = replace(
        preferences,
        values=values,
        walk_away=np.array([preferences.walk_away[0], np.nan]),
        stakes=(preferences.stakes[0], preferences.stakes[1] * np.nan),
        votes=(preferences.votes[0], preferences.votes[1] * 0 + 7),
        accounts=preferences.accounts * np.nan,
    )
    for words in ((), SIGNED[:1], SIGNED[:2], SIGNED[:4]):
        talks, _ = replay.replay_words(conceder, 0, 0, words)
        seen = [_screen(OwnView(table, 0, talks)) for table in (conceder, replace(conceder, preferences=spoilt))]
        assert seen[0] == seen[1]


def _screen(side):
    draft = (1,) * 8
    package = side.table.agenda.package(draft)
    rows = (
        view_model.request_rows(side, draft)
        if side.talks.phase is Phase.REQUEST
        else view_model.draft_rows(side, draft)
    )
    facing = history.find_facing_offer(side.talks, side.party)
    return (
        rows,
        view_model.sections(side.table, rows),
        view_model.seat_brief(side),
        side.weights(package),
        side.range,
        side.own_group_votes((package, facing)),
        side.vote_results((package, facing)),
        side.vote_turning_note(package),
        side.vote_turning_note(facing),
        side.shares(),
        view_model.shock_change(side.table, side.party, side.talks, 0),
        side.tracks(),
        side.red_lines_crossed(package),
    )


FAILING = [(case, protocol) for case in ("one-way-flow", "alike-neighbours") for protocol in PROTOCOLS]


def table_of(case, protocol, returns=1, rounds=3):
    """A case with another protocol, fewer rounds and more votes that may fail."""
    table = prepare_table(read(case))
    rules = table.rules._replace(protocol=protocol, rounds=rounds, returns=returns, shape=table.agenda.shape)
    return replace(table, rules=rules)


def opened(protocol):
    """The moves up to an empty table."""
    if protocol == "alternating":
        return []
    return [Hold(0), Hold(1), PhaseEnd("asked"), Hold(0), Hold(1), PhaseEnd("drafted")]


def votes(table, package):
    """What every group says to a package."""
    cast = table.preferences.votes
    return [Vote(party, at, int(each[package, at])) for party, each in enumerate(cast) for at in range(each.shape[1])]


def failing(table, party):
    """A package that fails in one country, and how many votes it has there for and against."""
    cast, weights = table.preferences.votes[party], np.array(table.preferences.weights[party])
    support = (cast * weights).sum(axis=1)
    package = int(next(at for at in range(1, table.agenda.count) if support[at] < 0))
    return package, int(weights[cast[package] > 0].sum()), int(weights[cast[package] < 0].sum())


@pytest.mark.parametrize("home", [0, 1])
@pytest.mark.parametrize("maker", [0, 1])
@pytest.mark.parametrize(("case", "protocol"), FAILING)
def test_a_vote_that_failed_is_announced_to_both_sides_until_each_has_moved(case, protocol, maker, home):
    table = table_of(case, protocol)
    package, yes, no = failing(table, home)
    wait = [Hold(0)] if maker == 1 else []
    moves = [*opened(protocol), *wait, Offer(maker, package), Accept(1 - maker), *votes(table, package)]
    talks = replay_talks(table.rules, moves)
    names = table.preferences.parties
    for party in (0, 1):
        told = OwnView(table, party, talks).vote_failure()
        assert told.startswith("You signed." if party == 1 - maker else f"{names[1 - party]} signed your offer.")
        assert f"{'At home' if party == home else f'In {names[home]}'}: {yes} for, {no} against." in told
        assert told.endswith("Back to the table; a second failed vote ends the talks.")
    first = talks.turn
    talks = advance(talks, Hold(first))
    assert OwnView(table, first, talks).vote_failure() == ""
    assert OwnView(table, 1 - first, talks).vote_failure() != ""
    talks = advance(talks, Hold(1 - first))
    assert [OwnView(table, party, talks).vote_failure() for party in (0, 1)] == ["", ""]


def test_the_number_of_votes_that_may_fail_is_that_of_the_rules():
    table = table_of("one-way-flow", "alternating", returns=2)
    package, *_ = failing(table, 0)
    talks = replay_talks(table.rules, [Offer(0, package), Accept(1), *votes(table, package)])
    assert OwnView(table, 0, talks).vote_failure().endswith("a third failed vote ends the talks.")


@pytest.mark.parametrize("party", [0, 1])
@pytest.mark.parametrize(("case", "protocol"), FAILING)
def test_the_dialog_foresees_the_vote_at_home(case, protocol, party):
    table = table_of(case, protocol)
    package, yes, no = failing(table, party)
    wait = [Hold(0)] if party == 0 else []
    moves = [*opened(protocol), *wait, Offer(1 - party, package)]

    def forecast(**changes):
        return OwnView(table, party, replay_talks(table.rules._replace(**changes), moves)).forecast()

    down = f"Your groups at home would vote it down: {yes} for, {no} against."
    assert forecast() == f"{down} You would be back at the table."
    assert forecast(rounds=1) == f"{down} No turn is left: the talks would end."
    assert forecast(returns=0) == f"{down} It would be the first failed vote and end the talks."


ENDINGS = [
    ([Walk(0, "no")], "No deal: you walked away.", "No deal: {0} walked away."),
    ([Hold(0), Walk(1, "no")], "No deal: {1} walked away.", "No deal: you walked away."),
    ([Hold(0), Hold(1), PhaseEnd("time")], "No deal: time ran out.", "No deal: time ran out."),
    ([Hold(0), Offer(1, 1), PhaseEnd("time")], "No deal: time ran out.", "No deal: time ran out."),
    ([Offer(0, 1), Hold(1), PhaseEnd("time")], "No deal: time ran out.", "No deal: time ran out."),
    ([Hold(0), Offer(1, 1), Reject(0), PhaseEnd("time")], "No deal: time ran out.", "No deal: time ran out."),
]


@pytest.mark.parametrize(("moves", "to_first", "to_second"), ENDINGS)
@pytest.mark.parametrize(("case", "protocol"), FAILING)
def test_you_walked_away_is_said_after_a_walk_of_that_person_alone(case, protocol, moves, to_first, to_second):
    table = table_of(case, protocol, rounds=1)
    talks = replay_talks(table.rules, [*opened(protocol), *moves])
    names = table.preferences.parties
    for party, told in ((0, to_first), (1, to_second)):
        ended, note = debrief.own_ending(OwnView(table, party, talks))
        assert ended.startswith(told.format(*names))
        assert "Leaving" not in note or ended == "No deal: you walked away."
        assert ("refused the last offer" in note) == (Reject(0) in moves[2:] and party == 0)


@given(st.lists(st.sampled_from(["a", "r", "w", "h", "o30312223", "q00330003", "x1"]), max_size=60), st.integers(0, 1))
@settings(max_examples=60)
def test_no_ending_speaks_of_a_walk_that_the_person_has_not_made(words, party):
    table = talk_link.with_tactics(prepare_table(read("alike-neighbours", ["agenda.rounds=4"])), party, ("conceder",))
    talks, said = replay.replay_words(table, party, 3, tuple(word[:6] if word[0] in "oq" else word for word in words))
    told, _ = debrief.own_ending(OwnView(table, party, talks))
    assert ("you walked away" in told) == ("x1" in said)
    assert bool(told) == talks.over


@pytest.mark.parametrize(("case", "protocol"), FAILING)
def test_what_lay_on_the_table_when_time_ran_out_is_what_the_other_side_had_offered(case, protocol):
    table = table_of(case, protocol, rounds=1)
    talks = replay_talks(table.rules, [*opened(protocol), Offer(0, 3), Hold(1), PhaseEnd("time")])
    assert (history.find_offer_at_end(talks, 0), history.find_offer_at_end(talks, 1)) == (None, 3)


@pytest.mark.parametrize(("case", "protocol"), FAILING)
def test_the_vote_in_a_debrief_is_on_what_was_voted_on(case, protocol):
    table = table_of(case, protocol)
    package, yes, no = failing(table, 0)
    signed = [*opened(protocol), Offer(0, package), Accept(1), *votes(table, package)]
    found = debrief.last_ballots(table, replay_talks(table.rules, [*signed, Offer(0, package + 1), Walk(1, "no")]))
    assert found[0].result == (f"failed by {no - yes}", False)
    stands = [[voice.stands[0] for voice in ballot.groups] for ballot in found]
    assert stands == [
        [(int(cast[package, at]), float(stakes[package, at])) for at in range(cast.shape[1])]
        for cast, stakes in zip(table.preferences.votes, table.preferences.stakes, strict=True)
    ]


def test_a_promise_cannot_sink_and_its_choices_are_closed(conceder):
    talks, _ = replay.replay_words(conceder, 0, 0, SIGNED[:2])
    side = OwnView(conceder, 0, talks)
    rows = {row.place: row for row in view_model.draft_rows(side, (0,) * 8)}
    assert [choice.open for choice in rows[0].choices] == [False, False, False, True]
    assert [choice.open for choice in rows[6].choices] == [True] * 4
    lower = (2, 0, 3, 1, 2, 2, 2, 3)
    assert history.find_offer_fault(talks, 0, lower, conceder.agenda.package(lower)) == "promised"
    assert history.find_offer_fault(talks, 0, (0,) * 8, 0) == "today"


def test_every_line_stands_on_the_board_once():
    for case in ("three-purses", "one-way-flow", "alike-neighbours", "morocco-spain"):
        table = prepare_table(read(case))
        talks, _ = replay.replay_words(table, 0, 0, ())
        rows = view_model.draft_rows(OwnView(table, 0, talks), (0,) * len(table.agenda.ladders))
        placed = [row.place for section in view_model.sections(table, rows) for row in section.rows]
        assert sorted(placed) == list(range(len(table.agenda.ladders)))


def test_every_reason_to_leave_has_its_words():
    assert len(negotiate.REASONS) == len(talk_link.REASONS)
