"""The second version of the model: the figures of its specification, and the laws behind them."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.conventions import FIRST_VERSION, STANDARD
from economy.evidence.robustness import classify_games
from economy.model.accounts import positions
from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement, reciprocity_index, solve_accounts, solve_bilateral
from economy.parameters import check, defaults, dial_entries, preset
from economy.treaties.payoffs import solve_region
from economy.treaties.region import bilateral
from games.errors import InputError

L, D = 0, 1
DIGITS = 5.1e-5
"""The figures are printed with four digits."""


def second(name="symmetric", **changes):
    return preset(name).replace(**changes)


def unequal(openness=0.05, **changes):
    return second("asymmetric", openness=openness, **changes)


CASES = {"equals": second(), "unequals .05": unequal(), "unequals .25": unequal(0.25)}
PAYOFFS = {
    "equals": [[[0.3522, -0.0714], [0.1281, 0]], [[0.3522, 0.1281], [-0.0714, 0]]],
    "unequals .05": [[[-0.3657, -0.7111], [-0.0002, 0]], [[3.5587, 1.8790], [-0.0594, 0]]],
    "unequals .25": [[[-4.3287, -8.6200], [-0.0010, 0]], [[15.0263, 7.8351], [-0.0571, 0]]],
}
ACCOUNTS = {
    "equals": [0.1192, 0, 0.1192, 0.2265, 0.1083, 0.4648, 0.2424, 0.5950],
    "unequals .05": [-0.1262, 0, 0.3820, 1.2967, 0.3492, 1.5526, 0.7131, 2.8053],
    "unequals .25": [-2.3595, 0, 1.6610, 5.7879, 1.5006, 5.0894, 1.3044, 12.5331],
}
"""Host natives, old migrants, origin natives, new migrants, sent home, income, welfare, GDP; both open."""


@pytest.mark.parametrize("case", CASES)
def test_the_payoffs(case):
    stakes = solve_bilateral(CASES[case])
    assert np.abs(stakes.payoffs - PAYOFFS[case]).max() < DIGITS
    assert classify_games(stakes).item() == ("stag-hunt" if case == "equals" else "bully")


@pytest.mark.parametrize("case", CASES)
def test_the_accounts(case):
    found = solve_accounts(CASES[case]).cell(L, L)
    figures = [*found.total, found.sent_home, found.income, found.welfare, found.gdp]
    assert np.abs(np.array(figures) - ACCOUNTS[case]).max() < DIGITS
    assert agreement(CASES[case]).welfare * 100 == pytest.approx(float(found.welfare), abs=1e-12)


def test_the_cost_of_moving_between_equals():
    assert solve_accounts(second()).cell(L, L).cost_of_moving == pytest.approx(0.2224, abs=DIGITS)


def test_the_order_of_the_cells():
    (host, _), (lower, higher) = solve_bilateral(second()).payoffs, solve_bilateral(unequal(0.25)).payoffs
    assert host[L, L] > host[D, L] > host[D, D] > host[L, D]
    assert lower[D, D] > lower[D, L] > lower[L, L] > lower[L, D]
    assert 0 < -lower[D, L] < 0.01 * -lower[L, L]
    assert higher[L, L] > higher[L, D] > higher[D, D] > higher[D, L]


POSITIONS = [
    ("equals", False, ("opposed", "weakly in favour", "in favour", "neutral"), (-1, 0.1214, 0.7989, -0.0119)),
    ("equals", True, ("opposed", "weakly in favour", "in favour", "weakly in favour"), (-1, 0.3977, 0.5073, 0.2555)),
    ("unequals .05", False, ("opposed", "weakly in favour", "neutral", "weakly opposed"), (-1, 0.2881, 0, -0.1164)),
    ("unequals .05", True, ("opposed", "weakly in favour", "neutral", "neutral"), (-1, 0.2943, 0, -0.0260)),
    ("unequals .25", False, ("opposed", "weakly in favour", "neutral", "opposed"), (-1, 0.3221, 0, -0.5060)),
    ("unequals .25", True, ("opposed", "weakly in favour", "neutral", "weakly opposed"), (-1, 0.3410, 0, -0.1956)),
]


@pytest.mark.parametrize(("case", "reciprocity", "labels", "z"), POSITIONS)
def test_the_positions(case, reciprocity, labels, z):
    found = positions(solve_bilateral(CASES[case]), reciprocity=reciprocity)
    assert tuple(found.labels) == labels
    assert np.abs(found.z - z).max() < DIGITS


def test_immobile_capital_is_in_favour():
    found = positions(solve_bilateral(unequal(0.25, kappa=0.0)))
    assert (found.labels[2], float(found.z[2])) == ("in favour", pytest.approx(0.4987, abs=DIGITS))


def test_the_levy_changes_who_pays_and_welfare_only_by_who_goes():
    found = solve_accounts(unequal(tax=np.array([0, 0.1, 0.2, 0.3, 0.4]))).cell(L, L)
    assert found.total[:, 3] == pytest.approx([1.2967, 1.0523, 0.8236, 0.6139, 0.4273], abs=DIGITS)
    assert found.total[:, 0] == pytest.approx([-0.1262, 0.0638, 0.2193, 0.3343, 0.4024], abs=DIGITS)
    assert found.welfare == pytest.approx([0.7131, 0.7305, 0.7297, 0.7063, 0.6555], abs=DIGITS)


def test_phasing_delays_and_thins_out_the_crowding():
    periods = np.array([1.0, 2.0, 3.0, 5.0, 10.0, 20.0])
    found, stakes = solve_accounts(unequal(years=periods)).cell(L, L), agreement(unequal(years=periods))
    assert found.welfare == pytest.approx([0.7131, 0.7600, 0.7642, 0.7482, 0.6852, 0.5664], abs=DIGITS)
    assert found.gdp == pytest.approx([2.8053, 2.7492, 2.6946, 2.5896, 2.3506, 1.9567], abs=DIGITS)
    assert stakes.payoffs[:, 0] == pytest.approx([-0.3657, -0.2625, -0.2267, -0.1957, -0.1673, -0.1435], abs=DIGITS)
    wide = solve_accounts(unequal(0.25, years=periods)).cell(L, L)
    assert wide.welfare == pytest.approx([1.3044, 2.4787, 2.8455, 3.0624, 3.0043, 2.5892], abs=DIGITS)


# ---- laws

DIALS = {
    "gap": (0.5, 12.0),
    "size": (0.1, 10.0),
    "u0": (0.05, 0.95),
    "kappa": (0.0, 1.0),
    "eta": (0.0, 0.03),
    "openness": (0.0, 1.0),
    "nu": (0.06, 1.5),
    "slack": (0.0, 0.9),
    "tax": (0.0, 0.3),
    "years": (1.0, 5.0),
    "expansion": (0.0, 4.0),
    "covered": (0.0, 1.0),
    "xmax": (0.05, 1.0),
    "delta": (0.9, 1.0),
}
CORNERS = {
    "today": (0.0, 0.01, 0.3, 1.0),
    "today_origin": (0.0, 0.02, 1.0),
    "leak": (0.0, 0.05),
    "old_stock": (0.0, 0.1),
    "gsp": (0.0, 0.4),
    "expansion": (0.0, 0.5),
    "delta": (1.0, 0.96),
    "years": (1.0, 3.0),
    "nu": (0.5, 1.0),
}


@st.composite
def batches(draw):
    count = draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    dials = draw(st.sets(st.sampled_from(sorted(DIALS)), min_size=1))
    changes = {name: rng.uniform(*DIALS[name], count) for name in sorted(dials)}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(CORNERS))))):
        changes[name] = rng.choice(CORNERS[name], count)
    ceiling = draw(st.sampled_from(["share", "people"]))
    crowding = draw(st.sampled_from(["everybody", "beyond today"]))
    start = defaults().replace(conventions=STANDARD.replace(ceiling=ceiling, crowding=crowding))
    return start, changes, count


def equal(left, right):
    return all(np.array_equal(getattr(left, field.name), getattr(right, field.name)) for field in fields(left))


@settings(max_examples=30)
@given(batches())
def test_alone_and_in_a_batch_are_the_same_bits(batch):
    start, changes, count = batch
    many = start.replace(**changes)
    stakes, accounts = solve_bilateral(many), solve_accounts(many)
    assert equal(stakes.cell(L, L), agreement(many))
    for index in range(count):
        one = start.replace(**{name: float(values[index]) for name, values in changes.items()})
        assert equal(solve_bilateral(one), stakes[index])
        assert equal(solve_accounts(one), accounts[index])


@settings(max_examples=30)
@given(batches())
def test_the_status_quo_is_exactly_nothing_and_the_money_adds_up(batch):
    start, changes, _ = batch
    stakes, accounts = solve_bilateral(start.replace(**changes)), solve_accounts(start.replace(**changes))
    for values in (stakes.payoffs, stakes.groups.swapaxes(-1, -3), stakes.gdp_gain, stakes.welfare):
        assert not values[..., D, D].any()
    assert not accounts.total[:, D, D].any()
    assert accounts.identity.max() < 1e-12
    assert stakes.identity.max() < 1e-8
    assert accounts.welfare == pytest.approx(100 * stakes.welfare, abs=1e-9)


def test_equal_markets_share_a_fixed_point():
    """Political dials and phasing do not change who comes: the bits are those of each economy alone."""
    weights, stock = np.array([0.0, 0.5, 0.5, 1.0]), np.array([0.02, 0.02, 0.1, 0.1])
    many = solve_bilateral(unequal(w_M=weights, today=stock, today_origin=0.01, expansion=1.0))
    for index in range(4):
        one = unequal(w_M=weights[index], today=stock[index], today_origin=0.01, expansion=1.0)
        assert equal(solve_bilateral(one), many[index])


def test_with_the_conventions_of_the_first_version_one_by_one():
    """Without flows today and with X_max 1 only the surplus, the families and the taxes of movers differ."""
    p = preset("asymmetric")
    first, money = solve_bilateral(p), solve_bilateral(p.replace(conventions=FIRST_VERSION.replace(accounts="money")))
    families, movers = GROUPS.index("families"), GROUPS.index("movers")
    assert np.array_equal(
        np.delete(first.groups, [families, movers], -1), np.delete(money.groups, [families, movers], -1)
    )
    both = first.groups[..., families] + first.groups[..., movers]
    assert money.groups[..., movers] == pytest.approx(both)
    assert (money.groups[..., families] >= first.groups[..., families]).all()
    assert (money.groups[..., families] >= 0).all()


def test_commitment_costs_both_governments_in_a_treaty_and_nobody_any_money():
    free, bound = (solve_bilateral(unequal(commitment=cost)) for cost in (0.0, 0.001))
    assert free.payoffs[:, L, L] - bound.payoffs[:, L, L] == pytest.approx([0.1, 0.1])
    assert np.array_equal(free.payoffs[:, [0, 1, 1], [1, 0, 1]], bound.payoffs[:, [0, 1, 1], [1, 0, 1]])
    assert np.array_equal(free.welfare, bound.welfare)
    with pytest.raises(InputError, match='accounts="money"'):
        check(preset("symmetric").replace(commitment=0.001))


def test_the_reciprocity_index():
    equals, unequals = (solve_bilateral(p).flows[L, L] for p in (second(), unequal()))
    assert reciprocity_index(equals) == pytest.approx(1.0)
    assert 0 <= reciprocity_index(unequals) < 0.01
    assert reciprocity_index(solve_bilateral(second()).flows)[D, D] == 0


def test_two_countries_of_a_region_have_the_numbers_of_the_pair():
    rng = np.random.default_rng(3)
    drawn = {name: rng.uniform(*DIALS[name], 40) for name in ("gap", "size", "kappa", "openness", "tax", "years")}
    leak = {"leak": rng.choice([0.0, 0.1], 40)}
    for more in ({}, {"leak": 0.1}, {**leak, "old_stock": 0.1}, {**leak, "control": 1.0}, {"commitment": 0.01}):
        p = unequal(xmax=rng.uniform(0.05, 1.0, 40), w_X=0.3).replace(**drawn).replace(**more)
        pair = solve_bilateral(p)
        for row, column in ((L, L), (L, D), (D, L), (D, D)):
            cell = solve_region(bilateral(p), np.array([[0, row == L], [column == L, 0]]))
            for field in fields(cell):
                left, right = getattr(cell, field.name), getattr(pair.cell(row, column), field.name)
                assert left == pytest.approx(right, abs=1e-9, rel=1e-9), field.name


def test_every_dial_is_explained_and_its_defaults_allowed():
    for name, entry in dial_entries().items():
        assert entry.low <= getattr(FIRST_VERSION, name) <= entry.high
        assert getattr(STANDARD, name) == entry.default
        assert entry.confidence != "low" or "assumption" in entry.source
        assert all([entry.symbol, entry.unit, entry.meaning, entry.source])
    assert tuple(dial_entries()) == tuple(STANDARD.dials())


def test_what_does_not_go_together_is_refused():
    with pytest.raises(InputError, match=r"xmax.*0\.01 to 1"):
        check(second(xmax=2.0))
    with pytest.raises(InputError, match='accounts="money"'):
        check(preset("symmetric").replace(today=0.1))
    with pytest.raises(InputError, match="STANDARD"):
        solve_accounts(preset("symmetric"))
    with pytest.raises(InputError, match="several countries"):
        solve_region(bilateral(second(today=0.1)), np.ones((2, 2), dtype=bool))
    with pytest.raises(TypeError):
        second(tomorrow=0.1)
