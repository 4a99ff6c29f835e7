"""What the sixteen corridors say for and against the model: the figures of section 5, and that verdicts follow them."""

import numpy as np
import pytest

from economy.evidence import corridor_facts
from economy.evidence.corridor_facts import (
    binding_access,
    britain,
    earlier_migrants,
    free_movement_holds,
    gulf,
    host_closure,
    many_agreements,
    numbers_without_limit,
    paradox_over_corridors,
)
from economy.evidence.corridor_survey import labour_gap, refit_with_labour_gap, survey_corridors, survey_treaties

WITHOUT_LIMIT = ("MEX-USA", "TUR-DEU", "IND-USA", "FJI-NZL")


def test_twelve_corridors_and_four_treaties():
    assert len(survey_corridors()) == 12
    assert tuple(survey_treaties()) == ("POL-GBR", "BFA-CIV", "DEU-FRA", "NZL-AUS")


def test_a_managed_treaty_at_today_s_number_gains_for_both_everywhere():
    figures = many_agreements().figures
    assert list(figures.values()) == pytest.approx([1, 7 / 12])


def test_binding_access_rests_on_covered():
    """Everybody covered: all twelve bind a rise. Newcomers only: the four without a limit, with a levy eleven."""
    found = binding_access()
    shares = [value * 12 for value in found.figures.values()]
    assert shares == pytest.approx([12, 12, 11, 12, 4, 11])
    wide = [one for code, one in survey_corridors().items() if code not in WITHOUT_LIMIT]
    rises = [one.report.limits.self_enforcing for one in wide]
    assert (min(rises), max(rises)) == pytest.approx((0.20, 1.25))
    levied = [one.limits[0.0].self_enforcing_with_levy for one in wide]
    assert sum(rise > 0 for rise in levied) == 7
    assert (np.nanmin(levied), np.nanmax(levied)) == pytest.approx((0.85, 3.50))


def test_four_corridors_have_no_limit_and_in_the_others_the_rest_is_a_bully_game():
    found = numbers_without_limit()
    assert list(found.figures.values()) == [4, 8, 12]
    assert all(code in found.reading for code in WITHOUT_LIMIT)
    assert tuple(code for code, one in survey_corridors().items() if one.has_no_limit) == WITHOUT_LIMIT


def test_the_gulf():
    figures = gulf().figures
    assert [figures["smallest limit"], figures["largest limit"]] == pytest.approx([0.2, 1.2])
    assert figures["best payoff from sending all home"] < 0


def test_no_host_gains_by_sending_all_home_and_nine_would_with_the_cost_on_the_whole_stock():
    figures = host_closure().figures
    assert figures["hosts that gain by it"] == 0
    assert 12 * figures["hosts that gain, public cost on everybody"] == pytest.approx(9)
    closing = [one.report.close for one in survey_corridors().values()]
    assert (min(closing), max(closing)) == pytest.approx((-1.88, -0.10), abs=6e-3)
    whole = {code: one.close_whole_stock for code, one in survey_corridors().items()}
    assert (whole["NPL-QAT"], whole["IND-ARE"]) == pytest.approx((4.0, 14.3), abs=0.05)


def test_two_of_four_treaties_hold():
    figures = free_movement_holds().figures
    assert [figures["treaties that hold"], figures["treaties that hold at no openness"]] == [2, 1]
    assert -0.01 < figures["NZL-AUS, smallest margin in % of GDP"] < 0
    held = {code: one.holds for code, one in survey_treaties().items()}
    assert held == {"POL-GBR": True, "BFA-CIV": False, "DEU-FRA": True, "NZL-AUS": False}


def test_britain_gains_by_staying():
    figures = britain().figures
    assert list(figures.values()) == pytest.approx([0.1984, 0.0043], abs=6e-5)


def test_the_paradox_is_not_visible_across_the_corridors():
    """The specification, from rounded gains: +.79 and +.09."""
    found = paradox_over_corridors()
    assert list(found.figures.values())[:2] == pytest.approx([0.80, 0.09], abs=5e-3)
    assert "does not make it visible" in found.reading


def test_earlier_migrants_gain_by_better_terms_and_lose_by_competition():
    found, rows = earlier_migrants(), survey_corridors()
    assert found.figures["corridors where they lose"] == 0
    assert all(one.competition < 0 < one.terms for one in rows.values())
    both = {code: one.terms + one.competition for code, one in rows.items()}
    assert (min(both.values()), max(both.values())) == pytest.approx((0.168, 0.912), abs=6e-4)
    spain = rows["MAR-ESP"]
    assert spain.terms + spain.competition == pytest.approx(0.343, abs=6e-4)
    assert spain.competition == pytest.approx(-0.008, abs=1e-3)


# ---- verdicts follow from figures


class Unlike:
    """A surveyed corridor with some values replaced."""

    def __init__(self, one, **values):
        self._one = one
        self.__dict__ |= values

    def __getattr__(self, name):
        return getattr(self._one, name)


def replaced(monkeypatch, **values):
    rows = {code: Unlike(one, **values) for code, one in survey_corridors().items()}
    monkeypatch.setattr(corridor_facts, "survey_corridors", lambda: rows)


def test_a_host_that_gained_by_closing_would_be_a_failure(monkeypatch):
    report = survey_corridors()["MAR-ESP"].report
    replaced(monkeypatch, report=report._replace(close=0.1))
    assert (host_closure().verdict, gulf().verdict) == ("fail", "partly")


def test_earlier_migrants_who_lost_would_be_a_pass(monkeypatch):
    replaced(monkeypatch, terms=0.0, competition=-0.1)
    assert earlier_migrants().verdict == "pass"


def test_limits_everywhere_would_be_a_pass(monkeypatch):
    replaced(monkeypatch, has_no_limit=False)
    found = numbers_without_limit()
    assert (found.verdict, found.reading) == ("pass", "")


def test_no_rise_anywhere_would_be_a_pass(monkeypatch):
    limits = survey_corridors()["MAR-ESP"].limits
    nothing = {covered: found._replace(self_enforcing=np.nan) for covered, found in limits.items()}
    replaced(monkeypatch, limits=nothing)
    assert binding_access().verdict == "pass"


# ---- the gap of labour incomes


def test_a_gap_of_labour_incomes_needs_both_labour_shares():
    assert labour_gap("MAR-ESP") == pytest.approx(3.785 * 0.555 / 0.485, rel=1e-3)
    assert labour_gap("NPL-QAT") is None
    assert refit_with_labour_gap("NPL-QAT") is None
    refitted = refit_with_labour_gap("MAR-ESP")
    assert refitted is not None
    assert refitted.gap == labour_gap("MAR-ESP")
    assert float(refitted.today) != pytest.approx(float(survey_corridors()["MAR-ESP"].corridor.parameters.today))
