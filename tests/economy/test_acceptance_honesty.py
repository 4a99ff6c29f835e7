"""What must be said honestly of the model: where the paradox fails, what it rests on, what it does not match."""

import numpy as np
import pytest

from economy.corridors.fitting import corridor
from economy.evidence.corridor_survey import survey_corridors
from economy.evidence.robustness import agreement_at_inflow
from economy.evidence.unlikeness import paradox
from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement_with_accounts, classify_games, solve_bilateral
from economy.parameters import preset
from economy.policy.largest_openness import largest_openness

EQUALS = preset("symmetric")
GAPS = np.array([1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0])
COARSE = np.concatenate([[0.005, 0.01, 0.02, 0.03, 0.05, 0.075], np.linspace(0.1, 1, 19)])
NO_COOPERATION = {"phi_U_managed": 0.8, "phi_S_managed": 0.8, "fee_managed": 0.2}
NEITHER = {"loss": 1.0, "chi": 0.0, "w_K": 1.0}


def openness_by_gap(**dials):
    return largest_openness(EQUALS.replace(gap=GAPS, **dials)).level


# ---- 1: what the paradox needs


@pytest.mark.parametrize("dials", [NEITHER, {**NEITHER, "w_K": 2.0}, {**NEITHER, "kappa": 1.0}])
def test_without_externality_and_loss_aversion_full_opening_survives_at_every_gap(dials):
    """A lobby of capital does not undo it, whatever its weight; mobile capital does not either."""
    assert (openness_by_gap(**dials) == 1).all()


@pytest.mark.parametrize(
    "dials",
    [
        {**NEITHER, "chi": 1.0},
        {**NEITHER, "loss": 1.5},
        {**NEITHER, "w_U": 1.5},
        {**NEITHER, "loss": 1.2, "chi": 0.1, "gamma": 1.0},
    ],
    ids=["externality", "loss aversion", "lobby of scarce labour", "both, small and linear"],
)
def test_any_one_of_three_is_enough(dials):
    levels = openness_by_gap(**dials)
    assert levels[0] == 1
    assert (np.diff(levels) <= 0).all()
    assert levels[-1] < 0.1


def test_loss_aversion_of_the_default_is_too_weak_to_do_it_alone():
    assert (openness_by_gap(**{**NEITHER, "loss": 1.2}) == 1).all()


def test_over_many_worlds_too_it_is_externality_loss_and_lobby_together():
    worlds = paradox(chi=0.0, loss=1.0, w_U=1.0)
    assert worlds.smaller(worlds.gains.share_gross) == 0
    assert worlds.full_share[-1] == 1
    free = paradox(chi=0.0)
    parts = [free.smaller(share) for share in (free.gains.share_gross, free.gains.share_net)]
    assert parts == pytest.approx([0.318, 0.318], abs=5e-4)


def test_among_governments_that_weigh_losses_as_gains_the_part_falls_and_the_gain_itself_less_often():
    worlds = paradox(loss=1.0)
    parts = [worlds.smaller(share) for share in (worlds.gains.share_gross, worlds.gains.share_net)]
    assert parts == pytest.approx([0.961, 0.917], abs=5e-4)
    assert worlds.smaller(worlds.gains.gross_signed) == pytest.approx(0.659, abs=5e-4)


def test_at_the_defaults_such_a_pair_realises_more_of_more():
    """The strong form fails there: the gain from what can be agreed rises with the gap, its share falls."""
    pair = largest_openness(EQUALS.replace(gap=np.array([1.0, 4.0]), loss=1.0))
    assert pair.gain[1] > 2 * pair.gain[0]
    assert pair.gain[1] / pair.full[1] < 0.5 * pair.gain[0] / pair.full[0]


def test_a_leak_brings_deals_back_where_the_gap_is_wide():
    """Who comes anyway is better managed than not: most deals at both ends of the gap, fewest in the middle."""
    tight, leaky = paradox().agreement_share, paradox(leak=0.1).agreement_share
    assert tight.argmin() == len(tight) - 1
    assert 3 < leaky.argmin() < len(leaky) - 3
    assert leaky[-1] > 2 * tight[-1]


@pytest.mark.parametrize(
    ("dials", "share"), [({}, 0.296), ({"kappa": 1.0}, 0.2048), ({"w_U": 0.8, "w_K": 1.3}, 0.4608)], ids=str
)
def test_on_a_map_of_loss_aversion_and_externality_part_of_the_area_has_no_paradox(dials, share):
    """Loss aversion 1 to 1.6, externality .02 to 8 on a log scale: the share hangs on these edges."""
    pairs = EQUALS.replace(
        loss=np.linspace(1, 1.6, 25)[:, None, None],
        chi=np.geomspace(0.02, 8, 25)[:, None],
        gap=np.array([1.0, 4.0]),
        **dials,
    )
    equal, unequal = np.moveaxis(largest_openness(pairs, COARSE).level, -1, 0)
    untouched = (equal > 0) & (unequal == equal)
    assert untouched.mean() == pytest.approx(share, abs=5e-4)
    assert untouched[0].sum() > untouched[-1].sum()
    assert not (unequal > equal).any()


# ---- 3: the feasible openness is no interval from 0


def test_tiny_deals_fail_on_their_fixed_cost():
    levels = np.linspace(0.001, 0.2, 200)
    found = largest_openness(EQUALS.replace(gap=np.array([1.0, 1.5, 2.5, 4.0, 8.0])), levels)
    first = levels[np.argmax(found.feasible, axis=-1)]
    assert first == pytest.approx([0.050, 0.078, 0.057, 0.033, 0.022])
    free = largest_openness(EQUALS.replace(gap=2.5, c_fix=0.0), levels)
    assert levels[np.argmax(free.feasible)] < 0.025


def test_with_little_externality_and_much_loss_aversion_only_full_opening_passes():
    found = largest_openness(EQUALS.replace(gap=2.0, chi=0.05, loss=1.5))
    assert found.grid[found.feasible].min() == 1
    assert found.level == 1


# ---- 4: what makes it a stag hunt


def test_the_stag_hunt_between_equals_needs_gains_from_cooperation():
    levels = np.array([0.05, 0.1, 0.25, 0.5, 1.0])
    alone = classify_games(solve_bilateral(EQUALS.replace(openness=levels, **NO_COOPERATION)))
    assert list(alone) == ["deadlock", "deadlock", *["prisoners-dilemma"] * 3]
    helped = classify_games(solve_bilateral(EQUALS.replace(openness=levels)))
    assert list(helped) == ["stag-hunt"] * 5


# ---- 5: the gap is no sufficient statistic


def test_the_corridors_play_games_that_their_gaps_do_not_tell():
    """With three times today's number: stag hunts at gaps 1.2 to 3, harmony at 7, a bully game at 3.8."""
    third = {code: one.report.classes[4] for code, one in survey_corridors().items()}
    gap = {code: float(one.corridor.parameters.gap) for code, one in survey_corridors().items()}
    assert (third["IND-USA"], third["MAR-ESP"], third["MEX-USA"]) == ("harmony", "bully", "stag-hunt")
    assert gap["IND-USA"] > gap["MAR-ESP"] > gap["MEX-USA"]
    assert sum(kind == "bully" for kind in third.values()) == 8


def test_the_class_of_a_corridor_is_a_list():
    """At today's number all twelve are a stag hunt; at five times it eight are a bully game."""
    classes = [one.report.classes for one in survey_corridors().values()]
    first, last = [kinds[0] for kinds in classes], [kinds[-1] for kinds in classes]
    assert set(first) == {"stag-hunt"}
    assert (last.count("bully"), last.count("stag-hunt")) == (8, 4)


# ---- 7 and 8: welfare


def test_full_opening_raises_welfare_among_equals_and_lowers_it_between_very_unlike_countries():
    _, equals = agreement_with_accounts(EQUALS.replace(openness=1.0, gap=np.array([1.0, 4.0])))
    assert equals.welfare == pytest.approx([0.908, 1.058], abs=6e-4)
    _, unequal = agreement_with_accounts(preset("asymmetric").replace(openness=1.0))
    assert float(unequal.welfare) == pytest.approx(-1.189, abs=6e-4)


def test_that_depends_on_the_externality():
    _, found = agreement_with_accounts(preset("asymmetric").replace(openness=1.0, chi=np.array([0.0, 0.1, 0.25, 1.0])))
    assert found.welfare == pytest.approx([12.724, 9.491, 5.871, -1.189], abs=6e-4)


def test_the_gross_gain_is_nearly_linear_and_only_the_net_one_comes_early():
    _, found = agreement_with_accounts(preset("asymmetric").replace(openness=np.array([0.25, 1.0])))
    assert found.gdp[0] / found.gdp[1] == pytest.approx(0.29, abs=5e-3)
    assert found.welfare[0] > 0 > found.welfare[1]


def test_with_earlier_migrants_the_order_of_the_losers_is_that_of_table_6_2():
    """Per head old migrants lose more than host natives, and origin natives gain; by wages and capital hosts gain."""
    world = preset("asymmetric").replace(size=4.8, slack=0.0, match=0.0, kappa=0.0, old_stock=0.0365)
    cell, accounts = agreement_at_inflow(world)
    relative = float(cell.relative[0, GROUPS.index("old_migrants")])
    assert relative == pytest.approx(-2.54, abs=0.01)
    natives, _, origin, _ = accounts.total
    assert relative < natives / float(cell.gdp[0] / cell.gdp.sum()) < 0 < origin
    assert cell.groups[0, :3].sum() > 0


def test_morocco_and_spain_under_the_old_convention_of_crowding():
    """With the public cost on everybody Spain would gain by sending all home."""
    spain = corridor("MAR-ESP")
    assert survey_corridors()[spain.code].close_whole_stock > 0 > survey_corridors()[spain.code].report.close
