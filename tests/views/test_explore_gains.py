"""Gross gains stand beside net gains, and every sentence of the page on them follows from the numbers of the pair."""

import re
from dataclasses import replace

import numpy as np
import pytest

from economy.account_names import ACCOUNTS
from economy.accounts.documents import account_documents, account_sums
from economy.corridors.fitting import corridor
from economy.corridors.limits import limits_if_covered, report_expansion
from economy.evidence.unlikeness import trace_unlikeness
from economy.model.payoffs import solve_accounts, solve_with_accounts
from economy.parameters import preset
from views.explore import gains, sentences, tables, view_model
from views.explore.dials import PAIRS, base, parameters, start_settings, values_by_key

ALIKE, UNLIKE = PAIRS["Two alike neighbours"], PAIRS["From alike to unlike"]
MOROCCO, MEXICO = PAIRS["Morocco and Spain"], PAIRS["Mexico and the US"]
FRANCE, IVORY = PAIRS["Germany and France"], PAIRS["Two in West Africa"]


def at(pair, **changes):
    return tuple((values_by_key(pair, start_settings(pair)) | changes).values())


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def unlike():
    return gains.trace_first_dial(UNLIKE, base(UNLIKE))


@pytest.fixture(scope="module")
def morocco():
    return gains.trace_expansion(base(MOROCCO))


DIAL = {
    0.0: (2.211, 0.908, 1.0, 0.908, 1.0, 2.211, 0.908),
    0.1: (2.584, 0.932, 1.0, 0.932, 1.0, 2.584, 0.932),
    0.2: (3.360, 0.985, 1.0, 0.985, 0.95, 3.213, 0.956),
    0.3: (4.646, 1.026, 1.0, 1.026, 0.275, 1.485, 0.445),
    0.4: (6.572, 1.000, 0.875, 0.985, 0.0, 0.000, 0.000),
    0.5: (9.292, 0.998, 0.6, 0.759, 0.0, 0.000, 0.000),
    0.6: (12.994, 1.036, 0.45, 0.249, 0.0, 0.000, 0.000),
    0.7: (17.903, 1.102, 0.325, -0.558, 0.0, 0.000, 0.000),
    0.8: (24.292, 1.193, 0.275, -1.455, 0.0, 0.000, 0.000),
    0.9: (32.460, 1.305, 0.225, -1.908, 0.0, 0.000, 0.000),
    1.0: (42.692, 1.439, 0.175, -1.189, 0.0, 0.000, 0.000),
}
"""The table of the specification, section 6, with the digits of its prototype.

Gross, best net, its openness, net of full opening, signed openness, signed gross and signed net."""


@pytest.mark.parametrize("degree", DIAL)
def test_the_dial_from_alike_to_unlike_is_the_table_of_the_specification(unlike, degree):
    found = unlike.at(degree).summary
    assert (
        found.possible,
        found.best_net,
        found.best_level,
        found.full_net,
        found.level_both_sign or 0.0,
        found.signed_gross,
        found.signed_net,
    ) == pytest.approx(DIAL[degree], abs=6e-4)


@pytest.mark.parametrize(
    ("degree", "gross", "net"), [(0.0, 1.0, 1.0), (0.1, 1.0, 1.0), (0.2, 0.96, 0.97), (0.3, 0.32, 0.43), (0.4, 0, 0)]
)
def test_the_part_that_both_sign_falls_from_all_to_nothing(unlike, degree, gross, net):
    found = unlike.at(degree).summary
    assert (round(found.share_gross, 2), round(found.share_net, 2)) == (gross, net)


def test_the_dial_is_that_of_the_evidence(unlike):
    known = trace_unlikeness(np.array(unlike.steps)).gains
    assert [each.signed_net for each in unlike.summaries] == pytest.approx(list(known.net_signed))
    assert [each.best_net for each in unlike.summaries] == pytest.approx(list(known.best_net))


def test_the_settings_of_dial_and_openness_do_not_change_the_curves(unlike):
    moved = gains.trace_first_dial(UNLIKE, parameters(UNLIKE, at(UNLIKE, unlike=0.7, admit=50.0)))
    assert moved.summaries == unlike.summaries
    gap = base(ALIKE).replace(gap=5.0, openness=0.9)
    assert gains.trace_first_dial(ALIKE, gap).summaries == gains.trace_first_dial(ALIKE, base(ALIKE)).summaries


@pytest.mark.parametrize("pair", [ALIKE, UNLIKE, FRANCE], ids=lambda pair: pair.title)
def test_every_step_of_the_dial_of_openness_is_a_level_that_is_tried(pair):
    levels = gains.trace_first_dial(pair, base(pair)).at(pair.first[0].low).levels
    steps = pair.level.steps * pair.level.scale
    assert np.isclose(steps[:, None], np.array(levels)).any(axis=1).all()


def test_a_corridor_has_the_row_of_the_specification(morocco):
    found, limits = morocco.summary, gains.trace_limits(base(MOROCCO))
    assert (found.best_level, found.level_both_sign, morocco.pool) == (pytest.approx(3.25), pytest.approx(0.60), None)
    assert (found.best_net, found.signed_net) == pytest.approx((1.70, 0.78), abs=0.005)
    assert (found.possible, found.full_net) == pytest.approx((9.8046, 1.6378), abs=6e-5)
    told = {share: (each.self_enforcing, each.self_enforcing_with_levy) for share, each in limits.limits}
    assert told == {
        1.0: pytest.approx((0.60, 3.15)),
        0.5: pytest.approx((0.15, 2.60)),
        0.0: pytest.approx((np.nan, 1.75), nan_ok=True),
    }
    assert gains.list_classes(MOROCCO, base(MOROCCO)).classes == (*["stag-hunt"] * 3, *["bully"] * 3)


@pytest.mark.parametrize("pair", [MOROCCO, MEXICO], ids=lambda pair: pair.title)
def test_limits_are_those_of_the_corridor_report(pair):
    fitted = corridor(pair.start).parameters
    report, half = report_expansion(fitted), limits_if_covered(fitted, 0.5)
    found = dict(gains.trace_limits(base(pair)).limits)
    assert tuple(found[1.0]) == pytest.approx(tuple(report.limits))
    assert tuple(found[0.5]) == pytest.approx(tuple(half))
    assert gains.list_classes(pair, base(pair)).classes == report.classes
    traced = gains.trace_expansion(base(pair)).summary
    assert traced.best_net == pytest.approx(float(report.gains.best_net))
    assert traced.possible == pytest.approx(float(report.gains.potential_gross))


def test_beyond_the_pool_the_curve_goes_on_and_the_summary_ends(morocco):
    found = gains.trace_expansion(base(MEXICO))
    assert found.pool == pytest.approx(1.5131, abs=1e-4)
    assert found.levels[-1] == 4.0
    assert found.summary.full_level == found.summary.best_level == found.summary.level_both_sign == found.pool
    assert (found.summary.best_net, found.summary.share_net) == (pytest.approx(3.48, abs=0.005), 1.0)
    lines = view_model.build_levels(MEXICO, found)
    stakes, accounts = solve_with_accounts(parameters(MEXICO, at(MEXICO, expansion=200)))
    assert lines.at(200) == pytest.approx((float(accounts.gdp[0, 0]), float(accounts.welfare[0, 0])))
    assert lines.runs[-1][1] == lines.count < len(lines.levels)
    assert view_model.build_levels(MOROCCO, morocco).count == len(morocco.levels)
    assert float(stakes.gdp_gain[0, 0]) * 100 == pytest.approx(lines.at(200)[0])


def test_treaties_in_force_hold_where_the_specification_says():
    """Section 5: Germany and France only near full openness (.1 to .5 deadlock, .75 bully); West Africa never."""
    france = gains.trace_first_dial(FRANCE, base(FRANCE)).at(1.1)
    assert gains.list_classes(FRANCE, base(FRANCE)).classes == (*["deadlock"] * 3, "bully", "stag-hunt")
    assert france.signed[-1]
    assert not any(holds for level, holds in zip(france.levels, france.signed, strict=True) if level <= 0.75)
    ivory = gains.trace_first_dial(IVORY, base(IVORY)).at(2.8)
    assert not any(ivory.signed)
    assert set(gains.list_classes(IVORY, base(IVORY)).classes) == {"bully"}
    verdicts = [
        sentences.treaty_verdict(pair, start_settings(pair), found)
        for pair, found in ((FRANCE, france), (IVORY, ivory))
    ]
    assert verdicts[0].endswith("In the model it holds.")
    assert verdicts[1].endswith("In the model it does not hold at full opening: here the model fails.")
    assert "ECOWAS" in verdicts[1]
    assert sentences.treaty_verdict(FRANCE, at(FRANCE, crowding=0.0), france).endswith(sentences.MOVED)


# -- accounts


@pytest.mark.parametrize(
    ("parameters_of", "totals", "sums"),
    [
        (preset("symmetric"), (0.1192, 0, 0.1192, 0.2265), (0.4648, 0.2224, 0.2424, 0.5950)),
        (preset("asymmetric").replace(openness=0.05), (-0.1262, 0, 0.3820, 1.2967), (1.5526, None, 0.7131, 2.8053)),
        (preset("asymmetric"), (-2.3595, 0, 1.6610, 5.7879), (5.0894, None, 1.3044, 12.5331)),
        (base(MOROCCO), (0.070, 0.343, 0.305, 0.700), (1.4176, 0.7099, 0.7076, 1.6669)),
    ],
)
def test_the_accounts_are_those_of_the_specification(parameters_of, totals, sums):
    view = view_model.view_accounts(solve_accounts(parameters_of))
    assert tuple(view.accounts) == ACCOUNTS
    assert [account.total for account in view.accounts.values()] == pytest.approx(totals, abs=6e-4)
    found = (view.sums.income, view.sums.cost_of_moving, view.sums.welfare, view.sums.gdp)
    for value, known in zip(found, sums, strict=True):
        assert known is None or value == pytest.approx(known, abs=6e-5)


def test_the_view_shows_the_accounts_as_the_documents_of_every_face():
    accounts = solve_accounts(base(MOROCCO))
    view = view_model.view_accounts(accounts)
    both = accounts.cell(0, 0)
    assert dict(view.accounts) == account_documents(both)
    assert view.sums == account_sums(both)
    assert [row.key for row in view.rows[:4]] == list(ACCOUNTS)
    assert sum(row.total for row in view.rows[:4]) == pytest.approx(view.sums.income)


def test_the_reciprocity_index_stands_with_both_numbers_of_people():
    """Morocco and Spain at half as many again: 785,884 and 4,421 people today."""
    stakes, _ = solve_with_accounts(base(MOROCCO))
    found = view_model.balance_flows(MOROCCO, stakes)
    assert found.there == pytest.approx(1.5 * 785_884, rel=1e-6)
    assert found.back == pytest.approx(1.5 * 4_421, rel=1e-4)  # the size of the origin has four digits
    assert found.index == pytest.approx(1 - (found.there - found.back) / (found.there + found.back))
    text = plain(sentences.flow_sentence(MOROCCO, found))
    for part in ("1.18 million", "6.6 thousand", "Today: 786 thousand and 4.4 thousand", "Reciprocity index 0.01"):
        assert part in text
    stakes, _ = solve_with_accounts(base(ALIKE))
    alike = view_model.balance_flows(ALIKE, stakes)
    assert (alike.index, alike.people, alike.today) == (pytest.approx(1.0), False, None)
    assert "of the host’s workers" in sentences.flow_sentence(ALIKE, alike)


# -- sentences


def test_the_paradox_is_said_of_the_part_and_with_its_numbers(unlike):
    text = plain(sentences.paradox_sentences(("0", "1"), unlike.summaries, choices=True))
    assert sentences.PARADOX in text
    assert sentences.CHOICES in text
    for part in ("+42.69 % of output", "−1.19 % net", "+0.91 % to +1.44 % net", "100 % to 0 % gross"):
        assert part in text
    assert "the smaller the part that both sign" in text


SUMMARY = gains.GainSummary(
    possible=10.0,
    full_net=2.0,
    full_level=1.0,
    best_gross=8.0,
    best_net=4.0,
    best_level=0.8,
    signed_gross=5.0,
    signed_net=2.0,
    level_both_sign=0.5,
)


@pytest.mark.parametrize(
    ("changes", "wanted", "missing"),
    [
        ({"possible": 20.0, "best_net": 6.0}, sentences.PARADOX, sentences.SHARE_SAME),
        ({"possible": 20.0, "best_net": 3.9, "signed_net": 1.0}, sentences.NET_SAME, sentences.PARADOX),
        ({"possible": 20.0, "best_net": 6.0, "signed_net": 4.0}, sentences.SHARE_SAME, sentences.PARADOX),
        ({"possible": 10.0, "best_net": 6.0, "signed_net": 2.5}, sentences.SHARE_SAME, sentences.PARADOX),
    ],
)
def test_the_paradox_is_not_said_where_the_numbers_do_not_show_it(changes, wanted, missing):
    text = sentences.paradox_sentences(("1", "6"), [SUMMARY, replace(SUMMARY, **changes)])
    assert wanted in text
    assert missing not in text


def test_the_strong_form_is_about_the_net_gain_that_both_sign():
    more, less = ({"possible": 20.0, "best_net": 8.0, "signed_net": net} for net in (2.5, 1.5))
    assert "the strong form of the paradox fails" in sentences.paradox_sentences(
        ("1", "6"), [SUMMARY, replace(SUMMARY, **more)]
    )
    assert "the strong form of the paradox holds" in sentences.paradox_sentences(
        ("1", "6"), [SUMMARY, replace(SUMMARY, **less)]
    )


def test_no_paradox_and_no_deal_are_told_apart():
    full = replace(SUMMARY, level_both_sign=1.0)
    none = replace(SUMMARY, level_both_sign=None, signed_gross=0.0, signed_net=0.0)
    assert sentences.paradox_sentences(("1", "6"), [full, full]) == sentences.NO_PARADOX
    assert sentences.paradox_sentences(("1", "6"), [none, none]) == sentences.NEVER


@pytest.mark.parametrize(
    ("degree", "words"),
    [
        (0.0, "Full opening is best here: +2.21 % gross, +0.91 % net."),
        (1.0, "Full opening is too much here: it brings"),
    ],
)
def test_full_opening_is_best_between_equals_and_too_much_between_unlike_countries(unlike, degree, words):
    text = plain(sentences.full_opening(unlike.at(degree).summary, people=False))
    assert text.startswith(words)
    assert "% net" in text


def test_more_people_are_not_always_better(morocco):
    text = plain(sentences.full_opening(morocco.summary, people=True))
    assert text.startswith("More is not always better here: +400 % brings +9.80 % gross and +1.64 % net, ")
    assert text.endswith("and the best, +325 %, +1.70 % net.")
    mexico = gains.trace_expansion(base(MEXICO)).summary
    assert "It is best that all who are willing come, at +151 %" in plain(
        sentences.full_opening(mexico, people=True, pool=True)
    )


@pytest.mark.parametrize("title", PAIRS)
def test_a_gross_gain_of_full_opening_never_stands_without_its_net_gain(title):
    """Section 6: no money sum of full opening without its net."""
    pair = PAIRS[title]
    if pair.kind == "today":
        found = [gains.trace_expansion(base(pair)).summary]
    else:
        found = list(gains.trace_first_dial(pair, base(pair)).summaries)
        text = plain(sentences.paradox_sentences(("1", "6"), found))
        assert ("of output" in text) == ("net." in text)
    for each in found:
        text = plain(sentences.full_opening(each, people=pair.kind == "today"))
        assert text.count("gross") == 1
        assert text.count("net") >= 1
        table = tables.gain_table_html(each, people=pair.kind == "today")
        assert len(re.findall("<tr><th", table.split("<tbody>")[1])) == 3


def test_levels_that_both_sign_are_told_as_ranges(morocco):
    assert plain(sentences.level_ranges(morocco, people=True)) == "Levels at which both sign: +0 % to +60 %."
    holes = replace(morocco, signed=tuple(number in {0, 1, 2, 5, 8, 9} for number in range(len(morocco.levels))))
    assert plain(sentences.level_ranges(holes, people=True)).endswith("+0 % to +10 %, +25 %, +40 % to +45 %.")
    none = replace(morocco, signed=(False,) * len(morocco.levels))
    assert sentences.level_ranges(none, people=True) == sentences.NO_RANGE


def test_failures_of_corridors_are_printed_as_failures():
    told = {
        pair.title: sentences.corridor_verdict(pair, start_settings(pair), gains.trace_limits(base(pair)))
        for pair in (MOROCCO, MEXICO)
    }
    assert "The model says that +60 % would hold without a levy" in plain(told[MOROCCO.title])
    assert "here the model fails" in told[MOROCCO.title]
    assert told[MEXICO.title] == sentences.FAILS_OPEN
    moved = at(MOROCCO, crowding=4.0)
    limits = gains.trace_limits(parameters(MOROCCO, moved))
    assert sentences.corridor_verdict(MOROCCO, moved, limits) == sentences.MOVED
    only_levy = at(MOROCCO, levy=10, covered=0, expansion=200)
    assert sentences.corridor_verdict(MOROCCO, only_levy, gains.trace_limits(base(MOROCCO))) == told[MOROCCO.title]


def test_a_corridor_that_refuses_every_rise_is_no_failure():
    limits = gains.trace_limits(base(MOROCCO))
    none = replace(limits, limits=((1.0, limits.limits[2][1]), *limits.limits[1:]))
    assert sentences.corridor_verdict(MOROCCO, start_settings(MOROCCO), none) == sentences.REFUSED


@pytest.mark.parametrize(
    ("limit", "pool", "text"),
    [
        (float("nan"), None, "none"),
        (0.0, None, "today’s number, managed by both"),
        (0.6, None, "+60 %"),
        (4.0, None, "+400 % or more"),
        (1.5131, 1.5131, "+151 %, all who are willing"),
    ],
)
def test_a_limit_says_where_it_ends(limit, pool, text):
    assert plain(sentences.format_limit(limit, pool)) == text


def test_the_dial_of_people_is_told_in_people():
    text = plain(sentences.people_sentence(MOROCCO, 0.5, 785_884, None))
    assert text == "Spain: 786 thousand people from Morocco live there today; +50 % are 393 thousand more."
    text = plain(sentences.people_sentence(MEXICO, 2.0, 10_853_105, 1.5131))
    assert "All who are willing to go there have come at +151 %, 16.4 million more" in text


@pytest.mark.parametrize(
    ("people", "text"),
    [
        (40, "40"),
        (4_421, "4.4 thousand"),
        (785_884, "786 thousand"),
        (999_600, "1.00 million"),
        (1.09e7, "10.9 million"),
    ],
)
def test_people_are_counted_in_thousands_and_millions(people, text):
    assert sentences.format_people(people) == text


def test_tables_of_a_corridor_hold_classes_people_and_limits():
    html = plain(tables.class_table_html(gains.list_classes(MOROCCO, base(MOROCCO)), 785_884))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td class="w-r">(.*?)</td><td>(.*?)</td></tr>', html)
    assert rows[2] == ("+50 %", "393 thousand", "Cooperation game (stag hunt)")
    assert rows[3] == ("+100 %", "786 thousand", "“Bully” game")
    html = plain(tables.limit_table_html(gains.trace_limits(base(MOROCCO))))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>', html)
    assert rows == [("100 %", "+60 %", "+315 %"), ("50 %", "+15 %", "+260 %"), ("0 %", "none", "+175 %")]
