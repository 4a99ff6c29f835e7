"""The figures of the specification, and the qualitative checks that stand behind them."""

import numpy as np
import pytest

from economy.model.accounts import positions
from economy.model.payoffs import agreement, game, solve_bilateral
from economy.parameters import preset
from economy.policy.largest_openness import largest_openness
from games.two_by_two.taxonomy import classify

L, D = 0, 1
MINDS = 1e-9
"""% of own GDP by which a government may lose without minding."""
LEVIES = np.linspace(0, 0.9, 91)
LUMP_SUMS = np.linspace(0, 0.05, 201)

DESIGNS = {
    "status quo design": {},
    "phased in, 5 periods": {"years": 5.0},
    "global skill partnership 50%": {"gsp": 0.5},
    "global skill partnership 100%": {"gsp": 1.0},
    "capital immobile": {"kappa": 0.0},
    "half quota": {"openness": 0.025},
    "reciprocity +2 log points": {"recip": 2.0},
    "employers weigh more (w_K 1.5, kappa=0)": {"w_K": 1.5, "kappa": 0.0},
    "GSP 50% + phased + kappa=0": {"gsp": 0.5, "years": 5.0, "kappa": 0.0},
}


def asymmetric(**changes):
    return preset("asymmetric").replace(**{"openness": 0.05, **changes})


def rational(parameters):
    return (agreement(parameters).payoffs >= -MINDS).all(axis=-1)


def self_enforcing(parameters):
    a, b = np.moveaxis(solve_bilateral(parameters).payoffs, -3, 0)
    stays = (a[..., L, L] >= a[..., D, L] - MINDS) & (b[..., L, L] >= b[..., L, D] - MINDS)
    return stays & rational(parameters)


def smallest(holds, grid):
    return np.where(holds.any(axis=-1), grid[np.argmax(holds, axis=-1)], np.nan)


def smallest_levy(parameters, share=1.0):
    return smallest(self_enforcing(parameters.replace(tax=LEVIES, tax_host=share)), LEVIES)


def numbers(values):
    return np.array([np.nan if value is None else value for value in values])


def check_game(stakes, figures):
    assert np.abs(stakes.payoffs - [figures["A"], figures["B"]]).max() < 5.1e-5
    assert np.abs(stakes.inflow[:, L, L] - figures["inflow"]).max() < 5.1e-5
    assert stakes.gdp_gain[L, L] == pytest.approx(figures["gdp"], abs=1e-8)


def check_table(found, figures):
    assert list(found.labels) == figures["label"]
    assert np.abs(found.z - figures["z"]).max() < 5.1e-5
    assert np.abs(found.change - figures.get("pct", found.change)).max() < 5.1e-5


# ---- the symmetric pair: Tables 6.A1 and 6.A2


def test_the_symmetric_pair_plays_a_stag_hunt(expected):
    stakes = solve_bilateral(preset("symmetric"))
    check_game(stakes, expected["symmetric"])
    a, b = stakes.payoffs
    assert np.abs(a - b.T).max() < 1e-8
    assert a[L, L] > a[D, L] > a[D, D] > a[L, D]
    assert classify(game(stakes)).name == "stag-hunt"


def test_nashpy_finds_both_pure_equilibria_of_the_symmetric_pair():
    import nashpy

    found = nashpy.Game(*solve_bilateral(preset("symmetric")).payoffs).support_enumeration()
    pure = {tuple(int(np.argmax(side)) for side in pair) for pair in found if all(side.max() == 1 for side in pair)}
    assert pure == {(L, L), (D, D)}


@pytest.mark.parametrize("row", ["no reciprocity", "reciprocity"])
def test_positions_of_the_symmetric_pair_are_table_6_a1(expected, row):
    found = positions(solve_bilateral(preset("symmetric")), reciprocity=row == "reciprocity")
    check_table(found, expected["table 6.A1"][row])
    assert list(found.labels[:3]) == ["opposed", "weakly in favour", "in favour"]
    assert found.labels[3] in {"no reciprocity": {"neutral"}, "reciprocity": {"neutral", "weakly in favour"}}[row]


# ---- the asymmetric pair: Tables 6.A3 and 6.A4


@pytest.mark.parametrize("openness", [0.05, 0.25])
def test_the_asymmetric_pair_plays_a_bully_game(expected, openness):
    stakes = solve_bilateral(asymmetric(openness=openness))
    check_game(stakes, expected[f"asymmetric, openness {openness:g}"])
    assert classify(game(stakes, ("Host", "Origin"))) == ("bully", "Host")
    a, b = stakes.payoffs
    assert 0 < abs(a[D, L]) < 0.01 * abs(a[L, L])
    assert a[D, D] > a[D, L] > a[L, L] > a[L, D]
    assert b[L, L] > b[L, D] > b[D, D] > b[D, L]


@pytest.mark.parametrize("openness", [0.05, 0.25])
@pytest.mark.parametrize("row", ["no reciprocity", "reciprocity"])
def test_positions_of_the_asymmetric_pair_are_table_6_a3(expected, openness, row):
    found = positions(solve_bilateral(asymmetric(openness=openness)), reciprocity=row == "reciprocity")
    check_table(found, expected[f"table 6.A3, openness {openness:g}"][row])
    assert list(found.labels[:3]) == ["opposed", "weakly in favour", "neutral"]
    assert found.labels[3] in {"neutral", "weakly opposed", "opposed"}


def test_immobile_capital_is_in_favour(expected):
    found = positions(solve_bilateral(preset("asymmetric").replace(kappa=0.0)), reciprocity=True)
    check_table(found, expected["table 6.A3, kappa 0"])
    assert found.labels[2] == "in favour"


# ---- where cooperation ends


def test_mobile_capital_lowers_the_gap_at_which_the_stag_hunt_ends(expected):
    gaps = np.arange(1, 3, 0.025)
    switch = []
    for kappa in expected["switch gap by kappa"]:
        stakes = solve_bilateral(preset("symmetric").replace(kappa=float(kappa), gap=gaps))
        kinds = (classify(game(stakes[number])).name for number in range(len(gaps)))
        switch.append(next(gap for gap, kind in zip(gaps, kinds, strict=True) if kind == "bully"))
    assert switch == pytest.approx(list(expected["switch gap by kappa"].values()))
    assert switch == sorted(switch, reverse=True)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("1.20", {"loss": 1.2}),
        ("1.10", {"loss": 1.1}),
        ("1.00", {"loss": 1.0}),
        ("1.00, externality/4", {"loss": 1.0, "chi": 0.25}),
    ],
)
def test_the_largest_openness_falls_as_the_gap_widens(expected, name, change):
    figures = expected[f"largest openness, loss {name}"]
    pairs = preset("symmetric").replace(gap=np.array(figures["g"]), **change)
    found = largest_openness(pairs)
    np.testing.assert_allclose(found.level, figures["lam"], atol=1e-12)
    np.testing.assert_allclose(found.gain, figures["gain"], atol=5.1e-5)
    np.testing.assert_allclose(found.full, figures["full"], atol=5.1e-5)
    signed, whole = (100 * agreement(pairs.replace(openness=level)).welfare for level in (found.level, 1.0))
    np.testing.assert_allclose(signed, figures["net"], atol=5.1e-5)
    np.testing.assert_allclose(whole, figures["full_net"], atol=5.1e-5)
    assert (np.diff(found.level) <= 1e-12).all()


# ---- remedies


@pytest.mark.parametrize("design", DESIGNS)
def test_remedies_of_the_bully_game(expected, design):
    figures, parameters = expected["remedies"][design], asymmetric(**DESIGNS[design])
    stakes = solve_bilateral(parameters)
    assert stakes.payoffs[0, L, L] == pytest.approx(figures["host L,L"], abs=1e-6)
    assert stakes.payoffs[0, D, L] == pytest.approx(figures["host D,L"], abs=1e-6)
    assert stakes.payoffs[1, L, L] == pytest.approx(figures["origin L,L"], abs=1e-6)
    assert stakes.inflow[0, L, L] == pytest.approx(figures["inflow"], abs=1e-8)
    lump = parameters.replace(side=LUMP_SUMS)
    found = (
        smallest_levy(parameters),
        smallest_levy(parameters, 0.5),
        100 * smallest(self_enforcing(lump), LUMP_SUMS),
        100 * smallest(rational(lump), LUMP_SUMS),
    )
    names = ("levy", "levy, shared", "lump sum, self-enforcing", "lump sum, rational")
    np.testing.assert_allclose(found, numbers(figures[name] for name in names), atol=1e-9)


def test_a_levy_that_restores_the_agreement_falls_with_phasing_and_partnership():
    alone = smallest_levy(asymmetric())
    assert alone == pytest.approx(0.15)
    assert smallest_levy(asymmetric(years=5.0)) < alone
    assert smallest_levy(asymmetric(gsp=0.5)) < alone
    assert solve_bilateral(asymmetric(tax=0.15)).payoffs[1, L, L] > 0


@pytest.mark.parametrize("openness", [0.02, 0.05, 0.25])
def test_the_smallest_levy_by_gap(expected, openness):
    figures = expected[f"smallest levy, openness {openness:g}"]
    pairs = asymmetric(openness=openness, gap=np.array(figures["g"])[:, None])
    np.testing.assert_allclose(smallest_levy(pairs), numbers(figures["t"]), atol=1e-9)
    coarse = LUMP_SUMS[::2]
    lump = 100 * smallest(rational(pairs.replace(side=coarse)), coarse)
    np.testing.assert_allclose(lump, numbers(figures["side"]), atol=1e-9)


# ---- outside figures


@pytest.mark.parametrize("kappa", [0.0, 1.0])
@pytest.mark.parametrize("gap", [3.0, 4.0, 5.0, 6.0])
@pytest.mark.parametrize("idle", [0.0, 0.5])
def test_the_own_wage_elasticity_of_scarce_labour(kappa, gap, idle):
    """Check 10: the wage of U in the host over its U labour, where migrants are 3 % of the labour force."""
    match = 0.15 if idle else 0.0
    worlds = preset("asymmetric").replace(
        gap=gap, size=4.8, kappa=kappa, slack=idle, match=match, openness=np.geomspace(0.001, 0.3, 400)
    )
    found = agreement(worlds)
    cell = found[int(np.argmin(np.abs(found.inflow[:, 0] - 0.03)))]
    more = 0.95 * (1 + match) * cell.flows[1, 0, 0] / 0.25
    assert -0.65 < (cell.relative[0, 0] / 100) / np.log1p(more) < -0.15
