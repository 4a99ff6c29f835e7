"""What sweeps say can be translated, sentence by sentence, and every option is explained once."""

import re
from dataclasses import replace
from gettext import NullTranslations
from typing import Annotated, get_origin

import pytest

import lab
from lab.runs.estimate import Forecast
from lab.runs.sweep import Progress
from views.cli import options, progress
from views.cli.progress import sweep_progress
from views.results.sweep_work import CompactionResult, SweepResult
from views.text import sweep_status
from views.text.layout import Screen
from views.wording.translation import use_language

SCREEN = Screen(100)


class Shouted(NullTranslations):
    """A language in which every template is in capital letters, except its placeholders."""

    def gettext(self, message):
        return re.sub(r"\{\w+\}|[^{]+", lambda found: found[0] if found[0][0] == "{" else found[0].upper(), message)

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(scope="module")
def design():
    factor = {"key": "economy.gap", "name": "gap", "values": [2, 4]}
    tables = {"schema": 1, "scenario": "germany-france", "kind": "analyse", "measure": ["gain"], "factor": [factor]}
    return lab.parse_design(tables)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, design):
    """A finished sweep of two runs."""
    return lab.sweep(design, tmp_path_factory.mktemp("words") / "rows", "serial").folder


def test_progress_is_translated(monkeypatch, capsys):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    with use_language(Shouted()), sweep_progress() as tell:
        tell(Progress(5000, 1000, 200, 3, 10.0))
    assert capsys.readouterr().err == "1,200 OF 5,000 RUNS, 3 FAILED, 20 A SECOND, ABOUT 3 MIN TO GO\n"


def test_status_and_results_are_translated_whole(folder, design):
    summary = lab.resume(folder)
    with use_language(Shouted()):
        lines = sweep_status.render_status(SCREEN, lab.status(folder))
        lines += sweep_status.render_sweep(SCREEN, SweepResult("resume", "DIR", design, summary, None, ()))
        lines += sweep_status.render_verification(SCREEN, lab.verify(folder, 2))
        lines += sweep_status.render_compaction(SCREEN, CompactionResult(folder="DIR", before=2, after=1, rows=9))
    text = "\n".join(lines)
    for part in (
        "1 PART, ",
        "NOBODY IS WRITING",
        "FINISHED",
        "WINSET REPORT DIR SHOWS THE RESULTS. IN PYTHON: lab.results('DIR')",
        "NOTHING WAS LEFT TO DO",
        "2 OF 2 RUNS ARE REPRODUCED, 2 OF THEM TO THE LAST BIT.",
        "2 PARTS BECAME ONE; DIR/RUNS HOLDS 9 ROWS.",
    ):
        assert part in text


def test_one_trial_is_told_in_the_singular(design):
    done = SweepResult("sweep", "none", design, None, Forecast(1, 1, 1, 1, (), 0.1), ())
    lines = sweep_status.render_sweep(SCREEN, done)
    assert lines[-1] == "· Nothing was written. 1 run was tried here."
    assert any(line.endswith("less than a second, 1 worker") for line in lines)


@pytest.mark.parametrize(
    ("reason", "told"),
    [("finished", "FINISHED"), ("stopped by SIGHUP", "STOPPED BY SIGHUP"), ("OSError", "OSError"), (None, "KILLED")],
)
def test_the_words_in_a_session_file_are_translated(folder, reason, told):
    found = lab.status(folder)
    session = replace(found.sessions[-1], reason=reason)
    with use_language(Shouted()):
        lines = sweep_status.render_status(SCREEN, replace(found, sessions=(session,)))
    assert any(line.endswith(told) for line in lines)


def test_every_option_is_explained_beside_its_type():
    found = {name: each for name, each in vars(options).items() if get_origin(each) is Annotated}
    assert len(found) > 30
    assert all(each.__metadata__[0].help for each in found.values())
