"""Every text that people read stands in the message catalogue: no literal of two words reaches a reader unmarked.

Run as a script with paths, it lists the unmarked literals of these files and folders:

    uv run python tests/test_messages.py views/text
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source_tree import OWN, python_files

TWO_WORDS = re.compile(r"[A-Za-z’']{2,}[,;:.]?[ \u00a0]+[A-Za-z’']{2,}")
NOT_READ = re.compile(r"<[^>]*>|<[^>]*$|^[^<>]*>|\{[^{}]*\}")
"""HTML tags, whole or cut at the end of a literal, and placeholders."""
MARKERS = {"message", "plural_message"}
NOTEBOOK = {"__repr__", "_repr_html_"}
"""Functions whose texts only Python users see."""
NO_READER = {"Problem", "TypeVar", "cast", "compile", "warn", "Option", "Argument", "Typer", "command"}
"""Calls whose texts are no catalogue messages: errors, types, patterns, and the help of the command line."""


ONLY_ERRORS = (
    "agents/custom_code.py",
    "agents/table.py",
    "economy/treaties",
    "games/bargaining/coalitions.py",
    "games/errors.py",
    "games/exact_numbers.py",
    "games/formats",
    "games/text",
    "lab/atlas/axes.py",
    "lab/atlas/base_economy.py",
    "lab/design",
    "lab/runs",
    "lab/store",
    "negotiation/protocols/moves.py",
    "scenarios/reading",
    "views/cli/output.py",
)
"""Modules and folders in which every unmarked text belongs to an error."""

UNMARKED: dict[str, dict[str, int]] = {
    "errors, reasons and hints that are given to `input_error` elsewhere": {
        "economy/corridors/data.py": 4,
        "economy/parameters.py": 1,
        "economy/policy/terms.py": 1,
        "games/bimatrix.py": 2,
        "lab/analysis/comparison.py": 1,
        "lab/analysis/summaries.py": 1,
        "negotiation/preferences/scored.py": 3,
        "negotiation/preferences/values.py": 1,
        "negotiation/tactics/brief.py": 2,
        "scenarios/analysis/review.py": 2,
        "scenarios/scenario.py": 2,
        "scenarios/valuation.py": 2,
        "views/cli/commands/simulate.py": 5,
        "views/cli/commands/solve.py": 1,
    },
    "identifiers: values and keys of documents, names of groups, remedies, treaties and random streams": {
        "economy/conventions.py": 2,
        "economy/corridors/fitting.py": 9,
        "economy/evidence/corridor_survey.py": 1,
        "economy/model/spillovers.py": 1,
        "economy/policy/remedies.py": 5,
        "games/bargaining/repeated.py": 11,
        "games/documents.py": 2,
        "lab/analysis/baselines.py": 1,
        "lab/analysis/paradox_worlds.py": 1,
        "lab/atlas/statistics.py": 2,
        "negotiation/agenda/package_grid.py": 2,
        "negotiation/protocols/shared.py": 1,
        "negotiation/protocols/state.py": 1,
        "scenarios/analysis/notes.py": 1,
        "views/text/outcome.py": 2,
        "views/negotiate/view_model.py": 1,
        "views/text/scenario.py": 1,
        "views/wording/endings.py": 2,
    },
    "text for Python users: what `repr` and notebooks show": {
        "games/display.py": 3,
        "games/equilibria/equilibrium.py": 5,
        "games/summary.py": 3,
        "negotiation/outcome/outcome.py": 2,
    },
    "citations of publications": {
        "games/canon.py": 9,
        "negotiation/tactics/registry.py": 5,
    },
    "evidence that only the documentation shows": {
        "economy/evidence/corridor_facts.py": 71,
        "economy/evidence/measured_facts.py": 29,
        "economy/evidence/measures.py": 3,
        "economy/evidence/robustness.py": 8,
        "economy/evidence/stylised_facts.py": 62,
        "economy/evidence/table_6_2.py": 15,
    },
    "texts of an archive, which must have the same bytes in every language": {
        "lab/analysis/archive.py": 4,
    },
    "commands to type, names of countries and fonts, style sheets and policies": {
        "views/cli/commands/demo.py": 3,
        "views/explore/dials.py": 7,
        "views/report/page.py": 1,
        "views/style/theme.py": 4,
    },
}
"""Number of unmarked texts in every other module, by the reason why nobody needs them in another language."""


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def is_exempt_call(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return True
    name = called(node) if isinstance(node, ast.Call) else ""
    return name in MARKERS | NO_READER or name.lower().endswith("error")


def literal(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in parts)  # type: ignore[misc]
        case _:
            return None


def read_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The children of a node that may hold texts: no docstrings, annotations or calls without readers."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Expr(value=ast.Constant()) | ast.arg():
                pass
            case ast.FunctionDef(name=name) if name in NOTEBOOK:
                pass
            case ast.AnnAssign(value=value):
                yield from [] if value is None else [ast.Expr(value)] if literal(value) is None else [value]
            case ast.Call() if called(child) in MARKERS:
                yield from (keyword.value for keyword in child.keywords)
            case _ if not is_exempt_call(child):
                yield child
            case _:
                pass


def unmarked(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals of two words or more below a node that no marker holds, with their lines."""
    for child in read_parts(node):
        text = literal(child)
        if text is None:
            yield from unmarked(child)
        elif TWO_WORDS.search(NOT_READ.sub(" | ", text)):
            yield getattr(child, "lineno", 0), text


def is_error_module(path: str) -> bool:
    return any(path == known or path.startswith(f"{known}/") for known in ONLY_ERRORS)


def test_every_text_that_people_read_is_marked() -> None:
    allowed = {path: count for paths in UNMARKED.values() for path, count in paths.items()}
    found = {file.path.as_posix(): list(unmarked(file.tree)) for file in python_files() if file.path.parts[0] in OWN}
    wrong = {
        path: texts for path, texts in found.items() if not is_error_module(path) and len(texts) != allowed.get(path, 0)
    }
    assert not wrong


def test_every_exception_is_in_use() -> None:
    paths = {file.path.as_posix() for file in python_files()}
    assert {path for group in UNMARKED.values() for path in group} <= paths
    assert all(any(path == known or path.startswith(f"{known}/") for path in paths) for known in ONLY_ERRORS)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ('TITLE = "Two words"', ["Two words"]),
        ('TITLE = message("Two words")', []),
        ('print(f"{name} gains nothing")', ["{} gains nothing"]),
        ('print(message("{name} gains", name="the host"))', ["the host"]),
        ("html = f\"<p class='a b'>{text}</p>\"", []),
        ('raise ValueError("not a text")', []),
        ('raise input_error("place", "is not a text", "write a text")', []),
        ('def f():\n    """A docstring here."""', []),
        ('x: str = "some words"', ["some words"]),
        ('word = "word"', []),
    ],
)
def test_unmarked_texts_are_found(line: str, texts: list[str]) -> None:
    assert [text for _, text in unmarked(ast.parse(line))] == texts


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for each in python_files():
            if (each.path == Path(path) or Path(path) in each.path.parents) and each.path.parts[0] in OWN:
                for line, text in unmarked(each.tree):
                    sys.stdout.write(f"{each.path}:{line}: {text[:100]!r}\n")
