"""The files of the repository and the form of a rule, for the tests that read source code and texts."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """One Python file: path relative to the root, text and syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def source(text: str, path: str = "games/sample.py") -> Source:
    return Source(Path(path), text, ast.parse(text))


def tracked() -> list[Path]:
    """Files that git tracks or would track, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()})


@cache
def python_files() -> Sequence[Source]:
    found = [path for path in tracked() if path.suffix == ".py"]
    assert found, "git lists no Python file"
    return [source((ROOT / path).read_text(encoding="utf-8"), path.as_posix()) for path in found]


NOT_INSTALLED = {"benchmarks"}
"""Packages that the wheel does not contain."""
TOP_FOLDERS = {path.parts[0] for path in tracked() if len(path.parts) == 2 and path.name == "__init__.py"}
OWN = tuple(sorted(TOP_FOLDERS - NOT_INSTALLED))
"""Our packages, read from the folders."""


def public(body: Iterable[ast.stmt], owner: str = "") -> Iterator[tuple[Function | ast.ClassDef, str]]:
    """Yield the public functions and classes of a module, methods included, with their qualified names."""
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            yield from public(node.body, owner)
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or _has_no_docstring(node):
            continue
        yield node, owner + node.name
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{owner}{node.name}.")


def _has_no_docstring(node: Function | ast.ClassDef) -> bool:
    """Whether the docstring belongs to another definition: to the implementation, or to the property's getter."""
    return any(ast.unparse(mark).endswith(("overload", ".setter", ".deleter")) for mark in node.decorator_list)


def is_test(file: Source) -> bool:
    return file.path.parts[0] == "tests"


def is_installed(file: Source) -> bool:
    return file.path.parts[0] in OWN or len(file.path.parts) == 1


# --- Rules: from files to complaints ---

Rule = Callable[[Sequence[Source]], Iterator[str]]
Sample = Source | tuple[Source, ...]
"""Files that break or keep a rule."""


def each_file(check: Callable[[Source], Iterator[tuple[int, str]]]) -> Rule:
    """Make a rule of a check of one file, which yields line numbers and reasons."""

    @wraps(check)
    def rule(files: Sequence[Source]) -> Iterator[str]:
        return (f"{file.path}:{line}: {reason}" for file in files for line, reason in check(file))

    return rule


def rule_tests(
    breaks: dict[Rule, list[Sample]], keeps: dict[Rule, list[Sample]]
) -> tuple[Callable[..., None], Callable[..., None], Callable[..., None]]:
    """Make three tests: each rule finds what breaks it, accepts what keeps it, and finds nothing in the repository."""

    @pytest.mark.parametrize(("rule", "sample"), _samples(breaks))
    def finds_what_breaks_it(rule: Rule, sample: tuple[Source, ...]) -> None:
        assert list(rule(sample)), "the rule finds nothing"

    @pytest.mark.parametrize(("rule", "sample"), _samples(keeps))
    def accepts_what_keeps_it(rule: Rule, sample: tuple[Source, ...]) -> None:
        found = list(rule(sample))
        assert not found, found

    @pytest.mark.parametrize("rule", breaks, ids=lambda rule: rule.__name__)
    def the_code_keeps(rule: Rule) -> None:
        found = list(rule(python_files()))
        if found:
            pytest.fail("\n".join(found), pytrace=False)

    return finds_what_breaks_it, accepts_what_keeps_it, the_code_keeps


def _samples(table: dict[Rule, list[Sample]]) -> list[Any]:
    """Parameters of a test that takes a rule and a sample."""
    return [
        pytest.param(rule, (sample,) if isinstance(sample, Source) else sample, id=f"{rule.__name__}-{number}")
        for rule, cases in table.items()
        for number, sample in enumerate(cases)
    ]


def two(text: str, one: str = "games/a.py", other: str = "lab/b.py") -> tuple[Source, ...]:
    return source(text, one), source(text, other)
