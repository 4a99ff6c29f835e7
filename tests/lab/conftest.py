"""The tests of lab/ hand out errands; processes that do them import them by name, and inherit this path."""

import sys
from pathlib import Path

import pytest

from lab import parse_design

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def patient(monkeypatch):
    """Rows wait as long as the test lasts, however slow the machine."""
    monkeypatch.setattr("lab.store.folder.LONGEST_WAIT", 3600.0)


@pytest.fixture(scope="module")
def design():
    """Six points of a small talk, five times each."""
    import shelves

    return parse_design(shelves.TALK)


@pytest.fixture
def folder(tmp_path):
    """Where a sweep may go."""
    return tmp_path / "sweep"
