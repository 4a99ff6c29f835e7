"""Terms move the parameters that they name, and no others."""

import itertools

import numpy as np
import pytest

from economy.corridors import corridor
from economy.parameters import defaults
from economy.stakes import agreement
from economy.terms import Terms, applied
from games.errors import InputError

BASE = defaults().replace(openness=0.2)

LADDERS = {
    "places": (0, 1 / 3, 2 / 3, 1),
    "recognition": (0.80, 0.85, 0.90, 0.95),
    "fee": (0.20, 0.15, 0.10, 0.05),
    "levy": (0, 0.05, 0.10, 0.20),
    "levy_host": (1, 0.75, 0.5, 0.25),
    "partnership": (0, 0.25, 0.5, 1),
    "phasing": (1, 2, 3, 5),
}
"""The corridor agenda of spec negotiation.md, section 6."""


def moved(terms):
    after = applied(BASE, terms).items()
    return {name: after[name] for name, value in BASE.items().items() if after[name] is not value}


@pytest.mark.parametrize(
    ("terms", "parameters"),
    [
        (Terms(), {}),
        (Terms(places=0.5), {"openness": 0.1}),
        (Terms(recognition=0.9), {"phi_U_managed": 0.9, "phi_S_managed": 0.9}),
        (Terms(fee=0.1), {"fee_managed": 0.1}),
        (Terms(levy=0.15), {"tax": 0.15}),
        (Terms(levy_host=0.5), {"tax_host": 0.5}),
        (Terms(partnership=0.25), {"gsp": 0.25}),
        (Terms(phasing=3), {"years": 3}),
    ],
)
def test_each_clause_moves_its_own_parameters(terms, parameters):
    assert moved(terms) == parameters


def test_no_clause_of_a_deal_without_movers_costs_more_than_the_apparatus():
    nothing = agreement(applied(BASE, Terms(places=0, levy=0.2, partnership=1, recognition=0.8, fee=0.2)))
    assert nothing.flows.sum() == 0
    assert nothing.payoffs == pytest.approx([-0.06, -0.06])


def test_clauses_are_held_to_the_limits_of_what_they_move():
    with pytest.raises(InputError, match="openness"):
        agreement(applied(BASE, Terms(places=6.0)))


@pytest.mark.parametrize(
    ("code", "gain", "without_levy", "without_partnership"),
    [("MAR-ESP", 1934, 0, 0), ("DEU-FRA", 363, 32, 32), ("MEX-USA", 9228, 2136, 768)],
)
def test_packages_from_which_both_governments_gain(code, gain, without_levy, without_partnership):
    """The counts of spec negotiation.md, section 6, within 3 %."""
    levels = np.array(list(itertools.product(*LADDERS.values()))).T
    terms = Terms(**dict(zip(LADDERS, levels, strict=True)))
    packages = agreement(applied(corridor(code).parameters, terms))
    both = (packages.payoffs > 0).all(axis=-1) & (levels[0] > 0)
    plain = both & (levels[3] == 0)
    assert both.sum() == pytest.approx(gain, rel=0.03)
    assert plain.sum() == pytest.approx(without_levy, rel=0.03)
    assert (plain & (levels[5] == 0)).sum() == pytest.approx(without_partnership, rel=0.03)
