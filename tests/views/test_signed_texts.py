"""Negotiate on a corridor: every package is a text of its own, and the number of people is no line of it."""

from agents.table import prepare_table
from scenarios.reading import read
from views.negotiate import replay, view_model
from views.negotiate.view_model import OwnView
from views.wording import negotiate


def test_lines_that_stand_in_every_text_are_on_the_board_and_cannot_be_changed():
    table = prepare_table(read("morocco-spain"))
    side = OwnView(table, 0, replay.replay_words(table, 0, 0, ())[0])
    *_, last = view_model.sections(table, view_model.draft_rows(side, (0,) * len(table.agenda.ladders)))
    assert last.heading == negotiate.IN_EVERY_TEXT
    for row, (item, level) in zip(last.rows, table.agenda.fixed, strict=True):
        assert (row.name, row.theirs, row.yours) == (item.board_name, item.board_level(level), item.board_level(level))
        assert row.choices == ()
    assert table.agenda.fixed
    headings = [section.heading for section in view_model.sections(prepare_table(read("three-purses")), ())]
    assert negotiate.IN_EVERY_TEXT not in headings


def test_what_every_text_admits_is_said_where_places_are_no_line():
    (told,) = view_model.stake_notes(prepare_table(read("morocco-spain")))
    assert told == ("Every text admits 100 % more people than the 785,884 who are there today, whatever its lines say.")
    assert view_model.stake_notes(prepare_table(read("germany-france"))) == (negotiate.IN_FORCE,)
    assert view_model.stake_notes(prepare_table(read("three-purses"))) == ()


def test_the_text_with_every_line_at_level_0_is_voted_on_where_it_is_no_status_quo():
    for case, votable in (("morocco-spain", 0), ("three-purses", None)):
        table = prepare_table(read(case))
        side = OwnView(table, 0, replay.replay_words(table, 0, 0, ())[0])
        assert side.package_to_vote(0) == votable
        assert side.package_to_vote(1) == 1
