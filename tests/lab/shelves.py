"""What the tests of the store put on its shelves: a small design of talks, and rows that nobody made."""

from lab.finished_run import Finished
from lab.store.folder import open_store

TALK = {
    "schema": 1,
    "scenario": "one-way-flow",
    "kind": "simulate",
    "measure": ["outcome", "rounds"],
    "factor": [{"key": "agenda.rounds", "values": [5, 9]}, {"key": "agenda.returns", "values": [0, 1, 2]}],
    "replicates": 5,
}


def row(number, **how):
    """A finished run that nobody made."""
    return Finished(number, "ok", ("agreement", float(number)), seconds=0.5, worker=7)._replace(**how)


def fill(folder, design, numbers, **how):
    with open_store(folder, design) as store:
        for number in numbers:
            assert store.add(row(number, **how))


def pieces(folder):
    """Everything that lies in the folder, hidden or not."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
