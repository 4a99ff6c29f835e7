"""The pieces of a table as HTML: every word is escaped, what is new is marked, and nothing speaks by colour alone."""

import re

from agents.seat_view import GroupPosition
from negotiation.agenda.schedule import PaymentLine, ScheduleLine
from views.negotiate import board_html, signed_schedules_html
from views.negotiate.board_html import (
    AccountChange,
    BalanceBar,
    BoardColumn,
    BoardRow,
    BoardSection,
    GroupVote,
    LevelOption,
    PackageShare,
    VoteResult,
)

NASTY = "<b>&"
HOST, ORIGIN = BoardColumn("Sudora proposes", "origin"), BoardColumn("You propose", "host")


def row(**told):
    return BoardRow(0, "Places", "none", "3", "1")._replace(**told)


def test_the_board_groups_lines_under_who_commits_and_tells_what_is_agreed():
    drawn = board_html.render_schedule_board(
        [BoardSection("Northmark commits", "host", (row(agreed=True),))], HOST, ORIGIN, "note"
    )
    assert drawn.count('scope="colgroup"') == 1
    assert drawn.count('scope="row"') == 1
    assert "agreed" in drawn
    assert "<select" not in drawn


def test_a_cell_that_can_be_picked_holds_a_named_list_with_its_level():
    choices = (LevelOption(0, "none"), LevelOption(1, "some"), LevelOption(2, "all", open=False))
    drawn = board_html.render_schedule_board(
        [BoardSection("Both commit", "ink", (row(level=1, choices=choices),))], HOST, ORIGIN, ""
    )
    assert 'aria-label="You propose: Places"' in drawn
    assert '<option value="1" selected>some</option>' in drawn
    assert '<option value="2" disabled>all</option>' in drawn


def test_a_change_is_struck_and_inserted_and_the_rest_is_plain():
    assert board_html.render_level_change("none", "all") == "<del>none</del> <ins>all</ins>"
    assert board_html.render_level_change("all", "all") == board_html.render_level_change(None, "all") == "all"
    assert "–" in board_html.render_level_change("all", None)


def test_every_word_is_escaped():
    line = ScheduleLine("places", 1, NASTY, NASTY, None, None)
    payment = PaymentLine(
        "cash", 1, NASTY, NASTY, None, None, kind="cash", payer=NASTY, payee=NASTY, base=NASTY, condition=NASTY
    )
    nasty = GroupVote(NASTY, 1, (GroupPosition(1, 2.0),))
    told = (
        board_html.render_schedule_board(
            [BoardSection(NASTY, "host", (row(name=NASTY, today=NASTY, theirs=NASTY, yours=NASTY),))], HOST, ORIGIN, ""
        )
        + board_html.render_balance([BalanceBar(NASTY, 1.0, "host")], -1, 1, 1)
        + board_html.render_home_votes([nasty], [NASTY], [VoteResult(NASTY, passes=True)], NASTY, 1)
        + board_html.render_meter(NASTY, [PackageShare(NASTY, 1, "host")])
        + board_html.render_welfare_accounts([AccountChange(NASTY, 1.0, "host", seated=True)], NASTY, 1)
        + signed_schedules_html.render_schedules([(NASTY, "host", [(NASTY, line)])], [(NASTY, payment)])
        + board_html.render_brief([(NASTY, (NASTY,)), (NASTY, (NASTY, NASTY))])
        + board_html.render_questions([NASTY])
        + board_html.render_kicker(NASTY, (NASTY, "host"))
    )
    assert NASTY not in told
    assert not re.search(r"<b>(?!&lt;|[+−–0-9])", told.replace('<b class="w-host">', ""))


def test_votes_are_told_in_words():
    workers = GroupVote("Workers", 4, (GroupPosition(1, 2.0), None))
    owners = GroupVote("Owners", 2, (GroupPosition(-1, -3.0), GroupPosition(0, 0.0)))
    sums = (VoteResult("fails, 2 to 4", passes=False), VoteResult("passes, 4 to 2", passes=True))
    drawn = board_html.render_home_votes([workers, owners], ("Theirs", "Yours"), sums, "Home", 1)
    assert "for" in drawn
    assert "against" in drawn
    assert "abstains" in drawn
    assert "−3.0" in drawn
    assert '<td class="w-muted">fails, 2 to 4</td><td class="w-agreement">passes, 4 to 2</td>' in drawn


def test_the_meter_says_its_numbers_and_leaves_out_what_is_empty():
    drawn = board_html.render_meter(
        "All", [PackageShare("both", 3, "agreement"), PackageShare("neither", 0, "neither")]
    )
    assert 'aria-label="both 3, neither 0"' in drawn
    assert drawn.count("<i ") == 1


def test_who_has_no_seat_is_striped():
    rows = [
        AccountChange("Host natives", 2.0, "host", seated=True),
        AccountChange("New migrants", 60.0, "migrants", seated=False),
    ]
    drawn = board_html.render_welfare_accounts(rows, "points", 1)
    assert drawn.count("w-striped") == 1
    assert drawn.index("No seat at the table") < drawn.index("New migrants")
