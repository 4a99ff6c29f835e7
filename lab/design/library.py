"""Designs that come with Winset, by name: a question each, small enough to be answered in half a minute.

    paradox     how far two countries open to each other, the more they differ
    drivers     which assumption that hangs on
    remedies    which policy helps where

They are files like any other: copy one and make it yours. Files with a leading underscore are the scenarios that
they stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType

DESIGNS = Path(__file__).with_name("designs")
"""Where they lie."""


def shipped() -> Mapping[str, Path]:
    """The designs that come with Winset, by name."""
    files = sorted(DESIGNS.glob("[!_]*.toml"))
    return MappingProxyType({file.stem: file for file in files})


def located(design: str | PathLike[str]) -> Path:
    """The file behind a name of ours, or behind a path, which need not exist."""
    return shipped().get(str(design), Path(design))
