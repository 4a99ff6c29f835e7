"""`python -m benchmarks SUBJECT [--quick]`: run the comparisons on one core; leave with 1 when a ratio is short."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import Any

SUBJECTS = {"games": "benchmarks.solving", "economy": "benchmarks.economies", "lab": "benchmarks.sweeping"}


def main() -> int:
    """Print each comparison as it ends."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Winset beside its peers")
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--quick", action="store_true", help="a few games only, and no ratio is asserted")
    asked = parser.parse_args()
    _stay_on_one_core()
    # Only now: libraries count the cores when they are loaded.
    subject: Any = import_module(SUBJECTS[asked.subject])
    short = 0
    for told in subject.run(quick=asked.quick):
        print(told, flush=True)
        short += getattr(told, "short", False)
    return 1 if short and not asked.quick else 0


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    sys.exit(main())
