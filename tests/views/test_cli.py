"""The contract of the command line: what it prints validates, what is wrong is told in two lines, codes hold."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import scenarios
from games.errors import InputError
from scenarios.scenario_document import case_document
from views.cli import app, commands, contract
from views.cli.commands import doctor
from views.text import analysis, outcome, scenario
from views.text.layout import Screen, display_width
from winset import ForeignPackage, ReplacedDistribution


@pytest.fixture
def winset(capsys):
    """Run a command line in this process: (exit code, standard output, standard error)."""

    def run(*words):
        code = app.run([str(word) for word in words])
        out, err = capsys.readouterr()
        return int(code), out, err

    return run


def valid(output, told):
    jsonschema.Draft202012Validator(contract.output_schema(output)).validate(told)


# -- what programs read


@pytest.mark.parametrize("name", contract.schemas())
def test_every_schema_is_one_and_stands_alone(name):
    schema = contract.output_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    text = json.dumps(schema)
    assert set(re.findall(r'"\$ref": "(urn:[^"]+)"', text)) <= set(re.findall(r'"\$id": "(urn:[^"]+)"', text))
    assert f'"urn:winset:{name}:1"' in text


COMMANDS = [
    ("solve", ["solve", "bully"]),
    ("solve", ["solve", "cooperative"]),
    ("solve", ["solve", "matching-pennies"]),
    ("solve", ["solve", "battle-of-the-sexes", "--exact"]),
    ("analyse", ["analyse", "bully"]),
    ("analyse", ["analyse", "corridor:DEU-FRA"]),
    ("simulate", ["simulate", "germany-france", "--seed", "3", "--replicate", "1"]),
    ("analyse", ["analyse", "three-purses"]),
    ("simulate", ["simulate", "three-purses"]),
    ("simulate", ["simulate", "one-way-flow", "--mover", "Sudora=conceder"]),
    ("simulate", ["simulate", "alike-neighbours", "--set", "agenda.discount=0.9"]),
    ("scenarios-list", ["scenarios", "list"]),
    ("scenarios-show", ["scenarios", "show", "three-purses"]),
    ("scenarios-check", ["scenarios", "check", "three-purses", "morocco-spain"]),
    ("scenarios-show", ["scenarios", "show", "mexico-usa"]),
    ("scenarios-show", ["scenarios", "show", "bully"]),
    ("doctor", ["doctor"]),
    ("atlas", ["atlas"]),
    (
        "atlas",
        ["atlas", "--scenario", "morocco-spain", "--vary", "expansion=.5,1", "--measure", "net,limits,tax,accounts"],
    ),
]


@pytest.mark.parametrize(("output", "words"), COMMANDS, ids=[" ".join(words) for _, words in COMMANDS])
def test_a_command_prints_one_json_document_that_its_schema_accepts(winset, output, words):
    code, out, err = winset(*words, "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    valid(output, told)
    if isinstance(told, dict):
        version = 2 if output in ("analyse", "simulate") else 1
        assert next(iter(told.items())) == ("schema", f"winset/{output}/{version}")


@pytest.mark.parametrize("words", [words for _, words in COMMANDS], ids=[" ".join(words) for _, words in COMMANDS])
def test_the_same_command_without_json_is_for_a_person(winset, words):
    code, out, err = winset(*words)
    assert (code, err) == (0, "")
    assert out.strip()
    assert "{" not in out
    assert not re.search(r"None(?!:)", out), "with a colon it is a word of schedules"
    assert "\x1b" not in out, "no ink where nobody sees it"


@pytest.mark.parametrize("width", [40, 52, 64, 80, 100])
def test_everything_told_fits_the_screen_with_ink_and_without(story, width):
    purses = scenarios.read("three-purses")
    told: list[tuple[Any, Any]] = [
        (commands.demo.render_demo, story),
        (analysis.analysis, story.analysis),
        (commands.solve.solution, story.analysis.game),
        (commands.solve.solution, commands.solve.solve_game("bully", None, None, 10.0, None)),
        (outcome.render_outcome, story.without),
        (outcome.render_outcome, story.signed),
        (scenario.render_library, commands.scenarios.library_document()),
        (scenario.render_case, case_document(story.scenario)),
        (scenario.render_case, case_document(purses)),
        (scenario.render_case_checks, commands.scenarios.check_case_files(["three-purses", "morocco-spain"])),
        (analysis.analysis, scenarios.analyse(purses)),
        (outcome.render_outcome, commands.simulate.simulate_with_movers(purses, 0, 0)),
        (
            outcome.render_outcome,
            commands.simulate.simulate_with_movers(scenarios.read("one-way-flow"), 0, 0, ["Sudora=conceder"]),
        ),
    ]
    for reading, result in told:
        plain = reading(Screen(width), result)
        inked = reading(Screen(width, colour=True), result)
        assert [line for line in plain if display_width(line) > width] == []
        assert [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in inked] == [line.rstrip() for line in plain]


@pytest.fixture(scope="module")
def story():
    return commands.demo.run_demo()


def test_the_demo_tells_theory_and_two_talks(story):
    told = story.to_dict()
    valid("demo", told)
    stake = story.scenario.parameters.expansion
    steps = {step["expansion"]: step for step in told["story"]["steps"]}
    assert told["analyse"]["game"]["class"] == steps[stake]["class"]
    assert told["with"]["outcome"] == "agreement"
    assert any(payment["payer"] == "migrants" for payment in told["with"]["deal"]["side_payments"])
    agreed = told["without"]["deal"]
    assert agreed is None or not any(line["issue"] == "levy" for line in agreed["side_payments"])


def test_the_demo_is_printed_as_json(winset, story, monkeypatch):
    monkeypatch.setattr(commands.demo, "run_demo", lambda: story)
    code, out, _ = winset("demo", "--json")
    assert code == 0
    assert json.loads(out) == story.to_dict()


def test_the_same_seed_prints_the_same_bytes(winset):
    words = ("simulate", "mexico-usa", "--seed", "11", "--json")
    assert winset(*words) == winset(*words)


def test_the_seed_of_the_case_is_taken_unless_another_is_given(winset):
    told = json.loads(winset("simulate", "germany-france", "--set", "seed=5", "--json")[1])
    assert told["seed"] == 5
    assert json.loads(winset("simulate", "germany-france", "--seed", "6", "--json")[1])["seed"] == 6


def test_a_key_is_changed_from_the_command_line(winset):
    told = json.loads(winset("scenarios", "show", "morocco-spain", "--set", "agenda.rounds=7", "--json")[1])
    assert told["rules"]["rounds"] == 7


def test_the_transcript_can_be_kept_beside_the_result(winset, tmp_path):
    file = tmp_path / "talks.jsonl"
    told = json.loads(winset("simulate", "germany-france", "--trace", file, "--json")[1])
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == told["transcript"]


@pytest.mark.parametrize("ending", ["nfg", "toml", "json", "NFG", "Toml", "JSON"])
def test_a_game_goes_to_a_file_and_comes_back(winset, tmp_path, monkeypatch, ending):
    monkeypatch.chdir(tmp_path)
    file = f"bully.{ending}"
    there = json.loads(winset("solve", "bully", "--to", file, "--json")[1])
    back = json.loads(winset("solve", file, "--json")[1])
    assert back["payoffs"] == there["payoffs"]
    assert back["equilibria"] == there["equilibria"]


def test_target_and_disagreement_are_heard(winset):
    told = json.loads(winset("solve", "chicken", "--target", "0,0", "--disagreement", "1,3/2", "--json")[1])
    assert told["side_payment"]["target"] == [0, 0]
    assert told["disagreement"] == [1, 1.5]


def test_scenarios_alone_lists_the_library(winset):
    assert winset("scenarios") == winset("scenarios", "list")


def test_case_files_have_a_schema_too(winset):
    schema = json.loads(winset("scenarios", "schema")[1])
    assert {"economy", "agenda"} <= set(schema["properties"])


def test_the_version_is_told(winset):
    code, out, _ = winset("--version")
    assert code == 0
    assert out.startswith("winset ")


def test_nothing_said_is_a_call_for_help(winset):
    code, out, _ = winset()
    assert code == 0
    assert "winset demo" in out


# -- what is wrong


WRONG = [
    (["solve", "buly"], "bully"),
    (["solve", "missing.nfg"], "missing.nfg"),
    (["solve", "bully", "--target", "1"], "0,0"),
    (["solve", "bully", "--target", "5,5"], "target"),
    (["solve", "bully", "--disagreement", "1/0,2"], "2,2.5"),
    (["solve", "bully", "--disagreement", "1e999999999,2"], "2,2.5"),
    (["solve", "bully", "--disagreement", "1e20000,2"], "2,2.5"),
    (["solve", "bully", "--timeout", "0"], "--timeout"),
    (["solve", "bully", "--to", "game.doc"], ".nfg"),
    (["solve", "bully", "--to", "nowhere/game.nfg"], "nowhere"),
    (["analyse", "morroco-spain"], "morocco-spain"),
    (["analyse", "corridor:MAR-ESQ"], "MAR-ESP"),
    (["analyse", "morocco-spain", "--set", "economy.kapa=1"], "kappa"),
    (["simulate", "bully"], "agenda"),
    (["simulate", "germany-france", "--trace", "nowhere/talks.jsonl"], "--trace"),
    (["simulate", "germany-france", "--seed", "-1"], "--seed"),
    (["simulate", "germany-france", "--seed", "9" * 400], "--seed"),
    (["simulate", "germany-france", "--replicate", "9" * 5000], "--replicate"),
    (["analyse", "morocco-spain", "--set", "economy.gap=" + "9" * 400], "--set economy.gap"),
    (["atlas", "--vary", "gap=1:8:" + "9" * 5000], "--vary gap"),
    (["scenarios", "check", "missing.toml"], "missing.toml"),
    (["schema", "app"], "solve"),
    (["solve"], "winset solve --help"),
    (["solve", "bully", "--fast"], "--fast"),
    (["slove", "bully"], "slove"),
    (["app", "--port", "0"], "--port"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[" ".join(words)[:80] for words, _ in WRONG])
def test_wrong_input_is_told_with_a_hint_and_leaves_with_2(winset, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    code, out, err = winset(*words)
    assert code == 2
    lines = err.splitlines()
    assert lines[0].startswith("error: ")
    assert lines[1].startswith("hint: ")
    assert told in err
    assert max(map(len, lines)) < 500
    assert "Traceback" not in err + out


def test_with_json_an_error_stands_on_standard_output_too(winset):
    for words in (["solve", "buly"], ["analyse", "nowhere"], ["slove"], ["solve", "bully", "--fast"]):
        code, out, err = winset(*words, "--json")
        told = json.loads(out)
        valid("error", told)
        assert code == 2
        assert err.startswith(f"error: {told['error']['problems'][0]['place']}: ")


def test_all_faults_of_all_files_are_told_at_once(winset, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("good.toml").write_text('schema = 1\ntitle = "A case"\n[game]\ncanon = "bully"\n')
    Path("bad.toml").write_text('schema = 1\ntitle = "A case"\n[economy]\ngap = nan\nkapa = 1\n')
    code, out, err = winset("scenarios", "check", "good.toml", "bad.toml")
    assert code == 2
    assert "good.toml: ok" in out
    assert err.count("error: bad.toml:economy") == err.count("hint: ") == 2
    told = json.loads(winset("scenarios", "check", "good.toml", "bad.toml", "--json")[1])
    valid("scenarios-check", told)
    assert [file["ok"] for file in told["files"]] == [True, False]


def test_a_fault_of_ours_is_one_line_and_70(winset, monkeypatch):
    monkeypatch.delenv("WINSET_DEBUG", raising=False)
    monkeypatch.setattr(commands.scenarios, "library_document", lambda: 1 / 0)
    code, out, err = winset("scenarios", "list", "--json")
    assert code == 70
    valid("error", json.loads(out))
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err
    monkeypatch.setenv("WINSET_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        winset("scenarios", "list")


def test_who_interrupts_is_told_so_and_hears_130(winset, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.scenarios, "library_document", stop)
    code, out, err = winset("scenarios", "list")
    assert (code, out, err) == (130, "", "interrupted\n")


@pytest.mark.parametrize("fault", [EOFError, BrokenPipeError])
def test_what_looks_like_a_stop_or_a_lost_reader_and_is_none_is_a_fault(winset, monkeypatch, fault):
    """An answer that never came, of a process of ours, is neither Ctrl-C nor a reader who has left."""

    def lost(*_):
        raise fault("a worker said nothing")

    monkeypatch.delenv("WINSET_DEBUG", raising=False)
    monkeypatch.setattr(app, "output_abandoned", lambda: False)
    monkeypatch.setattr(commands.scenarios, "library_document", lost)
    code, _, err = winset("scenarios", "list")
    assert code == 70
    assert fault.__name__ in err
    assert "interrupted" not in err


def test_the_doctor_tells_of_foreign_hidden_and_replaced_packages(winset, monkeypatch):
    monkeypatch.setattr(
        doctor, "find_foreign", lambda: (ForeignPackage("agents", Path("/else/agents/__init__.py"), "some-agents"),)
    )
    monkeypatch.setattr(
        doctor, "find_shadowed", lambda _: (ForeignPackage("lab", Path("/here/lab/__init__.py"), None),)
    )
    monkeypatch.setattr(doctor, "find_replaced", lambda: (ReplacedDistribution("other-games", ("games/__init__.py",)),))
    code, out, _ = winset("doctor")
    assert code == 1
    assert all(word in out for word in ("some-agents", "/here/lab/__init__.py", "other-games"))
    code, out, _ = winset("doctor", "--json")
    assert code == 1
    valid("doctor", json.loads(out))


def test_schemas_keep_the_shortest_list_and_the_one_array():
    show = contract.output_schema("scenarios-show")
    assert show["$defs"]["CaseLadder"]["properties"]["levels"]["minItems"] == 2
    assert contract.output_schema("scenarios-list")["type"] == "array"


def test_a_case_is_refused_by_the_one_error_of_the_house():
    with pytest.raises(InputError):
        scenarios.read("nowhere")
