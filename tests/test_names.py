"""Rules for names and docstrings. Each rule has samples that break it and samples that keep it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from source_tree import (
    Function,
    Rule,
    Sample,
    Source,
    each_file,
    is_installed,
    is_test,
    public,
    python_files,
    rule_tests,
    source,
    two,
)

FEW_PARAMETERS = 2
"""A function with more parameters explains each."""
BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
# fmt: off
IRREGULAR_PARTICIPLES = frozenset((
    "beaten", "been", "begun", "bitten", "born", "bought", "bound", "broken", "brought", "built", "caught", "chosen",
    "come", "dealt", "done", "drawn", "driven", "eaten", "fallen", "felt", "flown", "forgotten", "found", "frozen",
    "given", "gone", "grown", "heard", "held", "hidden", "hung", "kept", "known", "laid", "led", "left", "lent",
    "lost", "made", "meant", "met", "paid", "risen", "said", "sat", "seen", "sent", "shaken", "shown", "shut",
    "slept", "sold", "sought", "spent", "spoken", "stolen", "stood", "struck", "stuck", "sung", "sunk", "sworn",
    "taken", "taught", "thought", "thrown", "told", "torn", "understood", "woken", "won", "worn", "wound", "woven",
    "written",
))
# fmt: on
"""Without forms that are also the verb in the present: `read`, `run`, `set`, `cut`, `put`, `spread`, `split`."""
NO_PARTICIPLES = frozenset(
    {"bed", "embed", "exceed", "feed", "need", "proceed", "red", "seed", "shed", "speed", "succeed"}
)
"""Words that end in -ed and are no participle."""
STANDARD_PARTICIPLES = {
    "cached": "a function with Streamlit's cache, named after the function whose results it keeps",
    "done": "the name of the same thing in concurrent.futures, in lab.runs.sweep.Progress and in the JSON output",
    "paired_difference": "a term of statistics",
    "printed_game": "the glossary's name of the games that are printed in the literature",
    "sealed_moves": "a term of auctions, as in sealed bids",
    "stacked_bars": "a term of charts",
}
"""Names, or first words of names, that stay; each with the reason."""
COMMANDS = frozenset(
    {"analyse", "compact", "compare", "replay", "resume", "schema", "simulate", "solve", "status", "sweep", "verify"}
)
"""Functions of `views/cli` that carry the name of their command; the function that does the work has it too."""
SHARED_NAMES = {
    "legal": "every protocol answers the same question; callers write `engine.legal` or take it from its rules",
    "main": "the usual name of a program's entry point",
}
"""Public functions that several modules define; each with the reason."""


@each_file
def names_say_something(file: Source) -> Iterator[tuple[int, str]]:
    """Names of modules, functions and classes come from the domain."""
    for part in file.path.with_suffix("").parts:
        if part in BANNED_MODULES:
            yield 1, f"the name {part} does not say what is in it"
    for node in file.functions():
        if re.match(r"_?(get|do|handle)_", node.name):
            yield node.lineno, f"{node.name}: use the verb or noun alone"
    for node in ast.walk(file.tree):
        if isinstance(node, ast.ClassDef) and re.search(r".(Manager|Helper|Data|Info)$", node.name):
            yield node.lineno, f"{node.name}: use a noun of the domain"


@each_file
def functions_are_no_participles(file: Source) -> Iterator[tuple[int, str]]:
    for node, name in public(file.tree.body) if is_installed(file) else ():
        if isinstance(node, Function) and is_participle(node.name):
            yield node.lineno, f"{name} begins with a participle; use a verb or a noun"


def is_participle(name: str) -> bool:
    word = name.partition("_")[0]
    if {name, word} & {*STANDARD_PARTICIPLES, *NO_PARTICIPLES}:
        return False
    return word in IRREGULAR_PARTICIPLES or (word.endswith("ed") and len(word) > len("ed"))


def class_names_are_unique(files: Sequence[Source]) -> Iterator[str]:
    return repeated((file, node) for file, node in definitions(files) if isinstance(node, ast.ClassDef))


def function_names_are_unique(files: Sequence[Source]) -> Iterator[str]:
    """A public function name stands in one module, unless it is listed above."""
    return repeated(
        (file, node)
        for file, node in definitions(files)
        if isinstance(node, Function)
        and node.name not in SHARED_NAMES
        and not (node.name in COMMANDS and file.path.is_relative_to("views/cli"))
    )


def definitions(files: Iterable[Source]) -> Iterator[tuple[Source, Function | ast.ClassDef]]:
    """Yield the public functions and classes of every module that is installed, without methods."""
    for file in files:
        if is_installed(file):
            yield from ((file, node) for node, name in public(file.tree.body) if "." not in name)


def repeated(found: Iterable[tuple[Source, Function | ast.ClassDef]]) -> Iterator[str]:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file, node in found:
        places[node.name].append(f"{file.path}:{node.lineno}")
    for name, where in places.items():
        if len(where) > 1:
            yield f"{name} is defined {len(where)} times: {', '.join(where)}"


@each_file
def public_names_have_docstrings(file: Source) -> Iterator[tuple[int, str]]:
    """Tests need none: their names are sentences."""
    if is_test(file):
        return
    if not ast.get_docstring(file.tree):
        yield 1, "the module has no docstring"
    for node, name in public(file.tree.body):
        if not ast.get_docstring(node):
            yield node.lineno, f"{name} has no docstring"


@each_file
def parameters_are_explained(file: Source) -> Iterator[tuple[int, str]]:
    """A public function with three or more parameters explains each; no docstring explains one that is not there."""
    for node, name in public(file.tree.body) if not is_test(file) else ():
        if not isinstance(node, Function):
            continue
        known = explained(ast.get_docstring(node) or "")
        arguments = node.args
        named = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        needed = {*named} - {"self", "cls"}
        allowed = needed | {each.arg for each in (arguments.vararg, arguments.kwarg) if each}
        if len(needed) > FEW_PARAMETERS and needed - known:
            yield node.lineno, f"{name} does not explain {', '.join(sorted(needed - known))} (numpydoc: Parameters)"
        if known - allowed:
            yield node.lineno, f"{name} explains {', '.join(sorted(known - allowed))}, which it does not take"


@each_file
def returns_name_their_class(file: Source) -> Iterator[tuple[int, str]]:
    """The section Returns names the class that the signature names, also after the class has a new name."""
    for node, name in public(file.tree.body) if not is_test(file) else ():
        if not isinstance(node, Function) or not isinstance(node.returns, ast.Name) or not node.returns.id[0].isupper():
            continue
        told = re.search(r"^Returns\n-{3,}\n([A-Z]\w*)$", ast.get_docstring(node) or "", re.MULTILINE)
        if told and told[1] != node.returns.id:
            yield node.lineno, f"{name} returns {node.returns.id}, and its docstring says {told[1]}"


def explained(doc: str) -> set[str]:
    """Names in the numpydoc section Parameters that have a description below them."""
    section = re.search(r"^Parameters\n-{3,}\n(.*?)(?=\n\n\S[^\n]*\n-{3,}|\Z)", doc, re.MULTILINE | re.DOTALL)
    entries = re.findall(r"^(\S[^\n]*)\n+[ ]+\S", section[1] if section else "", re.MULTILINE)
    return {name.strip().lstrip("*") for entry in entries for name in entry.partition(":")[0].split(",")}


# --- Samples ---


def three(section: str) -> Source:
    return source(f'def f(a, b, *, c):\n    """F.\n\n    Parameters\n    ----------\n{section}    """')


BREAKS: dict[Rule, list[Sample]] = {
    names_say_something: [
        source("", "games/utils.py"),
        source("", "games/helpers/nash.py"),
        source("def get_payoffs(): ..."),
        source("class A:\n    def _handle_move(self): ..."),
        source("class GameData: ..."),
    ],
    functions_are_no_participles: [
        source("def told(): ..."),
        source("def drawn_cases(): ..."),
        source("def bundled(): ..."),
        source("class A:\n    @property\n    def left(self): ..."),
        source("if x:\n    def checked(): ..."),
    ],
    class_names_are_unique: [two("class A: ..."), two("class A: ...", other="views/a.py")],
    function_names_are_unique: [
        two("def load(): ..."),
        two("def solve(): ..."),
        two("def load(): ...", "winset.py", "views/cli/app.py"),
    ],
    public_names_have_docstrings: [
        source("x = 1"),
        source('"""A."""\ndef f(): ...'),
        source('"""A."""\nclass A:\n    """B."""\n    def f(self): ...'),
        source('"""A."""\nif x:\n    class A: ...'),
    ],
    parameters_are_explained: [
        source("def f(a, b, c): ..."),
        source('def f(a, b, c):\n    """The sum of a, b and c."""'),
        source("class A:\n    def f(self, a, b, c): ..."),
        three("    a, b\n        Numbers.\n"),
        three("    a, b, c\n"),
        three("    a, b\n        Numbers.\n\n    Returns\n    -------\n    c\n        Sum.\n"),
        three("    a, b, c, d\n        Numbers.\n"),
    ],
    returns_name_their_class: [
        source('def f() -> B:\n    """F.\n\n    Returns\n    -------\n    A\n        It.\n    """')
    ],
}
KEEPS: dict[Rule, list[Sample]] = {
    names_say_something: [
        source("def gets(): ...\ndef __get_x__(): ...\nclass Data: ..."),
        source("", "games/commons.py"),
    ],
    functions_are_no_participles: [
        source("def speed(): ...\ndef seed_of(): ...\ndef read_file(): ...\ndef lines_drawn(): ...\ndef ed(): ..."),
        source(
            "def cached_game(): ...\ndef paired_difference(): ...\ndef _told(): ...\nclass _A:\n    def told(self): ..."
        ),
    ],
    class_names_are_unique: [two("class _A: ...\nclass B:\n    class C: ...", "games/a.py", "tests/b.py")],
    function_names_are_unique: [
        two("def main(): ...\ndef _f(): ..."),
        two("class A:\n    def load(self): ..."),
        two("def solve(): ...", other="views/cli/app.py"),
        two("def load(): ...", other="benchmarks/b.py"),
    ],
    public_names_have_docstrings: [
        source('"""A."""\ndef _f(): ...\nclass _A:\n    def f(self): ...'),
        source('"""A."""\ndef f():\n    """B."""\n    def g(): ...'),
        source('"""A."""\n@overload\ndef f(): ...'),
        source("def f(): ...", "tests/test_sample.py"),
    ],
    parameters_are_explained: [
        source("def f(a, b): ...\ndef _f(a, b, c): ...\nclass A:\n    def f(self, a, b): ..."),
        three(
            "    a, b : float\n        Numbers.\n    c\n        Another.\n\n"
            "    Returns\n    -------\n    d\n        Sum.\n"
        ),
    ],
    returns_name_their_class: [
        source('def f() -> A:\n    """F.\n\n    Returns\n    -------\n    A\n        It.\n    """'),
        source("def f() -> B: ..."),
    ],
}


test_a_rule_finds_what_breaks_it, test_a_rule_accepts_what_keeps_it, test_the_code_keeps = rule_tests(BREAKS, KEEPS)


def test_every_exception_is_in_use() -> None:
    files = python_files()
    names = [node.name for _, node in definitions(files)]
    assert all(names.count(name) > 1 for name in {*COMMANDS, *SHARED_NAMES})
    methods = {name.rpartition(".")[2] for file in files if is_installed(file) for _, name in public(file.tree.body)}
    words = methods | {name.partition("_")[0] for name in methods}
    assert words >= STANDARD_PARTICIPLES.keys()
