"""One state, all pictures: what a page shows comes from one economy."""

import re

import pytest

from economy.model.accounts import LABELS
from economy.model.payoffs import solve_bilateral
from economy.policy.largest_openness import agreement_margins, conditions_hold
from views.explore import view_model
from views.explore.dials import DIALS, GAP, INVENTED, PAIRS, base, parameters, start_settings
from views.text import analysis
from views.wording import screen

ALIKE = PAIRS["Two alike neighbours"]
UNLIKE = PAIRS["One rich, one poor"]


KEYS = [dial.key for dial in DIALS]


def at(pair, **changes):
    return tuple((dict(zip(KEYS, start_settings(pair), strict=True)) | changes).values())


@pytest.fixture(scope="module")
def unlike():
    economy = parameters(UNLIKE, start_settings(UNLIKE))
    return economy, solve_bilateral(economy)


def test_alike_neighbours_have_the_matrix_of_the_symmetric_preset():
    matrix = view_model.build_matrix(view_model.model_game(ALIKE, solve_bilateral(base(ALIKE))))
    row, column = matrix.payoffs
    assert [[round(value, 3) for value in line] for line in row] == [[0.271, -0.071], [0.123, 0]]
    assert [list(line) for line in zip(*column, strict=True)] == [pytest.approx(line) for line in row]
    assert matrix.stable == {(0, 0), (1, 1)}
    assert matrix.best[0] == [[True, False], [False, True]]


def test_in_the_bully_game_staying_closed_is_best_whatever_the_other_does(unlike):
    matrix = view_model.build_matrix(view_model.model_game(UNLIKE, unlike[1]))
    assert matrix.best == ([[False, False], [True, True]], [[True, False], [False, True]])
    assert matrix.stable == {(1, 1)}


def test_the_printed_table_follows_the_gap_and_says_that_only_its_order_counts():
    for gap, name in ((1.0, "cooperative"), (view_model.SWITCH, "bully")):
        play = view_model.printed_game(gap)
        assert play.game.name == name
        assert play.ordinal
        assert play.game.players == INVENTED
        assert view_model.build_polygon(play).whole


def test_the_printed_bully_table_has_nothing_to_share_and_needs_one_unit_from_outside():
    payment = view_model.printed_game(4.0).summary.side_payment
    assert payment is not None
    assert (payment.surplus, payment.outside_money) == (0, 1)
    assert "no side payment makes both better off" in payment.note


def test_host_groups_stand_as_in_table_6a3(unlike):
    host, origin, silent = view_model.group_blocks(UNLIKE, *unlike)
    assert [gain.position for gain in host.gains] == ["opposed", "weakly in favour", "neutral", "weakly opposed"]
    assert (host.heading, origin.heading, silent.heading) == ("Northmark, host", "Sudora, origin", screen.NO_SEAT)
    assert [gain.votes for gain in silent.gains] == [False]


def test_positions_are_named_in_the_order_of_the_labels_of_the_model():
    assert screen.POSITIONS == LABELS


def test_neither_of_two_equals_is_called_a_host():
    economy = base(ALIKE)
    assert view_model.group_blocks(ALIKE, economy, solve_bilateral(economy))[0].heading == "Northmark"


def test_every_gain_of_the_origin_is_shown_once(unlike):
    economy, stakes = unlike
    _, origin, silent = view_model.group_blocks(UNLIKE, economy, stakes)
    shown = sum(gain.change for gain in (*origin.gains, *silent.gains))
    assert shown == pytest.approx(float(stakes.groups[1, 0, 0].sum()))


WEIGHTS = ("w_U", "w_S", "w_K", "w_R", "w_M", "w_F", "w_T", "w_O")


@pytest.mark.parametrize("title", PAIRS)
@pytest.mark.parametrize("changes", [{}, {"levy": 10, "voice": 0.5}, {"loss": 1.0, "lobby": 1.0}])
def test_a_row_leads_from_the_money_of_the_groups_to_the_number_of_the_government(title, changes):
    pair = PAIRS[title]
    economy = parameters(pair, at(pair, **changes))
    stakes = solve_bilateral(economy)
    blocks = view_model.group_blocks(pair, economy, stakes)
    people = [4, 5]
    for country, block in enumerate(blocks[:2]):
        money, found = stakes.groups[country, 0, 0], block.weighed
        assert found is not None
        assert found.money == pytest.approx(float(money.sum()))
        felt = sum(
            float(getattr(economy, weight)) * change * (float(economy.loss) if change < 0 else 1)
            for weight, change in zip(WEIGHTS, money, strict=True)
        )
        foreign = float(economy.w_X) * float(stakes.groups[1 - country, 0, 0, people].sum()) * _gdps(stakes, country)
        assert found.payoff == pytest.approx(felt + foreign)
        assert found.payoff == view_model.build_matrix(view_model.model_game(pair, stakes)).payoffs[country][0][0]
    assert blocks[2].weighed is None


def _gdps(stakes, country):
    return float(stakes.gdp[1 - country] / stakes.gdp[country])


def test_the_row_names_every_weight_that_is_not_one():
    economy = base(UNLIKE).replace(w_X=0.5, kappa=0.5)
    (host, *_) = view_model.group_blocks(UNLIKE, economy, solve_bilateral(economy))
    assert host.weighed is not None
    assert host.weighed.how == "losses 1.2×, capital 1.2×, emigrants 0.5×, foreign migrants 0.5×"
    plain = base(UNLIKE).replace(loss=1.0, w_K=1.0, w_M=1.0)
    (host, *_) = view_model.group_blocks(UNLIKE, plain, solve_bilateral(plain))
    assert host.weighed is not None
    assert host.weighed.how == "every group counts once"
    assert host.weighed.payoff == pytest.approx(host.weighed.money)


def test_what_a_government_weighs_is_not_labelled_like_money(unlike):
    play = view_model.model_game(UNLIKE, unlike[1])
    for unit in (view_model.build_matrix(play).unit, view_model.build_polygon(play).unit, analysis.ECONOMY_UNIT):
        assert "weigh" in unit
    assert "not money" in view_model.build_matrix(play).unit
    assert "not money" in analysis.ECONOMY_UNIT


def test_the_paradox_curve_spans_the_dial_and_signs_no_more_than_is_possible():
    found = view_model.compute_openness_curve(base(ALIKE))
    assert (found.paradox.gap[0], found.paradox.gap[-1]) == (GAP.low, GAP.high)
    assert found.full[0]
    assert found.openness_at(3.0) == pytest.approx(0.17, abs=0.011)
    assert found.paradox.at(3.0) == pytest.approx((11.5, 2.5), abs=0.15)


def test_the_curve_depends_on_neither_its_own_gap_nor_the_openness():
    economy = base(ALIKE)
    assert view_model.compute_openness_curve(economy) == view_model.compute_openness_curve(
        economy.replace(gap=5.0, openness=0.9)
    )


def test_a_levy_makes_unlike_countries_sign_something():
    assert max(view_model.compute_openness_curve(base(UNLIKE)).paradox.signed) == 0
    assert view_model.compute_openness_curve(base(UNLIKE).replace(tax=0.2)).paradox.at(4.0)[1] > 0


def answered(pair, settings):
    """The answer, what is said beside it, whether both would sign there, and the best openness of the curve."""
    economy = parameters(pair, settings)
    stakes = solve_bilateral(economy)
    play = view_model.model_game(pair, stakes)
    best = view_model.compute_openness_curve(economy).openness_at(settings[0])
    beside = view_model.answer_difference(pair, stakes, settings, best)
    return (0, 0) in play.stable, beside, bool(conditions_hold(agreement_margins(stakes))), best


def test_germany_and_france_are_told_what_the_curve_knows():
    pair = PAIRS["Germany and France"]
    opens, beside, signs, best = answered(pair, at(pair, open=8))
    assert (opens, signs, best) == (False, False, 0.53)
    assert beside == "No at 8\u00a0%. At 53\u00a0% they would."


@pytest.mark.parametrize("title", PAIRS)
@pytest.mark.parametrize("gap", [1.0, 1.6, 2.6])
@pytest.mark.parametrize("openness", [1, 8, 25, 60, 100])
def test_answer_and_curve_never_contradict_each_other_without_a_sentence(title, gap, openness):
    """The answer is for the openness on the dial, the curve for the best one."""
    pair = PAIRS[title]
    opens, beside, signs, best = answered(pair, at(pair, gap=gap, open=openness))
    agree = opens == signs == (best > 0)
    assert bool(beside) == (not agree)
    if signs:
        assert best >= openness / 100
    if beside and best > 0:
        there = parameters(pair, at(pair, gap=gap, open=100 * best))
        assert conditions_hold(agreement_margins(solve_bilateral(there)))
        assert f"At {100 * best:g}\u00a0% they would." in beside


def test_an_opening_that_is_stable_and_yet_costs_a_country_is_no_yes_without_a_word():
    """Both open is stable where closing alone costs more; that is no deal where a country had more before."""
    pair = PAIRS["One rich, one poor"]
    dials = {
        "gap": 1.5,
        "open": 56,
        "levy": 4,
        "capital": 25,
        "crowding": 1.7,
        "loss": 1.5,
        "lobby": 1.7,
        "moving": 1.6,
    }
    opens, beside, signs, _ = answered(pair, at(pair, **dials, trained=28, lump=0.8, voice=4.7))
    assert (opens, signs) == (True, False)
    assert beside.startswith("But at 56\u00a0% Northmark would be worse off than if neither opened")


@pytest.mark.parametrize("share", [0.0025, 0.0975, 0.165, 0.53, 1.0])
def test_an_openness_is_written_as_it_was_tried(share):
    digits = re.sub(r"[^0-9.]", "", screen.openness(share))
    assert float(digits) == pytest.approx(100 * share)
