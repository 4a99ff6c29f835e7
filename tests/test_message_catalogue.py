"""The message catalogue: its template file is current, and every call that marks a message can be translated.

After messages have changed, collect them anew; CONTRIBUTING.md has the command.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.messages.frontend import CommandLineInterface
from source_tree import ROOT, Rule, Sample, Source, each_file, is_installed, rule_tests, source, two

POT = ROOT / "views" / "wording" / "locale" / "winset.pot"
FORMS = {"message": 1, "plural_message": 2}
"""Functions that mark a message, with their number of templates."""


class MarkedCall(NamedTuple):
    line: int
    templates: tuple[str | None, ...]
    """None where an argument is no literal, or is missing."""
    values: set[str] | None
    """Names of the values; None where they are passed as a dictionary."""

    @property
    def placeholders(self) -> list[set[str]]:
        """The names in braces, by template; a ValueError for braces that do not match."""
        fields = ([field for _, field, _, _ in Formatter().parse(text or "")] for text in self.templates)
        return [{re.split(r"[.\[]", field)[0] for field in found if field is not None} for found in fields]


def marked_calls(file: Source) -> Iterator[MarkedCall]:
    for node in ast.walk(file.tree) if is_installed(file) else ():
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in FORMS:
                given = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
                templates = [text if isinstance(text, str) else None for text in (*given, None, None)][: FORMS[name]]
                names = {keyword.arg for keyword in node.keywords}
                yield MarkedCall(
                    node.lineno, tuple(templates), None if None in names else {name for name in names if name}
                )
            case _:
                pass


@each_file
def templates_are_literals(file: Source) -> Iterator[tuple[int, str]]:
    for call in marked_calls(file):
        if None in call.templates:
            yield call.line, "a template is no literal: write the whole sentence, with named placeholders"


@each_file
def values_fill_the_placeholders(file: Source) -> Iterator[tuple[int, str]]:
    """A call without values keeps its placeholders for a later `format`; one with a number is always filled."""
    for call in marked_calls(file):
        try:
            wanted = set[str]().union(*call.placeholders)
        except ValueError as wrong:
            yield call.line, f"{call.templates[0]!r}: {wrong}"
            continue
        several = len(call.templates) > 1
        if any(not name.isidentifier() for name in wanted):
            yield call.line, "a placeholder has no name"
        elif call.values is not None and (call.values or several):
            counted = {"number"} if several else set[str]()
            if wanted | counted != call.values | counted:
                yield call.line, f"placeholders {sorted(wanted)}, values {sorted(call.values)}"


@each_file
def plural_forms_agree(file: Source) -> Iterator[tuple[int, str]]:
    """Both forms have the same placeholders; the singular may leave out `{number}`."""
    for call in marked_calls(file):
        if len(call.templates) > 1:
            one, other = call.placeholders
            if one | {"number"} != other | {"number"}:
                yield call.line, f"the two forms have different placeholders: {sorted(one ^ other)}"


def a_singular_has_one_plural(files: Sequence[Source]) -> Iterator[str]:
    """A catalogue holds one entry for a singular: two plurals of it could not both be translated."""
    plurals: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        for call in marked_calls(file):
            if len(call.templates) > 1:
                plurals[call.templates[0] or ""].add(call.templates[1] or "")
    yield from (f"{one!r}: {sorted(found)}" for one, found in plurals.items() if len(found) > 1)


BREAKS: dict[Rule, list[Sample]] = {
    templates_are_literals: [
        source("message(text)"),
        source("message(f'{a} gains')"),
        source("message('one' if x else 'two')"),
        source("plural_message('one', several, n)"),
        source("a(message('one', b=c(message(text))))"),
    ],
    values_fill_the_placeholders: [
        source("message('{a} gains', b=1)"),
        source("message('{a} gains {b}', a=1)"),
        source("message('{} gains', a=1)"),
        source("message('{a gains', a=1)"),
        source("plural_message('{number} of {all}', '{number} of {all}', n)"),
    ],
    plural_forms_agree: [source("plural_message('{a} point', '{number} points', n, a=1)")],
    a_singular_has_one_plural: [
        (source("plural_message('a', 'b', n)"), source("plural_message('a', 'c', n)", "lab/a.py"))
    ],
}
KEEPS: dict[Rule, list[Sample]] = {
    templates_are_literals: [
        source("message('one ' 'sentence', a=b)\nplural_message('one', 'several', n)\nMessage(text)"),
        source("message(text)", "tests/test_a.py"),
    ],
    values_fill_the_placeholders: [
        source("message('{a} gains {b:.1f}, {c!r}', a=1, b=2, c=3)"),
        source("message('{a} gains').format(a=1)\nmessage('{a}', **values)"),
        source("plural_message('a package', '{number} packages', n)\nplural_message('{a}', '{a}', n, number=1, a=2)"),
    ],
    plural_forms_agree: [source("plural_message('a package of {a}', '{number} packages of {a}', n, a=1)")],
    a_singular_has_one_plural: [two("plural_message('a', 'b', n)\nmessage('a')")],
}
test_a_rule_finds_what_breaks_it, test_a_rule_accepts_what_keeps_it, test_the_code_keeps = rule_tests(BREAKS, KEEPS)


def test_the_template_of_the_catalogue_holds_the_messages_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command of CONTRIBUTING.md, with another output file."""
    monkeypatch.chdir(ROOT)
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^uv run pybabel (extract .*?[^\\])$", text, re.MULTILINE | re.DOTALL)
    words = command.replace("\\\n", " ").split()
    assert words[words.index("-o") + 1] == POT.relative_to(ROOT).as_posix()
    words[words.index("-o") + 1] = str(tmp_path / "winset.pot")
    CommandLineInterface().run(["pybabel", "--quiet", *words])
    assert (tmp_path / "winset.pot").read_text(encoding="utf-8") == POT.read_text(encoding="utf-8")
