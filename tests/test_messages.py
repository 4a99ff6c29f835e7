"""Every text that people read stands in the message catalogue: no literal of two words reaches a reader unmarked.

Run as a script with paths, it lists the unmarked literals of these files and folders:

    uv run python tests/test_messages.py views/text
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.source_tree import OWN, Source, python_files

TWO_WORDS = re.compile(r"[A-Za-z’']{2,}[,;:.]?[ \u00a0]+[A-Za-z’']{2,}")
NOT_READ = re.compile(r"<[^>]*>|<[^>]*$|^[^<>]*>|\{[^{}]*\}")
"""HTML tags, whole or cut at the end of a literal, and placeholders."""
MARKERS = {"message", "plural_message"}
NO_READER = {"Problem", "TypeVar", "cast", "compile", "warn", "Option", "Argument", "Typer", "command"}
"""Calls whose texts are no catalogue messages: errors, types, patterns, and the help of the command line."""


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


def marker_calls(file: Source) -> Iterator[ast.Call]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and called(node) in MARKERS:
            yield node


if __name__ == "__main__":
    for path in sys.argv[1:]:
        for each in python_files():
            if (each.path == Path(path) or Path(path) in each.path.parents) and each.path.parts[0] in OWN:
                for line, text in unmarked(each.tree):
                    sys.stdout.write(f"{each.path}:{line}: {text[:100]!r}\n")
