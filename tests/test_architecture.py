"""Rules of the architecture that a program can check: sizes, imports, lists of packages.

Each rule has samples that break it and samples that keep it. The rules for names are in test_names.py, those for the
layers in pyproject.toml (import-linter).
"""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from source_tree import (
    OWN,
    ROOT,
    Function,
    Rule,
    Sample,
    Source,
    each_file,
    is_installed,
    is_test,
    rule_tests,
    source,
    two,
)

from winset import own_packages

MOST_LINES, MOST_FUNCTION_LINES, MOST_MODULES = 400, 60, 14
UNTYPED_LIBRARIES = {
    "distributed": ("lab/runs/executors.py",),
    "mpi4py": ("lab/runs/executors.py",),
    "pyarrow": ("lab/store/", "lab/atlas/parquet.py"),
}
"""Large libraries without types, and where they are loaded."""


@each_file
def files_are_short(file: Source) -> Iterator[tuple[int, str]]:
    lines = file.text.count("\n")
    if lines > MOST_LINES:
        yield 1, f"{lines} lines; split the module by idea"


@each_file
def functions_are_short(file: Source) -> Iterator[tuple[int, str]]:
    for node in file.functions():
        doc = ast.get_docstring(node, clean=False)
        lines = (node.end_lineno or 0) - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
        if lines > MOST_FUNCTION_LINES:
            yield node.lineno, f"{node.name} has {lines} lines without its docstring"


def folders_are_small(files: Sequence[Source]) -> Iterator[str]:
    folders = Counter(file.path.parent for file in files if is_installed(file) and file.path.name != "__init__.py")
    for folder, modules in folders.items():
        if modules > MOST_MODULES:
            yield f"{folder}: {modules} modules; make a folder of those that belong together"


@each_file
def own_imports_stand_at_the_top(file: Source) -> Iterator[tuple[int, str]]:
    """An import inside a function hides a cycle. The packages load their modules lazily, so it saves no time."""
    for function in ast.walk(file.tree) if not is_test(file) else ():
        if isinstance(function, Function | ast.Lambda):
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


@each_file
def untyped_libraries_have_one_place(file: Source) -> Iterator[tuple[int, str]]:
    """These libraries are loaded by name, which import-linter does not see."""
    for node in ast.walk(file.tree) if is_installed(file) else ():
        for name in {*imported(node), *first_text(node)}:
            places = UNTYPED_LIBRARIES.get(name.partition(".")[0], ("",))
            if not file.path.as_posix().startswith(places):
                yield getattr(node, "lineno", 1), f"{name} is loaded outside {' and '.join(places)}"


def first_text(node: ast.AST) -> list[str]:
    """The first argument of a call, if it is a text."""
    match node:
        case ast.Call(args=[ast.Constant(value=str(text)), *_]):
            return [text]
        case _:
            return []


def no_import_cycles(files: Sequence[Source]) -> Iterator[str]:
    """Imports inside functions and under TYPE_CHECKING count too."""
    known = {file.module for file in files if not is_test(file)}
    graph: dict[str, set[str]] = {name: set() for name in known}
    for file in files:
        if not is_test(file):
            names = (name for node in ast.walk(file.tree) for name in imported(node))
            modules = {name if name in known else name.rpartition(".")[0] for name in names}
            graph[file.module] |= modules & known - {file.module}
    found = cycle(graph)
    if found:
        yield " -> ".join(found)


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One path from a module back to itself; empty without a cycle."""
    for start in sorted(graph):
        paths, seen = [[start]], set[str]()
        while paths:
            path = paths.pop(0)
            for step in sorted(graph[path[-1]]):
                if step == start:
                    return [*path, start]
                if step not in seen:
                    seen.add(step)
                    paths.append([*path, step])
    return []


@each_file
def app_only_navigates(file: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(file.tree) if file.path == Path("app.py") else ():
        for name in imported(node) if isinstance(node, ast.Import | ast.ImportFrom) else ():
            if name.split(".")[0] not in {"__future__", "pathlib", "streamlit", "views"}:
                yield getattr(node, "lineno", 1), f"app.py imports {name}; it shows the pages and does nothing else"


@each_file
def packages_are_read_from_the_folders(file: Source) -> Iterator[tuple[int, str]]:
    """No Python file lists our packages: `winset.own_packages` reads them, for tests `source_tree.OWN`."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            texts = {each.value for each in node.elts if isinstance(each, ast.Constant)}
            if len(texts & {*OWN}) >= len(OWN) - 1:
                yield node.lineno, "a list of our packages, written by hand"


def names_of_test_files_differ(files: Sequence[Source]) -> Iterator[str]:
    """`tests/games/__init__.py` would hide our `games`. Without such files the names must differ."""
    tests = sorted((file.path for file in files if is_test(file)), key=lambda path: (path.name, path))
    yield from (f"{path}: delete it" for path in tests if path.name == "__init__.py")
    for one, other in pairwise(path for path in tests if path.name != "conftest.py"):
        if one.name == other.name:
            yield f"{one} and {other} have the same name"


# --- Samples ---


def function(lines: int, doc: str = "") -> str:
    return f"def f():\n{doc}" + "    x = 1\n" * (lines - 1)


def folder(modules: int) -> tuple[Source, ...]:
    return tuple(source("", f"games/{name}.py") for name in ["__init__", *(f"m{number}" for number in range(modules))])


LISTED = repr([*OWN, "app.py"])

BREAKS: dict[Rule, list[Sample]] = {
    files_are_short: [source("x = 1\n" * (MOST_LINES + 1))],
    functions_are_short: [
        source(function(MOST_FUNCTION_LINES + 1)),
        source("class A:\n    async " + function(MOST_FUNCTION_LINES + 1).replace("\n", "\n    ")),
    ],
    folders_are_small: [folder(MOST_MODULES + 1)],
    own_imports_stand_at_the_top: [
        source("def f():\n    from games import solve"),
        source("def f():\n    if x:\n        import economy.model.payoffs"),
        source("def f():\n    import_module('agents.model')"),
    ],
    untyped_libraries_have_one_place: [
        source("def f():\n    import_module('pyarrow.parquet')", "lab/runs/verify.py"),
        source("import distributed", "lab/runs/worker.py"),
        source("def f():\n    load('mpi4py.futures', 'mpi')", "views/cli/app.py"),
    ],
    no_import_cycles: [
        (source("import a.b", "c.py"), source("from c import x", "a/b.py"), source("from a import b", "d.py")),
        (source("import lab", "views/a.py"), source("def f():\n    from views import a", "lab/__init__.py")),
    ],
    app_only_navigates: [source("import games", "app.py"), source("import os", "app.py")],
    packages_are_read_from_the_folders: [source(LISTED), source(f"{{*{LISTED}}}"), source(LISTED, "tests/test_a.py")],
    names_of_test_files_differ: [
        source("", "tests/games/__init__.py"),
        two("", "tests/games/test_a.py", "tests/lab/test_a.py"),
    ],
}
KEEPS: dict[Rule, list[Sample]] = {
    files_are_short: [source("x = 1\n" * MOST_LINES)],
    functions_are_short: [source(function(MOST_FUNCTION_LINES, '    """A\n    B."""\n'))],
    folders_are_small: [folder(MOST_MODULES)],
    own_imports_stand_at_the_top: [source("import games\ndef f():\n    import nashpy")],
    untyped_libraries_have_one_place: [
        source("import_module('pyarrow')", "lab/store/results.py"),
        source("import pyarrow", "tests/lab/test_store.py"),
        source("PACKAGES = ('numpy', 'pyarrow')", "lab/runs/verify.py"),
    ],
    no_import_cycles: [(source("from c import x", "a/b.py"), source("from a import b\nimport c", "d.py"))],
    app_only_navigates: [source("import streamlit as st\nfrom views import style", "app.py"), source("import os")],
    packages_are_read_from_the_folders: [source("('games', 'lab')")],
    names_of_test_files_differ: [two("", "tests/lab/conftest.py", "tests/conftest.py")],
}


test_a_rule_finds_what_breaks_it, test_a_rule_accepts_what_keeps_it, test_the_code_keeps = rule_tests(BREAKS, KEEPS)


# --- Lists of our packages ---

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wrong_package_lists(value: Any, place: str = "") -> Iterator[str]:
    """Lists and patterns of pyproject.toml with most of our packages that leave one out or name one too many."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from wrong_package_lists(inner, f"{place}.{key}")
            for pattern in re.findall(r"\{([\w,]+)\}", key):
                yield from wrong_package_lists(pattern.split(","), f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from wrong_package_lists(inner, f"{place}[{number}]")
        names = {name for name in value if isinstance(name, str)}
        if 2 * len(names & {*OWN}) > len(OWN):
            yield from (f"{place} leaves out {name}" for name in sorted({*OWN} - names))
            known = (name for name in names if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists())
            yield from (f"{place} names {name}, which does not exist" for name in sorted(known))


def test_a_wrong_package_list_is_found() -> None:
    assert not list(wrong_package_lists({"a": [*OWN, "app", "app.py", "benchmarks"], "b": ["agents", "mesa"]}))
    assert list(wrong_package_lists({"a": [{"b": OWN[1:]}, [*OWN[1:]]]})) == [f".a[1] leaves out {OWN[0]}"]
    assert list(wrong_package_lists({"a": [*OWN, "house"]})) == [".a names house, which does not exist"]
    assert list(wrong_package_lists({f"{{{','.join(OWN[:-1])}}}/**": []})) != []


def test_the_package_lists_of_the_project_are_complete() -> None:
    found = list(wrong_package_lists(PROJECT))
    assert not found, "\n".join(found)


def test_every_package_is_installed_typed_and_checked() -> None:
    assert own_packages() == OWN
    assert {*OWN} <= {*PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]}
    assert {*OWN} <= {*PROJECT["tool"]["ruff"]["lint"]["isort"]["known-first-party"]}
    assert {*OWN} == {*PROJECT["tool"]["importlinter"]["root_packages"]}
