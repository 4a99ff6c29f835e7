"""Result of `winset atlas`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lab.atlas.statistics import AtlasSummary
from lab.atlas.thumbnails import AtlasSlice


@dataclass(frozen=True, slots=True)
class AtlasResult:
    """The statistics of a map; also pictures, where the class was measured and no file was written."""

    survey: AtlasSummary
    pictures: tuple[AtlasSlice, ...]

    def to_dict(self) -> dict[str, Any]:
        """The statistics alone; the points are in the file."""
        return self.survey.to_dict()
