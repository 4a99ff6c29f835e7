"""Facts that were measured: the files are read as they stand, and each verdict follows from its figures."""

import numpy as np
import pytest

from economy.corridors.data import FOLDER
from economy.corridors.fitting import corridor
from economy.evidence import measured_facts, table_6_2
from economy.evidence.measured_facts import (
    pair_of,
    pay_ratio,
    place_premium,
    read_rows,
    recruitment_fees,
    seasonal_households,
    seasonal_places,
)
from economy.evidence.table_6_2 import PUBLISHED, WORLD_GAIN, table_patterns, world_bank_dose
from economy.model.payoffs import solve_bilateral
from economy.parameters import defaults, preset

# ---- data


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_every_data_file_has_a_source(path):
    assert f"`{path.name}`" in (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert read_rows(path.name)


def test_the_seasonal_scheme_grew_and_kept_to_its_limit():
    rows = read_rows("rse_new_zealand.csv")
    visas = [(float(row["rse_approved_visas"]), float(row["cap"])) for row in rows if row["rse_approved_visas"]]
    assert visas[-1][0] > 2 * visas[0][0]
    assert all(given < 1.06 * cap for given, cap in visas)


# ---- place premium


def test_the_ratio_of_pay_is_that_of_the_wages():
    """Two equal countries with equal skills: nobody earns more abroad but by what is used and matched."""
    p = preset("symmetric").replace(u0=0.5, u1=0.5)
    used = float(p.phi_U) * (1 + float(p.match))
    assert pay_ratio(p) == pytest.approx([used, used])
    mirrored = preset("symmetric")
    incomes, gdp = solve_bilateral(mirrored).incomes, solve_bilateral(mirrored).gdp
    wages = incomes[:, :2] * gdp[:, None] / np.array([[0.4, 0.6], [0.6, 0.4]])
    assert pay_ratio(mirrored) == pytest.approx(wages[0] / wages[1] * used)


def test_a_pair_of_the_table_is_its_corridor():

    for code in ("MEX-USA", "IND-USA"):
        ours, theirs = pair_of(*code.split("-")), corridor(code).parameters
        assert (ours.gap, ours.size) == pytest.approx((theirs.gap, theirs.size), rel=1e-3)
        assert (ours.u0, ours.u1, ours.theta, ours.kappa) == (theirs.u0, theirs.u1, theirs.theta, theirs.kappa)


def test_the_model_pays_less_skilled_workers_abroad_too_much():
    found = place_premium()
    assert found.verdict == "fail"
    assert found.figures["Philippines, less skilled"] == pytest.approx(14.95, abs=0.01)
    assert 3 < found.figures["Philippines, skilled"] < 8.4
    assert found.figures["India, less skilled"] > 8.4


def test_a_right_place_premium_would_pass(monkeypatch):
    monkeypatch.setattr(measured_facts, "pay_ratio", lambda p: np.array([4.0, 4.0]))
    found = place_premium()
    assert (found.verdict, found.reading) == ("pass", "")


# ---- recruitment, seasons


def test_months_of_pay_depend_on_the_length_of_the_contract():
    found = recruitment_fees()
    assert (found.verdict, found.standing) == ("partly", "in sample")
    p = defaults()
    assert found.figures["24 months, unmanaged"] == pytest.approx(24 * p.fee)
    assert found.figures["12 months, managed"] < 1
    assert found.figures["36 months, unmanaged"] > 7


def test_the_seasonal_scheme_is_a_tenth_of_what_would_hold():
    found = seasonal_places()
    assert found.verdict == "fail"
    assert found.figures["people from Fiji alone, thousand"] == pytest.approx(1.6256 * 64.271, rel=1e-3)
    assert found.figures["over the visas for the whole Pacific"] == pytest.approx(1.6256 * 64_271 / 11_102, rel=1e-3)


def test_a_seasonal_household_gains_too_much():
    found = seasonal_households()
    assert found.verdict == "fail"
    assert found.figures["rise of income, %"] == pytest.approx(114.1, abs=0.1)


def test_a_measured_gain_would_pass(monkeypatch):
    monkeypatch.setattr(measured_facts, "pay_ratio", lambda p: np.array([1.6, 1.6]))
    found = seasonal_households()
    assert found.verdict == "pass"
    assert found.figures["rise of income, %"] == pytest.approx(100 * 7 / 12 * (1.6 * 0.95 - 0.5) / 1.5)


# ---- Table 6.2


def test_the_published_accounts_add_up():
    assert sum(row.billions for row in PUBLISHED.values()) == pytest.approx(674, abs=1.5)
    assert PUBLISHED["new migrants"].billions / 674 == pytest.approx(0.71, abs=5e-3)
    assert WORLD_GAIN == 1.19


SPECIFIED = {0.0: (-0.104, 0.112, 0.547, 0.555, 0.130), 1.0: (-0.105, 0.114, 0.550, 0.558, 0.132)}
"""By kappa: host natives, origin natives, new migrants, their sum, sent home."""


@pytest.mark.parametrize("kappa", SPECIFIED)
def test_the_dose_is_that_of_the_specification(kappa):
    dose = world_bank_dose(kappa=kappa)
    total = dose.accounts.total
    figures = [total[0], total[2], total[3], dose.accounts.income, dose.accounts.sent_home]
    assert figures == pytest.approx(SPECIFIED[kappa], abs=6e-4)
    assert dose.share == pytest.approx(0.985, abs=1e-3)


def test_the_two_failures_of_table_6_2():
    """Migrants get nearly all, and natives of the host lose where they should gain."""
    share, natives = table_patterns()
    assert (share.verdict, natives.verdict) == ("fail", "fail")
    assert 0.8 < share.figures["share, capital immobile"] <= 1
    assert share.figures["without fees, crowding and unused skills"] == pytest.approx(0.874, abs=1e-3)
    assert natives.figures["% of the host's GDP, capital immobile"] == pytest.approx(-0.205, abs=6e-4)
    assert natives.figures["wages and capital alone, % of the pair's GDP"] == pytest.approx(0.010, abs=6e-4)


def test_a_share_within_the_range_would_pass(monkeypatch):
    monkeypatch.setattr(table_6_2, "SHARE_RANGE", (0.3, 1.0))
    assert table_patterns()[0].verdict == "pass"
