"""The page Explore, run by Streamlit without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture
def app():
    return AppTest.from_file(str(APP), default_timeout=600)


def told(app):
    return "\n".join(piece.proto.body for piece in app.get("html"))


def shown(app):
    assert not app.exception
    return told(app)


def test_the_question_is_the_title_and_its_answer_a_status(app):
    page = shown(app.run())
    assert [title.value for title in app.title] == ["Would these two countries sign?"]
    assert '<div role="status"><p class="w-big">Yes, if each trusts the other.</p>' in page
    assert page.count('class="w-m"') == page.count('class="w-t w-gains"') == page.count('class="w-facts"') == 1


def test_the_gap_turns_the_answer(app):
    app.run()
    app.slider(key="gap").set_value(3.0)
    page = shown(app.run())
    assert "No. Staying closed is the only stable outcome." in page
    assert "“Bully” game. Northmark is better off with Defect, whatever Sudora does." in page


def test_a_pair_moves_every_dial_to_its_own_values(app):
    app.run()
    app.selectbox(key="pair").set_value("Morocco and Spain")
    page = shown(app.run())
    assert [app.slider(key=key).value for key in ("gap", "open", "levy", "capital")] == [3.8, 13, 0, 50]
    assert "Spain, host" in page
    assert "Morocco, origin" in page
    assert "Northmark" not in page


def test_a_dial_behind_the_expander_moves_the_same_pictures(app):
    before = shown(app.run())
    app.slider(key="capital").set_value(100)
    assert shown(app.run()) != before


def test_a_printed_table_wears_its_badge_and_leaves_only_the_gap_to_move(app):
    app.run()
    app.get("button_group")[0].set_value("Printed")
    app.slider(key="gap").set_value(4.0)
    page = shown(app.run())
    assert "Table 6.A4: unlike countries" in page
    assert "order only" in page
    assert "no side payment makes both better off" in page
    assert "<table class='w-t" not in page.replace('"', "'")
    assert [dial.key for dial in app.slider if not dial.disabled] == ["gap"]


def bench(app):
    """The remedies bench as it lies in the page; empty where there is none."""
    return "".join(json.loads(piece.proto.json)["html"] for piece in app.get("bidi_component"))


def test_a_stable_opening_needs_no_remedy(app):
    assert "no remedy is needed" in shown(app.run())
    assert bench(app) == ""


def test_the_bench_tells_what_would_change_the_answer_and_who_pays(app):
    app.run()
    app.slider(key="gap").set_value(3.0)
    page = shown(app.run())
    assert "What would change it?" in [title.value for title in app.header]
    assert "migrants pay Northmark" in bench(app)
    assert 'class="w-set"' in bench(app)
    assert "those who pay carry little political weight" in page


def test_a_printed_table_has_no_bench(app):
    app.run()
    app.get("button_group")[0].set_value("Printed")
    shown(app.run())
    assert bench(app) == ""


def test_a_link_gives_back_the_picture(app):
    app.query_params["gap"] = "3.0"
    app.query_params["v"] = "1"
    assert "No. Staying closed" in shown(app.run())


def test_what_a_link_holds_and_nobody_knows_is_left_out_and_said(app):
    app.query_params["trade"] = "<b>7</b>"
    app.query_params["<i>"] = "1"
    page = shown(app.run())
    assert "the page does not know and leaves out: &lt;i&gt;, trade." in page
    assert "<b>7</b>" not in page


@pytest.mark.parametrize(("key", "value"), [("gap", "x"), ("gap", "900"), ("pair", "Atlantis"), ("table", "")])
def test_a_value_that_cannot_be_is_left_out(app, key, value):
    app.query_params[key] = value
    assert "Yes, if each trusts the other." in shown(app.run())
