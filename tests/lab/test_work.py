"""What one run is: the same figures as on the command line, and a row that says so where there are none."""

import json
import math
import shlex

import pytest

from games.errors import InputError
from lab import case, parse_design, rerun_command
from lab.design.measure_catalogue import measures_by_kind
from lab.design.measure_columns import find_measure
from lab.design.result_readers import readers_by_kind
from lab.runs.single_run import LONGEST, SingleRunner, failure_row
from scenarios import analyse, read
from views.cli import app

TALK = {
    "schema": 1,
    "scenario": "three-purses",
    "kind": "simulate",
    "seed": 4,
    "replicates": 2,
    "measure": [
        "outcome",
        "rounds",
        "value.Northmark",
        "share_of_joint_maximum",
        "ratified.host",
        "account.new migrants",
    ],
    "factor": [{"key": "agenda.seats.Sudora.tactic", "values": ["random", "conceder"]}],
}


def printed(line, capsys):
    """What a command prints as JSON."""
    assert app.run([*shlex.split(line)[1:], "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("number", range(4))
def test_a_row_is_what_its_command_prints(number, capsys):
    design = parse_design(TALK)
    told = printed(rerun_command(design, case(design, number)), capsys)
    found = dict(zip(design.measures, SingleRunner(design).run(number).measures, strict=True))
    assert told["replicate"] == number % 2
    assert found["outcome"] == told["outcome"]
    assert found["rounds"] == told["rounds"]
    assert found["value.Northmark"] == pytest.approx(told["values"]["Northmark"])
    assert found["share_of_joint_maximum"] == pytest.approx(told["metrics"]["share_of_joint_maximum"])
    assert found["account.new migrants"] == pytest.approx(told["points"]["new migrants"])
    passed = told["votes"] and told["votes"]["Northmark"]["passed"]
    assert found["ratified.host"] == passed


def test_theory_is_what_its_command_prints(capsys):
    names = [
        "class",
        "class_player",
        "both_gain",
        "largest_openness",
        "change.FRA.capital",
        "account.host natives",
        "zopa",
    ]
    cells = {"schema": 1, "scenario": "corridor:DEU-FRA", "kind": "analyse", "measure": names}
    design = parse_design(cells | {"arm": [{"name": "levy", "set": {"economy.tax": 0.1}}]})
    told = printed(rerun_command(design, case(design, 0)), capsys)
    found = dict(zip(design.measures, SingleRunner(design).run(0).measures, strict=True))
    assert (found["class"], found["class_player"]) == (told["game"]["class"], told["game"]["class_player"])
    assert found["both_gain"] == float(told["agreement"]["both_gain"])
    assert found["largest_openness"] == pytest.approx(told["agreement"]["largest_self_enforcing_openness"])
    assert found["change.FRA.capital"] == pytest.approx(told["groups"]["France"]["capital"]["change_pct_gdp"])
    assert found["account.host natives"] == pytest.approx(told["accounts"]["host natives"]["total"])
    assert found["zopa"] == told["zopa"]


def test_a_remedy_is_measured_as_the_bench_tells_it(capsys):
    cells = {
        "schema": 1,
        "scenario": "corridor:MAR-ESP",
        "kind": "analyse",
        "measure": ["remedy.levy", "treaty.phasing"],
    }
    design = parse_design(cells)
    told = {item["name"]: item for item in printed(rerun_command(design, case(design, 0)), capsys)["remedies"][::-1]}
    levy, phasing = SingleRunner(design).run(0).measures
    assert levy == pytest.approx(told["levy"]["window"][0])
    assert phasing == pytest.approx(told["phasing"]["both_gain"])


def test_the_order_of_runs_does_not_matter():
    design = parse_design(TALK)
    forwards, backwards = SingleRunner(design), SingleRunner(design)
    there = [forwards.run(number).measures for number in range(4)]
    back = [backwards.run(number).measures for number in reversed(range(4))]
    assert there == back[::-1]


def test_replicates_differ_where_there_is_chance():
    design = parse_design(TALK | {"replicates": 12, "measure": ["moves"]})
    found = [SingleRunner(design).run(number).measures for number in range(12)]
    assert len(set(found)) > 1


def test_a_party_answers_to_its_name_role_and_code():
    design = parse_design(
        {
            "schema": 1,
            "scenario": "morocco-spain",
            "kind": "simulate",
            "measure": ["value.Spain", "value.host", "value.ESP", "value.spain"],
        }
    )
    assert len(set(SingleRunner(design).run(0).measures)) == 1


def filled(name, scenario):
    """A measure's name with its capitals filled in."""
    host = scenario.parties[0]
    groups = [group.name for group in scenario.seats[0].groups] or ["capital"]
    return (
        name.replace("PARTY", host)
        .replace("GROUP", groups[0])
        .replace("ACCOUNT", "origin natives")
        .replace("REMEDY", "levy")
    )


def fits(form, figure):
    """Whether a figure is empty, or a word or a finite number as its measure says."""
    return figure is None or (isinstance(figure, str) if form == "word" else math.isfinite(figure))


@pytest.mark.parametrize("scenario", ["one-way-flow", "morocco-spain"])
def test_every_measure_of_a_talk_can_be_taken(scenario):
    read_in = read(scenario)
    names = [filled(measure.name, read_in) for measure in measures_by_kind("simulate").values()]
    design = parse_design({"schema": 1, "scenario": scenario, "kind": "simulate", "measure": names})
    forms = [measure.form for measure in measures_by_kind("simulate").values()]
    finished = SingleRunner(design).run(0)
    assert finished.status == "ok", finished.traceback
    for name, form, figure in zip(names, forms, finished.measures, strict=True):
        assert fits(form, figure), name


def test_every_measure_of_theory_can_be_taken():
    scenario = read("germany-france")
    found = analyse(scenario)
    for measure in measures_by_kind("analyse").values():
        figure = find_measure("analyse", filled(measure.name, scenario), scenario).of(found)
        assert fits(measure.form, figure)


def test_every_measure_says_what_it_is():
    for kind in ("analyse", "simulate"):
        for stem, measure in measures_by_kind(kind).items():
            assert measure.stem == stem
            assert measure.label
            assert measure.definition
            assert measure.unit not in measure.definition or not measure.unit
            assert set(measure.ending.split(".")) <= {"", "PARTY", "GROUP", "ACCOUNT", "REMEDY"}


def test_every_measure_has_one_reader():
    for kind in ("analyse", "simulate"):
        assert readers_by_kind(kind).keys() == measures_by_kind(kind).keys()


# -- runs that fail


def test_a_run_that_fails_is_a_row_with_its_traceback(monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("nobody came")

    bench = SingleRunner(parse_design(TALK))
    monkeypatch.setattr("agents.simulate", fail, raising=False)
    finished = bench.run(1)
    assert (finished.number, finished.status, finished.measures) == (1, "error", ())
    assert (finished.error_type, finished.error) == ("ZeroDivisionError", "nobody came")
    assert "in fail" in str(finished.traceback)


def test_a_case_that_the_scenario_refuses_is_a_row():
    design = parse_design(
        TALK | {"factor": [{"key": "agenda.rounds", "values": [*range(10, 100), 10.5, *range(100, 200)]}]}
    )
    assert len(design.factors[0].levels) == 191
    finished = SingleRunner(design).run(180)
    assert finished.status == "error"
    assert finished.error_type == InputError.__module__ + ".InputError"
    assert "should be a whole number" in str(finished.error)


def test_a_figure_that_is_no_number_is_an_error(monkeypatch):
    design = parse_design(TALK | {"measure": ["outcome", "value.Northmark"]})
    monkeypatch.setattr("negotiation.outcome.outcome.Outcome.values", (math.nan, 0.0))
    finished = SingleRunner(design).run(0)
    assert finished.status == "error"
    assert "value.Northmark is nan" in str(finished.error)


def test_a_wish_to_stop_is_no_failed_run(monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    bench = SingleRunner(parse_design(TALK))
    monkeypatch.setattr("agents.simulate", stop, raising=False)
    with pytest.raises(KeyboardInterrupt):
        bench.run(0)


def test_a_long_traceback_loses_its_middle():
    told = str(failure_row(0, ValueError("x" * 50_000)).traceback)
    assert LONGEST <= len(told) < LONGEST + 100
    assert told.startswith("ValueError: x")
    assert told.endswith("x\n")


def test_moves_are_kept_where_the_design_says_so():
    assert SingleRunner(parse_design(TALK)).run(0).steps == ()
    design = parse_design(TALK | {"trace": True, "measure": ["moves", "package"]})
    finished = SingleRunner(design).run(0)
    assert len(finished.steps) == finished.measures[0]
    assert [number for number, *_ in finished.steps] == list(range(len(finished.steps)))
    offers = [package for _, _, move, package, _ in finished.steps if move == "offer"]
    assert offers[-1] == finished.measures[1]
    assert all(json.loads(told)["move"].replace(" ", "") == move for _, _, move, _, told in finished.steps)
