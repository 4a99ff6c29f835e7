"""Places as people: a ceiling that is met to the last place, and never a promise that anybody comes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.corridors.fitting import corridor
from economy.model.payoffs import agreement
from economy.parameters import preset
from economy.policy.quotas import openness_for_places

UNEQUAL = preset("asymmetric")


def came(p):
    """Arrivals in the host with papers by skill, share of its labour force."""
    cell = agreement(p)
    return (cell.flows - cell.irregular)[..., 1, 0, :]


def willing(p):
    return came(p.replace(openness=1.0, skilled_openness=1.0))


@given(
    places=st.tuples(st.floats(1e-4, 0.3), st.floats(1e-4, 0.3)),
    gap=st.floats(1.2, 8),
    size=st.floats(0.3, 5),
    kappa=st.floats(0, 1),
    gsp=st.sampled_from([0.0, 0.3]),
    leak=st.sampled_from([0.0, 0.1]),
)
@settings(max_examples=25)
def test_as_many_come_as_there_are_places_and_fewer_only_when_fewer_want_to(places, gap, size, kappa, gsp, leak):
    p = UNEQUAL.replace(gap=gap, size=size, kappa=kappa, gsp=gsp, leak=leak)
    solved = openness_for_places(p, *places)
    levels = np.array([solved.openness, min(1.0, solved.openness * solved.skilled_openness)])
    inflow, most = came(solved), np.array(places)
    apart = levels >= levels.max() / 100 * (1 + 1e-9)
    assert (inflow <= most * (1 + 1e-9))[apart].all()
    assert np.allclose(inflow, most, rtol=1e-9) or (levels[apart & (inflow < most * (1 - 1e-9))] > 1 - 1e-12).all()


def test_more_places_than_anybody_wants_are_an_open_border():
    solved = openness_for_places(UNEQUAL, 10.0, 10.0)
    assert (solved.openness, solved.skilled_openness) == (1.0, 1.0)
    assert came(solved) == pytest.approx(willing(UNEQUAL))


def test_no_places_are_a_closed_border():
    assert not came(openness_for_places(UNEQUAL, 0.0, 0.0)).any()
    assert came(openness_for_places(UNEQUAL, 0.01, 0.0)) == pytest.approx([0.01, 0.0])


def test_places_for_the_skilled_alone_hardly_open_to_others():
    inflow = came(openness_for_places(UNEQUAL, 0.0, 0.001))
    assert inflow[1] == pytest.approx(0.001)
    assert inflow[0] < 0.02 * willing(UNEQUAL)[0]


def test_the_three_per_cent_of_the_services_round_are_three_per_cent():
    """Places for 3 % of the host's labour force: Winters and others (2002), requirements Q66."""
    p = corridor("MEX-USA").parameters.replace(today=0.0, today_origin=0.0)
    assert came(openness_for_places(p, 0.015, 0.015)).sum() == pytest.approx(0.03)


def test_a_result_does_not_hang_on_its_neighbours():
    places = np.array([0.0, 0.001, 0.001, 0.02, 0.5])
    gaps = np.array([4.0, 4.0, 4.0, 6.0, 2.0])
    many = openness_for_places(UNEQUAL.replace(gap=gaps), places, places[::-1])
    openness, skilled = np.asarray(many.openness), np.asarray(many.skilled_openness)
    for at, gap in enumerate(gaps):
        one = openness_for_places(UNEQUAL.replace(gap=float(gap)), float(places[at]), float(places[::-1][at]))
        assert (one.openness, one.skilled_openness) == (openness[at], skilled[at])
    # Economies and places broadcast against each other, as everywhere.
    grid = openness_for_places(UNEQUAL.replace(gap=gaps[:, None]), places, 0.0)
    assert np.shape(grid.openness) == (5, 5)
