"""The pages in another language: every text of theirs is translated where it is shown, also what is only spoken."""

import json
from contextvars import ContextVar
from gettext import NullTranslations
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from games.display import join_with_and, join_with_or
from games.messages import message
from views.explore.dials import PAIRS
from views.wording import translation

APP = Path(__file__).parents[2] / "app.py"
BARGAIN = {"case": "three-purses", "seat": "northmark", "tactic": "conceder", "moves": "q00330003.o30312223.h.h"}


class Brackets(NullTranslations):
    """A language that puts every message in brackets."""

    def gettext(self, message):
        return f"«{message}»"

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


BRACKETS = Brackets()


@pytest.fixture
def app(monkeypatch, frozen):
    monkeypatch.setattr(translation, "_CHOSEN", ContextVar("chosen", default=BRACKETS))
    return AppTest.from_file(str(APP), default_timeout=600)


def text(app):
    """All texts of the page: HTML, boards, and figures with what a screen reader reads of them."""
    assert not app.exception
    pieces = [piece.proto.body for piece in app.get("html")]
    pieces += [json.loads(piece.proto.json)["html"] for piece in app.get("bidi_component")]
    for chart in app.get("plotly_chart"):
        pieces += [json.dumps(json.loads(chart.proto.spec), ensure_ascii=False), chart.proto.alt]
    return "\n".join(pieces)


def test_a_list_in_prose_translates_its_words_and_their_order(monkeypatch):
    monkeypatch.setattr(translation, "_CHOSEN", ContextVar("chosen", default=BRACKETS))
    words = [message("one"), message("two"), message("three")]
    assert translation.translate(join_with_and(words)) == "««one», «two» and «three»»"
    assert translation.translate(join_with_or(words[:2])) == "««one» or «two»»"
    assert translation.translate(join_with_and(words[:1])) == "«one»"


def is_translated(label):
    return label.startswith("«") and label.endswith("»")


def test_explore_translates_each_of_its_texts(app):
    page = text(app.run())
    assert [title.value for title in app.title] == ["«Would these two countries sign?»"]
    assert [dial.label for dial in app.slider if not is_translated(dial.label)] == []
    assert app.selectbox(key="pair").options == [f"«{title}»" for title in PAIRS]
    assert {"«How far is this pair from a deal?»", "«Who gains, and who votes?»"} <= {one.value for one in app.header}
    for told in (
        "«Payoffs, «% of own GDP as each government weighs it, not money»: <b",
        "<br>«defects»</span></th>",
        'aria-hidden="true">«stable»</span>',
        "«Northmark 0.4, best reply»; «Sudora 0.4, best reply»; «equilibrium»</span>",
        '<th scope="col" class="w-wide">«Opens alone»</th>',
        ">«weakly in favour»<",
        '<th scope="row"><span class="w-host">«Host natives»</span></th>',
        '<th scope="row">«Together, before weights»',
        "«The game at other levels, all other dials as they stand»",
        "<td>«Cooperation game (stag hunt)»</td>",
        "<b>«stable»</b>",
        "«only Sudora»",
        "«left on the table»",
        "«Gross: output, % of the two countries’ GDP»",
        "«best net +0.91\u00a0%»",
        "«Payoffs of Northmark and Sudora, «weighted % of its GDP», at the four corners. «",
        "«At 1.0× on the dial, if all who are willing were admitted ",
        "«Full opening is best here: +2.21\u00a0% gross, +0.91\u00a0% net.»",
        "«Reciprocity index 1.00: ",
    ):
        assert told in page


def test_a_corridor_translates_each_of_its_texts(app):
    app.query_params["pair"] = "«Morocco and Spain»"
    page = text(app.run())
    for told in (
        "«Spain: «786 thousand» people from Morocco live there today; ",
        "«Largest number beyond today’s that both sign»",
        "<td>«none»</td>",
        '<td class="w-r">«393 thousand»</td>',
        "«The model says that +60\u00a0% would hold without a levy",
        "«Levels at which both sign: «+0\u00a0% to +60\u00a0%».»",
        "«Morocco to Spain: «1.18 million» if both open. ",
    ):
        assert told in page


def test_a_link_of_explore_is_read_in_its_own_language(app):
    app.query_params["pair"] = "«Morocco and Spain»"
    app.query_params["gap"] = "x"
    page = text(app.run())
    assert app.selectbox(key="pair").value == "Morocco and Spain"
    assert "«This link holds something that cannot be here; it is left out: gap=x («it is no number»).»" in page


def test_negotiate_translates_each_of_its_texts(app):
    app.switch_page("views/pages/negotiate.py")
    for key, value in BARGAIN.items():
        app.query_params[key] = value
    page = text(app.run())
    shown = [*app.selectbox, *app.number_input, *(each for each in app.button if each.key != "understood")]
    assert [each.label for each in shown if not is_translated(each.label)] == []
    for told in (
        '. You speak for <b class="w-host">Northmark</b>»</p>',
        '<th scope="col">«Group, votes»</th>',
        '<th scope="row">«Country»</th>',
        '<span class="w-for">«for»</span>',
        "<dt>«better for you, passes at home»</dt>",
        'aria-label="«better for you, passes at home» ',
        "(draft ",
        "«Value to Northmark, ",
        "«walking away»",
        "«Own value of every offer, in their order. ",
        "«Round»",
    ):
        assert told in page


def test_the_dialogs_and_the_debrief_are_translated(app):
    app.switch_page("views/pages/negotiate.py")
    for key, value in BARGAIN.items():
        app.query_params[key] = value
    app.run()
    app.button(key="accept").click().run()
    assert app.button(key="sign").label == "«Sign»"
    app.button(key="sign").click().run()
    page = text(app)
    for told in (
        "«The vote at home, Northmark»",
        "«passed by 5»",
        "<dt>«Red lines kept»</dt>",
        '<th scope="col">«As signed»</th>',
        '<th scope="col">«Account»</th>',
        "«Host natives»",
        "«Northmark only»",
        "The best for the two: «",
    ):
        assert told in page
