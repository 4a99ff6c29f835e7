"""Designs that come with Winset, by name. Each answers one question, in about half a minute.

    paradox     what could be gained, gross and net, and which part of it is signed, the more two countries differ
    drivers     which assumptions that result depends on
    remedies    which policy helps where

They are ordinary design files: copy one and change it. Files whose name begins with an underscore are the scenarios
that the designs run.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType

DESIGNS = Path(__file__).with_name("designs")
"""The folder of these designs."""


def library_designs() -> Mapping[str, Path]:
    """Return the paths of the design files that come with Winset, by the name of the design.

    The name is the file's name without `.toml`.
    """
    files = sorted(DESIGNS.glob("[!_]*.toml"))
    return MappingProxyType({file.stem: file for file in files})


def design_path(design: str | PathLike[str]) -> Path:
    """Return the path of a design file: that of the design with this name that comes with Winset, else `design` itself.

    The path is not checked; there may be no file.
    """
    return library_designs().get(str(design), Path(design))
