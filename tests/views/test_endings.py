"""How a talk without a deal ended, as `winset simulate` prints it: by what its moves say, and by nothing else."""

import numpy as np
import pytest

from agents.table import make_outcome, prepare_table
from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Accept, Hold, Offer, PhaseEnd, Reject, Vote, Walk, Withdraw
from scenarios.reading import read
from views.text import outcome as outcome_text
from views.wording import endings

TIME = PhaseEnd("time")


@pytest.fixture(scope="module")
def table():
    return prepare_table(read("one-way-flow", ["agenda.protocol=alternating", "agenda.rounds=2", "shocks=[]"]))


def failing(table):
    """A package that fails in the first country."""
    weights = np.array(table.preferences.weights[0])
    return int(np.flatnonzero((table.preferences.votes[0] * weights).sum(axis=1) < 0)[0])


def votes(table, package):
    cast = table.preferences.votes
    return [Vote(party, at, int(each[package, at])) for party, each in enumerate(cast) for at in range(each.shape[1])]


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        (["offer 0", Hold(1), Hold(0), Hold(1), TIME], "{1} had not accepted the last proposal: time"),
        ([Hold(0), "offer 1", Reject(0), Hold(1), TIME], "{0} had not accepted the last proposal: time"),
        (["offer 0", Hold(1), Withdraw(0), Hold(1), TIME], "{0} had withdrawn the last proposal: time"),
        ([Hold(0), Hold(1), "offer 0", "sign 1", TIME], "{0} had voted the last proposal down: time"),
        (["offer 0", "sign 1", Hold(0), Hold(1), TIME], "{0} had voted the last proposal down: time"),
        (["offer 0", "sign 1", "other 0", Hold(1), TIME], "{1} had not accepted the last proposal: time"),
        ([Hold(0), Hold(1), Hold(0), Hold(1), TIME], "Time"),
        ([Hold(0), Walk(1, "enough")], "{1} walks away: enough"),
    ],
)
def test_what_stopped_the_talks_is_what_happened_last(table, moves, told):
    package = failing(table)
    words = {
        "offer 0": [Offer(0, package)],
        "offer 1": [Offer(1, package)],
        "other 0": [Offer(0, package + 1)],
        "sign 1": [Accept(1), *votes(table, package)],
    }
    said = [each for move in moves for each in (words[move] if isinstance(move, str) else [move])]
    outcome = make_outcome(table, replay_talks(table.rules, said), 0)
    assert outcome_text.describe_stop(outcome.document()) == told.format(*table.preferences.parties)


@pytest.mark.parametrize(("place", "text"), [(1, "first"), (10, "10th"), (11, "11th"), (21, "21st"), (112, "112th")])
def test_ordinals(place, text):
    assert endings.ordinal(place) == text
