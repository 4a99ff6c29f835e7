"""Cases that are struck while they are played: what is worth what changes there and then, and never before."""

from __future__ import annotations

import json

import numpy as np
import pytest

from agents.model import Negotiation, release_model, simulate
from agents.solo_play import run_solo_talks
from agents.table import NegotiationTable, make_movers, prepare_table
from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Hold, Offer, Shock
from negotiation.protocols.playout import run_talks
from scenarios.reading import read

ROUND = 5


def struck(case: str, *names: str, when: int = ROUND, lasts: int = 1) -> NegotiationTable:
    told = ", ".join(f'{{ name = "{name}", round = {when}, lasts = {lasts} }}' for name in names)
    return prepare_table(read(case, [f"shocks=[{told}]"]))


@pytest.fixture(scope="module")
def recession() -> NegotiationTable:
    return struck("germany-france", "recession")


def test_a_recession_breaks_up_talks_that_would_have_come_to_a_deal(recession: NegotiationTable):
    calm, shaken = simulate(read("germany-france")), simulate(recession.scenario)
    assert calm.ending.outcome == "agreement"
    assert calm.ending.round > ROUND
    assert (shaken.ending.outcome, shaken.ending.round) == ("breakdown", ROUND)
    at = shaken.talks.moves.index(Shock("recession"))
    # Up to then nobody knew: every word is the same.
    assert shaken.talks.moves[:at] == calm.talks.moves[:at]


def test_the_same_seed_prints_the_same_bytes(recession: NegotiationTable):
    once, again = (json.dumps(simulate(recession.scenario, 3).to_dict(), allow_nan=False) for _ in range(2))
    assert once == again
    assert '{"move": "shock", "name": "recession", "text": "Output falls in the host.' in once


def test_the_transcript_is_the_talk(recession: NegotiationTable):
    outcome = simulate(recession.scenario)
    assert repr(replay_talks(recession.rules, outcome.talks.moves)) == repr(outcome.talks)
    by_hand = run_talks(recession.rules, make_movers(recession, 0), recession.voters, recession.events)
    assert repr(by_hand) == repr(outcome.talks)


def test_the_result_is_measured_in_the_world_as_it_was_in_the_end(recession: NegotiationTable):
    outcome = simulate(recession.scenario)
    assert outcome.preferences is recession.after(("recession",)).preferences or np.array_equal(
        outcome.preferences.values, recession.after(("recession",)).preferences.values
    )
    assert any("recession" in note for note in outcome.notes)
    assert outcome.metrics.share_of_joint_maximum is None


def test_a_table_looks_ahead_without_being_changed(recession: NegotiationTable):
    before = recession.preferences.values.copy()
    later = recession.after(("recession",))
    assert later is recession.after(("recession",))
    assert recession.after(()) is recession
    assert not np.array_equal(later.preferences.values, before)
    assert np.array_equal(recession.preferences.values, before)
    assert later.agenda == recession.agenda
    assert later.rules == recession.rules


def test_groups_vote_on_what_the_package_is_worth_by_then(recession: NegotiationTable):
    now, then = recession.preferences.votes, recession.after(("recession",)).preferences.votes
    turned = np.argwhere(now[0] != then[0])
    package, group = (int(each) for each in turned[turned[:, 0] > 0][0])
    voter = recession.voters[0][group]
    moves = [Hold(0), Offer(1, package)]
    calm = replay_talks(recession.rules, moves)._replace(standing=package)
    assert voter(calm) == now[0][package, group]
    assert voter(calm._replace(shocks=("recession",))) == then[0][package, group]


def test_a_person_at_the_table_hears_of_it_before_they_speak(recession: NegotiationTable):
    talks = run_solo_talks(recession, 0, 0, [Hold(0)] * (ROUND - 1))
    assert talks.moves[-1] == Shock("recession")
    assert talks.turn == 0
    assert run_solo_talks(recession, 0, 0, [Hold(0)] * (ROUND - 2)).shocks == ()


def test_years_of_ageing_are_one_shock_a_round():
    table = struck("morocco-spain", "ageing", when=2, lasts=3)
    talks = run_talks(table.rules, [lambda seen: Hold(seen.party)] * 2, table.voters, table.events)
    moves = [type(move).__name__ for move in talks.moves[:9]]
    assert moves == ["Hold", "Hold", *["Shock", "Hold", "Hold"] * 2, "Shock"]
    assert talks.shocks == ("ageing",) * 3


def test_one_stream_of_random_numbers_serves_a_seat_before_and_after():
    """A tactic is briefed anew and goes on drawing where it was: no word before the shock is said again after it."""
    calm = simulate(read("morocco-spain", ["agenda.rounds=8"]), 5)
    shaken = simulate(read("morocco-spain", ["agenda.rounds=8", 'shocks=[{name="travel", round=4}]']), 5)
    at = shaken.talks.moves.index(Shock("travel"))
    assert shaken.talks.moves[:at] == calm.talks.moves[:at]


def test_shocks_of_a_scored_case_are_told_and_change_no_points():
    table = prepare_table(read("alike-neighbours"))
    assert [name for _, name in table.scenario.strikes] == ["rumour"]
    assert table.after(("rumour",)) is table
    assert Shock("rumour") in simulate(table.scenario).talks.moves


def test_the_model_steps_over_a_shock_into_the_round(recession: NegotiationTable):
    model = Negotiation(recession, make_movers(recession, 0), 0)
    try:
        for number in range(1, ROUND):
            model.step()
            assert model.talks.round == number
        assert model.talks.shocks == ()
        model.step()
        assert model.talks.shocks == ("recession",)
    finally:
        release_model(model)
