"""The debrief leads with the gain of everybody, movers included, wherever that is what was left on the table."""

# pyright: reportOptionalMemberAccess=false

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import scenarios
from agents import simulate
from agents.table import prepare_table
from economy.account_names import ACCOUNT_LABELS, ACCOUNTS
from games.bargaining.frontier import bargaining_points
from negotiation.outcome.metrics import measure_total_gain
from negotiation.ratification.win_sets import ratifiable
from scenarios.reading import read
from tests.present import present
from views.cli import app as cli_app
from views.negotiate import debrief
from views.wording.phrases import format_short
from views.wording.screen import numbers

ROOT = Path(__file__).parents[2]
LIMIT = 600
"""Seconds that a page may take on a busy machine; it takes one."""
CASES = ("one-way-flow", "alike-neighbours", "morocco-spain", "germany-france", "mexico-usa")


def gain(case, package=None):
    return measure_total_gain(prepare_table(read(case)).preferences, package)


def page(case, **link):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LIMIT)
    app.switch_page("views/pages/negotiate.py")
    for key, value in {"case": case, **link}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return [piece.proto.body for piece in app.get("html")]


def test_the_numbers_are_those_of_the_case():
    """By hand: +115 to those who move, -34 to Northmark and +19 to Sudora, at places, places and stay on top."""
    found = gain("one-way-flow")
    assert (found.possible, found.realised, found.signable) == (100, 0, 4)
    assert found.parts == {"host natives": -34, "origin natives": 19, "new migrants": 115}
    assert found.out_of_reach


@pytest.mark.parametrize("case", CASES)
def test_possible_signable_and_realised_are_what_analyse_counts(case):
    scenario = read(case)
    preferences, told = prepare_table(scenario).preferences, scenarios.analyse(scenario).to_dict()["packages"]
    passing = np.flatnonzero(ratifiable(preferences))
    package = int(passing[len(passing) // 2])
    found = gain(case, package)
    assert found.possible == pytest.approx(told["largest_total"][0]["total"])
    assert found.realised == pytest.approx(preferences.totals[package])
    assert found.signable == pytest.approx(preferences.totals[passing].max())
    assert sum(found.parts.values()) - (found.cost_of_moving or 0) == pytest.approx(found.possible)
    assert found.signable <= found.possible


@pytest.mark.parametrize("case", ["morocco-spain", "germany-france", "mexico-usa"])
def test_the_gain_of_a_derived_case_is_net_of_what_moving_costs(case):
    found = gain(case)
    assert list(found.parts) == list(ACCOUNTS)
    assert present(found.cost_of_moving) > 0
    assert gain("one-way-flow").cost_of_moving is None


def test_nothing_is_said_where_nobody_knows_what_movers_gain():
    preferences = prepare_table(read("one-way-flow")).preferences
    known = replace(preferences, accounts=preferences.accounts[:, :2], accounts_of=preferences.accounts_of[:2])
    assert measure_total_gain(known, 0) is None
    assert measure_total_gain(replace(preferences, accounts=-np.abs(preferences.accounts)), 0) is None


@pytest.mark.parametrize("seat", ["northmark", "watch"])
def test_the_debrief_of_the_one_way_flow_leads_with_it(seat):
    link = {"seat": "watch", "step": "999"} if seat == "watch" else {"seat": seat, "moves": "x0"}
    texts = page("one-way-flow", **link)
    first = next(at for at, text in enumerate(texts) if "w-facts" in text)
    assert "Possible gain, those who move included" in texts[first]
    assert re.search(r">100 points<", texts[first])
    assert ("You realised" if seat != "watch" else "They realised") in texts[first]
    assert all("were better for both" not in text for text in texts[: first + 1])
    assert "115 to new migrants" in " ".join(texts)


def test_you_realised_what_the_deal_brings_to_all():
    """Data exchange and nothing else: two points to each government."""
    table = prepare_table(read("one-way-flow"))
    assert gain("one-way-flow", table.agenda.package((0, 0, 0, 0, 0, 0, 3))).realised == 4


def test_any_case_leads_with_it_where_less_than_half_could_be_signed(tmp_path):
    """The same case with movers who gain a hundredth, and one in which they gain a hundredfold."""
    preferences = prepare_table(read("alike-neighbours")).preferences
    assert not measure_total_gain(preferences, 0).out_of_reach
    barred = preferences.accounts.copy()
    barred[~ratifiable(preferences), 1] *= 100
    assert measure_total_gain(replace(preferences, accounts=barred), 0).out_of_reach


def test_a_debrief_leads_with_the_deal_where_the_gain_can_be_signed():
    texts = page("alike-neighbours", moves="x0")
    assert not any("Possible gain, those who move included" in text for text in texts)
    assert any("The largest gain that was possible" in text for text in texts)


def test_the_debrief_of_a_derived_case_says_the_gain_net_with_what_it_leaves_out():
    texts = " ".join(page("morocco-spain", seat="spain", moves="x0"))
    found = gain("morocco-spain")
    assert "The largest net gain that was possible, with those who move, is" in texts
    assert f"and what moving costs people takes {format_short(present(found.cost_of_moving))} of it" in texts
    assert f"incomes change by {format_short(sum(found.parts.values()), plus=True)} (" in texts
    assert "It leaves out third countries and the rent of the capital that follows labour." in texts
    assert "You realised 0 net" in texts


def test_the_debrief_of_a_derived_case_has_the_table_of_money_accounts():
    texts = " ".join(page("morocco-spain", seat="spain", moves="x0"))
    body = texts.partition("w-accounts")[2].partition("</table>")[0]
    heads = [*ACCOUNT_LABELS.values(), "Sum: income", "Cost of moving", "Welfare"]
    assert [body.index(head) for head in heads] == sorted(body.index(head) for head in heads)
    assert "Old and new migrants have no seat at the table." in texts


def test_new_migrants_at_the_nash_point_are_told_with_what_they_send_home():
    table = prepare_table(read("morocco-spain"))
    preferences = table.preferences
    nash = bargaining_points(preferences.values, preferences.walk_away).nash[0]
    told = debrief.migrants_at_nash(table)
    amounts = numbers([preferences.money.total[nash, 3], preferences.money.sent_home[nash]], 2)
    assert told == (
        f"At the Nash point new migrants would have had +{amounts[0]}, and {amounts[1]} more would have gone home to "
        "their families. They have no seat and no vote."
    )
    assert "more would have gone home" not in debrief.migrants_at_nash(prepare_table(read("one-way-flow")))


def test_simulate_says_it_too(capsys):
    cli_app.run(["simulate", "one-way-flow"])
    out = capsys.readouterr().out
    outcome = simulate(read("one-way-flow"))
    realised = round(outcome.whole.realised)
    row = next(line for line in out.splitlines() if line.startswith("Gain, those who move included"))
    assert row.split()[-3:] == [str(realised), "of", "100"]
    lines = out.splitlines()
    assert lines.index(row) < next(at for at, line in enumerate(lines) if "joint gain" in line)


def test_the_edge_of_the_payoff_space_is_the_best_for_the_two_and_not_the_best_possible():
    sources = (ROOT / "views").rglob("*.py")
    assert not [path.name for path in sources if "best possible" in path.read_text(encoding="utf-8")]
