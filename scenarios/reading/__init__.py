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

from games.errors import refuse
from scenarios.reading.draft import Draft, Given, draft
from scenarios.reading.overlay import Changes, as_changes
from scenarios.reading.schema import schema
from scenarios.reading.source import shelf, template
from scenarios.scenario import Scenario

__all__ = ["Draft", "Given", "as_changes", "as_scenario", "draft", "read", "schema", "shelf", "template"]


def read(name: Given, changes: Changes = ()) -> Scenario:
    """The scenario of a library name (`morocco-spain`), a corridor (`corridor:MAR-ESP`) or a path to a TOML file.

    A dictionary is read as the tables of such a file. `changes` are laid over the file and its bases before anything
    is checked: a dictionary (`{"economy.kappa": 0.5}`), pairs of key and value, or texts as the command line takes
    them (`"economy.kappa=0.5"`), whose values are read as TOML, else as text. Raises InputError with every problem
    of the file at once.
    """
    if isinstance(name, Scenario):
        hint = 'use it as it is, or read its name with changes, as in read("morocco-spain", {"economy.kappa": 0.5})'
        raise refuse("scenario", "is read already", hint)
    return draft(name).read(changes)


def as_scenario(given: Scenario | Given) -> Scenario:
    """The scenario itself, or the one that `read` makes of a name, a path or a dictionary."""
    return given if isinstance(given, Scenario) else read(given)
