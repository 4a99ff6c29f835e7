"""How people see it: the command line, the browser front end, and the words and pictures of both.

Rooms that load the house when they are imported are resolved when they are first asked for (`views.cases`), so
that `winset --help` answers at once. `pages` and `widgets` are the only place of Streamlit.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from views import cases, demo, mapping, movers, outcomes, readings, reporting, solving, sweeping, sweeps

__all__ = [
    "cases",
    "demo",
    "mapping",
    "movers",
    "outcomes",
    "readings",
    "reporting",
    "solving",
    "sweeping",
    "sweeps",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'views' has no attribute {name!r}")
    return import_module(f"views.{name}")


def __dir__() -> list[str]:
    return sorted(__all__)
