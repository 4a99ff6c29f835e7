"""What texts may not say about gains, because the numbers do not support it; and what they may say.

The rules are read over every text: messages and docstrings of our Python files, pages, cases, designs, data files and
scripts. Each rule has sentences that it must find and sentences that it must let pass.

Run as a script it lists what it finds:

    uv run python -m tests.test_sentences
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from economy.evidence.unlikeness import UnlikenessCurve, trace_unlikeness
from tests.source_tree import OWN, python_files

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/*.md")
DATA = tuple(f"{folder}/**/*.{ending}" for folder in sorted(OWN) for ending in ("toml", "js", "md"))
LABEL = 8
"""Words of a text that may be a label, less one."""
NET = r"\bnet\b|\bwelfare\b"


class Rule(NamedTuple):
    """A sentence that may not be printed, with its reason."""

    name: str
    pattern: str
    """What a sentence of that kind looks like."""
    unless: str | None
    """What makes it right when it stands anywhere in the same text; None where nothing does."""
    reason: str
    caught: tuple[str, ...]
    passed: tuple[str, ...]


MORE = r"\b(larger|greater|bigger|more|wider|unlike|unequal|rich)\b"
LESS = r"\b(smaller|less|fewer|lower|further|harder|hardly|rarely|never)\b"
FULL = (
    r"\b(full(y)? open(ing)?|open(ing|ed)? (fully|completely)|full liberali[sz]ation|without borders|"
    r"all (who|that) (are|were) willing|everybody who is willing|all the willing)\b"
)
MONEY = (
    r"(\bproduces?\b|\bproduction\b|\boutput\b|\bGDP\b|\bincome\b|(?<!governments )(?<!both )\bgains?\b(?! from)|"
    r"\bearn\w*|\bricher\b)"
)

RULES = (
    Rule(
        "the larger the gain, the smaller the deal",
        rf"{MORE}[^;]*\b(gain|stake|surplus)s?\b[^;]*{LESS}[^;]*\b(deals?|agreements?|treat(y|ies)|agree|sign(s|ed)?)\b",
        r"\b(part|share)\b",
        "what is signed need not fall; the part of the gain that is signed does",
        (
            "The larger the gain, the smaller the deal.",
            "The paradox: the more there is to gain, the less is signed.",
            "A rich and a poor country could gain a great deal and hardly ever agree.",
            "The greater the possible gain, the further the agreement.",
        ),
        (
            "The larger the gain, the smaller the part of it that both sign.",
            "The less alike two countries are, the more could be gained, and the smaller the share that is signed.",
            "Spain gains more, and Morocco gains less.",
            "A larger levy leaves less to gain for new migrants.",
        ),
    ),
    Rule(
        "a sum of money of full opening without its net",
        rf"{FULL}.*{MONEY}|{MONEY}.*{FULL}",
        NET,
        "full opening costs unlike countries more than it brings",
        (
            "If all who are willing moved, the two together would produce 1.7 % more.",
            "The possible gain is the extra output at full opening.",
            "Gain of output at full liberalisation, % of GDP.",
        ),
        (
            "Full opening brings 42.7 % of output gross and -1.19 % net of what moving and crowding cost.",
            "Both would sign full opening.",
            "Full opening is best between equals and too much between unlike countries.",
            "Both governments gain from any number up to all who are willing.",
            "Gross gain at full opening",
        ),
    ),
    Rule(
        "a possible per cent alone",
        r"(\d|\})\s?%\s(more\s)?(\w+\s){0,3}?(possible|could be gained)"
        r"|\b(possible|potential)\b(\s\w+){0,3}\s\{?[\d.]+\s?%",
        NET,
        "the gross gain of full opening is no gain of people",
        ("43 % possible", "43 % is possible, and nothing is signed.", "The possible gain is 43 %."),
        ("43 % possible, gross; -1.2 % net.", "Possible amounts are 0 to 60 % of pay.", "The best net gain is 1.44 %."),
    ),
    Rule(
        "a lump sum never works",
        r"\blump[ -]sums?\b.*\b(never|cannot|nowhere|in no case)\b|\b(never|cannot)\b.*\blump[ -]sums?\b"
        r"|\bnever\b[^;]*\bself-enforcing\b|\bnever (holds?|enforces?) (by )?itself\b",
        None,
        "a lump sum is self-enforcing at a small opening",
        (
            "A lump sum never works.",
            "A lump sum from the origin is never self-enforcing.",
            "A payment of this kind can never be self-enforcing.",
        ),
        (
            "A lump sum is self-enforcing at a small opening, not at a large one.",
            "No lump sum up to 5 % of the host's GDP is enough here.",
        ),
    ),
    Rule(
        "binding access is refused everywhere",
        r"\b(bind(ing)?|bound)\b[^;]*\baccess\b[^;]*\b(refuse[sd]?|nowhere|never|everywhere|by all|always)\b"
        r"|\b(refuse[sd]?|nowhere|never|no (state|country|host))\b[^;]*\b(bind(s|ing)?|bound)\b[^;]*\baccess\b",
        r"\b(in part|newcomers only|except|covered)\b",
        "with all who are there covered, a rise of 20 to 125 % would hold",
        (
            "Binding access is refused everywhere.",
            "States never bind access to their labour markets.",
            "No host binds access.",
        ),
        (
            "States rarely bind access to their labour markets.",
            "Binding access is refused in eight corridors if a treaty reaches newcomers only.",
            "Access to services is bound at a share of a resident's.",
        ),
    ),
    Rule(
        "movers and families read together",
        r"\bread\b.*\btogether\b.*\bfamil|\b(famil\w+|movers?)\b.*\bread\b.*\btogether\b",
        None,
        "nothing is subtracted from the movers' row any more",
        (
            "The row of the movers subtracts what they send home, so read it together with the row of the families.",
            "Movers and families: read together.",
        ),
        ("Families receive what movers send home.", "Income and welfare are read together with the cost of moving."),
    ),
    Rule(
        "migrants after the cost of moving and what they send home",
        r"\b(after|less|minus|net of|subtracts?|subtracting|takes? off|without|before)\b[^;]*"
        r"(cost of moving|moving costs?|what moving costs)[^;]*\b(and|or)\b[^;]*(sen[dt] home|remit)"
        r"|\b(after|less|minus|net of|subtracts?|without)\b[^;]*(sen[dt] home|remit\w*)[^;]*\b(and|or)\b[^;]*"
        r"(cost of moving|moving costs?|what moving costs)",
        None,
        "remittances are use of income; the account of new migrants is before the cost of moving",
        (
            "New migrants: their gain after the cost of moving and what they send home.",
            "The row of the movers subtracts what moving costs them and what they send home.",
            "The gain of migrants, net of remittances and of moving costs.",
        ),
        (
            "Welfare is income less the cost of moving.",
            "What they send home stands in the account of their families, and the cost of moving in none.",
        ),
    ),
    Rule(
        "corridors show the paradox",
        r"\b(corridors?|real countries)\b[^;]*\b(shows?|confirms?|proves?|obeys?|follows?)\b[^;]*\bparadox\b",
        r"\b(not visible|do(es)? not)\b",
        "over the twelve corridors the part that is signed hardly moves",
        ("The twelve corridors show the paradox.", "Real corridors confirm the paradox of adverse interest."),
        ("The paradox is not visible across our corridors; they do not show the paradox.",),
    ),
)


class Text(NamedTuple):
    """One text that people read: a message, a paragraph or a row of a table."""

    place: str
    words: str
    is_docstring: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it names one figure: a gross gain that is called so has its net in a field or row of its own."""
        return self.is_docstring or (len(self.words.split()) < LABEL and not self.words.endswith((".", ":")))


def paragraphs(words: str) -> Iterator[tuple[int, str]]:
    """Paragraphs and rows of tables of a page or data file, with their first lines; without fenced blocks."""
    words = re.sub(r"^```.*?^```", lambda found: "\n" * found[0].count("\n"), words, flags=re.DOTALL | re.MULTILINE)
    line = 1
    for block in re.split(r"(\n\s*\n|\n(?=[|>#-] |[|]))", words):
        cleaned = " ".join(re.sub(r"^\s*(#+|//|\*)\s?", "", row).rstrip("\\") for row in block.splitlines())
        if cleaned.strip():
            yield line, " ".join(cleaned.split())
        line += block.count("\n")


def rows(words: str) -> Iterator[tuple[int, str]]:
    """Comments and texts of a data file; a text over several lines is one, and so is a comment."""
    pattern = r'(?:^[ ]*#[^\n]*\n)+|"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"'
    for found in re.finditer(pattern, words, re.MULTILINE):
        cleaned = " ".join(re.sub(r"^\s*#+\s?", "", row).rstrip("\\") for row in found[0].strip('"').splitlines())
        yield words.count("\n", 0, found.start()) + 1, " ".join(cleaned.split())


def literals(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """Texts in a Python file, with whether they are docstrings; placeholders of f-strings become {}."""
    nodes = sorted(ast.walk(tree), key=lambda node: getattr(node, "lineno", 0))
    inner = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    docstrings = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if node in inner:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(parts), False
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value, node in docstrings


@cache
def all_texts() -> tuple[Text, ...]:
    return tuple(_texts())


def _texts() -> Iterator[Text]:
    for file in python_files():
        if file.path.parts[0] in OWN or file.path.name in {"app.py", "winset.py"}:
            for line, words, is_docstring in literals(file.tree):
                for _, part in paragraphs(words):
                    yield Text(f"{file.path}:{line}", part, is_docstring)
    for pattern in (*PAGES, *DATA):
        for path in sorted(ROOT.glob(pattern)):
            words = path.read_text(encoding="utf-8")
            for line, part in rows(words) if path.suffix == ".toml" else paragraphs(words):
                yield Text(f"{path.relative_to(ROOT)}:{line}", part)


def sentences(words: str) -> list[str]:
    return re.split(r"(?<=[.!?;])\s+|\s\|\s", words)


def breaks(rule: Rule, text: Text) -> bool:
    """Whether a text has a sentence of the rule's kind, and nothing that makes it right."""
    found = any(re.search(rule.pattern, sentence, re.IGNORECASE) for sentence in sentences(text.words))
    unless = rf"{rule.unless}|\bgross\b" if rule.unless == NET and text.is_label else rule.unless
    return found and not (unless and re.search(unless, text.words, re.IGNORECASE))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_examples_and_lets_the_others_pass(rule: Rule) -> None:
    assert [words for words in rule.caught if not breaks(rule, Text("", words))] == []
    assert [words for words in rule.passed if breaks(rule, Text("", words))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_text_breaks_it(rule: Rule) -> None:
    assert [text for text in all_texts() if breaks(rule, text)] == [], rule.reason


def test_texts_of_every_kind_are_read() -> None:
    endings = {Path(text.place.rpartition(":")[0]).suffix for text in all_texts()}
    assert endings >= {".py", ".md", ".toml", ".js"}
    places = {text.place.rpartition(":")[0] for text in all_texts()}
    assert places >= {"README.md", "docs/model.md", "scenarios/library/morocco-spain.toml", "views/text/analysis.py"}
    assert "lab/design/designs/paradox.toml" in places


def test_texts_are_cut_into_paragraphs_rows_and_sentences() -> None:
    page = "One.\nTwo 0.5 more.\n\n```sh\nwinset demo\n```\n\n| a | b |\n| c | d |\n"
    assert [part for _, part in paragraphs(page)] == ["One. Two 0.5 more.", "| a | b |", "| c | d |"]
    data = '# One\n# two.\na = "x = y"\nb = """p \\\nq"""\nc = ["k", "l"]\n'
    assert [part for _, part in rows(data)] == ["One two.", "x = y", "p q", "k", "l"]
    assert sentences("One. Two 0.5 more | three") == ["One.", "Two 0.5 more", "three"]
    tree = ast.parse('x = message("a " "b")\ny = f"{x} is {x:>{x}} c"\n')
    assert [words for _, words, _ in literals(tree)] == ["a b", "{} is {} c"]


ALLOWED = (
    "The less alike two countries are, the more could be gained, gross and net of what moving and crowding cost, and "
    "the smaller the part that both sign."
)
"""The sentence that says what the paradox is; it may be printed, because the figures below support it."""
PLACES = ("README.md", "views/cli/commands/demo_sentences.py", "views/explore/")


@pytest.mark.parametrize("place", PLACES)
def test_the_paradox_is_said_as_the_figures_support_it(place: str) -> None:
    assert [text for text in all_texts() if text.place.startswith(place) and ALLOWED in text.words]


@pytest.fixture(scope="module")
def curve() -> UnlikenessCurve:
    return trace_unlikeness()


def test_the_figures_support_it(curve: UnlikenessCurve) -> None:
    gains = curve.gains
    assert (np.diff(gains.potential_gross) > 0).all()
    assert gains.best_net[-1] > 1.5 * gains.best_net[0]
    for shares in (gains.share_gross, gains.share_net):
        assert (np.diff(shares) <= 0).all()
        assert shares[0] == pytest.approx(1)
        assert shares[-1] == 0


def test_full_opening_is_best_between_equals_and_too_much_between_unlike_countries(curve: UnlikenessCurve) -> None:
    gains = curve.gains
    assert gains.best_level[0] == 1
    assert gains.best_level[-1] < 1
    assert gains.net[0, -1] == gains.best_net[0]
    assert gains.net[-1, -1] < 0


def test_the_readme_prints_what_is_counted(curve: UnlikenessCurve) -> None:
    """The table of the README: degree, gross gain of full opening, its net, the best net gain, the part signed."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    printed = re.findall(r"^\| ([.\d]+) \| (\S+) % \| (\S+) % \| (\S+) % \| (\S+)(?: %)? \|$", page, re.MULTILINE)
    assert [row[0] for row in printed] == ["0", "0.2", "0.3", "0.4", "1"]
    gains = curve.gains
    for degree, *figures in printed:
        at = int(np.argmin(abs(curve.degrees - float(degree))))
        money = (gains.potential_gross[at], gains.net[at, -1], gains.best_net[at])
        assert figures[:3] == [f"{value:.2f}".replace("-", "−") for value in money]
        share = gains.share_net[at]
        assert figures[3] == ("all" if share > 1 - 1e-9 else "nothing" if share == 0 else f"{100 * share:.0f}")
    assert not gains.share_net[curve.degrees > 0.35].any()


if __name__ == "__main__":
    for each in all_texts():
        for kind in RULES:
            if breaks(kind, each):
                sys.stdout.write(f"{kind.name}\n  {each.place}: {each.words[:300]}\n")
