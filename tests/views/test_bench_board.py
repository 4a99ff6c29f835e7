"""The bench on the screen: every button does what its line promises, and every word stands for a number that holds."""

from __future__ import annotations

import re
from gettext import NullTranslations
from math import isnan
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from economy.model.payoffs import solve_bilateral
from economy.parameters import preset
from economy.policy.remedies import LEVY, LUMP_SUM, PARTNERSHIP, PHASING, PLANS, QUOTA, REMEDIES, Plan, least_amount
from scenarios.analysis.remedies import RemedyNeed, remedy_needs
from views.explore import remedies, view_model
from views.explore.dials import DIALS, PAIRS, parameters, start_settings
from views.text import analysis
from views.text.layout import Screen
from views.wording import remedies as remedies_wording
from views.wording.translation import translate, use_language

UNLIKE = PAIRS["One rich, one poor"]
KEYS = [dial.key for dial in DIALS]


def settings(pair, **changes):
    return tuple((dict(zip(KEYS, start_settings(pair), strict=True)) | changes).values())


def shown(pair, at):
    return remedies.build_remedy_table(parameters(pair, at), at, pair.names)


def moved(at, line):
    return tuple((dict(zip(KEYS, at, strict=True)) | dict(line.move.dials)).values())


BULLY = settings(UNLIKE, open=5)


@pytest.fixture(scope="module")
def bully():
    return shown(UNLIKE, BULLY)


def test_lines_show_the_smallest_amounts_of_the_bully_game(bully):
    amounts = {line.name: line.amount.replace("\u00a0", " ") for line in bully.lines}
    assert amounts == {
        "Levy on migrants’ pay": "14.2 %",
        "Lump sum": "no amount works",
        "Phasing in": "no amount works",
        "Training first": "no amount works",
        "Fewer places": "no amount works",
        "Weight of foreign migrants": "1.49×",
        "Phased over 5\u00a0periods": "8.3 %",
        "50\u00a0% trained first": "8.6 %",
        "Phased and trained": "3.5 %",
    }
    assert [line.name for line in bully.lines if line.smallest] == ["Phased and trained"]


@pytest.mark.parametrize("title", PAIRS)
@pytest.mark.parametrize("gap", [1.5, 2.5, 4.0])
def test_every_button_makes_opening_stable_and_every_second_press_takes_it_back(title, gap):
    pair = PAIRS[title]
    at = settings(pair, gap=gap)
    for place, line in enumerate(shown(pair, at).lines):
        if line.move is None:
            continue
        there = moved(at, line)
        stakes = solve_bilateral(parameters(pair, there))
        assert (0, 0) in view_model.model_game(pair, stakes).stable
        assert (stakes.payoffs[:, 0, 0] >= -1e-9).all()
        again = shown(pair, there).lines[place]
        if again.move is not None and again.move.words == "Take back":
            assert moved(there, again) == at


def test_what_is_set_already_offers_to_be_taken_back(bully):
    levy = moved(BULLY, bully.lines[0])
    found = shown(UNLIKE, levy)
    assert found.lines[0].move is not None
    assert found.lines[0].move.words == "Take back"
    assert not found.idle


PLACED = {"levy": 15, "years": 7, "trained": 50, "lump": 0.5, "voice": 0.5}
"""Some of every remedy that has a dial of its own."""


@pytest.mark.parametrize("places", [{"levy": 15}, {"years": 7, "trained": 50}, {"lump": 0.5}, {"voice": 2.0}, PLACED])
def test_every_line_stands_by_itself_whatever_else_is_in_place(bully, places):
    found = shown(UNLIKE, settings(UNLIKE, open=5, **places))
    told = [(line.name, line.amount, line.detail, line.share) for line in bully.lines]
    assert [(line.name, line.amount, line.detail, line.share) for line in found.lines] == told
    assert found.price == bully.price


@pytest.mark.parametrize("title", ["One rich, one poor", "Germany and France"])
def test_a_button_pressed_while_others_are_in_place_does_what_its_line_says(title):
    pair = PAIRS[title]
    at, bare = settings(pair, **PLACED), settings(pair)
    for line, alone in zip(shown(pair, at).lines, shown(pair, bare).lines, strict=True):
        if line.move is None:
            assert alone.move is None
            continue
        assert moved(at, line) == moved(bare, alone)
        stakes = solve_bilateral(parameters(pair, moved(at, line)))
        assert (0, 0) in view_model.model_game(pair, stakes).stable


def test_a_button_names_every_dial_that_it_moves():
    at = settings(UNLIKE, open=5, **PLACED)
    for line in shown(UNLIKE, at).lines:
        if line.move is None:
            continue
        there = moved(at, line)
        turned = [dial.label for dial, was, now in zip(DIALS, at, there, strict=True) if was != now]
        assert [label for label in turned if label not in line.move.spoken] == []


def test_a_stable_opening_leaves_nothing_to_show():
    pair = PAIRS["Two alike neighbours"]
    found = shown(pair, start_settings(pair))
    assert (found.idle, found.held) == (True, True)


def test_remedies_that_spoil_a_stable_opening_are_told_apart_from_one_that_holds(bully):
    pair = PAIRS["Two alike neighbours"]
    spoilt = shown(pair, settings(pair, lump=2.0))
    assert (spoilt.idle, spoilt.held) == (True, False)
    assert (bully.idle, bully.held) == (False, False)
    turned = shown(UNLIKE, moved(BULLY, bully.lines[0]))
    assert (turned.idle, turned.held) == (False, True)


def test_a_remedy_beyond_its_dial_has_no_button():
    weight = shown(UNLIKE, settings(UNLIKE, open=25, gap=6.0)).lines[5]
    assert (weight.amount, weight.move) == ("5.79×", None)


def test_the_price_says_what_migrants_keep(bully):
    assert "from +0.81\u00a0% to +0.64\u00a0% of Sudora’s GDP" in bully.price
    assert shown(UNLIKE, start_settings(UNLIKE)).price == ""


def test_the_table_has_a_named_button_for_every_move_and_escapes_names(bully):
    html = remedies.render_remedy_table(bully)
    places = [int(place) for place in re.findall(r'<button type="button" class="w-set" name="(\d+)"', html)]
    assert places == [place for place, line in enumerate(bully.lines) if line.move]
    assert 'aria-label="Set 15\u00a0%: Share of migrants’ pay to the host 15\u00a0%"' in html
    strange = remedies.render_remedy_table(
        remedies.build_remedy_table(parameters(UNLIKE, BULLY), BULLY, ("<u>North", "<i>South"))
    )
    assert "&lt;i&gt;South pays &lt;u&gt;North" in strange
    assert "<u>" not in strange


@given(gap=st.floats(1.2, 8), openness=st.floats(0.02, 1), remedy=st.sampled_from(REMEDIES))
def test_an_amount_is_rounded_towards_more_of_the_remedy(gap, openness, remedy):
    needed = float(least_amount(preset("asymmetric").replace(gap=gap, openness=openness), remedy).needed)
    if not isnan(needed):
        measure = remedies_wording.REMEDY_FORMATS[remedy.name]
        told = float(re.findall(r"[\d.]+", remedies_wording.format_needed_amount(remedy, needed))[0]) / measure.scale
        exact = abs(1 - needed if measure.cut else needed)
        ulp = 10**-measure.decimals / measure.scale
        assert -1e-9 <= (exact - told if remedy is QUOTA else told - exact) < ulp + 1e-9


def test_a_terminal_shows_each_remedy_with_what_stands_beside_it_below():
    found: Any = SimpleNamespace(remedies=remedy_needs(preset("asymmetric").replace(openness=0.05), joint=False))
    lines = analysis.render_remedies(Screen(80), found, UNLIKE.names)
    assert max(map(len, lines)) <= 80
    table = [line.replace("\u00a0", " ").split("  ") for line in lines]
    rows = [[cell.strip() for cell in row if cell.strip()] for row in table]
    assert ["Levy on migrants’ pay", "14.2 %", "14.2 %"] in rows
    assert ["phased over 5 periods", "8.3 %", "8.3 %"] in rows
    assert ["Lump sum, Sudora pays", "no amount", "no amount", "Northmark 0.199"] in rows
    assert rows.index(["phased over 5 periods", "8.3 %", "8.3 %"]) > rows.index(
        ["Levy on migrants’ pay", "14.2 %", "14.2 %"]
    )


def test_a_heading_is_the_name_of_its_plan_with_a_capital_letter():
    for plan in (*PLANS, Plan(LUMP_SUM, (LEVY, QUOTA))):
        name = remedies_wording.plan_name(plan)
        assert remedies_wording.plan_heading(plan) == name[0].upper() + name[1:]


@pytest.mark.parametrize(
    ("plan", "needed", "words"),
    [
        (Plan(LEVY), 0.1, "migrants pay North"),
        (Plan(LEVY, (PHASING,)), 0.0, "costs nobody in the model"),
        (Plan(LEVY, (PHASING, PARTNERSHIP)), 0.1, "migrants pay North, which pays for the training"),
        (Plan(LEVY, (PARTNERSHIP,)), 0.0, "North pays for the training"),
        (Plan(LUMP_SUM, (PARTNERSHIP,)), 0.1, "South pays North, which pays for the training"),
        (Plan(PHASING, (PARTNERSHIP,)), 5.0, "North pays for the training"),
        (Plan(PARTNERSHIP), 0.5, "North pays for the training"),
        (Plan(PHASING), 5.0, "costs nobody in the model"),
    ],
)
def test_who_pays_whom(plan: Plan, needed: float, words: str):
    need = RemedyNeed(plan, needed, needed, None, None, (), None)
    assert remedies_wording.payment_phrase(need, ("North", "South")) == words


class Shouting(NullTranslations):
    """A pretend language: English in capital letters."""

    def gettext(self, message: str) -> str:
        return re.sub(r"[a-z]+(?![a-z]*\})", lambda word: word.group().upper(), message)


def test_names_of_plans_and_their_amounts_can_be_translated():
    names = [remedies_wording.plan_name(Plan(LEVY, (other,))) for other in (QUOTA, PHASING)]
    with use_language(Shouting()):
        assert [translate(name).replace("\u00a0", " ") for name in names] == ["50 % OF PLACES", "PHASED OVER 5 PERIODS"]


def test_labels_of_buttons_can_be_translated(bully):
    with use_language(Shouting()):
        assert 'aria-label="SET 15\u00a0%: ' in remedies.render_remedy_table(bully)
