"""The catalogue of parameters and the record that carries them say the same."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from economy.model.payoffs import solve_bilateral
from economy.parameters import NAMES, Parameters, check, defaults, entries, preset, touching
from games.errors import InputError


def test_catalogue_and_record_are_in_step():
    fields = tuple(field.name for field in dataclasses.fields(Parameters))
    assert (*entries(), "conventions") == fields
    assert tuple(entries()) == NAMES


@pytest.mark.parametrize("entry", entries().values(), ids=lambda entry: entry.name)
def test_every_parameter_is_explained_and_its_default_allowed(entry):
    assert entry.low <= entry.default <= entry.high
    assert entry.touches in {"market", "accounts", "politics"}
    assert entry.confidence in {"high", "medium", "low"}
    assert all([entry.symbol, entry.unit, entry.meaning, entry.source])


def test_where_nothing_is_looked_up_the_source_says_assumption_or_calibrated():
    for entry in entries().values():
        assert entry.confidence != "low" or "assumption" in entry.source or "calibrated" in entry.source


def test_limits_of_the_specification():
    limits = {name: (entry.low, entry.high) for name, entry in entries().items()}
    assert limits["u0"] == limits["u1"] == limits["theta"] == (0.001, 0.999)
    assert limits["size"] == (1e-4, 1e4)
    assert limits["gap"] == (0.1, 100)
    assert limits["sigma"] == (0.3, 10)
    assert limits["nu"][0] == 0.05
    for name in ("openness", "tax", "gsp", "leak", "kappa", "tax_host"):
        assert limits[name] == (0, 1)


def test_the_two_presets_are_the_pairs_of_the_annex():
    symmetric, asymmetric = preset("symmetric"), preset("asymmetric")
    assert (symmetric.eta, symmetric.train, symmetric.gap) == (0, 0, 1)
    assert (asymmetric.gap, asymmetric.size, asymmetric.u0, asymmetric.u1) == (4, 1.5, 0.25, 0.60)
    assert (asymmetric.theta, asymmetric.kappa, asymmetric.eta) == (0.70, 1, defaults().eta)


def test_an_unknown_preset_is_answered_with_those_there_are():
    with pytest.raises(InputError) as caught:
        preset("lopsided")
    assert "symmetric, asymmetric" in caught.value.problems[0].hint


def test_all_parameters_outside_their_limits_are_named_at_once_with_the_range():
    with pytest.raises(InputError) as caught:
        check(defaults().replace(gap=0.01, openness=np.array([0.5, 1.2]), nu=float("nan")), "case.toml:economy")
    places = [problem.place for problem in caught.value.problems]
    assert places == ["case.toml:economy.gap", "case.toml:economy.nu", "case.toml:economy.openness"]
    assert caught.value.problems[0].hint == "write a number from 0.1 to 100"


def test_nobody_solves_outside_the_limits():
    with pytest.raises(InputError, match=r"parameters\.sigma"):
        solve_bilateral(defaults().replace(sigma=0.0))


def test_arrays_that_do_not_go_together_are_refused():
    with pytest.raises(InputError, match="shapes"):
        check(defaults().replace(gap=np.ones(2), size=np.ones(3)))


def test_the_shape_is_that_of_the_batch():
    assert defaults().shape == ()
    assert defaults().replace(gap=np.ones((3, 1)), size=np.ones(2)).shape == (3, 2)


def test_dials_are_sorted_by_what_they_touch():
    assert {"openness", "tax", "gsp"} <= set(touching("market"))
    assert {"years", "tax_host", "side"} <= set(touching("accounts"))
    assert {"loss", "w_K"} <= set(touching("politics"))
    assert sorted(touching("market", "accounts", "politics")) == sorted(NAMES)


def test_importing_the_package_loads_nothing_heavy():
    heavy = "sorted({'numpy', 'networkx', 'games'} & set(sys.modules))"
    code = f"import economy, sys; print({heavy}, economy.solve_bilateral.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "solve_bilateral"]


def test_the_face_gives_what_it_lists():
    import economy

    assert all(getattr(economy, name) is not None for name in economy.__all__)
    assert dir(economy) == sorted(economy.__all__)
    with pytest.raises(AttributeError):
        getattr(economy, "nonsense")  # noqa: B009 - the type checker knows that there is none
