"""The base class of all tables of a file, and the types of text in them."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationInfo

from scenarios.reading.known_names import FileContext
from scenarios.reading.source import LONGEST

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class TableModel(BaseModel):
    """Base class of the tables of a file: strict types, no unknown keys, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True)


def file_context(info: ValidationInfo) -> FileContext:
    """Return the facts of the file, which `schema.validate_file` passes to every validator."""
    return cast("FileContext", info.context)
