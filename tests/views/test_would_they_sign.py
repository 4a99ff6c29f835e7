"""What `winset analyse` says of an opening as the case stands, of more people than today, and of money."""

import re

import pytest

from economy.corridors.fitting import corridor
from economy.model.payoffs import solve_bilateral
from economy.policy.largest_openness import agreement_margins, conditions_hold
from scenarios import analyse, read
from views.text import analysis
from views.text.layout import Screen, display_width
from views.text.opening import beyond


def lines_of(case, width=80, **changes):
    found = analyse(read(case, [f"economy.{key}={value}" for key, value in changes.items()]))
    return found, analysis.analysis(Screen(width), found)


def told(case, **changes):
    found, lines = lines_of(case, 100, **changes)
    return found, " ".join(" ".join(lines).split()).replace("\u00a0", " ")


def rows(lines, title):
    """The lines of one section, each as its cells."""
    start = next(at for at, line in enumerate(lines) if line.startswith(f"── {title}"))
    end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith("── ")), len(lines))
    return [re.split(r" {2,}", line.strip().replace("\u00a0", " ")) for line in lines[start + 1 : end] if line.strip()]


@pytest.fixture(scope="module")
def morocco():
    return lines_of("corridor:MAR-ESP")[1]


@pytest.fixture(scope="module")
def doubled():
    return told("morocco-spain")[1]


def test_the_numbers_of_people_and_the_limits(morocco):
    answers = dict(row for row in rows(morocco, "Would they sign?") if len(row) == 2)
    assert answers == {
        "In Spain today": "786 thousand people",
        "Beyond that come": "+50 %: 393 thousand people",
        "Opening of both enforces itself": "yes",
        "Both governments gain by it": "yes",
        "Both gain, no levy, up to": "+60 %",
        "Holds by itself, no levy, up to": "+60 %",
        "Both gain, levy up to 20 %, up to": "+315 %",
        "Balance of the two flows, 0 to 1": "0.01 (1,179 there, 6.6 back)",
    }


def test_the_list_over_the_number_of_people(morocco):
    table = rows(morocco, "The game by the number of people")
    assert table[0] == ["beyond today's", "game", "Spain", "Morocco", "gross", "net"]
    assert [row[:2] for row in table[1:7]] == [
        ["0 %", "stag hunt"],
        ["+25 %", "stag hunt"],
        ["+50 %", "stag hunt"],
        ["+100 %", "bully"],
        ["+200 %", "bully"],
        ["+400 %", "bully"],
    ]
    assert table[3] == ["+50 %", "stag hunt", "+0.03", "+6.59", "+1.67", "+0.71"]
    assert table[4][2:] == ["−0.11", "+10.45", "+2.87", "+1.05"]


def test_the_limits_stand_side_by_side_for_all_half_and_newcomers(morocco):
    table = rows(morocco, "How far, by whom the treaty reaches")
    assert table[1] == ["No levy", "+60 %", "+15 %", "none"]
    assert [table[2][0], table[2][1], table[2][3]] == ["Levy up to 20 %", "+315 %", "+175 %"]
    assert table[3] == ["No levy, binding costs 0.1 %", "none", "none", "none"]


def test_net_stands_beside_gross_wherever_money_is_shown(morocco):
    table = rows(morocco, "What could be gained, gross and net")
    assert table[0] == ["gross", "net", "at"]
    assert table[1] == ["This opening", "+1.67", "+0.71", "+50 %"]
    assert table[4] == ["Signed", "+1.91", "+0.78", "+60 %"]
    text = " ".join(" ".join(morocco).replace("\u00a0", " ").split())
    assert "Signed is 19 % of the gross gain of the farthest opening, and 46 % of the largest net gain." in text
    assert "Potential gain" not in text


def test_the_accounts_and_the_two_parts_of_those_who_are_there(morocco):
    table = rows(morocco, "Accounts in money, if both open")
    assert ["Host natives", "+0.04", "+0.03", "+0.07"] in table
    assert ["Sum: income", "+1.53", "−0.12", "+1.42"] in table
    text = " ".join(" ".join(morocco).split())
    assert "the terms of the treaty bring them +0.35, the competition of the newcomers −0.01; together +0.34" in text


def test_both_rows_of_positions_and_the_payoffs_stand_side_by_side(morocco):
    table = rows(morocco, "Who gains at home")
    assert table[0] == ["alone", "position", "both", "position"]
    assert ["Scarce labour", "−0.35", "opposed", "−0.48", "opposed"] in table
    assert ["Residents", "−0.28", "weakly opposed", "+0.03", "neutral"] in table
    assert ["Weighed by government", "−0.35", "its payoff", "+0.03", "its payoff"] in table
    assert ["Weighed by government", "−0.06", "its payoff", "+6.59", "its payoff"] in table
    assert "Together, in money" not in " ".join(morocco)
    assert "Spain weighs: losses 1.2×, capital 1.2×, emigrants 0.5×." in morocco


def test_a_stable_opening_has_the_window_of_the_levy_and_the_best_phasing(morocco):
    text = " ".join(" ".join(morocco).replace("\u00a0", " ").split())
    assert "It holds without a levy, and with one of up to 27.2 % of what migrants earn abroad." in text
    assert "The net gain of the opening is largest when it is spread over 2 periods." in text


def test_twice_as_many_as_today_need_a_payment(doubled):
    assert "No at +100 % beyond today's number. At +60 % they would." in doubled
    assert "A levy of 2.4 % to 27.1 % of what migrants earn abroad is enough." in doubled
    assert re.search(r"A lump sum from Morocco of 0\.\d\d % of Spain’s GDP is enough at this opening", doubled)
    assert "2.4 to 27.1 %" in doubled


def test_a_large_opening_of_unlike_countries_has_no_remedy():
    found = analyse({"schema": 1, "title": "A pair", "economy": {"preset": "asymmetric"}})
    text = " ".join(" ".join(analysis.analysis(Screen(80), found)).split())
    assert "No levy on what migrants earn abroad is enough." in text
    assert "No lump sum from Origin is enough at this opening." in text
    assert "Nothing is signed: no opening holds by itself." in text


def test_people_run_out():
    _, text = told("corridor:MEX-USA")
    assert "More than +151 % do not come: then all who are willing are there." in text
    assert "Both gain, no levy, up to +151 %: all who are willing" in text
    assert "here the model fails" in text


def test_a_treaty_in_force_that_does_not_hold():
    _, text = told("corridor:BFA-CIV")
    assert "ECOWAS Protocol on free movement, 1979: in this model it does not hold." in text
    assert "The treaty holds no" in text
    assert "beyond today's" not in text


def test_a_treaty_that_holds_only_at_full_openness():
    found, text = told("corridor:DEU-FRA")
    assert found.opening is not None
    assert found.opening.holds
    assert "European Union: in this model it holds." in text
    assert "0.75 bully no" in text
    assert "1.00 stag hunt yes" in text


@pytest.mark.parametrize("openness", [0.05, 0.3, 0.75, 1.0])
def test_the_sentence_is_there_exactly_where_the_two_answers_differ(openness):
    found, text = told("corridor:DEU-FRA", openness=openness)
    assert found.opening is not None
    holds = bool(conditions_hold(agreement_margins(solve_bilateral(found.opening.parameters))))
    assert ("At 100 % they would." in text) == (not holds)


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("case", ["corridor:MEX-USA", "corridor:BFA-CIV", "bully", "three-purses"])
def test_the_text_fits_the_screen(case, width):
    assert [line for line in lines_of(case, width)[1] if display_width(line) > width] == []


def test_at_eighty_columns_only_names_of_remedies_are_cut(morocco):
    assert [line for line in morocco if "…" in line] == []


def test_people_beyond_today_have_a_sign():
    assert [beyond(share).replace("\u00a0", " ") for share in (0.0, 0.5, 3.15)] == ["0 %", "+50 %", "+315 %"]
    assert corridor("MAR-ESP").kind == "today"
