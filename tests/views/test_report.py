"""A report is one file that needs nobody else: what it says, what it carries, and what it says of nothing."""

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from economy.accounts.rows import ACCOUNT_HEADS, account_rows
from games.errors import InputError
from lab import parse_design
from lab.analysis.findings import analyse_sweep, numeric_arm_key
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.store.folder import open_store
from scenarios import analyse
from views.report.elements import format_number
from views.report.page import render_page, write_report
from views.report.sections import report_sections
from views.wording import paradox_worlds as worlds_wording
from views.wording.screen import NARROW

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

GAP = {"key": "economy.gap", "name": "gap", "range": [1, 8]}
LOSS = {"key": "economy.loss", "name": "loss <aversion>", "range": [1, 4]}
ARMS = [{"name": "as it is"}, {"name": "a & b", "set": {"economy.tax": 0.15, "economy.tax_host": 0}}]
MEASURES = ["class", "gain", "share_net", "largest_openness", "self_enforcing"]


def made(folder, fail=(), leave_out=(), **cells):
    told = {"schema": 1, "scenario": "germany-france", "kind": "analyse", "measure": MEASURES}
    design = parse_design(told | cells, "swept")
    bench = SingleRunner(design)
    with open_store(folder / "swept", design) as store:
        for number in store.todo().tolist():
            if number in fail:
                store.add(
                    Finished(number, "error", error_type="ValueError", error="<i>no</i>", traceback="in <module>")
                )
            elif number not in leave_out:
                store.add(bench.run(number))
    return folder / "swept"


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    return made(folder, fail=(3,), design="lhs", points=24, factor=[GAP, LOSS], arm=ARMS)


@pytest.fixture(scope="module")
def written(swept):
    return render_page(analyse_sweep(swept))


class Outline(HTMLParser):
    """Counts what is opened and closed, and keeps what can be seen."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text):
        super().__init__()
        self.open, self.kinds, self.links, self.words = [], [], [], []
        self.feed(text)

    def begun(self, tag, attrs):
        self.kinds.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"}]
        if tag not in self.VOID:
            self.open.append(tag)

    def ended(self, tag):
        assert self.open.pop() == tag

    def said(self, data):
        if not {"script", "style"} & set(self.open):
            self.words.append(data)

    handle_starttag, handle_endtag, handle_data = begun, ended, said

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def figures(text):
    found = re.search(r'id="figures">(.*?)</script>', text, re.DOTALL)
    return json.loads(found[1])["figures"] if found else {}


def captions(text):
    return re.findall(r"<figcaption>(.*?)</figcaption>", text)


def test_it_is_whole_and_asks_nobody_for_anything(written):
    outline = Outline(written)
    assert not outline.open
    assert not outline.links
    assert "default-src 'none'" in written
    assert "http" not in written.split("<script>")[0].replace("http-equiv", "")


def test_every_figure_tells_n_statistic_and_design_and_is_there_in_both_modes(written, swept):
    found, mark = figures(written), analyse_sweep(swept).harvest.mark[:12]
    assert len(found) == len(captions(written)) > 6
    for under in captions(written):
        assert re.search(r"n = \d", under)
        assert mark in under
        assert re.search(r"mean|share|index|density", under)
    for modes in found.values():
        assert modes["light"]["data"]
        assert modes["light"]["layout"]["template"] != modes["dark"]["layout"]["template"]
    assert all(f'id="{name}" role="img" aria-label="' in written for name in found)


def test_where_no_world_meets_several_gaps_the_page_says_so_and_tells_of_full_opening_alone(written):
    """The gap is drawn here: a share of points says how often full opening holds, and nothing of the paradox."""
    text = Outline(written).text
    assert "Without paradox" not in text
    assert worlds_wording.NOT_COUNTED in text
    assert re.search(
        r"Both would sign full opening Arm Points Draws Share 95 % interval, % as it is 2\d 2\d \d",
        text.replace(NARROW, " "),
    )


def test_typed_words_are_text_and_nothing_else(written):
    assert "loss &lt;aversion&gt;" in written
    assert "a &amp; b" in written
    assert "<i>no</i>" not in written
    assert "&lt;i&gt;no&lt;/i&gt;" in written


def test_failures_stand_there_with_the_command_that_makes_them_again(written):
    text = Outline(written).text
    assert "1 run did not end well" in text
    assert "ValueError" in text
    assert "winset analyse germany-france --set economy.gap=" in text


def test_there_is_no_nan_on_the_page(written):
    assert not re.search(r"\b(nan|NaN|inf|None)\b", Outline(written).text)


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("empty", {"leave_out": (0, 1)}, "none has ended yet"),
        ("failed", {"fail": (0, 1)}, "all of them failed"),
        ("one row", {"leave_out": (1,)}, "1 of 2 runs"),
    ],
)
def test_little_or_nothing_is_told_plainly(tmp_path, name, how, said):
    levels = [{"key": "economy.gap", "name": "gap", "values": [1, 3]}]
    text = Outline(render_page(analyse_sweep(made(tmp_path, factor=levels, **how)))).text
    assert said in text, name
    assert not re.search(r"\b(nan|NaN|inf|None)\b", text)


def test_what_never_varies_is_told_so(tmp_path):
    text = Outline(render_page(analyse_sweep(made(tmp_path, factor=[{"key": "economy.gap", "values": [2]}])))).text
    assert "does not vary" in text
    assert "Where it comes from" in text


def test_it_is_written_beside_the_sweep_or_where_it_is_told(swept, tmp_path):
    found = analyse_sweep(swept)
    assert write_report(found) == swept / "report.html"
    assert write_report(found, tmp_path / "mine.html").read_text(encoding="utf-8") == render_page(found)
    with pytest.raises(InputError, match="is a folder"):
        write_report(found, tmp_path)
    with pytest.raises(InputError, match="cannot be written"):
        write_report(found, tmp_path / "missing" / "mine.html")


STEPS = [{"name": name, "set": {"economy.gap": gap}} for name, gap in (("far", 6), ("alike", 1), ("near", 1.5))]


@pytest.fixture(scope="module")
def stepped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("steps")
    return analyse_sweep(made(folder, design="lhs", points=12, factor=[LOSS], arm=STEPS))


def test_arms_of_one_numeric_key_are_a_course_over_it_and_the_signed_part_comes_first(stepped):
    assert [shown.measure for shown in stepped.steps][:2] == ["share_net", "largest_openness"]
    for shown in stepped.steps:
        (path,) = shown.arms
        assert shown.factor == "economy.gap"
        assert [each.at for each in path.points] == [1, 1.5, 6]
        known = {each.arm: each.interval for each in stepped.summaries if each.measure == shown.measure}
        assert [each.interval for each in path.points] == [known["alike"], known["near"], known["far"]]
    text = render_page(stepped)
    first = captions(text)[0]
    assert re.search(r"share_net along economy\.gap", text)
    assert "n = 36 runs" in first
    assert all(told in first for told in ("line: mean", "band: 95", stepped.harvest.mark[:12]))
    (worlds,) = stepped.unparadoxical
    many = "world" if worlds.counted == 1 else "worlds"
    counted = f"of the {worlds.counted} {many} in which something is signed at gap 1; at no other gap is a smaller"
    falls = "From gap 1 to gap 6 the signed share of the best net gain falls in "
    headline = Outline(text).text.split("Runs")[0]
    for place in (first, headline):
        assert re.search(r"Without paradox: \d+\.\d\W% ", place)
        assert counted in place
        assert falls in place
    assert f"In {worlds.nothing_signed} of 12 worlds nothing is signed at gap 1" in first


def test_no_share_of_one_gap_is_called_a_share_without_paradox(stepped):
    """Between equals there can be none: their full openings were told as "70 % of the box" once."""
    text = Outline(render_page(stepped)).text
    said = re.findall(r"Without paradox: \S+ %(.{0,40})", text.replace(NARROW, " "))
    assert said
    assert all(re.match(r"( \[[^]]*\])? of the \d+ worlds?", each) for each in said)
    assert not re.search(r"of the box at economy\.gap", text)
    equals = next(each for each in stepped.full if each.arm == "alike")
    assert re.search(rf"Both would sign full opening.*alike 12 12 {100 * equals.interval.mean:.1f}", text)


@pytest.mark.parametrize(
    "settings",
    [
        [{"economy.gap": 2}, {"economy.loss": 2}],
        [{"economy.gap": 2}, {"economy.gap": 2, "economy.tax": 0.1}],
        [{"economy.gap": 2, "economy.tax": 0}, {"economy.gap": 3, "economy.tax": 0.1}],
        [{}, {"economy.gap": 3}],
        [{"economy.gap": 3}],
    ],
)
def test_arms_that_differ_otherwise_are_no_course(settings):
    arms = [{"name": f"arm {at}", "set": told} if told else {"name": f"arm {at}"} for at, told in enumerate(settings)]
    cells = {"schema": 1, "scenario": "morocco-spain", "kind": "analyse", "measure": ["gain"], "arm": arms}
    assert numeric_arm_key(parse_design(cells)) is None


def test_words_are_one_bar_an_arm_and_add_up_to_everything(stepped):
    plate = next(
        each for chapter in report_sections(stepped) for each in chapter.plates if each.title == "How often: class"
    )
    bars = plate.draw("light").data
    assert len({trace.name for trace in bars}) == len(bars)
    for at, arm in enumerate(stepped.harvest.arms):
        assert sum(trace.x[at] for trace in bars) == pytest.approx(100)
        for trace in bars:
            told = [each for each in stepped.shares if (each.measure, each.arm) == (f"class = {trace.name}", arm)]
            assert all(trace.x[at] == pytest.approx(100 * each.interval.mean) for each in told)


def test_a_scenario_of_ones_own_is_told_by_its_title_and_no_path_of_the_machine(tmp_path):
    told = "schema = 1\ntitle = 'Two shores'\n[economy]\npreset = 'symmetric'\n"
    (tmp_path / "shores.toml").write_text(told, encoding="utf-8")
    home = tmp_path / "rows"
    found = analyse_sweep(
        made(home, scenario=str(tmp_path / "shores.toml"), factor=[{"key": "economy.gap", "values": [1, 3]}])
    )
    assert "Theory of “Two shores”" in render_page(found)
    assert found.document().scenario == "shores.toml"
    text = Outline(render_page(found)).text
    assert str(tmp_path / "shores.toml") not in text


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_draws_without_a_network_and_fits(browser: "Browser", swept: "Path", tmp_path, width, scheme):
    path = write_report(analyse_sweep(swept), tmp_path / "report.html")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    page = context.new_page()
    wrong, asked = [], []
    page.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_function(
        "document.querySelectorAll('.plot').length == document.querySelectorAll('.plot .main-svg:first-child').length"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('.plot')].every(each => each.scrollWidth <= each.clientWidth + 1)"
    )
    assert not wrong
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


# -- the part that is signed, in words


MONEY = [
    *("account.host natives", "account.old migrants", "account.origin natives", "account.new migrants"),
    *("account_private.new migrants", "account_public.new migrants"),
    *("income", "cost_of_moving", "welfare", "sent_home", "gain"),
]


def cells(text, caption):
    """The rows of the table under a caption, as texts."""
    table = text.split(f'aria-label="{caption}"><thead>')[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_a_report_prints_the_accounts_as_analyse_does(tmp_path):
    """The same names, order and signs as `account_rows`, and the same figures as the analysis of the case.

    meaning.md section 7: .07 for Spaniards, .34, .31, .70 for the new migrants, income 1.42, welfare .71.
    """
    text = render_page(analyse_sweep(made(tmp_path, scenario="corridor:MAR-ESP", measure=MONEY)))
    opening = analyse("corridor:MAR-ESP").opening
    assert opening is not None
    told = account_rows(opening.accounts, opening.sums)
    head, *rows = cells(text, "Accounts in money")
    assert head == [str(each) for each in ACCOUNT_HEADS]
    assert [row[0] for row in rows] == [row.label for row in told]
    assert [row[3] for row in rows] == [format_number(row.total, plus=True) for row in told]
    assert [row[1:3] for row in rows][3] == [
        format_number(value, plus=True) for value in (told[3].private, told[3].public)
    ]
    assert [float(row[3].replace("−", "-")) for row in rows[:7]] == pytest.approx(
        [0.07, 0.34, 0.31, 0.70, 1.42, -0.71, 0.71], abs=0.0051
    )


def test_a_report_prints_net_beside_gross_and_says_where_net_is_missing(tmp_path):
    measured = ["potential_gross", "potential_net", "best_net", "signed_net", "share_net"]
    found = analyse_sweep(made(tmp_path / "both", scenario="corridor:MAR-ESP", measure=measured))
    head, row = cells(render_page(found), "Net beside gross")
    assert head == [
        "Gross at full opening",
        "Net at full opening",
        "Best net",
        "Signed, net",
        "Part of best net signed",
    ]
    assert [float(each) for each in row] == pytest.approx([9.8046, 1.6378, 1.7013, 0.7819, 0.4596], abs=0.006)
    alone = analyse_sweep(made(tmp_path / "alone", scenario="corridor:MAR-ESP", measure=["potential_gross"]))
    assert "potential_gross is a gross gain: what opening costs is not taken off." in render_page(alone)
