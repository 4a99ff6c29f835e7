"""Cases on the command line: begun from the template, checked to the points, and shown in full."""

import json
import re
from gettext import NullTranslations
from pathlib import Path
from string import Formatter

import jsonschema
import pytest

import scenarios
from games.errors import InputError
from games.messages import Message
from negotiation.agenda.ladders import ladders
from scenarios.scenario_document import case_document
from views.cli import app, commands, contract
from views.text import analysis, scenario
from views.text.layout import Screen, printable
from views.wording.translation import use_language

WIDE = Screen(100)


@pytest.fixture
def winset(capsys, tmp_path, monkeypatch):
    """Run a command line in an empty folder: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = app.run(list(words))
        return int(code), *capsys.readouterr()

    return run


def told(lines):
    return " ".join(" ".join(lines).split())


# -- winset scenarios new


@pytest.mark.parametrize(
    ("words", "file"), [([], "my-case.toml"), (["nurses"], "nurses.toml"), (["here/nurses.toml"], "here/nurses.toml")]
)
def test_a_case_is_begun_that_checks_clean_and_can_be_played(winset, words, file):
    Path("here").mkdir()
    code, out, err = winset("scenarios", "new", *words)
    assert (code, err) == (0, "")
    assert f"winset scenarios check {file}" in out
    assert Path(file).read_text(encoding="utf-8") == scenarios.template()
    assert winset("scenarios", "check", file)[0] == 0
    assert winset("simulate", file)[0] == 0


def test_nothing_is_overwritten(winset):
    Path("nurses.toml").write_text("mine")
    code, _, err = winset("scenarios", "new", "nurses")
    assert code == 2
    assert err.startswith("error: nurses.toml: exists already")
    assert Path("nurses.toml").read_text() == "mine"


@pytest.mark.parametrize("name", ["nowhere/nurses", "n" * 300, "nur\0ses", "."])
def test_where_no_file_can_be_written_the_hint_says_so(winset, name):
    Path("..toml").mkdir()
    code, _, err = winset("scenarios", "new", name)
    assert code == 2
    assert err.startswith("error: ")
    assert "\nhint: " in err


def test_the_files_of_the_manual_are_cases(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "scenario-files.md").read_text(encoding="utf-8")
    found = re.findall(r"^```toml\n(schema = 1\n.*?)```", page, re.DOTALL | re.MULTILINE)
    assert found
    for number, text in enumerate(found):
        file = tmp_path / f"{number}.toml"
        file.write_text(text, encoding="utf-8")
        case = scenarios.read(file)
        assert case.seats[0].tactic == "linear"
        assert case.agenda is not None
        assert case.agenda.shape[case.agenda.ladders.index(ladders()["partnership"])] == 1


def test_the_manual_names_every_key_of_a_case():
    page = (Path(__file__).parents[2] / "docs" / "scenario-files.md").read_text(encoding="utf-8")
    schema = scenarios.schema()
    tables = {name: table for name, table in schema["$defs"].items() if name != "EconomyTable"}
    keys = {key for table in (schema, *tables.values()) for key in table.get("properties", ())}
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]*`", page))))
    assert keys - told - {"source", "economy", "countries", "seats"} == set()


# -- winset scenarios check


def test_a_scored_case_is_counted_and_every_check_tells_what_it_measured(winset, frozen):
    code, out, err = winset("scenarios", "check", "three-purses", "morocco-spain")
    assert (code, err) == (0, "")
    scored, structural = out.split("morocco-spain: ok")
    assert (scored.count(" holds "), structural.count(" holds ")) == (4, 6), (
        "the lines of a signed text are checked too"
    )
    assert "three-purses: ok\n  65,536 packages. " in scored


def test_a_design_that_fails_is_told_and_leaves_with_1(winset):
    """To concede everything is best for both: no talk is needed, and no line stands in between."""
    winset("scenarios", "new")
    text = Path("my-case.toml").read_text(encoding="utf-8")
    flat = Path("flat.toml")
    flat.write_text(bare(text), encoding="utf-8")
    code, out, err = winset("scenarios", "check", "flat.toml")
    assert "a fails" in out
    assert "flat.toml:agenda: design check a" in err
    assert code == 1
    code, out, _ = winset("scenarios", "check", "flat.toml", "--json")
    found = json.loads(out)
    jsonschema.Draft202012Validator(contract.output_schema("scenarios-check")).validate(found)
    assert (code, found["ok"], found["files"][0]["ok"], found["files"][0]["review"]["ok"]) == (1, True, True, False)
    assert winset("scenarios", "check", "flat.toml", "missing.toml")[0] == 2, "a file that is no case weighs more"


def bare(text):
    """A case without groups' conflicts: two seats that like every step of the same two lines."""
    seat = """
[[agenda.seats]]
country = "{}"
points = {{ quota_skilled = [1, 2, 3], data = [1, 2, 3] }}
[[agenda.seats.groups]]
name = "All"
votes = 1
points = {{ quota_skilled = [1, 2, 3], data = [1, 2, 3] }}
"""
    countries = text[text.index("[[countries]]") : text.index("[agenda]")]
    agenda = '[agenda]\nladders = ["quota_skilled", "data"]\npreferences = "scored"\n'
    return f'schema = 1\ntitle = "Flat"\n{countries}{agenda}{seat.format("Alderia")}{seat.format("Brevia")}'


def test_what_is_no_case_is_not_counted():
    (found,) = commands.scenarios.check_case_files(["missing.toml"]).files
    assert found.problems
    assert found.review is None


# -- winset scenarios show and list


def test_a_scored_case_is_shown_with_everything_that_it_says(frozen):
    shown = told(scenario.render_case(WIDE, case_document(scenarios.read("three-purses"))))
    assert "Three purses (S03)" in shown
    assert "−12 −18 −26 6 11 14 15 45 90" in shown, "the points of places, to host, origin and those who move"
    assert "Told to request: Levy on earnings abroad; Safeguard clause." in shown
    assert "No places unless a levy pays for those who lose (Places for less-skilled workers: level 0, unless" in shown
    assert "Residents as users of services 3" in shown
    assert "sealed requests, sealed first offers, then in turn; 20 rounds" in shown
    assert "Integration fund in the host: times 0, 0.167, 0.5 and 1 at levels 0, 1, ..." in shown


def test_bonuses_and_delay_are_shown(winset):
    winset("scenarios", "new", "nurses")
    case = scenarios.read("nurses.toml", ["agenda.discount=0.9"])
    shown = told(scenario.render_case(WIDE, case_document(case)))
    assert "Brevia: +1 when Data sharing stands at level 1 or above and Host share of training cost" in shown
    assert "A round of delay leaves 0.9 of a deal's value." in shown


def test_the_list_tells_the_number_of_a_preset(winset):
    _, out, _ = winset("scenarios", "list")
    assert "one-way-flow" in out
    assert "S02" in out


class Capitals(NullTranslations):
    """A language that is English in capital letters."""

    def gettext(self, message):
        parts = [(text.upper(), field, how) for text, field, _, how in Formatter().parse(message)]
        return "".join(
            text + ("" if field is None else f"{{{field}{'!' + how if how else ''}}}") for text, field, how in parts
        )

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def in_capitals(lines):
    with use_language(Capitals()):
        return told(map(printable, lines()))


def test_every_sentence_about_a_case_can_be_translated(winset, frozen):
    purses = case_document(scenarios.read("three-purses"))
    shown = in_capitals(lambda: scenario.render_case(WIDE, purses))
    assert "TOLD TO REQUEST: " in shown
    assert ": LEVEL 0, UNLESS " in shown
    assert " STANDS AT LEVEL 1 OR ABOVE)." in shown
    assert "0, 0.167, 0.5 AND 1 AT LEVELS 0, 1, ... OF " in shown
    assert ": OFFERS IN TURN; " in in_capitals(
        lambda: scenario.render_case(WIDE, case_document(scenarios.read("morocco-spain")))
    )
    found = commands.scenarios.check_case_files(["three-purses", "missing.toml"])
    assert " WOULD BE RATIFIED. a HOLDS " in in_capitals(lambda: scenario.render_case_checks(WIDE, found))


def test_the_summary_of_a_corridor_is_ours_and_that_of_a_file_is_its_authors():
    drawn = scenarios.read("corridor:MAR-ESP")
    assert isinstance(drawn.summary, Message)
    assert drawn.summary == "Spain (host) and Morocco (origin), drawn from public data."
    assert type(scenarios.read("corridor:MAR-ESP", {"summary": "Mine."}).summary) is str
    assert isinstance(drawn.title, Message)
    assert type(scenarios.read("morocco-spain").title) is str


# -- winset analyse of a scored case


def test_packages_come_first_and_the_game_keeps_its_own_unit():
    lines = analysis.analysis(WIDE, scenarios.analyse(scenarios.read("alike-neighbours")))
    text = "\n".join(lines)
    assert text.index("What would be ratified") < text.index("Equilibria")
    assert "% of own baseline GDP" in text.split("Equilibria")[0]
    assert "Nash solution: levels " in text


def test_points_alone_are_told_without_a_game(winset):
    winset("scenarios", "new", "nurses")
    code, out, _ = winset("analyse", "nurses.toml")
    assert code == 0
    assert "What would be ratified" in out
    assert "Equilibria" not in out
    assert "None" not in out
    found = json.loads(winset("analyse", "nurses.toml", "--json")[1])
    jsonschema.Draft202012Validator(contract.output_schema("analyse")).validate(found)
    assert found["game"] is None


def test_a_problem_is_an_input_error():
    with pytest.raises(InputError):
        commands.scenarios.create_case_file("nowhere/at/all")
