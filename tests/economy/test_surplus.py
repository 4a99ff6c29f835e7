"""The mean part of the pay abroad that a mover could lose and still go, against an integral computed another way."""

import numpy as np
import pytest

from economy.model.money.surplus import NEAR, mean_equivalent, mean_part

POINTS, WEIGHTS = np.polynomial.legendre.leggauss(64)
LONGEST = 60.0
"""Log points at which the integral ends; e^-60 is below the rounding of a float."""


def integral(v, nu):
    """(1/p) int_0^inf e^-s P(S > s) ds by Gauss-Legendre, with panels cut at nu v and nu v +- 8 nu."""
    cuts = {0.0, LONGEST, *(nu * v + step * nu for step in (-40, -8, 0, 8, 40))}
    panels = np.unique(np.concatenate([np.array(sorted(cuts)), np.arange(0, LONGEST, 2)]))
    panels = panels[(panels >= 0) & (panels <= LONGEST)]
    half = np.diff(panels)[:, None] / 2
    s = panels[:-1, None] + half * (POINTS + 1)
    above = 1 / (1 + np.exp(np.clip((s - nu * v) / nu, -700, 700)))
    return ((np.exp(-s) * above) @ WEIGHTS @ half[:, 0]) * (1 + np.exp(-v))


@pytest.mark.parametrize("nu", [0.05, 0.1, 0.3, 0.35, 0.5, 0.7, 0.99, 1.0, 1 + 1e-12, 1 + NEAR / 2, 1.5, 2.0, 3.1, 5.0])
def test_the_mean_part_is_the_integral(nu):
    for v in (-60, -30, -10, -4, -2, -1, -1e-6, 0, 1e-6, 0.3, 1, 2, 4, 8, 12, 20, 35, 60):
        assert mean_part(np.array([np.exp(v)]), nu)[0] == pytest.approx(integral(float(v), nu), abs=1e-12), v


def test_the_figures_of_the_specification():
    found = [float(mean_part(np.array([np.exp(v)]), nu)[0]) for v, nu in ((0, 0.5), (2, 0.3), (-2, 1))]
    assert found == pytest.approx([0.4292, 0.4719, 0.5211], abs=5e-5)


def test_the_part_lies_between_its_limits_and_rises_with_the_odds():
    odds = np.exp(np.linspace(-40, 40, 801))
    for nu in (0.05, 0.5, 1.0, 3.0):
        part = mean_part(odds, nu)
        assert part[0] == pytest.approx(nu / (1 + nu), abs=1e-12)
        assert part[-1] == pytest.approx(1.0, abs=0.2 if nu < 0.1 else 1e-6)
        assert (np.diff(part) > -1e-13).all()


def test_a_value_does_not_depend_on_its_neighbours():
    rng = np.random.default_rng(2)
    odds, nu = np.exp(rng.normal(0, 6, (2, 2, 60))), rng.choice([0.3, 0.5, 1.0, 1.001, 2.0], 60)
    whole = mean_part(odds, nu)
    for column in range(60):
        assert np.array_equal(mean_part(odds[..., column : column + 1], nu[column]), whole[..., column : column + 1])
        assert np.array_equal(mean_part(odds[..., [column]], nu[[column]]), whole[..., [column]])


CAP = 3.0


def equivalent_integral(v, nu):
    """(1/p) int_0^cap e^s P(S > s) ds with many short panels."""
    panels = np.unique(np.concatenate([np.linspace(0, CAP, 301), np.clip(nu * v + nu * np.arange(-20, 21), 0, CAP)]))
    half = np.diff(panels)[:, None] / 2
    s = panels[:-1, None] + half * (POINTS + 1)
    above = 1 / (1 + np.exp(np.clip((s - nu * v) / nu, -700, 700)))
    return ((np.exp(s) * above) @ WEIGHTS @ half[:, 0]) * (1 + np.exp(-v))


@pytest.mark.parametrize("nu", [0.05, 0.3, 0.5, 1.0, 2.0, 5.0])
def test_the_equivalent_form_is_its_integral(nu):
    for v in (-60, -10, -2, 0, 0.3, 2, 8, 35, 60):
        found = mean_equivalent(np.array([np.exp(v)]), nu, CAP)[0]
        assert found == pytest.approx(equivalent_integral(float(v), nu), rel=1e-10), v
    assert mean_equivalent(np.array([np.exp(60.0)]), nu, CAP)[0] <= np.expm1(CAP) + 1e-9


def test_an_equivalent_value_does_not_depend_on_its_neighbours():
    rng = np.random.default_rng(2)
    odds, nu = np.exp(rng.normal(0, 6, (2, 2, 60))), rng.choice([0.3, 0.5, 1.0, 2.0], 60)
    whole = mean_equivalent(odds, nu, CAP)
    for column in range(60):
        alone = mean_equivalent(odds[..., [column]], nu[[column]], CAP)
        assert np.array_equal(alone, whole[..., [column]])
