"""Training that answers the chance to leave: off by default, and then a curve of the origin's income over exit."""

import numpy as np
import pytest

from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import defaults, preset
from economy.treaties.brain_gain import BOTH_OPEN, ELASTICITY, FIRST_EXIT, trace_skilled_exit
from economy.treaties.payoffs import solve_region_accounts
from economy.treaties.region import bilateral
from games.errors import InputError

UNEQUAL = preset("asymmetric").replace(openness=0.05)
LEVELS = np.array([0.0, 0.05, 0.2, 0.5, 1.0])


def test_without_an_answer_it_is_the_model():
    found = trace_skilled_exit(UNEQUAL, LEVELS)
    p = UNEQUAL.replace(skilled_openness=LEVELS / 0.05)
    accounts, gdp = solve_region_accounts(bilateral(p), BOTH_OPEN), agreement(p).gdp
    origin = accounts.total[:, 1] * (gdp.sum(axis=-1) / gdp[:, 1])[:, None]
    assert found.stayers == pytest.approx(origin[:, 0])
    assert found.everybody == pytest.approx(origin.sum(axis=-1))
    assert found.skilled == pytest.approx(np.full(5, 0.4))
    assert found.openness == pytest.approx(LEVELS)


@pytest.mark.parametrize("elasticity", [0.02, ELASTICITY, 0.2])
def test_training_and_exit_are_settled_together(elasticity):
    found = trace_skilled_exit(UNEQUAL, LEVELS, elasticity)
    assert found.skilled == pytest.approx(0.4 * (1 + found.exit / FIRST_EXIT) ** elasticity, abs=1e-10)
    assert (np.diff(found.exit) > 0).all()
    assert (np.diff(found.skilled) > 0).all()


def test_a_doubling_of_exit_raises_training_by_the_estimate():
    """Beine, Docquier and Rapoport (2008): 5 %; far from 0 exit, where m over m_0 is large."""
    p = defaults().replace(gap=8.0, openness=0.05)
    found = trace_skilled_exit(p, np.linspace(0.2, 1.0, 400), ELASTICITY)
    once = 0.2
    first, twice = (np.interp(exit_, found.exit, found.skilled) for exit_ in (once, 2 * once))
    assert twice / first == pytest.approx(2**ELASTICITY, rel=2e-3)


def test_without_people_who_leave_and_at_todays_exit_nothing_is_gained():
    calm = UNEQUAL.replace(cost=20.0)
    still = trace_skilled_exit(calm, LEVELS, ELASTICITY)
    assert still.skilled == pytest.approx(np.full(5, 0.4), abs=1e-6)
    shares = UNEQUAL.conventions.replace(ceiling="share")
    alike = {"phi_S_managed": 0.8, "phi_U_managed": 0.8, "fee_managed": 0.2}
    today = UNEQUAL.replace(today=0.05, today_origin=0.05, conventions=shares, **alike)
    found = trace_skilled_exit(today, np.array([0.05]), ELASTICITY)
    assert found.skilled == pytest.approx([0.4], abs=1e-9)
    gone = solve_bilateral(today).cell(1, 1).flows[1, 0, 1] / (1.5 * 0.4)
    assert found.exit == pytest.approx([gone], rel=1e-9)


def test_the_answer_can_turn_a_drain_into_a_gain_and_costs_training():
    """Where remittances are nothing and training is dear, exit costs the origin without an answer."""
    poor = UNEQUAL.replace(rho=0.0, train=0.5)
    drain, gain = (trace_skilled_exit(poor, LEVELS, elasticity).stayers for elasticity in (0.0, ELASTICITY))
    assert (np.diff(drain) < 0).all()
    assert gain[1] > gain[0]
    dear = trace_skilled_exit(poor.replace(train=1.0), LEVELS, ELASTICITY).stayers
    assert (dear[1:] < gain[1:]).all()
    assert gain[0] == drain[0]


def test_what_the_newly_trained_add_is_output_in_levels_less_their_training():
    """Output of a closed country is proportional to its labour aggregate and to the share of the skilled to the η."""
    found = trace_skilled_exit(UNEQUAL, LEVELS, ELASTICITY)
    power, weights = 1 - 1 / UNEQUAL.sigma, np.array([1 - UNEQUAL.theta, UNEQUAL.theta])

    def index(skilled):
        return (weights * (1.5 * np.array([1 - skilled, skilled])) ** power).sum() ** (1 / power)

    def wage_share(skilled):
        """Pay of one skilled worker over the country's output."""
        step = 1e-6
        grown = (weights * np.array([1.5 * (1 - skilled), 1.5 * skilled + step]) ** power).sum() ** (1 / power)
        return (2 / 3) * (grown / index(skilled) - 1) / step

    rise = np.array([index(skilled) / index(0.4) * (skilled / 0.4) ** UNEQUAL.eta for skilled in found.skilled])
    more = 1.5 * (found.skilled - 0.4)
    school = UNEQUAL.train * wage_share(0.4) * more * (1 - found.exit)
    trained = 1 - np.asarray(found.skilled)
    p = UNEQUAL.replace(skilled_openness=LEVELS / 0.05, u1=trained, gap=4 * (found.skilled / 0.4) ** -UNEQUAL.eta)
    accounts, gdp = solve_region_accounts(bilateral(p), BOTH_OPEN), agreement(p).gdp
    origin = accounts.total[:, 1].sum(axis=-1) * gdp.sum(axis=-1) / gdp[:, 1] * rise
    assert found.everybody == pytest.approx(100 * (rise - 1 - school) + origin, rel=1e-5)
    pay = np.array([wage_share(skilled) for skilled in found.skilled]) * rise * 0.5 * more * found.exit
    migrants = accounts.total[:, 1, 1:].sum(axis=-1) * gdp.sum(axis=-1) / gdp[:, 1] * rise
    assert found.everybody - found.stayers == pytest.approx(100 * pay + migrants, rel=1e-5)


def test_what_lies_outside_the_limits_is_refused():
    with pytest.raises(InputError, match="openness"):
        trace_skilled_exit(UNEQUAL.replace(openness=2.0), LEVELS)
