"""A shock is told to whoever it strikes: on the page until acknowledged, in the text of `simulate`, in the trace."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import scenarios
from agents import simulate
from agents.table import prepare_table
from negotiation.protocols import history
from negotiation.protocols.moves import Hold, Shock
from negotiation.protocols.playout import list_shocks
from scenarios.reading import read
from views.cli import app as cli_app
from views.negotiate import replay
from views.negotiate.view_model import OwnView, shock_change
from views.wording import shocks

ROOT = Path(__file__).parents[2]
LIMIT = 600
"""Seconds that a page may take on a busy machine; it takes one."""
POLL = "An opinion poll comes out two months before an election."
NOTHING = "Nothing changes in your points"
EARLY, LATE = "q0100200.o0100201.h", "q0100200.o0100201.h.h.h"
"""Northmark before and after the poll of the one-way flow, which comes out before round 3."""


@pytest.fixture
def app():
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=LIMIT)


def at(app, **link):
    app.switch_page("views/pages/negotiate.py")
    app.query_params.clear()
    for key, value in {"case": "one-way-flow", "tactic": "hardliner", **link}.items():
        app.query_params[key] = value
    return shown(app.run())


def shown(app):
    assert not app.exception
    return "\n".join(piece.proto.body for piece in app.get("html"))


def seen(app):
    value = app.query_params.get("seen", "")
    return value[0] if isinstance(value, list) else value


# -- on the page


def test_a_shock_is_announced_with_its_text_and_with_what_changes_until_it_is_acknowledged(app):
    assert POLL not in at(app, moves=EARLY)
    page = at(app, moves=LATE)
    assert POLL in page
    assert "before round 3" in page
    assert NOTHING in page
    app.button(key="hold").click().run()
    assert POLL in shown(app), "a move of the person is no acknowledgement"
    app.button(key="understood").click().run()
    assert seen(app) == "1"
    assert POLL not in shown(app)
    app.button(key="hold").click().run()
    assert POLL not in shown(app)


def test_who_leaves_without_acknowledging_reads_it_in_the_debrief(app):
    page = at(app, moves=f"{LATE}.x0")
    assert page.count(POLL) >= 1
    app.button(key="again").click().run()
    assert (seen(app), POLL in shown(app)) == ("", False)


@pytest.mark.parametrize("many", ["7", "999999999"])
def test_what_has_not_struck_cannot_be_acknowledged(app, many):
    page = at(app, moves=EARLY, seen=many)
    assert f"it is left out: seen={many} (so many events have not struck yet)." in page
    app.button(key="hold").click().run()
    app.button(key="hold").click().run()
    assert POLL in shown(app)


def test_another_seat_hears_of_it_anew(app):
    at(app, moves=f"{LATE}.x0", seen="1")
    app.button(key="other").click().run()
    assert seen(app) == ""


def test_who_watches_reads_the_text_when_it_strikes_and_afterwards(app):
    table = prepare_table(read("one-way-flow"))
    moments = replay.list_states(table, 0)
    step = next(at for at, talks in enumerate(moments) if talks.moves[-1:] == (Shock("poll"),))
    assert f"From outside: {POLL}" in at(app, seat="watch", step=str(step), tactic="")
    assert POLL in at(app, seat="watch", step="999", tactic="")


# -- what changes for a person

TWICE = 'shocks=[{ name = "recession", round = 2, lasts = 2 }]'


@pytest.fixture(scope="module")
def recession():
    return prepare_table(read("germany-france", [TWICE]))


def test_what_changes_is_counted_in_the_values_of_the_seat(recession):
    talks, _ = replay.replay_words(recession, 0, 0, ("h", "h", "h"))
    assert talks.shocks == ("recession", "recession")
    before, after = (OwnView(recession.after(talks.shocks[:count]), 0, talks) for count in (1, 2))
    found = shock_change(recession, 0, talks, 1)
    facing = history.find_facing_offer(talks, 0)
    assert (found.facing_before, found.facing) == (before.gain(facing), after.gain(facing))
    assert (found.best_before, found.best) == (before.range[1], after.range[1])
    assert (found.could_sign_before, found.could_sign) == (before.shares()[0].packages, after.shares()[0].packages)
    assert found.facing_before != found.facing
    told = shocks.change_sentences(found, "Germany")
    assert f"{found.could_sign:,} of {recession.agenda.count:,} packages" in told
    assert NOTHING not in told


def test_what_changes_says_nothing_of_the_other_side():
    recession = prepare_table(read("germany-france", [TWICE]))
    talks, _ = replay.replay_words(recession, 0, 0, ("h", "h"))
    plain = shock_change(recession, 0, talks, 0)
    for count in (0, 1):
        table = recession.after(talks.shocks[:count])
        values = table.preferences.values.copy()
        values[:, 1] = np.nan
        preferences = replace(table.preferences, values=values, votes=(table.preferences.votes[0], None))
        object.__setattr__(table, "preferences", preferences)
    assert shock_change(recession, 0, talks, 0) == plain


def test_points_that_stay_are_said_to_stay():
    table = prepare_table(read("one-way-flow"))
    talks, _ = replay.replay_words(table, 0, 0, tuple(LATE.split(".")))
    assert talks.shocks == ("poll",)
    assert NOTHING in shocks.change_sentences(shock_change(table, 0, talks, 0), "Sudora")


def test_a_value_that_changes_alone_is_no_standstill(recession):
    """The number of packages, the best value and the proposal can stay while another package's value changes."""
    talks, _ = replay.replay_words(recession, 0, 0, ("h", "h", "h"))
    found = replace(shock_change(recession, 0, talks, 2), same=False)
    assert not found.is_unchanged
    assert NOTHING not in shocks.change_sentences(found, "Germany")
    assert shock_change(recession, 0, talks, 2).same
    assert not shock_change(recession, 0, talks, 1).same


def test_each_strike_has_its_round(recession):
    talks, _ = replay.replay_words(recession, 0, 0, ("h", "h", "h"))
    assert list_shocks(talks) == ((2, "recession"), (3, "recession"))
    assert isinstance(talks.moves[0], Hold)


# -- in text and traces

CASES = ["one-way-flow", "alike-neighbours"]


@pytest.mark.parametrize("case", CASES)
def test_simulate_and_its_trace_hold_the_text(case, capsys, tmp_path):
    (shock,) = read(case).shocks
    trace = tmp_path / "trace.jsonl"
    cli_app.run(["simulate", case, "--trace", str(trace)])
    told = " ".join(capsys.readouterr().out.split())
    assert f"Before round {shock.round}: {shock.text}" in told
    moves = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    assert {"move": "shock", "name": shock.name, "text": shock.text} in moves
    assert {"move": "shock", "name": shock.name, "text": shock.text} in simulate(read(case)).to_dict()["transcript"]


def test_a_shock_of_the_economy_is_told_in_the_words_of_its_catalogue(recession):
    told = simulate(recession.scenario).to_dict()["transcript"]
    texts = [move["text"] for move in told if move["move"] == "shock"]
    assert texts
    assert set(texts) == {recession.scenario.shocks[0].text}


# -- entry into force


def test_entry_into_force_changes_no_talk_so_nothing_says_that_it_is_played(tmp_path):
    file = tmp_path / "case.toml"
    bare = scenarios.template()
    file.write_text(bare, encoding="utf-8")
    plain = simulate(read(str(file))).to_dict()
    entry = '\n[entry_into_force]\ntext = "Apply or defer."\nalone = -3\nother_alone = 0\nneither = 0\n'
    file.write_text(bare + entry, encoding="utf-8")
    assert simulate(read(str(file))).to_dict() == plain
    assert any("not played" in note for note in read(str(file)).notes)
    schema = json.dumps(scenarios.schema()["$defs"]["EntryTable"])
    assert "not played" in schema
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", *(ROOT / "scenarios").rglob("*.toml")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for found in re.finditer(r"\[entry_into_force\]", text):
            assert "not played" in text[max(0, found.start() - 200) : found.end() + 200], page.name


def test_a_case_with_it_says_in_its_notes_that_it_is_not_played(capsys):
    cli_app.run(["scenarios", "show", "alike-neighbours"])
    assert "not played" in " ".join(capsys.readouterr().out.split())
    assert not any("not played" in note for note in read("one-way-flow").notes)
