"""The habits of the house that a machine can see: each rule with a sample that breaks it, then the whole tree."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = ("agents", "economy", "games", "lab", "negotiation", "scenarios", "views")
LONGEST_FILE, LONGEST_FUNCTION = 400, 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """One Python file: where it stands under the root, and what it says."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def all(self, *kinds: type) -> Iterator[ast.AST]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))


def source(text: str, path: str = "games/sample.py") -> Source:
    return Source(Path(path), text, ast.parse(text))


# --- The rules: from one file to complaints, each with its line ---

Complaint = tuple[int, str]
Rule = Callable[[Source], Iterator[Complaint]]


def no_long_file(file: Source) -> Iterator[Complaint]:
    lines = file.text.count("\n")
    if lines > LONGEST_FILE:
        yield 1, f"{lines} lines; split it by idea"


def no_long_function(file: Source) -> Iterator[Complaint]:
    for node in file.all(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, Function)
        said = ast.get_docstring(node, clean=False)
        lines = (node.end_lineno or 0) - node.lineno + 1 - (said.count("\n") + 1 if said else 0)
        if lines > LONGEST_FUNCTION:
            yield node.lineno, f"{node.name} has {lines} lines"


def no_empty_name(file: Source) -> Iterator[Complaint]:
    """Names that tell nothing of the domain."""
    if file.path.stem in {"utils", "util", "helpers", "common", "misc", "manager", "managers"}:
        yield 1, f"a module called {file.path.stem} tells nothing"
    for node in file.all(ast.FunctionDef, ast.AsyncFunctionDef):
        assert isinstance(node, Function)
        if re.match(r"_?(get|do|handle)_", node.name):
            yield node.lineno, f"{node.name}: a plain verb or noun instead"
    for node in file.all(ast.ClassDef):
        assert isinstance(node, ast.ClassDef)
        if re.search(r".(Manager|Helper|Data|Info)$", node.name):
            yield node.lineno, f"{node.name}: a noun of the domain instead"


def no_silent_name(file: Source) -> Iterator[Complaint]:
    """Every public module, class, function and method says what it is; tests say it by their names."""
    if file.path.parts[0] == "tests":
        return
    if not ast.get_docstring(file.tree):
        yield 1, "the module has no docstring"
    for node, name in public(file.tree.body, ""):
        if not ast.get_docstring(node):
            yield node.lineno, f"{name} has no docstring"


def public(body: Iterable[ast.stmt], owner: str) -> Iterator[tuple[Function | ast.ClassDef, str]]:
    for node in body:
        if isinstance(node, ast.If | ast.Try):
            yield from public(node.body, owner)
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or borrows(node):
            continue
        yield node, owner + node.name
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{owner}{node.name}.")


def borrows(node: Function | ast.ClassDef) -> bool:
    """Whether the docstring stands elsewhere: at the other overloads, or at the property's getter."""
    return any(ast.unparse(mark).endswith(("overload", ".setter", ".deleter")) for mark in node.decorator_list)


def no_hidden_import(file: Source) -> Iterator[Complaint]:
    """Our own modules are imported at the top, where a circle would show; the faces of packages keep it cheap."""
    if file.path.parts[0] == "tests":
        return
    for function in file.all(ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda):
        for node in ast.walk(function):
            for name in imported(node):
                if name.split(".")[0] in OWN:
                    yield getattr(node, "lineno", 1), f"{name} is imported inside a function"


def imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0, names=names):
            return [f"{module}.{alias.name}" for alias in names]
        case ast.Call(args=[ast.Constant(value=str(name)), *_]) if ast.unparse(node.func).endswith("import_module"):
            return [name]
        case _:
            return []


def no_house_in_the_door(file: Source) -> Iterator[Complaint]:
    """app.py navigates and does nothing else: Streamlit, the screens, and where their files lie are all it knows."""
    if file.path != Path("app.py"):
        return
    for node in file.all(ast.Import, ast.ImportFrom):
        for name in imported(node):
            if name.split(".")[0] not in {"__future__", "pathlib", "streamlit", "views"}:
                yield getattr(node, "lineno", 1), f"the front door imports {name}"


LONG = "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION
BREAKS: dict[Rule, list[Source]] = {
    no_long_file: [source("x = 1\n" * (LONGEST_FILE + 1))],
    no_long_function: [source(LONG), source("class A:\n    async " + LONG.replace("\n", "\n    "))],
    no_empty_name: [
        source("", "games/utils.py"),
        source("def get_payoffs(): ..."),
        source("class A:\n    def _handle_move(self): ..."),
        source("class GameData: ..."),
    ],
    no_silent_name: [
        source("x = 1"),
        source('"""A."""\ndef f(): ...'),
        source('"""A."""\nclass A:\n    """B."""\n    def f(self): ...'),
        source('"""A."""\nif x:\n    class A: ...'),
    ],
    no_hidden_import: [
        source("def f():\n    from games import solve"),
        source("def f():\n    if x:\n        import economy.model.payoffs"),
        source("def f():\n    import_module('agents.model')"),
    ],
    no_house_in_the_door: [source("import games", "app.py"), source("import os", "app.py")],
}
KEEPS: dict[Rule, list[Source]] = {
    no_long_file: [source("x = 1\n" * LONGEST_FILE)],
    no_long_function: [source(LONG.replace("    x = 1\n", '    """A\n    B."""\n', 1))],
    no_empty_name: [source("def gets(): ...\ndef __get_x__(): ...\nclass Data: ..."), source("", "games/commons.py")],
    no_silent_name: [
        source('"""A."""\ndef _f(): ...\nclass _A:\n    def f(self): ...'),
        source('"""A."""\ndef f():\n    """B."""\n    def g(): ...'),
        source('"""A."""\n@overload\ndef f(): ...'),
        source("def f(): ...", "tests/test_sample.py"),
    ],
    no_hidden_import: [source("import games\ndef f():\n    import nashpy")],
    no_house_in_the_door: [source("import streamlit as st\nfrom views import words", "app.py"), source("import os")],
}


@pytest.mark.parametrize(("rule", "sample"), [(rule, sample) for rule in BREAKS for sample in BREAKS[rule]])
def test_a_rule_sees_what_breaks_it(rule: Rule, sample: Source) -> None:
    assert list(rule(sample))


@pytest.mark.parametrize(("rule", "sample"), [(rule, sample) for rule in KEEPS for sample in KEEPS[rule]])
def test_a_rule_lets_the_rest_be(rule: Rule, sample: Source) -> None:
    assert not list(rule(sample))


# --- The tree keeps them ---


def tracked() -> list[Path]:
    """What git tracks or would track, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()})


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    found = [path for path in tracked() if path.suffix == ".py"]
    assert found, "git lists no Python file here"
    return [source((ROOT / path).read_text(encoding="utf-8"), str(path)) for path in found]


def report(complaints: Iterable[str]) -> None:
    found = list(complaints)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("rule", list(BREAKS))
def test_the_tree_keeps(rule: Rule, sources: list[Source]) -> None:
    report(f"{file.path}:{line}: {what}" for file in sources for line, what in rule(file))


def test_no_init_among_the_tests(sources: list[Source]) -> None:
    """`tests/games/__init__.py` would stand in front of our `games`; without any, file names must differ."""
    names = [file.path for file in sources if file.path.parts[0] == "tests" and file.path.name != "conftest.py"]
    report(f"{path}: leave it out" for path in names if path.name == "__init__.py")
    twins = (pair for pair in pairwise(sorted(names, key=lambda path: path.name)) if pair[0].name == pair[1].name)
    report(f"{one} and {other} share a name" for one, other in twins)


# --- Circles ---


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One way round from a module back to itself, or nothing."""
    for start in sorted(graph):
        ways = [[start]]
        seen: set[str] = set()
        while ways:
            way = ways.pop(0)
            for step in sorted(graph.get(way[-1], set())):
                if step == start:
                    return [*way, start]
                if step not in seen:
                    seen.add(step)
                    ways.append([*way, step])
    return []


def imports(sources: list[Source]) -> dict[str, set[str]]:
    """Who imports whom among our modules, functions and TYPE_CHECKING blocks included."""
    known = {file.module for file in sources}
    return {
        file.module: {
            name if name in known else name.rpartition(".")[0]
            for node in ast.walk(file.tree)
            for name in imported(node)
        }
        & known - {file.module}
        for file in sources
    }


def test_a_circle_is_seen() -> None:
    files = [
        source("import a.b", "c.py"),
        source("from c import x", "a/b.py"),
        source("from a import b\nimport c", "d.py"),
    ]
    assert circle(imports(files)) == ["a.b", "c", "a.b"]
    assert circle(imports(files[1:])) == []


def test_no_module_imports_itself_by_a_detour(sources: list[Source]) -> None:
    found = circle(imports([file for file in sources if file.path.parts[0] != "tests"]))
    assert not found, " -> ".join(found)


# --- Words that no file may hold ---

WORDS = {
    "a package registry is named; the ordinary client knows it": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.(npmjs|yarnpkg)|(deb|security)\.debian\.org|npmjs\.com"
    ),
    "a path of one machine": re.compile(r"/(work|farm|root)/|/tmp/bash_jobs|/home/\w+/|/Users/\w+/|[A-Z]:\\Users"),
}
SPELLING = re.compile(
    r"(?<![\w.`-])(labor(ers?|s)?|behaviors?|favor(able|ed|s)?|analyz(e[ds]?|ing)|model(ed|ing)|organiz(e[ds]?|ing)"
    r"|maximiz(e[ds]?|ing)|minimiz(e[ds]?|ing)|normaliz(e[ds]?|ing)|summariz(e[ds]?|ing))(?![\w(=`])"
)
FOREIGN = re.compile(r"“[^”]*”|‘[^’]*’|`[^`]*`|https?://\S+|^\s*(from|import) .*")
PROSE = {".py", ".md", ".toml", ".cff"}


def texts() -> Iterator[tuple[Path, int, str]]:
    for path in tracked():
        try:
            lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        yield from ((path, number, line) for number, line in enumerate(lines, 1))


def american(line: str) -> list[str]:
    return [found.group() for found in SPELLING.finditer(FOREIGN.sub("", line))]


def test_the_words_are_seen() -> None:
    samples = ["https://" + "pypi." + "org/simple", "cd /" + "work/main"]
    assert [bool(pattern.search(line)) for pattern, line in zip(WORDS.values(), samples, strict=True)] == [True, True]
    assert american("the labor " + "market, and its behavior") == ["labor", "behavior"]
    assert not american("Alonso, Managing Labor Mobility; labor_force; `labor`; “the labor market”; labour")


def test_no_file_names_a_registry_or_a_machine() -> None:
    own = Path(__file__).relative_to(ROOT)
    lines = ((path, number, line) for path, number, line in texts() if path != own)
    report(
        f"{path}:{number}: {why}" for path, number, line in lines for why, word in WORDS.items() if word.search(line)
    )


def test_spelling_is_british() -> None:
    own = Path(__file__).relative_to(ROOT)
    lines = ((path, number, line) for path, number, line in texts() if path.suffix in PROSE and path != own)
    report(f"{path}:{number}: {word}" for path, number, line in lines for word in american(line))
