"""What tests of scenario files may ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from games.errors import InputError, Problem
from scenarios import read


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Problem, ...]]:
    """Write a file and hand back what is wrong with it."""
    monkeypatch.chdir(tmp_path)

    def problems(text: str | bytes, *changes: str, name: str = "case.toml") -> tuple[Problem, ...]:
        Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(InputError) as caught:
            read(name, changes)
        return caught.value.problems

    return problems
