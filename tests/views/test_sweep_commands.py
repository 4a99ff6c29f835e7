"""The commands of many runs: what they print holds its schema, what they leave behind is told, and codes hold."""

import json
import re
import shlex

import jsonschema
import pytest

import lab
from lab.design.library import design_path, library_designs
from lab.runs.sweep import Progress
from lab.runs.vectorised import is_vectorisable
from views.cli import app, commands, contract, progress
from views.cli.progress import sweep_progress
from views.text import durations, sweep_results, sweep_status
from views.text.layout import Screen, display_width

LEVELS = """
schema = 1
scenario = "germany-france"
kind = "analyse"
measure = ["class", "gain"]
[[factor]]
key = "agenda.rounds"
name = "rounds"
values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 9.5, 10, 11, 12, 13, 14, 15, 16, 17]
"""
"""Levels above sixteen are not all tried beforehand: a talk of nine and a half rounds is found out by its run."""


@pytest.fixture
def winset(capsys):
    """Run a command line in this process: (exit code, standard output, standard error)."""

    def run(*words):
        code = app.run([str(word) for word in words])
        out, err = capsys.readouterr()
        return int(code), out, err

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Five worlds of the paradox curve."""
    place = tmp_path_factory.mktemp("sweeps") / "curve"
    assert app.run(["sweep", "paradox", "-o", str(place), "--points", "5"]) == 0
    return place


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    """A sweep with one run that fails."""
    home = tmp_path_factory.mktemp("troubled")
    (home / "levels.toml").write_text(LEVELS, encoding="utf-8")
    assert app.run(["sweep", str(home / "levels.toml"), "-o", str(home / "rows"), "--executor", "serial"]) == 1
    return home / "rows"


# -- what ships


def test_the_help_names_every_design_that_ships(winset):
    _, out, _ = winset("sweep", "--help")
    assert sorted(library_designs()) == ["drivers", "paradox", "remedies"]
    assert "paradox, drivers, remedies" in re.sub(r"\s+", " ", out)


@pytest.mark.parametrize("name", sorted(library_designs()))
def test_a_design_that_ships_goes_through_the_array_solver_and_has_no_run_that_fails(name, tmp_path):
    design = lab.plan(name, {"points": 2})
    assert is_vectorisable(design)
    done = lab.sweep(design, tmp_path / name, "serial")
    assert (done.complete, done.failed, done.progress.done) == (True, 0, design.count)


def test_a_name_of_ours_stands_before_a_file_and_any_other_is_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paradox").mkdir()
    assert design_path("paradox") == library_designs()["paradox"]
    assert str(design_path("paradox.toml")) == "paradox.toml"


def test_worlds_are_the_same_at_every_gap(folder):
    """The arms of the curve differ in the gap alone, so that their differences are its doing."""
    frame = lab.results(folder)
    worlds = frame.drop_duplicates("arm").index.size
    columns = ["fear of loss", "crowding", "mobility of capital"]
    assert worlds == 7
    assert len(frame[columns].drop_duplicates()) == 5
    assert (frame.groupby(columns)["potential_gross"].apply(lambda gains: gains.is_monotonic_increasing)).all()


# -- what programs read


def documents(folder):
    run_id = lab.results(folder)["run_id"][3]
    return {
        "sweep": ["sweep", "paradox", "-o", folder, "--points", "5"],
        "sweep --dry-run": ["sweep", "paradox", "-o", folder, "--points", "5", "--dry-run"],
        "resume": ["resume", folder],
        "status": ["status", folder],
        "replay": ["replay", folder, run_id[:8]],
        "verify": ["verify", folder, "-n", "3"],
        "compact": ["compact", folder],
        "report": ["report", folder],
        "compare": ["compare", folder, folder],
        "archive": ["archive", folder],
    }


@pytest.mark.parametrize(
    "name",
    ["sweep", "sweep --dry-run", "resume", "status", "replay", "verify", "compact", "report", "compare", "archive"],
)
def test_a_command_prints_one_document_that_its_schema_accepts(name, winset, folder):
    code, out, err = winset(*documents(folder)[name], "--json")
    assert (code, err) == (0, "")
    told, command = json.loads(out), name.partition(" ")[0]
    jsonschema.Draft202012Validator(contract.output_schema(command)).validate(told)
    version = 3 if command == "report" else 1
    assert next(iter(told.items())) == ("schema", f"winset/{command}/{version}")


def test_a_troubled_sweep_holds_its_schemas_too(winset, troubled):
    run_id = lab.results(troubled).query("status == 'error'")["run_id"].iloc[0]
    for words in (["status", troubled], ["resume", troubled], ["replay", troubled, run_id], ["report", troubled]):
        _, out, _ = winset(*words, "--json")
        jsonschema.Draft202012Validator(contract.output_schema(words[0])).validate(json.loads(out))


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_screen(width, folder, troubled, tmp_path):
    screen = Screen(width)
    wish = commands.sweep.SweepOptions(executor="serial")
    for home in (folder, troubled):
        run_id = lab.results(home)["run_id"][9]
        told = [
            sweep_status.render_sweep(screen, commands.sweep.resume_folder(str(home), wish)),
            sweep_status.render_sweep(
                screen, commands.sweep.resume_folder(str(home), commands.sweep.SweepOptions(dry=True, retry=("error",)))
            ),
            sweep_status.render_status(screen, lab.status(home)),
            sweep_status.render_replay(screen, lab.replay(lab.find(home, run_id))) if home == folder else [],
            sweep_status.render_verification(screen, lab.verify(home, 2)),
            sweep_results.render_report(screen, commands.report.make_report(str(home), None, figures=True)),
            sweep_results.comparison(screen, lab.compare(home, home)),
        ]
        long = [line for lines in told for line in lines if display_width(line) > width and str(home) not in line]
        assert long == []


# -- beforehand


def test_a_dry_run_counts_and_writes_nothing(winset, tmp_path):
    code, out, err = winset("sweep", "paradox", "-o", tmp_path / "none", "--points", "3", "--dry-run")
    assert (code, err) == (0, "")
    assert not (tmp_path / "none").exists()
    assert re.search(r"^runs\s+21\n", out, re.MULTILINE)
    assert re.search(r"^to do\s+21\n", out, re.MULTILINE)
    assert "Nothing was written." in out


def test_a_dry_run_knows_what_the_folder_holds(winset, folder):
    code, out, _ = winset("sweep", "paradox", "-o", folder, "--points", "5", "--dry-run", "--json")
    told = json.loads(out)
    assert (code, told["runs"], told["before"], told["to_do"]) == (0, 35, 35, 0)
    assert told["forecast"]["seconds_a_run"] is None


def test_a_dry_run_finds_a_run_that_fails(tmp_path):
    design = lab.parse_design(
        {**lab_tables(), "factor": [{"key": "agenda.rounds", "values": [*range(1, 17), 16.5, 17]}]}
    )
    told = lab.forecast(design, tmp_path / "none")
    assert told.to_do == 18
    assert [row.status for row in told.failed] == []
    all_bad = lab.parse_design(
        {**lab_tables(), "factor": [{"key": "agenda.rounds", "values": [1, *(x + 0.5 for x in range(1, 17)), 17]}]}
    )
    failed = lab.forecast(all_bad, tmp_path / "none").failed
    assert len(failed) == 3
    assert {row.error_type for row in failed} == {"games.errors.InputError"}


def lab_tables():
    return {"schema": 1, "scenario": "germany-france", "kind": "analyse", "measure": ["gain"]}


# -- runs that fail


def test_a_failed_run_is_told_and_the_code_is_1(winset, troubled):
    code, out, _ = winset("status", troubled)
    assert code == 0
    assert re.search(r"failed +1 error\n", out)
    code, out, _ = winset("resume", troubled)
    assert code == 1
    assert re.search(r"failed +0, and 1 before\n", out)
    assert "InputError" in out


def test_a_failed_run_is_tried_again_when_its_status_is_named(winset, troubled):
    code, out, _ = winset("resume", troubled, "--retry", "error", "--json")
    told = json.loads(out)
    assert (code, told["done"], told["failed"], told["failed_in_all"]) == (1, 1, 1, 1)
    assert told["failures"][0]["attempt"] > 1


def test_a_failed_run_that_fails_again_in_the_same_way_is_reproduced(winset, troubled):
    run_id = lab.results(troubled).query("status == 'error'")["run_id"].iloc[0]
    code, out, _ = winset("replay", troubled, run_id)
    assert code == 0
    assert "It fails again, in the same way." in out
    assert "Traceback" in out


def test_a_sweep_may_stop_at_the_first_failure(winset, tmp_path):
    (tmp_path / "levels.toml").write_text(LEVELS, encoding="utf-8")
    words = ["sweep", tmp_path / "levels.toml", "-o", tmp_path / "rows", "--executor", "serial", "--fail-fast"]
    code, out, _ = winset(*words)
    assert code == 1
    assert "too many runs failed" in out
    assert 0 < lab.status(tmp_path / "rows").done < 18


# -- runs made again


def test_the_line_that_replay_prints_makes_the_run(winset, folder):
    found = lab.find(folder, lab.results(folder)["run_id"][4][:7])
    code, out, _ = winset("replay", folder, found.run_id)
    assert code == 0
    assert out.splitlines()[0] == found.command
    assert "The row is reproduced, to the last bit." in out
    told = json.loads(winset(*shlex.split(found.command)[1:], "--json")[1])
    row = found.figures()
    assert told["game"]["class"] == row["class"]
    assert told["agreement"]["largest_self_enforcing_openness"] == pytest.approx(row["largest_openness"])
    assert told["net"]["share_net"] == pytest.approx(row["share_net"])
    assert told["net"]["best_net"] == pytest.approx(row["best_net"])


def test_a_row_that_does_not_come_out_again_leaves_with_1(winset, folder, monkeypatch):
    from lab.runs import replay

    class Other(replay.SingleRunner):
        def run(self, number):
            done = super().run(number)
            return done._replace(measures=(0.123, *done.measures[1:]))

    monkeypatch.setattr(replay, "SingleRunner", Other)
    run_id = lab.results(folder)["run_id"][0]
    code, out, _ = winset("replay", folder, run_id, "--json")
    told = json.loads(out)
    assert (code, told["reproduced"], told["identical"]) == (1, False, False)
    assert [each["measure"] for each in told["differences"]] == ["share_net"]


def test_a_scenario_that_has_changed_since_is_told(winset, tmp_path):
    case = tmp_path / "pair.toml"
    case.write_text('schema = 1\ntitle = "A pair"\n[economy]\npreset = "symmetric"\n', encoding="utf-8")
    design = 'schema = 1\nscenario = "pair.toml"\nkind = "analyse"\nmeasure = ["gain"]\n'
    (tmp_path / "one.toml").write_text(design, encoding="utf-8")
    assert winset("sweep", tmp_path / "one.toml", "-o", tmp_path / "rows")[0] == 0
    run_id = lab.results(tmp_path / "rows")["run_id"][0]
    assert json.loads(winset("replay", tmp_path / "rows", run_id, "--json")[1])["scenario_changed"] is False
    case.write_text(case.read_text(encoding="utf-8") + "gap = 4\n", encoding="utf-8")
    code, out, _ = winset("replay", tmp_path / "rows", run_id)
    assert code == 0
    assert "makes another run" in re.sub(r"\s+", " ", out)


# -- on the way


def test_whoever_stops_a_sweep_hears_how_it_goes_on(winset, folder, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.sweep, "sweep", stopped)
    code, _, err = winset("resume", folder)
    assert code == 130
    assert f"winset resume {folder}" in err


def test_progress_is_a_plain_line_where_there_is_no_terminal(monkeypatch, capsys):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with sweep_progress() as tell:
        tell(Progress(5000, 1000, 200, 3, 10.0))
        tell(Progress(5000, 1000, 4000, 3, 20.0))
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "1,200 of 5,000 runs, 3 failed, 20 a second, about 3 min to go\n")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "less than a second"), (12.3, "12 s"), (89, "89 s"), (600, "10 min"), (9000, "2.5 h")],
)
def test_times_are_told_as_people_say_them(seconds, told):
    assert durations.duration(seconds) == told


def test_a_report_is_written_beside_the_rows_or_where_it_is_wanted(winset, folder, tmp_path):
    code, out, _ = winset("report", folder, "-o", tmp_path / "curve.html")
    assert code == 0
    assert f"{tmp_path / 'curve.html'}" in re.sub(r"\s", "", out)
    assert (tmp_path / "curve.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert winset("report", folder)[0] == 0
    assert (folder / "report.html").exists()
    assert lab.status(folder).strangers == ()


# -- points that are drawn again

AGAIN = """
schema = 1
scenario = "germany-france"
kind = "analyse"
design = "lhs"
points = 30
seed = 2
measure = ["class", "gain"]
[[factor]]
key = "economy.gap"
name = "gap"
values = [1, 2, 3]
[[factor]]
key = "agenda.rounds"
name = "rounds"
values = [4, 5]
"""


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Thirty points, of which six differ."""
    home = tmp_path_factory.mktemp("again")
    (home / "again.toml").write_text(AGAIN, encoding="utf-8")
    assert app.run(["sweep", str(home / "again.toml"), "-o", str(home / "rows"), "--executor", "serial"]) == 0
    return home


def test_points_that_are_drawn_again_are_told_wherever_points_are_counted(winset, again):
    told = "30 points, 6 of them different"
    for words in (["sweep", again / "again.toml", "-o", again / "rows"], ["report", again / "rows"]):
        code, out, _ = winset(*words)
        assert code == 0
        assert told in re.sub(r"\s+", " ", out), words[0]
    assert told in re.sub(r"\s+", " ", winset("resume", again / "rows", "--dry-run")[1])
    assert told in re.sub(r"\s+", " ", winset("status", again / "rows")[1])
    page = re.sub(r"<[^>]+>", " ", (again / "rows" / "report.html").read_text(encoding="utf-8").split("<script>")[0])
    assert told in re.sub(r"\s+", " ", page)
    assert "6 of 6 runs; all ended well" in page
    for name in ("report", "resume", "status"):
        found = json.loads(winset(name, again / "rows", "--json")[1])
        assert found["different_points"] == 6
        jsonschema.Draft202012Validator(contract.output_schema(name)).validate(found)


def test_points_that_all_differ_are_counted_once(winset, folder):
    assert "of them different" not in winset("status", folder)[1] + winset("report", folder)[1]
