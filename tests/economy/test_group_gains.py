"""Money of each group from the equations by hand, in a pair where every wage and flow is known beforehand.

Both countries have the same workers, half of them skilled, with equal weights: all wages of a country are equal, and
labour gets 1 - alpha = 2/3 of GDP. Moving costs nothing and pays much, so everybody is willing; one in a million is
admitted, so wages do not change. With the gap g, pay abroad is g times pay at home.

The mean part of the pay that a mover could lose and still go is then known: with S = ln g + nu L and L logistic,
E[1 - e^-S] = 1 - (1/g) pi nu / sin(pi nu).
"""

import numpy as np
import pytest

from economy import bilateral, solve_region
from economy.model.group_gains import GROUPS
from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import defaults

ADMITTED = 1e-6
HOST, ORIGIN = 0, 1
PLAIN = defaults().replace(
    u0=0.5, u1=0.5, theta=0.5, eta=0.0, gap=100.0, cost=0.0, nu=0.1, openness=ADMITTED, slack=0.0, match=0.0,
    phi_U_managed=1.0, phi_S_managed=1.0, fee_managed=0.0, rho=0.0, c_fix=0.0, c_var=0.0, train=0.0, tau=0.0,
    services=0.0, chi=0.0,
)  # fmt: skip
WAGES = 2 / 3
"""Labour's share of GDP."""


def worth(nu=0.1):
    """What going is worth less than the pay, in units of the pay at home: pi nu / sin(pi nu), 1 where all are alike."""
    return np.pi * nu / np.sin(np.pi * nu)


BOTH_OPEN = np.array([[False, True], [True, False]])


def cells(p):
    """The mutual opening, from the model of two countries and from that of many."""
    return agreement(p), solve_region(bilateral(p), BOTH_OPEN)


def per_mover(cell, group, country):
    """Money of a group for each mover of the origin, in units of the wage at home."""
    money = cell.groups[country, GROUPS.index(group)] / 100 * cell.gdp[country]
    return money / (ADMITTED * WAGES * cell.gdp[ORIGIN])


@pytest.mark.parametrize("nu", [0.08, 0.1, 0.3])
@pytest.mark.parametrize("gain", [2.8, 3.05, 4.0, 4.6])
def test_the_surplus_of_a_mover_is_the_pay_that_a_mover_could_lose_without_any_cap(gain, nu):
    """Equation 5: g E[1 - e^-S] where everybody is willing."""
    for cell in cells(PLAIN.replace(gap=np.exp(gain), nu=nu)):
        assert per_mover(cell, "movers", ORIGIN) == pytest.approx(np.exp(gain) - worth(nu), rel=2e-4)


def test_in_the_equivalent_form_the_surplus_is_counted_up_to_three_log_points():
    """w E[e^S - 1] where everybody is willing, S at most 3: g pi nu / sin(pi nu) - 1 far below it, then e^3 - 1."""
    for gain, counted in ((2.0, 2.0 + np.log(worth())), (4.0, 3.0)):
        p = PLAIN.replace(gap=np.exp(gain), conventions=PLAIN.conventions.replace(surplus="equivalent"))
        for cell in cells(p):
            assert per_mover(cell, "movers", ORIGIN) == pytest.approx(np.expm1(counted), rel=1e-4)


@pytest.mark.parametrize(
    ("changes", "group", "country", "money"),
    [
        # Idle at home: the pay given up is .6.
        ({"gap": np.e, "slack": 0.4}, "movers", ORIGIN, np.e - 0.6 * worth()),
        # What is sent home is not taken off what the movers gain.
        ({"gap": np.e, "slack": 0.4, "rho": 0.25}, "movers", ORIGIN, np.e - 0.6 * worth()),
        # A quarter of what is gained in pay, after a fee of .1 and a levy of .2: (100 (.9) (.8) - .6) / 4.
        ({"rho": 0.25, "fee_managed": 0.1, "tax": 0.2, "slack": 0.4}, "families", ORIGIN, 17.85),
        # The levy is 100 (.9) (.2) = 18; the host keeps a quarter.
        ({"fee_managed": 0.1, "tax": 0.2, "tax_host": 0.25}, "treasury", HOST, 4.5),
        ({"fee_managed": 0.1, "tax": 0.2, "tax_host": 0.25}, "treasury", ORIGIN, 13.5),
        # The origin manages its emigrants, at a share of the full wage at home.
        ({"c_var": 0.05, "slack": 0.4}, "treasury", ORIGIN, -0.05),
        # The host trains half of the less skilled, who are half of the movers: .4 / 4 of the skilled wage at home.
        ({"train": 0.4, "gsp": 0.5}, "treasury", HOST, -0.1),
        # What half of the movers learnt at the origin's cost is gone: .4 / 2.
        ({"train": 0.4}, "residents", ORIGIN, -0.2),
        # Taxes of half of the pay, services of a fifth of GDP per worker, which is 3/2 of the wage: 50 - 30.
        ({"tau": 0.5, "services": 0.2}, "residents", HOST, 20.0),
        # The origin loses taxes on .8 of the wage and saves services: -.4 + .3.
        ({"tau": 0.5, "services": 0.2, "slack": 0.2}, "residents", ORIGIN, -0.1),
        # At gamma 1 each arrival costs chi = 2 of GDP per worker, 150 wages of the origin; so few are far from X_max.
        ({"chi": 2.0, "gamma": 1.0}, "residents", HOST, -300.0),
    ],
)
def test_money_of_a_group_for_each_mover(changes, group, country, money):
    """Equations 5, 7 and 8, in units of the wage at home."""
    for cell in cells(PLAIN.replace(**changes)):
        assert per_mover(cell, group, country) == pytest.approx(money, rel=1e-4)


def test_a_migrant_from_a_corridor_that_nobody_manages_weighs_more():
    """Equation 7: where the origin does not open, each arrival counts 1 + u = 1.5 times, 450 wages instead of 300."""
    p = PLAIN.replace(chi=2.0, gamma=1.0, unmanaged=0.5, phi_U=1.0, phi_S=1.0, fee=0.0)
    for cell in (solve_bilateral(p).cell(0, 1), solve_region(bilateral(p), np.array([[False, True], [False, False]]))):
        assert per_mover(cell, "residents", HOST) == pytest.approx(-450, rel=1e-4)


def test_movers_gain_what_they_earn_over_their_wage_before_and_not_over_the_wage_that_their_leaving_raises():
    """Half of a small country leaves and its wages rise by 2^(1/3): g - 2^(1/3) worth(nu), and the rise on top."""
    gap, share = np.exp(2.5), 0.5
    for cell in cells(PLAIN.replace(gap=gap, size=1e-4, openness=share, nu=0.05)):
        gain = per_mover(cell, "movers", ORIGIN) * ADMITTED / share
        assert gain == pytest.approx(gap - 1 - 2 ** (1 / 3) * (worth(0.05) - 1), rel=1e-4)


def test_the_sum_between_the_treasuries_is_a_share_of_the_hosts_gdp():
    """Two workers' GDP in a million is 2 (3/2) wages of the host, 300 of the origin, for each mover."""
    cell = agreement(PLAIN.replace(side=2 * ADMITTED))
    assert per_mover(cell, "treasury", HOST) == pytest.approx(300)
    assert per_mover(cell, "treasury", ORIGIN) == pytest.approx(-300)


NO_WEIGHTS = dict.fromkeys(("w_U", "w_S", "w_K", "w_R", "w_M", "w_F", "w_T", "w_X", "w_O"), 0.0)


@pytest.mark.parametrize(
    ("changes", "country", "felt"),
    [
        # Half of the foreign movers' gain; what they send home is not counted again.
        ({"gap": np.e, "rho": 0.2, "w_X": 0.5}, HOST, (np.e - worth()) / 2),
        # A loss of .05 counts 1.4 times, and the weight is .5; a gain counts once.
        ({"c_var": 0.05, "w_T": 0.5, "loss": 1.4}, ORIGIN, -0.035),
        ({"gap": np.e, "w_M": 0.5, "loss": 1.4}, ORIGIN, (np.e - worth()) / 2),
    ],
)
def test_a_government_weighs_gains_and_losses(changes, country, felt):
    """Equation 9, in units of the wage at home for each mover."""
    for cell in cells(PLAIN.replace(**{**NO_WEIGHTS, **changes})):
        payoff = cell.payoffs[country] / 100 * cell.gdp[country]
        assert payoff / (ADMITTED * WAGES * cell.gdp[ORIGIN]) == pytest.approx(felt, rel=1e-4)
