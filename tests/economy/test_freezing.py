"""The law of a batch: an economy's figures do not depend, to the last bit, on the company it is solved in."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from economy.model import batching, cells
from economy.model.payoffs import GameCell, agreement, solve_bilateral
from economy.parameters import defaults

MANY = st.integers(1, 12)
RANGES = {
    "gap": (0.5, 12.0),
    "size": (0.1, 20.0),
    "u0": (0.05, 0.95),
    "theta": (0.2, 0.8),
    "kappa": (0.0, 1.0),
    "eta": (0.0, 0.03),
    "openness": (0.0, 1.0),
    "cost": (0.0, 4.0),
    "nu": (0.06, 1.0),
    "slack": (0.0, 0.9),
    "gamma": (1.0, 3.0),
    "years": (1.0, 5.0),
    "tax_host": (0.0, 1.0),
    "loss": (1.0, 2.0),
    "w_X": (0.0, 1.0),
}
"""Dials that are drawn from a range."""
CORNERS = {
    "sigma": (1.0, 1.6, 0.5),
    "gsp": (0.0, 0.4, 1.0),
    "leak": (0.0, 0.05, 1.0),
    "leak_managed": (0.0, 0.5),
    "control": (0.0, 0.5),
    "old_stock": (0.0, 0.1, 0.9),
    "old_stock_origin": (0.0, 0.02),
    "old_sigma": (2.0, 20.0),
    "skilled_openness": (0.0, 1.0, 3.0),
    "tax": (0.0, 0.2),
    "openness": (0.0, 1.0),
}
"""Dials whose special values must not touch the neighbours: each economy draws one of these."""


@st.composite
def batches(draw):
    count = draw(MANY)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    dials = draw(st.sets(st.sampled_from(sorted(RANGES)), min_size=1))
    changes = {name: rng.uniform(*RANGES[name], count) for name in sorted(dials)}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(CORNERS))))):
        changes[name] = rng.choice(CORNERS[name], count)
    return defaults().replace(**changes), count


def one(parameters, index):
    return defaults().replace(**{name: float(v[index]) for name, v in parameters.items().items() if np.ndim(v)})


def equal(left, right):
    names = [field.name for field in fields(left)]
    return [name for name in names if not np.array_equal(getattr(left, name), getattr(right, name))] == []


@settings(max_examples=40)
@given(batches())
def test_alone_and_in_company_are_the_same_bits(batch):
    parameters, count = batch
    stakes = solve_bilateral(parameters)
    for index in range(count):
        assert equal(solve_bilateral(one(parameters, index)), stakes[index])


@settings(max_examples=30)
@given(batches(), st.randoms(use_true_random=False))
def test_order_and_company_do_not_matter(batch, random):
    parameters, count = batch
    order = [random.randrange(count) for _ in range(random.randrange(1, 2 * count + 1))]
    drawn = parameters.replace(**{n: np.asarray(v)[order] for n, v in parameters.items().items() if np.ndim(v)})
    assert equal(solve_bilateral(drawn), solve_bilateral(parameters)[order])


@settings(max_examples=30)
@given(batches())
def test_the_short_way_to_an_agreement_gives_the_same_bits(batch):
    parameters, _ = batch
    assert equal(agreement(parameters), solve_bilateral(parameters).cell(0, 0))


@given(batches())
def test_the_status_quo_is_exactly_nothing(batch):
    parameters, _ = batch
    status_quo = solve_bilateral(parameters.replace(leak=0.0)).cell(1, 1)
    for values in (status_quo.payoffs, status_quo.groups, status_quo.flows, status_quo.gdp_gain, status_quo.residual):
        assert not values.any()


def test_a_leak_moves_people_in_the_status_quo_and_only_where_it_is():
    stakes = solve_bilateral(defaults().replace(gap=3.0, leak=np.array([0.0, 0.05])))
    assert not stakes[0].cell(1, 1).flows.any()
    assert stakes[1].cell(1, 1).flows.any()
    assert not stakes.cell(1, 1).payoffs.any()


@pytest.mark.parametrize("block", [1, 7, 64])
def test_blocks_do_not_show(monkeypatch, block):
    rng = np.random.default_rng(0)
    parameters = defaults().replace(
        gap=rng.uniform(1, 8, 50),
        gsp=rng.choice([0.0, 0.5], 50),
        leak=rng.choice([0.0, 0.1], 50),
        old_stock=rng.choice([0.0, 0.1], 50),
        loss=1.1,
    )
    whole = solve_bilateral(parameters)
    monkeypatch.setattr(batching, "BLOCK", block)
    assert equal(solve_bilateral(parameters), whole)


def test_markets_that_are_alike_are_cleared_once(monkeypatch):
    cleared: list[int] = []
    clear = cells.clear_market

    def count(place, start):
        cleared.append(place.natives.shape[-1])
        return clear(place, start)

    monkeypatch.setattr(cells, "clear_market", count)
    rng = np.random.default_rng(0)
    parameters = defaults().replace(
        tax=rng.choice([0.0, 0.05, 0.1, 0.2], 500), gsp=rng.choice([0.0, 0.5], 500), years=rng.uniform(1, 5, 500)
    )
    together = agreement(parameters)
    assert cleared == [8]
    assert equal(agreement(one(parameters, 17)), together[17])


def test_a_batch_may_have_any_shape():
    gap, loss = np.linspace(1, 4, 6).reshape(2, 3, 1), np.array([1.0, 1.2])
    stakes = solve_bilateral(defaults().replace(gap=gap, loss=loss))
    assert stakes.shape == (2, 3, 2)
    assert stakes.payoffs.shape == (2, 3, 2, 2, 2, 2)
    assert stakes.flows.shape == (2, 3, 2, 2, 2, 2, 2, 2)
    assert isinstance(stakes.cell(0, 1), GameCell)
    assert equal(stakes[1, 2, 0], solve_bilateral(defaults().replace(gap=4.0, loss=1.0)))
