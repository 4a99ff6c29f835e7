"""Drafts: a case parsed once and read often is the case that is read afresh each time."""

import json

import pytest

from games.errors import InputError
from scenarios import Draft, draft, library, read

CHANGES = [(), ["seed=7"], [("seed", 7)], ["title=Another"]]


@pytest.mark.parametrize("name", [entry.name for entry in library()])
def test_a_draft_reads_as_its_file_and_is_not_worn_by_reading(name):
    once = draft(name)
    before = json.dumps(once.content, default=str)
    for changes in CHANGES:
        assert once.read(changes) == read(name, changes)
    assert json.dumps(once.content, default=str) == before


def test_a_stored_draft_is_the_same_case():
    once = draft("three-purses")
    again = Draft.of(json.loads(json.dumps(once.content)), once.label, once.path)
    assert again.read() == once.read()
    assert again.name == once.name == "three-purses"


def test_a_change_deep_inside_stays_with_the_one_who_made_it():
    once = draft("morocco-spain")
    assert once.read(["agenda.seats.Morocco.walk_away=2"]).seats[1].walk_away == 2
    assert once.read().seats[1].walk_away == 0


def test_problems_are_told_as_for_a_file():
    once = draft("morocco-spain")
    with pytest.raises(InputError, match=r"--set economy\.gapp"):
        once.read(["economy.gapp=2"])
    assert once.read().parameters is not None


def test_a_corridor_is_drawn_without_a_file():
    assert draft("corridor:MAR-ESP").path is None
    assert draft("corridor:MAR-ESP").read() == read("corridor:MAR-ESP")
