"""The texts of the case of Morocco and Spain: every figure in them is computed again, and none is left over."""

from __future__ import annotations

import re

import numpy as np
import pytest

from economy.corridors.fitting import corridor
from economy.corridors.limits import limits_if_covered, report_expansion
from economy.model.group_gains import GROUPS
from economy.model.payoffs import classify_games, solve_with_accounts
from economy.policy.windows import remedy_window
from negotiation.preferences.values import sum_by_voting_group, voting_groups
from scenarios import read
from tests.present import present

CASE = read("morocco-spain")
PARAMETERS, TEACHING = present(CASE.parameters), present(CASE.teaching)
FACTS = corridor("MAR-ESP")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
HOST, ORIGIN = 0, 1


@pytest.fixture(scope="module")
def solved():
    """Stakes and accounts with today's number, half as many again, and twice as many; the last also with a levy."""
    p = FACTS.parameters.replace(expansion=np.array([0.0, 0.5, 1.0, 1.0]), tax=np.array([0.0, 0.0, 0.0, 0.1]))
    return solve_with_accounts(p)


def rounded(numbers, places=2):
    return [f"{number:.{places}f}" for number in numbers]


def test_the_summary(solved):
    """People, their shares, and what the two numbers of people bring net."""
    welfare = solved[1].welfare[:, 0, 0]
    people, workers, willing = FACTS.migrants[0], FACTS.stock[0], float(FACTS.parameters.today)
    figures = [f"{people / 1000:.0f}", f"{100 * workers:.1f}", f"{100 * willing:.0f}", *rounded(welfare[[2, 1]])]
    assert NUMBER.findall(CASE.summary) == figures == ["786", "4.0", "18", "1.05", "0.71"]
    assert PARAMETERS.expansion == 1.0
    assert solved[0].payoffs[2, HOST, 0, 0] < 0, "Spain does not want it"


def test_what_theory_predicts(solved):
    stakes, money = solved
    payoffs, total = stakes.payoffs, money.total[:, 0, 0]
    limits = report_expansion(FACTS.parameters).limits
    newcomers = limits_if_covered(FACTS.parameters, 0.0)
    window = remedy_window(PARAMETERS)
    less_skilled = stakes.groups[3, HOST, 0, 0, GROUPS.index("scarce_U")]
    host, old, origin, new = range(4)
    figures = [
        *rounded(payoffs[0, :, 0, 0]),
        f"{0.5 * FACTS.migrants[0] / 1000:.0f}",
        *rounded([money.income[1, 0, 0], total[1, new], money.sent_home[1, 0, 0], total[1, old], total[1, origin]]),
        *rounded([total[1, host], money.cost_of_moving[1, 0, 0], payoffs[1, HOST, 0, 0], -payoffs[1, HOST, 0, 1]]),
        *rounded([money.welfare[2, 0, 0], money.welfare[1, 0, 0], -payoffs[2, HOST, 0, 0]]),
        f"{100 * limits.both:.0f}",
        f"{100 * float(window.low):.1f}",
        f"{100 * float(window.high):.0f}",
        "10",
        *rounded([total[3, host], total[3, new], total[3, old], total[2, old], total[3, origin], -less_skilled]),
        f"{100 * newcomers.self_enforcing_with_levy:.0f}",
    ]
    assert NUMBER.findall(TEACHING.predicts) == figures
    assert np.isnan(newcomers.both)
    groups = sum_by_voting_group(stakes.groups[3, HOST, 0, 0], voting_groups(PARAMETERS, HOST))
    assert (groups < 0).tolist() == [True, False, False, False], "only the less skilled vote against it"


def test_the_games(solved):
    kinds = [str(kind) for kind in classify_games(solved[0])]
    assert kinds[1:3] == ["stag-hunt", "bully"]
    assert NUMBER.findall(TEACHING.family) == ["60"]


def test_the_figures_of_the_specification(solved):
    """meaning.md, section 7: host and origin in (L,L), and the levy window."""
    assert solved[0].payoffs[:3, HOST, 0, 0] == pytest.approx([0.0828, 0.0253, -0.1121], abs=5e-5)
    assert solved[0].payoffs[:3, ORIGIN, 0, 0] == pytest.approx([2.5488, 6.5923, 10.4499], abs=5e-5)
    window = remedy_window(PARAMETERS)
    assert (float(window.low), float(window.high)) == (pytest.approx(0.024), pytest.approx(0.271))
