"""Mesa gives the movers a stage and owns no rule; a finished model is let go."""

from __future__ import annotations

import gc
import json
import weakref

import pytest

from agents.model import Negotiation, release_model, simulate
from agents.solo_play import is_waiting_for, run_solo_talks
from agents.table import NegotiationTable, make_movers, prepare_table
from games.errors import InputError
from negotiation.outcome.outcome import Outcome
from negotiation.protocols.moves import Accept, Hold, Move, Offer, PhaseEnd, Reject, Shock, Vote, Walk
from negotiation.protocols.playout import run_talks
from negotiation.protocols.state import IllegalMove, View
from negotiation.ratification.win_sets import ratifiable
from scenarios.reading import read
from tests.present import present

CASES = ("morocco-spain", "germany-france", "mexico-usa", "alike-neighbours", "one-way-flow", "three-purses")
TACTICS = ("boulware", "linear", "conceder")


def tabled(tactic: str) -> list[tuple[str, str]]:
    """Both seats of Morocco and Spain with one tactic."""
    return [("agenda.seats.spain.tactic", tactic), ("agenda.seats.morocco.tactic", tactic)]


@pytest.mark.parametrize("tactic", TACTICS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_with_the_migrants_purse_morocco_and_spain_sign(tactic: str, seed: int):
    outcome = simulate(read("morocco-spain", tabled(tactic)), seed)
    assert outcome.ending.outcome == "agreement"
    assert ratifiable(outcome.preferences)[outcome.package]
    levels = {item.key: level for item, level in outcome.agenda.lines(present(outcome.package))}
    assert levels["levy"] > 0
    assert outcome.to_dict()["deal"]["side_payments"][0]["issue"] == "levy"


def ratified(changes: list[tuple[str, str]]) -> float:
    """Share of the packages of Morocco and Spain that both governments prefer and both countries ratify."""
    return float(ratifiable(prepare_table(read("morocco-spain", changes)).preferences).mean())


def test_without_the_levy_few_packages_would_be_ratified():
    """Spain loses at twice today's number (meaning.md, section 7: -.11 % of its GDP); a levy pays for it."""
    with_levy, without = ratified([]), ratified([("agenda.fixed", "{}")])
    assert with_levy > 0.1
    assert 0 < without < with_levy / 20


def test_without_a_purse_the_talks_break_down_and_name_who_blocked():
    """A line that pays nobody in Spain: nothing is better for it than no deal."""
    changes = [("agenda.fixed", "{}"), ("agenda.ladders", '["fee"]')]
    outcome = simulate(read("morocco-spain", changes))
    document = outcome.to_dict()
    ended = document["ended_by"]
    assert outcome.ending.outcome == "breakdown"
    assert (ended["party"], ended["group"]) == ("Spain", "scarce_labour")
    assert document["values"] == {"Spain": 0.0, "Morocco": 0.0}
    assert {value for account in document["accounts"].values() for value in account.values()} == {0.0}


def test_three_purses_are_signed_with_a_levy_and_ratified():
    outcome = simulate(read("three-purses"))
    votes = outcome.to_dict()["votes"]
    assert outcome.ending.outcome == "agreement"
    assert signed(outcome)["quota_unskilled"] > 0
    assert signed(outcome)["tax_share"] > 0
    assert all(country["passed"] for country in votes.values())


@pytest.mark.parametrize("seed", range(3))
def test_without_side_payments_three_purses_break_down_and_name_who_blocked(seed: int):
    outcome = simulate(read("three-purses", ["agenda.without=['side payments']"]), seed)
    ended = outcome.to_dict()["ended_by"]
    assert outcome.ending.outcome == "breakdown"
    assert ended["party"] in outcome.preferences.parties
    party = outcome.preferences.parties.index(ended["party"])
    assert ended["group"] in outcome.preferences.groups[party]


def test_alike_neighbours_agree_easily():
    assert all(simulate(read("alike-neighbours"), seed).ending.outcome == "agreement" for seed in range(3))


def signed(outcome: Outcome) -> dict[str, int]:
    """The level of every line that was signed."""
    levels = outcome.agenda.levels(present(outcome.package))
    return {item.key: level for item, level in zip(outcome.agenda.ladders, levels, strict=True)}


@pytest.mark.parametrize("case", CASES)
def test_nobody_signs_below_the_walk_away_or_outside_the_win_set(case: str):
    for seed in range(3):
        outcome = simulate(read(case), seed)
        if outcome.ending.outcome == "agreement":
            assert ratifiable(outcome.preferences)[outcome.package]


@pytest.mark.parametrize("case", CASES)
def test_the_same_seed_prints_the_same_bytes(case: str):
    once, again = (json.dumps(simulate(read(case), seed=5).to_dict()) for _ in range(2))
    assert once == again


def test_replicates_differ_and_are_told_apart():
    outcomes = [simulate(read("mexico-usa"), seed=5, replicate=replicate) for replicate in range(4)]
    assert len({outcome.talks.moves for outcome in outcomes}) > 1
    assert [outcome.to_dict()["replicate"] for outcome in outcomes] == [0, 1, 2, 3]


@pytest.mark.parametrize("case", CASES)
def test_the_model_and_the_plain_fold_give_the_same_transcript(case: str):
    table = prepare_table(read(case))
    through_mesa = simulate(read(case), seed=3).talks
    by_hand = run_talks(table.rules, make_movers(table, seed=3), table.voters, table.events)
    # Moves are tuples: only their names tell Hold(0) from Accept(0).
    assert repr(by_hand) == repr(through_mesa)


@pytest.mark.parametrize("case", CASES)
def test_who_repeats_what_a_tactic_said_meets_the_same_talks(case: str):
    table = prepare_table(read(case))
    played = run_talks(table.rules, make_movers(table, seed=3), table.voters, table.events)
    said = [move for move in played.moves if not isinstance(move, PhaseEnd | Shock | Vote) and move.party == 1]
    for length in range(len(said) + 1):
        talks = run_solo_talks(table, 1, 3, said[:length])
        assert repr(talks.moves) == repr(played.moves[: len(talks.moves)])
        assert talks.over == (length == len(said)) or is_waiting_for(talks, 1)
    assert repr(run_solo_talks(table, 1, 3, said)) == repr(played)


def waiting_to_the_end(table: NegotiationTable, party: int) -> list[Move]:
    """A person who lets every turn pass, up to the last one."""
    said: list[Move] = []
    while not (talks := run_solo_talks(table, party, 3, said)).over and not talks.can_close:
        said.append(Hold(party))
    return said


@pytest.mark.parametrize("case", CASES)
def test_a_person_can_sign_or_refuse_the_last_offer_of_the_last_round(case: str):
    table = prepare_table(read(case))
    said = waiting_to_the_end(table, 0)
    talks = run_solo_talks(table, 0, 3, said)
    assert (is_waiting_for(talks, 0), talks.proposer) == (True, 1)
    signed, refused = (run_solo_talks(table, 0, 3, [*said, answer(0)]) for answer in (Accept, Reject))
    assert [move.choice for move in signed.moves if isinstance(move, Vote)]
    assert signed.ending is not None
    assert signed.deal in {talks.standing, None}
    assert (signed.deal is None) == (talks.standing in signed.rejected)
    assert refused.ending is not None
    assert (refused.ending.outcome, refused.ending.reason) == ("breakdown", "the time for bargaining is over")
    assert [type(move) for move in refused.moves[-2:]] == [Reject, PhaseEnd]
    with pytest.raises(IllegalMove):
        run_solo_talks(table, 0, 3, [*said, Offer(0, 1)])


@pytest.mark.parametrize("case", CASES)
def test_whoever_speaks_last_has_no_offer_to_answer(case: str):
    table = prepare_table(read(case))
    talks = run_solo_talks(table, 1, 3, waiting_to_the_end(table, 1))
    assert talks.over
    assert isinstance(talks.moves[-1], PhaseEnd)


def test_a_mover_of_ones_own_can_take_a_seat():
    def stubborn(seen: View) -> Move:
        return Offer(seen.party, 1) if not seen.talks.round else Walk(seen.party, "that was all")

    outcome = simulate(read("mexico-usa"), seats={"Mexico": stubborn})
    assert outcome.talks.moves[1] == Offer(1, 1)
    with pytest.raises(InputError, match="nobody sits for 'Canada'"):
        simulate(read("mexico-usa"), seats={"Canada": stubborn})


def test_a_printed_game_has_nothing_to_negotiate_over():
    with pytest.raises(InputError) as caught:
        simulate(read("bully"))
    assert "winset analyse bully" in caught.value.problems[0].hint


def test_a_finished_model_is_let_go():
    table = prepare_table(read("germany-france", ["agenda.rounds=2"]))
    model = Negotiation(table, make_movers(table, seed=0))
    model.run()
    ghost = weakref.ref(model)
    release_model(model)
    del model
    gc.collect()
    assert ghost() is None
