"""Every text of a report passes through the language that is chosen."""

import re
from gettext import NullTranslations

import pytest
from sample_sweeps import DEADLINE, played, talks

from lab.analysis.findings import analyse_sweep
from views.report.elements import condition_in_words
from views.report.page import render_page
from views.report.sections import report_sections
from views.results.report_page import ReportResult
from views.text import sweep_results
from views.text.layout import Screen
from views.wording.translation import use_language

FACTORS = [DEADLINE, {"key": "economy.kappa", "name": "kappa", "values": [0, 1]}]
UNMARKED = {"n"}
"""Head of a column that is a symbol, not a word."""


class Marked(NullTranslations):
    """A language in which every text stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return analyse_sweep(talks(tmp_path_factory.mktemp("language"), played, factor=FACTORS), most=4)


def test_every_text_of_the_page_is_translated(found):
    with use_language(Marked()):
        page = re.sub(r"<script.*?</script>", "", render_page(found), flags=re.DOTALL)
    for tag in ("title", "h2", "figcaption", 'p class="kick"', 'p class="note over"', "dt", "footer", 'th scope="col"'):
        name = tag.partition(" ")[0]
        texts = re.findall(rf"<{tag}[^>]*>(.*?)</{name}>", page)
        assert texts, tag
        assert [text for text in texts if "«" not in text and text not in UNMARKED] == [], tag


def test_the_axes_of_the_figures_are_translated(found):
    with use_language(Marked()):
        figures = [plate.draw("light") for section in report_sections(found) for plate in section.plates]
    axes = {figure.layout.xaxis.title.text for figure in figures}
    assert {"«difference in agreement»", "«% of runs an arm»"} <= axes
    texts = {each.text for figure in figures for each in figure.layout.annotations}
    assert "«broken: no number»" in texts
    assert {"«mean»", "«share of runs»"} & texts


def test_the_headings_in_the_terminal_are_translated(found):
    with use_language(Marked()):
        lines = sweep_results.render_report(Screen(100), ReportResult(found, "page.html"))
    headings = [line for line in lines if line.startswith("── ")][1:]
    assert len(headings) > 3
    assert all("«" in line for line in headings)
    assert "«The page is page.html.»" in "\n".join(lines)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("gain <= 2", "gain at most 2"),
        ("largest_openness >= 1", "largest_openness at least 1"),
        ("class = bully", "class is bully"),
        ("reason = it was < 3", "reason is it was < 3"),
        ("gain", "gain"),
    ],
)
def test_a_condition_has_words_for_its_sign_alone(condition, words):
    assert condition_in_words(condition) == words
