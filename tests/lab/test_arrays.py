"""The short way through the arrays gives the rows of the long one, to the last bit, or is not taken."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from economy.parameters import defaults, entries
from games.errors import InputError
from lab import parse_design, results
from lab.design.array_readers import ARRAY_READERS
from lab.design.measure_catalogue import ANALYSE_MEASURES
from lab.runs.single_run import SingleRunner
from lab.runs.sweep import ExecutionOptions, sweep
from lab.runs.vectorised import ArrayRunner, create_runner, is_vectorisable

CASE = {"schema": 1, "scenario": "corridor:MAR-ESP", "kind": "analyse"}
MEASURES = [
    *("class", "class_player", "gain", "welfare", "self_enforcing", "both_gain", "payoff.host", "payoff.origin"),
    *(f"change.{party}.{group}" for party in ("host", "origin") for group in ("scarce_labour", "abundant_labour")),
    *("change.host.capital", "change.host.consumers", "change.origin.families"),
    *("account.host natives", "account.origin natives", "account.new migrants", "account.old migrants"),
    *("account_private.host natives", "account_public.new migrants", "income", "cost_of_moving", "sent_home"),
    *("arrivals.host", "arrivals.origin", "reciprocity"),
]
SLOW = [
    *("potential_gross", "potential_net", "best_net", "signed_gross", "signed_net", "signed_best"),
    *("share_gross", "share_net", "limit_both", "limit_self_enforcing", "limit_with_levy", "levy_low", "levy_high"),
    *("largest_openness", "remedy.levy", "remedy.lump sum"),
]
"""What takes a search."""


def rows(made):
    """What is told of runs, the time and the process left out; text, so that -0.0 and 1 are not 0.0 and 1.0."""
    return [repr(each._replace(seconds=0.0, worker=0)) for each in made]


def identical(design):
    numbers = np.arange(design.count)
    alone = SingleRunner(design)
    assert rows(ArrayRunner(design).batch(numbers)) == rows([alone.run(number) for number in numbers.tolist()])


def dial_values(name):
    """Somewhere near the dial's usual place, and sometimes at its ends."""
    entry = entries()[name]
    usual = float(getattr(defaults(), name))
    near = st.floats(max(entry.low, usual / 2), min(entry.high, max(2 * usual, usual + 0.2)))
    ends = [each for each in (entry.low, entry.high) if each in (0.0, 1.0)]
    return st.one_of(near, st.sampled_from([usual, *ends]))


@st.composite
def designs(draw):
    """Lists of a few cases over a few dials, with or without policies, and a few measures."""
    names = draw(st.lists(st.sampled_from(sorted(entries())), min_size=1, max_size=4, unique=True))
    count = draw(st.integers(1, 3))
    factors = [
        {"key": f"economy.{name}", "values": draw(st.lists(dial_values(name), min_size=count, max_size=count))}
        for name in names
    ]
    other = draw(st.sampled_from(sorted(set(entries()) - set(names))))
    arms = [{"name": "as it is", "set": {}}, {"name": "moved", "set": {f"economy.{other}": draw(dial_values(other))}}]
    measures = draw(st.lists(st.sampled_from(MEASURES), min_size=1, max_size=6, unique=True))
    cells = {"design": "list", "factor": factors, "measure": measures}
    try:
        return parse_design(CASE | cells | ({"arm": arms} if draw(st.booleans()) else {}))
    except InputError:
        assume(False)


@given(designs())
@settings(max_examples=40)
def test_arrays_and_one_by_one_give_the_same_rows(design):
    assume(is_vectorisable(design))
    identical(design)


def spread(**cells):
    return parse_design(
        CASE | {"factor": [{"key": "economy.gap", "values": [1, 2.5, 6]}], "measure": ["class"]} | cells
    )


def test_everything_that_can_be_read_from_arrays_is():
    design = spread(measure=[*MEASURES, *SLOW])
    assert is_vectorisable(design)
    identical(design)
    assert {name.partition(".")[0] for name in (*MEASURES, *SLOW)} == ARRAY_READERS.keys()


def test_a_remedy_in_place_is_removed_before_another_is_searched_in_both_ways():
    """As `analyse` does: the need of a levy is that of a levy alone. The window leaves all else as it is."""
    arms = [{"name": "nothing"}, {"name": "phased", "set": {"economy.years": 5}}]
    design = parse_design(
        CASE | {"scenario": "corridor:DEU-FRA", "arm": arms, "measure": ["remedy.levy", "levy_low", "levy_high"]}
    )
    assert is_vectorisable(design)
    identical(design)
    bare, phased = (row.measures for row in ArrayRunner(design).batch(np.arange(2)))
    assert bare[0] == phased[0]
    assert bare[1:] != phased[1:]


def test_what_arrays_measure_is_in_the_catalogue():
    assert ARRAY_READERS.keys() < ANALYSE_MEASURES.keys()


def test_the_scarce_labour_of_every_case_is_its_own():
    """The less skilled are scarce in the host below 0.6 and plentiful above."""
    shares = {"key": "economy.u0", "values": [0.3, 0.5, 0.7]}
    names = [f"change.{party}.{group}" for party in ("host", "origin") for group in ("scarce_labour", "capital")]
    design = spread(factor=[shares], measure=names, arm=[{"name": "a", "set": {"economy.u1": 0.6}}])
    assert is_vectorisable(design)
    identical(design)


def test_measures_that_may_be_empty_are_empty_in_both_ways():
    """Nobody moves today: no limit on people, and openness is read. Somebody moves: the other way round."""
    factors = [{"key": "economy.today", "values": [0, 0.2]}, {"key": "economy.today_origin", "values": [0, 0]}]
    design = parse_design(CASE | {"design": "list", "factor": factors, "measure": ["limit_both", "largest_openness"]})
    identical(design)
    found = [row.measures for row in ArrayRunner(design).batch(np.arange(2))]
    assert (found[0][0], found[1][1]) == (None, None)
    assert None not in (found[0][1], found[1][0])


def test_a_design_without_factors_is_a_batch_of_one():
    design = parse_design(CASE | {"measure": ["class", "gain"]})
    assert is_vectorisable(design)
    identical(design)


def test_a_case_outside_the_limits_is_an_error_and_its_neighbours_are_not():
    """A design checks the ends of long lists alone; here the limits lie inside."""
    design = spread(factor=[{"key": "economy.gap", "values": [1, 2, 3]}], measure=["gain"])
    object.__setattr__(design.factors[0], "levels", (1, -5, 3))
    made = ArrayRunner(design).batch(np.arange(3))
    assert [row.status for row in made] == ["ok", "error", "ok"]
    assert "economy.gap" in str(made[1].error)
    identical(design)


@pytest.mark.parametrize(
    "cells",
    [
        {"measure": ["zopa"]},
        {"measure": ["flow.host"]},
        {"factor": [{"key": "countries.Spain.gap", "values": [2, 3]}]},
        {"arm": [{"name": "a", "set": {"agenda.rounds": 5}}]},
        {"scenario": "bully", "factor": []},
    ],
    ids=["measure", "people", "country", "agenda", "game"],
)
def test_what_is_no_matter_of_dials_goes_the_long_way(cells):
    design = spread(**cells)
    assert not is_vectorisable(design)
    assert isinstance(create_runner(design), SingleRunner)


def test_a_sweep_through_arrays_is_the_sweep_through_runs(tmp_path):
    design = spread(factor=[{"key": "economy.kappa", "range": [0, 1]}], design="lhs", points=6, measure=["gain"])
    sweep(design, tmp_path / "short")
    sweep(design, tmp_path / "long", "serial", ExecutionOptions(make=SingleRunner))
    names = ["run_id", "number", "economy.kappa", "status", "gain"]
    assert results(tmp_path / "short")[names].equals(results(tmp_path / "long")[names])
