"""The door through which a scenario file comes in; pydantic stands behind it and is seen nowhere else.

files     bytes to tables: limits, TOML, `extends`
tree      the tables of a file, its bases and the changes on the command line, laid over each other;
          every key knows where it was written
strays    keys that stand where they do not belong: refused, and put right for the checks that follow
form      the schema of the file, field by field
seats, agendas, texts, lines, fields   the tables of the form, and what may stand in them
telling   pydantic's findings in plain words
conflicts what tables must not say about each other; scoring, the same for points
building  the checked form into a frozen `Scenario`
drafts    the way through all of them: parsed once, read as often as it is changed
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath

from scenarios.reading.drafts import Draft, draft
from scenarios.reading.files import shelf, template
from scenarios.reading.form import schema
from scenarios.reading.tree import Change
from scenarios.scenario import Scenario

__all__ = ["Draft", "draft", "read", "schema", "shelf", "template"]


def read(name: str | PathLike[str], changes: Iterable[Change] = ()) -> Scenario:
    """The scenario of a library name (`morocco-spain`), a corridor (`corridor:MAR-ESP`) or a path to a TOML file.

    `changes` are the command line's `--set KEY=VALUE` pairs, laid over the file and its bases before anything is
    checked; a value is read as TOML, else as text. Raises InputError with every problem of the file at once.
    """
    return draft(fspath(name)).read(changes)
