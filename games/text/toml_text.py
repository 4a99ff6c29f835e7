"""TOML parsing with helpful errors: which line is wrong, why, and how to write it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

from games.errors import InputError, input_error
from games.text.toml_slips import Slip, slip
from games.text.toml_statements import Statement, StatementTarget, statement_targets, statements

TOML = 'text stands in "quotation marks", lists in [brackets], tables under a [header]'
"""The hint where nothing more specific is known."""

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_YAML = re.compile(r"(?m)^---\s*$|^\s*(?:- )?[\w-]+:(?:\s|$)")
_ASSIGNS = re.compile(r"(?m)^[^#\n\"']*=")


def parse_toml(text: str, place: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Parameters
    ----------
    text
        The text of a file.
    place
        The text before the reason in messages, such as the name of the file.
    parse_float
        Converts the text of a number with a decimal point or an exponent.

    Returns
    -------
    dict
        The tables, as `tomllib` returns them.

    Raises
    ------
    InputError
        With the line, what is wrong on it, and how to write it.
    RecursionError
        For text with thousands of nested brackets.
    """
    text = text.replace("\r\n", "\n")
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        raise _refused(text, place, str(error)) from None
    except ValueError:
        hint = "no figure here needs more than twenty"
        raise input_error(place, "holds a number of thousands of digits", hint) from None


def _refused(text: str, place: str, message: str) -> InputError:
    """Return the error for a text, from the message of `tomllib`."""
    other = _another_language(text)
    if other is not None:
        return input_error(place, *other)
    at = _AT.search(message)
    line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
    read = [each for each in statements(text) if each.line <= line]
    # The text after an unclosed string may be parsed as a part of it, so the first unclosed statement is the error.
    statement = next((each for each in read if not each.is_closed), read[-1] if read else None)
    found = None
    if statement is not None and not _parses(statement.raw):
        line = min(line, statement.last)
        found = slip(statement, line, text)
    elif statement is not None and line <= statement.last:
        found = _twice(text, statement)
    if found is None:
        found = Slip(f"line {line} is not TOML: {_AT.sub('', message)}", TOML)
    return input_error(place, found.reason, found.hint)


def _parses(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _another_language(text: str) -> tuple[str, str] | None:
    """Return reason and hint for a whole text in JSON, YAML or Markdown."""
    head = text.lstrip()
    if head.startswith("{") or (head.startswith("[") and _is_json(text)):
        return "is JSON, not TOML", 'write title = "..." for "title": "...", one key a line, and tables under [headers]'
    if head.startswith("```"):
        return "line 1 holds ```, which belongs to Markdown, not to TOML", "take the lines with ``` out"
    yaml = _YAML.search(text)
    if yaml is not None and not _ASSIGNS.search(text):
        line = text[: yaml.start() + len(yaml[0]) - len(yaml[0].lstrip())].count("\n") + 1
        return (
            f"is YAML, not TOML: line {line} has a colon after its key",
            'write key = value, as in schema = 1 and title = "..."; tables stand under [headers]',
        )
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


# -- duplicate keys and tables


def _twice(text: str, statement: Statement) -> Slip | None:
    """Return the error for a key or a table that the text before has already; None where there is none."""
    written = list(statement_targets(text))
    now = next(each for each in written if each.statement == statement)
    before = written[: written.index(now)]
    return next((found for each in before for found in [_clash(each, now)] if found), None)


def _clash(before: StatementTarget, now: StatementTarget) -> Slip | None:
    """Return why two statements exclude each other; None where they do not."""
    first, again = before.statement, now.statement
    if first.is_header and again.is_header:
        return _headers(before, now) if before.table == now.table else None
    if before.path == now.path and not first.is_header and not again.is_header:
        one, other = (each.raw.strip() for each in (first, again))
        hint = f"keep one of the two: {one[:60]} or {other[:60]}" if one != other else "keep one of the two"
        return Slip(f"line {again.line} writes {now.name} a second time, after line {first.line}", hint)
    short, long = sorted((before, now), key=lambda place: len(place.path))
    if long.path[: len(short.path)] != short.path or short.statement.is_header:
        return None
    reason = f"line {again.line} writes {now.name}, and line {first.line} has written {before.name} already"
    return Slip(reason, f"write all of {short.name} in one place")


def _headers(before: StatementTarget, now: StatementTarget) -> Slip:
    """Return the error for two headers of one name, of which at most one is in double brackets."""
    first, again = before.statement, now.statement
    if first.is_list or again.is_list:
        reason = f"line {again.line} has {again.raw.strip()}, and line {first.line} has {first.raw.strip()}"
        line = again.line if first.is_list else first.line
        return Slip(reason, f"write [[{now.name}]] in line {line}: every item of a list has double brackets")
    hint = f"put all its keys under one [{now.name}]"
    if now.item is not None:
        hint += f", or begin the next item with [[{now.item}]] above it"
    return Slip(f"line {again.line} begins the table [{now.name}] a second time, after line {first.line}", hint)
