"""A TOML text divided into statements, so that a message can name lines, keys and tables; `tomllib` does the parsing.

A statement is a header, or a key with its value, over one or more lines. The text may be broken: the statements are
used only to explain why `tomllib` refused it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

TomlPath: TypeAlias = tuple[str | int, ...]
"""The path to a table or a value: keys, and numbers for the items of a list of tables."""

STRING = "\x01"
"""Replaces every character of a quoted string in `bare`."""

_TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})'''
    r"""|"(?!"")(?:\\.|[^"\\\n])*"|'(?!'')[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)"""
    r'''|(?P<endless>"""|\'\'\')|(?P<other>[^"'\#\[\]{}\n]+|.)''',
    re.DOTALL,
)
_KEY = re.compile(r"""\s*("(?:\\.|[^"\\\n])*"|'[^'\n]*'|[A-Za-z0-9_-]+)\s*""")


class Statement(NamedTuple):
    """A header, or a key with its value."""

    line: int
    """Its first line, counted from 1."""
    raw: str
    """The text as it is written."""
    bare: str
    """Text of the same length: quoted strings are masked, comments are blanks."""
    opened: str = ""
    """The brackets that are still open at its end, or three quotation marks."""

    @property
    def last(self) -> int:
        """Its last line."""
        return self.line + self.raw.count("\n")

    @property
    def is_closed(self) -> bool:
        """Whether every string in it has both its quotation marks."""
        return not ({'"', "'"} & {*self.bare})

    @property
    def is_header(self) -> bool:
        """Whether it is the header of a table."""
        return self.bare.lstrip().startswith("[")

    @property
    def is_list(self) -> bool:
        """Whether it is a header in double brackets."""
        return self.bare.lstrip().startswith("[[")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its dotted name; () where the name cannot be parsed."""
        text = self.raw.strip().lstrip("[") if self.is_header else self.raw
        found: list[str] = []
        place = 0
        while match := _KEY.match(text, place):
            found.append(_plain(match[1]))
            place = match.end()
            if text[place : place + 1] != ".":
                break
            place += 1
        return tuple(found)


def _plain(key: str) -> str:
    if key[0] in "\"'":
        try:
            return next(iter(tomllib.loads(f"{key} = 0")))
        except tomllib.TOMLDecodeError:
            return key.strip("\"'")
    return key


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text in their order, without blank lines and comments."""
    raw: list[str] = []
    bare: list[str] = []
    brackets: list[str] = []
    line = first = 1
    for token in _TOKEN.finditer(text):
        kind, piece = token.lastgroup, token.group()
        if kind == "end" and (not brackets or "".join(bare).lstrip().startswith("[")):
            if "".join(bare).strip():
                yield Statement(first, "".join(raw), "".join(bare))
            raw, bare, brackets, first = [], [], [], line + 1
        elif kind == "endless":
            rest = text[token.start() :]
            yield Statement(first, "".join(raw) + rest, "".join(bare) + rest, piece)
            return
        else:
            _count(kind, piece, brackets)
            raw.append(piece)
            bare.append(_masked(kind, piece))
        line += piece.count("\n")
    if "".join(bare).strip():
        is_header = "".join(bare).lstrip().startswith("[")
        yield Statement(first, "".join(raw), "".join(bare), "" if is_header else "".join(brackets))


def _count(kind: str | None, piece: str, brackets: list[str]) -> None:
    """Update the list of open brackets."""
    if kind == "open":
        brackets.append(piece)
    elif kind == "close" and brackets:
        brackets.pop()


def _masked(kind: str | None, piece: str) -> str:
    if kind == "string":
        return re.sub(r"[^\n]", STRING, piece)
    return " " * len(piece) if kind == "comment" else piece


class StatementTarget(NamedTuple):
    """The target of a statement, a table or a value, and the statement itself."""

    path: TomlPath
    statement: Statement

    @property
    def name(self) -> str:
        """The dotted name of the table or the value."""
        return ".".join(step for step in self.path if isinstance(step, str))

    @property
    def table(self) -> TomlPath:
        """The path of the table; the same for every item of a list of tables."""
        return self.path[:-1] if self.statement.is_list else self.path

    @property
    def item(self) -> str | None:
        """The dotted name of the innermost list of tables that contains it; None where there is none."""
        numbers = [at for at, step in enumerate(self.path[:-1]) if isinstance(step, int)]
        return ".".join(step for step in self.path[: numbers[-1]] if isinstance(step, str)) if numbers else None


def statement_targets(text: str) -> Iterator[StatementTarget]:
    """Yield the target of every statement; each header in double brackets begins another item of its list."""
    counts: dict[TomlPath, int] = {}
    here: TomlPath = ()
    for statement in statements(text):
        if not statement.is_header:
            yield StatementTarget((*here, *statement.keys), statement)
            continue
        here = _resolved(statement.keys, counts, is_list=statement.is_list)
        yield StatementTarget(here, statement)


def _resolved(keys: tuple[str, ...], counts: dict[TomlPath, int], *, is_list: bool) -> TomlPath:
    path: TomlPath = ()
    for number, key in enumerate(keys, start=1):
        path = (*path, key)
        if is_list and number == len(keys):
            counts[path] = counts.get(path, 0) + 1
        if path in counts and (is_list or number < len(keys)):
            path = (*path, counts[path])
    return path
