"""What only a process shows: what an import costs, what the server is told, and a reader who leaves early."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from games.errors import InputError
from views.cli.commands import serve

WINSET = str(Path(sysconfig.get_path("scripts")) / "winset")
HEAVY = ("mesa", "nashpy", "networkx", "numpy", "plotly", "pydantic", "streamlit")


def test_the_command_line_loads_no_heavy_package():
    code = f"import sys, views.cli.app; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_reader_who_leaves_early_is_no_trouble(tmp_path):
    read, write = os.pipe()
    os.close(read)
    environment = {**os.environ, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(
        [WINSET, "schema", "solve"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_output_is_utf_8_whatever_the_machine_speaks(tmp_path):
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    done = subprocess.run([WINSET, "solve", "bully"], capture_output=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 0
    assert "┏━" in done.stdout.decode("utf-8")


# -- winset app


def test_the_server_is_told_every_key_of_our_settings_and_stays_on_this_machine():
    words = serve.server_command(8600)
    assert words[:5] == [sys.executable, "-P", "-m", "streamlit", "run"]
    assert Path(words[5]).name == "app.py"
    flags = dict(word.removeprefix("--").split("=", 1) for word in words[6:])
    assert flags["server.address"] == "127.0.0.1"
    assert flags["server.port"] == "8600"
    assert flags["browser.gatherUsageStats"] == "false"
    assert flags["server.showEmailPrompt"] == "false"
    config = tomllib.loads((files("views.style") / "streamlit_config.toml").read_text(encoding="utf-8"))
    for section, table in config.items():
        for key, value in table.items():
            assert f"{section}.{key}" in flags or isinstance(value, dict)
    assert json.loads(flags["theme.light.chartCategoricalColors"]) == config["theme"]["light"]["chartCategoricalColors"]


def test_a_list_of_tables_goes_as_json():
    faces = [{"family": "Inter", "weight": "100 900"}]
    settings = dict(serve.leaves({"theme": {"font": "Inter", "fontFaces": faces, "light": {"redColor": "#B3261E"}}}))
    assert settings == {"theme.font": "Inter", "theme.fontFaces": faces, "theme.light.redColor": "#B3261E"}
    assert json.loads(serve.flag_value(faces)) == faces
    assert serve.flag_value("Inter") == "Inter"
    assert serve.flag_value(True) == "true"


def test_every_flag_is_one_that_streamlit_knows():
    from streamlit import config

    known = set(config.get_config_options())
    flags = {word.removeprefix("--").split("=", 1)[0] for word in serve.server_command(8600)[6:]}
    assert flags <= known


def test_the_server_imports_nothing_from_the_working_folder(tmp_path):
    """Somebody's `random.py` lies where `winset app` is typed."""
    for name in ("random.py", "scenarios.py"):
        (tmp_path / name).write_text("raise RuntimeError('a module of the working folder')\n", encoding="utf-8")
    at = serve.server_command().index("run")
    done = subprocess.run(
        [*serve.server_command()[:at], "version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Streamlit" in done.stdout


def test_the_process_becomes_the_server(monkeypatch):
    started = []
    monkeypatch.setattr(serve.os, "execv", lambda program, words: started.append((program, words)))
    serve.launch(host="0.0.0.0")
    ((program, words),) = started
    assert program == sys.executable
    assert "--server.address=0.0.0.0" in words
    assert not any(word.startswith("--server.port") for word in words)


def test_without_streamlit_the_app_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    with pytest.raises(InputError, match="Streamlit is not installed"):
        serve.launch()


@pytest.mark.parametrize("words", [["solve", "bully"], ["solve", "bully", "--json"], ["--help"], ["scenarios", "list"]])
def test_a_full_disk_behind_standard_output_is_told_without_a_traceback(words):
    with Path("/dev/full").open("w") as full:
        program = str(Path(sysconfig.get_path("scripts")) / "winset")
        done = subprocess.run(
            [program, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=600
        )
    assert done.returncode == 74
    assert done.stderr.startswith("error: standard output: cannot be written")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_stream_that_takes_nothing_does_not_change_the_code_of_a_refusal(stream):
    """Python leaves with 120, whatever the code was, when it cannot write what it still holds."""
    program = str(Path(sysconfig.get_path("scripts")) / "winset")
    with Path("/dev/full").open("w") as full:
        out, err = (full, subprocess.PIPE) if stream == "stdout" else (subprocess.PIPE, full)
        words = [program, "solve", "nosuch", "--json"]
        done = subprocess.run(words, stdout=out, stderr=err, text=True, check=False, timeout=600)
    assert done.returncode == 2
    told = done.stderr if stream == "stdout" else done.stdout
    assert "'nosuch' is not a printed game" in told
    assert "Exception ignored" not in told
