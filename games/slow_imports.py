"""Imports that take long: load one file of a package alone, or import with a time limit."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import TypeVar

Loaded = TypeVar("Loaded")


def import_single_file(package: str, path: str) -> ModuleType:
    """Load one file of an installed package as a module, without running the package's own `__init__`.

    `path` is relative to the package folder. Raises ImportError where there is no such file.
    """
    home = find_spec(package)
    folders = list(home.submodule_search_locations or ()) if home else []
    file = next((found for found in (Path(folder, path) for folder in folders) if found.is_file()), None)
    spec = file and spec_from_file_location(f"{package} {path}", file)
    if not spec or not spec.loader:
        raise ImportError(f"{package} has no {path}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call_with_deadline(load: Callable[[], Loaded], deadline: float) -> Loaded | None:
    """Return `load()`, or None when it has not returned before `time.perf_counter()` passes the deadline.

    The call goes on in a background thread, so the next call returns sooner. An import cannot be cancelled without
    leaving half a library loaded. An exception that `load` raises before the deadline is raised here.
    """
    left = deadline - time.perf_counter()
    if left <= 0:
        return None
    found: list[Loaded] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            found.append(load())
        except Exception as fault:  # noqa: BLE001 - raised again below
            faults.append(fault)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(left)
    if faults:
        raise faults[0]
    return found[0] if found else None
