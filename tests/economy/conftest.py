"""The published and the measured figures that the economy has to meet."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))
