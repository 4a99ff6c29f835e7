"""What the command line promises to programs: JSON documents, their schemas, errors and exit codes.

0    done; a breakdown or a failed vote is a result, not an error
1    done, and something is not in order: what `winset doctor` looked at, or some runs of a sweep failed
2    wrong input or usage; nothing was computed
3    a sweep's folder cannot be used as it stands: of another design, in use, damaged, or not to be written to
70   a fault of Winset's own
74   the disk is full or broken
130  interrupted; any other signal n that stops the work gives 128 + n
141  whoever read the output has gone
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import IntEnum
from importlib.resources import files
from typing import Any

from games.errors import Problem, refuse
from games.visible_text import json_safe

_REFERENCE = re.compile(r"urn:winset:([a-z-]+):1")


SIGNAL = 128
"""A command that is stopped by signal n leaves with this and n."""


class Exit(IntEnum):
    """What the shell hears; the larger ones are those of sysexits.h and of signals."""

    DONE = 0
    UNWELL = 1
    REFUSED = 2
    UNUSABLE = 3
    FAULT = 70
    STORAGE = 74
    INTERRUPTED = 130
    UNREAD = 141


def document(value: Any) -> str:
    """The value as JSON: UTF-8 as it is, two blanks of indent, never NaN or Infinity.

    Characters that nobody sees are escaped, so that a terminal shows them and a program reads the same text.
    """
    return json_safe(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def error(problems: Iterable[Problem]) -> dict[str, Any]:
    """What stands on standard output, after `--json`, when nothing was computed."""
    return {"error": {"schema": "winset/error/1", "problems": [problem._asdict() for problem in problems]}}


def schemas() -> tuple[str, ...]:
    """The outputs that have a schema, in alphabetical order: commands, and `error`."""
    folder = files("views.cli") / "schemas"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def schema(output: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a command's output.

    `output` is a command's words with a blank or a hyphen between; InputError for one that prints no JSON.
    """
    name = output.strip().replace(" ", "-")
    if name not in schemas():
        raise refuse("COMMAND", f"{output!r} prints no JSON of its own", f"write one of: {', '.join(schemas())}")
    return bundled(name)


def bundled(name: str) -> dict[str, Any]:
    """A schema with those it refers to (`urn:winset:NAME:1`) among its `$defs`, so that it stands alone."""
    text = (files("views.cli") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    whole: dict[str, Any] = json.loads(text)
    for other in sorted(set(_REFERENCE.findall(text)) - {name}):
        part = bundled(other)
        whole.setdefault("$defs", {}).update({other: part})
    return whole
