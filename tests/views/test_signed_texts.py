"""Negotiate on a corridor: every package is a text of its own, and the number of people is no line of it."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from agents.table import make_outcome, prepare_table
from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Accept, Offer, Vote, Walk
from scenarios.reading import read
from tests.present import present
from views.negotiate import replay, view_model
from views.negotiate.view_model import OwnView
from views.wording import negotiate

ROOT = Path(__file__).parents[2]
LIMIT = 600
"""Seconds that a page may take on a busy machine; it takes a few."""


def test_what_every_text_says_stands_below_the_board():
    table = prepare_table(read("morocco-spain"))
    stake, fixed = view_model.text_notes(table)
    assert stake == "Every text admits 100 % more people than the 785,884 who are there today, whatever its lines say."
    (item, level), *_ = table.agenda.fixed
    assert fixed == f"In every text, not negotiated: {item.board_name}, {item.board_level(level)}."
    assert view_model.text_notes(prepare_table(read("germany-france")))[0] == negotiate.IN_FORCE
    assert view_model.text_notes(prepare_table(read("three-purses"))) == ()


def test_the_text_with_every_line_at_level_0_is_voted_on_where_it_is_no_status_quo():
    for case, votable in (("morocco-spain", 0), ("three-purses", None)):
        table = prepare_table(read(case))
        side = OwnView(table, 0, replay.replay_words(table, 0, 0, ())[0])
        assert side.package_to_vote(0) == votable
        assert side.package_to_vote(1) == 1


def test_the_debrief_of_a_signed_text_shows_the_lines_that_were_not_negotiated():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LIMIT)
    app.switch_page("views/pages/negotiate.py")
    for key, value in {"case": "morocco-spain", "seat": "watch", "tactic": "conceder.conceder", "step": "999"}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    texts = " ".join(piece.proto.body for piece in app.get("html"))
    (item, level), *_ = prepare_table(read("morocco-spain")).agenda.fixed
    paper = texts.partition("w-paper")[2]
    assert item.name in paper
    assert item.levels[level] in paper


def test_the_text_with_every_line_at_level_0_can_be_signed():
    """Package 0 of a corridor is a text: it is offered, voted on at home, and its accounts are not those of no deal."""
    table = prepare_table(read("morocco-spain"))
    votes = [Vote(party, at, 1) for party, groups in enumerate(table.rules.votes) for at in range(len(groups))]
    signed = make_outcome(table, replay_talks(table.rules, [Offer(0, 0), Accept(1), *votes]), seed=0)
    broken = make_outcome(table, replay_talks(table.rules, [Walk(0, "no")]), seed=0)
    assert (signed.package, broken.package) == (0, None)
    assert present(signed.document().sums).welfare == table.preferences.totals[0] != 0
    assert present(broken.document().sums).welfare == 0
    assert signed.values == tuple(table.preferences.values[0])
    assert broken.values == (0, 0)
    assert signed.metrics != broken.metrics
