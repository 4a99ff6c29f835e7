"""One state, all pictures: what a page shows comes from one economy."""

import re

import pytest

from economy.model.accounts import LABELS, positions
from economy.model.group_gains import GROUPS
from economy.model.payoffs import solve_bilateral
from economy.policy.largest_openness import agreement_margins, conditions_hold
from views.explore import gains, view_model
from views.explore.dials import INVENTED, PAIRS, base, parameters, start_settings, values_by_key
from views.text import analysis
from views.wording import screen

ALIKE = PAIRS["Two alike neighbours"]
UNLIKE = PAIRS["One rich, one poor"]


def at(pair, **changes):
    return tuple((values_by_key(pair, start_settings(pair)) | changes).values())


@pytest.fixture(scope="module")
def unlike():
    economy = parameters(UNLIKE, start_settings(UNLIKE))
    return economy, solve_bilateral(economy)


def test_alike_neighbours_have_the_matrix_of_the_symmetric_preset():
    matrix = view_model.build_matrix(view_model.model_game(ALIKE, solve_bilateral(base(ALIKE))))
    row, column = matrix.payoffs
    assert [[round(value, 3) for value in line] for line in row] == [[0.352, -0.071], [0.128, 0]]
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


@pytest.mark.parametrize("name", ["alone", "both"])
@pytest.mark.parametrize(
    ("pair", "alone", "both"),
    [
        (ALIKE, ("opposed", "weakly in favour", "in favour", "neutral"), ("weakly in favour", "in favour")),
        (UNLIKE, ("opposed", "weakly in favour", "neutral", "opposed"), ("weakly in favour", "neutral")),
    ],
    ids=["6.A1", "6.A3"],
)
def test_host_groups_stand_as_in_both_rows_of_the_tables(pair, alone, both, name):
    """Tables 6.A1 and 6.A3; the last group, residents and families, is weakly in favour or opposed where both open."""
    economy = base(pair)
    stakes = solve_bilateral(economy)
    host, _ = view_model.group_blocks(pair, economy, stakes)
    last = "weakly in favour" if pair is ALIKE else "weakly opposed"
    wanted = alone if name == "alone" else ("opposed", *both, last)
    assert [getattr(gain, name).position for gain in host.gains] == [*wanted, ""]
    assert list(wanted) == list(positions(stakes, 0, reciprocity=name == "both").labels)
    assert host.gains[-1].group == "Treasury"


def test_scarce_labour_is_the_skill_of_which_a_country_has_less():
    economy = base(UNLIKE)
    stakes = solve_bilateral(economy)
    host, origin = view_model.group_blocks(UNLIKE, economy, stakes)
    assert (host.heading, origin.heading) == ("Northmark, host", "Sudora, origin")
    for country, block, order in ((0, host, [0, 1]), (1, origin, [1, 0])):
        alone, both = ((0, 1), (0, 0)) if country == 0 else ((1, 0), (0, 0))
        for gain, group in zip(block.gains[:2], order, strict=True):
            assert gain.alone.value == stakes.groups[(country, *alone, group)]
            assert gain.both.value == stakes.groups[(country, *both, group)]


def test_positions_are_named_in_the_order_of_the_labels_of_the_model():
    assert screen.POSITIONS == LABELS


def test_neither_of_two_equals_is_called_a_host():
    economy = base(ALIKE)
    assert view_model.group_blocks(ALIKE, economy, solve_bilateral(economy))[0].heading == "Northmark"


@pytest.mark.parametrize("title", PAIRS)
def test_every_gain_is_shown_once_and_movers_in_the_note(title):
    pair = PAIRS[title]
    economy = base(pair)
    stakes = solve_bilateral(economy)
    for country, block in enumerate(view_model.group_blocks(pair, economy, stakes)):
        alone = (0, 1) if country == 0 else (1, 0)
        emigrants, old = (stakes.groups[(country, *cell)][[4, 7]].sum() for cell in (alone, (0, 0)))
        assert sum(gain.alone.value for gain in block.gains) + emigrants == pytest.approx(block.alone[0].value)
        assert sum(gain.both.value for gain in block.gains) + old == pytest.approx(block.weighed.money)
        assert block.alone[1].value == stakes.payoffs[(country, *alone)]


WEIGHTS = ("w_U", "w_S", "w_K", "w_R", "w_M", "w_F", "w_T", "w_O")


@pytest.mark.parametrize("title", PAIRS)
@pytest.mark.parametrize("changes", [{}, {"levy": 10, "voice": 0.5}, {"loss": 1.0, "lobby": 1.0}])
def test_a_row_leads_from_the_money_of_the_groups_to_the_number_of_the_government(title, changes):
    pair = PAIRS[title]
    economy = parameters(pair, at(pair, **changes))
    stakes = solve_bilateral(economy)
    blocks = view_model.group_blocks(pair, economy, stakes)
    movers = GROUPS.index("movers")
    for country, block in enumerate(blocks):
        money, found = stakes.groups[country, 0, 0], block.weighed
        assert found.money == pytest.approx(float(money.sum()))
        felt = sum(
            float(getattr(economy, weight)) * change * (float(economy.loss) if change < 0 else 1)
            for weight, change in zip(WEIGHTS, money, strict=True)
        )
        foreign = float(economy.w_X) * float(stakes.groups[1 - country, 0, 0, movers]) * _gdps(stakes, country)
        assert found.payoff == pytest.approx(felt + foreign)
        assert found.payoff == view_model.build_matrix(view_model.model_game(pair, stakes)).payoffs[country][0][0]
    assert len(blocks) == 2


def _gdps(stakes, country):
    return float(stakes.gdp[1 - country] / stakes.gdp[country])


def test_the_row_names_every_weight_that_is_not_one():
    economy = base(UNLIKE).replace(w_X=0.5, kappa=0.5)
    (host, *_) = view_model.group_blocks(UNLIKE, economy, solve_bilateral(economy))
    assert host.weighed.how == "losses 1.2×, capital 1.2×, emigrants 0.5×, foreign migrants 0.5×"
    plain = base(UNLIKE).replace(loss=1.0, w_K=1.0, w_M=1.0)
    (host, *_) = view_model.group_blocks(UNLIKE, plain, solve_bilateral(plain))
    assert host.weighed.how == "every group counts once"
    assert host.weighed.payoff == pytest.approx(host.weighed.money)


def test_what_a_government_weighs_is_not_labelled_like_money(unlike):
    play = view_model.model_game(UNLIKE, unlike[1])
    for unit in (view_model.build_matrix(play).unit, view_model.build_polygon(play).unit, analysis.ECONOMY_UNIT):
        assert "weigh" in unit
    assert "not money" in view_model.build_matrix(play).unit
    assert "not money" in analysis.ECONOMY_UNIT


def test_a_levy_makes_unlike_countries_sign_something():
    found = gains.trace_first_dial(UNLIKE, base(UNLIKE))
    assert all(each.level_both_sign is None for each in found.summaries)
    taxed = gains.trace_first_dial(UNLIKE, base(UNLIKE).replace(tax=0.2)).at(4.0)
    assert taxed.summary.signed_net > 0


def answered(pair, settings):
    """The answer, what is said beside it, whether both would sign there, and the largest level that both sign."""
    economy = parameters(pair, settings)
    stakes = solve_bilateral(economy)
    play = view_model.model_game(pair, stakes)
    if pair.kind == "today":
        found = gains.trace_expansion(economy)
    else:
        found = gains.trace_first_dial(pair, economy).at(settings[0])
    best = found.level_both_sign
    beside = view_model.answer_difference(pair, stakes, settings, best)
    return (0, 0) in play.stable, beside, bool(conditions_hold(agreement_margins(stakes))), found


def test_germany_and_france_are_told_what_the_curve_knows():
    """Section 5: free movement holds at full openness and not at .5."""
    pair = PAIRS["Germany and France"]
    opens, beside, signs, found = answered(pair, at(pair, open=8))
    assert (opens, signs, found.level_both_sign) == (False, False, 1.0)
    assert beside == "No at 8\u00a0%. At 100\u00a0% they would."


def test_morocco_and_spain_are_told_the_number_of_people_that_would_do():
    """Section 7: a stag hunt at half as many again, a bully game at twice today's number, the limit +60 %."""
    pair = PAIRS["Morocco and Spain"]
    opens, beside, signs, _ = answered(pair, at(pair, expansion=100))
    assert (opens, signs) == (False, False)
    assert beside == "No at +100\u00a0%. At +60\u00a0% they would."
    assert answered(pair, at(pair, expansion=50))[:3] == (True, "", True)
    payoffs = solve_bilateral(parameters(pair, at(pair, expansion=100))).payoffs[:, 0, 0]
    assert list(payoffs) == pytest.approx([-0.1121, 10.4499], abs=6e-5)


OPENED_FURTHER = {
    "today": [{"expansion": value} for value in (0, 5, 60, 150, 400)],
    "unlike": [{"unlike": degree, "admit": value} for degree in (0.2, 0.3, 0.5) for value in (5.0, 27.5, 100.0)],
    "preset": [{"gap": gap, "open": value} for gap in (1.0, 1.6, 2.6) for value in (1, 8, 25, 60, 100)],
    "in force": [{"gap": gap, "open": value} for gap in (1.0, 1.6, 2.6) for value in (1, 25, 60, 100)],
}


@pytest.mark.parametrize("title", PAIRS)
def test_answer_and_curve_never_contradict_each_other_without_a_sentence(title):
    """The answer is for the level on the dial, the curve knows the largest one that holds."""
    pair = PAIRS[title]
    for changes in OPENED_FURTHER[pair.kind]:
        settings = at(pair, **changes)
        opens, beside, signs, found = answered(pair, settings)
        best, level = found.level_both_sign, view_model.dial_level(pair, settings)
        assert bool(beside) == (not opens == signs == (best is not None))
        if signs:
            assert best is not None
            assert best >= min(level, 4.0 if found.pool is None else found.pool) - 1e-9
        if beside and best is not None:
            there = parameters(pair, settings).replace(**{pair.level.field: best})
            assert conditions_hold(agreement_margins(solve_bilateral(there)))
            assert f"At {screen.format_level(best, people=pair.kind == 'today')} they would." in beside


def test_an_opening_that_is_stable_and_yet_costs_a_country_is_no_yes_without_a_word():
    """Both open is stable where closing alone costs more; that is no deal where a country had more before."""
    pair = PAIRS["One rich, one poor"]
    dials = {"gap": 2.7, "open": 76, "levy": 13, "capital": 5, "crowding": 1.7, "loss": 1.3, "moving": 2.0}
    opens, beside, signs, _ = answered(pair, at(pair, **dials, lump=0.45, voice=2.4))
    assert (opens, signs) == (True, False)
    assert beside.startswith("But at 76\u00a0% Northmark would be worse off than if neither opened")


@pytest.mark.parametrize("share", [0.0025, 0.0975, 0.165, 0.53, 1.0])
def test_an_openness_is_written_as_it_was_tried(share):
    digits = re.sub(r"[^0-9.]", "", screen.openness(share))
    assert float(digits) == pytest.approx(100 * share)
