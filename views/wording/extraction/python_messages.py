"""Messages in Python files: the literals in calls of `message` and `plural_message`, also in calls inside other calls.

Babel's own extractor leaves out a call that stands deeper than one level inside another one.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any


def extract_python_messages(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001 - Babel passes it
    options: Mapping[str, Any],  # noqa: ARG001 - Babel passes it
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Yield the messages (texts to translate) of a Python file in the form that Babel expects.

    Parameters
    ----------
    fileobj
        The opened file, in UTF-8.
    keywords
        Names of the functions that mark a message.
    comment_tags
        Not used: comments are not collected.
    options
        Not used.

    Yields
    ------
    tuple
        Line of the call, name of the function, its positional arguments (None for one that is no literal), and no
        comments.
    """
    for node in ast.walk(ast.parse(fileobj.read())):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments) if name in keywords:
                yield node.lineno, name, tuple(map(_literal, arguments)), []
            case _:
                pass


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
