"""The page Negotiate, run by Streamlit without a browser."""

from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from views.negotiate import link as talk_link
from views.wording import link_problems

APP = Path(__file__).parents[2] / "app.py"
NORTHMARK = {"case": "three-purses", "seat": "northmark", "tactic": "conceder"}
BARGAIN = "q00330003.o30312223.h.h"
THEIRS = ("A fund fed by your citizens abroad", "Remittance families", "No levy unless at least half", "Sudora, points")


LIMIT = 600
"""Seconds that a page may take on a busy machine; it takes one."""

VOTED_DOWN = {"case": "three-purses", "moves": "q00300022.o20300022"}
"""Northmark faces a draft of Sudora that would fail in Northmark."""

FAILED = "You signed. At home: 2 for, 9 against. Back to the table; a second failed vote ends the talks."


@pytest.fixture
def app(frozen):
    return AppTest.from_file(str(APP), default_timeout=LIMIT)


def at(app, **link):
    app.switch_page("views/pages/negotiate.py")
    for key, value in link.items():
        app.query_params[key] = value
    return shown(app.run())


def shown(app):
    assert not app.exception
    texts = [piece.proto.body for piece in app.get("html")]
    boards = [piece.proto.json for piece in app.get("bidi_component")]
    return "\n".join([*texts, *boards])


def able(app):
    return {button.key for button in app.button if not button.disabled}


def query(app, key):
    value = app.query_params.get(key, "")
    return value[0] if isinstance(value, list) else value


def test_the_question_is_the_title_and_the_brief_lies_open(app):
    page = at(app)
    assert [title.value for title in app.title] == ["What can you both sign?"]
    assert "Ask Sudora first." in page
    assert "The first places cost you most" in page
    assert "No more than half of the fund leaves the country." in page
    assert able(app) == {"walk", "hold"}


def test_a_draft_lives_in_the_address_and_opens_the_button(app):
    at(app, **NORTHMARK, draft="00330003")
    assert able(app) == {"walk", "hold", "request"}
    app.button(key="request").click().run()
    assert query(app, "moves") == "q00330003"
    assert query(app, "draft") == ""
    assert "Sudora has asked. Now write your first draft." in shown(app)
    assert able(app) == {"walk", "hold", "offer"}


def test_bargaining_offers_exactly_what_the_rules_allow(app):
    page = at(app, **NORTHMARK, moves=BARGAIN, seen="1")
    assert "Sudora’s offer is worth 6.0 to you." in page
    assert able(app) == {"walk", "hold", "withdraw", "reject", "accept", "offer"}
    app.button(key="reject").click().run()
    assert query(app, "moves") == f"{BARGAIN}.r"
    shown(app)


def test_a_lower_promise_closes_the_offer_until_it_is_withdrawn(app):
    page = at(app, **NORTHMARK, moves=BARGAIN, draft="20312223")
    assert "withdraw first" in page
    assert "offer" not in able(app)
    app.button(key="withdraw").click().run()
    assert "offer" in able(app)


def test_a_signature_is_asked_for_twice_and_ends_in_a_debrief(app):
    at(app, **NORTHMARK, moves=BARGAIN)
    app.button(key="accept").click().run()
    assert "Signing binds you." in shown(app)
    assert query(app, "moves") == BARGAIN
    app.button(key="sign").click().run()
    assert query(app, "moves") == f"{BARGAIN}.a"
    page = shown(app)
    assert "Signed and ratified: +6.0 for you." in page
    for told in (
        "The vote at home, Sudora",
        "No seat at the table",
        "Red lines kept",
        "migrants to Northmark and Sudora",
    ):
        assert told in page


def test_a_failed_vote_at_home_is_announced_until_the_next_move(app):
    at(app, **VOTED_DOWN)
    app.button(key="accept").click().run()
    assert "Your groups at home would vote it down: 2 for, 9 against." in shown(app)
    app.button(key="sign").click().run()
    assert query(app, "moves") == "q00300022.o20300022.a"
    assert FAILED in shown(app)
    app.query_params["draft"] = "20300023"
    assert FAILED in shown(app.run())
    again = AppTest.from_file(str(APP), default_timeout=LIMIT)
    assert FAILED in at(again, case="three-purses", moves="q00300022.o20300022.a")
    app.button(key="hold").click().run()
    assert "At home:" not in shown(app)


def test_the_dialog_says_what_a_second_failed_vote_would_do(app):
    at(app, **{**VOTED_DOWN, "moves": "q00300022.o20300022.a"})
    app.button(key="accept").click().run()
    told = shown(app)
    assert "vote it down" in told
    assert "It would be the second failed vote and end the talks." in told
    app.button(key="sign").click().run()
    assert "Signed, and voted down at home." in shown(app)


def test_the_dialog_says_that_a_vote_would_pass(app):
    at(app, **NORTHMARK, moves=BARGAIN)
    app.button(key="accept").click().run()
    told = shown(app)
    assert "Your groups at home would let it pass: 8 for, 3 against." in told
    assert "You cannot see how Sudora would vote." in told


def test_the_last_offer_of_the_last_round_is_signed_or_refused(app):
    held = ".".join(["h"] * 22)
    page = at(app, case="three-purses", moves=held)
    assert "after the last round" in page
    assert "The rounds are used up. Sign this offer or refuse it; then the talks end." in page
    assert able(app) - {"understood"} == {"walk", "reject", "accept"}
    assert "<select" not in page, "nothing can be offered any more"
    app.button(key="reject").click().run()
    page = shown(app)
    assert query(app, "moves") == f"{held}.r"
    assert "No deal: time ran out. Today’s practice goes on." in page
    assert "You refused the last offer." in page
    assert "walked away" not in page
    assert "Leaving" not in page


def test_red_lines_crossed_by_a_signature_are_named_though_the_vote_failed(app):
    page = at(app, case="three-purses", seat="northmark", moves="q00300022.o20300022.a.x1")
    assert "No deal: you walked away." in page
    assert '<dd class="">100' not in page.split("Red lines kept")[1][:60]
    assert "You crossed: No more than half of the fund leaves the country." in page


def test_changing_to_explore_and_back_keeps_the_talks_and_the_dials(app):
    first = at(app, **NORTHMARK, moves=BARGAIN, draft="30312213")
    asked = dict(app.query_params)
    go_to(app, "explore")
    assert [title.value for title in app.title] == ["Would these two countries sign?"]
    assert app.query_params == {}
    app.slider(key="gap").set_value(3.0).run()
    go_to(app, "negotiate")
    assert app.query_params == asked
    assert shown(app) == first
    go_to(app, "explore")
    assert app.slider(key="gap").value == 3.0
    assert float(query(app, "gap")) == 3
    app.query_params.clear()
    at(app, case="one-way-flow")
    assert (query(app, "case"), query(app, "moves")) == ("one-way-flow", ""), "an address that is brought wins"


def go_to(app, page):
    """What the navigation does: another page, and an empty address."""
    app.switch_page(f"views/pages/{page}.py")
    app.query_params.clear()
    app.run()
    assert not app.exception


def test_walking_away_asks_why_and_is_a_result_like_any_other(app):
    at(app, **NORTHMARK, moves="q00330003.o30312223")
    app.button(key="walk").click().run()
    app.radio(key="table-reason").set_value("Nothing on offer is better than no deal")
    app.button(key="leave").click().run()
    assert query(app, "moves").endswith(".x1")
    page = shown(app)
    assert "No deal: you walked away." in page
    assert "no reason to sign it" in page
    assert app.error == app.warning == []


@pytest.mark.parametrize("moves", ["", "q00330003", "q00330003.o30312223", BARGAIN])
def test_nothing_of_the_other_side_is_sent_while_the_talks_go_on(app, moves):
    page = at(app, **NORTHMARK, moves=moves)
    assert not [secret for secret in THEIRS if secret in page]
    assert "Workers in the same jobs" in page or not moves


def test_the_same_link_gives_the_same_page(app):
    first = at(app, **NORTHMARK, moves=BARGAIN, draft="30312213")
    again = AppTest.from_file(str(APP), default_timeout=LIMIT)
    assert at(again, **NORTHMARK, moves=BARGAIN, draft="30312213") == first


@pytest.mark.parametrize(
    "link",
    [
        {"moves": "a.a.a"},
        {"case": "atlantis"},
        {"seat": "nobody"},
        {"tactic": "bribe"},
        {"<i>": "1"},
        {"draft": "99"},
        {"reveal": "1"},
    ],
)
def test_what_a_link_cannot_hold_is_left_out_and_said(app, link):
    page = at(app, **link)
    ((key, value),) = link.items()
    assert (
        f"it is left out: {escape(key)}={value} ({talk_link.IGNORED_REASONS.get(key, link_problems.UNKNOWN)})" in page
    )
    assert "<i>" not in page.replace("<i ", "")
    assert "Ask Sudora first." in page


def test_a_long_link_is_said_and_the_moves_are_offered_as_text(app, monkeypatch):
    monkeypatch.setattr(talk_link, "LONGEST", 60)
    assert "1,500 characters" in at(app, **NORTHMARK, moves=BARGAIN)
    assert [piece.value for piece in app.code] == [BARGAIN]


def test_two_tactics_are_watched_step_by_step_with_open_cards(app):
    page = at(app, case="three-purses", seat="watch", tactic="conceder.linear")
    assert "Nothing has been said yet." in page
    app.button(key="next").click().run()
    assert query(app, "step") == "1"
    app.button(key="end").click().run()
    page = shown(app)
    assert "The vote at home" in page or "No deal" in page
    assert able(app) >= {"first", "back"}


@pytest.mark.parametrize("case", ["alike-neighbours", "one-way-flow", "morocco-spain", "germany-france", "mexico-usa"])
def test_every_case_with_an_agenda_can_be_sat_down_at(app, case):
    page = at(app, case=case)
    assert "w-offer" in page


def test_another_case_begins_afresh(app):
    at(app, **NORTHMARK, moves=BARGAIN)
    app.selectbox(key="table-case").set_value("morocco-spain").run()
    assert query(app, "case") == "morocco-spain"
    assert query(app, "moves") == query(app, "seat") == ""
    app.selectbox(key="table-seat").set_value("Morocco").run()
    assert query(app, "seat") == "morocco"
    assert "Spain proposes" in shown(app)
