"""The page "The model": its tables and its sentences with figures are counted anew and compared with it.

`WRITE_TABLES=1 pytest tests/economy/test_model_page.py` writes them into the page; with `-m "full or not full"` also
those that take long.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from economy.parameters import entries
from tests.economy import page_claims, page_corridors, page_tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "model.md"
MARK = re.compile(r"<!-- (?:table|text): (?P<name>[\w -]+) -->\n(?P<table>.*?)<!-- end -->", re.DOTALL)
BLOCKS = {**page_tables.TABLES, **page_corridors.TABLES, **page_claims.CLAIMS}
LONG = {"conventions", "needs", "sensitivity", "what it needs"}
"""Blocks whose figures take long to count."""
NAMED = [pytest.param(name, marks=pytest.mark.full if name in LONG else (), id=name) for name in BLOCKS]

FIGURE = re.compile(r"(?<![\w.])[−+]?(?:\d*\.\d+|\d+(?= ?%))(?!\w)")
PUBLISHED = {
    "14.6": "workers of poor countries who are willing to move: Docquier, Machado and Sekkat (2015)",
    "3.65": "share of income of earlier migrants that Table 6.2 implies",
    "71": "new migrants' share of the sum in Table 6.2, nominal",
    "45": "the same at purchasing power",
    "10.01": "version of the Penn World Table",
    ".05": "threshold of a neutral group; an openness; a bound",
    ".45": "threshold of a weak position",
    ".5": "half: an expansion, a share covered, the most who are there today",
    ".25": "an openness",
    ".001": "commitment of the variant",
    ".65": "weight of skilled labour in corridors, an assumption",
    "1.5": "base of the size along the dial of unlikeness",
    ".10": "a bound of the public cost",
    "4": "discount a year: 1 less the default of delta",
    "6": "what earlier migrants lose in Table 6.2",
}
"""Figures that may stand in sentences which are not computed, and what they are; so may the defaults of dials."""


def test_the_page_has_every_block_once() -> None:
    found = [match["name"] for match in MARK.finditer(PAGE.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(BLOCKS)


@pytest.mark.parametrize("name", NAMED)
def test_its_block_is_up_to_date(name: str) -> None:
    page, fresh = PAGE.read_text(encoding="utf-8"), f"\n{BLOCKS[name]()}\n"
    if os.environ.get("WRITE_TABLES"):
        place = re.compile(rf"(<!-- (?:table|text): {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        PAGE.write_text(place.sub(lambda match: match[1] + fresh + match[2], page), encoding="utf-8")
        return
    (there,) = [match["table"] for match in MARK.finditer(page) if match["name"] == name]
    assert there == fresh, "renew it with WRITE_TABLES=1 pytest tests/economy/test_model_page.py"


def figures(text: str) -> Iterator[tuple[str, str]]:
    """Decimals and percentages in sentences that no function writes, with their line."""
    plain = re.sub(
        r"^```.*?^```|Tables? \d\.\w+|sections? \d\.\d", "", MARK.sub("", text), flags=re.DOTALL | re.MULTILINE
    )
    for line in plain.splitlines():
        for found in FIGURE.finditer(line):
            yield found[0], line


def test_a_figure_in_a_sentence_is_computed_published_or_a_default() -> None:
    """A number that somebody types into the page has no test; put it into a block."""
    defaults = {f"{entry.default:.4g}" for entry in entries().values()}
    allowed = PUBLISHED.keys() | defaults | {text.removeprefix("0") for text in defaults}
    wrong = [(figure, line) for figure, line in figures(PAGE.read_text(encoding="utf-8")) if figure not in allowed]
    assert not wrong


def test_a_typed_figure_is_found() -> None:
    text = "By 3.7 % or .42, see `xmax` .20.\n```\n1.5\n```\n<!-- text: x -->\n9.9 %\n<!-- end -->\nIn 6.A1, 2019.\n"
    assert [figure for figure, _ in figures(text)] == ["3.7", ".42", ".20"]


MUST_NOT = (
    "potential gain",
    "never self-enforcing",
    "read movers and families together",
    "closed border is the status",
)


@pytest.mark.parametrize("words", MUST_NOT)
def test_a_sentence_of_the_first_version_is_gone(words: str) -> None:
    assert words not in PAGE.read_text(encoding="utf-8").lower()


def test_the_failures_come_first() -> None:
    heads = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "What the model gets wrong"
    assert "Limits" in heads
