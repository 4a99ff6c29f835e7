"""Arms against each other and folders against each other: pairs, signs, what is missing, and what is refused."""

# pyright: reportOptionalMemberAccess=false, reportOptionalOperand=false, reportOperatorIssue=false

import json

import numpy as np
import pytest

from games.errors import InputError
from lab import parse_design
from lab.analysis.bootstrap import Interval, ResamplingPlan
from lab.analysis.comparison import PairedDifference, compare, compare_arms, paired_difference
from lab.analysis.dataset import load_dataset
from lab.analysis.findings import analyse_sweep
from lab.analysis.scenario_discovery import discover
from lab.analysis.sensitivity import factor_sensitivity
from lab.analysis.summaries import curve_along, replicates_needed, summarise
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.store.folder import open_store

POINTS = ResamplingPlan(1, False, 0)
NAN = float("nan")
GAPS = {"key": "economy.gap", "name": "gap", "range": [1, 6]}
LEVY = {"name": "levy", "set": {"economy.tax": 0.15, "economy.tax_host": 0}}
BASE = {"name": "as it is"}


def cells(**changes):
    told = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain", "income"]}
    return told | {"design": "lhs", "points": 12, "factor": [GAPS], "arm": [BASE, LEVY]} | changes


def made(folder, name="swept", leave_out=(), fail=(), **changes):
    """A folder with the rows of a design, less those left out; some of them as failures."""
    design = parse_design(cells(**changes), name)
    bench = SingleRunner(design)
    with open_store(folder / name, design) as store:
        for number in store.todo().tolist():
            if number in fail:
                store.add(Finished(number, "error", error_type="ValueError", error="<b>no</b>", traceback="a\nb & c"))
            elif number not in leave_out:
                store.add(bench.run(number))
    return folder / name


# -- by hand


def test_differences_by_hand():
    one, other = np.array([[3.0], [5.0], [2.0], [NAN]]), np.array([[1.0], [5.0], [4.0], [1.0]])
    found = paired_difference("gain", ("new", "old"), (one, other), POINTS)
    assert found.interval.mean == 0
    assert (found.higher, found.alike, found.lower) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert found.unpaired == 1
    assert not found.clear


def test_a_constant_difference_is_certain():
    values = np.random.default_rng(1).normal(size=(50, 1)) * 100
    found = paired_difference("gain", ("new", "old"), (values + 0.25, values), POINTS)
    assert found.interval.low == pytest.approx(0.25)
    assert found.interval.high == pytest.approx(0.25)
    assert found.clear
    assert found.higher == 1


def test_nothing_in_common_has_no_difference():
    one, other = np.array([[1.0], [NAN]]), np.array([[NAN], [2.0]])
    found = paired_difference("gain", ("new", "old"), (one, other), POINTS)
    assert (found.interval, found.higher, found.unpaired) == (None, None, 2)


# -- in a sweep


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return made(tmp_path_factory.mktemp("sweeps"))


def test_cells_are_the_rows_of_the_table(swept):
    found = load_dataset(swept)
    gains = found.of("gain")
    assert gains.shape == found.shape == (12, 2, 1)
    frame = found.frame.set_index(["gap", "arm"])["gain"]
    for point, gap in enumerate(found.settings()["gap"]):
        for at, arm in enumerate(found.arms):
            assert gains[point, at, 0] == frame[gap, arm]


def test_arms_are_paired_on_their_points(swept):
    found = load_dataset(swept)
    (told,) = compare_arms(found, "gain")
    gaps = found.of("gain")[:, 1] - found.of("gain")[:, 0]
    assert (told.one, told.other) == ("levy", "as it is")
    assert told.interval.mean == pytest.approx(gaps.mean())
    assert told.interval.draws == 12
    (back,) = compare_arms(found, "gain", against="levy")
    assert back.interval.mean == pytest.approx(-gaps.mean())


def test_a_condition_is_one_where_it_holds(swept):
    found = load_dataset(swept)
    held = found.of("gain <= 3")
    assert set(np.unique(held).tolist()) <= {0.0, 1.0}
    assert (held == (found.of("gain") <= 3)).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("welfare", "was not measured"),
        ("welfare < 2", "was not measured"),
        ("gain < much", "no number"),
        ("gain < nan", "no number"),
        ("gain > -inf", "no number"),
        ("gain < 1_0", "no number"),
        ("gain < 1e999999999", "no number"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused(swept, text, told):
    with pytest.raises(InputError, match=told):
        load_dataset(swept).of(text)


def test_a_measure_runs_along_a_factor(swept):
    path = curve_along(load_dataset(swept), "gain", "gap", "as it is", most=4)
    assert [each.interval.n for each in path] == [3, 3, 3, 3]
    assert [each.at for each in path] == sorted(each.at for each in path)
    with pytest.raises(InputError, match="no factor"):
        curve_along(load_dataset(swept), "gain", "tax", "as it is")


@pytest.mark.parametrize("analysis", [discover, factor_sensitivity])
def test_an_unknown_arm_is_refused_and_the_arms_are_listed(swept, analysis):
    with pytest.raises(InputError, match=r"'nobody' is no arm.*as it is"):
        analysis(load_dataset(swept), "gain", "nobody")


def test_a_curve_along_a_factor_refuses_an_unknown_arm(swept):
    with pytest.raises(InputError, match=r"'nobody' is no arm.*as it is"):
        curve_along(load_dataset(swept), "gain", "gap", "nobody")


def test_a_folder_compared_with_itself_differs_nowhere(swept):
    found = compare(swept, swept)
    assert found.pairs == 24
    assert found.only == (0, 0)
    assert {each.interval.mean for each in found.differences} == {0.0}
    assert {each.alike for each in found.differences} == {1.0}
    json.dumps(found.to_dict(), allow_nan=False)


def test_two_folders_of_one_arm_each_say_what_two_arms_say(tmp_path, swept):
    old = made(tmp_path, "old", arm=[BASE])
    new = made(tmp_path, "new", arm=[LEVY])
    found = {each.measure: each for each in compare(new, old).differences}
    (told,) = compare_arms(load_dataset(swept), "gain")
    assert found["gain"].interval.mean == pytest.approx(told.interval.mean)
    assert (found["gain"].one, found["gain"].other) == ("new", "old")


def test_what_one_folder_alone_has_is_told_in_the_number_that_it_has(tmp_path, swept):
    other = made(tmp_path, "other", measure=["gain", "self_enforcing", "welfare"], fail=(0,), leave_out=(1, 2))
    told = compare(swept, other).notes
    assert f"Only {swept} has the measure income." in told
    assert f"Only {other} has the measures self_enforcing, welfare." in told
    assert f"{other}: 1 of 22 runs failed and is left out." in told
    assert f"{other}: 2 of 24 cases are not made yet." in told


def test_folders_without_a_common_ground_are_refused(tmp_path, swept):
    with pytest.raises(InputError, match="no point in common"):
        compare(swept, made(tmp_path, "elsewhere", seed=9))
    with pytest.raises(InputError, match="no numeric measure"):
        compare(swept, made(tmp_path, "other", measure=["class"]))
    with pytest.raises(InputError, match="the second"):
        compare(swept, made(tmp_path, "wider", factor=[GAPS, {"key": "economy.loss", "range": [1, 2]}]))
    with pytest.raises(InputError, match="no sweep"):
        compare(swept, tmp_path / "nowhere")


def test_points_that_are_drawn_twice_find_their_row(tmp_path):
    """A Latin hypercube over two levels makes few runs out of many cases; every case has a number all the same."""
    folder = made(tmp_path, design="lhs", points=8, arm=[BASE], factor=[{"key": "economy.gap", "values": [1, 3]}])
    found = load_dataset(folder)
    assert len(found.frame) == 2
    assert np.isfinite(found.of("gain")).all()


def test_points_that_are_drawn_again_are_paired_once_each_whoever_is_named_first(tmp_path):
    """Eight points at two levels against five: as many pairs as both hold of each level, and the rest is alone."""
    levels = {"key": "economy.gap", "values": [1, 3]}
    many = made(tmp_path, "many", points=8, arm=[BASE], factor=[levels])
    few = made(tmp_path, "few", points=5, arm=[BASE], factor=[levels])
    counts = [load_dataset(each).settings()["economy.gap"] for each in (many, few)]
    both = sum(min(each.count(level) for each in counts) for level in (1, 3))
    there, back = compare(many, few), compare(few, many)
    assert (there.pairs, there.only) == (both, (8 - both, 5 - both))
    assert (back.pairs, back.only) == (both, (5 - both, 8 - both))


# -- enough replicates


def test_enough_asks_for_replicates(swept):
    with pytest.raises(InputError, match="1 replicate"):
        replicates_needed(load_dataset(swept), "gain", 0.1)
    with pytest.raises(InputError, match="width"):
        replicates_needed(load_dataset(swept), "gain", 0)


# -- what is not there is told


def test_an_empty_folder_has_findings(tmp_path):
    found = analyse_sweep(made(tmp_path, leave_out=range(24)))
    assert [each.interval for each in found.summaries] == [None] * 4
    json.dumps(found.document().to_dict(), allow_nan=False)


def test_runs_that_failed_are_left_out_and_told(tmp_path):
    found = analyse_sweep(made(tmp_path, fail=(0, 5)))
    first = found.summaries[0]
    assert (first.interval.n, first.missing) == (11, 1)
    assert [each.error_type for each in found.failures] == ["ValueError", "ValueError"]
    assert found.failures[0].command.startswith("winset analyse morocco-spain --set economy.gap=")
    assert found.differences[0].unpaired == 2
    json.dumps(found.document().to_dict(), allow_nan=False)


def test_one_row_and_no_factor_are_enough_for_findings(tmp_path):
    found = analyse_sweep(single(tmp_path))
    assert found.summaries[0].constant
    assert (found.courses, found.sensitivities, found.discoveries, found.differences) == ((), (), (), ())


def single(folder):
    design = parse_design({"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"]}, "single")
    with open_store(folder / "single", design) as store:
        store.add(SingleRunner(design).run(0))
    return folder / "single"


def test_summaries_of_a_condition_are_shares(swept):
    found = load_dataset(swept)
    told = summarise(found, "gain <= 3")[0]
    assert told.interval.mean == pytest.approx((found.of("gain")[:, 0] <= 3).mean())


def test_two_values_are_equal_up_to_a_billionth_of_one_and_the_second():
    """The limit is 1e-9 (1 + 3) = 4e-9: of the gaps 3e-9, 5e-9, -3e-9 and -5e-9 two are equal."""
    other, gaps = np.full((4, 1), 3.0), np.array([[3e-9], [5e-9], [-3e-9], [-5e-9]])
    found = paired_difference("gain", ("new", "old"), (other + gaps, other), POINTS)
    assert (found.higher, found.lower, found.alike) == (0.25, 0.25, 0.5)


@pytest.mark.parametrize(("low", "high", "clear"), [(0.0, 2.0, False), (-1.0, 0.0, False), (0.1, 2.0, True)])
def test_an_interval_that_ends_at_zero_is_not_clear(low, high, clear):
    interval = Interval(mean=(low + high) / 2, low=low, high=high, n=4, draws=4)
    shares = {"higher": 0.5, "lower": 0.5, "alike": 0.0}
    found = PairedDifference(measure="gain", one="new", other="old", interval=interval, unpaired=0, **shares)
    assert found.clear is clear
