"""The contract of the command line with programs: JSON documents, their schemas, errors and exit codes.

0    done; a breakdown or a failed vote is a result, not an error
1    done, but something is not in order: a finding of `winset doctor`, or failed runs of a sweep
2    wrong input or usage; nothing was computed
3    a sweep's folder cannot be used: it belongs to another design, is in use, is damaged, or cannot be written to
70   a bug of Winset
74   the disk is full or broken
130  interrupted; any other signal n that stops the work gives 128 + n
141  the reader of the output has closed the pipe
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from importlib.resources import files
from typing import Annotated, Any, Literal

from games.documents import Document, Length
from games.errors import Problem, ProblemDocument, input_error
from games.visible_text import json_safe

_REFERENCE = re.compile(r"urn:winset:([a-z-]+):1")


SIGNAL = 128
"""A command that is stopped by signal n exits with this plus n."""


class Exit(IntEnum):
    """Exit codes of the command `winset`; the larger ones are those of sysexits.h and of signals."""

    DONE = 0
    UNWELL = 1
    REFUSED = 2
    UNUSABLE = 3
    FAULT = 70
    STORAGE = 74
    INTERRUPTED = 130
    UNREAD = 141


def document(value: Any) -> str:
    """Return a value as JSON text: indented by two spaces, never with NaN or Infinity.

    Characters outside ASCII stay as they are, but invisible ones are escaped, so that a terminal shows them and a
    program reads the same text.
    """
    return json_safe(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemList(Document):
    """All problems that were found; the same lines stand on standard error."""

    schema: Literal["winset/error/1"] = "winset/error/1"
    """Name and version of this document."""
    problems: Annotated[tuple[ProblemDocument, ...], Length(minimum=1)]
    """The problems, in the order in which they were found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorDocument(Document):
    """Any command with --json, when nothing was computed.

    Exit code 2 for wrong input or usage, 3 for a sweep's folder that cannot be used as it stands, 70 for a fault of
    Winset's own.
    """

    NAME = "error"

    error: ProblemList
    """What is wrong."""


def error_document(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the JSON document of the errors with which a command failed; `--json` prints it on standard output."""
    return ErrorDocument(error=ProblemList(problems=tuple(each.document() for each in problems))).to_dict()


def schemas() -> tuple[str, ...]:
    """Return the names of all JSON outputs of `winset` that have a schema, in alphabetical order.

    They are commands, such as "scenarios-list", and "error" for the document of a command that failed.
    """
    folder = files("views.cli") / "schemas"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def output_schema(output: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the output of a command of `winset`.

    `output` holds the words of a command, separated by a space or a hyphen. Raises InputError for a command that prints
    no JSON.
    """
    name = output.strip().replace(" ", "-")
    if name not in schemas():
        raise input_error("COMMAND", f"{output!r} prints no JSON of its own", f"write one of: {', '.join(schemas())}")
    return bundle_schema(name)


def bundle_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema with this name, together with every schema to which it refers.

    Those are added in its `$defs`; a reference has the form `urn:winset:NAME:1`.
    """
    text = (files("views.cli") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    for other in sorted(set(_REFERENCE.findall(text)) - {name}):
        part = bundle_schema(other)
        whole.setdefault("$defs", {}).update({other: part})
    return whole
