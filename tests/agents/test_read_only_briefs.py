"""A tactic is handed its values to read: writing into them is refused, and reaches nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agents import mover_from_brief, prepare_table, simulate, stream
from games.errors import InputError
from negotiation.protocols.moves import Accept, Hold
from negotiation.protocols.state import Phase
from negotiation.tactics.brief import Brief
from scenarios import read
from views.cli.commands.simulate import simulate_with_movers

ARRAYS = ("values", "acceptable", "grid", "win_set", "red_lines")


@pytest.fixture(scope="module")
def case():
    return read("alike-neighbours")


def arrays(table):
    return [getattr(brief, name) for brief in table.briefs for name in ARRAYS if getattr(brief, name) is not None]


def test_no_array_of_a_brief_can_be_written_to_nor_opened_for_writing(case):
    found = arrays(prepare_table(case))
    assert len(found) == 10
    for array in found:
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.flags.writeable = True
        assert array.base is None or not isinstance(array.base, np.ndarray) or not array.base.flags.writeable


def test_briefs_hold_copies(case):
    table = prepare_table(case)
    for array in arrays(table):
        assert not np.shares_memory(array, table.preferences.values)
    values = np.arange(4.0)
    brief = Brief(values, values > 1, np.zeros((4, 1), dtype=np.int8))
    values[:] = 9
    assert brief.values.tolist() == [0, 1, 2, 3]
    assert replace(brief, values=brief.values / 3).values[-1] == 1.0


def normalised(brief, random):
    values = brief.values
    values -= values.min()
    return lambda view: Hold(view.party)


def opened(brief, random):
    brief.values.flags.writeable = True
    brief.values[:] = 1000
    return lambda view: Hold(view.party)


def later(brief, random):
    def move(view):
        brief.acceptable[:] = True
        return Hold(view.party)

    return move


@pytest.mark.parametrize("tactic", [normalised, opened, later])
def test_a_tactic_that_writes_is_told_to_copy(case, tactic):
    table = prepare_table(case)
    random = stream(0, 0, "mine")

    def play():
        mover = mover_from_brief(table, 0, lambda brief: tactic(brief, random))
        return simulate(case, seats={"Ardenia": mover})

    with pytest.raises(InputError) as caught:
        play()
    (problem,) = caught.value.problems
    assert "read-only" in problem.reason
    assert "brief.values.copy()" in problem.hint
    assert isinstance(caught.value.__cause__, ValueError)


@pytest.mark.parametrize("name", ["normalised", "opened", "later"])
def test_the_command_line_tells_the_line_and_the_remedy(case, tmp_path: Path, monkeypatch, name):
    text = Path(__file__).read_text(encoding="utf-8").split("def normalised")[1].split("@pytest")[0]
    (tmp_path / f"writes_{name}.py").write_text(
        f"from negotiation.protocols.moves import Hold\ndef normalised{text}", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        simulate_with_movers(case, 0, 0, [f"Ardenia=writes_{name}:{name}"])
    (problem,) = caught.value.problems
    assert f"writes_{name}.py:" in problem.reason
    assert "brief.values.copy()" in problem.hint


def test_a_tactic_that_opens_its_mask_cannot_make_others_sign(case):
    """`acceptable` set to True everywhere would sign across red lines, and change what the debrief measures."""

    def greedy(brief):
        try:
            brief.acceptable.flags.writeable = True
            brief.acceptable[:] = True
        except ValueError:
            pass

        def move(view):
            talks = view.talks
            theirs = talks.standing if talks.proposer not in (None, view.party) else None
            return Accept(view.party) if talks.phase is Phase.BARGAIN and theirs is not None else Hold(view.party)

        return move

    table = prepare_table(case)
    before = [array.copy() for array in arrays(table)]
    simulate(case, seats={"Ardenia": mover_from_brief(table, 0, greedy)})
    assert all((array == old).all() for array, old in zip(arrays(table), before, strict=True))
