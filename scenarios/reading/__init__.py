"""Read a scenario file. This is the only package that imports pydantic.

source      from a name to the tables of a file: size limits, TOML, `extends`
overlay     the tables of a file, its bases and the changes of the command line, merged; records who wrote a key
schema      the pydantic model of the file and its JSON Schema
tables/     the models of single tables, and the types of their fields
context     facts of the file that its fields are checked against
messages    pydantic's errors as `Problem`; phrases: parts of messages
checks/     keys in a wrong place (corrected), contradictions between tables, and the points of scored cases
builder     from the checked model to a frozen `Scenario`
draft       all these steps in order: a file is parsed once, and can be read with different changes
"""

from __future__ import annotations

from games.errors import input_error
from scenarios.reading.draft import Draft, ScenarioSource, draft
from scenarios.reading.overlay import Changes, as_changes
from scenarios.reading.schema import schema
from scenarios.reading.source import library_paths, template
from scenarios.scenario import Scenario

__all__ = [
    "Draft",
    "ScenarioSource",
    "as_changes",
    "as_scenario",
    "draft",
    "library_paths",
    "read",
    "schema",
    "template",
]


def read(name: ScenarioSource, changes: Changes = ()) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    name
        A library name (`morocco-spain`), a corridor (`corridor:MAR-ESP`), the path of a TOML file, or the tables of
        such a file as a dictionary.
    changes
        Values that replace those of the file and its bases before anything is checked: a dictionary
        (`{"economy.kappa": 0.5}`), pairs of key and value, or texts as on the command line (`"economy.kappa=0.5"`),
        whose values are parsed as TOML, else kept as text.

    Returns
    -------
    Scenario
        The checked scenario.

    Raises
    ------
    InputError
        With every problem of the file at once; also if `name` is a Scenario already.
    """
    if isinstance(name, Scenario):
        hint = 'use it as it is, or read its name with changes, as in read("morocco-spain", {"economy.kappa": 0.5})'
        raise input_error("scenario", "is read already", hint)
    return draft(name).read(changes)


def as_scenario(given: Scenario | ScenarioSource) -> Scenario:
    """Return a scenario as it is; read it if a name, a path or a dictionary is given.

    Parameters
    ----------
    given
        A scenario, or what `read` accepts.

    Returns
    -------
    Scenario
        The scenario.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    return given if isinstance(given, Scenario) else read(given)
