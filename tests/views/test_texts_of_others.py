"""Texts of other people's files, in every place that shows them: nothing of them steers a terminal or a page."""

import json
import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from source_tree import OWN

import scenarios
from games.display import MatrixCell, format_profile, matrix_html, sentences_html, table_html
from lab import parse_design
from lab.analysis.findings import analyse_sweep
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.store.folder import open_store
from views.cli import app, output
from views.negotiate import board_html
from views.report.page import render_page
from views.style import html as style_html
from views.text.layout import INKS, Screen

ROOT = Path(__file__).parents[2]
STEERS = "\u001b[2J\u202e\u009b\u200b"
SHOWN = "\\u001b[2J\\u202e\\u009b\\u200b"
ESCAPED = json.dumps(STEERS).strip('"')
FORGED = "\u001b[1mbold\u001b[0m"
INK = re.compile("|".join(re.escape(f"\x1b[{code}m") for code in (*INKS.values(), "0")))


def hidden(text):
    """What of a text nobody sees; line feeds are no part of that."""
    return {character for character in text if unicodedata.category(character) in {"Cc", "Cf"}} - {"\n"}


@pytest.fixture
def case(tmp_path):
    """A case in whose every text something is written that steers a terminal."""
    text = scenarios.template()
    keys = "title|summary|text|public|confidential|reason|objective|predicts|name|country"
    text = re.sub(rf'^({keys}) = "', lambda found: f"{found[0]}{SHOWN}", text, flags=re.MULTILINE)
    text = text.replace('sources = ["', f'sources = ["{SHOWN}').replace('debrief = ["', f'debrief = ["{SHOWN}')
    file = tmp_path / "case.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def winset(capsys):
    def run(*words):
        code = app.run([str(word) for word in words])
        out, err = capsys.readouterr()
        return int(code), out, err

    return run


COMMANDS = [["simulate"], ["analyse"], ["scenarios", "show"], ["scenarios", "check"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("colour", [False, True])
def test_a_case_is_told_with_its_texts_visible(winset, case, monkeypatch, words, colour):
    monkeypatch.setattr(output, "screen", lambda _: Screen(80, colour))
    _, out, err = winset(*words, case)
    assert hidden(INK.sub("", out) if colour else out) == set()
    assert hidden(err) == set()
    if words != ["scenarios", "check"]:
        assert SHOWN in out


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_json_means_the_same_and_shows_what_it_holds(winset, case, words):
    _, out, _ = winset(*words, case, "--json")
    assert hidden(out) == set()
    assert ESCAPED in json.dumps(json.loads(out)) or words == ["scenarios", "check"]


def test_a_trace_shows_what_it_holds(winset, case, tmp_path):
    trace = tmp_path / "trace.jsonl"
    winset("simulate", case, "--trace", trace)
    text = trace.read_text(encoding="utf-8")
    assert hidden(text) == set()
    assert any(ESCAPED in json.dumps(json.loads(line)) for line in text.splitlines())


def test_ink_in_a_title_is_no_ink_of_ours(winset, monkeypatch, tmp_path):
    monkeypatch.setattr(output, "screen", lambda _: Screen(80, colour=True))
    file = tmp_path / "case.toml"
    file.write_text(scenarios.template().replace("A case of my own", FORGED.replace("\x1b", "\\u001b")), "utf-8")
    _, out, _ = winset("scenarios", "show", file)
    assert "\\u001b[1mbold\\u001b[0m" in out
    assert FORGED not in out


def test_a_title_over_several_lines_forges_no_line(winset, tmp_path):
    file = tmp_path / "case.toml"
    file.write_text(scenarios.template().replace("A case of my own", "A case\\nerror: none"), "utf-8")
    _, out, _ = winset("scenarios", "show", file)
    assert "\nerror: none" not in out


def test_the_reasons_of_a_tactic_are_told_visibly(winset, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    lines = ("from negotiation.protocols.moves import Walk", f"def leave(view): return Walk(view.party, {STEERS!r})")
    Path("tactic_that_steers.py").write_text("\n".join(lines), encoding="utf-8")
    words = ("simulate", "alike-neighbours", "--mover", "Borvia=tactic_that_steers:leave")
    _, out, _ = winset(*words)
    assert SHOWN in out
    assert hidden(out) == set()
    assert hidden(winset(*words, "--json")[1]) == set()


@pytest.mark.parametrize(
    "words", [["solve", STEERS], ["simulate", STEERS], ["schema", STEERS], ["sweep", STEERS, "-o", STEERS], [STEERS]]
)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_an_error_quotes_visibly(winset, words, flags):
    code, out, err = winset(*words, *flags)
    assert code == 2
    assert hidden(out) == hidden(err) == set()
    assert "u202e" in err or (words[0] == "schema" and flags)


NAMES = (STEERS, "b")


@pytest.mark.parametrize(
    "html",
    [
        style_html.note_html(STEERS),
        style_html.answer_html(STEERS, STEERS),
        style_html.heading_html(STEERS, STEERS),
        style_html.facts_html([(STEERS, STEERS, "")]),
        board_html.render_kicker(STEERS, (STEERS, "host")),
        board_html.render_brief([(STEERS, [STEERS]), (STEERS, [STEERS, STEERS])]),
        board_html.render_questions([STEERS]),
        board_html.render_meter(STEERS, [board_html.PackageShare(STEERS, 1, "neither")]),
        board_html.render_level_change(STEERS, "b"),
        board_html.render_welfare_accounts([board_html.AccountChange(STEERS, 1.0, "host", seated=True)], STEERS, 1),
        matrix_html(STEERS, NAMES, ((STEERS,), (STEERS,)), [[MatrixCell(("1", "2"), (True, False))]]),
        table_html(STEERS, [STEERS], [[STEERS, STEERS]]),
        sentences_html([STEERS]),
    ],
    ids=lambda html: html.split(" ")[0].strip("<>")[:9],
)
def test_html_holds_texts_visibly(html):
    assert SHOWN in html
    assert hidden(html) == set()


def test_a_notebook_shows_names_visibly():
    assert hidden(format_profile(NAMES, ((STEERS,), (STEERS,)), [[Fraction(1)], [Fraction(1)]])) == set()


def test_the_report_shows_names_of_arms_and_factors_visibly(tmp_path):
    arms = [{"name": f"a{STEERS}"}, {"name": f"b{STEERS}", "set": {"economy.tax": 0.15}}]
    factor = {"key": "economy.gap", "name": f"gap{STEERS}", "values": [2, 4, 6]}
    told = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"]}
    design = parse_design(told | {"arm": arms, "factor": [factor]}, "swept")
    bench = SingleRunner(design)
    with open_store(tmp_path / "swept", design) as store:
        store.add(Finished(0, "error", error_type="ValueError", error=STEERS, traceback=f"in {STEERS}\nline"))
        for number in range(1, design.count):
            store.add(bench.run(number))
    text = render_page(analyse_sweep(tmp_path / "swept"))
    ours = text.partition("<script>")[0] + text.partition('id="figures">')[2]
    assert ours.count("a" + SHOWN) > 2
    assert hidden(ours) - {"\t"} == set()


def test_nobody_escapes_html_on_their_own():
    """One function makes text fit for a page; `html.escape` alone would leave what nobody sees."""
    found = [
        str(path.relative_to(ROOT))
        for package in OWN
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"^\s*(from html import|import html\b)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert found == ["games/visible_text.py"]
