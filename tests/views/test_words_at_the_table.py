"""What Negotiate says of proposals, of what can be signed, and of what is agreed."""

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from agents.table import prepare_table
from negotiation.preferences.mandates import within_red_lines
from negotiation.protocols import history
from scenarios.reading import read
from views.figures import offers
from views.negotiate import debrief, replay, view_model
from views.negotiate import link as talk_link
from views.negotiate.view_model import OwnView
from views.wording import debrief_sentences, endings

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "tests" / "negotiation" / "golden" / "cases" / "three-purses-v1.toml"
LIMIT = 600
"""Seconds that a page may take on a busy machine; it takes one."""
CASES = (str(FROZEN), "one-way-flow", "alike-neighbours", "morocco-spain")
OFFERS = re.compile(r"\b(You|Northmark|Sudora) offers?\b")
"""What is said of whole packages, in which stand lines that the other side commits."""


@pytest.fixture(scope="module")
def purses():
    return prepare_table(read(str(FROZEN)))


def page(**link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LIMIT)
    app.switch_page("views/pages/negotiate.py")
    for key, value in link.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    texts = [piece.proto.body for piece in app.get("html")]
    boards = [piece.proto.json for piece in app.get("bidi_component")]
    charts = [piece.proto.spec for piece in app.get("plotly_chart")]
    return "\n".join([*texts, *boards, *charts, *(button.label for button in app.button)])


@pytest.mark.parametrize(
    "link",
    [
        {"moves": "q0100200"},
        {"moves": "q0100200.o0100201"},
        {"moves": "q0100200.o0100201.x1", "reveal": "1"},
        {"seat": "watch", "step": "6"},
        {"seat": "watch", "step": "999", "reveal": "1"},
    ],
    ids=str,
)
def test_a_party_proposes_lines_and_offers_none(link):
    told = page(case="one-way-flow", **link)
    assert OFFERS.findall(told) == []
    assert "propose" in told


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("party", [0, 1])
def test_what_a_seat_could_sign_crosses_none_of_its_red_lines(case, party):
    table = prepare_table(read(case))
    talks, _ = replay.replay_words(table, party, 0, ())
    shares = {share.name: share.packages for share in OwnView(table, party, talks).shares()}
    preferences = table.preferences
    weights = np.array(preferences.weights[party])
    ayes = (preferences.votes[party] > 0) @ weights > (preferences.votes[party] < 0) @ weights
    wanted = preferences.values[:, party] > preferences.walk_away[party] + 1e-9
    allowed = within_red_lines(table.agenda, table.scenario.seats[party].red_lines)
    assert shares["better for you, passes at home"] == int((wanted & ayes & allowed).sum())
    assert shares.get("crosses a red line", 0) == int((~allowed).sum())
    assert sum(shares.values()) == table.agenda.count


def test_the_debrief_counts_what_could_be_signed_within_the_red_lines(purses):
    found = debrief.count_signable(purses)
    lines = [line for seat in purses.scenario.seats for line in seat.red_lines]
    assert found.ratified > found.within > 0
    assert found.within == int((within_red_lines(purses.agenda, lines) & debrief.ratifiable(purses.preferences)).sum())
    told = debrief_sentences.signable_sentence(found.ratified, found.within, purses.agenda.count)
    assert f"{found.within:,} of them cross no red line" in told
    assert "There was nothing to sign" in debrief_sentences.signable_sentence(5, 0, 100)
    assert "There was nothing to sign" in debrief_sentences.signable_sentence(0, 0, 100)


def test_leaving_is_right_where_whatever_would_pass_crosses_a_red_line():
    assert "Leaving was right" in endings.breakdown_sentence(None, 0, 1, left=True)


@pytest.mark.parametrize("today", [True, False])
def test_agreed_stands_beside_lines_that_both_would_write_and_no_others(purses, today):
    table = talk_link.with_tactics(purses, 0, ("conceder",))
    talks, _ = replay.replay_words(table, 0, 0, ("q00330003", "o30312223", "h", "h"))
    package = history.find_facing_offer(talks, 0)
    assert package is not None
    theirs = table.agenda.levels(package)
    draft = tuple(0 if today and level else level for level in theirs)
    rows = view_model.draft_rows(OwnView(table, 0, talks), draft)
    assert {row.place for row in rows if row.agreed} == {
        place for place, level in enumerate(theirs) if level and level == draft[place]
    }
    assert 0 in theirs, "the offer leaves some line at today's practice"


def test_who_watches_reads_agreed_only_of_lines_that_are_something(purses):
    for talks in replay.list_states(purses, 0):
        rows = view_model.watch_rows(purses, talks)
        assert not [row.name for row in rows if row.agreed and row.yours == row.today]


def test_a_figure_says_who_proposes(purses):
    talks = replay.list_states(purses, 0)[12]
    side = OwnView(purses, 0, talks)
    figures = [
        offers.timeline(side.tracks(), "Value", 0, "light"),
        offers.draw_payoff_space(debrief.payoff_space(purses, talks, shown=True), "light"),
    ]
    for figure in figures:
        words = " ".join(note.text for note in figure.layout.annotations)
        assert "Northmark proposes" in words
        assert not OFFERS.search(words)
