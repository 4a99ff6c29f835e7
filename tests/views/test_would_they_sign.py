"""What `winset analyse` says of an opening at the case's own openness, and of the largest one that holds."""

import re

import pytest

from economy.model.payoffs import solve_bilateral
from economy.policy.largest_openness import agreement_margins, conditions_hold
from scenarios import analyse, read
from views.text import analysis
from views.text.layout import Screen


def told(case, **changes):
    found = analyse(read(case, [f"economy.{key}={value}" for key, value in changes.items()]))
    return found, " ".join(" ".join(analysis.analysis(Screen(100), found)).split())


def test_a_no_at_the_openness_of_today_stands_beside_the_openness_that_would_hold():
    found, text = told("corridor:DEU-FRA")
    assert found.opening is not None
    assert not found.opening.holds
    assert found.opening.largest_openness == pytest.approx(0.58)
    assert "No at 7.74 %. At 58 % they would." in text


def test_two_lines_lead_from_the_money_of_the_groups_to_the_payoff_of_the_government():
    found, text = told("corridor:DEU-FRA")
    assert found.opening is not None
    for country in (0, 1):
        money = float(found.opening.stakes.groups[country, 0, 0].sum())
        payoff = float(found.opening.stakes.payoffs[country, 0, 0])
        block = text.split("Who gains if both open")[1].split("Together, in money")[country + 1]
        first, last = re.findall(r"[+−]\d\.\d+", block)[:2]
        assert float(first.replace("−", "-")) == pytest.approx(money, abs=0.006)
        assert float(last.replace("−", "-")) == pytest.approx(payoff, abs=0.006)
        assert block.index("Weighed by government") < block.index(last)
    assert "losses 1.2×, capital 1.2×, emigrants 0.5×" in text


@pytest.mark.parametrize("openness", [0.05, 0.3, 0.53, 0.9])
def test_the_sentence_is_there_exactly_where_the_two_answers_differ(openness):
    found, text = told("corridor:DEU-FRA", openness=openness)
    assert found.opening is not None
    holds = bool(conditions_hold(agreement_margins(solve_bilateral(found.opening.parameters))))
    assert ("At 58 % they would." in text) == (not holds)
