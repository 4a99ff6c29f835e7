"""The issue catalogue: what is published about it, and what a user may rely on in every ladder."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import numpy as np
import pytest

from economy.parameters import NAMES, preset
from economy.policy.terms import GRANTS, Terms, apply_terms
from games.errors import InputError
from games.messages import Message
from negotiation.agenda.ladders import CORRIDOR, TEXT_FIELDS, Ladder, ladder, ladders
from negotiation.agenda.package_grid import build_agenda, legal_conflicts
from negotiation.agenda.rights_floor import RIGHTS_FLOOR
from negotiation.agenda.schedule import STATED, schedules, side_payments

PUBLISHED = """
I01 quota_unskilled host commitment
I02 quota_skilled host commitment
I03 stay host commitment
I04 circular host commitment
I05 regularise host commitment
I06 readmission origin commitment
I07 border both commitment
I08 trafficking both commitment
I09 portability host commitment
I10 recognition both commitment
I11 fees host commitment
I12 recruitment both commitment
I13 training host skill_partnership
I14 predeparture origin commitment
I15 data both commitment
I16 equal_treatment host commitment
I17 social host commitment
I18 family host commitment
I19 reintegration both commitment
I20 remittance both commitment
I21 tax_share both gain_tax
I22 cash both cash
I23 linkage both linkage
I24 integration host compensation
I25 safeguard both commitment
I26 monitoring both commitment
I27 mode4 host commitment
I28 floor both commitment
I29 climate both commitment
I30 free_movement both commitment
I31 fund_split both gain_tax
I32 pause origin commitment
I33 change_employer host commitment
I34 contract both commitment
I35 osh host commitment
I36 remedy host commitment
I37 domestic host commitment
I38 term both commitment
"""

EVERY = tuple(ladders().values())
NUMBERED = tuple(item for item in EVERY if item.id)
PAYMENTS = tuple(item for item in EVERY if not item.is_commitment)
SILENT = tuple(item for item in EVERY if not item.field)
ROLES = {"Northmark": "host", "Sudora": "origin"}

AVOIDED = re.compile(
    r"illegal|\bflood|avalanche|\bwaves?\b|\bstock\b|export|\bloses?\b|\blosers?\b|bully|scarce labour"
    r"|destination|\breceiving\b|\bsending (country|state)",
    re.IGNORECASE,
)
"""The glossary's words to avoid, and the words that it replaces by host, origin and workers in the same jobs."""

every = pytest.mark.parametrize("item", EVERY, ids=lambda item: item.key)
payments = pytest.mark.parametrize("item", PAYMENTS, ids=lambda item: item.key)


def test_the_catalogue_is_the_published_one():
    lines = sorted(f"{item.id} {item.key} {item.conceded_by} {item.kind}" for item in NUMBERED)
    assert lines == PUBLISHED.strip().splitlines()


def test_the_corridor_comes_first_and_shares_three_lines_with_the_catalogue():
    keys = list(ladders())
    shared = {"stay", "readmission", "recognition"}
    assert set(keys[:8]) == {*CORRIDOR, "places"} - {"stay", "readmission"}
    assert [item.id for item in NUMBERED if item.key != "recognition"] == sorted(
        item.id for item in NUMBERED if item.key != "recognition"
    )
    assert {item.key for item in NUMBERED} & set(CORRIDOR) == shared
    assert len(keys) == 38 + len({*CORRIDOR, "places"} - shared)


@every
def test_every_ladder_has_four_distinct_levels_in_both_languages(item: Ladder):
    assert len(set(item.levels)) == len(set(item.plain)) == 4
    assert all(words == words.strip() and words for words in (*item.levels, *item.plain, item.name, item.source))
    assert item.conceded_by in {"host", "origin", "both"}


@every
def test_plain_words_fit_a_phone_and_a_role_card(item: Ladder):
    assert max(map(len, item.plain)) <= 60
    assert not any(";" in words or words.endswith(".") for words in item.plain)
    # A card shows one level alone, so no level may lean on the one before it.
    assert not any(
        words.startswith(("that,", "also ", "plus ")) for words in map(str.lower, (*item.levels, *item.plain))
    )


@every
def test_a_board_has_room_for_every_name_and_level_that_has_a_short_form(item: Ladder):
    assert len(item.short) in {0, len(item.levels)}
    assert len(item.short_name) <= 20
    assert max(map(len, item.short), default=0) <= 18
    assert len(set(item.short)) == len(item.short)


def test_without_short_words_a_board_shows_the_name_and_the_plain_words():
    stay, social = ladder("stay"), ladder("social")
    assert (social.board_name, social.board_level(1)) == ("Social protection", "work injury")
    assert (stay.board_name, stay.board_level(1)) == ("Length of stay", "2 years")
    bare = replace(social, short=(), short_name="")
    assert (bare.board_name, bare.board_level(1)) == (social.name, social.plain[1])


@every
def test_every_text_of_a_ladder_can_be_translated(item: Ladder):
    for name in TEXT_FIELDS:
        value = getattr(item, name)
        assert all(isinstance(text, Message) for text in ([value] if isinstance(value, str) else value) if text)


@every
def test_no_text_uses_a_word_to_avoid(item: Ladder):
    shown = (item.name, *item.levels, *item.plain, item.payee, item.base, item.condition, item.note)
    assert [words for words in shown if AVOIDED.search(words)] == []


@every
def test_none_means_no_limitation_and_never_stands_for_todays_practice(item: Ladder):
    assert not item.levels[0].startswith("None")
    assert not any(words.startswith("None") for words in item.levels[:3])
    assert not any(
        words.startswith("Unbound") for words in item.levels[1:] if item.key not in {"quota_skilled", "mode4"}
    )


@pytest.mark.parametrize("item", SILENT, ids=lambda item: item.key)
def test_level_nought_of_a_commitment_is_no_commitment(item: Ladder):
    assert item.levels[0].startswith("Unbound" if item.is_commitment else "No ")


@every
def test_what_a_ladder_moves_exists_in_the_economy(item: Ladder):
    terms = {field.name for field in fields(Terms)}
    assert set(item.moves) <= terms | set(NAMES)
    if item.field:
        assert item.field in terms
        assert item.moves == (item.field,)
        assert len(set(item.values)) == 4
        assert item.unit
    else:
        assert item.values == ()
        assert item.unit == ""
    assert bool(item.silence) != bool(item.field)


@every
def test_todays_practice_leaves_the_economy_as_it_stands_or_grants_nothing(item: Ladder):
    """Level 0 is a clause that changes nothing, unless it spells out how a corridor without cooperation works."""
    if item.field in {"", "recognition", "fee", "access", *GRANTS}:
        assert item.field not in GRANTS or item.values[0] == 0
        return
    base = preset("asymmetric")
    told = apply_terms(base, Terms(**{item.field: item.values[0]}))
    assert {name: float(value) for name, value in told.items().items()} == base.items()


def test_every_term_that_an_agreement_can_have_stands_on_some_ladder():
    assert {field.name for field in fields(Terms)} == {item.field for item in EVERY if item.field}


def test_the_counting_rule_knows_five_side_payments_of_the_catalogue():
    assert {item.id for item in NUMBERED if item.is_side_payment} == {"I13", "I21", "I22", "I23", "I31"}
    assert [item.id for item in PAYMENTS if not item.is_side_payment] == ["I24"]


@payments
def test_a_payment_names_payer_payee_base_and_condition(item: Ladder):
    assert item.base
    assert item.condition
    assert bool(item.payer) == bool(item.payee)
    assert item.payer or "scenario says" in item.note or "scenario states" in item.note


def test_the_scenario_says_who_pays_for_money_and_for_linked_concessions():
    assert {item.id for item in PAYMENTS if not item.payer} == {"I22", "I23"}
    assert {item.key: item.payer for item in NUMBERED if item.payer} == {
        "training": "host", "tax_share": "migrants", "fund_split": "migrants", "integration": "host treasury"
    }  # fmt: skip


@every
def test_a_commitment_pays_nothing(item: Ladder):
    if item.is_commitment:
        assert (item.payer, item.payee, item.base, item.condition) == ("", "", "", "")


@every
def test_a_ladder_refers_to_ladders_that_exist(item: Ladder):
    assert {item.lives_on, item.clash} <= {"", *ladders()} - {item.key}
    assert item.note or not item.clash


def test_a_ladder_answers_to_its_key_and_to_its_number():
    assert ladder("I03") is ladder("stay")
    assert ladder("I10") is ladder("recognition")
    with pytest.raises(InputError) as caught:
        ladder("I99", "case.toml:agenda.ladders")
    assert caught.value.problems[0].place == "case.toml:agenda.ladders"
    assert "I09" in caught.value.problems[0].hint


def test_ladders_without_a_field_say_nothing_to_the_economy():
    assert build_agenda(["family", "data"]).terms() == Terms()
    terms = build_agenda(["data", "tax_share"]).terms()
    assert np.array_equal(np.asarray(terms.levy), [0, 0.02, 0.05, 0.1] * 4)
    assert terms.places is None


@pytest.mark.parametrize(("levy", "split"), [("levy", "levy_split"), ("tax_share", "fund_split")])
def test_a_levy_beside_the_conventions_is_warned_of(levy: str, split: str):
    table = build_agenda([levy, split, "floor"])
    quiet = [(0, 3, 3), (3, 3, 0), (0, 0, 0)]
    assert all(legal_conflicts(table, table.package(levels)) == () for levels in quiet)
    (warning,) = legal_conflicts(table, table.package((1, 0, 1)))
    assert all(words in warning for words in ("Levy on earnings abroad", "Conventions accepted", "art. 48", "C97"))


def test_a_levy_and_its_split_need_the_places_that_they_live_on():
    table = build_agenda(["quota_unskilled", "tax_share", "fund_split"])
    paid = table.side_payments()
    for package in range(table.count):
        places, levy, _ = table.levels(package)
        assert paid[package] == (places > 0 and levy > 0)
    assert table.payments(table.package((0, 3, 3))) == ()
    assert [(item.key, level) for item, level in table.payments(table.package((1, 3, 3)))] == [
        ("tax_share", 3),
        ("fund_split", 3),
    ]


def test_payments_are_printed_with_names_and_never_in_a_schedule():
    table = build_agenda(["quota_unskilled", "tax_share", "fund_split", "integration", "training", "cash"])
    package = table.package((2, 1, 2, 1, 2, 3))
    lists = schedules(table, package, ROLES)
    assert [[line.issue for line in lines] for lines in lists.values()] == [["quota_unskilled"], []]
    assert [(each.line.issue, each.payer, each.payee) for each in side_payments(table, package, ROLES)] == [
        ("tax_share", "migrants", "Northmark and Sudora"),
        ("fund_split", "migrants", "Sudora"),
        ("integration", "host treasury", "newcomers and local services in Northmark"),
        ("training", "Northmark", "training in Sudora"),
        ("cash", STATED, STATED),
    ]


def test_a_line_without_a_number_has_neither_value_nor_unit():
    table = build_agenda(["regularise"])
    (line,) = schedules(table, 1, ROLES)["Northmark"]
    assert (line.words, line.plain, line.value, line.unit) == ("Case by case", "each case is looked at", None, None)


def test_compensation_stays_when_side_payments_go():
    table = build_agenda(["training", "integration"], ["side payments"])
    assert table.shape == (1, 4)
    assert not table.side_payments().any()


def test_the_rights_floor_is_never_a_line_of_a_list():
    floor = " ".join(RIGHTS_FLOOR).lower()
    words = ("refoulement", "group", "detained", "degrading", "rescued", "leave", "return", "papers", "forced")
    assert all(
        word in floor for word in (*words, "child", "discriminated", "union", "safe and healthy", "best interests")
    )
    assert not {text for item in EVERY for text in (*item.levels, *item.plain)} & set(RIGHTS_FLOOR)
    # What the floor already holds is named as today's practice, so that no level can be had below it.
    assert "1998 Declaration" in ladder("I28").levels[0]
    assert all("rights floor" in ladder(number).note for number in ("I07", "I16", "I35"))
