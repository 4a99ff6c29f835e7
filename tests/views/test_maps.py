"""The atlas on the command line: the map in the terminal, what it says below, and what it refuses."""

import json
import re
import shlex
import sys
from importlib import import_module

import pandas as pd
import pytest

from lab.atlas.axes import parse_axis
from lab.atlas.base_economy import read_base_economy
from lab.atlas.grid import define_atlas
from lab.atlas.thumbnails import atlas_slices
from views.cli import app, progress
from views.cli.commands.atlas import run_atlas
from views.text import atlas as atlas_text
from views.text.layout import Screen, display_width


@pytest.fixture
def winset(capsys):
    """Run a command line in this process: (exit code, standard output, standard error)."""

    def run(*words):
        code = app.run(["atlas", *(str(word) for word in words)])
        out, err = capsys.readouterr()
        return int(code), out.replace("\u00a0", " "), err

    return run


def test_the_map_of_the_paradox(winset):
    """Alike countries agree; the rich and the poor do not, and mobile capital makes it worse.

    meaning.md, acceptance 7: the game turns into a bully game at the gaps 2.425, 1.850 and 1.550 for kappa 0, .5 and 1.
    """
    code, out, err = winset("--vary", "gap=1:4:7", "--vary", "kappa=0,.5,1")
    assert (code, err) == (0, "")
    drawn = out.splitlines()[4:9]
    assert drawn == [
        "↑ kappa",
        "1 ██████░░░░░░░░░░░░░░░",
        "  ██████░░░░░░░░░░░░░░░",
        "0 █████████░░░░░░░░░░░░",
        "  1       gap →       4",
    ]
    assert "░  bully (Host dominates)  66.7 %     14" in out
    assert "█  stag-hunt               33.3 %      7" in out


@pytest.mark.parametrize("width", [40, 52, 80, 100])
@pytest.mark.parametrize(
    "dials",
    [
        ["gap=1:8:99", "kappa=0:1:40"],
        ["gap=1:8:3"],
        ["gap=1:8:2", "kappa=0,1", "loss=1,1.6", "chi=0:5:3"],
        ["w_U=0:1:2", "tax=0:.2:2"],
        ["openness=0.123456,0.123457", "kappa=1"],
    ],
)
def test_every_line_fits_the_screen_with_ink_and_without(width, dials):
    found = run_atlas(
        dials,
        "morocco-spain" if len(dials) > 2 else "symmetric",
        (),
        "class,gains,accounts" if len(dials) < 4 else "class,openness,tax",
        None,
    )
    told = atlas_text.render_atlas(Screen(width), found)
    assert [line for line in told if display_width(line) > width] == []
    inked = atlas_text.render_atlas(Screen(width, colour=True), found)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in inked] == [line.rstrip() for line in told]


def test_further_dials_stand_at_both_ends():
    atlas = define_atlas(
        read_base_economy(), [parse_axis(text) for text in ("gap=1:8:300", "kappa=0:1:99", "loss=1:2:5", "chi=1")]
    )
    shown = list(atlas_slices(atlas, 64, 16))
    assert [each.still for each in shown] == [(("loss", 1.0), ("chi", 1.0)), (("loss", 2.0), ("chi", 1.0))]
    assert {(len(each.kinds), len(each.kinds[0])) for each in shown} == {(16, 64)}
    assert [shown[0].across.values[at] for at in (0, -1)] == [1, 8]


def test_a_picture_shows_the_games_that_are_there():
    found = run_atlas(["gap=1,4", "kappa=1"], "symmetric", (), None, None)
    assert [kind for kind, _ in found.pictures[0].kinds[0]] == ["stag-hunt", "bully"]
    counted = {entry["class"]: entry["count"] for entry in found.to_dict()["classes"]}
    assert counted == {"stag-hunt": 1, "bully": 1}


def test_every_class_has_a_sign_of_its_own():
    signs = [mark.sign for mark in (*atlas_text.MARKS.values(), atlas_text.ORIGIN)]
    assert len(set(signs)) == len(signs)


def test_a_bully_of_the_origin_has_a_sign_of_its_own(winset):
    """Seen from the poorer side: the same pair of countries, with the gap turned round."""
    _, out, _ = winset("--vary", "gap=.25,1,4")
    assert next(line for line in out.splitlines() if "▒" in line).strip() == "▒▒▒███░░░"
    assert "▒  bully (Origin dominates)" in out


def test_with_a_file_it_tells_where_and_how_to_read_it(winset, tmp_path):
    file = tmp_path / "map.parquet"
    code, out, err = winset("--vary", "gap=1:8:29", "-o", file)
    assert (code, err) == (0, "")
    assert f'pandas.read_parquet("{file}")' in re.sub(r"\s+", " ", out) or file.name in out
    assert "█" not in out, "no picture beside a file"
    assert len(pd.read_parquet(file)) == 29
    code, out, _ = winset("--vary", "gap=1:8:29", "-o", file, "--json")
    assert json.loads(out)["file"] == str(file)


def test_full_opening_is_told_and_no_point_alone_is_called_without_paradox(winset):
    _, out, _ = winset("--set", "gap=4", "--vary", "chi=.02,1", "--vary", "loss=1,1.2", "--measure", "openness")
    assert re.search(r"Full opening holds by itself\s+50.0 %", out)
    assert "paradox" not in out
    assert "What game is it?" not in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--vary", "gpa=1:8:57"], ["error: --vary gpa: there is no dial called 'gpa'", "hint: did you mean", "gap"]),
        (["--vary", "kappa=0:2:5"], ["error: --vary kappa: ", "hint: keep from 0 to 1"]),
        (["--vary", "gap=1,2", "--vary", "gap=3"], ["gap is moved twice"]),
        (["--vary", "gap=1:8:20000", "--vary", "kappa=0:1:20000"], ["400,000,000 points", "100,000,000"]),
        ([f"--vary={name}=1" for name in ("gap", "size", "chi", "loss", "kappa")], ["5 dials are moved"]),
        (["--measure", "class,happiness"], ["'happiness'", "class,gains,openness,net,limits,tax,accounts,flows"]),
        (["--set", "gap=2"], ["--set gap", "--vary too"]),
        (["--set", "economy.gap=2"], ["--set gap", "--vary too"]),
        (["--set", "loss=.5"], ["loss", "1 to 10"]),
        (["--scenario", "bully"], ["no economy"]),
        (["-o", "absent/map.parquet"], ["-o absent/map.parquet", "cannot be written"]),
    ],
)
def test_what_cannot_be_mapped_leaves_with_2_and_says_what_to_write(winset, words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = winset(*words)
    assert (code, out) == (2, "")
    assert [word for word in (*said, "error: ", "hint: ") if word not in err] == []
    assert not list(tmp_path.iterdir())


# -- progress


def test_where_nobody_watches_a_line_comes_now_and_then(capsys, monkeypatch):
    now = iter([0.0, 4.0, 10.0, 12.0, 25.0, 40.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(now))
    with progress.progress(1000, "points") as tick:
        for more in (100, 150, 50, 200, 500):
            tick(more)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == ["250 of 1,000 points, about 30 s to go", "500 of 1,000 points, about 25 s to go"]


def test_in_a_terminal_a_bar_moves_and_goes(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.progress(1000, "points") as tick:
        tick(400)
    assert capsys.readouterr().out == ""


def test_the_file_holds_the_command_that_makes_it_again(winset, tmp_path):
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    assert winset("--set", "chi=2", "-o", one)[0] == 0
    metadata = import_module("pyarrow.parquet").read_schema(one).metadata[b"winset"]
    words = shlex.split(json.loads(metadata)["command"])
    assert words[:2] == ["winset", "atlas"]
    assert winset(*words[2:], "-o", other)[0] == 0
    assert one.read_bytes() == other.read_bytes()


SIGNS = {mark.sign for mark in atlas_text.MARKS.values()}


def test_a_map_wider_than_the_screen_keeps_both_ends_of_its_dial():
    """The last column drawn is the last value of the dial, as the axis says."""
    found = run_atlas(["gap=1:8:57"], "symmetric", (), "class", None)
    (row,) = (
        line for line in atlas_text.render_slice(Screen(50), found.pictures[0]) if set(line.strip()) <= set("█░▓×· ")
    )
    kinds = found.pictures[0].kinds[0]
    assert row.strip()[0] == atlas_text.MARKS[kinds[0][0]].sign
    assert row.strip()[-1] == atlas_text.MARKS[kinds[-1][0]].sign
    assert len(row.strip()) == 49
