"""Schedules on paper: positive lists by conceding party, in WTO columns, with what a revision changes."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.agenda.ladders import ladders
from negotiation.agenda.package_grid import STATUS_QUO, build_agenda
from negotiation.agenda.rights_floor import RIGHTS_FLOOR
from negotiation.agenda.schedule import ScheduleChange, agreement_document, compare_packages, schedules, side_payments
from negotiation.agenda.schedule_layout import (
    COLUMNS,
    HORIZONTAL,
    MARKET_ACCESS,
    NATIONAL_TREATMENT,
    SUBJECTS,
    TEXT,
    render_html,
    render_markdown,
    render_text,
    schedule_rows,
    schedule_text_lines,
)

TABLE = build_agenda(["quota_unskilled", "stay", "social", "safeguard", "readmission", "tax_share", "fund_split"])
ROLES = {"Northmark": "host", "Sudora": "origin"}
BEFORE = TABLE.package((1, 2, 0, 1, 2, 2, 0))
AFTER = TABLE.package((3, 0, 1, 1, 1, 2, 2))
PRINTED = {"text": render_text, "markdown": render_markdown, "html": render_html}

packages = st.integers(0, TABLE.count - 1)


def kinds(changes):
    return {(change.after or change.before).issue: change.kind for change in changes}


def test_a_revision_adds_removes_changes_and_keeps():
    revised = compare_packages(TABLE, BEFORE, AFTER, ROLES)
    assert kinds(revised.schedules["Northmark"]) == {
        "quota_unskilled": "changed",
        "stay": "removed",
        "social": "added",
        "safeguard": "kept",
    }
    assert kinds(revised.schedules["Sudora"]) == {"safeguard": "kept", "readmission": "changed"}
    levy, split = revised.side_payments
    assert (levy.kind, split.kind) == ("changed", "added"), "who receives the levy changes with its split"
    assert [each.payee for each in levy if each] == ["Northmark", "Northmark and Sudora"]
    (places, *_) = revised.schedules["Northmark"]
    assert [each.level for each in places if each] == [1, 3]


@given(before=packages, after=packages)
def test_a_diff_holds_both_packages_and_turns_around(before, after):
    forth, back = compare_packages(TABLE, before, after, ROLES), compare_packages(TABLE, after, before, ROLES)
    for party, changes in forth.schedules.items():
        for package, side in ((before, 0), (after, 1)):
            lines = tuple(change[side] for change in changes if change[side] is not None)
            assert lines == schedules(TABLE, package, ROLES)[party]
        assert back.schedules[party] == tuple(ScheduleChange(new, old) for old, new in changes)
    assert tuple(new for _, new in forth.side_payments if new) == side_payments(TABLE, after, ROLES)


@given(package=packages)
def test_a_paper_is_its_own_revision_and_has_no_marks(package):
    printed = agreement_document(TABLE, package, ROLES)
    assert {change.kind for changes in printed.schedules.values() for change in changes} <= {"kept"}
    assert not re.search(r"\{\+|\[-", render_text(printed))
    assert not re.search(r"\*\*|~~", render_markdown(printed))
    assert not re.search(r"<ins>|<del>", render_html(printed))


@pytest.mark.parametrize(
    ("form", "added", "removed"),
    [
        (
            "text",
            "{+Social and health protection: Insurance against work injury+}",
            "[-Length of stay: Up to 5 years-]",
        ),
        ("markdown", "**Social and health protection: Insurance against", "~~Length of stay: Up to 5 years~~"),
        ("html", "<ins><strong>Social and health protection:", "<del>Length of stay: Up to 5 years</del>"),
    ],
)
def test_what_is_added_is_bold_and_what_is_removed_is_struck_out(form, added, removed):
    revised = compare_packages(TABLE, BEFORE, AFTER, ROLES)
    printed = render_text(revised, 400) if form == "text" else PRINTED[form](revised)
    assert added in printed
    assert removed in printed
    assert "Safeguard clause: Joint review" in printed


def test_only_the_level_of_a_changed_line_is_marked():
    item = schedule_rows(TEXT, compare_packages(TABLE, BEFORE, AFTER, ROLES).schedules["Sudora"])[0].cells[2][1]
    assert item == (
        "Readmission: [-Own nationals, with joint identification-] {+Own nationals, within an agreed time+}"
    )


def test_words_that_mislead_beginners_have_plain_ones_beside_them():
    table = build_agenda(["quota_skilled", "social"])
    (everybody, skilled) = schedule_rows(
        TEXT, agreement_document(table, table.package((1, 3)), ROLES).schedules["Northmark"]
    )
    assert everybody.cells[1] == [
        "Social and health protection: None: equal with nationals (the same cover as nationals)"
    ]
    assert skilled.cells[0][0].endswith("firms (only staff whom a firm sends to its own branch)")


def test_lines_stand_in_their_columns_with_the_horizontal_section_first():
    found = schedule_rows(
        TEXT, agreement_document(TABLE, TABLE.package((1, 1, 1, 1, 0, 0, 0)), ROLES).schedules["Northmark"]
    )
    assert [row.subject for row in found] == [HORIZONTAL, "Less-skilled workers"]
    everybody, some = ([[item.split(":")[0] for item in cell] for cell in row.cells] for row in found)
    assert everybody == [["Length of stay"], ["Social and health protection"], ["Safeguard clause"]]
    assert some == [["Places for less-skilled workers"], [], []]


@pytest.mark.parametrize("form", PRINTED.values(), ids=PRINTED)
def test_a_list_is_positive(form):
    """What is on the agenda and not conceded is left out: nothing of it is called unbound."""
    printed = form(agreement_document(TABLE, STATUS_QUO, ROLES))
    assert "Unbound" not in printed
    assert printed.count("Nothing is conceded.") == 2
    assert "Nobody pays anybody." in printed


@pytest.mark.parametrize("form", PRINTED.values(), ids=PRINTED)
@pytest.mark.parametrize("package", [STATUS_QUO, BEFORE, AFTER])
def test_the_rights_floor_lies_under_every_paper_and_never_moves(form, package):
    whole = " ".join(
        re.sub(r"[\\·]|<[^>]+>", " ", form(agreement_document(TABLE, package, ROLES))).replace("&#x27;", "'").split()
    )
    assert all(right in whole for right in RIGHTS_FLOOR)


def parsed(printed):
    """The fragment as a tree: what is opened is closed."""
    return fromstring(printed.replace("<br>", "<br/>"))


@given(before=packages, after=packages)
def test_html_is_whole_and_every_row_has_its_cells(before, after):
    for sheet in parsed(render_html(compare_packages(TABLE, before, after, ROLES))).iter("table"):
        assert {len(row) for row in sheet.iter("tr")} in ({4}, {5})


NASTY = {"<b>North|mark*\n& Co_": "host", "Sud`ora[1]~": "origin"}


def test_names_are_words_on_every_kind_of_paper():
    printed = agreement_document(TABLE, AFTER, NASTY)
    tree = parsed(render_html(printed))
    assert tree.find(".//b") is None
    assert "Schedule of <b>North|mark* & Co_" in tree.itertext()
    tables = [line for line in render_markdown(printed).splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5, 6}
    assert r"### Schedule of \<b\>North\|mark\* \& Co\_" in render_markdown(printed)
    assert "Schedule of <b>North|mark* & Co_\n" in render_text(printed)


@given(before=packages, after=packages, width=st.integers(40, 120))
def test_text_keeps_to_its_width(before, after, width):
    revised = compare_packages(TABLE, before, after, ROLES)
    assert max(map(len, render_text(revised, width).splitlines())) <= width
    assert max(map(len, schedule_text_lines(revised.schedules["Northmark"], width))) <= width


def test_the_columns_speak_of_ladders_that_exist():
    catalogue = {key for key, item in ladders().items() if item.is_commitment}
    assert catalogue >= MARKET_ACCESS | NATIONAL_TREATMENT | set(SUBJECTS)
    assert not MARKET_ACCESS & NATIONAL_TREATMENT
    assert len(COLUMNS) == 3


def test_a_table_in_markdown_goes_on_below():
    """Two additional commitments of one subject: the second row has no subject of its own."""
    printed = render_markdown(agreement_document(TABLE, TABLE.package((0, 0, 0, 1, 1, 0, 0)), ROLES))
    assert printed.count(HORIZONTAL) == 2, "once for each side"
    assert "|  |  |  | Readmission: Own nationals, within an agreed time |" in printed


@pytest.mark.parametrize("form", PRINTED)
def test_every_text_of_a_paper_is_translated(form):
    revised = compare_packages(TABLE, BEFORE, AFTER, {"NORTHMARK": "host", "SUDORA": "origin"})
    empty = agreement_document(TABLE, STATUS_QUO, {"NORTHMARK": "host"})
    for paper in (revised, empty):
        printed = PRINTED[form](paper, translate=str.upper)
        shown = re.sub(r"<[^>]*>|&[a-z#0-9]+;", " ", printed)
        assert re.findall(r"[a-z]{2,}", shown) == []
