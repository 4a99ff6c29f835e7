"""What all tables of a file share: their strictness, and the kinds of text that stand in them."""

from __future__ import annotations

from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationInfo

from scenarios.reading.context import Known
from scenarios.reading.source import LONGEST

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class Part(BaseModel):
    """One table of the file; it takes no key that it does not know."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True)


def known(info: ValidationInfo) -> Known:
    """What the file says of its countries and its table, which `form.validated` hands to every field."""
    return cast("Known", info.context)
