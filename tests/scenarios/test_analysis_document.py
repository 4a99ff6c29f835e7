"""The document of an analysis: its blocks, the limits of its schema, and sentences for every number."""

from __future__ import annotations

import pytest

from economy.account_names import ACCOUNTS
from economy.model.accounts import LABELS
from games.documents import document_schema
from games.two_by_two.taxonomy import GameClass
from scenarios import analyse, read
from scenarios.analysis.after_shocks import AgreementCounts, ShockEffect
from scenarios.analysis.analysis import AnalysisDocument
from scenarios.analysis.opening_effects import CORRIDORS, ECONOMY


def test_the_blocks_of_an_economy_are_those_that_a_printed_game_lacks():
    opening = analyse(read("morocco-spain")).opening
    assert opening is not None
    assert tuple(opening.blocks()) == ECONOMY + CORRIDORS
    bare = analyse(read("bully")).document()
    assert {name for name in ECONOMY + CORRIDORS if getattr(bare, name) is not None} == set()


def test_the_schema_lists_the_positions_and_the_accounts_of_the_economy():
    schema = document_schema(AnalysisDocument)
    assert schema["$defs"]["GroupEffectDocument"]["properties"]["position"]["enum"] == list(LABELS)
    assert schema["properties"]["accounts"]["anyOf"][0]["required"] == list(ACCOUNTS)


@pytest.mark.parametrize(
    ("times", "counts", "after"),
    [
        (1, None, ""),
        (3, None, ""),
        (1, (1200, 1), "; 1,200 packages beat walking away, and 1 of them would be ratified"),
        (1, (1, 0), "; 1 package beats walking away, and 0 would be ratified"),
        (2, (1, 1), "; 1 package beats walking away, and 1 would be ratified"),
        (2, (7, 5), "; 7 packages beat walking away, and 5 of them would be ratified"),
    ],
)
def test_a_sentence_on_a_shock_fits_its_numbers(times: int, counts: tuple[int, int] | None, after: str):
    packages = None if counts is None else AgreementCounts(*counts, counts[1])
    often = "" if times == 1 else f" has struck {times} times"
    sentence = f"After flood{often} (round 4) the game is bully{after}."
    assert ShockEffect("flood", 4, times, GameClass("bully", None), packages).sentence() == sentence
