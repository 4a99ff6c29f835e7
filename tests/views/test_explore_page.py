"""The page Explore, run by Streamlit without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from views.explore.dials import PAIRS, start_settings

APP = Path(__file__).parents[2] / "app.py"
FIRST_PAIR = next(iter(PAIRS.values()))


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
    assert page.count('class="w-m"') == 1
    for table in ("gains", "accounts", "net", "classes"):
        assert page.count(f'class="w-t w-{table}"') == 1


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
    keys = ("expansion", "levy", "covered", "gap", "capital")
    assert [app.slider(key=key).value for key in keys] == [50, 0, 100, 3.8, 50]
    assert "open" not in {dial.key for dial in app.slider}
    assert "Spain, host" in page
    assert "Morocco, origin" in page
    assert "Northmark" not in page


def test_a_no_at_the_dial_stands_beside_what_the_curve_would_sign(app):
    app.query_params["pair"] = "Germany and France"
    app.query_params["open"] = "8"
    page = shown(app.run())
    assert "No. Staying closed is the only stable outcome." in page
    assert '<p class="w-beside">No at 8\u00a0%. At 100\u00a0% they would.</p>' in page
    assert "The answer, the money and the groups are for the 8\u00a0% on the dial." in page


def test_a_corridor_shows_limits_classes_accounts_and_people(app):
    """Sections 5 and 7 of the meaning: Morocco and Spain at half as many again."""
    app.query_params["pair"] = "Morocco and Spain"
    page = shown(app.run()).replace("\u00a0", " ")
    for told in (
        "Spain: 786 thousand people from Morocco live there today; +50 % are 393 thousand more.",
        "Yes, if each trusts the other.",
        '<tr><th scope="row">0 %</th><td>none</td><td>+175 %</td></tr>',
        '<tr><th scope="row">+100 %</th><td class="w-r">786 thousand</td><td>“Bully” game</td></tr>',
        "here the model fails",
        '<td class="w-r">+0.70</td>',
    ):
        assert told in page


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Mexico and the US", "No such treaty exists: here the model fails."),
        ("Germany and France", "Free movement is in force here: European Union. In the model it holds."),
        ("Two in West Africa", "In the model it does not hold at full opening: here the model fails."),
        ("From alike to unlike", "This is the weak form of the paradox of adverse interest."),
    ],
)
def test_every_pair_has_its_page(app, title, told):
    app.query_params["pair"] = title
    assert told in shown(app.run())


@pytest.mark.parametrize(("degree", "words"), [("0.0", "Full opening is best"), ("1.0", "Full opening is too much")])
def test_the_dial_of_unlikeness_tells_whether_full_opening_is_best(app, degree, words):
    app.query_params["pair"] = "From alike to unlike"
    app.query_params["unlike"] = degree
    page = shown(app.run())
    assert words in page
    assert "left out" not in page


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


@pytest.mark.parametrize(
    ("title", "key", "value", "why"),
    [
        ("Morocco and Spain", "open", "25", "the dial is now “People beyond today’s number”"),
        ("Two alike neighbours", "expansion", "50", "this pair of countries has no such dial"),
        ("From alike to unlike", "gap", "3.0", "this pair of countries has no such dial"),
        ("Germany and France", "covered", "0", "this pair of countries has no such dial"),
        ("Morocco and Spain", "expansion", "7", "the dial goes in steps of 5"),
        ("From alike to unlike", "admit", "26", "the dial goes in steps of 2.5"),
    ],
)
def test_an_old_link_gets_one_message_and_the_page(app, title, key, value, why):
    app.query_params["pair"] = title
    app.query_params[key] = value
    page = shown(app.run())
    assert page.count("it is left out") == 1
    assert f"{key}={value} (" in page
    assert why in page
    assert [dial.value for dial in app.slider] == list(start_settings(PAIRS[title]))
    app.slider(key="crowding").set_value(1.5)
    assert "left out" not in shown(app.run())


def test_a_change_of_pair_leaves_no_note_on_the_dials_of_the_pair_before(app):
    app.run()
    app.slider(key="open").set_value(40)
    shown(app.run())
    for title in ("Morocco and Spain", "From alike to unlike", "Germany and France"):
        app.selectbox(key="pair").set_value(title)
        assert "left out" not in shown(app.run())
        assert [dial.value for dial in app.slider] == list(start_settings(PAIRS[title]))


@pytest.mark.parametrize("title", PAIRS)
def test_a_printed_table_needs_no_dial_of_the_pair(app, title):
    app.query_params["pair"] = title
    app.query_params["table"] = "Printed"
    app.query_params["gap"] = "4.0"
    page = shown(app.run())
    assert "Table 6.A4: unlike countries" in page
    assert "left out" not in page
    app.get("button_group")[0].set_value("Model")
    assert "left out" not in shown(app.run())


def test_what_a_link_holds_and_nobody_knows_is_left_out_and_said(app):
    app.query_params["trade"] = "<b>7</b>"
    app.query_params["<i>"] = "1"
    page = shown(app.run())
    assert "it is left out: trade=&lt;b&gt;7&lt;/b&gt; (this page has no such key); &lt;i&gt;=1 (this page" in page
    assert "<b>7</b>" not in page


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("gap", "x", "gap=x (it is no number)"),
        ("gap", "900", "gap=900 (the dial goes from 1.0× to 6.0×)"),
        ("gap", "nan", "gap=nan (the dial goes"),
        ("gap", "2.05", "gap=2.05 (the dial goes in steps of 0.1)"),
        ("open", "12.5", "open=12.5 (the dial goes in steps of 1)"),
        ("voice", "-1", "voice=-1 (the dial goes from 0.00× to 5.00×)"),
        ("levy", ["5", "10"], "levy=5, 10 (given more than once)"),
        ("pair", "Atlantis", "pair=Atlantis (there is no such pair of countries)"),
        ("table", "", "table=nothing (it is Model or Printed)"),
        ("capital", "1\u202e2", "capital=1\\u202e2 (it is no number)"),
        ("v", "2", "v=2 (this page writes version 1"),
        ("case", "nope" * 30, "case=nopenope"),
    ],
)
def test_a_value_that_cannot_be_is_left_out_and_named_with_the_reason(app, key, value, told):
    app.query_params[key] = value
    page = shown(app.run())
    assert "Yes, if each trusts the other." in page
    assert f"it is left out: {told}" in page
    assert [dial.value for dial in app.slider] == list(start_settings(FIRST_PAIR))
    app.slider(key="crowding").set_value(1.5)
    assert ("left out" in shown(app.run())) == (key == "case")


@pytest.mark.parametrize("title", PAIRS)
def test_a_pair_alone_in_a_link_takes_the_dials_of_that_pair(app, title):
    app.query_params["pair"] = title
    page = shown(app.run())
    assert [dial.value for dial in app.slider] == list(start_settings(PAIRS[title]))
    assert "left out" not in page


def test_dials_that_a_link_names_beside_a_pair_stand_over_those_of_the_pair(app):
    app.query_params["pair"] = "Morocco and Spain"
    app.query_params["expansion"] = "25"
    app.query_params["capital"] = "0"
    shown(app.run())
    values = {dial.key: dial.value for dial in app.slider}
    assert (values["gap"], values["expansion"], values["capital"]) == (3.8, 25, 0)
